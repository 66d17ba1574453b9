//! A table's values, each read as what it must be; whatever is wrong becomes a mistake with its line.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::model::mistake::Mistake;
use crate::model::words::nearest;

/// The mistakes found so far in one file.
pub struct Findings<'a> {
    text: &'a str,
    file: &'a str,
    /// Where each line but the first begins: counting anew for each mistake would take long in long files.
    breaks: Vec<usize>,
    found: Vec<Mistake>,
}

impl<'a> Findings<'a> {
    pub fn new(text: &'a str, file: &'a str) -> Self {
        let breaks = text.match_indices('\n').map(|(at, _)| at + 1).collect();
        Self { text, file, breaks, found: Vec::new() }
    }

    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The line, from 1, on which an offset lies.
    pub fn line(&self, offset: usize) -> usize {
        self.breaks.partition_point(|start| *start <= offset) + 1
    }

    pub fn add(&mut self, offset: usize, message: impl Into<String>) {
        self.found.push(Mistake::new(self.file, self.line(offset), message));
    }

    pub fn add_whole(&mut self, message: impl Into<String>) {
        self.found.push(Mistake::new(self.file, 0, message));
    }

    /// What was made of the file, unless something is wrong in it.
    pub fn finish<T>(mut self, made: T) -> Result<T, Vec<Mistake>> {
        if self.found.is_empty() {
            return Ok(made);
        }
        self.found.sort();
        self.found.dedup();
        Err(self.found)
    }
}

/// One table, with the name that its mistakes carry.
pub struct Fields<'f, 'a, 't> {
    who: String,
    start: usize,
    table: &'t DeTable<'t>,
    findings: &'f mut Findings<'a>,
}

impl<'f, 'a, 't> Fields<'f, 'a, 't> {
    /// `start` is the offset of the table's header, where a missing key is reported.
    pub fn new(who: &str, start: usize, table: &'t DeTable<'t>, findings: &'f mut Findings<'a>) -> Self {
        Self { who: who.to_string(), start, table, findings }
    }

    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Reports a key's value. `message` follows the name of the table.
    pub fn wrong(&mut self, key: &str, message: &str) {
        let offset = self.table.get(key).map_or(self.start, |value| value.span().start);
        self.findings.add(offset, format!("{} {message}", self.who));
    }

    /// Reports every key that is not among those known.
    pub fn only(&mut self, known: &[&str]) {
        for key in self.table.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            let name = key.get_ref().escape_debug();
            let advice = match nearest(key.get_ref(), known) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!("remove it; the keys are {}", known.join(", ")),
            };
            self.findings.add(key.span().start, format!("{} has an unknown key \"{name}\"; {advice}", self.who));
        }
    }

    /// The text under a key, made by `parse`, whose error says what is wrong and what to do. `None` where absent or wrong.
    pub fn parsed<T>(&mut self, key: &str, parse: impl Fn(&'t str) -> Result<T, String>) -> Option<T> {
        let value = self.table.get(key)?;
        let Some(text) = value.get_ref().as_str() else {
            let kind = value.get_ref().type_str();
            self.wrong(key, &format!("has a \"{key}\" that is of type {kind}; write it in quotes"));
            return None;
        };
        match parse(text) {
            Ok(value) => Some(value),
            Err(message) => {
                self.wrong(key, &format!("has a bad {key} \"{}\": {message}", text.escape_debug()));
                None
            }
        }
    }

    /// As `parsed`, for a key that must be there.
    pub fn needed<T>(&mut self, key: &str, parse: impl Fn(&'t str) -> Result<T, String>, advice: &str) -> Option<T> {
        if !self.has(key) {
            self.wrong(key, &format!("has no {key}; {advice}"));
        }
        self.parsed(key, parse)
    }

    /// `absent` where the key is absent or wrong.
    pub fn flag(&mut self, key: &str, absent: bool) -> bool {
        let Some(value) = self.table.get(key) else { return absent };
        value.get_ref().as_bool().unwrap_or_else(|| {
            self.wrong(key, &format!("has a \"{key}\" that is neither true nor false; write one of them without quotes"));
            absent
        })
    }

    /// A whole number from 1 to 10,000. `None` where absent or wrong.
    pub fn count(&mut self, key: &str) -> Option<usize> {
        let value = self.table.get(key)?;
        let number = value.get_ref().as_integer().and_then(|number| usize::from_str_radix(number.as_str(), number.radix()).ok());
        let fits = number.filter(|number| (1..=10_000).contains(number));
        if fits.is_none() {
            self.wrong(key, &format!("has a bad {key}; write a whole number from 1 to 10000"));
        }
        fits
    }

    /// A table within this one. A mistake where it is absent or no table.
    pub fn table<'g>(&'g mut self, key: &str, advice: &str) -> Option<Fields<'g, 'a, 't>> {
        match self.table.get(key).map(Spanned::get_ref) {
            Some(DeValue::Table(table)) => {
                let start = self.table.get(key).map_or(self.start, |value| value.span().start);
                Some(Fields { who: format!("\"{key}\" of {}", self.who), start, table, findings: self.findings })
            }
            Some(_) => {
                self.wrong(key, &format!("has a \"{key}\" that is no table; {advice}"));
                None
            }
            None => {
                self.wrong(key, &format!("is a page without \"{key}\"; {advice}"));
                None
            }
        }
    }
}
