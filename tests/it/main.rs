//! Native tests of the core, one binary.

mod corpus;
mod edits;
mod imports;
mod rendering;
mod session;
