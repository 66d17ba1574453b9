//! Writes an edition: files aside and renamed, unchanged ones untouched, stale ones removed.

/// Into a folder.
pub mod folder;

/// One file that an editor owns.
mod file;

/// What was written last time.
mod manifest;

pub use file::{file, stream};
pub use folder::{DeliverError, Delivered};
