//! Who acts, on what.

use crate::model::event::{Action, ActorKind, Audience};
use crate::model::taxonomy::Kind;
use crate::tag::names::Names;
use crate::tag::scene::Sentence;
use crate::tag::words::{Class, Cue, Frame, Mark, Referent};

use super::party::{Heard, How, Party, is_subject};
use super::trigger::{AUXILIARY, Trigger, after, before};

/// No more technologies than this are weighed in one sentence.
const TECHS: usize = 40;

/// A technology at a place in a sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tech {
    /// First byte.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Its vendor.
    pub vendor: Option<String>,
    /// The product; `None` for the vendor's products at large.
    pub product: Option<String>,
    /// Named only as a yardstick, a rival, a backer, a shop front.
    pub bystander: bool,
    /// A vendor that receives: "licenses chips for G42".
    pub receives: bool,
    /// A cloud that serves the models of others.
    pub hosts: bool,
    /// Named only to say who its vendor is: "the Claude maker".
    pub names_maker: bool,
    /// The product is the one that the story has introduced, for a noun beside the vendor's name.
    pub by_noun: bool,
}

/// The technologies of a sentence, in order.
pub fn technologies(sentence: &Sentence<'_>, names: &Names, shops: &[String]) -> Vec<Tech> {
    let mut found: Vec<Tech> = Vec::new();
    let in_shops = sentence.marks.iter().any(|mark| mark.class == Class::Cue(Cue::Shop));
    for name in sentence.names {
        let members = || name.members.iter().map(|index| &names.members[*index]);
        let product = members().find(|one| one.kind == Kind::Product);
        let vendor = members().find(|one| one.kind == Kind::Vendor).map(|one| one.id.clone());
        if product.is_none() && vendor.is_none() {
            continue;
        }
        let vendor = product.and_then(|one| one.of.clone()).or(vendor);
        let (start, end) = (name.start, name.end);
        let silent = after(sentence, end, 4, Cue::NoComment).is_some();
        let aside = silent
            || before(sentence, start, 4, Cue::Bystander).is_some()
            || after(sentence, end, 3, Cue::Bystander).is_some()
            || after(sentence, end, 2, Cue::Remains).is_some();
        let shop = product.is_none() && in_shops && vendor.as_ref().is_some_and(|vendor| shops.contains(vendor));
        let listed = found.last().is_some_and(|last| last.receives && start - last.end <= 6);
        let receives = product.is_none() && (listed || before(sentence, start, 1, Cue::Recipient).is_some());
        let hosts = product.is_some_and(|one| one.is_host);
        let product = product.map(|one| one.id.clone());
        let names_maker = after(sentence, end, 1, Cue::Maker).is_some();
        found.push(Tech { start, end, vendor, product, bystander: aside || shop, receives, hosts, names_maker, by_noun: false });
        if found.len() == TECHS {
            break;
        }
    }
    // "removes Grok from Azure": where something else is named, a cloud is only where it was served.
    if found.iter().any(|tech| !tech.hosts && !tech.bystander) {
        for tech in found.iter_mut().filter(|tech| tech.hosts) {
            tech.bystander |= before(sentence, tech.start, 1, Cue::Preposition).is_some();
        }
    }
    found
}

/// "Microsoft's assistant", "l'assistant de Microsoft": the product of that vendor which the story has introduced.
pub fn name_products(sentence: &Sentence<'_>, techs: &mut [Tech], heard: &Heard) {
    let Some((product, vendor)) = &heard.product else { return };
    let noun = |tech: &Tech| {
        let beside = |from: usize, to: usize| {
            from <= to && to - from <= 5 && !sentence.between(from, to).contains([',', '.', '\u{2013}', ':'])
        };
        let nouns = sentence.marks.iter().filter(|mark| mark.class == Class::Refers(Referent::Product));
        nouns.into_iter().any(|mark| beside(mark.end, tech.start) || beside(tech.end, mark.start))
    };
    for tech in techs.iter_mut().filter(|tech| tech.product.is_none() && tech.vendor.is_some() && tech.vendor == *vendor) {
        if noun(tech) {
            tech.product = Some(product.clone());
            tech.by_noun = true;
        }
    }
}

/// What joins a maker's name to its product's.
const MAKER_LINKS: &[&str] = &["", " ", "的", "旗下", "旗下的", "の", "의 "];

/// Least score with which a party is taken to act.
const ENOUGH: i32 = 30;

/// Whoever acts in a trigger's zone, or before it in the sentence.
pub fn actor(sentence: &Sentence<'_>, trigger: &Trigger, (parties, techs): (&[Party], &[Tech]), sov: bool) -> Option<Party> {
    // "DeepSeek" is a firm and what it makes: where somebody else may act, it is what is acted upon.
    let itself = |party: &Party| {
        let product =
            techs.iter().any(|tech| tech.start == party.start && tech.end == party.end && tech.product.is_some() && !tech.hosts);
        if product && parties.len() > 1 { 38 } else { 0 }
    };
    // "微軟Copilot", "앤트로픽 클로드": a maker's name before its product only says whose it is.
    let only_maker = |party: &Party| {
        let own = |tech: &&Tech| tech.product.is_some() && tech.vendor == party.actor.id && tech.start >= party.end;
        let joined = |tech: &Tech| MAKER_LINKS.contains(&sentence.between(party.end, tech.start));
        if parties.len() > 1 && techs.iter().find(own).is_some_and(joined) { 60 } else { 0 }
    };
    // "The governor said that the developer would share it": whoever speaks does nothing else where somebody else is its subject.
    let quoting = |party: &Party| {
        if after(sentence, party.end, 4, Cue::NoComment).is_some_and(|cue| cue.end <= trigger.start) {
            return 90;
        }
        let Some(say) = after(sentence, party.end, 30, Cue::Say).filter(|say| say.end <= trigger.start) else { return 0 };
        let quotes = sentence.between(say.end, trigger.start).contains(" that ");
        let order =
            sentence.marks.iter().any(|mark| mark.class == Class::Cue(Cue::Order) && mark.end <= trigger.start) && !quotes;
        let subject = |other: &&Party| {
            other.start >= say.end && other.end <= trigger.start && other.how != How::Capital && other.actor.id != party.actor.id
        };
        if !sov && !order && parties.iter().any(|other| subject(&other)) { 30 } else { 0 }
    };
    // "Die Behörde hat Meta untersagt": of two behind or around an auxiliary the first is its subject.
    let object = |party: &Party| {
        let Some(have) = before(sentence, trigger.start, AUXILIARY, Cue::Have) else { return 0 };
        let first = |other: &&Party| other.end <= party.start && other.actor.id != party.actor.id && is_subject(sentence, other);
        let behind = party.start >= have.end && party.end <= trigger.start && trigger.frame == Frame::Done && !trigger.passive;
        let in_clause = |other: &&Party| !sentence.breaks.iter().any(|at| *at >= other.end && *at < trigger.start);
        if behind && !sov && parties.iter().filter(first).any(|other| in_clause(&other)) { 40 } else { 0 }
    };
    // "連邦地裁は、国防総省が指定した措置を差し止めた": what is undone was another's, whoever undoes it opens the sentence.
    let court = |party: &Party| {
        let rules = party.how >= How::Office && party.actor.role.as_deref() == Some("court");
        if sov && rules && trigger.action == Action::Restore && trigger.ends.is_some() { 60 } else { 0 }
    };
    let scored = parties.iter().filter_map(|party| {
        let less = itself(party).max(only_maker(party)) + quoting(party) + object(party) - court(party);
        Some((score(sentence, trigger, party, sov)? - less, party))
    });
    let best = scored.filter(|(score, _)| *score >= ENOUGH).max_by_key(|(score, party)| (*score, std::cmp::Reverse(party.start)));
    best.map(|(_, party)| party.clone())
}

fn score(sentence: &Sentence<'_>, trigger: &Trigger, party: &Party, sov: bool) -> Option<i32> {
    let zone = trigger.zone;
    if party.start < trigger.start && party.end > trigger.start {
        return None;
    }
    let by = before(sentence, party.start, 5, Cue::By).is_some() || sov && after(sentence, party.end, 1, Cue::By).is_some();
    if party.start >= trigger.start {
        // After the words of an act only whoever is named as doing it, or whose it is ("a ban by", "Verbot durch").
        let inside = party.start < zone.1 && party.start.saturating_sub(trigger.end) < 90;
        return (by && inside && (trigger.passive || trigger.frame == Frame::Noun)).then_some(120);
    }
    let mut score = match party.how {
        How::Named => 70,
        How::Office => 72,
        How::Capital => 52,
        How::Referred => 56,
    };
    score -= distance(sentence, party.end, trigger.start);
    if party.start >= zone.0 {
        score += 22;
    }
    score += voice(trigger, party, by);
    score += standing(sentence, trigger, party, sov);
    Some(score)
}

/// What the voice of the act says about a party before it.
fn voice(trigger: &Trigger, party: &Party, by: bool) -> i32 {
    if trigger.passive && trigger.frame != Frame::Noun {
        let fits = match (trigger.frame, party.actor.kind) {
            _ if by => 60,
            // "Anthropic is not available": the vendor does not serve.
            (Frame::Goes, ActorKind::Vendor) if trigger.action == Action::Withhold => -10,
            (Frame::Goes, ActorKind::Government) if party.how == How::Capital => -60,
            (Frame::Goes, ActorKind::Government | ActorKind::Bank) => -30,
            // "Commerce has widened its rule, so that AMD needs permission": whoever else is named before made it so.
            (Frame::Gets, ActorKind::Government) if party.how >= How::Office && limits(trigger.action) => -16,
            _ => -70,
        };
        return fits;
    }
    if by { -60 } else { 0 }
}

fn limits(action: Action) -> bool {
    matches!(action, Action::Prohibit | Action::Restrict | Action::Suspend)
}

/// What the words around a party say about its standing in the sentence.
fn standing(sentence: &Sentence<'_>, trigger: &Trigger, party: &Party, sov: bool) -> i32 {
    let mut score = 0;
    let cue = |cue: Cue, reach: usize| after(sentence, party.end, reach, cue).filter(|mark| mark.end <= trigger.start);
    let at = party.how == How::Capital && before(sentence, party.start, 1, Cue::At).is_some();
    let preposition = before(sentence, party.start, 5, Cue::Preposition).is_some() || at;
    if preposition && !sov && !is_employer(sentence, trigger, party) {
        score -= if trigger.frame == Frame::Noun { 35 } else { 60 };
    }
    if cue(Cue::Possessive, 0).is_some() && trigger.frame != Frame::Noun && party.how != How::Office {
        score -= if party.how == How::Capital { 50 } else { 22 };
    }
    if is_employer(sentence, trigger, party) {
        score += if trigger.passive { 70 } else { 22 };
    }
    if is_relative(sentence, trigger, party) {
        score += 60;
    }
    let listed = |name: &crate::tag::names::Name| {
        name.start == party.start && (super::place::is_local_list(sentence, name) || super::place::is_listed(sentence, name))
    };
    let subject = sov && cue(Cue::Subject, 0).is_some();
    if party.how == How::Capital && !subject && sentence.names.iter().any(listed) {
        score -= 60;
    }
    if cue(Cue::Home, 1).is_some() || after(sentence, party.end, 1, Cue::Local).is_some() && party.how == How::Capital {
        score -= 60;
    }
    if subject {
        score += 20;
    }
    if sov && cue(Cue::Object, 0).is_some() {
        score -= 55;
    }
    let bystander = before(sentence, party.start, 4, Cue::Bystander).or_else(|| after(sentence, party.end, 3, Cue::Bystander));
    if bystander.is_some() {
        score -= 50;
    }
    if before(sentence, party.start, 5, Cue::Precedent).is_some() || after(sentence, party.end, 1, Cue::PrecedentAfter).is_some()
    {
        score -= 45;
    }
    // "X told Y to stop": X is before the order, Y behind it.
    let order = sentence.marks.iter().find(|mark| mark.class == Class::Cue(Cue::Order) && mark.end <= trigger.start);
    if let Some(order) = order {
        score += if party.end <= order.start { 30 } else { -55 };
    }
    score
}

/// "Citi's developers may run": whose people get or lose something decides it.
fn is_employer(sentence: &Sentence<'_>, trigger: &Trigger, party: &Party) -> bool {
    const RIGHT_BEHIND: usize = 24;
    let employs = matches!(party.actor.kind, ActorKind::Bank | ActorKind::Company);
    let gets = matches!(trigger.frame, Frame::Gets | Frame::Does);
    let owns = after(sentence, party.end, 0, Cue::Possessive).map(|mark| mark.end);
    let staff = |at: usize| {
        let people = |class: &Class| matches!(class, Class::Audience(Audience::Employees | Audience::Developers));
        sentence
            .marks
            .iter()
            .any(|mark| people(&mark.class) && mark.start >= at && mark.start - at <= RIGHT_BEHIND && mark.end <= trigger.start)
    };
    employs && gets && owns.is_some_and(staff)
}

/// "It follows Morgan Stanley, which shut the product out": the relative clause is about the name before it.
fn is_relative(sentence: &Sentence<'_>, trigger: &Trigger, party: &Party) -> bool {
    const RELATIVE: &[&str] = &[", which ", ", who ", " which ", " that ", " who "];
    let behind = sentence.between(party.end, trigger.start.max(party.end));
    let opens = RELATIVE.iter().find(|word| behind.starts_with(**word));
    opens.is_some_and(|word| !behind[word.len()..].contains([',', ';', ':']))
}

/// Distance in words, at most forty.
fn distance(sentence: &Sentence<'_>, from: usize, to: usize) -> i32 {
    let between = sentence.text.get(from..to).unwrap_or("");
    let count: usize = between.chars().map(|c| if c.is_ascii() { 1 } else { 3 }).sum();
    i32::try_from(count / 6).unwrap_or(40).min(40)
}

/// The technologies that an act is on: the first, and those of other vendors listed with it.
pub fn objects(sentence: &Sentence<'_>, trigger: &Trigger, techs: &[Tech], actor: Option<&Party>) -> Vec<Tech> {
    let is_actor = |tech: &&Tech| {
        actor.is_some_and(|party| tech.start >= party.start && tech.end <= party.end && !is_product_of(tech, party))
    };
    let order = sentence.marks.iter().find(|mark| mark.class == Class::Cue(Cue::Order) && mark.end <= trigger.start);
    let receives = |tech: &Tech| {
        let ordered = order.is_some_and(|order| tech.start >= order.end && tech.end <= trigger.start);
        let gets = trigger.frame == Frame::Gets && tech.end <= trigger.start;
        // "asks Apple and Google to pull": whoever is asked stands inside the words of the act.
        let asked = tech.start >= trigger.head && tech.end <= trigger.end;
        let asked = asked && sentence.between(tech.end, trigger.end).contains(" to ");
        tech.product.is_none() && (tech.receives || ordered || gets || asked)
    };
    let usable: Vec<&Tech> = techs.iter().filter(|tech| !tech.bystander && !is_actor(tech) && !receives(tech)).collect();
    let zone: Vec<&&Tech> = usable.iter().filter(|tech| tech.start >= trigger.zone.0 && tech.start < trigger.zone.1).collect();
    let all: Vec<&&Tech> = usable.iter().collect();
    let Some(first) = nearest(&zone, trigger).or_else(|| nearest(&all, trigger)) else { return Vec::new() };
    let mut found = vec![first.clone()];
    for tech in &zone {
        let listed = found.iter().any(|one| listed(sentence, one, tech)) && !opens_a_clause(sentence, tech, &zone);
        if listed && found.iter().all(|one| one.vendor != tech.vendor) {
            found.push((**tech).clone());
        }
    }
    // One inquiry into several makers is told with the first.
    if trigger.action == Action::Investigate {
        found.sort_by_key(|tech| tech.start);
        found.truncate(1);
    }
    found
}

/// "Claude's maker": the vendor acts, the product is still what the act is on.
fn is_product_of(tech: &Tech, party: &Party) -> bool {
    tech.product.is_some()
        && (tech.end < party.end || tech.vendor != party.actor.id || tech.product == tech.vendor)
        && (tech.start, tech.end) != (party.start, party.end)
}

fn nearest<'a>(techs: &[&&'a Tech], trigger: &Trigger) -> Option<&'a Tech> {
    let ahead = trigger.passive || trigger.frame == Frame::Goes;
    let key = |tech: &&&&'a Tech| {
        let after = tech.start >= trigger.head;
        let gap = if after { tech.start - trigger.head } else { trigger.start.saturating_sub(tech.end) };
        // Products are what acts are on; a vendor alone is more often a party.
        (tech.product.is_none() || tech.names_maker, after == ahead, gap)
    };
    techs.iter().min_by_key(key).map(|tech| **tech)
}

/// "drops Claude, Microsoft keeps it": a maker right behind a comma, with no list going on behind it.
fn opens_a_clause(sentence: &Sentence<'_>, tech: &Tech, zone: &[&&Tech]) -> bool {
    let comma = sentence.between(sentence.start, tech.start).trim_end().ends_with(',');
    comma && tech.product.is_none() && !zone.iter().any(|other| other.start > tech.end && listed(sentence, tech, other))
}

fn listed(sentence: &Sentence<'_>, one: &Tech, other: &Tech) -> bool {
    let (from, to) = if one.end <= other.start { (one.end, other.start) } else { (other.end, one.start) };
    from <= to && sentence.between(from, to).chars().count() <= 6 && !sentence.between(from, to).contains(['.', ';', '(', '。'])
}

/// What an act is on where its sentence names nothing: what the story speaks of, unless the sentence speaks of AI at large.
pub fn fallback(sentence: &Sentence<'_>, trigger: &Trigger, heard: &Heard, elliptic: bool) -> Option<Tech> {
    // "No bank from the UK was admitted": to what, the story has said.
    let told = sentence.between(trigger.start, trigger.end);
    let some =
        |mark: &&Mark| matches!(mark.class, Class::Audience(_)) && mark.start >= trigger.zone.0 && mark.start < trigger.zone.1;
    let place = |name: &crate::tag::names::Name| name.is_place && name.start >= trigger.zone.0 && name.end <= trigger.start;
    let people =
        told.starts_with("those ") || sentence.names.iter().any(place) || sentence.marks.iter().copied().any(|mark| some(&mark));
    let users = trigger.frame == Frame::Gets && trigger.action == Action::Withhold && people;
    let elliptic = elliptic || users && heard.product.is_some();
    let in_zone = |start: usize| start >= trigger.zone.0 && start < trigger.zone.1;
    let refers = |wanted: fn(Referent) -> bool| {
        sentence.marks.iter().any(|mark| in_zone(mark.start) && matches!(mark.class, Class::Refers(one) if wanted(one)))
    };
    let at_large =
        sentence.marks.iter().any(|mark| in_zone(mark.start) && matches!(mark.class, Class::Cue(Cue::Tech | Cue::Chip)));
    if at_large && !refers(|one| matches!(one, Referent::Product | Referent::Vendor)) {
        return None;
    }
    // A sentence that neither names nor points at a technology tells of one only where subjects go unsaid.
    if !elliptic && !refers(|one| one != Referent::Place) {
        return None;
    }
    let (start, end) = (trigger.start, trigger.end);
    match (&heard.product, &heard.vendor) {
        (Some((product, vendor)), _) => {
            Some(Tech { start, end, vendor: vendor.clone(), product: Some(product.clone()), ..Tech::default() })
        }
        (None, Some(vendor)) => Some(Tech { start, end, vendor: vendor.id.clone(), product: None, ..Tech::default() }),
        (None, None) => None,
    }
}
