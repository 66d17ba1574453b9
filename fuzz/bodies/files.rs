//! Files that people wrote, and records that somebody published.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;
use termwall::ledger::{fold, hash, line, verify};
use termwall::model::event::Audience;
use termwall::model::ledger::{AsOf, Cell, Entry, Ledger, Record};
use termwall::model::mistake::Mistake;
use termwall::model::source::Source;
use termwall::model::taxonomy::Taxonomy;
use termwall::read;
use termwall::sources::edit::Additions;
use termwall::sources::opml as list;
use termwall::tag::{Tagger, taxonomy as names};

use super::{assert_bounded, head};

/// A `feeds.toml`: sources with ids and addresses of their own, or mistakes on its lines.
pub fn sources(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let found = termwall::sources::read(&text, "feeds.toml");
    match &found {
        Ok(sources) => {
            let mut ids: Vec<&str> = sources.iter().map(|source| source.id.as_str()).collect();
            ids.sort_unstable();
            assert!(ids.windows(2).all(|pair| pair[0] != pair[1]), "an id twice in {ids:?}");
            assert!(sources.iter().all(|source| matches!(source.url.scheme(), "http" | "https")), "a scheme of its own");
        }
        Err(mistakes) => check_mistakes(mistakes, &text),
    }
    assert_eq!(termwall::sources::read(&text, "feeds.toml"), found, "the same file gives something else");
}

fn check_mistakes(mistakes: &[Mistake], text: &str) {
    assert!(!mistakes.is_empty(), "no sources and no mistakes");
    let lines = text.split('\n').count();
    for mistake in mistakes {
        assert!(mistake.line <= lines, "{mistake} lies behind the end");
        assert!(!mistake.message.is_empty(), "a mistake without words");
    }
}

/// An OPML list: bytes. What it adds to an empty `feeds.toml` can be read there, each with an id of its own, and survives being
/// written as a list and read again.
pub fn opml(data: &[u8]) {
    let text = read::decoded(data);
    let found = list::read(&text, "wire");
    assert_eq!(list::read(&text, "wire"), found, "the same list gives something else");
    let Ok(found) = found else { return };
    let lines = text.split('\n').count();
    assert!(found.outlines.iter().all(|outline| (1..=lines).contains(&outline.line)), "an outline lies behind the end");
    assert!(found.broken.iter().all(|(line, _)| *line <= lines), "it breaks behind the end");
    let mut additions = Additions::to("", &[]);
    for entry in found.outlines.iter().filter_map(|outline| outline.entry.as_ref().ok()).take(300) {
        if additions.known(&entry.url).is_none() {
            additions.add(entry);
        }
    }
    let written = additions.finish().expect("an empty file can be added to");
    assert_bounded("additions", written.len(), text.len(), 40);
    if written.trim().is_empty() {
        return;
    }
    let sources = termwall::sources::read(&written, "feeds.toml").unwrap_or_else(|mistakes| panic!("{mistakes:?}\n{written}"));
    again(&sources);
}

/// Sources written as a list are read again as the same.
fn again(sources: &[Source]) {
    let opml = list::write(&sources.iter().collect::<Vec<_>>(), "Sources").expect("memory can be written");
    let outlines = list::read(&read::decoded(&opml), "wire").expect("it is a list").outlines;
    // A name of two hundred characters or more, which only a host can have here, comes back cut.
    let outlet = |source: &Source| source.outlet.chars().take(199).collect::<String>();
    let key = |source: &Source| (source.url.to_string(), source.id.clone(), outlet(source));
    let listed = outlines.into_iter().map(|outline| outline.entry.unwrap_or_else(|reason| panic!("{}: {reason}", outline.name)));
    let mut additions = Additions::to("", &[]);
    listed.for_each(|entry| drop(additions.add(&entry)));
    let written = additions.finish().expect("an empty file can be added to");
    let mut found: Vec<_> =
        termwall::sources::read(&written, "feeds.toml").expect("it was written by us").iter().map(key).collect();
    let mut given: Vec<_> = sources.iter().map(key).collect();
    found.sort();
    given.sort();
    assert_eq!(found, given, "a list that we wrote reads otherwise");
}

/// A file of the taxonomy or of the lexicon: its name, then its text. Members, or mistakes on its lines.
pub fn taxonomy(data: &[u8]) {
    let ([name], text) = head(data);
    let text = String::from_utf8_lossy(text).into_owned();
    let path = match ["banks", "vendors", "products", "regions", "authorities", "companies"].contains(&name.as_ref()) {
        true => format!("taxonomy/{name}.toml"),
        false => "taxonomy/words/en.toml".to_string(),
    };
    let files = [(path, text.clone())];
    let found = match names::read(&files) {
        Ok(taxonomy) => Tagger::new(Arc::new(taxonomy), &files).err(),
        Err(mistakes) => Some(mistakes),
    };
    if let Some(mistakes) = found {
        check_mistakes(&mistakes, &text);
    }
}

/// A ledger's lines. As they are, they are verified or refused; with numbers and hashes put right, they are folded and asked.
pub fn ledger(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let given: Vec<String> = text.lines().map(String::from).collect();
    let head = verify(text.lines(), None);
    assert_eq!(
        head.as_ref().ok(),
        fold_of(&given).ok().map(|ledger| ledger.head).as_ref().or(head.as_ref().ok()),
        "heads differ"
    );
    let chain = chained(&given);
    let head = verify(chain.iter().map(String::as_str), None).expect("its numbers and hashes were put right");
    assert!(verify(chain.iter().map(String::as_str), Some(&head)).is_ok(), "a ledger's own head is refused");
    if let Ok(ledger) = fold_of(&chain) {
        assert_eq!(ledger.head, head, "a folded ledger has another head");
        ledger.standing().take(20).for_each(|record| ask(&ledger, record));
    }
}

/// The lines that are entries, as a chain.
fn chained(lines: &[String]) -> Vec<String> {
    let mut prev = "0".repeat(64);
    let entries = lines.iter().filter_map(|line| serde_json::from_str::<Entry>(line).ok());
    let chain = (1..).zip(entries).map(|(n, entry)| {
        let own = line(&Entry { n, prev: prev.clone(), ..entry });
        let again: Entry = serde_json::from_str(&own).expect("an entry that was written can be read");
        assert_eq!(line(&again), own, "an entry reads otherwise than it was written");
        prev = hash(&own);
        own
    });
    chain.take(200).collect()
}

fn fold_of(chain: &[String]) -> Result<Ledger, termwall::ledger::Broken> {
    static TAXONOMY: OnceLock<Arc<Taxonomy>> = OnceLock::new();
    let taxonomy = TAXONOMY.get_or_init(|| {
        let inputs = termwall::inputs::read(Path::new("no such folder")).expect("what is compiled in can be read");
        let files: Vec<_> = inputs.taxonomy.into_iter().map(|(path, text)| (format!("taxonomy/{path}"), text)).collect();
        Arc::new(names::read(&files).unwrap_or_else(|mistakes| panic!("{mistakes:?}")))
    });
    fold(chain, Arc::clone(taxonomy), today())
}

fn today() -> Date {
    Date::constant(2026, 6, 26)
}

/// Every question that a page asks of a record.
fn ask(ledger: &Ledger, record: &Record) {
    let as_of = AsOf { held: today(), known: today() };
    let region = record.event.regions.first().map_or("EU", String::as_str);
    if let Some(product) = &record.event.product {
        let organisation = record.event.actor.clone();
        let cell = Cell { organisation, product: product.clone(), region: region.into(), audience: Audience::Employees };
        let known = ledger.as_known(as_of.known);
        assert_eq!(ledger.cell(&cell, as_of), known.state_on(&known.reached(&cell), as_of.held), "two ways to ask differ");
        let reached = ledger.reached(&cell);
        ledger.changes(&reached).into_iter().for_each(|day| drop(ledger.state_on(&reached, day)));
        ledger.state_share(product, region, as_of);
        ledger.jurisdictions(product, as_of.held);
    }
    let earlier = [ledger.precedents(record, today()), ledger.same_ground(record, today()), ledger.sequence(record, today())];
    let of_the_future = |other: &&Record| other.n != record.n && other.begins > today();
    assert!(!earlier.into_iter().flatten().any(|other| of_the_future(&other)), "a precedent of the future");
    ledger.nth(record, today());
    ledger.same_vendor_elsewhere(record, today());
    ledger.same_actor_other_products(record, today());
    ledger.reversals(record, today());
    ledger.pending(record, today());
    ledger.duration(record);
    ledger.grounds(record);
    ledger.as_known(today());
    assert!(ledger.days_between(record, record).is_none_or(|days| days == 0), "a record is days away from itself");
    ledger.remains(record.event.actor.as_deref().unwrap_or_default(), region, as_of);
}
