//! The front page: the lead, recent Insights, the river of verdicts, the board, the map.

use jiff::civil::Date;
use serde::Serialize;

use super::chrome::{About, Chrome};
use super::desk::{Desk, Link};
use super::insight::{self, Law, Wall};
use super::map::Map;
use super::matrix::{self, Board};
use super::outside;
use super::page::Page;
use super::says::{self, Line, Mark, Stated};
use super::words::Words;
use crate::model::edition::Covered;
use crate::model::ledger::{Record, State};
use crate::model::when::PartialDate;
use crate::publish::shown;

/// Insights beside the lead.
const RECENT: usize = 8;

/// Verdicts in the river.
const RIVER: usize = 11;

/// Days that "this week" spans.
const WEEK: i64 = 7;

#[derive(Serialize)]
struct View {
    page: Chrome,
    /// "Edition of 18 June 2026, 22:00 UTC".
    edition: Stated,
    tally: Vec<String>,
    /// "3 failed"; `None` where none did.
    failed: Option<String>,
    lead: Option<Lead>,
    recent: Vec<Card>,
    river: Vec<Day>,
    board: Option<Board>,
    boards: Vec<Link>,
    map: Map,
    head: String,
    entries: String,
}

/// The lead Insight.
#[derive(Serialize)]
struct Lead {
    kick: Vec<Link>,
    headline: String,
    href: String,
    summary: String,
    wall: Option<Wall>,
    meta: String,
    law: Option<Law>,
}

/// An Insight in a list.
#[derive(Clone, Serialize)]
pub struct Card {
    pub headline: String,
    /// Its language, where that is not the page's.
    pub lang: Option<String>,
    pub href: String,
    pub summary: String,
    pub mark: Mark,
    pub date: Stated,
    pub counts: String,
}

/// Verdicts of one day, month or year.
#[derive(Serialize)]
pub struct Day {
    pub heading: String,
    pub lines: Vec<Line>,
}

/// A front page for each language that has Insights; the main one always.
pub fn pages<'a>(desk: &Desk<'a>) -> Vec<Page<'a>> {
    let languages = languages(desk);
    let page = |lang: &String| {
        let (own, languages) = (lang.clone(), languages.clone());
        let path = desk.in_language("/", lang);
        Page::new(&path, "site/front.html", lang, move |desk| view(desk, &own, &languages))
    };
    languages.iter().map(page).collect()
}

/// The main language, and every other of the site: a language switch leads to its front page.
pub fn languages(desk: &Desk<'_>) -> Vec<String> {
    let languages = &desk.material.site.languages;
    if languages.is_empty() { vec!["en".to_string()] } else { languages.clone() }
}

fn view(desk: &Desk<'_>, lang: &str, languages: &[String]) -> View {
    let words = desk.words(lang);
    let written = desk.material.stories.iter().filter(|covered| covered.insights.iter().any(|insight| insight.lang == lang));
    let stories: Vec<&Covered> = written.collect();
    let leading = shown::leading(&stories);
    let recent = stories.iter().filter(|covered| leading.is_none_or(|lead| lead.story.id != covered.story.id));
    let (board, boards) = matrix::busiest(desk, words);
    let time = desk.material.time;
    View {
        page: desk.chrome(about(desk, lang, languages, leading)),
        edition: Stated { text: words.instant(time, &desk.zone), iso: time.to_string() },
        tally: tally(desk, words),
        failed: Some(failed(desk)).filter(|failed| *failed > 0).map(|failed| words.count("failed", failed)),
        lead: leading.map(|covered| lead(desk, covered, words)),
        recent: recent.take(RECENT).map(|covered| card(desk, covered, words)).collect(),
        river: days(desk, latest(desk), words),
        board,
        boards,
        map: Map::without_table(desk.map()),
        head: desk.material.ledger.head.clone(),
        entries: words.count("entries", usize::try_from(desk.material.ledger.entries).unwrap_or(usize::MAX)),
    }
}

fn about(desk: &Desk<'_>, lang: &str, languages: &[String], leading: Option<&Covered>) -> About {
    let description = leading.map(|covered| {
        let insight = covered.insights.iter().find(|insight| insight.lang == lang).unwrap_or(&covered.insights[0]);
        insight.headline.text.clone()
    });
    About {
        title: desk.material.site.name.clone(),
        description: description.unwrap_or_else(|| desk.material.site.motto.clone()),
        path: "/".to_string(),
        lang: lang.to_string(),
        languages: languages.to_vec(),
        section: "today",
        ear: Some(desk.today),
        front: true,
        ..About::default()
    }
}

fn tally(desk: &Desk<'_>, words: &Words) -> Vec<String> {
    let week = |record: &&Record| {
        let days = desk.today.duration_since(record.begins).as_hours() / 24;
        (0..WEEK).contains(&days) && !record.pending
    };
    let moved = |opens: bool| {
        let state = move |record: &&Record| record.event.action.state().is_some_and(|state| (state == State::Allowed) == opens);
        desk.material.ledger.standing().filter(week).filter(state).count()
    };
    let coverage = &desk.material.coverage;
    let sum = |count: fn(&crate::model::edition::Looked) -> u64| {
        usize::try_from(coverage.iter().map(count).sum::<u64>()).unwrap_or(usize::MAX)
    };
    let both = |one: String, other: String| [one, other].join(words.get("say", "comma"));
    vec![
        both(words.count("doors_shut", moved(false)), words.count("doors_opened", moved(true))),
        both(words.count("read", sum(|looked| looked.articles)), words.count("concern", sum(|looked| looked.relevant))),
        words.count("sources", coverage.len()),
    ]
}

fn failed(desk: &Desk<'_>) -> usize {
    let failed = |looked: &&crate::model::edition::Looked| looked.last.is_some_and(|(_, verdict)| !verdict.is_success());
    desk.material.coverage.iter().filter(failed).count()
}

fn lead(desk: &Desk<'_>, covered: &Covered, words: &Words) -> Lead {
    let written = insight_of(covered, &words.lang);
    let record = insight::main_record(desk, covered);
    let card = card(desk, covered, words);
    Lead {
        kick: record
            .map(|record| &record.event)
            .or(covered.story.event())
            .map(|event| insight::kick(desk, event, words))
            .unwrap_or_default(),
        headline: card.headline,
        href: card.href,
        summary: card.summary,
        wall: record.and_then(|record| insight::Wall::of(desk, &covered.story, record, words)),
        meta: record.map_or(card.counts, |record| says::standing(record, words)),
        law: written.laws.first().map(insight::law),
    }
}

fn insight_of<'b>(covered: &'b Covered, lang: &str) -> &'b crate::model::insight::Insight {
    covered.insights.iter().find(|insight| insight.lang == lang).unwrap_or(&covered.insights[0])
}

/// A story as a card, in a language that it may be written in.
pub fn card(desk: &Desk<'_>, covered: &Covered, words: &Words) -> Card {
    let insight = insight_of(covered, &words.lang);
    let record = insight::main_record(desk, covered);
    let summary: Vec<String> = insight.summary.iter().map(|sentence| outside::headline(&sentence.text)).collect();
    let day = PartialDate::day(covered.story.first_seen().to_zoned(desk.zone.clone()).date());
    let seen = Stated { text: words.short_date(day), iso: day.to_string() };
    Card {
        headline: desk.headline(covered, insight),
        lang: Some(insight.lang.clone()).filter(|lang| *lang != words.lang),
        href: desk.story_href(covered, &words.lang),
        summary: summary.join(" "),
        mark: says::of_story(&covered.story, record, words),
        date: record.map_or(seen, |record| says::stated(record, words, false)),
        counts: words.count("outlets", shown::figures(record, &covered.story).0),
    }
}

/// The newest records by the day they begin, or were first reported where that is later than the edition.
fn latest<'a>(desk: &Desk<'a>) -> Vec<&'a Record> {
    let mut records: Vec<&Record> = desk.material.ledger.standing().collect();
    records.sort_by_key(|record| std::cmp::Reverse((day(record, desk.today), record.n)));
    records.truncate(RIVER);
    records
}

/// The day under which a record is listed: what is announced for later stands on the day it was reported.
pub fn day(record: &Record, today: Date) -> Date {
    if record.begins > today || record.pending { record.first_reported() } else { record.begins }
}

/// Records, newest first, under their days; one whose day is not known stands under its month or year.
pub fn days(desk: &Desk<'_>, records: Vec<&Record>, words: &Words) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for record in records {
        let day = PartialDate::day(day(record, desk.today));
        let vague = record.event.date.filter(|date| date.exact().is_none() && !record.pending);
        let heading = words.date(vague.unwrap_or(day));
        let line = desk.line(record, words);
        match days.last_mut().filter(|last| last.heading == heading) {
            Some(last) => last.lines.push(line),
            None => days.push(Day { heading, lines: vec![line] }),
        }
    }
    days
}
