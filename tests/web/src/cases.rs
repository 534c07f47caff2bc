//! What a person can do, case by case.

use std::path::PathBuf;

use serde_json::json;
use thirtyfour::TypingData;
use thirtyfour::prelude::*;

use crate::app::{App, Failed, Outcome, ensure, equal};
use crate::drafts::status;
use crate::{
    Places, article, commands, drafts, folders, form, frame, hostile, images, linking, pane,
    pictures, real, surfaces, tools, walk, writing,
};

/// How a case went, if it did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ran {
    Whole,
    Skipped,
}

/// Every case, in the order they run.
pub const NAMES: &[&str] = &[
    "start_screen",
    "sample",
    "october_title",
    "unedited_bytes",
    "every_field",
    "undo_and_redo",
    "drop",
    "paste",
    "new_recap_and_post",
    "preview_follows",
    "keyboard_only",
    "keyboard_walk",
    "phone",
    "leaving",
    "raw_front_matter",
    "moved_address",
    "images_of_the_post",
    "accessible",
    "every_key",
    "form_by_keyboard",
    "dates",
    "keywords",
    "ticks",
    "other_entries",
    "refusals",
    "too_much",
    "states_accessible",
    "scroll_together",
    "press_to_source",
    "links",
    "video",
    "code_colours",
    "stays",
    "long_article",
    "list_card",
    "social_card",
    "search_result",
    "surfaces_follow",
    "surfaces_by_keyboard",
    "recap_by_keyboard",
    "surfaces_accessible",
    "frame_width",
    "pane_bytes",
    "pane_composition",
    "pane_undo",
    "pane_fallback",
    "pane_keyboard",
    "pane_find",
    "pane_shortcodes",
    "writing_every_key",
    "writing_one_step",
    "writing_pastes",
    "writing_no_trap",
    "writing_composing",
    "writing_buttons",
    "writing_toolbar",
    "writing_forms",
    "writing_slash",
    "writing_outline",
    "writing_counts",
    "writing_options",
    "writing_phone",
    "writing_pasted_html",
    "writing_wrap",
    "writing_format",
    "writing_plain_box",
    "images_region",
    "images_pasted",
    "images_dropped",
    "images_edited",
    "images_accessible",
    "folders_picked",
    "folders_dropped",
    "folders_zip",
    "folders_ways",
    "folders_in_place",
    "writing_links",
    "writing_brackets",
    "writing_site_list",
    "writing_no_list",
    "writing_plain_box_keys",
    "writing_palette",
    "writing_palette_elsewhere",
    "writing_calls",
    "writing_find_part",
    "writing_goal",
    "hostile_vectors",
    "hostile_tags",
];

/// Runs one.
pub async fn run(name: &str, app: &App<'_>, places: &Places) -> Result<Ran, Failed> {
    match name {
        "start_screen" => start_screen(app).await?,
        "sample" => sample(app, places).await?,
        "october_title" => return real(places, |post| october_title(app, post)).await,
        "unedited_bytes" => unedited_bytes(app).await?,
        "every_field" => return real(places, |post| every_field(app, post)).await,
        "undo_and_redo" => undo_and_redo(app).await?,
        "drop" => drop_file(app).await?,
        "paste" => paste(app).await?,
        "new_recap_and_post" => new_recap_and_post(app).await?,
        "preview_follows" => preview_follows(app).await?,
        "keyboard_walk" => walk::keyboard_walk(app).await?,
        "keyboard_only" => keyboard_only(app).await?,
        "phone" => phone(app).await?,
        "leaving" => leaving(app).await?,
        "raw_front_matter" => raw_front_matter(app).await?,
        "moved_address" => moved_address(app).await?,
        "images_of_the_post" => images_of_the_post(app).await?,
        "accessible" => accessible(app, places).await?,
        "every_key" => form::every_key(app).await?,
        "form_by_keyboard" => form::by_keyboard(app).await?,
        "dates" => form::dates(app).await?,
        "keywords" => form::keywords(app).await?,
        "ticks" => form::ticks(app).await?,
        "other_entries" => form::other_entries(app).await?,
        "refusals" => form::refusals(app).await?,
        "too_much" => form::too_much(app).await?,
        "states_accessible" => form::states_accessible(app, &places.axe).await?,
        "scroll_together" => frame::scroll_together(app).await?,
        "press_to_source" => frame::press_to_source(app).await?,
        "links" => frame::links(app).await?,
        "video" => frame::video(app, &places.axe).await?,
        "code_colours" => frame::code_colours(app).await?,
        "stays" => frame::stays(app).await?,
        "long_article" => article::long_article(app).await?,
        "list_card" => surfaces::list_card(app).await?,
        "social_card" => surfaces::social_card(app).await?,
        "search_result" => surfaces::search_result(app).await?,
        "surfaces_follow" => surfaces::follow(app).await?,
        "surfaces_by_keyboard" => surfaces::by_keyboard(app).await?,
        "recap_by_keyboard" => {
            return real(places, |post| surfaces::recap_by_keyboard(app, post)).await;
        }
        "surfaces_accessible" => surfaces::accessible(app, &places.axe).await?,
        "frame_width" => surfaces::frame_width(app).await?,
        "pane_bytes" => pane::bytes(app).await?,
        "pane_composition" => pane::composition(app).await?,
        "pane_undo" => pane::undo(app).await?,
        "pane_fallback" => pane::fallback(app).await?,
        "pane_keyboard" => pane::keyboard(app).await?,
        "pane_find" => pane::find(app, &places.axe).await?,
        "pane_shortcodes" => pane::shortcodes(app).await?,
        "images_region" => images::region(app).await?,
        "images_pasted" => images::pasted(app).await?,
        "images_dropped" => images::dropped(app).await?,
        "images_edited" => images::edited(app).await?,
        "images_accessible" => images::accessible(app, &places.axe).await?,
        "folders_picked" => folders::picked(app, &places.axe).await?,
        "folders_dropped" => folders::dropped(app).await?,
        "folders_zip" => folders::zip(app).await?,
        "folders_ways" => folders::ways(app, &places.axe).await?,
        "folders_in_place" => folders::in_place(app, &places.axe).await?,
        "hostile_tags" => hostile::tags_move_nothing(app).await?,
        "writing_every_key" => writing::every_key(app).await?,
        "writing_one_step" => writing::one_step(app).await?,
        "writing_pastes" => writing::pastes(app).await?,
        "writing_no_trap" => writing::no_trap(app).await?,
        "writing_composing" => writing::composing(app).await?,
        "writing_buttons" => tools::buttons(app).await?,
        "writing_toolbar" => tools::toolbar(app, &places.axe).await?,
        "writing_forms" => tools::forms(app, &places.axe).await?,
        "writing_slash" => tools::slash(app, &places.axe).await?,
        "writing_outline" => tools::outline(app, &places.axe).await?,
        "writing_counts" => tools::counts(app).await?,
        "writing_options" => tools::options(app, &places.axe).await?,
        "writing_pasted_html" => writing::pasted_html(app).await?,
        "writing_wrap" => writing::wrap(app).await?,
        "writing_format" => writing::format(app, &places.axe).await?,
        "writing_plain_box" => writing::plain_box(app).await?,
        "writing_links" => linking::links(app, &places.axe).await?,
        "writing_brackets" => linking::brackets(app).await?,
        "writing_palette_elsewhere" => commands::palette_elsewhere(app, &places.axe).await?,
        "writing_palette" => commands::palette(app, &places.axe).await?,
        "writing_calls" => commands::calls(app, &places.axe).await?,
        "writing_find_part" => commands::find_part(app, &places.axe).await?,
        "writing_goal" => commands::goal(app, &places.axe).await?,
        "writing_no_list" => linking::no_list(app, &places.axe).await?,
        "writing_plain_box_keys" => writing::plain_box_keys(app).await?,
        "writing_site_list" => linking::site_list(app, &places.axe).await?,
        "writing_phone" => tools::phone(app, &places.axe).await?,
        "hostile_vectors" => return hostile::vectors_do_nothing(app, places).await,
        other if pictures::NAMES.contains(&other) => {
            pictures::run(other, app, &places.axe).await?;
        }
        other => drafts::run(other, app, &places.axe).await?,
    }
    Ok(Ran::Whole)
}

const POST: &str = "---\ndate: 2026-03-26T00:00:00Z\ntitle: A first title # kept\nkeywords: [linkerd, community]\nparams:\n  author: flynn\n---\n\nThe first paragraph.\n\nThe second paragraph.\n";

async fn heading_of_preview(app: &App<'_>, wanted: &str) -> Outcome {
    let wanted_json = json!(wanted);
    app.wait(
        &format!("the preview's heading “{wanted}”"),
        &format!("return document.querySelector('iframe').contentDocument.querySelector('h1').textContent === {wanted_json}"),
    )
    .await
}

/// The lines of two texts that differ, as (before, after).
fn changed_lines(before: &str, after: &str) -> (Vec<String>, Vec<String>) {
    let (before, after): (Vec<&str>, Vec<&str>) =
        (before.split('\n').collect(), after.split('\n').collect());
    let front = before
        .iter()
        .zip(&after)
        .take_while(|(a, b)| a == b)
        .count();
    let most = before.len().min(after.len()) - front;
    let back = before
        .iter()
        .rev()
        .zip(after.iter().rev())
        .take(most)
        .take_while(|(a, b)| a == b)
        .count();
    let part = |lines: &[&str]| {
        lines[front..lines.len() - back]
            .iter()
            .map(ToString::to_string)
            .collect()
    };
    (part(&before), part(&after))
}

async fn start_screen(app: &App<'_>) -> Outcome {
    equal(
        &app.text("return document.querySelector('h1').textContent")
            .await?,
        &"Recap Editor".to_owned(),
        "the heading",
    )?;
    for name in ["New recap", "New post", "Open file", "Try the sample"] {
        app.button(name).await?;
    }
    Ok(())
}

async fn sample(app: &App<'_>, places: &Places) -> Outcome {
    let source = std::fs::read_to_string(places.project.join("src/recap/sample/index.md"))?;
    let title = source.lines().find_map(|line| line.strip_prefix("title: "));
    app.press("Try the sample").await?;
    app.editor().await?;
    heading_of_preview(app, title.unwrap_or("a sample with a title")).await?;
    app.wait(
        "the image of the sample",
        "const i = document.querySelector('iframe').contentDocument.querySelector('article figure img'); return i && i.src.startsWith('blob:') && i.naturalWidth > 0",
    )
    .await?;
    app.wait(
        "the still card of the recording",
        "const d = document.querySelector('iframe').contentDocument; return d.querySelector('.embed-card[data-kind=youtube]') && !d.querySelector('iframe')",
    )
    .await?;
    app.wait("the byline", "return document.querySelector('iframe').contentDocument.querySelector('.byline strong').textContent.length > 3").await?;
    status(app, "Nothing changed").await
}

async fn october_title(app: &App<'_>, post: PathBuf) -> Outcome {
    let bytes = std::fs::read(&post)?;
    app.choose(&[&post]).await?;
    app.editor().await?;
    heading_of_preview(app, "October Linkerd community meeting recap").await?;
    equal(
        &app.download("index.md").await?,
        &bytes,
        "the unedited file",
    )?;
    app.fill("Title", "November: a new title").await?;
    heading_of_preview(app, "November: a new title").await?;
    status(app, "Saved in this browser").await?;
    let after = app.download("index.md").await?;
    status(app, "Downloaded").await?;
    let (before, after) = (String::from_utf8(bytes)?, String::from_utf8(after)?);
    let (gone, come) = changed_lines(&before, &after);
    equal(
        &gone,
        &vec!["title: October Linkerd community meeting recap".to_owned()],
        "the line that went",
    )?;
    equal(
        &come,
        &vec!["title: \"November: a new title\"".to_owned()],
        "the line that came",
    )
}

async fn unedited_bytes(app: &App<'_>) -> Outcome {
    let cases: [&[u8]; 14] = [
        b"---\r\ntitle: a\r\n---\r\n\r\nText\r\n",
        b"---\rtitle: a\r---\rText\r",
        b"---\ntitle: a\r\n---\nmixed\r\nlines\rhere\n",
        b"\xef\xbb\xbf---\ntitle: a\n---\nText",
        b"---\ntitle: a\n---\nno end",
        b"no front matter\n",
        b"---\ntitle: never closed\n\ntext\n",
        b"",
        b"+++\ntitle = \"a\"\n+++\ntext\n",
        b"{\"title\": \"a\"}\ntext\n",
        b"---\ntitle: a\n---\nbad \xff\xfe bytes\n",
        b"---\ntitle: [unclosed\n---\ntext\n",
        b"\0\0nul\0",
        b"---\ntitle: a\n---\n\xf0\x9f\x98\x80 e\xcc\x81\n\n\n",
    ];
    for bytes in cases {
        app.open_bytes("post.md", bytes).await?;
        app.wait(
            "the right file",
            "return !!document.getElementById('markdown')",
        )
        .await?;
        equal(
            &app.download("post.md").await?,
            &bytes.to_vec(),
            "the unedited file",
        )?;
        app.press("Close").await?;
        app.wait(
            "the start screen",
            "return !!document.querySelector('main.start')",
        )
        .await?;
    }
    Ok(())
}

async fn every_field(app: &App<'_>, post: PathBuf) -> Outcome {
    app.choose(&[&post]).await?;
    app.editor().await?;
    app.fill("Slug", "november-recap").await?;
    app.fill("Description", "A short one.").await?;
    let keywords = app.field("Keywords").await?;
    keywords.send_keys("news" + Key::Enter).await?;
    app.press("Remove meeting").await?;
    let author = app.field("Author").await?;
    author.send_keys("Flynn").await?;
    app.field("Show cover").await?.click().await?;
    let ratio = app.field("Thumbnail ratio").await?;
    ratio.send_keys("As usual").await?;
    app.js(
        "const d = document.querySelector('input[type=date]'); d.value = '2021-11-30'; d.dispatchEvent(new InputEvent('input', { bubbles: true }));",
        vec![],
    )
    .await?;
    app.wait("the new address", "return document.querySelector('.address').textContent.includes('/2021/11/30/november-recap/')").await?;
    let before = String::from_utf8(std::fs::read(&post)?)?;
    let after = String::from_utf8(app.download("index.md").await?)?;
    let (gone, come) = changed_lines(&before, &after);
    ensure(gone.len() < 14, format!("{} lines changed", gone.len()))?;
    let wanted = [
        "date: 2021-11-30T00:00:00Z",
        "slug: november-recap",
        "title: October Linkerd community meeting recap",
        "description: |-",
        "  A short one.",
        "keywords: [community, meetup, news]",
        "params:",
        "  author: flynn",
        "  showCover: true",
    ];
    equal(
        &come,
        &wanted.iter().map(ToString::to_string).collect(),
        "the front matter",
    )
}

async fn undo_and_redo(app: &App<'_>) -> Outcome {
    app.open_bytes("post.md", POST.as_bytes()).await?;
    app.fill("Title", "Second").await?;
    let pane = app.field("Markdown").await?;
    pane.click().await?;
    pane.send_keys(Key::Control + Key::Home).await?;
    pane.send_keys("Typed. ").await?;
    app.wait("the typed words", "return document.querySelector('iframe').contentDocument.querySelector('article').textContent.includes('Typed.')").await?;
    app.fill("Slug", "third").await?;
    app.wait(
        "the address",
        "return document.querySelector('.address').textContent.includes('third')",
    )
    .await?;

    app.press("Undo").await?;
    app.wait(
        "the slug to go",
        "return !document.querySelector('.address').textContent.includes('third')",
    )
    .await?;
    app.press("Undo").await?;
    app.wait("the words to go", "return !document.querySelector('iframe').contentDocument.querySelector('article').textContent.includes('Typed')").await?;
    heading_of_preview(app, "Second").await?;
    // By keyboard too, wherever the focus is.
    app.driver
        .action_chain()
        .key_down(Key::Control)
        .send_keys("z")
        .key_up(Key::Control)
        .perform()
        .await?;
    heading_of_preview(app, "A first title").await?;
    status(app, "Nothing changed").await?;
    equal(
        &app.download("post.md").await?,
        &POST.as_bytes().to_vec(),
        "the file after undoing all",
    )?;
    for wanted in ["Second", "Second", "Second"] {
        app.press("Redo").await?;
        heading_of_preview(app, wanted).await?;
    }
    let after = String::from_utf8(app.download("post.md").await?)?;
    for part in ["title: Second # kept\n", "slug: third\n", "\nTyped. "] {
        ensure(
            after.contains(part) || part == "\nTyped. " && after.contains("Typed. "),
            format!("“{part}” is missing after redoing all: {after}"),
        )?;
    }
    Ok(())
}

/// Drops or pastes need no mouse of the operating system: the events carry the same data.
const DROP: &str = "const t = new DataTransfer(); t.items.add(new File([arguments[1]], arguments[0], { type: 'text/markdown' }));\
    for (const n of ['dragenter', 'dragover', 'drop']) document.body.dispatchEvent(new DragEvent(n, { bubbles: true, cancelable: true, dataTransfer: t }));";

async fn drop_file(app: &App<'_>) -> Outcome {
    app.js(DROP, vec![json!("dropped.md"), json!(POST)]).await?;
    app.editor().await?;
    heading_of_preview(app, "A first title").await?;
    equal(
        &app.download("dropped.md").await?,
        &POST.as_bytes().to_vec(),
        "the dropped file",
    )
}

async fn paste(app: &App<'_>) -> Outcome {
    app.driver
        .find(By::Css("details.paste summary"))
        .await?
        .click()
        .await?;
    let area = app.field("The whole text, front matter included").await?;
    app.js(
        "arguments[0].value = arguments[1]",
        vec![area.to_json()?, json!(POST)],
    )
    .await?;
    app.press("Open the text").await?;
    app.editor().await?;
    equal(
        &app.download("index.md").await?,
        &POST.as_bytes().to_vec(),
        "the pasted text",
    )
}

async fn new_recap_and_post(app: &App<'_>) -> Outcome {
    app.press("New recap").await?;
    app.editor().await?;
    app.wait("the parts of a recap", "const t = document.querySelector('iframe').contentDocument.querySelector('article').textContent; return ['News and updates', 'Roadmap', 'Next meeting'].every(p => t.includes(p))").await?;
    app.press("Close").await?;
    app.press("New post").await?;
    app.editor().await?;
    app.fill("Title", "Hello").await?;
    heading_of_preview(app, "Hello").await?;
    let text = String::from_utf8(app.download("index.md").await?)?;
    let today = app.text("const d = new Date(); return [d.getFullYear(), String(d.getMonth() + 1).padStart(2, '0'), String(d.getDate()).padStart(2, '0')].join('-')").await?;
    ensure(
        text.starts_with(&format!("---\ndate: {today}T00:00:00Z\ntitle: ")),
        format!("the new post starts with {text}"),
    )
}

async fn preview_follows(app: &App<'_>) -> Outcome {
    app.open_bytes("post.md", POST.as_bytes()).await?;
    app.js("document.querySelector('iframe').contentDocument.querySelectorAll('article p')[1].dataset.kept = 'yes'", vec![]).await?;
    let pane = app.field("Markdown").await?;
    pane.click().await?;
    pane.send_keys(Key::Control + Key::Home).await?;
    pane.send_keys(Key::Down + "**Now** ").await?;
    app.wait("the typed word in bold", "return document.querySelector('iframe').contentDocument.querySelector('article strong').textContent === 'Now'").await?;
    app.wait("the other paragraph to stay as it was", "return document.querySelector('iframe').contentDocument.querySelectorAll('article p')[1].dataset.kept === 'yes'").await?;
    pane.send_keys(Key::Control + Key::End).await?;
    pane.send_keys("\n[away](https://example.com/) <script>top.hacked = 1</script><img src=x onerror='top.hacked = 1'>").await?;
    app.wait(
        "the link",
        "return !!document.querySelector('iframe').contentDocument.querySelector('article a')",
    )
    .await?;
    app.js(
        "document.querySelector('iframe').contentDocument.querySelector('article a').click()",
        vec![],
    )
    .await?;
    app.wait(
        "the notice that says where the link leads",
        "return document.querySelector('.notice').textContent.includes('https://example.com/')",
    )
    .await?;
    ensure(
        app.js("return top.hacked === undefined", vec![])
            .await?
            .as_bool()
            == Some(true),
        "raw HTML ran a script",
    )
}

async fn keyboard_only(app: &App<'_>) -> Outcome {
    let keys = async |text: TypingData| app.driver.action_chain().send_keys(text).perform().await;
    let focused = "return (document.activeElement.labels?.[0] ?? document.getElementById(document.activeElement.getAttribute('aria-labelledby')) ?? document.activeElement).textContent.trim()";
    let mut found = false;
    for _ in 0..12 {
        keys(Key::Tab.into()).await?;
        if app.text(focused).await?.starts_with("Try the sample") {
            found = true;
            break;
        }
    }
    ensure(found, "Tab never reached “Try the sample”")?;
    keys(Key::Enter.into()).await?;
    app.editor().await?;
    let mut reached = Vec::new();
    for _ in 0..60 {
        keys(Key::Tab.into()).await?;
        let name = app.text(focused).await?;
        let done = name == "Markdown";
        reached.push(name);
        if done {
            break;
        }
    }
    for label in [
        "Download",
        "Title",
        "Date",
        "Slug",
        "Description",
        "Keywords",
        "Author",
        "Show cover",
        "Thumbnail ratio",
        "Markdown",
    ] {
        ensure(
            reached.iter().any(|name| name == label),
            format!("Tab never reached “{label}”: {reached:?}"),
        )?;
    }
    keys("By keyboard. ".into()).await?;
    app.wait("the words typed by keyboard", "return document.querySelector('iframe').contentDocument.querySelector('article').textContent.includes('By keyboard.')").await
}

async fn phone(app: &App<'_>) -> Outcome {
    app.size(360, 780).await?;
    app.reload().await?;
    let fits = "return document.documentElement.scrollWidth <= innerWidth";
    app.wait("a start screen that fits", fits).await?;
    app.press("Try the sample").await?;
    app.editor().await?;
    for (tab, shown) in [
        ("Front matter", "part-form"),
        ("Preview", "part-preview"),
        ("Text", "part-text"),
    ] {
        app.press(tab).await?;
        app.wait(&format!("the tab {tab}"), &format!("return getComputedStyle(document.getElementById('{shown}')).visibility === 'visible' && [...document.querySelectorAll('.parts .part')].filter(p => getComputedStyle(p).visibility === 'visible').length === 1")).await?;
        app.wait("an editor that fits", fits).await?;
    }
    Ok(())
}

/// What is stored needs no question; what is typed in a field and is no value yet does.
async fn leaving(app: &App<'_>) -> Outcome {
    app.open_bytes("post.md", POST.as_bytes()).await?;
    app.fill("Title", "Changed").await?;
    status(app, "Saved in this browser").await?;
    app.press("Close").await?;
    app.wait(
        "the start screen",
        "return !!document.querySelector('main.start')",
    )
    .await?;
    // Where nothing can be stored, changes would be lost.
    app.js("IDBDatabase.prototype.transaction = () => { throw new DOMException('no', 'SecurityError'); }", vec![])
        .await?;
    app.open_bytes("post.md", POST.as_bytes()).await?;
    app.fill("Title", "Changed").await?;
    status(app, "Only in this tab").await?;
    app.press("Close").await?;
    app.press("Stay here").await?;
    heading_of_preview(app, "Changed").await?;
    app.press("Close").await?;
    app.press("Leave without downloading").await?;
    app.wait(
        "the start screen",
        "return !!document.querySelector('main.start')",
    )
    .await
}

async fn raw_front_matter(app: &App<'_>) -> Outcome {
    app.open_bytes("post.md", POST.as_bytes()).await?;
    app.press("Edit as YAML").await?;
    let raw = app.field("Front matter YAML").await?;
    app.wait(
        "the raw text",
        "return document.getElementById('front-matter-yaml').value.startsWith('date: 2026')",
    )
    .await?;
    raw.click().await?;
    raw.send_keys(Key::Control + Key::End).await?;
    raw.send_keys("\nextra: [1, 2").await?;
    app.wait(
        "the reason why the form is off",
        "return document.querySelector('.locked').textContent.includes('line 6')",
    )
    .await?;
    raw.send_keys("]").await?;
    app.wait(
        "the form to work again",
        "return !document.querySelector('.locked')",
    )
    .await?;
    app.press("Edit as YAML").await?;
    app.wait(
        "the entry the form does not know",
        "return document.querySelector('.others').textContent.includes('extra: [1, 2]')",
    )
    .await?;
    app.fill("Title", "Both ways").await?;
    app.press("Edit as YAML").await?;
    app.wait("the title in the raw text", "return document.getElementById('front-matter-yaml').value.includes('title: Both ways # kept')").await
}

async fn moved_address(app: &App<'_>) -> Outcome {
    app.open_bytes("post.md", POST.as_bytes()).await?;
    app.fill("Title", "Another").await?;
    app.wait("the warning", "return document.querySelector('.moved').textContent.includes('/2026/03/26/a-first-title/')").await?;
    app.press("Keep the old address").await?;
    app.wait(
        "the warning to go",
        "return !document.querySelector('.moved')",
    )
    .await?;
    app.press("Undo").await?;
    app.press("Add a redirect").await?;
    app.wait(
        "the warning to go",
        "return !document.querySelector('.moved')",
    )
    .await?;
    let after = String::from_utf8(app.download("post.md").await?)?;
    ensure(
        after.contains("aliases:\n  - /2026/03/26/a-first-title/\n"),
        format!("no redirect in {after}"),
    )
}

async fn images_of_the_post(app: &App<'_>) -> Outcome {
    let picture = "<svg xmlns='http://www.w3.org/2000/svg' width='20' height='10'><rect width='20' height='10'/></svg>";
    let folder = app.downloads();
    let (post, image) = (folder.join("index.md"), folder.join("a b.svg"));
    std::fs::write(
        &post,
        "---\ntitle: t\n---\n\n![one](a%20b.svg)\n\n![two](gone.png)\n",
    )?;
    std::fs::write(&image, picture)?;
    app.choose(&[&post, &image]).await?;
    app.editor().await?;
    app.wait("the image that is there, and a place for the one that is not", "const [a, b] = document.querySelector('iframe').contentDocument.querySelectorAll('article img'); return a.src.startsWith('blob:') && a.naturalWidth === 20 && b.hasAttribute('data-missing') && !b.hasAttribute('src')").await
}

async fn accessible(app: &App<'_>, places: &Places) -> Outcome {
    for dark in [false, true] {
        app.dark(dark).await?;
        app.reload().await?;
        app.axe(&places.axe).await?;
        app.press("Try the sample").await?;
        app.editor().await?;
        app.js(
            "document.querySelectorAll('details').forEach(d => d.open = true)",
            vec![],
        )
        .await?;
        app.axe(&places.axe).await?;
        app.press("Edit as YAML").await?;
        app.axe(&places.axe).await?;
        app.press("Edit as YAML").await?;
        app.js("IDBDatabase.prototype.transaction = () => { throw new DOMException('no', 'SecurityError'); }", vec![])
            .await?;
        app.fill("Title", "x").await?;
        status(app, "Only in this tab").await?;
        app.press("Close").await?;
        app.axe(&places.axe).await?;
        app.press("Leave without downloading").await?;
        // At 200 % a window of 1440 px has room for 720.
        app.size(720, 450).await?;
        app.press("Try the sample").await?;
        app.editor().await?;
        app.axe(&places.axe).await?;
        app.size(1440, 900).await?;
    }
    Ok(())
}
