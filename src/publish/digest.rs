//! What a file's bytes are made from, as one hash.

use serde::Serialize;
use sha2::{Digest, Sha256};

/// SHA-256 over parts, each with its length, and over this program's version: another version may make other bytes.
pub struct Inputs(Sha256);

impl Inputs {
    /// Of one file of the edition.
    pub fn of(path: &str) -> Self {
        Self(Sha256::new()).bytes(env!("CARGO_PKG_VERSION").as_bytes()).bytes(path.as_bytes())
    }

    /// With some more bytes.
    pub fn bytes(mut self, bytes: &[u8]) -> Self {
        self.0.update((bytes.len() as u64).to_be_bytes());
        self.0.update(bytes);
        self
    }

    /// With a value, by its JSON.
    pub fn value(self, value: &impl Serialize) -> Self {
        // The nouns have no map with keys other than text, the one thing that cannot be written as JSON.
        let json = serde_json::to_vec(value).expect("nouns are always valid JSON");
        self.bytes(&json)
    }

    /// The hash.
    pub fn hash(self) -> [u8; 32] {
        self.0.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_only_meet_elsewhere_give_another_hash() {
        let hash = |parts: [&str; 2]| Inputs::of("a").bytes(parts[0].as_bytes()).bytes(parts[1].as_bytes()).hash();
        assert_eq!(hash(["ab", "c"]), hash(["ab", "c"]));
        assert_ne!(hash(["ab", "c"]), hash(["a", "bc"]));
        assert_ne!(Inputs::of("a").hash(), Inputs::of("b").hash());
    }
}
