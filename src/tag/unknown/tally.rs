//! Counts unknown names over many stories.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Guess, Unknown, signs};

/// No more names than this are counted; what comes first in the archive counts. A million articles hold fewer.
const NAMES: usize = 500_000;

/// Stories of a name that are named.
const SHOWN: usize = 5;

/// Unknown names with where they stood.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// By the name in lower case, without a legal form.
    names: BTreeMap<String, Counted>,
}

#[derive(Clone, Debug, Default)]
struct Counted {
    written: BTreeMap<String, usize>,
    guesses: BTreeMap<Guess, usize>,
    vendors: BTreeMap<String, usize>,
    stories: BTreeSet<String>,
    outlets: BTreeSet<String>,
    /// Of the story with the smallest id: what is printed does not hang on the order of counting.
    example: Option<(String, String, String)>,
}

/// A name that may belong into `taxonomy/`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// As it is written most often.
    pub name: String,
    /// What it would be.
    pub would_be: Guess,
    /// Product: the vendor whose name stands before it.
    pub vendor: Option<String>,
    /// Stories in which it stands so.
    pub stories: usize,
    /// Outlets that write it.
    pub outlets: usize,
    /// Ids of the first of these stories.
    pub story_ids: Vec<String>,
    /// BCP 47, of the example.
    pub lang: String,
    /// An example.
    pub quote: String,
    /// A table for `taxonomy/`; what has to be mended in it stands in its comments.
    pub toml: String,
}

impl Tally {
    /// Counts a name that stands in a story, as an outlet tells it in a language.
    pub fn add(&mut self, unknown: Unknown, (story, outlet, lang): (&str, &str, &str)) {
        let key = key(&unknown.name);
        if self.names.len() >= NAMES && !self.names.contains_key(&key) {
            return;
        }
        let counted = self.names.entry(key).or_default();
        *counted.written.entry(unknown.name).or_default() += 1;
        *counted.guesses.entry(unknown.guess).or_default() += 1;
        unknown.vendor.into_iter().for_each(|vendor| *counted.vendors.entry(vendor).or_default() += 1);
        counted.stories.insert(story.to_string());
        counted.outlets.insert(outlet.to_string());
        let example = (story.to_string(), unknown.quote, lang.to_string());
        if counted.example.as_ref().is_none_or(|other| example < *other) {
            counted.example = Some(example);
        }
    }

    /// The names that stand in so many stories or more: those in most stories first, then in most outlets, then by name.
    pub fn suggestions(&self, least: usize) -> Vec<Suggestion> {
        let often = self.names.values().filter(|counted| counted.stories.len() >= least.max(1));
        let mut found: Vec<Suggestion> = often.filter_map(suggestion).collect();
        found.sort_by(|one, other| (other.stories, other.outlets, &one.name).cmp(&(one.stories, one.outlets, &other.name)));
        found
    }
}

fn key(name: &str) -> String {
    let lower = name.to_lowercase();
    let words: Vec<&str> = lower.split(' ').filter(|word| !signs::has(signs::FORMS, word.trim_end_matches('.'))).collect();
    if words.is_empty() { lower } else { words.join(" ") }
}

/// What was counted most; of equals the first.
fn most<T: Ord + Clone>(counts: &BTreeMap<T, usize>) -> Option<T> {
    counts.iter().max_by(|one, other| one.1.cmp(other.1).then(other.0.cmp(one.0))).map(|(value, _)| value.clone())
}

fn suggestion(counted: &Counted) -> Option<Suggestion> {
    let (name, would_be) = (most(&counted.written)?, most(&counted.guesses)?);
    let (_, quote, lang) = counted.example.clone()?;
    let vendor = most(&counted.vendors);
    Some(Suggestion {
        toml: table(&name, would_be, vendor.as_deref(), &lang),
        would_be,
        vendor,
        stories: counted.stories.len(),
        outlets: counted.outlets.len(),
        story_ids: counted.stories.iter().take(SHOWN).cloned().collect(),
        lang,
        quote,
        name,
    })
}

/// A table that can be pasted as it is: it is free of mistakes, and says what to mend.
fn table(name: &str, would_be: Guess, vendor: Option<&str>, lang: &str) -> String {
    let slug = slug(name);
    let (file, table) = match would_be {
        Guess::Bank => ("banks", "bank"),
        Guess::Vendor => ("vendors", "vendor"),
        Guess::Product => ("products", "product"),
        Guess::Authority => ("authorities", "authority"),
        Guess::Company => ("companies", "company"),
    };
    let quoted = toml::Value::String(name.to_string());
    let id = if would_be == Guess::Authority { format!("xx-{slug}") } else { slug };
    let mut lines = vec![
        format!("# taxonomy/{file}.toml, sorted by id"),
        format!("[[{table}]]"),
        format!("id = \"{id}\" # lower-case common name; it never changes{}", if is_latin(name) { "" } else { ": mend it" }),
        format!("name = {quoted}{}", if is_latin(name) { "" } else { " # mend: its English name" }),
    ];
    match would_be {
        Guess::Product => match vendor {
            Some(vendor) => lines.push(format!("vendor = \"{vendor}\"")),
            None => {
                lines.push("vendor = \"openai\" # mend: whose it is; add them to taxonomy/vendors.toml if they are new".into())
            }
        },
        _ => lines.push("home = \"worldwide\" # mend: the region of its head office".into()),
    }
    if would_be == Guess::Authority {
        lines.push("kind = \"regulator\" # or government, court; and mend the country in its id".into());
    }
    if !is_latin(name) {
        let lang = if ["zh-Hant", "zh-Hans", "ja", "ko"].contains(&lang) { lang } else { "*" };
        let lang = toml::Value::String(lang.to_string());
        lines.push(format!("aliases.{lang} = [{quoted}]"));
    }
    lines.join("\n") + "\n"
}

fn is_latin(name: &str) -> bool {
    name.chars().all(|c| c < '\u{0250}')
}

/// Lower-kebab ASCII; of what has none, its characters' numbers.
fn slug(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let plain: String = name.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect();
    let plain = plain.to_lowercase();
    let words: Vec<&str> = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if !words.is_empty() && is_latin(name) {
        return words.join("-");
    }
    let numbers: Vec<String> = name.chars().take(3).map(|c| format!("{:x}", u32::from(c))).collect();
    format!("u-{}", numbers.join("-"))
}
