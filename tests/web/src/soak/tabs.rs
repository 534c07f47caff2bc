//! Two tabs that have the same draft and type, take over and read in any order; with the browser's locks, and without
//! them, where both write.

use std::time::Duration;

use serde_json::json;
use thirtyfour::WindowHandle;

use crate::app::{App, Failed, Outcome, ensure};
use crate::chrome::ChromeDriver;
use crate::drafts::{open, status};

use super::{NOTHING_STORED, begin, inject, key, random};

/// A browser without locks and without a channel between tabs: nobody knows of the other.
const ALONE: &str = "Object.defineProperty(navigator, 'locks', { get: () => undefined }); window.BroadcastChannel = undefined;";

/// What is typed: each a letter that comes once.
fn letter(at: u32) -> char {
    char::from_u32(0x4e00 + at).unwrap_or('?')
}

/// The letters of `wanted` that a person can have back neither from the text that is open nor from a version.
const MISSED: &str = "const [wanted, done] = arguments; try { const r = indexedDB.open('recap-editor'); r.onsuccess = () => {\
    const t = r.result.transaction('versions'); const all = [document.getElementById('markdown')?.textContent ?? '']; const text = new TextDecoder();\
    t.objectStore('versions').getAll().onsuccess = e => { for (const v of e.target.result) all.push(text.decode(v)); };\
    t.oncomplete = () => { r.result.close(); done([...wanted].filter(l => !all.some(v => v.includes(l))).join('')); }; }; } catch (e) { done(wanted); }";

/// Puts the caret into the text, and notes every letter that is there in any frame.
const SEEN: &str = "document.getElementById('markdown').focus(); if (!window.seen) { window.seen = new Set(); const look = () => {\
    for (const letter of document.getElementById('markdown')?.textContent ?? '') window.seen.add(letter); requestAnimationFrame(look); }; look(); }";

/// Goes to a tab as a person does: one behind another gets no keys.
async fn front(app: &App<'_>, tab: &WindowHandle) -> Outcome {
    app.driver.switch_to_window(tab.clone()).await?;
    app.cdp("Page.bringToFront", json!({})).await?;
    Ok(())
}

/// So many random orders; prints how many letters are gone.
pub(super) async fn run(chrome: &ChromeDriver, origin: &str, count: u32, off: bool) -> Outcome {
    let (mut typed, mut lost, mut refused, mut both) = (0, 0, 0, 0);
    for round in 0..count {
        // Every other one without locks.
        let alone = round % 2 == 1;
        let app = App::open(chrome, origin).await?;
        let script = match (off, alone) {
            (true, _) => Some(NOTHING_STORED),
            (false, true) => Some(ALONE),
            (false, false) => None,
        };
        inject(&app, script).await?;
        let title = format!("Both {round}");
        begin(&app, &title).await?;
        let first = app.driver.window().await?;
        let mut wanted = String::new();
        key(&app, letter(0)).await?;
        wanted.push(letter(0));
        if !off {
            status(&app, "Saved in this browser").await?;
        }
        let second = app.driver.new_tab().await?;
        front(&app, &second).await?;
        inject(&app, script).await?;
        app.reload().await?;
        if off {
            // There is no draft to open: what was typed goes with the tab.
            front(&app, &first).await?;
        } else {
            open(&app, &title).await?;
            let steps = 6 + random(14);
            for step in 1..=u32::try_from(steps)? {
                let tab = if random(2) == 0 { &first } else { &second };
                front(&app, tab).await?;
                if random(4) == 0 {
                    // Only a tab that reads is asked; it may be asked while it changes hands.
                    app.js(
                        "[...document.querySelectorAll('.other-tab button')].find(b => b.textContent === 'Take over')?.click()",
                        vec![],
                    )
                    .await?;
                    continue;
                }
                app.js(SEEN, vec![]).await?;
                let one = letter(step);
                key(&app, one).await?;
                // What is seen counts: a tab that only reads must not show the letter at all.
                let taken = app
                    .driver
                    .execute_async(
                        "const [letter, done] = arguments; requestAnimationFrame(() => requestAnimationFrame(() => done(window.seen.has(letter))))",
                        vec![json!(one)],
                    )
                    .await?;
                if taken.json().as_bool() == Some(true) {
                    wanted.push(one);
                } else {
                    refused += 1;
                }
            }
            for tab in [&first, &second] {
                front(&app, tab).await?;
                let safe = app
                    .wait_for(
                        Duration::from_secs(15),
                        "return !!document.querySelector('.other-tab') || document.querySelector('[role=status]').textContent.includes('Saved in')",
                    )
                    .await?;
                if !safe {
                    let said = app
                        .text("return document.querySelector('[role=status]').textContent")
                        .await?;
                    return Err(Failed(format!(
                        "round {round}: a tab goes on saying “{said}”"
                    )));
                }
            }
        }
        // A new page opens the draft: what two tabs wrote becomes two versions of it.
        for tab in [&first, &second] {
            // A tab that went holds the draft no more.
            front(&app, tab).await?;
            app.reload().await?;
        }
        if !off {
            open(&app, &title).await?;
            key(&app, letter(999)).await?;
            status(&app, "Saved in this browser").await?;
            let notice = app
                .js(
                    "return !!document.querySelector('.notice')?.textContent.includes('two tabs')",
                    vec![],
                )
                .await?;
            both += u32::from(notice.as_bool() == Some(true));
        }
        let missed = app
            .driver
            .execute_async(MISSED, vec![json!(wanted)])
            .await?
            .json()
            .as_str()
            .map(str::to_owned)
            .ok_or(Failed("the storage does not answer".to_owned()))?;
        typed += wanted.chars().count();
        lost += missed.chars().count();
        if !missed.is_empty() && !off {
            println!("           round {round}: “{missed}” of “{wanted}” is gone");
        }
        app.close().await?;
    }
    if off {
        println!("  control  two tabs with nothing stored: {lost} characters lost");
        return ensure(lost > 0, "the control loses no text");
    }
    println!(
        "  soak     two tabs, {count} random orders: {lost} of {typed} characters lost ({refused} not taken while another tab wrote; {both} times both wrote)"
    );
    ensure(lost == 0 && both > 0, "two tabs lose text")
}
