//! Writes a sentence from a wording and its facts, with Tera: plain text, no escaping here.

use std::collections::BTreeMap;

use tera::{Context, Kwargs, State, Tera};

use super::facts::Found;
use super::say::{Say, verbs};
use super::value::Value;
use super::wording::{Hole, Piece, Wording};
use crate::model::event::Status;
use crate::model::taxonomy::Kind;

/// Tera with the filters of the vocabulary and no escaping.
pub fn engine() -> Tera {
    let mut tera = Tera::new();
    tera.autoescape_on(Vec::<&'static str>::new());
    for form in ["does", "has", "did", "been"] {
        tera.register_filter(form, move |status: &str, kwargs: Kwargs, _: &State| -> tera::TeraResult<String> {
            let verb = kwargs.must_get::<&str>("verb")?;
            bent(form, status, verb).ok_or_else(|| tera::Error::message(format!("\"{verb}\" is no verb of access")))
        });
    }
    tera.register_filter("possessive", |name: &str, _: Kwargs, _: &State| super::say::possessive(name));
    tera
}

/// A verb in the form that a status asks for.
fn bent(form: &str, status: &str, base: &str) -> Option<String> {
    let status = *Status::ALL.iter().find(|known| known.as_str() == status)?;
    if !base.is_ascii() {
        return Some(super::say::zh::verb(base, status));
    }
    let verb = verbs::verb(base)?;
    Some(match form {
        "does" => verbs::does(verb, status),
        "has" => verbs::has(verb, status),
        "been" => verbs::been(verb, status),
        _ => verbs::did(verb, status),
    })
}

/// What a hole comes to; `None` where its fact or value is missing.
pub fn hole(hole: &Hole, facts: &[&Found], say: &Say<'_>) -> Option<String> {
    let value = facts.iter().find(|found| found.function == hole.fact)?.hole(&hole.name)?;
    let said = say.value(value);
    match &hole.filter {
        None => Some(said),
        Some((filter, _)) if filter == "possessive" => Some(super::say::possessive(&said)),
        Some((filter, verb)) => bent(filter, &said, verb.as_deref()?),
    }
}

/// With a capital first letter.
pub fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// The sentence; `None` where a hole has no value.
pub fn sentence(tera: &Tera, wording: &Wording, facts: &[&Found], say: &Say<'_>) -> Option<String> {
    let text = clause(tera, wording, facts, say)?;
    if say.is_chinese() {
        return Some(text);
    }
    Some(if begins_with_name(wording, facts) { text } else { capital(&text) })
}

/// The words as they stand inside a sentence; `None` where a hole has no value.
pub fn clause(tera: &Tera, wording: &Wording, facts: &[&Found], say: &Say<'_>) -> Option<String> {
    let has_value = |hole: &Hole| facts.iter().any(|found| found.function == hole.fact && found.hole(&hole.name).is_some());
    if !wording.holes().all(has_value) {
        return None;
    }
    let mut context = Context::new();
    for found in facts {
        let holes: BTreeMap<&str, String> = found.holes.iter().map(|(name, value)| (*name, say.value(value))).collect();
        context.insert(found.function, &holes);
    }
    let text = tera.render(&wording.key, &context).ok()?;
    Some(if say.is_chinese() { super::say::zh::spaced(&text) } else { text })
}

/// "xAI" keeps its small letter at the start of a sentence.
fn begins_with_name(wording: &Wording, facts: &[&Found]) -> bool {
    let Some(Piece::Hole(hole)) = wording.pieces.first() else { return false };
    let value = facts.iter().find(|found| found.function == hole.fact).and_then(|found| found.hole(&hole.name));
    matches!(value, Some(Value::Name(kind, _)) if !matches!(kind, Kind::Region | Kind::Authority))
        || matches!(value, Some(Value::Outlet(_) | Value::Tool(..) | Value::OwnTool(Some(_)) | Value::Short(..)))
}
