//! The nouns of the house: what the stages hand to each other. Values and the rules about them, no I/O, no stage.

/// Dates that keep the precision they were stated with.
pub mod when;

/// Mistakes in files that people edit, each with file, line and advice.
pub mod mistake;

/// Whom and what we know: banks, vendors, products, regions, authorities.
pub mod taxonomy;

/// What we read: one feed or page, as the editor wrote it down.
pub mod source;

/// What came back from the network, or why nothing did.
pub mod fetched;

/// How often a source brings something.
pub mod pace;

/// What is remembered of a source from one run to the next.
pub mod memory;

/// What is wrong or odd about a source.
pub mod condition;

/// What a report says, as text.
pub mod article;

/// What an outlet changed in an article.
pub mod edit;

/// Who changed whose access to what, with the words that say so.
pub mod event;

/// What the tagger found in one article.
pub mod tagged;

/// Why its tags are there.
pub mod explained;

/// The articles that tell of one happening.
pub mod story;

/// The record: entries in a chain, what they fold to, and what held when.
pub mod ledger;

/// What we write about a story: sentences that carry their facts.
pub mod insight;

/// The publication's own settings.
pub mod site;

/// What is about to be published.
pub mod edition;

/// Which language a text is in.
pub mod language;

/// Sentences: plurals, lists, numbers in words.
pub mod words;
