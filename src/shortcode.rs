//! Finds Hugo shortcodes with their spans and arguments.
