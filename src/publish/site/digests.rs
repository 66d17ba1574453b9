//! A page a week: the Insights first shown in it, and what they came to.

use std::collections::BTreeMap;

use jiff::civil::{Date, ISOWeekDate, Weekday};
use serde::Serialize;

use super::chrome::{About, Chrome};
use super::desk::{Desk, Link};
use super::front::{Card, card};
use super::page::Page;
use super::words::Words;
use crate::model::edition::Covered;
use crate::model::when::PartialDate;

/// A year and week by ISO 8601.
type Week = (i16, i8);

#[derive(Serialize)]
struct View {
    page: Chrome,
    title: String,
    intro: String,
    earlier: Option<Link>,
    later: Option<Link>,
    cards: Vec<Card>,
}

#[derive(Serialize)]
struct List {
    page: Chrome,
    weeks: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    link: Link,
    insights: String,
    lead: String,
}

/// A page for each week in which something was first shown, and the list of them.
pub fn pages<'a>(desk: &Desk<'a>) -> Vec<Page<'a>> {
    let lang = desk.main_lang();
    let mut pages = vec![Page::new("/digests/", "site/digests.html", lang, list)];
    for week in weeks(desk).into_keys() {
        pages.push(Page::new(&path(week), "site/digest.html", lang, move |desk| view(desk, week)));
    }
    pages
}

/// Stories by the week in which they were first shown, newest first.
pub fn weeks<'a>(desk: &Desk<'a>) -> BTreeMap<Week, Vec<&'a Covered>> {
    let mut weeks: BTreeMap<Week, Vec<&Covered>> = BTreeMap::new();
    for covered in &desk.material.stories {
        let shown = covered.story.first_shown.to_zoned(desk.zone.clone()).date().iso_week_date();
        weeks.entry((shown.year(), shown.week())).or_default().push(covered);
    }
    weeks
}

/// The page of a week.
pub fn path((year, week): Week) -> String {
    format!("/digests/{year}-w{week:02}/")
}

fn title((year, week): Week) -> String {
    format!("Week {week} of {year}")
}

fn monday((year, week): Week) -> Option<Date> {
    ISOWeekDate::new(year, week, Weekday::Monday).ok().map(|day| day.date())
}

fn link(desk: &Desk<'_>, week: Week) -> Link {
    Link { text: title(week), href: Some(desk.href(&path(week))) }
}

fn view(desk: &Desk<'_>, week: Week) -> View {
    let words = desk.words(desk.main_lang());
    let weeks = weeks(desk);
    let stories = weeks.get(&week).map_or(&[][..], Vec::as_slice);
    let intro = format!("{}{}", words.count("insights", stories.len()), span(week, words));
    View {
        page: desk.chrome(About { title: title(week), description: intro.clone(), path: path(week), ..About::default() }),
        title: title(week),
        intro,
        earlier: weeks.range(..week).next_back().map(|(week, _)| link(desk, *week)),
        later: weeks.range(week..).nth(1).map(|(week, _)| link(desk, *week)),
        cards: stories.iter().map(|covered| card(desk, covered, words)).collect(),
    }
}

fn span(week: Week, words: &Words) -> String {
    let Some(monday) = monday(week) else { return String::new() };
    let sunday = monday.saturating_add(jiff::Span::new().days(6));
    let date = |day: Date| words.date(PartialDate::day(day));
    format!(" first shown from {} to {}.", date(monday), date(sunday))
}

fn list(desk: &Desk<'_>) -> List {
    let words = desk.words(desk.main_lang());
    let entry = |(week, stories): (Week, Vec<&Covered>)| Entry {
        link: link(desk, week),
        insights: words.count("insights", stories.len()),
        lead: crate::publish::shown::leading(&stories).map(|covered| card(desk, covered, words).headline).unwrap_or_default(),
    };
    List {
        page: desk.chrome(About {
            title: words.get("ui", "digests").to_string(),
            description: "What each week brought.".to_string(),
            path: "/digests/".to_string(),
            ..About::default()
        }),
        weeks: weeks(desk).into_iter().rev().map(entry).collect(),
    }
}
