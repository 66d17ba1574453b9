//! Sentences with the numbers that lead to their evidence, and the evidence.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::insight::{Cited, Fact, Insight, Paragraph};
use crate::publish::site::desk::Desk;
use crate::publish::site::outside;
use crate::publish::site::words::Words;

/// Quotations shown for one sentence; more are counted.
const QUOTES_OF_A_SENTENCE: usize = 3;

/// Entries named for one sentence; a count over the whole record rests on hundreds.
const ENTRIES_OF_A_SENTENCE: usize = 8;

/// A paragraph with its evidence.
#[derive(Serialize)]
pub struct Para {
    pub sentences: Vec<Shown>,
    pub evidence: Vec<Proof>,
    /// "Evidence for 3 sentences · 1 view".
    pub summary: String,
}

/// A sentence: a fact with its number, or a view.
#[derive(Serialize)]
pub struct Shown {
    pub text: String,
    pub view: bool,
    /// From 1, through the page; `None` for a view.
    pub n: Option<usize>,
}

/// What a sentence stands on.
#[derive(Serialize)]
pub struct Proof {
    pub n: usize,
    /// What the facts say, as clauses.
    pub values: Vec<String>,
    /// "Ledger, entries 355 and 412".
    pub ledger: Option<String>,
    /// Empty where they are those of a sentence before.
    pub quotes: Vec<Quote>,
    /// "2 more".
    pub more: Option<String>,
    /// The sentence before that stands on the very same words, and what says so.
    pub same: Option<(usize, String)>,
}

/// Words of an outlet.
#[derive(Serialize)]
pub struct Quote {
    pub text: String,
    pub lang: String,
    /// Rewritten for the sample edition: no quotation.
    pub sample: bool,
    /// The outlet, or "sample text after" it.
    pub by: String,
    pub date: String,
    pub href: Option<String>,
}

/// Gives the sentences of a page their numbers.
pub struct Numbers<'a> {
    facts: BTreeMap<&'a str, &'a Fact>,
    words: &'a Words,
    sample: bool,
    last: usize,
    /// What earlier sentences stand on, with the number of the first.
    shown: Vec<(Vec<&'a Cited>, usize)>,
}

impl<'a> Numbers<'a> {
    /// From 1.
    pub fn new(desk: &Desk<'a>, insight: &'a Insight, words: &'a Words) -> Self {
        let facts = insight.facts.iter().map(|fact| (fact.id.as_str(), fact)).collect();
        Self { facts, words, sample: desk.material.site.sample, last: 0, shown: Vec::new() }
    }

    /// The next paragraph.
    pub fn paragraph(&mut self, paragraph: &Paragraph) -> Para {
        let mut sentences = Vec::new();
        let mut evidence = Vec::new();
        for sentence in &paragraph.sentences {
            let facts: Vec<&'a Fact> = sentence.facts.iter().filter_map(|id| self.facts.get(id.as_str()).copied()).collect();
            let numbered = !sentence.view && !facts.is_empty();
            if numbered {
                self.last += 1;
                evidence.push(self.proof(&facts));
            }
            let text = outside::line(&sentence.text);
            sentences.push(Shown { text, view: sentence.view, n: numbered.then_some(self.last) });
        }
        let summary = self.summary(&sentences, evidence.len());
        Para { sentences, evidence, summary }
    }

    fn summary(&self, sentences: &[Shown], proven: usize) -> String {
        let views = sentences.iter().filter(|sentence| sentence.view).count();
        let mut text = self.words.say("evidence_for", &[("counts", &self.words.count("sentences", proven))]);
        if views > 0 {
            text = format!("{text} · {}", self.words.count("views", views));
        }
        text
    }

    fn proof(&mut self, facts: &[&'a Fact]) -> Proof {
        let mut entries: Vec<u64> = facts.iter().flat_map(|fact| fact.entries.iter().copied()).collect();
        entries.sort_unstable();
        entries.dedup();
        let mut cited: Vec<&'a Cited> = Vec::new();
        for source in facts.iter().flat_map(|fact| &fact.sources) {
            let same = |other: &&Cited| other.article == source.article && other.evidence.quote == source.evidence.quote;
            if !cited.iter().any(same) {
                cited.push(source);
            }
        }
        let same = self.as_before(&cited);
        if same.is_some() {
            cited.clear();
        }
        let more = cited.len().saturating_sub(QUOTES_OF_A_SENTENCE);
        let mut values: Vec<String> = facts.iter().map(|fact| outside::sentence(&fact.value)).collect();
        values.retain(|value| !value.is_empty());
        values.dedup();
        Proof {
            n: self.last,
            values,
            ledger: self.ledger(&entries),
            quotes: cited.iter().take(QUOTES_OF_A_SENTENCE).map(|source| self.quote(source)).collect(),
            more: (more > 0).then(|| self.words.count("more", more)),
            same: same.map(|n| (n, self.words.say("as_before", &[("n", &n.to_string())]))),
        }
    }

    /// The first sentence that stands on the same words, if it is not this one: most sentences of a report stand on what its
    /// first stands on, and a page that repeats them is longer and says no more.
    fn as_before(&mut self, cited: &[&'a Cited]) -> Option<usize> {
        if cited.is_empty() {
            return None;
        }
        let same = |one: &Cited, other: &Cited| one.article == other.article && one.evidence.quote == other.evidence.quote;
        let equal = |other: &[&Cited]| other.len() == cited.len() && other.iter().zip(cited).all(|(one, other)| same(one, other));
        let before = self.shown.iter().find(|(other, _)| equal(other)).map(|(_, n)| *n);
        if before.is_none() {
            self.shown.push((cited.to_vec(), self.last));
        }
        before
    }

    fn ledger(&self, entries: &[u64]) -> Option<String> {
        let mut names: Vec<String> = entries.iter().take(ENTRIES_OF_A_SENTENCE).map(u64::to_string).collect();
        if entries.len() > names.len() {
            names.push(self.words.count("more", entries.len() - names.len()));
        }
        let key = if names.len() == 1 { "ledger_entry" } else { "ledger_entries" };
        (!names.is_empty()).then(|| self.words.say(key, &[("list", &self.words.list(&names))]))
    }

    fn quote(&self, cited: &Cited) -> Quote {
        let outlet = outside::headline(&cited.outlet);
        let by = if self.sample { self.words.say("sample_after", &[("outlet", &outlet)]) } else { outlet };
        Quote {
            text: outside::excerpt(&cited.evidence.quote),
            lang: cited.lang.clone(),
            sample: self.sample,
            by,
            date: self.words.date(cited.date),
            href: cited.url.as_deref().and_then(outside::link),
        }
    }
}
