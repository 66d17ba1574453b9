//! Lines, hashes and their order.

use sha2::{Digest, Sha256};

use super::Broken;
use crate::model::ledger::Entry;

/// The head of a chain without entries.
pub(super) fn genesis() -> String {
    "0".repeat(64)
}

pub(super) fn line(entry: &Entry) -> String {
    serde_json::to_string(entry).expect("an entry has only string keys and no number that JSON lacks")
}

pub(super) fn hash(line: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let digest = Sha256::digest(line.as_bytes());
    digest.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|nibble| char::from(HEX[usize::from(nibble)])).collect()
}

/// Whether a line is the n-th and names the hash of the one before. Reads its beginning alone: the rest is under the hash.
pub(super) fn follows(line: &str, n: u64, prev: &str) -> Result<(), Broken> {
    let broken = |reason: &str| Err(Broken { n, reason: reason.to_string() });
    let Some(rest) = line.strip_prefix("{\"n\":") else { return broken("it does not begin with its number") };
    let Some(rest) = rest.strip_prefix(&n.to_string()).and_then(|rest| rest.strip_prefix(",\"prev\":\"")) else {
        return broken("its number is not the next one; an entry is missing, added or moved");
    };
    if rest.strip_prefix(prev).is_none_or(|rest| !rest.starts_with('"')) {
        return broken("it names another hash than that of the entry before, one of the two was changed");
    }
    Ok(())
}

pub(super) fn verify<'a>(lines: impl Iterator<Item = &'a str>, head: Option<&str>) -> Result<String, Broken> {
    let mut prev = genesis();
    let mut n = 0;
    let mut met = head.is_none_or(|head| head == prev);
    for line in lines {
        n += 1;
        follows(line, n, &prev)?;
        prev = hash(line);
        met |= head == Some(prev.as_str());
    }
    if met {
        return Ok(prev);
    }
    let reason =
        "no entry up to it has the hash that was kept; the record was rewritten, or it ends before that entry".to_string();
    Err(Broken { n, reason })
}
