//! Turns typed values into words of a language.

use super::value::Value;
use crate::model::event::Status;
use crate::model::taxonomy::{Kind, Taxonomy};

/// English.
mod en;

/// Verbs of access in English.
pub mod verbs;

pub use en::possessive;

/// A voice: a language and the names in it.
#[derive(Clone, Copy)]
pub struct Say<'a> {
    /// BCP 47: `en`, `zh-Hant`.
    pub lang: &'a str,
    /// Names.
    pub taxonomy: &'a Taxonomy,
}

impl Say<'_> {
    /// A value in words. Statuses come out as their key: verbs take their form from it.
    pub fn value(&self, value: &Value) -> String {
        en::value(self, value)
    }

    /// The printed name.
    pub fn name(&self, kind: Kind, id: &str) -> String {
        self.taxonomy.name(kind, id, self.lang).to_string()
    }
}

/// A Chinese verb in the form that a status asks for.
pub fn chinese_verb(base: &str, status: Status) -> String {
    match status {
        Status::InForce => base.to_string(),
        Status::Announced => format!("宣布將{base}"),
        Status::Proposed => format!("提議{base}"),
        Status::Considered => format!("考慮{base}"),
        Status::Rumoured => format!("據傳{base}"),
        Status::Ended => format!("一度{base}"),
    }
}
