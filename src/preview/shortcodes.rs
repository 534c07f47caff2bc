//! What the site's shortcodes, and Hugo's own that need no network, make.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::shortcode::{Arguments, Shortcode};
use crate::text::{BytePos, Problem, Span};

use super::Audience;
use super::code;
use super::code_lines::Lines;
use super::context::Context;
use super::document::{Fragment, fragment};
use super::embeds;
use super::escape::go_escape;
use super::hooks;
use super::inline_template::{self, Data, Stop};
use super::qr;
use super::source::{self, Source};
use super::template_functions;
use super::text;

/// What the shortcodes of a page share.
pub(super) struct Scope<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) problems: Vec<Problem>,
    pub(super) mermaid: bool,
    /// The divider of the summary was found: another one is a comment.
    pub(super) divided: bool,
    /// The templates of inline shortcodes, by name: a later call runs the first one.
    templates: BTreeMap<String, String>,
    next: usize,
}

impl<'a> Scope<'a> {
    pub(super) const fn new(context: &'a Context<'a>) -> Self {
        Self {
            context,
            problems: Vec::new(),
            mermaid: false,
            divided: false,
            templates: BTreeMap::new(),
            next: 0,
        }
    }

    /// Shortcodes are numbered in the order in which they open.
    pub(super) const fn next_number(&mut self) -> usize {
        let number = self.next;
        self.next += 1;
        number
    }

    pub(super) fn refuse(&mut self, call: &Shortcode, message: impl Into<String>) {
        self.problems.push(Problem::new(call.span, message));
    }

    pub(super) const fn audience(&self) -> Audience {
        self.context.audience
    }
}

const INFO_ICON: &str = "  <path d=\"M13,9H11V7H13M13,17H11V11H13M12,2A10,10 0 0,0 2,12A10,10 0 0,0 12,22A10,10 0 0,0 22,12A10,10 0 0,0 12,2Z\" />";
const WARNING_ICON: &str = "    <path d=\"M13 14H11V9H13M13 18H11V16H13M1 21H23L12 2L1 21Z\" />";

/// What a call makes: HTML, or Markdown for `{{% %}}`.
pub(super) fn expand(text: &str, call: &Shortcode, scope: &mut Scope<'_>) -> String {
    if call.inline {
        return inline(text, call, scope);
    }
    match call.name.to_ascii_lowercase().as_str() {
        "youtube" => embeds::youtube(call, scope),
        "x" | "x_simple" => embeds::x(call, scope),
        "vimeo" | "vimeo_simple" => embeds::vimeo(call, scope),
        "note" => alert(text, call, scope, "info", "Note", INFO_ICON),
        "warning" => alert(text, call, scope, "warning", "Warning", WARNING_ICON),
        "keyval" => {
            let inside = rendered_inner(text, call, scope);
            format!(
                "<div class=\"keyval\">\n{}\n</div>\n",
                inside.html_in_line()
            )
        }
        "command-output" => command_output(text, call, scope),
        "latest-edge-version" | "edge-version" | "chart-version" => "L5D2_EDGE_VERSION".to_owned(),
        "latest-stable-version" => "L5D2_STABLE_VERSION".to_owned(),
        "details" => details(text, call, scope),
        "figure" => figure(call, scope),
        "highlight" => highlight(text, call, scope),
        "param" => param(call, scope),
        "ref" | "relref" => reference(call, scope),
        "qr" => qr_code(text, call, scope),
        _ => String::new(),
    }
}

/// The inner text with its own shortcodes expanded, as it is.
fn inner(text: &str, call: &Shortcode, scope: &mut Scope<'_>) -> String {
    let source = Source::new(
        text,
        call.inner.as_deref().unwrap_or_default(),
        scope,
        false,
    );
    source::put_outputs(source.markdown, &source.outputs)
}

/// The inner text as a page of its own (`RenderString`).
fn rendered_inner(text: &str, call: &Shortcode, scope: &mut Scope<'_>) -> Fragment {
    let source = inner(text, call, scope);
    let mut made = fragment(&source, scope.context);
    scope.mermaid |= made.mermaid;
    // Where the inner text stands in the file is not known any more.
    let problems = std::mem::take(&mut made.problems);
    scope
        .problems
        .extend(problems.into_iter().map(|problem| Problem {
            span: call.span,
            ..problem
        }));
    made
}

fn alert(
    text: &str,
    call: &Shortcode,
    scope: &mut Scope<'_>,
    kind: &str,
    name: &str,
    icon: &str,
) -> String {
    let title = call
        .arguments
        .named("title")
        .filter(|title| !title.is_empty())
        .unwrap_or(name)
        .to_owned();
    let id = call
        .arguments
        .named("id")
        .map(|id| format!(" id=\"{}\"", go_escape(id)))
        .unwrap_or_default();
    let inside = rendered_inner(text, call, scope);
    let inside = inside.html_in_line();
    format!(
        "\n\n\n<div class=\"alert alert--{kind} alert--callout\"{id}>\n  \n    <div class=\"alert__title\">\n      \n      \n        \
         <svg class=\"icon icon--current\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\">\n{icon}\n</svg>\n      \n      \
         <h4>\n        {}\n      </h4>\n    </div>\n  \n  <div class=\"alert__content\">\n    {inside}\n  </div>\n</div>\n\n",
        go_escape(&title)
    )
}

fn details(text: &str, call: &Shortcode, scope: &mut Scope<'_>) -> String {
    let arguments = call.arguments.clone();
    let mut attributes = String::new();
    for name in ["class", "name", "open", "title"] {
        let Some(value) = arguments.named(name) else {
            continue;
        };
        // Writing to a String cannot fail.
        let _ = match (name, value) {
            ("open", "true") => write!(attributes, " open"),
            ("open", _) => Ok(()),
            _ => write!(attributes, " {name}=\"{}\"", go_escape(value)),
        };
    }
    let summary = arguments.named("summary").unwrap_or("Details");
    let summary = fragment(summary, scope.context);
    let inside = rendered_inner(text, call, scope);
    format!(
        "<details{attributes}>\n\t<summary>{}</summary>\n\t{}\n</details>\n",
        summary.html_in_line(),
        inside.html().trim()
    )
}

fn figure(call: &Shortcode, scope: &mut Scope<'_>) -> String {
    let get = |name: &str| call.arguments.named(name).filter(|value| !value.is_empty());
    let source = get("src")
        .or_else(|| call.arguments.at(0))
        .unwrap_or_default();
    let src = hooks::image_source(source, scope.context)
        .map_or_else(|_| source.to_owned(), |found| found.src);
    let mut image = String::new();
    if let Some(alt) = get("alt") {
        // Writing to a String cannot fail.
        let _ = write!(image, "\n\t\t\talt=\"{}\"", go_escape(alt));
    } else if let Some(caption) = get("caption") {
        // What the caption reads as, without its tags.
        let caption = fragment(caption, scope.context);
        let caption = text::plain(caption.html_in_line());
        let _ = write!(image, "\n\t\t\talt=\"{}\"", go_escape(&caption));
    }
    for name in ["width", "height", "loading"] {
        if let Some(value) = get(name) {
            let _ = write!(image, " {name}=\"{}\"", go_escape(value));
        }
    }
    image = format!("<img src=\"{}\"{image}>", go_escape(&src));
    if let Some(link) = get("link") {
        let mut attributes = String::new();
        for name in ["target", "rel"] {
            if let Some(value) = get(name) {
                let _ = write!(attributes, " {name}=\"{}\"", go_escape(value));
            }
        }
        image = format!("<a href=\"{}\"{attributes}>{image}</a>", go_escape(link));
    }
    let mut caption = String::new();
    if let Some(title) = get("title") {
        let _ = write!(caption, "<h4>{}</h4>", go_escape(title));
    }
    let (said, by) = (get("caption"), get("attr"));
    if said.is_some() || by.is_some() {
        caption.push_str("<p>");
        if let Some(said) = said {
            caption.push_str(fragment(said, scope.context).html_in_line());
        }
        if let Some(by) = by {
            let by = fragment(by, scope.context);
            let by = by.html_in_line();
            let _ = match get("attrlink") {
                Some(link) => write!(
                    caption,
                    "\n\t\t\t\t\t\t<a href=\"{}\">{by}</a>",
                    go_escape(link)
                ),
                None => write!(caption, "{by}"),
            };
        }
        caption.push_str("</p>");
    }
    if !caption.is_empty() {
        caption = format!("<figcaption>\n\t\t\t{caption}\n\t\t</figcaption>");
    }
    let class = get("class")
        .map(|class| format!(" class=\"{}\"", go_escape(class)))
        .unwrap_or_default();
    format!("<figure{class}>{image}{caption}\n</figure>\n")
}

fn qr_code(text: &str, call: &Shortcode, scope: &mut Scope<'_>) -> String {
    let inner = inner(text, call, scope);
    qr::picture(text, call, &inner).unwrap_or_else(|message| {
        scope.refuse(call, message);
        String::new()
    })
}

fn highlight(text: &str, call: &Shortcode, scope: &mut Scope<'_>) -> String {
    let language = call.arguments.at(0).unwrap_or_default().to_owned();
    let mut lines = Lines::default();
    for option in call.arguments.at(1).unwrap_or_default().split(',') {
        match option.split_once('=') {
            Some((_, value)) if value.contains('=') => scope.refuse(
                call,
                "The options of “highlight” have to be parted by commas, such as \"linenos=inline,hl_lines=2\".",
            ),
            Some((key, value)) => lines.set(key.trim(), value),
            None => {}
        }
    }
    let code = inner(text, call, scope);
    let mut out = String::new();
    code::highlighted(
        &language,
        code.trim_matches(['\n', '\r']),
        "",
        "",
        &lines,
        &mut out,
    );
    out
}

fn param(call: &Shortcode, scope: &mut Scope<'_>) -> String {
    let name = call.arguments.at(0).unwrap_or_default();
    // A key may lead into a map: `author.name`.
    let mut parts = name.split('.');
    let mut found = parts
        .next()
        .and_then(|key| super::variables::parameter(scope.context.page.front_matter, key));
    for part in parts {
        found = found
            .as_ref()
            .and_then(serde_yaml::Value::as_mapping)
            .and_then(|map| super::variables::entry(map, part))
            .cloned();
    }
    match found.as_ref().and_then(super::variables::plain_text) {
        Some(text) => go_escape(&text),
        None => {
            scope.refuse(
                call,
                format!("“param” asks for “{name}”, which the front matter does not have."),
            );
            String::new()
        }
    }
}

fn reference(call: &Shortcode, scope: &mut Scope<'_>) -> String {
    let wanted = match &call.arguments {
        Arguments::Positional(values) => values.first().cloned().unwrap_or_default(),
        Arguments::Named(_) => call.arguments.named("path").unwrap_or_default().to_owned(),
    };
    let (path, fragment) = match wanted.split_once('#') {
        Some((path, fragment)) => (path, format!("#{fragment}")),
        None => (wanted.as_str(), String::new()),
    };
    let base = if call.name.eq_ignore_ascii_case("ref") {
        scope.context.page.site.base_url.trim_end_matches('/')
    } else {
        ""
    };
    // A place on the page itself is only that, for both of the two.
    if path.is_empty() {
        return fragment;
    }
    match scope
        .context
        .page
        .site
        .find_page(scope.context.page.path, path)
    {
        Some(found) => format!("{base}{}{fragment}", scope.context.address_of(found)),
        // Where the post lies is not known either: what is meant as seen from there may well be.
        None if scope.context.page.site.pages.is_empty()
            || (scope.context.page.path.is_none() && !path.starts_with('/')) =>
        {
            format!("{base}/{}{fragment}", path.trim_start_matches('/'))
        }
        None => {
            scope.refuse(
                call,
                format!(
                    "“{}” leads to “{path}”, and the site has no such page.",
                    call.name
                ),
            );
            String::new()
        }
    }
}

/// A shortcode that is defined where it is called, or was before. Its text is a Go template.
fn inline(text: &str, call: &Shortcode, scope: &mut Scope<'_>) -> String {
    let template = if call.inner.is_some() {
        let template = inner(text, call, scope);
        scope
            .templates
            .entry(call.name.clone())
            .or_insert(template)
            .clone()
    } else {
        scope.templates.get(&call.name).cloned().unwrap_or_default()
    };
    let argument = |key: &str| {
        let found = match key.parse() {
            Ok(index) => call.arguments.at(index),
            Err(_) => call.arguments.named(key),
        };
        found.map(ToOwned::to_owned)
    };
    let data = Data {
        title: scope.context.title,
        permalink: scope.context.address(),
        argument: &argument,
    };
    if let Some(at) = template_functions::unknown(&template) {
        let function = template.get(at..).unwrap_or_default();
        let function = function.split(|c: char| !(c.is_alphanumeric() || c == '_'));
        let message = format!(
            "The template of “{}.inline” calls “{}”, and Hugo has no such function.",
            call.name,
            function.into_iter().next().unwrap_or_default()
        );
        let place = template_line(text, call, template.get(..at).unwrap_or_default());
        scope.problems.push(Problem::new(place, message));
        return String::new();
    }
    match inline_template::run(&template, &data) {
        Ok(made) => made,
        Err(Stop::Broken) => {
            scope.refuse(
                call,
                format!(
                    "The template of “{}.inline” cannot be read: look for a bracket, quotation mark or “end” that is missing.",
                    call.name
                ),
            );
            String::new()
        }
        // Only what is text in any case is shown.
        Err(Stop::Beyond) => inline_template::text_only(&template),
    }
}

/// The place Hugo names for what is wrong in a template: it adds up the call's line in the file and the template's own,
/// which counts from one. `before` is the template up to there.
fn template_line(text: &str, call: &Shortcode, before: &str) -> Span {
    let lines = before.split('\n').count();
    let start = call.span.start().get();
    let behind = text.get(start..).unwrap_or_default();
    let at = behind.match_indices('\n').nth(lines - 1);
    Span::at(BytePos::new(
        at.map_or(text.len(), |(at, _)| start + at + 1),
    ))
}

/// A fence parted in two: the commands it begins with, each behind `$ `, and what they print.
fn command_output(text: &str, call: &Shortcode, scope: &mut Scope<'_>) -> String {
    let fence = inner(text, call, scope);
    let mut lines: Vec<&str> = fence
        .trim_matches(['\n', '\r', '\t', ' '])
        .split('\n')
        .collect();
    // The fence's own last line.
    lines.pop();
    let mut lines = lines.into_iter();
    let info = lines.next().unwrap_or_default();
    let info = info.strip_prefix("```").unwrap_or(info);
    let lines: Vec<&str> = lines.collect();
    let commands: Vec<&str> = lines
        .iter()
        .map_while(|line| line.strip_prefix("$ "))
        .collect();
    let printed = lines.get(commands.len()..).unwrap_or_default();
    let label = match &call.arguments {
        Arguments::Positional(values) => values.first().map(String::as_str),
        Arguments::Named(_) => call.arguments.named("label"),
    };
    let label = label
        .filter(|label| !label.is_empty())
        .unwrap_or("Example output:");
    let mut out = String::from("<div class=\"command-output\">");
    let mut code = |class: &str, info: &str, lines: &[&str], out: &mut String| {
        let made = fragment(
            &format!("```{info}\n{}\n```", lines.join("\n")),
            scope.context,
        );
        scope.mermaid |= made.mermaid;
        // Writing to a String cannot fail.
        let _ = write!(
            out,
            "\n<div class=\"command-output__{class}\">\n{}\n</div>",
            made.html()
        );
    };
    if !commands.is_empty() {
        code("command", info, &commands, &mut out);
        if !printed.is_empty() {
            let _ = write!(out, "\n<div class=\"command-output__label\">{label}</div>");
        }
    }
    if !printed.is_empty() {
        let info = if commands.is_empty() {
            info
        } else {
            "plaintext {class=disable-copy}"
        };
        code("output", info, printed, &mut out);
    }
    out.push_str("\n</div>\n");
    out
}
