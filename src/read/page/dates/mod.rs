//! When a page says that it was published: JSON-LD, `<meta>`, what stands by its title, its address, in that order. Only where
//! nothing else is stated is the day of its last change taken.

/// How pages mark a date.
mod marks;

use std::fmt;

use jiff::civil::Date;
use jiff::tz::Offset;
use scraper::ElementRef;
use url::Url;

use crate::read::date::{self, Hint, Stated};

use super::aside::{is_aside, is_frame, is_of_others};
use super::linked::{Linked, raw_value};
use super::meta::{Head, line_of};

use marks::{CHANGED, DOUBTFUL_METAS, KEYS, LIKELY, METAS, NAMED, has_year, is_change, is_statement, says_change};

/// Longest text around a date, in characters.
const LONGEST: usize = 160;

/// Lines before and after the title among which its date stands.
const BEFORE_TITLE: usize = 4;
const AFTER_TITLE: usize = 12;

/// A page may repeat its title in its path and its menus.
const MOST_TITLES: usize = 6;

/// A date and the words that state it.
type Found = (Stated, String);

/// When a page was published.
#[derive(Debug)]
pub(super) struct Published {
    pub(super) stated: Stated,
    /// The day that the page shows its readers, where the stated moment is in UTC and another day there.
    pub(super) shown: Option<Date>,
}

impl fmt::Display for Published {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.shown {
            Some(day) => write!(f, "{day}"),
            None => write!(f, "{}", self.stated),
        }
    }
}

/// Where a page's date is looked for.
pub(super) struct Place<'a> {
    pub(super) head: &'a Head<'a>,
    pub(super) linked: &'a Linked,
    pub(super) url: Option<&'a Url>,
    /// The page as it came, its scripts included.
    pub(super) whole: &'a str,
    /// The lines of its text.
    pub(super) lines: &'a [String],
    pub(super) title: Option<&'a str>,
    /// A later day cannot be right: the page was read then.
    pub(super) latest: Option<Date>,
}

/// The page's date and the words that state it. One that lies after the page was read counts only where no other is stated.
pub(super) fn published(place: &Place<'_>) -> Option<(Published, String)> {
    let language = place.head.attribute("html", "lang").or_else(|| place.head.meta(&["og:locale"]));
    let hint = hint(language.as_deref(), place.url);
    let search = |latest| Search { place, hint, latest }.published();
    search(place.latest).or_else(|| place.latest.and_then(|_| search(None)))
}

/// A page that says no more than that it is in English is taken for American where its address is of no other country.
fn hint(language: Option<&str>, url: Option<&Url>) -> Hint {
    let hint = Hint::of(language);
    let top = url.and_then(Url::host_str).and_then(|host| host.rsplit('.').next()).unwrap_or("");
    let of_no_country = matches!(top, "com" | "org" | "net" | "gov" | "edu" | "us" | "io" | "co" | "info" | "news");
    let plain_english = language.is_some_and(|language| language.eq_ignore_ascii_case("en"));
    Hint { month_first: hint.month_first || plain_english && of_no_country, ..hint }
}

struct Search<'a> {
    place: &'a Place<'a>,
    hint: Hint,
    latest: Option<Date>,
}

impl Search<'_> {
    fn published(&self) -> Option<(Published, String)> {
        let near = self.near_title(false);
        let address = self.place.url.and_then(|url| self.in_address(url));
        let (stated, raw) = self
            .in_linked(near.as_ref())
            .or_else(|| self.in_metas(METAS))
            .or_else(|| self.in_elements(NAMED))
            .or_else(|| address.clone())
            .or_else(|| near.clone().filter(|_| self.in_metas(DOUBTFUL_METAS).is_none()))
            .or_else(|| self.in_elements(&LIKELY[..2]))
            .or_else(|| self.in_metas(DOUBTFUL_METAS))
            .or_else(|| self.in_elements(&LIKELY[2..]))
            .or_else(|| near.clone())
            .or_else(|| self.in_opening())
            .or_else(|| self.at_the_side())
            .or_else(|| self.near_title(true))
            .or_else(|| self.in_scripts())
            .or_else(|| self.read(self.place.linked.modified.as_deref()?))
            .or_else(|| self.in_metas(CHANGED))?;
        let shown = address.iter().chain(near.iter()).find_map(|(shown, _)| shown_day(stated, *shown));
        Some((Published { stated, shown }, raw))
    }

    /// A date that can be right.
    fn read(&self, text: &str) -> Option<Found> {
        let stated = date::parse(text, self.hint).filter(|stated| stated.is_plausible())?;
        let in_time = self.latest.is_none_or(|latest| stated.date.first() <= latest);
        in_time.then(|| (stated, text.trim().to_string()))
    }

    fn read_day(&self, text: &str) -> Option<Found> {
        self.read(text).filter(|(stated, _)| stated.date.exact().is_some())
    }

    /// What JSON-LD says. Where it gives the day of the last change as that of publication, an earlier day by the title is right.
    fn in_linked(&self, near: Option<&Found>) -> Option<Found> {
        let linked = self.place.linked;
        let (stated, raw) = self.read(linked.published.as_deref()?)?;
        let same_as_change =
            linked.modified.as_deref().and_then(|text| self.read(text)).is_some_and(|(changed, _)| changed == stated);
        let earlier = near.filter(|(near, _)| same_as_change && near.date.last() < stated.date.first());
        Some(earlier.cloned().unwrap_or((stated, raw)))
    }

    fn in_metas(&self, names: &[&str]) -> Option<Found> {
        names.iter().find_map(|name| self.place.head.metas(name).iter().find_map(|text| self.read(text)))
    }

    fn in_elements(&self, places: &[&str]) -> Option<Found> {
        const MOST: usize = 8;
        places.iter().find_map(|place| {
            let elements = self.place.head.all(place).filter(|element| !is_aside(*element) && !is_change(*element));
            elements.take(MOST).find_map(|element| self.in_element(element))
        })
    }

    /// A column beside the article may hold what is known of it.
    fn at_the_side(&self) -> Option<Found> {
        let times =
            self.place.head.all("time").filter(|element| !is_of_others(*element) && !is_frame(*element) && !is_change(*element));
        let found: Vec<Found> = times.filter_map(|element| self.in_element(element)).collect();
        // Several days are those of several articles.
        found.first().filter(|(first, _)| found.iter().all(|(other, _)| other.date == first.date)).cloned()
    }

    fn in_element(&self, element: ElementRef<'_>) -> Option<Found> {
        let attributes = ["datetime", "content", "data-datetime", "data-date", "data-time", "data-timestamp", "title"];
        attributes.into_iter().filter_map(|name| element.attr(name)).find_map(|text| self.read_day(text)).or_else(|| {
            let line = line_of(element);
            (line.chars().count() <= LONGEST).then(|| self.within(&line)).flatten()
        })
    }

    /// A date among other words: "By Ann | Published 21 November 2026 at 10:00".
    fn within(&self, line: &str) -> Option<Found> {
        const LONGEST_DATE: usize = 8;
        let words: Vec<&str> = line.split([' ', '|', '\u{A0}']).filter(|word| !word.is_empty()).collect();
        // The longest run of words that is a date, so that a time is not lost.
        for length in (1..=LONGEST_DATE).rev() {
            for run in words.windows(length) {
                let starts = run[0].starts_with(|c: char| c.is_ascii_digit())
                    || run[0].chars().all(|c| c.is_alphabetic() || c == '.' || c == ',');
                let text = run.join(" ");
                if starts
                    && has_year(&text)
                    && let Some(found) = self.read_day(&text)
                {
                    return Some(found);
                }
            }
        }
        None
    }

    /// `/2026/11/21/`, `/2026-11-21-…`, `/20261121/`, `/2026/nov/21/`.
    fn in_address(&self, url: &Url) -> Option<Found> {
        let path = url.path();
        let bytes = path.as_bytes();
        let digits = |from: usize, count: usize| {
            path.get(from..from + count).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()))
        };
        let starts = (0..bytes.len()).filter(|at| matches!(bytes[*at], b'/' | b'-' | b'_')).map(|at| at + 1);
        starts.filter(|at| digits(*at, 4).is_some_and(|year| year.starts_with("20") || year.starts_with("199"))).find_map(|at| {
            let separated = || {
                let is_between = |at: usize| bytes.get(at).is_some_and(|byte| matches!(byte, b'/' | b'-' | b'_'));
                let (month, day) = (digits(at + 5, 2)?, digits(at + 8, 2)?);
                let ends = !bytes.get(at + 10).is_some_and(u8::is_ascii_digit);
                (is_between(at + 4) && is_between(at + 7) && ends).then(|| format!("{}-{month}-{day}", &path[at..at + 4]))
            };
            let compact = || digits(at, 8).filter(|_| !bytes.get(at + 8).is_some_and(u8::is_ascii_digit)).map(str::to_string);
            let named = || {
                let mut parts = path[at..].split(['/', '-', '_']);
                let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
                (month.len() >= 3 && day.len() <= 2).then(|| format!("{day} {month} {year}"))
            };
            separated().or_else(compact).or_else(named).and_then(|text| self.read_day(&text))
        })
    }

    /// A date in the lines around the page's title, those below it first; of its last change only where `changed`.
    fn near_title(&self, changed: bool) -> Option<Found> {
        let title = self.place.title?;
        let is_title = |line: &String| line == title || title.chars().count() >= 12 && line.starts_with(title);
        let all = (0..self.place.lines.len()).filter(|at| is_title(&self.place.lines[*at]));
        all.take(MOST_TITLES).find_map(|at| {
            let below = self.place.lines.iter().skip(at + 1).take(AFTER_TITLE);
            let above = self.place.lines[..at].iter().rev().take(BEFORE_TITLE);
            below
                .chain(above)
                .filter(|line| is_statement(line) && says_change(line) == changed)
                .find_map(|line| self.within(line))
        })
    }

    /// A date in the first short lines of the page.
    fn in_opening(&self) -> Option<Found> {
        const LINES: usize = 60;
        let lines = self.place.lines.iter().take(LINES);
        lines.filter(|line| is_statement(line) && !says_change(line)).find_map(|line| self.within(line))
    }

    fn in_scripts(&self) -> Option<Found> {
        KEYS.iter().find_map(|key| self.read(&raw_value(self.place.whole, key)?))
    }
}

/// The day that readers see, where a moment in UTC lies on the day before or after it.
fn shown_day(stated: Stated, shown: Stated) -> Option<Date> {
    let (moment, shown) = (stated.date.exact()?, shown.date.exact()?);
    let is_moment = stated.time.is_some() && stated.offset == Some(Offset::UTC);
    (is_moment && (moment.tomorrow().ok() == Some(shown) || moment.yesterday().ok() == Some(shown))).then_some(shown)
}

#[cfg(test)]
mod tests;
