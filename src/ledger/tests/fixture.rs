//! Stories and questions as text.
//!
//! A report is a line: day, outlet, story, then events set apart by `;`. An outlet may be `NAME>ORIGIN`, `NAME=copy` of the
//! story's first report, or `NAME!` for the actor's own page. An event is `actor/kind action vendor/product regions audience
//! ground stage date`, with `-` for none and `~` before one that is only recalled.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;

use crate::ledger::{append, fold, line};
use crate::model::article::{Article, ArticleKind};
use crate::model::event::{AccessEvent, Audience};
use crate::model::ledger::{AsOf, Cell, CellState, Entry, Ledger};
use crate::model::story::{Origin, Story, Told};
use crate::model::tagged::Tagged;
use crate::model::taxonomy::{AuthorityKind, Kind, Member, Taxonomy};
use crate::model::when::{When, day_of};

pub fn taxonomy() -> Arc<Taxonomy> {
    let mut members = Vec::new();
    for (id, home) in [("jpmorgan", "US"), ("goldman-sachs", "US"), ("hsbc", "GB"), ("bank-of-china", "CN")] {
        members.push(Member { home: Some(home.into()), ..Member::new(Kind::Bank, id, id) });
    }
    for (product, vendor) in [
        ("claude", "anthropic"),
        ("mythos", "anthropic"),
        ("gemini", "google"),
        ("chatgpt", "openai"),
        ("h20", "nvidia"),
        ("deepseek", "deepseek"),
    ] {
        members.push(Member { vendor: Some(vendor.into()), ..Member::new(Kind::Product, product, product) });
        members.push(Member::new(Kind::Vendor, vendor, vendor));
    }
    members.push(Member {
        vendor: Some("anthropic".into()),
        parent: Some("claude".into()),
        ..Member::new(Kind::Product, "claude-code", "claude-code")
    });
    for (id, within) in [("EU", ["IT", "DE"]), ("greater-china", ["CN", "HK"])] {
        members.push(Member { members: within.map(String::from).to_vec(), ..Member::new(Kind::Region, id, id) });
    }
    for (id, kind) in
        [("it-garante", AuthorityKind::Regulator), ("us-dod", AuthorityKind::Government), ("us-court", AuthorityKind::Court)]
    {
        members.push(Member { authority: Some(kind), ..Member::new(Kind::Authority, id, id) });
    }
    Arc::new(Taxonomy::new("test".into(), members))
}

/// An event of a report.
pub fn event(text: &str) -> AccessEvent {
    let recalled = text.trim().starts_with('~');
    let words: Vec<&str> = text.trim().trim_start_matches('~').split_whitespace().collect();
    let [who, action, what, regions, audience, ground, stage, date] = words[..] else { panic!("eight words: {text}") };
    let some = |word: &str| (word != "-").then(|| word.to_string());
    let pair = |words: &str| words.split_once('/').map(|(one, other)| (some(one), some(other))).unwrap();
    let ((actor, kind), (vendor, product)) = (pair(who), pair(what));
    let named = |value: String| serde_json::Value::String(value);
    AccessEvent {
        actor,
        actor_kind: kind.map(|kind| serde_json::from_value(named(kind)).unwrap()),
        action: serde_json::from_value(named(action.into())).unwrap(),
        vendor,
        product,
        regions: some(regions).map(|regions| regions.split(',').map(String::from).collect()).unwrap_or_default(),
        audience: serde_json::from_value(named(audience.into())).unwrap(),
        instrument: serde_json::from_value(named(ground.into())).unwrap(),
        status: serde_json::from_value(named(stage.into())).unwrap(),
        date: some(date).map(|date| date.parse().unwrap()),
        recalled,
        evidence: Vec::new(),
    }
}

fn noon(day: &str) -> Timestamp {
    format!("{day}T12:00:00Z").parse().unwrap()
}

fn report(at: usize, line: &str, first: Option<&str>) -> (String, Told) {
    let mut words = line.trim().splitn(4, char::is_whitespace);
    let [day, outlet, story, events] = std::array::from_fn(|_| words.next().unwrap());
    let events: Vec<AccessEvent> = events.split(';').map(event).collect();
    let name = outlet.split(['>', '=', '!']).next().unwrap().to_string();
    let origin = outlet.split_once('>').map_or(name.as_str(), |(_, origin)| origin).to_string();
    let article = Article {
        id: format!("article-{at:02}"),
        version: 1,
        url: None,
        source: "test".into(),
        outlet: name,
        kind: ArticleKind::Full,
        title: String::new(),
        text: String::new(),
        lang: "en".into(),
        claimed: Some(When::At(noon(day))),
        claimed_raw: None,
        first_seen: noon(day),
        authors: Vec::new(),
        document: String::new(),
        speaks_for: outlet.ends_with('!').then(|| events[0].actor.clone()).flatten(),
        lead: false,
        has_page: false,
    };
    let copy_of = outlet.contains('=').then(|| first.unwrap().to_string());
    let tagged = Tagged { relevant: true, events, ..Tagged::default() };
    (
        story.to_string(),
        Told { article, tagged, origin: Origin { key: origin.clone(), name: origin, copy_of }, edits: Vec::new() },
    )
}

/// The stories of some reports, up to and including a day.
pub fn stories(text: &str, until: Date) -> Vec<Story> {
    let mut stories: Vec<Story> = Vec::new();
    for (at, line) in text.lines().filter(|line| !line.trim().is_empty()).enumerate() {
        let id = line.split_whitespace().nth(2).unwrap();
        let first = stories.iter().find(|story| story.id == id).map(|story| story.reports[0].article.id.clone());
        let (id, told) = report(at, line, first.as_deref());
        if day_of(told.article.first_seen) > until {
            continue;
        }
        match stories.iter_mut().find(|story| story.id == id) {
            Some(story) => story.reports.push(told),
            None => {
                let first_shown = told.article.first_seen;
                stories.push(Story { slug: id.clone(), id, year: 2026, reports: vec![told], first_shown });
            }
        }
    }
    stories
}

/// The chain after appending stories to it.
pub fn extend(chain: &mut Vec<String>, stories: &[Story], now: &str) -> Vec<Entry> {
    let ledger = fold(chain, taxonomy(), day_of(noon(now))).unwrap();
    let entries = append(&ledger, stories, noon(now));
    chain.extend(entries.iter().map(line));
    entries
}

/// The ledger of some reports, entered at once on a day.
pub fn ledger(text: &str, today: &str) -> Ledger {
    let mut chain = Vec::new();
    extend(&mut chain, &stories(text, Date::MAX), today);
    fold(&chain, taxonomy(), today.parse().unwrap()).unwrap()
}

/// Asks `organisation product region audience held [known]` and answers one layer a line, as far as there is one.
pub fn ask(ledger: &Ledger, question: &str) -> String {
    let words: Vec<&str> = question.split_whitespace().collect();
    let cell = Cell {
        organisation: (words[0] != "-").then(|| words[0].to_string()),
        product: words[1].into(),
        region: words[2].into(),
        audience: serde_json::from_value::<Audience>(words[3].into()).unwrap(),
    };
    let held: Date = words[4].parse().unwrap();
    let known = words.get(5).map_or(Date::MAX, |day| day.parse().unwrap());
    answer(&ledger.cell(&cell, AsOf { held, known }))
}

fn answer(state: &CellState) -> String {
    let mut lines = Vec::new();
    for layer in &state.layers {
        let held = layer.held.as_ref().map(|held| match &held.inherited_from {
            Some(from) => format!("{} from {from}", held.state.as_str()),
            None => held.state.as_str().to_string(),
        });
        let beside = [("pending", layer.pending.len()), ("investigated", layer.investigated.len())];
        let beside = beside.iter().filter(|(_, count)| *count > 0).map(|(what, count)| format!("{what} {count}"));
        let parts: Vec<String> = held.into_iter().chain(beside).collect();
        if !parts.is_empty() {
            lines.push(format!("{}: {}", format!("{:?}", layer.layer).to_lowercase(), parts.join(", ")));
        }
    }
    lines.join("\n")
}
