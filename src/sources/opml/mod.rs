//! Sources as OPML 1.0 and 2.0, the list of feeds that feed readers exchange.
//!
//! What OPML has no word for stands in attributes of a namespace of ours, which other programs overlook: ids, outlets, and the
//! selectors of pages without a feed.

/// A list to outlines.
mod read;

/// Sources to a list.
mod write;

pub use read::{List, NoList, Outline, read};
pub use write::write;

/// The namespace of our own attributes, by the prefix that we write.
const NAMESPACE: &str = "urn:x-termwall:opml";

#[cfg(test)]
mod tests;
