//! When to ask again: what happened goes in, a time comes out.

/// How long an answer holds.
mod fresh;

/// What a look leaves behind.
mod remember;

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};

pub use fresh::{Freshness, fresh_for};
pub use remember::{Change, disappoint, remember, request};

/// A source that fails is asked once a day, or as seldom as the editor says.
const LONGEST: Duration = Duration::from_secs(86_400);

/// A source is asked after this part of its usual gap, or of the time for which it has been quiet: news that comes every ten hours
/// is then at most one hour old when we see it.
const PART: u32 = 10;

/// A timer that starts the run some seconds early must not cost a source a whole round.
const SLACK: Duration = Duration::from_secs(60);

/// Nobody's `Retry-After` silences a source for longer: a server's slip must not be forever.
const LONGEST_WAIT: Duration = Duration::from_secs(7 * 86_400);

/// What is known of a source after a look.
#[derive(Clone, Copy, Debug)]
pub struct Course<'a> {
    /// The source's id: its share of jitter.
    pub id: &'a str,
    /// Shortest interval, by the editor.
    pub every: Duration,
    /// Longest interval while it answers, by the editor.
    pub slowest: Duration,
    /// Looks in a row that failed, the last one included. 0 after a success.
    pub failures: u32,
    /// Seconds that the last answer asked us to wait.
    pub retry_after: Option<u64>,
    /// Seconds for which the last answer said that nothing changes.
    pub fresh_for: Option<u64>,
    /// The usual time between two news of it. `None` while that is not known.
    pub usual: Option<Duration>,
    /// When it last brought something new. `None` where it never did.
    pub last_change: Option<Timestamp>,
}

/// When a source is asked again. A success waits `every`, or longer for a source that is slow, has been quiet or promised to be; a
/// failure doubles that each time, up to a day, with a jitter that the id decides; `Retry-After` is a lower bound. A source that
/// is gone (410) is not asked at all: that is for the caller to see.
pub fn next_due(course: Course<'_>, now: Timestamp) -> Timestamp {
    let promised = course.fresh_for.map_or(Duration::ZERO, Duration::from_secs);
    let interval = interval(course, now).max(promised.min(course.slowest));
    let wait = match course.failures {
        0 => interval.saturating_sub(SLACK.min(interval / 20)),
        failures => back_off(interval, failures, course.id, course.every),
    };
    let asked = course.retry_after.map_or(Duration::ZERO, Duration::from_secs).min(LONGEST_WAIT);
    later(now, wait.max(asked))
}

/// The interval that a source's pace suggests, from `every` to `slowest`: a tenth of its usual gap, or of its present quiet where
/// that is longer.
fn interval(course: Course<'_>, now: Timestamp) -> Duration {
    let quiet = course.last_change.and_then(|last| Duration::try_from(now.duration_since(last)).ok());
    let expected = quiet.max(course.usual).unwrap_or(Duration::ZERO);
    (expected / PART).clamp(course.every, course.slowest.max(course.every))
}

fn back_off(interval: Duration, failures: u32, id: &str, every: Duration) -> Duration {
    let doubled = interval.saturating_mul(2u32.saturating_pow(failures.min(16))).min(LONGEST.max(every));
    doubled + doubled.mul_f64(jitter(id, failures) / 4.0)
}

/// A number from 0 to 1 that an id and a count decide: sources that failed together do not come back together.
fn jitter(id: &str, failures: u32) -> f64 {
    let hash = Sha256::digest(format!("{id} {failures}"));
    f64::from(u16::from_be_bytes([hash[0], hash[1]])) / f64::from(u16::MAX)
}

fn later(now: Timestamp, wait: Duration) -> Timestamp {
    let wait = SignedDuration::try_from(wait).unwrap_or(SignedDuration::MAX);
    now.saturating_add(wait).unwrap_or(Timestamp::MAX)
}

/// The seconds that a `Retry-After` asks for: a number, or a date, of which one that is past counts as 0. `None` for anything else.
pub fn retry_after(header: &str, now: Timestamp) -> Option<u64> {
    let header = header.trim();
    if !header.is_empty() && header.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(header.parse().unwrap_or(u64::MAX));
    }
    let until = jiff::fmt::rfc2822::parse(header).ok()?.timestamp();
    Some(u64::try_from(until.duration_since(now).as_secs()).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn course(failures: u32, retry_after: Option<u64>, last_change: Option<Timestamp>) -> Course<'static> {
        Course {
            id: "scmp-tech",
            every: HOUR,
            slowest: HOUR * 8,
            failures,
            retry_after,
            fresh_for: None,
            usual: None,
            last_change,
        }
    }

    /// Minutes until the next look at noon.
    fn wait(course: Course<'_>) -> i64 {
        let now = at("2026-06-18T12:00:00Z");
        next_due(course, now).duration_since(now).as_mins()
    }

    #[test]
    fn retry_after_is_seconds_or_a_date_and_zero_is_a_value() {
        let now = at("2026-06-18T12:00:00Z");
        for (header, seconds) in [
            ("120", Some(120)),
            (" 0 ", Some(0)),
            ("Thu, 18 Jun 2026 12:01:00 GMT", Some(60)),
            ("Wed, 17 Jun 2026 12:00:00 GMT", Some(0)),
            ("99999999999999999999999", Some(u64::MAX)),
            ("soon", None),
            ("-5", None),
            ("", None),
        ] {
            assert_eq!(retry_after(header, now), seconds, "{header}");
        }
    }

    #[test]
    fn a_lively_source_is_asked_as_often_as_the_editor_says() {
        assert_eq!(wait(course(0, None, None)), 59);
        assert_eq!(wait(course(0, None, Some(at("2026-06-18T11:00:00Z")))), 59);
        assert_eq!(wait(course(0, Some(0), Some(at("2026-06-19T11:00:00Z")))), 59);
    }

    #[test]
    fn a_quiet_source_is_asked_less_often_within_bounds() {
        let day = wait(course(0, None, Some(at("2026-06-17T12:00:00Z"))));
        assert_eq!(day, 2 * 60 + 23);
        let year = wait(course(0, None, Some(at("2025-06-18T12:00:00Z"))));
        assert_eq!(year, 8 * 60 - 1);
        let daily = Course { every: HOUR * 48, slowest: HOUR * 48, ..course(0, None, Some(at("2025-06-18T12:00:00Z"))) };
        assert_eq!(wait(daily), 48 * 60 - 1);
    }

    #[test]
    fn a_slow_source_is_asked_at_a_tenth_of_its_usual_gap_even_after_news() {
        let slow = |usual: Duration, slowest: Duration| {
            wait(Course { usual: Some(usual), slowest, ..course(0, None, Some(at("2026-06-18T12:00:00Z"))) })
        };
        assert_eq!(slow(HOUR, HOUR * 8), 59, "never more often than the editor says");
        assert_eq!(slow(HOUR * 30, HOUR * 8), 179);
        assert_eq!(slow(HOUR * 24 * 7, HOUR * 8), 8 * 60 - 1, "nor more seldom");
        assert_eq!(slow(HOUR * 24 * 7, HOUR * 24), 16 * 60 + 47);
        assert_eq!(slow(HOUR, Duration::ZERO), 59, "bounds the wrong way round are no panic");
    }

    #[test]
    fn failures_back_off_to_a_day_with_jitter() {
        let waits: Vec<i64> = (1..=8).map(|failures| wait(course(failures, None, None))).collect();
        for (place, wait) in waits.iter().enumerate() {
            let base = (60 << (place + 1)).min(1440);
            assert!((base..=base + base / 4).contains(wait), "{place}: {wait}");
        }
        let other = Course { id: "other", ..course(3, None, None) };
        assert_ne!(wait(other), waits[2]);
        assert_eq!(wait(course(u32::MAX, None, None)) / 1440, 1);
    }

    #[test]
    fn retry_after_is_a_lower_bound_and_never_forever() {
        assert_eq!(wait(course(1, Some(6 * 3600), None)), 360);
        assert_eq!(wait(course(0, Some(6 * 3600), None)), 360);
        assert_eq!(wait(course(1, Some(u64::MAX), None)), 7 * 1440);
    }

    #[test]
    fn a_promise_of_the_server_is_kept_within_the_editors_bounds() {
        let promised = |seconds: u64| wait(Course { fresh_for: Some(seconds), ..course(0, None, None) });
        assert_eq!(promised(60), 59);
        assert_eq!(promised(3 * 3600), 179);
        assert_eq!(promised(u64::MAX), 8 * 60 - 1);
    }
}
