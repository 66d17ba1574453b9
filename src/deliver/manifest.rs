//! What was written last time: which files are ours, and what they were made from.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

/// Its file in the output folder.
pub(super) const NAME: &str = ".termwall-manifest.json";

/// The files that we wrote, by path.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub files: BTreeMap<String, Made>,
}

/// What a file was made from, and what came of it. A file that was only planned has no `inputs`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Made {
    /// Lower hex of the hash of its inputs.
    pub inputs: String,
    /// Bytes.
    pub size: u64,
}

impl Manifest {
    /// The manifest of a folder; `None` where it has none.
    pub fn read(folder: &Path) -> std::io::Result<Option<Self>> {
        match std::fs::read(folder.join(NAME)) {
            Ok(bytes) => Ok(Some(serde_json::from_slice(&bytes)?)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Its bytes.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("string keys and plain values");
        bytes.push(b'\n');
        bytes
    }
}
