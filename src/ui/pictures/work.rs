//! What goes on between the dialog and the worker: one picture, one plan, the newest result.

use std::rc::Rc;

use gloo::timers::callback::Timeout;
use yew::prelude::*;

use crate::bundle::report::Role;
use crate::picture::{self, Format, Found, Plan, Size, metadata};
use crate::session::view::PictureSource;
use crate::shell::pictures::{Made, News, Opened, Order, Progress, Step, Workshop};

use super::outcome::Outcome;
use super::{Change, Told};

/// How long the writer has to pause until the result is made, in milliseconds.
const PAUSE: u32 = 120;

/// Where the work stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum State {
    /// Nothing can be made of this file; why.
    Refused(String),
    Working,
    /// By the writer.
    Stopped,
    /// By the browser; its reason.
    Failed(String),
}

/// The work on one picture.
pub(super) struct Work {
    source: Rc<PictureSource>,
    send: Callback<Told>,
    shop: Option<Workshop>,
    pub(super) state: State,
    pub(super) opened: Option<Opened>,
    /// The worker is opening the picture.
    reads: bool,
    pub(super) plan: Option<Plan>,
    pub(super) progress: Option<Progress>,
    pub(super) found: Found,
    /// What the file says about the writer is to be cut out.
    pub(super) removes: bool,
    /// A picture made anew can say what this one says about place and camera.
    pub(super) carries: bool,
    pub(super) outcome: Option<Outcome>,
    /// The order under way, and what it is for.
    under_way: Option<(u32, Plan)>,
    /// Something changed since.
    waits: bool,
    tickets: u32,
    pause: Option<Timeout>,
}

impl Work {
    /// Looks at the file, and has it opened where that is possible.
    pub(super) fn begin(source: Rc<PictureSource>, send: Callback<Told>) -> Self {
        let mut work = Self {
            state: State::Working,
            found: Found::default(),
            source,
            send,
            shop: None,
            opened: None,
            reads: false,
            plan: None,
            progress: None,
            removes: false,
            carries: false,
            outcome: None,
            under_way: None,
            waits: false,
            tickets: 0,
            pause: None,
        };
        match picture::check(&work.source.bytes) {
            Ok(_) => {
                work.found = metadata::read(&work.source.bytes);
                work.removes = !work.found.is_empty();
                work.carries = metadata::camera_data(
                    &work.source.bytes,
                    Size {
                        width: 1,
                        height: 1,
                    },
                )
                .is_some();
                work.open();
            }
            Err(refusal) => work.state = State::Refused(refusal.to_string()),
        }
        work
    }

    fn open(&mut self) {
        self.state = State::Working;
        self.under_way = None;
        self.reads = true;
        self.progress = Some(Progress {
            step: Step::Reading,
            done: 0,
            of: 0,
        });
        let send = self.send.reform(Told::News);
        self.shop = Workshop::open(&self.source.bytes, &self.source.name, send);
        if self.shop.is_none() {
            self.state = State::Failed("it has no workers".to_owned());
        }
    }

    /// The roles to choose from: what every picture can be, and what this one is.
    pub(super) fn roles(&self) -> Vec<Role> {
        let mut roles = vec![
            Role::InText,
            Role::Cover,
            Role::Feature,
            Role::Thumbnail,
            Role::Social,
        ];
        if self.source.roles.contains(&Role::Avatar) {
            roles.push(Role::Avatar);
        }
        roles
    }

    /// Whether something is being done that can be stopped.
    pub(super) fn is_busy(&self) -> bool {
        self.state == State::Working && (self.reads || self.under_way.is_some() || self.waits)
    }

    /// The result, where it is of what is chosen now.
    pub(super) fn fresh(&self) -> Option<&Outcome> {
        let plan = self.plan?;
        self.outcome
            .as_ref()
            .filter(|outcome| outcome.is_of(&plan, self.leaves_out(&plan)))
    }

    /// Whether what the file says about the writer does not go into the result. A picture made anew can keep only what is
    /// known to be true of it still.
    fn leaves_out(&self, plan: &Plan) -> bool {
        self.removes || (!plan.keeps_pixels() && !self.carries)
    }

    pub(super) fn heard(&mut self, news: News) {
        match news {
            News::Went(progress) => self.progress = Some(progress),
            News::Opened(opened) => {
                if self.plan.is_none() {
                    let role = self.source.roles.first().copied();
                    self.plan = Some(Plan::new(
                        opened.size,
                        Format::of(&self.source.bytes),
                        opened.transparent,
                        role.unwrap_or(Role::InText),
                        self.source.fit,
                    ));
                }
                self.opened = Some(opened);
                self.reads = false;
                self.due();
            }
            News::Made(made) => self.made(&made),
            News::Failed(reason) => {
                self.shop = None;
                self.state = State::Failed(reason);
            }
        }
    }

    fn made(&mut self, made: &Made) {
        let Some((_, plan)) = self.under_way.take_if(|(ticket, _)| *ticket == made.ticket) else {
            return;
        };
        let sizes: Vec<(Format, usize)> = made
            .files
            .iter()
            .map(|(format, bytes)| (*format, bytes.len()))
            .collect();
        let best = plan.best(&sizes);
        let file = made.files.iter().find(|(format, _)| Some(*format) == best);
        match file {
            Some((format, bytes)) => {
                let keeps = (!self.leaves_out(&plan)).then_some(&*self.source.bytes);
                self.outcome = Some(Outcome::encoded(
                    plan,
                    *format,
                    Rc::clone(bytes),
                    made,
                    keeps,
                ));
            }
            None => {
                self.shop = None;
                self.state = State::Failed("it cannot write this kind of file".to_owned());
            }
        }
        if std::mem::take(&mut self.waits) {
            self.due();
        }
    }

    pub(super) fn changed(&mut self, change: Change) {
        let Some(plan) = &mut self.plan else { return };
        match change {
            Change::Role(role) => plan.choose_role(role),
            Change::Part(part) => plan.place(part),
            Change::Width(width) => plan.choose_width(width),
            Change::Choice(choice) => plan.choose(choice),
            Change::Quality(quality) => plan.set_quality(quality),
            Change::Remove(removes) => self.removes = removes,
        }
        if self.state != State::Working || self.fresh().is_some() {
            return;
        }
        self.waits = true;
        let send = self.send.clone();
        self.pause = Some(Timeout::new(PAUSE, move || send.emit(Told::Due)));
    }

    /// Makes what is chosen, unless it is there or the worker is at something else.
    pub(super) fn due(&mut self) {
        self.pause = None;
        let Some(plan) = self.plan.filter(|_| self.state == State::Working) else {
            return;
        };
        if self.fresh().is_some() {
            self.waits = false;
            return;
        }
        if plan.keeps_pixels() {
            self.waits = false;
            match Outcome::kept(plan, &self.source.bytes, self.removes) {
                Ok(outcome) => self.outcome = Some(outcome),
                Err(refusal) => {
                    // Left as it is, which the check then says.
                    self.removes = false;
                    self.found = Found::default();
                    self.state = State::Refused(refusal.to_string());
                }
            }
            return;
        }
        if self.reads || self.under_way.is_some() {
            self.waits = true;
            return;
        }
        self.waits = false;
        let Some(shop) = &self.shop else { return };
        self.tickets = self.tickets.wrapping_add(1);
        let order = Order {
            ticket: self.tickets,
            part: plan.part(),
            to: plan.to(),
            quality: plan.quality(),
        };
        shop.make(order, &plan.formats());
        self.under_way = Some((self.tickets, plan));
    }

    /// Ends the worker at once.
    pub(super) fn stop(&mut self) {
        self.shop = None;
        self.pause = None;
        self.under_way = None;
        self.reads = false;
        self.waits = false;
        self.state = State::Stopped;
    }

    pub(super) fn go_on(&mut self) {
        self.open();
    }
}

/// What is being done, as a sentence.
pub(super) const fn sentence(progress: Progress, wanted: bool) -> &'static str {
    match (progress.step, wanted) {
        (Step::Reading, _) => "Opening the picture",
        (Step::Shrinking, _) => "Making it smaller",
        (Step::Writing, false) => "Trying what the file would be",
        (Step::Writing, true) => "Writing the file",
    }
}
