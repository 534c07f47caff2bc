//! The tools beside the Markdown pane: toolbar, menus, dialogs, the line below. They give commands; what comes of one is the
//! session's concern.

mod actions;
mod call;
mod format;
mod forms;
mod icons;
mod link;
mod menu;
mod offers;
mod options;
mod outline;
mod palette;
mod sheet;
mod shortcuts;
mod slash;
mod status;
mod toolbar;

use std::rc::Rc;

use yew::prelude::*;

use crate::session::Msg;
use crate::session::view::{HeadingView, PagesView};
use crate::shell::{Around, CaretPlace, PaneNews, Setup, Shell};
use crate::site::Profile;
use crate::text::Utf16Pos;
use crate::writing::Command;

use super::dom;
use actions::Does;
pub(super) use call::CallForm;
pub(super) use format::FormatChanges;
pub(super) use palette::Palette;
pub(super) use status::StatusLine;
pub(super) use toolbar::Formatting;

/// What lies above the pane.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Panel {
    /// The menu of a slash, beside the caret.
    Slash(CaretPlace),
    /// How large a table is to be.
    Table,
    /// The language of a code block.
    Code,
    /// Where a link leads; `titled`: two brackets called for it, and the title is written.
    Link { titled: bool },
    /// A shortcode of this kind.
    Shortcode(&'static str),
    /// The headings.
    Outline,
    /// Which line to go to.
    Line,
    /// Every key.
    Shortcuts,
    /// How many words the text is to have.
    Goal,
    /// All commands; it lies above every screen.
    Palette,
}

/// What the tools are told.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum ToolsTold {
    /// Something about the pane.
    News(PaneNews),
    /// An action was chosen, by its name.
    Chosen(&'static str),
    /// A command was made up.
    Made(Command),
    /// A dialog was put away.
    Closed,
    /// All commands were asked for.
    PaletteAsked,
    /// The palette was put away, or what was chosen there is none of the text's.
    PaletteLeft,
    /// So many words are to be written; 0: no goal.
    GoalChosen(u32),
    /// The menu of a slash was put away: what belongs behind the slash, and whether the keyboard goes back there.
    SlashLeft { typed: String, back: bool },
    /// A section was moved in front of another heading.
    SectionMoved(usize, usize),
    /// A place of the text was chosen.
    PlaceChosen(Utf16Pos),
    /// A line of the file was chosen.
    LineChosen(usize),
    /// The pane is to look otherwise.
    SetUp(Setup),
}

/// The state of the tools.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tools {
    /// What is around the caret.
    pub(super) around: Around,
    /// How many words are selected.
    pub(super) selected: Option<usize>,
    /// What lies above the pane.
    pub(super) panel: Option<Panel>,
    /// How the pane is set up.
    pub(super) setup: Setup,
    /// How many characters before the caret called for what is open: they go with the command.
    instead: u32,
    /// The keyboard goes back to the text once the panel is gone.
    returns: bool,
    /// What the pane was set up with last.
    applied: Option<(Setup, usize)>,
}

impl Panel {
    /// Whether it offers the post's headings.
    pub(super) const fn shows_headings(self) -> bool {
        matches!(self, Self::Outline | Self::Link { .. })
    }
}

impl Tools {
    /// Tools at rest.
    pub(super) fn new() -> Self {
        Self {
            around: Around::default(),
            selected: None,
            panel: None,
            setup: Setup::kept(),
            instead: 0,
            returns: false,
            applied: None,
        }
    }

    /// Takes in what happened. Answers what the session has to know. `first_line` is the line of the file that the pane
    /// begins with.
    pub(super) fn take_in(
        &mut self,
        told: ToolsTold,
        shell: &mut Shell,
        first_line: usize,
    ) -> Option<Msg> {
        match told {
            ToolsTold::News(PaneNews::Around(around)) => self.around = around,
            ToolsTold::News(PaneNews::Selected(words)) => self.selected = words,
            ToolsTold::News(PaneNews::Slash) => {
                self.panel = shell.caret_place().map(Panel::Slash);
                self.instead = u32::from(self.panel.is_some());
            }
            ToolsTold::News(PaneNews::Brackets) => {
                self.panel = Some(Panel::Link { titled: true });
                self.instead = 2;
            }
            ToolsTold::News(PaneNews::Asked(name)) => return self.chosen(name, shell),
            ToolsTold::Chosen(name) => return self.chosen(name, shell),
            ToolsTold::Made(command) => return self.made(command, shell),
            ToolsTold::Closed => self.close(true),
            // A question that waits is answered first.
            ToolsTold::PaletteAsked if dom::is_asked_something() => {}
            ToolsTold::PaletteAsked => {
                self.close(false);
                self.panel = Some(Panel::Palette);
            }
            ToolsTold::PaletteLeft => self.close(false),
            ToolsTold::GoalChosen(goal) => {
                self.setup.goal = goal;
                self.setup.keep();
                self.close(true);
            }
            ToolsTold::SlashLeft { typed, back } => {
                // The menu also loses the keyboard when an action takes its place.
                if !matches!(self.panel, Some(Panel::Slash(_))) {
                    return None;
                }
                if !typed.is_empty() {
                    shell.insert(&typed);
                }
                self.close(back);
            }
            ToolsTold::SectionMoved(which, before) => return shell.section_moved(which, before),
            ToolsTold::PlaceChosen(at) => {
                shell.go_to(at);
                self.close(true);
            }
            ToolsTold::LineChosen(line) => {
                let line = (line + 1).saturating_sub(first_line).max(1);
                shell.go_to_line(u32::try_from(line).unwrap_or(u32::MAX));
                self.close(true);
            }
            ToolsTold::SetUp(setup) => {
                self.setup = setup;
                setup.keep();
                self.apply(shell, first_line);
            }
        }
        None
    }

    fn chosen(&mut self, name: &'static str, shell: &Shell) -> Option<Msg> {
        match name {
            "format" => {
                self.close(false);
                return Some(Msg::FormatAsked);
            }
            "call" | "call-enter" => {
                self.close(false);
                return shell.call_asked(name == "call-enter");
            }
            "find" => {
                self.close(false);
                shell.find();
                return None;
            }
            _ => {}
        }
        match actions::does(name, self.around)? {
            Does::Run(command) => self.made(command, shell),
            Does::Open(panel) => {
                self.panel = Some(panel);
                None
            }
        }
    }

    fn made(&mut self, command: Command, shell: &Shell) -> Option<Msg> {
        let msg = shell.command(command, self.instead);
        self.close(true);
        msg
    }

    fn close(&mut self, back: bool) {
        self.panel = None;
        self.instead = 0;
        self.returns |= back;
    }

    /// Puts the keyboard back into the text, if it has to go there. Called when the screen shows what is open.
    pub(super) fn drawn(&mut self, shell: &Shell) {
        if std::mem::take(&mut self.returns) {
            shell.return_to_text();
        }
    }

    /// Sets the pane up, where it has to be otherwise than before.
    pub(super) fn apply(&mut self, shell: &mut Shell, first_line: usize) {
        let wanted = (self.setup, first_line);
        if self.applied != Some(wanted) {
            self.applied = Some(wanted);
            shell.set_up(self.setup, u32::try_from(first_line).unwrap_or(1));
        }
    }
}

/// What the panels need.
#[derive(Properties, PartialEq)]
pub(super) struct PanelsProps {
    pub(super) panel: Option<Panel>,
    pub(super) first_line: usize,
    /// The headings, while somebody chooses among them.
    pub(super) headings: Rc<Vec<HeadingView>>,
    pub(super) pages: PagesView,
    pub(super) goal: u32,
    pub(super) profile: Rc<Profile>,
    pub(super) send: Callback<Msg>,
    pub(super) on: Callback<ToolsTold>,
}

/// What lies above the pane right now.
#[function_component(Panels)]
pub(super) fn panels(props: &PanelsProps) -> Html {
    let on = &props.on;
    match props.panel {
        None => Html::default(),
        Some(Panel::Slash(place)) => html! { <slash::SlashMenu {place} on={on.clone()} /> },
        Some(Panel::Table) => html! { <forms::TableForm on={on.clone()} /> },
        Some(Panel::Code) => html! { <forms::CodeForm on={on.clone()} /> },
        Some(Panel::Link { titled }) => html! {
            <link::LinkForm
                {titled} pages={props.pages.clone()} headings={Rc::clone(&props.headings)} send={props.send.clone()} on={on.clone()}
            />
        },
        Some(Panel::Shortcode(kind)) => {
            html! { <forms::ShortcodeForm {kind} profile={Rc::clone(&props.profile)} on={on.clone()} /> }
        }
        Some(Panel::Outline) => {
            html! { <outline::Outline headings={Rc::clone(&props.headings)} on={on.clone()} /> }
        }
        Some(Panel::Line) => {
            html! { <forms::LineForm first={props.first_line} on={on.clone()} /> }
        }
        Some(Panel::Palette) => Html::default(),
        Some(Panel::Goal) => html! { <forms::GoalForm goal={props.goal} on={on.clone()} /> },
        Some(Panel::Shortcuts) => html! { <shortcuts::Shortcuts on={on.clone()} /> },
    }
}
