//! Large pictures in the article, and the keys meanwhile.

use crate::app::{App, Failed, Outcome, ensure};
use crate::frame::HELPERS;
use crate::pictures::{WATCH, jpeg};

/// Fifty megapixels in the article: keys are answered while the browser decodes them. The times are for people to read.
pub async fn large(app: &App<'_>) -> Outcome {
    app.js(
        "window.painted = []; addEventListener('keydown', event => { const since = () => performance.now() - event.timeStamp;\
            requestAnimationFrame(() => setTimeout(() => painted.push(since()), 0)); }, true)",
        vec![],
    )
    .await?;
    app.js(WATCH, vec![]).await?;
    let file = jpeg(app, (8320, 6000), &[]).await?;
    println!(
        "           {} kB of JPEG with 50 megapixels",
        file.len() / 1000
    );
    let folder = app.downloads();
    let (post, picture) = (folder.join("index.md"), folder.join("huge.jpg"));
    std::fs::write(
        &post,
        "---\ndate: 2026-03-26\ntitle: Pictures\n---\n\nText.\n\n![one](huge.jpg)\n",
    )?;
    std::fs::write(&picture, file)?;
    app.choose(&[&post, &picture]).await?;
    app.editor().await?;
    app.js(HELPERS, vec![]).await?;
    app.field("Markdown").await?.click().await?;
    let typed = |app: &App<'_>| {
        let script = "const all = painted.splice(0); return [all.length, Math.max(...all), all.sort((a, b) => a - b)[all.length >> 1]]";
        let driver = app.driver.clone();
        async move { Ok::<_, Failed>(driver.execute(script, vec![]).await?.json().clone()) }
    };
    let decoded = "const i = document.querySelector('iframe[title=\"Article preview\"]').contentDocument.querySelector('article img'); return i?.complete && i.naturalWidth > 0";
    for what in ["while it comes", "afterwards"] {
        for _ in 0..40 {
            app.keys("x").await?;
        }
        app.wait("all keys to be painted", "return painted.length >= 40")
            .await?;
        let figures = typed(app).await?;
        let figure = |at: usize| figures[at].as_f64().unwrap_or_default();
        println!(
            "           {what}: of {:.0} keys the slowest was painted in {:.0} ms, the middle one in {:.0} ms",
            figure(0),
            figure(1),
            figure(2)
        );
        ensure(figure(0) >= 40.0, "a key was not answered")?;
        app.wait("the picture", decoded).await?;
    }
    Ok(())
}
