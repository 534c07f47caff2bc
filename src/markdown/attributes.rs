//! goldmark's attribute lists: `{#id .class key=value key="some words"}`.

/// An attribute list in its order; classes joined into one entry.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Attributes(pub(crate) Vec<(String, Value)>);

/// An attribute's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Text(String),
    /// A number, `true`, `false`, `null` or a list: goldmark writes these empty, hooks write them as they stand.
    Bare(String),
}

impl Attributes {
    pub(crate) fn get(&self, key: &str) -> Option<&Value> {
        self.0
            .iter()
            .find(|(known, _)| known == key)
            .map(|(_, value)| value)
    }

    pub(crate) fn merge(&mut self, other: Self) {
        for (key, value) in other.0 {
            match self.0.iter_mut().find(|(known, _)| *known == key) {
                Some((_, Value::Text(text))) if key == "class" => {
                    let (Value::Text(more) | Value::Bare(more)) = value;
                    text.push(' ');
                    text.push_str(&more);
                }
                Some((_, known)) => *known = value,
                None => self.0.push((key, value)),
            }
        }
    }
}

/// Reads the list that starts at the beginning of `text`; the list and its length in bytes. `None` where it is none.
pub(crate) fn read(text: &str) -> Option<(Attributes, usize)> {
    let mut reader = Reader { text, at: 0 };
    reader.expect('{')?;
    let mut attributes = Attributes::default();
    loop {
        if reader.peek()? == '}' {
            return Some((attributes, reader.at + 1));
        }
        reader.skip_space();
        match reader.peek()? {
            '#' => {
                reader.at += 1;
                let id = reader.short_value();
                attributes.merge(Attributes(vec![("id".to_owned(), Value::Text(id))]));
            }
            '.' => {
                reader.at += 1;
                let class = reader.short_value();
                attributes.merge(Attributes(vec![("class".to_owned(), Value::Text(class))]));
            }
            _ => {
                let key = reader.key()?;
                reader.skip_space();
                reader.expect('=')?;
                reader.skip_space();
                let value = reader.value()?;
                attributes.merge(Attributes(vec![(key, value)]));
            }
        }
        reader.skip_space();
        if reader.peek() == Some(',') {
            reader.at += 1;
            reader.skip_space();
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn expect(&mut self, c: char) -> Option<()> {
        (self.peek()? == c).then(|| self.at += c.len_utf8())
    }

    fn skip_space(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    fn take_while(&mut self, fits: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|c| !fits(c)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    /// What stands behind `#` or `.`; it may be nothing.
    fn short_value(&mut self) -> String {
        let value = self.take_while(|c| {
            !c.is_whitespace() && (!c.is_ascii_punctuation() || matches!(c, '_' | '-' | ':' | '.'))
        });
        value.to_owned()
    }

    fn key(&mut self) -> Option<String> {
        let first = self.peek()?;
        if !(first.is_ascii_alphabetic() || matches!(first, '_' | ':')) {
            return None;
        }
        let key =
            self.take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | ':' | '.' | '-'));
        Some(key.to_owned())
    }

    /// A list in brackets, as it is written.
    fn list(&mut self) -> Option<Value> {
        let start = self.at;
        self.expect('[')?;
        loop {
            self.skip_space();
            match self.peek()? {
                ']' => break,
                ',' => self.at += 1,
                // Of lists in lists goldmark makes more; nothing asks for them.
                '[' | '{' => return None,
                _ => {
                    self.value()?;
                }
            }
        }
        self.expect(']')?;
        let list = self.text.get(start..self.at)?;
        Some(Value::Bare(list.to_owned()))
    }

    fn value(&mut self) -> Option<Value> {
        let first = self.peek()?;
        if first == '"' {
            self.at += 1;
            let mut value = String::new();
            let mut escaped = false;
            for (i, c) in self.rest().char_indices() {
                if escaped {
                    if !matches!(c, '"' | '\\' | '/') {
                        value.push('\\');
                    }
                    value.push(c);
                    escaped = false;
                } else if c == '\\' {
                    escaped = true;
                } else if c == '\n' {
                    return None;
                } else if c == '"' {
                    self.at += i + 1;
                    return Some(Value::Text(value));
                } else {
                    value.push(c);
                }
            }
            return None;
        }
        if first == '[' {
            return self.list();
        }
        if first.is_ascii_digit() || matches!(first, '-' | '+') {
            let number =
                self.take_while(|c| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | 'e' | 'E'));
            return number
                .parse::<f64>()
                .ok()
                .map(|_| Value::Bare(number.to_owned()));
        }
        let word =
            self.take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | ':' | '.' | '-'));
        match word {
            "" => None,
            "true" | "false" | "null" => Some(Value::Bare(word.to_owned())),
            word => Some(Value::Text(word.to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_as_goldmark_reads_them() {
        let (found, length) = read("{#a .b .c k=v w=\"x y\" n=5} z").unwrap();
        assert_eq!(length, 26);
        assert_eq!(found.get("id"), Some(&Value::Text("a".to_owned())));
        assert_eq!(found.get("class"), Some(&Value::Text("b c".to_owned())));
        assert_eq!(found.get("w"), Some(&Value::Text("x y".to_owned())));
        assert_eq!(found.get("n"), Some(&Value::Bare("5".to_owned())));
        let (found, _) = read("{n=[1, \"2-3\"] .a}").unwrap();
        assert_eq!(
            found.get("n"),
            Some(&Value::Bare("[1, \"2-3\"]".to_owned()))
        );
        assert_eq!(read("{}").unwrap().1, 2);
        for text in ["{word}", "{#a b=}", "{t='x'}", "{#a", "{=html}", "x"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
