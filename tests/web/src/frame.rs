//! The article's frame: scrolling with the text, presses, the mark, colours, and what stays while somebody types.

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::app::{App, Failed, Outcome, ensure, equal};

/// Helpers in the page: the pane, the frame's window and document, and what stands where.
pub const HELPERS: &str = "window.view = document.getElementById('markdown').cmTile.root.view;\
    window.pane = { get value() { return view.state.doc.toString(); }, get at() { return view.state.selection.main.head; },\
        get focused() { return document.activeElement === view.contentDOM; },\
        select(at) { view.dispatch({ selection: { anchor: at } }); }, focus() { view.focus(); }, blur() { view.contentDOM.blur(); },\
        get scrollTop() { return view.scrollDOM.scrollTop; }, set scrollTop(top) { view.scrollDOM.scrollTop = top; },\
        get scrollHeight() { return view.scrollDOM.scrollHeight; }, get clientHeight() { return view.scrollDOM.clientHeight; },\
        getBoundingClientRect() { return view.scrollDOM.getBoundingClientRect(); } };\
    window.frameWindow = document.querySelector('iframe[title=\"Article preview\"]').contentWindow;\
    window.page = frameWindow.document;\
    window.article = page.querySelector('article');\
    window.pageTop = () => frameWindow.scrollY;\
    window.textAt = y => { const r = view.contentDOM.getBoundingClientRect();\
        const s = getComputedStyle(view.contentDOM);\
        const c = document.caretPositionFromPoint(r.left + parseFloat(s.paddingLeft) + 1, pane.getBoundingClientRect().top + y);\
        return c && view.contentDOM.contains(c.offsetNode) ? view.posAtDOM(c.offsetNode, c.offset) : -1; };\
    window.markers = [...pane.value.matchAll(/[PC]\\d+x/g)].map(m => [m[0], m.index]);\
    window.markerInText = () => { const next = textAt(3 + view.defaultLineHeight); let found = ''; for (const [name, index] of markers) if (index < next) found = name; return found; };\
    window.markerOnPage = () => { let found = ''; for (const e of article.querySelectorAll('p, li, td, code > span')) {\
        const m = e.textContent.match(/[PC]\\d+x/); if (m && e.getBoundingClientRect().top <= 12) found = m[0]; } return found; };\
    window.number = name => Number(name.slice(1, -1));\
    window.frames_ = n => new Promise(done => { const step = () => n-- > 0 ? requestAnimationFrame(step) : done(); step(); });";

/// A long post of every kind of block, each line with a number of its own.
pub fn long_post() -> String {
    post_of(24)
}

/// The same with so many sections, of seven blocks each.
fn post_of(sections: usize) -> String {
    let mut text = "---\ntitle: Long\ndate: 2026-01-01\n---\n\n".to_owned();
    let mut number = 0;
    let mut next = || {
        number += 1;
        format!("P{number}x")
    };
    for section in 0..sections {
        text.push_str(&format!("## Section {section}\n\n"));
        for _ in 0..3 {
            text.push_str(&format!(
                "{} {}\n\n",
                next(),
                "with some words that fill the line until it wraps and goes on below. "
                    .repeat(section % 4 + 1)
            ));
        }
        for _ in 0..5 {
            text.push_str(&format!("- {} an item\n", next()));
        }
        text.push_str(&format!(
            "- {} {}\n\n",
            next(),
            "a longer item, ".repeat(30)
        ));
        text.push_str("| a | b |\n| - | - |\n");
        for _ in 0..4 {
            text.push_str(&format!("| {} | cell |\n", next()));
        }
        text.push_str("\n```yaml\n");
        for _ in 0..12 {
            text.push_str(&format!("{}: value # note\n", next()));
        }
        text.push_str("```\n\n");
    }
    text
}

async fn open_long(app: &App<'_>) -> Outcome {
    open_sections(app, 24).await
}

async fn open_sections(app: &App<'_>, sections: usize) -> Outcome {
    app.open_bytes("long.md", post_of(sections).as_bytes())
        .await?;
    app.js(HELPERS, vec![]).await?;
    app.wait(
        "the whole article",
        &format!(
            "return article.querySelectorAll('pre').length === {sections}\
             && [...(article.shadowRoot?.children ?? [])].every(group => group.style.contentVisibility === 'auto')"
        ),
    )
    .await
}

/// Runs an async script body that gives a value.
pub async fn ask(app: &App<'_>, body: &str) -> Result<Value, Failed> {
    let script = format!(
        "const done = arguments[arguments.length - 1]; (async () => {{ {body} }})().then(done, e => done('failed: ' + e))"
    );
    Ok(app
        .driver
        .execute_async(&script, vec![])
        .await?
        .json()
        .clone())
}

/// Text and article scroll together, both ways, and nothing is answered twice; also where the article is so long that it is
/// laid out in groups.
pub async fn scroll_together(app: &App<'_>) -> Outcome {
    open_sections(app, 60).await?;
    both_ways(app).await?;
    app.reload().await?;
    open_long(app).await?;
    both_ways(app).await
}

async fn both_ways(app: &App<'_>) -> Outcome {
    let down = ask(
        app,
        "const out = []; for (let share = 0; share <= 1; share += 0.04) {\
         pane.scrollTop = Math.round((pane.scrollHeight - pane.clientHeight) * share);\
         /* CodeMirror keeps the text in place while it learns how high the lines above are. */\
         await frames_(2); const set = pane.scrollTop; await frames_(4);\
         out.push([share, markerInText(), markerOnPage(), pane.scrollTop - set, pageTop()]); } return out;",
    )
    .await?;
    let mut last = -1.0;
    let rows = down.as_array().cloned().unwrap_or_default();
    ensure(rows.len() > 20, format!("no answers: {down}"))?;
    for row in &rows {
        let share = row[0].as_f64().unwrap_or_default();
        equal(
            &row[3].as_f64(),
            &Some(0.0),
            "how far the pane was moved back",
        )?;
        let top = row[4].as_f64().unwrap_or_default();
        ensure(top >= last, format!("the article went up at {row}"))?;
        last = top;
        if share > 0.02 && share < 0.85 {
            near(row[1].as_str(), row[2].as_str(), row)?;
        }
    }
    let ends = ask(app, "pane.scrollTop = 1e9; await frames_(4); const end = frameWindow.scrollY + frameWindow.innerHeight - page.documentElement.scrollHeight;\
        pane.scrollTop = 0; await frames_(4); return [end, frameWindow.scrollY];").await?;
    ensure(
        ends[0].as_f64().is_some_and(|end| end.abs() < 2.0) && ends[1].as_f64() == Some(0.0),
        format!("both ends are not reached together: {ends}"),
    )?;

    let up = ask(
        app,
        "const out = []; const most = page.documentElement.scrollHeight - frameWindow.innerHeight;\
         for (let share = 0; share <= 1; share += 0.04) {\
         frameWindow.scrollTo(0, most * share); const set = frameWindow.scrollY; await frames_(4);\
         out.push([share, markerInText(), markerOnPage(), frameWindow.scrollY - set, pane.scrollTop]); } return out;",
    )
    .await?;
    last = -1.0;
    for row in up.as_array().into_iter().flatten() {
        let share = row[0].as_f64().unwrap_or_default();
        equal(
            &row[3].as_f64(),
            &Some(0.0),
            "how far the article was moved back",
        )?;
        let top = row[4].as_f64().unwrap_or_default();
        ensure(top >= last - 1.0, format!("the text went up at {row}"))?;
        last = top;
        if share > 0.04 && share < 0.85 {
            near(row[1].as_str(), row[2].as_str(), row)?;
        }
    }

    // Small steps, as a wheel makes them: the other side goes along smoothly.
    let steps = ask(
        app,
        "pane.scrollTop = 3000; await frames_(4); const out = [];\
         for (let i = 0; i < 60; i++) { pane.scrollTop += 7; await frames_(2); out.push(pageTop()); } return out;",
    )
    .await?;
    let tops: Vec<f64> = steps
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_f64)
        .collect();
    let widest = tops
        .windows(2)
        .map(|pair| pair[1] - pair[0])
        .fold(0.0, f64::max);
    ensure(
        tops.windows(2).all(|pair| pair[1] >= pair[0] - 0.5) && widest < 60.0,
        format!("not smooth: {tops:?}"),
    )?;

    // Switched off, each side stays where it is.
    app.js(
        "document.querySelector('.scroll-switch input').click()",
        vec![],
    )
    .await?;
    let still = ask(app, "await frames_(3); const before = pageTop(); pane.scrollTop = 500; await frames_(4); const a = pageTop() - before;\
        const text = pane.scrollTop; frameWindow.scrollTo(0, 2000); await frames_(4); return [a, pane.scrollTop - text];").await?;
    equal(&still, &json!([0, 0]), "movements with the switch off")?;
    app.js(
        "document.querySelector('.scroll-switch input').click()",
        vec![],
    )
    .await?;
    app.wait(
        "the article to come back to the text",
        "return Math.abs(number(markerInText()) - number(markerOnPage())) <= 2",
    )
    .await
}

/// Two markers are the same place: the text's row and the page's line hardly ever begin at the same pixel.
fn near(text: Option<&str>, page: Option<&str>, row: &Value) -> Outcome {
    let number = |name: Option<&str>| {
        name.and_then(|name| name.get(1..name.len().checked_sub(1)?)?.parse::<i64>().ok())
    };
    let (Some(text), Some(page)) = (number(text), number(page)) else {
        return Err(Failed(format!("no marker at {row}")));
    };
    ensure(
        (text - page).abs() <= 2,
        format!("text and article are apart: {row}"),
    )
}

/// A press in the article puts the caret where its source is; the block is marked, the article is not touched.
pub async fn press_to_source(app: &App<'_>) -> Outcome {
    open_long(app).await?;
    let before = app.text("return article.innerHTML").await?;
    for marker in ["P6x", "P40x", "P200x", "P12x", "P33x"] {
        // As the mouse does it: to the middle of a word, by the browser's own input.
        let point = ask(app, &format!(
            "const walk = page.createTreeWalker(article, NodeFilter.SHOW_TEXT); let node;\
             while ((node = walk.nextNode())) {{ const at = node.data.indexOf('{marker}'); if (at < 0) continue;\
             const range = page.createRange(); range.setStart(node, at); range.setEnd(node, at + {});\
             const top = range.getBoundingClientRect().top + frameWindow.scrollY;\
             frameWindow.scrollTo(0, top - 200); await frames_(4);\
             const rect = range.getBoundingClientRect(), frame = frameWindow.frameElement.getBoundingClientRect();\
             return [frame.left + 1 + rect.left + 1, frame.top + 1 + rect.top + rect.height / 2]; }} return null;", marker.len())).await?;
        let (x, y) = (point[0].as_f64(), point[1].as_f64());
        let (Some(x), Some(y)) = (x, y) else {
            return Err(Failed(format!("{marker} is not on the page: {point}")));
        };
        let page_before = app.js("return pageTop()", vec![]).await?;
        for kind in ["mousePressed", "mouseReleased"] {
            app.cdp(
                "Input.dispatchMouseEvent",
                json!({ "type": kind, "x": x, "y": y, "button": "left", "clickCount": 1 }),
            )
            .await?;
        }
        app.wait(
            &format!("the caret at {marker}"),
            &format!("const at = pane.value.indexOf('{marker}'); return pane.focused && view.state.selection.main.empty && Math.abs(pane.at - at) <= 1"),
        )
        .await?;
        app.wait(
            &format!("the mark at {marker}"),
            &format!("const mark = page.querySelector('body > .edited'); const block = [...article.children].find(e => e.textContent.includes('{marker}'));\
             const m = mark.getBoundingClientRect(), b = block.getBoundingClientRect();\
             return !mark.hidden && Math.abs(m.top - b.top) < 1 && Math.abs(m.bottom - b.bottom) < 1"),
        )
        .await?;
        let after = ask(app, &format!(
            "await frames_(4); const at = pane.value.indexOf('{marker}'); const r = pane.getBoundingClientRect();\
             let row = -1; for (let y = 2; y < r.height; y += 4) if (textAt(y) <= at) row = y + r.top;\
             return [pageTop(), row];")).await?;
        equal(
            &after[0],
            &page_before,
            "where the article is scrolled to after the press",
        )?;
        let row = after[1].as_f64().unwrap_or(-1.0);
        ensure(
            (row - y).abs() < 40.0,
            format!("{marker} was pressed at {y} and its source stands at {row}"),
        )?;
    }
    equal(
        &app.text("return article.innerHTML").await?,
        &before,
        "the article",
    )?;
    // The caret's way through the text takes the mark along.
    app.js(
        "pane.focus(); const at = pane.value.indexOf('Section 0'); pane.select(at)",
        vec![],
    )
    .await?;
    app.wait("the mark at the first block", "const mark = page.querySelector('body > .edited'); return !mark.hidden && Math.abs(mark.getBoundingClientRect().top - article.firstElementChild.getBoundingClientRect().top) < 1").await?;
    // Text that is selected in the article stays selected.
    app.js("pane.blur(); const range = page.createRange(); range.selectNodeContents(article.querySelector('p')); const s = frameWindow.getSelection(); s.removeAllRanges(); s.addRange(range); article.querySelector('p').click()", vec![]).await?;
    let left = ask(
        app,
        "await frames_(3); return [pane.focused, frameWindow.getSelection().isCollapsed]",
    )
    .await?;
    equal(
        &left,
        &json!([false, false]),
        "focus and selection after a press on selected text",
    )
}

/// Links lead nowhere, by mouse or keyboard; those into the page scroll.
pub async fn links(app: &App<'_>) -> Outcome {
    let mut text = "---\ntitle: Links\ndate: 2026-01-02\n---\n\n[down](#the-end) [away](https://example.com/x) [other](/2020/01/01/other/#the-end)\n\n<svg width=\"9\" height=\"9\"><a xlink:href=\"/index.html\"><rect width=\"9\" height=\"9\"/></a></svg>\n\n".to_owned();
    text.push_str(&"A paragraph.\n\n".repeat(120));
    text.push_str("## The end\n\nLast.\n");
    app.open_bytes("links.md", text.as_bytes()).await?;
    app.js(HELPERS, vec![]).await?;
    app.wait(
        "the links",
        "return article.querySelectorAll('a').length === 4",
    )
    .await?;
    app.js(
        "document.querySelector('.scroll-switch input').click()",
        vec![],
    )
    .await?;
    app.driver.enter_frame(0).await?;
    let links = app.driver.find_all(By::Css("article a")).await?;
    ensure(links.len() == 4, "four links")?;
    links[0].send_keys(Key::Enter + "").await?;
    app.driver.enter_default_frame().await?;
    app.wait("the heading at the top", "const top = page.getElementById('the-end').getBoundingClientRect().top; return pageTop() > 1000 && top >= 0 && top < frameWindow.innerHeight").await?;
    app.js("frameWindow.scrollTo(0, 0)", vec![]).await?;
    for (number, wanted) in [
        (1, "https://example.com/x"),
        (2, "/2020/01/01/other/#the-end"),
    ] {
        app.driver.enter_frame(0).await?;
        app.driver.find_all(By::Css("article a")).await?[number]
            .send_keys(Key::Enter + "")
            .await?;
        app.driver.enter_default_frame().await?;
        app.wait(&format!("the notice of {wanted}"), &format!("return document.querySelector('.notice').textContent.includes('{wanted}') && pageTop() === 0")).await?;
    }
    app.js("article.querySelector('svg a').dispatchEvent(new frameWindow.MouseEvent('click', { bubbles: true, cancelable: true }))", vec![]).await?;
    app.wait(
        "the notice of a link in a drawing",
        "return document.querySelector('.notice').textContent.includes('/index.html')",
    )
    .await?;
    equal(
        &app.text("return frameWindow.location.pathname").await?,
        &"/preview.html".to_owned(),
        "the frame's document",
    )
}

/// A recording is a still card; it is loaded only after a question, in a frame of the app.
pub async fn video(app: &App<'_>, axe: &str) -> Outcome {
    app.open_bytes("video.md", b"---\ntitle: Video\n---\n\n{{< youtube abc_DEF-123 >}}\n\n{{< x user=linkerd id=42 >}}\n\n{{< youtube \"no/../id?\" >}}\n").await?;
    app.js(HELPERS, vec![]).await?;
    app.wait(
        "the cards",
        "return article.querySelectorAll('.embed-card').length === 3",
    )
    .await?;
    app.js("article.querySelectorAll('.embed-card')[1].click()", vec![])
        .await?;
    app.wait("where the post on X is", "return document.querySelector('.notice').textContent.includes('https://x.com/i/status/42')").await?;
    app.js("article.querySelectorAll('.embed-card')[2].click()", vec![])
        .await?;
    app.wait(
        "that the id is none",
        "return document.querySelector('.notice').textContent.includes('no id of a YouTube video')",
    )
    .await?;
    // By keyboard, and back by Escape.
    app.driver.enter_frame(0).await?;
    app.driver
        .find(By::Css(".embed-card"))
        .await?
        .send_keys(Key::Enter + "")
        .await?;
    app.driver.enter_default_frame().await?;
    app.wait("the question", "return document.querySelector('dialog.player[open]').textContent.includes('youtube-nocookie.com')").await?;
    app.axe(axe).await?;
    app.guard().await?;
    app.driver
        .action_chain()
        .send_keys(Key::Escape + "")
        .perform()
        .await?;
    app.wait(
        "the question to go",
        "return !document.querySelector('dialog.player')",
    )
    .await?;
    app.js("article.querySelector('.embed-card').click()", vec![])
        .await?;
    app.press("Load and play").await?;
    app.wait("the player", "const f = document.querySelector('dialog.player iframe'); return f && f.src === 'https://www.youtube-nocookie.com/embed/abc_DEF-123' && document.activeElement.textContent.trim() === 'Close the video'").await?;
    let asked = app.foreign_requests().await?;
    ensure(
        asked
            .iter()
            .all(|url| url.starts_with("https://www.youtube-nocookie.com/embed/abc_DEF-123")),
        format!("asked elsewhere: {asked:?}"),
    )?;
    app.press("Close the video").await?;
    app.wait(
        "the player to go",
        "return !document.querySelector('dialog.player, iframe[src*=youtube]')",
    )
    .await?;
    app.forget_console().await
}

/// Code has its colours while the article stays as Hugo makes it.
pub async fn code_colours(app: &App<'_>) -> Outcome {
    app.open_bytes("code.md", "---\ntitle: Code\n---\n\n```yaml\nkey: value # 😀 note\nother: true\n```\n\n```bash\necho \"$HOME\"\n```\n\n```text\nif x\n```\n".as_bytes()).await?;
    app.js(HELPERS, vec![]).await?;
    let painted = "const out = {}; for (const [name, h] of frameWindow.CSS.highlights) out[name] = [...h].map(r => { const x = page.createRange(); x.setStart(r.startContainer, r.startOffset); x.setEnd(r.endContainer, r.endOffset); return x.toString(); }); return JSON.stringify(out)";
    app.wait("colours", "return frameWindow.CSS.highlights.size === 9 && [...frameWindow.CSS.highlights.get('code-tag')].length === 2").await?;
    let found: Value = serde_json::from_str(&app.text(painted).await?)?;
    equal(&found["code-tag"], &json!(["key", "other"]), "keys")?;
    equal(&found["code-comment"], &json!(["# 😀 note"]), "comments")?;
    equal(
        &found["code-constant"],
        &json!(["true", "$HOME"]),
        "constants",
    )?;
    equal(
        &app.text("return article.querySelector('code').textContent")
            .await?,
        &"key: value # 😀 note\nother: true\n".to_owned(),
        "the code",
    )?;
    ensure(
        app.js("return [...article.querySelectorAll('code span')].every(s => !s.className && (!s.getAttribute('style') || s.getAttribute('style') === 'display:flex;'))", vec![]).await? == json!(true),
        "the colours left something in the article",
    )?;
    // Known is not yet drawn: the colours are there to be seen.
    let picture = app
        .cdp("Page.captureScreenshot", json!({ "format": "png" }))
        .await?;
    app.js("window.shot = arguments[0]", vec![picture["data"].clone()])
        .await?;
    let seen = ask(app, "const image = new Image(); image.src = 'data:image/png;base64,' + shot; await image.decode();\
        const canvas = Object.assign(document.createElement('canvas'), { width: image.width, height: image.height });\
        const context = canvas.getContext('2d'); context.drawImage(image, 0, 0);\
        const data = context.getImageData(0, 0, image.width, image.height).data;\
        const has = (r, g, b) => { for (let i = 0; i < data.length; i += 4) if (Math.abs(data[i] - r) < 12 && Math.abs(data[i + 1] - g) < 12 && Math.abs(data[i + 2] - b) < 12) return true; return false; };\
        return [has(0x7e, 0xe7, 0x87), has(0x79, 0xc0, 0xff), has(0xd2, 0xa8, 0xff)];").await?;
    equal(
        &seen,
        &json!([true, true, false]),
        "keys, constants and functions drawn in their colours",
    )?;
    // Typing in it: the new block is never seen without its colours.
    let pane = app.field("Markdown").await?;
    pane.click().await?;
    app.js(
        "const at = pane.value.indexOf('other'); pane.select(at)",
        vec![],
    )
    .await?;
    pane.send_keys("new: 1\n").await?;
    app.wait("the new key in its colour", "return [...frameWindow.CSS.highlights.get('code-tag')].map(r => r.startContainer.data.slice(r.startOffset, r.endOffset)).join() === 'key,new,other'").await
}

/// What is not touched by a change stays: images are not loaded again, scroll and selection stay.
pub async fn stays(app: &App<'_>) -> Outcome {
    let folder = app.downloads();
    let (post, image) = (folder.join("index.md"), folder.join("a.svg"));
    let mut text =
        "---\ntitle: t\n---\n\nFirst.\n\n![one](a.svg)\n\n{{< youtube abc >}}\n\n".to_owned();
    for number in 0..60 {
        text.push_str(&format!("Paragraph {number} of many.\n\n"));
    }
    std::fs::write(&post, text)?;
    std::fs::write(
        &image,
        "<svg xmlns='http://www.w3.org/2000/svg' width='400' height='300'><rect width='400' height='300' fill='teal'/></svg>",
    )?;
    app.choose(&[&post, &image]).await?;
    app.editor().await?;
    app.js(HELPERS, vec![]).await?;
    app.wait(
        "the image",
        "return article.querySelector('img')?.naturalWidth === 400",
    )
    .await?;
    app.js(
        "document.querySelector('.scroll-switch input').click()",
        vec![],
    )
    .await?;
    ask(app, "window.loads = 0; window.img = article.querySelector('img'); window.card = article.querySelector('.embed-card');\
        page.addEventListener('load', () => loads++, true);\
        frameWindow.scrollTo(0, 700); await frames_(3);\
        const p = [...article.querySelectorAll('p')].find(p => p.textContent.includes('Paragraph 30 '));\
        const range = page.createRange(); range.selectNodeContents(p); const s = frameWindow.getSelection(); s.removeAllRanges(); s.addRange(range);\
        window.chosen = s.toString(); window.where = p.getBoundingClientRect().top; return 0").await?;
    let pane = app.field("Markdown").await?;
    pane.click().await?;
    app.js(
        "pane.focus(); const at = pane.value.indexOf('First.'); pane.select(at)",
        vec![],
    )
    .await?;
    pane.send_keys("Words **in bold**, typed one by one. ")
        .await?;
    app.wait("the words", "return article.querySelector('strong')?.textContent === 'in bold' && article.textContent.includes('one by one. First.')").await?;
    let now = ask(app, "await frames_(4); const p = [...article.querySelectorAll('p')].find(p => p.textContent.includes('Paragraph 30 '));\
        return [loads, article.querySelector('img') === img, article.querySelector('.embed-card') === card, frameWindow.getSelection().toString() === chosen && chosen.length > 10,\
        Math.abs(p.getBoundingClientRect().top - where) < 2];").await?;
    equal(
        &now,
        &json!([0, true, true, true, true]),
        "images loaded, the image kept, the card kept, the selection kept, what is seen kept",
    )?;
    // Together again: the article shows what is being written, and an image that comes in late moves nothing.
    app.js(
        "document.querySelector('.scroll-switch input').click()",
        vec![],
    )
    .await?;
    app.js("pane.select(pane.value.length)", vec![]).await?;
    pane.send_keys("The very end.").await?;
    app.wait("the words at the end to be seen", "const p = [...article.querySelectorAll('p')].at(-1); const r = p.getBoundingClientRect(); return p.textContent.includes('The very end.') && r.top < frameWindow.innerHeight && r.bottom > 0").await
}
