//! What the site's shortcodes, and Hugo's own that need no network, make.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::shortcode::{Arguments, Shortcode};
use crate::text::Problem;

use super::Audience;
use super::code;
use super::context::Context;
use super::document::{Fragment, fragment};
use super::escape::go_escape;
use super::hooks;
use super::inline_template::{self, Data, Stop};
use super::source::{self, Source};
use super::text;

/// What the shortcodes of a page share.
pub(super) struct Scope<'a> {
    pub(super) context: &'a Context<'a>,
    pub(super) problems: Vec<Problem>,
    pub(super) mermaid: bool,
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

    fn refuse(&mut self, call: &Shortcode, message: impl Into<String>) {
        self.problems.push(Problem::new(call.span, message));
    }

    const fn audience(&self) -> Audience {
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
        "youtube" => youtube(call, scope),
        "x" | "x_simple" => x(call, scope),
        "vimeo" | "vimeo_simple" => vimeo(call, scope),
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
        "qr" => "<img src=\"/qr.png\" width=\"132\" height=\"132\">".to_owned(),
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
        "\n\n\n\n<div class=\"alert alert--{kind} alert--callout\"{id}>\n  \n    <div class=\"alert__title\">\n      \n      \n        \
         <svg class=\"icon icon--current\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\">\n{icon}\n</svg>\n      \n      \
         <h4>\n        {}\n      </h4>\n    </div>\n  \n  <div class=\"alert__content\">\n    {inside}\n  </div>\n</div>\n\n",
        go_escape(&title)
    )
}

fn youtube(call: &Shortcode, scope: &mut Scope<'_>) -> String {
    let arguments = &call.arguments;
    let id = arguments
        .named("id")
        .or_else(|| arguments.at(0))
        .unwrap_or_default()
        .to_owned();
    if id.is_empty() {
        scope.refuse(
            call,
            "“youtube” needs the video’s id, such as {{< youtube dQw4w9WgXcQ >}}.",
        );
        return String::new();
    }
    if scope.audience() == Audience::Screen {
        return card("youtube", &id, "▶", "YouTube video", &id);
    }
    let on = |name: &str, usual: bool| {
        arguments
            .named(name)
            .map_or(usual, |value| matches!(value, "true" | "1"))
    };
    let number = |name: &str| {
        arguments
            .named(name)
            .and_then(|value| value.parse::<u32>().ok())
            .unwrap_or(0)
    };
    let autoplay = on("autoplay", false);
    let mut query = BTreeMap::from([
        ("autoplay", u32::from(autoplay).to_string()),
        ("controls", u32::from(on("controls", true)).to_string()),
        ("end", number("end").to_string()),
        ("loop", u32::from(on("loop", false)).to_string()),
        ("mute", u32::from(autoplay || on("mute", false)).to_string()),
        ("start", number("start").to_string()),
    ]);
    if on("loop", false) {
        query.insert("playlist", id.clone());
    }
    let query: Vec<String> = query
        .into_iter()
        .map(|(key, value)| format!("{key}={value}"))
        .collect();
    let fullscreen = if on("allowFullScreen", true) {
        "; fullscreen"
    } else {
        ""
    };
    let (outer, inner) = match arguments.named("class") {
        Some(class) => (format!(" class=\"{}\"", go_escape(class)), String::new()),
        None => (
            " style=\"position: relative; padding-bottom: 56.25%; height: 0; overflow: hidden;\""
                .to_owned(),
            " style=\"position: absolute; top: 0; left: 0; width: 100%; height: 100%; border:0;\""
                .to_owned(),
        ),
    };
    let loading = arguments.named("loading").unwrap_or("eager");
    let title = arguments.named("title").unwrap_or("YouTube video");
    format!(
        "<div{outer}>\n\t\t\t<iframe allow=\"accelerometer; autoplay; clipboard-write; encrypted-media; gyroscope; \
         picture-in-picture; web-share{fullscreen}\" loading=\"{}\" referrerpolicy=\"strict-origin-when-cross-origin\" \
         src=\"https://www.youtube.com/embed/{}?{}\"{inner} title=\"{}\"></iframe>\n\t\t</div>\n",
        go_escape(loading),
        go_escape(&id),
        query.join("&amp;"),
        go_escape(title),
    )
}

fn x(call: &Shortcode, scope: &Scope<'_>) -> String {
    let user = call.arguments.named("user").unwrap_or_default();
    let id = call.arguments.named("id").unwrap_or_default();
    if scope.audience() == Audience::Screen {
        return card("x", id, "𝕏", &format!("Post by {user} on X"), id);
    }
    format!(
        "<blockquote class=\"twitter-tweet\"><a href=\"https://x.com/{}/status/{}\"></a></blockquote>\n",
        go_escape(user),
        go_escape(id)
    )
}

fn vimeo(call: &Shortcode, scope: &mut Scope<'_>) -> String {
    let id = call
        .arguments
        .named("id")
        .or_else(|| call.arguments.at(0))
        .unwrap_or_default()
        .to_owned();
    if id.is_empty() {
        scope.refuse(call, "“vimeo” needs the video’s number.");
        return String::new();
    }
    if scope.audience() == Audience::Screen {
        return card("vimeo", &id, "▶", "Vimeo video", &id);
    }
    format!(
        "<div style=\"position: relative; padding-bottom: 56.25%; height: 0; overflow: hidden;\">\n<iframe \
         src=\"https://player.vimeo.com/video/{}?dnt=0\" style=\"position: absolute; top: 0; left: 0; width: 100%; height: 100%; \
         border:0;\" allow=\"fullscreen\">\n</iframe>\n</div>\n",
        go_escape(&id)
    )
}

/// A still card in the place of something that would have to be loaded from elsewhere.
fn card(kind: &str, id: &str, sign: &str, title: &str, small: &str) -> String {
    // A card that is pressed says what it stands for.
    format!(
        "<div class=\"embed-card\" role=\"button\" tabindex=\"0\" data-kind=\"{kind}\" data-id=\"{}\"><span class=\"sign\" aria-hidden=\"true\">{sign}</span>\
         <span>{}</span><small>{}</small></div>\n",
        go_escape(id),
        go_escape(title),
        go_escape(small)
    )
}

fn details(text: &str, call: &Shortcode, scope: &mut Scope<'_>) -> String {
    let arguments = call.arguments.clone();
    let mut attributes = String::new();
    for name in ["class", "name", "title"] {
        if let Some(value) = arguments.named(name) {
            // Writing to a String cannot fail.
            let _ = write!(attributes, " {name}=\"{}\"", go_escape(value));
        }
    }
    if arguments.named("open").is_some_and(|open| open == "true") {
        attributes.push_str(" open");
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
    let mut image = format!("<img src=\"{}\"", go_escape(&src));
    if let Some(alt) = get("alt") {
        // Writing to a String cannot fail.
        let _ = write!(image, " alt=\"{}\"", go_escape(alt));
    } else if let Some(caption) = get("caption") {
        // What the caption reads as, without its tags.
        let caption = fragment(caption, scope.context);
        let caption = text::plain(caption.html_in_line());
        let _ = write!(image, " alt=\"{}\"", go_escape(&caption));
    }
    for name in ["width", "height", "loading"] {
        if let Some(value) = get(name) {
            let _ = write!(image, " {name}=\"{}\"", go_escape(value));
        }
    }
    image.push('>');
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
                Some(link) => write!(caption, "\n<a href=\"{}\">{by}</a>", go_escape(link)),
                None => write!(caption, "\n{by}"),
            };
        }
        caption.push_str("</p>");
    }
    if !caption.is_empty() {
        caption = format!("<figcaption>\n{caption}\n</figcaption>");
    }
    let class = get("class")
        .map(|class| format!(" class=\"{}\"", go_escape(class)))
        .unwrap_or_default();
    format!("<figure{class}>{image}{caption}\n</figure>\n")
}

fn highlight(text: &str, call: &Shortcode, scope: &mut Scope<'_>) -> String {
    let language = call.arguments.at(0).unwrap_or_default().to_owned();
    let code = inner(text, call, scope);
    let code = code
        .strip_prefix('\n')
        .unwrap_or(&code)
        .trim_end_matches('\n')
        .to_owned();
    let mut out = String::new();
    code::highlighted(&language, &code, "", "", &mut out);
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
        Some(text) => text,
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
    if path.is_empty() {
        return format!("{base}{}{fragment}", scope.context.address());
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
