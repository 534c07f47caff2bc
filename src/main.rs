//! Mounts the app. Everything it does is in the library.

fn main() {
    #[cfg(target_arch = "wasm32")]
    recap_editor::ui::start();
}
