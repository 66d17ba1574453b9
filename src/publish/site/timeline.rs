//! Everything on record in time: the latest on one page, and a page a year.

use std::collections::BTreeMap;

use serde::Serialize;

use super::chrome::{About, Chrome};
use super::desk::{Desk, Link};
use super::front::{Day, day, days};
use super::page::Page;
use crate::model::ledger::Record;

/// Verdicts on the first page.
const LATEST: usize = 60;

#[derive(Serialize)]
struct View {
    page: Chrome,
    title: String,
    intro: String,
    years: Vec<Link>,
    days: Vec<Day>,
}

/// The latest, and each year.
pub fn pages<'a>(desk: &Desk<'a>) -> Vec<Page<'a>> {
    let lang = desk.main_lang();
    let mut pages = vec![Page::new("/timeline/", "site/timeline.html", lang, |desk| view(desk, None))];
    for year in years(desk).into_keys() {
        pages.push(Page::new(&path(year), "site/timeline.html", lang, move |desk| view(desk, Some(year))));
    }
    pages
}

/// Years with their numbers of records.
pub fn years(desk: &Desk<'_>) -> BTreeMap<i16, usize> {
    let mut years = BTreeMap::new();
    for record in desk.material.ledger.standing() {
        *years.entry(day(record, desk.today).year()).or_default() += 1;
    }
    years
}

/// The page of a year.
pub fn path(year: i16) -> String {
    format!("/timeline/{year}/")
}

fn view(desk: &Desk<'_>, year: Option<i16>) -> View {
    let words = desk.words(desk.main_lang());
    let mut records: Vec<&Record> = desk.material.ledger.standing().collect();
    records.retain(|record| year.is_none_or(|year| day(record, desk.today).year() == year));
    records.sort_by_key(|record| std::cmp::Reverse((day(record, desk.today), record.n)));
    records.truncate(if year.is_none() { LATEST } else { usize::MAX });
    let title = year.map_or_else(|| words.get("ui", "timeline").to_string(), |year| format!("Timeline of {year}"));
    let intro = "Every act on record, newest first, by the day it took effect or was first reported.".to_string();
    let link = |(year, count): (i16, usize)| Link { text: format!("{year} ({count})"), href: Some(desk.href(&path(year))) };
    View {
        page: desk.chrome(About {
            title: title.clone(),
            description: intro.clone(),
            path: year.map_or_else(|| "/timeline/".to_string(), path),
            section: "timeline",
            ..About::default()
        }),
        title,
        intro,
        years: years(desk).into_iter().rev().map(link).collect(),
        days: days(desk, records, words),
    }
}
