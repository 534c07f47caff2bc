//! Runs as Markdown.

use super::escape::{self, Place};
use super::run::{Piece, Run, SPACE};

/// What can be around runs, the outermost first where two begin and end together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Around {
    Link,
    Strong,
    Emphasis,
    Strike,
}

const ALL: [Around; 4] = [
    Around::Link,
    Around::Strong,
    Around::Emphasis,
    Around::Strike,
];

impl Around {
    /// Whether it is around both `run` and `first`.
    fn spans(self, first: &Run, run: &Run) -> bool {
        let (a, b) = (&first.marks, &run.marks);
        match self {
            Self::Link => a.link.is_some() && a.link == b.link,
            Self::Strong => a.strong && b.strong,
            Self::Emphasis => a.emphasis && b.emphasis,
            Self::Strike => a.strike && b.strike,
        }
    }

    const fn remove(self, run: &mut Run) {
        match self {
            Self::Link => {}
            Self::Strong => run.marks.strong = false,
            Self::Emphasis => run.marks.emphasis = false,
            Self::Strike => run.marks.strike = false,
        }
    }
}

/// The Markdown of a block's runs, one line unless it holds breaks.
pub(super) fn markdown(runs: &[Run], place: Place) -> String {
    let runs = settled(runs.to_vec());
    let count = |wanted: char| -> usize {
        runs.iter()
            .map(|run| match &run.piece {
                Piece::Text(text) if !run.marks.code => text.matches(wanted).count(),
                _ => 0,
            })
            .sum()
    };
    let mut writer = Writer {
        out: String::new(),
        starts: Vec::new(),
        place: Place {
            // The block's own marks could pair with one in the text.
            backticks: count('`') + usize::from(runs.iter().any(|run| run.marks.code)),
            tildes: count('~') + usize::from(runs.iter().any(|run| run.marks.strike)),
            ..place
        },
    };
    writer.runs(&runs, &[], '\n');
    let Writer {
        mut out, starts, ..
    } = writer;
    if !place.in_cell && !place.in_heading {
        for start in starts.into_iter().rev() {
            let line = out.get(start..).unwrap_or_default();
            let line = line.split('\n').next().unwrap_or_default();
            if let Some(at) = escape::line_start(line) {
                out.insert(start + at, '\\');
            }
        }
    }
    out
}

/// Marks do not cover white space and punctuation at their ends where a mark could not stand there: `**a:**b` would be
/// seen as it is written.
fn settled(mut runs: Vec<Run>) -> Vec<Run> {
    for around in [Around::Strong, Around::Emphasis, Around::Strike] {
        let mut out: Vec<Run> = Vec::with_capacity(runs.len());
        let mut at = 0;
        while let Some(first) = runs.get(at) {
            let group = runs.get(at..).unwrap_or_default();
            let length = group.iter().take_while(|run| around.spans(first, run));
            let length = length.count();
            if length == 0 {
                out.push(first.clone());
                at += 1;
                continue;
            }
            let mut group = group.get(..length).unwrap_or_default().to_vec();
            at += length;
            let before = out.last().and_then(last_char);
            let after = runs.get(at).and_then(first_char);
            let (front, back) = (
                cut_front(&mut group, around, before),
                cut_back(&mut group, around, after),
            );
            out.extend(front);
            out.append(&mut group);
            out.extend(back.into_iter().rev());
        }
        runs = out;
    }
    runs
}

/// Takes what cannot be covered off the front of a group.
fn cut_front(group: &mut Vec<Run>, around: Around, before: Option<char>) -> Vec<Run> {
    let mut cut = Vec::new();
    let tight = before.is_some_and(char::is_alphanumeric);
    while let Some(first) = group.first_mut() {
        let Piece::Text(text) = &mut first.piece else {
            if first.piece == Piece::Break {
                let mut run = group.remove(0);
                around.remove(&mut run);
                cut.push(run);
                continue;
            }
            break;
        };
        if first.marks.code {
            break;
        }
        let kept = text.trim_start_matches(|c: char| is_loose(c, tight));
        let rest = kept.to_owned();
        text.truncate(text.len() - rest.len());
        let mut run = first.clone();
        around.remove(&mut run);
        if !matches!(&run.piece, Piece::Text(text) if text.is_empty()) {
            cut.push(run);
        }
        if let Some(first) = group.first_mut().filter(|_| !rest.is_empty()) {
            first.piece = Piece::Text(rest);
            break;
        }
        group.remove(0);
    }
    cut
}

/// The same at the back, the last first.
fn cut_back(group: &mut Vec<Run>, around: Around, after: Option<char>) -> Vec<Run> {
    let mut cut = Vec::new();
    let tight = after.is_some_and(char::is_alphanumeric);
    while let Some(last) = group.last_mut() {
        let Piece::Text(text) = &mut last.piece else {
            if last.piece == Piece::Break {
                around.remove(last);
                cut.extend(group.pop());
                continue;
            }
            break;
        };
        if last.marks.code {
            break;
        }
        let kept = text.trim_end_matches(|c: char| is_loose(c, tight)).len();
        let rest = text.split_off(kept);
        let empty = text.is_empty();
        let mut run = last.clone();
        run.piece = Piece::Text(rest.clone());
        around.remove(&mut run);
        if !rest.is_empty() {
            cut.push(run);
        }
        if !empty {
            break;
        }
        group.pop();
    }
    cut
}

fn is_loose(c: char, tight: bool) -> bool {
    c.is_whitespace() || (tight && !c.is_alphanumeric())
}

fn first_char(run: &Run) -> Option<char> {
    match &run.piece {
        Piece::Text(_) if run.marks.code => Some('`'),
        Piece::Text(text) => text.chars().next(),
        Piece::Picture(..) => Some('!'),
        Piece::Break => Some('\n'),
    }
}

fn last_char(run: &Run) -> Option<char> {
    match &run.piece {
        Piece::Text(_) if run.marks.code => Some('`'),
        Piece::Text(text) => text.chars().next_back(),
        Piece::Picture(..) => Some(')'),
        Piece::Break => Some('\n'),
    }
}

struct Writer {
    out: String,
    /// Where lines begin with text.
    starts: Vec<usize>,
    place: Place,
}

impl Writer {
    /// Writes runs inside of `inside`, with `after` behind the last.
    fn runs(&mut self, runs: &[Run], inside: &[Around], after: char) {
        let mut at = 0;
        while let Some(first) = runs.get(at) {
            let rest = runs.get(at..).unwrap_or_default();
            let mut longest: Option<(Around, usize)> = None;
            for around in ALL {
                if inside.contains(&around) {
                    continue;
                }
                let length = rest.iter().take_while(|run| around.spans(first, run));
                let length = length.count();
                if length > longest.map_or(0, |(_, longest)| longest) {
                    longest = Some((around, length));
                }
            }
            let length = longest.map_or(1, |(_, length)| length);
            let group = rest.get(..length).unwrap_or_default();
            at += length;
            let next = runs.get(at).and_then(|next| {
                let mark = ALL
                    .into_iter()
                    .find(|around| !inside.contains(around) && around.spans(next, next));
                mark.map(|mark| if mark == Around::Link { '[' } else { '*' })
                    .or_else(|| first_char(next))
            });
            let next = next.unwrap_or(after);
            match longest {
                None => self.run(first, next),
                Some((around, _)) => self.group(group, around, inside, next),
            }
        }
    }

    fn group(&mut self, group: &[Run], around: Around, inside: &[Around], after: char) {
        let inside = [inside, &[around]].concat();
        let before = self.out.chars().next_back().unwrap_or('\n');
        match around {
            Around::Link => return self.link(group, &inside, after),
            _ if group.iter().all(Run::is_blank) => return self.runs(group, &inside, after),
            _ => {}
        }
        let mark = match around {
            Around::Strong => "**",
            Around::Strike => "~~",
            // An underscore within a word is one.
            _ if before.is_alphanumeric() || after.is_alphanumeric() => "*",
            _ => "_",
        };
        let first = group.first().and_then(first_char).unwrap_or('a');
        let last = group.last().and_then(last_char).unwrap_or('a');
        // Such a mark would be seen as it is written.
        if before.is_alphanumeric() && !first.is_alphanumeric()
            || after.is_alphanumeric() && !last.is_alphanumeric()
        {
            return self.runs(group, &inside, after);
        }
        self.out.push_str(mark);
        let closing = mark.chars().next().unwrap_or(after);
        self.runs(group, &inside, closing);
        self.out.push_str(mark);
    }

    fn link(&mut self, group: &[Run], inside: &[Around], after: char) {
        let address = group.first().and_then(|run| run.marks.link.clone());
        let Some(address) = address.filter(|_| !group.iter().all(Run::is_blank)) else {
            return self.runs(group, inside, after);
        };
        let mut group = group.to_vec();
        // White space at a link's ends stands beside it.
        let edge = |text: &str| text.starts_with(SPACE);
        if matches!(group.first(), Some(Run { piece: Piece::Text(text), .. }) if edge(text))
            && !self.out.ends_with(' ')
        {
            self.out.push(' ');
        }
        let mut behind = "";
        if let Some(Run {
            piece: Piece::Text(text),
            ..
        }) = group.first_mut()
        {
            *text = text.trim_start_matches(SPACE).to_owned();
        }
        if let Some(Run {
            piece: Piece::Text(text),
            ..
        }) = group.last_mut()
            && text.ends_with(SPACE)
        {
            *text = text.trim_end_matches(SPACE).to_owned();
            behind = " ";
        }
        group.retain(|run| !matches!(&run.piece, Piece::Text(text) if text.is_empty()));
        self.without_exclamation();
        let outer = std::mem::replace(&mut self.place.in_link, true);
        self.out.push('[');
        self.runs(&group, inside, ']');
        self.out.push_str("](");
        self.out.push_str(&address);
        self.out.push(')');
        self.out.push_str(behind);
        self.place.in_link = outer;
    }

    /// An exclamation mark in front of a link would make it a picture.
    fn without_exclamation(&mut self) {
        let escaped = self.out.ends_with("\\!");
        if !escaped && let Some(head) = self.out.strip_suffix('!') {
            let at = head.len();
            self.out.insert(at, '\\');
        }
    }

    fn run(&mut self, run: &Run, after: char) {
        let before = self.out.chars().next_back().unwrap_or('\n');
        match &run.piece {
            Piece::Text(text) if run.marks.code => self.code(text),
            Piece::Text(text) => {
                if before == '\n' {
                    self.starts.push(self.out.len());
                }
                let text = escape::text(text, before, after, self.place);
                self.out.push_str(&text);
            }
            Piece::Picture(description, address) => {
                let place = Place {
                    in_link: true,
                    ..self.place
                };
                let description = escape::text(description, '[', ']', place);
                self.out.push_str(&format!("![{description}]({address})"));
            }
            Piece::Break => self.out.push_str("\\\n"),
        }
    }

    fn code(&mut self, text: &str) {
        let lead = text.starts_with(SPACE);
        let trail = text.len() > 1 && text.ends_with(SPACE);
        let mut code = escape::code(text.trim_matches(SPACE));
        if code.is_empty() {
            if !self.out.ends_with(' ') {
                self.out.push(' ');
            }
            return;
        }
        if self.place.in_cell {
            code = code.replace('|', "\\|");
        }
        let longest = code
            .split(|c| c != '`')
            .map(str::len)
            .max()
            .unwrap_or_default();
        let fence = "`".repeat(longest + 1);
        let pad = if code.starts_with('`') || code.ends_with('`') {
            " "
        } else {
            ""
        };
        let space = |there: bool| if there { " " } else { "" };
        if lead && !self.out.ends_with(' ') {
            self.out.push(' ');
        }
        self.out
            .push_str(&format!("{fence}{pad}{code}{pad}{fence}{}", space(trail)));
    }
}
