//! What the command palette offers: of the start screen, and of an open post.

use crate::day::Day;
use crate::session::storage::DraftAsked;
use crate::session::view::{EditorView, Screen, View};
use crate::session::{Msg, Start, Surface};
use crate::shell::{Setup, keys};
use crate::site::pages::begins_word;

use super::ToolsTold;
use super::actions::{ACTIONS, shown_key};

/// What a command does.
#[derive(Debug, Clone)]
pub(super) enum Does {
    /// Something of the tools.
    Tools(ToolsTold),
    /// Something of the session.
    Session(Msg),
    /// Another post is begun, today.
    Begin(fn(Day) -> Start),
    /// A file is to be picked.
    OpenFile,
    /// A folder is to be picked.
    OpenFolder,
}

/// A command of the palette.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) label: String,
    /// More words it is found by.
    words: &'static str,
    pub(super) key: Option<String>,
    pub(super) does: Does,
}

/// All commands there are right now.
pub(super) fn entries(view: &View, setup: Setup) -> Vec<Entry> {
    match &view.screen {
        Screen::Start => beginnings(view),
        Screen::Editor(editor) => of_the_post(view, editor, setup),
    }
}

fn app(label: &str, words: &'static str, key: Option<&str>, msg: Msg) -> Entry {
    Entry {
        label: label.to_owned(),
        words,
        key: key.map(|key| keys::shown(key, keys::is_mac())),
        does: Does::Session(msg),
    }
}

/// What the start screen can do: begin, open, go on with a draft.
fn beginnings(view: &View) -> Vec<Entry> {
    let other = |label: &str, words: &'static str, does: Does| Entry {
        label: label.to_owned(),
        words,
        key: None,
        does,
    };
    let mut entries = vec![
        other(
            "New recap",
            "begin write meeting",
            Does::Begin(Start::Recap),
        ),
        other("New post", "begin write empty", Does::Begin(Start::Post)),
        other("Open file", "markdown zip images", Does::OpenFile),
        other("Open folder", "directory clone", Does::OpenFolder),
        app(
            "Try the sample",
            "example begin",
            None,
            Msg::Started(Start::Sample),
        ),
    ];
    let drafts = &view.drafts;
    let whole = drafts.list.iter().filter(|draft| draft.trouble.is_none());
    entries.extend(whole.map(|draft| {
        app(
            &format!("Go on with “{}”", draft.title),
            "draft open",
            None,
            Msg::Draft(DraftAsked::Open(draft.id)),
        )
    }));
    if !drafts.list.is_empty() {
        let msg = Msg::Draft(DraftAsked::All);
        entries.push(app("Download all drafts", "save take home", None, msg));
    }
    entries
}

/// What can be done with the open post.
fn of_the_post(view: &View, editor: &EditorView, setup: Setup) -> Vec<Entry> {
    let mut entries = vec![app(
        "Download",
        "save take home",
        Some("Mod-s"),
        Msg::DownloadAsked,
    )];
    if editor.can_undo {
        entries.push(app("Undo", "back", Some("Mod-z"), Msg::UndoAsked));
    }
    if editor.can_redo {
        entries.push(app("Redo", "again", Some("Mod-Shift-z"), Msg::RedoAsked));
    }
    if editor.has_versions {
        let msg = Msg::Draft(DraftAsked::Versions(true));
        entries.push(app("Versions", "history earlier", None, msg));
    }
    entries.extend(
        ACTIONS
            .iter()
            .filter(|action| action.name != "palette")
            .map(|action| Entry {
                label: action.label.to_owned(),
                words: action.words,
                key: shown_key(action.name),
                does: Does::Tools(ToolsTold::Chosen(action.name)),
            }),
    );
    for (label, surface) in [
        ("Show the article", Surface::Article),
        ("Show the list card", Surface::ListCard),
        ("Show the social card", Surface::SocialCard),
        ("Show the search result", Surface::SearchResult),
    ] {
        entries.push(app(
            label,
            "preview surface",
            None,
            Msg::SurfaceChosen(surface),
        ));
    }
    let together = view.scroll_together;
    let label = if together {
        "Scroll text and preview apart"
    } else {
        "Scroll text and preview together"
    };
    entries.push(app(
        label,
        "sync",
        None,
        Msg::ScrollTogetherChosen(!together),
    ));
    let label = if editor.raw_front_matter {
        "Edit the front matter by form"
    } else {
        "Edit the front matter as YAML"
    };
    entries.push(app(label, "raw", None, Msg::RawFrontMatterToggled));
    for (on, off, is_on, then) in [
        (
            "Show line numbers",
            "Hide line numbers",
            setup.numbers,
            Setup {
                numbers: !setup.numbers,
                ..setup
            },
        ),
        (
            "Focus on the text",
            "Show everything again",
            setup.focus,
            Setup {
                focus: !setup.focus,
                ..setup
            },
        ),
        (
            "Keep the line in the middle",
            "Let the line move",
            setup.typewriter,
            Setup {
                typewriter: !setup.typewriter,
                ..setup
            },
        ),
    ] {
        entries.push(Entry {
            label: if is_on { off } else { on }.to_owned(),
            words: "view option",
            key: None,
            does: Does::Tools(ToolsTold::SetUp(then)),
        });
    }
    entries.push(app("Close the post", "leave start", None, Msg::CloseAsked));
    entries
}

/// Those that fit: every word typed begins one of theirs. Names that begin like that come first.
pub(super) fn fitting(entries: Vec<Entry>, typed: &str) -> Vec<Entry> {
    let typed = typed.trim().to_lowercase();
    let mut found: Vec<(bool, Entry)> = entries
        .into_iter()
        .filter_map(|entry| {
            let label = entry.label.to_lowercase();
            let fits = typed
                .split_whitespace()
                .all(|word| begins_word(&label, word) || begins_word(entry.words, word));
            fits.then(|| (!label.starts_with(&typed), entry))
        })
        .collect();
    crate::text::sort::sort_by_key(&mut found, |(later, _)| *later);
    found.into_iter().map(|(_, entry)| entry).collect()
}
