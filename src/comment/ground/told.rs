//! Who does what, and how far it has come: read from the verbs of a sentence.

use super::allowed::Allowed;
use super::fixed::tokens;
use super::names::Names;
use crate::comment::say::verbs::VERBS;
use crate::comment::value::{Side, is_done, side};
use crate::model::taxonomy::Kind;

/// Nouns that say which way a measure turns.
const NOUNS: [(&str, Side); 10] = [
    ("ban", Side::Shut),
    ("bans", Side::Shut),
    ("prohibition", Side::Shut),
    ("suspension", Side::Shut),
    ("bar", Side::Shut),
    ("permission", Side::Open),
    ("licence", Side::Open),
    ("reversed", Side::Open),
    ("inquiry", Side::Ask),
    ("denial", Side::Deny),
];

/// Phrases that say that something is not done, or not yet.
const UNDONE: [&str; 16] = [
    "is to ",
    "announced that",
    "proposes",
    "proposed",
    "considers",
    "considered",
    "considering",
    "is said to",
    "was said to",
    "would ",
    "will ",
    "not in force",
    "a plan",
    "for a later day",
    "wants to",
    "intends to",
];

/// Phrases that say so and that no told deed may hold.
const PLANS: [&str; 8] =
    ["is to ", "announced that", "proposes", "proposed to", "considers", "considered", "considering whether", "said to "];

/// Compares verbs with claims.
pub fn check(text: &str, allowed: &Allowed, lang: &str, names: &Names) -> Result<(), String> {
    if lang != "en" || allowed.claims.is_empty() {
        return Ok(());
    }
    let verbs = verbs(text);
    for (_, word, turn) in &verbs {
        if !allowed.claims.iter().any(|(action, _)| side(*action) == *turn) {
            return Err(format!("\"{word}\" says another thing than its facts"));
        }
    }
    stage(text, allowed, !verbs.is_empty())?;
    verbs.iter().try_for_each(|(at, word, _)| subject(text, *at, word, allowed, names))
}

/// Words of access with the byte where each begins.
fn verbs(text: &str) -> Vec<(usize, &str, Side)> {
    let known = |word: &str| {
        let lower = word.to_lowercase();
        let verb = VERBS.iter().find(|verb| [verb.base, verb.third, verb.past, verb.gerund].contains(&lower.as_str()));
        verb.map(|verb| verb.side).or_else(|| NOUNS.iter().find(|(noun, _)| *noun == lower).map(|(_, side)| *side))
    };
    tokens(text).filter_map(|(at, word)| known(word).map(|side| (at, word, side))).collect()
}

/// A plan told as a deed, or a deed told as a plan.
fn stage(text: &str, allowed: &Allowed, has_verb: bool) -> Result<(), String> {
    let lower = text.to_lowercase();
    let done = allowed.claims.iter().filter(|(_, status)| is_done(*status)).count();
    if done == 0 && has_verb && !UNDONE.iter().any(|phrase| lower.contains(phrase)) {
        return Err("it tells a plan as a deed".to_string());
    }
    if done == allowed.claims.len()
        && let Some(phrase) = PLANS.iter().find(|phrase| lower.contains(*phrase))
    {
        return Err(format!("\"{}\" tells a deed as a plan", phrase.trim()));
    }
    Ok(())
}

/// Whoever stands nearest before a verb acts; only those may whom a fact has acting.
fn subject(text: &str, at: usize, verb: &str, allowed: &Allowed, names: &Names) -> Result<(), String> {
    let Some((range, meant)) = names.find(&text[..at]).last() else { return Ok(()) };
    let may_act = |name: &(Kind, String)| matches!(name.0, Kind::Bank | Kind::Vendor | Kind::Authority | Kind::Company);
    let is_possessive = text[range.end..].starts_with(['\'', '’']);
    // "Anthropic's Claude is barred": what belongs to a name does not act, and a product or a place never does.
    if is_possessive || !meant.iter().all(may_act) || allowed.actors.is_empty() {
        return Ok(());
    }
    if meant.iter().any(|name| allowed.actors.contains(name)) {
        return Ok(());
    }
    Err(format!("\"{}\" does not {verb} anything in its facts", &text[range]))
}
