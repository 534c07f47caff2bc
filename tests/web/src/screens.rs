//! Pictures of the start screen and the editor, wide and narrow, light and dark.

use std::path::Path;

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
            app.wait("the preview's images", "const d = document.querySelector('iframe').contentDocument; return [...d.images].every(i => i.complete)").await?;
            app.picture(&folder.join(format!("editor-{width}-{tone}.png")))
                .await?;
        }
    }
    Ok(())
}
