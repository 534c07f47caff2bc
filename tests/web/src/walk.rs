//! The whole app by keyboard alone: what Tab reaches, in which order, with a ring around it, and where the keyboard is
//! when something goes away.

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::app::{App, Failed, Outcome, ensure, equal};

/// What has the keyboard, also in the article's frame: its name; whether a ring is drawn around it, or around what holds
/// it; whether it can be seen where it stands.
const HERE: &str = "let e = document.activeElement, page = window;\
    if (!e || e === document.body) return null;\
    const inside = e.tagName === 'IFRAME' ? e.contentDocument?.activeElement : null;\
    if (inside && inside !== inside.ownerDocument.body) { e = inside; page = e.ownerDocument.defaultView; }\
    const text = x => x.textContent.replace(/\\s+/g, ' ').trim();\
    const by = (e.getAttribute('aria-labelledby') ?? '').split(' ').map(id => e.ownerDocument.getElementById(id)).filter(Boolean);\
    const name = e.getAttribute('aria-label') || by.map(text).join(' ') || text(e.labels?.[0] ?? e.querySelector('b') ?? e) || e.tagName;\
    const ringed = x => { const s = page.getComputedStyle(x); return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 1) || s.boxShadow.includes('inset'); };\
    let ring = false; for (let x = e, up = 0; x && up < 4; x = x.parentElement, up++) ring ||= ringed(x);\
    const box = e.getBoundingClientRect();\
    const seen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.right > 0 && box.top < page.innerHeight && box.left < page.innerWidth;\
    return { name: name.slice(0, 60), tag: e.tagName.toLowerCase(), ring, seen };";

/// A place the keyboard is at.
#[derive(Debug, Clone, PartialEq)]
struct Stop {
    name: String,
    tag: String,
    ring: bool,
    seen: bool,
}

/// Where the keyboard is; `None`: nowhere.
async fn here(app: &App<'_>) -> Result<Option<Stop>, Failed> {
    let told = app.js(HERE, vec![]).await?;
    let text = |key: &str| told[key].as_str().map(str::to_owned);
    Ok(text("name").map(|name| Stop {
        name,
        tag: text("tag").unwrap_or_default(),
        ring: told["ring"] == Value::Bool(true),
        seen: told["seen"] == Value::Bool(true),
    }))
}

/// Goes on with a key until `until` has the keyboard, or the page is at its end. Each stop has to be seen, with a ring.
async fn walk(
    app: &App<'_>,
    key: impl Fn() -> TypingData,
    until: &str,
) -> Result<Vec<String>, Failed> {
    let mut names: Vec<String> = Vec::new();
    for _ in 0..150 {
        app.keys(key()).await?;
        let Some(stop) = here(app).await? else {
            break;
        };
        ensure(
            stop.seen,
            format!("“{}” is out of sight with the keyboard", stop.name),
        )?;
        if !stop.ring {
            app.wait(
                &format!("a ring around “{}” ({})", stop.name, stop.tag),
                &format!("return (() => {{ {HERE} }})()?.ring"),
            )
            .await?;
        }
        let found = stop.name == until;
        names.push(stop.name);
        if found {
            break;
        }
    }
    Ok(names)
}

/// Tab until this has the keyboard.
async fn to(app: &App<'_>, name: &str) -> Outcome {
    let names = walk(app, || Key::Tab.into(), name).await?;
    ensure(
        names.last().is_some_and(|last| last == name),
        format!("Tab never came to “{name}”: {names:?}"),
    )
}

/// Waits until this has the keyboard.
async fn at(app: &App<'_>, name: &str, when: &str) -> Outcome {
    let script = format!(
        "const h = (() => {{ {HERE} }})(); return h?.name === {}",
        json!(name)
    );
    if app.wait(name, &script).await.is_err() {
        let found = here(app).await?.map(|stop| stop.name);
        return equal(&found, &Some(name.to_owned()), when);
    }
    Ok(())
}

/// Opens something with Enter from where the keyboard is, sees the keyboard in it, puts it away, and is back.
async fn in_and_out(app: &App<'_>, from: &str, heading: &str) -> Outcome {
    app.keys(Key::Enter).await?;
    crate::linking::dialog(app, heading).await?;
    // Round within: nothing behind the dialog can have the keyboard.
    for _ in 0..4 {
        app.keys(Key::Tab).await?;
        let out =
            "const e = document.activeElement; return e !== document.body && !e.closest('dialog')";
        ensure(
            app.js(out, vec![]).await? == Value::Bool(false),
            format!("Tab left the dialog “{heading}”"),
        )?;
    }
    app.keys(Key::Escape).await?;
    app.wait(
        "the dialog to go",
        "return !document.querySelector('dialog[open]')",
    )
    .await?;
    at(app, from, &format!("behind the dialog “{heading}”")).await
}

/// The controls of the editor, as Tab comes to them with the sample open.
const EDITOR: &[&str] = &[
    "Download",
    "More ways to save",
    "Edit as YAML",
    "Title",
    "Date",
    "Date",
    "Date",
    "Date",
    "Slug",
    "Description",
    "community",
    "Keywords",
    "Author",
    "Show cover",
    "Thumbnail ratio",
    "More fields",
    "Add images",
    "Hide images",
    "Images 1",
    "Crop or shrink community-call.png",
    "Edit community-call.png",
    "Heading",
    "Markdown",
    "Article",
    "Fit, as wide as the pane",
    "Scroll together",
];

/// From the start screen to the download and back, by keyboard alone.
pub async fn keyboard_walk(app: &App<'_>) -> Outcome {
    equal(
        &walk(app, || Key::Tab.into(), "Paste a post’s text").await?,
        &[
            "New recap",
            "New post",
            "Open file",
            "Open folder",
            "Try the sample",
            "Paste a post’s text",
        ]
        .map(str::to_owned)
        .to_vec(),
        "the start screen, in order",
    )?;
    app.keys(Key::Shift + Key::Tab).await?;
    app.keys(Key::Enter).await?;
    app.editor().await?;
    at(
        app,
        "March Linkerd community meeting recap",
        "with a post open",
    )
    .await?;
    let forth = walk(app, || Key::Tab.into(), "Scroll together").await?;
    equal(
        &forth.iter().map(String::as_str).collect::<Vec<_>>(),
        &EDITOR.to_vec(),
        "the editor, in order",
    )?;
    // Through the article's links, and out of its frame again: Tab comes round to the page's first stop.
    let article = walk(app, || Key::Tab.into(), "Skip to the text").await?;
    ensure(
        article.iter().any(|name| name == "Register today"),
        format!("Tab does not go through the article: {article:?}"),
    )?;
    let back = walk(app, || Key::Shift + Key::Tab, "Download").await?;
    ensure(
        back.last().is_some_and(|name| name == "Download") && back.contains(&"Markdown".to_owned()),
        format!("Shift+Tab does not go back through the editor: {back:?}"),
    )?;
    saving(app).await?;
    form(app).await?;
    images(app).await?;
    toolbar(app).await?;
    preview(app).await?;
    drafts(app).await
}

/// Download, the menu beside it, the folder's name.
async fn saving(app: &App<'_>) -> Outcome {
    app.keys(Key::Enter).await?;
    at(app, "Download", "after a download").await?;
    to(app, "More ways to save").await?;
    app.keys(Key::Enter).await?;
    at(app, "Zip of the folder", "in the menu").await?;
    app.keys(Key::Escape).await?;
    at(app, "More ways to save", "behind the menu").await?;
    app.keys(Key::Enter).await?;
    at(app, "Zip of the folder", "in the menu").await?;
    app.keys(Key::End).await?;
    at(app, "Folder name", "at the menu's end").await?;
    in_and_out(app, "More ways to save", "Folder name").await
}

/// The form: a field, undo and redo with their buttons, the front matter as YAML.
async fn form(app: &App<'_>) -> Outcome {
    to(app, "Title").await?;
    app.keys(Key::End).await?;
    app.keys("!").await?;
    walk(app, || Key::Shift + Key::Tab, "Undo").await?;
    at(app, "Undo", "back at the top").await?;
    // What is taken back is where the keyboard goes.
    app.keys(Key::Enter).await?;
    at(app, "Title", "with the title taken back").await?;
    walk(app, || Key::Shift + Key::Tab, "Redo").await?;
    app.keys(Key::Enter).await?;
    at(app, "Title", "with the title made again").await?;
    walk(app, || Key::Shift + Key::Tab, "Edit as YAML").await?;
    app.keys(Key::Enter).await?;
    at(app, "Edit as YAML", "with the front matter as text").await?;
    to(app, "Front matter YAML").await?;
    walk(app, || Key::Shift + Key::Tab, "Edit as YAML").await?;
    app.keys(Key::Enter).await?;
    to(app, "Keywords").await?;
    app.keys("one").await?;
    app.keys(Key::Enter).await?;
    at(app, "Keywords", "with a keyword more").await?;
    app.keys(Key::Shift + Key::Tab).await?;
    app.keys(Key::Delete).await?;
    let there = here(app).await?;
    ensure(there.is_some(), "a removed keyword took the keyboard along")
}

/// A picture: everything about it, the dialog to crop.
async fn images(app: &App<'_>) -> Outcome {
    to(app, "Crop or shrink community-call.png").await?;
    in_and_out(app, "Crop or shrink community-call.png", "Crop or shrink").await?;
    to(app, "Edit community-call.png").await?;
    app.keys(Key::Enter).await?;
    at(app, "Done with community-call.png", "with its details open").await?;
    app.keys(Key::Enter).await?;
    at(app, "Edit community-call.png", "with its details closed").await
}

/// The toolbar: one stop, arrows within; what it opens gives the keyboard back to it.
async fn toolbar(app: &App<'_>) -> Outcome {
    to(app, "Heading").await?;
    let mut dialogs = vec![
        ("Link", "Link"),
        ("Code block", "Code block"),
        ("Outline", "Outline"),
        ("Keyboard shortcuts", "Keyboard shortcuts"),
    ]
    .into_iter();
    let mut next = dialogs.next();
    let mut count = 0;
    loop {
        let Some(stop) = here(app).await? else {
            return Err(Failed("the keyboard is nowhere in the toolbar".to_owned()));
        };
        ensure(stop.ring && stop.seen, format!("no ring around {stop:?}"))?;
        if let Some((button, heading)) = next
            && stop.name == button
        {
            in_and_out(app, button, heading).await?;
            next = dialogs.next();
        }
        // Menus: down into them, Escape out of them.
        if ["Heading", "Table", "Shortcode", "More"].contains(&stop.name.as_str()) {
            app.keys(Key::Down).await?;
            app.wait(
                "the menu",
                "return document.activeElement.matches('[role^=menuitem]')",
            )
            .await?;
            app.keys(Key::Escape).await?;
            at(app, &stop.name, "behind its menu").await?;
        }
        count += 1;
        if stop.name == "Keyboard shortcuts" {
            break;
        }
        app.keys(Key::Right).await?;
    }
    equal(&count, &19, "the tools of the toolbar")?;
    ensure(next.is_none(), format!("never came to {next:?}"))?;
    // From a menu into a dialog, and back to the menu's button.
    app.keys(Key::Left).await?;
    at(app, "More", "one to the left").await?;
    app.keys(Key::Down).await?;
    app.wait(
        "the menu",
        "return document.activeElement.matches('[role^=menuitem]')",
    )
    .await?;
    for _ in 0..5 {
        app.keys(Key::Down).await?;
    }
    in_and_out(app, "More", "Go to line").await?;
    app.keys(Key::Home).await?;
    at(app, "Heading", "at the toolbar's start").await?;
    to(app, "Markdown").await?;
    app.keys("Typed by keyboard. ").await?;
    app.keys(Key::Control + "k").await?;
    crate::linking::dialog(app, "Link").await?;
    app.keys(Key::Escape).await?;
    at(app, "Markdown", "behind the dialog for a link").await
}

/// The preview's tabs by arrows, and its frame.
async fn preview(app: &App<'_>) -> Outcome {
    to(app, "Article").await?;
    for name in ["List card", "Social card", "Search result", "Article"] {
        app.keys(Key::Right).await?;
        at(app, name, "by an arrow").await?;
    }
    to(app, "the community Slack").await?;
    app.keys(Key::Enter).await?;
    at(app, "the community Slack", "with a notice open").await?;
    // The notice is at the page's end; put away, it leaves the keyboard somewhere.
    to(app, "Got it").await?;
    app.keys(Key::Enter).await?;
    app.wait(
        "the keyboard somewhere else",
        "return !document.querySelector('.notice') && document.activeElement !== document.body",
    )
    .await
}

/// Back on the start screen the draft is there: opened, closed, deleted, had back.
async fn drafts(app: &App<'_>) -> Outcome {
    crate::drafts::status(app, "Saved in this browser").await?;
    walk(app, || Key::Shift + Key::Tab, "Close").await?;
    at(app, "Close", "on the way back").await?;
    app.keys(Key::Enter).await?;
    at(app, "Recap Editor", "on the start screen").await?;
    to(app, "Try the sample").await?;
    to(app, "March Linkerd community meeting recap!").await?;
    app.keys(Key::Tab).await?;
    at(
        app,
        "Delete “March Linkerd community meeting recap!”",
        "beside the draft",
    )
    .await?;
    app.keys(Key::Enter).await?;
    app.wait(
        "the keyboard somewhere near",
        "return !document.querySelector('[aria-label^=\"Delete “\"]') && document.activeElement !== document.body",
    )
    .await?;
    let there = here(app).await?.map(|stop| stop.name).unwrap_or_default();
    ensure(
        there.starts_with("Deleted drafts"),
        format!("with the last draft deleted, the keyboard is at “{there}”"),
    )
}
