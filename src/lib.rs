//! Termwall reads feeds and publishes who may use which AI, where, since when, on what ground, and how we know.
//!
//! A datum moves one way, and each step is a module, declared here in the order of the flow. Only [`run`] knows the order;
//! its page follows one datum through the code. Steps share the nouns in [`model`] and know nothing of each other.

/// The nouns that the stages share.
pub mod model;

/// Reads the files that people edit.
pub mod inputs;

/// Checks `feeds.toml`.
pub mod sources;

/// Asks the servers.
pub mod fetch;

/// Keeps what arrived and what was made of it.
pub mod store;

/// Makes articles of bytes.
pub mod read;

/// Finds access events in articles.
pub mod tag;

/// Puts articles that tell of one happening together.
pub mod link;

/// Enters events into the record.
pub mod ledger;

/// Writes about a story.
pub mod comment;

/// Plans pages, feeds and letters.
pub mod publish;

/// Writes them.
pub mod deliver;

/// Answers a reader's browser.
pub mod serve;

/// What a run came to.
pub mod report;

/// The order of the steps.
pub mod run;

/// The command line.
pub mod cli;
