//! The pictures beside the post: seen, added, named, and what follows from that in the text and in the file taken home.

use std::path::{Path, PathBuf};

use recap_editor::bundle::{Archive, Limits};
use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::app::{App, Failed, Outcome, ensure, equal};
use crate::drafts::status;
use crate::frame::HELPERS;
use crate::writing;

const POST: &str = "---\ndate: 2021-11-10T00:00:00Z\ntitle: A post\nslug: my-post\nparams:\n  cover: cover.svg\n---\n\n## The meeting\n\n![A room](room.svg)\n\n![](gone.png)\n\nEnd.\n";

/// A drawing so wide, 50 px high.
pub fn drawing(width: u32) -> String {
    format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='50'><rect width='{width}' height='50' fill='teal'/></svg>"
    )
}

/// A dot as a PNG.
const DOT: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/// The files of a post on disk.
pub struct Folder(tempfile::TempDir);

impl Folder {
    pub fn new(files: &[(&str, &str)]) -> Result<Self, Failed> {
        let folder = Self(tempfile::tempdir()?);
        for (name, text) in files {
            let path = folder.0.path().join(name);
            if let Some(parent) = path.parent() {
                std::fs::create_dir_all(parent)?;
            }
            std::fs::write(path, text)?;
        }
        Ok(folder)
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

/// Opens the post with its pictures; one is missing.
async fn open(app: &App<'_>) -> Result<Folder, Failed> {
    let (cover, room) = (drawing(900), drawing(300));
    let folder = Folder::new(&[
        ("index.md", POST),
        ("cover.svg", &cover),
        ("room.svg", &room),
    ])?;
    let files = ["index.md", "cover.svg", "room.svg"].map(|name| folder.at(name));
    app.choose(&files.each_ref().map(PathBuf::as_path)).await?;
    app.editor().await?;
    app.js(HELPERS, vec![]).await?;
    items(app, &["cover.svg", "room.svg"]).await?;
    Ok(folder)
}

/// The region's list items, by their files.
pub async fn items(app: &App<'_>, wanted: &[&str]) -> Outcome {
    let region = "const names = [...document.querySelectorAll('[aria-label=Images] .image-item .about .image-name, #part-images .image-item .about .image-name')].map(n => n.textContent)";
    let wanted = serde_json::to_string(wanted)?;
    let said = app
        .wait(
            "the list of pictures",
            &format!(
                "{region}; return JSON.stringify([...new Set(names)]) === JSON.stringify({wanted})"
            ),
        )
        .await;
    if said.is_err() {
        let found = app
            .text(&format!("{region}; return JSON.stringify(names)"))
            .await?;
        return equal(&found, &wanted, "the list of pictures");
    }
    Ok(())
}

/// What the list item of a file says.
async fn item(app: &App<'_>, file: &str) -> Result<String, Failed> {
    let item = app
        .js(
            "return [...document.querySelectorAll('.image-item')].find(i => i.querySelector('.image-name').textContent === arguments[0])?.innerText ?? ''",
            vec![json!(file)],
        )
        .await?;
    Ok(item.as_str().unwrap_or_default().to_owned())
}

/// Waits until the Markdown pane has this text.
async fn body_has(app: &App<'_>, part: &str) -> Outcome {
    app.wait(
        &format!("{part:?} in the text"),
        &format!(
            "return pane.value.includes({})",
            serde_json::to_string(part)?
        ),
    )
    .await
}

/// A file that comes down without "Download".
pub async fn downloaded(app: &App<'_>, name: &str) -> Result<Vec<u8>, Failed> {
    let file = app.downloads().join(name);
    for _ in 0..600 {
        if file.exists() {
            return Ok(std::fs::read(&file)?);
        }
        // A frame: the wait is as long as the browser's work.
        app.driver
            .execute_async("const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(0)))", vec![])
            .await?;
    }
    Err(Failed(format!("“{name}” was never downloaded")))
}

/// The files of the zip that "Download" gives, by their paths in it.
async fn taken_home(app: &App<'_>, name: &str) -> Result<Vec<(String, Vec<u8>)>, Failed> {
    let zip = app.download(name).await?;
    files_of(&zip)
}

pub fn files_of(zip: &[u8]) -> Result<Vec<(String, Vec<u8>)>, Failed> {
    let archive = Archive::read(zip, &Limits::default())?;
    let folder = archive
        .posts()
        .first()
        .copied()
        .unwrap_or_default()
        .to_owned();
    let (bundle, _) = archive.bundle(&folder)?;
    let mut files: Vec<_> = bundle
        .files
        .iter()
        .map(|file| (format!("{folder}/{}", file.path), file.bytes.to_vec()))
        .collect();
    files.sort();
    Ok(files)
}

/// The region lists every file with what it is for and what is wrong, and what is missing, which can be added.
pub async fn region(app: &App<'_>) -> Outcome {
    let folder = open(app).await?;
    let cover = item(app, "cover.svg").await?;
    for part in ["900 × 50", "Cover", "other posts"] {
        ensure(
            cover.contains(part),
            format!("the cover's item says {cover:?}, not “{part}”"),
        )?;
    }
    let room = item(app, "room.svg").await?;
    ensure(
        room.contains("In the text"),
        format!("the room's item says {room:?}"),
    )?;
    app.wait(
        "the thumbnails as pictures",
        // One that is out of sight is not loaded.
        "const list = document.getElementById('images-list'); list.scrollTop = list.scrollTop ? 0 : list.scrollHeight;\
         const all = [...document.querySelectorAll('.image-item .thumb img')]; return all.length === 2 && all.every(i => i.src.startsWith('blob:') && i.naturalWidth > 0)",
    )
    .await?;
    app.wait(
        "the missing picture",
        "return document.querySelector('.missing-list').textContent.includes('gone.png')",
    )
    .await?;
    let png = folder.at("other.png");
    std::fs::write(&png, dot())?;
    pick(app, "Add it: gone.png", &png).await?;
    items(app, &["cover.svg", "gone.png", "room.svg"]).await?;
    app.wait(
        "nothing missing",
        "return !document.querySelector('.missing-list')",
    )
    .await?;
    app.wait("the picture in the article", "return [...document.querySelector('iframe').contentDocument.querySelectorAll('article img')].every(i => i.naturalWidth > 0)").await?;
    // What is typed shows when the writer pauses.
    app.js(
        "view.dispatch({ changes: { from: 0, insert: '![x](new.png)\\n\\n' } })",
        vec![],
    )
    .await?;
    app.wait(
        "another missing picture",
        "return document.querySelector('.missing-list')?.textContent.includes('new.png')",
    )
    .await?;
    app.press("Hide images").await?;
    app.wait("no list", "return !document.getElementById('images-list')")
        .await?;
    app.press("Show images").await?;
    items(app, &["cover.svg", "gone.png", "room.svg"]).await
}

fn dot() -> Vec<u8> {
    // Base64, in a few lines: the browser gets it as text, the disk as bytes.
    let value = |c: u8| -> u32 {
        match c {
            b'A'..=b'Z' => u32::from(c - b'A'),
            b'a'..=b'z' => u32::from(c - b'a') + 26,
            b'0'..=b'9' => u32::from(c - b'0') + 52,
            b'+' => 62,
            _ => 63,
        }
    };
    let mut out = Vec::new();
    for four in DOT.trim_end_matches('=').as_bytes().chunks(4) {
        let bits = four.iter().fold(0, |bits, c| (bits << 6) | value(*c)) << (6 * (4 - four.len()));
        out.extend(bits.to_be_bytes().iter().skip(1).take(four.len() - 1));
    }
    out
}

/// Picks a file through the hidden input of a button.
async fn pick(app: &App<'_>, name: &str, file: &Path) -> Outcome {
    let input = app
        .driver
        .find(By::Css(format!("input[data-testid='{name}']")))
        .await?;
    Ok(input.send_keys(file.display().to_string()).await?)
}

/// A picture dropped at a place of the page, or pasted where the keyboard is. `how` is "drop" or "paste".
async fn hand(app: &App<'_>, how: &str, target: &str, name: &str) -> Outcome {
    app.js(
        "const bytes = Uint8Array.from(atob(arguments[3]), c => c.charCodeAt(0)); const t = new DataTransfer();\
         t.items.add(new File([bytes], arguments[2], { type: 'image/png' })); const e = document.querySelector(arguments[1]);\
         const box = e.getBoundingClientRect(); const at = { clientX: box.left + box.width / 2, clientY: box.bottom - 4 };\
         if (arguments[0] === 'paste') e.dispatchEvent(new ClipboardEvent('paste', { clipboardData: t, bubbles: true, cancelable: true }));\
         else for (const n of ['dragenter', 'dragover', 'drop']) e.dispatchEvent(new DragEvent(n, { bubbles: true, cancelable: true, dataTransfer: t, ...at }));",
        vec![json!(how), json!(target), json!(name), json!(DOT)],
    )
    .await?;
    Ok(())
}

/// A pasted picture is a file with a good name and its Markdown at the caret, one step; nothing is lost by taking it back.
pub async fn pasted(app: &App<'_>) -> Outcome {
    let body = "## A fine day\n\nOne ‸two‸ three.\n\n";
    app.open_bytes(
        "index.md",
        format!(
            "---\ndate: 2021-11-10\nslug: my-post\ntitle: t\n---\n{}",
            body.replace('‸', "")
        )
        .as_bytes(),
    )
    .await?;
    app.js(HELPERS, vec![]).await?;
    writing::place(app, body).await?;
    hand(app, "paste", "#markdown", "image.png").await?;
    writing::is(
        app,
        "## A fine day\n\nOne ![two](two.png)‸ three.\n\n",
        "a paste on a word",
    )
    .await?;
    items(app, &["two.png"]).await?;
    writing::place(app, "## A fine day\n\nOne ![two](two.png) three.\n\n‸").await?;
    hand(app, "paste", "#markdown", "image.png").await?;
    writing::is(
        app,
        "## A fine day\n\nOne ![two](two.png) three.\n\n![‸](a-fine-day.png)",
        "a paste in an empty line",
    )
    .await?;
    items(app, &["a-fine-day.png", "two.png"]).await?;
    app.press("Undo").await?;
    items(app, &["two.png"]).await?;
    body_has(app, "One ![two](two.png) three.\n\n").await?;
    // Writing on makes redo forget it; the picture can still be put back.
    writing::keys(app, "x").await?;
    app.driver
        .find(By::Css(".taken-away summary"))
        .await?
        .click()
        .await?;
    app.press("Put back a-fine-day.png").await?;
    items(app, &["a-fine-day.png", "two.png"]).await?;
    status(app, "Saved in this browser").await?;
    let files = taken_home(app, "1110-my-post.zip").await?;
    let path = "linkerd.io/content/blog/2021/1110-my-post";
    equal(
        &files.iter().map(|(path, _)| path.clone()).collect(),
        &["a-fine-day.png", "index.md", "two.png"]
            .map(|name| format!("{path}/{name}"))
            .to_vec(),
        "the files of the zip",
    )?;
    equal(&files[2].1, &dot(), "the pasted bytes")?;
    // The draft has the pictures too.
    app.reload().await?;
    app.press("t").await?;
    app.editor().await?;
    items(app, &["a-fine-day.png", "two.png"]).await
}

/// Dropped onto the text, a picture is written there; onto anything else, it is put beside the post.
pub async fn dropped(app: &App<'_>) -> Outcome {
    open(app).await?;
    hand(app, "drop", ".images-part", "My Photo.PNG").await?;
    items(app, &["cover.svg", "my-photo.png", "room.svg"]).await?;
    hand(app, "drop", ".missing-list li", "whatever.png").await?;
    items(app, &["cover.svg", "gone.png", "my-photo.png", "room.svg"]).await?;
    // The pane's last lines are below its text: the picture goes to its end.
    hand(app, "drop", ".cm-line:last-child", "my-photo.png").await?;
    body_has(app, "](my-photo-2.png)").await?;
    items(
        app,
        &[
            "cover.svg",
            "gone.png",
            "my-photo-2.png",
            "my-photo.png",
            "room.svg",
        ],
    )
    .await?;
    for _ in 0..3 {
        app.press("Undo").await?;
    }
    items(app, &["cover.svg", "room.svg"]).await?;
    status(app, "Nothing changed").await
}

/// Everything about one picture: role, alt text, caption, name, replacing, deleting, each one step.
pub async fn edited(app: &App<'_>) -> Outcome {
    let folder = open(app).await?;
    app.press("Edit room.svg").await?;
    set(
        app,
        "Alt text of room.svg",
        "Set alt text of room.svg",
        "A large [room]",
    )
    .await?;
    body_has(app, "![A large \\[room\\]](room.svg)").await?;
    set(
        app,
        "Caption of room.svg",
        "Set caption of room.svg",
        "Where \"we\" met",
    )
    .await?;
    body_has(app, "](room.svg \"Where \\\"we\\\" met\")").await?;
    app.wait("the caption in the article", "return document.querySelector('iframe').contentDocument.querySelector('figcaption')?.textContent.includes('met')").await?;
    app.press("Make this the thumbnail").await?;
    app.wait("its role", "return [...document.querySelectorAll('.image-item .roles')].some(r => r.textContent === 'Thumbnail, in the text')").await?;
    set(
        app,
        "File name of room.svg",
        "Rename room.svg",
        "the-room.svg",
    )
    .await?;
    items(app, &["cover.svg", "the-room.svg"]).await?;
    body_has(app, "](the-room.svg \"Where").await?;
    app.press("Undo").await?;
    items(app, &["cover.svg", "room.svg"]).await?;
    app.press("Redo").await?;
    items(app, &["cover.svg", "the-room.svg"]).await?;
    app.press("Edit cover.svg").await?;
    let other = folder.at("another.svg");
    std::fs::write(&other, drawing(1000))?;
    pick(app, "Replace cover.svg", &other).await?;
    app.wait(
        "the new cover",
        "return document.querySelector('.image-item .facts').textContent.includes('1000 × 50')",
    )
    .await?;
    app.press("Edit the-room.svg").await?;
    app.press("Delete the-room.svg").await?;
    items(app, &["cover.svg"]).await?;
    app.wait(
        "no room in the text",
        "return !pane.value.includes('the-room')",
    )
    .await?;
    let focus = app.text("return document.activeElement.id").await?;
    equal(
        &focus,
        &"images-heading".to_owned(),
        "where the keyboard is",
    )?;
    let files = taken_home(app, "1110-my-post.zip").await?;
    equal(&files.len(), &2, "how many files")?;
    equal(&files[0].1, &drawing(1000).into_bytes(), "the cover")?;
    for _ in 0..6 {
        app.press("Undo").await?;
    }
    items(app, &["cover.svg", "room.svg"]).await?;
    status(app, "Nothing changed").await
}

/// Fills a box of a picture's details and presses its button.
async fn set(app: &App<'_>, label: &str, button: &str, text: &str) -> Outcome {
    app.fill(label, text).await?;
    app.press(button).await
}

/// Wide, at 200 % and on a phone, light and dark, with everything open.
pub async fn accessible(app: &App<'_>, axe: &str) -> Outcome {
    open(app).await?;
    app.press("Edit room.svg").await?;
    for dark in [false, true] {
        app.dark(dark).await?;
        for (width, height) in [(1440, 900), (720, 450), (360, 740)] {
            app.size(width, height).await?;
            if width <= 768 {
                app.press("Images").await?;
            }
            app.wait("the region", "return document.querySelector('.images-part').checkVisibility({ visibilityProperty: true })").await?;
            app.axe(axe).await?;
            let wide: Value = app
                .js(
                    "return document.documentElement.scrollWidth - innerWidth",
                    vec![],
                )
                .await?;
            ensure(
                wide.as_i64() <= Some(0),
                format!("at {width} px the page is {wide} px too wide"),
            )?;
        }
        app.size(1440, 900).await?;
    }
    Ok(())
}
