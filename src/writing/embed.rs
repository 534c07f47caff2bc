//! What is shown from elsewhere: the addresses people copy, and the shortcodes for them.

/// The shortcode for a recording on YouTube. `address` is an id or any address of one, with the time it starts at.
/// `None` where it is neither.
#[must_use]
pub fn youtube(address: &str) -> Option<String> {
    let address = address.trim();
    let (id, query) = match web_address(address) {
        None => (address, ""),
        Some((host, path, query)) => (id_in(&host, path, query)?, query),
    };
    let fits = id.len() == 11 && id.bytes().all(is_id_letter);
    if !fits {
        return None;
    }
    let start = ["t", "start", "time_continue"]
        .iter()
        .find_map(|name| parameter(query, name))
        .and_then(seconds)
        .filter(|seconds| *seconds > 0);
    Some(match start {
        Some(start) => format!("{{{{< youtube id=\"{id}\" start=\"{start}\" >}}}}"),
        None => format!("{{{{< youtube \"{id}\" >}}}}"),
    })
}

/// The id of a recording on YouTube; `address` is an id or any address of one. `None` where it is neither.
#[must_use]
pub fn youtube_id(address: &str) -> Option<String> {
    let address = address.trim();
    let id = match web_address(address) {
        None => address,
        Some((host, path, query)) => id_in(&host, path, query)?,
    };
    (id.len() == 11 && id.bytes().all(is_id_letter)).then(|| id.to_owned())
}

/// The shortcode for a post on X. `address` is the post's. `None` where it is none.
#[must_use]
pub fn x(address: &str) -> Option<String> {
    let (host, path, _) = web_address(address.trim())?;
    if !matches!(host.as_str(), "x.com" | "twitter.com") {
        return None;
    }
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    let user = parts.next()?.trim_start_matches('@');
    parts
        .next()
        .filter(|part| matches!(*part, "status" | "statuses"))?;
    let id = parts.next()?;
    let fits = !user.is_empty()
        && user.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'_')
        && id.bytes().all(|c| c.is_ascii_digit())
        && !id.is_empty();
    fits.then(|| format!("{{{{< x user=\"{user}\" id=\"{id}\" >}}}}"))
}

/// The shortcode for a box that stands out, with a text in it.
#[must_use]
pub fn paired(name: &str, arguments: &str, inside: &str) -> String {
    let arguments = arguments.trim();
    let space = if arguments.is_empty() { "" } else { " " };
    let inside = inside.trim_matches('\n');
    format!("{{{{< {name}{space}{arguments} >}}}}\n{inside}\n{{{{< /{name} >}}}}")
}

/// A shortcode without a text in it.
#[must_use]
pub fn single(name: &str, arguments: &str) -> String {
    let arguments = arguments.trim();
    let space = if arguments.is_empty() { "" } else { " " };
    format!("{{{{< {name}{space}{arguments} >}}}}")
}

fn is_id_letter(c: u8) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_')
}

/// The host without `www.` and `m.`, the path, and what is asked of it. A scheme is not needed: people copy without one.
fn web_address(address: &str) -> Option<(String, &str, &str)> {
    let scheme = address.split_once("://").map(|(scheme, _)| scheme);
    let rest = match scheme {
        Some(scheme) if matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https") => {
            address.get(scheme.len() + 3..)?
        }
        Some(_) => return None,
        None => address.trim_start_matches("//"),
    };
    let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let (place, query) = rest.split_once('?').unwrap_or((rest, fragment));
    let (host, path) = place.split_once('/')?;
    let mut host = host.to_ascii_lowercase();
    for start in ["www.", "m.", "music.", "mobile."] {
        if let Some(rest) = host.strip_prefix(start) {
            host = rest.to_owned();
        }
    }
    host.contains('.').then_some((host, path, query))
}

fn id_in<'a>(host: &str, path: &'a str, query: &'a str) -> Option<&'a str> {
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    match host {
        "youtu.be" => parts.next(),
        "youtube.com" | "youtube-nocookie.com" => match parts.next()? {
            "embed" | "shorts" | "live" | "v" | "e" => parts.next(),
            "watch" => parameter(query, "v"),
            _ => None,
        },
        _ => None,
    }
}

fn parameter<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    let mut pairs = query
        .split(['&', ';'])
        .filter_map(|pair| pair.split_once('='));
    pairs
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
        .filter(|value| !value.is_empty())
}

/// A time such as `90`, `90s` or `1h2m3s`, in seconds.
fn seconds(time: &str) -> Option<u32> {
    let mut sum = 0_u32;
    let mut number = String::new();
    for c in time.chars() {
        let unit = match c {
            '0'..='9' => {
                number.push(c);
                continue;
            }
            'h' => 3600,
            'm' => 60,
            's' => 1,
            _ => return None,
        };
        sum = sum.checked_add(number.parse::<u32>().ok()?.checked_mul(unit)?)?;
        number.clear();
    }
    if !number.is_empty() {
        sum = sum.checked_add(number.parse().ok()?)?;
    }
    Some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_shape_of_a_recording() {
        let plain = "{{< youtube \"dQw4w9WgXcQ\" >}}";
        let at_90 = "{{< youtube id=\"dQw4w9WgXcQ\" start=\"90\" >}}";
        for (address, wanted) in [
            ("dQw4w9WgXcQ", plain),
            (" https://www.youtube.com/watch?v=dQw4w9WgXcQ ", plain),
            ("youtube.com/watch?v=dQw4w9WgXcQ", plain),
            (
                "http://m.youtube.com/watch?app=desktop&v=dQw4w9WgXcQ",
                plain,
            ),
            ("https://youtu.be/dQw4w9WgXcQ?si=abc", plain),
            ("https://www.youtube.com/embed/dQw4w9WgXcQ", plain),
            (
                "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?rel=0",
                plain,
            ),
            ("https://youtube.com/shorts/dQw4w9WgXcQ", plain),
            (
                "https://www.youtube.com/live/dQw4w9WgXcQ?feature=share",
                plain,
            ),
            ("HTTPS://YouTube.com/v/dQw4w9WgXcQ", plain),
            ("https://youtu.be/dQw4w9WgXcQ?t=0", plain),
            ("https://youtu.be/dQw4w9WgXcQ?t=90", at_90),
            ("https://youtu.be/dQw4w9WgXcQ?si=x&t=1m30s", at_90),
            (
                "https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=90s&list=x",
                at_90,
            ),
            ("https://www.youtube.com/embed/dQw4w9WgXcQ?start=90", at_90),
            ("https://www.youtube.com/watch?v=dQw4w9WgXcQ#t=90", plain),
            ("https://youtu.be/dQw4w9WgXcQ#t=90", at_90),
        ] {
            assert_eq!(youtube(address).as_deref(), Some(wanted), "{address}");
        }
        for none in [
            "",
            "hello",
            "dQw4w9WgXc\"",
            "https://vimeo.com/dQw4w9WgXcQ",
            "https://youtube.com/@linkerd",
            "https://youtube.com/watch?list=x",
            "https://youtube.com.example.org/watch?v=dQw4w9WgXcQ",
            "javascript://youtu.be/dQw4w9WgXcQ",
        ] {
            assert_eq!(youtube(none), None, "{none}");
        }
    }

    #[test]
    fn posts_on_x() {
        let wanted = "{{< x user=\"Linkerd\" id=\"123\" >}}";
        for address in [
            "https://x.com/Linkerd/status/123",
            "https://twitter.com/Linkerd/status/123?s=20",
            "mobile.twitter.com/Linkerd/statuses/123/photo/1",
        ] {
            assert_eq!(x(address).as_deref(), Some(wanted), "{address}");
        }
        for none in [
            "",
            "https://x.com/Linkerd",
            "https://x.com/a\"b/status/1",
            "https://x.com/a/status/b",
        ] {
            assert_eq!(x(none), None, "{none}");
        }
    }
}
