//! Mistakes in files that people edit, each with file, line and advice.

use std::fmt;

/// One mistake. Prints as `feeds.toml:12: "example" has no url; add one or remove the entry`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mistake {
    /// The file as the editor knows it, relative to the publication's folder.
    pub file: String,
    /// From 1; 0 where the file as a whole is meant.
    pub line: usize,
    /// What is wrong, and after a semicolon what to do.
    pub message: String,
}

impl Mistake {
    /// A mistake on a line (from 1; 0 for the whole file).
    pub fn new(file: impl Into<String>, line: usize, message: impl Into<String>) -> Self {
        Self { file: file.into(), line, message: message.into() }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.file, self.message),
            line => write!(f, "{}:{line}: {}", self.file, self.message),
        }
    }
}

/// The line, from 1, on which a byte offset of a text lies.
pub fn line_of(text: &str, offset: usize) -> usize {
    text.as_bytes()[..offset.min(text.len())].iter().filter(|byte| **byte == b'\n').count() + 1
}
