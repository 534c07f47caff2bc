//! goldmark's bare addresses: which stretch of text becomes a link, by the patterns Hugo sets.

/// A bare address: how many bytes of text it takes, and where it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bare {
    pub(crate) length: usize,
    pub(crate) destination: String,
}

/// The address `text` starts with.
pub(crate) fn find(text: &str) -> Option<Bare> {
    let first = text.as_bytes().first()?;
    if matches!(first, b'h' | b'f' | b'w')
        && let Some(length) = address(text)
    {
        let length = trimmed(text.get(..length)?);
        let label = text.get(..length)?;
        let destination = if label.starts_with("www.") {
            format!("https://{label}")
        } else {
            label.to_owned()
        };
        return Some(Bare {
            length,
            destination,
        });
    }
    let length = email(text)?;
    Some(Bare {
        length,
        destination: format!("mailto:{}", text.get(..length)?),
    })
}

/// Whether an address may start behind this character.
pub(crate) const fn may_follow(before: char) -> bool {
    matches!(before, ' ' | '*' | '_' | '~' | '(')
}

const fn is_host(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'-' | b'@' | b':' | b'%' | b'.' | b'_' | b'+' | b'~' | b'#' | b'='
        )
}

const fn is_path(byte: u8) -> bool {
    is_host(byte)
        || matches!(
            byte,
            b'$' | b'!'
                | b'?'
                | b'&'
                | b'/'
                | b'('
                | b')'
                | b';'
                | b','
                | b'\''
                | b'"'
                | b'>'
                | b'^'
                | b'{'
                | b'}'
                | b'['
                | b']'
                | b'`'
        )
}

/// The length of a URL at the start of `text`, by goldmark's patterns.
fn address(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let start = ["http://", "https://", "ftp://", "www."]
        .into_iter()
        .find(|start| text.starts_with(start))?
        .len();
    let host = bytes
        .get(start..)?
        .iter()
        .take_while(|&&byte| is_host(byte))
        .count();
    // The last full stop with a lower-case letter behind it, at most 256 bytes in.
    let dot = (1..=host.min(256)).rev().find(|&i| {
        bytes.get(start + i) == Some(&b'.')
            && bytes.get(start + i + 1).is_some_and(u8::is_ascii_lowercase)
    })?;
    let mut end = start + dot + 1;
    end += bytes
        .get(end..)?
        .iter()
        .take_while(|byte| byte.is_ascii_lowercase())
        .count();
    if bytes.get(end) == Some(&b':') {
        let digits = bytes
            .get(end + 1..)?
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        if digits > 0 {
            end += 1 + digits;
        }
    }
    if bytes
        .get(end)
        .is_some_and(|byte| matches!(byte, b'/' | b'#' | b'?'))
    {
        end += 1;
        end += bytes
            .get(end..)?
            .iter()
            .take_while(|&&byte| is_path(byte))
            .count();
    }
    Some(end)
}

/// The length without what belongs to the sentence around it.
fn trimmed(url: &str) -> usize {
    let url = url.trim_end_matches(['?', '!', '.', ',', ':', '*', '_', '~']);
    if url.ends_with(')') {
        let opened = url.matches('(').count();
        let closed = url.matches(')').count();
        let extra = closed.saturating_sub(opened);
        let ending = url.len() - url.trim_end_matches(')').len();
        return url.len() - extra.min(ending);
    }
    if url.ends_with(';')
        && let Some(amp) = url.rfind('&')
        && url.get(amp + 1..url.len() - 1).is_some_and(|name| {
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
    {
        return amp;
    }
    url.len()
}

/// The length of an e-mail address at the start of `text`.
fn email(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    if bytes.first()?.is_ascii_punctuation() {
        return None;
    }
    let local = bytes
        .iter()
        .take_while(|byte| byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(byte))
        .count();
    if local == 0 || bytes.get(local) != Some(&b'@') {
        return None;
    }
    let domain = bytes
        .get(local + 1..)?
        .iter()
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'))
        .count();
    let mut name = text.get(local + 1..local + 1 + domain)?;
    // Labels start and end with a letter or digit.
    while name.ends_with(['.', '-']) {
        name = name.get(..name.len() - 1)?;
    }
    if let Some(at) = name
        .find("..")
        .or_else(|| name.find(".-"))
        .or_else(|| name.find("-."))
    {
        name = name.get(..at)?;
    }
    if !name.contains('.') || name.starts_with(['.', '-']) {
        return None;
    }
    let end = local + 1 + name.len();
    (!matches!(bytes.get(end), Some(b'-' | b'_'))).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(text: &str) -> Option<&str> {
        find(text).map(|bare| &text[..bare.length])
    }

    #[test]
    fn addresses_end_where_goldmark_ends_them() {
        for (text, expected) in [
            ("https://e.com/a).", Some("https://e.com/a")),
            ("https://e.com/a);", Some("https://e.com/a);")),
            ("https://e.com/a.)", Some("https://e.com/a.")),
            ("https://e.com/a(b) c", Some("https://e.com/a(b)")),
            ("https://e.com, and", Some("https://e.com")),
            ("http://localhost:80/x", None),
            ("https://1.2.3.4/", None),
            ("www.example.com/x?y", Some("www.example.com/x?y")),
            ("https://e.com/a&amp;", Some("https://e.com/a")),
            ("joe@example.com.", Some("joe@example.com")),
            ("joe@example", None),
            ("HTTPS://e.com", None),
        ] {
            assert_eq!(label(text), expected, "{text}");
        }
        assert_eq!(find("www.e.com").unwrap().destination, "https://www.e.com");
    }
}
