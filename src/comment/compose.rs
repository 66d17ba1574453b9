//! Writes one page: fact sentences where their facts are known, views and laws by family, each sentence read back before it stands.

use std::collections::BTreeSet;

use tera::Tera;

use super::Brief;
use super::choose;
use super::facts::Found;
use super::family::{Row, Who};
use super::ground::{self, names::Names};
use super::render;
use super::say::Say;
use super::templates::{Book, Line, form};
use super::value::Value;
use super::wording::{Hole, Wording};
use crate::model::event::AccessEvent;
use crate::model::insight::{Fact, Law, LawForm, Paragraph, Sentence, Withheld};

/// Most words of a sentence, once its holes are filled.
const SENTENCE: usize = 40;

/// Most characters of a Chinese sentence.
const CHARACTERS: usize = 90;

/// A page in the making.
pub struct Page<'a> {
    /// What it is written from.
    pub brief: Brief<'a>,
    /// The language's wordings.
    pub book: &'a Book,
    /// The language's engine.
    pub tera: &'a Tera,
    /// Names and language.
    pub say: Say<'a>,
    /// For the read-back.
    pub names: &'a Names,
    /// What is known.
    pub facts: &'a [Found],
    /// The story's event.
    pub event: &'a AccessEvent,
    /// Who acts in it.
    pub who: Who,
    /// The family.
    pub row: &'static Row,
    /// Indices into `facts`, in order of first use: `f1` is the first.
    pub order: Vec<usize>,
    /// Sentences that failed the read-back.
    pub withheld: Vec<Withheld>,
    /// Topics that were told.
    pub told: BTreeSet<String>,
    /// Deeds that were told, so that none is told twice.
    pub deeds: Vec<AccessEvent>,
    /// Views and laws that were taken.
    pub taken: Vec<String>,
}

impl<'a> Page<'a> {
    /// The fact sentences of a place, in the order of the templates, at most `most`.
    pub fn sentences(&mut self, place: &str, most: usize) -> Vec<Sentence> {
        let (book, event, who) = (self.book, self.event, self.who);
        let mut sentences = Vec::new();
        for line in book.sentences.iter().filter(|line| line.slot == place && line.fits(event, who)) {
            if sentences.len() == most {
                break;
            }
            if !self.told.contains(line.topic())
                && let Some(sentence) = self.line(line)
            {
                self.told.insert(line.topic().to_string());
                sentences.push(sentence);
            }
        }
        sentences
    }

    fn line(&mut self, line: &Line) -> Option<Sentence> {
        let wanted = line.needs.iter().chain(&line.rests);
        let at: Option<Vec<usize>> = wanted.map(|name| self.facts.iter().position(|found| found.function == *name)).collect();
        let (at, all) = (at?, self.facts);
        let facts: Vec<&Found> = at.iter().map(|at| &all[*at]).collect();
        let seed = format!("{}/{}/{}", self.brief.story.id, line.slot, line.name);
        let is_new = |wording: &&Wording| !wording.holes().any(|hole| self.has_told(hole, &facts));
        let wordings: Vec<&Wording> = choose::rested(&line.wordings, &seed, self.brief.used).into_iter().filter(is_new).collect();
        for wording in wordings {
            let Some(text) = render::sentence(self.tera, wording, &facts, &self.say).filter(|text| self.is_short(text)) else {
                continue;
            };
            return match ground::check(&text, wording, &facts, &self.say, self.names) {
                Ok(()) => {
                    self.tell(wording, &facts);
                    Some(self.fact_sentence(text, wording, &at))
                }
                Err(reason) => {
                    self.withheld.push(Withheld { text, reason });
                    None
                }
            };
        }
        None
    }

    /// Whether a hole tells a deed that the page has told.
    fn has_told(&self, hole: &Hole, facts: &[&Found]) -> bool {
        matches!(value(hole, facts), Some(Value::Deed(event)) if self.deeds.contains(event))
    }

    fn tell(&mut self, wording: &Wording, facts: &[&Found]) {
        for hole in wording.holes() {
            if let Some(Value::Deed(event)) = value(hole, facts) {
                self.deeds.push((**event).clone());
            }
        }
    }

    fn is_short(&self, text: &str) -> bool {
        if self.say.is_chinese() { characters(text) <= CHARACTERS } else { words(text) <= SENTENCE }
    }

    fn fact_sentence(&mut self, text: String, wording: &Wording, at: &[usize]) -> Sentence {
        // Headlines drop the article before their subject.
        let text = match text.strip_prefix("The ") {
            Some(rest) if wording.key.starts_with("headline/") => render::capital(rest),
            _ => text,
        };
        let facts = at.iter().map(|at| self.id(*at)).collect();
        Sentence { text, view: false, facts, wording: wording.key.clone() }
    }

    fn id(&mut self, at: usize) -> String {
        let place = self.order.iter().position(|used| *used == at).unwrap_or_else(|| {
            self.order.push(at);
            self.order.len() - 1
        });
        format!("f{}", place + 1)
    }

    /// The next view of a slot that neither this page nor a neighbour used: the family's own before its pool's.
    pub fn view(&mut self, slot: &'static str) -> Option<Sentence> {
        let book = self.book;
        let wording = self.own(|table| book.views.get(&(table, slot)).map_or(&[][..], Vec::as_slice), slot)?;
        let text = render::capital(&wording.source);
        if self.names.find(&text).next().is_some() {
            self.withheld.push(Withheld { text, reason: "a view holds a name".to_string() });
            return None;
        }
        Some(Sentence { text, view: true, facts: Vec::new(), wording: wording.key.clone() })
    }

    /// How many views of a slot neither this page nor a neighbour used.
    pub fn left(&self, slot: &'static str) -> usize {
        let tables = [self.row.family, self.row.pool].map(|table| self.book.views.get(&(table.to_string(), slot)));
        let is_fresh = |wording: &&Wording| !self.brief.used.contains(&wording.key) && !self.taken.contains(&wording.key);
        tables.into_iter().flatten().flatten().filter(is_fresh).count()
    }

    /// A law of a form; `None` when its table is used up.
    pub fn law(&mut self, law_form: LawForm) -> Option<Law> {
        let book = self.book;
        let slot = form(law_form);
        let wording = self.own(|table| book.laws.get(&(table, slot)).map_or(&[][..], Vec::as_slice), slot)?;
        Some(Law { form: law_form, text: wording.source.clone(), wording: wording.key.clone() })
    }

    fn own(&mut self, wordings: impl Fn(String) -> &'a [Wording], slot: &str) -> Option<&'a Wording> {
        let seed = format!("{}/{slot}", self.brief.story.id);
        let used: Vec<String> = self.brief.used.iter().chain(&self.taken).cloned().collect();
        let tables = [self.row.family, self.row.pool];
        let wording = tables.into_iter().find_map(|table| choose::fresh(wordings(table.to_string()), &seed, &used))?;
        self.taken.push(wording.key.clone());
        Some(wording)
    }

    /// The facts in order of first use in the finished page, whose sentences get their numbers from it.
    pub fn listed(&self, told: Vec<&mut Sentence>) -> Vec<Fact> {
        let mut order: Vec<String> = Vec::new();
        for sentence in told {
            for id in &mut sentence.facts {
                let place = order.iter().position(|known| known == id).unwrap_or_else(|| {
                    order.push(id.clone());
                    order.len() - 1
                });
                *id = format!("f{}", place + 1);
            }
        }
        let found = order.iter().filter_map(|id| id.strip_prefix('f')?.parse::<usize>().ok()?.checked_sub(1));
        let found = found.filter_map(|first| self.order.get(first)).map(|at| &self.facts[*at]);
        found.enumerate().map(|(number, found)| self.fact(found, number + 1)).collect()
    }

    /// A fact as the list of evidence prints it.
    pub fn fact(&self, found: &Found, number: usize) -> Fact {
        let clauses = self.book.clauses.iter().filter(|line| line.topic() == found.function && line.fits(self.event, self.who));
        let said =
            clauses.flat_map(|line| &line.wordings).find_map(|wording| render::clause(self.tera, wording, &[found], &self.say));
        Fact {
            id: format!("f{number}"),
            function: found.function.replace('_', "-"),
            value: said.unwrap_or_else(|| found.function.replace('_', " ")),
            entries: found.entries.clone(),
            sources: found.sources.clone(),
        }
    }
}

fn value<'a>(hole: &Hole, facts: &[&'a Found]) -> Option<&'a Value> {
    facts.iter().find(|found| found.function == hole.fact)?.hole(&hole.name)
}

/// Words of a text.
pub fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

/// Characters of a text without spaces and marks.
pub fn characters(text: &str) -> usize {
    text.chars().filter(|character| character.is_alphanumeric()).count()
}

/// Words of paragraphs; Chinese counts characters.
pub fn length(paragraphs: &[Paragraph]) -> usize {
    let sentences = paragraphs.iter().flat_map(|paragraph| &paragraph.sentences);
    sentences.map(|sentence| if is_chinese(&sentence.text) { characters(&sentence.text) } else { words(&sentence.text) }).sum()
}

/// A sentence of ours with more Chinese letters than spaces.
fn is_chinese(text: &str) -> bool {
    let han = text.chars().filter(|character| ('\u{3400}'..='\u{9fff}').contains(character)).count();
    han > text.split(' ').count()
}
