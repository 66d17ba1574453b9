//! Who does what, and how far it has come: read from the verbs of a sentence.

use super::allowed::Allowed;
use super::fixed::tokens;
use super::names::Names;
use crate::comment::say::verbs::{VERBS, verb};
use crate::comment::say::zh;
use crate::comment::value::{Side, is_done, side};
use crate::model::event::{Action, Status};
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

/// Phrases of a stage, each of which needs a fact of that stage.
const STAGES: [(&str, Status); 9] = [
    ("is to ", Status::Announced),
    ("announced that", Status::Announced),
    ("proposes", Status::Proposed),
    ("proposed to", Status::Proposed),
    ("considers", Status::Considered),
    ("considered", Status::Considered),
    ("considering whether", Status::Considered),
    ("is said to", Status::Rumoured),
    ("was said to", Status::Rumoured),
];

/// What may stand between a name and its own verb, in every stage.
const ACTIVE: [&str; 12] = [
    "",
    "has",
    "is to",
    "proposes to",
    "considers",
    "is said to",
    "is said to have",
    "no longer",
    "has announced that it will",
    "has proposed to",
    "is considering whether to",
    "announced that it would",
];

/// Compares verbs with claims.
pub fn check(text: &str, allowed: &Allowed, lang: &str, names: &Names) -> Result<(), String> {
    if allowed.claims.is_empty() {
        return Ok(());
    }
    if lang.starts_with("zh") {
        return chinese(text, allowed);
    }
    let verbs = verbs(text);
    for (_, word, turn) in &verbs {
        if !allowed.claims.iter().any(|(action, _)| tells(*action, *turn)) {
            return Err(format!("\"{word}\" says another thing than its facts"));
        }
    }
    stage(text, allowed, !verbs.is_empty())?;
    verbs.iter().try_for_each(|(at, word, _)| subject(text, *at, word, allowed, names))
}

/// Whether a claim may be told with a word of this direction: who denies a limit speaks of it.
fn tells(action: Action, turn: Side) -> bool {
    side(action) == turn || action == Action::Deny && turn == Side::Shut
}

/// Directions and stages of a Chinese sentence.
fn chinese(text: &str, allowed: &Allowed) -> Result<(), String> {
    let is_told = |turn: Side| allowed.claims.iter().any(|(action, _)| tells(*action, turn));
    for (word, counterpart) in zh::VERBS.iter().filter(|(word, _)| text.contains(word)) {
        let turn = verb(counterpart).map(|verb| verb.side);
        if turn.is_some_and(|turn| !is_told(turn)) {
            return Err(format!("\"{word}\" says another thing than its facts"));
        }
    }
    let stages = [
        ("宣布將", Status::Announced),
        ("提議", Status::Proposed),
        ("考慮", Status::Considered),
        ("據傳", Status::Rumoured),
        ("一度", Status::Ended),
    ];
    let has_stage = |wanted: Status| allowed.claims.iter().any(|(_, status)| *status == wanted);
    match stages.iter().find(|(phrase, status)| text.contains(phrase) && !has_stage(*status)) {
        Some((phrase, _)) => Err(format!("\"{phrase}\" tells another stage than its facts")),
        None => Ok(()),
    }
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
    let is_told = |wanted: Status| allowed.claims.iter().any(|(_, status)| *status == wanted);
    match STAGES.iter().find(|(phrase, status)| lower.contains(phrase) && !is_told(*status)) {
        Some((phrase, _)) => Err(format!("\"{}\" tells another stage than its facts", phrase.trim())),
        None => Ok(()),
    }
}

/// Whoever stands nearest before a verb acts; only those may whom a fact has acting.
fn subject(text: &str, at: usize, verb: &str, allowed: &Allowed, names: &Names) -> Result<(), String> {
    let Some((range, meant)) = names.find(&text[..at]).last() else { return Ok(()) };
    let may_act = |name: &(Kind, String)| matches!(name.0, Kind::Bank | Kind::Vendor | Kind::Authority | Kind::Company);
    let acts_itself = ACTIVE.contains(&text[range.end..at].trim());
    let is_possessive = text[range.end..].starts_with(['\'', '’']);
    // "Anthropic's Claude is barred": what belongs to a name does not act, and a product or a place never does.
    let may_be_idle = is_possessive || !meant.iter().all(may_act);
    if may_be_idle && !acts_itself || allowed.actors.is_empty() {
        return Ok(());
    }
    if meant.iter().any(|name| allowed.actors.contains(name)) {
        return Ok(());
    }
    Err(format!("\"{}\" does not {verb} anything in its facts", &text[range]))
}
