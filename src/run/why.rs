//! The chain of evidence of a story: from what is published down to the stored bytes. `termwall why ID`.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::desk::Desk;
use super::evidence::{self, Paint};
use super::health::plain;
use super::settle::{self, Settled};
use super::{Outcome, RunError, Streams, understand};
use crate::model::article::{Article, ArticleKind};
use crate::model::edit::{self, Edit, Piece, Seen};
use crate::model::event::{AccessEvent, Field};
use crate::model::explained::Explained;
use crate::model::ledger::{Ledger, Record};
use crate::model::story::{Story, Told};
use crate::model::when::When;
use crate::model::words::count;
use crate::publish::paths;
use crate::store::Store;

/// Words of a change that are shown, and of each side of it.
const SHOWN: usize = 25;

/// Prints why a story says what it says. `id` is its id, or the first characters of it that no other story shares. Of a story
/// that no article tells any more it prints what was told and taken back.
pub async fn why(
    (desk, store): (&Desk, &Store),
    id: &str,
    (now, paint): (Timestamp, Paint),
    streams: &mut Streams<'_>,
) -> Result<Outcome, RunError> {
    let Settled { chain, ledger } = Settled::of(desk, store, now).await?;
    let story = find(store, &ledger, id, now).await?;
    let mut lines = head(&story);
    for entry in ledger.records.iter().filter(|entry| entry.story == story.id) {
        lines.extend(entry_lines(entry));
    }
    for told in &story.reports {
        lines.extend(report_lines(told));
        lines.push(tagged_line(store.tagged_by(&told.article.id).await?, &desk.tagged_by()));
        lines.extend(evidence_lines(told, &understand::explain(desk, &told.article), paint));
        lines.extend(version_lines(&store.versions_of(&told.article.id).await?).iter().map(|line| plain(line)));
        let held = store.document(&told.article.document).await?;
        let held = held.map_or_else(|| "let go after 30 days".to_string(), |bytes| count(bytes.len(), "byte"));
        lines.push(format!("  bytes     {} ({held})", told.article.document));
    }
    lines.push(format!("head      {}, {}", ledger.head, count(chain.len(), "entry")));
    for line in lines {
        writeln!(streams.output, "{line}").map_err(RunError::Output)?;
    }
    Ok(Outcome::Done)
}

/// The one story whose id begins so: one that is told, else one that was.
async fn find(store: &Store, ledger: &Ledger, id: &str, now: Timestamp) -> Result<Story, RunError> {
    let rows = store.story_rows().await?;
    let mut told = settle::stories(store, &rows, now).await?;
    told.retain(|story| story.id.starts_with(id));
    let unknown = |found: usize| RunError::NoStory(id.to_string(), found);
    if told.len() > 1 {
        return Err(unknown(told.len()));
    }
    if let Some(story) = told.pop() {
        return Ok(story);
    }
    let gone: Vec<_> = rows.values().filter(|row| row.id.starts_with(id) && row.shown.is_some()).collect();
    let [row] = gone.as_slice() else { return Err(unknown(gone.len())) };
    let entries = ledger.records.iter().filter(|entry| entry.story == row.id);
    let articles: BTreeSet<&str> = entries.flat_map(|entry| &entry.reports).map(|report| report.article.as_str()).collect();
    settle::of_articles(store, row, articles, now).await?.ok_or_else(|| unknown(0))
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
    let mut lines = vec![
        format!("entry {:<4}{}", record.n, said(&record.event)),
        format!("  standing  {}, {origins}, {}", name(&record.standing), count(record.outlets(), "outlet")),
        format!("  begins    {}{}", record.begins, if record.day_known { "" } else { " (the day is not stated)" }),
        format!("  hash      {}", record.hash),
        format!("  before    {}", record.prev),
    ];
    if let (Some((by, reason)), Some(at)) = (&record.superseded, record.superseded_at) {
        let became = by.map_or_else(|| "withdrawn".to_string(), |by| format!("superseded by entry {by}"));
        lines.push(format!("  no more   {became}, {at}: {reason}"));
    }
    lines
}

/// Which names and words tagged an article, and whether they are those of now.
fn tagged_line(by: Option<String>, now: &str) -> String {
    let Some(by) = by else { return "  tagged    by none in this version; the next run does it".to_string() };
    let hint = if by == now { "" } else { "; taxonomy/ has changed since: `termwall taxonomy preview` shows what that changes" };
    format!("  tagged    by {by}{hint}")
}

/// Each version with when it was seen and what changed in it; nothing of an article that was read in one version only.
fn version_lines(versions: &[Seen]) -> Vec<String> {
    let mut lines = Vec::new();
    for (at, version) in versions.iter().enumerate() {
        let (seen, article) = version;
        let edit = at.checked_sub(1).and_then(|before| edit::edits(&versions[before..=at]).pop());
        let what = match (&edit, article.kind) {
            (Some(edit), _) => count(edit.changes(), "change"),
            (None, ArticleKind::Brief) => "a summary".to_string(),
            (None, ArticleKind::Full) => "the whole text".to_string(),
            (None, ArticleKind::Record) => "a record".to_string(),
        };
        let seen = seen.map_or_else(|| "at an unknown time".to_string(), |seen| seen.to_string());
        lines.push(format!("  version   {}, seen {seen}: {what}", article.version));
        lines.extend(edit.iter().flat_map(edit_lines));
    }
    lines
}

fn edit_lines(edit: &Edit) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some((before, after)) = &edit.title {
        lines.push(format!("    title   \"{before}\" became \"{after}\""));
    }
    let shown = edit::excerpts(edit, SHOWN);
    lines.extend(shown.iter().map(|pieces| format!("    text    {}", pieces.iter().map(marked).collect::<String>())));
    let more = edit.passages.len() - shown.len();
    if more > 0 {
        lines.push(format!("    text    {more} more"));
    }
    lines
}

/// Words that are gone as `[-…-]`, new ones as `{+…+}`.
fn marked(piece: &Piece) -> String {
    let text = piece.text();
    let words = text.trim_end();
    let space = &text[words.len()..];
    match piece {
        Piece::Same(_) => text.to_string(),
        Piece::Gone(_) => format!("[-{words}-]{space}"),
        Piece::New(_) => format!("{{+{words}+}}{space}"),
    }
}

fn report_lines(told: &Told) -> Vec<String> {
    let article = &told.article;
    let copy = told.origin.copy_of.as_ref().map(|of| format!(", copy of {}", &of[..of.len().min(12)])).unwrap_or_default();
    let mut lines = vec![
        format!("article   {}", &article.id[..article.id.len().min(12)]),
        format!("  outlet    {}, version {}, {}", article.outlet, article.version, article.lang),
        format!("  origin    {}{copy}", told.origin.name),
        format!("  address   {}", article.url.as_deref().unwrap_or("none")),
        format!("  claimed   {}", claimed(article)),
    ];
    lines.iter_mut().for_each(|line| *line = plain(line));
    lines
}

/// Where the article says what its tags say, and by which words and rules that was read. Tags that other words or another program
/// made are shown without the rules, which are not theirs.
fn evidence_lines(told: &Told, explained: &Explained, paint: Paint) -> Vec<String> {
    let article = &told.article;
    let looks_back = |event: &AccessEvent| if event.recalled { " (looks back)" } else { "" };
    if explained.tagged.events == told.tagged.events {
        let said = |index: usize| told.tagged.events.get(index).map_or_else(String::new, |event| said(event) + looks_back(event));
        return evidence::lines((&article.title, &article.text), explained, said, paint);
    }
    let mut lines = vec![format!("  title     {}", plain(&article.title))];
    lines.push("  tagged    by other words than today's; `termwall build` tags it again and can then tell the rules".to_string());
    for event in &told.tagged.events {
        lines.push(format!("  says      {}{}", said(event), looks_back(event)));
        for evidence in &event.evidence {
            let field = if evidence.field == Field::Title { "title" } else { "text" };
            let (start, end, rule) = (evidence.start, evidence.end, &evidence.rule);
            lines.push(plain(&format!("    {field} {start}..{end} [{rule}] \"{}\"", evidence.quote)));
        }
    }
    lines
}

/// The three times of an article: as it stood in the bytes, as read, and when we first saw it.
fn claimed(article: &Article) -> String {
    const LONGEST_RAW: usize = 60;
    let claimed = match article.claimed {
        Some(When::At(instant)) => instant.to_string(),
        Some(When::On(date)) => date.to_string(),
        None => "no date".to_string(),
    };
    // Outside text on a terminal: escaped.
    let raw = article.claimed_raw.as_deref().map(|raw| format!(" of {:?}", raw.chars().take(LONGEST_RAW).collect::<String>()));
    let ahead = if article.claims_future() { "; it claims a time still to come and counts as first seen" } else { "" };
    format!("{claimed}{}; seen {}{ahead}", raw.unwrap_or_default(), article.first_seen)
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

#[cfg(test)]
mod tests {
    use super::*;

    fn article(when: &str, raw: &str) -> Article {
        Article {
            id: "a1".into(),
            version: 1,
            url: None,
            source: "example".into(),
            outlet: "Example News".into(),
            kind: ArticleKind::Brief,
            title: "a".into(),
            text: String::new(),
            lang: "en".into(),
            claimed: when.parse().ok().map(When::On),
            claimed_raw: (!raw.is_empty()).then(|| raw.to_string()),
            first_seen: "2026-06-18T10:00:00Z".parse().unwrap(),
            authors: Vec::new(),
            document: String::new(),
            speaks_for: None,
            lead: false,
            has_page: false,
        }
    }

    #[test]
    fn an_article_has_three_times() {
        let check = |when: &str, raw: &str, expected: &str| assert_eq!(claimed(&article(when, raw)), expected);
        check("2026-06-17", "17 June 2026", "2026-06-17 of \"17 June 2026\"; seen 2026-06-18T10:00:00Z");
        check("", "soon\u{1b}\u{202e}", "no date of \"soon\\u{1b}\\u{202e}\"; seen 2026-06-18T10:00:00Z");
        check("", "", "no date; seen 2026-06-18T10:00:00Z");
        let ahead =
            "2026-06-20 of \"20 June\"; seen 2026-06-18T10:00:00Z; it claims a time still to come and counts as first seen";
        check("2026-06-20", "20 June", ahead);
    }

    #[test]
    fn a_time_to_come_counts_as_first_seen() {
        let published = |when: &str| article(when, "").published().date().to_string();
        assert_eq!(
            (published("2026-06-20"), published("2026-06-17"), published("2026-06")),
            ("2026-06-18".into(), "2026-06-17".into(), "2026-06".into())
        );
    }
}
