//! Drafts: nothing that was typed is lost, and nothing is said before it is true.

use serde_json::json;
use thirtyfour::prelude::*;

use crate::app::{App, Failed, Outcome, ensure, equal};
use crate::{keeping, torn};

pub const POST: &str = "---\ndate: 2026-03-26T00:00:00Z\ntitle: A first title\n---\n\nThe first paragraph.\n\nThe second paragraph.\n";

/// The cases, to be named in the list of all.
pub const NAMES: &[&str] = &[
    "draft_comes_back",
    "draft_place",
    "draft_refused",
    "draft_delete",
    "draft_zip",
    "draft_pictures",
    "draft_damaged",
    "draft_accessible",
    "draft_and_file",
    "draft_two_tabs",
    "draft_status",
    "draft_versions",
    "draft_torn",
    "draft_torn_tail",
    "draft_not_persisted",
];

/// Runs one.
pub async fn run(name: &str, app: &App<'_>, axe: &str) -> Outcome {
    match name {
        "draft_comes_back" => comes_back(app).await,
        "draft_place" => place(app).await,
        "draft_refused" => refused(app).await,
        "draft_delete" => delete(app).await,
        "draft_zip" => zip(app).await,
        "draft_pictures" => pictures(app).await,
        "draft_damaged" => damaged(app).await,
        "draft_accessible" => accessible(app, axe).await,
        "draft_and_file" => and_file(app, axe).await,
        "draft_two_tabs" => two_tabs(app, axe).await,
        "draft_versions" => keeping::versions(app, axe).await,
        "draft_status" => keeping::status_line(app).await,
        "draft_torn" => torn::records(app).await,
        "draft_torn_tail" => torn::tail(app).await,
        "draft_not_persisted" => torn::not_persisted(app).await,
        other => Err(Failed(format!("there is no case {other}"))),
    }
}

/// Waits for what the status says.
pub async fn status(app: &App<'_>, wanted: &str) -> Outcome {
    let wanted_json = json!(wanted);
    app.wait(
        &format!("the status “{wanted}”"),
        &format!(
            "return document.querySelector('[role=status]').textContent.includes({wanted_json})"
        ),
    )
    .await
}

/// Types at the start of the text.
pub async fn type_first(app: &App<'_>, text: &str) -> Outcome {
    let pane = app.field("Markdown").await?;
    pane.click().await?;
    pane.send_keys(Key::Control + Key::Home).await?;
    pane.send_keys(text).await?;
    Ok(())
}

/// Waits for a draft with this title in the list.
pub async fn listed(app: &App<'_>, title: &str) -> Outcome {
    let title_json = json!(title);
    app.wait(
        &format!("the draft “{title}” in the list"),
        &format!("return [...document.querySelectorAll('ul[aria-label=\"Drafts in this browser\"] b')].some(b => b.textContent === {title_json})"),
    )
    .await
}

/// Opens a draft of the list.
pub async fn open(app: &App<'_>, title: &str) -> Outcome {
    listed(app, title).await?;
    let path = format!("//ul[@aria-label='Drafts in this browser']//button[b='{title}']");
    app.driver.find(By::XPath(path)).await?.click().await?;
    app.editor().await
}

pub async fn start(app: &App<'_>) -> Outcome {
    app.press("Close").await?;
    app.wait(
        "the start screen",
        "return !!document.querySelector('main.start')",
    )
    .await
}

pub async fn shows(app: &App<'_>, words: &str) -> Outcome {
    let words_json = json!(words);
    app.wait(
        &format!("“{words}” in the article"),
        &format!("return document.querySelector('iframe').contentDocument.querySelector('article').textContent.includes({words_json})"),
    )
    .await
}

async fn comes_back(app: &App<'_>) -> Outcome {
    app.open_bytes("post.md", POST.as_bytes()).await?;
    status(app, "Nothing changed").await?;
    type_first(app, "Typed first. ").await?;
    status(app, "Saved in this browser").await?;
    app.fill("Title", "Another title").await?;
    shows(app, "Typed first.").await?;
    // Right after a key, without a pause: what the store may not have in time is in the tail.
    let before = app.driver.find(By::Css("#markdown")).await?;
    before.click().await?;
    before.send_keys("Last.").await?;
    app.reload().await?;
    open(app, "Another title").await?;
    shows(app, "Last.").await?;
    shows(app, "Typed first.").await?;
    status(app, "Saved in this browser").await?;
    ensure(
        app.text("return document.querySelector('[role=status]').textContent")
            .await?
            .contains("Not downloaded yet"),
        "there is no reminder that it was never downloaded",
    )?;
    // What differs is told from the file that was opened, not from what came back.
    ensure(
        app.text("return document.querySelector('.changes').textContent")
            .await?
            .contains("itle"),
        "the change of the title is not told any more",
    )?;
    let bytes = String::from_utf8(app.download("post.md").await?)?;
    ensure(
        bytes.contains("title: Another title\n") && bytes.contains("Typed first. "),
        format!("the draft came back as {bytes}"),
    )?;
    status(app, "Downloaded as it stands here").await?;
    start(app).await?;
    app.wait(
        "that it was downloaded, in the list",
        "return document.querySelector('.drafts li span').textContent.includes('· downloaded')",
    )
    .await?;
    ensure(
        app.text("return document.querySelector('.drafts .begins').textContent")
            .await?
            .contains("Typed first."),
        "the list does not show how the text begins",
    )?;
    // A file that was only looked at leaves no draft.
    app.open_bytes("looked.md", b"---\ntitle: Only looked at\n---\n")
        .await?;
    start(app).await?;
    listed(app, "Another title").await?;
    equal(
        &app.js(
            "return document.querySelectorAll('.drafts li').length",
            vec![],
        )
        .await?,
        &json!(1),
        "the number of drafts",
    )
}

async fn place(app: &App<'_>) -> Outcome {
    let lines: Vec<String> = (0..400)
        .map(|line| format!("Line number {line}.\n"))
        .collect();
    let post = format!("---\ntitle: Long\n---\n{}", lines.join("\n"));
    app.open_bytes("long.md", post.as_bytes()).await?;
    let pane = app.field("Markdown").await?;
    pane.click().await?;
    pane.send_keys(Key::Control + Key::End).await?;
    pane.send_keys("The end").await?;
    let scroller =
        "const e = document.querySelector('.cm-scroller') ?? document.getElementById('markdown');";
    app.js(
        &format!("{scroller} e.scrollTop = e.scrollHeight / 2"),
        vec![],
    )
    .await?;
    // The card is written when the writer rests.
    app.wait(
        "the place in the store",
        "window.n = (window.n ?? 0) + 1; return window.n > 50",
    )
    .await?;
    let was = app
        .js(&format!("{scroller} return e.scrollTop"), vec![])
        .await?;
    app.reload().await?;
    open(app, "Long").await?;
    let back = app.wait(
        "the place where it was left",
        &format!("{scroller} document.title = e.scrollTop + ' ' + {was}; return Math.abs(e.scrollTop - {was}) < 30"),
    )
    .await;
    if let Err(Failed(why)) = back {
        return Err(Failed(format!(
            "{why}: {}",
            app.text("return document.title").await?
        )));
    }
    // The caret is where it was: what is typed goes on there.
    app.driver
        .action_chain()
        .send_keys(" of it")
        .perform()
        .await?;
    status(app, "Saved in this browser").await?;
    let bytes = String::from_utf8(app.download("long.md").await?)?;
    ensure(
        bytes.ends_with("The end of it"),
        format!(
            "the caret was elsewhere: {}",
            &bytes[bytes.len().saturating_sub(60)..]
        ),
    )
}

/// A database that cannot be opened, a window without any, and a transaction that is broken off.
async fn refused(app: &App<'_>) -> Outcome {
    let inject = async |script: &str| {
        app.cdp(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({ "source": script }),
        )
        .await
    };
    let made = inject(
        "window.broken = true; const put = IDBObjectStore.prototype.put;\
         IDBObjectStore.prototype.put = function (...a) { const r = put.apply(this, a); if (window.broken) this.transaction.abort(); return r; };",
    )
    .await?;
    app.reload().await?;
    app.open_bytes("post.md", POST.as_bytes()).await?;
    type_first(app, "Broken. ").await?;
    status(app, "Not saved: the browser broke off writing").await?;
    shows(app, "Broken.").await?;
    app.js("window.broken = false", vec![]).await?;
    status(app, "Saved in this browser").await?;
    start(app).await?;
    app.cdp(
        "Page.removeScriptToEvaluateOnNewDocument",
        json!({ "identifier": made["identifier"] }),
    )
    .await?;
    let made =
        inject("Object.defineProperty(window, 'indexedDB', { get: () => undefined });").await?;
    app.reload().await?;
    app.open_bytes("post.md", POST.as_bytes()).await?;
    type_first(app, "Alone. ").await?;
    status(app, "Only in this tab: ").await?;
    // The editor works all the same.
    shows(app, "Alone.").await?;
    app.press("Close").await?;
    app.press("Leave without downloading").await?;
    app.wait(
        "the start screen",
        "return !!document.querySelector('main.start')",
    )
    .await?;
    app.cdp(
        "Page.removeScriptToEvaluateOnNewDocument",
        json!({ "identifier": made["identifier"] }),
    )
    .await?;
    Ok(())
}

async fn delete(app: &App<'_>) -> Outcome {
    app.open_bytes("post.md", POST.as_bytes()).await?;
    type_first(app, "Mine. ").await?;
    start(app).await?;
    listed(app, "A first title").await?;
    app.press("Delete “A first title”").await?;
    app.wait(
        "the draft to leave the list",
        "return !document.querySelector('ul[aria-label=\"Drafts in this browser\"]')",
    )
    .await?;
    app.reload().await?;
    app.wait(
        "the deleted draft",
        "return !!document.querySelector('details.deleted')",
    )
    .await?;
    app.driver
        .find(By::Css("details.deleted summary"))
        .await?
        .click()
        .await?;
    app.press("Restore “A first title”").await?;
    open(app, "A first title").await?;
    shows(app, "Mine.").await
}

/// Waits for a file among the downloads.
async fn downloaded(app: &App<'_>, name: &str) -> Result<std::path::PathBuf, Failed> {
    let file = app.downloads().join(name);
    for _ in 0..3000 {
        if file.exists() {
            return Ok(file);
        }
        app.js("return 0", vec![]).await?;
    }
    Err(Failed(format!("“{name}” was never downloaded")))
}

async fn zip(app: &App<'_>) -> Outcome {
    for (name, title) in [("one.md", "One"), ("two.md", "Two")] {
        app.open_bytes(
            name,
            format!("---\ntitle: {title}\n---\n\nText of {title}.\n").as_bytes(),
        )
        .await?;
        type_first(app, "Changed. ").await?;
        start(app).await?;
    }
    listed(app, "One").await?;
    app.press("Download all drafts").await?;
    let zip = downloaded(app, "recap-drafts.zip").await?;
    for title in ["One", "Two"] {
        app.press(&format!("Delete “{title}”")).await?;
    }
    app.wait(
        "an empty list",
        "return !document.querySelector('ul[aria-label=\"Drafts in this browser\"]')",
    )
    .await?;
    app.choose(&[&zip]).await?;
    for title in ["One", "Two"] {
        open(app, title).await?;
        shows(app, "Changed.").await?;
        start(app).await?;
    }
    Ok(())
}

async fn pictures(app: &App<'_>) -> Outcome {
    let picture = "<svg xmlns='http://www.w3.org/2000/svg' width='20' height='10'><rect width='20' height='10'/></svg>";
    let folder = app.downloads();
    let (post, image) = (folder.join("index.md"), folder.join("a.svg"));
    std::fs::write(&post, "---\ntitle: With a picture\n---\n\n![one](a.svg)\n")?;
    std::fs::write(&image, picture)?;
    app.choose(&[&post, &image]).await?;
    app.editor().await?;
    type_first(app, "See: ").await?;
    status(app, "Saved in this browser").await?;
    app.reload().await?;
    open(app, "With a picture").await?;
    let there = "const i = document.querySelector('iframe').contentDocument.querySelector('article img'); return i.src.startsWith('blob:') && i.naturalWidth === 20";
    app.wait("the picture of the draft", there).await?;
    // It is written once, however often the draft is opened.
    type_first(app, "Look! ").await?;
    status(app, "Saved in this browser").await?;
    app.reload().await?;
    open(app, "With a picture").await?;
    app.wait("the picture of the draft", there).await?;
    let count = count(app, "files").await?;
    equal(
        &count,
        &2,
        "the files in the store: the picture and the opened file",
    )
}

/// How many things a table has.
async fn count(app: &App<'_>, table: &str) -> Result<u64, Failed> {
    let answer = app
        .driver
        .execute_async(
            "const [table, done] = arguments; const r = indexedDB.open('recap-editor');\
             r.onsuccess = () => { const c = r.result.transaction(table).objectStore(table).count();\
             c.onsuccess = () => { r.result.close(); done(c.result); }; };",
            vec![json!(table)],
        )
        .await?;
    Ok(answer.json().as_u64().unwrap_or_default())
}

/// One record that cannot be read does not stop the others, and is kept as it is.
async fn damaged(app: &App<'_>) -> Outcome {
    for (name, title) in [("one.md", "Good"), ("two.md", "Bad")] {
        app.open_bytes(
            name,
            format!("---\ntitle: {title}\n---\n\nText.\n").as_bytes(),
        )
        .await?;
        type_first(app, "Changed. ").await?;
        status(app, "Saved in this browser").await?;
        start(app).await?;
    }
    listed(app, "Bad").await?;
    app.driver
        .execute_async(
            "const done = arguments[0]; const r = indexedDB.open('recap-editor');\
             r.onsuccess = () => { const t = r.result.transaction(['cards', 'records'], 'readwrite');\
             for (const name of ['cards', 'records']) t.objectStore(name).openCursor().onsuccess = e => {\
               const c = e.target.result; if (!c) return;\
               if (new TextDecoder('latin1').decode(c.value).includes('Bad')) { const v = c.value.slice(); v[v.length >> 1] ^= 4; c.update(v); }\
               c.continue(); };\
             t.oncomplete = () => { r.result.close(); done(true); }; };",
            vec![],
        )
        .await?;
    app.reload().await?;
    app.wait(
        "what is wrong with the damaged one",
        "return document.querySelector('.drafts .trouble').textContent.includes('some of its bytes were changed')",
    )
    .await?;
    open(app, "Good").await?;
    shows(app, "Changed.").await?;
    start(app).await?;
    app.driver
        .query(By::XPath("//ul[@aria-label='Drafts in this browser']//button[starts-with(@aria-label, 'Download the raw bytes')]"))
        .first()
        .await?
        .click()
        .await?;
    app.wait(
        "nothing that went wrong",
        "return !document.querySelector('.notice.problem')",
    )
    .await?;
    for _ in 0..3000 {
        let found = std::fs::read_dir(app.downloads())?
            .filter_map(Result::ok)
            .any(|file| {
                let name = file.file_name().to_string_lossy().into_owned();
                name.starts_with("draft-") && name.ends_with(".zip")
            });
        if found {
            return Ok(());
        }
        app.js("return 0", vec![]).await?;
    }
    Err(Failed("the raw bytes were never downloaded".to_owned()))
}

async fn accessible(app: &App<'_>, axe: &str) -> Outcome {
    for (name, title) in [
        (
            "one.md",
            "One with a rather long title that has to be broken somewhere",
        ),
        ("two.md", "Two"),
    ] {
        app.open_bytes(
            name,
            format!("---\ntitle: {title}\n---\n\nText.\n").as_bytes(),
        )
        .await?;
        type_first(app, "Changed. ").await?;
        status(app, "Saved in this browser").await?;
        app.axe(axe).await?;
        start(app).await?;
    }
    listed(app, "Two").await?;
    app.press("Delete “Two”").await?;
    app.wait(
        "the deleted draft",
        "return !!document.querySelector('details.deleted')",
    )
    .await?;
    for dark in [false, true] {
        app.dark(dark).await?;
        // Colours that are on their way are none.
        app.reload().await?;
        listed(
            app,
            "One with a rather long title that has to be broken somewhere",
        )
        .await?;
        for width in [1440, 360] {
            app.size(width, 900).await?;
            app.js(
                "document.querySelectorAll('details').forEach(d => d.open = true)",
                vec![],
            )
            .await?;
            app.axe(axe).await?;
            app.wait(
                "a start screen that fits",
                "return document.documentElement.scrollWidth <= innerWidth",
            )
            .await?;
        }
    }
    Ok(())
}

/// Nothing is overwritten until it is chosen, and what is given up is a version.
async fn and_file(app: &App<'_>, axe: &str) -> Outcome {
    app.open_bytes("post.md", POST.as_bytes()).await?;
    type_first(app, "Of the draft.").await?;
    status(app, "Saved in this browser").await?;
    start(app).await?;
    listed(app, "A first title").await?;
    let other = POST.replace("second paragraph", "paragraph of the file");
    let file = app.downloads().join("post.md");
    std::fs::write(&file, &other)?;
    app.choose(&[&file]).await?;
    app.wait(
        "the question, with what differs",
        "const d = document.querySelector('dialog.compare').textContent; return d.includes('only in the file: The paragraph of the file') && d.includes('only in the draft: Of the draft.')",
    )
    .await?;
    app.axe(axe).await?;
    app.press("Cancel").await?;
    listed(app, "A first title").await?;
    app.choose(&[&file]).await?;
    app.press("Begin with the file; keep the draft in the history")
        .await?;
    app.editor().await?;
    shows(app, "The paragraph of the file").await?;
    app.press("Versions").await?;
    app.wait(
        "the draft's text among the versions",
        "return document.querySelector('dialog.compare li').textContent.includes('Before a file was read in')",
    )
    .await?;
    app.js(
        "document.querySelectorAll('details').forEach(d => d.open = true)",
        vec![],
    )
    .await?;
    app.axe(axe).await?;
    app.driver
        .find(By::Css("dialog.compare li > button"))
        .await?
        .click()
        .await?;
    shows(app, "Of the draft.").await?;
    app.press("Undo").await?;
    shows(app, "The paragraph of the file").await?;
    // The other way round: the draft goes on, the file is kept.
    type_first(app, "Written on. ").await?;
    status(app, "Saved in this browser").await?;
    start(app).await?;
    listed(app, "A first title").await?;
    std::fs::write(&file, POST.replace("second", "third"))?;
    app.choose(&[&file]).await?;
    app.press("Go on with the draft").await?;
    app.editor().await?;
    shows(app, "Written on.").await?;
    shows(app, "The paragraph of the file").await?;
    app.press("Versions").await?;
    app.wait(
        "the file's text among the versions",
        "return document.querySelector('dialog.compare li .come, dialog.compare li .gone') && [...document.querySelectorAll('dialog.compare li')].some(l => l.textContent.includes('only in this version: The third paragraph.'))",
    )
    .await?;
    app.press("Done").await
}

/// Notes what is on the screen of the letters of “Not taken”, at every change and every frame.
const SEEN: &str = "window.seen = new Set(); const pane = document.querySelector('.pane-room'); const look = () => { if (/N|No|Not|taken/.test(pane.textContent.slice(0, 10))) window.seen.add(pane.textContent.slice(0, 10)); };\
    new MutationObserver(look).observe(pane, { subtree: true, childList: true, characterData: true }); const frame = () => { look(); requestAnimationFrame(frame); }; frame();";

/// The second tab says so; taking over takes nothing away.
async fn two_tabs(app: &App<'_>, axe: &str) -> Outcome {
    app.open_bytes("post.md", POST.as_bytes()).await?;
    type_first(app, "First tab.").await?;
    status(app, "Saved in this browser").await?;
    let first = app.driver.window().await?;
    let second = app.driver.new_tab().await?;
    app.driver.switch_to_window(second.clone()).await?;
    app.reload().await?;
    open(app, "A first title").await?;
    shows(app, "First tab.").await?;
    app.wait(
        "that another tab writes",
        "return document.querySelector('.other-tab').textContent.includes('another tab')",
    )
    .await?;
    status(app, "Only for reading here").await?;
    app.axe(axe).await?;
    // What is typed here is not taken, and not seen for a moment either.
    app.js(SEEN, vec![]).await?;
    type_first(app, "Not taken.").await?;
    app.driver.execute_async("const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(0)))", vec![]).await?;
    equal(
        &app.text("return [...window.seen].join()").await?,
        &String::new(),
        "what a tab that only reads showed of what was typed",
    )?;
    ensure(
        app.js("return [...document.querySelectorAll('form input, form textarea, form select')].every(c => c.disabled) && document.getElementById('markdown').ariaReadOnly === 'true'", vec![])
            .await?
            == true,
        "a tab that only reads has fields that can be filled in",
    )?;
    app.press("Take over").await?;
    app.wait(
        "the draft to be ours",
        "return !document.querySelector('.other-tab')",
    )
    .await?;
    type_first(app, "Second tab.").await?;
    status(app, "Saved in this browser").await?;
    shows(app, "Second tab.").await?;
    app.driver.switch_to_window(first).await?;
    app.wait(
        "the first tab to read what the second one writes",
        "return document.querySelector('.other-tab') && document.getElementById('markdown').textContent.includes('Second tab.')",
    )
    .await?;
    app.press("Write a copy").await?;
    app.wait(
        "the copy to be ours",
        "return !document.querySelector('.other-tab')",
    )
    .await?;
    type_first(app, "Of the copy.").await?;
    status(app, "Saved in this browser").await?;
    app.reload().await?;
    listed(app, "A first title").await?;
    equal(
        &app.js(
            "return document.querySelectorAll('ul[aria-label=\"Drafts in this browser\"] li').length",
            vec![],
        )
        .await?,
        &json!(2),
        "the number of drafts",
    )?;
    app.driver.switch_to_window(second).await?;
    shows(app, "Second tab.").await?;
    ensure(
        !app.text("return document.getElementById('markdown').textContent")
            .await?
            .contains("Of the copy."),
        "the copy came into the other tab",
    )
}
