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
    /// The domain itself asked for its gap.
    slowed: bool,
    closed: Option<Instant>,
}

impl<T> Lane<T> {
    fn is_idle(&self) -> bool {
        !self.busy && self.waiting.is_empty()
    }

    /// Whether a new lane would do as well.
    fn is_spent(&self, now: Instant) -> bool {
        self.is_idle() && !self.slowed && self.ready <= now && self.closed.is_none_or(|until| until <= now)
    }
}

/// All lanes. A gap outlives its errand until it is over, and what a domain asked for until the next crawl; nothing else is kept of
/// a domain for which nothing waits, however many there are.
pub struct Lanes<T> {
    lanes: BTreeMap<String, Lane<T>>,
    /// Idle lanes with waiting errands, by readiness. An entry may be outdated; it is then skipped.
    ready: BinaryHeap<Reverse<(Instant, String)>>,
    /// Lanes in which nothing waits, by when their gap is over. An entry may be outdated.
    spent: BinaryHeap<Reverse<(Instant, String)>>,
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
        Self { lanes: BTreeMap::new(), ready: BinaryHeap::new(), spent: BinaryHeap::new(), waiting: 0 }
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
            lane.slowed = false;
        }
        self.ready.clear();
        self.spent = self.lanes.iter().map(|(domain, lane)| Reverse((lane.ready, domain.clone()))).collect();
        self.waiting = 0;
    }

    /// Queues an errand, in front of the others where they wait for it.
    pub fn push(&mut self, domain: &str, errand: T, gap: Duration, front: bool) {
        let now = Instant::now();
        let new = || Lane { waiting: VecDeque::new(), busy: false, ready: now, gap, slowed: false, closed: None };
        let lane = self.lanes.entry(domain.to_string()).or_insert_with(new);
        lane.gap = lane.gap.max(gap);
        if lane.is_idle() {
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
        self.forget(now);
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

    /// Forgets lanes that have been idle for their gap.
    fn forget(&mut self, now: Instant) {
        while let Some(Reverse((_, domain))) = self.spent.peek().filter(|Reverse((at, _))| *at <= now) {
            if self.lanes.get(domain).is_some_and(|lane| lane.is_spent(now)) {
                self.lanes.remove(domain);
            }
            self.spent.pop();
        }
    }

    /// A request to the domain has ended: the next may start after its gap.
    pub fn ended(&mut self, domain: &str, now: Instant) {
        if let Some(lane) = self.lanes.get_mut(domain) {
            lane.ready = now + lane.gap;
            self.unused(domain);
        }
    }

    /// The domain's turn comes back unused.
    pub fn unused(&mut self, domain: &str) {
        let Some(lane) = self.lanes.get_mut(domain) else { return };
        lane.busy = false;
        let place = if lane.waiting.is_empty() { &mut self.spent } else { &mut self.ready };
        place.push(Reverse((lane.ready, domain.to_string())));
    }

    /// The domain wants at least this gap.
    pub fn slow_down(&mut self, domain: &str, gap: Duration) {
        if let Some(lane) = self.lanes.get_mut(domain) {
            lane.slowed |= gap > lane.gap;
            lane.gap = lane.gap.max(gap);
        }
    }

    /// The domain wants to be left alone.
    pub fn close(&mut self, domain: &str, until: Instant) {
        if let Some(lane) = self.lanes.get_mut(domain) {
            lane.closed = lane.closed.max(Some(until));
        }
    }

    /// How many errands wait.
    pub fn waiting(&self) -> usize {
        self.waiting
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
        assert_eq!(lanes.waiting(), 0);
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
        assert!(matches!(lanes.next(now), Turn::Nothing) && lanes.waiting() == 0);
        lanes.push("a.example", "a4", GAP, false);
        assert!(go(&mut lanes, now + Duration::from_secs(61)).is_some());
    }

    #[test]
    fn a_domain_is_forgotten_once_its_gap_is_over() {
        let mut lanes = Lanes::default();
        let now = Instant::now();
        for domain in ["a.example", "slowed.example", "closed.example"] {
            lanes.push(domain, "1", GAP, false);
            assert!(go(&mut lanes, now + GAP).is_some());
        }
        lanes.slow_down("slowed.example", GAP * 2);
        lanes.close("closed.example", now + GAP * 9);
        lanes.lanes.keys().cloned().collect::<Vec<_>>().iter().for_each(|domain| lanes.ended(domain, now));
        let known = |lanes: &mut Lanes<_>, at: Instant| {
            assert!(matches!(lanes.next(at), Turn::Nothing));
            lanes.lanes.keys().cloned().collect::<Vec<_>>()
        };
        assert_eq!(known(&mut lanes, now + GAP / 2), ["a.example", "closed.example", "slowed.example"]);
        assert_eq!(known(&mut lanes, now + GAP), ["closed.example", "slowed.example"]);
        // Its gap holds for an errand that comes in between, and that keeps it known.
        lanes.push("slowed.example", "2", GAP, false);
        assert!(matches!(lanes.next(now + GAP), Turn::Wait(at) if at == now + GAP * 2));
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
