//! Writes an edition: files aside and renamed, unchanged ones untouched, stale ones removed.

/// Into a folder.
pub mod folder;

/// What was written last time.
mod manifest;

pub use folder::{DeliverError, Delivered};
