//! Folders and zips in, folders and zips out. The picker of folders is stubbed: it gives a folder of the origin private file
//! system, which the browser keeps in the profile of the test.

use std::path::PathBuf;

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::app::{App, Failed, Outcome, ensure, equal};
use crate::frame::HELPERS;
use crate::images::{Folder, downloaded, drawing, files_of, items};

fn post(title: &str) -> String {
    format!(
        "---\ndate: 2021-11-10T00:00:00Z\ntitle: {title}\nslug: my-post\n---\n\n![A room](room.svg)\n"
    )
}

/// A clone of the site with two posts and a page that is none.
fn a_clone() -> Result<Folder, Failed> {
    let (one, two) = (post("One"), post("Two"));
    let blog = "linkerd.io/content/blog/2021";
    let (room, wide) = (drawing(300), drawing(500));
    Folder::new(&[
        (&format!("{blog}/1110-one/index.md"), &one),
        (&format!("{blog}/1110-one/room.svg"), &room),
        (&format!("{blog}/1111-two/index.md"), &two),
        (&format!("{blog}/1111-two/room.svg"), &wide),
        (
            "linkerd.io/content/docs/index.md",
            "---\ntitle: Docs\n---\n",
        ),
        (".git/index.md", "no post"),
    ])
}

async fn choose(app: &App<'_>, post: &str) -> Outcome {
    app.wait(
        "the question which post",
        "return document.querySelector('dialog.choose-post')?.open",
    )
    .await?;
    app.press(post).await?;
    app.editor().await
}

/// A folder by the picker of old: a clone of the site asks which post; the one that is chosen comes with its pictures and
/// leaves with the paths it had.
pub async fn picked(app: &App<'_>, axe: &str) -> Outcome {
    let folder = a_clone()?;
    let input = app
        .driver
        .find(By::Css("[data-testid=open-folder]"))
        .await?;
    input.send_keys(folder.at("").display().to_string()).await?;
    app.wait(
        "the question which post",
        "return document.querySelector('dialog.choose-post')?.open",
    )
    .await?;
    let posts = app.text("return [...document.querySelectorAll('dialog.choose-post li')].map(i => i.textContent).join()").await?;
    equal(
        &posts,
        &"linkerd.io/content/blog/2021/1111-two,linkerd.io/content/blog/2021/1110-one".to_owned(),
        "the posts to choose from",
    )?;
    for width in [1440, 720, 360] {
        app.size(width, 800).await?;
        app.axe(axe).await?;
    }
    app.size(1440, 900).await?;
    choose(app, "linkerd.io/content/blog/2021/1111-two").await?;
    items(app, &["room.svg"]).await?;
    let files = files_of(&app.download("1111-two.zip").await?)?;
    let path = "linkerd.io/content/blog/2021/1111-two";
    equal(
        &files,
        &vec![
            (format!("{path}/index.md"), post("Two").into_bytes()),
            (format!("{path}/room.svg"), drawing(500).into_bytes()),
        ],
        "the files of the zip",
    )
}

/// A folder by drop, as `webkitGetAsEntry` hands it over.
pub async fn dropped(app: &App<'_>) -> Outcome {
    // No script can drop a real folder: the entries are made, the way through them is the app's.
    app.js(
        "const file = (name, text) => ({ isDirectory: false, name, file: ok => ok(new File([text], name)) });\
         const folder = (name, all) => ({ isDirectory: true, name, createReader: () => { let left = [...all]; return { readEntries: ok => ok(left.splice(0, 1)) } } });\
         const root = folder('1110-my-post', [file('index.md', arguments[0]), file('.DS_Store', 'x'), folder('more', [file('a.svg', arguments[1])]), file('room.svg', arguments[1]), file('notes.pdf', 'pdf')]);\
         DataTransferItem.prototype.webkitGetAsEntry = () => root;\
         const t = new DataTransfer(); t.items.add(new File([''], '1110-my-post'));\
         document.body.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: t }));",
        vec![json!(post("Dropped")), json!(drawing(300))],
    )
    .await?;
    app.editor().await?;
    items(app, &["more/a.svg", "room.svg"]).await?;
    app.wait(
        "the file that is no picture",
        "return document.getElementById('images-list').textContent.includes('notes.pdf')",
    )
    .await?;
    let files = files_of(&app.download("1110-my-post.zip").await?)?;
    let names: Vec<&str> = files
        .iter()
        .map(|(path, _)| path.rsplit("1110-my-post/").next().unwrap_or_default())
        .collect();
    equal(
        &names,
        &vec!["index.md", "more/a.svg", "notes.pdf", "room.svg"],
        "the files of the zip",
    )
}

/// A zip with several posts asks which.
pub async fn zip(app: &App<'_>) -> Outcome {
    let file = |path: &str, text: &str| recap_editor::bundle::BundleFile {
        path: path.to_owned(),
        bytes: text.as_bytes().into(),
        modified: None,
    };
    let bytes = recap_editor::bundle::zip_of(&[
        file("2021/1110-one/index.md", &post("One")),
        file("2021/1110-one/room.svg", &drawing(300)),
        file("2021/1111-two/index.md", &post("Two")),
    ])?;
    let folder = Folder::new(&[])?;
    let zip = folder.at("posts.zip");
    std::fs::write(&zip, bytes.to_vec())?;
    app.choose(&[&zip]).await?;
    app.wait(
        "the question which post",
        "return document.querySelector('dialog.choose-post')?.open",
    )
    .await?;
    app.press("Cancel").await?;
    app.wait(
        "no question",
        "return !document.querySelector('dialog.choose-post')",
    )
    .await?;
    app.choose(&[&zip]).await?;
    choose(app, "2021/1110-one").await?;
    items(app, &["room.svg"]).await
}

/// The menu: a zip, the text alone, a folder with another name.
pub async fn ways(app: &App<'_>, axe: &str) -> Outcome {
    let (index, room) = (post("Ways"), drawing(300));
    let folder = Folder::new(&[("index.md", &index), ("room.svg", &room)])?;
    let files = ["index.md", "room.svg"].map(|name| folder.at(name));
    app.choose(&files.each_ref().map(PathBuf::as_path)).await?;
    app.editor().await?;
    way(app, "Only index.md").await?;
    equal(
        &downloaded(app, "index.md").await?,
        &index.clone().into_bytes(),
        "the text alone",
    )?;
    app.press("More ways to save").await?;
    app.wait(
        "the menu",
        "return document.activeElement.getAttribute('role') === 'menuitem'",
    )
    .await?;
    for width in [1440, 720, 360] {
        app.size(width, 800).await?;
        app.axe(axe).await?;
    }
    app.size(1440, 900).await?;
    app.keys(Key::Escape + "").await?;
    app.wait(
        "the button",
        "return document.activeElement.id === 'more-ways-button'",
    )
    .await?;
    way(app, "Folder name").await?;
    app.wait(
        "the rule",
        "return document.querySelector('dialog').textContent.includes('2021/1110-my-post')",
    )
    .await?;
    app.axe(axe).await?;
    app.fill("Folder below linkerd.io/content/blog", "2021/nonsense")
        .await?;
    app.press("Use this name").await?;
    app.wait(
        "why not",
        "return document.getElementById('folder-name-refusal').textContent.length > 10",
    )
    .await?;
    app.fill("Folder below linkerd.io/content/blog", "2022/0101-other")
        .await?;
    app.press("Use this name").await?;
    way(app, "Zip of the folder").await?;
    let files = files_of(&downloaded(app, "0101-other.zip").await?)?;
    equal(
        &files[0].0,
        &"linkerd.io/content/blog/2022/0101-other/index.md".to_owned(),
        "the path of the post",
    )
}

async fn way(app: &App<'_>, name: &str) -> Outcome {
    app.press("More ways to save").await?;
    app.wait(
        "the menu",
        "return document.activeElement.getAttribute('role') === 'menuitem'",
    )
    .await?;
    app.press(name).await
}

/// Makes the folder that the stubbed picker gives; `disk` reads it, `spoil` is what another program does.
const DISK: &str = "const done = arguments[arguments.length - 1]; (async () => {\
    const root = await navigator.storage.getDirectory(); const dir = await root.getDirectoryHandle('posts', { create: true });\
    window.put = async (name, text, folder = dir) => { const w = await (await folder.getFileHandle(name, { create: true })).createWritable(); await w.write(text); await w.close(); };\
    window.disk = async (folder = dir) => { const all = {}; for await (const h of folder.values()) { if (h.kind === 'file') { const f = await h.getFile(); all[h.name] = [await f.text(), f.lastModified]; } else all[h.name] = await disk(h); } return all; };\
    for (const [name, text] of Object.entries(arguments[0])) await put(name, text);\
    window.showDirectoryPicker = async () => dir; })().then(() => done(true), e => done(String(e)))";

async fn disk(app: &App<'_>) -> Result<Value, Failed> {
    let said = app
        .driver
        .execute_async(
            "const done = arguments[0]; disk().then(done, e => done(String(e)))",
            vec![],
        )
        .await?;
    Ok(said.json().clone())
}

async fn told(app: &App<'_>, part: &str) -> Outcome {
    app.wait(
        part,
        &format!(
            "return document.querySelector('.notice')?.textContent.includes({})",
            serde_json::to_string(part)?
        ),
    )
    .await?;
    app.press("Got it").await
}

/// A folder of the picker is saved in place: only what changed, and nothing over what another program wrote meanwhile.
pub async fn in_place(app: &App<'_>, axe: &str) -> Outcome {
    let made = app
        .driver
        .execute_async(DISK, vec![json!({ "index.md": post("Place"), "room.svg": drawing(300), "other.svg": drawing(400), "notes.txt.bak": "kept" })])
        .await?;
    equal(made.json(), &json!(true), "the folder")?;
    let before = disk(app).await?;
    app.press("Open folder").await?;
    app.editor().await?;
    app.js(HELPERS, vec![]).await?;
    items(app, &["other.svg", "room.svg"]).await?;
    app.fill("Title", "Placed").await?;
    app.press("Edit room.svg").await?;
    app.fill("File name of room.svg", "hall.svg").await?;
    app.press("Rename room.svg").await?;
    items(app, &["hall.svg", "other.svg"]).await?;
    way(app, "Save in place").await?;
    told(app, "Saved in the folder “posts”").await?;
    let after = disk(app).await?;
    let wanted = post("Placed").replace("room.svg", "hall.svg");
    equal(&after["index.md"][0], &json!(wanted), "the post on disk")?;
    equal(
        &after["hall.svg"][0],
        &json!(drawing(300)),
        "the renamed picture",
    )?;
    ensure(
        after.get("room.svg").is_none(),
        "the old name is still there",
    )?;
    for name in ["other.svg", "notes.txt.bak"] {
        equal(
            &after[name],
            &before[name],
            "a file that was not changed, with its time",
        )?;
    }
    // Somebody else writes the post.
    app.driver
        .execute_async(
            "const done = arguments[1]; put('index.md', arguments[0]).then(done)",
            vec![json!("from elsewhere\n")],
        )
        .await?;
    app.fill("Title", "Placed again").await?;
    way(app, "Save in place").await?;
    app.wait(
        "the question",
        "return document.querySelector('dialog.compare')?.textContent.includes('from elsewhere')",
    )
    .await?;
    for width in [1440, 720, 360] {
        app.size(width, 800).await?;
        app.axe(axe).await?;
    }
    app.size(1440, 900).await?;
    app.press("Leave the folder as it is").await?;
    equal(
        &disk(app).await?["index.md"][0],
        &json!("from elsewhere\n"),
        "what somebody else wrote",
    )?;
    way(app, "Save in place").await?;
    app.wait(
        "the question again",
        "return document.querySelector('dialog.compare')?.open",
    )
    .await?;
    app.press("Write mine over it").await?;
    told(app, "Saved in the folder “posts”").await?;
    equal(
        &disk(app).await?["index.md"][0],
        &json!(wanted.replace("Placed", "Placed again")),
        "the post on disk",
    )?;
    // A new folder beside it.
    way(app, "Save as folder").await?;
    told(app, "Saved in the folder “1110-my-post”").await?;
    let made = disk(app).await?["1110-my-post"].clone();
    equal(
        &made["hall.svg"][0],
        &json!(drawing(300)),
        "a picture in the new folder",
    )?;
    equal(
        &made["index.md"][0],
        &json!(wanted.replace("Placed", "Placed again")),
        "the post in the new folder",
    )
}
