//! Browser tests: Debian's Chromium against the release build in `dist/`.
//!
//! `web-tests [WORDS…]` runs the cases whose name has one of the words, or all. `web-tests --screens FOLDER` takes the
//! pictures for the README, `--surfaces POST FOLDER` those of a post on every surface, and `--beside POST FOLDER` puts the
//! article beside what the real Hugo makes of the same post; `--soak` measures what is promised about drafts, `--soak short`
//! a tenth of it; `--images` opens 200 pictures of 300 MB. The folder to serve is in `RECAP_DIST`, the test data in `RECAP_SHARED`.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    unreachable_pub,
    reason = "a program that reports to a terminal"
)]

mod app;
mod article;
mod bench;
mod beside;
mod cases;
mod chrome;
mod commands;
mod drafts;
mod folders;
mod form;
mod frame;
mod hostile;
mod images;
mod keeping;
mod large;
mod linking;
mod pane;
mod picture_files;
mod pictures;
mod screens;
mod server;
mod soak;
mod surfaces;
mod tools;
mod walk;
mod writing;

use std::path::PathBuf;
use std::process::ExitCode;

use app::{App, Failed, Outcome};
use chrome::ChromeDriver;
use server::Static;

/// Where things are.
pub struct Places {
    /// The project.
    pub project: PathBuf,
    /// Real posts to test with, where they are.
    pub shared: Option<PathBuf>,
    /// axe-core.
    pub axe: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(Failed(reason)) => {
            eprintln!("The browser tests cannot run: {reason}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<bool, Failed> {
    let project = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let dist = std::env::var_os("RECAP_DIST").map_or_else(|| project.join("dist"), PathBuf::from);
    let shared =
        std::env::var_os("RECAP_SHARED").map_or_else(|| project.join("../shared"), PathBuf::from);
    let axe = project.join("node_modules/axe-core/axe.min.js");
    let places = Places {
        // ChromeDriver takes canonical paths only.
        shared: shared
            .canonicalize()
            .ok()
            .filter(|shared| shared.join("corpus").is_dir()),
        axe: std::fs::read_to_string(&axe)
            .map_err(|error| Failed(format!("{}: {error}; run npm ci", axe.display())))?,
        project,
    };
    if !dist.join("index.html").is_file() {
        return Err(Failed(format!(
            "there is no build in {}; run make build",
            dist.display()
        )));
    }
    let site = Static::start(&dist)?;
    let chrome = ChromeDriver::start()?;
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, folder] = words.as_slice()
        && flag == "--screens"
    {
        let app = App::open(&chrome, site.origin()).await?;
        screens::take(&app, &PathBuf::from(folder)).await?;
        app.close().await?;
        return Ok(true);
    }
    if let [flag, post, folder] = words.as_slice()
        && matches!(flag.as_str(), "--surfaces" | "--beside")
    {
        let (post, folder) = (PathBuf::from(post).canonicalize()?, PathBuf::from(folder));
        let app = App::open(&chrome, site.origin()).await?;
        if flag == "--surfaces" {
            screens::surfaces(&app, &post, &folder).await?;
        } else {
            beside::take(&app, &places, &post, &folder).await?;
        }
        app.close().await?;
        return Ok(true);
    }
    if words.first().is_some_and(|word| word == "--soak") {
        let short = words.iter().any(|word| word == "short");
        let part = words[1..].iter().find(|word| *word != "short");
        let counts = if short {
            soak::Counts::SHORT
        } else {
            soak::Counts::FULL
        };
        soak::run(&chrome, site.origin(), counts, part.map(String::as_str)).await?;
        return Ok(true);
    }
    if words == ["--images"] {
        large::run(&chrome, site.origin()).await?;
        return Ok(true);
    }
    if words == ["--bench"] {
        let app = App::open(&chrome, site.origin()).await?;
        bench::run(&app, places.shared.as_deref()).await?;
        app.close().await?;
        return Ok(true);
    }
    let (mut passed, mut failed, mut skipped) = (0, 0, 0);
    let names = [cases::NAMES, drafts::NAMES, pictures::NAMES];
    for name in names.into_iter().flatten() {
        if !words.is_empty() && !words.iter().any(|word| name.contains(word.as_str())) {
            continue;
        }
        let app = App::open(&chrome, site.origin()).await?;
        let outcome = match cases::run(name, &app, &places).await {
            Ok(cases::Ran::Whole) => app.guard().await.map(|()| true),
            Ok(cases::Ran::Skipped) => Ok(false),
            Err(failure) => Err(failure),
        };
        if outcome.is_err() {
            // The picture helps; without it the sentence has to do.
            let _ = app
                .picture(&std::env::temp_dir().join(format!("recap-{name}.png")))
                .await;
            if let Err(Failed(said)) = app.guard().await {
                println!("           {said}");
            }
        }
        app.close().await?;
        match outcome {
            Ok(true) => {
                passed += 1;
                println!("  ok       {name}");
            }
            Ok(false) => {
                skipped += 1;
                println!("  skipped  {name} (the real posts are not here)");
            }
            Err(Failed(reason)) => {
                failed += 1;
                println!("  FAILED   {name}: {reason}");
            }
        }
    }
    println!("browser: {passed} passed, {failed} failed, {skipped} skipped");
    Ok(failed == 0 && passed > 0)
}

/// A case that needs the real posts, where they are.
pub async fn real<F: std::future::Future<Output = Outcome>>(
    places: &Places,
    case: impl FnOnce(PathBuf) -> F,
) -> Result<cases::Ran, Failed> {
    match &places.shared {
        None => Ok(cases::Ran::Skipped),
        Some(shared) => {
            let post = "corpus/posts/2021/1110-october-linkerd-community-meeting-recap/index.md";
            case(shared.join(post)).await?;
            Ok(cases::Ran::Whole)
        }
    }
}
