//! All articles at once, in memory: what the filter `link` holds. At most about 1 kB an article, nothing of what has no
//! happening but its id.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use super::decide::{Pair, story_id};
use super::digest::Digest;
use crate::model::article::{Article, ArticleKind};
use crate::model::tagged::Tagged;
use crate::model::when::{PartialDate, When};

/// One line of the filter's input.
#[derive(Clone, Copy, Debug, Default)]
pub struct Given<'a> {
    /// As given.
    pub id: &'a str,
    /// Plain text.
    pub title: &'a str,
    /// Plain text.
    pub text: &'a str,
    /// BCP 47.
    pub lang: &'a str,
    /// An RFC 3339 time, or a date of any precision; anything else counts as none.
    pub published: Option<&'a str>,
    /// Its address.
    pub url: Option<&'a str>,
    /// Who published it.
    pub outlet: &'a str,
}

impl Given<'_> {
    /// As an article, seen when it was published. What has no date that can be read has never been seen, and is related to
    /// others by its text, its address and dated events alone.
    pub fn article(&self) -> Article {
        let day = || self.published?.get(..10)?.parse::<PartialDate>().ok();
        let date = || self.published?.parse::<PartialDate>().ok().or_else(day).map(When::On);
        let claimed = self.published.and_then(|text| text.parse::<Timestamp>().ok()).map(When::At).or_else(date);
        let first_seen = claimed.map_or(Timestamp::UNIX_EPOCH, |when| match when {
            When::At(instant) => instant,
            When::On(date) => {
                let end = date.last().at(23, 59, 59, 0).to_zoned(jiff::tz::TimeZone::UTC);
                end.map_or(Timestamp::UNIX_EPOCH, |end| end.timestamp())
            }
        });
        Article {
            id: self.id.into(),
            version: 1,
            url: self.url.map(String::from),
            source: String::new(),
            outlet: self.outlet.into(),
            kind: ArticleKind::Full,
            title: self.title.into(),
            text: self.text.into(),
            lang: self.lang.into(),
            claimed,
            claimed_raw: self.published.map(String::from),
            first_seen,
            authors: Vec::new(),
            document: String::new(),
            speaks_for: None,
            lead: false,
            has_page: false,
        }
    }
}

/// The filter's answer for one line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Linked {
    /// As given.
    pub id: String,
    /// The story of the first happening that it reports; `None` where it reports none.
    pub story: Option<String>,
    /// The stories of all its happenings, in the order of the text, no doubles.
    pub stories: Vec<String>,
}

/// Reads all, then answers.
#[derive(Debug, Default)]
pub struct Index {
    ids: Vec<Box<str>>,
    /// Those with a happening: place in `ids`, digest, number of its first happening among all.
    held: Vec<(u32, Digest, u32)>,
    /// Keys, each with a place in `held`.
    keys: Vec<(u64, u32)>,
    happenings: u32,
}

impl Index {
    /// Takes an article in.
    pub fn add(&mut self, article: &Article, tagged: &Tagged) {
        let place = size(self.ids.len());
        self.ids.push(article.id.as_str().into());
        let Some(digest) = Digest::of(article, tagged) else { return };
        let held = size(self.held.len());
        self.keys.extend(digest.keys().into_iter().map(|key| (key, held)));
        let first = self.happenings;
        self.happenings += size(digest.happenings.len());
        self.held.push((place, digest, first));
    }

    /// The stories of every article, in the order in which they were added.
    pub fn finish(mut self) -> Vec<Linked> {
        let mut sets = Sets((0..self.happenings).collect());
        self.keys.sort_unstable();
        for run in self.keys.chunk_by(|one, other| one.0 == other.0) {
            for (at, (_, one)) in run.iter().enumerate() {
                for (_, other) in &run[..at] {
                    relate(&self.held[*one as usize], &self.held[*other as usize], &mut sets);
                }
            }
        }
        drop(std::mem::take(&mut self.keys));
        self.answers(&mut sets)
    }

    fn answers(&self, sets: &mut Sets) -> Vec<Linked> {
        let names = self.names(sets);
        let mut answers: Vec<Linked> =
            self.ids.iter().map(|id| Linked { id: id.to_string(), story: None, stories: Vec::new() }).collect();
        for (place, digest, first) in &self.held {
            let answer = &mut answers[*place as usize];
            for happening in *first..first + size(digest.happenings.len()) {
                let story = names[sets.find(happening) as usize].clone().unwrap_or_default();
                if !answer.stories.contains(&story) {
                    answer.stories.push(story);
                }
            }
            answer.story = answer.stories.first().cloned();
        }
        answers
    }

    /// The name of each set, by its root: the story id of its earliest happening.
    fn names(&self, sets: &mut Sets) -> Vec<Option<String>> {
        let mut earliest: Vec<Option<(Date, &str, usize)>> = vec![None; self.happenings as usize];
        for (place, digest, first) in &self.held {
            let day = digest.published.map_or(Date::MAX, |(first, _)| first);
            for number in 0..digest.happenings.len() {
                let root = sets.find(first + size(number)) as usize;
                let own = (day, &*self.ids[*place as usize], number);
                earliest[root] = Some(earliest[root].map_or(own, |known| known.min(own)));
            }
        }
        earliest.into_iter().map(|first| first.map(|(_, id, number)| story_id(id, number))).collect()
    }
}

type Held = (u32, Digest, u32);

fn relate((_, one, first): &Held, (_, other, second): &Held, sets: &mut Sets) {
    let pair = Pair::of(one, other);
    for mine in 0..one.happenings.len() {
        for theirs in 0..other.happenings.len() {
            let (a, b) = (first + size(mine), second + size(theirs));
            if sets.find(a) != sets.find(b) && pair.related(mine, theirs) {
                sets.join(a, b);
            }
        }
    }
}

/// Disjoint sets of happenings.
struct Sets(Vec<u32>);

impl Sets {
    fn find(&mut self, mut member: u32) -> u32 {
        while self.0[member as usize] != member {
            let above = self.0[self.0[member as usize] as usize];
            self.0[member as usize] = above;
            member = above;
        }
        member
    }

    fn join(&mut self, one: u32, other: u32) {
        let (one, other) = (self.find(one), self.find(other));
        self.0[one.max(other) as usize] = one.min(other);
    }
}

fn size(length: usize) -> u32 {
    u32::try_from(length).expect("an index of four thousand million articles does not fit in memory")
}
