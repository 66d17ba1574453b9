//! Who may act in a sentence: names, offices, governments by their capitals, and nouns that refer back.

use crate::model::event::{ActorKind, Audience};
use crate::model::taxonomy::Kind;
use crate::tag::names::{Known, Name, Names};
use crate::tag::scene::Sentence;
use crate::tag::words::{Class, Cue, Mark, Referent};

use super::noun::{described, home_of, inside_noun, is_at_home, pronoun, referred, several};
use super::trigger::{after, before};

/// No more parties than this are weighed in one sentence.
const PARTIES: usize = 40;

/// What joins a country to a body of it.
const COUNTRY_LINKS: &[&str] = &["'s ", "' ", " ", "", "の", "的", "의 "];

/// How far "that country" stands before an office there, in bytes.
const THAT_COUNTRY: usize = 30;

/// Somebody who may act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Id in the taxonomy; for a state of which no body is named, `cc-government`.
    pub id: Option<String>,
    /// What kind of party it is.
    pub kind: ActorKind,
    /// The country of an authority.
    pub country: Option<String>,
    /// The office of an authority.
    pub role: Option<String>,
}

/// An actor at a place in a sentence.
#[derive(Clone, Debug)]
pub struct Party {
    /// First byte.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Who.
    pub actor: Actor,
    /// How it is named: a name outweighs a capital, a capital a pronoun.
    pub how: How,
}

/// How a party is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// "it", "the company".
    Referred,
    /// A country or capital for its government.
    Capital,
    /// "the privacy watchdog".
    Office,
    /// By name.
    Named,
}

/// Whom a story has introduced so far.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    /// The bank named last.
    pub bank: Option<Actor>,
    /// The vendor named last.
    pub vendor: Option<Actor>,
    /// The authority named last.
    pub authority: Option<Actor>,
    /// Whoever acted last.
    pub subject: Option<Actor>,
    /// Banks and vendors, each where it was named last.
    pub named: Vec<Actor>,
    /// The product named last, with its vendor.
    pub product: Option<(String, Option<String>)>,
    /// The country that an act concerned last.
    pub country: Option<String>,
    /// The places whose access was spoken of last, sorted: "the city", "there".
    pub places: Vec<String>,
    /// Where goods go that the story speaks of: the places abroad that it named last, sorted.
    pub abroad: Vec<String>,
}

impl Actor {
    /// The actor that a member stands for; `None` for products and regions.
    pub fn of(member: &Known) -> Option<Self> {
        let kind = match member.kind {
            Kind::Bank => ActorKind::Bank,
            Kind::Vendor => ActorKind::Vendor,
            Kind::Company => ActorKind::Company,
            Kind::Authority => ActorKind::Government,
            Kind::Product | Kind::Region => return None,
        };
        let country = member.of.as_deref().filter(|_| kind == ActorKind::Government).map(|home| rolled_up(home).to_string());
        Some(Self { id: Some(member.id.clone()), kind, country, role: member.role.clone() })
    }

    /// The government of a country, or the body there that holds an office.
    pub fn state(names: &Names, country: &str, role: Option<&str>) -> Self {
        // A court that sits in a state or province is the country's.
        let country = if role == Some("court") { country.split('-').next().unwrap_or(country) } else { country };
        let body = role.and_then(|role| {
            let holds = |one: &&Known| {
                one.kind == Kind::Authority && one.role.as_deref() == Some(role) && one.of.as_deref() == Some(country)
            };
            names.members.iter().find(holds).map(|one| one.id.clone())
        });
        let id = match (body, country) {
            (Some(body), _) => body,
            (None, "EU") => "eu-commission".to_string(),
            (None, country) => format!("{}-government", country.to_lowercase()),
        };
        Self {
            id: Some(id),
            kind: ActorKind::Government,
            country: Some(country.to_string()),
            role: role.map(ToString::to_string),
        }
    }
}

/// The region that a name stands for, if it is one.
pub fn region<'a>(names: &'a Names, name: &Name) -> Option<&'a str> {
    let members = || name.members.iter().map(|index| &names.members[*index]);
    let place = members().find(|one| one.kind == Kind::Region).map(|one| one.id.as_str());
    // "Beijing" is written of the government, and of the place.
    place.or_else(|| members().find(|one| one.is_state && name.is_bare).and_then(|one| one.of.as_deref())).map(rolled_up)
}

/// The country of a province or city; the states of America, which make laws of their own on what we follow, stay.
fn rolled_up(region: &str) -> &str {
    match region.split_once('-') {
        Some((country, _)) if country != "US" && is_state(country) => country,
        _ => region,
    }
}

/// Whether a region has a government: a group of countries other than the Union has none.
pub fn is_state(region: &str) -> bool {
    region.chars().next().is_some_and(|first| first.is_ascii_uppercase())
}

/// Everybody in a sentence who may act, in order.
pub fn parties(sentence: &Sentence<'_>, names: &Names, heard: &Heard) -> Vec<Party> {
    let mut found: Vec<Party> = Vec::new();
    for name in sentence.names {
        let home = home_of(sentence, name).filter(|_| region(names, name).is_some());
        match home {
            Some((referent, end)) => found.extend(referred((name.start, end), referent, heard)),
            None if inside_noun(sentence, name) => {}
            None if is_at_home(sentence, name, names) => {}
            None => found.extend(named(sentence, name, (names, heard))),
        }
    }
    for mark in &sentence.marks {
        match &mark.class {
            Class::Office(_) if is_part_of_staff(sentence, mark) => {}
            Class::Office(role) => found.extend(offices(sentence, (mark, role), names, heard)),
            Class::Refers(Referent::Both) => found.extend(several(mark, 2, heard)),
            Class::Refers(Referent::Three) => found.extend(several(mark, 3, heard)),
            Class::Refers(Referent::Anyone) => {}
            Class::Refers(referent) => found.extend(referred((mark.start, mark.end), *referent, heard)),
            Class::Cue(Cue::BankNoun) => found.extend(described(sentence, mark, Referent::Bank, heard)),
            Class::Cue(Cue::VendorNoun) => found.extend(described(sentence, mark, Referent::Vendor, heard)),
            _ => {}
        }
    }
    let pronouns = sentence.marks.iter().filter(|mark| mark.class == Class::Refers(Referent::Anyone));
    let pronouns: Vec<Party> = pronouns.filter_map(|mark| pronoun(sentence, mark, &found, heard)).collect();
    found.extend(pronouns);
    found.sort_by_key(|party| (party.start, party.end));
    found.truncate(PARTIES);
    // "商务部工业与安全局": of a body and its bureau right behind it, the bureau.
    let inner: Vec<(usize, Option<String>)> = found.iter().map(|party| (party.start, party.actor.country.clone())).collect();
    found.retain(|party| {
        let bureau = |(at, country): &(usize, Option<String>)| {
            *at >= party.end
                && *country == party.actor.country
                && matches!(sentence.between(party.end, *at), "" | " " | "の" | "下属" | "旗下")
        };
        party.how != How::Named
            || party.actor.kind != ActorKind::Government
            || party.actor.country.is_none()
            || !inner.iter().any(bureau)
    });
    follow_abroad(sentence, names, &mut found);
    // "Italy's data watchdog" is one party: the office takes the country before it.
    let offices: Vec<(usize, Option<String>)> =
        found.iter().filter(|party| party.how == How::Office).map(|party| (party.start, party.actor.country.clone())).collect();
    found.retain(|party| {
        party.how != How::Capital
            || !offices.iter().any(|(at, country)| {
                let within = |whole: &String| party.actor.country.as_ref().is_some_and(|part| part.starts_with(whole.as_str()));
                *at >= party.end && at - party.end <= 12 && country.as_ref().is_some_and(within)
            })
    });
    found
}

/// "韓国の国防省と外務省": a body of many countries that is listed behind one of a country is that country's as well.
fn follow_abroad(sentence: &Sentence<'_>, names: &Names, found: &mut [Party]) {
    for at in 1..found.len() {
        let (ahead, rest) = found.split_at_mut(at);
        let (Some(first), Some(next)) = (ahead.last(), rest.first_mut()) else { continue };
        let body = |party: &Party| party.how == How::Named && party.actor.kind == ActorKind::Government;
        let placed = sentence.names.iter().any(|name| {
            let beside = name.end <= first.start && COUNTRY_LINKS.contains(&sentence.between(name.end, first.start));
            beside && region(names, name) == first.actor.country.as_deref()
        });
        let listed = first.end <= next.start && super::beside::joins(sentence.between(first.end, next.start));
        let country = first.actor.country.clone().filter(|country| next.actor.country.as_ref() != Some(country));
        if let Some(country) = country.filter(|_| body(first) && body(next) && listed && placed) {
            next.actor = Actor::state(names, &country, next.actor.role.as_deref());
        }
    }
}

/// "政府部门", "정부 기기": whose access it is, not who acts.
fn is_part_of_staff(sentence: &Sentence<'_>, office: &Mark) -> bool {
    sentence.marks.iter().any(|mark| {
        mark.class == Class::Audience(Audience::GovernmentStaff)
            && mark.start <= office.start
            && mark.end >= office.end
            && mark.end - mark.start > office.end - office.start
    })
}

/// "Italy's has": what Italy has is left unsaid.
fn stands_for_body(sentence: &Sentence<'_>, name: &Name) -> bool {
    const VERBS: &[&str] =
        &["'s has ", "'s had ", "'s is ", "'s was ", "'s did ", "'s went ", "'s took ", "'s said ", "'s will "];
    VERBS.iter().any(|verb| sentence.between(name.end, sentence.end).starts_with(verb))
}

fn named(sentence: &Sentence<'_>, name: &Name, (names, heard): (&Names, &Heard)) -> Option<Party> {
    let members = name.members.iter().map(|index| &names.members[*index]);
    let (start, end) = (name.start, name.end);
    let mut actors = members.clone().filter_map(Actor::of).collect::<Vec<_>>();
    // One acronym, two bodies: the one whose country the sentence names, else the one whose business it is.
    let business = sentence
        .marks
        .iter()
        .any(|mark| matches!(mark.class, Class::Cue(Cue::Chip) | Class::Ground(crate::model::event::Instrument::ExportControl)));
    let named = |country: &Option<String>| {
        country.as_deref().is_some_and(|country| sentence.names.iter().any(|name| region(names, name) == Some(country)))
    };
    actors.sort_by_key(|actor| {
        let export = business && actor.role.as_deref() == Some("export");
        (actor.kind != ActorKind::Vendor, !export, !named(&actor.country))
    });
    if let Some(actor) = actors.into_iter().next() {
        let actor = abroad(sentence, name, (names, heard), &actor).unwrap_or(actor);
        let actor = commission(sentence, name, heard).unwrap_or(actor);
        let how = if name.is_bare && region(names, name).is_some() { How::Capital } else { How::Named };
        return Some(Party { start, end, actor, how });
    }
    if let Some(region) = region(names, name).filter(|region| is_state(region)) {
        // "Italy's has gone further": the body there that does what the one named before does.
        let role = heard.authority.as_ref().and_then(|actor| actor.role.as_deref()).filter(|_| stands_for_body(sentence, name));
        let how = if role.is_some() { How::Office } else { How::Capital };
        let end = if role.is_some() { end + "'s".len() } else { end };
        return Some(Party { start, end, actor: Actor::state(names, region, role), how });
    }
    // "Azure stops serving Grok": a cloud stands for its vendor.
    if let Some(host) = members.clone().find(|one| one.is_host) {
        let actor = Actor { id: host.of.clone(), kind: ActorKind::Vendor, country: None, role: None };
        return Some(Party { start, end, actor, how: How::Named });
    }
    // "Claude's maker", "Claude開發商".
    let maker = after(sentence, end, 4, Cue::Maker)?;
    let vendor = members.clone().find_map(|product| product.of.clone())?;
    let actor = Actor { id: Some(vendor), kind: ActorKind::Vendor, country: None, role: None };
    Some(Party { start, end: maker.end, actor, how: How::Named })
}

/// "the Commission" of a story that has named another authority is that one, not Brussels.
fn commission(sentence: &Sentence<'_>, name: &Name, heard: &Heard) -> Option<Actor> {
    let short = matches!(sentence.between(name.start, name.end), "commission" | "the commission");
    heard.authority.clone().filter(|actor| short && actor.country.as_deref() != Some("EU"))
}

/// "Canada's Treasury": a body that is known of one country, with another country right before it, is that country's.
fn abroad(sentence: &Sentence<'_>, name: &Name, (names, heard): (&Names, &Heard), actor: &Actor) -> Option<Actor> {
    let home = actor.country.as_deref().filter(|_| actor.kind == ActorKind::Government)?;
    let beside = |other: &&Name| other.end <= name.start && COUNTRY_LINKS.contains(&sentence.between(other.end, name.start));
    let there = |mark: &&Mark| {
        mark.class == Class::Refers(Referent::Place)
            && mark.end <= name.start
            && matches!(sentence.between(mark.end, name.start), "" | " " | "の" | "的" | "의 ")
    };
    let told = || heard.country.as_deref().filter(|_| sentence.marks.iter().any(there));
    let country = sentence.names.iter().rev().find(beside).and_then(|other| region(names, other)).or_else(told)?;
    let elsewhere = is_state(country) && rolled_up(home) != country && !country.starts_with(home) && country != "EU";
    elsewhere.then(|| Actor::state(names, country, actor.role.as_deref()))
}

/// "Italy's data watchdog", "the privacy regulator in Seoul", "the Commission"; "watchdogs in Ireland and France" are two.
fn offices(sentence: &Sentence<'_>, (mark, role): (&Mark, &String), names: &Names, heard: &Heard) -> Vec<Party> {
    let mut places = places_of(sentence, mark, names);
    let there = |one: &&Mark| {
        one.class == Class::Refers(Referent::Place) && one.end <= mark.start && mark.start - one.end <= THAT_COUNTRY
    };
    if places.is_empty() && sentence.marks.iter().any(there) {
        places.extend(heard.country.clone());
    }
    if places.is_empty() && role == "export" {
        // "The Commerce Department" without more is America's; the country beside it is where the goods go.
        places.push("US".to_string());
    }
    if places.is_empty() {
        let same = heard.authority.as_ref().filter(|actor| actor.role.as_deref() == Some(role)).and_then(|a| a.country.clone());
        let in_sentence = || sentence.names.iter().find_map(|name| region(names, name)).map(ToString::to_string);
        let colleague = || {
            let states = sentence.names.iter().flat_map(|name| &name.members).map(|index| &names.members[*index]);
            states.filter(|one| one.kind == Kind::Authority).find_map(|one| one.of.clone())
        };
        places.extend(same.or_else(colleague).or_else(in_sentence).or_else(|| heard.country.clone()));
    }
    let nobody = || Actor { id: None, kind: ActorKind::Government, country: None, role: Some(role.clone()) };
    let mut actors: Vec<Actor> =
        places.iter().filter(|place| is_state(place)).map(|country| Actor::state(names, country, Some(role))).collect();
    if actors.is_empty() {
        actors.push(nobody());
    }
    actors.into_iter().map(|actor| Party { start: mark.start, end: mark.end, actor, how: How::Office }).collect()
}

/// The countries that stand at an office: before it, inside it, as an adjective behind it, or in a list after "in".
fn places_of(sentence: &Sentence<'_>, mark: &Mark, names: &Names) -> Vec<String> {
    let beside = sentence.names.iter().rev().find(|name| {
        let ahead = name.end <= mark.start && mark.start - name.end <= 14;
        let inside = name.start >= mark.start && name.end <= mark.end;
        let behind = name.start >= mark.end && name.start - mark.end <= 1;
        ahead || inside || behind
    });
    if let Some(place) = beside.and_then(|name| region(names, name)) {
        return vec![place.to_string()];
    }
    let mut places = Vec::new();
    let mut edge = mark.end;
    for name in sentence.names.iter().filter(|name| name.start >= mark.end) {
        let first = places.is_empty();
        let linked = !first || before(sentence, name.start, 5, Cue::Preposition).is_some();
        if name.start - edge > if first { 14 } else { 7 } || !linked {
            break;
        }
        places.extend(region(names, name).map(ToString::to_string));
        edge = name.end;
    }
    places
}

/// Whether a party may be the subject of its clause: no preposition before it, nothing of its own behind it.
pub fn is_subject(sentence: &Sentence<'_>, party: &Party) -> bool {
    before(sentence, party.start, 5, Cue::Preposition).is_none() && after(sentence, party.end, 0, Cue::Possessive).is_none()
}
