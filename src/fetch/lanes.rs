//! Turns: one request at a time for each registrable domain, with a gap after it. Only monotonic time, no clock.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, VecDeque};
use std::time::Duration;

use tokio::time::Instant;
use url::{Host, Url};

/// What all requests to one registrable domain wait in.
struct Lane<T> {
    waiting: VecDeque<T>,
    busy: bool,
    ready: Instant,
    /// The longest gap that anybody in it asked for.
    gap: Duration,
    closed: Option<Instant>,
}

/// All lanes. Gaps and closures outlive the errands.
pub struct Lanes<T> {
    lanes: BTreeMap<String, Lane<T>>,
    /// Idle lanes with waiting errands, by readiness. An entry may be outdated; it is then skipped.
    ready: BinaryHeap<Reverse<(Instant, String)>>,
    waiting: usize,
}

/// What may be done now.
pub enum Turn<T> {
    /// This errand, in the lane of this domain.
    Go(String, T),
    /// This errand's domain has asked to be left alone for so many more seconds.
    Closed(T, u64),
    /// Nothing before then.
    Wait(Instant),
    /// Nothing waits.
    Nothing,
}

impl<T> Default for Lanes<T> {
    fn default() -> Self {
        Self { lanes: BTreeMap::new(), ready: BinaryHeap::new(), waiting: 0 }
    }
}

impl<T> Lanes<T> {
    /// Begins anew: forgets the errands of a crawl that nobody listens to any more, and what gaps it asked for. When a domain is
    /// ready and whether it is closed stays known.
    pub fn clear(&mut self) {
        let now = Instant::now();
        self.lanes.retain(|_, lane| lane.ready > now || lane.closed.is_some_and(|until| until > now));
        for lane in self.lanes.values_mut() {
            lane.waiting.clear();
            lane.busy = false;
            lane.gap = Duration::ZERO;
        }
        self.ready.clear();
        self.waiting = 0;
    }

    /// Queues an errand, in front of the others where they wait for it.
    pub fn push(&mut self, domain: &str, errand: T, gap: Duration, front: bool) {
        let now = Instant::now();
        let new = || Lane { waiting: VecDeque::new(), busy: false, ready: now, gap, closed: None };
        let lane = self.lanes.entry(domain.to_string()).or_insert_with(new);
        lane.gap = lane.gap.max(gap);
        if lane.waiting.is_empty() && !lane.busy {
            self.ready.push(Reverse((lane.ready, domain.to_string())));
        }
        match front {
            true => lane.waiting.push_front(errand),
            false => lane.waiting.push_back(errand),
        }
        self.waiting += 1;
    }

    /// The next errand whose turn it is.
    pub fn next(&mut self, now: Instant) -> Turn<T> {
        while let Some(Reverse((at, domain))) = self.ready.peek().cloned() {
            let current = |lane: &&mut Lane<T>| !lane.busy && !lane.waiting.is_empty() && lane.ready == at;
            let Some(lane) = self.lanes.get_mut(&domain).filter(current) else {
                self.ready.pop();
                continue;
            };
            let closed = lane.closed.filter(|until| *until > now);
            if closed.is_none() && at > now {
                return Turn::Wait(at);
            }
            let Some(errand) = lane.waiting.pop_front() else { return Turn::Nothing };
            self.waiting -= 1;
            if let Some(until) = closed {
                return Turn::Closed(errand, (until - now).as_secs() + 1);
            }
            lane.busy = true;
            self.ready.pop();
            return Turn::Go(domain, errand);
        }
        Turn::Nothing
    }

    /// A request to the domain has ended: the next may start after its gap.
    pub fn ended(&mut self, domain: &str, now: Instant) {
        let Some(lane) = self.lanes.get_mut(domain) else { return };
        lane.busy = false;
        lane.ready = now + lane.gap;
        if !lane.waiting.is_empty() {
            self.ready.push(Reverse((lane.ready, domain.to_string())));
        }
    }

    /// The domain's turn comes back unused.
    pub fn unused(&mut self, domain: &str) {
        let Some(lane) = self.lanes.get_mut(domain) else { return };
        lane.busy = false;
        if !lane.waiting.is_empty() {
            self.ready.push(Reverse((lane.ready, domain.to_string())));
        }
    }

    /// The domain wants at least this gap.
    pub fn slow_down(&mut self, domain: &str, gap: Duration) {
        if let Some(lane) = self.lanes.get_mut(domain) {
            lane.gap = lane.gap.max(gap);
        }
    }

    /// The domain wants to be left alone.
    pub fn close(&mut self, domain: &str, until: Instant) {
        if let Some(lane) = self.lanes.get_mut(domain) {
            lane.closed = lane.closed.max(Some(until));
        }
    }

    /// Whether no errand waits.
    pub fn is_empty(&self) -> bool {
        self.waiting == 0
    }
}

/// The registrable domain of an address; the host where it has none.
pub fn domain_of(url: &Url) -> String {
    match url.host() {
        Some(Host::Domain(name)) => {
            let name = name.trim_end_matches('.');
            psl::domain_str(name).unwrap_or(name).to_string()
        }
        Some(literal) => literal.to_string(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GAP: Duration = Duration::from_secs(2);

    fn go(lanes: &mut Lanes<&'static str>, now: Instant) -> Option<(String, &'static str)> {
        match lanes.next(now) {
            Turn::Go(domain, errand) => Some((domain, errand)),
            _ => None,
        }
    }

    #[test]
    fn a_domain_has_one_request_at_a_time_and_a_gap_after_it() {
        let mut lanes = Lanes::default();
        lanes.push("a.example", "a1", GAP, false);
        lanes.push("a.example", "a2", GAP * 2, false);
        lanes.push("b.example", "b1", GAP, false);
        let now = Instant::now();
        assert_eq!(go(&mut lanes, now), Some(("a.example".into(), "a1")));
        assert_eq!(go(&mut lanes, now), Some(("b.example".into(), "b1")));
        assert!(matches!(lanes.next(now), Turn::Nothing));
        lanes.ended("a.example", now + GAP);
        assert!(matches!(lanes.next(now + GAP), Turn::Wait(at) if at == now + GAP * 3));
        assert_eq!(go(&mut lanes, now + GAP * 3), Some(("a.example".into(), "a2")));
        assert!(lanes.is_empty());
    }

    #[test]
    fn a_closed_domain_answers_at_once_and_others_go_on() {
        let mut lanes = Lanes::default();
        for errand in ["a1", "a2", "a3"] {
            lanes.push("a.example", errand, GAP, false);
        }
        let now = Instant::now();
        assert!(go(&mut lanes, now).is_some());
        lanes.close("a.example", now + Duration::from_secs(60));
        lanes.ended("a.example", now);
        assert!(matches!(lanes.next(now), Turn::Closed("a2", 61)));
        assert!(matches!(lanes.next(now), Turn::Closed("a3", 61)));
        assert!(matches!(lanes.next(now), Turn::Nothing) && lanes.is_empty());
        lanes.push("a.example", "a4", GAP, false);
        assert!(go(&mut lanes, now + Duration::from_secs(61)).is_some());
    }

    #[test]
    fn hosts_of_one_registrable_domain_share_a_lane() {
        let of = |url: &str| domain_of(&url.parse().unwrap());
        assert_eq!(of("https://feeds.bbci.co.uk/x"), "bbci.co.uk");
        assert_eq!(of("https://www.hkma.gov.hk./x"), "hkma.gov.hk");
        assert_eq!(of("https://a.news.example/"), of("https://b.news.example/"));
        assert_eq!(of("http://127.0.0.1:80/"), "127.0.0.1");
        assert_eq!(of("http://localhost/"), "localhost");
    }
}
