//! The functions of Go's templates that Hugo knows: a template that names another one is refused. Each name was tried with
//! Hugo 0.168.

/// What opens, parts and closes blocks, and constants.
const WORDS: [&str; 15] = [
    "block", "break", "continue", "define", "else", "end", "false", "if", "nil", "range", "return",
    "template", "true", "try", "with",
];

/// Functions, and the names that groups of them have. In alphabetical order, for a binary search.
#[rustfmt::skip]
const FUNCTIONS: [&str; 153] = [
    "T", "absLangURL", "absURL", "add", "after", "anchorize", "and", "append", "apply", "base64Decode", "base64Encode",
    "call", "cast", "chomp", "collections", "compare", "complement", "cond", "countrunes", "countwords", "crypto", "css",
    "dateFormat", "debug", "default", "delimit", "diagrams", "dict", "div", "duration", "emojify", "encoding", "eq",
    "errorf", "erroridf", "fileExists", "findRE", "findRESubmatch", "fingerprint", "first", "float", "fmt", "ge",
    "getenv", "group", "gt", "hasPrefix", "hasSuffix", "hash", "highlight", "hmac", "html", "htmlEscape", "htmlUnescape",
    "hugo", "humanize", "i18n", "imageConfig", "images", "in", "index", "inflect", "int", "intersect", "isSet", "isset",
    "js", "jsonify", "keyVals", "lang", "last", "le", "len", "lower", "lt", "markdownify", "math", "md5", "merge",
    "minify", "mod", "modBool", "mul", "ne", "newScratch", "not", "now", "openapi3", "or", "os", "page", "partial",
    "partialCached", "partials", "path", "plainify", "pluralize", "postCSS", "pow", "print", "printf", "println",
    "querify", "readDir", "readFile", "ref", "reflect", "relLangURL", "relURL", "relref", "replace", "replaceRE",
    "resources", "safe", "safeCSS", "safeHTML", "safeHTMLAttr", "safeJS", "safeJSStr", "safeURL", "seq", "sha1",
    "sha256", "shuffle", "singularize", "site", "slice", "slicestr", "sort", "split", "string", "strings", "sub",
    "substr", "symdiff", "templates", "time", "title", "toCSS", "transform", "trim", "truncate", "union", "uniq",
    "unmarshal", "upper", "urlize", "urlquery", "urls", "warnf", "warnidf", "where", "xxhash",
];

/// Where in a template the first function stands that Hugo does not know.
pub(super) fn unknown(template: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(open) = template.get(from..)?.find("{{") {
        let start = from + open + "{{".len();
        let length = template.get(start..)?.find("}}")?;
        let action = template.get(start..start + length)?;
        from = start + length + "}}".len();
        let is_comment = action.trim_start_matches(['-', ' ']).starts_with("/*");
        if let Some(at) = (!is_comment).then(|| unknown_in(action)).flatten() {
            return Some(start + at);
        }
    }
    None
}

fn unknown_in(action: &str) -> Option<usize> {
    let mut at = 0;
    while let Some(c) = action.get(at..)?.chars().next() {
        let rest = action.get(at..)?;
        let length = match c {
            '"' | '`' | '\'' => quoted(rest, c),
            // A field, a variable, a number, or the rest of one: no function.
            '.' | '$' | '0'..='9' => c.len_utf8() + word(rest.get(1..)?),
            c if c.is_alphabetic() || c == '_' => {
                let length = word(rest);
                let name = rest.get(..length)?;
                if !WORDS.contains(&name) && FUNCTIONS.binary_search(&name).is_err() {
                    return Some(at);
                }
                length
            }
            c => c.len_utf8(),
        };
        at += length;
    }
    None
}

/// The length of the letters and digits in front.
fn word(text: &str) -> usize {
    text.find(|c: char| !(c.is_alphanumeric() || c == '_'))
        .unwrap_or(text.len())
}

/// The length of a quoted text, both marks included.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' if quote != '`' => escaped = true,
            c if c == quote => return at + c.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_hugo_does_not_know_are_found() {
        assert!(FUNCTIONS.is_sorted());
        for (template, at) in [
            ("{{ nosuch }}", Some(3)),
            ("{{ upper `x` | nosuch 1 }}", Some(15)),
            ("a {{ .nosuch }} {{ $nosuch := 1 }} {{ \"nosuch\" }}", None),
            ("{{ strings.ToUpper 0x1F }}{{/* nosuch */}}", None),
            (
                "{{ range $i, $e := (seq 3) }}{{ else }}{{ end }} nosuch",
                None,
            ),
            (
                "{{- if not (eq .Page.Title \"a\\\"b\") -}}x{{- end -}}",
                None,
            ),
        ] {
            assert_eq!(unknown(template), at, "{template}");
        }
    }
}
