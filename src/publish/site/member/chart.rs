//! A member's history as a picture: one lane a product and place, one bar a state. The table beside it says the same.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use crate::model::event::{Action, Audience};
use crate::model::ledger::{Record, State};
use crate::model::taxonomy::Kind;
use crate::model::when::PartialDate;
use crate::publish::site::cells::Named;
use crate::publish::site::desk::Desk;
use crate::publish::site::says::{self, Mark};
use crate::publish::site::words::Words;

/// Lanes that a picture has room for.
const LANES: usize = 8;

/// Measures of the picture, in its own units.
const WIDTH: f64 = 970.0;
const LEFT: f64 = 170.0;
const RIGHT: f64 = 4.0;
const TOP: f64 = 34.0;
const LANE: f64 = 45.0;
const BAR: f64 = 32.0;

/// How far a bar leans at its start when the day is not known.
const SLANT: f64 = 14.0;

/// Units that one letter of a bar's label takes, its symbol aside.
const LETTER: f64 = 7.4;

/// Units that a bar's symbol takes.
const SYMBOL: f64 = 18.0;

/// Units that a tick's label takes.
const ROOM: f64 = 80.0;

/// Share of the span added after the last change, so that its bar can be seen.
const AFTER: f64 = 0.14;

/// The picture.
#[derive(Serialize)]
pub struct Chart {
    pub width: f64,
    pub height: f64,
    pub left: f64,
    pub right: f64,
    pub title: String,
    pub description: String,
    pub ticks: Vec<Tick>,
    pub lanes: Vec<Lane>,
    /// Lanes that the table alone shows.
    pub left_out: usize,
}

/// A month or year on the axis.
#[derive(Serialize)]
pub struct Tick {
    pub x: f64,
    pub text: String,
}

/// One cell through time.
#[derive(Serialize)]
pub struct Lane {
    pub y: f64,
    pub middle: f64,
    pub name: String,
    pub place: String,
    pub bars: Vec<Bar>,
}

/// One state.
#[derive(Serialize)]
pub struct Bar {
    pub class: &'static str,
    /// Outline as a path.
    pub shape: String,
    pub x: f64,
    pub icon_y: f64,
    pub text_y: f64,
    /// Whether there is room for the symbol.
    pub symbol: bool,
    /// `None` where the bar is too short for the word as well.
    pub label: Option<Mark>,
    pub title: String,
}

/// A state of a lane: from when to when.
struct Span {
    state: State,
    from: Date,
    until: Date,
    known: bool,
}

/// The picture of some records; `None` where there is no state to draw.
pub fn chart(desk: &Desk<'_>, name: &str, records: &[&Record], kind: Kind, words: &Words) -> Option<Chart> {
    let held: Vec<&Record> =
        records.iter().copied().filter(|record| record.event.action.state().is_some() && record.begins <= desk.today).collect();
    let mut lanes: Vec<(Named, &Record)> = Vec::new();
    let mut seen = BTreeSet::new();
    for record in held.iter().filter(|record| record.event.action != Action::Deny) {
        for named in desk.named(record, None).into_iter().filter(|named| seen.insert(named.clone())) {
            lanes.push((named, record));
        }
    }
    let first = held.iter().map(|record| record.begins).min()?;
    let closed = |record: &&Record| record.closed.map(|(_, day)| day).filter(|day| *day <= desk.today);
    let last = held.iter().map(|record| closed(record).unwrap_or(record.begins).max(record.begins)).max()?;
    let axis = Axis::new(first, last, kind);
    let left_out = lanes.len().saturating_sub(LANES);
    lanes.truncate(LANES);
    let drawn: Vec<Lane> = lanes
        .iter()
        .enumerate()
        .map(|(at, lane)| self::lane(desk, lane, at, &axis, words))
        .filter(|lane| !lane.bars.is_empty())
        .collect();
    let years =
        if first.year() == last.year() { first.year().to_string() } else { format!("{} to {}", first.year(), last.year()) };
    (!drawn.is_empty()).then(|| Chart {
        width: WIDTH,
        height: TOP + LANE * lanes.len() as f64 + 4.0,
        left: LEFT,
        right: WIDTH - RIGHT,
        title: format!("{name}: states of access, {years}"),
        description: "One lane a product and place, one bar a state. The table below says the same.".to_string(),
        ticks: axis.ticks(words),
        lanes: drawn,
        left_out,
    })
}

fn lane(desk: &Desk<'_>, (named, record): &(Named, &Record), at: usize, axis: &Axis, words: &Words) -> Lane {
    let y = TOP + LANE * at as f64;
    let thing = desk.thing(&record.event, words);
    let place = desk.places(&named.regions, words).unwrap_or_else(|| words.say("nowhere", &[]));
    let audience = words.get("audience", named.audience.as_str());
    let under = match axis.kind {
        Kind::Region => audience.to_string(),
        Kind::Bank if named.audience == Audience::Employees => place,
        _ => format!("{place}; {audience}"),
    };
    let actor = named.organisation.as_ref().filter(|_| axis.kind != Kind::Bank).map(|_| desk.actor(&record.event, words).text);
    let name = actor.unwrap_or(thing);
    Lane {
        y,
        middle: y + 16.0,
        name: short(&name),
        place: short(&under),
        bars: spans(desk, named, record, axis).iter().map(|span| bar(span, y, axis, words)).collect(),
    }
}

/// Names must fit beside the bars.
fn short(text: &str) -> String {
    const LETTERS: usize = 24;
    match text.char_indices().nth(LETTERS) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_string(),
    }
}

/// The states of a cell, asked on each day on which something began or ended there.
fn spans(desk: &Desk<'_>, named: &Named, record: &Record, axis: &Axis) -> Vec<Span> {
    let changes = desk.as_cell(named).map(|cell| desk.material.ledger.changes(&desk.reached(&cell))).unwrap_or_default();
    let own = [Some(record.begins), record.closed.map(|(_, day)| day), Some(axis.first)];
    let mut days: BTreeSet<Date> = changes.into_iter().chain(own.into_iter().flatten()).collect();
    days.retain(|day| *day >= axis.first && *day <= desk.today.min(axis.last));
    let mut spans: Vec<Span> = Vec::new();
    for day in days {
        let state = desk.state(named, record, day);
        let held = state.effect().map(|(_, held)| held.clone());
        let known = held.as_ref().and_then(|held| desk.material.ledger.record(held.n)).is_none_or(|record| record.day_known);
        let open = spans.last_mut().filter(|span| span.until == axis.end);
        match (open, held.map(|held| held.state)) {
            (Some(span), Some(state)) if span.state == state => {}
            (open, state) => {
                if let Some(span) = open {
                    span.until = day;
                }
                spans.extend(state.map(|state| Span { state, from: day, until: axis.end, known }));
            }
        }
    }
    spans
}

fn bar(span: &Span, y: f64, axis: &Axis, words: &Words) -> Bar {
    let (x, end) = (axis.x(span.from), axis.x(span.until));
    let slant = if span.known { 0.0 } else { SLANT.min((end - x) / 2.0) };
    let bottom = y + BAR;
    let mark = says::mark(span.state.as_str(), words);
    let wide = end - x - slant > 34.0 + LETTER * mark.word.chars().count() as f64;
    let from = words.date(PartialDate::day(span.from));
    Bar {
        class: mark.class,
        shape: format!("M{:.1} {y:.1}H{end:.1}V{bottom:.1}H{x:.1}z", x + slant),
        x: rounded(x + slant + if wide { 8.0 } else { (end - x - slant - 14.0) / 2.0 }),
        icon_y: y + 9.0,
        text_y: y + 21.0,
        title: format!("{}, {} {from}", mark.word, if span.known { "from" } else { "by" }),
        symbol: end - x - slant >= SYMBOL,
        label: wide.then_some(mark),
    }
}

fn rounded(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// From the first change to some while after the last.
struct Axis {
    first: Date,
    last: Date,
    end: Date,
    /// The kind of page: what all lanes share is not repeated in each.
    kind: Kind,
}

impl Axis {
    fn new(first: Date, last: Date, kind: Kind) -> Self {
        let days = days(first, last).max(20.0);
        let first = first.saturating_sub(jiff::Span::new().days((days * 0.04) as i64 + 1));
        let end = last.saturating_add(jiff::Span::new().days((days * AFTER) as i64 + 1));
        Self { first, last, end, kind }
    }

    fn x(&self, day: Date) -> f64 {
        let share = days(self.first, day.min(self.end)) / days(self.first, self.end);
        rounded(LEFT + share.clamp(0.0, 1.0) * (WIDTH - LEFT - RIGHT))
    }

    /// Months where they are few, else years.
    fn ticks(&self, words: &Words) -> Vec<Tick> {
        let months = (self.end.year() - self.first.year()) as i32 * 12 + (self.end.month() - self.first.month()) as i32;
        let step = [1, 3, 12].into_iter().find(|step| months / step <= 7).unwrap_or(12);
        let mut ticks = Vec::new();
        let mut at = self.first.first_of_month();
        while at <= self.end {
            let month = (at.month() - 1) as i32;
            if at >= self.first && month % step == 0 {
                let date = if step == 12 { PartialDate::year(at.year()) } else { PartialDate::month(at.year(), at.month()) };
                ticks.extend(date.map(|date| Tick { x: self.x(at), text: words.short_date(date) }));
            }
            at = at.saturating_add(jiff::Span::new().months(1));
        }
        // The left edge names its month where there is room before the first tick.
        if ticks.first().is_none_or(|tick: &Tick| tick.x > LEFT + ROOM) {
            let edge = PartialDate::month(self.first.year(), self.first.month());
            ticks.splice(0..0, edge.map(|date| Tick { x: LEFT, text: words.short_date(date) }));
        }
        ticks
    }
}

fn days(from: Date, to: Date) -> f64 {
    (to.duration_since(from).as_hours() / 24) as f64
}
