//! One wording: a sentence with typed holes, read from its Tera source so that it can be checked and read back.

use crate::comment::vocabulary;
use crate::model::words;

/// A part of a wording.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Our authors' own words.
    Fixed(String),
    /// A value of a fact.
    Hole(Hole),
}

/// `{{ event.status | has(verb='bar') }}`.
#[derive(Clone, Debug, PartialEq)]
pub struct Hole {
    /// The fact function: `event`.
    pub fact: String,
    /// What of it: `status`.
    pub name: String,
    /// The filter and its verb.
    pub filter: Option<(String, Option<String>)>,
}

/// A sentence as its author wrote it.
#[derive(Clone, Debug)]
pub struct Wording {
    /// Where it came from: `report-1/act.prohibit/2`.
    pub key: String,
    /// Its Tera source.
    pub source: String,
    /// The source, taken apart.
    pub pieces: Vec<Piece>,
}

impl Wording {
    /// Takes a source apart; says what is wrong with it otherwise.
    pub fn new(key: String, source: &str) -> Result<Self, String> {
        Ok(Self { key, source: source.to_string(), pieces: pieces(source)? })
    }

    /// Its holes, in order.
    pub fn holes(&self) -> impl Iterator<Item = &Hole> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Hole(hole) => Some(hole),
            Piece::Fixed(_) => None,
        })
    }

    /// Our own words in it, in order.
    pub fn fixed(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Fixed(text) => Some(text.as_str()),
            Piece::Hole(_) => None,
        })
    }

    /// Words, a hole counting as one.
    pub fn words(&self) -> usize {
        self.holes().count()
            + self
                .fixed()
                .map(|text| text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count())
                .sum::<usize>()
    }
}

fn pieces(source: &str) -> Result<Vec<Piece>, String> {
    if source.contains("{%") || source.contains("{#") {
        return Err("a wording holds text and {{ holes }} only; write another wording for another case".to_string());
    }
    let mut pieces = Vec::new();
    let mut rest = source;
    while let Some((before, after)) = rest.split_once("{{") {
        let (inside, after) = after.split_once("}}").ok_or("\"{{\" is not closed; write {{ fact.hole }}")?;
        if !before.is_empty() {
            pieces.push(Piece::Fixed(before.to_string()));
        }
        pieces.push(Piece::Hole(hole(inside.trim())?));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Fixed(rest.to_string()));
    }
    Ok(pieces)
}

fn hole(inside: &str) -> Result<Hole, String> {
    let (path, filter) = match inside.split_once('|') {
        Some((path, filter)) => (path.trim(), Some(filter.trim())),
        None => (inside, None),
    };
    let (fact, name) = path.split_once('.').ok_or_else(|| format!("\"{path}\" names no fact; write fact.hole"))?;
    let known: Vec<&str> = vocabulary::FACTS.iter().map(|(fact, _)| *fact).collect();
    let holes = vocabulary::holes(fact).ok_or_else(|| format!("\"{fact}\" is no fact{}", meant(fact, &known)))?;
    if !holes.contains(&name) {
        return Err(format!("\"{fact}\" has no \"{name}\"{}", meant(name, holes)));
    }
    Ok(Hole { fact: fact.to_string(), name: name.to_string(), filter: filter.map(parsed).transpose()? })
}

fn meant(word: &str, known: &[&str]) -> String {
    words::nearest(word, known).map_or_else(
        || "; see the list in templates/commentary/README.md".to_string(),
        |near| format!("; did you mean \"{near}\"?"),
    )
}

fn parsed(filter: &str) -> Result<(String, Option<String>), String> {
    let (name, argument) = match filter.split_once('(') {
        Some((name, argument)) => (name.trim(), Some(argument.trim_end_matches(')').trim())),
        None => (filter, None),
    };
    if !vocabulary::FILTERS.contains(&name) {
        return Err(format!("\"{name}\" is no filter here{}", meant(name, vocabulary::FILTERS)));
    }
    let verb = argument.map(|argument| {
        let quoted = argument.strip_prefix("verb=").map(|verb| verb.trim_matches(['\'', '"', '`']));
        quoted.map(str::to_string).ok_or_else(|| format!("\"{name}\" takes verb='…', not \"{argument}\""))
    });
    Ok((name.to_string(), verb.transpose()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wording_is_taken_apart_into_words_and_holes() {
        let wording = Wording::new(String::new(), "{{ event.actor }} {{ event.status | has(verb='bar') }} it.").unwrap();
        assert_eq!(wording.holes().map(|hole| hole.name.as_str()).collect::<Vec<_>>(), ["actor", "status"]);
        assert_eq!(wording.words(), 3);
    }

    #[test]
    fn an_unknown_name_is_a_mistake_with_advice() {
        let told = |source: &str| Wording::new(String::new(), source).unwrap_err();
        assert_eq!(told("{{ event.actr }}"), "\"event\" has no \"actr\"; did you mean \"actor\"?");
        assert_eq!(told("{{ evnt.actor }}"), "\"evnt\" is no fact; did you mean \"event\"?");
        assert!(told("{% if event %}").starts_with("a wording holds text"));
        assert!(told("{{ event.status | is(verb='bar') }}").contains("no filter"));
    }
}
