//! The chain of evidence of a story: from what is published down to the stored bytes. `termwall why ID`.

use jiff::Timestamp;

use super::desk::Desk;
use super::{Outcome, RunError, Streams, settle};
use crate::ledger;
use crate::model::event::{AccessEvent, Field};
use crate::model::ledger::Record;
use crate::model::story::{Story, Told};
use crate::model::when::{When, day_of};
use crate::model::words::count;
use crate::publish::paths;
use crate::store::Store;

/// Prints why a story says what it says. `id` is its id, or the first characters of it that no other story shares.
pub async fn why(desk: &Desk, store: &Store, id: &str, now: Timestamp, streams: &mut Streams<'_>) -> Result<Outcome, RunError> {
    let chain = store.chain().await?;
    let record = ledger::fold(&chain, desk.taxonomy.clone(), day_of(now))?;
    let stories = settle::stories(store, now).await?;
    let found: Vec<&Story> = stories.iter().filter(|story| story.id.starts_with(id)).collect();
    let [story] = found.as_slice() else {
        return Err(RunError::NoStory(id.to_string(), found.len()));
    };
    let mut lines = head(story);
    for entry in record.of_story(&story.id) {
        lines.extend(entry_lines(entry));
    }
    for told in &story.reports {
        lines.extend(report_lines(told));
        let held = store.document(&told.article.document).await?;
        let held = held.map_or_else(|| "let go after 30 days".to_string(), |bytes| count(bytes.len(), "byte"));
        lines.push(format!("  bytes     {} ({held})", told.article.document));
    }
    lines.push(format!("head      {}, {}", record.head, count(chain.len(), "entry")));
    lines.push(format!("tagged by {}", desk.tagged_by()));
    for line in lines {
        writeln!(streams.output, "{line}").map_err(RunError::Output)?;
    }
    Ok(Outcome::Done)
}

fn head(story: &Story) -> Vec<String> {
    vec![
        format!("story     {}", story.id),
        format!("page      {}", paths::story(story)),
        format!("seen      {}", story.first_seen()),
        format!("shown     {}", story.first_shown),
        format!("reports   {}, {} no copies", count(story.reports.len(), "article"), story.independent().count()),
    ]
}

fn entry_lines(record: &Record) -> Vec<String> {
    let origins = count(record.origins(), "origin");
    vec![
        format!("entry {:<4}{}", record.n, said(&record.event)),
        format!("  standing  {}, {origins}, {}", name(&record.standing), count(record.outlets(), "outlet")),
        format!("  begins    {}{}", record.begins, if record.day_known { "" } else { " (the day is not stated)" }),
        format!("  hash      {}", record.hash),
        format!("  before    {}", record.prev),
    ]
}

fn report_lines(told: &Told) -> Vec<String> {
    let article = &told.article;
    let claimed = match article.claimed {
        Some(When::At(instant)) => instant.to_string(),
        Some(When::On(date)) => date.to_string(),
        None => "no date".to_string(),
    };
    let copy = told.origin.copy_of.as_ref().map(|of| format!(", copy of {}", &of[..of.len().min(12)])).unwrap_or_default();
    let mut lines = vec![
        format!("article   {}", &article.id[..article.id.len().min(12)]),
        format!("  outlet    {}, version {}, {}", article.outlet, article.version, article.lang),
        format!("  origin    {}{copy}", told.origin.name),
        format!("  title     {}", article.title),
        format!("  address   {}", article.url.as_deref().unwrap_or("none")),
        format!("  claimed   {claimed}; seen {}", article.first_seen),
    ];
    for event in &told.tagged.events {
        lines.push(format!("  says      {}{}", said(event), if event.recalled { " (looks back)" } else { "" }));
        for evidence in &event.evidence {
            let field = if evidence.field == Field::Title { "title" } else { "text" };
            lines.push(format!("    {field} {}..{} [{}] \"{}\"", evidence.start, evidence.end, evidence.rule, evidence.quote));
        }
    }
    lines
}

/// An event as its values.
pub(super) fn said(event: &AccessEvent) -> String {
    let or = |value: &Option<String>, other: &str| value.clone().unwrap_or_else(|| other.to_string());
    let regions = if event.regions.is_empty() { "no place".to_string() } else { event.regions.join(" ") };
    format!(
        "{} {} {} · {} · {} · {} · {} · {}",
        or(&event.actor, "somebody"),
        event.action.as_str(),
        event.product.clone().unwrap_or_else(|| or(&event.vendor, "ai")),
        event.audience.as_str(),
        regions,
        event.instrument.as_str(),
        event.status.as_str(),
        event.date.map_or_else(|| "undated".to_string(), |date| date.to_string()),
    )
}

/// The name that a value has in data.
pub(super) fn name<T: serde::Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_string)).unwrap_or_default()
}
