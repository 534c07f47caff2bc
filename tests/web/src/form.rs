//! The form: every key, by mouse and by keyboard, with the bytes it writes.

use serde_json::json;
use thirtyfour::prelude::*;

use crate::app::{App, Failed, Outcome, ensure, equal};

/// A post with nothing but a date: everything else is added by the form.
const BARE: &str = "---\ndate: 2026-03-26T00:00:00Z\n---\n\nThe text.\n";

/// What the form writes where every field is filled in.
const FULL: &str = "\
---
date: 2026-03-27T00:00:00Z
draft: true
slug: my-slug
title: |-
  One: two
description: |-
  A sentence that is long enough to be wrapped somewhere, since the lines of a
  block end before the eightieth column.
aliases:
  - /old/
  - /older/
keywords: [linkerd, \"2.20\"]
params:
  metaTitle: Another title
  author:
    name: Zoë Example
    avatar: zoe.jpg
    email: zoe@example.com
  showCover: true
  thumbnailRatio: fit
  thumbnail: t.png
  cover: c.png
  feature: f.png
  noIndex: true
  videoSchema:
    - title: A talk
      description: |-
        What it is about.
      embedUrl: https://www.youtube.com/embed/abc
      thumbnailUrl: https://example.com/a.jpg
      uploadDate: 2026-03-20
      duration: PT5M
    - title: Another
  faqSchema:
    - question: Why?
      answer: |-
        Because.
images: [social.jpg] # Open graph image
---

The text.
";

/// The control with this id.
async fn by_id(app: &App<'_>, id: &str) -> Result<WebElement, Failed> {
    app.driver
        .query(By::Id(id))
        .first()
        .await
        .map_err(|_| Failed(format!("there is no control {id}")))
}

/// Picks a day as the browser's picker does.
async fn pick(app: &App<'_>, id: &str, day: &str) -> Outcome {
    app.js(
        "const d = document.getElementById(arguments[0]); d.focus(); d.value = arguments[1];\
         d.dispatchEvent(new InputEvent('input', { bubbles: true }));",
        vec![json!(id), json!(day)],
    )
    .await?;
    Ok(())
}

async fn unfold(app: &App<'_>) -> Outcome {
    app.js("document.querySelector('details.more').open = true", vec![])
        .await?;
    Ok(())
}

/// Waits until the form's text, boxes included, has this.
async fn shows(app: &App<'_>, what: &str, script: &str) -> Outcome {
    app.wait(what, &format!("return {script}")).await
}

/// Every key of the site, from nothing; the bytes; and all of it taken back.
pub async fn every_key(app: &App<'_>) -> Outcome {
    app.open_bytes("post.md", BARE.as_bytes()).await?;
    unfold(app).await?;
    app.fill("Title", "One: two").await?;
    pick(app, "field-date", "2026-03-27").await?;
    app.fill("Slug", "my-slug").await?;
    app.fill(
        "Description",
        "A sentence that is long enough to be wrapped somewhere, since the lines of a block end before the eightieth column.",
    )
    .await?;
    let keywords = app.field("Keywords").await?;
    keywords.send_keys("linkerd, 2.20,").await?;
    let author = app.field("Author").await?;
    author.send_keys("Guest").await?;
    app.fill("Name", "Zoë Example").await?;
    app.fill("Picture", "zoe.jpg").await?;
    app.fill("Email", "zoe@example.com").await?;
    app.field("Show cover").await?.click().await?;
    app.field("Thumbnail ratio")
        .await?
        .send_keys("Show the whole")
        .await?;
    app.press("Add to Social images").await?;
    by_id(app, "field-images-row-0")
        .await?
        .send_keys("social.jpg")
        .await?;
    app.fill("Meta title", "Another title").await?;
    app.fill("Cover", "c.png").await?;
    app.fill("Feature image", "f.png").await?;
    app.fill("Thumbnail", "t.png").await?;
    for (at, alias) in ["/old/", "/older/"].into_iter().enumerate() {
        app.press("Add to Aliases").await?;
        by_id(app, &format!("field-aliases-row-{at}"))
            .await?
            .send_keys(alias)
            .await?;
    }
    app.field("Draft").await?.click().await?;
    app.field("Hide from search engines").await?.click().await?;
    for (at, title) in ["A talk", "Another"].into_iter().enumerate() {
        app.press("Add to Recordings").await?;
        by_id(app, &format!("field-params.videoSchema-row-{at}"))
            .await?
            .send_keys(title)
            .await?;
    }
    for (key, text) in [
        ("description", "What it is about."),
        ("embedUrl", "https://www.youtube.com/embed/abc"),
        ("thumbnailUrl", "https://example.com/a.jpg"),
        ("duration", "PT5M"),
    ] {
        by_id(app, &format!("field-params.videoSchema[0].{key}"))
            .await?
            .send_keys(text)
            .await?;
    }
    pick(app, "field-params.videoSchema[0].uploadDate", "2026-03-20").await?;
    app.press("Add to Questions and answers").await?;
    by_id(app, "field-params.faqSchema-row-0")
        .await?
        .send_keys("Why?")
        .await?;
    by_id(app, "field-params.faqSchema[0].answer")
        .await?
        .send_keys("Because.")
        .await?;
    let after = String::from_utf8(app.download("post.md").await?)?;
    equal(&after, &FULL.to_owned(), "the file with every key")?;
    for _ in 0..100 {
        let undo = app.button("Undo").await?;
        if !undo.is_enabled().await? {
            break;
        }
        undo.click().await?;
    }
    equal(
        &app.download("post.md").await?,
        &BARE.as_bytes().to_vec(),
        "the file after undoing all",
    )
}

/// A new day never shifts by time zone and keeps the form that the file has.
pub async fn dates(app: &App<'_>) -> Outcome {
    for zone in ["Pacific/Kiritimati", "America/Los_Angeles"] {
        app.cdp(
            "Emulation.setTimezoneOverride",
            json!({ "timezoneId": zone }),
        )
        .await?;
        for rest in [
            "T00:00:00Z",
            "T00:00:00+00:00",
            "T23:30:00-08:00",
            "T00:00:00",
            "T00:00:00.000Z",
            " 08:00:00",
            "",
        ] {
            let before = format!("---\ndate: 2021-11-10{rest} # c\n---\n");
            app.open_bytes("post.md", before.as_bytes()).await?;
            shows(
                app,
                "the day as it is written",
                "document.getElementById('field-date')?.value === '2021-11-10'",
            )
            .await?;
            pick(app, "field-date", "2022-01-31").await?;
            let after = String::from_utf8(app.download("post.md").await?)?;
            equal(&after, &before.replace("2021-11-10", "2022-01-31"), zone)?;
            app.press("Close").await?;
        }
    }
    Ok(())
}

/// Keywords: suggestions, a list pasted, order and removal, all by keyboard.
pub async fn keywords(app: &App<'_>) -> Outcome {
    app.open_bytes(
        "post.md",
        b"---\ntitle: T\nkeywords: [2.20, 'it', linkerd] # kept\n---\n",
    )
    .await?;
    let field = app.field("Keywords").await?;
    field.send_keys("mul" + Key::Down + Key::Enter).await?;
    shows(
        app,
        "the suggestion that was chosen",
        "[...document.querySelectorAll('.chip .word')].at(-1).textContent === 'multicluster'",
    )
    .await?;
    app.js(
        "const t = new DataTransfer(); t.setData('text/plain', 'news, linkerd\\nflux');\
         arguments[0].dispatchEvent(new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: t }));",
        vec![field.to_json()?],
    )
    .await?;
    shows(
        app,
        "the words of the pasted list, each once",
        "document.querySelectorAll('.chip').length === 6",
    )
    .await?;
    let keys = async |text: TypingData| app.driver.action_chain().send_keys(text).perform().await;
    let focus = async |wanted: &str| {
        let wanted_json = json!(wanted);
        shows(
            app,
            &format!("the focus on {wanted}"),
            &format!("document.activeElement.textContent === {wanted_json}"),
        )
        .await
    };
    // Back from the box to the chips, and the last one to the front.
    app.driver
        .action_chain()
        .key_down(Key::Shift)
        .send_keys(Key::Tab)
        .key_up(Key::Shift)
        .perform()
        .await?;
    keys(Key::End.into()).await?;
    focus("flux").await?;
    app.driver
        .action_chain()
        .key_down(Key::Shift)
        .send_keys(Key::Home)
        .key_up(Key::Shift)
        .perform()
        .await?;
    shows(
        app,
        "flux in front",
        "document.querySelector('.chip .word').textContent === 'flux'",
    )
    .await?;
    focus("flux").await?;
    keys(Key::Right + Key::Right).await?;
    focus("it").await?;
    keys(Key::Delete.into()).await?;
    focus("linkerd").await?;
    let after = String::from_utf8(app.download("post.md").await?)?;
    equal(
        &after,
        &"---\ntitle: T\nkeywords: [flux, 2.20, linkerd, multicluster, news] # kept\n---\n"
            .to_owned(),
        "the keywords",
    )
}

/// A box that is ticked and unticked leaves the file as it was, however it said no.
pub async fn ticks(app: &App<'_>) -> Outcome {
    for before in [
        "---\ntitle: T\nparams:\n  showCover: false # c\n---\n",
        "---\ntitle: T\nparams:\n  author: flynn\n---\n",
        "---\ntitle: T\n---\n",
    ] {
        app.open_bytes("post.md", before.as_bytes()).await?;
        let cover = app.field("Show cover").await?;
        for leave in [false, true] {
            cover.click().await?;
            if leave {
                app.field("Slug").await?.click().await?;
            }
            let on = String::from_utf8(app.download("post.md").await?)?;
            ensure(on.contains("showCover: true"), format!("no tick in {on}"))?;
            cover.click().await?;
            let off = String::from_utf8(app.download("post.md").await?)?;
            equal(&off, &before.to_owned(), "the file after a tick and none")?;
        }
        app.press("Close").await?;
    }
    app.open_bytes(
        "post.md",
        b"---\ntitle: T\nparams:\n  showCover: true\n  author: flynn\n---\n",
    )
    .await?;
    app.field("Show cover").await?.click().await?;
    equal(
        &String::from_utf8(app.download("post.md").await?)?,
        &"---\ntitle: T\nparams:\n  author: flynn\n---\n".to_owned(),
        "the file without the tick",
    )
}

/// What the form does not know is shown and can be edited where it stands.
pub async fn other_entries(app: &App<'_>) -> Outcome {
    app.open_bytes(
        "post.md",
        "---\r\ntitle: “T”\r\ntags: [a, b] # c\r\nlayout: wide\r\n---\r\n".as_bytes(),
    )
    .await?;
    app.press("Edit layout as YAML").await?;
    let selected = "const t = document.activeElement; return t.id === 'front-matter-yaml' && t.value.slice(t.selectionStart, t.selectionEnd)";
    app.wait(
        "the entry to be selected",
        &format!("const get = () => {{ {selected} }}; return get() === 'layout: wide'"),
    )
    .await?;
    app.press("Edit tags as YAML").await?;
    app.wait(
        "the other entry to be selected",
        &format!("const get = () => {{ {selected} }}; return get() === 'tags: [a, b]'"),
    )
    .await?;
    app.driver
        .action_chain()
        .send_keys("tags: [d]")
        .perform()
        .await?;
    // Two ways at once: the form below follows, and what it writes stands in the text.
    shows(
        app,
        "the new entry below",
        "document.querySelector('.others').textContent.includes('tags: [d]')",
    )
    .await?;
    app.fill("Slug", "s").await?;
    shows(app, "the slug in the text", "document.getElementById('front-matter-yaml').value.includes('\\nslug: s\\n') || document.getElementById('front-matter-yaml').value.startsWith('slug: s\\n')").await?;
    let after = String::from_utf8(app.download("post.md").await?)?;
    equal(
        &after,
        &"---\r\nslug: s\r\ntitle: “T”\r\ntags: [d] # c\r\nlayout: wide\r\n---\r\n".to_owned(),
        "the file",
    )
}

/// What cannot be changed without guessing is refused, with the reason; what was typed stays, and the file too.
pub async fn refusals(app: &App<'_>) -> Outcome {
    let before = "---\ntitle: &t One\nparams:\n  author:\n    name: *t\n    avatar: a.png\n---\n";
    app.open_bytes("post.md", before.as_bytes()).await?;
    for (label, field) in [
        ("Title", "field-title"),
        ("Name", "field-params.author.name"),
    ] {
        app.fill(label, "Two").await?;
        let field_json = json!(field);
        app.wait(&format!("the reason at {label}"), &format!(
            "const f = document.getElementById({field_json}); const why = f.getAttribute('aria-describedby').split(' ').map(i => document.getElementById(i)?.textContent).join(' ');\
             return f.getAttribute('aria-invalid') === 'true' && f.value === 'Two' && why.includes('&')"
        )).await?;
    }
    equal(
        &String::from_utf8(app.download("post.md").await?)?,
        &before.to_owned(),
        "the file",
    )?;
    app.fill("Picture", "b.png").await?;
    let after = String::from_utf8(app.download("post.md").await?)?;
    equal(
        &after,
        &before.replace("a.png", "b.png"),
        "the part beside it",
    )?;
    app.wait(
        "what was refused to stay",
        "return document.getElementById('field-params.author.name').value === 'Two'",
    )
    .await
}

/// Front matter that is too much for the form: answered soon, said why, and the text goes on.
pub async fn too_much(app: &App<'_>) -> Outcome {
    let bomb: String = (1..30).fold("a0: &a0 [x]\n".to_owned(), |text, i| {
        let before = i - 1;
        format!("{text}a{i}: &a{i} [*a{before}, *a{before}, *a{before}]\n")
    });
    let texts = [
        ("70 kB", format!("a: \"{}\"\n", "x".repeat(70_000)), "kB"),
        ("1 MB", "key: [a, b]\n".repeat(90_000), "kB"),
        (
            "60 kB of brackets",
            format!("a: {}\n", "[".repeat(60_000)),
            "nested too deeply",
        ),
        (
            "101 deep",
            format!("a: {}x{}\n", "[".repeat(101), "]".repeat(101)),
            "nested too deeply",
        ),
        ("an alias bomb", bomb, "references"),
    ];
    for (name, yaml, reason) in texts {
        let file = format!("---\n{yaml}---\n\nThe text.\n");
        let took = app
            .driver
            .execute_async(
                "const [file, reason, name, done] = arguments; const t = new DataTransfer();\
                 t.items.add(new File([file], name, { type: 'text/markdown' })); const start = performance.now();\
                 document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: t }));\
                 const look = () => document.querySelector('.locked')?.textContent.includes(reason)\
                 ? done(performance.now() - start) : performance.now() - start < 30000 ? requestAnimationFrame(look) : done(null);\
                 look();",
                vec![json!(file), json!(reason), json!(format!("{name}.md"))],
            )
            .await?;
        let Some(took) = took.json().as_f64() else {
            return Err(Failed(format!(
                "{name}: the form is not off, or does not say “{reason}”"
            )));
        };
        // One more character in the box of the raw text.
        app.press("Edit as YAML").await?;
        shows(
            app,
            "the raw text",
            "document.getElementById('front-matter-yaml')?.value.length > 100",
        )
        .await?;
        let typed = app
            .driver
            .execute_async(
                "const done = arguments[0]; const box = document.getElementById('front-matter-yaml'); box.focus();\
                 box.setRangeText(' ', 0, 0, 'end'); const start = performance.now(); let own;\
                 box.dispatchEvent(new InputEvent('input', { bubbles: true }));\
                 Promise.resolve().then(() => {}).then(() => {}).then(() => { own = performance.now() - start; });\
                 requestAnimationFrame(() => setTimeout(() => done([own, performance.now() - start])));",
                vec![],
            )
            .await?;
        let ms = |at: usize| typed.json()[at].as_f64().unwrap_or_default();
        println!(
            "           {name}: on the screen after {took:.0} ms; a key in the raw text {:.0} ms, with the browser’s layout {:.0} ms",
            ms(0),
            ms(1)
        );
        let pane = app.field("Markdown").await?;
        pane.click().await?;
        pane.send_keys(Key::Control + Key::End).await?;
        pane.send_keys("Typed.").await?;
        app.wait("the typed word", "return document.querySelector('iframe').contentDocument.querySelector('article').textContent.includes('Typed.')").await?;
        ensure(
            !app.field("Title").await?.is_enabled().await?,
            format!("{name}: the form is on"),
        )?;
        let after = String::from_utf8(app.download(&format!("{name}.md")).await?)?;
        ensure(
            after == format!("---\n {yaml}---\n\nThe text.\nTyped."),
            format!("{name}: the file is another"),
        )?;
        app.press("Close").await?;
    }
    Ok(())
}

/// Every state of the form, light and dark, wide, at 200 % and on a phone.
pub async fn states_accessible(app: &App<'_>, axe: &str) -> Outcome {
    let post = "---\ntitle: &t One\ntags: [a]\naliases: [/x/]\nimages: [a.png]\nkeywords: [one, two]\nparams:\n  author:\n    name: *t\n  \
                videoSchema:\n    - title: A\n      uploadDate: soon\n  showCover: yes\n---\n";
    for dark in [false, true] {
        for (width, height) in [(1440, 900), (720, 450), (360, 780)] {
            app.size(width, height).await?;
            app.dark(dark).await?;
            app.reload().await?;
            // The file of the round before has a draft by now.
            let name = format!("post-{dark}-{width}.md");
            app.open_bytes(&name, post.as_bytes()).await?;
            if width < 800 {
                app.press("Front matter").await?;
            }
            unfold(app).await?;
            app.fill("Title", "Two").await?;
            app.fill("Slug", "another-slug").await?;
            app.fill("Description", &"word ".repeat(40)).await?;
            app.field("Keywords").await?.send_keys("li").await?;
            shows(
                app,
                "suggestions",
                "!document.querySelector('.suggestions').hidden",
            )
            .await?;
            let fits = "document.documentElement.scrollWidth <= innerWidth && document.documentElement.scrollHeight <= innerHeight && document.querySelector('form').scrollWidth <= document.querySelector('form').clientWidth";
            shows(app, "a form that fits", fits).await?;
            app.axe(axe).await?;
            app.press("Edit as YAML").await?;
            let raw = app.field("Front matter YAML").await?;
            raw.click().await?;
            raw.send_keys(Key::Control + Key::Home).await?;
            raw.send_keys("[").await?;
            shows(app, "the reason", "!!document.querySelector('.locked')").await?;
            shows(app, "a form that fits", fits).await?;
            app.axe(axe).await?;
        }
    }
    Ok(())
}

/// From the first field to the last, with nothing but keys: folded fields, an author, an entry of a list.
pub async fn by_keyboard(app: &App<'_>) -> Outcome {
    app.open_bytes(
        "post.md",
        b"---\ntitle: T\ntags: [a]\nparams:\n  author: flynn\n---\n",
    )
    .await?;
    let keys = async |text: TypingData| app.driver.action_chain().send_keys(text).perform().await;
    let reach = async |name: &str| -> Outcome {
        let wanted = json!(name);
        for _ in 0..60 {
            keys(Key::Tab.into()).await?;
            let there = app
                .js(
                    &format!(
                        "const e = document.activeElement; return (e.getAttribute('aria-label') ?? e.labels?.[0]?.textContent ?? e.textContent).trim().startsWith({wanted})"
                    ),
                    vec![],
                )
                .await?;
            if there.as_bool() == Some(true) {
                return Ok(());
            }
        }
        Err(Failed(format!("Tab never reached “{name}”")))
    };
    reach("Slug").await?;
    keys("s".into()).await?;
    reach("Author").await?;
    keys("Alex L".into()).await?;
    reach("Show cover").await?;
    keys(" ".into()).await?;
    reach("More fields").await?;
    keys(Key::Enter.into()).await?;
    reach("Add to Aliases").await?;
    keys(Key::Enter.into()).await?;
    shows(
        app,
        "the keyboard in the new row",
        "document.activeElement.id === 'field-aliases-row-0'",
    )
    .await?;
    keys("/old/".into()).await?;
    reach("Draft").await?;
    keys(" ".into()).await?;
    reach("Add to Recordings").await?;
    keys(Key::Enter.into()).await?;
    keys("A talk".into()).await?;
    reach("Remove Recordings 1").await?;
    reach("Edit tags as YAML").await?;
    keys(Key::Enter.into()).await?;
    shows(
        app,
        "the keyboard in the text",
        "document.activeElement.id === 'front-matter-yaml'",
    )
    .await?;
    equal(
        &String::from_utf8(app.download("post.md").await?)?,
        &"---\ndraft: true\nslug: s\ntitle: T\naliases:\n  - /old/\ntags: [a]\nparams:\n  author: alex\n  showCover: true\n  videoSchema:\n    - title: A talk\n---\n"
            .to_owned(),
        "the file",
    )
}
