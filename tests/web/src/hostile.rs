//! Posts made to attack: nothing of them runs, nothing is asked of another host, and the preview stays what it is.
//!
//! The vectors are DOMPurify's. A control in the same run shows that they do work where nothing holds them back.

use std::path::Path;

use serde_json::{Value, json};

use crate::Places;
use crate::app::{App, Failed, Outcome, ensure, equal};
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
        const until = performance.now() + 10000; while (!heading().startsWith(post.mark)) { if (performance.now() > until) return { wrong: [...[...new Set(hits)].map(hit => 'a script ran in ' + hit), 'it never showed'], came, ended: true }; await frames_(1); }\
        const frame = frame_(), page = frame.contentDocument, query = s => Document.prototype.querySelector.call(page, s);\
        const all = s => [...Document.prototype.querySelectorAll.call(page, s)];\
        window.kept ??= page; hook(window, 'the app'); hook(frame.contentWindow, 'the article');\
        came.title = plain(heading()) === plain(post.mark + post.payload);\
        came.alt = all('article img').some(i => plain(i.alt) === plain(post.payload));\
        came.name = all('article img').some(i => i.alt === 'by name' && i.src.startsWith('blob:'));\
        came.caption = !!query('article figcaption');\
        stir(query('article')); await frames_(1);\
        for (const name of ['list', 'social', 'search']) { document.getElementById('surface-tab-' + name).click();\
            let panel; for (let tries = 0; !(panel = document.getElementById('surface-' + name)) && tries < 100; tries++) await frames_(1);\
            await frames_(1); came[name] = plain(panel.textContent).includes(plain(post.payload));\
            const odd = [...panel.querySelectorAll('*')].filter(e => !['DIV', 'P', 'SPAN', 'FIGURE', 'FIGCAPTION', 'IMG', 'UL', 'LI'].includes(e.tagName) || e.getAttributeNames().some(n => n.startsWith('on')));\
            if (odd.length) wrong.push('the ' + name + ' card has ' + odd[0].outerHTML); stir(panel); }\
        document.getElementById('surface-tab-article').click(); await frames_(1);\
        for (const hit of new Set(hits)) wrong.push('a script ran in ' + hit);\
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
    app.forget_console().await?;
    control(app, &vectors).await?;
    ensure(
        !app.foreign_requests().await?.is_empty(),
        "the control asked no other host for anything",
    )?;

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
                "const out = []; for (const post of {}) {{ const found = await look(post); out.push(found); if (found.ended) break; }} return out;",
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
        if answers.len() < batch.len() {
            // The app or its preview has stopped: what comes next would all fail.
            break;
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

/// A body of whatever in HTML moves a page, sends something or fetches something by itself.
fn restless(elsewhere: &str) -> String {
    let srcdoc = format!(
        "<meta http-equiv=refresh content='0;url={elsewhere}/refreshed'><img src={elsewhere}/inside>"
    );
    let tags = [
        "<meta http-equiv=\"refresh\" content=\"0;url=E/refresh\">",
        "<meta http-equiv=\"refresh\" content=\"0;url=./index.html\">",
        "<base href=\"E/\" target=\"_top\">",
        "<link rel=\"stylesheet\" href=\"E/style.css\"><link rel=\"prefetch\" href=\"E/prefetch\"><link rel=\"preconnect\" href=\"E/\"><link rel=\"modulepreload\" href=\"E/module.js\">",
        "<form action=\"E/form\" target=\"_top\"><input name=\"a\" value=\"b\"><button>Send</button></form>",
        "<form action=\"./index.html\"><input type=\"image\" src=\"E/button\"></form>",
        "<iframe src=\"E/frame\"></iframe><iframe src=\"./index.html\"></iframe>",
        "<object data=\"E/object\"></object><object data=\"./index.html\"></object><embed src=\"E/embed\">",
        "<img src=\"E/image\" srcset=\"E/larger 2x\"><picture><source srcset=\"E/picture\"><img src=\"E/other\"></picture>",
        "<video src=\"E/video\" poster=\"E/poster\" autoplay><track default src=\"E/track\"></video><audio src=\"E/audio\" autoplay></audio>",
        "<table background=\"E/table\"><tr><td background=\"E/cell\">x</td></tr></table>",
        "<div style=\"background: url(E/background); list-style: url(E/list); cursor: url(E/cursor), auto; content: url(E/content)\">x</div>",
        "<style>@import \"E/import.css\"; @font-face { font-family: z; src: url(E/font) } p { font-family: z; background: image-set(url(E/set) 1x) }</style>",
        "<svg width=\"9\" height=\"9\"><image href=\"E/svg\" width=\"9\" height=\"9\"/><use href=\"E/use#x\"/><filter id=\"f\"><feImage href=\"E/filter\"/></filter><rect width=\"9\" height=\"9\" filter=\"url(#f)\" fill=\"url(E/fill#x)\"/><image width=\"9\" height=\"9\"><set attributeName=\"href\" to=\"E/set\"/></image></svg>",
        "<a id=\"top-link\" href=\"E/top\" target=\"_top\" ping=\"E/ping\">to the top</a> <a href=\"E/blank\" target=\"_blank\">a new tab</a> <a href=\"E/file\" download>a file</a>",
        "<math href=\"E/math\"><mi>x</mi></math> <svg width=\"9\" height=\"9\"><a href=\"E/circle\"><circle r=\"9\"/></a></svg> <map><area href=\"E/area\"></map>",
    ];
    let mut body: String = tags
        .iter()
        .map(|tag| format!("{}\n\n", tag.replace("E/", &format!("{elsewhere}/"))))
        .collect();
    body.push_str(&format!("<iframe srcdoc=\"{srcdoc}\"></iframe>\n"));
    body
}

/// Names that would hide what the app asks the preview's document and its forms for.
const NAMES: &str = "<form><input name=\"parentNode\"><input name=\"nextSibling\"><input name=\"getAttribute\"><input id=\"tagName\"><input name=\"remove\"></form>\n\n\
    <img name=\"querySelector\" src=\"x\"><img name=\"createElement\" src=\"x\"><form name=\"defaultView\"></form><object id=\"getElementById\"></object><iframe name=\"createRange\"></iframe>\n\n\
    <input form=\"late\" name=\"removeAttribute\"><form id=\"late\" name=\"mine\"></form>\n\n\
    <article><header class=\"article-header\">x</header><div class=\"edited\">x</div></article>\n";

/// Tags that move a page or fetch something move and fetch nothing, whatever is pressed.
pub async fn tags_move_nothing(app: &App<'_>) -> Outcome {
    let folder = tempfile::tempdir()?;
    let elsewhere = Static::start(folder.path())?;
    let post = |title: &str, body: &str| {
        format!("---\ntitle: {title}\ndate: 2026-01-01\n---\n\n{body}").into_bytes()
    };
    app.open_bytes("index.md", &post("Restless", &restless(elsewhere.origin())))
        .await?;
    app.js(&format!("{STIR} {OPEN}"), vec![]).await?;
    let windows = app.driver.windows().await?.len();
    ask(
        app,
        "const page = frame_().contentDocument; window.kept = page; stir(page.querySelector('article'));\
         for (const form of page.forms) { try { form.requestSubmit(); } catch (_) {} try { form.submit(); } catch (_) {} }\
         page.getElementById('top-link').scrollIntoView(); await frames_(3);",
    )
    .await?;
    let point = ask(app, "const r = kept.getElementById('top-link').getBoundingClientRect(), f = frame_().getBoundingClientRect(); return [f.left + r.left + 4, f.top + r.top + r.height / 2];").await?;
    for (button, modifiers) in [("left", 0), ("middle", 0), ("left", 2), ("left", 8)] {
        for kind in ["mousePressed", "mouseReleased"] {
            app.cdp("Input.dispatchMouseEvent", json!({ "type": kind, "x": point[0], "y": point[1], "button": button, "modifiers": modifiers, "clickCount": 1 })).await?;
        }
    }
    app.wait(
        "a word on where the link leads",
        "return document.body.textContent.includes('On the site this link leads to')",
    )
    .await?;
    let state = ask(app, "await frames_(10); await (await fetch('./preview.html')).text(); await frames_(10);\
        const frame = frame_(), article = frame.contentDocument.querySelector('article');\
        return [location.href === started, frame.contentDocument === kept, frame.contentWindow.location.pathname, article.textContent.includes('to the top'),\
        article.querySelectorAll('base, meta, link, script, [srcdoc]').length, hits.length];").await?;
    equal(
        &state,
        &json!([true, true, "/preview.html", true, 0, 0]),
        "app and frame where they were, the article there, nothing in it that moves, no script",
    )?;
    equal(&app.driver.windows().await?.len(), &windows, "windows")?;
    equal(&app.foreign_requests().await?, &Vec::new(), "requests")?;
    equal(&elsewhere.asked(), &Vec::new(), "what the other host saw")?;

    app.press("Close").await?;
    app.open_bytes("index.md", &post("Named", NAMES)).await?;
    app.wait("the forms", "return Document.prototype.querySelectorAll.call(frame_().contentDocument, 'article form').length === 3").await?;
    app.fill("Title", "Another title").await?;
    app.wait("the new title", "return heading() === 'Another title'")
        .await?;
    let kept = ask(app, "return [...Document.prototype.querySelectorAll.call(frame_().contentDocument, 'article [name], article [id]')].map(e => e.outerHTML)").await?;
    equal(
        &kept,
        &json!(["<form id=\"late\" name=\"mine\"></form>"]),
        "names that hide nothing stay, and only they",
    )?;
    app.press("Undo").await?;
    app.press("Close").await?;
    app.open_bytes("index.md", &post("After", "Only this."))
        .await?;
    app.wait("the next post alone", "return Document.prototype.querySelector.call(frame_().contentDocument, 'article').textContent.trim() === 'Only this.'").await?;
    app.forget_console().await
}
