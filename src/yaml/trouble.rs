//! What the parsers say about broken YAML, in plain words.

use granit_parser::{ErrorKind, ScanError};

use crate::text::{BytePos, LineColumn, Problem, Span};

/// A scanner's error.
pub(super) fn of_scan(source: &str, error: &ScanError) -> Problem {
    let at = error.marker().byte_offset().unwrap_or_default();
    problem(source, at, hint(error.kind()))
}

/// An error of the second parser, where the first had none.
pub(super) fn of_values(source: &str, error: &serde_yaml::Error) -> Problem {
    let at = error.location().map_or(0, |location| location.index());
    let said = error.to_string();
    let hint = if said.contains("control characters") {
        "There is an invisible control character, which YAML does not allow. Delete it"
    } else if said.contains("duplicate entry") {
        "A key stands twice. Delete one of them"
    } else if said.contains("recursion limit") || said.contains("repetition limit") {
        "The values are nested too deeply, or repeat too often, for the form"
    } else {
        "YAML readers do not agree on what stands here. Write it in another way"
    };
    problem(source, at, hint)
}

fn problem(source: &str, at: usize, hint: &str) -> Problem {
    let at = (0..=at.min(source.len()))
        .rev()
        .find(|&i| source.is_char_boundary(i))
        .unwrap_or_default();
    let at = BytePos::new(at);
    let head = source.get(..at.get()).unwrap_or_default();
    let start = head.rfind(['\n', '\r']).map_or(0, |i| i + 1);
    let line = source.get(start..).unwrap_or_default();
    let line = line.split(['\n', '\r']).next().unwrap_or_default().trim();
    let shown: String = line.chars().take(60).collect();
    let number = LineColumn::of(source, at).line;
    let place = if shown.is_empty() {
        format!("line {number} of the front matter")
    } else {
        format!("line {number} of the front matter: “{shown}”")
    };
    Problem::new(Span::at(at), format!("{hint} ({place})."))
}

/// What is wrong and what to do, without the full stop.
const fn hint(kind: &ErrorKind) -> &'static str {
    match kind {
        ErrorKind::RecursionLimitExceeded => "The values are nested too deeply for the form",
        ErrorKind::UnknownAnchor => {
            "A reference (*) has no matching & before it. Put quotes around a text that starts with *"
        }
        ErrorKind::MissingAnchorOrAliasName => {
            "A text that starts with & or * needs quotes around it"
        }
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabAtBlockScalarStart
        | ErrorKind::TabInPlainScalar => {
            "There is a tab where YAML wants spaces. Replace the tab by spaces"
        }
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::DocumentIndicatorInQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent => {
            "A quotation mark is not closed. Add the missing one at the end of the text"
        }
        ErrorKind::InvalidTrailingSingleQuotedScalar
        | ErrorKind::InvalidTrailingDoubleQuotedScalar => {
            "Something stands behind the closing quotation mark. Put all of the text inside the quotes"
        }
        ErrorKind::UnknownQuotedScalarEscape
        | ErrorKind::InvalidQuotedScalarHexEscape
        | ErrorKind::InvalidUnicodeEscape
        | ErrorKind::InvalidLowSurrogateHexEscape
        | ErrorKind::InvalidLowSurrogate
        | ErrorKind::MissingLowSurrogate
        | ErrorKind::UnpairedLowSurrogate => {
            "A backslash inside double quotes starts an escape that YAML does not know. Write \\\\ for a backslash"
        }
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping
        | ErrorKind::ExpectedFlowMappingSeparator
        | ErrorKind::ExpectedFlowSequenceSeparator
        | ErrorKind::InvalidFlowScalarIndent => {
            "A bracket is not closed, or a comma is missing in a list"
        }
        ErrorKind::MisplacedFlowCollectionEnd | ErrorKind::MismatchedFlowCollectionEnd { .. } => {
            "A closing bracket has no opening one"
        }
        ErrorKind::BlockSequenceEntryNotAllowed
        | ErrorKind::BlockEntryInFlowCollection
        | ErrorKind::PlainScalarStartsWithDashFlowIndicator => {
            "A dash that starts a list stands where no list can be. Put quotes around a text that starts with “- ”"
        }
        ErrorKind::SimpleKeyExpected
        | ErrorKind::InvalidSimpleKey
        | ErrorKind::ExpectedBlockMappingKey => {
            "A colon is missing behind a key, or a line is indented too little"
        }
        ErrorKind::MappingValueNotAllowed
        | ErrorKind::MappingKeyNotAllowed
        | ErrorKind::InvalidMappingValueWhitespace
        | ErrorKind::InvalidColonPlacement => {
            "A colon stands where YAML takes it for a new entry. Put quotes around a text that contains “: ”"
        }
        ErrorKind::InvalidIndentation
        | ErrorKind::ExpectedBlockSequenceEntry
        | ErrorKind::InvalidBlockScalarIndent
        | ErrorKind::UnexpectedEndOfPlainScalar => {
            "A line is indented too much or too little. Give it as many spaces as the lines beside it"
        }
        ErrorKind::InvalidBlockScalarHeader | ErrorKind::ZeroBlockScalarIndent => {
            "A text that starts with | or > needs quotes around it, or its lines belong below"
        }
        ErrorKind::UnexpectedCharacter { .. } => {
            "A text starts with a character that YAML keeps for itself. Put quotes around the text"
        }
        ErrorKind::CommentInterceptedScalar | ErrorKind::CommentNotSeparated => {
            "A comment (#) stands inside a text. Put quotes around a text that contains “ #”"
        }
        ErrorKind::DirectiveDisallowed
        | ErrorKind::InvalidDirectiveTerminator
        | ErrorKind::MissingDirectiveName
        | ErrorKind::InvalidDirectiveName => {
            "A line starts with %, which YAML keeps for itself. Put quotes around the text, or remove the line"
        }
        ErrorKind::UndeclaredTagHandle
        | ErrorKind::InvalidTagTerminator
        | ErrorKind::MissingTagUri
        | ErrorKind::UnclosedVerbatimTag => "A text that starts with ! needs quotes around it",
        ErrorKind::InvalidDocumentEnd => "Text stands behind the “...” that ends the front matter",
        _ => "This is not YAML as it stands",
    }
}
