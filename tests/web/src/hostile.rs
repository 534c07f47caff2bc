//! Posts made to attack: nothing of them runs, nothing is asked of another host, and the preview stays what it is.
//!
//! The vectors are DOMPurify's. A control in the same run shows that they do work where nothing holds them back.

use std::path::Path;

use serde_json::{Value, json};

use crate::Places;
use crate::app::{App, Failed, Outcome, ensure};
use crate::cases::Ran;
use crate::frame::ask;
use crate::server::Static;

/// At least so many vectors have to run without a sandbox and a policy; else this case would prove nothing.
const CONTROL: u64 = 40;

/// How many posts are opened between two looks at what the browser asked for.
const BATCH: usize = 16;

/// Does to a document what a reader might: focus, presses, and every event that something in it listens for.
const STIR: &str = "window.stir = root => { for (const e of root.querySelectorAll('*')) {\
    const tell = name => { try { e.dispatchEvent(new MouseEvent(name, { bubbles: true, cancelable: true })); } catch (_) {} };\
    for (const name of Element.prototype.getAttributeNames.call(e)) if (/^on/i.test(name)) tell(name.slice(2).toLowerCase());\
    try { e.focus(); e.blur(); } catch (_) {}\
    if (Element.prototype.matches.call(e, 'a, area, button, input, summary, label, svg *, math, math *')) { tell('click'); tell('auxclick'); } } };";

/// What opens a post in the app and looks at all its surfaces. Gives what was wrong, and whether each part of the post
/// that holds the vector arrived where it is shown: without that, a preview that drops everything would pass.
const OPEN: &str = "window.hits = []; window.frames_ = n => new Promise(done => { const step = () => n-- > 0 ? requestAnimationFrame(step) : done(); step(); });\
    window.hook = (its, where) => { for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'])\
        its[name] = () => { hits.push(where); return null; }; for (let i = 0; i < its.length; i++) try { hook(its[i], where + ', a frame inside'); } catch (_) {} };\
    window.plain = text => text.replace(/\\s+/g, ' ').trim();\
    window.open_ = async (post, pictures) => { const carried = new DataTransfer(); carried.items.add(new File([post.text], 'index.md'));\
        for (const [name, text] of pictures) carried.items.add(new File([text], name));\
        document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: carried })); };\
    window.frame_ = () => document.querySelector('iframe[title=\"Article preview\"]');\
    window.inside = (type, name) => Object.getOwnPropertyDescriptor(type.prototype, name).get;\
    window.heading = () => { try { return Document.prototype.querySelector.call(frame_().contentDocument, 'h1').textContent; } catch (_) { return ''; } };\
    window.look = async post => { hits.length = 0; const wrong = [], came = {};\
        await open_(post, [[post.picture, post.pixels]]);\
        const until = performance.now() + 10000; while (!heading().startsWith(post.mark)) { if (performance.now() > until) return { wrong: ['it never showed'], came }; await frames_(1); }\
        const frame = frame_(), page = frame.contentDocument, query = s => Document.prototype.querySelector.call(page, s);\
        const all = s => [...Document.prototype.querySelectorAll.call(page, s)];\
        window.kept ??= page; hook(window, 'the app'); hook(frame.contentWindow, 'the article');\
        came.title = plain(heading()) === plain(post.mark + post.payload);\
        came.alt = all('article img').some(i => plain(i.alt) === plain(post.payload));\
        came.name = all('article img').some(i => i.alt === 'by name' && i.src.startsWith('blob:'));\
        came.caption = !!query('article figcaption');\
        stir(query('article')); await frames_(1);\
        for (const name of ['list', 'social', 'search']) { document.getElementById('surface-tab-' + name).click(); await frames_(1);\
            const panel = document.getElementById('surface-' + name); came[name] = plain(panel.textContent).includes(plain(post.payload));\
            const odd = [...panel.querySelectorAll('*')].filter(e => !['DIV', 'P', 'SPAN', 'FIGURE', 'FIGCAPTION', 'IMG', 'UL', 'LI'].includes(e.tagName) || e.getAttributeNames().some(n => n.startsWith('on')));\
            if (odd.length) wrong.push('the ' + name + ' card has ' + odd[0].outerHTML); stir(panel); }\
        document.getElementById('surface-tab-article').click(); await frames_(1);\
        for (const hit of hits) wrong.push('a script ran in ' + hit);\
        if (location.href !== started) wrong.push('the app went to ' + location.href);\
        if (frame.contentWindow.location.pathname !== new URL('./preview.html', started).pathname) wrong.push('the frame went to ' + frame.contentWindow.location.href);\
        if (inside(HTMLIFrameElement, 'contentDocument').call(frame) !== kept) wrong.push('the frame was loaded anew');\
        if (document.title !== 'Recap Editor') wrong.push('the title is ' + document.title);\
        if (window.name !== '') wrong.push('the window has a name');\
        const moving = all('article :is(base, meta, link, script, iframe[srcdoc], iframe[src], object[data], embed[src])');\
        if (moving.length) wrong.push('in the article is ' + moving[0].outerHTML);\
        return { wrong, came }; }; window.started = location.href;";

/// A vector and where it came from.
struct Vector {
    name: String,
    payload: String,
}

fn vectors(file: &Path) -> Result<Vec<Vector>, Failed> {
    let read: Value = serde_json::from_slice(&std::fs::read(file)?)?;
    let all = read.as_array().into_iter().flatten().enumerate();
    Ok(all
        .map(|(number, entry)| Vector {
            name: format!("{number} ({})", entry["title"].as_str().unwrap_or("-")),
            payload: entry["payload"].as_str().unwrap_or_default().to_owned(),
        })
        .collect())
}

/// A post with the vector wherever a writer can put words. The body comes last, since it may leave something open.
fn post(number: usize, payload: &str) -> Value {
    let mark = format!("V{number} ");
    let quoted = json!(payload).to_string();
    let line = payload.split_whitespace().collect::<Vec<_>>().join(" ");
    let shortcode = line.replace('\\', "/").replace('"', "\\\"");
    let escaped: String = line
        .chars()
        .flat_map(|c| {
            c.is_ascii_punctuation()
                .then_some('\\')
                .into_iter()
                .chain([c])
        })
        .collect();
    let picture: String = line
        .chars()
        .filter(|c| *c != '/')
        .take(60)
        .collect::<String>()
        + ".svg";
    let address: String = picture
        .bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() || byte == b'.' {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect();
    let title = json!(format!("{mark}{payload}"));
    let text = format!(
        "---\ntitle: {title}\ndate: 2026-01-01\ndescription: {quoted}\nimages: [{picture}]\nparams:\n  thumbnail: {picture}\n  feature: {picture}\n  author:\n    name: {quoted}\n    avatar: {picture}\n---\n\n\
         ![{escaped}](gone.png \"{escaped}\")\n\n![by name]({address})\n\n\
         {{{{< figure src=\"{address}\" alt=\"{shortcode}\" title=\"{shortcode}\" caption=\"{shortcode}\" link=\"{shortcode}\" class=\"{shortcode}\" >}}}}\n\n\
         {{{{< youtube \"{shortcode}\" >}}}}\n\n{{{{< x user=\"{shortcode}\" id=\"{shortcode}\" >}}}}\n\n{{{{< gone \"{shortcode}\" >}}}}\n\n\
         [a link](<{escaped}>)\n\n```{line}\ncode\n```\n\n{payload}\n",
        picture = json!(picture)
    );
    let pixels = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9' onload='alert(1)'><script>alert(1)</script><image href='http://example.com/pixel.png'/><foreignObject>{payload}</foreignObject></svg>"
    );
    json!({ "mark": mark, "payload": payload, "text": text, "picture": picture, "pixels": pixels })
}

/// DOMPurify's vectors as bodies, titles, captions, alternative texts, file names and arguments of shortcodes.
pub async fn vectors_do_nothing(app: &App<'_>, places: &Places) -> Result<Ran, Failed> {
    let Some(shared) = &places.shared else {
        return Ok(Ran::Skipped);
    };
    let vectors = vectors(&shared.join("vectors/xss_dompurify_expect.json"))?;
    ensure(vectors.len() > 200, "there are hardly any vectors")?;
    control(app, &vectors).await?;

    app.reload().await?;
    app.forget_console().await?;
    app.js(&format!("{STIR} {OPEN}"), vec![]).await?;
    let mut wrong = Vec::new();
    let mut came = std::collections::BTreeMap::<String, usize>::new();
    for (at, batch) in vectors.chunks(BATCH).enumerate() {
        let first = at * BATCH;
        let posts: Vec<Value> = (first..)
            .zip(batch)
            .map(|(number, vector)| post(number, &vector.payload))
            .collect();
        let answers = ask(
            app,
            &format!(
                "const out = []; for (const post of {}) out.push(await look(post)); return out;",
                json!(posts)
            ),
        )
        .await?;
        let answers = answers
            .as_array()
            .ok_or_else(|| Failed(format!("vectors {first} and on: {answers}")))?;
        for (vector, answer) in batch.iter().zip(answers) {
            for sentence in answer["wrong"].as_array().into_iter().flatten() {
                wrong.push(format!("vector {}: {sentence}", vector.name));
            }
            for (part, arrived) in answer["came"].as_object().into_iter().flatten() {
                *came.entry(part.clone()).or_default() += usize::from(*arrived == json!(true));
            }
        }
        for url in app.foreign_requests().await? {
            wrong.push(format!("vectors {first} to {}: {url}", first + batch.len()));
        }
    }
    app.forget_console().await?;
    ensure(wrong.is_empty(), wrong.join("\n           "))?;
    for part in [
        "title", "alt", "name", "caption", "list", "social", "search",
    ] {
        let arrived = came.get(part).copied().unwrap_or_default();
        ensure(
            arrived * 10 > vectors.len() * 9,
            format!("only {arrived} vectors reached their place: {part}"),
        )?;
    }
    Ok(Ran::Whole)
}

/// The same vectors in frames without sandbox and policy.
async fn control(app: &App<'_>, vectors: &[Vector]) -> Outcome {
    let folder = tempfile::tempdir()?;
    let page = format!(
        "<!doctype html><title>Control</title><script>window.hits = new Set(); {STIR}\
         window.run = all => all.forEach((payload, i) => {{ const frame = document.createElement('iframe'); frame.onload = () => {{ try {{ stir(frame.contentDocument); }} catch (_) {{}} }};\
         frame.srcdoc = `<script>for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) window[name] = () => {{ top.hits.add(${{i}}); return null; }};<\\/script>` + payload;\
         document.body.append(frame); }});</script><body>"
    );
    std::fs::write(folder.path().join("index.html"), page)?;
    let server = Static::start(folder.path())?;
    // Some go on to documents of their own, whose dialogs would stop the driver.
    let silent = "for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) window[name] = () => null;";
    let silent = app
        .cdp(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({ "source": silent }),
        )
        .await?;
    app.driver.goto(server.origin()).await?;
    let payloads: Vec<&str> = vectors
        .iter()
        .map(|vector| vector.payload.as_str())
        .collect();
    app.js("run(arguments[0])", vec![json!(payloads)]).await?;
    app.wait(
        &format!("{CONTROL} vectors to run in the control"),
        &format!("return hits.size >= {CONTROL}"),
    )
    .await?;
    app.driver.goto("about:blank").await?;
    app.cdp("Page.removeScriptToEvaluateOnNewDocument", silent)
        .await?;
    Ok(())
}
