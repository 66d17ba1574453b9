//! Sources by origin, with the time at which we first saw each.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;
use serde::Serialize;

use super::edits;
use crate::model::ledger::Record;
use crate::model::story::{Story, Told};
use crate::model::when::{PartialDate, When};
use crate::publish::site::desk::Desk;
use crate::publish::site::outside;
use crate::publish::site::says;
use crate::publish::site::words::Words;

/// All sources of a story.
#[derive(Serialize)]
pub struct Sources {
    pub under: String,
    pub origins: Vec<Origin>,
}

/// Reports that rest on one account.
#[derive(Serialize)]
pub struct Origin {
    pub heading: String,
    pub reports: Vec<Row>,
}

/// One article.
#[derive(Serialize)]
pub struct Row {
    pub iso: String,
    /// "18 Jun 2026"; `None` where it is the day of the row before.
    pub day: Option<String>,
    pub time: String,
    pub outlet: String,
    pub href: Option<String>,
    pub title: String,
    pub lang: String,
    /// What is to be known about it: a copy, a lead.
    pub notes: Vec<String>,
    /// What its outlet changed in it since, the latest first.
    pub edits: Vec<edits::Shown>,
}

/// The sources of a story, origins by their earliest report.
pub fn sources(desk: &Desk<'_>, story: &Story, record: Option<&Record>, words: &Words) -> Sources {
    let mut keys: Vec<&str> = Vec::new();
    for told in &story.reports {
        if !keys.contains(&told.origin.key.as_str()) {
            keys.push(&told.origin.key);
        }
    }
    let groups = keys.iter().enumerate().map(|(at, key)| origin(desk, (story, record), key, at + 1, words)).collect();
    let languages: BTreeSet<&str> = story.reports.iter().map(|told| told.article.lang.as_str()).collect();
    let holes = [
        ("articles", words.count("articles", story.reports.len())),
        ("languages", words.count("languages", languages.len())),
        ("counts", says::known(record, story, words)),
        ("zone", words.zone(&desk.zone)),
    ];
    let holes: Vec<(&str, &str)> = holes.iter().map(|(name, text)| (*name, text.as_str())).collect();
    Sources { under: words.say("source_counts", &holes), origins: groups }
}

fn origin(desk: &Desk<'_>, (story, record): (&Story, Option<&Record>), key: &str, n: usize, words: &Words) -> Origin {
    let told: Vec<&Told> = story.reports.iter().filter(|told| told.origin.key == key).collect();
    let name = told.first().map(|told| outside::headline(&told.origin.name)).unwrap_or_default();
    let mut last = None;
    let mut reports = Vec::new();
    for told in told {
        let local = told.article.first_seen.to_zoned(desk.zone.clone());
        let day = PartialDate::day(local.date());
        reports.push(Row {
            iso: told.article.first_seen.to_string(),
            day: (last != Some(day)).then(|| words.short_date(day)),
            time: local.strftime("%H:%M").to_string(),
            outlet: outside::headline(&told.article.outlet),
            href: told.article.url.as_deref().and_then(outside::link),
            title: outside::excerpt(&told.article.title),
            lang: told.article.lang.clone(),
            notes: notes(told, record, day, &desk.zone, words),
            edits: edits::edits(desk, told, words),
        });
        last = Some(day);
    }
    Origin { heading: words.say("origin", &[("n", &n.to_string()), ("name", &name)]), reports }
}

fn notes(told: &Told, record: Option<&Record>, seen: PartialDate, zone: &TimeZone, words: &Words) -> Vec<String> {
    let mut notes = Vec::new();
    let claimed = told.article.claimed.map(|claimed| match claimed {
        When::At(instant) => PartialDate::day(instant.to_zoned(zone.clone()).date()),
        When::On(date) => date,
    });
    if let Some(date) = claimed.filter(|date| !date.overlaps(seen)) {
        let note = if told.article.claims_future() { "claimed_ahead" } else { "claimed" };
        notes.push(words.say(note, &[("date", &words.date(date))]));
    }
    // What the page's entry does not rest on is in the list, and not in its figures.
    if record.is_some_and(|record| record.reports.iter().all(|report| report.article != told.article.id)) {
        notes.push(words.say("beside", &[]));
    }
    if told.origin.copy_of.is_some() {
        notes.push(words.say("copy", &[]));
    }
    if told.article.lead {
        notes.push(words.say("lead", &[]));
    }
    if told.edits.len() > edits::SHOWN {
        notes.push(words.count("earlier_edits", told.edits.len() - edits::SHOWN));
    }
    if !told.tagged.events.is_empty() && told.tagged.events.iter().all(|event| event.recalled) {
        notes.push(words.say("looks_back", &[]));
    }
    notes
}
