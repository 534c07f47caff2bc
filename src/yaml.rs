//! Where each key and value stands in YAML front matter, and how to change one without touching the rest.
