//! Events from sentences: triggers, the parties around them, and what follows from who they are.

/// Words that show an act, combined with what negates, reverses or weakens them.
mod trigger;

/// Words that look like an act.
mod guise;

/// Who may act in a sentence.
mod party;

/// Nouns for whom the story has introduced.
mod noun;

/// Who acts, on what.
mod roles;

/// Who can do what.
mod sense;

/// Places whose access is concerned.
mod place;

/// Audience, ground and stage.
mod slots;

/// One act told several times is one event.
mod gather;

/// Whoever acts, named or not.
mod acting;

/// One sentence under reading.
mod draft;

/// What tells of no act after all.
mod doubt;

/// How far a reading is trusted.
mod trust;

/// Acts that are only imagined, promised or weighed.
mod unreal;

/// Where an act reaches.
mod reach;

/// Who else did the same.
mod beside;

/// Banks and products beside the events.
mod note;

/// Why events read as they do.
mod why;

/// Reads an article sentence by sentence.
mod read;

pub use read::{Context, Found, events, may_tell};
pub use why::{Span, Step, Why};
