//! Which wording speaks: by the story's id and by what its neighbours used. Nothing is random.

use sha2::{Digest, Sha256};

use super::wording::Wording;

/// The first view or law, from a place that the story's id gives, that no neighbour used. `None` when all are used up.
pub fn fresh<'a>(wordings: &'a [Wording], seed: &str, used: &[String]) -> Option<&'a Wording> {
    from(wordings, seed).find(|wording| !used.contains(&wording.key))
}

/// All wordings of a fact sentence, the one that was used longest ago first; of equals, from a place that the id gives.
pub fn rested<'a>(wordings: &'a [Wording], seed: &str, used: &[String]) -> Vec<&'a Wording> {
    let mut all: Vec<&Wording> = from(wordings, seed).collect();
    // `used` is newest first: a greater position is a longer rest.
    all.sort_by_key(|wording| std::cmp::Reverse(used.iter().position(|key| *key == wording.key).unwrap_or(usize::MAX)));
    all
}

fn from<'a>(wordings: &'a [Wording], seed: &str) -> impl Iterator<Item = &'a Wording> {
    let start = if wordings.is_empty() { 0 } else { place(seed, wordings.len()) };
    wordings[start..].iter().chain(&wordings[..start])
}

fn place(seed: &str, number: usize) -> usize {
    let hash = Sha256::digest(seed.as_bytes());
    let first = hash.iter().take(4).fold(0_usize, |sum, byte| (sum << 8) | usize::from(*byte));
    first % number
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wordings(keys: &[&str]) -> Vec<Wording> {
        keys.iter().map(|key| Wording::new((*key).to_string(), key).unwrap()).collect()
    }

    #[test]
    fn a_used_up_slot_is_left_out() {
        let views = wordings(&["a", "b"]);
        let used = vec!["b".to_string()];
        assert_eq!(fresh(&views, "any story", &used).map(|view| view.key.as_str()), Some("a"));
        assert!(fresh(&views, "any story", &["a".to_string(), "b".to_string()]).is_none());
    }

    #[test]
    fn a_fact_sentence_takes_the_wording_that_rested_longest() {
        let lines = wordings(&["a", "b", "c"]);
        let used = ["b", "c", "a"].map(str::to_string);
        let order: Vec<&str> = rested(&lines, "any story", &used).iter().map(|wording| wording.key.as_str()).collect();
        assert_eq!(order, ["a", "c", "b"]);
    }
}
