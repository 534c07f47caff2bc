//! Pictures of the start screen and the editor, wide and narrow, light and dark.

use std::path::{Path, PathBuf};

use crate::app::{App, Outcome};

/// Takes them all. The editor shows the sample.
pub async fn take(app: &App<'_>, folder: &Path) -> Outcome {
    std::fs::create_dir_all(folder)?;
    for (width, height) in [(1440, 900), (360, 780)] {
        for dark in [false, true] {
            let tone = if dark { "dark" } else { "light" };
            app.size(width, height).await?;
            app.dark(dark).await?;
            app.reload().await?;
            app.picture(&folder.join(format!("start-{width}-{tone}.png")))
                .await?;
            app.press("Try the sample").await?;
            app.editor().await?;
            if width < 500 {
                app.press("Preview").await?;
            }
            app.wait("the preview's images, and nothing that still moves", "const d = document.querySelector('iframe').contentDocument; return !document.getAnimations().length && [...d.images].every(i => i.complete)").await?;
            app.picture(&folder.join(format!("editor-{width}-{tone}.png")))
                .await?;
        }
    }
    Ok(())
}

/// Up to this width a tab shows one part at a time, in CSS pixels; the figure of styles/layout.css.
pub const NARROW: u32 = 768;

/// The four surfaces with a post and its images, wide, at 200 % and narrow, light and dark.
pub async fn surfaces(app: &App<'_>, post: &Path, folder: &Path) -> Outcome {
    std::fs::create_dir_all(folder)?;
    let files = files_beside(post)?;
    let files: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
    for (width, height) in [(1440, 900), (720, 900), (360, 780)] {
        for dark in [false, true] {
            let tone = if dark { "dark" } else { "light" };
            app.size(width, height).await?;
            app.dark(dark).await?;
            app.reload().await?;
            app.choose(&files).await?;
            app.editor().await?;
            app.picture(&folder.join(format!("text-{width}-{tone}.png")))
                .await?;
            if width <= NARROW {
                app.press("Preview").await?;
            }
            for (tab, name) in SURFACES {
                app.press(tab).await?;
                app.wait("the pictures, and nothing that still moves", "return !document.getAnimations().length && [...document.images, ...document.querySelector('iframe').contentDocument.images].every(i => i.complete)").await?;
                app.picture(&folder.join(format!("{name}-{width}-{tone}.png")))
                    .await?;
            }
            app.press("Article").await?;
            for choice in ["Desktop", "Phone"] {
                choose_width(app, choice).await?;
                app.picture(&folder.join(format!(
                    "article-{}-{width}-{tone}.png",
                    choice.to_lowercase()
                )))
                .await?;
            }
        }
    }
    Ok(())
}

/// The tabs and what their pictures are called.
pub const SURFACES: [(&str, &str); 4] = [
    ("Article", "article"),
    ("List card", "list"),
    ("Social card", "social"),
    ("Search result", "search"),
];

/// Chooses a width of the article by its name's first word, and waits until it is laid out.
pub async fn choose_width(app: &App<'_>, name: &str) -> Outcome {
    let wanted = match name {
        "Desktop" => "=== 1440",
        "Phone" => "=== 390",
        _ => "> 0",
    };
    app.js(
        "[...document.querySelectorAll('.width-switch label')].find(l => l.textContent.startsWith(arguments[0])).click()",
        vec![name.into()],
    )
    .await?;
    app.wait(
        &format!("the article as wide as “{name}” says"),
        &format!("return document.querySelector('iframe').contentWindow.innerWidth {wanted}"),
    )
    .await
}

/// A post and the images beside it.
pub fn files_beside(post: &Path) -> Result<Vec<PathBuf>, crate::app::Failed> {
    let mut files = vec![post.to_owned()];
    for entry in std::fs::read_dir(post.with_file_name(""))? {
        let path = entry?.path();
        if path.is_file() && path != post {
            files.push(path);
        }
    }
    Ok(files)
}
