//! The article beside what the real Hugo makes of the same post, both with the preview's stylesheet: pictures to look at,
//! desktop and phone, and a page that shows each pair.

use std::path::Path;
use std::process::Command;

use serde_json::json;

use crate::Places;
use crate::app::{App, Failed, Outcome, ensure};
use crate::screens::{NARROW, files_beside};
use crate::server::Static;

/// A longer page is cut here, in CSS pixels: pictures above that cannot be taken.
const LONGEST: u32 = 12_000;

/// Makes the pictures.
pub async fn take(app: &App<'_>, places: &Places, post: &Path, folder: &Path) -> Outcome {
    std::fs::create_dir_all(folder)?;
    let pages = tempfile::tempdir()?;
    let address = hugo(places, post, pages.path())?;
    let site = Static::start(pages.path())?;

    app.choose(
        &files_beside(post)?
            .iter()
            .map(std::path::PathBuf::as_path)
            .collect::<Vec<_>>(),
    )
    .await?;
    app.editor().await?;
    let mut rows = String::new();
    for width in [1440, 390] {
        app.size(width, 900).await?;
        if width <= NARROW {
            app.press("Preview").await?;
        }
        app.js("const s = document.querySelector('.frame-room').style; s.position = 'fixed'; s.inset = '0'; s.zIndex = '99'; s.height = '100%'; const f = document.querySelector('iframe').style; f.border = '0'; f.borderRadius = '0';", vec![]).await?;
        let height = height(app, "document.querySelector('iframe').contentDocument").await?;
        app.size(width, height).await?;
        app.wait("the pictures and the colours", "const d = document.querySelector('iframe').contentDocument; return [...d.images].every(i => i.complete) && (!d.querySelector('[data-lang]') || d.defaultView.CSS.highlights.size > 0)").await?;
        app.picture(&folder.join(format!("{width}-preview.png")))
            .await?;
        rows.push_str(&format!(
            "<h2>{width} px: the preview, and Hugo</h2><div><img src=\"{width}-preview.png\"><img src=\"{width}-hugo.png\"></div>"
        ));
    }
    for width in [1440, 390] {
        app.size(width, 900).await?;
        app.driver
            .goto(format!("{}{address}", site.origin()))
            .await?;
        let height = height(app, "document").await?;
        app.size(width, height).await?;
        app.wait(
            "the pictures",
            "return [...document.images].every(i => i.complete)",
        )
        .await?;
        app.picture(&folder.join(format!("{width}-hugo.png")))
            .await?;
    }
    let style = "body { font: 16px sans-serif } div { display: flex; gap: 8px; align-items: start } img { width: 50%; border: 1px solid #ccc }";
    std::fs::write(
        folder.join("index.html"),
        format!(
            "<!doctype html><meta charset=\"utf-8\"><title>Preview and Hugo</title><style>{style}</style>{rows}"
        ),
    )?;
    println!("The pictures and index.html are in {}.", folder.display());
    Ok(())
}

/// Has Hugo build the post; answers its address.
fn hugo(places: &Places, post: &Path, pages: &Path) -> Result<String, Failed> {
    let python = places.project.join(".tools/venv/bin/python");
    let mut command = Command::new(&python);
    command
        .arg(places.project.join("tests/hugo/answers.py"))
        .arg("render")
        .arg(post.with_file_name(""))
        .arg("--pages")
        .arg(pages);
    // The site's authors and pages, where they are known.
    if let Some(shared) = &places.shared {
        command
            .arg("--site-index")
            .arg(shared.join("corpus/site-index.json"));
    }
    let done = command
        .output()
        .map_err(|error| Failed(format!("{}: {error}; run make test once", python.display())))?;
    let page = first_page(pages)?;
    ensure(
        done.status.success() && page.is_some(),
        String::from_utf8_lossy(&done.stdout) + String::from_utf8_lossy(&done.stderr),
    )?;
    let style = places.project.join("styles/content.css");
    std::fs::copy(style, pages.join("content.css"))?;
    Ok(page.unwrap_or_default())
}

/// The address of the first page below a folder.
fn first_page(folder: &Path) -> Result<Option<String>, Failed> {
    let mut waiting = vec![folder.to_owned()];
    while let Some(next) = waiting.pop() {
        for entry in std::fs::read_dir(&next)? {
            let path = entry?.path();
            if path.is_dir() {
                waiting.push(path);
            } else if next != folder && path.ends_with("index.html") {
                let below = path.strip_prefix(folder)?;
                return Ok(Some(format!("/{}", below.display())));
            }
        }
    }
    Ok(None)
}

async fn height(app: &App<'_>, document: &str) -> Result<u32, Failed> {
    let height = app
        .js(
            &format!("return {document}.documentElement.scrollHeight"),
            vec![json!(null)],
        )
        .await?;
    let height = height
        .as_u64()
        .and_then(|height| u32::try_from(height).ok());
    Ok(height.unwrap_or(900).clamp(900, LONGEST))
}
