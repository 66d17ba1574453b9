//! Reads a written sentence back and compares it with the facts that it stands on. Nothing is taken on trust from the writing:
//! holes must hold their facts' values, our own words no name, number or date, and the whole text no name, number, date, rank,
//! actor, direction or stage that its facts do not have.

/// What may stand in fixed text.
pub mod fixed;

/// Numbers, ordinals and dates.
mod figures;

/// Names.
pub mod names;

/// Who does what, how far.
mod told;

/// What facts allow a sentence to say.
mod allowed;

use self::allowed::Allowed;
use self::names::Names;
use super::facts::Found;
use super::render;
use super::say::Say;
use super::wording::{Piece, Wording};

/// Compares a sentence with its facts; says what in it is found in none of them.
pub fn check(text: &str, wording: &Wording, facts: &[&Found], say: &Say<'_>, names: &Names) -> Result<(), String> {
    let allowed = Allowed::by(facts, say);
    own_words(wording, say.lang)?;
    aligned(text, wording, facts, say)?;
    let masked = allowed.masked(text);
    named(&masked, &allowed, names)?;
    let unnamed = without_names(&masked, names);
    counted(&unnamed, &allowed, say)?;
    if !say.is_chinese() {
        unknown_capitals(&masked, &allowed, names)?;
    }
    told::check(&masked, &allowed, say.lang, names)
}

fn own_words(wording: &Wording, lang: &str) -> Result<(), String> {
    let mut is_start = true;
    for piece in &wording.pieces {
        if let Piece::Fixed(text) = piece
            && let Some(word) = fixed::wrong(lang, text, is_start, true).next()
        {
            return Err(format!("\"{word}\" stands in no fact"));
        }
        is_start = false;
    }
    Ok(())
}

/// Every hole holds its own fact's value, and the words between are our own.
fn aligned(text: &str, wording: &Wording, facts: &[&Found], say: &Say<'_>) -> Result<(), String> {
    if say.is_chinese() {
        return aligned_whole(text, wording, facts, say);
    }
    let mut rest = text;
    for (number, piece) in wording.pieces.iter().enumerate() {
        let expected = match piece {
            Piece::Fixed(text) => text.clone(),
            Piece::Hole(hole) => {
                render::hole(hole, facts, say).ok_or_else(|| format!("\"{}\" has no {}", hole.fact, hole.name))?
            }
        };
        let is_capital = number == 0 && !rest.starts_with(expected.as_str());
        let expected = if is_capital { render::capital(&expected) } else { expected };
        rest = rest.strip_prefix(expected.as_str()).ok_or_else(|| {
            let found: String = rest.chars().take(expected.chars().count()).collect();
            format!("\"{found}\" where the facts have \"{expected}\"")
        })?;
    }
    if rest.is_empty() { Ok(()) } else { Err(format!("\"{rest}\" stands in no fact")) }
}

/// Chinese is spaced as a whole, and so compared as a whole.
fn aligned_whole(text: &str, wording: &Wording, facts: &[&Found], say: &Say<'_>) -> Result<(), String> {
    let part = |piece: &Piece| match piece {
        Piece::Fixed(text) => Some(text.clone()),
        Piece::Hole(hole) => render::hole(hole, facts, say),
    };
    let whole: Option<String> = wording.pieces.iter().map(part).collect();
    let expected = super::say::zh::spaced(&whole.ok_or("a hole has no value")?);
    if text == expected { Ok(()) } else { Err(format!("\"{text}\" where the facts have \"{expected}\"")) }
}

fn named(text: &str, allowed: &Allowed, names: &Names) -> Result<(), String> {
    for (range, meant) in names.find(text) {
        if !meant.iter().any(|name| allowed.names.contains(name)) {
            return Err(format!("\"{}\" is in none of its facts", &text[range]));
        }
    }
    Ok(())
}

/// The text with its names blotted out: "GPT-5.5" counts nothing.
fn without_names(text: &str, names: &Names) -> String {
    let mut left = String::with_capacity(text.len());
    let mut from = 0;
    for (range, _) in names.find(text) {
        left.push_str(&text[from..range.start]);
        left.push('·');
        from = range.end;
    }
    left.push_str(&text[from..]);
    left
}

fn counted(text: &str, allowed: &Allowed, say: &Say<'_>) -> Result<(), String> {
    let figures = if say.is_chinese() { figures::chinese(text) } else { figures::english(text) };
    if let Some(number) = figures.numbers.iter().find(|number| !allowed.numbers.contains(number)) {
        return Err(format!("the number {number} is in none of its facts"));
    }
    if let Some(number) = figures.ordinals.iter().find(|number| !allowed.ordinals.contains(number)) {
        return Err(format!("the rank {number} is in none of its facts"));
    }
    if let Some(date) = figures.dates.iter().find(|date| !allowed.dates.contains(date)) {
        return Err(format!("the date {date} is in none of its facts"));
    }
    Ok(())
}

/// Capitals inside the sentence that no reader knows: an invented person or place.
fn unknown_capitals(text: &str, allowed: &Allowed, names: &Names) -> Result<(), String> {
    let known: Vec<_> = names.find(text).map(|(range, _)| range).collect();
    let words: Vec<(usize, &str)> = fixed::tokens(text).collect();
    for (number, (at, word)) in words.iter().enumerate().skip(1) {
        // A month before a year was read as a date; a month alone dates nothing.
        let has_year = words.get(number + 1).is_some_and(|(_, next)| next.len() == 4 && next.parse::<u16>().is_ok());
        let is_capital = word.chars().next().is_some_and(char::is_uppercase) && !(has_year && figures::is_month(word));
        let is_known = known.iter().any(|range| range.contains(at)) || allowed.words.iter().any(|other| other == word);
        if is_capital && !is_known && fixed::wrong("en", word, false, true).next().is_some() {
            return Err(format!("\"{word}\" looks like a name and is in none of its facts"));
        }
    }
    Ok(())
}
