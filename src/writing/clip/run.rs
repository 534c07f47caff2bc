//! Runs: text of one setting, pictures and line breaks, as they follow each other in a block.

use super::style::Marks;

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    Text(String),
    /// Description and address.
    Picture(String, String),
    Break,
}

/// A piece with its setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) piece: Piece,
    pub(super) marks: Marks,
}

impl Run {
    /// Text in a setting.
    pub(super) const fn text(text: String, marks: Marks) -> Self {
        Self {
            piece: Piece::Text(text),
            marks,
        }
    }

    fn text_mut(&mut self) -> Option<&mut String> {
        match &mut self.piece {
            Piece::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether there is nothing to be seen of it.
    pub(super) fn is_blank(&self) -> bool {
        match &self.piece {
            Piece::Text(text) => text.chars().all(char::is_whitespace),
            Piece::Picture(..) => false,
            Piece::Break => true,
        }
    }
}

/// White space that HTML shows as one space.
pub(super) const SPACE: [char; 5] = [' ', '\t', '\n', '\r', '\u{c}'];

/// The runs of a block as a browser shows them: white space in one, none at the ends of lines, neighbours of the same
/// setting in one.
pub(super) fn collapsed(runs: Vec<Run>) -> Vec<Run> {
    let mut out: Vec<Run> = Vec::new();
    // Whether a space would show here.
    let mut room = false;
    for mut run in runs {
        match &mut run.piece {
            Piece::Text(text) => {
                *text = one_space(text, &mut room);
                if text.is_empty() {
                    continue;
                }
            }
            Piece::Picture(..) => room = true,
            Piece::Break => {
                room = false;
                trim_end(&mut out);
            }
        }
        match (out.last_mut(), &run.piece) {
            (Some(last), Piece::Text(more)) if last.marks == run.marks => {
                if let Some(text) = last.text_mut() {
                    text.push_str(more);
                } else {
                    out.push(run);
                }
            }
            _ => out.push(run),
        }
    }
    trim_end(&mut out);
    while out.last().is_some_and(|run| run.piece == Piece::Break) {
        out.pop();
        trim_end(&mut out);
    }
    let breaks = out.iter().take_while(|run| run.piece == Piece::Break);
    let breaks = breaks.count();
    out.drain(..breaks);
    out
}

fn one_space(text: &str, room: &mut bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if !SPACE.contains(&c) {
            out.push(c);
            *room = true;
        } else if *room {
            out.push(' ');
            *room = false;
        }
    }
    out
}

fn trim_end(runs: &mut Vec<Run>) {
    while let Some(text) = runs.last_mut().and_then(Run::text_mut) {
        text.truncate(text.trim_end_matches(SPACE).len());
        if !text.is_empty() {
            break;
        }
        runs.pop();
    }
}

/// Runs at two or more breaks in a row: a paragraph each.
pub(super) fn paragraphs(runs: Vec<Run>) -> Vec<Vec<Run>> {
    let mut paragraphs = vec![Vec::new()];
    let mut breaks: Vec<Run> = Vec::new();
    for run in runs {
        if run.piece == Piece::Break || (!breaks.is_empty() && run.is_blank()) {
            breaks.push(run);
            continue;
        }
        if breaks
            .iter()
            .filter(|run| run.piece == Piece::Break)
            .count()
            > 1
        {
            paragraphs.push(Vec::new());
            breaks.clear();
        }
        if let Some(last) = paragraphs.last_mut() {
            last.append(&mut breaks);
            last.push(run);
        }
    }
    paragraphs
        .into_iter()
        .map(collapsed)
        .filter(|runs| !runs.iter().all(Run::is_blank))
        .collect()
}

/// Runs on one line: breaks are spaces.
pub(super) fn line(runs: Vec<Run>) -> Vec<Run> {
    let spaced = runs.into_iter().map(|run| match run.piece {
        Piece::Break => Run::text(" ".to_owned(), run.marks),
        _ => run,
    });
    let runs = collapsed(spaced.collect());
    if runs.iter().all(Run::is_blank) {
        Vec::new()
    } else {
        runs
    }
}
