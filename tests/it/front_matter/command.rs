//! `recap edit` as a process: bytes out, exit status, reasons.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::support::{Folder, corpus_posts};

/// The example beside this test; `None`, with a line that says so, where only this test was built.
fn recap() -> Option<PathBuf> {
    let tests = std::env::current_exe().unwrap();
    let name = format!("recap{}", std::env::consts::EXE_SUFFIX);
    let program = tests.parent()?.parent()?.join("examples").join(name);
    if program.exists() {
        return Some(program);
    }
    eprintln!(
        "Skipped: {} is not built (cargo test builds it).",
        program.display()
    );
    None
}

fn edit(program: &Path, file: &Path, settings: &[&str]) -> Output {
    Command::new(program)
        .arg("edit")
        .arg(file)
        .args(settings)
        .output()
        .unwrap()
}

#[test]
fn the_command_gives_bytes_or_a_reason() {
    let Some(program) = recap() else { return };
    let folder = Folder::new("command");
    let file = folder.0.join("index.md");
    let mut texts: Vec<Vec<u8>> = corpus_posts().into_iter().map(|(_, bytes)| bytes).collect();
    texts.extend(
        [
            &b""[..],
            b"text",
            b"\xff\xfe\x00",
            b"---\r\ntitle: a\r---\nx\xffy",
            b"+++\na = 1\n+++\n",
            b"---\na: [",
        ]
        .map(<[u8]>::to_vec),
    );
    for bytes in texts {
        std::fs::write(&file, &bytes).unwrap();
        let done = edit(&program, &file, &[]);
        assert!(done.status.success());
        assert_eq!(done.stdout, bytes);
    }

    std::fs::write(&file, b"---\ntitle: a # c\nslug: b\n---\nx\xffy").unwrap();
    let done = edit(
        &program,
        &file,
        &[
            "title=\"B\"",
            "slug=null",
            "params.author={\"name\":\"é\",\"avatar\":\"a\"}",
        ],
    );
    assert!(done.status.success());
    assert_eq!(
        done.stdout,
        b"---\ntitle: B # c\nparams:\n  author:\n    name: \xc3\xa9\n    avatar: a\n---\nx\xffy"
    );

    std::fs::write(&file, b"---\ntitle: &a b\nx: *a\n---\n").unwrap();
    for settings in [
        &["slug=\"x\"", "title=\"B\""][..],
        &["title"],
        &["title=B"],
        &["a..b=1"],
        &["keywords[2]=\"x\""],
    ] {
        let done = edit(&program, &file, settings);
        assert_eq!(done.status.code(), Some(2), "{settings:?}");
        assert!(done.stdout.is_empty(), "{settings:?}");
        let said = String::from_utf8(done.stderr).unwrap();
        assert!(said.trim_end().ends_with('.'), "{said}");
    }
    assert_eq!(
        edit(&program, &folder.0.join("nothing.md"), &[])
            .status
            .code(),
        Some(2)
    );
}
