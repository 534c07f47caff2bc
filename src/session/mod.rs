//! The app as a value: `Session`, `Msg`, `Effect`, `update`.
