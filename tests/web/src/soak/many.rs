//! Many drafts with large pictures: the start screen reads only what it lists.

use serde_json::json;

use crate::app::{App, Failed, Outcome, ensure};
use crate::chrome::ChromeDriver;
use crate::drafts::status;

use super::{begin, inject, key};

/// Copies the one draft there is so often, each with a picture of so many bytes.
const COPY: &str = "const [count, size, done] = arguments; const r = indexedDB.open('recap-editor'); r.onsuccess = async () => {\
    const db = r.result; const over = t => new Promise((yes, no) => { t.oncomplete = yes; t.onabort = () => no(t.error); });\
    const read = db.transaction(['cards', 'records', 'files']); const found = [];\
    for (const name of ['cards', 'records', 'files']) { const s = read.objectStore(name); const k = s.getAllKeys(), v = s.getAll();\
      v.onsuccess = () => k.result.forEach((key, at) => found.push([name, key, v.result[at]])); }\
    await over(read);\
    const picture = new Uint8Array(size); for (let at = 0; at < size; at += 65536) crypto.getRandomValues(picture.subarray(at, Math.min(size, at + 65536)));\
    for (let i = 1; i < count; i++) { const t = db.transaction(['cards', 'records', 'files'], 'readwrite');\
      const id = (0xabc0000000000000n + BigInt(i)).toString(16);\
      for (const [name, key, value] of found) t.objectStore(name).put(value, id + key.slice(16));\
      t.objectStore('files').put(picture, id + '/picture'); await over(t); }\
    db.close(); done(true); };";

/// Notes when the list is on the screen, from the start of the page.
const WATCH: &str = "new MutationObserver((_, o) => { const n = document.querySelectorAll('ul[aria-label=\"Drafts in this browser\"] li').length;\
    if (n) { o.disconnect(); requestAnimationFrame(() => setTimeout(() => { window.listed = [n, performance.now()]; })); } }).observe(document, { subtree: true, childList: true });";

/// Prints how soon the start screen lists so many drafts.
pub(super) async fn run(
    chrome: &ChromeDriver,
    origin: &str,
    count: u32,
    megabytes: u32,
) -> Outcome {
    let app = App::open(chrome, origin).await?;
    begin(&app, "One of many").await?;
    key(&app, 'x').await?;
    status(&app, "Saved in this browser").await?;
    app.press("Close").await?;
    app.driver
        .set_script_timeout(std::time::Duration::from_secs(600))
        .await?;
    let size = u64::from(megabytes) * 1_000_000 / u64::from(count);
    let made = app
        .driver
        .execute_async(COPY, vec![json!(count), json!(size)])
        .await?;
    ensure(
        made.json().as_bool() == Some(true),
        "the drafts were not made",
    )?;
    inject(&app, Some(WATCH)).await?;
    let mut times = Vec::new();
    for _ in 0..5 {
        app.reload().await?;
        app.wait("the list", "return !!window.listed").await?;
        let listed = app.js("return window.listed", vec![]).await?;
        ensure(
            listed[0] == count,
            format!("{} of {count} drafts are listed", listed[0]),
        )?;
        times.push(listed[1].as_f64().ok_or(Failed("no time".to_owned()))?);
    }
    app.close().await?;
    times.sort_by(f64::total_cmp);
    println!(
        "  soak     {count} drafts with {megabytes} MB of pictures: the start screen lists them {:.0} ms after the page began (median of 5, at most {:.0})",
        times[2], times[4]
    );
    ensure(times[2] <= 500.0, "the start screen is too slow")
}
