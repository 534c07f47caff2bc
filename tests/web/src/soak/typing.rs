//! Someone types without a pause; a second page looks how far the storage is.

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::app::{App, Outcome, ensure};
use crate::chrome::ChromeDriver;

use super::{KEY, NOTHING_STORED, begin, inject, key, letter};

/// Looks every 100 ms how many edits the storage has without a gap: those of the newest whole text, and those behind it.
/// Notes that with the time by which it was so.
const LOOK: &str = "window.looks = []; setInterval(() => { try { const r = indexedDB.open('recap-editor'); r.onsuccess = () => {\
    const db = r.result; const done = stored => { db.close(); looks.push([Date.now(), stored]); };\
    if (!db.objectStoreNames.contains('records')) return done(0);\
    const q = db.transaction('records').objectStore('records').getAllKeys(); q.onsuccess = () => {\
    const of = kind => q.result.map(k => k.split('/')).filter(k => k[2] === kind).map(k => parseInt(k[3], 16));\
    const wholes = of('s'); if (!wholes.length) return done(0); let last = Math.max(...wholes); const entries = new Set(of('e'));\
    while (entries.has(last + 1)) last++; done(last + 1); }; }; } catch (e) { looks.push([Date.now(), 0]); } }, 100);";

/// Notes when each key came.
const KEYS: &str = "window.keys = []; addEventListener('keydown', () => keys.push(Date.now()), { capture: true });";

/// Types for so long; prints how old the oldest key was that was not stored.
pub(super) async fn run(
    chrome: &ChromeDriver,
    origin: &str,
    length: Duration,
    off: bool,
) -> Outcome {
    let app = App::open(chrome, origin).await?;
    let off_script = off.then_some(NOTHING_STORED);
    inject(&app, off_script).await?;
    let writes = app.driver.window().await?;
    let looks = app.driver.new_tab().await?;
    app.driver.switch_to_window(looks.clone()).await?;
    inject(&app, off_script).await?;
    app.reload().await?;
    app.js(LOOK, vec![]).await?;
    app.driver.switch_to_window(writes).await?;
    begin(&app, "Typed on").await?;
    app.js(KEYS, vec![]).await?;
    let end = Instant::now() + length;
    let mut sent = 0;
    while Instant::now() < end {
        let next = Instant::now() + KEY;
        sent += 1;
        key(&app, letter(sent)).await?;
        tokio::time::sleep_until(next.into()).await;
    }
    let ended = app.js("return [Date.now(), window.keys]", vec![]).await?;
    app.driver.switch_to_window(looks).await?;
    let looked = app.js("return window.looks", vec![]).await?;
    app.close().await?;
    let times = |value: &Value| -> Vec<f64> {
        let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
        list.iter().filter_map(Value::as_f64).collect()
    };
    let keys = times(&ended[1]);
    let end = ended[0].as_f64().unwrap_or_default();
    let (mut oldest, mut count) = (0.0_f64, 0);
    for look in looked.as_array().map(Vec::as_slice).unwrap_or_default() {
        let (at, stored) = (look[0].as_f64().unwrap_or_default(), look[1].as_u64());
        let stored = usize::try_from(stored.unwrap_or_default())?;
        if let Some(key) = keys.get(stored).filter(|key| **key <= at && at <= end) {
            oldest = oldest.max(at - key);
        }
        count += u32::from(keys.first().is_some_and(|first| *first <= at) && at <= end);
    }
    if off {
        println!(
            "  control  typing with nothing stored: the oldest unsaved key is {oldest} ms old"
        );
        return ensure(oldest > 500.0, "the control stores what was typed");
    }
    let longest = keys
        .windows(2)
        .map(|two| two[1] - two[0])
        .fold(0.0, f64::max);
    println!(
        "  soak     {} s of typing, {} keys, at most {longest} ms apart, {count} looks: the oldest unsaved key was {oldest} ms old",
        length.as_secs(),
        keys.len(),
    );
    ensure(
        oldest <= 500.0 && u64::from(count) > 5 * length.as_secs(),
        "a key waits longer than was promised, or nobody looked",
    )
}
