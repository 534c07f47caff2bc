//! What of a bundle a reload keeps: its folder on disk, pictures that were taken away, the times of its files.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use recap_editor::bundle::{Archive, Limits, Modified};
use serde_json::json;

use crate::app::{App, Failed, Outcome, ensure, equal};
use crate::drafts;
use crate::folders::{DISK, disk, told, way};
use crate::images::{Folder, drawing, items};

/// The cases.
pub const NAMES: &[&str] = &[
    "bundle_goes_on_saving",
    "bundle_put_back",
    "bundle_times",
    "bundle_embed",
];

/// Runs one.
pub async fn run(name: &str, app: &App<'_>, axe: &str) -> Outcome {
    match name {
        "bundle_goes_on_saving" => goes_on_saving(app, axe).await,
        "bundle_put_back" => put_back(app).await,
        "bundle_times" => times(app).await,
        "bundle_embed" => embed(app, axe).await,
        other => Err(Failed(format!("there is no case “{other}”"))),
    }
}

fn post(title: &str) -> String {
    format!(
        "---\ndate: 2021-11-10T00:00:00Z\ntitle: {title}\nslug: my-post\n---\n\n![A room](room.svg)\n"
    )
}

async fn stub(app: &App<'_>, files: serde_json::Value) -> Outcome {
    let made = app.driver.execute_async(DISK, vec![files]).await?;
    equal(made.json(), &json!(true), "the folder")
}

async fn elsewhere(app: &App<'_>, text: &str) -> Outcome {
    let script = "const done = arguments[1]; put('index.md', arguments[0]).then(done)";
    app.driver.execute_async(script, vec![json!(text)]).await?;
    Ok(())
}

/// The folder of a draft that comes back is known still: it asks, and writes over nothing that changed meanwhile.
async fn goes_on_saving(app: &App<'_>, axe: &str) -> Outcome {
    stub(
        app,
        json!({ "index.md": post("Place"), "room.svg": drawing(300), "other.svg": drawing(400) }),
    )
    .await?;
    app.press("Open folder").await?;
    app.editor().await?;
    app.fill("Title", "Placed").await?;
    way(app, "Save in place").await?;
    told(app, "Saved in the folder “posts”").await?;
    app.fill("Title", "Placed again").await?;
    app.press("Edit other.svg").await?;
    app.press("Delete other.svg").await?;
    items(app, &["room.svg"]).await?;
    drafts::status(app, "Saved in this browser").await?;
    app.reload().await?;
    stub(app, json!({})).await?;
    drafts::open(app, "Placed again").await?;
    elsewhere(app, "from elsewhere\n").await?;
    app.wait(
        "the folder to be found",
        "const b = document.getElementById('more-ways-button'); if (b.getAttribute('aria-expanded') !== 'true') b.click();\
         return [...document.querySelectorAll('[role=menuitem]')].some(i => i.textContent.includes('Go on saving into “posts”'))",
    )
    .await?;
    for width in [1440, 360] {
        app.size(width, 800).await?;
        app.axe(axe).await?;
    }
    app.size(1440, 900).await?;
    app.press("Go on saving into “posts”").await?;
    app.wait(
        "the question",
        "return document.querySelector('dialog.compare')?.textContent.includes('from elsewhere')",
    )
    .await?;
    app.press("Leave the folder as it is").await?;
    let left = disk(app).await?;
    equal(
        &left["index.md"][0],
        &json!("from elsewhere\n"),
        "what somebody else wrote",
    )?;
    ensure(
        left.get("other.svg").is_some(),
        "a picture went though nothing was to be written",
    )?;
    elsewhere(app, &post("Placed")).await?;
    way(app, "Go on saving into “posts”").await?;
    told(app, "Saved in the folder “posts”").await?;
    let after = disk(app).await?;
    equal(
        &after["index.md"][0],
        &json!(post("Placed again")),
        "the post on disk",
    )?;
    ensure(
        after.get("other.svg").is_none(),
        "the picture that was taken away is still there",
    )?;
    app.fill("Title", "Placed once more").await?;
    way(app, "Save in place").await?;
    told(app, "Saved in the folder “posts”").await
}

/// A post and two pictures, to be opened one by one.
fn loose(title: &str) -> Result<(Folder, [PathBuf; 3]), Failed> {
    let (index, room, other) = (post(title), drawing(300), drawing(400));
    let folder = Folder::new(&[
        ("index.md", &index),
        ("room.svg", &room),
        ("other.svg", &other),
    ])?;
    let files = ["index.md", "room.svg", "other.svg"].map(|name| folder.at(name));
    Ok((folder, files))
}

/// A picture that was taken away can be put back after a reload.
async fn put_back(app: &App<'_>) -> Outcome {
    let (_folder, files) = loose("Away")?;
    app.choose(&files.each_ref().map(|file| file.as_path()))
        .await?;
    app.editor().await?;
    app.press("Edit other.svg").await?;
    app.press("Delete other.svg").await?;
    items(app, &["room.svg"]).await?;
    drafts::status(app, "Saved in this browser").await?;
    app.reload().await?;
    drafts::open(app, "Away").await?;
    items(app, &["room.svg"]).await?;
    app.js(
        "document.querySelector('details.taken-away').open = true",
        vec![],
    )
    .await?;
    app.press("Put back other.svg").await?;
    items(app, &["other.svg", "room.svg"]).await?;
    let zip = app.download("1110-my-post.zip").await?;
    let files = crate::images::files_of(&zip)?;
    ensure(
        files
            .iter()
            .any(|(_, bytes)| *bytes == drawing(400).as_bytes()),
        "it is another file",
    )
}

/// The time of each file in a zip, as it was told in seconds since 1970 began.
fn times_in(zip: &[u8]) -> Result<Vec<(String, Option<i64>)>, Failed> {
    let archive = Archive::read(zip, &Limits::default())?;
    let posts = archive.posts();
    let (bundle, _) = archive.bundle(posts.first().copied().unwrap_or_default())?;
    let mut times: Vec<_> = bundle
        .files
        .iter()
        .map(|file| (file.path.clone(), file.modified.and_then(Modified::to_unix)))
        .collect();
    times.sort();
    Ok(times)
}

fn is_from(file: &Path, seconds: u64) -> Outcome {
    let file = std::fs::File::options().write(true).open(file)?;
    Ok(file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))?)
}

/// Files that are opened one by one keep their times in the zip, and a draft that comes back gives the same zip.
async fn times(app: &App<'_>) -> Outcome {
    const DAY: u64 = 1_600_000_000;
    let (_folder, files) = loose("Times")?;
    for (file, at) in files.iter().zip(0..) {
        is_from(file, DAY + at * 86_400)?;
    }
    app.choose(&files.each_ref().map(|file| file.as_path()))
        .await?;
    app.editor().await?;
    let whole = times_in(&app.download("1110-my-post.zip").await?)?;
    let ahead = app
        .js(
            "return -60 * new Date(arguments[0]).getTimezoneOffset()",
            vec![json!(DAY * 1000)],
        )
        .await?;
    let ahead = ahead.as_i64().unwrap_or_default();
    let first = i64::try_from(DAY).unwrap_or_default() + ahead;
    equal(
        &whole,
        &vec![
            ("index.md".to_owned(), Some(first)),
            ("other.svg".to_owned(), Some(first + 2 * 86_400)),
            ("room.svg".to_owned(), Some(first + 86_400)),
        ],
        "the times of the files",
    )?;
    // What is changed has no time of its own any more; the pictures keep theirs.
    app.fill("Title", "Times again").await?;
    drafts::status(app, "Saved in this browser").await?;
    std::fs::remove_file(app.downloads().join("1110-my-post.zip"))?;
    let before = app.download("1110-my-post.zip").await?;
    equal(
        &times_in(&before)?[1..].to_vec(),
        &whole[1..].to_vec(),
        "times of pictures",
    )?;
    ensure(
        times_in(&before)?[0] != whole[0],
        "a post that was changed has its old time",
    )?;
    app.reload().await?;
    drafts::open(app, "Times again").await?;
    items(app, &["other.svg", "room.svg"]).await?;
    std::fs::remove_file(app.downloads().join("1110-my-post.zip"))?;
    ensure(
        app.download("1110-my-post.zip").await? == before,
        "the zip of the draft that came back is another one",
    )?;
    // Taken back, the post is the file it was, with its time.
    app.fill("Title", "Times").await?;
    std::fs::remove_file(app.downloads().join("1110-my-post.zip"))?;
    let again = times_in(&app.download("1110-my-post.zip").await?)?;
    equal(&again, &whole, "the times of the post as it was")
}

/// A picture from elsewhere becomes one of the post where its bytes are dropped on its line.
async fn embed(app: &App<'_>, axe: &str) -> Outcome {
    let address = "https://example.org/pictures/Room%20One.svg?large";
    let index = post("Embed").replace("room.svg", address);
    app.open_bytes("index.md", index.as_bytes()).await?;
    app.editor().await?;
    app.wait(
        "the picture from elsewhere",
        "return document.querySelector('[aria-label=\"Pictures from elsewhere\"] li')?.textContent.includes('can vanish')",
    )
    .await?;
    for width in [1440, 360] {
        app.size(width, 800).await?;
        app.axe(axe).await?;
    }
    app.size(1440, 900).await?;
    app.js(
        "const t = new DataTransfer(); t.items.add(new File([arguments[0]], 'image.svg', { type: 'image/svg+xml' }));\
         document.querySelector('[aria-label=\"Pictures from elsewhere\"] li').dispatchEvent(\
            new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: t }))",
        vec![json!(drawing(300))],
    )
    .await?;
    items(app, &["room-one.svg"]).await?;
    app.wait(
        "the new name in the text",
        "return document.querySelector('[aria-label=\"Pictures from elsewhere\"]') === null",
    )
    .await?;
    let files = crate::images::files_of(&app.download("1110-my-post.zip").await?)?;
    let text = files
        .iter()
        .find(|(path, _)| path.ends_with("index.md"))
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
        .unwrap_or_default();
    ensure(
        text.contains("![A room](room-one.svg)") && !text.contains("example.org"),
        text,
    )?;
    app.press("Undo").await?;
    app.wait(
        "the address again",
        "return !!document.querySelector('[aria-label=\"Pictures from elsewhere\"] li')",
    )
    .await
}
