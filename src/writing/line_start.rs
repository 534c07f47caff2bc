//! Lines that mean something else than text when they stand below a paragraph's first.

/// Whether goldmark would take a paragraph's line for the start of another block, or for a part of one.
pub(super) fn means_something(line: &str) -> bool {
    let Some(first) = line.chars().next() else {
        return false;
    };
    let of_only = |set: &[char]| line.chars().all(|c| set.contains(&c));
    match first {
        '>' | '|' => true,
        '#' => {
            let level = line.len() - line.trim_start_matches('#').len();
            level <= 6 && is_word_end(line.get(level..))
        }
        '=' => of_only(&['=', ' ', '\t']),
        '-' | '+' | '*' => {
            is_word_end(line.get(1..)) || of_only(&[first, ' ', '\t']) || is_table_row(line)
        }
        '_' => of_only(&['_', ' ', '\t']),
        ':' => is_word_end(line.get(1..)) || is_table_row(line),
        '`' => line.starts_with("```"),
        '~' => line.starts_with("~~~"),
        '<' => starts_html(line),
        // Attributes, or a shortcode that puts Markdown in its place.
        '{' => line.starts_with("{{%") || !line.starts_with("{{") && !line.starts_with("{%"),
        '[' => line.starts_with("[^") && line.contains("]:"),
        '0'..='9' => {
            let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
            rest.starts_with(['.', ')']) && is_word_end(rest.get(1..))
        }
        _ => false,
    }
}

fn is_word_end(rest: Option<&str>) -> bool {
    rest.is_none_or(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
}

/// The row below a table's head.
fn is_table_row(line: &str) -> bool {
    line.chars()
        .all(|c| matches!(c, '-' | ':' | '|' | ' ' | '\t'))
}

/// Whether HTML starts that ends a paragraph: a comment and its like, or one of these elements.
fn starts_html(line: &str) -> bool {
    let rest = line.strip_prefix('<').unwrap_or(line);
    if rest.starts_with(['!', '?']) {
        return true;
    }
    let rest = rest.strip_prefix('/').unwrap_or(rest);
    let length = rest
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(rest.len());
    let name = rest.get(..length).unwrap_or_default().to_ascii_lowercase();
    BLOCKS.contains(&name.as_str())
}

/// The elements of CommonMark's HTML blocks that can end a paragraph.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "base",
    "basefont",
    "blockquote",
    "body",
    "caption",
    "center",
    "col",
    "colgroup",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "iframe",
    "legend",
    "li",
    "link",
    "main",
    "menu",
    "menuitem",
    "meta",
    "nav",
    "noframes",
    "ol",
    "optgroup",
    "option",
    "p",
    "param",
    "pre",
    "script",
    "search",
    "section",
    "source",
    "style",
    "summary",
    "table",
    "tbody",
    "td",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "track",
    "ul",
];
