//! Go's `net/url`: `Parse` and `String`, as the site's link and image hooks use them.

use std::fmt::Write as _;

/// A parsed address.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Url {
    pub(crate) scheme: String,
    opaque: String,
    /// User information and host, written as `String` writes them.
    authority: Option<String>,
    /// As `String` writes it.
    pub(crate) path: String,
    pub(crate) query: Option<String>,
    /// Decoded.
    pub(crate) fragment: String,
    raw_fragment: String,
}

/// Which part of an address a character is in: that decides whether it must be escaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Host,
    Path,
    Fragment,
}

impl Url {
    /// Parses an address.
    ///
    /// # Errors
    /// In plain words, why Go refuses it: the site's build then fails.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        if text.bytes().any(|byte| byte < 0x20 || byte == 0x7f) {
            return Err("it has a control character in it".to_owned());
        }
        let (rest, fragment) = text.split_once('#').unwrap_or((text, ""));
        let mut url = Self {
            fragment: unescape(fragment, Part::Fragment)?,
            raw_fragment: fragment.to_owned(),
            ..Self::default()
        };
        let mut rest = match scheme(rest)? {
            Some((scheme, rest)) => {
                url.scheme = scheme.to_ascii_lowercase();
                rest
            }
            None => rest,
        };
        if let Some((before, query)) = rest.split_once('?') {
            url.query = Some(query.to_owned());
            rest = before;
        }
        if !rest.starts_with('/') {
            if !url.scheme.is_empty() {
                url.opaque = rest.to_owned();
                return Ok(url);
            }
            if rest
                .split('/')
                .next()
                .is_some_and(|segment| segment.contains(':'))
            {
                return Err("it has a colon before the first slash; put ./ in front, or write the whole address".to_owned());
            }
        }
        if rest.starts_with("//") && (!url.scheme.is_empty() || !rest.starts_with("///")) {
            let inside = rest.get(2..).unwrap_or_default();
            let end = inside.find('/').unwrap_or(inside.len());
            url.authority = Some(authority(inside.get(..end).unwrap_or_default())?);
            rest = inside.get(end..).unwrap_or_default();
        }
        let decoded = unescape(rest, Part::Path)?;
        url.path = if is_valid(rest, Part::Path) {
            rest.to_owned()
        } else {
            escape(&decoded, Part::Path)
        };
        Ok(url)
    }

    /// Whether it has a scheme.
    pub(crate) fn is_absolute(&self) -> bool {
        !self.scheme.is_empty()
    }

    /// Whether it names a host.
    pub(crate) fn has_host(&self) -> bool {
        self.authority
            .as_ref()
            .is_some_and(|authority| !authority.is_empty())
    }

    /// The fragment as it is written behind `#`.
    pub(crate) fn escaped_fragment(&self) -> String {
        if is_valid(&self.raw_fragment, Part::Fragment) {
            self.raw_fragment.clone()
        } else {
            escape(&self.fragment, Part::Fragment)
        }
    }
}

impl std::fmt::Display for Url {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if !self.scheme.is_empty() {
            write!(f, "{}:", self.scheme)?;
        }
        if self.opaque.is_empty() {
            if let Some(authority) = &self.authority {
                write!(f, "//{authority}")?;
                if !self.path.is_empty() && !self.path.starts_with('/') {
                    f.write_str("/")?;
                }
            }
            f.write_str(&self.path)?;
        } else {
            f.write_str(&self.opaque)?;
        }
        if let Some(query) = &self.query {
            write!(f, "?{query}")?;
        }
        if !self.fragment.is_empty() {
            write!(f, "#{}", self.escaped_fragment())?;
        }
        Ok(())
    }
}

fn scheme(text: &str) -> Result<Option<(&str, &str)>, String> {
    for (i, byte) in text.bytes().enumerate() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' => {}
            b'0'..=b'9' | b'+' | b'-' | b'.' => {
                if i == 0 {
                    return Ok(None);
                }
            }
            b':' => {
                if i == 0 {
                    return Err("it starts with a colon".to_owned());
                }
                return Ok(Some((
                    text.get(..i).unwrap_or_default(),
                    text.get(i + 1..).unwrap_or_default(),
                )));
            }
            _ => return Ok(None),
        }
    }
    Ok(None)
}

fn authority(text: &str) -> Result<String, String> {
    let (user, host) = match text.rsplit_once('@') {
        Some((user, host)) => (Some(user), host),
        None => (None, text),
    };
    if let Some(user) = user
        && !user
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._:~!$&'()*+,;=%@".contains(&byte))
    {
        return Err("its user name has a character in it that cannot stand there".to_owned());
    }
    let port = match (host.find('['), host.rfind(']')) {
        (Some(0), Some(end)) => {
            let inside = host.get(1..end).unwrap_or_default();
            // A zone may stand behind the address of an interface.
            let (number, _) = inside.split_once("%25").unwrap_or((inside, ""));
            if number.parse::<std::net::Ipv6Addr>().is_err() {
                return Err(format!("“{inside}” in brackets is no IPv6 address"));
            }
            host.get(end + 1..).unwrap_or_default()
        }
        (Some(0), None) => {
            return Err("a bracket is missing at the end of its host".to_owned());
        }
        (Some(_), _) => return Err("its host has a bracket in it".to_owned()),
        _ => host
            .find(':')
            .and_then(|_| host.rfind(':'))
            .map_or("", |at| host.get(at..).unwrap_or_default()),
    };
    let digits = port.strip_prefix(':').unwrap_or(port);
    if !digits.bytes().all(|byte| byte.is_ascii_digit())
        || (!port.is_empty() && !port.starts_with(':'))
    {
        return Err(format!(
            "what stands behind its colon (“{digits}”) is no port number"
        ));
    }
    let host = unescape(host, Part::Host)?;
    let user = user.map(|user| format!("{user}@")).unwrap_or_default();
    Ok(format!("{user}{}", escape(&host, Part::Host)))
}

/// Go's `shouldEscape`.
fn must_escape(byte: u8, part: Part) -> bool {
    if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
        return false;
    }
    match part {
        Part::Host => !b"!$&'()*+,;=:[]<>\"".contains(&byte),
        Part::Path => !b"$&+,/:;=@".contains(&byte),
        Part::Fragment => !b"$&+,/:;=?@!()*".contains(&byte),
    }
}

/// Go's `validEncoded`: the spelling may stay as it is.
fn is_valid(text: &str, part: Part) -> bool {
    text.bytes()
        .all(|byte| b"!$&'()*+,;=:@[]%".contains(&byte) || !must_escape(byte, part))
}

fn escape(text: &str, part: Part) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let mut buffer = [0; 4];
        for &byte in c.encode_utf8(&mut buffer).as_bytes() {
            if must_escape(byte, part) {
                // Writing to a String cannot fail.
                let _ = write!(out, "%{byte:02X}");
            } else {
                out.push(char::from(byte));
            }
        }
    }
    out
}

fn unescape(text: &str, part: Part) -> Result<String, String> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while let Some(&byte) = bytes.get(i) {
        if byte == b'%' {
            let code = text
                .get(i + 1..i + 3)
                .filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()))
                .and_then(|code| u8::from_str_radix(code, 16).ok());
            let Some(code) = code else {
                let shown: String = text.get(i..).unwrap_or_default().chars().take(3).collect();
                return Err(format!(
                    "“{shown}” is no escape: a percent sign has to be written %25"
                ));
            };
            if part == Part::Host && code < 0x80 {
                return Err("its host name has an escape in it".to_owned());
            }
            out.push(code);
            i += 3;
        } else {
            if part == Part::Host && byte < 0x80 && must_escape(byte, part) {
                return Err(format!("its host name has “{}” in it", char::from(byte)));
            }
            out.push(byte);
            i += 1;
        }
    }
    Ok(String::from_utf8_lossy(&out).into_owned())
}

/// A path without its escapes.
pub(crate) fn decoded(path: &str) -> String {
    unescape(path, Part::Path).unwrap_or_else(|_| path.to_owned())
}

/// A file's name as it stands in an address.
pub(crate) fn path_of(name: &str) -> String {
    escape(name, Part::Path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_come_out_as_go_writes_them() {
        for (text, expected) in [
            ("HTTPS://E.com/a b", "https://E.com/a%20b"),
            ("https://e.com/#", "https://e.com/"),
            (
                "https://e.com/ü?q=ü\"#ü",
                "https://e.com/%C3%BC?q=ü\"#%C3%BC",
            ),
            ("mailto:joe@e.com", "mailto:joe@e.com"),
            ("/a/b?c=1&amp;d", "/a/b?c=1&amp;d"),
            ("//e.com/x", "//e.com/x"),
            ("a\\_b", "a%5C_b"),
            ("https://e.com/%7e", "https://e.com/%7e"),
            ("", ""),
        ] {
            assert_eq!(Url::parse(text).unwrap().to_string(), expected, "{text}");
        }
        for text in [
            "https://e.com/%zz",
            "1:2",
            "\u{1}b",
            "100%.png",
            ":a",
            "https://e.com:x/",
            "https://foo.bar.`baz",
        ] {
            assert!(Url::parse(text).is_err(), "{text}");
        }
    }
}
