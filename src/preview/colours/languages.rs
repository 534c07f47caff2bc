//! Programming languages that differ in their words more than in their shape.

use super::Colour;
use super::scan::{Scan, in_name};

/// What sets a language apart.
#[derive(Debug)]
pub(super) struct Language {
    keywords: &'static str,
    constants: &'static str,
    line_comment: &'static str,
    block_comments: bool,
    /// What strings stand in.
    quotes: &'static str,
    /// Those of the quotes whose strings may go over lines.
    long_quotes: &'static str,
    operators: &'static str,
    /// A name right before a parenthesis is a function's.
    calls: bool,
    /// Words behind which the name of a function or a type stands.
    names_functions: &'static str,
    names_types: &'static str,
}

const C_LIKE: Language = Language {
    keywords: "",
    constants: "true false null nil",
    line_comment: "//",
    block_comments: true,
    quotes: "\"'",
    long_quotes: "",
    operators: "=+-*/%<>!&|^~?:",
    calls: false,
    names_functions: "",
    names_types: "",
};

const JAVASCRIPT: Language = Language {
    keywords: "async await break case catch class const continue debugger default delete do else enum export extends finally \
               for from function get if implements import in instanceof interface let new of private protected public \
               readonly return set static super switch this throw try type typeof var void while with yield",
    constants: "true false null undefined NaN Infinity",
    quotes: "\"'`",
    long_quotes: "`",
    ..C_LIKE
};

const GO: Language = Language {
    keywords: "break case chan const continue default defer else fallthrough for func go goto if import interface map package \
               range return select struct switch type var string int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 \
               byte rune bool float32 float64 error any",
    constants: "true false nil iota",
    quotes: "\"'`",
    long_quotes: "`",
    operators: "+-*/%&",
    calls: true,
    ..C_LIKE
};

const RUST: Language = Language {
    keywords: "as async await break const continue crate dyn else enum extern fn for if impl in let loop match mod move mut pub \
               ref return self Self static struct super trait type unsafe use where while bool char f32 f64 i8 i16 i32 i64 \
               i128 isize str u8 u16 u32 u64 u128 usize String Vec Option Some None Result Ok Err",
    constants: "true false",
    quotes: "\"",
    long_quotes: "\"",
    names_functions: "fn",
    names_types: "struct enum trait",
    ..C_LIKE
};

const PROTOBUF: Language = Language {
    keywords: "import option optional required repeated reserved default packed ctype extensions to max rpc returns oneof syntax \
               int32 int64 uint32 uint64 sint32 sint64 fixed32 fixed64 sfixed32 sfixed64 float double bool string bytes \
               package message extend service enum map stream",
    constants: "true false",
    operators: "=",
    ..C_LIKE
};

const PROMQL: Language = Language {
    keywords: "and or unless by without on ignoring group_left group_right offset bool sum min max avg count rate irate \
               increase histogram_quantile topk bottomk",
    constants: "",
    line_comment: "#",
    block_comments: false,
    operators: "=~!+-*/%<>",
    ..C_LIKE
};

const PYTHON: Language = Language {
    keywords: "and as assert async await break class continue def del elif else except finally for from global if import in is \
               lambda nonlocal not or pass raise return try while with yield",
    constants: "True False None",
    line_comment: "#",
    block_comments: false,
    operators: "=+-*/%<>!&|^~",
    names_functions: "def",
    names_types: "class",
    ..C_LIKE
};

const JAVA: Language = Language {
    keywords: "abstract assert boolean break byte case catch char class const continue default do double else enum extends final \
               finally float for if implements import instanceof int interface long native new package private protected \
               public return short static struct super switch synchronized this throw throws try typedef unsigned using \
               namespace virtual void volatile while auto sizeof",
    ..C_LIKE
};

/// The language of this name.
pub(super) fn of(name: &str) -> Option<&'static Language> {
    Some(match name {
        "javascript" | "js" | "jsx" | "typescript" | "ts" | "tsx" => &JAVASCRIPT,
        "go" | "golang" => &GO,
        "rust" | "rs" => &RUST,
        "protobuf" | "proto" => &PROTOBUF,
        "promql" => &PROMQL,
        "python" | "py" | "python3" => &PYTHON,
        "java" | "c" | "c++" | "cpp" | "csharp" | "c#" => &JAVA,
        _ => return None,
    })
}

fn has(words: &str, word: &str) -> bool {
    words.split_ascii_whitespace().any(|known| known == word)
}

impl Language {
    pub(super) fn read(&self, scan: &mut Scan<'_>) {
        // What the word before says about the name that follows.
        let mut named = None;
        while let Some(c) = scan.peek() {
            if c.is_whitespace() {
                scan.skip_char();
                continue;
            }
            let expected = named.take();
            if scan.starts_with(self.line_comment) {
                scan.take(scan.line(), Colour::Comment);
            } else if self.block_comments && scan.starts_with("/*") {
                let rest = scan.rest();
                let length = rest.find("*/").map_or(rest.len(), |at| at + 2);
                scan.take(length, Colour::Comment);
            } else if self.quotes.contains(c) {
                let escapes = c != '`';
                let lines = self.long_quotes.contains(c);
                scan.take(scan.quoted(c, escapes, lines), Colour::Literal);
            } else if c.is_ascii_digit() {
                let length = scan.run(|c| c.is_ascii_alphanumeric() || c == '.' || c == '_');
                scan.take(length, Colour::Literal);
            } else if in_name(c) {
                named = self.name(scan, expected);
            } else if self.operators.contains(c) {
                scan.take(1, Colour::Keyword);
            } else {
                scan.skip_char();
            }
        }
    }

    fn name(&self, scan: &mut Scan<'_>, expected: Option<Colour>) -> Option<Colour> {
        let length = scan.run(in_name);
        let (word, behind) = scan
            .rest()
            .split_at_checked(length)
            .unwrap_or((scan.rest(), ""));
        if let Some(colour) = expected {
            scan.take(length, colour);
        } else if has(self.constants, word) {
            scan.take(length, Colour::Constant);
        } else if has(self.keywords, word) {
            scan.take(length, Colour::Keyword);
            if has(self.names_functions, word) {
                return Some(Colour::Function);
            }
            if has(self.names_types, word) {
                return Some(Colour::Class);
            }
        } else if self.calls && behind.starts_with('(') {
            scan.take(length, Colour::Function);
        } else {
            scan.skip(length);
        }
        None
    }
}
