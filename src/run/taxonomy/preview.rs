//! What an edit of names and words would change over everything stored: everything is tagged, linked, entered and written about
//! as the next run would, on a private copy, and compared with what is stored. `termwall taxonomy preview`.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde_json::json;

use super::compare::{Effect, Fate};
use super::{Progress, line};
use crate::cli::Options;
use crate::model::ledger::{Entry, Ledger, What};
use crate::model::words::count;
use crate::report::Report;
use crate::run::desk::Desk;
use crate::run::why::said;
use crate::run::{Outcome, RunError, Streams, say, settle, understand};
use crate::store::{TaggedBy, Trial};

/// Everything that an edit would change.
struct Change {
    /// What tagged the archive so far.
    applied: Vec<TaggedBy>,
    /// What would tag it from now on.
    edited: String,
    /// Articles that concern access, before or then, in which something else is found.
    otherwise: usize,
    /// Stories and what becomes of them: added, dropped, merged, changed; by id.
    effects: Vec<Effect>,
    /// Entries that would be appended.
    entries: Vec<Entry>,
    /// What they say, for people.
    said: Vec<String>,
    /// Pages that would be wanted and were not, and Insights that would be written or reworded.
    report: Report,
}

/// Prints what the names and words here would change. Nothing is written.
pub async fn preview(
    desk: &Desk,
    trial: Trial,
    (now, json): (Timestamp, bool),
    options: &Options,
    streams: &mut Streams<'_>,
) -> Result<Outcome, RunError> {
    let applied = trial.store.tagged_bys().await?;
    let edited = desk.tagged_by();
    let open: u64 = applied.iter().filter(|one| one.by.as_ref() != Some(&edited)).map(|one| one.articles).sum();
    let (mut report, mut progress) = (Report::default(), Progress::new(open, options));
    let known = trial.store.chain().await?.len();
    let queued = understand::tag_each(desk, &trial.store, &mut report, &mut |done| progress.tell(streams.talk, done)).await?;
    let wanted = trial.store.pages_wanted().await?;
    report.retagged.pages = wanted.iter().filter(|article| queued.contains(&article.id)).count();
    progress.end(streams.talk);
    let settled = settle::settle(desk, &trial.store, now, &mut report).await?;
    let entries: Vec<Entry> = settled.chain.iter().skip(known).filter_map(|line| serde_json::from_str(line).ok()).collect();
    let said = entries.iter().map(|entry| entry_line(entry, &settled.ledger)).collect();
    let otherwise = trial.otherwise().await?;
    let effects = effects(&trial, &otherwise).await?;
    trial.store.close().await;
    let change = Change { applied, edited, otherwise: otherwise.len(), effects, entries, said, report };
    if json {
        as_json(&change, streams)?
    } else {
        as_text(&change, streams)?
    }
    Ok(Outcome::Done)
}

/// Stories that are added, dropped, merged or changed, in this order, each by id.
async fn effects(trial: &Trial, otherwise: &BTreeSet<String>) -> Result<Vec<Effect>, RunError> {
    let (before, after) = trial.members().await?;
    let merged: BTreeMap<String, String> = trial.store.redirects().await?.into_iter().collect();
    let mut effects = Vec::new();
    let ids: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    for id in ids {
        let what = match (before.get(id), after.get(id)) {
            (None, _) => Fate::Added,
            (Some(_), None) if merged.contains_key(id) => Fate::Merged,
            (Some(_), None) => Fate::Dropped,
            (Some(was), Some(is)) if was != is || was.iter().any(|article| otherwise.contains(article)) => Fate::Changed,
            (Some(_), Some(_)) => continue,
        };
        let into = merged.get(id).filter(|_| what == Fate::Merged);
        let effect = Effect::of(what, id, into, &trial.story(id).await?);
        if what != Fate::Changed || !effect.articles.is_empty() {
            effects.push(effect);
        }
    }
    effects.sort_by(|one, other| (one.what, &one.story).cmp(&(other.what, &other.story)));
    Ok(effects)
}

impl Change {
    fn number(&self, fate: Fate) -> usize {
        self.effects.iter().filter(|effect| effect.what == fate).count()
    }

    /// Entries for new events, entries for more reports, entries that take something back.
    fn kinds(&self) -> (usize, usize, usize) {
        let of = |is: fn(&What) -> bool| self.entries.iter().filter(|entry| is(&entry.what)).count();
        (
            of(|what| matches!(what, What::Event { .. })),
            of(|what| matches!(what, What::Reports { .. })),
            of(|what| matches!(what, What::Supersede { .. })),
        )
    }

    /// Articles that have not been tagged in their present version by anything.
    fn waiting(&self) -> u64 {
        self.applied.iter().filter(|one| one.by.is_none()).map(|one| one.articles).sum()
    }
}

fn entry_line(entry: &Entry, ledger: &Ledger) -> String {
    let of = |n: u64| ledger.records.iter().find(|record| record.n == n).map(|record| said(&record.event)).unwrap_or_default();
    match &entry.what {
        What::Event { event, .. } => format!("ledger    + entry {}: {}", entry.n, said(event)),
        What::Reports { of: n, reports } => {
            format!("ledger    + entry {}: {} of entry {n}, {}", entry.n, count(reports.len(), "more report"), of(*n))
        }
        What::Supersede { of: n, by: Some(by), reason } => {
            format!("ledger    - entry {n}, superseded by entry {by} ({reason}): {}", of(*n))
        }
        What::Supersede { of: n, by: None, reason } => format!("ledger    - entry {n}, withdrawn ({reason}): {}", of(*n)),
    }
}

fn as_text(change: &Change, streams: &mut Streams<'_>) -> Result<(), RunError> {
    let number = |fate| change.number(fate);
    let Report { retagged, insights, .. } = &change.report;
    let (events, reports, taken_back) = change.kinds();
    if change.effects.is_empty() && change.entries.is_empty() && retagged.pages == 0 {
        say(streams, "nothing would change in what is stored")?;
    } else {
        let merged = if number(Fate::Merged) > 0 { format!(", merges {}", number(Fate::Merged)) } else { String::new() };
        let added = count(number(Fate::Added), "story");
        let (dropped, changed) = (number(Fate::Dropped), number(Fate::Changed));
        say(streams, &format!("adds {added}, drops {dropped}, changes {changed}{merged}"))?;
        let appended = count(change.entries.len(), "entry");
        say(
            streams,
            &format!("ledger    {appended} appended: {events} new, {reports} with more reports, {taken_back} taken back"),
        )?;
        let (insights, pages) = (count(*insights, "Insight"), count(retagged.pages, "page"));
        say(streams, &format!("site      {insights} written or reworded; {pages} fetched in the run after"))?;
    }
    let again = count(retagged.articles, "article");
    say(streams, &format!("articles  {again} tagged again, {} of those about access otherwise", change.otherwise))?;
    say(streams, &format!("taxonomy  {} here; applied: {}", change.edited, applied(&change.applied)))?;
    if change.waiting() > 0 {
        say(streams, &format!("waiting   {} were not tagged yet, and count as well", super::count_of(change.waiting())))?;
    }
    for text in change.effects.iter().flat_map(Effect::lines).chain(change.said.iter().cloned()) {
        say(streams, &text)?;
    }
    Ok(())
}

fn applied(applied: &[TaggedBy]) -> String {
    let known: Vec<&str> = applied.iter().filter_map(|one| one.by.as_deref()).collect();
    if known.is_empty() { "none yet".to_string() } else { known.join(", ") }
}

fn as_json(change: &Change, streams: &mut Streams<'_>) -> Result<(), RunError> {
    let (events, reports, taken_back) = change.kinds();
    let applied: Vec<_> = change.applied.iter().map(|one| json!({"by": one.by, "articles": one.articles})).collect();
    let summary = json!({
        "what": "summary",
        "edited": change.edited,
        "applied": applied,
        "tagged_again": change.report.retagged.articles,
        "waiting": change.waiting(),
        "otherwise": change.otherwise,
        "added": change.number(Fate::Added),
        "dropped": change.number(Fate::Dropped),
        "merged": change.number(Fate::Merged),
        "changed": change.number(Fate::Changed),
        "entries": {"new": events, "more_reports": reports, "taken_back": taken_back},
        "insights": change.report.insights,
        "pages": change.report.retagged.pages,
    });
    line(streams, &summary)?;
    change.effects.iter().try_for_each(|effect| line(streams, effect))?;
    change.entries.iter().try_for_each(|entry| line(streams, &json!({"what": "entry", "entry": entry})))
}
