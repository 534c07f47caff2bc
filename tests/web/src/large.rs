//! A bundle of 200 pictures and 300 MB: opened, scrolled through, one renamed, exported; how long that takes and how much
//! memory the browser has by then. Prints figures and judges nothing.

#![allow(clippy::print_stdout, reason = "a program that reports to a terminal")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use recap_editor::bundle::{BundleFile, zip_of};

use crate::app::{App, Outcome, equal};
use crate::chrome::ChromeDriver;
use crate::images::files_of;
use crate::picture_files::png;

const PICTURES: usize = 200;

/// A picture of noise, which nothing makes smaller: 1.5 MB.
fn noise(seed: usize) -> Vec<u8> {
    png(800, 625, 3, |y| {
        let mut state = u64::from(y) << 32 | (seed as u64 * 2 + 1);
        (0..2400)
            .map(|_| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                (state >> 24) as u8
            })
            .collect()
    })
}

/// Measures it.
pub async fn run(chrome: &ChromeDriver, origin: &str) -> Outcome {
    let name = |at: usize| format!("picture-{at:03}.png");
    let body: String = (0..PICTURES)
        .map(|at| format!("![Picture {at}]({})\n\n", name(at)))
        .collect();
    let text = format!("---\ndate: 2021-11-10\nslug: large\ntitle: Large\n---\n\n{body}");
    let mut files = vec![BundleFile {
        path: "1110-large/index.md".to_owned(),
        bytes: text.as_bytes().into(),
        modified: None,
    }];
    files.extend((0..PICTURES).map(|at| BundleFile {
        path: format!("1110-large/{}", name(at)),
        bytes: noise(at).into(),
        modified: None,
    }));
    let zip = zip_of(&files)?.to_vec();
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("large.zip");
    fs::write(&file, &zip)?;
    let size: usize = files.iter().map(|file| file.bytes.len()).sum();
    println!("{PICTURES} pictures, {} MB", size / 1_000_000);

    let profile = tempfile::tempdir()?;
    let app = App::open_with(chrome, origin, profile.path()).await?;
    say("start screen", None, profile.path());
    let start = Instant::now();
    app.choose(&[&file]).await?;
    app.wait(
        "all pictures in the list",
        "return document.querySelectorAll('.image-item').length === 200",
    )
    .await?;
    say("opened", Some(start), profile.path());

    let start = Instant::now();
    let scrolled = "const list = document.getElementById('images-list'); list.scrollTop += 400;\
        const box = list.getBoundingClientRect();\
        const seen = [...list.querySelectorAll('.thumb img')].filter(i => { const b = i.getBoundingClientRect(); return b.bottom > box.top && b.top < box.bottom; });\
        return list.scrollTop + list.clientHeight >= list.scrollHeight - 2 && seen.length > 0 && seen.every(i => i.complete && i.naturalWidth)";
    // Asked from outside: frames may be slow here, and a wait inside the page has an end.
    if !app.wait_for(Duration::from_secs(100), scrolled).await? {
        println!("the end of the list was not reached within 100 s");
    }
    say("scrolled to its end", Some(start), profile.path());

    app.press("Edit picture-100.png").await?;
    app.fill("File name of picture-100.png", "another.png")
        .await?;
    let start = Instant::now();
    app.press("Rename picture-100.png").await?;
    app.wait("the new name", "return [...document.querySelectorAll('.image-name')].some(n => n.textContent === 'another.png')").await?;
    say("one renamed", Some(start), profile.path());

    let start = Instant::now();
    app.wait("the draft to be saved", "return document.querySelector('[role=status]').textContent.includes('Saved in this browser')").await?;
    say("draft saved", Some(start), profile.path());

    let start = Instant::now();
    let out = app.download("1110-large.zip").await?;
    say("exported", Some(start), profile.path());
    let out = files_of(&out)?;
    let name_in = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let found: BTreeMap<String, &[u8]> = out
        .iter()
        .map(|(path, bytes)| (name_in(path), bytes.as_slice()))
        .collect();
    for (at, file) in files.iter().skip(1).enumerate() {
        let wanted = if at == 100 {
            "another.png".to_owned()
        } else {
            name(at)
        };
        equal(
            &found.get(wanted.as_str()).copied(),
            &Some(file.bytes.as_ref()),
            &wanted,
        )?;
    }
    app.close().await
}

/// A line of the table: what, how long, and the memory of all the browser's processes.
fn say(what: &str, start: Option<Instant>, profile: &Path) {
    let time = start.map_or(String::new(), |start| {
        format!("{:.1} s", start.elapsed().as_secs_f64())
    });
    let (whole, page) = memory(profile);
    println!("{what:<22} {time:>8}   browser {whole:>5} MB, of it the page {page:>5} MB");
}

/// The proportional share of memory of the browser with this profile, and of its largest page process, in MB.
fn memory(profile: &Path) -> (u64, u64) {
    let mut parents = BTreeMap::new();
    let mut roots = Vec::new();
    for entry in fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
    {
        let Some(pid) = entry
            .file_name()
            .to_str()
            .and_then(|name| name.parse::<u32>().ok())
        else {
            continue;
        };
        let command = fs::read(entry.path().join("cmdline")).unwrap_or_default();
        let command = String::from_utf8_lossy(&command).into_owned();
        let stat = fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        let parent = stat
            .rsplit(')')
            .next()
            .and_then(|rest| rest.split_whitespace().nth(1)?.parse::<u32>().ok());
        if command.contains(&*profile.to_string_lossy()) {
            roots.push(pid);
        }
        parents.insert(
            pid,
            (
                parent.unwrap_or_default(),
                command.contains("--type=renderer"),
            ),
        );
    }
    let (mut whole, mut page) = (0, 0);
    for (pid, (_, renders)) in &parents {
        let mut at = *pid;
        while at > 1 && !roots.contains(&at) {
            at = parents.get(&at).map_or(0, |(parent, _)| *parent);
        }
        if at <= 1 {
            continue;
        }
        let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
        let share = rollup.lines().find_map(|line| {
            line.strip_prefix("Pss:")?
                .split_whitespace()
                .next()?
                .parse::<u64>()
                .ok()
        });
        let share = share.unwrap_or_default() / 1024;
        whole += share;
        if *renders {
            page = page.max(share);
        }
    }
    (whole, page)
}
