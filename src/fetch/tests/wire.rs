//! What goes over the wire: codings that are offered and undone, connections that are used again, HTTP/2 where TLS offers it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::LazyConfigAcceptor;

use super::server::{Server, reply};
use super::*;

/// `FEED`, packed by the usual programs.
const GZIP: &str = "1f8b0800000000000203b3b1afc8cd51284b2d2acecccfb35532d43350b2b7b3292a2e46881901c5ec6c923312f3f25273ec6c4a324b7252ed1c6df4210c1b7db88c3e509b1d0008bb58db51000000";
const ZLIB: &str = "789cb3b1afc8cd51284b2d2acecccfb35532d43350b2b7b3292a2e46881901c5ec6c923312f3f25273ec6c4a324b7252ed1c6df4210c1b7db88c3e509b1d0043cb1b07";

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

/// One meta-block that is not compressed, and an empty last one (RFC 7932, section 9.2).
fn brotli(body: &[u8]) -> Vec<u8> {
    let head = u32::try_from(body.len() - 1).unwrap() << 4 | 1 << 20;
    [&head.to_le_bytes()[..3], body, &[3]].concat()
}

#[tokio::test]
async fn every_coding_that_is_offered_is_undone() {
    let server = Server::new(|heard| match heard.path.as_str() {
        "/gzip" => reply("200 OK", "Content-Encoding: gzip\r\n", unhex(GZIP)),
        "/deflate" => reply("200 OK", "Content-Encoding: deflate\r\n", unhex(ZLIB)),
        "/br" => reply("200 OK", "Content-Encoding: br\r\n", brotli(FEED.as_bytes())),
        "/zstd" => reply("200 OK", "Content-Encoding: zstd\r\n", zstd::encode_all(FEED.as_bytes(), 3).unwrap()),
        _ => reply("200 OK", "Content-Encoding: identity\r\n", FEED),
    })
    .await;
    let fetcher = Fetcher::new(settings(server.socket)).unwrap();
    for coding in ["gzip", "deflate", "br", "zstd", "identity"] {
        let fetched = one(&fetcher, feed(&format!("https://a.example/{coding}"))).await;
        assert_eq!(
            (fetched.verdict, fetched.body.as_slice()),
            (Verdict::Fresh, FEED.as_bytes()),
            "{coding}: {:?}",
            fetched.detail
        );
    }
    for heard in server.heard() {
        let offered = heard.head.lines().find_map(|line| line.strip_prefix("accept-encoding: ")).unwrap();
        let offered: Vec<&str> = offered.split(',').map(str::trim).collect();
        assert!(["gzip", "deflate", "br", "zstd"].iter().all(|coding| offered.contains(coding)), "{offered:?}");
    }
}

/// Answers as many requests over one connection as come. A request without a body ends with an empty line.
async fn answer_all(mut stream: TcpStream) {
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{FEED}", FEED.len());
    let (mut head, mut buffer) = (Vec::new(), [0; 4096]);
    while let Ok(read @ 1..) = stream.read(&mut buffer).await {
        head.extend_from_slice(&buffer[..read]);
        if head.ends_with(b"\r\n\r\n") {
            head.clear();
            if stream.write_all(answer.as_bytes()).await.is_err() {
                return;
            }
        }
    }
}

/// A server that does this with each connection, and the number of connections so far.
async fn listening<F: Future<Output = ()> + Send + 'static>(answer: fn(TcpStream) -> F) -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let socket = listener.local_addr().unwrap();
    let connections = Arc::new(AtomicUsize::new(0));
    let count = connections.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            count.fetch_add(1, Ordering::Relaxed);
            tokio::spawn(answer(stream));
        }
    });
    (socket, connections)
}

#[tokio::test]
async fn requests_that_follow_each_other_share_a_connection() {
    let (socket, connections) = listening(answer_all).await;
    let fetcher = Fetcher::new(settings(socket)).unwrap();
    let looks = all(&fetcher, (0..5).map(|n| feed(&format!("https://a.example/{n}"))).collect()).await;
    assert!(looks.iter().all(|look| look.verdict == Verdict::Fresh));
    assert_eq!(connections.load(Ordering::Relaxed), 1);
}

/// Answers one request over each connection without a word of closing it, and closes it when the next one has come.
async fn answer_once(mut stream: TcpStream) {
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{FEED}", FEED.len());
    let mut buffer = [0; 4096];
    if stream.read(&mut buffer).await.is_ok_and(|read| read > 0) && stream.write_all(answer.as_bytes()).await.is_ok() {
        let _ = stream.read(&mut buffer).await;
    }
}

#[tokio::test]
async fn a_request_over_a_connection_that_was_being_closed_is_sent_once_more() {
    let (socket, connections) = listening(answer_once).await;
    let fetcher = Fetcher::new(settings(socket)).unwrap();
    let looks = all(&fetcher, (0..3).map(|n| feed(&format!("https://a.example/{n}"))).collect()).await;
    assert_eq!(looks.iter().map(|look| look.verdict).collect::<Vec<_>>(), [Verdict::Fresh; 3]);
    assert_eq!(connections.load(Ordering::Relaxed), 3);
}

#[tokio::test]
async fn a_server_that_always_leaves_is_asked_twice_and_no_more() {
    let server = Server::new(|_| Vec::new()).await;
    let fetcher = Fetcher::new(settings(server.socket)).unwrap();
    assert_eq!(one(&fetcher, feed("https://a.example/")).await.verdict, Verdict::Unreachable);
    assert_eq!(server.heard().len(), 2);
}

#[tokio::test]
async fn http_2_is_offered_before_http_1() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let socket = listener.local_addr().unwrap();
    let offered = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let hello = LazyConfigAcceptor::new(Default::default(), stream).await.unwrap();
        hello.client_hello().alpn().unwrap().map(|name| String::from_utf8_lossy(name).into_owned()).collect::<Vec<_>>()
    });
    let fetcher = Fetcher::new(Settings { hosts: BTreeMap::new(), ..settings(socket) }).unwrap();
    let mut request = feed(&format!("https://{socket}/"));
    Arc::make_mut(&mut request.source).allow_private = true;
    assert_eq!(one(&fetcher, request).await.verdict, Verdict::Tls);
    assert_eq!(offered.await.unwrap(), ["h2", "http/1.1"]);
}
