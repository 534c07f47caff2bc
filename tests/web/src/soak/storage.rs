//! A storage that fails: broken transactions, no room, records that came to harm. Each with its control.

use std::time::Instant;

use serde_json::json;

use crate::app::{App, Failed, Outcome, ensure};
use crate::chrome::ChromeDriver;
use crate::drafts::{open, status};

use super::control::{DROPS, EARLY};
use super::{begin, inject, key, letter, typed};

/// Notes each sentence of the status with its time.
const WATCH: &str = "window.said = []; const note = () => { const s = document.querySelector('[role=status]')?.textContent; if (s && s !== window.said.at(-1)?.[1]) window.said.push([performance.now(), s]); };\
    new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true }); note();";

/// How often “Saved” was said after the first transaction was broken off.
const LIES: &str = "window.said.filter(s => window.first !== undefined && s[0] > window.first && s[1].includes('Saved in')).length";

/// Every write fails for a while: that is told within a second, “saved” is not said meanwhile, and all is well after.
pub(super) async fn aborts(
    chrome: &ChromeDriver,
    origin: &str,
    count: u32,
    early: bool,
) -> Outcome {
    let app = App::open(chrome, origin).await?;
    inject(
        &app,
        Some("window.after = -1; const put = IDBObjectStore.prototype.put;\
          IDBObjectStore.prototype.put = function (...a) { const r = put.apply(this, a); if (window.after === 0) { window.first ??= performance.now(); this.transaction.abort(); } else if (window.after > 0) window.after--; return r; };"),
    )
    .await?;
    inject(&app, early.then_some(EARLY)).await?;
    begin(&app, "Aborted").await?;
    key(&app, 'x').await?;
    status(&app, "Saved in this browser").await?;
    app.js(WATCH, vec![]).await?;
    let (mut slowest, mut back) = (0.0_f64, 0.0_f64);
    let mut lies = 0;
    for point in 0..count {
        app.js(
            "window.said = []; window.first = undefined; window.after = arguments[0]",
            vec![json!(point % 4)],
        )
        .await?;
        for at in 0..12 {
            key(&app, letter(at)).await?;
        }
        if early {
            // It is never told: the harness has to see what is said instead.
            app.wait("a “Saved” that is none", &format!("return {LIES} > 0"))
                .await?;
            lies += app
                .js(&format!("return {LIES}"), vec![])
                .await?
                .as_u64()
                .unwrap_or_default();
            continue;
        }
        status(&app, "Not saved: ").await?;
        let told = app
            .js(
                &format!("const n = window.said.find(s => s[1].includes('Not saved')); const lies = {LIES};\
                 window.after = -1; window.mended = performance.now(); return [n[0] - window.first, lies]"),
                vec![],
            )
            .await?;
        slowest = slowest.max(told[0].as_f64().unwrap_or(f64::INFINITY));
        lies += told[1].as_u64().unwrap_or(1);
        status(&app, "Saved in this browser").await?;
        let saved = app
            .js(
                "return window.said.findLast(s => s[1].includes('Saved in'))[0] - window.mended",
                vec![],
            )
            .await?;
        back = back.max(saved.as_f64().unwrap_or(f64::INFINITY));
    }
    app.close().await?;
    if early {
        println!(
            "  control  {count} broken transactions, “Saved” said before the end: {lies} false “Saved” seen"
        );
        return ensure(
            lies >= u64::from(count),
            "the control’s false “Saved” is not seen",
        );
    }
    println!(
        "  soak     {count} broken transactions: “Not saved” at most {slowest:.0} ms after the first, false “Saved” {lies}, saved again at most {back:.0} ms after it works"
    );
    ensure(
        slowest <= 1000.0 && lies == 0 && back <= 2000.0,
        "the status does not say what is so",
    )
}

/// Bytes that cannot be made smaller: the browser does that with what it stores, and counts what is left of it.
fn noise(count: usize) -> Vec<u8> {
    let mut x = 0x9e37_79b9_7f4a_7c15_u64;
    let mut bytes = Vec::with_capacity(count + 8);
    while bytes.len() < count {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
        bytes.extend(x.to_le_bytes());
    }
    bytes.truncate(count);
    bytes
}

/// A storage that is full.
pub(super) async fn quota(
    chrome: &ChromeDriver,
    origin: &str,
    sizes: &[u32],
    early: bool,
) -> Outcome {
    for size in sizes.iter().copied() {
        let app = App::open(chrome, origin).await?;
        inject(&app, early.then_some(EARLY)).await?;
        app.cdp(
            "Storage.overrideQuotaForOrigin",
            json!({ "origin": origin, "quotaSize": size }),
        )
        .await?;
        let folder = app.downloads();
        let (post, image) = (folder.join("index.md"), folder.join("a.png"));
        std::fs::write(&post, "---\ntitle: Full\n---\nText: ")?;
        std::fs::write(&image, noise(8_000_000))?;
        app.choose(&[&post, &image]).await?;
        app.editor().await?;
        app.js(WATCH, vec![]).await?;
        let pane = app.field("Markdown").await?;
        pane.click().await?;
        pane.send_keys("x").await?;
        if early {
            status(&app, "Saved in this browser").await?;
            app.reload().await?;
            // Nothing of it is there: the harness would have seen a “Saved” that is none.
            let listed = app
                .wait_for(
                    std::time::Duration::from_secs(2),
                    "return [...document.querySelectorAll('.drafts button.open b')].some(b => b.textContent === 'Full')",
                )
                .await?;
            let whole = listed
                && {
                    open(&app, "Full").await?;
                    !app.wait_for(
                        std::time::Duration::from_secs(2),
                        "return !!document.querySelector('.notice')?.textContent.includes('Not stored with the draft')",
                    )
                    .await?
                };
            app.close().await?;
            println!(
                "  control  {:.1} MB of storage, “Saved” said before the end: seen, and what was said to be saved is {}",
                f64::from(size) / 1e6,
                if whole { "there" } else { "not there" }
            );
            ensure(
                !whole,
                "the control’s “Saved” was true: the harness measures nothing",
            )?;
            continue;
        }
        if let Err(Failed(why)) = status(&app, "Not saved: the browser’s storage is full").await {
            return Err(Failed(format!(
                "{why}: {}",
                app.text("return JSON.stringify(window.said)").await?
            )));
        }
        let lies = app
            .js(
                "return window.said.filter(s => s[1].includes('Saved in')).length",
                vec![],
            )
            .await?;
        let told = app
            .js("return window.said.find(s => s[1].includes('Not saved'))[0] - window.said.find(s => s[1].includes('Saving'))[0]", vec![])
            .await?;
        app.cdp(
            "Storage.overrideQuotaForOrigin",
            json!({ "origin": origin }),
        )
        .await?;
        let lifted = Instant::now();
        status(&app, "Saved in this browser").await?;
        let back = lifted.elapsed().as_millis();
        app.close().await?;
        println!(
            "  soak     {:.1} MB of storage, 8 MB to store: “Not saved” after {:.0} ms, false “Saved” {lies}, saved {back} ms after there is room",
            f64::from(size) / 1e6,
            told.as_f64().unwrap_or(f64::INFINITY),
        );
        ensure(
            lies == 0 && back <= 2000 && told.as_f64().is_some_and(|ms| ms <= 1000.0),
            "a full storage is not told as it is",
        )?;
    }
    Ok(())
}

/// Records that came to harm stop nothing.
pub(super) async fn damaged(
    chrome: &ChromeDriver,
    origin: &str,
    count: u32,
    drops: bool,
) -> Outcome {
    let app = App::open(chrome, origin).await?;
    begin(&app, "Whole").await?;
    key(&app, 'x').await?;
    status(&app, "Saved in this browser").await?;
    app.press("Close").await?;
    app.driver
        .execute_async(
            "const [count, done] = arguments; const r = indexedDB.open('recap-editor'); r.onsuccess = () => {\
             const db = r.result; const t = db.transaction(['cards', 'records'], 'readwrite'); let seed = 7; const rnd = n => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;\
             const harm = (v, way) => { const b = v.slice(); if (way === 0) { b[rnd(b.length)] ^= 1 << rnd(8); return b; } if (way === 1) return b.slice(0, rnd(b.length));\
               if (way === 2) return ['text', 5, null, { a: 1 }][rnd(4)]; if (way === 3) { b[6] = 9; return b; } b[6] = 0; return b; };\
             for (const name of ['cards', 'records']) { const s = t.objectStore(name); const keys = s.getAllKeys(); const values = s.getAll();\
               values.onsuccess = () => { for (let i = 0; i < count; i++) values.result.forEach((v, n) => {\
                 s.put(harm(v, i % 5), (0xabc0000000000000n + BigInt(i)).toString(16) + keys.result[n].slice(16)); }); }; }\
             t.oncomplete = () => { db.close(); done(true); }; t.onabort = () => done(String(t.error)); };",
            vec![json!(count)],
        )
        .await?;
    inject(&app, drops.then_some(DROPS)).await?;
    app.reload().await?;
    open(&app, "Whole").await?;
    let back = typed(&app).await?;
    app.press("Close").await?;
    let listed = app
        .js(
            "return document.querySelectorAll('ul[aria-label=\"Drafts in this browser\"] li').length",
            vec![],
        )
        .await?;
    let raw = app
        .js("return [...document.querySelectorAll('.drafts li button')].filter(b => b.textContent === 'Raw bytes').length", vec![])
        .await?;
    app.guard().await?;
    app.close().await?;
    let all_there = back == "x" && listed == count + 1 && raw.as_u64().is_some_and(|raw| raw > 0);
    if drops {
        println!(
            "  control  {count} damaged drafts and a reader that passes over them: {listed} listed"
        );
        return ensure(
            back == "x" && !all_there,
            "the control’s reader is not noticed",
        );
    }
    println!(
        "  soak     {count} damaged drafts beside a whole one: {listed} listed, {raw} of them to be had as raw bytes, the whole one opens with “{back}”"
    );
    ensure(all_there, "damaged records stand in the way")
}
