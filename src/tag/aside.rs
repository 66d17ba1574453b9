//! What a report needs beside the events: who is left out, what remains, conditions, reasons, refused comments, origins.

use crate::model::event::Evidence;
use crate::model::tagged::{About, Origin, Statement};

use super::act::Context;
use super::scene::Sentence;
use super::words::{Class, Cue, Mark};

/// No more statements than this are kept of one article.
const STATEMENTS: usize = 24;

/// Characters between a word of citation and the outlet that it cites.
const CITED: usize = 40;

/// The statements of an article, in the order of the text, one of a type a clause.
pub fn statements(context: &Context<'_>, sentences: &[Sentence<'_>]) -> Vec<Statement> {
    let mut found: Vec<Statement> = Vec::new();
    for sentence in sentences {
        for mark in &sentence.marks {
            let Some(about) = about(mark) else { continue };
            let (start, end) = clause(sentence, mark);
            let evidence = context.views[sentence.view].evidence(start, end, context.phrases.name(mark.entry));
            if found.iter().any(|one| one.about == about && overlaps(&one.evidence, &evidence)) {
                continue;
            }
            let ids = ids(context, sentence, (start, end));
            let amount = amount(sentence.between(start, end));
            found.push(Statement { about, ids, amount, evidence });
        }
        found.extend(amounts(context, sentence));
        if found.len() >= STATEMENTS {
            found.truncate(STATEMENTS);
            break;
        }
    }
    found
}

fn overlaps(a: &Evidence, b: &Evidence) -> bool {
    a.field == b.field && a.start < b.end && b.start < a.end
}

fn about(mark: &Mark) -> Option<About> {
    let Class::Cue(cue) = mark.class else { return None };
    Some(match cue {
        Cue::Remains => About::Remains,
        Cue::LeftOut => About::LeftOut,
        Cue::Condition => About::Condition,
        Cue::Hosting => About::Hosting,
        Cue::Reason => About::Reason,
        Cue::NoComment => About::NoComment,
        Cue::Dispute => About::Dispute,
        _ => return None,
    })
}

/// The clause around a mark, without the spaces and commas at its ends.
fn clause(sentence: &Sentence<'_>, mark: &Mark) -> (usize, usize) {
    let start = sentence.breaks.iter().rev().find(|at| **at <= mark.start).map_or(sentence.start, |at| *at);
    let end = sentence.breaks.iter().find(|at| **at >= mark.end).map_or(sentence.end, |at| *at);
    trimmed(sentence.text, start, end)
}

fn trimmed(text: &str, start: usize, end: usize) -> (usize, usize) {
    let part = &text[start..end];
    let skipped = part.len() - part.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    let length = part.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).len();
    (start + skipped, start + length.max(skipped))
}

fn ids(context: &Context<'_>, sentence: &Sentence<'_>, (start, end): (usize, usize)) -> Vec<String> {
    let names = sentence.names.iter().filter(|name| name.start >= start && name.end <= end);
    let mut ids: Vec<String> =
        names.flat_map(|name| &name.members).map(|index| context.names.members[*index].id.clone()).collect();
    ids.sort();
    ids.dedup();
    ids
}

/// A number of people, chips or money, as written.
fn amounts(context: &Context<'_>, sentence: &Sentence<'_>) -> Option<Statement> {
    const COUNTED: &[&str] = &[
        "employees",
        "staff",
        "people",
        "chips",
        "gpus",
        "users",
        "mitarbeiter",
        "salariés",
        "empleados",
        "dipendenti",
        "人",
        "명",
    ];
    let text = sentence.between(sentence.start, sentence.end);
    let (at, length) = number(text)?;
    let rest: String = text[at + length..].chars().take(24).collect();
    COUNTED.iter().any(|word| rest.contains(word)).then_some(())?;
    let (start, end) = (sentence.start + at, sentence.start + at + length);
    let (from, to) = trimmed(sentence.text, sentence.start, sentence.end);
    Some(Statement {
        about: About::Amount,
        ids: ids(context, sentence, (from, to)),
        amount: Some(sentence.between(start, end).to_string()),
        evidence: context.views[sentence.view].evidence(from, to, "amount"),
    })
}

fn amount(text: &str) -> Option<String> {
    number(text).map(|(at, length)| text[at..at + length].to_string())
}

/// The first number of at least three digits that is no year, with its separators.
fn number(text: &str) -> Option<(usize, usize)> {
    let mut start = None;
    for (at, sign) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = sign.is_ascii_digit() || start.is_some() && matches!(sign, ',' | '.');
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let number = text[from..at].trim_end_matches([',', '.']);
                let digits: String = number.chars().filter(char::is_ascii_digit).collect();
                let is_year = number.len() == 4 && (number.starts_with("20") || number.starts_with("19"));
                if digits.len() >= 3 && !is_year {
                    return Some((from, number.len()));
                }
                start = None;
            }
            _ => {}
        }
    }
    None
}

/// Who an article says reported first, in order of naming; its own outlet is no origin.
pub fn origins(context: &Context<'_>, sentences: &[Sentence<'_>], own: Option<&str>) -> Vec<Origin> {
    let mut found: Vec<Origin> = Vec::new();
    let own = own.map(str::to_lowercase);
    for sentence in sentences {
        let cues: Vec<&&Mark> = sentence.marks.iter().filter(|mark| mark.class == Class::Cue(Cue::Source)).collect();
        if cues.is_empty() {
            continue;
        }
        for outlet in &context.words.outlets {
            for at in outlet.folded.iter().flat_map(|name| places(sentence, name)) {
                let near = cues.iter().any(|cue| {
                    let gap = if cue.start >= at.1 { cue.start - at.1 } else { at.0.saturating_sub(cue.end) };
                    gap <= CITED
                });
                let is_own = own.as_ref().is_some_and(|own| outlet.folded.iter().any(|name| own.contains(name.as_str())));
                if near && !is_own && found.iter().all(|one| one.key != outlet.key) {
                    let evidence = context.views[sentence.view].evidence(at.0, at.1, "outlet");
                    found.push(Origin { key: outlet.key.clone(), name: outlet.name.clone(), evidence });
                }
            }
        }
    }
    found
}

/// Where an outlet's name stands in a sentence, as whole words.
fn places(sentence: &Sentence<'_>, name: &str) -> Option<(usize, usize)> {
    let text = sentence.between(sentence.start, sentence.end);
    let mut hits = text.match_indices(name).map(|(at, _)| (sentence.start + at, sentence.start + at + name.len()));
    hits.find(|(start, end)| super::words::begins(sentence.text, *start) && super::words::ends(sentence.text, *end))
}
