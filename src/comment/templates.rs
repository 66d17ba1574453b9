//! Reads `templates/commentary/<language>/*.toml` and finds every mistake in them, with file and line.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::Spanned;

use super::check;
use super::family::Who;
use super::wording::Wording;
use crate::model::event::{AccessEvent, Action, Status};
use crate::model::insight::LawForm;
use crate::model::mistake::{Mistake, line_of};

/// The paragraphs of the commentary.
pub const SLOTS: [&str; 4] = ["actor", "capital", "pattern", "essence"];

/// Where fact sentences may stand.
pub const PLACES: [&str; 9] =
    ["headline", "summary", "report-1", "report-2", "report-3", "actor", "capital", "pattern", "essence"];

/// The checked wordings of one language.
#[derive(Debug, Default)]
pub struct Book {
    /// How facts are put in the list of evidence, by function.
    pub clauses: Vec<Line>,
    /// Fact sentences, in the order of the files.
    pub sentences: Vec<Line>,
    /// Views by table (family or pool) and slot.
    pub views: BTreeMap<(String, &'static str), Vec<Wording>>,
    /// Laws by table and form.
    pub laws: BTreeMap<(String, &'static str), Vec<Wording>>,
}

/// A fact sentence in its wordings.
#[derive(Debug)]
pub struct Line {
    /// `act.prohibit`; what stands before the dot is its topic, told once a page.
    pub name: String,
    /// One of `PLACES`; empty for a clause.
    pub slot: String,
    /// Facts whose holes its wordings fill.
    pub needs: Vec<String>,
    /// Facts that it stands on without a hole.
    pub rests: Vec<String>,
    /// Actions that it fits; empty: all.
    pub actions: Vec<Action>,
    /// Statuses that it fits; empty: all.
    pub statuses: Vec<Status>,
    /// Actors that it fits; empty: all.
    pub actors: Vec<Who>,
    /// Its wordings.
    pub wordings: Vec<Wording>,
}

impl Line {
    /// What it tells; told once a page.
    pub fn topic(&self) -> &str {
        self.name.split('.').next().unwrap_or(&self.name)
    }

    /// Whether it is meant for such an event.
    pub fn fits(&self, event: &AccessEvent, who: Who) -> bool {
        (self.actions.is_empty() || self.actions.contains(&event.action))
            && (self.statuses.is_empty() || self.statuses.contains(&event.status))
            && (self.actors.is_empty() || self.actors.contains(&who))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    fact: Vec<RawLine>,
    #[serde(default)]
    sentence: Vec<RawLine>,
    #[serde(default)]
    views: Vec<RawViews>,
    #[serde(default)]
    laws: Vec<RawLaws>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLine {
    name: Spanned<String>,
    #[serde(default)]
    slot: Option<Spanned<String>>,
    #[serde(default)]
    needs: Vec<Spanned<String>>,
    #[serde(default)]
    rests: Vec<Spanned<String>>,
    #[serde(default)]
    actions: Vec<Action>,
    #[serde(default)]
    statuses: Vec<Status>,
    #[serde(default)]
    actors: Vec<Spanned<String>>,
    wordings: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawViews {
    #[serde(rename = "for")]
    table: Spanned<String>,
    #[serde(default)]
    actor: Vec<Spanned<String>>,
    #[serde(default)]
    capital: Vec<Spanned<String>>,
    #[serde(default)]
    pattern: Vec<Spanned<String>>,
    #[serde(default)]
    essence: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLaws {
    #[serde(rename = "for")]
    table: Spanned<String>,
    #[serde(default)]
    comparison: Vec<Spanned<String>>,
    #[serde(default)]
    formula: Vec<Spanned<String>>,
    #[serde(default)]
    movement: Vec<Spanned<String>>,
}

/// The name of a form in templates and keys.
pub fn form(form: LawForm) -> &'static str {
    match form {
        LawForm::Comparison => "comparison",
        LawForm::Formula => "formula",
        LawForm::Movement => "movement",
    }
}

/// All languages' books, or every mistake in the files. Files that are no commentary are passed over.
pub fn read(templates: &[(String, String)]) -> Result<BTreeMap<String, Book>, Vec<Mistake>> {
    let mut books: BTreeMap<String, Book> = BTreeMap::new();
    let mut mistakes = Vec::new();
    for (path, text) in templates {
        let Some(lang) = language(path) else { continue };
        let mut reader =
            Reader { file: format!("templates/{}", path.trim_start_matches("templates/")), text, lang, mistakes: &mut mistakes };
        reader.read(books.entry(lang.to_string()).or_default());
    }
    for (lang, book) in &books {
        check::book(lang, book, &mut mistakes);
    }
    mistakes.sort();
    if mistakes.is_empty() { Ok(books) } else { Err(mistakes) }
}

/// The folder below `commentary/` of a TOML file.
fn language(path: &str) -> Option<&str> {
    let (_, inside) = path.split_once("commentary/")?;
    let (lang, file) = inside.split_once('/')?;
    file.ends_with(".toml").then_some(lang)
}

struct Reader<'a> {
    file: String,
    text: &'a str,
    lang: &'a str,
    mistakes: &'a mut Vec<Mistake>,
}

impl Reader<'_> {
    fn read(&mut self, book: &mut Book) {
        let file: File = match toml::from_str(self.text) {
            Ok(file) => file,
            Err(error) => {
                let line = error.span().map_or(0, |span| line_of(self.text, span.start));
                self.mistakes.push(Mistake::new(self.file.clone(), line, error.message().to_string()));
                return;
            }
        };
        let mut names: BTreeSet<String> = book.sentences.iter().map(|line| format!("{}/{}", line.slot, line.name)).collect();
        for raw in file.fact {
            let line = self.line(raw, "fact");
            book.clauses.push(line);
        }
        for raw in file.sentence {
            let at = raw.name.span().start;
            let line = self.line(raw, "sentence");
            if !names.insert(format!("{}/{}", line.slot, line.name)) {
                self.mistake(
                    at,
                    format!("\"{}\" stands twice in \"{}\"; give each sentence a name of its own", line.name, line.slot),
                );
            }
            book.sentences.push(line);
        }
        for raw in file.views {
            let at = raw.table.span().start;
            let table = raw.table.into_inner();
            if book.views.contains_key(&(table.clone(), SLOTS[0])) {
                self.mistake(at, format!("\"{table}\" has its views already; put these beside them"));
                continue;
            }
            for (slot, views) in SLOTS.into_iter().zip([raw.actor, raw.capital, raw.pattern, raw.essence]) {
                let views = self.own(&table, slot, views, check::VIEW_WORDS);
                book.views.entry((table.clone(), slot)).or_default().extend(views);
            }
        }
        for raw in file.laws {
            let at = raw.table.span().start;
            let table = raw.table.into_inner();
            if book.laws.contains_key(&(table.clone(), "comparison")) {
                self.mistake(at, format!("\"{table}\" has its laws already; put these beside them"));
                continue;
            }
            for (form, laws) in ["comparison", "formula", "movement"].into_iter().zip([raw.comparison, raw.formula, raw.movement])
            {
                let laws = self.own(&table, form, laws, check::LAW_WORDS);
                book.laws.entry((table.clone(), form)).or_default().extend(laws);
            }
        }
    }

    fn mistake(&mut self, offset: usize, message: impl Into<String>) {
        self.mistakes.push(Mistake::new(self.file.clone(), line_of(self.text, offset), message));
    }

    fn line(&mut self, raw: RawLine, kind: &str) -> Line {
        let at = raw.name.span().start;
        let name = raw.name.into_inner();
        let slot = raw.slot.map(Spanned::into_inner).unwrap_or_default();
        if kind == "sentence" && !PLACES.contains(&slot.as_str()) {
            self.mistake(at, format!("\"{slot}\" is no slot; use one of {}", PLACES.join(", ")));
        }
        let mut actors = Vec::new();
        for actor in raw.actors {
            match Who::ALL.iter().find(|(name, _)| name == actor.as_ref()) {
                Some((_, who)) => actors.push(*who),
                None => self.mistake(
                    actor.span().start,
                    format!(
                        "\"{}\" is no kind of actor; use bank, vendor, government, regulator, court, company or unknown",
                        actor.as_ref()
                    ),
                ),
            }
        }
        let place = if slot.is_empty() { kind.to_string() } else { slot.clone() };
        let mut line = Line {
            slot,
            needs: raw.needs.iter().map(|need| need.as_ref().clone()).collect(),
            rests: raw.rests.iter().map(|need| need.as_ref().clone()).collect(),
            actions: raw.actions,
            statuses: raw.statuses,
            actors,
            wordings: Vec::new(),
            name,
        };
        for (number, source) in raw.wordings.into_iter().enumerate() {
            let at = source.span().start;
            match Wording::new(format!("{place}/{}/{}", line.name, number + 1), source.as_ref()) {
                Ok(wording) => {
                    for message in check::wording(self.lang, &line, &wording) {
                        self.mistake(at, message);
                    }
                    line.wordings.push(wording);
                }
                Err(message) => self.mistake(at, message),
            }
        }
        for message in check::needs(&line) {
            self.mistake(at, message);
        }
        line
    }

    /// Views or laws: our authors' own words, without holes.
    fn own(&mut self, table: &str, slot: &str, sources: Vec<Spanned<String>>, limit: usize) -> Vec<Wording> {
        let mut wordings = Vec::new();
        for (number, source) in sources.into_iter().enumerate() {
            let at = source.span().start;
            match Wording::new(format!("{table}/{slot}/{}", number + 1), source.as_ref()) {
                Ok(wording) => {
                    for message in check::own(self.lang, &wording, limit) {
                        self.mistake(at, message);
                    }
                    wordings.push(wording);
                }
                Err(message) => self.mistake(at, message),
            }
        }
        wordings
    }
}
