//! What others show of a post: list card, social card, search result; and the article at other widths.

use serde_json::json;
use thirtyfour::TypingData;
use thirtyfour::prelude::*;

use crate::app::{App, Failed, Outcome, ensure, equal};
use crate::frame::{HELPERS, ask, long_post};
use crate::screens::{NARROW, SURFACES, choose_width};

const POST: &str = "---\ndate: 2026-03-26T00:00:00Z\ntitle: Linkerd's news\ndescription: It's \"quoted\" & short\nslug: some-news\nparams:\n  author: flynn\n---\n\nThe first paragraph.\n";

/// A picture as wide as its name has letters, ten pixels each.
fn picture(name: &str) -> String {
    let width = name.len() * 10;
    format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='100'><rect width='{width}' height='100' fill='teal'/></svg>"
    )
}

/// Opens a post together with pictures.
async fn open(app: &App<'_>, post: &str, pictures: &[&str]) -> Outcome {
    let folder = app.downloads();
    let mut files = vec![folder.join("index.md")];
    std::fs::write(&files[0], post)?;
    for name in pictures {
        let file = folder.join(name);
        std::fs::write(&file, picture(name))?;
        files.push(file);
    }
    let files: Vec<_> = files.iter().map(std::path::PathBuf::as_path).collect();
    // The driver adds to what was chosen before.
    app.js(
        "document.querySelector('[data-testid=open-file]').value = ''",
        vec![],
    )
    .await?;
    app.choose(&files).await?;
    app.editor().await
}

/// What the shown card's panel says, as one line.
async fn shown(app: &App<'_>) -> Result<String, Failed> {
    app.text("return document.querySelector('.surface.cards').textContent.replace(/\\s+/g, ' ')")
        .await
}

async fn says(app: &App<'_>, wanted: &[&str]) -> Outcome {
    let text = shown(app).await?;
    for part in wanted {
        ensure(
            text.contains(part),
            format!("“{part}” is missing in: {text}"),
        )?;
    }
    Ok(())
}

/// Which files the shown card's pictures are, told by their widths.
async fn pictures(app: &App<'_>, wanted: &[&str]) -> Outcome {
    let found = ask(
        app,
        "const out = []; for (const image of document.querySelectorAll('.surface.cards img')) {\
         await image.decode(); out.push(image.naturalWidth); } return out;",
    )
    .await?;
    let widths: Vec<usize> = wanted.iter().map(|name| name.len() * 10).collect();
    equal(&found, &json!(widths), &format!("the widths of {wanted:?}"))
}

/// Thumbnail and feature from the post's files, the whole picture where the post says so, and what is missing.
pub async fn list_card(app: &App<'_>) -> Outcome {
    open(app, POST, &[]).await?;
    app.press("List card").await?;
    says(
        app,
        &[
            "Linkerd's news",
            "Mar 26, 2026 • 1 min read",
            "No picture",
            "thumbnail.jpg",
            "feature.jpg",
            "cover.jpg",
        ],
    )
    .await?;
    pictures(app, &[]).await?;

    app.press("Close").await?;
    open(app, POST, &["cover.svg"]).await?;
    pictures(app, &["cover.svg", "cover.svg"]).await?;

    app.press("Close").await?;
    open(app, POST, &["cover.svg", "thumbnail.svg", "feature.svg"]).await?;
    pictures(app, &["thumbnail.svg", "feature.svg"]).await?;
    let shape = ask(app, "const box = e => { const r = document.querySelector(e).getBoundingClientRect(); return [r.width, r.height]; };\
        const t = box('.list-card .thumbnail'), f = box('.featured-card .feature'); return [...t, Math.abs(f[0] / f[1] - 4) < 0.05,\
        getComputedStyle(document.querySelector('.thumbnail img')).objectFit];").await?;
    equal(
        &shape,
        &json!([128, 128, true, "cover"]),
        "the pictures' shapes",
    )?;

    let fit = POST.replace("  author", "  thumbnailRatio: fit\n  author");
    app.press("Close").await?;
    open(app, &fit, &["thumbnail.svg"]).await?;
    let shape = ask(app, "return [...document.querySelectorAll('.thumbnail img')].map(i => getComputedStyle(i).objectFit)").await?;
    equal(
        &shape,
        &json!(["cover", "contain"]),
        "the whole picture before its ground",
    )?;

    let named = POST.replace(
        "  author",
        "  thumbnail: gone.png\n  feature: /images/a.png\n  author",
    );
    app.press("Close").await?;
    open(app, &named, &["thumbnail.svg"]).await?;
    says(
        app,
        &[
            "“gone.png”, named under “Thumbnail”, is not here",
            "No picture",
            "Not loaded here",
            "/images/a.png",
        ],
    )
    .await
}

/// The small form and the large one, the title for shared links, and the escapes that readers see.
pub async fn social_card(app: &App<'_>) -> Outcome {
    open(app, POST, &[]).await?;
    app.press("Social card").await?;
    says(
        app,
        &[
            "linkerd.io",
            "Linkerd's news",
            "It&#39;s &#34;quoted&#34; &amp; short",
            "' shows as &#39;, \" shows as &#34;, & shows as &amp;",
            "Curly quotes",
            "social.jpg",
        ],
    )
    .await?;
    let form = "return document.querySelector('.social-card').className";
    equal(
        &app.text(form).await?,
        &"social-card small".to_owned(),
        "the form without a picture",
    )?;

    app.press("Close").await?;
    let with = POST
        .replace(
            "params:",
            "images: [social.svg] # Open graph image\nparams:\n  metaTitle: For the networks",
        )
        .replace("It's \"quoted\" & short", "Plain");
    open(app, &with, &["social.svg", "cover.svg"]).await?;
    says(app, &["For the networks", "Plain"]).await?;
    ensure(
        !shown(app).await?.contains("Linkerd's news"),
        "the title for shared links stands in its place",
    )?;
    ensure(
        !shown(app).await?.contains("twice"),
        "nothing is escaped, and the card says so",
    )?;
    equal(
        &app.text(form).await?,
        &"social-card large".to_owned(),
        "the form with a picture",
    )?;
    pictures(app, &["social.svg"]).await?;

    app.press("Close").await?;
    open(app, &with, &["cover.svg"]).await?;
    says(
        app,
        &["“social.svg”, named under “Social images”, is not here"],
    )
    .await
}

/// Title with the site's name, the address in steps, the description cut.
pub async fn search_result(app: &App<'_>) -> Outcome {
    let long = POST.replace("It's \"quoted\" & short", &"word ".repeat(50));
    open(app, &long, &[]).await?;
    app.press("Search result").await?;
    let cut = format!("{}…", "word ".repeat(32));
    says(
        app,
        &[
            "Linkerd's news | Linkerd",
            "linkerd.io › 2026 › 03 › 26 › some-news",
            &cut,
            "cuts the description after 160",
        ],
    )
    .await?;
    app.fill("Title", &"A very long title ".repeat(5)).await?;
    app.wait("a word on the title's length", "return document.querySelector('.card-notes').textContent.includes('Search engines cut most titles')").await
}

/// Cards follow the form, the text and undo; what is not shown is not there.
pub async fn follow(app: &App<'_>) -> Outcome {
    open(app, POST, &[]).await?;
    let panels = "return document.querySelectorAll('.surface.cards').length";
    equal(
        &app.js(panels, vec![]).await?,
        &json!(0),
        "cards beside the article",
    )?;
    app.press("Social card").await?;
    equal(&app.js(panels, vec![]).await?, &json!(1), "cards")?;
    app.js(
        "window.mine = document.querySelector('iframe').contentDocument.querySelector('article')",
        vec![],
    )
    .await?;
    app.fill("Title", "Another").await?;
    let title = |wanted: &str| {
        format!(
            "return document.querySelector('.surface.cards .card-title').textContent === '{wanted}'"
        )
    };
    app.wait("the new title", &title("Another")).await?;
    app.press("Undo").await?;
    app.wait("the old title", &title("Linkerd\\'s news"))
        .await?;
    app.press("List card").await?;
    app.js(HELPERS, vec![]).await?;
    app.js("pane.focus(); pane.select(pane.value.length); document.execCommand('insertText', false, ' more'.repeat(300))", vec![]).await?;
    app.wait(
        "the new reading time",
        "return document.querySelector('.list-card .facts').textContent.endsWith('2 min read')",
    )
    .await?;
    app.press("Article").await?;
    ensure(
        app.js("return window.mine === document.querySelector('iframe').contentDocument.querySelector('article') && mine.textContent.includes('more more')", vec![]).await? == json!(true),
        "the article was loaded anew, or did not follow behind a card",
    )
}

/// Tabs by arrows, widths by arrows, and the panels can be reached and scrolled.
pub async fn by_keyboard(app: &App<'_>) -> Outcome {
    open(app, POST, &[]).await?;
    app.js(
        "document.getElementById('surface-tab-article').focus()",
        vec![],
    )
    .await?;
    let focus = "return document.activeElement.id || document.activeElement.name + ' ' + document.activeElement.parentElement.textContent";
    for (key, wanted) in [
        (Key::Right, "surface-tab-list"),
        (Key::Right, "surface-tab-social"),
        (Key::End, "surface-tab-search"),
        (Key::Tab, "surface-search"),
    ] {
        app.keys(TypingData::from(key)).await?;
        app.wait(
            &format!("the focus on {wanted}"),
            &format!("return document.activeElement.id === '{wanted}'"),
        )
        .await?;
    }
    app.js(
        "document.getElementById('surface-tab-search').focus()",
        vec![],
    )
    .await?;
    app.keys(TypingData::from(Key::Home)).await?;
    app.wait("the article in front", "return document.activeElement.id === 'surface-tab-article' && document.querySelector('.width-switch')").await?;
    app.keys(TypingData::from(Key::Tab)).await?;
    equal(
        &app.text(focus).await?,
        &"frame-width Fit, as wide as the pane".to_owned(),
        "what has the focus behind the tabs",
    )?;
    app.keys(TypingData::from(Key::Right)).await?;
    app.wait(
        "the desktop's width",
        "return document.querySelector('iframe').contentWindow.innerWidth === 1440",
    )
    .await?;
    app.keys(TypingData::from(Key::Right)).await?;
    app.wait(
        "the phone's width",
        "return document.querySelector('iframe').contentWindow.innerWidth === 390",
    )
    .await
}

/// A real recap without a mouse: a new title, every surface, the widths, the article scrolled, the download.
pub async fn recap_by_keyboard(app: &App<'_>, post: std::path::PathBuf) -> Outcome {
    const TITLE: &str = "A recap without a mouse";
    const FOCUS: &str = "const e = document.activeElement; return e.id || e.name || e.title || (e.labels?.[0] ?? e).textContent.trim()";
    let keys = async |text: TypingData| app.driver.action_chain().send_keys(text).perform().await;
    let with_control = async |key: &str| {
        let chain = app.driver.action_chain().key_down(Key::Control);
        chain.send_keys(key).key_up(Key::Control).perform().await
    };
    let tab_to = async |wanted: &str| {
        let mut reached = Vec::new();
        for _ in 0..60 {
            keys(Key::Tab.into()).await?;
            let name = app.text(FOCUS).await?;
            if name == wanted {
                return Ok(());
            }
            reached.push(name);
        }
        Err(Failed(format!("Tab never reached {wanted}: {reached:?}")))
    };
    app.choose(&[&post]).await?;
    app.editor().await?;
    let title = app.text("return [...document.querySelectorAll('label')].find(l => l.textContent.trim() === 'Title').htmlFor").await?;
    tab_to(&title).await?;
    with_control("a").await?;
    keys(TITLE.into()).await?;

    tab_to("surface-tab-article").await?;
    for (tab, parts) in [
        ("list", ["Nov 10, 2021", "In the list of posts"]),
        ("social", ["linkerd.io", "hybrid KubeCon turned out great"]),
        (
            "search",
            ["2021 › 11 › 10", "hybrid KubeCon turned out great"],
        ),
    ] {
        keys(Key::Right.into()).await?;
        app.wait(
            &format!("the surface {tab}"),
            &format!("return document.activeElement.id === 'surface-tab-{tab}' && !!document.getElementById('surface-{tab}')"),
        )
        .await?;
        says(app, &[&[TITLE], parts.as_slice()].concat()).await?;
    }
    keys(Key::Right.into()).await?;
    app.wait(
        "the article, next after the last",
        "return document.activeElement.id === 'surface-tab-article'",
    )
    .await?;
    tab_to("frame-width").await?;
    keys(Key::Right.into()).await?;
    app.wait(
        "the desktop's width",
        "return document.querySelector('iframe').contentWindow.innerWidth === 1440",
    )
    .await?;
    tab_to("Article preview").await?;
    keys(Key::PageDown.into()).await?;
    app.wait(
        "the article to scroll",
        "return document.querySelector('iframe').contentWindow.scrollY > 100",
    )
    .await?;
    with_control("s").await?;
    app.wait(
        "the download, also from inside the article",
        "return document.querySelector('[role=status]').textContent.includes('Downloaded')",
    )
    .await?;
    let after = std::fs::read_to_string(app.downloads().join("index.md"))?;
    let wanted = std::fs::read_to_string(&post)?.replace(
        "title: October Linkerd community meeting recap",
        &format!("title: {TITLE}"),
    );
    equal(&after, &wanted, "the file")
}

/// Every surface, wide, at 200 % and on a phone, light and dark.
pub async fn accessible(app: &App<'_>, axe: &str) -> Outcome {
    open(app, POST, &["cover.svg"]).await?;
    for dark in [false, true] {
        app.dark(dark).await?;
        for (width, height) in [(1440, 900), (720, 450), (360, 780)] {
            app.size(width, height).await?;
            if width <= NARROW {
                app.press("Preview").await?;
            }
            for (tab, name) in SURFACES {
                app.press(tab).await?;
                app.wait("the surface", &format!("return document.getElementById('surface-{name}').classList.contains('shown')")).await?;
                app.axe(axe).await.map_err(|Failed(reason)| {
                    Failed(format!("{tab}, {width} px, dark {dark}: {reason}"))
                })?;
                let wide = app.js("return [document.documentElement.scrollWidth - innerWidth, ...[...document.querySelectorAll('.surface.cards')].map(e => e.scrollWidth - e.clientWidth)].every(n => n <= 0)", vec![]).await?;
                ensure(
                    wide == json!(true),
                    format!("{tab} is wider than the window at {width} px"),
                )?;
            }
        }
    }
    Ok(())
}

/// The article laid out for a desktop or a phone and drawn smaller: scrolling and presses are as right as before.
pub async fn frame_width(app: &App<'_>) -> Outcome {
    app.open_bytes("long.md", long_post().as_bytes()).await?;
    app.js(HELPERS, vec![]).await?;
    app.wait(
        "the whole article",
        "return article.querySelectorAll('pre').length === 24",
    )
    .await?;
    for (width, name) in [(1440.0, "Desktop"), (390.0, "Phone")] {
        ask(app, "pane.scrollTop = 2500; await frames_(4);").await?;
        choose_width(app, name).await?;
        let frame = ask(app, "await frames_(6); const f = frameWindow.frameElement, r = f.getBoundingClientRect(), s = f.closest('.surface').getBoundingClientRect();\
            return [frameWindow.innerWidth, r.width / f.offsetWidth, r.left >= s.left && r.right <= s.right + 1 && r.top >= s.top && r.bottom <= s.bottom + 1 && r.height > s.height - 20];").await?;
        equal(
            &frame[0].as_f64(),
            &Some(width),
            "the width the article is laid out for",
        )?;
        equal(&frame[2], &json!(true), "the frame fills its pane")?;
        let scale = frame[1].as_f64().unwrap_or_default();
        ensure(
            if width > 1000.0 {
                scale < 0.5
            } else {
                scale <= 1.0
            },
            format!("drawn at {scale}"),
        )?;
        app.wait("the article where the text is, after it was laid out anew", "const a = number(markerInText()), b = number(markerOnPage()); return a > 0 && Math.abs(a - b) <= 2").await?;
        let apart = ask(app, "const out = []; for (const top of [4000, 900, 6000]) { pane.scrollTop = top; await frames_(5);\
            out.push(number(markerInText()) - number(markerOnPage())); } return out;").await?;
        ensure(
            apart.as_array().is_some_and(|all| {
                all.len() == 3
                    && all
                        .iter()
                        .all(|by| by.as_i64().is_some_and(|by| by.abs() <= 2))
            }),
            format!("text and article are apart: {apart}"),
        )?;
        let marker = "P40x";
        let point = ask(app, &format!(
            "const walk = page.createTreeWalker(article, NodeFilter.SHOW_TEXT); let node;\
             while ((node = walk.nextNode())) {{ const at = node.data.indexOf('{marker}'); if (at < 0) continue;\
             const range = page.createRange(); range.setStart(node, at); range.setEnd(node, at + {});\
             frameWindow.scrollTo(0, range.getBoundingClientRect().top + frameWindow.scrollY - 300); await frames_(4);\
             const rect = range.getBoundingClientRect(), frame = frameWindow.frameElement.getBoundingClientRect(), scale = frame.width / frameWindow.frameElement.offsetWidth;\
             return [frame.left + (rect.left + 2) * scale, frame.top + (rect.top + rect.height / 2) * scale]; }} return null;", marker.len())).await?;
        let (Some(x), Some(y)) = (point[0].as_f64(), point[1].as_f64()) else {
            return Err(Failed(format!("{marker} is not on the page: {point}")));
        };
        for kind in ["mousePressed", "mouseReleased"] {
            app.cdp(
                "Input.dispatchMouseEvent",
                json!({ "type": kind, "x": x, "y": y, "button": "left", "clickCount": 1 }),
            )
            .await?;
        }
        app.wait(
            &format!("the caret at {marker}"),
            &format!(
                "return pane.focused && Math.abs(pane.at - pane.value.indexOf('{marker}')) <= 1"
            ),
        )
        .await?;
        let row = ask(app, &format!("await frames_(4); const at = pane.value.indexOf('{marker}'), r = pane.getBoundingClientRect();\
            let row = -1; for (let y = 2; y < r.height; y += 4) if (textAt(y) <= at) row = y + r.top; return row;")).await?;
        let row = row.as_f64().unwrap_or(-1.0);
        ensure(
            (row - y).abs() < 40.0,
            format!("{marker} was pressed at {y} and its source stands at {row}"),
        )?;
        app.js("pane.blur(); pane.select(0)", vec![]).await?;
    }
    choose_width(app, "Fit").await?;
    app.wait("the pane's own width", "const f = frameWindow.frameElement; return Math.abs(f.getBoundingClientRect().width - f.offsetWidth) < 1 && frameWindow.innerWidth < 600").await
}
