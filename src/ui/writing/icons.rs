//! The signs on the buttons: lines in a field of 24 by 24.

use yew::prelude::*;

/// The lines of a sign; none for a name without one.
fn lines(name: &str) -> &'static str {
    match name {
        "bold" => "M7 4.5h6a3.6 3.6 0 0 1 0 7.3H7zM7 11.8h7a3.9 3.9 0 0 1 0 7.7H7z",
        "italic" => "M10.5 4.5h7M6.5 19.5h7M14 4.5l-4 15",
        "strikethrough" => {
            "M4 12h16M16.5 7.2C16 5.4 14.300 4.400 12 4.400c-2.700 0-4.500 1.400-4.500 3.500 0 1 .4 1.800 1.200 2.400M7.300 16.500c.4 2 2.200 3.200 4.800 3.200 2.900 0 4.800-1.500 4.800-3.700 0-.8-.2-1.400-.6-2"
        }
        "code" => "M8.500 7 3.500 12l5 5M15.500 7l5 5-5 5",
        "link" => {
            "M10 14a4 4 0 0 0 5.700 0l3.500-3.500a4 4 0 0 0-5.700-5.700L12.300 6M14 10a4 4 0 0 0-5.700 0l-3.500 3.500a4 4 0 0 0 5.700 5.700l1.200-1.200"
        }
        "heading" => "M6 5v14M18 5v14M6 12h12",
        "quote" => {
            "M4.500 7h5.500v5.500c0 2.500-1.500 4-4 4.500M14 7h5.500v5.500c0 2.500-1.500 4-4 4.500M4.500 7v5.500H10M14 7v5.500h5.500"
        }
        "bullets" => "M9.500 6h11M9.500 12h11M9.500 18h11M4 6h.9M4 12h.9M4 18h.9",
        "numbers" => {
            "M10 6h10.500M10 12h10.500M10 18h10.500M3.800 5 5.300 4.200V9M3.500 15.500c1-1.500 3-.8 2.600.7-.2.8-1.700 1.900-2.600 3h3"
        }
        "tasks" => {
            "M11.500 6h9M11.500 17h9M3.500 6.500l1.800 1.800L8.700 4.500M3.500 14.500h5v5h-5z"
        }
        "fence" => {
            "M3.500 4.500h17v15h-17zM8.500 9 6 12l2.500 3M15.500 9l2.500 3-2.500 3M13 8l-2 8"
        }
        "table" => {
            "M3.500 4.500h17v15h-17zM3.500 9.500h17M3.500 14.500h17M9.200 4.500v15M14.800 4.500v15"
        }
        "image" => {
            "M3.500 4.500h17v15h-17zM3.500 16.500l5-5 4 4 3-2.500 5 4.500M15.300 9a1.200 1.200 0 1 0 .1 0"
        }
        "footnote" => "M4 19 8.500 6.500 13 19M5.600 14.500h5.800M17 4.500l2-1V10",
        "divider" => "M3 12h18M6 6.500h12M6 17.500h12",
        "shortcode" => {
            "M9 4.500C6.500 4.500 7.500 8 6.800 10 6.300 11.400 5 12 4 12c1 0 2.300.6 2.800 2 .7 2-.3 5.500 2.200 5.500M15 4.500c2.500 0 1.500 3.500 2.200 5.500.5 1.400 1.800 2 2.800 2-1 0-2.300.6-2.800 2-.7 2 .3 5.500-2.200 5.500"
        }
        "outline" => "M4 6h16M7.500 12H20M11 18h9M4 12h.3M7.500 18h.3",
        "shortcuts" => "M3 6.500h18v11H3zM6.500 10h.5M10 10h.5M13.500 10h.5M17 10h.5M7.500 14h9",
        "more" => "M4 7h9M17 7h3M4 17h3M11 17h9M15 4.500v5M9 14.500v5",
        _ => "",
    }
}

/// A sign. It says nothing to a screen reader: the button has a name.
pub(super) fn icon(name: &str) -> Html {
    html! {
        <svg viewBox="0 0 24 24" class="icon" aria-hidden="true" focusable="false"><path d={lines(name)} /></svg>
    }
}

/// The sign of a button that opens a menu.
pub(super) fn arrow() -> Html {
    html! {
        <svg viewBox="0 0 10 24" class="icon arrow" aria-hidden="true" focusable="false"><path d="M1.5 10.500 5 14l3.500-3.500" /></svg>
    }
}
