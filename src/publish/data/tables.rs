//! The record as four tables: what each holds, and its rows.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::rows::{ReportRow, pages, rows};
use super::table::Kind::{Number, Numbers, Text, Texts, Truth};
use super::table::{Format, Table};
use crate::model::edition::{Covered, Material};
use crate::model::event::AccessEvent;
use crate::model::ledger::Record;
use crate::publish::text;

/// One table of the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// Every event on record, superseded ones included.
    Events,
    /// One article that tells of one event, a row.
    Reports,
    /// The chain.
    Ledger,
    /// What is shown.
    Stories,
}

impl Sheet {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Events, Self::Reports, Self::Ledger, Self::Stories];

    /// Its file's name without the ending.
    pub fn name(self) -> &'static str {
        self.table().name
    }

    pub(super) fn table(self) -> Table {
        match self {
            Self::Events => EVENTS,
            Self::Reports => REPORTS,
            Self::Ledger => LEDGER,
            Self::Stories => STORIES,
        }
    }

    /// Writes it, a row at a time, and gives the number of rows. The chain as JSON Lines is its own exact lines, so that
    /// `termwall verify` reads it.
    pub fn write(self, material: &Material, format: Format, out: &mut (dyn Write + Send)) -> io::Result<usize> {
        let notes = [
            ("publisher", material.site.publisher.clone()),
            ("licence", material.site.data_licence.1.to_string()),
            ("schema", format!("{}data/schema.json", material.site.base_url)),
            ("ledger_head", material.ledger.head.clone()),
        ];
        let table = self.table();
        match (self, format) {
            (Self::Ledger, Format::Jsonl) => chain(&material.chain, out),
            (Self::Ledger, _) => table.write(format, entries(material), &notes, out),
            (Self::Events, _) => table.write(format, rows(material), &notes, out),
            (Self::Reports, _) => table.write(format, reports(material), &notes, out),
            (Self::Stories, _) => table.write(format, stories(material), &notes, out),
        }
    }
}

/// The exact bytes that the hashes were made of, each line with its end.
fn chain(lines: &[String], out: &mut dyn Write) -> io::Result<usize> {
    for line in lines {
        out.write_all(line.as_bytes())?;
        out.write_all(b"\n")?;
    }
    Ok(lines.len())
}

/// Every event on record, superseded ones included; `reports` holds what its counts stand for.
const EVENTS: Table = Table {
    name: "events",
    columns: &[
        ("n", Number),
        ("story", Text),
        ("url", Text),
        ("actor", Text),
        ("actor_kind", Text),
        ("action", Text),
        ("vendor", Text),
        ("product", Text),
        ("regions", Texts),
        ("audience", Text),
        ("instrument", Text),
        ("status", Text),
        ("date", Text),
        ("layer", Text),
        ("standing", Text),
        ("begins", Text),
        ("day_known", Truth),
        ("pending", Truth),
        ("disputed_by", Numbers),
        ("closed_by", Number),
        ("closed_on", Text),
        ("superseded", Truth),
        ("superseded_by", Number),
        ("superseded_because", Text),
        ("outlets", Number),
        ("origins", Number),
        ("first_seen", Text),
        ("recorded", Text),
        ("hash", Text),
    ],
};

/// One article that tells of one event, a row.
const REPORTS: Table = Table {
    name: "reports",
    columns: &[
        ("event", Number),
        ("article", Text),
        ("url", Text),
        ("outlet", Text),
        ("origin", Text),
        ("lang", Text),
        ("published", Text),
        ("seen", Text),
        ("official", Truth),
        ("evidence_only", Truth),
    ],
};

/// The chain. `line` is what `hash` is the SHA-256 of, so that any of the files proves itself.
const LEDGER: Table = Table {
    name: "ledger",
    columns: &[
        ("n", Number),
        ("at", Text),
        ("what", Text),
        ("story", Text),
        ("of", Number),
        ("prev", Text),
        ("hash", Text),
        ("line", Text),
    ],
};

/// What is shown, newest first.
const STORIES: Table = Table {
    name: "stories",
    columns: &[
        ("id", Text),
        ("url", Text),
        ("headline", Text),
        ("family", Text),
        ("first_seen", Text),
        ("first_shown", Text),
        ("latest", Text),
        ("actors", Texts),
        ("vendors", Texts),
        ("products", Texts),
        ("regions", Texts),
        ("langs", Texts),
        ("events", Numbers),
        ("articles", Texts),
    ],
};

/// A report with the event that it tells of.
#[derive(Serialize)]
struct Reported<'a> {
    event: u64,
    #[serde(flatten)]
    report: ReportRow<'a>,
}

/// A line of the chain.
#[derive(Serialize)]
struct Entry<'a> {
    n: Value,
    at: Value,
    what: Value,
    story: Value,
    of: Value,
    prev: Value,
    hash: String,
    line: &'a str,
}

/// A story that has a page.
#[derive(Serialize)]
struct StoryRow<'a> {
    id: &'a str,
    url: String,
    headline: String,
    family: &'a str,
    first_seen: Timestamp,
    first_shown: Timestamp,
    latest: Timestamp,
    actors: Vec<&'a str>,
    vendors: Vec<&'a str>,
    products: Vec<&'a str>,
    regions: Vec<&'a str>,
    langs: Vec<&'a str>,
    events: Vec<u64>,
    articles: Vec<&'a str>,
}

/// Rows of [`REPORTS`], by event, then by first seen.
fn reports(material: &Material) -> impl Iterator<Item = Reported<'_>> {
    rows(material).flat_map(|row| row.reports.into_iter().map(move |report| Reported { event: row.n, report }))
}

/// Rows of [`LEDGER`], in the order of the chain.
fn entries(material: &Material) -> impl Iterator<Item = Entry<'_>> {
    material.chain.iter().map(|line| {
        let mut said: Value = serde_json::from_str(line).unwrap_or_default();
        let mut take = |key: &str| said.get_mut(key).map(Value::take).unwrap_or_default();
        Entry {
            n: take("n"),
            at: take("at"),
            what: take("what"),
            story: take("story"),
            of: take("of"),
            prev: take("prev"),
            hash: Sha256::digest(line).iter().map(|byte| format!("{byte:02x}")).collect(),
            line,
        }
    })
}

/// Rows of [`STORIES`].
fn stories(material: &Material) -> impl Iterator<Item = StoryRow<'_>> {
    let mut pages = pages(material);
    let mut records: BTreeMap<&str, Vec<&Record>> = BTreeMap::new();
    for record in &material.ledger.records {
        records.entry(&record.story).or_default().push(record);
    }
    material.stories.iter().map(move |covered| {
        let id = covered.story.id.as_str();
        story(covered, pages.remove(id).unwrap_or_default(), records.get(id).map_or(&[], Vec::as_slice))
    })
}

fn story<'a>(covered: &'a Covered, url: String, records: &[&'a Record]) -> StoryRow<'a> {
    let Covered { story, insights } = covered;
    let named = |of: &dyn Fn(&'a AccessEvent) -> Option<&'a str>| sorted(records.iter().filter_map(|record| of(&record.event)));
    StoryRow {
        id: &story.id,
        url,
        headline: insights.first().map(|insight| text::clean(&insight.headline.text)).unwrap_or_default(),
        family: insights.first().map_or("", |insight| &insight.family),
        first_seen: story.first_seen(),
        first_shown: story.first_shown,
        latest: story.latest(),
        actors: named(&|event| event.actor.as_deref()),
        vendors: named(&|event| event.vendor.as_deref()),
        products: named(&|event| event.product.as_deref()),
        regions: sorted(records.iter().flat_map(|record| &record.event.regions).map(String::as_str)),
        langs: sorted(story.reports.iter().map(|told| told.article.lang.as_str())),
        events: records.iter().map(|record| record.n).collect(),
        articles: story.reports.iter().map(|told| told.article.id.as_str()).collect(),
    }
}

fn sorted<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    ids.collect::<BTreeSet<_>>().into_iter().collect()
}
