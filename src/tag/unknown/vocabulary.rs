//! Words that are written small somewhere: no names, however a headline or a sentence's beginning writes them.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::signs::{GERMAN_DETERMINERS, has};

/// No more words than this are kept, eight bytes each: all that nine languages use in news.
const WORDS: usize = 2_000_000;

/// The ordinary words of many texts.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    words: HashSet<u64>,
}

impl Vocabulary {
    /// Learns the ordinary words of a text: those written small, and in German those behind a determiner, being nouns.
    pub fn add(&mut self, text: &str, lang: &str) {
        let is_german = lang.starts_with("de");
        let mut behind_determiner = false;
        for word in text.split(|c: char| !c.is_alphabetic() && c != '\'').filter(|word| !word.is_empty()) {
            if self.words.len() >= WORDS {
                return;
            }
            let is_small = word.starts_with(char::is_lowercase) && !word.chars().any(char::is_uppercase);
            if is_small || is_german && behind_determiner {
                self.words.insert(hash(&word.to_lowercase()));
            }
            behind_determiner = is_german && has(GERMAN_DETERMINERS, &word.to_lowercase());
        }
    }

    /// Takes over what another learned.
    pub fn join(&mut self, other: Self) {
        self.words.extend(other.words.into_iter().take(WORDS.saturating_sub(self.words.len())));
    }

    /// Whether a word, in lower case, is an ordinary one.
    pub fn has(&self, word: &str) -> bool {
        self.words.contains(&hash(word))
    }
}

/// Equal on every machine as far as it matters: only membership is asked.
fn hash(word: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    word.hash(&mut hasher);
    hasher.finish()
}
