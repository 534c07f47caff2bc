//! Writing in the Markdown pane by keys, buttons and menus: what only a browser can show of it. What each command makes of
//! a text is tested without one.

use serde_json::json;
use thirtyfour::prelude::*;

use crate::app::{App, Outcome, ensure, equal};
use crate::frame::HELPERS;

/// Opens a post with this body, in which `‸` marks the caret, or both ends of what is selected.
pub async fn open(app: &App<'_>, marked: &str) -> Outcome {
    let body = marked.replace('‸', "");
    app.open_bytes("post.md", format!("---\ntitle: t\n---\n{body}").as_bytes())
        .await?;
    app.js(HELPERS, vec![]).await?;
    place(app, marked).await
}

/// Shows another body, as if it had been typed.
pub async fn show(app: &App<'_>, marked: &str) -> Outcome {
    app.js(
        "view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: arguments[0] } })",
        vec![json!(marked.replace('‸', ""))],
    )
    .await?;
    place(app, marked).await
}

pub async fn place(app: &App<'_>, marked: &str) -> Outcome {
    let units = |text: &str| text.encode_utf16().count();
    let parts: Vec<&str> = marked.split('‸').collect();
    let from = units(parts.first().copied().unwrap_or_default());
    let to = from + if parts.len() > 2 { units(parts[1]) } else { 0 };
    app.js(
        "pane.focus(); view.dispatch({ selection: { anchor: arguments[0], head: arguments[1] } })",
        vec![json!(from), json!(to)],
    )
    .await?;
    Ok(())
}

/// The body with what is selected marked.
const MARKED: &str = "const { from, to } = view.state.selection.main; const t = pane.value;\
    return t.slice(0, from) + '‸' + (from === to ? '' : t.slice(from, to) + '‸') + t.slice(to)";

pub async fn is(app: &App<'_>, wanted: &str, what: &str) -> Outcome {
    // A command is done before the next key, but not in the key's own turn.
    let waited = app
        .wait(
            what,
            &format!(
                "return (() => {{ {MARKED} }})() === {}",
                serde_json::to_string(wanted)?
            ),
        )
        .await;
    if waited.is_err() {
        return equal(&app.text(MARKED).await?, &wanted.to_owned(), what);
    }
    Ok(())
}

pub async fn keys(app: &App<'_>, text: impl Into<TypingData>) -> Outcome {
    app.keys(text).await
}

/// Puts something on the clipboard's event, as a paste by the keyboard brings it.
async fn paste(app: &App<'_>, kinds: serde_json::Value) -> Outcome {
    app.js(
        "const data = new DataTransfer(); for (const [kind, text] of Object.entries(arguments[0])) data.setData(kind, text);\
         view.contentDOM.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))",
        vec![kinds],
    )
    .await?;
    Ok(())
}

/// Every key gives its command.
pub async fn every_key(app: &App<'_>) -> Outcome {
    open(app, "‸").await?;
    let ctrl = |key: &str| Key::Control + key;
    let shift = |key: &str| Key::Control + Key::Shift + key;
    let alt = |key: &str| Key::Control + Key::Alt + key;
    let cases: Vec<(&str, TypingData, &str)> = vec![
        ("a ‸word‸ b", ctrl("b"), "a **‸word‸** b"),
        ("a **‸word‸** b", ctrl("b"), "a ‸word‸ b"),
        ("a ‸word‸ b", ctrl("i"), "a _‸word‸_ b"),
        ("a ‸word‸ b", shift("x"), "a ~~‸word‸~~ b"),
        ("a ‸word‸ b", ctrl("e"), "a `‸word‸` b"),
        ("a w‸ord b", alt("2"), "## a w‸ord b"),
        ("a w‸ord b", alt("3"), "### a w‸ord b"),
        ("a w‸ord b", alt("4"), "#### a w‸ord b"),
        ("## a w‸ord b", alt("0"), "a w‸ord b"),
        ("a w‸ord b", shift("7"), "1. a w‸ord b"),
        ("a w‸ord b", shift("8"), "- a w‸ord b"),
        ("a w‸ord b", shift("9"), "- [ ] a w‸ord b"),
        ("a w‸ord b", shift("."), "> a w‸ord b"),
        ("- one‸", Key::Enter.into(), "- one\n- ‸"),
        ("- one\n- ‸", Key::Enter.into(), "- one\n\n‸"),
        ("> one‸", Key::Enter.into(), "> one\n> ‸"),
        ("one‸", Key::Enter.into(), "one\n‸"),
        ("- one\n- two‸", Key::Tab.into(), "- one\n  - two‸"),
        ("- one\n  - two‸", Key::Shift + Key::Tab, "- one\n- two‸"),
        ("- ‸one", Key::Backspace.into(), "‸one"),
        ("- o‸ne", Key::Backspace.into(), "- ‸ne"),
        ("one\n\ntwo‸\n", Key::Alt + Key::Up, "one\ntwo‸\n\n"),
        ("- one‸\n- two\n", Key::Alt + Key::Down, "- two\n- one‸\n"),
        ("- [ ] o‸ne", Key::Control + Key::Enter, "- [x] o‸ne"),
        (
            "a {{< youtube abc >}}‸ b",
            Key::Control + Key::Left,
            "a ‸{{< youtube abc >}} b",
        ),
        (
            "a ‸{{< youtube abc >}} b",
            Key::Control + Key::Right,
            "a {{< youtube abc >}}‸ b",
        ),
        (
            "a ‸{{< youtube abc >}} b",
            Key::Control + Key::Shift + Key::Right,
            "a ‸{{< youtube abc >}}‸ b",
        ),
        (
            "a {{< youtube abc >}}‸ b",
            Key::Control + Key::Backspace,
            "a ‸ b",
        ),
    ];
    for (before, pressed, after) in cases {
        show(app, before).await?;
        keys(app, pressed).await?;
        is(app, after, &format!("{before:?} becomes {after:?}")).await?;
    }
    Ok(())
}

/// A command is one step of the history, and all line ends and bytes beside it stay.
pub async fn one_step(app: &App<'_>) -> Outcome {
    let file = b"---\r\ntitle: t\r\n---\r\none\r\ntwo\rthree \xff\r\n\r\nfour\r\n";
    app.open_bytes("post.md", file).await?;
    app.js(HELPERS, vec![]).await?;
    app.js(
        "pane.focus(); view.dispatch({ selection: { anchor: 1, head: 9 } })",
        vec![],
    )
    .await?;
    keys(app, Key::Control + Key::Shift + "8").await?;
    app.wait(
        "the list in the article",
        "return article.querySelectorAll('li').length > 0",
    )
    .await?;
    let made = app.download("post.md").await?;
    equal(
        &String::from_utf8_lossy(&made),
        &String::from_utf8_lossy(
            b"---\r\ntitle: t\r\n---\r\n- one\r\n- two\r- three \xff\r\n\r\nfour\r\n",
        ),
        "the file with a list",
    )?;
    equal(&made.contains(&0xff), &true, "the byte that is no text")?;
    keys(app, Key::Control + "z").await?;
    app.wait(
        "the selection to be back",
        "const { from, to } = view.state.selection.main; return from === 1 && to === 9",
    )
    .await?;
    equal(
        &app.download("post.md").await?,
        &file.to_vec(),
        "the file after one undo",
    )
}

/// Pastes that are more than their text, and those that are not.
pub async fn pastes(app: &App<'_>) -> Outcome {
    open(app, "a ‸word‸ b").await?;
    paste(app, json!({ "text/plain": "https://linkerd.io/" })).await?;
    is(app, "a [‸word‸](https://linkerd.io/) b", "the link").await?;
    show(app, "a ‸ b").await?;
    paste(app, json!({ "text/plain": "https://linkerd.io/" })).await?;
    is(app, "a https://linkerd.io/‸ b", "the address").await?;
    show(app, "‸").await?;
    paste(app, json!({ "text/plain": "a\tb\r\n1\t2\r\n" })).await?;
    app.wait(
        "the table",
        "return article.querySelectorAll('table td').length === 2",
    )
    .await?;
    show(app, "```\n‸\n```\n").await?;
    paste(app, json!({ "text/plain": "a\tb" })).await?;
    is(app, "```\na\tb‸\n```\n", "cells in code").await?;
    // Plain on request.
    show(app, "a ‸word‸ b").await?;
    app.js(
        "view.contentDOM.dispatchEvent(new KeyboardEvent('keydown', { key: 'V', code: 'KeyV', ctrlKey: true, shiftKey: true, bubbles: true }))",
        vec![],
    )
    .await?;
    paste(app, json!({ "text/plain": "https://linkerd.io/" })).await?;
    is(app, "a https://linkerd.io/‸ b", "the plain address").await
}

/// Tab leaves where it has nothing to do, and Escape takes every Tab out.
pub async fn no_trap(app: &App<'_>) -> Outcome {
    open(app, "- ‸one\n- two\n").await?;
    keys(app, Key::Tab).await?;
    app.wait(
        "Tab to leave the first item",
        "return !pane.focused && document.activeElement !== document.body",
    )
    .await?;
    is(app, "- ‸one\n- two\n", "the text as it was").await?;
    keys(app, Key::Shift + Key::Tab).await?;
    app.wait("the keyboard back in the pane", "return pane.focused")
        .await?;
    place(app, "- one\n- ‸two\n").await?;
    keys(app, Key::Escape).await?;
    keys(app, Key::Tab).await?;
    app.wait("Escape and Tab to leave", "return !pane.focused")
        .await?;
    is(app, "- one\n- ‸two\n", "the text as it was").await?;
    place(app, "- ‸one\n- two\n").await?;
    keys(app, Key::Shift + Key::Tab).await?;
    app.wait(
        "Shift+Tab to leave",
        "return !pane.focused && document.activeElement !== document.body",
    )
    .await
}

/// While an input method writes, no key is a command.
pub async fn composing(app: &App<'_>) -> Outcome {
    open(app, "- one‸\n").await?;
    app.cdp(
        "Input.imeSetComposition",
        json!({ "text": "か", "selectionStart": 1, "selectionEnd": 1 }),
    )
    .await?;
    app.wait(
        "what is composed",
        "return article.textContent.includes('oneか')",
    )
    .await?;
    app.js(
        "for (const key of ['Enter', 'Tab']) view.contentDOM.dispatchEvent(new KeyboardEvent('keydown', { key, keyCode: 229, isComposing: true, bubbles: true }));\
         view.contentDOM.dispatchEvent(new KeyboardEvent('keydown', { key: 'b', code: 'KeyB', keyCode: 66, ctrlKey: true, bubbles: true, cancelable: true }))",
        vec![],
    )
    .await?;
    app.cdp("Input.insertText", json!({ "text": "化" })).await?;
    is(app, "- one化‸\n", "the composed word, and nothing else").await
}

/// What is copied from a page or a document becomes Markdown; its scripts do not run, and one undo takes it back.
pub async fn pasted_html(app: &App<'_>) -> Outcome {
    open(app, "one ‸\n\ntwo\n").await?;
    let html = "<meta charset=utf-8><script>window.ran = 1</script><img src='https://example.org/x.png' onerror='window.ran = 1'><p>A <b>bold</b> word and a <a href='https://linkerd.io/'>link</a></p><ul><li>one</li><li>two</li></ul>";
    paste(
        app,
        json!({ "text/plain": "A bold word and a link\none\ntwo", "text/html": html }),
    )
    .await?;
    let wanted = "one\n\n![](https://example.org/x.png)\n\nA **bold** word and a [link](https://linkerd.io/)\n\n- one\n- two‸\n\ntwo\n";
    is(app, wanted, "the Markdown").await?;
    equal(
        &app.js("return window.ran ?? null", vec![]).await?,
        &json!(null),
        "whether a script ran",
    )?;
    let asked = app.foreign_requests().await?;
    ensure(asked.is_empty(), format!("the paste asked for {asked:?}"))?;
    // The browser says that it refused the handler.
    app.forget_console().await?;
    app.press("Undo").await?;
    is(app, "one ‸\n\ntwo\n", "one undo").await?;
    // A word of a line stays in it.
    paste(
        app,
        json!({ "text/plain": "word", "text/html": "<i>word</i>" }),
    )
    .await?;
    is(app, "one _word_‸\n\ntwo\n", "a word").await?;
    show(app, "```\n‸\n```\n").await?;
    paste(
        app,
        json!({ "text/plain": "word", "text/html": "<i>word</i>" }),
    )
    .await?;
    is(app, "```\nword‸\n```\n", "a word in code").await
}

/// A paragraph is wrapped where the caret is, in one step, and the caret stays with its word.
pub async fn wrap(app: &App<'_>) -> Outcome {
    let line = "word ".repeat(30);
    let line = line.trim_end();
    open(app, &format!("{line} la‸st\n\n{line}\n")).await?;
    keys(app, Key::Alt + "q").await?;
    let first = ["word"; 16].join(" ");
    let second = ["word"; 14].join(" ");
    is(
        app,
        &format!("{first}\n{second} la‸st\n\n{line}\n"),
        "the wrapped paragraph",
    )
    .await?;
    app.press("Undo").await?;
    is(app, &format!("{line} la‸st\n\n{line}\n"), "one undo").await
}

/// Formatting is shown before it is taken, line by line, and is one step; the other line ends stay as they are.
pub async fn format(app: &App<'_>, axe: &str) -> Outcome {
    let file =
        "---\r\ntitle: t\r\n---\r\n\r\n* one\r\n* two\r\n\r\nStays *here*.\r\n\r\nPlain.\r\n";
    app.open_bytes("post.md", file.as_bytes()).await?;
    app.js(HELPERS, vec![]).await?;
    choose_format(app).await?;
    app.wait(
        "what would change",
        "return document.querySelectorAll('dialog.format .gone').length > 0",
    )
    .await?;
    let lines = app
        .js(
            "return [...document.querySelectorAll('dialog.format .difference p')].map(p => p.className + '|' + p.textContent)",
            vec![],
        )
        .await?;
    equal(
        &lines,
        &json!([
            "|",
            "gone|Goes: * one",
            "gone|Goes: * two",
            "come|Comes: - one",
            "come|Comes: - two",
            "|",
            "gone|Goes: Stays *here*.",
            "come|Comes: Stays _here_.",
            "|"
        ]),
        "the lines",
    )?;
    ensure(
        app.text("return document.querySelector('dialog.format').textContent")
            .await?
            .contains("The page itself stays the same."),
        "nothing is said of the page",
    )?;
    for dark in [false, true] {
        app.dark(dark).await?;
        app.axe(axe).await?;
    }
    app.dark(false).await?;
    app.press("Format the text").await?;
    app.wait(
        "the formatted text",
        "return pane.value.includes('- two') && !document.querySelector('dialog.format')",
    )
    .await?;
    let wanted = file.replace("* ", "- ").replace("*here*", "_here_");
    equal(
        &String::from_utf8_lossy(&app.download("post.md").await?).into_owned(),
        &wanted,
        "the file",
    )?;
    app.press("Undo").await?;
    equal(
        &String::from_utf8_lossy(&app.download("post.md").await?).into_owned(),
        &file.to_owned(),
        "the file after one undo",
    )?;
    app.press("Redo").await?;
    choose_format(app).await?;
    app.wait(
        "the sentence that all is well",
        "return !!document.querySelector('.notice')?.textContent.includes('formatted already')",
    )
    .await
}

pub async fn choose_format(app: &App<'_>) -> Outcome {
    app.press("More").await?;
    app.wait(
        "the menu",
        "const item = [...document.querySelectorAll('[role=menuitem]')].find(e => e.textContent.includes('Format the whole text')); if (!item) return false; item.click(); return true",
    )
    .await
}

/// Where a plain box stands in for the pane, the toolbar works on it.
pub async fn plain_box(app: &App<'_>) -> Outcome {
    app.cdp("Network.enable", json!({})).await?;
    app.cdp("Network.setBlockedURLs", json!({ "urls": ["*/pane-*.js"] }))
        .await?;
    app.reload().await?;
    app.open_bytes("post.md", b"---\ntitle: t\n---\na word\n- b\n")
        .await?;
    app.wait(
        "the plain box",
        "return document.getElementById('markdown').matches('textarea')",
    )
    .await?;
    app.press("Got it").await?;
    app.js(
        "const box = document.getElementById('markdown'); box.focus(); box.setSelectionRange(2, 6)",
        vec![],
    )
    .await?;
    app.press("Bold").await?;
    app.wait(
        "the bold word, still selected",
        "const box = document.getElementById('markdown'); return document.activeElement === box && box.value === 'a **word**\\n- b\\n' && box.selectionStart === 4 && box.selectionEnd === 8",
    )
    .await?;
    // The keys give the same commands.
    keys(app, Key::Control + "b").await?;
    app.wait(
        "the word without its marks",
        "return document.getElementById('markdown').value === 'a word\\n- b\\n'",
    )
    .await?;
    keys(app, Key::Control + "i").await?;
    app.wait(
        "the italic word",
        "return document.getElementById('markdown').value === 'a _word_\\n- b\\n'",
    )
    .await?;
    keys(app, Key::Control + "k").await?;
    crate::linking::dialog(app, "Link").await?;
    keys(app, Key::Escape).await?;
    for _ in 0..3 {
        app.press("Undo").await?;
    }
    app.wait(
        "the word as it was",
        "return document.getElementById('markdown').value === 'a word\\n- b\\n'",
    )
    .await?;
    app.cdp("Network.setBlockedURLs", json!({ "urls": [] }))
        .await?;
    app.forget_console().await
}

/// In the plain box, Enter, Tab and Backspace go on with what the line is in, and else do what they do in any box.
pub async fn plain_box_keys(app: &App<'_>) -> Outcome {
    app.cdp("Network.enable", json!({})).await?;
    app.cdp("Network.setBlockedURLs", json!({ "urls": ["*/pane-*.js"] }))
        .await?;
    app.reload().await?;
    app.open_bytes("post.md", b"---\ntitle: t\n---\n").await?;
    app.wait(
        "the plain box",
        "return document.getElementById('markdown').matches('textarea')",
    )
    .await?;
    app.press("Got it").await?;
    app.js("window.box = document.getElementById('markdown')", vec![])
        .await?;
    let set = async |marked: &str| {
        let parts: Vec<&str> = marked.split('‸').collect();
        app.js(
            "box.focus(); box.value = arguments[0]; box.dispatchEvent(new InputEvent('input', { bubbles: true })); box.setSelectionRange(arguments[1], arguments[1])",
            vec![json!(parts.concat()), json!(parts[0].encode_utf16().count())],
        )
        .await
    };
    let is = async |marked: &str| {
        let text =
            "box.value.slice(0, box.selectionStart) + '‸' + box.value.slice(box.selectionEnd)";
        let wanted = serde_json::to_string(marked)?;
        let holds = format!("return ({text}) === {wanted}");
        if app.wait(marked, &holds).await.is_err() {
            let found = app.text(&format!("return {text}")).await?;
            return equal(&found, &marked.to_owned(), "the box");
        }
        Ok(())
    };
    let cases: Vec<(&str, TypingData, &str)> = vec![
        ("- one‸", Key::Enter.into(), "- one\n- ‸"),
        ("- one\n- ‸", Key::Enter.into(), "- one\n\n‸"),
        ("> 😀 one‸", Key::Enter.into(), "> 😀 one\n> ‸"),
        ("one‸", Key::Enter.into(), "one\n‸"),
        ("9. one‸ two\n", Key::Enter.into(), "9. one\n10. ‸two\n"),
        ("- one\n- two‸", Key::Tab.into(), "- one\n  - two‸"),
        ("- one\n  - two‸", Key::Shift + Key::Tab, "- one\n- two‸"),
        ("- ‸one", Key::Backspace.into(), "‸one"),
        ("- o‸ne", Key::Backspace.into(), "- ‸ne"),
        ("one\n‸two", Key::Backspace.into(), "one‸two"),
    ];
    for (before, pressed, after) in cases {
        set(before).await?;
        keys(app, pressed).await?;
        is(after).await?;
    }
    // A command is one step of the app's own history.
    set("- one‸").await?;
    keys(app, Key::Enter).await?;
    keys(app, "x").await?;
    is("- one\n- x‸").await?;
    for _ in 0..2 {
        app.press("Undo").await?;
    }
    app.wait("two steps back", "return box.value === '- one'")
        .await?;
    // The next cell of a table.
    set("| a‸ | b |\n| - | - |\n").await?;
    keys(app, Key::Tab).await?;
    app.wait(
        "the second cell",
        "return document.activeElement === box && box.value.slice(0, box.selectionEnd).trimEnd() === '| a | b'",
    )
    .await?;
    // The form of a shortcode.
    set("{{< youtube abc‸defghijk >}}\n").await?;
    keys(app, Key::Enter).await?;
    crate::linking::dialog(app, "Shortcode youtube").await?;
    keys(app, Key::Escape).await?;
    app.wait(
        "the keyboard back in the box",
        "return document.activeElement === box && !document.querySelector('dialog[open]')",
    )
    .await?;
    // Nobody is held: Tab leaves plain text, and behind Escape every line.
    for (marked, pressed) in [
        ("one ‸two", TypingData::from(Key::Tab)),
        ("one ‸two", Key::Shift + Key::Tab),
        ("- one\n- ‸two", Key::Escape + Key::Tab),
    ] {
        set(marked).await?;
        keys(app, pressed).await?;
        app.wait(
            "the keyboard to leave the box",
            "return document.activeElement !== box && document.activeElement !== document.body",
        )
        .await?;
        equal(
            &app.text("return box.value").await?,
            &marked.replace('‸', ""),
            "the text as it was",
        )?;
    }
    // What is written below the foot of the box comes into view.
    set(&format!("{}- last‸", "line\n".repeat(200))).await?;
    app.js("box.scrollTop = 0", vec![]).await?;
    keys(app, Key::Enter).await?;
    app.wait(
        "the new line in view",
        "return box.scrollTop > 0 && box.value.endsWith('- last\\n- ')",
    )
    .await?;
    app.cdp("Network.setBlockedURLs", json!({ "urls": [] }))
        .await?;
    app.forget_console().await
}
