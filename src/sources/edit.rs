//! Additions to `feeds.toml`: text and new entries go in, text comes out. What stood there stays as it is, comments included.

use std::collections::{BTreeMap, BTreeSet};

use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, TomlError, Value, value};
use url::{Host, Url};

use super::{twins, values};
use crate::model::source::{Selectors, Source, SourceKind};

/// Words that say of an address or a title that it is a feed, and so nothing.
const NO_NAME: [&str; 22] = [
    "a", "all", "and", "atom", "default", "en", "feed", "feeds", "for", "html", "index", "json", "news", "of", "php", "posts",
    "rdf", "rss", "rss2", "the", "www", "xml",
];

/// Words of an id: more are no longer read.
const MOST_WORDS: usize = 5;

/// Longest id before a number is added, in letters: with one it still fits the 64 of an id.
const LONGEST_BASE: usize = 56;

/// Longest title in characters.
const LONGEST_TITLE: usize = 200;

/// A source that is to be added. Empty and absent fields are left out of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The id that is wished for; one is made where it is absent, ill-formed or taken.
    pub id: Option<String>,
    /// Where it is fetched.
    pub url: Url,
    /// What the editor calls it; the host where it is empty.
    pub title: String,
    /// Who publishes it.
    pub outlet: Option<String>,
    /// Its language.
    pub lang: Option<String>,
    /// One of `GROUPS`.
    pub group: String,
    /// How it is read.
    pub kind: SourceKind,
    /// Whether it is fetched.
    pub enabled: bool,
    /// Its exact host and port may be on a private network.
    pub allow_private: bool,
    /// Written above it.
    pub comment: Option<String>,
}

impl Entry {
    /// A feed that is on, of which nothing more is known.
    pub fn feed(url: Url, title: &str, group: &str) -> Self {
        let (title, group) = (title.to_string(), group.to_string());
        Self {
            id: None,
            url,
            title,
            outlet: None,
            lang: None,
            group,
            kind: SourceKind::Feed,
            enabled: true,
            allow_private: false,
            comment: None,
        }
    }
}

/// A `feeds.toml` with its additions.
pub struct Additions<'a> {
    text: &'a str,
    ids: BTreeSet<String>,
    /// Ids by address as twins are told.
    addresses: BTreeMap<String, String>,
    tables: Vec<Table>,
}

impl<'a> Additions<'a> {
    /// None so far. `sources` are those of `text`.
    pub fn to(text: &'a str, sources: &[Source]) -> Self {
        Self {
            text,
            ids: sources.iter().map(|source| source.id.clone()).collect(),
            addresses: sources.iter().map(|source| (twins::key(&source.url), source.id.clone())).collect(),
            tables: Vec::new(),
        }
    }

    /// The id of the source that has an address already, be it by http or https.
    pub fn known(&self, url: &Url) -> Option<&str> {
        self.addresses.get(&twins::key(url)).map(String::as_str)
    }

    /// Adds a source and gives its id. Whether its address is known is for the caller to ask before.
    pub fn add(&mut self, entry: &Entry) -> String {
        let id = self.free(entry);
        self.ids.insert(id.clone());
        self.addresses.insert(twins::key(&entry.url), id.clone());
        self.tables.push(table(&id, entry));
        id
    }

    /// The additions alone, as they will stand in the file.
    pub fn written(&self) -> String {
        let mut list = ArrayOfTables::new();
        self.tables.iter().for_each(|table| list.push(table.clone()));
        let mut document = DocumentMut::new();
        document.insert("source", Item::ArrayOfTables(list));
        document.to_string().trim_start().to_string()
    }

    /// The whole file. The additions stand at its end; where the sources are a list in brackets, at the end of that.
    pub fn finish(self) -> Result<String, TomlError> {
        let (mark, text) = self.text.strip_prefix('\u{feff}').map_or(("", self.text), |text| ("\u{feff}", text));
        let mut document: DocumentMut = text.parse()?;
        if let Some(Item::Value(Value::Array(list))) = document.get_mut("source") {
            self.tables.into_iter().for_each(|table| push(list, table));
            return Ok(format!("{mark}{document}"));
        }
        let gap = if text.is_empty() || text.ends_with("\n\n") {
            ""
        } else if text.ends_with('\n') {
            "\n"
        } else {
            "\n\n"
        };
        let mut added = format!("{gap}{}", self.written());
        if text.contains("\r\n") {
            added = added.replace('\n', "\r\n");
        }
        Ok(format!("{mark}{text}{added}"))
    }

    fn free(&self, entry: &Entry) -> String {
        let wished = entry.id.clone().filter(|id| values::id(id).is_ok());
        let base = wished.unwrap_or_else(|| id_of(&entry.url, &entry.title));
        let short = base.get(..LONGEST_BASE).unwrap_or(&base).trim_end_matches('-');
        let numbered = |number: usize| if number == 1 { base.clone() } else { format!("{short}-{number}") };
        let free = (1..).map(numbered).find(|id| !self.ids.contains(id));
        free.expect("numbers do not end before ids do")
    }
}

/// A group by its name, or why it is none and what to write.
pub fn group(name: &str) -> Result<String, String> {
    values::group(name)
}

/// An id as it was wished, or why it is none and what to write.
pub fn id(id: &str) -> Result<String, String> {
    values::id(id)
}

/// An address as `feeds.toml` takes it, or why it does not.
pub fn url(url: &Url) -> Result<Url, String> {
    values::url(url.as_str())
}

/// An outside title in one line, without what turns or hides itself, at a bearable length.
pub fn tidy(title: &str) -> String {
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    let shown: String = title.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !hidden(*c)).collect();
    let line = shown.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST_TITLE) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

/// An id of host and title: `scmp-tech`; of host and path where the title has no Latin letters. Numbers tell twins apart.
fn id_of(url: &Url, title: &str) -> String {
    let host = url.host_str().unwrap_or("source");
    let label = match url.host() {
        Some(Host::Domain(_)) => psl::domain_str(host).unwrap_or(host).split('.').next().unwrap_or(host),
        _ => host,
    };
    let mut words = words_of(label);
    let told = |text: &str, words: &[String]| -> Vec<String> {
        words_of(text).into_iter().filter(|word| !words.contains(word) && !NO_NAME.contains(&word.as_str())).collect()
    };
    let mut more = told(title, &words);
    if more.is_empty() {
        more = told(url.path(), &words);
    }
    words.extend(more.into_iter().take(MOST_WORDS - 1));
    let id: String = words.join("-").chars().take(LONGEST_BASE).collect();
    let id = id.trim_matches('-');
    if id.is_empty() { "source".to_string() } else { id.to_string() }
}

fn words_of(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_string).collect()
}

fn table(id: &str, entry: &Entry) -> Table {
    let mut table = Table::new();
    if let Some(comment) = &entry.comment {
        table.decor_mut().set_prefix(format!("\n# {}\n", tidy(comment)));
    }
    let title = Some(tidy(&entry.title)).filter(|title| !title.is_empty());
    let title = title.unwrap_or_else(|| entry.url.host_str().unwrap_or(id).to_string());
    table["id"] = value(id);
    table["url"] = value(entry.url.as_str());
    table["title"] = value(title.as_str());
    if let Some(outlet) = entry.outlet.as_deref().map(tidy).filter(|outlet| !outlet.is_empty() && *outlet != title) {
        table["outlet"] = value(outlet);
    }
    if let Some(lang) = entry.lang.as_deref().and_then(|lang| values::lang(lang).ok()) {
        table["lang"] = value(lang);
    }
    table["group"] = value(entry.group.as_str());
    match &entry.kind {
        SourceKind::Feed => {}
        SourceKind::Json => table["kind"] = value("json"),
        SourceKind::Page(selectors) => {
            table["kind"] = value("page");
            table["select"] = value(select(selectors));
        }
    }
    if !entry.enabled || entry.kind == SourceKind::Json {
        table["enabled"] = value(false);
    }
    if entry.allow_private {
        table["allow_private"] = value(true);
    }
    table
}

fn select(selectors: &Selectors) -> InlineTable {
    let mut table = InlineTable::new();
    let optional = [("title", &selectors.title), ("date", &selectors.date), ("summary", &selectors.summary)];
    table.insert("item", selectors.item.as_str().into());
    table.insert("link", selectors.link.as_str().into());
    for (name, selector) in optional {
        if let Some(selector) = selector {
            table.insert(name, selector.as_str().into());
        }
    }
    table
}

/// At the end of a list in brackets, on a line of its own.
fn push(list: &mut Array, table: Table) {
    let mut entry = Value::InlineTable(table.into_inline_table());
    entry.decor_mut().set_prefix("\n  ");
    list.push_formatted(entry);
}

#[cfg(test)]
mod tests;
