//! A link's destination and title as they stand in the source: Hugo's hooks get them with entities and backslashes.

/// The destination and the title that start at the beginning of `text`, behind `](` or `]:`.
pub(super) fn read(text: &str) -> (String, String) {
    let text = text.trim_start();
    let (destination, rest) = match text.strip_prefix('<') {
        Some(inside) => {
            let end = unescaped(inside, |c| c == '>').unwrap_or(inside.len());
            (inside.get(..end), inside.get(end + 1..))
        }
        None => {
            let end = bare_end(text);
            (text.get(..end), text.get(end..))
        }
    };
    let title = rest.unwrap_or_default().trim_start();
    let closing = match title.chars().next() {
        Some('"') => '"',
        Some('\'') => '\'',
        Some('(') => ')',
        _ => return (destination.unwrap_or_default().to_owned(), String::new()),
    };
    let inside = title.get(1..).unwrap_or_default();
    let title = unescaped(inside, |c| c == closing).and_then(|end| inside.get(..end));
    (
        destination.unwrap_or_default().to_owned(),
        title.unwrap_or_default().to_owned(),
    )
}

/// The destination and the title of a definition, `[label]: …`.
pub(super) fn of_definition(text: &str) -> Option<(String, String)> {
    let inside = text.strip_prefix('[')?;
    let end = unescaped(inside, |c| c == ']')?;
    let rest = inside.get(end + 1..)?.strip_prefix(':')?;
    Some(read(rest))
}

/// The end of a destination without angle brackets: white space, or a parenthesis nobody opened.
fn bare_end(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut escaped = false;
    for (i, c) in text.char_indices() {
        if escaped {
            escaped = false;
            continue;
        }
        match c {
            '\\' => escaped = true,
            '(' => depth += 1,
            ')' if depth == 0 => return i,
            ')' => depth -= 1,
            c if c == ' ' || c.is_ascii_control() => return i,
            _ => {}
        }
    }
    text.len()
}

fn unescaped(text: &str, wanted: impl Fn(char) -> bool) -> Option<usize> {
    let mut escaped = false;
    for (i, c) in text.char_indices() {
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if wanted(c) {
            return Some(i);
        }
    }
    None
}
