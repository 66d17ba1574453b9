//! How often a source brings something: what its past says of its next news, and of its silence.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// Gaps that are remembered. Odd, so that the median is one of them; enough to see past a busy day, few enough to notice within
/// weeks that a source has changed its ways.
const KEPT: usize = 21;

/// Fewer gaps than this say nothing.
const LEAST: usize = 3;

/// What the longest gap counts for halves in this time: one long outage must not excuse silence for ever.
const FADES: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Nothing is called silent sooner: offices have nights.
const NIGHT: SignedDuration = SignedDuration::from_hours(24);

/// A source whose pace is not known is called silent after this.
const UNKNOWN: SignedDuration = SignedDuration::from_hours(30 * 24);

/// When a source brought news.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Pace {
    /// When it last brought something new. `None` where it never did.
    last: Option<Timestamp>,
    /// Seconds between its last news, the newest gap at the end.
    gaps: Vec<i64>,
    /// The longest gap in seconds, faded: weekends and holidays are in it.
    longest: i64,
}

impl Pace {
    /// The pace after news at a time. News that is not later than the last changes nothing.
    #[must_use]
    pub fn after(mut self, at: Timestamp) -> Self {
        let Some(last) = self.last else { return Self { last: Some(at), ..self } };
        let gap = at.duration_since(last).as_secs();
        if gap <= 0 {
            return self;
        }
        self.gaps.push(gap);
        let surplus = self.gaps.len().saturating_sub(KEPT);
        self.gaps.drain(..surplus);
        let faded = self.longest as f64 * 0.5f64.powf(gap as f64 / FADES.as_secs() as f64);
        Self { last: Some(at), longest: gap.max(faded as i64), gaps: self.gaps }
    }

    /// The pace of a history, oldest news first.
    pub fn of(history: impl IntoIterator<Item = Timestamp>) -> Self {
        history.into_iter().fold(Self::default(), Self::after)
    }

    /// When it last brought something new. `None` where it never did.
    pub fn last(&self) -> Option<Timestamp> {
        self.last
    }

    /// The usual time between two news: the median of the last gaps. `None` while fewer than three are known.
    pub fn usual(&self) -> Option<Duration> {
        let mut gaps = self.gaps.clone();
        gaps.sort_unstable();
        let median = *gaps.get(gaps.len() / 2).filter(|_| gaps.len() >= LEAST)?;
        u64::try_from(median).ok().map(Duration::from_secs)
    }

    /// After how much quiet a source counts as silent: twice its usual gap or half more than its longest, whichever is more,
    /// and never less than a day; a month where its pace is not known.
    pub fn patience(&self) -> SignedDuration {
        let Some(usual) = self.usual() else { return UNKNOWN };
        let usual = i64::try_from(usual.as_secs()).unwrap_or(i64::MAX);
        let most = usual.saturating_mul(2).max(self.longest.saturating_add(self.longest / 2));
        SignedDuration::from_secs(most).max(NIGHT)
    }

    /// Whether it has been silent for longer than its past explains. Never of a source that brought nothing yet.
    pub fn is_silent(&self, now: Timestamp) -> bool {
        self.last.is_some_and(|last| now.duration_since(last) > self.patience())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3600;
    const DAY: i64 = 24 * HOUR;

    fn start() -> Timestamp {
        "2026-06-01T00:00:00Z".parse().unwrap()
    }

    /// News at these hours after the first of June, a Monday.
    fn at_hours(hours: impl IntoIterator<Item = i64>) -> Pace {
        Pace::of(hours.into_iter().map(|hour| start() + SignedDuration::from_hours(hour)))
    }

    #[track_caller]
    fn check(pace: &Pace, quiet_hours: i64, silent: bool) {
        let now = pace.last().unwrap() + SignedDuration::from_hours(quiet_hours);
        assert_eq!(pace.is_silent(now), silent, "{quiet_hours} hours, patience {:#}", pace.patience());
    }

    #[test]
    fn a_weekly_newsletter_is_not_silent_after_five_days_but_after_three_weeks() {
        let weekly = at_hours((0..6).map(|week| week * 7 * 24));
        assert_eq!(weekly.usual(), Some(Duration::from_secs(7 * 86_400)));
        check(&weekly, 5 * 24, false);
        check(&weekly, 10 * 24, false);
        check(&weekly, 21 * 24, true);
    }

    #[test]
    fn an_hourly_wire_is_silent_after_two_days_but_not_overnight() {
        let hourly = at_hours(0..100);
        check(&hourly, 12, false);
        check(&hourly, 48, true);
    }

    #[test]
    fn an_office_that_rests_at_weekends_is_not_silent_on_sunday() {
        let hours = (0..28).filter(|day| day % 7 < 5).flat_map(|day| (9..18).map(move |hour| day * 24 + hour));
        let office = at_hours(hours);
        assert_eq!(office.usual(), Some(Duration::from_secs(3600)));
        check(&office, 63, false);
        check(&office, 5 * 24, true);
    }

    #[test]
    fn one_long_outage_is_forgotten() {
        let daily = (0..10).map(|day| day * 24);
        let after = |days: i64| at_hours(daily.clone().chain((40..40 + days).map(|day| day * 24)));
        check(&after(1), 20 * 24, false);
        check(&after(120), 5 * 24, true);
    }

    #[test]
    fn too_little_history_asks_for_a_month_and_none_for_ever() {
        check(&at_hours([0, 1]), 29 * 24, false);
        check(&at_hours([0, 1]), 31 * 24, true);
        assert!(!Pace::default().is_silent(Timestamp::MAX));
        assert_eq!(at_hours([0, 1, 2]).usual(), None);
    }

    #[test]
    fn a_source_that_changes_its_ways_is_learned_anew() {
        let weekly = (0..30).map(|week| week * 7 * 24);
        let then_hourly = (1..=20).map(|hour| 29 * 7 * 24 + hour);
        assert_eq!(at_hours(weekly.chain(then_hourly)).usual(), Some(Duration::from_secs(3600)));
    }

    #[test]
    fn clocks_that_go_back_change_nothing_and_extremes_do_not_overflow() {
        let pace = at_hours([5, 9, 12, 20]);
        assert_eq!(pace.clone().after(start()), pace);
        let far = Pace::of([Timestamp::MIN, Timestamp::MAX]);
        assert!(far.longest > 1000 * DAY && far.patience() == UNKNOWN);
        let odd: Pace = serde_json::from_str("{\"gaps\":[-1,-2,-3],\"longest\":9223372036854775807}").unwrap();
        assert_eq!((odd.usual(), odd.patience()), (None, UNKNOWN));
    }
}
