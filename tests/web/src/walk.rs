//! The whole app by keyboard alone: what Tab reaches, in which order, with a ring around it, and where the keyboard is
//! when something goes away.

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::app::{App, Failed, Outcome, ensure, equal};

/// What has the keyboard, also in the article's frame: its name; whether a ring is drawn around it, or around what holds
/// it; whether it can be seen where it stands.
const HERE: &str = "const name = e => (e.getAttribute('aria-label') ?? (e.getAttribute('aria-labelledby') ?? '').split(' ').map(id => e.ownerDocument.getElementById(id)?.textContent ?? '').join(' ').trim()) || e.title && e.tagName === 'IFRAME' && e.title || (e.labels?.[0] ?? e.querySelector?.('b') ?? e).textContent.replace(/\\s+/g, ' ').trim().slice(0, 50) || e.tagName;\
    let e = document.activeElement, top = 0, left = 0, room = [innerWidth, innerHeight];\
    if (!e || e === document.body) return { name: null };\
    let frame = false;\
    if (e.tagName === 'IFRAME' && e.contentDocument?.activeElement && e.contentDocument.activeElement !== e.contentDocument.body) {\
      frame = true; e = e.contentDocument.activeElement; room = [e.ownerDocument.defaultView.innerWidth, e.ownerDocument.defaultView.innerHeight]; }\
    const ringed = x => { const s = e.ownerDocument.defaultView.getComputedStyle(x); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 1; };\
    let ring = false; for (let x = e, up = 0; x && up < 4; x = x.parentElement, up++) ring ||= ringed(x);\
    const box = e.getBoundingClientRect();\
    const seen = box.width > 0 && box.height > 0 && box.bottom > 0 && box.right > 0 && box.top < room[1] && box.left < room[0];\
    return { name: name(e), tag: e.tagName.toLowerCase(), frame, ring, seen };";

/// A place the keyboard stopped at.
#[derive(Debug, Clone, PartialEq)]
struct Stop {
    name: String,
    tag: String,
    ring: bool,
    seen: bool,
}

async fn here(app: &App<'_>) -> Result<Option<Stop>, Failed> {
    let told = app.js(HERE, vec![]).await?;
    let text = |key: &str| told[key].as_str().map(str::to_owned);
    Ok(text("name").map(|name| Stop {
        name,
        tag: text("tag").unwrap_or_default(),
        ring: told["ring"] == Value::Bool(true),
        seen: told["seen"] == Value::Bool(true),
    }))
}

/// Goes on by a key until `name` has the keyboard, or the page is at its end. Every stop has to be seen, with a ring.
async fn on(
    app: &App<'_>,
    key: impl Fn() -> TypingData,
    until: &str,
) -> Result<Vec<String>, Failed> {
    let mut names = Vec::new();
    for _ in 0..120 {
        app.keys(key()).await?;
        let Some(stop) = here(app).await? else {
            break;
        };
        println!("    {stop:?}");
        names.push(stop.name.clone());
        if stop.name == until {
            return Ok(names);
        }
    }
    Ok(names)
}

pub async fn keyboard_walk(app: &App<'_>) -> Outcome {
    let names = on(app, || Key::Tab.into(), "Try the sample").await?;
    app.keys(Key::Enter).await?;
    app.editor().await?;
    println!("{names:?} {:?}", here(app).await?);
    on(app, || Key::Tab.into(), "nothing").await?;
    println!("end");
    on(app, || Key::Shift + Key::Tab, "nothing").await?;
    Ok(())
}
