//! Character classes as Go's `unicode` package has them, which goldmark and Hugo ask.

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory as _};

/// `unicode.IsPunct` or `unicode.IsSymbol`: what goldmark takes for punctuation.
pub(crate) fn is_punctuation(c: char) -> bool {
    matches!(
        c.general_category_group(),
        GeneralCategoryGroup::Punctuation | GeneralCategoryGroup::Symbol
    )
}

/// `unicode.IsPunct` alone.
pub(crate) fn is_strict_punctuation(c: char) -> bool {
    c.general_category_group() == GeneralCategoryGroup::Punctuation
}

/// `unicode.IsLetter`.
pub(crate) fn is_letter(c: char) -> bool {
    c.general_category_group() == GeneralCategoryGroup::Letter
}

/// `unicode.IsMark`.
pub(crate) fn is_mark(c: char) -> bool {
    c.general_category_group() == GeneralCategoryGroup::Mark
}

/// `unicode.IsDigit`: decimal digits only.
pub(crate) fn is_digit(c: char) -> bool {
    c.general_category() == unicode_properties::GeneralCategory::DecimalNumber
}

/// `unicode.IsSpace`.
pub(crate) fn is_space(c: char) -> bool {
    matches!(
        c,
        '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | ' ' | '\u{85}' | '\u{a0}'
    ) || (c > '\u{ff}' && c.is_whitespace())
}

/// The scripts Han, Hangul, Hiragana and Katakana (Unicode's Scripts.txt), in which no space stands between words.
pub(crate) const fn is_unspaced(c: char) -> bool {
    matches!(
        c,
        '\u{1100}'..='\u{11ff}'
            | '\u{2e80}'..='\u{2fd5}'
            | '\u{3005}' | '\u{3007}'
            | '\u{3021}'..='\u{3029}'
            | '\u{302e}' | '\u{302f}'
            | '\u{3038}'..='\u{303b}'
            | '\u{3041}'..='\u{3096}'
            | '\u{309d}'..='\u{309f}'
            | '\u{30a1}'..='\u{30fa}'
            | '\u{30fd}'..='\u{30ff}'
            | '\u{3131}'..='\u{318e}'
            | '\u{31f0}'..='\u{321e}'
            | '\u{3260}'..='\u{327e}'
            | '\u{32d0}'..='\u{32fe}'
            | '\u{3300}'..='\u{3357}'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{a960}'..='\u{a97c}'
            | '\u{ac00}'..='\u{d7fb}'
            | '\u{f900}'..='\u{fad9}'
            | '\u{ff66}'..='\u{ff6f}'
            | '\u{ff71}'..='\u{ff9d}'
            | '\u{ffa0}'..='\u{ffdc}'
            | '\u{1aff0}'..='\u{1b167}'
            | '\u{1f200}'
            | '\u{20000}'..='\u{323af}'
    )
}

/// `unicode.IsPrint`, but for the space.
pub(crate) fn is_printable(c: char) -> bool {
    matches!(
        c.general_category_group(),
        GeneralCategoryGroup::Letter
            | GeneralCategoryGroup::Mark
            | GeneralCategoryGroup::Number
            | GeneralCategoryGroup::Punctuation
            | GeneralCategoryGroup::Symbol
    )
}
