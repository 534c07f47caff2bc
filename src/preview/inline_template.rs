//! The small part of Go's templates that inline shortcodes are written in: text, fields of the page, arguments, calls of
//! a few functions, and `range` over them. What is beyond that is told, not guessed.

use super::escape::go_escape;

/// What a template may ask for.
pub(super) struct Data<'a> {
    pub(super) title: &'a str,
    pub(super) permalink: &'a str,
    pub(super) argument: &'a dyn Fn(&str) -> Option<String>,
}

/// Why a template has no result here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// Hugo would refuse it too.
    Broken,
    /// Hugo may well run it; we do not.
    Beyond,
}

#[derive(Debug, Clone, PartialEq)]
enum Value {
    Text(String),
    Number(i64),
    List(Vec<Value>),
}

impl Value {
    fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(Self::shown).collect();
                format!("[{}]", items.join(" "))
            }
        }
    }

    fn is_empty(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::Number(number) => *number == 0,
            Self::List(items) => items.is_empty(),
        }
    }
}

/// Ranges within ranges multiply: more output than this is not made.
const LONGEST: usize = 100_000;

/// Parentheses deeper than this are not followed.
const DEEPEST: usize = 32;

/// Runs a template.
pub(super) fn run(template: &str, data: &Data<'_>) -> Result<String, Stop> {
    let pieces = pieces(template)?;
    let mut out = String::new();
    let end = block(&pieces, 0, None, data, &mut out, DEEPEST)?;
    if end < pieces.len() {
        return Err(Stop::Broken);
    }
    Ok(out)
}

/// A template without its actions.
pub(super) fn text_only(template: &str) -> String {
    let pieces = pieces(template).unwrap_or_default();
    let texts = pieces.iter().filter_map(|piece| match piece {
        Piece::Text(text) => Some(*text),
        Piece::Action(_) => None,
    });
    texts.collect()
}

#[derive(Debug, Clone)]
enum Piece<'a> {
    Text(&'a str),
    Action(&'a str),
}

fn pieces(template: &str) -> Result<Vec<Piece<'_>>, Stop> {
    let mut pieces = Vec::new();
    let mut rest = template;
    let mut trim = false;
    loop {
        let (text, behind) = match rest.split_once("{{") {
            Some((text, behind)) => (text, Some(behind)),
            None => (rest, None),
        };
        let text = if trim { text.trim_start() } else { text };
        let Some(behind) = behind else {
            pieces.push(Piece::Text(text));
            return Ok(pieces);
        };
        let (action, after) = behind.split_once("}}").ok_or(Stop::Broken)?;
        let (text, action) = match action.strip_prefix("- ") {
            Some(action) => (text.trim_end(), action),
            None => (text, action),
        };
        pieces.push(Piece::Text(text));
        let action = match action.strip_suffix(" -") {
            Some(action) => {
                trim = true;
                action
            }
            None => {
                trim = false;
                action
            }
        };
        pieces.push(Piece::Action(action.trim()));
        rest = after;
    }
}

/// Runs pieces up to the `end` or `else` that closes the block, and answers where that stands.
fn block(
    pieces: &[Piece<'_>],
    mut at: usize,
    dot: Option<&Value>,
    data: &Data<'_>,
    out: &mut String,
    depth: usize,
) -> Result<usize, Stop> {
    if out.len() > LONGEST {
        return Err(Stop::Beyond);
    }
    let depth = depth.checked_sub(1).ok_or(Stop::Beyond)?;
    while let Some(piece) = pieces.get(at) {
        let action = match piece {
            Piece::Text(text) => {
                out.push_str(text);
                at += 1;
                continue;
            }
            Piece::Action(action) => *action,
        };
        if action == "end" {
            return Ok(at);
        }
        at += 1;
        if action.starts_with("/*") && action.ends_with("*/") {
            continue;
        }
        let Some(list) = action.strip_prefix("range ") else {
            let value = evaluate(action, dot, data)?;
            out.push_str(&go_escape(&value.shown()));
            continue;
        };
        let items = match evaluate(list, dot, data)? {
            Value::List(items) => items,
            Value::Number(count) if (0..=1000).contains(&count) => {
                (0..count).map(Value::Number).collect()
            }
            _ => return Err(Stop::Beyond),
        };
        // Without an item nothing tells where the block ends.
        let mut end = None;
        for item in &items {
            end = Some(block(pieces, at, Some(item), data, out, depth)?);
        }
        let end = match end {
            Some(end) => end,
            None => return Err(Stop::Beyond),
        };
        if end >= pieces.len() {
            return Err(Stop::Broken);
        }
        at = end + 1;
    }
    Ok(at)
}

#[derive(Debug, Clone, PartialEq)]
enum Token {
    Word(String),
    Quoted(String),
    Open,
    Close,
    Pipe,
}

fn tokens(action: &str) -> Result<Vec<Token>, Stop> {
    let mut tokens = Vec::new();
    let mut rest = action;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            ' ' | '\t' | '\n' | '\r' => c.len_utf8(),
            '(' | ')' | '|' => {
                tokens.push(match c {
                    '(' => Token::Open,
                    ')' => Token::Close,
                    _ => Token::Pipe,
                });
                1
            }
            '"' | '`' => {
                let inside = rest.get(1..).unwrap_or_default();
                let end = inside.find(c).ok_or(Stop::Broken)?;
                let text = inside.get(..end).unwrap_or_default();
                if c == '"' && text.contains('\\') {
                    return Err(Stop::Beyond);
                }
                tokens.push(Token::Quoted(text.to_owned()));
                end + 2
            }
            _ => {
                let end = rest
                    .find(|c: char| c.is_whitespace() || "()|\"`".contains(c))
                    .unwrap_or(rest.len());
                tokens.push(Token::Word(rest.get(..end).unwrap_or_default().to_owned()));
                end
            }
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    Ok(tokens)
}

fn evaluate(action: &str, dot: Option<&Value>, data: &Data<'_>) -> Result<Value, Stop> {
    let tokens = tokens(action)?;
    let mut at = 0;
    let value = pipeline(&tokens, &mut at, dot, data, DEEPEST)?;
    if at < tokens.len() {
        return Err(Stop::Broken);
    }
    Ok(value)
}

/// Commands joined by `|`: each value is the last argument of the next command.
fn pipeline(
    tokens: &[Token],
    at: &mut usize,
    dot: Option<&Value>,
    data: &Data<'_>,
    depth: usize,
) -> Result<Value, Stop> {
    let depth = depth.checked_sub(1).ok_or(Stop::Beyond)?;
    let mut piped: Option<Value> = None;
    loop {
        let Some(first) = tokens.get(*at) else {
            return Err(Stop::Broken);
        };
        let name = match first {
            Token::Word(word) => Some(word.as_str()),
            _ => None,
        };
        let function = name.filter(|name| !is_operand(name));
        if function.is_some() {
            *at += 1;
        }
        let mut arguments = Vec::new();
        while let Some(token) = tokens.get(*at) {
            match token {
                Token::Close | Token::Pipe => break,
                Token::Open => {
                    *at += 1;
                    arguments.push(pipeline(tokens, at, dot, data, depth)?);
                    if tokens.get(*at) != Some(&Token::Close) {
                        return Err(Stop::Broken);
                    }
                }
                Token::Quoted(text) => arguments.push(Value::Text(text.clone())),
                Token::Word(word) if word == ".Get" => {
                    *at += 1;
                    let (Some(Token::Word(key)) | Some(Token::Quoted(key))) = tokens.get(*at)
                    else {
                        return Err(Stop::Beyond);
                    };
                    let found = (data.argument)(key);
                    arguments.push(Value::Text(found.unwrap_or_default()));
                }
                Token::Word(word) => arguments.push(operand(word, dot, data)?),
            }
            *at += 1;
        }
        arguments.extend(piped.take());
        let value = match function {
            Some(name) => call(name, arguments)?,
            None if arguments.len() == 1 => arguments.pop().ok_or(Stop::Broken)?,
            None => return Err(Stop::Broken),
        };
        if tokens.get(*at) != Some(&Token::Pipe) {
            return Ok(value);
        }
        *at += 1;
        piped = Some(value);
    }
}

fn is_operand(word: &str) -> bool {
    word.starts_with(['.', '$', '-', '+']) || word.starts_with(|c: char| c.is_ascii_digit())
}

fn operand(word: &str, dot: Option<&Value>, data: &Data<'_>) -> Result<Value, Stop> {
    if let Ok(number) = word.parse() {
        return Ok(Value::Number(number));
    }
    match (word, dot) {
        (".", Some(dot)) => Ok(dot.clone()),
        (".Page.Title", None) | ("$.Page.Title", _) => Ok(Value::Text(data.title.to_owned())),
        (".Page.RelPermalink", None) | ("$.Page.RelPermalink", _) => {
            Ok(Value::Text(data.permalink.to_owned()))
        }
        _ => Err(Stop::Beyond),
    }
}

fn call(name: &str, mut arguments: Vec<Value>) -> Result<Value, Stop> {
    let sum = |fold: fn(i64, i64) -> Option<i64>, arguments: &[Value]| {
        let mut numbers = arguments.iter().map(|value| match value {
            Value::Number(number) => Ok(*number),
            _ => Err(Stop::Beyond),
        });
        let first = numbers.next().ok_or(Stop::Broken)??;
        numbers
            .try_fold(first, |sum, next| fold(sum, next?).ok_or(Stop::Beyond))
            .map(Value::Number)
    };
    match name {
        "slice" => return Ok(Value::List(arguments)),
        "add" => return sum(i64::checked_add, &arguments),
        "sub" => return sum(i64::checked_sub, &arguments),
        "mul" => return sum(i64::checked_mul, &arguments),
        _ => {}
    }
    let last = arguments.pop().ok_or(Stop::Beyond)?;
    match (name, arguments.as_slice(), last) {
        ("upper" | "strings.ToUpper", [], Value::Text(text)) => {
            Ok(Value::Text(text.to_uppercase()))
        }
        ("lower" | "strings.ToLower", [], Value::Text(text)) => {
            Ok(Value::Text(text.to_lowercase()))
        }
        ("len", [], Value::List(items)) => i64::try_from(items.len())
            .map(Value::Number)
            .map_err(|_| Stop::Beyond),
        ("default", [value], given) => Ok(if given.is_empty() {
            value.clone()
        } else {
            given
        }),
        ("seq", [], Value::Number(count)) if (1..=1000).contains(&count) => {
            Ok(Value::List((1..=count).map(Value::Number).collect()))
        }
        _ => Err(Stop::Beyond),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(template: &str) -> Result<String, Stop> {
        let data = Data {
            title: "A & B",
            permalink: "/a/",
            argument: &|key| (key == "0").then(|| "first".to_owned()),
        };
        run(template, &data)
    }

    #[test]
    fn templates_give_what_hugo_gives() {
        for (template, expected) in [
            ("plain", "plain"),
            ("{{ .Page.Title }}: {{ add 1 2 3 }}", "A &amp; B: 6"),
            ("{{ range slice \"a\" `b` }}<{{ . }}>{{ end }}!", "<a><b>!"),
            ("{{ range (seq 3) }}{{ . }}{{ end }}", "123"),
            ("a {{- .Get 0 | upper -}} b", "aFIRSTb"),
            ("{{ .Get 1 | default \"none\" }}{{/* told */}}", "none"),
        ] {
            assert_eq!(made(template).as_deref(), Ok(expected), "{template}");
        }
        for template in [
            "{{ add 1",
            "{{ end }}",
            "{{ range (slice 1) }}",
            "{{ (add 1 2 }}",
            "{{ }}",
        ] {
            assert_eq!(made(template), Err(Stop::Broken), "{template}");
        }
        for template in [
            "{{ now }}",
            "{{ with 1 }}",
            "{{ add 1 `a` }}",
            "{{ range slice }}x{{ end }}",
        ] {
            assert_eq!(made(template), Err(Stop::Beyond), "{template}");
        }
    }
}
