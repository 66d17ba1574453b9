//! What must hold between entries: ids, order, references, and that no name is claimed twice.

use std::collections::BTreeMap;

use crate::model::mistake::Mistake;
use crate::model::taxonomy::{Kind, Member};

use super::entry::Entry;

/// Adds every mistake of the entries taken together.
pub fn all(entries: &[Entry], mistakes: &mut Vec<Mistake>) {
    let index = index(entries, mistakes);
    order(entries, mistakes);
    for entry in entries {
        let mut messages = itself(&entry.member);
        messages.extend(references(&entry.member, &index));
        mistakes.extend(messages.into_iter().map(|message| at(entry, message)));
    }
    names(entries, mistakes);
}

/// Whoever may act, and so may make a product.
const ACTORS: [Kind; 4] = [Kind::Vendor, Kind::Bank, Kind::Authority, Kind::Company];

type Index<'a> = BTreeMap<(Kind, &'a str), &'a Entry>;

fn at(entry: &Entry, message: String) -> Mistake {
    let id = &entry.member.id;
    Mistake::new(&entry.file, entry.line, if id.is_empty() { message } else { format!("\"{id}\" {message}") })
}

fn index<'a>(entries: &'a [Entry], mistakes: &mut Vec<Mistake>) -> Index<'a> {
    let mut index = Index::new();
    for entry in entries {
        if let Some(first) = index.get(&(entry.member.kind, entry.member.id.as_str())) {
            let (file, line) = (&first.file, first.line);
            mistakes.push(at(entry, format!("is there already, at {file}:{line}; join the two or rename one")));
            continue;
        }
        index.insert((entry.member.kind, &entry.member.id), entry);
    }
    index
}

/// Entries of a file stand in the order of their ids, so that an editor finds them and two edits meet in one place.
fn order(entries: &[Entry], mistakes: &mut Vec<Mistake>) {
    for pair in entries.windows(2) {
        let [before, after] = pair else { continue };
        if before.file == after.file && before.member.id > after.member.id {
            mistakes.push(at(after, format!("stands after \"{}\"; sort the file by id", before.member.id)));
        }
    }
}

fn itself(member: &Member) -> Vec<String> {
    let mut wrong = Vec::new();
    if member.id.is_empty() {
        wrong.push("an entry has no id; add one".to_string());
    } else if !id_is_good(member) {
        wrong.push(match member.kind {
            Kind::Region => "is no id of a place; write \"HK\", \"US-TX\", or \"greater-china\" with members".to_string(),
            _ => "is no good id; use lower-case letters, digits, dots and single dashes".to_string(),
        });
    }
    if member.name.is_empty() {
        wrong.push("has no name; add one".to_string());
    }
    if member.kind == Kind::Authority && member.authority.is_none() {
        wrong.push("has no kind; write government, regulator or court".to_string());
    }
    for text in member.exact.iter().chain(&member.weak) {
        if *text != member.name && !member.aliases.iter().any(|alias| alias.text == *text) {
            wrong.push(format!("has no alias \"{text}\", which it calls exact or weak; add it to aliases"));
        }
    }
    for decoy in member.decoys.iter().filter(|decoy| !holds_a_name(decoy, member)) {
        wrong.push(format!("has a decoy \"{decoy}\" that holds none of its names; move it to beware or remove it"));
    }
    if member.page.as_ref().is_some_and(|page| !page.starts_with("https://") && !page.starts_with("http://")) {
        wrong.push("has a page that is no web address; write https://…".to_string());
    }
    wrong
}

fn holds_a_name(decoy: &str, member: &Member) -> bool {
    let decoy = decoy.to_lowercase();
    let names = std::iter::once(&member.name).chain(member.aliases.iter().map(|alias| &alias.text));
    names.map(|name| name.to_lowercase()).any(|name| decoy.len() > name.len() && decoy.contains(&name))
}

fn id_is_good(member: &Member) -> bool {
    match (member.kind, member.id.split_once('-')) {
        (Kind::Region, _) if !member.members.is_empty() => is_kebab(&member.id.to_ascii_lowercase()),
        (Kind::Region, None) => is_country(&member.id) || member.id == "worldwide",
        (Kind::Region, Some((country, part))) => is_country(country) && is_upper(part, 1..=3),
        _ => is_kebab(&member.id),
    }
}

fn is_country(text: &str) -> bool {
    is_upper(text, 2..=2) && text.chars().all(|c| c.is_ascii_uppercase())
}

fn is_upper(text: &str, length: std::ops::RangeInclusive<usize>) -> bool {
    length.contains(&text.len()) && text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
}

fn is_kebab(text: &str) -> bool {
    text.split(['-', '.']).all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit()))
}

fn references(member: &Member, index: &Index<'_>) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut expect = |what: &str, kind: Kind, id: Option<&String>| {
        if let Some(id) = id.filter(|id| !index.contains_key(&(kind, id.as_str()))) {
            wrong.push(format!("has {what} \"{id}\", which is in no file; add it or mend its spelling"));
        }
    };
    expect("home", Kind::Region, member.home.as_ref());
    expect("parent", Kind::Product, member.parent.as_ref());
    member.members.iter().for_each(|id| expect("member", Kind::Region, Some(id)));
    // A bank or an authority may have made a product for its own people.
    if let Some(maker) = &member.vendor
        && !ACTORS.iter().any(|kind| index.contains_key(&(*kind, maker.as_str())))
    {
        wrong.push(format!("has vendor \"{maker}\", which is in no file; add it or mend its spelling"));
    }
    match member.kind {
        Kind::Product if member.vendor.is_none() => wrong.push("has no vendor; say who makes it".to_string()),
        Kind::Region | Kind::Product => {}
        _ if member.home.is_none() => wrong.push("has no home; add the region, \"worldwide\" where it has none".to_string()),
        _ => {}
    }
    let upwards = |id: &str| match member.kind {
        Kind::Product => index.get(&(Kind::Product, id)).and_then(|entry| entry.member.parent.clone()).into_iter().collect(),
        _ => index.get(&(Kind::Region, id)).map_or(Vec::new(), |entry| entry.member.members.clone()),
    };
    if matches!(member.kind, Kind::Product | Kind::Region) && reaches_itself(&member.id, upwards) {
        wrong.push("is part of itself; break the circle".to_string());
    }
    wrong
}

fn reaches_itself(id: &str, next: impl Fn(&str) -> Vec<String>) -> bool {
    let mut seen: Vec<String> = Vec::new();
    let mut open = next(id);
    while let Some(one) = open.pop() {
        if one == id {
            return true;
        }
        if !seen.contains(&one) {
            open.extend(next(&one));
            seen.push(one);
        }
    }
    false
}

/// One claim of a name.
struct Claim<'a> {
    text: &'a str,
    lang: &'a str,
    entry: &'a Entry,
    line: usize,
}

/// A name belongs to one member a language, whatever its case; see [`may_share`] for who may share one.
fn names(entries: &[Entry], mistakes: &mut Vec<Mistake>) {
    let mut claims: BTreeMap<String, Vec<Claim<'_>>> = BTreeMap::new();
    for claim in entries.iter().flat_map(claims_of) {
        let before = claims.entry(claim.text.to_lowercase()).or_default();
        if let Some(message) = before.iter().find_map(|first| clash(first, &claim)) {
            mistakes.push(Mistake::new(&claim.entry.file, claim.line, message));
        }
        before.push(claim);
    }
}

fn claims_of(entry: &Entry) -> impl Iterator<Item = Claim<'_>> {
    let member = &entry.member;
    let name = (!member.name.is_empty()).then_some(Claim { text: &member.name, lang: "en", entry, line: entry.line });
    let aliases = member.aliases.iter().zip(&entry.alias_lines);
    name.into_iter().chain(aliases.map(move |(alias, line)| Claim { text: &alias.text, lang: &alias.lang, entry, line: *line }))
}

fn clash(first: &Claim<'_>, second: &Claim<'_>) -> Option<String> {
    let (one, other) = (&first.entry.member, &second.entry.member);
    if std::ptr::eq(first.entry, second.entry) {
        let again = first.lang == second.lang && first.text == second.text;
        return again.then(|| format!("\"{}\" has \"{}\" twice; keep one", other.id, second.text));
    }
    let one_language = first.lang == second.lang || first.lang == "*" || second.lang == "*";
    if !one_language || may_share(one, other) || may_share(other, one) || is_weak(first) && is_weak(second) {
        return None;
    }
    let (file, line) = (&first.entry.file, first.line);
    Some(format!(
        "\"{}\" has the alias \"{}\" of \"{}\", {file}:{line}; keep it at one of the two, or call it weak at both",
        other.id, second.text, one.id
    ))
}

fn is_weak(claim: &Claim<'_>) -> bool {
    claim.entry.member.weak.iter().any(|text| text == claim.text)
}

/// A product may carry the name of its vendor or of the product it is part of ("DeepSeek"), and an authority that of its
/// place ("Singapore"): texts rarely tell the two apart, and both may be meant. Whoever else shares a name is told apart
/// by what stands around it, so the name must be weak at both ("Georgia").
fn may_share(one: &Member, other: &Member) -> bool {
    match (one.kind, other.kind) {
        (Kind::Product, Kind::Vendor) => one.vendor.as_ref() == Some(&other.id),
        (Kind::Product, Kind::Product) => one.parent.as_ref() == Some(&other.id),
        (Kind::Authority, Kind::Region) => one.home.as_ref() == Some(&other.id),
        _ => false,
    }
}
