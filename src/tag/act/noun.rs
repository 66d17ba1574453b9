//! Nouns for whom the story has introduced: "the lender", "both banks", "it".

use crate::model::event::ActorKind;
use crate::tag::names::{Name, Names};
use crate::tag::scene::Sentence;
use crate::tag::words::{Class, Cue, Mark, Referent};

use super::party::{Actor, Heard, How, Party, is_subject, region};
use super::trigger::after;

/// What stands before a noun for whom the story has introduced, in English and German.
const POINTING: &[&str] = &["the", "this", "that", "die", "der", "das", "dem", "den", "des"];

/// "the British lender", "the Tokyo broker", "Germany's largest bank": a place that only says where somebody is at home, with
/// whoever that is and the noun's end.
pub fn home_of(sentence: &Sentence<'_>, name: &Name) -> Option<(Referent, usize)> {
    let nouns = [(Cue::BankNoun, Referent::Bank), (Cue::VendorNoun, Referent::Vendor), (Cue::CompanyNoun, Referent::Company)];
    let noun =
        nouns.into_iter().find_map(|(cue, referent)| after(sentence, name.end, 1, cue).map(|mark| (referent, mark.end)))?;
    let ahead = sentence.between(sentence.start, name.start).trim_end();
    let points = ahead.is_empty()
        || POINTING.iter().any(|word| ahead.strip_suffix(word).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric)));
    let largest = sentence.between(name.end, noun.1).starts_with('\'');
    (points || largest).then_some(noun)
}

/// "chinesische KI", "the Chinese app": a place that says no more than where somebody or something is at home.
pub fn is_at_home(sentence: &Sentence<'_>, name: &Name, names: &Names) -> bool {
    name.is_bare
        && region(names, name).is_some()
        && [Cue::Home, Cue::Elsewhere].iter().any(|cue| after(sentence, name.end, 1, *cue).is_some())
}

/// "it", "they": the subject of the sentence that stands before it, else of the one before.
pub fn pronoun(sentence: &Sentence<'_>, mark: &Mark, found: &[Party], heard: &Heard) -> Option<Party> {
    let ahead = found.iter().filter(|party| party.end <= mark.start && party.how > How::Referred);
    let subject = ahead.filter(|party| is_subject(sentence, party)).min_by_key(|party| party.start);
    let actor = subject.map(|party| party.actor.clone()).or_else(|| heard.subject.clone())?;
    Some(Party { start: mark.start, end: mark.end, actor, how: How::Referred })
}

/// "both banks": as many as are meant, of those named last.
pub fn several(mark: &Mark, count: usize, heard: &Heard) -> Vec<Party> {
    let last = heard.subject.as_ref().map_or(ActorKind::Bank, |subject| subject.kind);
    let kin: Vec<&Actor> = heard.named.iter().filter(|actor| actor.kind == last).collect();
    if kin.len() < count {
        return Vec::new();
    }
    let party = |actor: &&Actor| Party { start: mark.start, end: mark.end, actor: (*actor).clone(), how: How::Referred };
    kin[kin.len() - count..].iter().map(party).collect()
}

/// "the Charlotte lender", "the embattled start-up": a noun with one or two words that describe whom the story has introduced.
pub fn described(sentence: &Sentence<'_>, mark: &Mark, referent: Referent, heard: &Heard) -> Option<Party> {
    const OF_SOMEBODY_ELSE: &[&str] = &[
        "central", "other", "another", "rival", "first", "second", "third", "same", "next", "only", "world", "s", "of", "and",
        "or", "big", "biggest", "largest", "every", "to", "in", "by", "with", "a", "for",
    ];
    let ahead = sentence.between(sentence.start, mark.start).trim_end();
    let words: Vec<&str> = ahead.rsplit(char::is_whitespace).take(3).collect();
    let the = words.iter().position(|word| POINTING.contains(word)).filter(|at| (1..=2).contains(at))?;
    let describing = &words[..the];
    let strange = |word: &&str| OF_SOMEBODY_ELSE.contains(word) || !word.chars().all(|c| c.is_alphanumeric() || c == '-');
    let length: usize = words[..=the].iter().map(|word| word.len() + 1).sum();
    let start = sentence.start + (ahead.len() + 1).saturating_sub(length);
    let covered = sentence.names.iter().any(|name| name.start >= start && name.end <= mark.end);
    if describing.iter().any(strange) || covered {
        return None;
    }
    referred((start, mark.end), referent, heard)
}

/// "the US start-up": the place in a noun that refers back.
pub fn inside_noun(sentence: &Sentence<'_>, name: &Name) -> bool {
    let refers = |mark: &&Mark| matches!(mark.class, Class::Refers(one) if one != Referent::Place);
    sentence.marks.iter().copied().filter(refers).any(|mark| mark.start < name.start && name.end < mark.end)
}

/// Whom a noun refers back to.
pub fn referred((start, end): (usize, usize), referent: Referent, heard: &Heard) -> Option<Party> {
    let actor = match referent {
        Referent::Bank => heard.bank.clone(),
        Referent::Vendor => heard.vendor.clone(),
        Referent::Authority => heard.authority.clone(),
        Referent::Company => match &heard.subject {
            Some(subject) if subject.kind != ActorKind::Government => Some(subject.clone()),
            _ => heard.vendor.clone().or_else(|| heard.bank.clone()),
        },
        Referent::Anyone => heard.subject.clone(),
        Referent::Product | Referent::Place | Referent::Both | Referent::Three => None,
    }?;
    Some(Party { start, end, actor, how: How::Referred })
}
