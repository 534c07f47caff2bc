//! What elements and their styles say about the text in them.

use super::Node;

/// How text is set.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Marks {
    pub(super) strong: bool,
    pub(super) emphasis: bool,
    pub(super) strike: bool,
    pub(super) code: bool,
    /// Where it leads.
    pub(super) link: Option<String>,
}

impl Marks {
    /// The marks inside of `node`.
    pub(super) fn inside(&self, node: &Node) -> Self {
        let mut marks = self.clone();
        match node.name().as_str() {
            "b" | "strong" => marks.strong = true,
            "i" | "em" | "cite" | "dfn" | "var" => marks.emphasis = true,
            "del" | "s" | "strike" => marks.strike = true,
            "code" | "kbd" | "samp" | "tt" => marks.code = true,
            "a" => {
                let leads = node.attribute("href").and_then(super::address::link);
                marks.link = leads.or(marks.link);
            }
            _ => {}
        }
        // The style wins: Google Docs wraps all it copies in a `b` that is not bold.
        match style(node, "font-weight").as_deref() {
            Some("bold" | "bolder" | "600" | "700" | "800" | "900") => marks.strong = true,
            Some("normal" | "lighter" | "100" | "200" | "300" | "400" | "500") => {
                marks.strong = false;
            }
            _ => {}
        }
        match style(node, "font-style").as_deref() {
            Some("italic" | "oblique") => marks.emphasis = true,
            Some("normal") => marks.emphasis = false,
            _ => {}
        }
        let lines = ["text-decoration", "text-decoration-line"];
        if lines
            .iter()
            .any(|name| style(node, name).is_some_and(|value| value.contains("line-through")))
        {
            marks.strike = true;
        }
        marks
    }
}

/// The value of a property in the element's own style, small.
pub(super) fn style(node: &Node, property: &str) -> Option<String> {
    let style = node.attribute("style")?;
    style
        .split(';')
        .filter_map(|declaration| declaration.split_once(':'))
        .filter(|(name, _)| name.trim().eq_ignore_ascii_case(property))
        .map(|(_, value)| {
            let value = value.trim().to_ascii_lowercase();
            value.trim_end_matches("!important").trim_end().to_owned()
        })
        .next_back()
}

/// Whether nobody sees it, or it is nothing that Markdown has.
pub(super) fn is_hidden(node: &Node) -> bool {
    let name = node.name();
    if name.starts_with(['#', '!', '?']) || NEVER.contains(&name.as_str()) {
        return true;
    }
    // Word's drawings and settings; its `o:p` and `st1:place` hold text.
    if let Some((space, _)) = name.split_once(':')
        && matches!(space, "v" | "w" | "m" | "x")
    {
        return true;
    }
    node.attribute("hidden").is_some()
        || node.attribute("aria-hidden") == Some("true")
        || style(node, "display").as_deref() == Some("none")
        || style(node, "visibility").as_deref() == Some("hidden")
        || style(node, "mso-hide").as_deref() == Some("all")
        // The bullet or number that Word writes out.
        || style(node, "mso-list").as_deref() == Some("ignore")
}

const NEVER: &[&str] = &[
    "applet", "area", "audio", "base", "button", "canvas", "datalist", "embed", "frame",
    "frameset", "head", "iframe", "input", "link", "map", "math", "meta", "meter", "noembed",
    "noframes", "noscript", "object", "optgroup", "option", "param", "progress", "script",
    "select", "source", "style", "svg", "template", "textarea", "title", "track", "video", "xml",
];
