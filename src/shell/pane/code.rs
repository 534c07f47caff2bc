//! CodeMirror as the Markdown pane: what `code.js`, bundled beside the app, can do, and how it comes here.

use std::rc::Rc;

use wasm_bindgen::JsCast as _;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use web_sys::{HtmlElement, HtmlLinkElement, HtmlScriptElement};

use crate::session::{PaneSpot, Selection};
use crate::site::Profile;
use crate::text::{PaneChange, Utf16Pos};

use super::heard::{Ears, Heard};
use super::keys::KEYS;
use super::scrolled::Scroller;

#[wasm_bindgen]
extern "C" {
    /// A pane as `code.js` has it. Positions are UTF-16 units, heights CSS pixels from the top of what is seen.
    #[derive(Debug, Clone)]
    pub(super) type CodeMirror;

    #[wasm_bindgen(method)]
    fn text(this: &CodeMirror) -> String;
    #[wasm_bindgen(method)]
    fn fill(this: &CodeMirror, text: &str);
    #[wasm_bindgen(method)]
    fn change(this: &CodeMirror, from: u32, to: u32, insert: &str);
    #[wasm_bindgen(method)]
    fn select(this: &CodeMirror, anchor: u32, head: u32, show: bool);
    #[wasm_bindgen(method)]
    fn caret(this: &CodeMirror) -> u32;
    #[wasm_bindgen(method)]
    fn selected(this: &CodeMirror) -> Vec<u32>;
    #[wasm_bindgen(method)]
    fn composing(this: &CodeMirror) -> bool;
    #[wasm_bindgen(method)]
    fn setup(this: &CodeMirror, first: u32, centres: bool);
    #[wasm_bindgen(method, js_name = onlyRead)]
    fn only_read(this: &CodeMirror, on: bool);
    #[wasm_bindgen(method)]
    fn place(this: &CodeMirror) -> Vec<f64>;
    #[wasm_bindgen(method)]
    fn line(this: &CodeMirror, number: u32) -> u32;
    #[wasm_bindgen(method)]
    fn at(this: &CodeMirror, x: f64, y: f64) -> u32;
    #[wasm_bindgen(method)]
    fn insert(this: &CodeMirror, text: &str);
    #[wasm_bindgen(method)]
    fn usual(this: &CodeMirror, name: &str, text: &str);
    #[wasm_bindgen(method)]
    fn find(this: &CodeMirror);
    #[wasm_bindgen(method)]
    fn focus(this: &CodeMirror, in_place: bool);
    #[wasm_bindgen(method)]
    fn focused(this: &CodeMirror) -> bool;
    #[wasm_bindgen(method)]
    fn destroy(this: &CodeMirror);
    #[wasm_bindgen(method)]
    fn scroller(this: &CodeMirror) -> HtmlElement;
    #[wasm_bindgen(method)]
    fn spot(this: &CodeMirror, y: f64) -> f64;
    #[wasm_bindgen(method)]
    fn bring(this: &CodeMirror, place: f64, y: f64);
    #[wasm_bindgen(method)]
    fn sees(this: &CodeMirror, at: u32) -> bool;
    #[wasm_bindgen(method, js_name = rowHeight)]
    fn row_height(this: &CodeMirror) -> f64;
}

/// Shortcodes that every Hugo has: <https://gohugo.io/shortcodes/>.
const HUGOS: [&str; 8] = [
    "details",
    "figure",
    "gist",
    "highlight",
    "instagram",
    "param",
    "qr",
    "vimeo",
];

/// Which shortcodes the pane knows.
#[derive(Debug, Clone, Default)]
pub(in crate::shell) struct Shortcodes {
    pub(super) known: Vec<String>,
    /// With a sentence on what to write instead.
    pub(super) retired: Vec<(String, String)>,
}

impl Shortcodes {
    /// Those of a site, and Hugo's own.
    pub(in crate::shell) fn of(site: &Profile) -> Self {
        let own = HUGOS.iter().map(|name| (*name).to_owned());
        let retired = site.retired_shortcodes.iter();
        Self {
            known: site.shortcodes.iter().cloned().chain(own).collect(),
            retired: retired
                .map(|retired| (retired.name.clone(), retired.instead.clone()))
                .collect(),
        }
    }
}

/// Where the caret stands in the window, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct CaretPlace {
    /// Its left edge.
    pub left: f64,
    /// Its upper end.
    pub top: f64,
    /// Its lower end.
    pub bottom: f64,
}

/// A pane on the screen, taken off it when it is dropped.
#[derive(Debug)]
pub(super) struct CodePane {
    pane: CodeMirror,
    _ears: Ears,
}

impl CodePane {
    /// A pane in `host`. `None` where this browser cannot have one.
    pub(super) fn new(
        host: &HtmlElement,
        text: &str,
        shortcodes: &Shortcodes,
        hear: impl Fn(Heard) + 'static,
    ) -> Option<Self> {
        let make: js_sys::Function = js_sys::Reflect::get(&gloo::utils::window(), &MAKER.into())
            .ok()?
            .dyn_into()
            .ok()?;
        let ears = Ears::new(Rc::new(hear));
        let options = js_sys::Object::new();
        let known: js_sys::Array = shortcodes.known.iter().map(JsValue::from).collect();
        let retired: js_sys::Array = shortcodes
            .retired
            .iter()
            .map(|(name, instead)| js_sys::Array::of2(&name.into(), &instead.into()))
            .collect();
        let keys: js_sys::Array = KEYS
            .iter()
            .map(|(key, name)| js_sys::Array::of2(&(*key).into(), &(*name).into()))
            .collect();
        for (name, value) in [
            ("parent", host.into()),
            ("text", text.into()),
            ("known", known.into()),
            ("retired", retired.into()),
            ("keys", keys.into()),
        ] {
            js_sys::Reflect::set(&options, &name.into(), &value).ok()?;
        }
        ears.listen(&options)?;
        let pane = make.call1(&JsValue::NULL, &options).ok()?.unchecked_into();
        Some(Self { pane, _ears: ears })
    }

    /// The whole text. Costs a walk through it.
    pub(super) fn text(&self) -> String {
        self.pane.text()
    }

    pub(super) fn fill(&self, text: &str) {
        self.pane.fill(text);
    }

    pub(super) fn change(&self, change: &PaneChange, select: Option<Selection>) {
        self.pane
            .change(change.from.get(), change.to.get(), &change.insert);
        if let Some(selection) = select {
            self.select(selection, true);
        }
    }

    /// Selects a part, and brings it into view where `show` says so.
    pub(super) fn select(&self, selection: Selection, show: bool) {
        self.pane
            .select(selection.from.get(), selection.to.get(), show);
    }

    pub(super) fn caret(&self) -> Utf16Pos {
        Utf16Pos::new(self.pane.caret())
    }

    /// What is selected; a caret where both ends are equal.
    pub(super) fn selected(&self) -> Selection {
        let mut ends = self.pane.selected().into_iter().map(Utf16Pos::new);
        let from = ends.next().unwrap_or_default();
        Selection {
            from,
            to: ends.next().unwrap_or(from),
        }
    }

    /// Whether an input method is at work.
    pub(super) fn composes(&self) -> bool {
        self.pane.composing()
    }

    /// Does what a key or a paste does where no command has it.
    pub(super) fn do_as_usual(&self, name: &str, text: &str) {
        self.pane.usual(name, text);
    }

    /// Numbers lines from `first` on, or not (0), and keeps the caret's line in the middle, or not.
    pub(super) fn setup(&self, first: u32, centres: bool) {
        self.pane.setup(first, centres);
    }

    pub(super) fn only_read(&self, on: bool) {
        self.pane.only_read(on);
    }

    /// Where the caret stands in the window: left, top and bottom in CSS pixels. `None` where it is out of sight.
    pub(super) fn place(&self) -> Option<CaretPlace> {
        match self.pane.place().as_slice() {
            &[left, top, bottom] => Some(CaretPlace { left, top, bottom }),
            _ => None,
        }
    }

    /// Where a line begins, counted from 1; the last one's start for one behind it.
    pub(super) fn line(&self, number: u32) -> Utf16Pos {
        Utf16Pos::new(self.pane.line(number))
    }

    /// The place nearest to a point of the window, in CSS pixels.
    pub(super) fn at_point(&self, x: f64, y: f64) -> Utf16Pos {
        Utf16Pos::new(self.pane.at(x, y))
    }

    /// Puts text in the place of the selection, as if it had been typed.
    pub(super) fn insert(&self, text: &str) {
        self.pane.insert(text);
    }

    /// Opens the panel to find and replace in.
    pub(super) fn find(&self) {
        self.pane.find();
    }

    pub(super) fn focus(&self, in_place: bool) {
        self.pane.focus(in_place);
    }

    pub(super) fn has_focus(&self) -> bool {
        self.pane.focused()
    }

    /// Where the text stands on the screen. `None` while it is not on it.
    pub(super) fn rows(&self) -> Option<CodeRows<'_>> {
        Some(CodeRows {
            pane: &self.pane,
            scroller: Scroller::of(self.pane.scroller())?,
        })
    }
}

impl Drop for CodePane {
    fn drop(&mut self) {
        self.pane.destroy();
    }
}

/// The rows of the pane as they stand on the screen right now.
#[derive(Debug)]
pub(in crate::shell) struct CodeRows<'a> {
    pane: &'a CodeMirror,
    pub(super) scroller: Scroller,
}

impl CodeRows<'_> {
    pub(super) fn row_height(&self) -> f64 {
        self.pane.row_height()
    }

    pub(super) fn spot(&self, y: f64) -> Option<PaneSpot> {
        let place = self.pane.spot(y);
        (place >= 0.0).then(|| PaneSpot::from_units(place))
    }

    pub(super) fn bring(&self, spot: PaneSpot, y: f64) {
        self.pane.bring(spot.units(), y);
    }

    pub(super) fn sees(&self, at: Utf16Pos) -> bool {
        self.pane.sees(at.get())
    }
}

/// What `code.js` leaves in the window.
const MAKER: &str = "recapMarkdownPane";

/// The link of the page that names the bundle; the browser fetches it beside the app.
const LINK: &str = "markdown-pane";

/// Whether the bundle has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::shell) enum Library {
    Coming,
    Here,
    /// It could not be loaded, or takes too long.
    Missing,
}

/// Starts the bundle; `heard` is called once, with what came of it.
pub(super) fn load(heard: impl Fn(Library) + Clone + 'static) -> Option<()> {
    let document = gloo::utils::document();
    let link: HtmlLinkElement = document.get_element_by_id(LINK)?.dyn_into().ok()?;
    let script: HtmlScriptElement = document.create_element("script").ok()?.dyn_into().ok()?;
    script.set_type("module");
    script.set_src(&link.href());
    for (event, outcome) in [("load", Library::Here), ("error", Library::Missing)] {
        let heard = heard.clone();
        gloo::events::EventListener::once(&script, event, move |_| heard(outcome)).forget();
    }
    document.head()?.append_child(&script).ok()?;
    Some(())
}
