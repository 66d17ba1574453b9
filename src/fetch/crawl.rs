//! Many looks at once: starts whatever may start, and hands on whatever has ended.

use std::collections::{BTreeMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::sync::{OwnedSemaphorePermit, mpsc};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use super::Request;
use super::client::{Client, Failure};
use super::lanes::{Lanes, Turn, domain_of};
use super::look::{Errand, Outcome, Robots, RulesKey, What, hop, user_agent};
use super::robots::Rules;
use super::settings::Settings;
use crate::model::fetched::{Fetched, Purpose, RobotsFile, Verdict};

/// A `robots.txt` is believed for a day (RFC 9309, section 2.4).
const RULES_LAST: SignedDuration = SignedDuration::from_hours(24);

/// A domain that asks for more than this is left alone for the rest of the run; for less, its turn comes later.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// Requests that are looked at ahead of their turn. Enough to find other domains to ask while some have their gap; few enough that
/// what waits takes no memory to speak of.
const WINDOW: usize = 1_024;

/// After a 429 that names no time.
const UNNAMED_WAIT: Duration = Duration::from_secs(10);

/// What a crawl works with.
pub struct Terms {
    pub client: Arc<Client>,
    pub settings: Arc<Settings>,
    pub now: Timestamp,
}

/// What outlives one crawl: turns and rules; and what waits within one.
#[derive(Default)]
pub struct Crawl {
    lanes: Lanes<Box<Errand>>,
    rules: BTreeMap<RulesKey, (Timestamp, Robots)>,
    /// Files that were read since somebody last asked for them.
    learned: Vec<RobotsFile>,
    /// Pages that wait for rules which are being fetched.
    parked: BTreeMap<RulesKey, Vec<Errand>>,
    done: VecDeque<(Fetched, Option<OwnedSemaphorePermit>)>,
}

type Running = JoinSet<(String, Errand, Outcome)>;

impl Crawl {
    /// Yields one look for each request. Ends early when nobody receives them any more.
    pub async fn run(&mut self, terms: Terms, requests: impl Iterator<Item = Request>, sender: mpsc::Sender<Fetched>) {
        self.lanes.clear();
        self.parked.clear();
        self.done.clear();
        self.rules.retain(|_, (at, _)| terms.now.duration_since(*at).abs() < RULES_LAST);
        let mut requests = requests.fuse().peekable();
        let mut running = Running::new();
        loop {
            for request in requests.by_ref().take(WINDOW.saturating_sub(self.lanes.waiting())) {
                let (url, left) = (request.url.clone(), terms.settings.limits.whole);
                self.enter(Errand::new(What::Look(Box::new(request)), url, left), &terms);
            }
            let next = self.start(&mut running, &terms);
            while let Some((fetched, permit)) = self.done.pop_front() {
                if sender.send(fetched).await.is_err() {
                    return;
                }
                drop(permit);
            }
            if !running.is_empty() || next.is_some() {
                self.wait(&mut running, next, &terms).await;
            } else if self.lanes.waiting() == 0 && requests.peek().is_none() {
                return;
            }
        }
    }

    /// Takes over files that were read before; those of more than a day ago are dropped when a crawl begins.
    pub fn know(&mut self, files: Vec<RobotsFile>) {
        for RobotsFile { origin, agent, at, body } in files {
            let robots = body.map_or(Robots::Open, |body| Robots::Read(Rules::of(&body, &agent)));
            self.rules.entry((origin, agent)).or_insert((at, robots));
        }
    }

    /// Files that were read since the last call.
    pub fn learned(&mut self) -> Vec<RobotsFile> {
        std::mem::take(&mut self.learned)
    }

    /// Waits until a hop ends or a lane is ready.
    async fn wait(&mut self, running: &mut Running, next: Option<Instant>, terms: &Terms) {
        let ready = async {
            match next {
                Some(at) => sleep_until(at).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            Some(ended) = running.join_next() => {
                // A hop survives its own panics and is never aborted while the crawl listens.
                if let Ok((domain, errand, outcome)) = ended {
                    self.ended(&domain, errand, outcome, terms);
                }
            }
            () = ready => {}
        }
    }

    /// Starts every errand whose turn it is. Says when the next lane is ready, where that is all there is to wait for.
    fn start(&mut self, running: &mut Running, terms: &Terms) -> Option<Instant> {
        while running.len() < terms.settings.concurrency.max(1) {
            match self.lanes.next(Instant::now()) {
                Turn::Go(domain, errand) => {
                    if let Some(errand) = self.admit(&domain, *errand, terms) {
                        spawn(running, terms, domain, errand);
                    }
                }
                Turn::Closed(errand, seconds) => self.refuse(*errand, seconds, terms),
                Turn::Wait(at) => return Some(at),
                Turn::Nothing => return None,
            }
        }
        None
    }

    /// Queues an errand, or ends it where its address may not be contacted.
    fn enter(&mut self, errand: Errand, terms: &Terms) {
        match errand.route(&terms.settings) {
            Ok(_) => self.queue(errand, terms),
            Err(barred) => {
                let outcome = errand.failed(Failure::new(Verdict::Forbidden, barred.to_string()), terms.now);
                self.conclude(errand, outcome, terms);
            }
        }
    }

    fn queue(&mut self, errand: Errand, terms: &Terms) {
        let gap = terms.settings.gap.unwrap_or(errand.source().gap);
        let begun = errand.has_begun();
        self.lanes.push(&domain_of(&errand.url), Box::new(errand), gap, begun);
    }

    /// What to ask in a turn that has come: the errand, or first the rules that decide over it. `None` where that is all.
    fn admit(&mut self, domain: &str, errand: Errand, terms: &Terms) -> Option<Errand> {
        let What::Look(request) = &errand.what else { return Some(errand) };
        if request.purpose != Purpose::Page {
            return Some(errand);
        }
        let agent = product(user_agent(&request.source, &terms.settings)).to_string();
        let key = (errand.url.origin().ascii_serialization(), agent);
        if let Some((_, robots)) = self.rules.get(&key) {
            let path = &errand.url[url::Position::BeforePath..url::Position::AfterQuery];
            if let Some(delay) = delay(robots).filter(|_| terms.settings.gap.is_none()) {
                self.lanes.slow_down(domain, delay);
            }
            if allowed(robots, path) {
                return Some(errand);
            }
            let outcome = errand.failed(Failure { status: 0, verdict: Verdict::Robots, detail: reason(robots) }, terms.now);
            self.lanes.unused(domain);
            self.conclude(errand, outcome, terms);
            return None;
        }
        let source = request.source.clone();
        let mut url = errand.url.clone();
        let parked = self.parked.entry(key.clone()).or_default();
        parked.push(errand);
        if parked.len() > 1 {
            self.lanes.unused(domain);
            return None;
        }
        url.set_path("/robots.txt");
        url.set_query(None);
        Some(Errand::new(What::Rules(source, key), url, terms.settings.limits.whole))
    }

    fn ended(&mut self, domain: &str, errand: Errand, outcome: Outcome, terms: &Terms) {
        self.lanes.ended(domain, Instant::now());
        match outcome {
            Outcome::Redirect { to, status } => match errand.redirected(to, status, &terms.settings) {
                Ok(errand) => self.queue(errand, terms),
                Err(end) => {
                    let (errand, failure) = *end;
                    let outcome = errand.failed(failure, terms.now);
                    self.conclude(errand, outcome, terms);
                }
            },
            Outcome::Again => self.queue(errand.again(), terms),
            outcome => {
                if let Outcome::Looked(fetched, _) = &outcome {
                    self.heed(domain, fetched, terms);
                }
                self.conclude(errand, outcome, terms);
            }
        }
    }

    /// Hands a look on; keeps rules, and lets the pages go on that waited for them.
    fn conclude(&mut self, errand: Errand, outcome: Outcome, terms: &Terms) {
        match (errand.what, outcome) {
            (_, Outcome::Looked(fetched, permit)) => self.done.push_back((*fetched, permit)),
            (What::Rules(_, key), Outcome::Rules(robots, body)) => {
                let waiting = self.parked.remove(&key).unwrap_or_default();
                self.learned.extend(file(&key, &robots, body, terms.now));
                self.rules.insert(key, (terms.now, robots));
                for page in waiting {
                    self.queue(page, terms);
                }
            }
            _ => {}
        }
    }

    /// Does what a rate limit asks of the whole domain.
    fn heed(&mut self, domain: &str, fetched: &Fetched, terms: &Terms) {
        if fetched.verdict != Verdict::RateLimited {
            return;
        }
        match fetched.retry_after.map(Duration::from_secs) {
            Some(wait) if wait > LONGEST_WAIT => {
                let far = Instant::now().checked_add(wait.min(Duration::from_secs(86_400)));
                self.lanes.close(domain, far.unwrap_or_else(Instant::now));
            }
            Some(wait) => self.lanes.slow_down(domain, wait),
            None if terms.settings.gap.is_none() => self.lanes.slow_down(domain, UNNAMED_WAIT),
            None => {}
        }
    }

    /// Ends an errand without asking: its domain wants to be left alone.
    fn refuse(&mut self, errand: Errand, seconds: u64, terms: &Terms) {
        let failure = Failure::new(Verdict::RateLimited, "not asked: its domain wants to be left alone");
        let mut outcome = errand.failed(failure, terms.now);
        if let Outcome::Looked(fetched, _) = &mut outcome {
            fetched.retry_after = Some(seconds);
        }
        self.conclude(errand, outcome, terms);
    }
}

/// What is worth keeping: a file that cannot be had today may be had in an hour, so that is forgotten.
fn file(key: &RulesKey, robots: &Robots, body: Vec<u8>, at: Timestamp) -> Option<RobotsFile> {
    let (origin, agent) = key.clone();
    match robots {
        Robots::Read(_) => Some(RobotsFile { origin, agent, at, body: Some(body) }),
        Robots::Open => Some(RobotsFile { origin, agent, at, body: None }),
        Robots::Shut => None,
    }
}

fn spawn(running: &mut Running, terms: &Terms, domain: String, mut errand: Errand) {
    let (client, settings, now) = (terms.client.clone(), terms.settings.clone(), terms.now);
    running.spawn(async move {
        let outcome = hop(&client, &settings, &mut errand, now).await;
        (domain, errand, outcome)
    });
}

fn allowed(robots: &Robots, path: &str) -> bool {
    match robots {
        Robots::Read(rules) => rules.allow(path),
        Robots::Open => true,
        Robots::Shut => false,
    }
}

fn delay(robots: &Robots) -> Option<Duration> {
    match robots {
        Robots::Read(rules) => rules.delay,
        Robots::Open | Robots::Shut => None,
    }
}

fn reason(robots: &Robots) -> Option<String> {
    (*robots == Robots::Shut).then(|| "its robots.txt cannot be had".to_string())
}

/// The product token of a `User-Agent`: "Termwall" of "Termwall/1.0" and of "Mozilla/5.0 (compatible; Termwall/1.0)".
fn product(user_agent: &str) -> &str {
    let named = user_agent.split_once("compatible;").map_or(user_agent, |(_, rest)| rest).trim_start();
    named.split(|c: char| !(c.is_ascii_alphabetic() || matches!(c, '-' | '_'))).next().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agent_names_its_product() {
        assert_eq!(product("Termwall/1.0 (a@example.org)"), "Termwall");
        assert_eq!(product("Mozilla/5.0 (compatible; Termwall/1.0; +https://example.org)"), "Termwall");
        assert_eq!(product("term-wall_bot"), "term-wall_bot");
    }
}
