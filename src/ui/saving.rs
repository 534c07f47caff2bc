//! The one place that says whether the text is safe. It is told past the editor, so that an answer of the storage draws one
//! line and not the whole screen.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use crate::draft::{self, Timestamp};
use crate::session::Msg;
use crate::session::storage::DraftAsked;
use crate::session::view::SavingView;
use crate::shell::clock;

/// How long no key may come until “Saving…” gives way, in ms. Whoever writes on sees one sentence, which does not flicker.
const CALM: u32 = 500;

/// Carries what is to be said from the app to the line.
#[derive(Clone, Default)]
pub(super) struct Saving(Rc<Inner>);

#[derive(Default)]
struct Inner {
    view: RefCell<Option<SavingView>>,
    line: RefCell<Option<Callback<()>>>,
}

impl Saving {
    /// Tells what is true now; `None` where nothing is open.
    pub(super) fn tell(&self, view: Option<SavingView>) {
        if *self.0.view.borrow() == view {
            return;
        }
        self.0.view.replace(view);
        let line = self.0.line.borrow().clone();
        if let Some(line) = line {
            line.emit(());
        }
    }

    fn view(&self) -> Option<SavingView> {
        self.0.view.borrow().clone()
    }
}

impl PartialEq for Saving {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

/// What the line needs.
#[derive(Properties, PartialEq)]
pub(super) struct SavingProps {
    pub(super) saving: Saving,
    pub(super) send: Callback<Msg>,
}

/// What the line is told.
pub(super) enum Told {
    /// Something else is true.
    Changed,
    /// No key came for a while.
    Calm,
    /// The age is another one.
    Older,
}

/// What is true about the file, and about its draft in the browser.
pub(super) struct SavingLine {
    shown: Option<SavingView>,
    now: Timestamp,
    /// What is shown is read out.
    announced: bool,
    timer: Option<Timeout>,
}

impl SavingLine {
    fn show(&mut self, ctx: &Context<Self>) {
        let next = ctx.props().saving.view();
        // Read out at each pause in typing it would be noise; trouble is read out, and that it is over.
        let is_routine = |view: &SavingView| view.safety.is_some() && !view.is_trouble();
        let was_trouble = self.shown.as_ref().is_some_and(SavingView::is_trouble);
        self.announced = was_trouble || !next.as_ref().is_some_and(is_routine);
        self.shown = next;
        self.age(ctx);
    }

    /// Looks at the clock, and asks to be told when the age is another one.
    fn age(&mut self, ctx: &Context<Self>) {
        self.now = clock::timestamp();
        let age = self.shown.as_ref().and_then(|view| view.age(self.now));
        self.timer = age.map(|age| {
            let link = ctx.link().clone();
            let ms = u32::try_from(draft::ago_changes_in(age)).unwrap_or(u32::MAX);
            Timeout::new(ms, move || link.send_message(Told::Older))
        });
    }
}

impl Component for SavingLine {
    type Message = Told;
    type Properties = SavingProps;

    fn create(ctx: &Context<Self>) -> Self {
        let heard = ctx.link().callback(|()| Told::Changed);
        ctx.props().saving.0.line.replace(Some(heard));
        let mut line = Self {
            shown: None,
            now: Timestamp(0),
            announced: false,
            timer: None,
        };
        line.show(ctx);
        line
    }

    fn update(&mut self, ctx: &Context<Self>, told: Told) -> bool {
        match told {
            Told::Changed => {
                let next = ctx.props().saving.view();
                if next == self.shown {
                    self.age(ctx);
                    return false;
                }
                let is_saving = |view: &SavingView| view.safety == Some(draft::Status::Saving);
                let is_saved = |view: &SavingView| view.age(self.now).is_some();
                if self.shown.as_ref().is_some_and(is_saving) && next.as_ref().is_some_and(is_saved)
                {
                    let link = ctx.link().clone();
                    self.timer = Some(Timeout::new(CALM, move || link.send_message(Told::Calm)));
                    return false;
                }
                self.show(ctx);
            }
            Told::Calm => self.show(ctx),
            Told::Older => self.age(ctx),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Some(shown) = &self.shown else {
            return Html::default();
        };
        let live = if self.announced { "polite" } else { "off" };
        let retry = ctx
            .props()
            .send
            .reform(|_: MouseEvent| Msg::Draft(DraftAsked::Retry));
        html! {
            <>
                <span role="status" aria-live={live} class={classes!(shown.unsaved.then_some("unsaved"))}>
                    <span>{ &shown.sentence }</span>
                    if let Some(age) = shown.age(self.now) {
                        // Seconds are no news.
                        <span aria-live="off">{ format!(", {}", draft::ago(age)) }</span>
                    }
                    if let Some(reminder) = &shown.reminder {
                        <span class="reminder">{ format!(" · {reminder}") }</span>
                    }
                </span>
                if shown.is_trouble() {
                    <button type="button" class="quiet" onclick={retry}>{ "Try again" }</button>
                }
            </>
        }
    }

    fn destroy(&mut self, ctx: &Context<Self>) {
        ctx.props().saving.0.line.replace(None);
    }
}
