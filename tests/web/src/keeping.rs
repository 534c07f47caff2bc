//! What is said and kept of a draft: the status line, the list, the versions.

use thirtyfour::prelude::*;

use crate::app::{App, Outcome, ensure, equal};
use crate::drafts::{POST, open, shows, status, type_first};
use crate::writing::choose_format;

/// Keeps every write of the page waiting until `window.letGo` is called.
const HOLD: &str = "const done = arguments[0]; const r = indexedDB.open('recap-editor'); r.onsuccess = () => {\
    const t = r.result.transaction(['records', 'cards'], 'readwrite'); const s = t.objectStore('records');\
    let held = true; window.letGo = () => { held = false; }; const more = () => { if (held) s.count().onsuccess = more; };\
    more(); t.oncomplete = () => r.result.close(); done(true); };";

/// “Saved” is said of what the storage has confirmed and of nothing else; how long ago is told as time goes on.
pub async fn status_line(app: &App<'_>) -> Outcome {
    app.open_bytes("post.md", POST.as_bytes()).await?;
    type_first(app, "One. ").await?;
    status(app, "Saved in this browser, just now").await?;
    for age in ["1 s ago", "2 s ago", "3 s ago"] {
        status(app, &format!("Saved in this browser, {age}")).await?;
    }
    // Seconds are not read out.
    ensure(
        app.js("const s = document.querySelector('[role=status]'); return s.ariaLive === 'off' && s.children[1].ariaLive === 'off' && s.children[1].textContent.endsWith(' ago')", vec![])
            .await?
            .as_bool()
            == Some(true),
        "how long ago would be read out",
    )?;
    app.driver.execute_async(HOLD, vec![]).await?;
    app.js(
        "window.said = []; const s = document.querySelector('[role=status]'); new MutationObserver(() => window.said.push(s.textContent)).observe(s, { subtree: true, childList: true, characterData: true });\
         window.early = 0; document.getElementById('markdown').addEventListener('input', () => setTimeout(() => { if (s.textContent.includes('Saved')) window.early++; }), { once: true })",
        vec![],
    )
    .await?;
    type_first(app, "Two. ").await?;
    status(app, "Saving…").await?;
    status(app, "Not saved: ").await?;
    ensure(
        app.js("return window.early === 0 && !window.said.slice(window.said.findIndex(s => s.includes('Saving'))).some(s => s.includes('Saved'))", vec![])
            .await?
            .as_bool()
            == Some(true),
        "“Saved” was said while nothing could be written",
    )?;
    app.js("window.letGo()", vec![]).await?;
    status(app, "Saved in this browser, just now").await?;
    ensure(
        app.text("return document.querySelector('[role=status]').ariaLive")
            .await?
            == "polite",
        "that the trouble is over is not read out",
    )?;
    status(app, "Saved in this browser, 2 s ago").await?;
    // Someone who writes on sees one sentence.
    app.js("window.said = []", vec![]).await?;
    let pane = app.field("Markdown").await?;
    for _ in 0..8 {
        pane.send_keys("abc").await?;
    }
    status(app, "Saved in this browser, just now").await?;
    let said = app
        .js(
            "return window.said.filter((s, at, all) => s !== all[at - 1]).length",
            vec![],
        )
        .await?;
    ensure(
        said.as_u64().is_some_and(|said| said <= 3),
        format!("the status said {said} things while someone wrote on"),
    )
}

/// Restores the version whose entry has these words.
async fn restore(app: &App<'_>, words: &str) -> Outcome {
    let path = format!(
        "//dialog[contains(@class, 'compare')]//li[contains(., '{words}')]/button[.='Restore']"
    );
    app.driver.find(By::XPath(path)).await?.click().await?;
    Ok(())
}

/// What is kept before much changes, under which names; a restored version has the bytes it had.
pub async fn versions(app: &App<'_>, axe: &str) -> Outcome {
    // Some bytes are no text.
    let post = [
        b"---\ntitle: Kept\n---\n\nfoo *one* foo \xff\xfe and \xe2\x82.\n".as_slice(),
        b"\n* foo\n* two\n",
    ]
    .concat();
    app.open_bytes("post.md", &post).await?;
    let pane = app.field("Markdown").await?;
    pane.click().await?;
    pane.send_keys(Key::Control + Key::Home).await?;
    pane.send_keys(Key::Control + "f").await?;
    app.wait(
        "the search panel",
        "return document.activeElement.name === 'search'",
    )
    .await?;
    app.driver.action_chain().send_keys("foo").perform().await?;
    app.js(
        "const field = document.querySelector('.cm-search [name=replace]'); field.focus(); field.value = 'bar'; field.dispatchEvent(new Event('change', { bubbles: true }));\
         field.dispatchEvent(new KeyboardEvent('keyup', { bubbles: true })); document.querySelector('.cm-search [name=replaceAll]').click()",
        vec![],
    )
    .await?;
    shows(app, "bar one bar").await?;
    status(app, "Saved in this browser").await?;
    choose_format(app).await?;
    app.press("Format the text").await?;
    app.wait(
        "the formatted text",
        "return !document.querySelector('dialog[open]') && document.getElementById('markdown').textContent.includes('_one_')",
    )
    .await?;
    status(app, "Saved in this browser").await?;
    app.press("Versions").await?;
    app.wait(
        "what was kept",
        "const all = document.querySelector('dialog.compare ul').textContent; return all.includes('Before formatting') && all.includes('Before text was replaced')",
    )
    .await?;
    // A name is kept too.
    let name = app
        .driver
        .find(By::Css("dialog.compare li:last-child .name input"))
        .await?;
    name.send_keys("As it was").await?;
    name.send_keys(Key::Tab).await?;
    app.wait(
        "the name",
        "return document.querySelector('dialog.compare li:last-child b').textContent === 'As it was'",
    )
    .await?;
    app.press("Keep the text as it is now").await?;
    app.wait(
        "the version that was asked for",
        "return document.querySelector('dialog.compare li').textContent.includes('Kept by hand')",
    )
    .await?;
    app.js(
        "document.querySelectorAll('details').forEach(d => d.open = true)",
        vec![],
    )
    .await?;
    for dark in [false, true] {
        app.dark(dark).await?;
        app.size(360, 800).await?;
        app.axe(axe).await?;
        app.wait(
            "a dialog that fits",
            "const d = document.querySelector('dialog.compare'); return document.documentElement.scrollWidth <= innerWidth && d.scrollWidth <= d.clientWidth",
        )
        .await?;
        app.size(1440, 900).await?;
    }
    app.press("Done").await?;
    app.reload().await?;
    open(app, "Kept").await?;
    app.press("Versions").await?;
    app.wait(
        "the name, read again",
        "return document.querySelector('dialog.compare li:last-child b').textContent === 'As it was'",
    )
    .await?;
    restore(app, "As it was").await?;
    shows(app, "foo one foo").await?;
    status(app, "Nothing changed").await?;
    let bytes = app.download("post.md").await?;
    equal(&bytes, &post, "the bytes of the restored version")?;
    app.press("Undo").await?;
    shows(app, "bar one bar").await
}
