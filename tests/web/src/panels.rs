//! Every menu, dialog and panel of the Markdown pane, with a real post: on a phone nothing is cut off, and a finger hits it.

use std::path::Path;

use serde_json::json;
use thirtyfour::prelude::*;

use crate::app::{App, Outcome, ensure};
use crate::frame::HELPERS;

/// How something is opened.
#[derive(Debug, Clone, Copy)]
enum By {
    /// A button of the toolbar.
    Button(&'static str),
    /// A command of the palette, found by these words.
    Command(&'static str),
    /// Keys, at the end of the text.
    Typed(&'static str),
}

/// What there is, by the names of their pictures, and what is there when it is open.
const PANELS: &[(&str, By, &str)] = &[
    ("menu-heading", By::Button("Heading"), "#menu-heading"),
    ("menu-table", By::Button("Table"), "#menu-table"),
    ("menu-shortcode", By::Button("Shortcode"), "#menu-shortcode"),
    ("menu-more", By::Button("More"), "#menu-more"),
    ("slash", By::Typed("\n\n/"), "#slash-typed"),
    ("link", By::Command("link"), "#link-to"),
    ("link-pages", By::Typed(" [["), "#link-to"),
    ("code", By::Command("code block"), "dialog[open] form"),
    ("table", By::Command("table"), "dialog[open] form"),
    ("youtube", By::Command("youtube"), "dialog[open] form"),
    ("x", By::Command("post on x"), "dialog[open] form"),
    ("note", By::Command("note box"), "dialog[open] form"),
    (
        "shortcode",
        By::Command("other shortcode"),
        "dialog[open] form",
    ),
    ("outline", By::Command("outline"), "dialog.outline"),
    ("line", By::Command("go to line"), "dialog[open] form"),
    ("goal", By::Command("goal"), "dialog[open] form"),
    (
        "shortcuts",
        By::Command("keyboard shortcuts"),
        "dialog.keys",
    ),
    ("palette", By::Command(""), "#command-list"),
    ("find", By::Command("find"), ".cm-search"),
    ("format", By::Command("format"), "dialog.format .answers"),
];

/// Opens it.
async fn open(app: &App<'_>, by: By, there: &str) -> Outcome {
    app.js(
        "pane.focus(); view.dispatch({ selection: { anchor: view.state.doc.length } })",
        vec![],
    )
    .await?;
    match by {
        By::Button(name) => app.press(name).await?,
        By::Typed(text) => app.keys(text).await?,
        By::Command(words) => {
            app.keys(Key::F1).await?;
            crate::linking::dialog(app, "Command palette").await?;
            app.keys(words).await?;
            if !words.is_empty() {
                app.wait(
                    "the command to be chosen",
                    &format!("return document.querySelector('#command-list [aria-selected=true] span')?.textContent.toLowerCase().includes({})", json!(words)),
                )
                .await?;
                app.keys(Key::Enter).await?;
            }
        }
    }
    app.wait(
        there,
        &format!(
            "return !!document.querySelector({}) && !document.getAnimations().length",
            json!(there)
        ),
    )
    .await
}

/// Puts it away.
async fn close(app: &App<'_>) -> Outcome {
    app.keys(Key::Escape).await?;
    app.wait(
        "all to be closed",
        "return !document.querySelector('dialog[open], [role=menu], .slash-menu, .cm-search')",
    )
    .await
}

/// Pictures of them all, wide and narrow, light and dark.
pub async fn take(app: &App<'_>, post: &Path, folder: &Path) -> Outcome {
    std::fs::create_dir_all(folder)?;
    app.choose(&[post]).await?;
    app.editor().await?;
    app.js(HELPERS, vec![]).await?;
    for (width, height) in [(1440, 900), (360, 780)] {
        for dark in [false, true] {
            let tone = if dark { "dark" } else { "light" };
            app.size(width, height).await?;
            app.dark(dark).await?;
            for (name, by, there) in PANELS {
                open(app, *by, there).await?;
                app.picture(&folder.join(format!("{name}-{width}-{tone}.png")))
                    .await?;
                close(app).await?;
            }
        }
    }
    Ok(())
}

/// What is wrong with what is open: cut off at the side, or too small for a finger.
// A page that is too wide makes a phone's window larger: it is held against the room it was given.
const WRONG: &str = "const wrong = [], room = document.documentElement.clientWidth;\
    const tools = document.querySelector('.formatting').getBoundingClientRect(), actions = document.querySelector('.top-bar .actions').getBoundingClientRect();\
    if (Math.abs(tools.width - room) > 1 || tools.height > 64 || actions.height > 64) wrong.push('several lines: the toolbar with ' + [tools.width, tools.height] + ', the buttons at the top with ' + [actions.width, actions.height]);\
    if (document.documentElement.scrollWidth > room || innerWidth > room) wrong.push('the page is too wide: ' + [document.documentElement.scrollWidth, innerWidth, room] + [...document.querySelectorAll('body *')].filter(e => !e.closest('.tools, svg') && e.getBoundingClientRect().right > room + 1).map(e => ' ' + e.tagName + '.' + e.className).slice(0, 6));\
    const open = document.querySelector('dialog[open]') ?? document.querySelector('[role=menu], .slash-menu, .cm-search') ?? document.querySelector('.text-part');\
    for (const e of [open, ...open.querySelectorAll('*')]) {\
      if (!e.checkVisibility({ visibilityProperty: true })) continue;\
      const box = e.getBoundingClientRect(), style = getComputedStyle(e);\
      const name = e.tagName.toLowerCase() + ' “' + (e.getAttribute('aria-label') ?? e.textContent).trim().slice(0, 30) + '”';\
      if (!e.closest('.cm-content, .visually-hidden, [aria-hidden=true], svg') && style.position !== 'absolute' && box.width > 1 && (box.right > room + 1 || box.left < -1)) wrong.push(name + ' is cut off at the side');\
      if (e.scrollWidth > e.clientWidth + 1 && ['auto', 'scroll'].includes(style.overflowX) && e.matches('dialog, form, [role=menu], [role=listbox]')) wrong.push(name + ' scrolls sideways');\
      if (!e.matches('button, select, summary, [role=option], input:not([hidden]), textarea') || e.type === 'file') continue;\
      const label = e.labels?.[0]?.getBoundingClientRect();\
      const high = ['checkbox', 'radio'].includes(e.type) ? Math.max(box.height, label?.height ?? 0) : box.height;\
      if (high < 43.5) wrong.push(name + ' is ' + Math.round(high) + ' px high');\
      if (box.width < 43.5 && !['checkbox', 'radio'].includes(e.type)) wrong.push(name + ' is ' + Math.round(box.width) + ' px wide');\
    } return wrong;";

/// On a phone: nothing scrolls sideways, nothing is cut off, and everything is large enough for a finger.
pub async fn fit(app: &App<'_>, post: &Path) -> Outcome {
    app.size(360, 780).await?;
    app.cdp(
        "Emulation.setTouchEmulationEnabled",
        json!({ "enabled": true }),
    )
    .await?;
    app.reload().await?;
    app.choose(&[post]).await?;
    app.editor().await?;
    app.js(HELPERS, vec![]).await?;
    let mut wrong = Vec::new();
    for (name, by, there) in PANELS {
        open(app, *by, there).await?;
        for found in app
            .js(WRONG, vec![])
            .await?
            .as_array()
            .into_iter()
            .flatten()
        {
            wrong.push(format!("{name}: {}", found.as_str().unwrap_or_default()));
        }
        close(app).await?;
    }
    // Dialogs have the colours of the rest.
    app.dark(true).await?;
    open(app, By::Command("outline"), "dialog.outline").await?;
    let light = "const sheet = getComputedStyle(document.querySelector('dialog[open]')); return sheet.backgroundColor === 'rgb(255, 255, 255)'";
    if app.js(light, vec![]).await? == json!(true) {
        wrong.push("a dialog is light where everything is dark".to_owned());
    }
    close(app).await?;
    ensure(wrong.is_empty(), wrong.join("\n"))
}
