//! "Crop or shrink": the dialog for one picture, and how it is asked for from anywhere on the screen.

mod area;
mod compare;
mod controls;
mod open;
mod outcome;
mod roles;
mod work;

use std::rc::Rc;

use web_sys::HtmlElement;
use yew::prelude::*;

use crate::bundle::report::Role;
use crate::picture::{Choice, Rect};
use crate::session::Msg;
use crate::session::view::PictureSource;
use crate::shell::clock;
use crate::shell::pictures::News;
use crate::text::said;

pub(super) use open::CropButton;
use outcome::Outcome;
use work::{State, Work};

/// Asks for the dialog: given the file’s path in the bundle. Found by `use_context`, so that no panel has to hand it on.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cropper(pub(super) Callback<String>);

/// What the dialog needs.
#[derive(Properties, PartialEq)]
pub(super) struct PictureDialogProps {
    pub(super) source: Rc<PictureSource>,
    pub(super) send: Callback<Msg>,
    pub(super) on_close: Callback<()>,
}

/// What changed in what is to be made.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Change {
    Role(Role),
    Part(Rect),
    Width(u32),
    Choice(Choice),
    Quality(u8),
    Remove(bool),
}

/// What becomes of the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    InPlace,
    AsNewFile,
}

/// What the dialog is told.
#[derive(Debug)]
pub(super) enum Told {
    News(News),
    Changed(Change),
    /// The writer paused: what is chosen is to be made.
    Due,
    /// The work is to stop.
    StopAsked,
    /// It is to go on.
    GoOnAsked,
    Taken(Taken),
}

/// The dialog.
pub(super) struct PictureDialog {
    dialog: NodeRef,
    work: Work,
    /// What is to be done with the result as soon as it is there.
    wanted: Option<Taken>,
    /// The file whose button gets the keyboard back.
    file: String,
    /// Where the keyboard was.
    before: Option<HtmlElement>,
}

impl Component for PictureDialog {
    type Message = Told;
    type Properties = PictureDialogProps;

    fn create(ctx: &Context<Self>) -> Self {
        let focused = gloo::utils::document().active_element();
        Self {
            dialog: NodeRef::default(),
            work: Work::begin(
                Rc::clone(&ctx.props().source),
                ctx.link().callback(|told| told),
            ),
            wanted: None,
            file: ctx.props().source.name.clone(),
            before: focused.and_then(|element| wasm_bindgen::JsCast::dyn_into(element).ok()),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, told: Told) -> bool {
        match told {
            Told::News(news) => self.work.heard(news),
            Told::Changed(change) => self.work.changed(change),
            Told::Due => self.work.due(),
            Told::StopAsked => {
                self.wanted = None;
                self.work.stop();
            }
            Told::GoOnAsked => self.work.go_on(),
            Told::Taken(taken) => self.wanted = Some(taken),
        }
        if let (Some(taken), Some(outcome)) = (self.wanted, self.work.fresh()) {
            let msg = self.made(ctx, taken, outcome);
            if let Msg::PictureMade {
                name,
                replaced: true,
                ..
            } = &msg
            {
                self.file.clone_from(name);
            }
            self.wanted = None;
            ctx.props().send.emit(msg);
            ctx.props().on_close.emit(());
        }
        true
    }

    fn rendered(&mut self, _: &Context<Self>, first: bool) {
        if first && let Some(dialog) = self.dialog.get() {
            super::dialog::show_modal(&dialog);
        }
    }

    fn destroy(&mut self, _: &Context<Self>) {
        // A dialog that leaves the page takes the keyboard with it, and while it is open nothing else can have it.
        if let Some(dialog) = self.dialog.get() {
            super::dialog::close_modal(&dialog);
        }
        open::give_back_keyboard(self.file.clone(), self.before.take());
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let close = ctx.props().on_close.clone();
        let cancelled = {
            let close = close.clone();
            Callback::from(move |event: Event| {
                event.prevent_default();
                close.emit(());
            })
        };
        let source = &ctx.props().source;
        html! {
            <dialog ref={self.dialog.clone()} class="pictures" aria-labelledby="pictures-heading" oncancel={cancelled}>
                <div class="sheet-head">
                    <h2 id="pictures-heading">{ "Crop or shrink" }</h2>
                    <button type="button" class="quiet" onclick={close.reform(|_: MouseEvent| ())}>{ "Cancel" }</button>
                </div>
                <p class="about"><b>{ &source.name }</b>{ format!(" {}", said::size(source.bytes.len())) }</p>
                <div class="scrolls">{ self.body(ctx) }</div>
                { self.foot(ctx) }
            </dialog>
        }
    }
}

impl PictureDialog {
    fn body(&self, ctx: &Context<Self>) -> Html {
        let on = ctx.link().callback(Told::Changed);
        match &self.work.state {
            State::Refused(reason) => html! { <p class="refusal">{ reason }</p> },
            State::Failed(reason) => html! {
                <p class="refusal">
                    { format!("The browser could not do this: {reason}. The file was not touched.") }
                </p>
            },
            State::Stopped if self.work.opened.is_none() => html! {
                <p>{ "Stopped. The file was not touched." }</p>
            },
            _ => match (&self.work.opened, &self.work.plan) {
                (Some(opened), Some(plan)) => html! {
                    <>
                        <roles::Roles
                            plan={*plan} copy={opened.copy.clone()} roles={self.work.roles()} on={on.clone()}
                        />
                        <div class="crop-and-size">
                            <area::CropArea
                                plan={*plan} copy={opened.copy.clone()} transparent={opened.transparent} on={on.clone()}
                            />
                            <controls::Controls
                                plan={*plan} found={self.work.found.clone()} remove={self.work.removes}
                                carries={self.work.carries} {on}
                            />
                        </div>
                        <compare::Details outcome={self.work.outcome.clone()} fresh={self.work.fresh().is_some()} />
                    </>
                },
                _ => html! { <p>{ "The picture is being opened." }</p> },
            },
        }
    }

    fn foot(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        let Some(plan) = self
            .work
            .plan
            .filter(|_| !matches!(self.work.state, State::Failed(_)))
        else {
            return self.progress(ctx);
        };
        let source = &ctx.props().source;
        let is_its_own = source.roles.contains(&plan.role()) || plan.role() == Role::InText;
        let replace = html! {
            <button
                type="button" class={is_its_own.then_some("primary")}
                onclick={link.callback(|_: MouseEvent| Told::Taken(Taken::InPlace))}
            >{ "Replace the file" }</button>
        };
        let add = html! {
            <button
                type="button" class={(!is_its_own).then_some("primary")}
                onclick={link.callback(|_: MouseEvent| Told::Taken(Taken::AsNewFile))}
            >{ "Add as a new file" }</button>
        };
        html! {
            <>
                <compare::Weights
                    outcome={self.work.outcome.clone()} fresh={self.work.fresh().is_some()}
                    before={source.bytes.len()} size={plan.source()}
                />
                <div class="answers">
                    if is_its_own {
                        { replace }{ add }
                    } else {
                        { add }{ replace }
                    }
                </div>
                { self.progress(ctx) }
            </>
        }
    }

    /// What the buttons do to names, before they are pressed.
    fn names(&self, source: &PictureSource) -> String {
        let Some((plan, outcome)) = self.work.plan.zip(self.work.outcome.as_ref()) else {
            return String::new();
        };
        let new = self.new_name(source, outcome);
        let kept = outcome
            .kind
            .map_or_else(|| source.name.clone(), |kind| kind.name(&source.name));
        let replaced = if kept == source.name {
            format!("Replaced, it is still {kept}.")
        } else {
            format!("Replaced, it becomes {kept}, and every place that names it follows.")
        };
        let for_what = match plan.role() {
            Role::InText => String::new(),
            role => format!(" and is the post’s {} picture", role.label()),
        };
        format!("{replaced} As a new file it is {new}{for_what}.")
    }

    fn new_name(&self, source: &PictureSource, outcome: &Outcome) -> String {
        match self.work.plan.zip(outcome.kind) {
            Some((plan, kind)) => {
                plan.name(&source.name, kind, source.taken.iter().map(String::as_str))
            }
            None => source.name.clone(),
        }
    }

    fn made(&self, ctx: &Context<Self>, taken: Taken, outcome: &Outcome) -> Msg {
        let source = &ctx.props().source;
        let replaced = taken == Taken::InPlace;
        let kept = || {
            outcome
                .kind
                .map_or_else(|| source.name.clone(), |kind| kind.name(&source.name))
        };
        Msg::PictureMade {
            from: source.name.clone(),
            name: if replaced {
                kept()
            } else {
                self.new_name(source, outcome)
            },
            bytes: Rc::clone(&outcome.bytes),
            role: self.work.plan.filter(|_| !replaced).map(|plan| plan.role()),
            replaced,
            at: clock::now(),
        }
    }

    /// What is being done, with a way to stop it. It keeps its place, so that nothing jumps.
    fn progress(&self, ctx: &Context<Self>) -> Html {
        let stopped = self.work.state == State::Stopped;
        let working = self.work.progress.filter(|_| self.work.is_busy());
        html! {
            <div class="working" aria-live="polite">
                if let Some(progress) = working {
                    <label for="pictures-progress">{ work::sentence(progress, self.wanted.is_some()) }</label>
                    if progress.of > 1 {
                        <progress id="pictures-progress" max={progress.of.to_string()} value={progress.done.to_string()} />
                    } else {
                        <progress id="pictures-progress" />
                    }
                    <button type="button" onclick={ctx.link().callback(|_: MouseEvent| Told::StopAsked)}>{ "Stop" }</button>
                } else if !stopped {
                    <p class="help names">{ self.names(&ctx.props().source) }</p>
                } else {
                    <span>{ "Stopped." }</span>
                    <button type="button" onclick={ctx.link().callback(|_: MouseEvent| Told::GoOnAsked)}>{ "Go on" }</button>
                }
            </div>
        }
    }
}
