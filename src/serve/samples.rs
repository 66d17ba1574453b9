//! The sample edition's servers, all behind one loopback socket: who is asked is told by the `Host` header.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::Deserialize;
use tokio::net::TcpListener;
use url::Url;

/// `samples/edition.toml`: when we look, and what is answered.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edition {
    /// The dated rounds, in order.
    pub round: Vec<Round>,
    /// What addresses answer, from which round on.
    pub answer: Vec<Answer>,
}

/// One look at everything.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Round {
    /// The time that it takes place at.
    pub now: Timestamp,
}

/// What one address answers from a round on.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The real address.
    pub url: Url,
    /// The first round, from 1, in which it holds.
    pub from: usize,
    /// The file under `samples/` that is its body.
    pub file: Option<String>,
    /// `Content-Type`.
    #[serde(rename = "type")]
    pub content_type: Option<String>,
    /// Status; 200 where absent.
    pub status: Option<u16>,
    /// `ETag`; the answer to `If-None-Match` with it is 304.
    pub etag: Option<String>,
    /// `Location` of a redirect.
    pub location: Option<String>,
    /// It is an expected failure.
    #[serde(default)]
    pub fault: bool,
}

/// Everything that the handler answers from.
struct Shelf {
    edition: Edition,
    files: BTreeMap<String, Vec<u8>>,
    /// The round that is on, from 1.
    round: AtomicUsize,
}

/// The servers, answering as long as it lives.
pub struct Samples {
    shelf: Arc<Shelf>,
    address: SocketAddr,
    task: tokio::task::JoinHandle<()>,
}

impl Samples {
    /// Serves an edition whose files are in memory, by path under `samples/`.
    pub async fn open(edition: Edition, files: BTreeMap<String, Vec<u8>>) -> std::io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let shelf = Arc::new(Shelf { edition, files, round: AtomicUsize::new(1) });
        let router = Router::new().fallback(answer).with_state(Arc::clone(&shelf));
        let task = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, router).await {
                tracing::error!(%error, "the sample servers stopped");
            }
        });
        Ok(Self { shelf, address, task })
    }

    /// Turns to a round, from 1.
    pub fn turn_to(&self, round: usize) {
        self.shelf.round.store(round, Ordering::Relaxed);
    }

    /// Every host of the edition, with the socket that answers for it.
    pub fn hosts(&self) -> BTreeMap<String, SocketAddr> {
        let hosts = self.shelf.edition.answer.iter().filter_map(|answer| answer.url.host_str());
        hosts.map(|host| (host.to_string(), self.address)).collect()
    }
}

impl Drop for Samples {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The answer to an address in a round: the last one whose `from` has come.
fn chosen<'a>(edition: &'a Edition, round: usize, host: &str, path: &str) -> Option<&'a Answer> {
    let asked = |url: &Url| {
        let query = url.query().map(|query| format!("?{query}")).unwrap_or_default();
        url.host_str() == Some(host) && format!("{}{query}", url.path()) == path
    };
    edition.answer.iter().filter(|answer| answer.from <= round && asked(&answer.url)).max_by_key(|answer| answer.from)
}

async fn answer(State(shelf): State<Arc<Shelf>>, request: Request) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let host = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    match chosen(&shelf.edition, shelf.round.load(Ordering::Relaxed), host, path) {
        Some(answer) => respond(&shelf, answer, request.headers()),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn respond(shelf: &Shelf, answer: &Answer, asked: &HeaderMap) -> Response {
    let mut response = Response::builder().status(answer.status.unwrap_or(200));
    let headers =
        [(header::CONTENT_TYPE, &answer.content_type), (header::ETAG, &answer.etag), (header::LOCATION, &answer.location)];
    for (name, value) in headers {
        if let Some(value) = value {
            response = response.header(name, value);
        }
    }
    let known = asked.get(header::IF_NONE_MATCH).and_then(|tag| tag.to_str().ok());
    if answer.etag.is_some() && known == answer.etag.as_deref() {
        return response.status(304).body(Body::empty()).unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response());
    }
    let body = match &answer.file {
        Some(file) => match shelf.files.get(file) {
            Some(bytes) => bytes.clone(),
            None => return (StatusCode::INTERNAL_SERVER_ERROR, format!("samples/{file} is missing")).into_response(),
        },
        None => Vec::new(),
    };
    response.body(Body::from(body)).unwrap_or_else(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response())
}
