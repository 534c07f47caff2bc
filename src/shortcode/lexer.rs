//! The lexer and the matching of opening and closing tags.

use std::ops::Range;

use crate::text::sort;
use crate::text::{BytePos, Problem, Span};

use super::{Arguments, Found, Inner, Notation, Piece, Shortcode, known};

/// Finds the shortcodes in `part` of `text`. Never fails.
#[must_use]
pub fn read(text: &str, part: Span) -> Found {
    let mut reader = Reader {
        text,
        at: part.start().get(),
        end: part.end().get().min(text.len()),
        open: Vec::new(),
        opened: Vec::new(),
        found: Found::default(),
        inline: Vec::new(),
    };
    reader.run();
    reader.found
}

/// A call that waits for its closing tag.
struct Open {
    call: Shortcode,
    pieces: Vec<Piece>,
    /// Where its inner text starts.
    inner: usize,
    /// A closing tag of another name was reported: it is not reported once more.
    told: bool,
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    end: usize,
    open: Vec<Open>,
    found: Found,
    /// What was opened so far: closing tags of other names are refused.
    opened: Vec<(String, bool)>,
    /// Inline shortcodes defined so far may be called again by name.
    inline: Vec<String>,
}

/// One tag: `{{< name … >}}`, `{{< /name >}}` or `{{< name … />}}`.
struct Tag {
    notation: Notation,
    name: String,
    inline: bool,
    arguments: Arguments,
    values: Vec<Span>,
    closing: bool,
    self_closing: bool,
    /// Where its slash and its name stand.
    slash_at: usize,
    name_at: usize,
    end: usize,
}

/// What is wrong in a tag, and where.
type Refused = (usize, String);

impl<'a> Reader<'a> {
    fn rest(&self, at: usize) -> &'a str {
        let text: &'a str = self.text;
        text.get(at..self.end).unwrap_or_default()
    }

    fn run(&mut self) {
        let mut text_start = self.at;
        while let Some(found) = self.next_opening() {
            let start = self.at + found;
            let notation = if self.rest(start).starts_with("{{<") {
                Notation::Angle
            } else {
                Notation::Percent
            };
            let (opening, closing) = notation.delimiters();
            if let Some(inside) = self.rest(start + opening.len()).strip_prefix("/*") {
                self.push_text(text_start, start);
                let (end, shown) = match inside.find("*/") {
                    Some(at)
                        if inside
                            .get(at + 2..)
                            .is_some_and(|rest| rest.starts_with(closing)) =>
                    {
                        let shown =
                            format!("{opening}{}{closing}", inside.get(..at).unwrap_or_default());
                        (
                            start + opening.len() + 2 + at + 2 + closing.len(),
                            Some(shown),
                        )
                    }
                    _ => (start + opening.len(), None),
                };
                let span = Span::from_range(start..end);
                if let Some(text) = shown {
                    self.push(Piece::Escaped { span, text });
                } else {
                    self.refuse(start, "This shortcode is commented out with /*, but */ and the closing brackets are missing.".to_owned());
                    self.push(Piece::Text(span));
                }
                self.at = end;
                text_start = end;
                continue;
            }
            match self.tag(start, notation) {
                Ok(tag) => {
                    self.push_text(text_start, start);
                    self.at = tag.end;
                    text_start = tag.end;
                    self.take(start, tag);
                }
                Err((at, message)) => {
                    let first = self.refused_before(start, start + opening.len());
                    let (at, message) = first.unwrap_or((at, message));
                    self.refuse(at, message);
                    // The brackets stay text.
                    self.at = start + opening.len();
                }
            }
        }
        self.push_text(text_start, self.end);
        while let Some(open) = self.open.pop() {
            self.give_up(open);
        }
        sort::sort_by_key(&mut self.found.problems, |problem| problem.span.start());
    }

    /// What Hugo refuses about the tag at `start` before it comes to its arguments; `inside`: behind its opening brackets.
    fn refused_before(&self, start: usize, inside: usize) -> Option<Refused> {
        let rest = self.rest(inside).trim_start();
        let at = self.end - rest.len();
        if let Some(rest) = rest.strip_prefix('/').filter(|_| self.open.is_empty()) {
            let name = rest.trim_start();
            let name = name.get(..word_length(name)).unwrap_or_default();
            return Some((at, not_open(name)));
        }
        let length = rest
            .find(|c: char| !(is_word(c) || c == '/'))
            .unwrap_or(rest.len());
        let (name, behind) = rest.split_at_checked(length).unwrap_or_default();
        (!name.is_empty()
            && !rest.starts_with('/')
            && !behind.starts_with('.')
            && known(name).is_none())
        .then(|| (self.outermost(start), unknown(name)))
    }

    /// Hugo names the outermost shortcode around the one at `start`.
    fn outermost(&self, start: usize) -> usize {
        self.open
            .first()
            .map_or(start, |open| open.call.span.start().get())
    }

    fn next_opening(&self) -> Option<usize> {
        let rest = self.rest(self.at);
        rest.match_indices("{{").map(|(i, _)| i).find(|&i| {
            rest.get(i + 2..)
                .is_some_and(|rest| rest.starts_with(['<', '%']))
        })
    }

    fn push(&mut self, piece: Piece) {
        match self.open.last_mut() {
            Some(open) => open.pieces.push(piece),
            None => self.found.pieces.push(piece),
        }
    }

    fn push_text(&mut self, start: usize, end: usize) {
        if start < end {
            self.push(Piece::Text(Span::from_range(start..end)));
        }
    }

    fn refuse(&mut self, at: usize, message: String) {
        self.found
            .problems
            .push(Problem::new(Span::at(BytePos::new(at)), message));
    }

    /// A call that never was closed: its brackets stay text, what stands in it goes one level up.
    fn give_up(&mut self, open: Open) {
        let start = open.call.span.start().get();
        if !open.told {
            self.refuse(
                start,
                format!(
                    "“{}” is never closed: {} is missing after it.",
                    open.call.name,
                    closing_tag(&open.call)
                ),
            );
        }
        self.push_text(start, open.inner);
        for piece in open.pieces {
            self.push(piece);
        }
    }

    fn take(&mut self, start: usize, tag: Tag) {
        let span = Span::from_range(start..tag.end);
        if tag.closing {
            self.close(start, &tag);
            return;
        }
        let inner = if tag.inline {
            Some(Inner::Required)
        } else {
            known(&tag.name)
        };
        let again = tag.inline && self.inline.contains(&tag.name);
        let call = Shortcode {
            name: tag.name,
            notation: tag.notation,
            inline: tag.inline,
            arguments: tag.arguments,
            values: tag.values,
            tag: span,
            inner: None,
            span,
        };
        match inner {
            None => {
                self.refuse(self.outermost(start), unknown(&call.name));
                self.push(Piece::Text(span));
            }
            Some(Inner::None) if tag.self_closing => {
                self.refuse(start, no_inner(&call.name));
                self.push(Piece::Call(Box::new(call)));
            }
            Some(Inner::Required) if !tag.self_closing => {
                if call.inline {
                    self.inline.push(call.name.clone());
                }
                self.opened.push((call.name.clone(), call.inline));
                self.open.push(Open {
                    call,
                    pieces: Vec::new(),
                    inner: tag.end,
                    told: false,
                });
            }
            Some(_) => {
                if call.inline && !again {
                    self.refuse(
                        start,
                        format!("“{}.inline” is called before it is defined.", call.name),
                    );
                }
                self.push(Piece::Call(Box::new(call)));
            }
        }
    }

    fn close(&mut self, start: usize, tag: &Tag) {
        // Any name that was opened closes the innermost call, whatever that is called.
        let known_here = self
            .opened
            .iter()
            .any(|(name, inline)| *name == tag.name && *inline == tag.inline);
        let Some(open) = self.open.pop_if(|_| known_here) else {
            let message = match known(&tag.name) {
                Some(Inner::None) => no_inner(&tag.name),
                _ => not_open(&tag.name),
            };
            // Hugo names the slash where nothing is open, else the name that does not match.
            let place = if self.open.is_empty() {
                tag.slash_at
            } else {
                tag.name_at
            };
            let place = match known(&tag.name) {
                Some(Inner::None) => start,
                _ if known_here => start,
                _ => place,
            };
            for open in &mut self.open {
                open.told = true;
            }
            self.refuse(place, message);
            self.push(Piece::Text(Span::from_range(start..tag.end)));
            return;
        };
        let call = Shortcode {
            inner: Some(open.pieces),
            span: Span::from_range(open.call.span.start().get()..tag.end),
            ..open.call
        };
        self.push(Piece::Call(Box::new(call)));
    }

    /// Reads the tag at `start`, where its opening brackets stand.
    fn tag(&self, start: usize, notation: Notation) -> Result<Tag, Refused> {
        let (opening, closing) = notation.delimiters();
        let mut tag = Tag {
            notation,
            name: String::new(),
            inline: false,
            arguments: Arguments::Positional(Vec::new()),
            values: Vec::new(),
            closing: false,
            self_closing: false,
            slash_at: start,
            name_at: start,
            end: 0,
        };
        let mut at = start + opening.len();
        let mut kind = None;
        loop {
            let rest = self.rest(at);
            let Some(c) = rest.chars().next() else {
                return Err((
                    self.end,
                    format!("A shortcode is never ended: {closing} is missing."),
                ));
            };
            if rest.starts_with(closing) {
                if tag.name.is_empty() {
                    return Err((start, "A shortcode has no name.".to_owned()));
                }
                tag.end = at + closing.len();
                return Ok(tag);
            }
            if matches!(c, ' ' | '\t' | '\n' | '\r') {
                at += 1;
            } else if c == '=' && !tag.name.is_empty() {
                // Without a name before it, it and its value say nothing.
                (at, _) = self.value(at + 1)?;
            } else if c == '/' {
                if tag.name.is_empty() {
                    tag.closing = true;
                    tag.slash_at = at;
                } else {
                    tag.self_closing = true;
                }
                at += 1;
            } else if tag.name.is_empty() {
                if !is_word(c) {
                    return Err((at, unexpected(c)));
                }
                let length = rest
                    .find(|c: char| !(is_word(c) || c == '/'))
                    .unwrap_or(rest.len());
                let name = rest.get(..length).unwrap_or_default();
                tag.name_at = at;
                at += length;
                if let Some(rest) = self.rest(at).strip_prefix('.') {
                    if !rest.starts_with("inline") {
                        return Err((
                            at,
                            "A shortcode’s name has no full stop, other than in “.inline”."
                                .to_owned(),
                        ));
                    }
                    tag.inline = true;
                    at += ".inline".len();
                }
                tag.name = name.to_owned();
            } else if is_word(c) || matches!(c, '"' | '`') {
                let (place, value, named) = self.argument(at)?;
                let next = place.end;
                tag.values.push(Span::from_range(place));
                let argument = match named {
                    Some(key) => Argument::Named(key, value),
                    None => Argument::Positional(value),
                };
                add(&mut tag.arguments, &mut kind, argument).map_err(|message| (at, message))?;
                at = next;
            } else {
                return Err((at, unexpected(c)));
            }
        }
    }

    /// The argument at `at`: where its value stands, the value, its name.
    fn argument(&self, at: usize) -> Result<(Range<usize>, String, Option<String>), Refused> {
        let (end, text) = self.value(at)?;
        let after = self.rest(end);
        let before = after.len() - after.trim_start_matches([' ', '\t']).len();
        if !self.rest(end + before).starts_with('=') {
            return Ok((at..end, text, None));
        }
        let behind = self.rest(end + before + 1);
        let gap = behind.len() - behind.trim_start_matches([' ', '\t']).len();
        let value_at = end + before + 1 + gap;
        let (value_end, value) = self.value(value_at)?;
        Ok((value_at..value_end, value, Some(text)))
    }

    /// The word or quoted text at `at`, behind spaces: its end and what it says.
    fn value(&self, at: usize) -> Result<(usize, String), Refused> {
        let rest = self.rest(at);
        let at = at + rest.len() - rest.trim_start_matches([' ', '\t']).len();
        if self.rest(at).starts_with(['"', '`']) {
            return self.quoted(at);
        }
        let length = word_length(self.rest(at));
        if length == 0 {
            return Err(self.swallowed(at));
        }
        let word = self.rest(at).get(..length).unwrap_or_default();
        Ok((at + length, word.to_owned()))
    }

    /// A name with an equals sign and no value behind it. Hugo takes the closing brackets for the value and reads on: to what
    /// it cannot read, or to the end.
    fn swallowed(&self, at: usize) -> Refused {
        let message = "An argument of this shortcode has a name and an equals sign, but no value: write name=\"value\".";
        let rest = self.rest(at);
        let behind = rest
            .trim_start_matches(|c: char| !c.is_whitespace())
            .trim_start();
        let end = if behind.is_empty() {
            self.end
        } else {
            at + rest.len() - behind.len()
        };
        (end, message.to_owned())
    }

    fn quoted(&self, at: usize) -> Result<(usize, String), Refused> {
        let rest = self.rest(at);
        let mut chars = rest.char_indices();
        let quote = chars.next().map_or('"', |(_, c)| c);
        let mut value = String::new();
        let mut escaped = false;
        for (i, c) in chars {
            if escaped {
                if c != '"' {
                    value.push('\\');
                }
                value.push(c);
                escaped = false;
            } else if c == '\\' && quote == '"' {
                escaped = true;
            } else if c == quote {
                return Ok((at + i + c.len_utf8(), value));
            } else if c == '\n' && quote == '"' {
                break;
            } else {
                value.push(c);
            }
        }
        Err((
            at + quote.len_utf8(),
            "A quoted argument of this shortcode has no closing quotation mark.".to_owned(),
        ))
    }
}

enum Argument {
    Positional(String),
    Named(String, String),
}

fn add(arguments: &mut Arguments, kind: &mut Option<()>, argument: Argument) -> Result<(), String> {
    if kind.is_none() && matches!(argument, Argument::Named(..)) {
        *arguments = Arguments::Named(Vec::new());
    }
    *kind = Some(());
    match (arguments, argument) {
        (Arguments::Positional(values), Argument::Positional(value)) => values.push(value),
        (Arguments::Named(values), Argument::Named(key, value)) => values.push((key, value)),
        (_, Argument::Named(key, _)) => {
            return Err(format!(
                "“{key}=” is a named argument, but the one before it has no name. Use one kind only."
            ));
        }
        (_, Argument::Positional(value)) => {
            return Err(format!(
                "“{value}” has no name, but the argument before it has one. Use one kind only."
            ));
        }
    }
    Ok(())
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-')
}

fn word_length(rest: &str) -> usize {
    rest.find(|c: char| !(is_word(c) || c == '.'))
        .unwrap_or(rest.len())
}

fn unexpected(c: char) -> String {
    format!(
        "“{c}” cannot stand here in a shortcode. Put quotation marks around an argument that has more than letters and digits."
    )
}

fn unknown(name: &str) -> String {
    format!("There is no shortcode “{name}”.")
}

fn not_open(name: &str) -> String {
    format!("This closes “{name}”, which is not open here.")
}

fn no_inner(name: &str) -> String {
    format!("“{name}” takes no text inside, so it cannot be closed.")
}

fn closing_tag(call: &Shortcode) -> String {
    let (opening, closing) = call.notation.delimiters();
    let inline = if call.inline { ".inline" } else { "" };
    format!("{opening} /{}{inline} {closing}", call.name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Found {
        read(text, Span::from_range(0..text.len()))
    }

    fn first(text: &str) -> Shortcode {
        let found = check(text);
        assert_eq!(found.problems, []);
        found
            .pieces
            .into_iter()
            .find_map(|piece| match piece {
                Piece::Call(call) => Some(*call),
                _ => None,
            })
            .unwrap()
    }

    #[test]
    fn calls_are_found_with_their_arguments() {
        let call = first("a {{< youtube abc-_1 >}} b");
        assert_eq!(
            (call.name.as_str(), call.arguments.at(0)),
            ("youtube", Some("abc-_1"))
        );
        assert_eq!(call.span, Span::from_range(2..24));
        let call = first("{{% x user=a %}}");
        assert_eq!(call.notation, Notation::Percent);
        let call_named = first("{{< x user=\"a \\\"b\\\"\" id=7 >}}");
        assert_eq!(call_named.arguments.named("user"), Some("a \"b\""));
        assert_eq!(call_named.arguments.named("ID"), Some("7"));
        let call = first("{{< note >}}a {{< youtube b >}}{{< /note >}}");
        assert_eq!(call.inner.map(|inner| inner.len()), Some(2));
    }

    #[test]
    fn what_hugo_refuses_is_said_at_its_place() {
        for (text, at) in [
            ("a {{< nosuch >}}", 2),
            ("{{< youtube a", 13),
            ("{{< youtube abc id=\"d\" >}}", 16),
            ("{{< youtube a,b >}}", 13),
            ("{{</* a >}}", 0),
            ("{{< youtube \"a\" />}}", 0),
            ("{{< note >}}a", 0),
            ("a {{< /note >}}", 6),
            ("{{< note >}}a{{< /warning >}}", 18),
            ("{{< youtube \"a >}}", 13),
            ("{{< >}}", 0),
            ("`{{< nosuch >}}`", 1),
        ] {
            let problems = check(text).problems;
            assert_eq!(
                problems.first().map(|problem| problem.span.start().get()),
                Some(at),
                "{text}"
            );
        }
        for text in [
            "{{ .Values.x }} {{- if }} {{> partial }}",
            "{{</* x */>}}",
            "{{< note title=x >}}{{< /note >}}",
        ] {
            assert_eq!(check(text).problems, [], "{text}");
        }
    }
}
