//! Answers a reader's browser: a preview of a folder, and the sample edition's servers.

/// The sample edition's servers, all behind one loopback socket.
pub mod samples;

/// A preview of what was published.
pub mod preview;
