//! Native tests of the core, one binary.
