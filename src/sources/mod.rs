//! Checks `feeds.toml`: text goes in, sources come out, or every mistake at once.

/// A table's values with the mistakes found in them.
mod fields;

/// What single values must look like.
mod values;

/// Sources that share an id or an address.
mod twins;

/// Additions to the file.
pub mod edit;

/// Sources as other programs' lists of feeds.
pub mod opml;

use std::time::Duration;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::model::mistake::Mistake;
use crate::model::source::{DatePolicy, Selectors, Source, SourceKind};
use fields::{Fields, Findings};

/// Between two looks at one source, unless the file says otherwise: news feeds hold at least a day's items.
const EVERY: Duration = Duration::from_secs(3600);

/// A quiet source's interval is stretched at most so many times, unless the file says otherwise.
const STRETCH: u32 = 8;

/// However quiet a source is, it is looked at once a day, unless the file says otherwise.
const SLOWEST: Duration = Duration::from_secs(86_400);

/// Between two requests to one registrable domain, unless the file says otherwise: slower than a person who clicks.
const GAP: Duration = Duration::from_secs(2);

/// Newest items taken of one document, unless the file says otherwise: some publishers serve their whole archive.
const MAX_ITEMS: usize = 200;

/// The groups of the file, as the coverage page lists them.
pub const GROUPS: [&str; 9] =
    ["wire", "asia-press", "tech-press", "bank-press", "vendors", "regulators", "export-law", "think-tanks", "search"];

const SOURCE_KEYS: [&str; 21] = [
    "id",
    "url",
    "title",
    "outlet",
    "lang",
    "group",
    "kind",
    "enabled",
    "every",
    "slowest",
    "gap",
    "max_items",
    "user_agent",
    "date",
    "paywalled",
    "aggregator",
    "speaks_for",
    "allow_private",
    "text_selector",
    "select",
    "note",
];

/// What `[defaults]` says, or what we say where it is silent.
struct Defaults {
    every: Duration,
    /// `None` where it depends on the source's own `every`.
    slowest: Option<Duration>,
    gap: Duration,
    max_items: usize,
}

/// The sources of a `feeds.toml`, in the file's order, or every mistake in it, by line.
///
/// `file` is the name that mistakes carry.
pub fn read(text: &str, file: &str) -> Result<Vec<Source>, Vec<Mistake>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut findings = Findings::new(text, file);
    let (root, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let offset = error.span().map_or(0, |span| span.start);
        findings.add(offset, format!("this is no TOML: {}; mend the line", error.message()));
    }
    let sources = whole_file(root.get_ref(), &mut findings, &errors);
    findings.finish(sources)
}

fn whole_file(root: &DeTable<'_>, findings: &mut Findings<'_>, errors: &[toml::de::Error]) -> Vec<Source> {
    let mut top = Fields::new("the file", 0, root, findings);
    top.only(&["defaults", "source"]);
    let defaults = defaults(root, findings);
    let tables = source_tables(root, findings);
    if tables.is_empty() && errors.is_empty() {
        findings.add_whole("no source is named; add a [[source]] table with id, url, title and group");
    }
    let broken = broken_lines(findings.text(), errors);
    let mut sources = Vec::new();
    for (place, (start, table)) in tables.iter().enumerate() {
        // A table with a syntax error lacks what stood on that line; its other mistakes would mislead.
        let end = tables.get(place + 1).map_or(usize::MAX, |next| next.0);
        if broken.iter().any(|offset| (*start..end).contains(offset)) {
            continue;
        }
        sources.extend(source(*start, table, &defaults, findings));
    }
    twins::check(&tables, findings);
    sources
}

fn broken_lines(text: &str, errors: &[toml::de::Error]) -> Vec<usize> {
    errors.iter().map(|error| error.span().map_or(text.len(), |span| span.start)).collect()
}

fn defaults(root: &DeTable<'_>, findings: &mut Findings<'_>) -> Defaults {
    let empty = DeTable::new();
    let (start, table) = match root.get("defaults") {
        Some(value) => match value.get_ref() {
            DeValue::Table(table) => (value.span().start, table),
            _ => {
                findings.add(value.span().start, "\"defaults\" is no table; write [defaults] on a line of its own");
                (0, &empty)
            }
        },
        None => (0, &empty),
    };
    let mut fields = Fields::new("[defaults]", start, table, findings);
    fields.only(&["every", "slowest", "gap", "max_items"]);
    let every = fields.parsed("every", values::every).unwrap_or(EVERY);
    let slowest = slowest(&mut fields, every);
    Defaults {
        every,
        slowest,
        gap: fields.parsed("gap", values::gap).unwrap_or(GAP),
        max_items: fields.count("max_items").unwrap_or(MAX_ITEMS),
    }
}

/// Each `[[source]]` with the offset of its header.
fn source_tables<'a, 'i>(root: &'a DeTable<'i>, findings: &mut Findings<'_>) -> Vec<(usize, &'a DeTable<'i>)> {
    let Some(value) = root.get("source") else { return Vec::new() };
    let DeValue::Array(array) = value.get_ref() else {
        findings.add(value.span().start, "\"source\" is no list of tables; write [[source]] with two brackets");
        return Vec::new();
    };
    let table = |entry: &'a Spanned<DeValue<'i>>| match entry.get_ref() {
        DeValue::Table(table) => Some((entry.span().start, table)),
        _ => None,
    };
    array.iter().filter_map(table).collect()
}

fn source(start: usize, table: &DeTable<'_>, defaults: &Defaults, findings: &mut Findings<'_>) -> Option<Source> {
    let who = name_of(table);
    let mut fields = Fields::new(&who, start, table, findings);
    fields.only(&SOURCE_KEYS);
    let id = fields.needed("id", values::id, "add one such as id = \"scmp-tech\", and never change it");
    let url = fields.needed("url", values::url, "add one or remove the entry");
    let title = fields.needed("title", values::text, "add one, as the editor calls it");
    let group = fields.needed("group", values::group, "add one of wire, asia-press, tech-press, …, search");
    let kind = kind(&mut fields);
    let enabled = fields.flag("enabled", true);
    if kind == Some(SourceKind::Json) && enabled {
        fields.wrong("kind", "is of kind \"json\", which is not read yet; add enabled = false");
    }
    let outlet = fields.parsed("outlet", values::text);
    let every = fields.parsed("every", values::every).unwrap_or(defaults.every);
    let slowest = slowest(&mut fields, every).or(defaults.slowest).unwrap_or_else(|| (every * STRETCH).min(SLOWEST));
    Some(Source {
        outlet: outlet.or_else(|| title.clone()).unwrap_or_default(),
        lang: fields.parsed("lang", values::lang),
        enabled,
        every,
        slowest: slowest.max(every),
        gap: fields.parsed("gap", values::gap).unwrap_or(defaults.gap),
        max_items: fields.count("max_items").unwrap_or(defaults.max_items),
        user_agent: fields.parsed("user_agent", values::user_agent),
        date: fields.parsed("date", values::date).unwrap_or(DatePolicy::Stated),
        paywalled: fields.flag("paywalled", false),
        aggregator: fields.flag("aggregator", false),
        speaks_for: fields.parsed("speaks_for", values::member),
        allow_private: fields.flag("allow_private", false),
        text_selector: fields.parsed("text_selector", values::selector),
        note: fields.parsed("note", values::text),
        id: id?,
        url: url?,
        title: title?,
        group: group?,
        kind: kind?,
    })
}

/// The upper bound of an interval. A mistake where the lower one is above it.
fn slowest(fields: &mut Fields<'_, '_, '_>, every: Duration) -> Option<Duration> {
    let slowest = fields.parsed("slowest", values::every)?;
    if slowest < every {
        fields.wrong("slowest", "has a \"slowest\" that is shorter than its \"every\"; make it longer or leave it out");
        return None;
    }
    Some(slowest)
}

fn name_of(table: &DeTable<'_>) -> String {
    let text = |key: &str| table.get(key).and_then(|value| value.get_ref().as_str()).filter(|text| !text.trim().is_empty());
    let name = text("id").or_else(|| text("title"));
    name.map_or_else(|| "this source".to_string(), |name| format!("\"{}\"", name.escape_debug()))
}

/// `None` after a mistake.
fn kind(fields: &mut Fields<'_, '_, '_>) -> Option<SourceKind> {
    let kind = match fields.has("kind") {
        true => fields.parsed("kind", values::kind)?,
        false => "feed",
    };
    if kind != "page" && fields.has("select") {
        fields.wrong("select", "has selectors but is no page; add kind = \"page\" or remove \"select\"");
    }
    match kind {
        "page" => selectors(fields).map(SourceKind::Page),
        "json" => Some(SourceKind::Json),
        _ => Some(SourceKind::Feed),
    }
}

fn selectors(fields: &mut Fields<'_, '_, '_>) -> Option<Selectors> {
    const ADVICE: &str = "add select = { item = \"article\", link = \"a\" }";
    let mut select = fields.table("select", ADVICE)?;
    select.only(&["item", "link", "title", "date", "summary"]);
    let item = select.needed("item", values::selector, ADVICE);
    let link = select.needed("link", values::selector, ADVICE);
    let title = select.parsed("title", values::selector);
    let date = select.parsed("date", values::selector);
    let summary = select.parsed("summary", values::selector);
    Some(Selectors { item: item?, link: link?, title, date, summary })
}

#[cfg(test)]
mod tests;
