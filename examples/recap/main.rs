//! The core from a command line: its shortest documentation, and the door for checks from outside. No logic of its own.

mod bundle;
mod edit;
mod render;

use std::io::Write as _;
use std::path::Path;
use std::process::ExitCode;

/// A sentence that says what is wrong. Printed to standard error; the exit status is then 2.
type Outcome = Result<(), String>;

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let command = words.next().unwrap_or_default();
    let words: Vec<String> = words.collect();
    let outcome = match command.as_str() {
        "edit" => edit::run(&words),
        "pack" => bundle::pack(&words),
        "unpack" => bundle::unpack(&words),
        "render" => render(&words),
        "" => Err(
            "Say what to do: edit FILE [KEY=JSON …], render POSTS_DIR, pack FOLDER OUT.zip, or \
                   unpack IN.zip FOLDER."
                .to_owned(),
        ),
        other => Err(format!("There is no command “{other}”.")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            let _ = writeln!(std::io::stderr(), "{sentence}");
            ExitCode::from(2)
        }
    }
}

/// Prints the rows of a folder's posts.
fn render(words: &[String]) -> Outcome {
    let (folder, index) = match words {
        [folder] => (folder, None),
        [folder, flag, index] if flag == "--site-index" => (folder, Some(Path::new(index))),
        _ => {
            return Err(
                "Name the folder of posts: render POSTS_DIR [--site-index FILE].".to_owned(),
            );
        }
    };
    let mut out = std::io::stdout().lock();
    for row in render::rows(Path::new(folder), index)? {
        writeln!(out, "{row}")
            .map_err(|error| format!("The result cannot be written: {error}."))?;
    }
    Ok(())
}
