//! All commands in one dialog, shortcodes' forms from their marks, finding in the selection, the goal of words.

use serde_json::json;
use thirtyfour::prelude::*;

use crate::app::{App, Outcome, equal};
use crate::linking::{closed, dialog};
use crate::writing::{is, keys, open, place, show};

/// The palette opens everywhere, finds by words, does what is chosen, and gives the keyboard back.
pub async fn palette(app: &App<'_>, axe: &str) -> Outcome {
    open(app, "a ‸word‸ b\n").await?;
    // In the text Ctrl+K is the link; once more, the commands.
    keys(app, Key::Control + "k").await?;
    dialog(app, "Link").await?;
    keys(app, Key::Control + "k").await?;
    dialog(app, "Command palette").await?;
    for dark in [false, true] {
        app.dark(dark).await?;
        app.axe(axe).await?;
    }
    app.dark(false).await?;
    let chosen = "const e = document.querySelector('dialog[open] [role=option][aria-selected=true] span'); return e ? e.textContent : ''";
    keys(app, "bo").await?;
    app.wait(
        "Bold to be chosen",
        &format!("return (() => {{ {chosen} }})() === 'Bold'"),
    )
    .await?;
    keys(app, Key::Enter).await?;
    closed(app).await?;
    is(app, "a **‸word‸** b\n", "bold").await?;
    for key in [Key::Control + Key::Shift + "p", Key::F1.into()] {
        keys(app, key).await?;
        dialog(app, "Command palette").await?;
        keys(app, Key::Escape).await?;
        closed(app).await?;
    }
    keys(app, Key::F1).await?;
    dialog(app, "Command palette").await?;
    keys(app, "undo").await?;
    app.wait(
        "Undo to be chosen",
        &format!("return (() => {{ {chosen} }})() === 'Undo'"),
    )
    .await?;
    keys(app, Key::Enter).await?;
    closed(app).await?;
    is(app, "a ‸word‸ b\n", "bold taken back").await?;
    // A command with a dialog of its own.
    keys(app, Key::F1).await?;
    dialog(app, "Command palette").await?;
    keys(app, "outline").await?;
    keys(app, Key::Enter).await?;
    app.wait(
        "the outline",
        "return document.getElementById('sheet-heading')?.textContent === 'Outline'",
    )
    .await?;
    keys(app, Key::Escape).await?;
    closed(app).await?;
    // Elsewhere, and back to where the keyboard was.
    let field = app.field("Title").await?;
    field.click().await?;
    keys(app, Key::Control + "k").await?;
    dialog(app, "Command palette").await?;
    keys(app, "nosuchthing").await?;
    app.wait(
        "nothing to be found",
        "return document.getElementById('command-list').hidden && document.querySelector('dialog[open]').textContent.includes('There is no such command.')",
    )
    .await?;
    app.axe(axe).await?;
    keys(app, Key::Escape).await?;
    app.wait(
        "the keyboard back in the title",
        "return !document.querySelector('dialog[open]') && document.activeElement.labels?.[0]?.textContent === 'Title'",
    )
    .await?;
    keys(app, Key::Control + "k").await?;
    dialog(app, "Command palette").await?;
    keys(app, "list card").await?;
    app.wait(
        "the card to be chosen",
        &format!("return (() => {{ {chosen} }})() === 'Show the list card'"),
    )
    .await?;
    keys(app, Key::Enter).await?;
    app.wait(
        "the list card",
        "return [...document.querySelectorAll('[role=tab]')].some(t => t.textContent === 'List card' && t.getAttribute('aria-selected') === 'true')",
    )
    .await
}

/// A shortcode's form opens from its mark, filled, and writes back only what was changed.
pub async fn calls(app: &App<'_>, axe: &str) -> Outcome {
    let body =
        "a {{<  youtube id=\"abcdefghijk\"  start=7 >}} b\n\n{{< note >}}\nold\n{{< /note >}}\n";
    open(app, "‸").await?;
    show(app, &body.replacen("youtube", "you‸tube", 1)).await?;
    keys(app, Key::Enter).await?;
    dialog(app, "Shortcode youtube").await?;
    equal(
        &app.js("return [...document.querySelectorAll('dialog[open] input')].map(i => [i.labels[0].textContent, i.value])", vec![]).await?,
        &json!([["Address or id of the video", "abcdefghijk"], ["Starts at, in seconds", "7"]]),
        "the filled form",
    )?;
    app.axe(axe).await?;
    keys(app, Key::Control + "a").await?;
    keys(app, "no video").await?;
    keys(app, Key::Enter).await?;
    app.wait(
        "the refusal",
        "return document.querySelector('dialog[open] [aria-invalid]') !== null",
    )
    .await?;
    keys(app, Key::Control + "a").await?;
    keys(app, "https://youtu.be/ABCDEFGHIJK").await?;
    keys(app, Key::Enter).await?;
    closed(app).await?;
    let changed = body.replace("abcdefghijk", "ABCDEFGHIJK");
    is(app, &changed.replacen(">}}", ">}}‸", 1), "another video").await?;
    app.press("Undo").await?;
    is(
        app,
        &body.replacen("youtube", "you‸tube", 1),
        "one step back",
    )
    .await?;
    // A press on the closing mark: the text in it.
    app.js("window.mark = [...view.contentDOM.querySelectorAll('.sc')].find(e => e.textContent === '{{< /note >}}')", vec![]).await?;
    app.wait("the mark", "return !!window.mark").await?;
    app.driver
        .find(By::XPath("//*[contains(@class,'cm-content')]//*[contains(@class,'sc') and normalize-space(.)='{{< /note >}}']"))
        .await?
        .click()
        .await?;
    dialog(app, "Shortcode note").await?;
    keys(app, Key::Control + "a").await?;
    keys(app, "new").await?;
    app.press("Change").await?;
    closed(app).await?;
    app.wait(
        "the new text",
        &format!(
            "return pane.value === {}",
            serde_json::to_string(&body.replace("old", "new"))?
        ),
    )
    .await?;
    // A tag of several lines is one too: marked as a whole, its form opens by Enter and by a press on any line.
    show(app, "a\n\n{{< youtube\n  id=abc‸defghijk\n>}}\n\nb\n").await?;
    app.wait(
        "three marked lines",
        "return [...view.contentDOM.querySelectorAll('.sc')].map(e => e.textContent).join('|') === '{{< youtube|  id=abcdefghijk|>}}'",
    )
    .await?;
    keys(app, Key::Enter).await?;
    dialog(app, "Shortcode youtube").await?;
    keys(app, Key::Escape).await?;
    closed(app).await?;
    app.driver
        .find(By::XPath("//*[contains(@class,'cm-content')]//*[contains(@class,'sc') and normalize-space(.)='>}}']"))
        .await?
        .click()
        .await?;
    dialog(app, "Shortcode youtube").await?;
    keys(app, Key::Escape).await?;
    closed(app).await?;
    // One that is not closed is none, however many come behind it.
    show(app, "a {{< youtube\n\nb‸\n\n{{< youtube abcdefghijk >}}\n").await?;
    keys(app, Key::Enter).await?;
    is(
        app,
        "a {{< youtube\n\nb\n‸\n\n{{< youtube abcdefghijk >}}\n",
        "a line break behind what is no tag",
    )
    .await?;
    show(app, &body.replacen("youtube", "you‸tube", 1)).await?;
    // Put away, nothing is changed; beside the mark Enter is a line break and Alt+Enter the form.
    place(app, "a ‸").await?;
    keys(app, Key::Alt + Key::Enter).await?;
    dialog(app, "Shortcode youtube").await?;
    keys(app, Key::Escape).await?;
    closed(app).await?;
    keys(app, Key::Enter).await?;
    app.wait(
        "a line break",
        "return pane.value.startsWith('a \\n{{<  youtube')",
    )
    .await
}

/// With the tick set, only what is selected is searched and replaced.
pub async fn find_part(app: &App<'_>, axe: &str) -> Outcome {
    open(app, "cat one\ncat two ‸cat\ncat three\n‸cat four\n").await?;
    keys(app, Key::Control + "f").await?;
    app.wait(
        "the panel with its tick",
        "return document.activeElement.name === 'search' && !!document.querySelector('.cm-search [name=part]')",
    )
    .await?;
    app.js(
        "const s = document.activeElement; s.value = ''; document.querySelector('.cm-search [name=part]').click()",
        vec![],
    )
    .await?;
    keys(app, Key::Control + "a").await?;
    keys(app, "cat").await?;
    app.wait(
        "two to be found",
        "return document.querySelectorAll('.cm-searchMatch').length === 2 && document.querySelector('.cm-search [name=part]').checked",
    )
    .await?;
    app.axe(axe).await?;
    app.js(
        "document.querySelector('.cm-search [name=replace]').focus()",
        vec![],
    )
    .await?;
    keys(app, "dog").await?;
    app.js(
        "document.querySelector('.cm-search [name=replaceAll]').click()",
        vec![],
    )
    .await?;
    app.wait(
        "two to be replaced",
        "return pane.value === 'cat one\\ncat two dog\\ndog three\\ncat four\\n'",
    )
    .await?;
    // Without the tick all are found.
    app.js(
        "document.querySelector('.cm-search [name=part]').click()",
        vec![],
    )
    .await?;
    app.wait(
        "three to be found",
        "return document.querySelectorAll('.cm-searchMatch').length === 3",
    )
    .await
}

/// The goal stands below the text and is there again at the next visit.
pub async fn goal(app: &App<'_>, axe: &str) -> Outcome {
    open(app, "one two three‸\n").await?;
    let first = "document.querySelector('.text-status span').textContent";
    for (typed, wanted) in [("12", "3 of 12 words (25 %)"), ("", "3 words")] {
        keys(app, Key::F1).await?;
        dialog(app, "Command palette").await?;
        keys(app, "goal").await?;
        keys(app, Key::Enter).await?;
        app.wait(
            "the form",
            "return document.activeElement.id === 'goal-words'",
        )
        .await?;
        app.axe(axe).await?;
        keys(app, Key::Control + "a").await?;
        keys(app, Key::Delete).await?;
        keys(app, typed).await?;
        keys(app, Key::Enter).await?;
        closed(app).await?;
        app.wait(wanted, &format!("return {first} === '{wanted}'"))
            .await?;
        app.reload().await?;
        open(app, "one two three‸\n").await?;
        app.wait(wanted, &format!("return {first} === '{wanted}'"))
            .await?;
    }
    Ok(())
}

/// On the start screen the palette begins and opens; in the article's frame it opens as everywhere.
pub async fn palette_elsewhere(app: &App<'_>, axe: &str) -> Outcome {
    let labels = "return [...document.querySelectorAll('dialog[open] [role=option] span')].map(e => e.textContent)";
    keys(app, Key::Control + "k").await?;
    dialog(app, "Command palette").await?;
    equal(
        &app.js(labels, vec![]).await?,
        &json!([
            "New recap",
            "New post",
            "Open file",
            "Open folder",
            "Try the sample"
        ]),
        "what the start screen can do",
    )?;
    for dark in [false, true] {
        app.dark(dark).await?;
        app.axe(axe).await?;
    }
    app.dark(false).await?;
    keys(app, Key::Escape).await?;
    app.wait(
        "the palette to go",
        "return !document.querySelector('dialog[open]')",
    )
    .await?;
    app.js(
        "window.asked = []; HTMLInputElement.prototype.click = function () { asked.push(this.dataset.testid) }; delete window.showDirectoryPicker",
        vec![],
    )
    .await?;
    for (typed, wanted) in [("open file", "open-file"), ("folder", "open-folder")] {
        keys(app, Key::F1).await?;
        dialog(app, "Command palette").await?;
        keys(app, typed).await?;
        keys(app, Key::Enter).await?;
        app.wait(
            &format!("the choice of {wanted}"),
            &format!(
                "return !document.querySelector('dialog[open]') && asked.at(-1) === '{wanted}'"
            ),
        )
        .await?;
    }
    keys(app, Key::Control + Key::Shift + "p").await?;
    dialog(app, "Command palette").await?;
    keys(app, "sample").await?;
    keys(app, Key::Enter).await?;
    app.wait(
        "the sample",
        "return !document.querySelector('dialog[open]') && document.querySelector('iframe[title=\"Article preview\"]')?.contentDocument?.querySelector('article a')",
    )
    .await?;
    // From within the frame, and back into it.
    app.js(
        "const f = document.querySelector('iframe[title=\"Article preview\"]'); f.contentWindow.focus(); window.link = f.contentDocument.querySelector('article a'); link.focus()",
        vec![],
    )
    .await?;
    for pressed in [Key::Control + "k", Key::F1.into()] {
        keys(app, pressed).await?;
        dialog(app, "Command palette").await?;
        keys(app, Key::Escape).await?;
        app.wait(
            "the keyboard back in the frame",
            "return !document.querySelector('dialog[open]') && document.activeElement.title === 'Article preview' && document.activeElement.contentDocument.activeElement === window.link",
        )
        .await?;
    }
    keys(app, Key::F1).await?;
    dialog(app, "Command palette").await?;
    keys(app, "outline").await?;
    keys(app, Key::Enter).await?;
    dialog(app, "Outline").await
}
