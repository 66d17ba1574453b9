//! Finds the phrases of one language in a folded text.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};

use super::{Class, Cue};
use crate::model::explained::Entry;
use crate::tag::normal::{Folder, is_hangul, is_unspaced};
use crate::tag::trie::Trie;

/// More marks than this in one field are not looked at: an article has a few hundred.
const MARKS: usize = 8_000;

/// Bytes that may lie between the two parts of a phrase such as "keeps .. out".
const GAP: usize = 80;

/// A phrase found in a text.
#[derive(Clone, Debug)]
pub struct Mark {
    /// First byte in the folded text.
    pub start: usize,
    /// End of its first part: what lies between the parts of "keeps .. out" is the object.
    pub head: usize,
    /// One past its last byte.
    pub end: usize,
    /// What it is a sign of.
    pub class: Class,
    /// Index of the entry, see [`Phrases::name`].
    pub entry: usize,
}

/// The phrases of one language.
pub struct Phrases {
    /// Those that begin where a word begins.
    trie: Trie,
    /// Those that may begin inside a word ("*verbot"), with the place of each among all patterns.
    inner: (AhoCorasick, Vec<usize>),
    /// By pattern: the uses of it.
    uses: Vec<Vec<Use>>,
    /// By pattern: whether a word must end with it in all its uses.
    whole: Vec<bool>,
    /// By what marks carry: the place in `written`.
    entries: Vec<usize>,
    written: Vec<Entry>,
}

#[derive(Clone, Debug)]
struct Use {
    class: Class,
    entry: usize,
    /// Must a word begin (end) where the pattern begins (ends)?
    left: bool,
    right: bool,
    /// `Some((pair, is_tail))` for one half of a phrase with a gap.
    half: Option<(usize, bool)>,
}

/// Collects phrases.
pub struct Builder<'a> {
    folder: &'a Folder,
    patterns: BTreeMap<String, Vec<Use>>,
    entries: Vec<usize>,
    written: Vec<Entry>,
    pairs: usize,
}

impl<'a> Builder<'a> {
    /// An empty lexicon.
    pub fn new(folder: &'a Folder) -> Self {
        Self { folder, patterns: BTreeMap::new(), entries: Vec::new(), written: Vec::new(), pairs: 0 }
    }

    /// Notes an entry of the files, to add phrases under.
    pub fn write(&mut self, entry: Entry) -> usize {
        self.written.push(entry);
        self.written.len() - 1
    }

    /// Adds a phrase under its entry. `*` at an end lets the word go on there; ` .. ` lets words stand between.
    pub fn add(&mut self, class: Class, phrase: &str, entry: usize) {
        self.entries.push(entry);
        let phrase = phrase.trim_end_matches(" ~");
        let entry = self.entries.len() - 1;
        match phrase.split_once(" .. ") {
            Some((head, tail)) => {
                self.pairs += 1;
                let pair = self.pairs;
                self.part(&class, head, entry, Some((pair, false)));
                self.part(&class, tail, entry, Some((pair, true)));
            }
            None => self.part(&class, phrase, entry, None),
        }
    }

    fn part(&mut self, class: &Class, phrase: &str, entry: usize, half: Option<(usize, bool)>) {
        let (left, right) = (!phrase.starts_with('*'), !phrase.ends_with('*'));
        let folded = self.folder.fold(phrase.trim_matches('*'));
        if folded.trim().is_empty() {
            return;
        }
        let class = class.clone();
        self.patterns.entry(folded).or_default().push(Use { class, entry, left, right, half });
    }

    /// The finished lexicon.
    pub fn build(self) -> Phrases {
        let (patterns, uses): (Vec<String>, Vec<Vec<Use>>) = self.patterns.into_iter().unzip();
        let is_inner = |place: &usize| uses[*place].iter().any(|one| !one.left);
        let inner: Vec<usize> = (0..patterns.len()).filter(is_inner).collect();
        let automaton = AhoCorasickBuilder::new()
            .match_kind(MatchKind::Standard)
            .build(inner.iter().map(|place| &patterns[*place]))
            .expect("a lexicon that people wrote is far below the automaton's four billion states");
        let whole = uses.iter().map(|uses| uses.iter().all(|one| one.right)).collect();
        Phrases {
            trie: Trie::new(&patterns),
            whole,
            inner: (automaton, inner),
            uses,
            entries: self.entries,
            written: self.written,
        }
    }
}

impl Phrases {
    /// An entry as it stands in the file.
    pub fn name(&self, entry: usize) -> &str {
        self.entry(entry).map_or("", |entry| &entry.term)
    }

    /// An entry and where it stands.
    pub fn entry(&self, entry: usize) -> Option<&Entry> {
        self.entries.get(entry).and_then(|at| self.written.get(*at))
    }

    /// Every phrase of a text, by start, longest first; of two signs of one kind, the longer hides the shorter inside it.
    /// `starts` are the bytes where words may begin.
    pub fn find(&self, text: &str, starts: &[u32]) -> Vec<Mark> {
        let mut hits = Hits { found: Vec::with_capacity(starts.len() / 3), halves: Vec::with_capacity(starts.len() / 8) };
        for start in starts.iter().map(|start| *start as usize) {
            for (pattern, end) in self.trie.at(text.as_bytes(), start) {
                // "in" of "increase": most patterns are whole words.
                if self.whole[pattern] && !ends(text, end) {
                    continue;
                }
                let uses = self.uses[pattern].iter().filter(|one| one.left);
                uses.for_each(|one| hits.take(one, text, (start, end)));
            }
            if hits.are_enough() {
                break;
            }
        }
        let (automaton, places) = &self.inner;
        for hit in automaton.find_overlapping_iter(text) {
            if hits.are_enough() {
                break;
            }
            let uses = self.uses[places[hit.pattern().as_usize()]].iter().filter(|one| !one.left);
            uses.for_each(|one| hits.take(one, text, (hit.start(), hit.end())));
        }
        let Hits { mut found, halves } = hits;
        found.extend(join(text, halves));
        found.sort_by(|a, b| (a.start, b.end, a.entry).cmp(&(b.start, a.end, b.entry)));
        hide(found)
    }
}

/// What is found of a text while it is looked through.
struct Hits<'a> {
    found: Vec<Mark>,
    halves: Vec<Half<'a>>,
}

/// One half of a phrase with a gap.
#[derive(Clone, Copy)]
struct Half<'a> {
    pair: usize,
    is_tail: bool,
    start: usize,
    end: usize,
    of: &'a Use,
}

impl<'a> Hits<'a> {
    fn take(&mut self, one: &'a Use, text: &str, (start, end): (usize, usize)) {
        if one.right && !ends(text, end) {
            return;
        }
        match one.half {
            Some((pair, is_tail)) => self.halves.push(Half { pair, is_tail, start, end, of: one }),
            None => self.found.push(Mark { start, head: end, end, class: one.class.clone(), entry: one.entry }),
        }
    }

    fn are_enough(&self) -> bool {
        self.found.len() + self.halves.len() >= MARKS
    }
}

/// Joins the halves of phrases with a gap: each head with the nearest tail after it, within one sentence.
fn join(text: &str, mut halves: Vec<Half<'_>>) -> Vec<Mark> {
    // Of most pairs only one half is there.
    let mut tails: Vec<usize> = halves.iter().filter(|half| half.is_tail).map(|half| half.pair).collect();
    tails.sort_unstable();
    tails.dedup();
    halves.retain(|half| half.is_tail || tails.binary_search(&half.pair).is_ok());
    halves.sort_by_key(|half| (half.start, half.is_tail, half.pair));
    // The last head of each pair that has a tail.
    let mut heads: Vec<Option<Half<'_>>> = vec![None; tails.len()];
    let mut joined = Vec::new();
    for half in halves {
        let Ok(place) = tails.binary_search(&half.pair) else { continue };
        if !half.is_tail {
            heads[place] = Some(half);
        } else if let Some(head) = heads[place] {
            let near = half.start >= head.end && half.start - head.end <= GAP;
            // "cut-off" is no verb with its particle.
            let between = &text[head.end..half.start.max(head.end)];
            // The full stop of "GPT-5.5" ends no sentence.
            let ends =
                between.contains(['。', ';', '；', ':', '\n', '!', '?']) || between.contains(". ") || between.ends_with('.');
            if near && between != "-" && !ends {
                let (class, entry) = (head.of.class.clone(), head.of.entry);
                joined.push(Mark { start: head.start, head: head.end, end: half.end, class, entry });
                heads[place] = None;
            }
        }
    }
    joined
}

/// Drops marks inside a longer mark of the same kind, and everything inside an `Ignore`.
fn hide(sorted: Vec<Mark>) -> Vec<Mark> {
    let mut reach: [usize; 8] = [0; 8];
    let mut ignored = 0;
    let mut kept: Vec<Mark> = Vec::with_capacity(sorted.len());
    for mark in sorted {
        if mark.class == Class::Cue(Cue::Ignore) {
            ignored = ignored.max(mark.end);
            // A longer phrase that begins in it is none of its business: 经济 hides nothing of 经济部.
            kept.retain(|other| other.end <= mark.start || other.start < mark.start || other.end > mark.end);
            continue;
        }
        let group = group(&mark.class);
        // A phrase with a gap hides only what its two parts cover.
        let hidden = mark.end <= reach[group] && kept.iter().rev().take(12).any(|other| covers(other, &mark, group));
        if mark.end <= ignored || hidden {
            continue;
        }
        reach[group] = reach[group].max(mark.end);
        kept.push(mark);
    }
    kept
}

fn covers(longer: &Mark, shorter: &Mark, own: usize) -> bool {
    let same = group(&longer.class) == own && (longer.start, longer.end) != (shorter.start, shorter.end);
    let in_head = shorter.start >= longer.start && shorter.end <= longer.head;
    let in_tail = shorter.start > longer.head && shorter.end == longer.end;
    same && (in_head || in_tail)
}

/// Signs of one group compete for the same words.
fn group(class: &Class) -> usize {
    match class {
        Class::Act(..) | Class::Undo => 0,
        Class::Cue(Cue::Remains | Cue::LeftOut | Cue::Unreal | Cue::Dispute | Cue::NoComment) => 0,
        Class::Status(_) => 1,
        Class::Audience(_) => 2,
        Class::Ground(_) => 3,
        Class::Office(_) => 4,
        Class::Refers(_) => 5,
        Class::Cue(Cue::Tech | Cue::Chip | Cue::Home) => 6,
        Class::Topic(_) | Class::Cue(_) => 7,
    }
}

/// Whether a word may begin at a byte: true where the script sets no spaces.
pub fn begins(text: &str, at: usize) -> bool {
    let Some(first) = text[at..].chars().next() else { return false };
    let before = text[..at].chars().next_back();
    is_unspaced(first) || !first.is_alphanumeric() || before.is_none_or(|before| !joins(before, first))
}

/// The bytes at which a word may begin, in order.
pub fn starts(text: &str) -> Vec<u32> {
    let mut found = Vec::with_capacity(text.len() / 3);
    let mut before: Option<char> = None;
    for (at, first) in text.char_indices() {
        if is_unspaced(first) || !first.is_alphanumeric() || before.is_none_or(|before| !joins(before, first)) {
            // No more than some hundred kilobytes are examined.
            found.push(u32::try_from(at).unwrap_or(u32::MAX));
        }
        before = Some(first);
    }
    found
}

/// Whether a word may end at a byte; Korean endings may follow a Hangul word, and `'s` any.
pub fn ends(text: &str, at: usize) -> bool {
    let Some(last) = text[..at].chars().next_back() else { return false };
    let after = text[at..].chars().next();
    is_unspaced(last) || !last.is_alphanumeric() || is_hangul(last) || after.is_none_or(|after| !joins(after, last))
}

/// Whether two neighbouring characters belong to one word.
fn joins(other: char, own: char) -> bool {
    !is_unspaced(other) && other.is_alphanumeric() && is_hangul(other) == is_hangul(own)
}
