//! The letter: HTML and plain text of the same content.

use jiff::Timestamp;

use super::Files;
use crate::model::edition::Material;
use crate::model::mistake::Mistake;

/// Checked letter templates.
pub struct Templates {}

/// One letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// File-name stem: `daily-2026-06-18`.
    pub name: String,
    /// Subject line, plain text.
    pub subject: String,
    /// HTML part, CSS inlined.
    pub html: String,
    /// Plain-text part.
    pub text: String,
    /// The whole message (RFC 5322), without recipient.
    pub eml: Vec<u8>,
}

impl Templates {
    /// Checks them; or gives every mistake.
    pub fn new(files: &Files) -> Result<Self, Vec<Mistake>> {
        let _ = files;
        Ok(Self {})
    }
}

/// The letter of what was first shown after `since`; `None` when nothing was.
pub fn letter(templates: &Templates, material: &Material, since: Timestamp) -> Option<Letter> {
    let _ = (templates, material, since);
    None
}
