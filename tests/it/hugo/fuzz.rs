//! Mutated posts, rendered by us and by the real Hugo.
