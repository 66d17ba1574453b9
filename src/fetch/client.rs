//! One request and its answer, within every cap. Redirects are answers here; whether to follow is not decided.

use std::error::Error;
use std::io::ErrorKind;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{self, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Response, redirect};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, timeout_at};
use url::{Position, Url};

use super::guard::{Barred, GuardedResolver, Route, is_global};
use super::settings::{Limits, Settings};
use super::sniff;
use crate::model::fetched::{Validators, Verdict};

/// Bodies above this are large; at most `LARGE_AT_ONCE` of them are held, so that memory stays bounded.
const LARGE: usize = 512 << 10;

/// Large bodies in memory at once: with 8 MiB each they take 32 MiB.
const LARGE_AT_ONCE: usize = 4;

/// Bytes of a body that explains a failure: enough to know a challenge or to find an advertised feed.
const EXPLANATION: usize = 256 << 10;

/// Where HTTP/2 resets a stream for its headers, in times of the limit: below it we say ourselves what was wrong.
const HTTP2_HEADERS: usize = 4;

/// Idle connections are kept for the next request to a host, which comes after its gap, and not much longer: each is a file.
const IDLE: Duration = Duration::from_secs(5);

const FEED_TYPES: &str = "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, */*;q=0.5";
const PAGE_TYPES: &str = "text/html, application/xhtml+xml;q=0.9, */*;q=0.5";

/// One request.
#[derive(Clone, Debug)]
pub struct Ask {
    /// What is asked for.
    pub url: Url,
    /// How it is reached.
    pub route: Route,
    /// A feed is preferred to a page.
    pub feed: bool,
    /// `User-Agent`.
    pub user_agent: String,
    /// What we hold.
    pub validators: Validators,
    /// Caches on the way are told to keep out.
    pub uncached: bool,
    /// Decoded bytes that are read at most.
    pub most: usize,
    /// Past `most`, the beginning is enough.
    pub cut: bool,
    /// Time left for this look.
    pub left: Duration,
}

impl Ask {
    /// Whether anything is sent that a 304 could answer.
    pub fn is_conditional(&self) -> bool {
        self.conditions().next().is_some()
    }

    /// What we hold, as headers. A validator that no longer fits a header is left out: the answer is then whole.
    fn conditions(&self) -> impl Iterator<Item = (HeaderName, HeaderValue)> {
        let held = [(header::IF_NONE_MATCH, &self.validators.etag), (header::IF_MODIFIED_SINCE, &self.validators.last_modified)];
        held.into_iter().filter_map(|(name, value)| Some((name, HeaderValue::from_str(value.as_ref()?).ok()?)))
    }
}

/// What came back.
#[derive(Debug)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Headers.
    pub headers: HeaderMap,
    /// Decoded body; its beginning where the status is no success.
    pub body: Vec<u8>,
    /// The connection broke, but the body seems whole.
    pub broke: bool,
    /// Held as long as a large body is.
    pub permit: Option<OwnedSemaphorePermit>,
}

impl Reply {
    /// A header's text, as far as it is text.
    pub fn header(&self, name: &HeaderName) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

/// Why nothing usable came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// HTTP status; 0 where there was none.
    pub status: u16,
    /// What it comes to.
    pub verdict: Verdict,
    /// The cause.
    pub detail: Option<String>,
}

impl Failure {
    /// A failure before any status.
    pub fn new(verdict: Verdict, detail: impl Into<String>) -> Self {
        Self { status: 0, verdict, detail: Some(detail.into()) }
    }
}

/// The HTTP client could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the HTTP client cannot be made; check this machine's certificates")]
pub struct NoClient(#[source] reqwest::Error);

/// Connections: those to public addresses apart from those that a source or the host table may have elsewhere, so that no
/// connection made for one can serve the other.
pub struct Client {
    public: reqwest::Client,
    other: reqwest::Client,
    limits: Limits,
    large: Arc<Semaphore>,
}

impl Client {
    /// With its own connections. A host table needs no certificates, so their lack is no hindrance then.
    pub fn new(settings: &Settings) -> Result<Self, NoClient> {
        let build = |guarded: bool| match builder(settings, guarded).build() {
            Err(_) if !settings.hosts.is_empty() => builder(settings, guarded).tls_certs_only([]).build(),
            built => built,
        };
        Ok(Self {
            public: build(true).map_err(NoClient)?,
            other: build(false).map_err(NoClient)?,
            large: Arc::new(Semaphore::new(LARGE_AT_ONCE)),
            limits: settings.limits.clone(),
        })
    }

    /// Asks once.
    pub async fn ask(&self, ask: &Ask) -> Result<Reply, Failure> {
        let end = Instant::now() + ask.left;
        let response = match self.send(ask, end).await? {
            Err(error) if is_left(&error) => self.send(ask, end).await?,
            sent => sent,
        };
        let response = response.map_err(|error| failure(&error))?;
        self.check(&response, ask.route)?;
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let read = match status {
            200..=299 => self.body(response, ask.most, ask.cut, end).await,
            _ => self.body(response, EXPLANATION, true, end).await.or_else(|_| Ok(Body::default())),
        };
        let Body { bytes, broke, permit } = read.map_err(|failure| Failure { status, ..failure })?;
        Ok(Reply { status, headers, body: bytes, broke, permit })
    }

    async fn send(&self, ask: &Ask, end: Instant) -> Result<reqwest::Result<Response>, Failure> {
        let request = self.request(ask)?;
        let sent = timeout_at(end.min(Instant::now() + self.limits.first_byte), request.send()).await;
        sent.map_err(|_| Failure::new(Verdict::TooSlow, "no answer in time"))
    }

    fn request(&self, ask: &Ask) -> Result<reqwest::RequestBuilder, Failure> {
        let request = match ask.route {
            Route::Public => self.public.get(ask.url.clone()),
            Route::Private => self.other.get(ask.url.clone()),
            Route::Table(socket) => {
                let path = &ask.url[Position::BeforePath..Position::AfterQuery];
                let host = &ask.url[Position::BeforeHost..Position::AfterPort];
                self.other.get(format!("http://{socket}{path}")).header(header::HOST, host)
            }
            Route::Missing => return Err(Failure::new(Verdict::Dns, "the host table does not name it")),
        };
        let types = if ask.feed { FEED_TYPES } else { PAGE_TYPES };
        let mut request = request.header(header::ACCEPT, types).header(header::USER_AGENT, &ask.user_agent);
        for (name, value) in ask.conditions() {
            request = request.header(name, value);
        }
        if ask.uncached {
            request = request.header(header::CACHE_CONTROL, "no-cache").header(header::PRAGMA, "no-cache");
        }
        Ok(request)
    }

    /// The third lock: who answered. And the headers' size, which HTTP/1 leaves open.
    fn check(&self, response: &Response, route: Route) -> Result<(), Failure> {
        if route == Route::Public && !response.remote_addr().is_some_and(|peer| is_global(peer.ip())) {
            return Err(Failure::new(Verdict::Forbidden, "the peer that answered has no public address"));
        }
        let bytes: usize = response.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
        if bytes > self.limits.header_bytes {
            let detail = format!("{bytes} bytes of headers");
            return Err(Failure { status: response.status().as_u16(), ..Failure::new(Verdict::TooLarge, detail) });
        }
        Ok(())
    }

    async fn body(&self, mut response: Response, most: usize, cut: bool, mut end: Instant) -> Result<Body, Failure> {
        let mut body = Body::default();
        loop {
            let until = end.min(Instant::now() + self.limits.pause);
            let next = timeout_at(until, response.chunk()).await;
            let slow = |_| Failure::new(Verdict::TooSlow, format!("{} bytes, then nothing more in time", body.bytes.len()));
            match next.map_err(slow)? {
                Ok(None) => return Ok(body),
                Ok(Some(chunk)) if body.bytes.len() + chunk.len() > most && cut => {
                    body.bytes.extend_from_slice(&chunk[..most - body.bytes.len()]);
                    return Ok(body);
                }
                Ok(Some(chunk)) if body.bytes.len() + chunk.len() > most => {
                    return Err(Failure::new(Verdict::TooLarge, format!("more than {most} bytes")));
                }
                Ok(Some(chunk)) => body.bytes.extend_from_slice(&chunk),
                Err(_) if sniff::is_closed(&body.bytes) => return Ok(Body { broke: true, ..body }),
                Err(error) => {
                    let cause = root(&error);
                    return Err(Failure::new(
                        Verdict::Unreachable,
                        format!("it broke off after {} bytes: {cause}", body.bytes.len()),
                    ));
                }
            }
            if body.bytes.len() > LARGE && body.permit.is_none() {
                let asked = Instant::now();
                body.permit = self.large.clone().acquire_owned().await.ok();
                end += asked.elapsed();
            }
        }
    }
}

#[derive(Default)]
struct Body {
    bytes: Vec<u8>,
    broke: bool,
    permit: Option<OwnedSemaphorePermit>,
}

fn builder(settings: &Settings, guarded: bool) -> reqwest::ClientBuilder {
    let limits = &settings.limits;
    let builder = reqwest::Client::builder()
        .redirect(redirect::Policy::none())
        .no_proxy()
        .referer(false)
        .connect_timeout(limits.first_byte)
        .pool_idle_timeout(IDLE)
        .pool_max_idle_per_host(1)
        .http2_max_header_list_size(u32::try_from(HTTP2_HEADERS * limits.header_bytes).unwrap_or(u32::MAX));
    if guarded { builder.dns_resolver(GuardedResolver::new(settings)) } else { builder }
}

/// Sorts an error by what the editor should do. The words of the libraries below are all that tells some of them apart.
fn failure(error: &reqwest::Error) -> Failure {
    if let Some(barred) = chain(error).find_map(|cause| cause.downcast_ref::<Barred>()) {
        return Failure::new(Verdict::Forbidden, barred.to_string());
    }
    let all = chain(error).map(ToString::to_string).collect::<Vec<_>>().join(": ").to_lowercase();
    let secure = ["certificate", "tls", "handshake", "received fatal alert", "received corrupt message"];
    let large = ["message head is too large", "too_many_continuations"];
    let verdict = match () {
        () if error.is_timeout() => Verdict::TooSlow,
        () if error.is_dns() => Verdict::Dns,
        () if large.iter().any(|words| all.contains(words)) => return Failure::new(Verdict::TooLarge, "the head is too large"),
        () if error.is_connect() && secure.iter().any(|word| all.contains(word)) => Verdict::Tls,
        () => Verdict::Unreachable,
    };
    Failure::new(verdict, root(error))
}

/// Whether the server left without a byte of an answer. So ends a request over a kept connection that the server was closing just
/// then (RFC 9112, section 9.3.1): it may be sent once more.
fn is_left(error: &reqwest::Error) -> bool {
    let broke = [ErrorKind::ConnectionReset, ErrorKind::ConnectionAborted, ErrorKind::BrokenPipe];
    !error.is_connect()
        && chain(error).any(|cause| {
            cause.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_incomplete_message)
                || cause.downcast_ref::<std::io::Error>().is_some_and(|error| broke.contains(&error.kind()))
        })
}

fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    let mut next = Some(error);
    std::iter::from_fn(move || {
        let error = next?;
        next = error.source();
        Some(error)
    })
}

/// The innermost cause, in one line.
fn root(error: &(dyn Error + 'static)) -> String {
    let cause = chain(error).last().map(ToString::to_string).unwrap_or_default();
    cause.chars().map(|c| if c.is_control() { ' ' } else { c }).take(200).collect()
}
