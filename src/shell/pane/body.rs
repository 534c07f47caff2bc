//! The Markdown pane, whatever it is made of: CodeMirror, a textarea in its place, or nothing yet.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use web_sys::HtmlElement;

use crate::session::{Arrival, CallTold, Msg, PaneSpot, Revision, Selection};
use crate::text::{BytePos, PaneChange, Utf16Pos};
use crate::writing::Command;

use super::super::clock;
use super::area::StandIn;
use super::around::Around;
use super::code::{self, CaretPlace, CodePane, Library, Shortcodes};
use super::heard::{Heard, Typed};
use super::keys;
use super::rows::Rows;

/// What the pane tells: that something waits to be asked for.
#[derive(Debug, Clone)]
pub(in crate::shell) struct Tells {
    /// The writer typed; [`BodyPane::typed`] says what.
    pub(in crate::shell) typed: yew::Callback<()>,
    /// The caret was moved.
    pub(in crate::shell) caret: yew::Callback<()>,
    /// The bundle came, or did not.
    pub(in crate::shell) library: yew::Callback<Library>,
    /// What the tools beside the pane have to know.
    pub(in crate::shell) tools: yew::Callback<PaneNews>,
}

/// What the tools beside the Markdown pane have to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaneNews {
    /// Something else stands around the caret.
    Around(Around),
    /// The selection has this many words; `None`: nothing is selected.
    Selected(Option<usize>),
    /// A slash was typed at the start of a line.
    Slash,
    /// Two brackets were typed.
    Brackets,
    /// A key asks for something that is no command on the text, by its name.
    Asked(&'static str),
}

/// The pane named "Markdown".
#[derive(Debug)]
pub(in crate::shell) struct BodyPane {
    tells: Tells,
    shortcodes: Shortcodes,
    library: Library,
    revision: Revision,
    /// What was typed or asked for by a key and not taken yet, with the count of orders at that time.
    waiting: Rc<RefCell<VecDeque<(u32, Waiting)>>>,
    /// How many orders the pane has had: what was typed before one does not fit the text after it.
    orders: Rc<RefCell<u32>>,
    made_of: MadeOf,
    /// The element the pane is in.
    host: Option<HtmlElement>,
    /// The first line's number (0: lines have none), and whether the caret's line stays in the middle.
    setup: (u32, bool),
}

#[derive(Debug)]
enum Waiting {
    Typed(Typed),
    Command(Command, Selection),
}

#[derive(Debug)]
enum MadeOf {
    /// There is no place for it yet, or the bundle is still coming: the text it will show.
    Nothing(String),
    Code(CodePane),
    Area(StandIn),
}

impl BodyPane {
    /// A pane that is not on the screen yet. The bundle starts to come.
    pub(in crate::shell) fn new(tells: Tells, shortcodes: Shortcodes) -> Self {
        let library = tells.library.clone();
        let asked = code::load(move |outcome| library.emit(outcome));
        Self {
            tells,
            shortcodes,
            library: asked.map_or(Library::Missing, |()| Library::Coming),
            revision: Revision::default(),
            waiting: Rc::default(),
            orders: Rc::default(),
            made_of: MadeOf::Nothing(String::new()),
            host: None,
            setup: (0, false),
        }
    }

    /// Whether the bundle is still awaited.
    pub(in crate::shell) fn awaits_library(&self) -> bool {
        self.library == Library::Coming
    }

    /// The bundle came, or did not. What is said after the first answer counts for nothing. Answers whether a textarea
    /// stands in from now on.
    pub(in crate::shell) fn library_is(&mut self, library: Library) -> bool {
        if self.library != Library::Coming {
            return false;
        }
        self.library = library;
        let host = self.host.take();
        self.place(host)
    }

    /// Puts the pane into the element that has room for it, which may be a new one. Answers whether a textarea stands in
    /// from now on.
    pub(in crate::shell) fn place(&mut self, host: Option<HtmlElement>) -> bool {
        let same =
            matches!((&host, &self.host), (Some(new), Some(old)) if new.is_same_node(Some(old)));
        if same && !matches!(self.made_of, MadeOf::Nothing(_)) {
            return false;
        }
        let text = match &self.made_of {
            MadeOf::Nothing(text) => text.clone(),
            MadeOf::Code(pane) => pane.text(),
            MadeOf::Area(pane) => pane.area.text().to_owned(),
        };
        self.made_of = match &host {
            Some(host) => self.made_in(host, text),
            None => MadeOf::Nothing(text),
        };
        self.host = host;
        matches!(self.made_of, MadeOf::Area(_))
    }

    fn made_in(&mut self, host: &HtmlElement, text: String) -> MadeOf {
        if self.library == Library::Coming {
            return MadeOf::Nothing(text);
        }
        // The old pane's own elements go with it.
        self.made_of = MadeOf::Nothing(String::new());
        if self.library == Library::Here {
            let (typed, caret) = (self.tells.typed.clone(), self.tells.caret.clone());
            let tools = self.tells.tools.clone();
            let (waiting, orders) = (Rc::clone(&self.waiting), Rc::clone(&self.orders));
            let pane = CodePane::new(host, &text, &self.shortcodes, move |heard| {
                let what = match heard {
                    Heard::Caret => return caret.emit(()),
                    Heard::Around(around) => return tools.emit(PaneNews::Around(around)),
                    Heard::Selected(words) => return tools.emit(PaneNews::Selected(words)),
                    Heard::Slash => return tools.emit(PaneNews::Slash),
                    Heard::Brackets => return tools.emit(PaneNews::Brackets),
                    Heard::Typed(typed) => Waiting::Typed(typed),
                    Heard::Command {
                        name,
                        text,
                        selection,
                    } => match keys::command(&name, text) {
                        Some(command) => Waiting::Command(command, selection),
                        None => return ask(&name, &tools),
                    },
                };
                waiting.borrow_mut().push_back((*orders.borrow(), what));
                typed.emit(());
            });
            if let Some(pane) = pane {
                pane.setup(self.setup.0, self.setup.1);
                return MadeOf::Code(pane);
            }
            self.library = Library::Missing;
        }
        let (typed, tools) = (self.tells.typed.clone(), self.tells.tools.clone());
        let (waiting, orders) = (Rc::clone(&self.waiting), Rc::clone(&self.orders));
        let given = move |name: &'static str, selection| {
            let Some(command) = keys::command(name, String::new()) else {
                return ask(name, &tools);
            };
            let what = Waiting::Command(command, selection);
            waiting.borrow_mut().push_back((*orders.borrow(), what));
            typed.emit(());
        };
        match StandIn::new(host, &text, self.tells.typed.clone(), given) {
            Some(pane) => MadeOf::Area(pane),
            None => MadeOf::Nothing(text),
        }
    }

    pub(in crate::shell) fn fill(&mut self, text: &str, revision: Revision) {
        self.ordered(revision);
        match &mut self.made_of {
            MadeOf::Nothing(shown) => text.clone_into(shown),
            MadeOf::Code(pane) => pane.fill(text),
            MadeOf::Area(pane) => pane.area.fill(Some(&pane.element), text, revision),
        }
    }

    pub(in crate::shell) fn change(
        &mut self,
        change: &PaneChange,
        select: Option<Selection>,
        revision: Revision,
    ) {
        self.ordered(revision);
        match &mut self.made_of {
            MadeOf::Nothing(text) => change.make_in(text),
            MadeOf::Code(pane) => pane.change(change, select),
            MadeOf::Area(pane) => {
                pane.area
                    .change(Some(&pane.element), change, select, revision);
                // A box scrolls to what is typed in it, and to nothing else.
                let caret = select.and_then(|_| pane.caret());
                if let (Some(at), Some(rows)) = (caret, pane.rows())
                    && !rows.sees(at)
                {
                    let y = rows.scroller.height() / 2.0;
                    // Where something lies above the text, it stays as it is.
                    let _ = rows.bring(PaneSpot { at, part: 0.0 }, y);
                }
            }
        }
    }

    fn ordered(&mut self, revision: Revision) {
        self.revision = revision;
        *self.orders.borrow_mut() += 1;
    }

    pub(in crate::shell) const fn stamp(&mut self, revision: Revision) {
        self.revision = revision;
    }

    /// The writer is about to change the text.
    pub(in crate::shell) fn before_input(&mut self) {
        if let MadeOf::Area(pane) = &mut self.made_of {
            pane.area.note_selection(&pane.element);
        }
    }

    /// What the writer typed, the oldest first; `None` where nothing waits.
    pub(in crate::shell) fn typed(&mut self) -> Option<Msg> {
        let at = clock::now();
        if let MadeOf::Area(pane) = &mut self.made_of {
            let base = self.revision;
            if let Some(typed) = pane.area.input(&pane.element) {
                return Some(body_typed(base, typed, at));
            }
        }
        let (orders, what) = self.waiting.borrow_mut().pop_front()?;
        // Typed into a text that is not there any more: the session shows what there is.
        let fits = orders == *self.orders.borrow();
        let base = if fits {
            self.revision
        } else {
            Revision::default()
        };
        Some(match what {
            Waiting::Typed(typed) => body_typed(base, typed, at),
            Waiting::Command(command, selection) => Msg::CommandGiven {
                base,
                command,
                selection,
                instead: false,
                at,
            },
        })
    }

    /// A command from outside the pane, with what is selected there. `instead`: so many characters before the caret called
    /// for it and go. `None` while there is no text or an input method is at work.
    pub(in crate::shell) fn command(&self, command: Command, instead: u32) -> Option<Msg> {
        let mut selection = self.selected()?;
        if instead > 0 {
            let before = selection.to.get().checked_sub(instead)?;
            selection.from = Utf16Pos::new(before);
        }
        Some(Msg::CommandGiven {
            base: self.revision,
            command,
            selection,
            instead: instead > 0,
            at: clock::now(),
        })
    }

    /// Numbers lines from `first` on, or not (0), and keeps the caret's line in the middle, or not. The text may have got
    /// another size: it is measured again.
    pub(in crate::shell) fn set_up(&mut self, first: u32, centres: bool) {
        self.setup = (first, centres);
        if let MadeOf::Code(pane) = &self.made_of {
            pane.setup(first, centres);
        }
    }

    /// The form of the shortcode at the caret is asked for, as a message. `by_enter`: by a key that means something else too.
    pub(in crate::shell) fn call_asked(&self, by_enter: bool) -> Option<Msg> {
        let told = CallTold::Asked {
            base: self.revision,
            selection: self.selected()?,
            by_enter,
        };
        Some(Msg::Call {
            told,
            at: clock::now(),
        })
    }

    /// Opens the panel to find and replace in.
    pub(in crate::shell) fn find(&self) {
        if let MadeOf::Code(pane) = &self.made_of {
            pane.find();
        }
    }

    /// A section that is to stand elsewhere, as a message.
    pub(in crate::shell) fn section_moved(&self, which: usize, before: usize) -> Option<Msg> {
        Some(Msg::SectionMoved {
            base: self.revision,
            which,
            before,
            selection: self.selected()?,
            at: clock::now(),
        })
    }

    /// What is selected, as the place where pictures belong. `None` as with [`Self::command`].
    pub(in crate::shell) fn arrival(&self) -> Option<Arrival> {
        Some(Arrival::InText {
            base: self.revision,
            selection: self.selected()?,
        })
    }

    /// The place of the text at a point of the window, in CSS pixels.
    pub(in crate::shell) fn at_point(&self, x: f64, y: f64) -> Option<Utf16Pos> {
        match &self.made_of {
            MadeOf::Code(pane) => Some(pane.at_point(x, y)),
            MadeOf::Nothing(_) | MadeOf::Area(_) => None,
        }
    }

    /// Where the caret stands in the window.
    pub(in crate::shell) fn caret_place(&self) -> Option<CaretPlace> {
        match &self.made_of {
            MadeOf::Code(pane) => pane.place(),
            _ => None,
        }
    }

    /// Where a line begins, counted from 1.
    pub(in crate::shell) fn line(&self, number: u32) -> Utf16Pos {
        let by_text = |text: &str| {
            let before = usize::try_from(number.saturating_sub(1)).unwrap_or_default();
            let head: String = text.split_inclusive('\n').take(before).collect();
            Utf16Pos::of(&head, BytePos::new(head.len()))
        };
        match &self.made_of {
            MadeOf::Nothing(text) => by_text(text),
            MadeOf::Code(pane) => pane.line(number),
            MadeOf::Area(pane) => by_text(pane.area.text()),
        }
    }

    /// Puts text in the place of the selection, as if it had been typed.
    pub(in crate::shell) fn insert(&self, text: &str) {
        if let MadeOf::Code(pane) = &self.made_of {
            pane.insert(text);
        }
    }

    /// What is selected; `None` while there is no text or an input method is at work.
    fn selected(&self) -> Option<Selection> {
        match &self.made_of {
            MadeOf::Nothing(_) => None,
            MadeOf::Code(pane) => (!pane.composes()).then(|| pane.selected()),
            MadeOf::Area(pane) => Some(super::area::selection_of(&pane.element)),
        }
    }

    /// A command had nothing to do: the key or the paste that gave it does what it does elsewhere.
    pub(in crate::shell) fn do_as_usual(&self, command: &Command) {
        if let (MadeOf::Code(pane), Some((name, text))) = (&self.made_of, keys::usual(command)) {
            pane.do_as_usual(name, text);
        }
    }

    /// Selects a part, and brings it into view where `show` says so.
    pub(in crate::shell) fn select(&self, selection: Selection, show: bool) {
        match &self.made_of {
            MadeOf::Nothing(_) => {}
            MadeOf::Code(pane) => pane.select(selection, show),
            MadeOf::Area(pane) => {
                super::area::select(&pane.element, selection);
                if show {
                    // A box scrolls to what is selected when it gets the focus, not when it has it.
                    let had_focus = pane.caret().is_some();
                    let _ = pane.element.blur();
                    if had_focus {
                        let _ = pane.element.focus();
                    }
                }
            }
        }
    }

    /// Where the caret is, while the writer is in the pane.
    pub(in crate::shell) fn caret(&self) -> Option<Utf16Pos> {
        match &self.made_of {
            MadeOf::Nothing(_) => None,
            MadeOf::Code(pane) => pane.has_focus().then(|| pane.caret()),
            MadeOf::Area(pane) => pane.caret(),
        }
    }

    /// Puts the keyboard into the pane; `in_place`: without scrolling anything.
    pub(in crate::shell) fn focus(&self, in_place: bool) {
        match &self.made_of {
            MadeOf::Nothing(_) => {}
            MadeOf::Code(pane) => pane.focus(in_place),
            MadeOf::Area(pane) => {
                let options = web_sys::FocusOptions::new();
                options.set_prevent_scroll(in_place);
                // What takes no focus leaves it where it is.
                let _ = pane.element.focus_with_options(&options);
            }
        }
    }

    /// Where the text stands on the screen. `None` while it is not on it.
    pub(in crate::shell) fn rows(&self) -> Option<Rows<'_>> {
        match &self.made_of {
            MadeOf::Nothing(_) => None,
            MadeOf::Code(pane) => pane.rows().map(Rows::Code),
            MadeOf::Area(pane) => pane.rows().map(Rows::Area),
        }
    }
}

/// Asks the tools for something that is no command on the text.
fn ask(name: &str, tools: &yew::Callback<PaneNews>) {
    let known = keys::KEYS.iter().find(|(_, known)| *known == name);
    if let Some((_, known)) = known {
        tools.emit(PaneNews::Asked(known));
    }
}

fn body_typed(base: Revision, typed: Typed, at: crate::session::Millis) -> Msg {
    Msg::BodyTyped {
        base,
        changes: typed.changes,
        before: typed.before,
        after: typed.after,
        input: typed.input,
        at,
    }
}
