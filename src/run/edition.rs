//! Gathers everything that is published, and delivers it.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use super::RunError;
use super::desk::Desk;
use super::settle::{Rows, Settled, sortable, stories};
use crate::deliver;
use crate::model::condition::Condition;
use crate::model::edition::{Covered, Looked, Material};
use crate::model::insight::Insight;
use crate::model::site::Site;
use crate::model::story::Story;
use crate::publish::paths;
use crate::report::{Letter, Report};
use crate::store::{Store, StoreError, StoryRow};

/// Days back that a series' first letter looks.
const FIRST_LETTER_DAYS: i64 = 7;

/// What is published at `now`, of a record that was settled for that day.
pub async fn material(
    desk: &Desk,
    store: &Store,
    site: Arc<Site>,
    settled: Settled,
    now: Timestamp,
) -> Result<Material, RunError> {
    let rows = store.story_rows().await?;
    let told = stories(store, &rows, now).await?;
    let redirects = redirects(store, &rows, &told).await?;
    let mut insights = store.insights().await?;
    let mut covered: Vec<Covered> = told.into_iter().filter_map(|story| cover(story, &mut insights, &site.languages)).collect();
    covered.sort_by(|a, b| newest(&b.story).cmp(&newest(&a.story)).then_with(|| a.story.id.cmp(&b.story.id)));
    let time = covered.iter().map(|covered| covered.story.last_news()).max().unwrap_or(now);
    let coverage = coverage(desk, store, now).await?;
    let (Settled { chain, ledger }, taxonomy) = (settled, Arc::clone(&desk.taxonomy));
    Ok(Material { site, taxonomy, ledger: Arc::new(ledger), chain, stories: covered, coverage, time, redirects })
}

/// Where the published chain lies.
const CHAIN: &str = "data/ledger.jsonl";

/// Writes the site into a folder, and says so in the report. Refuses where the chain published there is not the beginning of
/// ours: a store that was lost must not start the record again in silence.
pub fn site(desk: &Desk, material: &Material, folder: &Path, report: &mut Report) -> Result<(), RunError> {
    let published = deliver::folder::delivered(folder, CHAIN)?.unwrap_or_default();
    if !continues(&String::from_utf8_lossy(&published), &material.chain) {
        return Err(RunError::Store(StoreError::Restarted));
    }
    let edition = desk.publisher.edition(material);
    let delivered = deliver::folder::deliver(&edition, folder)?;
    report.files = (delivered.written.len(), delivered.unchanged, delivered.removed.len());
    report.totals = (material.stories.len(), material.ledger.entries, material.ledger.head.clone());
    Ok(())
}

/// Whether a published chain is the beginning of another.
fn continues(published: &str, chain: &[String]) -> bool {
    published.lines().count() <= chain.len() && published.lines().zip(chain).all(|(old, line)| old == line)
}

/// Writes the letter of what is new since the last one into a folder: written down first, then delivered.
pub async fn letter(desk: &Desk, store: &Store, material: &Material, folder: &Path, report: &mut Report) -> Result<(), RunError> {
    let week = jiff::Span::new().hours(24 * FIRST_LETTER_DAYS);
    let since = match store.last_letter(material.time).await? {
        Some(last) => last,
        None => material.time.checked_sub(week).unwrap_or(Timestamp::MIN),
    };
    let written = desk.publisher.letter(material, since).map_err(deliver::DeliverError::from)?;
    let Some(letter) = written else {
        report.letter = Letter::Nothing;
        return Ok(());
    };
    store.keep_letter(&letter.name, &letter.subject, material.time).await?;
    deliver::folder::letter(
        folder,
        &letter.name,
        &[("eml", &letter.eml), ("html", letter.html.as_bytes()), ("txt", letter.text.as_bytes())],
    )?;
    report.letter = Letter::Written(letter.name);
    Ok(())
}

/// A story with its commentary in the site's languages; `None` where it has none in any.
fn cover(story: Story, insights: &mut BTreeMap<(String, String), Insight>, languages: &[String]) -> Option<Covered> {
    let insights: Vec<Insight> = languages.iter().filter_map(|lang| insights.remove(&(story.id.clone(), lang.clone()))).collect();
    (!insights.is_empty()).then_some(Covered { story, insights })
}

/// By what stories are sorted, the newest last: the latest report's publication.
fn newest(story: &Story) -> (jiff::civil::Date, Timestamp) {
    story.reports.iter().map(|told| sortable(told.article.published())).max().unwrap_or((jiff::civil::Date::MIN, Timestamp::MIN))
}

/// Old paths and new ones: of stories that became part of others, and of those that no article tells any more, whose readers
/// are led to the corrections.
async fn redirects(store: &Store, rows: &Rows, told: &[Story]) -> Result<Vec<(String, String)>, RunError> {
    let paths: BTreeMap<&str, String> = told.iter().map(|story| (story.id.as_str(), paths::story(story))).collect();
    let merged: BTreeMap<String, String> = store.redirects().await?.into_iter().collect();
    let gone = rows.values().filter(|row| !paths.contains_key(row.id.as_str()));
    let lead = |row: &StoryRow| {
        let (slug, _) = row.shown.as_ref()?;
        let to = paths.get(merged.get(&row.id).unwrap_or(&row.id).as_str());
        Some((paths::insight(row.year, slug), to.cloned().unwrap_or_else(|| paths::CORRECTIONS.to_string())))
    };
    Ok(gone.filter_map(lead).collect())
}

/// How every source that is on fared.
async fn coverage(desk: &Desk, store: &Store, now: Timestamp) -> Result<Vec<Looked>, RunError> {
    let mut health = store.health().await?;
    Ok(desk
        .sources
        .iter()
        .filter(|source| source.enabled)
        .map(|source| {
            let health = health.remove(&source.id).unwrap_or_default();
            let memory = health.memory.at(&source.url);
            let verdict = health.last.map(|(_, verdict)| verdict);
            Looked {
                source: source.as_ref().clone(),
                conditions: Condition::of(&memory, verdict, health.repaired.as_deref(), now),
                looks: health.looks,
                failures: health.failures,
                last: health.last,
                last_success: health.last_success,
                last_new: memory.pace.last(),
                articles: health.articles,
                relevant: health.relevant,
            }
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_may_only_grow() {
        let chain = ["one".to_string(), "two".to_string()];
        assert!(continues("", &chain) && continues("one\n", &chain) && continues("one\ntwo\n", &chain));
        assert!(!continues("one\ntwo\nthree\n", &chain), "a lost store started again");
        assert!(!continues("two\n", &chain), "the past was rewritten");
    }
}
