//! Turns typed values into words of a language.

use super::value::Value;
use crate::model::taxonomy::{Kind, Taxonomy};

/// English.
mod en;

/// Verbs of access in English.
pub mod verbs;

/// Traditional Chinese.
pub mod zh;

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
        if self.is_chinese() { zh::value(self, value) } else { en::value(self, value) }
    }

    /// Whether it speaks Chinese, which has no capitals, few spaces and characters for words.
    pub fn is_chinese(&self) -> bool {
        self.lang.starts_with("zh")
    }

    /// The printed name.
    pub fn name(&self, kind: Kind, id: &str) -> String {
        self.taxonomy.name(kind, id, self.lang).to_string()
    }
}
