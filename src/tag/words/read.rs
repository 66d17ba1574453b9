//! Reads `taxonomy/words/*.toml`: phrases by language, and what holds in all (`common.toml`).

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::find::{Builder, Phrases};
use super::{Class, Cue, Frame, Referent, inflect};
use crate::model::event::{Action, Audience, Instrument, Status};
use crate::model::explained::Entry;
use crate::model::mistake::{Mistake, line_of};
use crate::tag::normal::Folder;

/// What an authority does, and what follows from it.
#[derive(Clone, Debug)]
pub struct Office {
    /// "data-protection".
    pub role: String,
    /// Words in the English name of an authority that show its office.
    pub name: Vec<String>,
    /// The ground that its acts rest on unless another is stated.
    pub ground: Instrument,
    /// Whose access its acts concern unless stated.
    pub audience: Audience,
}

/// Somebody who stands for an organisation.
#[derive(Clone, Debug)]
pub struct Person {
    /// Full names, in any script.
    pub names: Vec<String>,
    /// Family names: count once the full name or the organisation has been named.
    pub short: Vec<String>,
    /// Id of the bank, vendor, authority or company.
    pub speaks_for: String,
}

/// A newsroom that others cite.
#[derive(Clone, Debug)]
pub struct Outlet {
    /// Lower-kebab key.
    pub key: String,
    /// As pages name it.
    pub name: String,
    /// As others write it, in any language, folded.
    pub folded: Vec<String>,
}

/// The lexicon, checked.
pub struct Words {
    /// By language: `en`, `zh`, `ja`, `ko`, `de`, `fr`, `es`, `it`.
    pub languages: BTreeMap<String, Phrases>,
    /// What authorities do.
    pub offices: Vec<Office>,
    /// Who speaks for whom.
    pub persons: Vec<Person>,
    /// Newsrooms.
    pub outlets: Vec<Outlet>,
    /// Ids of vendors and products that are chips.
    pub chips: Vec<String>,
    /// Ids of vendors that keep shops for others' products.
    pub shops: Vec<String>,
    /// Ids of products that serve the models of others.
    pub hosts: Vec<String>,
}

impl Words {
    /// The phrases that a language is read with, and whose they are: English for languages that we have none of.
    pub fn of(&self, lang: &str) -> Option<(&str, &Phrases)> {
        let main = lang.split('-').next().unwrap_or(lang);
        let found = self.languages.get_key_value(main).or_else(|| self.languages.get_key_value("en"));
        found.map(|(lang, phrases)| (lang.as_str(), phrases))
    }
}

/// The lexicon of some files; or every mistake in them.
pub fn read(files: &[(String, String)], folder: &Folder) -> Result<Words, Vec<Mistake>> {
    let mut words = Words {
        languages: BTreeMap::new(),
        offices: Vec::new(),
        persons: Vec::new(),
        outlets: Vec::new(),
        chips: Vec::new(),
        shops: Vec::new(),
        hosts: Vec::new(),
    };
    let mut mistakes = Vec::new();
    let mut common = Vec::new();
    let mut by_language: BTreeMap<String, Vec<(Class, Entry)>> = BTreeMap::new();
    for (path, text) in files {
        let mut file = File { path, text, mistakes: &mut mistakes };
        let Some(table) = file.table() else { continue };
        match table.get("lang").and_then(Value::as_str) {
            Some(lang) => by_language.entry(lang.to_string()).or_default().extend(file.phrases(&table)),
            None => {
                file.common(&table, (&mut words, folder));
                common.extend(file.phrases(&table));
            }
        }
    }
    for (lang, phrases) in by_language {
        let mut builder = Builder::new(folder);
        for (class, entry) in common.iter().chain(&phrases) {
            add(&mut builder, class, entry);
        }
        words.languages.insert(lang, builder.build());
    }
    if mistakes.is_empty() { Ok(words) } else { Err(mistakes) }
}

/// Adds a phrase; `(a|b)` stands for either, `(a|b)?` for either or neither, a verb in braces for all its forms.
fn add(builder: &mut Builder<'_>, class: &Class, entry: &Entry) {
    let written = builder.write(entry.clone());
    for one in either(&entry.term) {
        add_one(builder, class, &one, written);
    }
}

/// The phrases that one with alternatives stands for.
fn either(phrase: &str) -> Vec<String> {
    let Some((open, close)) = phrase.find('(').and_then(|open| Some((open, open + phrase[open..].find(')')?))) else {
        return vec![phrase.to_string()];
    };
    let (head, tail) = (&phrase[..open], &phrase[close + 1..]);
    let (neither, tail) = tail.strip_prefix('?').map_or((None, tail), |tail| (Some(""), tail));
    let tails = either(tail);
    let alternatives = phrase[open + 1..close].split('|').chain(neither);
    alternatives.flat_map(|one| tails.iter().map(move |tail| format!("{head}{one}{tail}"))).collect()
}

fn add_one(builder: &mut Builder<'_>, class: &Class, phrase: &str, entry: usize) {
    let braces = phrase.find('{').and_then(|open| Some((open, phrase.find('}')?)));
    let Some((open, close)) = braces.filter(|(open, close)| open < close) else {
        return builder.add(class.clone(), phrase, entry);
    };
    let forms = inflect::forms(&phrase[open + 1..close]);
    let filled = |form: &str| format!("{}{form}{}", &phrase[..open], &phrase[close + 1..]);
    for form in &forms.finite {
        builder.add(class.clone(), &filled(form), entry);
    }
    let participle = match class {
        Class::Act(action, Frame::Does) => Class::Act(*action, Frame::Done),
        other => other.clone(),
    };
    builder.add(participle, &filled(&forms.participle), entry);
}

/// One file under reading.
struct File<'a> {
    path: &'a str,
    text: &'a str,
    mistakes: &'a mut Vec<Mistake>,
}

impl File<'_> {
    fn table(&mut self) -> Option<Table> {
        match self.text.parse::<Table>() {
            Ok(table) => Some(table),
            Err(error) => {
                let line = error.span().map_or(0, |span| line_of(self.text, span.start));
                let message = format!("is no TOML: {}; mend the line", error.message());
                self.mistakes.push(Mistake::new(self.path, line, message));
                None
            }
        }
    }

    fn wrong(&mut self, about: &str, message: String) {
        let line = self.text.find(about).map_or(0, |at| line_of(self.text, at));
        self.mistakes.push(Mistake::new(self.path, line, message));
    }

    /// Every phrase of a file with its class.
    fn phrases(&mut self, table: &Table) -> Vec<(Class, Entry)> {
        let mut found = Vec::new();
        for (section, value) in table {
            let Some(inner) = value.as_table() else { continue };
            for (key, value) in inner {
                match class(section, key) {
                    Some(class) => {
                        let (file, place) = (self.path.to_string(), format!("{section}.{key}"));
                        let entry = |term| Entry { file: file.clone(), key: place.clone(), term };
                        found.extend(self.strings(key, value).into_iter().map(|term| (class.clone(), entry(term))));
                    }
                    None => self.wrong(key, format!("\"{key}\" in [{section}] is unknown; see taxonomy/words/README.md")),
                }
            }
        }
        found
    }

    fn strings(&mut self, key: &str, value: &Value) -> Vec<String> {
        let texts: Option<Vec<String>> =
            value.as_array().and_then(|all| all.iter().map(|one| one.as_str().map(ToString::to_string)).collect());
        texts.unwrap_or_else(|| {
            self.wrong(key, format!("\"{key}\" is no list of phrases; write [\"…\", \"…\"]"));
            Vec::new()
        })
    }

    fn common(&mut self, table: &Table, (words, folder): (&mut Words, &Folder)) {
        words.chips.extend(table.get("chips").map(|value| self.strings("chips", value)).unwrap_or_default());
        words.shops.extend(table.get("shops").map(|value| self.strings("shops", value)).unwrap_or_default());
        words.hosts.extend(table.get("hosts").map(|value| self.strings("hosts", value)).unwrap_or_default());
        for row in rows(table, "office") {
            let role = text(row, "role");
            let ground = Instrument::ALL.iter().find(|one| one.as_str() == text(row, "ground"));
            let audience = Audience::ALL.iter().find(|one| one.as_str() == text(row, "audience"));
            let (Some(ground), Some(audience)) = (ground, audience) else {
                self.wrong(&role, format!("office \"{role}\" has no ground or audience of the scheme; give both"));
                continue;
            };
            words.offices.push(Office { role, name: list(row, "name"), ground: *ground, audience: *audience });
        }
        for row in rows(table, "person") {
            let (names, short) = (list(row, "names"), list(row, "short"));
            words.persons.push(Person { names, short, speaks_for: text(row, "speaks_for") });
        }
        for row in rows(table, "outlet") {
            words.outlets.push(Outlet {
                key: text(row, "key"),
                name: text(row, "name"),
                folded: list(row, "names").iter().map(|name| folder.fold(name)).collect(),
            });
        }
    }
}

fn rows<'a>(table: &'a Table, key: &str) -> impl Iterator<Item = &'a Table> {
    table.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_table)
}

fn text(row: &Table, key: &str) -> String {
    row.get(key).and_then(Value::as_str).unwrap_or("").to_string()
}

fn list(row: &Table, key: &str) -> Vec<String> {
    let all = row.get(key).and_then(Value::as_array).into_iter().flatten();
    all.filter_map(|one| one.as_str().map(ToString::to_string)).collect()
}

/// What a key of a section stands for; `None` where there is no such key.
fn class(section: &str, key: &str) -> Option<Class> {
    fn named<T: Copy>(all: &[T], name: fn(T) -> &'static str, key: &str) -> Option<T> {
        all.iter().copied().find(|one| name(*one) == key)
    }
    if let Some(action) = named(Action::ALL, Action::as_str, section) {
        return frame(key).map(|frame| Class::Act(action, frame));
    }
    match section {
        "undo" => Some(Class::Undo),
        "status" => named(Status::ALL, Status::as_str, key).map(Class::Status),
        "audience" => named(Audience::ALL, Audience::as_str, key).map(Class::Audience),
        "ground" => named(Instrument::ALL, Instrument::as_str, key).map(Class::Ground),
        "office-words" => Some(Class::Office(key.to_string())),
        "refers" => referent(key).map(Class::Refers),
        "topic" => Some(Class::Topic(key.to_string())),
        "cue" => Cue::named(key).map(Class::Cue),
        _ => None,
    }
}

fn frame(key: &str) -> Option<Frame> {
    Some(match key {
        "does" => Frame::Does,
        "done" => Frame::Done,
        "goes" => Frame::Goes,
        "gets" => Frame::Gets,
        "noun" => Frame::Noun,
        _ => return None,
    })
}

fn referent(key: &str) -> Option<Referent> {
    Some(match key {
        "bank" => Referent::Bank,
        "vendor" => Referent::Vendor,
        "authority" => Referent::Authority,
        "company" => Referent::Company,
        "anyone" => Referent::Anyone,
        "both" => Referent::Both,
        "three" => Referent::Three,
        "product" => Referent::Product,
        "place" => Referent::Place,
        _ => return None,
    })
}
