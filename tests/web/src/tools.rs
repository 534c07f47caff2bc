//! The tools beside the Markdown pane: toolbar, menus, forms, the slash, the outline, the line below.

use serde_json::json;
use thirtyfour::prelude::*;

use crate::app::{App, Outcome, equal};
use crate::writing::{is, keys, open, place, show};

/// Presses an entry of a menu of the toolbar.
async fn entry(app: &App<'_>, menu: &str, label: &str) -> Outcome {
    app.press(menu).await?;
    let path = format!("//*[@role='menu']//button[span[normalize-space(.)='{label}']]");
    app.wait(
        &format!("the menu “{menu}”"),
        "return document.activeElement.closest('[role=menu]') !== null",
    )
    .await?;
    app.driver.find(By::XPath(path)).await?.click().await?;
    Ok(())
}

/// Fills a box of a dialog.
async fn fill(app: &App<'_>, label: &str, text: &str) -> Outcome {
    let field = app.field(label).await?;
    field.click().await?;
    field.send_keys(Key::Control + "a").await?;
    field.send_keys(text).await?;
    Ok(())
}

/// Every button does its work on what is selected, and the keyboard is in the text afterwards.
pub async fn buttons(app: &App<'_>) -> Outcome {
    open(app, "‸").await?;
    for (before, button, after) in [
        ("a ‸word‸ b", "Bold", "a **‸word‸** b"),
        ("a ‸word‸ b", "Italic", "a _‸word‸_ b"),
        ("a ‸word‸ b", "Strikethrough", "a ~~‸word‸~~ b"),
        ("a ‸word‸ b", "Code in the line", "a `‸word‸` b"),
        ("a ‸word‸ b", "Image", "a ![word](‸) b"),
        ("a wo‸rd b", "Quote", "> a wo‸rd b"),
        ("a wo‸rd b", "Bulleted list", "- a wo‸rd b"),
        ("a wo‸rd b", "Numbered list", "1. a wo‸rd b"),
        ("a wo‸rd b", "Task list", "- [ ] a wo‸rd b"),
        ("a word‸\n", "Footnote", "a word[^1]\n\n[^1]: ‸\n"),
        ("a word‸\n", "Divider", "a word\n\n---‸\n"),
        ("```sh\na‸\n```\n", "Code block", "a‸\n"),
    ] {
        show(app, before).await?;
        app.press(button).await?;
        is(app, after, &format!("“{button}” on {before:?}")).await?;
        app.wait("the keyboard in the text", "return pane.focused")
            .await?;
    }
    for (before, menu, chosen, after) in [
        ("a wo‸rd b", "Heading", "Heading 3", "### a wo‸rd b"),
        ("## a wo‸rd b", "Heading", "Plain paragraph", "a wo‸rd b"),
        (
            "| a | b |\n| - | - |\n| c‸ | d |\n",
            "Table",
            "Remove this column",
            "| b |\n| - |\n| d‸ |\n",
        ),
    ] {
        show(app, before).await?;
        entry(app, menu, chosen).await?;
        is(app, after, &format!("“{chosen}” on {before:?}")).await?;
        app.wait("the keyboard in the text", "return pane.focused")
            .await?;
    }
    // One undo for each.
    show(app, "a ‸word‸ b").await?;
    app.press("Bold").await?;
    is(app, "a **‸word‸** b", "bold").await?;
    app.press("Undo").await?;
    is(app, "a ‸word‸ b", "not bold").await
}

/// The toolbar by keyboard: one stop, arrows, menus with arrows, and what is around the caret shows in it.
pub async fn toolbar(app: &App<'_>, axe: &str) -> Outcome {
    open(app, "## One\n\na **wo‸rd** b\n\n| a |\n| - |\n| b |\n").await?;
    app.wait(
        "Bold to be pressed",
        "return document.querySelector('[aria-label=Bold]').getAttribute('aria-pressed') === 'true' && document.querySelector('[aria-label=Italic]').getAttribute('aria-pressed') === 'false'",
    )
    .await?;
    keys(app, Key::Shift + Key::Tab).await?;
    let name = "return document.activeElement.getAttribute('aria-label')";
    equal(
        &app.text(name).await?,
        &"Heading".to_owned(),
        "Shift+Tab from the text",
    )?;
    equal(
        &app.js(
            "return document.querySelectorAll('[role=toolbar] [tabindex=\"0\"]').length",
            vec![],
        )
        .await?,
        &json!(1),
        "stops in the toolbar",
    )?;
    for (key, wanted) in [
        (Key::Right, "Bold"),
        (Key::Right, "Italic"),
        (Key::End, "Keyboard shortcuts"),
        (Key::Right, "Heading"),
        (Key::Left, "Keyboard shortcuts"),
        (Key::Home, "Heading"),
    ] {
        keys(app, key).await?;
        equal(&app.text(name).await?, &wanted.to_owned(), "the arrow")?;
    }
    keys(app, Key::Enter).await?;
    let item = "return document.activeElement.querySelector('span').textContent";
    app.wait(
        "the menu",
        "return document.activeElement.getAttribute('role') === 'menuitemradio'",
    )
    .await?;
    app.axe(axe).await?;
    keys(app, "h").await?;
    equal(&app.text(item).await?, &"Heading 2".to_owned(), "a letter")?;
    keys(app, Key::Down).await?;
    equal(&app.text(item).await?, &"Heading 3".to_owned(), "an arrow")?;
    keys(app, Key::Escape).await?;
    app.wait(
        "the menu to close",
        "return !document.querySelector('[role=menu]') && document.activeElement.getAttribute('aria-label') === 'Heading'",
    )
    .await?;
    // What cannot be done here does nothing.
    place(app, "## O‸ne\n").await?;
    app.press("Heading").await?;
    app.wait(
        "the level to be marked",
        "return document.activeElement.getAttribute('aria-checked') === 'true' && document.activeElement.textContent.startsWith('Heading 2')",
    )
    .await?;
    keys(app, Key::Escape).await?;
    app.press("Table").await?;
    app.wait(
        "the entries of a table to be off",
        "return [...document.querySelectorAll('[role=menu] [aria-disabled=true]')].length === 8",
    )
    .await?;
    app.axe(axe).await
}

/// The forms: each makes what it says, by the keyboard alone, or says what is wrong.
pub async fn forms(app: &App<'_>, axe: &str) -> Outcome {
    open(app, "one‸\n").await?;
    entry(app, "Table", "New table…").await?;
    app.wait(
        "the keyboard in the first box",
        "return document.activeElement.id === 'table-columns'",
    )
    .await?;
    fill(app, "Columns", "0").await?;
    keys(app, Key::Enter).await?;
    app.wait(
        "what is wrong",
        "return document.getElementById('table-columns-trouble').textContent.includes('1 to 20')",
    )
    .await?;
    app.axe(axe).await?;
    fill(app, "Columns", "2").await?;
    fill(app, "Rows below the head", "1").await?;
    keys(app, Key::Enter).await?;
    app.wait(
        "the table",
        "return !document.querySelector('dialog') && pane.focused && article.querySelectorAll('th').length === 2",
    )
    .await?;
    show(app, "one‸\n").await?;
    app.press("Code block").await?;
    fill(app, "Language", "yaml").await?;
    keys(app, Key::Enter).await?;
    app.wait(
        "the code block",
        "return pane.value.includes('```yaml') && pane.focused",
    )
    .await?;
    for (kind, label, typed, wanted) in [
        (
            "YouTube video",
            "Address or id of the video",
            "https://youtu.be/dQw4w9WgXcQ?t=1m30s",
            "one\n\n{{< youtube id=\"dQw4w9WgXcQ\" start=\"90\" >}}‸\n",
        ),
        (
            "Post on X",
            "Address of the post",
            "https://twitter.com/Linkerd/status/123",
            "one\n\n{{< x user=\"Linkerd\" id=\"123\" >}}‸\n",
        ),
        (
            "Note box",
            "Text",
            "Mind the gap.",
            "one\n\n{{< note >}}\nMind the gap.\n{{< /note >}}‸\n",
        ),
    ] {
        show(app, "one‸\n").await?;
        entry(app, "Shortcode", kind).await?;
        app.field(label).await?;
        app.press("Insert").await?;
        app.wait("a refusal of nothing", "return [...document.querySelectorAll('dialog .refusal')].some(p => p.textContent !== '')").await?;
        fill(app, label, typed).await?;
        app.press("Insert").await?;
        is(app, wanted, kind).await?;
    }
    show(app, "one ‸\n").await?;
    entry(app, "Shortcode", "Other shortcode").await?;
    app.js(
        "const select = document.getElementById('shortcode-name'); select.value = 'edge-version'; select.dispatchEvent(new Event('change', { bubbles: true }))",
        vec![],
    )
    .await?;
    app.axe(axe).await?;
    app.press("Insert").await?;
    is(app, "one {{< edge-version >}}‸\n", "a word of the site").await?;
    // Given up, all is as it was, and the keyboard is back.
    entry(app, "Shortcode", "Warning box").await?;
    keys(app, Key::Escape).await?;
    app.wait(
        "the dialog to go",
        "return !document.querySelector('dialog') && pane.focused",
    )
    .await?;
    is(app, "one {{< edge-version >}}‸\n", "the text as it was").await
}

/// A slash at the start of a line opens the menu; typing narrows it down; Escape leaves the slash.
pub async fn slash(app: &App<'_>, axe: &str) -> Outcome {
    open(app, "one\n\n‸\n").await?;
    let opened = "return document.activeElement.id === 'slash-typed'";
    keys(app, "/").await?;
    app.wait("the menu", opened).await?;
    for dark in [false, true] {
        app.dark(dark).await?;
        app.axe(axe).await?;
    }
    app.dark(false).await?;
    keys(app, "num").await?;
    app.wait("one entry", "return [...document.querySelectorAll('#slash-list [role=option] span')].map(e => e.textContent).join() === 'Numbered list'").await?;
    keys(app, Key::Enter).await?;
    is(app, "one\n\n1. ‸\n", "the list").await?;
    app.wait("the keyboard in the text", "return pane.focused")
        .await?;
    keys(app, "x").await?;
    is(app, "one\n\n1. x‸\n", "what is typed then").await?;
    app.press("Undo").await?;
    app.press("Undo").await?;
    is(app, "one\n\n/‸\n", "one step back is the slash").await?;
    // A dialog on the way: the slash goes with what it makes, and stays when it makes nothing.
    show(app, "one\n\n‸\n").await?;
    keys(app, "/").await?;
    app.wait("the menu", opened).await?;
    keys(app, "table").await?;
    keys(app, Key::Enter).await?;
    app.field("Columns").await?;
    keys(app, Key::Escape).await?;
    is(app, "one\n\n/‸\n", "the slash after giving up").await?;
    show(app, "one\n\n‸\n").await?;
    keys(app, "/").await?;
    app.wait("the menu", opened).await?;
    keys(app, "youtube").await?;
    keys(app, Key::Enter).await?;
    fill(app, "Address or id of the video", "dQw4w9WgXcQ").await?;
    keys(app, Key::Enter).await?;
    is(
        app,
        "one\n\n{{< youtube \"dQw4w9WgXcQ\" >}}‸\n",
        "the video in the slash’s place",
    )
    .await?;
    // Escape, Backspace, and what is no command.
    show(app, "one\n\n‸\n").await?;
    keys(app, "/").await?;
    app.wait("the menu", opened).await?;
    keys(app, Key::Down).await?;
    keys(app, Key::Escape).await?;
    is(app, "one\n\n/‸\n", "the slash after Escape").await?;
    app.wait("the keyboard in the text", "return pane.focused")
        .await?;
    show(app, "one\n\n‸\n").await?;
    keys(app, "/").await?;
    app.wait("the menu", opened).await?;
    keys(app, "etc/hosts").await?;
    is(app, "one\n\n/etc/hosts‸\n", "a path is a path").await?;
    // In the middle of a line and in code it is but a slash.
    for (before, after) in [("and‸", "and/‸"), ("```\n‸\n```\n", "```\n/‸\n```\n")] {
        show(app, before).await?;
        keys(app, "/").await?;
        is(app, after, "a slash").await?;
        equal(
            &app.js("return !!document.querySelector('.slash-menu')", vec![])
                .await?,
            &json!(false),
            "a menu",
        )?;
    }
    Ok(())
}

/// The outline goes to headings and moves sections; a line can be gone to by its number in the file.
pub async fn outline(app: &App<'_>, axe: &str) -> Outcome {
    let body = "\n## A\n\na\n\n### A1\n\na1\n\n## B\n\nb\n";
    open(app, &format!("‸{body}")).await?;
    keys(app, Key::Control + Key::Alt + "o").await?;
    let headings =
        "return [...document.querySelectorAll('dialog .heading')].map(e => e.textContent).join()";
    app.wait(
        "the outline",
        &format!("return (() => {{ {headings} }})() === 'A,A1,B'"),
    )
    .await?;
    app.axe(axe).await?;
    app.press("Move “B” up").await?;
    app.wait(
        "B before A",
        &format!("return (() => {{ {headings} }})() === 'B,A,A1'"),
    )
    .await?;
    app.wait(
        "the keyboard to go along",
        "return document.activeElement.getAttribute('aria-label') === 'Move “B” up'",
    )
    .await?;
    equal(
        &app.text("return pane.value").await?,
        &"\n## B\n\nb\n\n## A\n\na\n\n### A1\n\na1\n".to_owned(),
        "the text",
    )?;
    app.press("Move “B” down").await?;
    app.wait(
        "B behind A again",
        &format!("return (() => {{ {headings} }})() === 'A,A1,B'"),
    )
    .await?;
    app.press("B").await?;
    is(
        app,
        "\n## A\n\na\n\n### A1\n\na1\n\n‸## B\n\nb\n",
        "the caret at B",
    )
    .await?;
    app.wait("the keyboard in the text", "return pane.focused")
        .await?;
    // The front matter has three lines.
    keys(app, Key::Control + Key::Alt + "g").await?;
    fill(app, "Line", "5").await?;
    keys(app, Key::Enter).await?;
    is(
        app,
        "\n‸## A\n\na\n\n### A1\n\na1\n\n## B\n\nb\n",
        "the file’s fifth line",
    )
    .await
}

/// The line below the text counts, of what is selected too.
pub async fn counts(app: &App<'_>) -> Outcome {
    open(app, "One two — three 😀.‸\n").await?;
    let line =
        "[...document.querySelectorAll('#text-status span')].map(e => e.textContent).join(' · ')";
    let shows = async |wanted: &str| {
        app.wait(wanted, &format!("return {line} === '{wanted}'"))
            .await
    };
    shows("5 words · 18 characters · 1 min read").await?;
    place(app, "One ‸two — three‸ 😀.\n").await?;
    shows("5 words · 18 characters · 1 min read · 2 words selected").await?;
    keys(app, "x").await?;
    shows("3 words · 8 characters · 1 min read").await
}

/// How the pane looks is kept for the next visit.
pub async fn options(app: &App<'_>, axe: &str) -> Outcome {
    open(app, "one‸\n\ntwo\n").await?;
    let size = "return parseFloat(getComputedStyle(view.contentDOM).fontSize)";
    let usual = app.js(size, vec![]).await?.as_f64().unwrap_or_default();
    entry(app, "More", "Larger text").await?;
    app.wait(
        "the keyboard on the button",
        "return document.activeElement.getAttribute('aria-label') === 'More'",
    )
    .await?;
    for label in [
        "Line numbers",
        "Focus on the text",
        "Keep the line in the middle",
    ] {
        entry(app, "More", label).await?;
    }
    let all = "return document.documentElement.dataset.focus === 'on' && document.documentElement.dataset.textSize === '1'\
        && [...document.querySelectorAll('.cm-lineNumbers .cm-gutterElement')].filter(e => e.style.visibility !== 'hidden').map(e => e.textContent).join() === '4,5,6,7'";
    app.wait("all of them", all).await?;
    let larger = app.js(size, vec![]).await?.as_f64().unwrap_or_default();
    equal(
        &(larger > usual),
        &true,
        &format!("larger: {usual}, {larger}"),
    )?;
    app.reload().await?;
    open(app, "one‸\n\ntwo\n").await?;
    app.wait("all of them on the next visit", all).await?;
    app.press("More").await?;
    app.wait(
        "three ticks",
        "return document.querySelectorAll('[role=menu] [aria-checked=true]').length === 3",
    )
    .await?;
    keys(app, Key::Escape).await?;
    for label in ["Focus on the text", "Line numbers"] {
        entry(app, "More", label).await?;
    }
    app.axe(axe).await?;
    // With typewriter scrolling the caret's line is in the middle of a long text.
    show(
        app,
        &format!("{}‸{}", "line\n\n".repeat(150), "line\n\n".repeat(150)),
    )
    .await?;
    keys(app, "x").await?;
    app.wait(
        "the line in the middle",
        "const box = pane.getBoundingClientRect(); const caret = view.coordsAtPos(pane.at); return Math.abs((caret.top + caret.bottom) / 2 - (box.top + box.bottom) / 2) < 40",
    )
    .await
}

/// The sheet of keys names every command, and fits a phone with the toolbar at its foot.
pub async fn phone(app: &App<'_>, axe: &str) -> Outcome {
    open(app, "one‸\n").await?;
    keys(app, Key::Control + "/").await?;
    app.wait("the sheet", "return [...document.querySelectorAll('dialog th')].some(e => e.textContent === 'Bold' && e.nextSibling.textContent === 'Ctrl+B')").await?;
    for dark in [false, true] {
        app.dark(dark).await?;
        app.axe(axe).await?;
    }
    app.dark(false).await?;
    app.size(360, 780).await?;
    let fits = "return document.documentElement.scrollWidth <= innerWidth && [...document.querySelectorAll('dialog, .slash-menu, [role=menu]')].every(e => { const r = e.getBoundingClientRect(); return r.left >= 0 && r.right <= innerWidth && r.top >= 0 && r.bottom <= innerHeight; })";
    app.wait("a sheet that fits", fits).await?;
    keys(app, Key::Escape).await?;
    app.press("Text").await?;
    app.wait(
        "the toolbar at the foot",
        "const r = document.querySelector('.formatting').getBoundingClientRect(); return Math.abs(r.bottom - innerHeight) <= 1 && r.height >= 44 && r.height < 64",
    )
    .await?;
    app.press("Heading").await?;
    app.wait(
        "a menu above it",
        "const m = document.querySelector('[role=menu]').getBoundingClientRect(); return m.bottom <= document.querySelector('[role=toolbar]').getBoundingClientRect().top + 1",
    )
    .await?;
    app.wait("a menu that fits", fits).await?;
    keys(app, Key::Escape).await?;
    show(app, "one\n\n‸\n").await?;
    keys(app, "/").await?;
    app.wait(
        "the slash’s menu",
        "return document.activeElement.id === 'slash-typed'",
    )
    .await?;
    app.wait("a menu that fits", fits).await?;
    app.axe(axe).await
}
