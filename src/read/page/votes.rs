//! Which blocks of a page its readings hold.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Words that are looked up together.
const RUN: usize = 4;

/// So many of a block's runs must be found to say that a reading holds it, in parts of a hundred.
const ENOUGH: usize = 70;

/// A reading of a page, to look up blocks in.
pub(super) struct Reading {
    /// Whole lines and runs of words, by their hash.
    known: HashSet<u64>,
}

impl Reading {
    pub(super) fn of(text: &str) -> Self {
        let mut known: HashSet<u64> =
            text.split('\n').map(words).filter(|words| !words.is_empty()).map(|words| line(&words)).collect();
        known.extend(words(text).windows(RUN).map(run));
        Self { known }
    }

    /// Whether it holds a block, of which the words are given, as a line of its own or as a part of a longer one.
    pub(super) fn holds(&self, words: &[u64]) -> bool {
        let found = words.windows(RUN).filter(|words| self.known.contains(&run(words))).count();
        self.known.contains(&line(words)) || words.len() >= RUN && found * 100 > (words.len() - RUN + 1) * ENOUGH
    }
}

/// The words of a text, lower case, by their hash; a character is a word where a script knows no spaces.
pub(super) fn words(text: &str) -> Vec<u64> {
    let mut words = Vec::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if word.chars().any(|c| c >= '\u{2E80}') {
            words.extend(word.chars().map(|c| hash(&c)));
        } else {
            words.push(hash(&word.to_lowercase()));
        }
    }
    words
}

fn run(words: &[u64]) -> u64 {
    hash(&words)
}

/// Told apart from a run of the same words.
fn line(words: &[u64]) -> u64 {
    hash(&(words, "line"))
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(reading: &str, block: &str, expected: bool) {
        assert_eq!(Reading::of(reading).holds(&words(block)), expected, "{block}");
    }

    #[test]
    fn a_reading_holds_its_lines_and_parts_of_them() {
        let reading = "Snake plant\n\nIt grows where others die, even in the dark of a hall.";
        check(reading, "Snake Plant", true);
        check(reading, "even in the dark of a hall", true);
        check(reading, "It grows where others die — even in the dark of a hall!", true);
    }

    #[test]
    fn a_reading_holds_no_words_that_stand_apart_in_it() {
        let reading = "Snake plant\n\nIt grows where others die, even in the dark of a hall.";
        check(reading, "plant", false);
        check(reading, "others", false);
        check(reading, "A hall of the dark where it grows", false);
    }

    #[test]
    fn a_text_without_spaces_is_compared_by_characters() {
        check("銀行週五通知員工，即日起不得使用該模型。", "即日起不得使用該模型", true);
        check("銀行週五通知員工，即日起不得使用該模型。", "即日起可以隨意使用任何工具", false);
    }
}
