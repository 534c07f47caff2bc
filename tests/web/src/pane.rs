//! The Markdown pane in a browser: what only a browser can show of it.

use serde_json::json;
use thirtyfour::prelude::*;

use crate::app::{App, Outcome, ensure, equal};
use crate::frame::{HELPERS, ask};

const POST: &str =
    "---\ntitle: First\ndate: 2026-01-01\n---\n\nOne two three.\n\nAnother paragraph with words.\n";

async fn open(app: &App<'_>, bytes: &[u8]) -> Outcome {
    app.open_bytes("post.md", bytes).await?;
    app.js(HELPERS, vec![]).await?;
    Ok(())
}

async fn select(app: &App<'_>, from: usize, to: usize) -> Outcome {
    app.js(
        "pane.focus(); view.dispatch({ selection: { anchor: arguments[0], head: arguments[1] } })",
        vec![json!(from), json!(to)],
    )
    .await?;
    Ok(())
}

async fn insert(app: &App<'_>, text: &str) -> Outcome {
    app.cdp("Input.insertText", json!({ "text": text })).await?;
    Ok(())
}

async fn keys(app: &App<'_>, text: impl Into<TypingData>) -> Outcome {
    app.keys(text).await
}

/// A body whose every piece is shown as one thing and stands in the file as another.
struct Pieces(Vec<(String, Vec<u8>)>);

impl Pieces {
    fn of(raw: &[&str]) -> Self {
        let shown = |raw: &str| {
            if raw.starts_with('\r') {
                "\n".to_owned()
            } else {
                raw.to_owned()
            }
        };
        Self(
            raw.iter()
                .map(|raw| (shown(raw), raw.as_bytes().to_vec()))
                .collect(),
        )
    }

    fn units(&self, pieces: usize) -> usize {
        self.0
            .iter()
            .take(pieces)
            .map(|(shown, _)| shown.encode_utf16().count())
            .sum()
    }

    fn bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|(_, raw)| raw.clone()).collect()
    }
}

/// Edits at random places of a file with every kind of line end, characters outside the basic plane and combining marks:
/// all that was not edited leaves as it came.
pub async fn bytes(app: &App<'_>) -> Outcome {
    let head = "---\r\ntitle: Mixed\r\ndate: 2026-01-01\r\n---\r\n";
    let words = [
        "word",
        "\r\n",
        "😀",
        "e\u{301}",
        "\r",
        "x",
        "\n",
        "y",
        "👩\u{200d}🚀",
        "\r\n",
        "über",
        "\r\n",
        "**b**",
        "\u{200f}",
        "שלום",
        "\r",
        "z",
    ];
    let mut pieces = Pieces::of(&words.repeat(12));
    let mut file = head.as_bytes().to_vec();
    file.extend(pieces.bytes());
    open(app, &file).await?;
    let mut seed = 0x2611_u64;
    let mut random = |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        usize::try_from(seed % below as u64).unwrap_or_default()
    };
    for round in 0..40 {
        // Line breaks stay: which of two neighbours goes, a file with all kinds of them leaves open.
        let from = random(pieces.0.len());
        let mut to = from;
        while to < from + random(3) && pieces.0.get(to).is_some_and(|(shown, _)| shown != "\n") {
            to += 1;
        }
        let new = ["n", "neu ", "🎉", "ö"][random(4)].to_owned();
        select(app, pieces.units(from), pieces.units(to)).await?;
        insert(app, &new).await?;
        pieces.0.splice(from..to, [(new.clone(), new.into_bytes())]);
        let length = pieces.units(pieces.0.len());
        equal(
            &app.js("return view.state.doc.length", vec![]).await?,
            &json!(length),
            &format!("the pane’s length after edit {round}"),
        )?;
    }
    let mut wanted = head.as_bytes().to_vec();
    wanted.extend(pieces.bytes());
    let got = app.download("post.md").await?;
    equal(
        &String::from_utf8_lossy(&got),
        &String::from_utf8_lossy(&wanted),
        "the file after forty edits",
    )?;
    // All of them taken back, the file is the one that was opened.
    for _ in 0..200 {
        if app.button("Undo").await?.is_enabled().await? {
            app.press("Undo").await?;
        }
    }
    equal(
        &String::from_utf8_lossy(&app.download("post.md").await?),
        &String::from_utf8_lossy(&file),
        "the file after all was taken back",
    )
}

/// An input method writes a word in steps: it is there once, and one undo takes it back.
pub async fn composition(app: &App<'_>) -> Outcome {
    open(app, POST.as_bytes()).await?;
    let at = 1 + "One ".len();
    select(app, at, at).await?;
    for step in ["k", "か", "かn", "かな"] {
        let end = step.encode_utf16().count();
        app.cdp(
            "Input.imeSetComposition",
            json!({ "text": step, "selectionStart": end, "selectionEnd": end }),
        )
        .await?;
        app.wait(
            &format!("“{step}” in the article"),
            &format!("return article.textContent.includes('One {step}two')"),
        )
        .await?;
    }
    insert(app, "仮名").await?;
    let typed = "One 仮名two three.";
    app.wait(
        "the word in the article, once",
        &format!("return article.querySelector('p').textContent === '{typed}'"),
    )
    .await?;
    equal(
        &app.text("return pane.value.split('\\n')[1]").await?,
        &typed.to_owned(),
        "the pane’s line",
    )?;
    app.press("Undo").await?;
    equal(
        &app.text("return pane.value").await?,
        &"\nOne two three.\n\nAnother paragraph with words.\n".to_owned(),
        "the pane after one undo",
    )
}

/// One history: text, form, text; each is taken back where it was made, and the caret comes back with it.
pub async fn undo(app: &App<'_>) -> Outcome {
    open(app, POST.as_bytes()).await?;
    select(app, 5, 8).await?;
    insert(app, "2").await?;
    app.fill("Title", "Second").await?;
    select(app, 1, 1).await?;
    insert(app, "So: ").await?;
    app.wait(
        "all of it",
        "return article.textContent.includes('So: One 2 three.')",
    )
    .await?;
    let state = "return [pane.value.split('\\n')[1], document.getElementById('field-title').value, view.state.selection.main.from, view.state.selection.main.to]";
    for wanted in [
        json!(["One 2 three.", "Second", 1, 1]),
        json!(["One 2 three.", "First", 1, 1]),
        json!(["One two three.", "First", 5, 8]),
    ] {
        keys(app, Key::Control + "z").await?;
        equal(&app.js(state, vec![]).await?, &wanted, "after an undo")?;
    }
    for wanted in [
        json!(["One 2 three.", "First", 6, 6]),
        json!(["One 2 three.", "Second", 6, 6]),
        json!(["So: One 2 three.", "Second", 5, 5]),
    ] {
        keys(app, Key::Control + Key::Shift + "z").await?;
        equal(&app.js(state, vec![]).await?, &wanted, "after a redo")?;
    }
    Ok(())
}

/// The bundle does not come: a plain box stands in for it, says so, and everything works.
pub async fn fallback(app: &App<'_>) -> Outcome {
    app.cdp("Network.enable", json!({})).await?;
    app.cdp("Network.setBlockedURLs", json!({ "urls": ["*/pane-*.js"] }))
        .await?;
    app.reload().await?;
    app.open_bytes("post.md", POST.as_bytes()).await?;
    app.wait(
        "the plain box and the notice",
        "return document.getElementById('markdown').matches('textarea') && document.querySelector('.notice').textContent.includes('plain box')",
    )
    .await?;
    app.press("Got it").await?;
    let pane = app.field("Markdown").await?;
    pane.click().await?;
    pane.send_keys(Key::Control + Key::End).await?;
    pane.send_keys("Plainly.").await?;
    app.wait("what was typed", "return document.querySelector('iframe').contentDocument.querySelector('article').textContent.includes('Plainly.')").await?;
    equal(
        &String::from_utf8_lossy(&app.download("post.md").await?).into_owned(),
        &format!("{POST}Plainly."),
        "the file",
    )?;
    app.press("Undo").await?;
    equal(
        &app.text("return document.getElementById('markdown').value")
            .await?,
        &POST
            .splitn(3, "---\n")
            .nth(2)
            .unwrap_or_default()
            .to_owned(),
        "the box after undo",
    )?;
    app.cdp("Network.setBlockedURLs", json!({ "urls": [] }))
        .await?;
    app.forget_console().await
}

/// The keyboard comes in and goes out, and the caret stays where it was.
pub async fn keyboard(app: &App<'_>) -> Outcome {
    open(app, POST.as_bytes()).await?;
    select(app, 9, 9).await?;
    keys(app, Key::Tab).await?;
    equal(
        &app.js("return pane.focused", vec![]).await?,
        &json!(false),
        "Tab leaves the pane",
    )?;
    keys(app, Key::Shift + Key::Tab).await?;
    let there = "return [pane.focused, pane.at]";
    app.wait("the keyboard back in the pane", "return pane.focused")
        .await?;
    equal(
        &ask(app, "await frames_(3); return [pane.focused, pane.at]").await?,
        &json!([true, 9]),
        "Shift+Tab comes back to the caret",
    )?;
    app.js("pane.blur()", vec![]).await?;
    app.driver
        .find(By::Id("markdown-label"))
        .await?
        .click()
        .await?;
    equal(
        &app.js(there, vec![]).await?,
        &json!([true, 9]),
        "the label puts the keyboard there",
    )?;
    app.js("document.querySelector('a.skip').focus()", vec![])
        .await?;
    keys(app, Key::Enter).await?;
    app.wait("the skip link", "return pane.focused").await?;
    equal(
        &app.js(there, vec![]).await?,
        &json!([true, 9]),
        "the skip link puts the keyboard there",
    )?;
    keys(app, "x").await?;
    app.wait(
        "the letter",
        "return article.textContent.includes('One two xthree')",
    )
    .await
}

/// Find and replace is the pane's own; elsewhere Ctrl+F is the browser's.
pub async fn find(app: &App<'_>, axe: &str) -> Outcome {
    open(app, POST.as_bytes()).await?;
    app.js(
        "window.taken = []; addEventListener('keydown', e => { if (e.key === 'f') taken.push(e.defaultPrevented); })",
        vec![],
    )
    .await?;
    app.field("Title").await?.click().await?;
    keys(app, Key::Control + "f").await?;
    select(app, 1, 1).await?;
    keys(app, Key::Control + "f").await?;
    app.wait(
        "the panel",
        "return document.activeElement.name === 'search'",
    )
    .await?;
    equal(
        &app.js("return taken", vec![]).await?,
        &json!([false, true]),
        "whether Ctrl+F was taken, outside and inside",
    )?;
    for dark in [false, true] {
        app.dark(dark).await?;
        app.axe(axe).await?;
    }
    app.dark(false).await?;
    keys(app, "o").await?;
    app.js(
        "const field = document.querySelector('.cm-search [name=replace]'); field.focus()",
        vec![],
    )
    .await?;
    keys(app, "0").await?;
    app.js(
        "document.querySelector('.cm-search [name=replaceAll]').click()",
        vec![],
    )
    .await?;
    app.wait("the replaced letters", "return article.textContent.includes('0ne tw0 three.') && article.textContent.includes('An0ther paragraph with w0rds.')").await?;
    let file = String::from_utf8_lossy(&app.download("post.md").await?).into_owned();
    let body = |text: &str| {
        text.splitn(3, "---\n")
            .nth(2)
            .unwrap_or_default()
            .to_owned()
    };
    equal(
        &body(&file),
        &body(POST).replace(['o', 'O'], "0"),
        "the file after replacing all",
    )?;
    app.press("Undo").await?;
    equal(
        &app.text("return pane.value").await?,
        &body(POST),
        "one undo takes all of it back",
    )?;
    select(app, 1, 1).await?;
    keys(app, Key::Control + "f").await?;
    keys(app, Key::Escape).await?;
    app.wait(
        "the panel to go",
        "return !document.querySelector('.cm-search') && pane.focused",
    )
    .await
}

/// Known, unknown and retired shortcodes look different, in code too; what is shown as an example is none.
pub async fn shortcodes(app: &App<'_>) -> Outcome {
    open(
        app,
        b"---\ntitle: t\n---\n\n{{< youtube abc >}} and {{% nosuch a=\"b\" %}}\n\n```\n{{< tweet 1 >}} {{</* youtube */>}}\n```\n",
    )
    .await?;
    let seen = ask(app, "await frames_(2); return [...view.contentDOM.querySelectorAll('.sc')].map(e => [e.textContent, e.className])").await?;
    equal(
        &seen,
        &json!([
            ["{{< youtube abc >}}", "sc"],
            ["{{% nosuch a=\"b\" %}}", "sc sc-unknown"],
            ["{{< tweet 1 >}}", "sc sc-retired"]
        ]),
        "the shortcodes and how they look",
    )?;
    let title = app
        .text("return view.contentDOM.querySelector('.sc-retired').title")
        .await?;
    ensure(
        title.contains("Use x"),
        format!("the retired one says: {title}"),
    )
}
