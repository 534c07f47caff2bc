//! What `code.js` tells, as values.

use std::rc::Rc;

use wasm_bindgen::prelude::{Closure, JsValue};

use crate::session::{Input, Selection};
use crate::text::{BytePos, PaneChange, Utf16Pos};
use crate::writing::units::{word_left, word_right, words};

use super::around::Around;

/// What the writer did in a pane, as it is told.
#[derive(Debug, Clone)]
pub(in crate::shell) struct Typed {
    pub(in crate::shell) changes: Vec<PaneChange>,
    pub(in crate::shell) before: Selection,
    pub(in crate::shell) after: Selection,
    pub(in crate::shell) input: Input,
}

/// Something the pane tells.
#[derive(Debug, Clone)]
pub(super) enum Heard {
    /// The writer changed the text.
    Typed(Typed),
    /// The caret was moved without that.
    Caret,
    /// A key or a paste that may be a command.
    Command {
        /// Its name.
        name: String,
        /// What is pasted.
        text: String,
        /// What is selected.
        selection: Selection,
    },
    /// Something else stands around the caret.
    Around(Around),
    /// The selection has this many words by now; `None`: nothing is selected.
    Selected(Option<usize>),
    /// A slash was typed at the start of a line.
    Slash,
    /// Two brackets were typed.
    Brackets,
    /// An address was pasted, alone on its line.
    Address(String),
}

/// Changes, what was selected before and after (from, to), and 1 or 2 where a composition starts or goes on, 3 where all
/// that was found is replaced.
type TellsTyped = dyn FnMut(js_sys::Array, u32, u32, u32, u32, u32);

/// What `code.js` calls, kept as long as the pane is there.
#[derive(Debug)]
pub(super) struct Ears {
    typed: Closure<TellsTyped>,
    caret: Closure<dyn FnMut()>,
    command: Closure<dyn FnMut(String, String, u32, u32)>,
    around: Closure<dyn FnMut(u32)>,
    selected: Closure<dyn FnMut(String)>,
    slash: Closure<dyn FnMut()>,
    brackets: Closure<dyn FnMut()>,
    address: Closure<dyn FnMut(String)>,
    markdown: Closure<dyn FnMut(String) -> String>,
    word: Closure<dyn FnMut(String, u32, bool) -> u32>,
}

impl Ears {
    /// Ears that hand on what they hear to `hear`.
    pub(super) fn new(hear: Rc<dyn Fn(Heard)>) -> Self {
        let (typed, caret, command) = (Rc::clone(&hear), Rc::clone(&hear), Rc::clone(&hear));
        let (around, selected) = (Rc::clone(&hear), Rc::clone(&hear));
        let (slash, brackets, address) = (Rc::clone(&hear), Rc::clone(&hear), hear);
        Self {
            typed: Closure::<TellsTyped>::new(
                move |told: js_sys::Array, before_from, before_to, after_from, after_to, kind| {
                    typed(Heard::Typed(Typed {
                        changes: changes(&told),
                        before: selection(before_from, before_to),
                        after: selection(after_from, after_to),
                        input: match kind {
                            1 => Input::CompositionStart,
                            2 => Input::Composition,
                            3 => Input::ReplacedAll,
                            _ => Input::Plain,
                        },
                    }));
                },
            ),
            caret: Closure::new(move || caret(Heard::Caret)),
            command: Closure::new(move |name, text, from, to| {
                command(Heard::Command {
                    name,
                    text,
                    selection: selection(from, to),
                });
            }),
            around: Closure::new(move |bits| around(Heard::Around(Around::from_bits(bits)))),
            selected: Closure::new(move |text: String| {
                selected(Heard::Selected((!text.is_empty()).then(|| words(&text))));
            }),
            slash: Closure::new(move || slash(Heard::Slash)),
            brackets: Closure::new(move || brackets(Heard::Brackets)),
            address: Closure::new(move |pasted| address(Heard::Address(pasted))),
            markdown: Closure::new(|html: String| super::html::markdown(&html)),
            word: Closure::new(word),
        }
    }

    /// Puts them where `code.js` looks for them.
    pub(super) fn listen(&self, options: &js_sys::Object) -> Option<()> {
        for (name, ear) in [
            ("typed", self.typed.as_ref()),
            ("caret", self.caret.as_ref()),
            ("command", self.command.as_ref()),
            ("around", self.around.as_ref()),
            ("selected", self.selected.as_ref()),
            ("slash", self.slash.as_ref()),
            ("brackets", self.brackets.as_ref()),
            ("address", self.address.as_ref()),
            ("markdown", self.markdown.as_ref()),
            ("word", self.word.as_ref()),
        ] {
            js_sys::Reflect::set(options, &name.into(), ear).ok()?;
        }
        Some(())
    }
}

/// Where a word ends in a part of the text, from a place in it, to the right or to the left.
#[expect(clippy::needless_pass_by_value, reason = "what JavaScript hands over")]
fn word(text: String, at: u32, right: bool) -> u32 {
    let at = Utf16Pos::new(at).in_text(&text).unwrap_or(BytePos::new(0));
    let to = if right {
        word_right(&text, at)
    } else {
        word_left(&text, at)
    };
    Utf16Pos::of(&text, to).get()
}

fn selection(from: u32, to: u32) -> Selection {
    Selection {
        from: Utf16Pos::new(from),
        to: Utf16Pos::new(to),
    }
}

/// `from, to, text` one after another, as changes.
fn changes(told: &js_sys::Array) -> Vec<PaneChange> {
    let mut parts = told.iter();
    let mut changes = Vec::new();
    while let (Some(from), Some(to), Some(insert)) = (parts.next(), parts.next(), parts.next()) {
        changes.push(PaneChange {
            from: Utf16Pos::new(position(&from)),
            to: Utf16Pos::new(position(&to)),
            insert: insert.as_string().unwrap_or_default(),
        });
    }
    changes
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a position in a text is a whole number below 2^32"
)]
fn position(value: &JsValue) -> u32 {
    value.as_f64().unwrap_or_default() as u32
}
