//! One look at one address: an errand goes in, and what it came to comes out. An errand that is redirected goes on as another.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures::FutureExt;
use jiff::Timestamp;
use reqwest::header;
use sha2::{Digest, Sha256};
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::Instant;
use url::Url;

use super::client::{Ask, Client, Failure, Reply};
use super::guard::{Barred, Route, route};
use super::pace::{Freshness, fresh_for};
use super::robots::{MOST_BYTES, Rules};
use super::settings::Settings;
use super::verdict::{Answer, Hope, judge, leads_to_wall, wait};
use super::{Request, robots};
use crate::model::fetched::{Fetched, Purpose, Validators, Verdict};
use crate::model::source::{Source, SourceKind};

/// What is to be asked, and how far it has come.
#[derive(Clone, Debug)]
pub struct Errand {
    pub what: What,
    /// The address that it began with.
    asked: Url,
    /// The address that is next.
    pub url: Url,
    /// Where redirects led, with whether each was permanent; the last is `url`.
    pub trail: Vec<(Url, bool)>,
    /// Time left for all of it.
    pub left: Duration,
    /// A 304 came although nothing was held against it: caches on the way are told to keep out.
    uncached: bool,
}

/// What an errand is for.
#[derive(Clone, Debug)]
pub enum What {
    /// Somebody's request.
    Look(Box<Request>),
    /// The `robots.txt` of an origin, for an agent: pages wait for it.
    Rules(Arc<Source>, RulesKey),
}

/// Origin and product token.
pub type RulesKey = (String, String);

/// What `robots.txt` came to.
#[derive(Clone, Debug, PartialEq)]
pub enum Robots {
    /// It was read.
    Read(Rules),
    /// There is none (4xx): everything is allowed.
    Open,
    /// It cannot be had (5xx, no connection): nothing is allowed.
    Shut,
}

/// What one hop of an errand came to.
pub enum Outcome {
    /// It leads elsewhere.
    Redirect { to: Url, status: u16 },
    /// It is asked once more, past any cache.
    Again,
    /// It is done. The permit is held until somebody has taken the body.
    Looked(Box<Fetched>, Option<OwnedSemaphorePermit>),
    /// The rules are known, with the bytes that they were read from.
    Rules(Robots, Vec<u8>),
}

impl Errand {
    /// At its beginning.
    pub fn new(what: What, url: Url, left: Duration) -> Self {
        Self { what, asked: url.clone(), url, trail: Vec::new(), left, uncached: false }
    }

    pub fn source(&self) -> &Source {
        match &self.what {
            What::Look(request) => &request.source,
            What::Rules(source, _) => source,
        }
    }

    /// How its next address is reached, if at all.
    pub fn route(&self, settings: &Settings) -> Result<Route, Barred> {
        let own = match &self.what {
            What::Look(request) => request.purpose == Purpose::Feed && self.trail.is_empty() && request.url == request.source.url,
            What::Rules(..) => false,
        };
        route(&self.url, self.source(), own, settings)
    }

    /// Where it goes from here, or itself again and why it ends.
    pub fn redirected(mut self, to: Url, status: u16, settings: &Settings) -> Result<Self, Box<(Self, Failure)>> {
        if let Some(trouble) = self.trouble(&to, settings) {
            let seen: Vec<Url> = self.trail.iter().map(|(url, _)| url.clone()).chain([to]).collect();
            let verdict = if leads_to_wall(&self.asked, &seen) { Verdict::Wall } else { Verdict::Redirects };
            return Err(Box::new((self, Failure { status, ..Failure::new(verdict, trouble) })));
        }
        let from = self.clone();
        self.trail.push((to.clone(), matches!(status, 301 | 308)));
        self.url = to;
        match self.route(settings) {
            Ok(_) => Ok(self),
            Err(barred) => {
                let failure = Failure::new(Verdict::Forbidden, format!("it redirects elsewhere: {barred}"));
                Err(Box::new((from, Failure { status, ..failure })))
            }
        }
    }

    /// The same once more, past any cache.
    #[must_use]
    pub fn again(self) -> Self {
        Self { uncached: true, ..self }
    }

    /// Whether it is on its way already: then it goes before those that have not begun.
    pub fn has_begun(&self) -> bool {
        self.uncached || !self.trail.is_empty() || matches!(self.what, What::Rules(..))
    }

    fn trouble(&self, to: &Url, settings: &Settings) -> Option<String> {
        if self.asked == *to || self.trail.iter().any(|(url, _)| url == to) {
            return Some(format!("it leads in a circle by {}", host(to)));
        }
        let most = settings.limits.redirects;
        (self.trail.len() >= most).then(|| format!("more than {most}"))
    }

    /// The end of a look that brought nothing. What was held stays held.
    pub fn failed(&self, failure: Failure, now: Timestamp) -> Outcome {
        match &self.what {
            What::Look(request) => {
                let mut fetched = self.fetched(request, failure.verdict, now);
                fetched.status = failure.status;
                fetched.detail = joined([self.moved_words(), failure.detail]);
                Outcome::Looked(Box::new(fetched), None)
            }
            // A chain of redirects without end counts as no file (RFC 9309, section 2.3.1.2).
            What::Rules(..) if matches!(failure.verdict, Verdict::Redirects | Verdict::Wall) => {
                Outcome::Rules(Robots::Open, Vec::new())
            }
            What::Rules(..) => Outcome::Rules(Robots::Shut, Vec::new()),
        }
    }

    fn fetched(&self, request: &Request, verdict: Verdict, now: Timestamp) -> Fetched {
        Fetched {
            source: request.source.id.clone(),
            purpose: request.purpose,
            url: request.url.clone(),
            final_url: self.url.clone(),
            at: now,
            status: 0,
            verdict,
            content_type: None,
            validators: request.validators.clone(),
            moved: self.moved().cloned(),
            bytes: 0,
            body: Vec::new(),
            retry_after: None,
            fresh_for: None,
            detail: None,
        }
    }

    /// The address that permanent redirects name, up to the first that is not.
    fn moved(&self) -> Option<&Url> {
        self.trail.iter().take_while(|(_, permanent)| *permanent).last().map(|(url, _)| url)
    }

    fn moved_words(&self) -> Option<String> {
        self.moved().map(|url| format!("moved to {url}"))
    }

    fn ask(&self, settings: &Settings, route: Route) -> Ask {
        let limits = &settings.limits;
        let (most, cut, feed, validators) = match &self.what {
            What::Look(request) if request.purpose == Purpose::Page => {
                (limits.page_bytes, false, false, request.validators.clone())
            }
            What::Look(request) => (limits.feed_bytes, false, hope(request) != Hope::Page, request.validators.clone()),
            What::Rules(..) => (MOST_BYTES, true, false, Validators::default()),
        };
        let user_agent = user_agent(self.source(), settings).to_string();
        let (url, uncached) = (self.url.clone(), self.uncached);
        Ask { url, route, feed, user_agent, validators, uncached, most, cut, left: self.left }
    }
}

/// Does one hop of an errand. A panic within is a failure like any other, so that it costs this errand alone.
pub async fn hop(client: &Client, settings: &Settings, errand: &mut Errand, now: Timestamp) -> Outcome {
    let started = Instant::now();
    let outcome = surviving(one(client, settings, errand, now)).await;
    errand.left = errand.left.saturating_sub(started.elapsed());
    outcome.unwrap_or_else(|| errand.failed(Failure::new(Verdict::Unreachable, "a fault of ours ended this look"), now))
}

/// What a future gives. `None` where it panics.
async fn surviving<T>(future: impl Future<Output = T>) -> Option<T> {
    AssertUnwindSafe(future).catch_unwind().await.ok()
}

async fn one(client: &Client, settings: &Settings, errand: &Errand, now: Timestamp) -> Outcome {
    let route = match errand.route(settings) {
        Ok(route) => route,
        Err(barred) => return errand.failed(Failure::new(Verdict::Forbidden, barred.to_string()), now),
    };
    let ask = errand.ask(settings, route);
    let reply = match client.ask(&ask).await {
        Ok(reply) => reply,
        Err(failure) => return errand.failed(failure, now),
    };
    if matches!(reply.status, 301 | 302 | 303 | 307 | 308) {
        return redirect(errand, &reply, now);
    }
    let conditional = ask.is_conditional();
    match &errand.what {
        What::Look(_) if reply.status == 304 && !conditional && !errand.uncached => Outcome::Again,
        What::Look(request) => looked(errand, request, (reply, conditional), now),
        What::Rules(_, (_, agent)) => match reply.status {
            200..=299 => Outcome::Rules(Robots::Read(robots::Rules::of(&reply.body, agent)), reply.body),
            500.. => Outcome::Rules(Robots::Shut, Vec::new()),
            _ => Outcome::Rules(Robots::Open, Vec::new()),
        },
    }
}

fn redirect(errand: &Errand, reply: &Reply, now: Timestamp) -> Outcome {
    let location = reply.headers.get(header::LOCATION).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    match location.as_deref().map(|location| errand.url.join(location)) {
        Some(Ok(mut to)) => {
            to.set_fragment(None);
            Outcome::Redirect { to, status: reply.status }
        }
        _ => {
            let failure = Failure::new(Verdict::Redirects, "a redirect without a usable address");
            errand.failed(Failure { status: reply.status, ..failure }, now)
        }
    }
}

fn looked(errand: &Errand, request: &Request, answer: (Reply, bool), now: Timestamp) -> Outcome {
    let (mut reply, conditional) = answer;
    let retry = wait(reply.header(&header::RETRY_AFTER), now);
    let (verdict, detail) = judge(Answer {
        hope: hope(request),
        status: reply.status,
        challenged: is_challenged(&reply),
        wait: retry.is_some(),
        conditional,
        body: &reply.body,
        asked: &request.url,
        url: &errand.url,
    });
    let mut fetched = errand.fetched(request, verdict, now);
    fetched.status = reply.status;
    fetched.bytes = reply.body.len() as u64;
    fetched.content_type = reply.header(&header::CONTENT_TYPE).map(str::to_string);
    fetched.retry_after = retry;
    let broke = reply.broke.then(|| "the connection broke, but the feed is whole".to_string());
    fetched.detail = joined([errand.moved_words(), joined([broke, detail])]);
    if verdict.is_success() {
        fetched.fresh_for = freshness(&reply, now);
        keep(&mut fetched, &mut reply);
    }
    Outcome::Looked(Box::new(fetched), reply.permit)
}

fn freshness(reply: &Reply, now: Timestamp) -> Option<u64> {
    let controls = reply.headers.get_all(header::CACHE_CONTROL).iter().filter_map(|value| value.to_str().ok());
    let control = controls.collect::<Vec<_>>().join(", ");
    let headers = Freshness {
        cache_control: Some(control.as_str()).filter(|text| !text.is_empty()),
        age: reply.header(&header::AGE),
        expires: reply.header(&header::EXPIRES),
        date: reply.header(&header::DATE),
    };
    fresh_for(headers, now)
}

/// Takes over validators and body of a success; the same bytes as last time are no news.
fn keep(fetched: &mut Fetched, reply: &mut Reply) {
    let etag = reply.header(&header::ETAG).map(str::to_string);
    let last_modified = reply.header(&header::LAST_MODIFIED).map(str::to_string);
    let held = &mut fetched.validators;
    if fetched.verdict == Verdict::Unchanged {
        held.etag = etag.or(held.etag.take());
        held.last_modified = last_modified.or(held.last_modified.take());
        return;
    }
    let hash = Some(hex(&Sha256::digest(&reply.body)));
    if held.body_hash == hash {
        fetched.verdict = Verdict::Unchanged;
    } else {
        fetched.body = std::mem::take(&mut reply.body);
    }
    fetched.validators = Validators { etag, last_modified, body_hash: hash };
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn hope(request: &Request) -> Hope {
    match (request.purpose, &request.source.kind) {
        (Purpose::Page, _) | (_, SourceKind::Page(_)) => Hope::Page,
        (_, SourceKind::Feed) => Hope::Feed,
        (_, SourceKind::Json) => Hope::Json,
    }
}

fn is_challenged(reply: &Reply) -> bool {
    let says = |name: &str| reply.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or("").to_ascii_lowercase();
    says("cf-mitigated") == "challenge" || matches!(says("x-amzn-waf-action").as_str(), "challenge" | "captcha")
}

/// What a source's server is told.
pub fn user_agent<'a>(source: &'a Source, settings: &'a Settings) -> &'a str {
    source.user_agent.as_deref().unwrap_or(&settings.user_agent)
}

fn joined(parts: [Option<String>; 2]) -> Option<String> {
    parts.into_iter().flatten().reduce(|one, other| format!("{one}; {other}"))
}

fn host(url: &Url) -> &str {
    url.host_str().unwrap_or("nowhere")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_costs_one_look_alone() {
        assert_eq!(surviving(async { 1 }).await, Some(1));
        assert_eq!(surviving(async { [0; 1].into_iter().nth(1).expect("there is no second") }).await, None);
    }
}
