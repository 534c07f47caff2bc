//! What is promised about drafts, with figures: browsers killed while someone types, pages left right after a key, a full
//! storage, broken transactions, damaged records. Each with its control: the same with nothing stored loses text.

mod control;
mod many;
mod storage;
mod tabs;
mod typing;

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::json;
use thirtyfour::prelude::*;

use crate::app::{App, Failed, Outcome, ensure};
use crate::chrome::ChromeDriver;
use crate::drafts::open;

/// How often each is done.
#[derive(Debug, Clone, Copy)]
pub struct Counts {
    kills: u32,
    leavings: u32,
    aborts: u32,
    damaged: u32,
    /// Orders of what two tabs do.
    orders: u32,
    /// Of pictures, beside 200 drafts.
    megabytes: u32,
    /// How long someone types.
    typing: Duration,
    /// Of storages, in bytes.
    sizes: &'static [u32],
}

impl Counts {
    /// As many as the promise names.
    pub const FULL: Self = Self {
        kills: 100,
        leavings: 50,
        aborts: 20,
        damaged: 200,
        orders: 50,
        megabytes: 2000,
        typing: Duration::from_secs(60),
        sizes: &[500_000, 1_000_000, 5_000_000],
    };

    /// Enough to notice when something breaks.
    pub const SHORT: Self = Self {
        kills: 5,
        leavings: 5,
        aborts: 5,
        damaged: 40,
        orders: 4,
        megabytes: 20,
        typing: Duration::from_secs(5),
        sizes: &[500_000, 1_000_000],
    };
}

/// A page of which nothing is stored: neither in the database nor in localStorage.
const NOTHING_STORED: &str = "Object.defineProperty(window, 'indexedDB', { get: () => undefined }); Storage.prototype.setItem = () => {};";

/// 20 keys a second.
const KEY: Duration = Duration::from_millis(50);

/// Runs all of it, or the part that has this name, and prints the figures.
pub async fn run(
    chrome: &ChromeDriver,
    origin: &str,
    counts: Counts,
    part: Option<&str>,
) -> Outcome {
    let wanted = |name: &str| part.is_none_or(|part| part == name);
    if wanted("kills") {
        kills(chrome, origin, counts.kills, None).await?;
        kills(chrome, origin, 1, Some(NOTHING_STORED)).await?;
    }
    if wanted("leavings") {
        leavings(chrome, origin, counts.leavings, None).await?;
        leavings(chrome, origin, 1, Some(NOTHING_STORED)).await?;
    }
    if wanted("typing") {
        typing::run(chrome, origin, counts.typing, false).await?;
        typing::run(chrome, origin, Duration::from_secs(2), true).await?;
    }
    if wanted("tabs") {
        tabs::run(chrome, origin, counts.orders, false).await?;
        tabs::run(chrome, origin, 1, true).await?;
    }
    if wanted("many") {
        many::run(chrome, origin, 200, counts.megabytes).await?;
    }
    if wanted("aborts") {
        storage::aborts(chrome, origin, counts.aborts, false).await?;
        storage::aborts(chrome, origin, 2, true).await?;
    }
    if wanted("quota") {
        storage::quota(chrome, origin, counts.sizes, false).await?;
        storage::quota(chrome, origin, &counts.sizes[..1], true).await?;
    }
    if wanted("damaged") {
        storage::damaged(chrome, origin, counts.damaged, false).await?;
        storage::damaged(chrome, origin, 10, true).await?;
    }
    Ok(())
}

async fn inject(app: &App<'_>, script: Option<&str>) -> Outcome {
    if let Some(source) = script {
        app.cdp(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({ "source": source }),
        )
        .await?;
        app.reload().await?;
    }
    Ok(())
}

/// Opens a post with this title and puts the caret at the end of its text.
async fn begin(app: &App<'_>, title: &str) -> Outcome {
    let post = format!("---\ntitle: {title}\n---\nText: ");
    app.open_bytes(&format!("{title}.md"), post.as_bytes())
        .await?;
    let pane = app.field("Markdown").await?;
    pane.click().await?;
    pane.send_keys(Key::Control + Key::End).await?;
    Ok(())
}

/// One key, as the browser gets it; answered once it was handled.
async fn key(app: &App<'_>, letter: char) -> Outcome {
    app.cdp(
        "Input.dispatchKeyEvent",
        json!({ "type": "keyDown", "text": letter.to_string(), "key": letter.to_string() }),
    )
    .await?;
    app.cdp(
        "Input.dispatchKeyEvent",
        json!({ "type": "keyUp", "key": letter.to_string() }),
    )
    .await?;
    Ok(())
}

/// The letter of a place in what is typed: no two stretches are alike for long.
fn letter(at: usize) -> char {
    let places = b"abcdefghijklmnopqrstuvwxyz";
    let index = (at * 7 + at / 26) % places.len();
    char::from(places[index])
}

/// What was typed into the post, as the pane shows it.
async fn typed(app: &App<'_>) -> Result<String, Failed> {
    let text = app
        .text("return (document.querySelector('.cm-content') ?? document.getElementById('markdown')).textContent")
        .await?;
    Ok(text.trim_start_matches("Text:").trim_start().to_owned())
}

/// Some milliseconds that are others each time, without a library for it.
fn random(below: u64) -> u64 {
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap_or_default();
    let mut x = u64::from(now.subsec_nanos()) | 1;
    for _ in 0..8 {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
    }
    x % below.max(1)
}

/// The processes of the browser with this profile: itself and what it started.
fn processes(profile: &Path) -> Vec<u32> {
    let mut all: Vec<(u32, u32, bool)> = Vec::new();
    let Ok(entries) = std::fs::read_dir("/proc") else {
        return Vec::new();
    };
    let flag = format!("--user-data-dir={}", profile.display());
    for entry in entries.filter_map(Result::ok) {
        let Ok(id) = entry.file_name().to_string_lossy().parse::<u32>() else {
            continue;
        };
        let line = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
        let line = String::from_utf8_lossy(&line).into_owned();
        let stat = std::fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        // The name may have spaces; the parent is the second word behind it.
        let parent = stat
            .rsplit_once(')')
            .and_then(|(_, rest)| rest.split_whitespace().nth(1)?.parse().ok());
        let ours = line.split('\0').any(|part| part == flag);
        all.push((id, parent.unwrap_or_default(), ours));
    }
    let mut found: Vec<u32> = all.iter().filter(|(.., ours)| *ours).map(|p| p.0).collect();
    let mut at = 0;
    while let Some(parent) = found.get(at).copied() {
        let children: Vec<u32> = all
            .iter()
            .filter(|(id, of, _)| *of == parent && !found.contains(id))
            .map(|p| p.0)
            .collect();
        found.extend(children);
        at += 1;
    }
    found
}

/// Kills while someone types, and looks what is there afterwards.
async fn kills(chrome: &ChromeDriver, origin: &str, count: u32, off: Option<&str>) -> Outcome {
    let mut losses: Vec<u64> = Vec::new();
    let (mut unreadable, mut lost_all) = (0, 0);
    for round in 0..count {
        let profile = tempfile::tempdir()?;
        let app = App::open_with(chrome, origin, profile.path()).await?;
        inject(&app, off).await?;
        let title = format!("Killed {round}");
        begin(&app, &title).await?;
        let mut when: Vec<Instant> = Vec::new();
        let mut sent = String::new();
        let until = Instant::now() + Duration::from_millis(1000 + random(2500));
        let ids = processes(profile.path());
        ensure(!ids.is_empty(), "the browser’s processes were not found")?;
        while Instant::now() < until {
            let next = Instant::now() + KEY;
            let letter = letter(sent.len());
            key(&app, letter).await?;
            sent.push(letter);
            when.push(Instant::now());
            if next < until {
                tokio::time::sleep_until(next.into()).await;
            }
        }
        // Processes may have come since; those that have gone are no matter.
        let mut ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
        ids.extend(processes(profile.path()).iter().map(ToString::to_string));
        let killed = Instant::now();
        let _ = Command::new("kill")
            .arg("-9")
            .args(&ids)
            .stderr(std::process::Stdio::null())
            .status()?;
        app.forget();
        for lock in ["SingletonLock", "SingletonCookie", "SingletonSocket"] {
            let _ = std::fs::remove_file(profile.path().join(lock));
        }
        let app = App::open_with(chrome, origin, profile.path()).await?;
        let there = app
            .wait_for(
                Duration::from_secs(if off.is_some() { 2 } else { 15 }),
                &format!(
                    "return [...document.querySelectorAll('.drafts b')].some(b => b.textContent === {})",
                    json!(title)
                ),
            )
            .await?;
        if there {
            open(&app, &title).await?;
            let back = typed(&app).await?;
            if sent.starts_with(&back) {
                let first_lost = when.get(back.len());
                let lost = first_lost.map_or(0, |at| killed.duration_since(*at).as_millis());
                losses.push(u64::try_from(lost).unwrap_or(u64::MAX));
            } else {
                unreadable += 1;
                println!("           not a prefix: “{back}” of “{sent}”");
            }
        } else {
            lost_all += 1;
        }
        app.close().await?;
    }
    if off.is_some() {
        println!("  control  {count} kills with nothing stored: {lost_all} drafts lost");
        return ensure(
            lost_all == count,
            "the control loses no text: the harness measures nothing",
        );
    }
    losses.sort_unstable();
    let median = losses.get(losses.len() / 2).copied().unwrap_or_default();
    let most = losses.last().copied().unwrap_or_default();
    println!(
        "  soak     {count} kills: typing lost at most {most} ms, median {median} ms; unreadable {unreadable}, lost whole {lost_all}"
    );
    ensure(
        unreadable == 0 && lost_all == 0 && most <= 500 && median <= 250,
        "a kill costs more than was promised",
    )
}

/// How a page is left.
#[derive(Debug, Clone, Copy)]
enum Way {
    Reload,
    Navigate,
    Close,
}

impl Way {
    /// The place of what the page does to itself in [`LEAVE`].
    const fn number(self) -> u8 {
        match self {
            Self::Reload => 0,
            Self::Navigate => 1,
            Self::Close => 2,
        }
    }
}

/// At the next key the page leaves, in one of the ways and after some ms, and notes how long after the key that is.
const LEAVE: &str = "const [way, ms] = arguments; window.leaves = true; localStorage.removeItem('left-after');\
    const ways = [() => location.reload(), () => location.assign('about:blank'), () => window.close()];\
    addEventListener('keydown', () => { const at = performance.now();\
    setTimeout(() => { localStorage.setItem('left-after', performance.now() - at); ways[way](); }, ms); }, { capture: true, once: true });";

/// How soon after a key the page is to be left, in ms.
const SOON: f64 = 50.0;

/// Leaves the page right after a key.
async fn leavings(chrome: &ChromeDriver, origin: &str, count: u32, off: Option<&str>) -> Outcome {
    let app = App::open(chrome, origin).await?;
    inject(&app, off).await?;
    let mut lost = 0;
    let (mut within, mut late) = (0.0_f64, 0);
    let home = app.driver.window().await?;
    for way in [Way::Reload, Way::Navigate, Way::Close] {
        let (mut round, mut soon) = (0, 0);
        // A busy machine may come too late; that is done again, and nothing may be lost then either.
        while soon < count {
            round += 1;
            ensure(round <= 4 * count, "the machine is too busy for this")?;
            let title = format!("{way:?} {round}");
            if matches!(way, Way::Close) {
                // A page closes only what a page opened.
                let before = app.driver.windows().await?;
                app.js(
                    "localStorage.removeItem('left-after'); window.open(location.href)",
                    vec![],
                )
                .await?;
                let all = app.driver.windows().await?;
                let opened = all.into_iter().find(|window| !before.contains(window));
                let opened = opened.ok_or(Failed("no window was opened".to_owned()))?;
                app.driver.switch_to_window(opened).await?;
                inject(&app, off).await?;
                app.wait("the app", "return !!document.querySelector('main.start')")
                    .await?;
            }
            begin(&app, &title).await?;
            let mut sent = String::new();
            for at in 0..(3 + usize::try_from(random(20)).unwrap_or_default()) {
                key(&app, letter(at)).await?;
                sent.push(letter(at));
            }
            let last = letter(sent.len());
            sent.push(last);
            app.js(LEAVE, vec![json!(way.number()), json!(random(25))])
                .await?;
            let windows = app.driver.windows().await?.len();
            // The page may be gone before it answers.
            let _ = app
                .cdp(
                    "Input.dispatchKeyEvent",
                    json!({ "type": "keyDown", "text": last.to_string(), "key": last.to_string() }),
                )
                .await;
            if matches!(way, Way::Close) {
                let deadline = Instant::now() + Duration::from_secs(15);
                while app.driver.windows().await?.len() == windows {
                    ensure(Instant::now() < deadline, "the window does not close")?;
                }
                app.driver.switch_to_window(home.clone()).await?;
            } else {
                // What is asked of a page that goes gets no answer.
                let deadline = Instant::now() + Duration::from_secs(15);
                while !app
                    .js("return !window.leaves", vec![])
                    .await
                    .is_ok_and(|left| left == true)
                {
                    ensure(Instant::now() < deadline, "the page is not left")?;
                }
            }
            app.reload().await?;
            let took = app
                .text("return localStorage.getItem('left-after') ?? 'never'")
                .await?;
            let took: f64 = match off {
                None => took
                    .parse()
                    .map_err(|_| Failed(format!("{way:?}: the page was left {took}")))?,
                Some(_) => 0.0,
            };
            if took <= SOON {
                soon += 1;
                within = within.max(took);
            } else {
                late += 1;
            }
            let there = app
                .wait_for(
                    Duration::from_secs(if off.is_some() { 1 } else { 15 }),
                    &format!(
                        "return [...document.querySelectorAll('.drafts b')].some(b => b.textContent === {})",
                        json!(title)
                    ),
                )
                .await?;
            let back = if there {
                open(&app, &title).await?;
                typed(&app).await?
            } else {
                String::new()
            };
            if back != sent {
                lost += sent.len() - back.len().min(sent.len());
                if off.is_none() {
                    println!("           {way:?}: “{back}” of “{sent}”");
                }
            }
            if there {
                app.reload().await?;
            }
        }
    }
    app.close().await?;
    if off.is_some() {
        println!("  control  leaving with nothing stored: {lost} characters lost");
        return ensure(lost > 0, "the control loses no text");
    }
    println!(
        "  soak     {count} reloads, {count} navigations, {count} closes right after a key: {lost} characters lost (at most {} ms after it; {late} more were later)",
        within.ceil()
    );
    ensure(lost == 0, "leaving the page loses text")
}
