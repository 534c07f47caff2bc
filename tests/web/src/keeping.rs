//! What is said and kept of a draft: the status line, the list, the versions.

use crate::app::{App, Outcome, ensure};
use crate::drafts::{POST, status, type_first};

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
