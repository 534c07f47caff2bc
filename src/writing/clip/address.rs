//! Addresses of links and pictures: which are kept, and how they are written.

/// The address of a link; `None` for one that leads nowhere from the post: within its own page, relative, a script's.
pub(super) fn link(written: &str) -> Option<String> {
    let address = clean(written);
    let address = unwrapped(&address).unwrap_or(address);
    let kept = ["http://", "https://", "mailto:"];
    let kept = kept.iter().any(|scheme| has_scheme(&address, scheme));
    (kept && has_possible_port(&address)).then(|| encoded(&address))
}

/// The address of a picture; `None` unless it is one of the web's.
pub(super) fn picture(written: &str) -> Option<String> {
    let address = clean(written);
    let kept = has_scheme(&address, "http://") || has_scheme(&address, "https://");
    (kept && has_possible_port(&address)).then(|| encoded(&address))
}

/// As browsers read it: no space around it, no line ends in it.
fn clean(written: &str) -> String {
    written
        .trim()
        .chars()
        .filter(|c| !c.is_ascii_control())
        .collect()
}

fn has_scheme(address: &str, scheme: &str) -> bool {
    address
        .get(..scheme.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        && address.len() > scheme.len()
}

/// Where a link of Google Docs leads, which goes by Google's own page.
fn unwrapped(address: &str) -> Option<String> {
    let (_, rest) = address.split_once("://")?;
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let query = rest.strip_prefix("google.com/url?")?;
    let query = query.split('#').next().unwrap_or_default();
    let target = query
        .split('&')
        .find_map(|pair| pair.strip_prefix("q="))
        .map(decoded)?;
    Some(clean(&target)).filter(|target| !target.is_empty())
}

/// With `%41` and `+` as what they stand for.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        let hex = tail.get(..2).filter(|_| byte == b'%').and_then(hex);
        bytes.push(match hex {
            Some(byte) => byte,
            None if byte == b'+' => b' ',
            None => byte,
        });
        rest = match hex {
            Some(_) => tail.get(2..).unwrap_or_default(),
            None => tail,
        };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex(digits: &[u8]) -> Option<u8> {
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

/// Go, which Hugo reads addresses with, refuses a port that is no number, and with it the whole build.
fn has_possible_port(address: &str) -> bool {
    let Some((_, rest)) = address.split_once("://") else {
        return true;
    };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let authority = rest.get(..end).unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let port = if host.starts_with('[') {
        match host.split_once(']') {
            Some((_, port)) => port,
            None => return false,
        }
    } else {
        host.find(':')
            .map_or("", |at| host.get(at..).unwrap_or_default())
    };
    let digits = port.strip_prefix(':').unwrap_or(port);
    !host.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// With all that would end a link, or mean something to Markdown or Hugo, as `%…`. Hugo takes an address as it is
/// written, so backslashes would not do.
fn encoded(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    let bytes = address.as_bytes();
    for (at, c) in address.char_indices() {
        let code = bytes.get(at + 1..at + 3);
        match c {
            '%' if code.and_then(hex).is_none() => out.push_str("%25"),
            '(' | ')' | '<' | '>' | '\\' | '"' | '`' | '{' | '}' | '|' | ' ' | '*' => {
                out.push_str(&format!("%{:02X}", u32::from(c)));
            }
            c if c.is_whitespace() || c.is_control() => {
                let mut buffer = [0; 4];
                for byte in c.encode_utf8(&mut buffer).bytes() {
                    out.push_str(&format!("%{byte:02X}"));
                }
            }
            c => out.push(c),
        }
    }
    out
}
