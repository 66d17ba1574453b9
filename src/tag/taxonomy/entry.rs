//! Makes one entry of each table in a file, and remembers on which line each name stands.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use crate::model::mistake::Mistake;
use crate::model::taxonomy::{Alias, AuthorityKind, Kind, Member};

/// The languages an alias may be in; `*` where it is the same in all.
const LANGUAGES: [&str; 10] = ["*", "en", "zh-Hant", "zh-Hans", "ja", "ko", "de", "fr", "es", "it"];

/// A member and where it was written.
pub struct Entry {
    /// Path of the file.
    pub file: String,
    /// Line of its id, or of its table where the id is missing.
    pub line: usize,
    /// The line of each alias, in the member's order.
    pub alias_lines: Vec<usize>,
    /// What was read; fields with mistakes are left empty.
    pub member: Member,
}

/// The entries of a file, in its order; mistakes in syntax, keys and types are added to the list.
pub fn read(file: &str, text: &str, (table, kind): (&str, Kind), mistakes: &mut Vec<Mistake>) -> Vec<Entry> {
    let line_ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
    let place = Place { file, line_ends: &line_ends, owner: String::new() };
    let (document, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let span = error.span().unwrap_or_default();
        place.note(span, format!("{}; mend the syntax", error.message()), mistakes);
    }
    let mut entries = Vec::new();
    for (key, value) in document.get_ref() {
        match value.get_ref().as_array().filter(|_| key.get_ref() == table) {
            Some(tables) => entries.extend(tables.iter().filter_map(|value| one(&place, value, kind, mistakes))),
            None => place.note(key.span(), format!("\"{}\" is unknown here; write [[{table}]]", key.get_ref()), mistakes),
        }
    }
    entries
}

/// Where we are: the file, and whose table is read.
struct Place<'a> {
    file: &'a str,
    line_ends: &'a [usize],
    owner: String,
}

impl Place<'_> {
    fn line(&self, span: Range<usize>) -> usize {
        self.line_ends.partition_point(|end| *end < span.start) + 1
    }

    fn note(&self, span: Range<usize>, message: String, mistakes: &mut Vec<Mistake>) {
        let message = if self.owner.is_empty() { message } else { format!("\"{}\": {message}", self.owner) };
        mistakes.push(Mistake::new(self.file, self.line(span), message));
    }

    fn string(&self, value: &Spanned<DeValue<'_>>, mistakes: &mut Vec<Mistake>) -> Option<String> {
        match value.get_ref().as_str() {
            Some(text) if !text.trim().is_empty() && text.trim() == text => return Some(text.to_string()),
            Some(_) => self.note(value.span(), "a text is empty or begins or ends with a space; trim it".into(), mistakes),
            None => self.note(value.span(), format!("expected a text, found {}", value.get_ref().type_str()), mistakes),
        }
        None
    }

    /// The texts of a list, each with its line.
    fn strings(&self, value: &Spanned<DeValue<'_>>, mistakes: &mut Vec<Mistake>) -> Vec<(String, usize)> {
        let Some(items) = value.get_ref().as_array() else {
            self.note(value.span(), format!("expected a list of texts, found {}", value.get_ref().type_str()), mistakes);
            return Vec::new();
        };
        items.iter().filter_map(|item| Some((self.string(item, mistakes)?, self.line(item.span())))).collect()
    }
}

fn one(place: &Place<'_>, value: &Spanned<DeValue<'_>>, kind: Kind, mistakes: &mut Vec<Mistake>) -> Option<Entry> {
    let Some(table) = value.get_ref().as_table() else {
        place.note(value.span(), format!("expected a table, found {}", value.get_ref().type_str()), mistakes);
        return None;
    };
    let id = table.get("id");
    let owner = id.and_then(|id| id.get_ref().as_str()).unwrap_or_default().to_string();
    let line = place.line(id.map_or(value.span(), Spanned::span));
    let place = Place { file: place.file, line_ends: place.line_ends, owner };
    let mut entry = Entry { file: place.file.to_string(), line, alias_lines: Vec::new(), member: Member::new(kind, "", "") };
    for (key, value) in table {
        if allowed(kind, key.get_ref()) {
            set(&place, &mut entry, (key, value), mistakes);
        } else {
            place.note(key.span(), format!("\"{}\" is unknown here; remove it or mend its spelling", key.get_ref()), mistakes);
        }
    }
    Some(entry)
}

/// Whether a kind of member has a key.
fn allowed(kind: Kind, key: &str) -> bool {
    match key {
        "id" | "name" | "aliases" | "beware" | "decoys" | "exact" | "weak" | "page" => true,
        "home" => !matches!(kind, Kind::Product | Kind::Region),
        "what" => matches!(kind, Kind::Product | Kind::Vendor),
        "vendor" | "parent" => kind == Kind::Product,
        "members" => kind == Kind::Region,
        "kind" => kind == Kind::Authority,
        _ => false,
    }
}

type Pair<'a, 'i> = (&'a Spanned<DeString<'i>>, &'a Spanned<DeValue<'i>>);

fn set(place: &Place<'_>, entry: &mut Entry, (key, value): Pair<'_, '_>, mistakes: &mut Vec<Mistake>) {
    let member = &mut entry.member;
    match key.get_ref().as_ref() {
        "id" => member.id = place.string(value, mistakes).unwrap_or_default(),
        "name" => member.name = place.string(value, mistakes).unwrap_or_default(),
        "aliases" => aliases(place, entry, value, mistakes),
        "beware" => member.beware = texts(place, value, mistakes),
        "decoys" => member.decoys = texts(place, value, mistakes),
        "exact" => member.exact = texts(place, value, mistakes),
        "weak" => member.weak = texts(place, value, mistakes),
        "members" => member.members = texts(place, value, mistakes),
        "home" => member.home = place.string(value, mistakes),
        "page" => member.page = place.string(value, mistakes),
        "what" => member.what = place.string(value, mistakes),
        "vendor" => member.vendor = place.string(value, mistakes),
        "parent" => member.parent = place.string(value, mistakes),
        _ => member.authority = authority(place, value, mistakes),
    }
}

fn texts(place: &Place<'_>, value: &Spanned<DeValue<'_>>, mistakes: &mut Vec<Mistake>) -> Vec<String> {
    place.strings(value, mistakes).into_iter().map(|(text, _)| text).collect()
}

fn authority(place: &Place<'_>, value: &Spanned<DeValue<'_>>, mistakes: &mut Vec<Mistake>) -> Option<AuthorityKind> {
    match value.get_ref().as_str() {
        Some("government") => Some(AuthorityKind::Government),
        Some("regulator") => Some(AuthorityKind::Regulator),
        Some("court") => Some(AuthorityKind::Court),
        _ => {
            let message = "unknown kind of authority; write \"government\", \"regulator\" or \"court\"".to_string();
            place.note(value.span(), message, mistakes);
            None
        }
    }
}

fn aliases(place: &Place<'_>, entry: &mut Entry, value: &Spanned<DeValue<'_>>, mistakes: &mut Vec<Mistake>) {
    let Some(languages) = value.get_ref().as_table() else {
        place.note(value.span(), "aliases go by language; write aliases = { en = [\"…\"] }".into(), mistakes);
        return;
    };
    for (lang, list) in languages {
        if !LANGUAGES.contains(&lang.get_ref().as_ref()) {
            let message = format!("unknown language \"{}\"; use one of {}", lang.get_ref(), LANGUAGES.join(", "));
            place.note(lang.span(), message, mistakes);
            continue;
        }
        for (text, line) in place.strings(list, mistakes) {
            entry.member.aliases.push(Alias { lang: lang.get_ref().to_string(), text });
            entry.alias_lines.push(line);
        }
    }
}
