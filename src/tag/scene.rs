//! An article as sentences with everything that was recognised in them.

use super::names::{Name, Names};
use super::normal::Plain;
use super::words::{Class, Cue, Mark, Phrases};
use crate::model::event::{Evidence, Field};

/// No more sentences than this are read: what says who may use what stands early.
const SENTENCES: usize = 400;

/// Bytes after which a sentence is cut at the next space or comma, so that no text without full stops makes one sentence
/// of itself: the longest honest ones have six hundred.
const LONGEST: usize = 1_200;

/// Joining words that make lists of names as well.
const LISTING: &[&str] = &["and", "or", "und", "oder", "et", "ou", "y", "e", "o", "ed", "以及", "并"];

/// Letters before a full stop that do not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "inc", "corp", "co", "ltd", "st", "no", "vs", "gov", "sen", "rep", "jan", "feb", "aug", "sept",
    "oct", "nov", "dec", "ee", "uu", "art", "bzw", "prof", "abs", "nr", "sr", "sra", "dott", "etc", "cie", "gen", "approx",
];

/// A field with what was found in it.
pub struct View<'a> {
    /// Which it is.
    pub field: Field,
    /// The text as given.
    pub original: &'a str,
    /// Folded.
    pub plain: Plain,
    /// Names in order.
    pub names: Vec<Name>,
    /// Phrases in order.
    pub marks: Vec<Mark>,
}

impl View<'_> {
    /// Evidence for a range of the folded text.
    pub fn evidence(&self, start: usize, end: usize, rule: &str) -> Evidence {
        let (from, to) = self.plain.original(start, end);
        let quote = self.original.get(from..to).unwrap_or("").to_string();
        Evidence { field: self.field, start: from, end: to, quote, rule: rule.to_string() }
    }
}

/// A sentence: a slice of a view.
#[derive(Clone, Debug)]
pub struct Sentence<'a> {
    /// Index of its view.
    pub view: usize,
    /// First byte in the folded text.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The folded text of the whole field.
    pub text: &'a str,
    /// Its names.
    pub names: &'a [Name],
    /// Its phrases, those inside a name left out.
    pub marks: Vec<&'a Mark>,
    /// Where clauses end: bytes of commas, dashes and joining words that do not stand in a list of names.
    pub breaks: Vec<usize>,
}

impl<'a> Sentence<'a> {
    /// The text between two bytes; empty where the second lies before the first, as between things that overlap.
    pub fn between(&self, from: usize, to: usize) -> &'a str {
        self.text.get(from..to).unwrap_or("")
    }
}

/// The sentences of the views, title first.
pub fn sentences<'a>(views: &'a [View<'_>], unspaced: bool) -> Vec<Sentence<'a>> {
    let mut found = Vec::new();
    for (index, view) in views.iter().enumerate() {
        let (mut name, mut mark) = (0, 0);
        for (start, end) in split(&view.plain.text) {
            let first = view.names[name..].iter().take_while(|one| one.start < start).count() + name;
            let count = view.names[first..].iter().take_while(|one| one.start < end).count();
            name = first + count;
            mark += view.marks[mark..].iter().take_while(|one| one.start < start).count();
            let in_sentence = view.marks[mark..].iter().take_while(|one| one.start < end).filter(|one| one.end <= end);
            // A name that runs over a sentence's end belongs to neither side.
            let whole = view.names[first..name].iter().take_while(|one| one.end <= end).count();
            let names = &view.names[first..first + whole];
            let marks: Vec<&Mark> = in_sentence.filter(|mark| !inside(mark, names)).collect();
            let breaks = breaks(&view.plain.text, (start, end), &marks, (names, unspaced));
            found.push(Sentence { view: index, start, end, text: &view.plain.text, names, marks, breaks });
            if found.len() >= SENTENCES {
                return found;
            }
        }
    }
    found
}

fn inside(mark: &Mark, names: &[Name]) -> bool {
    // Of a phrase with a gap its first part: "Federal Reserve asked … to" reserves nothing.
    names.iter().any(|name| name.start <= mark.start && mark.head <= name.end)
}

/// Ranges of sentences.
fn split(text: &str) -> Vec<(usize, usize)> {
    let mut ranges = Vec::new();
    let mut start = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        let ends = match character {
            '\n' | '。' | '！' | '？' | '｡' => true,
            '!' | '?' => next.is_none_or(|next| next.is_whitespace() || next == '"' || !next.is_ascii()),
            '.' => next.is_none_or(|next| next.is_whitespace() || next == '"') && !is_abbreviation(&text[start..at]),
            _ => false,
        };
        if ends {
            push(text, start, at + character.len_utf8(), &mut ranges);
            start = at + character.len_utf8();
        }
    }
    push(text, start, text.len(), &mut ranges);
    ranges
}

fn push(text: &str, mut start: usize, end: usize, ranges: &mut Vec<(usize, usize)>) {
    while end - start > LONGEST {
        let from = super::names::floor(text, start + LONGEST - LONGEST / 4);
        let to = super::names::floor(text, start + LONGEST);
        let cut = text[from..to].find([' ', ',', '，', '、']).map_or(to, |at| from + at);
        ranges.push((start, cut));
        start = cut;
    }
    if text[start..end].chars().any(char::is_alphanumeric) {
        ranges.push((start, end));
    }
}

fn is_abbreviation(before: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    word.len() == 1 && word.is_ascii() && !word.starts_with(|c: char| c.is_ascii_digit()) || ABBREVIATIONS.contains(&word)
}

fn breaks(text: &str, (start, end): (usize, usize), marks: &[&Mark], (names, unspaced): (&[Name], bool)) -> Vec<usize> {
    let mut found: Vec<usize> = Vec::new();
    for (offset, character) in text[start..end].char_indices() {
        let at = start + offset;
        let before = text[..at].chars().next_back();
        let after = text[at + character.len_utf8()..].chars().next();
        let digits = before.is_some_and(|c| c.is_ascii_digit()) && after.is_some_and(|c| c.is_ascii_digit());
        let is_break = match character {
            ',' | ':' => !digits,
            ';' | '，' | '；' | '：' | '(' | ')' | '（' | '）' | '—' | '–' | '…' => true,
            '、' => unspaced,
            '-' => before == Some(' ') && after == Some(' '),
            // "與 Google 簽約": a space beside a Latin word borders nothing.
            ' ' => unspaced && [before, after].iter().all(|c| c.is_some_and(super::normal::is_unspaced)),
            _ => false,
        };
        if is_break && !(matches!(character, ',' | '、') && in_list(names, at, at + character.len_utf8())) {
            found.push(at);
        }
    }
    let joining = marks.iter().filter(|mark| mark.class == Class::Cue(Cue::Break));
    let lists = |mark: &Mark| LISTING.contains(&&text[mark.start..mark.end]) && in_list(names, mark.start, mark.end);
    found.extend(joining.filter(|mark| !lists(mark)).map(|mark| mark.start));
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether a comma or "and" stands between two names.
fn in_list(names: &[Name], start: usize, end: usize) -> bool {
    names.iter().any(|name| name.end <= start && start - name.end <= 3)
        && names.iter().any(|name| name.start >= end && name.start - end <= 12)
}

/// Fills views: folds, finds names and phrases.
pub fn view<'a>(field: Field, original: &'a str, plain: Plain, found: (&Names, &Phrases), lang: &str) -> View<'a> {
    let starts = super::words::starts(&plain.text);
    let names = found.0.find(&plain, &starts, original, lang);
    let marks = found.1.find(&plain.text, &starts);
    View { field, original, plain, names, marks }
}
