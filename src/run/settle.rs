//! Links what was tagged, enters it into the ledger, and writes about it. Two transactions: what was linked, and what came of
//! it. A run that is cut off between the two is completed by the next.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;

use super::RunError;
use super::desk::Desk;
use super::linking::link_all;
use crate::comment::Brief;
use crate::model::edit;
use crate::model::insight::Insight;
use crate::model::ledger::{Entry, Ledger, What};
use crate::model::story::{Origin, Story, Told};
use crate::model::tagged::Tagged;
use crate::model::when::{When, day_of};
use crate::report::Report;
use crate::store::{Store, Stored, StoryRow, Writing};
use crate::{ledger, link};

/// Neighbours whose wordings a story does not repeat: a month of a busy site, and what the Cognitive Laws promise.
const NEIGHBOURS: usize = 30;

/// Words of a headline that go into an address.
const SLUG_WORDS: usize = 8;

/// Links, enters, writes. Gives the record as it now stands, for what is published next.
pub async fn settle(desk: &Desk, store: &Store, now: Timestamp, report: &mut Report) -> Result<Settled, RunError> {
    let before = Settled::of(desk, store, now).await?;
    let linking = link_all(store, &before.ledger).await?;
    report.stories += linking.stories.len();
    store.keep_links(&linking, now).await?;
    let (writing, settled) = write_all(desk, store, before, now, report).await?;
    store.keep_writing(&writing, now).await?;
    Ok(settled)
}

/// The chain, and what it folds to.
pub struct Settled {
    /// Its lines, oldest first.
    pub chain: Vec<String>,
    /// What they come to.
    pub ledger: Ledger,
}

impl Settled {
    /// The record that the store holds.
    pub async fn of(desk: &Desk, store: &Store, now: Timestamp) -> Result<Self, RunError> {
        let chain = store.chain().await?;
        let ledger = ledger::fold(&chain, Arc::clone(&desk.taxonomy), day_of(now))?;
        Ok(Self { chain, ledger })
    }
}

/// What the store knows of every story, by id.
pub type Rows = BTreeMap<String, StoryRow>;

/// Edits by article.
type Edits = BTreeMap<String, Vec<edit::Edit>>;

/// Stories as the later stages see them, with lineage and edits, by id. A story that was not shown yet has no slug.
pub async fn stories(store: &Store, rows: &Rows, now: Timestamp) -> Result<Vec<Story>, RunError> {
    let versions = store.versions().await?;
    let edits: Edits = versions.into_iter().map(|(id, versions)| (id, edit::edits(&versions))).collect();
    let members = store.members().await?;
    let of_row = |(id, members)| rows.get(&id).map(|row| assemble(row, members, &edits, now));
    Ok(members.into_iter().filter_map(of_row).collect())
}

fn assemble(row: &StoryRow, members: Vec<(Stored, Vec<usize>)>, edits: &Edits, now: Timestamp) -> Story {
    let mut reports: Vec<Told> = members
        .into_iter()
        .map(|(stored, happenings)| {
            let tagged = own_first(&stored, &happenings);
            let edits = edits.get(&stored.article.id).cloned().unwrap_or_default();
            Told { origin: unread(&stored), article: stored.article, tagged, edits }
        })
        .collect();
    link::lineage(&mut reports);
    let (slug, first_shown) = row.shown.clone().unwrap_or((String::new(), now));
    Story { id: row.id.clone(), slug, year: row.year, reports, first_shown }
}

/// Whose account an article is before lineage is read.
fn unread(stored: &Stored) -> Origin {
    Origin { key: String::new(), name: stored.article.outlet.clone(), copy_of: None }
}

/// An article's tags with the events of some of its happenings first: a story is of what its reports tell first in it.
fn own_first(stored: &Stored, happenings: &[usize]) -> Tagged {
    let groups = link::happenings(&stored.article, &stored.tagged);
    let own: BTreeSet<usize> = happenings.iter().filter_map(|at| groups.get(*at)).flatten().copied().collect();
    let events = &stored.tagged.events;
    let ordered = own.iter().copied().chain((0..events.len()).filter(|place| !own.contains(place)));
    Tagged { events: ordered.map(|place| events[place].clone()).collect(), ..stored.tagged.clone() }
}

async fn write_all(
    desk: &Desk,
    store: &Store,
    before: Settled,
    now: Timestamp,
    report: &mut Report,
) -> Result<(Writing, Settled), RunError> {
    let mut changed = store.changed_stories().await?;
    if changed.is_empty() {
        return Ok((Writing::default(), before));
    }
    let rows = store.story_rows().await?;
    // The record is entered from every story, so that what it says does not hang on which of them changed together.
    let mut stories = stories(store, &rows, now).await?;
    stories.sort_by_key(|story| (published(story), story.id.clone()));
    let (mut writing, settled, entries) = enter(desk, store, before, &mut stories, now).await?;
    report.entries += writing.lines.len();
    let mut pen = Pen { desk, insights: store.insights().await?, used: Vec::new() };
    pen.recall(&rows);
    changed.extend(pen.told_of(&entries));
    for story in stories.iter().filter(|story| changed.contains(&story.id)) {
        let is_new = story.slug.is_empty();
        let insights = pen.write(story, &settled.ledger);
        if is_new {
            let headline =
                insights.first().map_or(story.reports[0].article.title.as_str(), |insight| insight.headline.text.as_str());
            writing.slugs.push((story.id.clone(), slug(headline, &story.id)));
        } else {
            report.continued += 1;
        }
        report.insights += insights.len();
        report.withheld += insights.iter().map(|insight| insight.withheld.len()).sum::<usize>();
        writing.insights.extend(insights);
    }
    writing.done = changed.into_iter().collect();
    Ok((writing, settled))
}

/// Appends what the record lacks of what the stories say, and takes back what no article says any more.
async fn enter(
    desk: &Desk,
    store: &Store,
    before: Settled,
    stories: &mut Vec<Story>,
    now: Timestamp,
) -> Result<(Writing, Settled, Vec<Entry>), RunError> {
    let silent = silent(store, &before.ledger, stories, now).await?;
    let told = stories.len();
    stories.extend(silent);
    let entries = ledger::append(&before.ledger, stories, now);
    stories.truncate(told);
    if entries.is_empty() {
        return Ok((Writing::default(), before, entries));
    }
    let lines: Vec<(u64, String)> = entries.iter().map(|entry| (entry.n, ledger::line(entry))).collect();
    let mut chain = before.chain;
    chain.extend(lines.iter().map(|(_, line)| line.clone()));
    let ledger = ledger::fold(&chain, Arc::clone(&desk.taxonomy), day_of(now))?;
    Ok((Writing { lines, ..Writing::default() }, Settled { chain, ledger }, entries))
}

/// Articles that the record rests on and that no story has any more, each as a story of its own: they were edited, or are read
/// otherwise, and what they no longer say has to be taken back. The record alone would keep it, as of articles that are lost.
async fn silent(store: &Store, record: &Ledger, stories: &[Story], now: Timestamp) -> Result<Vec<Story>, RunError> {
    let known: BTreeSet<&str> = stories.iter().flat_map(|story| &story.reports).map(|told| told.article.id.as_str()).collect();
    let mut resting: BTreeMap<&str, &str> = BTreeMap::new();
    for entry in record.standing() {
        for report in entry.reports.iter().filter(|report| !known.contains(report.article.as_str())) {
            resting.entry(&report.article).or_insert(&entry.story);
        }
    }
    let mut silent = Vec::new();
    for (article, story) in resting {
        let row = StoryRow { id: story.to_string(), year: 0, shown: None };
        silent.extend(of_articles(store, &row, [article], now).await?);
    }
    Ok(silent)
}

/// A story of articles that are no members of it any more; `None` where none of them is held.
pub async fn of_articles<'a>(
    store: &Store,
    row: &StoryRow,
    articles: impl IntoIterator<Item = &'a str>,
    now: Timestamp,
) -> Result<Option<Story>, RunError> {
    let mut members = Vec::new();
    for article in articles {
        members.extend(store.tagged(article).await?.map(|stored| (stored, Vec::new())));
    }
    Ok((!members.is_empty()).then(|| assemble(row, members, &Edits::new(), now)))
}

/// Writes story after story and remembers which words it used.
struct Pen<'a> {
    desk: &'a Desk,
    insights: BTreeMap<(String, String), Insight>,
    /// Wordings of each Insight, the latest last, by language.
    used: Vec<(String, Vec<String>)>,
}

impl Pen<'_> {
    /// Takes up what was used in the stories shown before, in the order of their first showing.
    fn recall(&mut self, rows: &Rows) {
        let shown = |id: &String| rows.get(id).and_then(|row| row.shown.as_ref()).map(|(_, at)| *at);
        let mut past: Vec<_> =
            self.insights.iter().map(|((story, lang), insight)| (shown(story), story, lang, insight)).collect();
        past.sort_by_key(|(at, story, _, _)| (*at, (*story).clone()));
        self.used = past.into_iter().map(|(_, _, lang, insight)| (lang.clone(), wordings(insight))).collect();
    }

    /// Stories whose commentary tells of a record that these entries change, also where its new report is another story's: what
    /// a text counts is what the record counts.
    fn told_of(&self, entries: &[Entry]) -> BTreeSet<String> {
        let touched = entries.iter().filter_map(|entry| match entry.what {
            What::Reports { of, .. } | What::Supersede { of, .. } => Some(of),
            What::Event { .. } => None,
        });
        let touched: BTreeSet<u64> = touched.collect();
        let tells = |insight: &Insight| {
            let facts = insight.facts.iter().filter(|fact| fact.function == "event");
            facts.flat_map(|fact| &fact.entries).any(|n| touched.contains(n))
        };
        self.insights.iter().filter(|(_, insight)| tells(insight)).map(|((story, _), _)| story.clone()).collect()
    }

    /// The commentary in every language of the site that the story can be written in.
    fn write(&mut self, story: &Story, ledger: &Ledger) -> Vec<Insight> {
        let mut written = Vec::new();
        for lang in &self.desk.site.languages {
            let used: Vec<String> = self
                .used
                .iter()
                .rev()
                .filter(|(other, _)| other == lang)
                .take(NEIGHBOURS)
                .flat_map(|(_, words)| words.iter().cloned())
                .collect();
            let previous = self.insights.get(&(story.id.clone(), lang.clone()));
            let brief = Brief { story, ledger, lang, used: &used, previous };
            if let Some(insight) = self.desk.commentary.write(brief) {
                self.used.push((lang.clone(), wordings(&insight)));
                written.push(insight);
            }
        }
        written
    }
}

/// The keys of all wordings of an Insight.
fn wordings(insight: &Insight) -> Vec<String> {
    let paragraphs = insight.report.iter().chain(&insight.commentary).flat_map(|paragraph| &paragraph.sentences);
    paragraphs.map(|sentence| sentence.wording.clone()).chain(insight.laws.iter().map(|law| law.wording.clone())).collect()
}

/// The day from which a story is told: of its earliest report.
fn published(story: &Story) -> jiff::civil::Date {
    story.reports.iter().map(|told| told.article.published().date().first()).min().unwrap_or(jiff::civil::Date::MAX)
}

/// Words of a headline, and six hex of the id: `jpmorgan-takes-claude-from-hong-kong-staff-1a2b3c`.
fn slug(headline: &str, id: &str) -> String {
    let words = headline.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| word.len() > 1).take(SLUG_WORDS);
    let mut words: Vec<String> = words.map(str::to_ascii_lowercase).collect();
    words.push(id.chars().take(6).collect());
    words.join("-")
}

/// When a report counts as published, for sorting: an instant, or the end of a day that is only dated.
pub(super) fn sortable(when: When) -> (jiff::civil::Date, Timestamp) {
    match when {
        When::At(instant) => (day_of(instant), instant),
        When::On(date) => (date.first(), Timestamp::MIN),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_words_of_the_headline_and_a_piece_of_the_id() {
        assert_eq!(
            slug("JPMorgan takes Anthropic’s Claude from its Hong Kong staff", "0123456789ab"),
            "jpmorgan-takes-anthropic-claude-from-its-hong-kong-012345"
        );
        assert_eq!(slug("摩根大通", "0123456789ab"), "012345");
    }
}
