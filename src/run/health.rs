//! How the sources fare, troubles first; or every look at one of them. `termwall sources`.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use super::crawl::no_source;
use super::desk::Desk;
use super::{Outcome, RunError, Streams, say};
use crate::cli;
use crate::model::condition::{Condition, span};
use crate::model::fetched::{Purpose, Verdict};
use crate::model::source::Source;
use crate::model::words::{count, grouped};
use crate::store::{self, Look, Store};

/// Columns of a terminal that everybody has.
const WIDTH: usize = 100;

/// Columns of an id; a longer one has a line of its own.
const ID: usize = 30;

/// A source as `termwall sources --json` gives it, one a line. Names are fixed. Times are RFC 3339 in UTC, lengths seconds.
#[derive(Clone, Debug, Serialize)]
pub struct SourceLine {
    /// Id of `feeds.toml`.
    pub id: String,
    /// What the editor calls it.
    pub title: String,
    /// Its address in `feeds.toml`.
    pub url: String,
    /// The address that is asked: another one where it has moved.
    pub asked: String,
    /// The worst of: `gone`, `failing`, `silent`, `twin`, `moved`, `repaired`, `ok`, `waiting` (never asked), `off`.
    pub state: &'static str,
    /// Whatever holds of the first six, the worst first, as words.
    pub conditions: Vec<String>,
    /// Whether `feeds.toml` has it on.
    pub enabled: bool,
    /// Looks at its own document.
    pub looks: u64,
    /// Those that failed.
    pub failed: u64,
    /// The last look.
    pub last_look: Option<Timestamp>,
    /// What it came to.
    pub verdict: Option<Verdict>,
    /// The last look that succeeded.
    pub last_success: Option<Timestamp>,
    /// The last that brought something new.
    pub last_new: Option<Timestamp>,
    /// Seconds between two news, usually.
    pub usual: Option<u64>,
    /// Seconds of quiet after which it counts as silent.
    pub patience: i64,
    /// Whether it has been silent for longer than usual.
    pub silent: bool,
    /// The first of the failures since the last success.
    pub failing_since: Option<Timestamp>,
    /// How many.
    pub failures: u32,
    /// When it answered 410.
    pub gone_since: Option<Timestamp>,
    /// Since when it is asked elsewhere.
    pub moved_since: Option<Timestamp>,
    /// Where permanent redirects lead that are not believed yet.
    pub moving_to: Option<String>,
    /// What was mended in the document that was read last.
    pub repaired: Option<String>,
    /// When it is asked next, at the earliest.
    pub due: Option<Timestamp>,
    /// Articles read.
    pub articles: u64,
    /// Those about access.
    pub relevant: u64,
}

/// A look as `termwall sources ID --json` gives it, one a line, oldest first.
#[derive(Clone, Debug, Serialize)]
pub struct LookLine {
    /// Id of the source.
    pub source: String,
    /// When.
    pub at: Timestamp,
    /// `feed` for its own document, `page` for an article's page.
    pub purpose: Purpose,
    /// What was asked for.
    pub url: String,
    /// HTTP status; 0 where there was none.
    pub status: u16,
    /// What it came to.
    pub verdict: Verdict,
    /// Decoded bytes that came.
    pub bytes: u64,
    /// Items in it.
    pub items_seen: u64,
    /// Those that were new or changed.
    pub items_new: u64,
    /// More.
    pub detail: Option<String>,
}

/// Answers `termwall sources`.
pub async fn health(
    desk: &Desk,
    store: &Store,
    question: &cli::Health,
    now: Timestamp,
    streams: &mut Streams<'_>,
) -> Result<Outcome, RunError> {
    let lines = match &question.id {
        Some(id) => looks(desk, store, (id, question.day), question.json).await?,
        None => {
            let lines = sources(desk, store.health().await?, now);
            if question.json { lines.iter().map(json).collect() } else { table(&lines) }
        }
    };
    for line in lines {
        say(streams, &line)?;
    }
    Ok(Outcome::Done)
}

/// Every source of the file, the worst first, else in its order.
fn sources(desk: &Desk, mut health: BTreeMap<String, store::Health>, now: Timestamp) -> Vec<SourceLine> {
    let of = |source: &Source| line(source, health.remove(&source.id).unwrap_or_default(), now);
    let mut lines: Vec<SourceLine> = desk.sources.iter().map(AsRef::as_ref).map(of).collect();
    lines.sort_by_key(|line| rank(line.state));
    lines
}

/// States, the worst first.
const STATES: [&str; 9] = ["gone", "failing", "silent", "twin", "moved", "repaired", "ok", "waiting", "off"];

fn rank(state: &str) -> usize {
    STATES.iter().position(|known| *known == state).unwrap_or(STATES.len())
}

fn line(source: &Source, fared: store::Health, now: Timestamp) -> SourceLine {
    let memory = fared.memory.at(&source.url);
    let verdict = fared.last.map(|(_, verdict)| verdict);
    let conditions = Condition::of(&memory, verdict, fared.repaired.as_deref(), now);
    let fine = if memory.due.is_some() { "ok" } else { "waiting" };
    let state = if source.enabled { conditions.first().map_or(fine, Condition::name) } else { "off" };
    SourceLine {
        id: source.id.clone(),
        title: source.title.clone(),
        url: source.url.to_string(),
        asked: memory.asked().unwrap_or(&source.url).to_string(),
        state,
        conditions: conditions.iter().map(|condition| told(condition, &source.id)).collect(),
        enabled: source.enabled,
        looks: fared.looks,
        failed: fared.failures,
        last_look: fared.last.map(|(at, _)| at),
        verdict,
        last_success: fared.last_success,
        last_new: memory.pace.last(),
        usual: memory.pace.usual().map(|usual| usual.as_secs()),
        patience: memory.pace.patience().as_secs(),
        silent: memory.pace.is_silent(now),
        failing_since: memory.failing_since,
        failures: memory.failures,
        gone_since: memory.gone,
        moved_since: memory.moved.as_ref().map(|moved| moved.since),
        moving_to: memory.moving.as_ref().map(|moving| moving.to.to_string()),
        repaired: fared.repaired,
        due: memory.due,
        articles: fared.articles,
        relevant: fared.relevant,
    }
}

/// A condition with what an editor does about it.
fn told(condition: &Condition, id: &str) -> String {
    let words = condition.words();
    match condition {
        Condition::Gone { .. } => {
            format!("{words}; change its url in feeds.toml, or ask once more with `termwall fetch --source {id}`")
        }
        Condition::Failing { verdict, .. } => match verdict.and_then(Verdict::advice) {
            Some(advice) => format!("{words}; {advice}"),
            None => words,
        },
        Condition::Silent { .. } => format!("{words}; look whether its outlet has moved or ended it"),
        Condition::Twin { .. } => format!("{words}; remove one of the two from feeds.toml"),
        Condition::Moved { .. } => format!("{words}; write that address into feeds.toml"),
        Condition::Repaired { .. } => words,
    }
}

/// The table for people: a line a source, what is wrong below it, a sum at the end.
fn table(lines: &[SourceLine]) -> Vec<String> {
    let mut out = vec![row(["source", "last read", "last new", "usual gap", "articles", "access", "state"])];
    for line in lines {
        let stamp = |at: Option<Timestamp>| at.map_or_else(|| "never".to_string(), minute);
        let usual = line.usual.map_or_else(|| "-".to_string(), |usual| span(std::time::Duration::from_secs(usual)));
        let (articles, relevant) = (grouped(line.articles), grouped(line.relevant));
        let cells = [&stamp(line.last_success), &stamp(line.last_new), &usual, &articles, &relevant, line.state];
        let long = line.id.len() > ID;
        out.extend(long.then(|| line.id.clone()));
        let [read, new, usual, articles, access, state] = cells;
        out.push(row([if long { "" } else { &line.id }, read, new, usual, articles, access, state]));
        if line.enabled {
            out.extend(line.conditions.iter().flat_map(|words| wrapped(words, "    ")));
        }
    }
    let sum = |state: &str| lines.iter().filter(|line| line.state == state).count();
    let sums = STATES.iter().map(|state| (sum(state), state)).filter(|(sum, _)| *sum > 0);
    let sums: Vec<String> = sums.map(|(sum, state)| format!("{sum} {state}")).collect();
    out.push(format!("{}: {}", count(lines.len(), "source"), sums.join(", ")));
    out
}

fn row([source, read, new, usual, articles, access, state]: [&str; 7]) -> String {
    format!("{source:ID$} {read:16} {new:16} {usual:>10} {articles:>8} {access:>6} {state}").trim_end().to_string()
}

/// To the minute, in UTC.
fn minute(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M").to_string()
}

/// Words in lines of at most `WIDTH` columns, each after an indent. A word that is longer stands alone: addresses stay whole.
fn wrapped(text: &str, indent: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in plain(text).split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(format!("{indent}{word}")),
        }
    }
    lines
}

/// Text that turns nothing round on a terminal: details hold words of servers.
pub(super) fn plain(text: &str) -> String {
    let turns = |c: char| {
        c.is_control()
            || matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    text.chars().map(|c| if turns(c) { ' ' } else { c }).collect()
}

/// Every look at a source, of a day or of all.
async fn looks(desk: &Desk, store: &Store, (id, day): (&str, Option<Date>), as_json: bool) -> Result<Vec<String>, RunError> {
    let found = store.looks(id, day).await?;
    if found.is_empty() && desk.source(id).is_none() {
        return Err(no_source(desk, id));
    }
    if as_json {
        return Ok(found.into_iter().map(|look| json(&look_line(id, look))).collect());
    }
    let mut lines: Vec<String> = found.iter().flat_map(told_look).collect();
    let when = day.map(|day| format!(" on {day}")).unwrap_or_default();
    lines.push(format!("{} for \"{id}\"{when} (UTC)", count(found.len(), "look")));
    Ok(lines)
}

fn told_look(look: &Look) -> Vec<String> {
    let items = match look.verdict {
        Verdict::Fresh if look.purpose == Purpose::Feed => {
            format!("{}, {} new", count(to_size(look.items_seen), "item"), look.items_new)
        }
        _ => String::new(),
    };
    let what = format!("{}  {:3}  {}", look.at.strftime("%Y-%m-%d %H:%M:%S"), look.status, look.verdict.words());
    let mut lines = vec![format!("{what:50} {:>16}  {items}", count(to_size(look.bytes), "byte")).trim_end().to_string()];
    let page = (look.purpose == Purpose::Page).then(|| format!("page {}", look.url));
    for more in [page.as_deref(), look.detail.as_deref()].into_iter().flatten() {
        lines.extend(wrapped(more, "    "));
    }
    lines
}

fn to_size(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

fn look_line(source: &str, look: Look) -> LookLine {
    let Look { at, purpose, url, status, verdict, bytes, items_seen, items_new, detail } = look;
    LookLine { source: source.to_string(), at, purpose, url, status, verdict, bytes, items_seen, items_new, detail }
}

fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("lines have string keys and no failing serializer")
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;
    use crate::model::memory::{Memory, Moved};
    use crate::model::pace::Pace;
    use crate::sources;

    fn now() -> Timestamp {
        "2026-06-18T12:00:00Z".parse().unwrap()
    }

    fn ago(hours: i64) -> Timestamp {
        now() - SignedDuration::from_hours(hours)
    }

    fn named(id: &str) -> Source {
        let text = format!("[[source]]\nid = \"{id}\"\nurl = \"https://{id}.example/feed\"\ntitle = \"A\"\ngroup = \"wire\"\n");
        sources::read(&text, "feeds.toml").unwrap().remove(0)
    }

    /// A source that was read an hour ago and brings something every hour, changed.
    fn fared(id: &str, change: impl Fn(&mut store::Health)) -> SourceLine {
        let source = named(id);
        let pace = Pace::of((1..9).rev().map(ago));
        let memory = Memory { address: Some(source.url.clone()), due: Some(now()), pace, ..Memory::default() };
        let mut health = store::Health { memory, looks: 9, last_success: Some(ago(1)), ..store::Health::default() };
        health.last = Some((ago(1), Verdict::Fresh));
        change(&mut health);
        line(&source, health, now())
    }

    #[test]
    fn the_table_shows_each_trouble_with_its_next_step_and_fits_a_terminal() {
        let long = "a-very-long-id-that-no-column-of-any-table-would-hold";
        let failing = fared(long, |health| {
            health.memory.failures = 12;
            health.memory.failing_since = Some(ago(300));
            health.last = Some((ago(1), Verdict::NotFound));
        });
        let moved = fared("moved", |health| {
            let to = format!("https://b.example/{}", "x".repeat(60)).parse().unwrap();
            health.memory.moved = Some(Moved { to, since: ago(48) });
        });
        let odd = fared("odd", |health| health.repaired = Some("an \u{202e}entity\u{1b}[2J was read".into()));
        let lines = table(&[failing, moved, odd, fared("fine", |_| ())]);
        assert!(lines.iter().all(|line| line.chars().count() <= WIDTH), "{lines:#?}");
        let text = lines.join("\n");
        assert!(text.contains("    failing since 2026-06-06, 12 looks in a row: not found; check the address;"), "{text}");
        assert!(text.contains("write that address into"), "{text}");
        assert!(!text.contains(['\u{202e}', '\u{1b}']), "{text:?}");
        assert!(lines.iter().any(|line| line == long), "an id is never cut: it is what the next command wants");
        let fine = "fine                           2026-06-18 11:00 2026-06-18 11:00 60 minutes        0      0 ok";
        assert!(lines.iter().any(|line| line == fine), "{text}");
        assert_eq!(lines.last().unwrap(), "4 sources: 1 failing, 1 moved, 1 repaired, 1 ok");
    }

    #[test]
    fn a_memory_of_another_address_is_not_shown() {
        let line = fared("moved", |health| {
            health.memory.address = Some("https://old.example/".parse().unwrap());
            health.memory.gone = Some(ago(9));
        });
        assert_eq!((line.state, line.gone_since), ("waiting", None));
        assert!(line.last_new.is_some(), "its pace is still its own");
    }

    #[test]
    fn a_look_says_what_came_of_it() {
        let look = Look {
            at: now(),
            purpose: Purpose::Feed,
            url: "https://a.example/feed".into(),
            status: 200,
            verdict: Verdict::Fresh,
            bytes: 12_345,
            items_seen: 20,
            items_new: 3,
            detail: Some("moved to https://b.example/".into()),
        };
        let told = told_look(&look);
        assert_eq!(told[0], "2026-06-18 12:00:00  200  fresh                        12,345 bytes  20 items, 3 new");
        assert_eq!(told[1], "    moved to https://b.example/");
        let nothing = Look { status: 304, verdict: Verdict::Unchanged, bytes: 0, detail: None, ..look };
        assert_eq!(told_look(&nothing), ["2026-06-18 12:00:00  304  unchanged                         0 bytes"]);
    }
}
