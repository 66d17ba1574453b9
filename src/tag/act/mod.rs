//! Events from sentences: triggers, the parties around them, and what follows from who they are.

/// Words that show an act, combined with what negates, reverses or weakens them.
mod trigger;

/// Who may act in a sentence.
mod party;

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

/// One sentence under reading.
mod draft;

/// Who else did the same.
mod beside;

/// Banks and products beside the events.
mod note;

/// Reads an article sentence by sentence.
mod read;

pub use read::{Context, Found, events};
