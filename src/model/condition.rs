//! What is wrong or odd about a source, by what is remembered of it.

use std::time::Duration;

use jiff::Timestamp;
use url::Url;

use super::fetched::Verdict;
use super::memory::Memory;
use super::when::day_of;
use super::words::count;

/// What is wrong or odd about a source, the worst first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Condition {
    /// It answered 410 and is not asked any more.
    Gone {
        /// When.
        since: Timestamp,
    },
    /// Its last looks failed.
    Failing {
        /// The first of them.
        since: Timestamp,
        /// How many in a row.
        looks: u32,
        /// What the last came to.
        verdict: Option<Verdict>,
    },
    /// It has brought nothing for longer than its past explains.
    Silent {
        /// When it last brought something.
        since: Timestamp,
        /// How long.
        quiet: Duration,
        /// Its usual gap. `None` where too little is known.
        usual: Option<Duration>,
    },
    /// It has moved to where another source is asked, and is still asked at its old address.
    Twin {
        /// Where.
        to: Url,
    },
    /// It is asked elsewhere than `feeds.toml` says.
    Moved {
        /// Where.
        to: Url,
        /// Since when.
        since: Timestamp,
    },
    /// Its document is not well-formed and was mended.
    Repaired {
        /// What was done.
        words: String,
    },
}

impl Condition {
    /// All that holds of a source, the worst first. `verdict` is that of its last look, `repaired` what had to be mended in the
    /// document that was read last.
    pub fn of(memory: &Memory, verdict: Option<Verdict>, repaired: Option<&str>, now: Timestamp) -> Vec<Self> {
        let mut found = Vec::new();
        let failing = memory.failing_since.filter(|_| memory.failures > 0);
        match (memory.gone, failing) {
            (Some(since), _) => found.push(Self::Gone { since }),
            (None, Some(since)) => found.push(Self::Failing { since, looks: memory.failures, verdict }),
            (None, None) => found.extend(silent(memory, now)),
        }
        found.extend(
            memory.moving.as_ref().filter(|moving| moving.is_settled()).map(|moving| Self::Twin { to: moving.to.clone() }),
        );
        found.extend(memory.moved.as_ref().map(|moved| Self::Moved { to: moved.to.clone(), since: moved.since }));
        found.extend(repaired.map(|words| Self::Repaired { words: words.to_string() }));
        found
    }

    /// Its name in data and tables: one word.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Gone { .. } => "gone",
            Self::Failing { .. } => "failing",
            Self::Silent { .. } => "silent",
            Self::Twin { .. } => "twin",
            Self::Moved { .. } => "moved",
            Self::Repaired { .. } => "repaired",
        }
    }

    /// Lower case, without a full stop.
    pub fn words(&self) -> String {
        match self {
            Self::Gone { since } => format!("switched off since {}: it answered 410 (gone)", day_of(*since)),
            Self::Failing { since, looks, verdict } => {
                let why = verdict.map(|verdict| format!(": {}", verdict.words())).unwrap_or_default();
                format!("failing since {}, {} in a row{why}", day_of(*since), count(*looks as usize, "look"))
            }
            Self::Silent { quiet, usual: Some(usual), .. } => {
                format!("silent for {}; it usually brings something every {}", span(*quiet), span(*usual))
            }
            Self::Silent { quiet, usual: None, .. } => format!("silent for {}", span(*quiet)),
            Self::Twin { to } => format!("it leads to {to} for good, where another source is asked"),
            Self::Moved { to, since } => format!("asked at {to} since {}", day_of(*since)),
            Self::Repaired { words } => format!("its document is not well-formed: {words}"),
        }
    }
}

fn silent(memory: &Memory, now: Timestamp) -> Option<Condition> {
    let since = memory.pace.last().filter(|_| memory.pace.is_silent(now))?;
    let quiet = Duration::try_from(now.duration_since(since)).ok()?;
    Some(Condition::Silent { since, quiet, usual: memory.pace.usual() })
}

/// A length of time in the largest unit of which there are two: "40 minutes", "36 hours", "9 days".
pub fn span(time: Duration) -> String {
    let minutes = usize::try_from(time.as_secs() / 60).unwrap_or(usize::MAX);
    match minutes {
        0..120 => count(minutes, "minute"),
        120..2880 => count(minutes / 60, "hour"),
        _ => count(minutes / 1440, "day"),
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;
    use crate::model::memory::{Moved, Moving};
    use crate::model::pace::Pace;

    fn now() -> Timestamp {
        "2026-06-18T12:00:00Z".parse().unwrap()
    }

    fn days_ago(days: i64) -> Timestamp {
        now() - SignedDuration::from_hours(24 * days)
    }

    #[track_caller]
    fn check(memory: &Memory, repaired: Option<&str>, words: &[&str]) {
        let found = Condition::of(memory, Some(Verdict::NotFound), repaired, now());
        assert_eq!(found.iter().map(Condition::words).collect::<Vec<_>>(), words);
        assert!(found.is_sorted(), "the worst comes first");
    }

    #[test]
    fn each_condition_is_told_and_the_worst_comes_first() {
        let quiet = Pace::of((9..20).rev().map(days_ago));
        check(&Memory::default(), None, &[]);
        check(
            &Memory { pace: quiet.clone(), ..Memory::default() },
            None,
            &["silent for 9 days; it usually brings something every 24 hours"],
        );
        let failing = Memory { failures: 1, failing_since: Some(days_ago(2)), pace: quiet, ..Memory::default() };
        check(
            &failing,
            Some("a lone & was escaped"),
            &["failing since 2026-06-16, 1 look in a row: not found", "its document is not well-formed: a lone & was escaped"],
        );
        check(&Memory { gone: Some(days_ago(1)), ..failing }, None, &["switched off since 2026-06-17: it answered 410 (gone)"]);
        let to: Url = "https://b.example/feed".parse().unwrap();
        let moved = Memory { moved: Some(Moved { to: to.clone(), since: days_ago(3) }), ..Memory::default() };
        check(&moved, None, &["asked at https://b.example/feed since 2026-06-15"]);
        let day = |ago: i64| day_of(days_ago(ago));
        let twin = |days: Vec<_>| Memory { moving: Some(Moving { to: to.clone(), days }), ..Memory::default() };
        check(&twin(vec![day(3), day(2)]), None, &[]);
        check(
            &twin(vec![day(3), day(2), day(1)]),
            None,
            &["it leads to https://b.example/feed for good, where another source is asked"],
        );
    }

    #[test]
    fn spans_are_told_in_a_unit_that_fits() {
        for (minutes, words) in [(0, "0 minutes"), (1, "1 minute"), (90, "90 minutes"), (2879, "47 hours"), (2880, "2 days")] {
            assert_eq!(span(Duration::from_secs(minutes * 60)), words);
        }
    }
}
