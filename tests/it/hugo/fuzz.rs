//! Mutated posts, rendered by us and by the real Hugo: what differs is counted by kind, made small and printed.
//!
//! `RECAP_LONG=1` runs it (`make hugo-fuzz`), `RECAP_SEED` and `RECAP_ROUNDS` say which mutants and how many.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use super::case_file::{self, FRONT_MATTER};
use super::{disagreements, folder_of, home, hugos_rows, our_rows};
use crate::support::{self, Dice};

/// Mutants in one build of the site.
const A_ROUND: usize = 300;
/// Posts we refuse cost Hugo a build each: so many of them are asked about in a round.
const REFUSED: usize = 12;
/// Differences made small in a round, and of one of them tried at once.
const MADE_SMALL: usize = 8;
const CANDIDATES: usize = 24;
/// Of a thousand mutants so many may differ: what stands in `known.rs` turns up in mutants, those of cases above all.
const MAY_DIFFER: [(Source, usize); 2] = [(Source::RealPosts, 20), (Source::Cases, 80)];
const FIELDS: [&str; 5] = [
    "content_html",
    "summary",
    "description",
    "word_count",
    "heading_ids",
];

/// What a mutation puts in: what means something to Markdown, to Hugo or to its typographer.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    "*", "**", "_", "__", "~~", "`", "``", "\"", "'", "--", "---", "...", "<<", ">>", "<", ">", "&", "&amp;", "\\", "\\\\",
    "[", "]", "(", ")", "![", "](", "[x]: /y \"t\"\n", "[x]", "[^1]", "\n[^1]: note\n", ":", "\n: def\n", "|", "\n|---|\n",
    "\n| a | b |\n|---|:-:|\n| c | d |\n", "#", "\n## ", "\n> ", "\n- ", "\n1. ", "\n- [ ] ", "\n    ", "\t", "  \n", "\n", "\n\n",
    "\n\n\n", "\n---\n", "\n===\n", "\n```\n", "\n```bash\n", "\n```yaml {class=\"x\"}\n", "\n~~~\n", "{#id}", "{.c}", "\n{.c k=\"v\"}\n",
    "{", "}", "<b>", "</b>", "<div>\n", "\n</div>\n", "<!-- c -->", "<br>", "https://example.com/a", "www.example.com", "a@example.com",
    "<https://example.com>", "http://", ".", ",", ";", "!", "1", "é", "日", "🎉", "\u{a0}", "\u{200b}", " ", "   ", "^", "$", "%", "@",
    "{{< youtube abc >}}", "{{< note >}}", "{{< /note >}}", "{{% latest-edge-version %}}", "{{</* x */>}}", "{{<", ">}}",
    "![a](x.png)", "\n\n![a](x.png \"t\")\n\n", "[a](b.md)", "[a](#x)", "[a](https://example.com \"t\")", "&ldquo;", "&#39;", "don't", "'90s",
];

/// A body Hugo and we make different pages of.
struct Difference {
    body: String,
    kind: &'static str,
    shown: String,
}

/// Whose bodies are mutated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Source {
    RealPosts,
    Cases,
}

/// The bodies of a source, and the site they stand in.
struct Stock {
    bodies: Vec<String>,
    index: PathBuf,
}

impl Stock {
    fn of(source: Source) -> Self {
        let posts: Vec<Vec<u8>> = match source {
            Source::RealPosts => support::corpus_posts()
                .into_iter()
                .map(|(_, bytes)| bytes)
                .collect(),
            Source::Cases => case_file::read_all(&home().join("cases"))
                .into_iter()
                .map(|case| case.post)
                .collect(),
        };
        let own = home().join("site-index.json");
        let body = |bytes: Vec<u8>| {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let below = text.strip_prefix("---\n")?.split_once("\n---\n");
            below.map(|(_, body)| body.to_owned())
        };
        Self {
            bodies: posts.into_iter().filter_map(body).collect(),
            index: match source {
                Source::RealPosts => support::shared("corpus/site-index.json").unwrap_or(own),
                Source::Cases => own,
            },
        }
    }

    /// A few lines of a body, changed one to four times.
    fn mutant(&self, dice: &mut Dice) -> String {
        let mut lines: Vec<&str> = self.bodies[dice.roll(self.bodies.len())].lines().collect();
        let length = 3 + dice.roll(30);
        if lines.len() > length {
            lines = lines[dice.roll(lines.len() - length)..][..length].to_vec();
        }
        let mut body = lines.join("\n") + "\n";
        for _ in 0..=dice.roll(4) {
            self.mutate(&mut body, dice);
        }
        body
    }

    fn mutate(&self, body: &mut String, dice: &mut Dice) {
        let place = |body: &str, dice: &mut Dice| {
            let mut at = dice.roll(body.len() + 1);
            while !body.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let at = place(body, dice);
        match dice.roll(8) {
            0..=3 => body.insert_str(at, PIECES[dice.roll(PIECES.len())]),
            4 => {
                let end = at
                    + body[at..]
                        .chars()
                        .take(1 + dice.roll(6))
                        .map(char::len_utf8)
                        .sum::<usize>();
                body.replace_range(at..end, "");
            }
            5 => {
                let other = &self.bodies[dice.roll(self.bodies.len())];
                let lines: Vec<&str> = other.lines().collect();
                if !lines.is_empty() {
                    let line = lines[dice.roll(lines.len())];
                    let start = body[..at].rfind('\n').map_or(0, |end| end + 1);
                    body.insert_str(start, &format!("{line}\n"));
                }
            }
            6 => {
                let start = body[..at].rfind('\n').map_or(0, |end| end + 1);
                body.insert_str(
                    start,
                    ["  ", "    ", "> ", "- ", "\t", "  - "][dice.roll(6)],
                );
            }
            _ => {
                let end = body[at..].find('\n').map(|end| at + end);
                if let Some(end) = end {
                    body.replace_range(end..=end, ["", "\n\n", " "][dice.roll(3)]);
                }
            }
        }
    }
}

/// What Hugo and we make of the bodies, by their numbers; `None` without Hugo. `alone`: a build for each.
fn judge(
    bodies: &[String],
    index: &Path,
    alone: bool,
) -> Option<(usize, BTreeMap<usize, Difference>)> {
    let path = |number: usize| format!("2020/m{number}/index.md");
    let posts: Vec<String> = bodies
        .iter()
        .map(|body| format!("{FRONT_MATTER}{body}"))
        .collect();
    let files = ["x.png".to_owned(), "cover.jpg".to_owned()];
    let folder = |numbers: &[usize]| {
        let posts = numbers
            .iter()
            .map(|number| (path(*number), posts[*number].as_bytes(), &files[..]));
        folder_of("hugo-mutants", posts)
    };
    let all: Vec<usize> = (0..bodies.len()).collect();
    let ours = our_rows(&folder(&all).0, index);
    let (mut taken, mut refused): (Vec<usize>, Vec<usize>) = all
        .into_iter()
        .partition(|number| ours[&path(*number)]["error"].is_null());
    if alone {
        refused.append(&mut taken);
    } else {
        refused.truncate(REFUSED);
    }
    let mut hugos = hugos_rows(&folder(&taken).0, index, false)?;
    hugos.extend(hugos_rows(&folder(&refused).0, index, true)?);
    let mut found = BTreeMap::new();
    let judged = taken.len() + refused.len();
    for number in taken.into_iter().chain(refused) {
        if let Some((kind, shown)) = difference(&hugos[&path(number)], &ours[&path(number)]) {
            let body = bodies[number].clone();
            found.insert(number, Difference { body, kind, shown });
        }
    }
    Some((judged, found))
}

/// The first difference that counts between two rows.
fn difference(hugo: &Json, ours: &Json) -> Option<(&'static str, String)> {
    let error = &hugo["error"];
    let found = if error.is_null() {
        disagreements(FIELDS.iter().map(|field| (*field, &hugo[*field])), ours)
    } else {
        let place = match error["line"].as_u64() {
            Some(line) => format!("error {line}:{}", error["column"]),
            None => "error -".to_owned(),
        };
        disagreements([(place.as_str(), &error["message"])].into_iter(), ours)
    };
    found.into_iter().next()
}

/// A body on its way to be a small one: `step` units (lines, then characters) are taken out at a time.
struct Shrinking {
    least: Difference,
    by_character: bool,
    step: usize,
    done: bool,
}

impl Shrinking {
    fn new(least: Difference) -> Self {
        let step = least.body.lines().count().div_ceil(2);
        Self {
            least,
            by_character: false,
            step,
            done: false,
        }
    }

    fn candidates(&self) -> Vec<String> {
        if self.done {
            return Vec::new();
        }
        let units: Vec<&str> = if self.by_character {
            self.least.body.split_inclusive(|_: char| true).collect()
        } else {
            self.least.body.split_inclusive('\n').collect()
        };
        let starts = (0..units.len()).step_by(self.step.max(1));
        let without = |start: usize| {
            let end = (start + self.step).min(units.len());
            [&units[..start], &units[end..]].concat().concat()
        };
        starts
            .map(without)
            .filter(|body| !body.is_empty())
            .collect()
    }

    /// Takes the first candidate that still differs, or takes less at a time.
    fn take(&mut self, still: Option<Difference>) {
        match still {
            Some(least) => self.least = least,
            None if self.step > 1 => self.step = self.step.div_ceil(2),
            None if !self.by_character => {
                self.by_character = true;
                self.step = (self.least.body.chars().count() / 4).max(1);
            }
            None => self.done = true,
        }
    }
}

/// Makes differences small, all of them in the same builds.
fn shrunk(found: Vec<Difference>, index: &Path) -> Vec<Difference> {
    let mut all: Vec<Shrinking> = found.into_iter().map(Shrinking::new).collect();
    // Each candidate Hugo refuses would stop the build of the others.
    let alone = all
        .iter()
        .any(|item| item.least.kind.starts_with("refused"));
    for _ in 0..if alone { 8 } else { 40 } {
        let tried: Vec<Vec<String>> = all
            .iter()
            .map(|item| item.candidates().into_iter().take(CANDIDATES).collect())
            .collect();
        let bodies: Vec<String> = tried.iter().flatten().cloned().collect();
        if bodies.is_empty() {
            break;
        }
        let Some((_, mut found)) = judge(&bodies, index, alone) else {
            break;
        };
        let mut first = 0;
        for (item, tried) in all.iter_mut().zip(&tried) {
            let same = (first..first + tried.len()).find(|number| {
                found
                    .get(number)
                    .is_some_and(|still| still.kind == item.least.kind)
            });
            first += tried.len();
            if !item.done {
                item.take(same.and_then(|number| found.remove(&number)));
            }
        }
    }
    all.into_iter().map(|item| item.least).collect()
}

fn number_of(variable: &str, default: usize) -> usize {
    std::env::var(variable)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(default)
}

#[test]
fn mutants_come_out_as_hugo_publishes_them() {
    if std::env::var_os("RECAP_LONG").is_none() {
        eprintln!("Skipped: mutants through Hugo (RECAP_LONG=1).");
        return;
    }
    let (seed, rounds) = (number_of("RECAP_SEED", 1), number_of("RECAP_ROUNDS", 5));
    for (source, most) in MAY_DIFFER {
        let stock = Stock::of(source);
        if stock.bodies.is_empty() {
            continue;
        }
        let Some((different, judged)) = run(source, &stock, seed, rounds) else {
            return;
        };
        assert!(
            different * 1000 <= judged * most,
            "more than {most} of a thousand"
        );
    }
}

/// Prints what differs; how many mutants did, and of how many. `None` without Hugo.
fn run(source: Source, stock: &Stock, seed: usize, rounds: usize) -> Option<(usize, usize)> {
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ (seed as u64) << 8);
    let (mut judged, mut kinds) = (0, BTreeMap::<&str, usize>::new());
    let mut small: BTreeMap<(&str, String), Difference> = BTreeMap::new();
    for _ in 0..rounds {
        let bodies: Vec<String> = (0..A_ROUND).map(|_| stock.mutant(&mut dice)).collect();
        let (count, found) = judge(&bodies, &stock.index, false)?;
        judged += count;
        for difference in found.values() {
            *kinds.entry(difference.kind).or_default() += 1;
        }
        let (refusals, pages): (Vec<_>, Vec<_>) = found
            .into_values()
            .partition(|difference| difference.kind.starts_with("refused"));
        for (mut found, most) in [(pages, MADE_SMALL), (refusals, MADE_SMALL / 4)] {
            found.truncate(most);
            for least in shrunk(found, &stock.index) {
                small
                    .entry((least.kind, shape(&least.body)))
                    .or_insert(least);
            }
        }
    }
    for least in small.values() {
        println!("{}: {:?}\n{}\n", least.kind, least.body, least.shown);
    }
    let different: usize = kinds.values().sum();
    println!("seed {seed}, {source:?}: {different} of {judged} mutants differ: {kinds:?}");
    Some((different, judged))
}

/// A body with every word alike: differences of one shape are printed once.
fn shape(body: &str) -> String {
    let mut out = String::new();
    for c in body
        .chars()
        .map(|c| if c.is_alphanumeric() { 'a' } else { c })
    {
        if c != 'a' || !out.ends_with('a') {
            out.push(c);
        }
    }
    out
}

/// `RECAP_POSTS=DIR` (`make hugo-compare`): every `index.md` below it through both.
#[test]
fn posts_of_a_folder_come_out_as_hugo_publishes_them() {
    let Some(posts) = std::env::var_os("RECAP_POSTS") else {
        return;
    };
    let posts = PathBuf::from(posts);
    let index = home().join("site-index.json");
    let Some(hugos) = hugos_rows(&posts, &index, false) else {
        return;
    };
    let ours = our_rows(&posts, &index);
    let differ = |(path, hugo): (&String, &Json)| {
        difference(hugo, &ours[path]).map(|(kind, shown)| format!("{path}: {kind}: {shown}"))
    };
    let different: Vec<String> = hugos.iter().filter_map(differ).collect();
    println!("{} of {} posts differ", different.len(), hugos.len());
    assert!(different.is_empty(), "{}", different.join("\n\n"));
}
