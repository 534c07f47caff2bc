//! How fast the app is in a browser: a key's way to the painted preview, the main thread's work for it, opening a post,
//! inputs made to be slow. A page with nothing but a textarea is measured beside it, in the same run.
//!
//! Prints tables and judges nothing: a slow machine is not a fault.

#![allow(clippy::print_stdout, reason = "a program that reports to a terminal")]

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};

use crate::app::{App, Failed, Outcome};

/// Keys typed at each size.
const KEYS: usize = 60;

/// Between two keys: ten a second, a fast typist.
const GAP: Duration = Duration::from_millis(100);

/// In the app's page: notes for each key when the preview that shows it was painted. An animation frame comes before the
/// paint; a message that is sent in it arrives after.
const WATCH: &str = "window.times = []; let pressed = null;\
    const article = document.querySelector('iframe[title=\"Article preview\"]').contentDocument.querySelector('article');\
    window.painted = then => requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = then; c.port2.postMessage(0); });\
    document.addEventListener('keydown', e => { pressed ??= e.timeStamp; }, true);\
    new MutationObserver(() => { if (pressed === null) return; const start = pressed; pressed = null; painted(() => times.push(performance.now() - start)); })\
        .observe(article, { subtree: true, childList: true, characterData: true });";

/// The same for a page that is only a textarea, with the caret in the middle of `arguments[0]`.
const BARE: &str = "document.body.innerHTML = '<textarea style=\"width: 700px; height: 800px; font: 16px monospace\"></textarea>';\
    const area = document.querySelector('textarea'); area.value = arguments[0];\
    const middle = area.value.indexOf(' ', area.value.length / 2); area.setSelectionRange(middle, middle); area.blur(); area.focus();\
    window.times = []; let pressed = null;\
    window.painted = then => requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = then; c.port2.postMessage(0); });\
    document.addEventListener('keydown', e => { pressed ??= e.timeStamp; }, true);\
    area.addEventListener('input', () => { const start = pressed; pressed = null; painted(() => times.push(performance.now() - start)); });";

/// A paragraph in the middle of the article, brought to the screen: where it is in the window.
const MIDDLE: &str = "const frame = document.querySelector('iframe[title=\"Article preview\"]');\
    const all = [...frame.contentDocument.querySelectorAll('article > p')].filter(p => p.textContent.length > 120);\
    const p = all[Math.floor(all.length / 2)]; p.scrollIntoView({ block: 'center' });\
    const a = frame.getBoundingClientRect(), b = p.getBoundingClientRect(), k = a.width / frame.clientWidth;\
    return [a.left + (b.left + 60) * k, a.top + (b.top + 8) * k];";

/// Measures everything.
pub async fn run(app: &App<'_>, shared: Option<&Path>) -> Outcome {
    println!(
        "From a key to its paint, and the main thread's work for a key, in ms; keys that were painted, of {KEYS}\n\
         {:<22} {:>8} {:>8} {:>8} {:>8} {:>8} {:>8} {:>8} {:>8} {:>8}",
        "", "p50", "p95", "p99", "max", "work", "scripts", "styles", "layout", "painted"
    );
    for (name, size) in [("10 kB", 10_000), ("100 kB", 100_000), ("1 MB", 1_000_000)] {
        let post = post(shared, size);
        typing(app, name, &post).await?;
        bare(app, name, &post).await?;
    }
    if let Some(shared) = shared {
        pathological(app, shared).await?;
    }
    Ok(())
}

/// A post of about `size` bytes: real ones, joined, where they are to be had.
fn post(shared: Option<&Path>, size: usize) -> String {
    let mut bodies = Vec::new();
    if let Some(shared) = shared {
        collect(&shared.join("corpus/posts"), &mut bodies);
        bodies.sort();
    }
    if bodies.is_empty() {
        bodies.push(crate::frame::long_post());
    }
    let mut text = "---\ntitle: A long post\ndate: 2026-01-02T00:00:00Z\n---\n".to_owned();
    for post in bodies.iter().cycle() {
        text.push_str(post.splitn(3, "---\n").nth(2).unwrap_or_default());
        if text.len() >= size {
            break;
        }
    }
    text
}

fn collect(folder: &Path, posts: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, posts);
        } else if path.ends_with("index.md") {
            posts.extend(std::fs::read_to_string(path));
        }
    }
}

async fn typing(app: &App<'_>, name: &str, post: &str) -> Outcome {
    let opened = open(app, post).await?;
    let place = app.js(MIDDLE, vec![]).await?;
    press(app, &place).await?;
    app.wait(
        "the caret in the text",
        "return !!document.activeElement.closest('#markdown, #part-text')",
    )
    .await?;
    app.js(WATCH, vec![]).await?;
    measure(app, &format!("{name}, the app")).await?;
    println!(
        "{:<22} {opened:>8.0}  ms from the file to the painted preview",
        "  opening"
    );
    Ok(())
}

async fn bare(app: &App<'_>, name: &str, post: &str) -> Outcome {
    app.driver.goto("about:blank").await?;
    app.js(BARE, vec![json!(post)]).await?;
    measure(app, &format!("{name}, a textarea")).await?;
    app.reload().await
}

/// Opens a post; the time from the file's choice to the painted preview, in ms.
async fn open(app: &App<'_>, post: &str) -> Result<f64, Failed> {
    app.reload().await?;
    app.js(
        "window.opening = 0; document.querySelector('[data-testid=\"open-file\"]').addEventListener('change', e => {\
            const start = performance.now();\
            const look = () => { const frame = document.querySelector('iframe[title=\"Article preview\"]');\
                const there = frame?.contentDocument?.querySelector('article')?.childElementCount > 0;\
                requestAnimationFrame(() => { if (!there) return look(); const c = new MessageChannel(); c.port1.onmessage = () => { opening = performance.now() - start; }; c.port2.postMessage(0); }); };\
            look(); }, true);",
        vec![],
    )
    .await?;
    // A name of its own: a question about another post's draft is not what is measured.
    let name = format!("{}.md", post.len());
    app.open_bytes(&name, post.as_bytes()).await?;
    app.wait("the painted preview", "return window.opening > 0")
        .await?;
    Ok(app
        .js("return window.opening", vec![])
        .await?
        .as_f64()
        .unwrap_or_default())
}

/// Types at the start of the text, at ten keys a second; the longest time from a key to the text pane that shows it, in ms.
async fn longest_wait(app: &App<'_>) -> Result<f64, Failed> {
    app.js(
        "const pane = document.getElementById('markdown'); pane.focus(); window.waits = [];\
         pane.addEventListener('keydown', e => { requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = () => waits.push(performance.now() - e.timeStamp); c.port2.postMessage(0); }); }, true);",
        vec![],
    )
    .await?;
    for _ in 0..15 {
        key(app).await?;
        tokio::time::sleep(GAP).await;
    }
    app.wait("all keys", "return waits.length === 15").await?;
    let longest = app.js("return Math.max(...waits)", vec![]).await?;
    Ok(longest.as_f64().unwrap_or(f64::NAN))
}

async fn press(app: &App<'_>, place: &Value) -> Outcome {
    for kind in ["mousePressed", "mouseReleased"] {
        let event = json!({ "type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1 });
        app.cdp("Input.dispatchMouseEvent", event).await?;
    }
    Ok(())
}

/// Types, and prints what it took.
async fn measure(app: &App<'_>, name: &str) -> Outcome {
    app.cdp("Performance.enable", json!({})).await?;
    // The first keys find everything cold.
    for _ in 0..5 {
        key(app).await?;
        tokio::time::sleep(GAP).await;
    }
    app.js("times.length = 0", vec![]).await?;
    let before = worked(app).await?;
    for _ in 0..KEYS {
        key(app).await?;
        tokio::time::sleep(GAP).await;
    }
    tokio::time::sleep(GAP * 5).await;
    let after = worked(app).await?;
    let [work, script, style, layout] = [0, 1, 2, 3].map(|at| {
        let spent = after
            .get(at)
            .zip(before.get(at))
            .map(|(after, before)| after - before);
        spent.unwrap_or_default() * 1000.0 / KEYS as f64
    });
    let times = app.js("return times", vec![]).await?;
    let mut times: Vec<f64> = times
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_f64)
        .collect();
    times.sort_by(f64::total_cmp);
    let part = |share: f64| {
        let at = ((times.len() as f64 * share).ceil() as usize).clamp(1, times.len().max(1)) - 1;
        times.get(at).copied().unwrap_or(f64::NAN)
    };
    println!(
        "{name:<22} {:>8.1} {:>8.1} {:>8.1} {:>8.1} {work:>8.1} {script:>8.1} {style:>8.1} {layout:>8.1} {:>8}",
        part(0.5),
        part(0.95),
        part(0.99),
        part(1.0),
        times.len(),
    );
    Ok(())
}

async fn key(app: &App<'_>) -> Outcome {
    let down = json!({ "type": "keyDown", "text": "e", "key": "e", "code": "KeyE", "windowsVirtualKeyCode": 69 });
    app.cdp("Input.dispatchKeyEvent", down).await?;
    let up = json!({ "type": "keyUp", "key": "e", "code": "KeyE", "windowsVirtualKeyCode": 69 });
    app.cdp("Input.dispatchKeyEvent", up).await?;
    Ok(())
}

/// What the main thread did so far, in seconds: everything, scripts, styles, layout.
async fn worked(app: &App<'_>) -> Result<[f64; 4], Failed> {
    let metrics = app.cdp("Performance.getMetrics", json!({})).await?;
    let all = metrics["metrics"].as_array();
    let value = |name: &str| {
        let mut all = all.into_iter().flatten();
        let found = all.find(|metric| metric["name"] == name);
        found
            .and_then(|metric| metric["value"].as_f64())
            .unwrap_or_default()
    };
    let names = [
        "TaskDuration",
        "ScriptDuration",
        "RecalcStyleDuration",
        "LayoutDuration",
    ];
    Ok(names.map(value))
}

/// Inputs made to be slow: from the file to the painted preview, for n and 2n, and the longest wait of a key.
async fn pathological(app: &App<'_>, shared: &Path) -> Outcome {
    let list = std::fs::read(shared.join("vectors/md_pathological_params.json"))?;
    let list: Value = serde_json::from_slice(&list)?;
    println!(
        "\n{:<54} {:>9} {:>9} {:>6} {:>9}",
        "inputs made to be slow", "n, ms", "2n, ms", "ratio", "key, ms"
    );
    for vector in list["vectors"].as_array().into_iter().flatten() {
        let text = |times: u64| {
            let part = |text: &str, count: &str| {
                let count = vector[count].as_u64().unwrap_or(1) * times;
                vector[text]
                    .as_str()
                    .unwrap_or_default()
                    .repeat(usize::try_from(count).unwrap_or(1))
            };
            format!(
                "---\ntitle: Slow\n---\n\n{}{}{}{}",
                vector["prefix"].as_str().unwrap_or_default(),
                part("repeat", "n"),
                vector["mid"].as_str().unwrap_or_default(),
                part("repeat2", "n2"),
            )
        };
        let two = open(app, &text(2)).await?;
        let one = open(app, &text(1)).await?;
        let wait = longest_wait(app).await?;
        let name = vector["name"].as_str().unwrap_or_default();
        println!(
            "{name:<54} {one:>9.0} {two:>9.0} {:>6.2} {wait:>9.0}",
            two / one
        );
    }
    Ok(())
}
