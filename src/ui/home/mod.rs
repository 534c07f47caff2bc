//! Ways in and out beside the plain file: the menu "More ways to save", the folder's name, and the questions they lead to.

mod choosing;
mod folder_name;
mod meanwhile;
mod menu;

pub(super) use choosing::ChoosePost;
pub(super) use meanwhile::Meanwhile;
pub(super) use menu::MoreWays;
