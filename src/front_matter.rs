//! The front matter as the form sees it: values read, new values turned into edits.
