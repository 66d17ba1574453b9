//! What a wording may be, checked before anything is written from it.

use std::collections::BTreeSet;

use super::family;
use super::ground::fixed;
use super::say::{verbs, zh};
use super::templates::{Book, Line, SLOTS};
use super::value::side;
use super::vocabulary;
use super::wording::Wording;
use crate::model::mistake::Mistake;

/// Most words of a sentence.
pub const VIEW_WORDS: usize = 40;

/// Most words of a law.
pub const LAW_WORDS: usize = 25;

/// Most characters, without spaces and marks, of a Chinese sentence: about as much as 40 English words say.
const VIEW_CHARACTERS: usize = 90;

/// Fewest laws of a form in a table: what a family can say before it must be silent.
const LAWS: usize = 12;

/// The same of a language that is not English, whose laws are fewer and sooner used up.
const OTHER_LAWS: usize = 3;

/// Facts that only English puts into words: the taxonomy says what a product is in English.
const ENGLISH: [&str; 1] = ["product"];

/// What is wrong with a fact sentence.
pub fn wording(lang: &str, line: &Line, wording: &Wording) -> Vec<String> {
    let mut wrong = own_words(lang, wording, VIEW_WORDS, true);
    for hole in wording.holes() {
        if !line.needs.contains(&hole.fact) {
            wrong.push(format!("\"{}\" is used but not in needs; add it", hole.fact));
        }
        let Some((filter, verb)) = &hole.filter else { continue };
        if filter == "possessive" {
            continue;
        }
        if hole.name != "status" {
            wrong.push(format!("\"{filter}\" bends a verb by a status, and \"{}\" is none; use event.status", hole.name));
        }
        match verb.as_deref().map(|base| (base, known(lang, base))) {
            None => wrong.push(format!("\"{filter}\" needs a verb; write {filter}(verb='bar')")),
            Some((base, None)) => wrong.push(format!("\"{base}\" is no verb of access; see templates/commentary/README.md")),
            Some((base, Some(verb)))
                if line.actions.is_empty() || line.actions.iter().any(|action| side(*action) != verb.side) =>
            {
                wrong.push(format!("\"{base}\" does not fit every action of \"{}\"; narrow its actions", line.name));
            }
            Some(_) => {}
        }
    }
    wrong
}

/// A verb of a language, by its English counterpart.
fn known(lang: &str, base: &str) -> Option<&'static verbs::Verb> {
    if !lang.starts_with("zh") {
        return verbs::verb(base);
    }
    zh::VERBS.iter().find(|(verb, _)| *verb == base).and_then(|(_, counterpart)| verbs::verb(counterpart))
}

/// What is wrong with the needs of a fact sentence.
pub fn needs(line: &Line) -> Vec<String> {
    let mut wrong = Vec::new();
    for fact in line.needs.iter().chain(&line.rests) {
        if vocabulary::holes(fact).is_none() {
            wrong.push(format!("\"{fact}\" is no fact; see the list in templates/commentary/README.md"));
        }
    }
    for fact in &line.needs {
        let is_used = |wording: &Wording| wording.holes().any(|hole| hole.fact == *fact);
        if !line.wordings.iter().any(is_used) {
            wrong.push(format!(
                "\"{fact}\" is needed by \"{}\" but used in none of its wordings; use it, or name it in rests",
                line.name
            ));
        }
    }
    if line.wordings.is_empty() {
        wrong.push(format!("\"{}\" has no wording; write one", line.name));
    }
    wrong
}

/// What is wrong with a view or a law.
pub fn own(lang: &str, wording: &Wording, limit: usize) -> Vec<String> {
    let mut wrong = own_words(lang, wording, limit, false);
    if wording.holes().next().is_some() {
        wrong.push("a view or a law holds no fact; remove its holes".to_string());
    }
    wrong
}

fn own_words(lang: &str, wording: &Wording, limit: usize, is_fact: bool) -> Vec<String> {
    let mut wrong = Vec::new();
    if lang.starts_with("zh") {
        let characters = wording.fixed().flat_map(str::chars).filter(|character| character.is_alphanumeric()).count();
        if characters > VIEW_CHARACTERS {
            wrong.push(format!("{characters} characters; say it in {VIEW_CHARACTERS}"));
        }
    } else if wording.words() > limit {
        wrong.push(format!("{} words; say it in {limit}", wording.words()));
    }
    let mut is_start = true;
    for piece in &wording.pieces {
        if let super::wording::Piece::Fixed(text) = piece {
            wrong.extend(
                fixed::wrong(lang, text, is_start, is_fact)
                    .map(|word| format!("\"{word}\" is a name, a number or a date in fixed text; take it from a fact")),
            );
        }
        is_start = false;
    }
    wrong
}

/// What a language lacks as a whole.
pub fn book(lang: &str, book: &Book, mistakes: &mut Vec<Mistake>) {
    let file = format!("templates/commentary/{lang}");
    let mut families = BTreeSet::new();
    for row in family::TABLE {
        if !families.insert(row.family) {
            continue;
        }
        for slot in SLOTS {
            let number = [row.family, row.pool].map(|table| book.views.get(&(table.to_string(), slot)).map_or(0, Vec::len));
            if number.iter().sum::<usize>() == 0 {
                mistakes.push(Mistake::new(
                    file.clone(),
                    0,
                    format!("family \"{}\" has no view for \"{slot}\"; write [[views]] for it", row.family),
                ));
            }
        }
        for form in ["comparison", "formula", "movement"] {
            let number = [row.family, row.pool].map(|table| book.laws.get(&(table.to_string(), form)).map_or(0, Vec::len));
            let least = if lang == "en" { LAWS } else { OTHER_LAWS };
            if number.iter().sum::<usize>() < least {
                mistakes.push(Mistake::new(
                    file.clone(),
                    0,
                    format!(
                        "family \"{}\" has fewer than {least} laws of the form \"{form}\"; write [[laws]] for it",
                        row.family
                    ),
                ));
            }
        }
    }
    let used: BTreeSet<&str> =
        book.sentences.iter().flat_map(|line| line.needs.iter().chain(&line.rests)).map(String::as_str).collect();
    for (fact, _) in vocabulary::FACTS.iter().filter(|(fact, _)| lang == "en" || !ENGLISH.contains(fact)) {
        if !used.contains(fact) {
            mistakes.push(Mistake::new(file.clone(), 0, format!("no sentence uses the fact \"{fact}\"; write one")));
        }
        if !book.clauses.iter().any(|line| line.name == *fact || line.topic() == *fact) {
            mistakes.push(Mistake::new(file.clone(), 0, format!("no [[fact]] puts \"{fact}\" into words; write one")));
        }
    }
    let tables: BTreeSet<&str> = family::TABLE.iter().flat_map(|row| [row.family, row.pool]).collect();
    for (table, _) in book.views.keys().chain(book.laws.keys()) {
        if !tables.contains(table.as_str()) {
            mistakes.push(Mistake::new(
                file.clone(),
                0,
                format!("\"{table}\" is no family; see the table in templates/commentary/README.md"),
            ));
        }
    }
}
