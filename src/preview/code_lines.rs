//! The lines of a code block: numbers, marks and what else the highlighter's options say, as Hugo's highlighter writes them
//! with the site's settings.

use std::fmt::Write as _;
use std::ops::RangeInclusive;

use super::escape::go_escape;

/// The options of the highlighter, in lower case: none of them is an attribute.
const OPTIONS: [&str; 14] = [
    "anchorlinenos",
    "codefences",
    "guesssyntax",
    "hl_inline",
    "hl_lines",
    "lineanchors",
    "linenos",
    "linenostart",
    "linenumbersintable",
    "noclasses",
    "nohighlight",
    "style",
    "tabwidth",
    "type",
];

/// Where line numbers stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Numbers {
    #[default]
    None,
    Inline,
    Table,
}

/// What the options say about a block's lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lines {
    numbers: Numbers,
    /// `linenumbersintable=false`: a table was not asked for by name.
    no_table: bool,
    start: i64,
    /// Lines with a ground of their own, counted from 1 whatever number the first one shows.
    marked: Vec<RangeInclusive<usize>>,
    anchors: bool,
    anchor: String,
    tab_width: u32,
    /// The code stands within a line.
    pub(super) inline: bool,
}

impl Default for Lines {
    fn default() -> Self {
        Self {
            numbers: Numbers::None,
            no_table: false,
            start: 1,
            marked: Vec::new(),
            anchors: false,
            anchor: String::new(),
            tab_width: 4,
            inline: false,
        }
    }
}

impl Lines {
    /// Whether Hugo takes `key` for an option of the highlighter.
    pub(super) fn is_option(key: &str) -> bool {
        OPTIONS.contains(&key.to_ascii_lowercase().as_str())
    }

    /// Takes an option in. What cannot be read changes nothing, as in Hugo.
    pub(super) fn set(&mut self, key: &str, value: &str) {
        let value = value.trim();
        match key.to_ascii_lowercase().as_str() {
            "linenos" => {
                self.numbers = match value {
                    "inline" => Numbers::Inline,
                    "false" => Numbers::None,
                    _ => Numbers::Table,
                }
            }
            "linenumbersintable" => self.no_table = value == "false",
            "linenostart" => self.start = value.parse().unwrap_or(self.start),
            "hl_lines" => self.marked = ranges(value),
            "anchorlinenos" => self.anchors = value == "true",
            "lineanchors" => value.clone_into(&mut self.anchor),
            "tabwidth" => self.tab_width = value.parse().unwrap_or(self.tab_width),
            "hl_inline" => self.inline = value == "true",
            _ => {}
        }
    }

    /// Writes the code with its frame, without the box around it. `marks` go on the `code` element.
    pub(super) fn write(&self, code: &str, marks: &str, out: &mut String) {
        let lines: Vec<&str> = code.split_inclusive('\n').collect();
        let tab = self.tab_width;
        let mut style = format!(
            "color:#e6edf3;background-color:#0d1117;-moz-tab-size:{tab};-o-tab-size:{tab};tab-size:{tab};\
             -webkit-text-size-adjust:none;"
        );
        if !self.marked.is_empty() {
            style.push_str("display:grid;");
        }
        let in_table = self.numbers == Numbers::Table && !self.no_table;
        // Writing to a String cannot fail, here and below.
        if in_table {
            const CELL: &str = "vertical-align:top;padding:0;margin:0;border:0;";
            let _ = write!(
                out,
                "<div style=\"{style}\">\n<table style=\"border-spacing:0;padding:0;margin:0;border:0;\"><tr>\
                 <td style=\"{CELL}\">\n<pre tabindex=\"0\" style=\"{style}\"><code>"
            );
            for number in 0..lines.len() {
                let marked = self.is_marked(number);
                if marked {
                    out.push_str("<span style=\"background-color:#6e7681\">");
                }
                self.number(number, lines.len(), "#737679", "\n", out);
                if marked {
                    out.push_str("</span>");
                }
            }
            let _ = write!(
                out,
                "</code></pre></td>\n<td style=\"{CELL};width:100%\">\n"
            );
        }
        let _ = write!(out, "<pre tabindex=\"0\" style=\"{style}\"><code{marks}>");
        for (number, line) in lines.iter().enumerate() {
            let ground = if self.is_marked(number) {
                " background-color:#6e7681"
            } else {
                ""
            };
            let _ = write!(out, "<span style=\"display:flex;{ground}\">");
            if self.numbers != Numbers::None && !in_table {
                self.number(number, lines.len(), "#6e7681", "", out);
            }
            let _ = write!(out, "<span>{}</span></span>", go_escape(line));
        }
        out.push_str("</code></pre>");
        if in_table {
            out.push_str("</td></tr></table>\n</div>\n");
        }
    }

    fn is_marked(&self, number: usize) -> bool {
        self.marked
            .iter()
            .any(|range| range.contains(&(number + 1)))
    }

    /// The number of a line; all of them are as wide as the last one.
    fn number(&self, number: usize, lines: usize, colour: &str, end: &str, out: &mut String) {
        let shown = |number: usize| {
            self.start
                .saturating_add(i64::try_from(number).unwrap_or(i64::MAX))
        };
        let width = shown(lines.saturating_sub(1)).to_string().len();
        let number = shown(number);
        let _ = write!(
            out,
            "<span style=\"white-space:pre;-webkit-user-select:none;user-select:none;margin-right:0.4em;\
             padding:0 0.4em 0 0.4em;color:{colour}\""
        );
        if self.anchors {
            let dash = if self.anchor.is_empty() { "" } else { "-" };
            let id = format!("{}{dash}{number}", go_escape(&self.anchor));
            let _ = write!(
                out,
                " id=\"{id}\"><a style=\"outline:none;text-decoration:none;color:inherit\" href=\"#{id}\">{number:>width$}</a>{end}</span>"
            );
        } else {
            let _ = write!(out, ">{number:>width$}{end}</span>");
        }
    }
}

/// `1 3-4`, as text or as a list in brackets. None where a part of it cannot be read.
fn ranges(value: &str) -> Vec<RangeInclusive<usize>> {
    let parts = value.split(|c: char| c.is_whitespace() || matches!(c, ',' | '[' | ']' | '"'));
    let range = |part: &str| {
        let (from, to) = part.split_once('-').unwrap_or((part, part));
        Some(from.parse().ok()?..=to.parse().ok()?)
    };
    let parts = parts.filter(|part| !part.is_empty());
    parts.map(range).collect::<Option<_>>().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_to_mark_are_read_from_text_and_lists() {
        assert_eq!(ranges("1 3-4"), [1..=1, 3..=4]);
        assert_eq!(ranges("[\"2-3\", 5]"), [2..=3, 5..=5]);
        assert_eq!(ranges("2-"), []);
        assert_eq!(ranges(""), []);
    }

    #[test]
    fn options_are_known_in_any_case() {
        assert!(Lines::is_option("lineNos"));
        assert!(!Lines::is_option("title"));
    }
}
