//! Who and what is concerned: the story's event, its entry, and the part of the record that was known by its latest report.

use jiff::civil::Date;

use super::cite;
use crate::comment::Brief;
use crate::comment::value::{Side, side};
use crate::model::event::AccessEvent;
use crate::model::insight::Cited;
use crate::model::ledger::{Ledger, Record};
use crate::model::story::{Story, Told};
use crate::model::taxonomy::Taxonomy;
use crate::model::when::{PartialDate, day_of};

/// The group of all places.
pub const WORLD: &str = "worldwide";

/// What facts are found in.
pub struct Scene<'a> {
    /// The story.
    pub story: &'a Story,
    /// The record.
    pub ledger: &'a Ledger,
    /// Names.
    pub taxonomy: &'a Taxonomy,
    /// What the story is of: as recorded, or as its first report tells it where it is not on record.
    pub event: &'a AccessEvent,
    /// The entry of that event.
    pub own: Option<&'a Record>,
    /// Reports that are no copies, by first seen.
    pub reports: Vec<&'a Told>,
    /// Standing entries of other events, known by the story's latest report, by the day from which they count.
    pub others: Vec<&'a Record>,
}

impl<'a> Scene<'a> {
    /// `None` for a story without an event.
    pub fn of(brief: Brief<'a>) -> Option<Self> {
        let told = brief.story.event()?;
        let exactly = |record: &&Record| record.event.product == told.product && record.event.regions == told.regions;
        let own = brief
            .ledger
            .of_story(&brief.story.id)
            .filter(|record| same(&record.event, told))
            .find(exactly)
            .or_else(|| brief.ledger.of_story(&brief.story.id).find(|record| same(&record.event, told)))
            .or_else(|| brief.ledger.standing().find(|record| same(&record.event, told) && tells(record, brief.story)));
        let latest = brief.story.latest();
        let mut others: Vec<&Record> = brief
            .ledger
            .standing()
            .filter(|record| own.is_none_or(|own| own.n != record.n) && record.first_seen() <= latest)
            .filter(|record| own.is_some() || !same(&record.event, told))
            .filter(|record| record.story != brief.story.id || record.reports.iter().all(|report| report.evidence_only))
            .collect();
        others.sort_by_key(|record| (record.begins, record.n));
        Some(Self {
            story: brief.story,
            ledger: brief.ledger,
            taxonomy: &brief.ledger.taxonomy,
            event: own.map_or(told, |record| &record.event),
            own,
            reports: brief.story.independent().collect(),
            others,
        })
    }

    /// The day from which the story's event counts.
    pub fn begins(&self) -> Date {
        self.own.map_or_else(|| self.first_report(), |record| record.begins)
    }

    /// The day of the first report, as claimed by it.
    pub fn first_report(&self) -> Date {
        self.days().min().unwrap_or_else(|| day_of(self.story.first_seen()))
    }

    /// The day that the Insight stands for: when its latest report was seen.
    pub fn as_of(&self) -> Date {
        day_of(self.story.latest())
    }

    /// Number of acts on record by the story's latest report, its own included.
    pub fn known(&self) -> u64 {
        let latest = self.story.latest();
        self.ledger.standing().filter(|record| record.first_seen() <= latest).count() as u64
    }

    /// The entry that closed a state and the day, where that was so by the story's latest report.
    pub fn closed(&self, record: &Record) -> Option<(u64, Date)> {
        record.closed.filter(|(_, day)| *day <= self.as_of())
    }

    fn days(&self) -> impl Iterator<Item = Date> {
        self.story.reports.iter().filter_map(|told| told.article.published().date().exact())
    }

    /// Acts that hold and came before, oldest first.
    pub fn before(&self) -> impl Iterator<Item = &'a Record> + Clone {
        let (begins, n) = (self.begins(), self.own.map_or(u64::MAX, |own| own.n));
        self.others.iter().copied().filter(move |record| !record.pending && (record.begins, record.n) < (begins, n))
    }

    /// Whether an event turns the door the same way.
    pub fn same_side(&self, event: &AccessEvent) -> bool {
        self.side() == side(event.action)
    }

    /// Which way the story's event turns the door.
    pub fn side(&self) -> Side {
        side(self.event.action)
    }

    /// Whether an event is of the same technology: the product, or the vendor's products where one names none.
    pub fn same_tool(&self, event: &AccessEvent) -> bool {
        match (&self.event.product, &event.product) {
            (Some(ours), Some(theirs)) => ours == theirs,
            _ => self.event.vendor.is_some() && self.event.vendor == event.vendor,
        }
    }

    /// Whether an event is of the same place; an event without a place is of no place.
    pub fn same_place(&self, event: &AccessEvent) -> bool {
        // Worldwide is everywhere and no place in particular.
        if self.event.regions.iter().chain(&event.regions).any(|region| region == WORLD) {
            return self.event.regions == event.regions;
        }
        let near = |ours: &String| {
            event.regions.iter().any(|theirs| self.taxonomy.within(ours, theirs) || self.taxonomy.within(theirs, ours))
        };
        self.event.regions.iter().any(near)
    }

    /// The story's own entry, for support.
    pub fn own_entry(&self) -> impl Iterator<Item = u64> {
        self.own.map(|own| own.n).into_iter()
    }

    /// Where the reports tell of the event.
    pub fn event_sources(&self) -> Vec<Cited> {
        self.reports.iter().filter_map(|told| cite::event(told, self.event)).collect()
    }
}

/// The date of an entry's event, where it is stated or its day is known.
pub fn dated(record: &Record) -> Option<PartialDate> {
    record.event.date
}

/// The day of an entry's first report, as it claims; an article that only looks back is none.
pub fn first_report(record: &Record) -> Option<Date> {
    record.reports.iter().filter(|report| !report.evidence_only).filter_map(|report| report.published.exact()).min()
}

fn same(left: &AccessEvent, right: &AccessEvent) -> bool {
    left.actor == right.actor
        && side(left.action) == side(right.action)
        && left.vendor == right.vendor
        && (left.product == right.product || left.product.is_none() || right.product.is_none())
}

fn tells(record: &Record, story: &Story) -> bool {
    record.reports.iter().any(|report| story.reports.iter().any(|told| told.article.id == report.article))
}
