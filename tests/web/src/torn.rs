//! Records that are cut, half written or missing, one at a time: what can be had of the text opens, what cannot is told and
//! is there as raw bytes, and the other drafts are as they were.

use serde_json::json;
use thirtyfour::prelude::*;

use crate::app::{App, Failed, Outcome, ensure};
use crate::drafts::{listed, open, start, status};

/// The drafts that come to harm: what is done to each, what its text is afterwards (`None`: it cannot be opened), and what
/// is said.
const HARM: [(&str, Option<&str>, &str); 6] = [
    ("Last edit cut", Some("abc"), "cannot be read"),
    ("Edit half written", Some("abc"), "cannot be read"),
    (
        "Journal with a hole",
        Some("ab"),
        "a change before is missing",
    ),
    ("First edit gone", Some("a"), "a change before is missing"),
    ("Snapshot cut", None, "could not be read"),
    ("Snapshot gone", None, "could not be read"),
];

/// Does it, in one transaction. Of a draft’s edits, the oldest stands first.
const DO_HARM: &str = "const [titles, done] = arguments; const r = indexedDB.open('recap-editor'); r.onsuccess = () => {\
    const t = r.result.transaction(['cards', 'records'], 'readwrite'); const s = t.objectStore('records'); const latin = new TextDecoder('latin1');\
    const cards = t.objectStore('cards'); const found = {}; cards.openCursor().onsuccess = e => { const c = e.target.result;\
      if (c) { const title = titles.find(title => latin.decode(c.value).includes(title)); if (title) found[title] = c.key.slice(0, 16); return c.continue(); }\
      for (const title of titles) { const id = found[title]; const range = IDBKeyRange.bound(id + '/', id + '0');\
        const keys = s.getAllKeys(range); s.getAll(range).onsuccess = v => { const all = keys.result.map((key, i) => [key, v.target.result[i]]);\
          const edits = all.filter(([key]) => key.includes('/e/')); const whole = all.filter(([key]) => key.includes('/s/')); const last = edits.at(-1);\
          window.edits = Math.min(window.edits ?? 99, edits.length);\
          const half = ([key, value]) => s.put(value.slice(0, value.length >> 1), key);\
          const torn = ([key, value]) => { const v = value.slice(); v.fill(0, v.length >> 1); s.put(v, key); };\
          ({ 'Last edit cut': () => half(last), 'Edit half written': () => torn(last), 'Journal with a hole': () => s.delete(edits.at(-2)[0]),\
             'First edit gone': () => s.delete(edits.at(-3)[0]), 'Snapshot cut': () => whole.forEach(half), 'Snapshot gone': () => whole.forEach(([key]) => s.delete(key)) })[title](); }; } };\
    t.oncomplete = () => { r.result.close(); done(window.edits); }; t.onabort = () => done(String(t.error)); };";

/// Opens a post with this title and types letters, each stored before the next.
async fn write(app: &App<'_>, title: &str, letters: &str) -> Outcome {
    let post = format!("---\ntitle: {title}\n---\nText: ");
    app.open_bytes("post.md", post.as_bytes()).await?;
    app.field("Markdown").await?.click().await?;
    app.keys(Key::Control + Key::End).await?;
    for letter in letters.chars() {
        app.keys(letter.to_string()).await?;
        // “Saving…” comes with the key; nothing is asked before it.
        app.wait(
            "the letter",
            &format!("return document.getElementById('markdown').textContent.endsWith('{letter}')"),
        )
        .await?;
        status(app, "Saved in this browser").await?;
    }
    Ok(())
}

/// Presses the button that hands out the raw bytes of a draft in the list.
async fn raw(app: &App<'_>, title: &str) -> Outcome {
    listed(app, title).await?;
    app.press(&format!("Download the raw bytes of “{title}”"))
        .await?;
    app.wait(
        "nothing that went wrong",
        "return !document.querySelector('.notice.problem')",
    )
    .await
}

/// What a notice says.
async fn told(app: &App<'_>, words: &str) -> Outcome {
    let words_json = json!(words);
    app.wait(
        &format!("a notice with “{words}”"),
        &format!("return !!document.querySelector('.notice')?.textContent.includes({words_json})"),
    )
    .await
}

/// One record of each draft came to harm.
pub async fn records(app: &App<'_>) -> Outcome {
    write(app, "Whole", "xyz").await?;
    start(app).await?;
    for (title, ..) in HARM {
        write(app, title, "abcd").await?;
        start(app).await?;
        listed(app, title).await?;
    }
    let titles: Vec<&str> = HARM.iter().map(|(title, ..)| *title).collect();
    let edits = app
        .driver
        .execute_async(DO_HARM, vec![json!(titles)])
        .await?;
    ensure(
        edits.json().as_u64().is_some_and(|edits| edits >= 3),
        format!(
            "the drafts have too few edits to harm one: {}",
            edits.json()
        ),
    )?;
    app.reload().await?;
    for (title, text, said) in HARM {
        listed(app, title).await?;
        match text {
            Some(text) => {
                open(app, title).await?;
                told(app, said).await?;
                let shown = app
                    .text("return document.getElementById('markdown').textContent")
                    .await?;
                ensure(
                    shown.ends_with(&format!("Text: {text}")),
                    format!("“{title}” came back as “{shown}”"),
                )?;
                // It can be written on, and that is not lost either.
                app.field("Markdown").await?.click().await?;
                app.keys(Key::Control + Key::End).await?;
                app.keys("!").await?;
                app.wait(
                    "the letter",
                    "return document.getElementById('markdown').textContent.endsWith('!')",
                )
                .await?;
                status(app, "Saved in this browser").await?;
                start(app).await?;
            }
            None => {
                let path =
                    format!("//ul[@aria-label='Drafts in this browser']//button[b='{title}']");
                app.driver.find(By::XPath(path)).await?.click().await?;
                told(app, said).await?;
                app.press("Got it").await?;
            }
        }
        raw(app, title).await?;
    }
    app.reload().await?;
    open(app, "Last edit cut").await?;
    ensure(
        app.text("return document.getElementById('markdown').textContent")
            .await?
            .ends_with("Text: abc!"),
        "what was written after the harm is gone",
    )?;
    start(app).await?;
    open(app, "Whole").await?;
    ensure(
        app.text("return document.getElementById('markdown').textContent")
            .await?
            .ends_with("Text: xyz"),
        "the whole draft is not whole",
    )
}

/// The key and the text of the only tail.
const TAIL: &str = "const key = Object.keys(localStorage).find(key => key.startsWith('recap-tail/')); return key ? [key, localStorage.getItem(key)] : null";

/// Nothing of a draft but its tail: whole it opens, cut it is listed and there as raw bytes.
pub async fn tail(app: &App<'_>) -> Outcome {
    // The database takes nothing: all there is goes into the tail when the page is left.
    let made = app
        .cdp(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({ "source": "const put = IDBObjectStore.prototype.put; IDBObjectStore.prototype.put = function (...a) { const r = put.apply(this, a); this.transaction.abort(); return r; };" }),
        )
        .await?;
    app.reload().await?;
    let post = "---\ntitle: Only a tail\n---\nText: ";
    app.open_bytes("post.md", post.as_bytes()).await?;
    app.field("Markdown").await?.click().await?;
    app.keys(Key::Control + Key::End).await?;
    app.keys("abc").await?;
    status(app, "Not saved: ").await?;
    app.cdp(
        "Page.removeScriptToEvaluateOnNewDocument",
        json!({ "identifier": made["identifier"] }),
    )
    .await?;
    app.js("window.dispatchEvent(new Event('pagehide'))", vec![])
        .await?;
    let tail = app.js(TAIL, vec![]).await?;
    let (Some(key), Some(text)) = (tail[0].as_str(), tail[1].as_str()) else {
        return Err(Failed("there is no tail".to_owned()));
    };
    app.reload().await?;
    open(app, "Only a tail").await?;
    ensure(
        app.text("return document.getElementById('markdown').textContent")
            .await?
            .ends_with("Text: abc"),
        "the text of the tail did not come back",
    )?;
    start(app).await?;
    // The same tail under another draft’s name, cut in the middle.
    let other = format!(
        "recap-tail/{}{}",
        "00000000000000ab",
        &key[key.len() - 17..]
    );
    app.js(
        "const [key, text] = arguments; localStorage.setItem(key, text.slice(0, text.length >> 1))",
        vec![json!(other), json!(text)],
    )
    .await?;
    app.reload().await?;
    listed(app, "Only a tail").await?;
    raw(app, "Draft 00000000000000ab").await?;
    ensure(
        app.js(
            "return localStorage.getItem(arguments[0]) !== null",
            vec![json!(other)],
        )
        .await?
            == true,
        "the tail that cannot be read was removed",
    )
}

/// A browser that does not promise to keep what it stores: the list says so, calmly and once.
pub async fn not_persisted(app: &App<'_>) -> Outcome {
    app.cdp(
        "Page.addScriptToEvaluateOnNewDocument",
        json!({ "source": "window.asked = 0; StorageManager.prototype.persist = () => { window.asked++; return Promise.resolve(window.granted ?? false); };" }),
    )
    .await?;
    app.reload().await?;
    for title in ["One", "Two"] {
        write(app, title, "a").await?;
        start(app).await?;
        listed(app, title).await?;
    }
    // Asked when someone comes back to a draft, and once only.
    for title in ["One", "Two"] {
        open(app, title).await?;
        start(app).await?;
        listed(app, title).await?;
    }
    const SAID: &str = "This browser may clear them by itself when it runs short of space.";
    let said = json!(SAID);
    app.wait(
        "the sentence that drafts may be cleared",
        &format!("return document.querySelector('.drafts').textContent.includes({said})"),
    )
    .await?;
    let calm = format!(
        "const all = document.body.textContent.split({said}).length - 1; const in_hint = document.querySelector('.drafts .hint').textContent.includes({said});\
         return all === 1 && in_hint && !document.querySelector('.notice, [role=alert], dialog[open]') && window.asked === 1"
    );
    ensure(
        app.js(&calm, vec![]).await? == true,
        format!(
            "the sentence is repeated or in the way, or the browser was asked again ({} times)",
            app.js("return window.asked", vec![]).await?
        ),
    )?;
    // Where the browser agrees, nothing is said.
    app.cdp(
        "Page.addScriptToEvaluateOnNewDocument",
        json!({ "source": "window.granted = true" }),
    )
    .await?;
    app.reload().await?;
    open(app, "One").await?;
    app.wait("the question", "return window.asked === 1")
        .await?;
    start(app).await?;
    listed(app, "One").await?;
    ensure(
        app.js(
            &format!("return !document.body.textContent.includes({said})"),
            vec![],
        )
        .await?
            == true,
        "a browser that keeps drafts is said to clear them",
    )
}
