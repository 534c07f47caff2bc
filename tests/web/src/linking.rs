//! Links: the dialog, two brackets, pages of the site, headings of the post, a list of pages from disk.

use thirtyfour::prelude::*;

use crate::app::{App, Outcome, ensure, equal};
use crate::writing::{is, keys, open, show};

/// Waits for a dialog with this heading and the keyboard in it.
pub async fn dialog(app: &App<'_>, heading: &str) -> Outcome {
    app.wait(
        &format!("the dialog “{heading}” with the keyboard in it"),
        &format!(
            "const d = document.querySelector('dialog[open]'); return !!d && document.getElementById(d.getAttribute('aria-labelledby')).textContent === '{heading}' && d.contains(document.activeElement)"
        ),
    )
    .await
}

/// Waits until no dialog is open and the keyboard is in the text.
pub async fn closed(app: &App<'_>) -> Outcome {
    app.wait(
        "the dialog to be gone and the keyboard in the text",
        "return !document.querySelector('dialog[open]') && pane.focused",
    )
    .await
}

/// Waits until the chosen entry of the open list reads like this.
async fn chosen(app: &App<'_>, wanted: &str) -> Outcome {
    let read = "const e = document.querySelector('dialog[open] [role=option][aria-selected=true]'); return e ? e.innerText.replace(/\\s+/g, ' ').trim() : ''";
    let waited = app
        .wait(
            &format!("“{wanted}” to be chosen"),
            &format!(
                "return (() => {{ {read} }})() === {}",
                serde_json::to_string(wanted)?
            ),
        )
        .await;
    if waited.is_err() {
        return equal(&app.text(read).await?, &wanted.to_owned(), "what is chosen");
    }
    Ok(())
}

/// The sentence about the list of pages.
async fn says(app: &App<'_>, start: &str) -> Outcome {
    app.wait(
        &format!("“{start}…”"),
        &format!(
            "return document.querySelector('.site-index .help').textContent.startsWith({})",
            serde_json::to_string(start)?
        ),
    )
    .await
}

/// The link dialog by keyboard: pages, headings, addresses, nothing at all.
pub async fn links(app: &App<'_>, axe: &str) -> Outcome {
    open(app, "‸").await?;
    let body = "see ‸this‸ now\n\n## Second part\n\nx\n";
    for (before, typed, choice, after) in [
        (
            body,
            "retries",
            "Retries and timeouts /sample/retries-and-timeouts/",
            "see [‸this‸](/sample/retries-and-timeouts/) now\n\n## Second part\n\nx\n",
        ),
        (
            body,
            "rollout#lat",
            "Watching a rollout › latencies /sample/watching-a-rollout/#latencies",
            "see [‸this‸](/sample/watching-a-rollout/#latencies) now\n\n## Second part\n\nx\n",
        ),
        (
            body,
            "#sec",
            "This post › Second part #second-part",
            "see [‸this‸](#second-part) now\n\n## Second part\n\nx\n",
        ),
        (
            body,
            "https://example.org/x",
            "Link to “https://example.org/x”",
            "see [‸this‸](https://example.org/x) now\n\n## Second part\n\nx\n",
        ),
        (
            "a ‸\n",
            "join",
            "Join a community meeting /sample/join-a-meeting/",
            "a [Join a community meeting](/sample/join-a-meeting/)‸\n",
        ),
    ] {
        show(app, before).await?;
        keys(app, Key::Control + "k").await?;
        dialog(app, "Link").await?;
        says(app, "These 9 pages are made up").await?;
        keys(app, typed).await?;
        chosen(app, choice).await?;
        keys(app, Key::Enter).await?;
        closed(app).await?;
        is(app, after, &format!("“{typed}” for {before:?}")).await?;
    }
    // One step back.
    app.press("Undo").await?;
    is(app, "a ‸\n", "the link taken back").await?;
    // Arrows choose, and axe has nothing to say while the list is there.
    show(app, "a ‸b‸\n").await?;
    keys(app, Key::Control + "k").await?;
    dialog(app, "Link").await?;
    keys(app, "recap").await?;
    chosen(
        app,
        "Sample: recap of the June meeting /2024/06/27/sample-june-meeting/",
    )
    .await?;
    for dark in [false, true] {
        app.dark(dark).await?;
        app.axe(axe).await?;
    }
    app.dark(false).await?;
    keys(app, Key::Down).await?;
    chosen(
        app,
        "Sample: recap of the May meeting /2024/05/30/sample-may-meeting/",
    )
    .await?;
    keys(app, Key::Enter).await?;
    is(
        app,
        "a [‸b‸](/2024/05/30/sample-may-meeting/)\n",
        "the second one",
    )
    .await?;
    // Nothing typed: the address is written in the text.
    show(app, "a ‸b‸\n").await?;
    keys(app, Key::Control + "k").await?;
    dialog(app, "Link").await?;
    keys(app, Key::Enter).await?;
    is(app, "a [b](‸)\n", "nothing typed").await?;
    closed(app).await
}

/// Two brackets anywhere ask for a page; given up, they stay.
pub async fn brackets(app: &App<'_>) -> Outcome {
    open(app, "see ‸ there\n\n## Second part\n").await?;
    keys(app, "[[").await?;
    dialog(app, "Link").await?;
    keys(app, "encrypted").await?;
    chosen(
        app,
        "Encrypted by default: how services know each other /sample/encrypted-by-default/",
    )
    .await?;
    keys(app, Key::Enter).await?;
    closed(app).await?;
    is(
        app,
        "see [Encrypted by default: how services know each other](/sample/encrypted-by-default/)‸ there\n\n## Second part\n",
        "a page by its title",
    )
    .await?;
    app.press("Undo").await?;
    is(app, "see [[‸ there\n\n## Second part\n", "one step back").await?;
    show(app, "- ‸\n\n## Second part\n").await?;
    keys(app, "[[").await?;
    dialog(app, "Link").await?;
    keys(app, "#").await?;
    chosen(app, "This post › Second part #second-part").await?;
    keys(app, Key::Enter).await?;
    is(
        app,
        "- [Second part](#second-part)‸\n\n## Second part\n",
        "a heading of this post",
    )
    .await?;
    closed(app).await?;
    show(app, "a‸\n").await?;
    keys(app, "[[").await?;
    dialog(app, "Link").await?;
    keys(app, Key::Escape).await?;
    closed(app).await?;
    is(app, "a[[‸\n", "given up").await?;
    // In code they are code.
    show(app, "```sh\nif ‸\n```\n").await?;
    keys(app, "[[ ").await?;
    is(app, "```sh\nif [[ ‸\n```\n", "in code").await?;
    ensure(
        app.js("return !document.querySelector('dialog[open]')", vec![])
            .await?
            .as_bool()
            == Some(true),
        "two brackets in code opened a dialog",
    )
}

/// A list of pages from disk is used, kept, and used by the preview; one that is none is refused with a reason.
pub async fn site_list(app: &App<'_>, axe: &str) -> Outcome {
    let folder = tempfile::tempdir()?;
    let list = folder.path().join("site-index.json");
    std::fs::write(
        &list,
        r#"{ "base_url": "https://site.example/", "pages": [
          { "url": "/2031/01/02/far-ahead/", "title": "Far ahead", "anchors": ["a-part"],
            "path": "blog/2031/0102-far-ahead/index.md", "date": "2031-01-02" } ] }"#,
    )?;
    let wrong = folder.path().join("wrong.json");
    std::fs::write(&wrong, "{}")?;
    open(app, "a ‸\n\n[b](blog/2031/0102-far-ahead)\n").await?;
    keys(app, Key::Control + "k").await?;
    dialog(app, "Link").await?;
    says(app, "These 9 pages are made up").await?;
    let pick = |file: std::path::PathBuf| async move {
        let input = app.driver.find(By::Id("link-index")).await?;
        input.send_keys(file.display().to_string()).await?;
        Ok::<(), crate::app::Failed>(())
    };
    pick(wrong).await?;
    app.wait(
        "the refusal",
        "return document.querySelector('.site-index [role=alert]').textContent === '“wrong.json” was not taken. It names no pages of a site.'",
    )
    .await?;
    app.axe(axe).await?;
    says(app, "These 9 pages are made up").await?;
    pick(list).await?;
    says(app, "1 page, from the file you opened").await?;
    app.driver.find(By::Id("link-to")).await?.click().await?;
    keys(app, "far").await?;
    chosen(app, "Far ahead /2031/01/02/far-ahead/").await?;
    keys(app, Key::Enter).await?;
    closed(app).await?;
    is(
        app,
        "a [Far ahead](/2031/01/02/far-ahead/)‸\n\n[b](blog/2031/0102-far-ahead)\n",
        "a page of the list",
    )
    .await?;
    // The preview knows it too.
    app.wait(
        "the article to lead to the page",
        "return [...document.querySelector('iframe[title=\"Article preview\"]').contentDocument.querySelectorAll('article a')].map(a => a.getAttribute('href')).join() === '/2031/01/02/far-ahead/,/2031/01/02/far-ahead/'",
    )
    .await?;
    // At the next visit it is there again, until it is forgotten.
    app.reload().await?;
    open(app, "a ‸\n").await?;
    keys(app, Key::Control + "k").await?;
    dialog(app, "Link").await?;
    says(app, "1 page, from the file you opened").await?;
    app.press("Forget this list").await?;
    says(app, "These 9 pages are made up").await?;
    app.reload().await?;
    open(app, "a ‸\n").await?;
    keys(app, Key::Control + "k").await?;
    dialog(app, "Link").await?;
    says(app, "These 9 pages are made up").await
}

/// Without a list of the site's pages the dialog says so, takes addresses, and asks again the next time.
pub async fn no_list(app: &App<'_>, axe: &str) -> Outcome {
    app.cdp("Network.enable", serde_json::json!({})).await?;
    let block = |urls: serde_json::Value| {
        app.cdp(
            "Network.setBlockedURLs",
            serde_json::json!({ "urls": urls }),
        )
    };
    block(serde_json::json!(["*/site-index.json"])).await?;
    open(app, "a ‸b‸\n\n## Part\n").await?;
    keys(app, Key::Control + "k").await?;
    dialog(app, "Link").await?;
    says(app, "There is no list of the site’s pages beside this app").await?;
    for dark in [false, true] {
        app.dark(dark).await?;
        app.axe(axe).await?;
    }
    app.dark(false).await?;
    keys(app, "retries").await?;
    chosen(app, "Link to “retries”").await?;
    // What the post itself has is found all the same.
    keys(app, Key::Control + "a").await?;
    keys(app, "#part").await?;
    chosen(app, "This post › Part #part").await?;
    keys(app, Key::Control + "a").await?;
    keys(app, "/elsewhere/").await?;
    chosen(app, "Link to “/elsewhere/”").await?;
    keys(app, Key::Enter).await?;
    closed(app).await?;
    is(app, "a [‸b‸](/elsewhere/)\n\n## Part\n", "an address").await?;
    block(serde_json::json!([])).await?;
    keys(app, Key::Control + "k").await?;
    dialog(app, "Link").await?;
    says(app, "These 9 pages are made up").await?;
    app.forget_console().await
}
