//! The core from a command line: its shortest documentation, and the door for checks from outside. No logic of its own.

mod edit;
mod render;

use std::process::ExitCode;

/// A sentence that says what is wrong. Printed to standard error; the exit status is then 2.
type Outcome = Result<(), String>;

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let command = words.next().unwrap_or_default();
    let words: Vec<String> = words.collect();
    let outcome = match command.as_str() {
        "edit" => edit::run(&words),
        "render" => render::run(&words),
        "" => Err("Say what to do: edit FILE [KEY=JSON …], or render POSTS_DIR.".to_owned()),
        other => Err(format!("There is no command “{other}”.")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            use std::io::Write as _;
            let _ = writeln!(std::io::stderr(), "{sentence}");
            ExitCode::from(2)
        }
    }
}
