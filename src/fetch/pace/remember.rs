//! What a look leaves behind: what was remembered and the look go in, what is remembered next comes out.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use url::Url;

use super::{Course, next_due};
use crate::fetch::Request;
use crate::model::fetched::{Fetched, Purpose, Validators, Verdict};
use crate::model::memory::{Memory, Moved, Moving};
use crate::model::source::Source;
use crate::model::when::day_of;

/// After so long without a whole document one is asked for without validators: a server that compares them wrongly answers 304 for
/// ever.
const WHOLE: SignedDuration = SignedDuration::from_hours(7 * 24);

/// An address that was moved to and fails for so long is given up for the one in `feeds.toml`.
const GIVEN_UP: SignedDuration = SignedDuration::from_hours(7 * 24);

/// What an editor must hear of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// From now on it is asked there.
    Moved(Url),
    /// It moves there for good, but another source is asked there already.
    Twin(Url, String),
    /// It is asked at its address in `feeds.toml` again: where it had moved to leads back or fails.
    Back,
    /// It answered 410 and is switched off.
    Gone,
}

/// How a source is asked: where it has moved to, with what we hold, unless that has been confirmed for too long.
pub fn request(source: &Arc<Source>, memory: &Memory, now: Timestamp) -> Request {
    let held = &memory.validators;
    let doubtful = memory.whole.is_none_or(|whole| now.duration_since(whole) >= WHOLE);
    let validators = match doubtful {
        true => Validators { body_hash: held.body_hash.clone(), ..Validators::default() },
        false => held.clone(),
    };
    let url = memory.asked().unwrap_or(&source.url).clone();
    Request { source: source.clone(), purpose: Purpose::Feed, url, validators }
}

/// What is remembered after a look. `twin` is another source that is asked where this look was led to for good.
///
/// Fresh bytes are no success yet: whether they can be read is seen when they are, so failures go on counting until then.
pub fn remember(memory: Memory, source: &Source, fetched: &Fetched, twin: Option<&str>) -> (Memory, Option<Change>) {
    let mut next = memory.at(&source.url);
    let hopeful = next.changed <= next.pace.last();
    let change = if fetched.verdict.is_success() { succeeded(&mut next, fetched, twin) } else { failed(&mut next, fetched) };
    // A document that changed last time without news is not believed to bring some now: many carry the time of day.
    let news = if fetched.verdict == Verdict::Fresh && hopeful { Some(fetched.at) } else { next.pace.last() };
    next.due = Some(due(&next, source, fetched, news));
    (next, change)
}

/// When a source is asked again whose document came but could not be read. Its validators are void, or the same document would be
/// taken for read the next time.
pub fn disappoint(memory: Memory, source: &Source, at: Timestamp) -> Memory {
    let mut next = memory.at(&source.url);
    next.validators = Validators::default();
    next.failures = next.failures.saturating_add(1);
    next.failing_since = next.failing_since.or(Some(at));
    next.due = Some(next_due(course(&next, source), at));
    next
}

fn due(next: &Memory, source: &Source, fetched: &Fetched, news: Option<Timestamp>) -> Timestamp {
    let failures = if fetched.verdict.is_success() { 0 } else { next.failures };
    let (retry_after, fresh_for) = (fetched.retry_after, fetched.fresh_for);
    next_due(Course { failures, retry_after, fresh_for, last_change: news, ..course(next, source) }, fetched.at)
}

fn course<'a>(memory: &Memory, source: &'a Source) -> Course<'a> {
    Course {
        id: &source.id,
        every: source.every,
        slowest: source.slowest,
        failures: memory.failures,
        retry_after: None,
        fresh_for: None,
        usual: memory.pace.usual(),
        last_change: memory.pace.last(),
    }
}

fn succeeded(next: &mut Memory, fetched: &Fetched, twin: Option<&str>) -> Option<Change> {
    next.validators = fetched.validators.clone();
    next.gone = None;
    if fetched.status != 304 {
        next.whole = Some(fetched.at);
    }
    if fetched.verdict == Verdict::Fresh {
        next.changed = Some(fetched.at);
    } else {
        next.failures = 0;
        next.failing_since = None;
    }
    led(next, fetched, twin)
}

fn failed(next: &mut Memory, fetched: &Fetched) -> Option<Change> {
    next.failures = next.failures.saturating_add(1);
    let since = *next.failing_since.get_or_insert(fetched.at);
    if fetched.verdict == Verdict::Gone {
        let first = next.gone.is_none();
        next.gone.get_or_insert(fetched.at);
        return first.then_some(Change::Gone);
    }
    let lost = next.moved.is_some() && fetched.at.duration_since(since) >= GIVEN_UP;
    lost.then(|| back(next))
}

/// Counts a permanent redirect by days, and believes it on the third. Anything else in between begins anew; a failure says nothing.
fn led(next: &mut Memory, fetched: &Fetched, twin: Option<&str>) -> Option<Change> {
    let Some(to) = fetched.moved.as_ref() else {
        next.moving = None;
        return None;
    };
    let mut moving = match next.moving.take() {
        Some(moving) if moving.to == *to => moving,
        _ => Moving { to: to.clone(), days: Vec::new() },
    };
    let another = moving.count(day_of(fetched.at));
    match (moving.is_settled(), twin) {
        (true, None) => Some(move_to(next, to, fetched.at)),
        (settled, twin) => {
            next.moving = Some(moving);
            twin.filter(|_| settled && another).map(|other| Change::Twin(to.clone(), other.to_string()))
        }
    }
}

fn move_to(next: &mut Memory, to: &Url, at: Timestamp) -> Change {
    if next.address.as_ref() == Some(to) {
        return back(next);
    }
    next.validators = Validators { body_hash: next.validators.body_hash.take(), ..Validators::default() };
    next.moved = Some(Moved { to: to.clone(), since: at });
    Change::Moved(to.clone())
}

fn back(next: &mut Memory) -> Change {
    next.validators = Validators { body_hash: next.validators.body_hash.take(), ..Validators::default() };
    next.moved = None;
    next.moving = None;
    Change::Back
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fetch::tests::source;

    const OLD: &str = "https://a.example/old";
    const NEW: &str = "https://b.example/new";

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn url(text: &str) -> Url {
        text.parse().unwrap()
    }

    fn look(day: &str, verdict: Verdict, moved: Option<&str>) -> Fetched {
        Fetched {
            source: "a-example".into(),
            purpose: Purpose::Feed,
            url: url(OLD),
            final_url: url(moved.unwrap_or(OLD)),
            at: at(&format!("2026-06-{day}T12:00:00Z")),
            status: 200,
            verdict,
            content_type: None,
            validators: Validators { etag: Some("\"1\"".into()), last_modified: None, body_hash: Some("0".into()) },
            moved: moved.map(url),
            bytes: 0,
            body: Vec::new(),
            retry_after: None,
            fresh_for: None,
            detail: None,
        }
    }

    /// What is remembered after looks at days of June, with the changes.
    fn after(looks: &[(&str, Verdict, Option<&str>)]) -> (Memory, Vec<Change>) {
        let mut memory = Memory::default();
        let mut changes = Vec::new();
        for (day, verdict, moved) in looks {
            let (next, change) = remember(memory, &source(OLD), &look(day, *verdict, *moved), None);
            memory = next;
            changes.extend(change);
        }
        (memory, changes)
    }

    use Verdict::{Fresh, Gone, NotFound, TooSlow, Unchanged};

    #[test]
    fn a_permanent_redirect_is_believed_on_its_third_day() {
        let two = [("01", Fresh, Some(NEW)), ("01", Unchanged, Some(NEW)), ("02", Unchanged, Some(NEW))];
        let (memory, changes) = after(&two);
        assert_eq!((memory.asked(), changes.len()), (Some(&url(OLD)), 0), "twice on one day is once");
        let (memory, changes) = after(&[&two[..], &[("09", Unchanged, Some(NEW))]].concat());
        assert_eq!((memory.asked(), changes), (Some(&url(NEW)), vec![Change::Moved(url(NEW))]));
        assert_eq!((memory.moved.unwrap().since, memory.moving), (at("2026-06-09T12:00:00Z"), None));
        assert_eq!(memory.validators.etag, None, "the old address's validators are not the new one's");
        assert_eq!(memory.validators.body_hash.as_deref(), Some("0"), "bytes are bytes anywhere");
    }

    #[test]
    fn anything_in_between_begins_anew_but_a_failure() {
        let days = |between: (&'static str, Verdict, Option<&'static str>)| {
            after(&[("01", Fresh, Some(NEW)), ("02", Unchanged, Some(NEW)), between, ("04", Unchanged, Some(NEW))]).0
        };
        for between in [("03", Unchanged, None), ("03", Unchanged, Some("https://c.example/"))] {
            let memory = days(between);
            assert_eq!((memory.moved, memory.moving.unwrap().days.len()), (None, 1), "{between:?}");
        }
        assert!(days(("03", TooSlow, None)).moved.is_some());
        assert!(days(("03", NotFound, Some(NEW))).moved.is_some(), "a page for the lost does not count, nor does it reset");
    }

    #[test]
    fn a_move_to_where_another_source_is_asked_is_told_once_and_not_followed() {
        let mut memory = Memory::default();
        let mut changes = Vec::new();
        for day in ["01", "02", "03", "04", "05"] {
            let (next, change) = remember(memory, &source(OLD), &look(day, Unchanged, Some(NEW)), Some("other"));
            memory = next;
            changes.push(change);
        }
        let told = Some(Change::Twin(url(NEW), "other".into()));
        assert_eq!(changes, [None, None, told, None, None]);
        assert_eq!(memory.asked(), Some(&url(OLD)));
        assert!(memory.moving.as_ref().unwrap().is_settled());
        let (memory, change) = remember(memory, &source(OLD), &look("06", Unchanged, Some(NEW)), None);
        assert_eq!((memory.asked(), change), (Some(&url(NEW)), Some(Change::Moved(url(NEW)))), "the other one has gone");
    }

    #[test]
    fn another_address_in_the_file_voids_all_but_the_pace() {
        let looks = [("01", Fresh, Some(NEW)), ("02", Unchanged, Some(NEW)), ("03", Unchanged, Some(NEW)), ("04", Gone, None)];
        let (memory, changes) = after(&looks);
        assert_eq!((memory.gone.is_some(), changes.last()), (true, Some(&Change::Gone)));
        let pace = memory.pace.clone();
        assert_eq!(memory.clone().at(&url(OLD)), memory);
        let other = url("https://a.example/other");
        assert_eq!(memory.at(&other), Memory { address: Some(other), pace, ..Memory::default() });
    }

    #[test]
    fn a_move_that_is_taken_back_or_fails_for_a_week_is_forgotten() {
        let moved = [("01", Fresh, Some(NEW)), ("02", Unchanged, Some(NEW)), ("03", Unchanged, Some(NEW))];
        let back = [("05", Unchanged, Some(OLD)), ("06", Unchanged, Some(OLD)), ("07", Unchanged, Some(OLD))];
        let (memory, changes) = after(&[moved, back].concat());
        assert_eq!((memory.asked(), changes), (Some(&url(OLD)), vec![Change::Moved(url(NEW)), Change::Back]));
        let fails = [("05", NotFound, None), ("09", TooSlow, None), ("12", NotFound, None)];
        let (memory, changes) = after(&[moved, fails].concat());
        assert_eq!((memory.asked(), changes.last()), (Some(&url(OLD)), Some(&Change::Back)));
    }

    #[test]
    fn a_whole_document_is_asked_for_after_a_week_of_304() {
        let asked = |whole: Option<&str>| {
            let (memory, _) = after(&[("01", Fresh, None)]);
            let memory = Memory { whole: whole.map(at), ..memory };
            request(&Arc::new(source(OLD)), &memory, at("2026-06-18T12:00:00Z")).validators
        };
        assert!(asked(Some("2026-06-12T12:00:00Z")).etag.is_some());
        for doubtful in [None, Some("2026-06-11T12:00:00Z"), Some("2026-01-01T00:00:00Z")] {
            let validators = asked(doubtful);
            assert_eq!((validators.etag, validators.last_modified), (None, None), "{doubtful:?}");
            assert_eq!(validators.body_hash.as_deref(), Some("0"), "the same bytes are still no news");
        }
    }

    #[test]
    fn only_a_whole_answer_confirms_what_is_held() {
        let (memory, _) = after(&[("01", Fresh, None)]);
        let same = Fetched { status: 304, ..look("05", Unchanged, None) };
        let (memory, _) = remember(memory, &source(OLD), &same, None);
        assert_eq!(memory.whole, Some(at("2026-06-01T12:00:00Z")));
        let (memory, _) = remember(memory, &source(OLD), &look("06", Unchanged, None), None);
        assert_eq!(memory.whole, Some(at("2026-06-06T12:00:00Z")));
    }

    #[test]
    fn failing_since_is_the_first_of_the_failures_and_ends_when_bytes_were_read() {
        let (memory, _) = after(&[("01", Unchanged, None), ("02", NotFound, None), ("03", TooSlow, None)]);
        assert_eq!((memory.failures, memory.failing_since), (2, Some(at("2026-06-02T12:00:00Z"))));
        let (fresh, _) = remember(memory.clone(), &source(OLD), &look("04", Fresh, None), None);
        assert_eq!(fresh.failures, 2, "nobody has read them yet");
        let (same, _) = remember(memory, &source(OLD), &look("04", Unchanged, None), None);
        assert_eq!((same.failures, same.failing_since), (0, None));
        let lost = disappoint(fresh, &source(OLD), at("2026-06-04T12:00:00Z"));
        assert_eq!((lost.failures, lost.failing_since), (3, Some(at("2026-06-02T12:00:00Z"))));
        assert_eq!(lost.validators, Validators::default(), "the same bytes must not pass for read");
    }

    #[test]
    fn a_document_that_changes_without_news_is_asked_like_a_quiet_one() {
        let waits = |changed: &str| {
            let news = at("2026-06-01T12:00:00Z");
            let memory = Memory { changed: Some(at(changed)), address: Some(url(OLD)), ..Memory::default() };
            let memory = Memory { pace: memory.pace.clone().after(news), ..memory };
            let (next, _) = remember(memory, &source(OLD), &look("02", Fresh, None), None);
            next.due.unwrap().duration_since(at("2026-06-02T12:00:00Z")).as_mins()
        };
        assert_eq!(waits("2026-06-01T12:00:00Z"), 59, "what changed last brought news");
        assert_eq!(waits("2026-06-02T11:00:00Z"), 143, "what changed last did not");
    }
}
