//! What would have to be loaded from elsewhere: videos and posts. A screen gets a still card in their place.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::shortcode::Shortcode;

use super::Audience;
use super::escape::go_escape;
use super::shortcodes::Scope;
use super::url::path_of;

/// What a call names, by name or as its first argument; without it the call is refused.
fn id_of(call: &Shortcode, scope: &mut Scope<'_>, otherwise: &str) -> Option<String> {
    let arguments = &call.arguments;
    let id = arguments.named("id").or_else(|| arguments.at(0));
    let id = id.filter(|id| !id.is_empty()).map(str::to_owned);
    if id.is_none() {
        scope.refuse(call, otherwise);
    }
    id
}

pub(super) fn youtube(call: &Shortcode, scope: &mut Scope<'_>) -> String {
    let arguments = &call.arguments;
    let needs = "“youtube” needs the video’s id, such as {{< youtube dQw4w9WgXcQ >}}.";
    let Some(id) = id_of(call, scope, needs) else {
        return String::new();
    };
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
        go_escape(&path_of(&id)),
        query.join("&amp;"),
        go_escape(title),
    )
}

pub(super) fn x(call: &Shortcode, scope: &Scope<'_>) -> String {
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

pub(super) fn vimeo(call: &Shortcode, scope: &mut Scope<'_>) -> String {
    let arguments = &call.arguments;
    let Some(id) = id_of(call, scope, "“vimeo” needs the video’s number.") else {
        return String::new();
    };
    if scope.audience() == Audience::Screen {
        return card("vimeo", &id, "▶", "Vimeo video", &id);
    }
    let get = |name: &str| arguments.named(name).filter(|value| !value.is_empty());
    let (outer, inner) = match get("class") {
        Some(class) => (format!("class=\"{}\"", go_escape(class)), String::new()),
        None => (
            "style=\"position: relative; padding-bottom: 56.25%; height: 0; overflow: hidden;\""
                .to_owned(),
            "\n\t\t\t\t\t\tstyle=\"position: absolute; top: 0; left: 0; width: 100%; height: 100%; border:0;\""
                .to_owned(),
        ),
    };
    let mut attributes = String::new();
    if !get("allowFullScreen").is_some_and(|value| matches!(value, "false" | "0")) {
        attributes.push_str(" allow=\"fullscreen\"");
    }
    for name in ["loading", "title"] {
        if let Some(value) = get(name) {
            // Writing to a String cannot fail.
            let _ = write!(attributes, " {name}=\"{}\"", go_escape(value));
        }
    }
    format!(
        "\t\t\t<div\n\t\t\t\t\t{outer}>\n\t\t\t\t<iframe\n\t\t\t\t\tsrc=\"https://player.vimeo.com/video/{}?dnt=0\"\
         {inner}{attributes}>\n\t\t\t\t</iframe>\n\t\t\t</div>\n",
        go_escape(&path_of(&id))
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
