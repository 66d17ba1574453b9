//! Writes the report, the commentary and the laws: a story and the ledger go in, sentences with their facts come out. Pure.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use sha2::{Digest, Sha256};
use tera::Tera;

use crate::model::insight::{Fact, Insight, LawForm, Paragraph, Sentence};
use crate::model::ledger::Ledger;
use crate::model::mistake::Mistake;
use crate::model::story::Story;
use crate::model::taxonomy::Taxonomy;

/// Typed values of facts.
mod value;

/// What is known of a story.
mod facts;

/// The table of families.
mod family;

/// Facts and holes that templates may use.
mod vocabulary;

/// One sentence with holes.
mod wording;

/// The files of `templates/commentary/`.
mod templates;

/// What is wrong with them.
mod check;

/// Which wording speaks.
mod choose;

/// Values in words.
mod say;

/// Wordings to sentences.
mod render;

/// Sentences read back.
mod ground;

/// One page.
mod compose;

#[cfg(test)]
mod tests;

use compose::{Page, length};
use facts::Scene;
use ground::names::Names;
use say::Say;
use templates::{Book, SLOTS};

/// Most fact sentences in a paragraph of the report.
const REPORT: usize = 4;

/// Most fact sentences before the view in a paragraph of the commentary.
const FACTS: usize = 2;

/// Words that a report and a commentary have at least, where there is enough to say, and at most; characters in Chinese.
const LENGTHS: [[(usize, usize); 2]; 2] = [[(120, 220), (160, 280)], [(200, 400), (280, 520)]];

/// Facts from which the lower bounds bind, even with one report.
const RICH: usize = 10;

/// The checked files of `templates/commentary/`.
pub struct Commentary {
    books: BTreeMap<String, (Book, Tera)>,
    /// One finder a language, made for the taxonomy that was last written with.
    names: Mutex<Vec<Finder>>,
}

/// Names of a taxonomy in a language.
struct Finder {
    taxonomy: Arc<Taxonomy>,
    lang: String,
    names: Arc<Names>,
}

/// What a story is written from.
#[derive(Clone, Copy)]
pub struct Brief<'a> {
    /// The story.
    pub story: &'a Story,
    /// The record as of the story's latest report.
    pub ledger: &'a Ledger,
    /// BCP 47 language to write in.
    pub lang: &'a str,
    /// Wordings that neighbouring stories used, newest first: views and laws are not repeated within 30 stories.
    pub used: &'a [String],
    /// What was published of it before, in this language: kept while its facts do not change.
    pub previous: Option<&'a Insight>,
}

impl Commentary {
    /// The commentary of some templates, each a path and its text; or every mistake in them. Paths without `commentary/` are
    /// passed over.
    pub fn new(templates: &[(String, String)]) -> Result<Self, Vec<Mistake>> {
        let mut books = BTreeMap::new();
        let mut mistakes = Vec::new();
        for (lang, book) in templates::read(templates)? {
            let mut tera = render::engine();
            let lines = book.clauses.iter().chain(&book.sentences).flat_map(|line| &line.wordings);
            let sources: Vec<(&str, &str)> = lines.map(|wording| (wording.key.as_str(), wording.source.as_str())).collect();
            if let Err(error) = tera.add_raw_templates(sources) {
                mistakes.push(Mistake::new(format!("templates/commentary/{lang}"), 0, error.to_string()));
            }
            books.insert(lang, (book, tera));
        }
        if mistakes.is_empty() { Ok(Self { books, names: Mutex::default() }) } else { Err(mistakes) }
    }

    /// Writes one Insight. `None` when the story has no event to write about, or the language no templates.
    pub fn write(&self, brief: Brief<'_>) -> Option<Insight> {
        let (book, tera) = self.books.get(brief.lang)?;
        let scene = Scene::of(brief)?;
        let found = facts::collect(brief);
        let names = self.names(&brief.ledger.taxonomy, brief.lang);
        let taxonomy = &brief.ledger.taxonomy;
        let mut page = Page {
            brief,
            book,
            tera,
            say: Say { lang: brief.lang, taxonomy },
            names: &names,
            facts: &found,
            event: scene.event,
            who: family::Who::of(scene.event, taxonomy),
            row: family::of(scene.event, taxonomy, facts::is_hosted(&scene)),
            order: Vec::new(),
            withheld: Vec::new(),
            told: BTreeSet::new(),
            deeds: Vec::new(),
            taken: Vec::new(),
        };
        if let Some(previous) = brief.previous.filter(|previous| is_same(&page, previous)) {
            return Some(previous.clone());
        }
        written(&mut page)
    }

    fn names(&self, taxonomy: &Arc<Taxonomy>, lang: &str) -> Arc<Names> {
        let Ok(mut made) = self.names.lock() else { return Arc::new(Names::new(taxonomy, lang)) };
        if let Some(known) = made.iter().find(|known| Arc::ptr_eq(&known.taxonomy, taxonomy) && known.lang == lang) {
            return known.names.clone();
        }
        let names = Arc::new(Names::new(taxonomy, lang));
        made.retain(|known| known.lang != lang);
        made.push(Finder { taxonomy: taxonomy.clone(), lang: lang.to_string(), names: names.clone() });
        names
    }
}

/// Whether everything that was written from is still so.
fn is_same(page: &Page<'_>, previous: &Insight) -> bool {
    let still = |fact: &Fact| {
        let found = page.facts.iter().find(|found| found.function.replace('_', "-") == fact.function);
        found.is_some_and(|found| Fact { id: fact.id.clone(), ..page.fact(found, 0) } == *fact)
    };
    previous.story == page.brief.story.id
        && previous.lang == page.brief.lang
        && !previous.facts.is_empty()
        && previous.facts.iter().all(still)
        && previous.facts_hash == hash(&previous.facts)
}

fn written(page: &mut Page<'_>) -> Option<Insight> {
    let mut headline = page.sentences("headline", 1).into_iter().next()?;
    let mut summary = page.sentences("summary", 2);
    page.told.clear();
    let mut report = paragraphs(["report-1", "report-2", "report-3"].map(|place| page.sentences(place, REPORT)));
    let is_rich = page.facts.len() >= RICH || page.brief.story.independent().count() > 1;
    let [for_report, for_commentary] = LENGTHS[usize::from(page.say.is_chinese())];
    let mut commentary = paragraphs(SLOTS.map(|slot| paragraph(page, slot)));
    if is_rich {
        fill(page, &mut commentary, for_commentary.0);
    }
    trim(&mut commentary, for_commentary.1);
    // The commentary comes first to the record's facts; a short report takes what it leaves.
    if is_rich {
        lengthen(page, &mut report, for_report.0);
    }
    trim(&mut report, for_report.1);
    let laws = [LawForm::Comparison, LawForm::Formula, LawForm::Movement].into_iter().filter_map(|form| page.law(form)).collect();
    let mut told: Vec<&mut Sentence> = vec![&mut headline];
    told.extend(summary.iter_mut());
    told.extend(report.iter_mut().chain(&mut commentary).flat_map(|paragraph| &mut paragraph.sentences));
    let facts = page.listed(told);
    Some(Insight {
        story: page.brief.story.id.clone(),
        lang: page.brief.lang.to_string(),
        family: page.row.family.to_string(),
        headline,
        summary,
        report,
        commentary,
        laws,
        facts_hash: hash(&facts),
        facts,
        withheld: std::mem::take(&mut page.withheld),
    })
}

fn paragraphs(slots: impl IntoIterator<Item = Vec<Sentence>>) -> Vec<Paragraph> {
    slots.into_iter().filter(|sentences| !sentences.is_empty()).map(|sentences| Paragraph { sentences }).collect()
}

/// Tells a fact more in each paragraph of a short report, then what the commentary would tell, as long as there are facts.
fn lengthen(page: &mut Page<'_>, report: &mut [Paragraph], enough: usize) {
    let more = [("report-1", 0), ("report-2", 1), ("report-3", 2), ("pattern", 0), ("actor", 0), ("capital", 2)];
    for (place, paragraph) in more {
        if length(report) >= enough {
            return;
        }
        if let Some(paragraph) = report.get_mut(paragraph) {
            paragraph.sentences.extend(page.sentences(place, 1));
        }
    }
}

/// Facts, then what our authors make of them. The essence is theirs alone, after at most one fact.
fn paragraph(page: &mut Page<'_>, slot: &'static str) -> Vec<Sentence> {
    let is_essence = slot == "essence";
    let mut sentences = page.sentences(slot, if is_essence { 1 } else { FACTS });
    // The essence speaks longest, but leaves something to say for the next story of the family.
    let views = match page.left(slot) {
        left if is_essence && left >= 6 => 3,
        left if left >= 3 && (is_essence || sentences.is_empty()) => 2,
        _ => 1,
    };
    sentences.extend((0..views).filter_map(|_| page.view(slot)));
    sentences
}

/// Adds views, a paragraph at a time, until enough is said; at most four sentences a paragraph.
fn fill(page: &mut Page<'_>, commentary: &mut [Paragraph], enough: usize) {
    for _ in 0..2 {
        for (slot, paragraph) in SLOTS.into_iter().zip(0..commentary.len()) {
            if length(commentary) >= enough {
                return;
            }
            if commentary[paragraph].sentences.len() < 4 {
                commentary[paragraph].sentences.extend(page.view(slot));
            }
        }
    }
}

/// Drops the last sentence of the longest paragraph until the bound holds.
fn trim(paragraphs: &mut [Paragraph], most: usize) {
    while length(paragraphs) > most {
        let Some(longest) = paragraphs.iter_mut().max_by_key(|paragraph| paragraph.sentences.len()) else { return };
        if longest.sentences.len() < 2 {
            return;
        }
        longest.sentences.pop();
    }
}

fn hash(facts: &[Fact]) -> String {
    let mut hasher = Sha256::new();
    for fact in facts {
        hasher.update(fact.function.as_bytes());
        hasher.update([0]);
        hasher.update(fact.value.as_bytes());
        hasher.update([0]);
        for entry in &fact.entries {
            hasher.update(entry.to_be_bytes());
        }
        for cited in &fact.sources {
            hasher.update(cited.article.as_bytes());
            hasher.update(cited.evidence.quote.as_bytes());
            hasher.update([0]);
        }
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
