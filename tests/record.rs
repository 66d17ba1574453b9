//! The seed's questions, answered from the labelled stories: linked, entered, folded, asked.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking anywhere")]

#[allow(dead_code, reason = "each test takes what it needs")]
mod labels;

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use labels::{Label, labels, shipped};
use termwall::ledger::{append, fold, line};
use termwall::link::{Index, lineage};
use termwall::model::event::{Action, Audience};
use termwall::model::ledger::{AsOf, Cell, Layer, Ledger, Record, State};
use termwall::model::story::{Origin, Story, Told};
use termwall::model::tagged::Tagged;

/// The label's tags, with what lies more than two weeks back, or is an undated state beside the news, marked as recalled.
fn tagged(label: &Label) -> Tagged {
    let mut tagged = label.tagged();
    let published = label.given().article().published().date().first();
    for event in tagged.events.iter_mut().skip(1) {
        event.recalled = event.date.is_none_or(|date| date.last().until(published).unwrap().get_days() > 14);
    }
    tagged
}

fn stories() -> Vec<Story> {
    let labels = labels();
    let dated: Vec<&Label> = labels.iter().filter(|label| label.relevant && !label.published.is_empty()).collect();
    let mut index = Index::default();
    dated.iter().for_each(|label| index.add(&label.given().article(), &tagged(label)));
    let mut stories: BTreeMap<String, Vec<Told>> = BTreeMap::new();
    for (label, linked) in dated.iter().zip(index.finish()) {
        let origin = Origin { key: String::new(), name: String::new(), copy_of: None };
        let told = Told { article: label.given().article(), tagged: tagged(label), origin, edits: Vec::new() };
        for story in linked.stories {
            stories.entry(story).or_default().push(told.clone());
        }
    }
    let story = |(id, mut reports): (String, Vec<Told>)| {
        reports.sort_by_key(|told| (told.article.first_seen, told.article.id.clone()));
        lineage(&mut reports);
        let first_shown = reports[0].article.first_seen;
        Story { slug: id.clone(), id, year: 2026, reports, first_shown }
    };
    stories.into_iter().map(story).collect()
}

fn ledger(today: Date) -> Ledger {
    let (taxonomy, _) = shipped::taxonomy();
    let now = today.at(12, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp();
    let chain: Vec<String> = append(&Ledger::empty(taxonomy.clone()), &stories(), now).iter().map(line).collect();
    fold(&chain, taxonomy, today).unwrap()
}

fn held(ledger: &Ledger, organisation: &str, day: Date) -> Vec<String> {
    let cell = Cell {
        organisation: Some(organisation.into()),
        product: "claude".into(),
        region: "HK".into(),
        audience: Audience::Employees,
    };
    let state = ledger.cell(&cell, AsOf { held: day, known: date(2026, 7, 1) });
    let line =
        |layer: &termwall::model::ledger::LayerState| Some(format!("{:?} {}", layer.layer, layer.held.as_ref()?.state.as_str()));
    state.layers.iter().filter_map(line).collect()
}

#[test]
fn who_may_use_claude_in_hong_kong_is_answered_for_two_days() {
    let ledger = ledger(date(2026, 7, 1));
    assert_eq!(held(&ledger, "jpmorgan", date(2026, 7, 1)), ["Terms withheld", "Policy prohibited"]);
    assert_eq!(held(&ledger, "goldman-sachs", date(2026, 7, 1)), ["Terms withheld", "Policy prohibited"]);
    assert_eq!(held(&ledger, "jpmorgan", date(2026, 5, 1)), ["Terms withheld"]);
    assert_eq!(held(&ledger, "goldman-sachs", date(2026, 5, 1)), ["Terms withheld", "Policy prohibited"]);
    let share = ledger.state_share("claude", "HK", AsOf { held: date(2026, 7, 1), known: date(2026, 7, 1) });
    let prohibited = |bank: &str| (bank.to_string(), State::Prohibited);
    assert_eq!(share, [prohibited("goldman-sachs"), prohibited("jpmorgan")]);
}

#[test]
fn the_banks_that_removed_it_stand_in_order_with_their_grounds() {
    let ledger = ledger(date(2026, 7, 1));
    let removed = |record: &&Record| {
        record.layer == Layer::Policy
            && record.event.actor.is_some()
            && record.event.product.as_deref() == Some("claude")
            && record.event.regions == ["HK"]
    };
    let removed: Vec<&Record> = ledger.standing().filter(removed).collect();
    let lines: Vec<String> = removed
        .iter()
        .map(|record| {
            let event = &record.event;
            let own = record.reports.iter().filter(|report| !report.evidence_only).count();
            format!("{} {} {own} of {}", event.actor.as_deref().unwrap_or("-"), event.instrument.as_str(), record.reports.len())
        })
        .collect();
    assert_eq!(lines, ["goldman-sachs vendor-terms 4 of 12", "jpmorgan vendor-terms 9 of 11"]);
    let [goldman, jpmorgan] = removed[..] else { panic!("two banks") };
    let nth = ledger.nth(jpmorgan, jpmorgan.begins);
    assert_eq!((nth.ordinal, nth.searched), (2, true));
    assert_eq!(nth.earlier, [goldman]);
    assert_eq!(ledger.days_between_reports(goldman, jpmorgan), Some(51));
    assert_eq!(ledger.days_between(goldman, jpmorgan), None, "neither day is stated");
    assert_eq!(ledger.reversals(jpmorgan, date(2026, 7, 1)).lifted, []);
    let grounds: Vec<(&str, usize)> =
        ledger.grounds(jpmorgan).iter().map(|(ground, articles)| (ground.as_str(), articles.len())).collect();
    assert_eq!(grounds, [("vendor-terms", 6), ("internal-policy", 2), ("export-control", 1)]);
}

#[test]
fn a_suspension_that_was_lifted_is_closed_on_the_day_of_its_end() {
    let ledger = ledger(date(2026, 7, 1));
    let closed = |actor: &str, product: &str| {
        let own =
            |record: &&Record| record.event.actor.as_deref() == Some(actor) && record.event.product.as_deref() == Some(product);
        let record = ledger.standing().filter(own).find(|record| record.event.action == Action::Suspend).unwrap();
        record.closed.map(|(_, day)| day)
    };
    assert_eq!(closed("it-garante", "chatgpt"), Some(date(2023, 4, 28)));
    assert_eq!(closed("kr-pipc", "deepseek"), Some(date(2025, 4, 28)));
}
