//! What is remembered of a source from run to run: moves, farewells, validators that lie. Each run opens the store anew and has its
//! own fetcher and its own day, as a scheduled run has.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking anywhere")]

use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;
use termwall::cli;
use termwall::fetch::{Fetcher, Settings};
use termwall::inputs;
use termwall::report::Report;
use termwall::run::crawl::{self, Due};
use termwall::run::desk::Desk;
use termwall::run::{Streams, health, understand};
use termwall::store::Store;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What a client asked: host and path, and the whole head in lower case.
struct Heard {
    address: String,
    head: String,
}

/// A loopback server for every name, and what it was asked.
struct Server {
    socket: SocketAddr,
    heard: Arc<Mutex<Vec<Heard>>>,
}

impl Server {
    async fn open(play: impl Fn(&Heard) -> String + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (socket, heard) = (listener.local_addr().unwrap(), Arc::new(Mutex::new(Vec::new())));
        let log = heard.clone();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let Some(asked) = listen(&mut stream).await else { continue };
                let answer = play(&asked);
                log.lock().unwrap().push(asked);
                // A client that has left is none of ours.
                let _ = stream.write_all(answer.as_bytes()).await;
            }
        });
        Self { socket, heard }
    }

    /// The addresses asked since the last call, with whether a validator was sent.
    fn asked(&self) -> Vec<(String, bool)> {
        let heard = std::mem::take(&mut *self.heard.lock().unwrap());
        heard.into_iter().map(|heard| (heard.address, heard.head.contains("\nif-none-match:"))).collect()
    }
}

async fn listen(stream: &mut TcpStream) -> Option<Heard> {
    let (mut head, mut buffer) = (Vec::new(), [0; 4096]);
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return None,
            Ok(read) => head.extend_from_slice(&buffer[..read]),
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let path = head.split(' ').nth(1)?.to_string();
    let head = head.to_lowercase();
    let host = head.lines().find_map(|line| line.strip_prefix("host: "))?.split(':').next()?.to_string();
    Some(Heard { address: format!("{host}{path}"), head })
}

fn reply(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len())
}

fn moved(to: &str) -> String {
    reply("301 Moved Permanently", &format!("Location: {to}\r\n"), "")
}

fn feed(item: &str) -> String {
    let item = format!("<item><title>{item}</title><link>https://b.example/{item}</link></item>");
    let body = format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>A</title>{item}</channel></rss>");
    reply("200 OK", "ETag: \"1\"\r\n", &body)
}

fn source(id: &str, url: &str, more: &str) -> String {
    format!("[[source]]\nid = \"{id}\"\nurl = \"{url}\"\ntitle = \"{id}\"\ngroup = \"wire\"\ngap = \"0s\"\n{more}\n")
}

/// The publication that ships, with other sources.
fn desk(feeds: &str) -> Desk {
    let inputs = inputs::Inputs { feeds: feeds.to_string(), ..inputs::read(Path::new("no such folder")).unwrap() };
    Desk::new(&inputs).unwrap_or_else(|mistakes| panic!("{mistakes:?}"))
}

fn at(day: &str) -> Timestamp {
    format!("2026-06-{day}T12:00:00Z").parse().unwrap()
}

/// A run of its own at noon of a day in June: asks, keeps, reads.
async fn run(desk: &Desk, folder: &Path, server: &Server, (day, due): (&str, Due<'_>)) -> Report {
    let store = Store::open(&folder.join("store.db")).await.unwrap();
    let hosts = ["a.example", "b.example", "c.example"].map(|host| (host.to_string(), server.socket));
    let settings = Settings { hosts: hosts.into(), gap: Some(Duration::ZERO), ..Settings::default() };
    let mut report = Report::default();
    crawl::feeds(desk, &store, &Fetcher::new(settings).unwrap(), (at(day), due), &mut report).await.unwrap();
    understand::read_all(desk, &store, &mut report).await.unwrap();
    store.close().await;
    report
}

/// What `termwall sources --json` says of each source on a day.
async fn told(desk: &Desk, folder: &Path, day: &str) -> Vec<Value> {
    let store = Store::open(&folder.join("store.db")).await.unwrap();
    let question = cli::Health { json: true, ..cli::Health::default() };
    let (mut output, mut talk) = (Vec::new(), Vec::new());
    let mut streams = Streams { input: &mut std::io::empty(), output: &mut output, talk: &mut talk };
    health::health(desk, &store, &question, at(day), &mut streams).await.unwrap();
    store.close().await;
    String::from_utf8(output).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn addresses(asked: &[(String, bool)]) -> Vec<&str> {
    asked.iter().map(|(address, _)| address.as_str()).collect()
}

#[tokio::test]
async fn a_permanent_redirect_on_three_days_ends_in_the_new_address_being_asked() {
    let server = Server::open(|heard| match heard.address.as_str() {
        "a.example/old" => moved("https://b.example/new"),
        _ if heard.head.contains("if-none-match: \"1\"") => reply("304 Not Modified", "", ""),
        _ => feed("one"),
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let first = desk(&source("a", "https://a.example/old", ""));
    for (day, notices) in [("01", 0), ("02", 0), ("03", 1)] {
        let report = run(&first, folder.path(), &server, (day, Due::All)).await;
        assert_eq!((report.notices.len(), report.failures.len()), (notices, 0), "{day}: {report}");
        assert_eq!(addresses(&server.asked()), ["a.example/old", "b.example/new"], "{day}");
        if notices == 1 {
            let line = "moved     a: asked at https://b.example/new from now on, for it led there on three days; write that \
                        address into feeds.toml\n";
            assert!(report.to_string().contains(line), "{report}");
        }
    }
    let report = run(&first, folder.path(), &server, ("04", Due::All)).await;
    assert_eq!(server.asked(), [("b.example/new".to_string(), false)], "asked directly, and not by the old one's validators");
    assert_eq!((report.unchanged, report.notices.len()), (1, 0), "the same bytes are no news at another address");
    run(&first, folder.path(), &server, ("05", Due::All)).await;
    assert_eq!(server.asked(), [("b.example/new".to_string(), true)]);
    let line = &told(&first, folder.path(), "05").await[0];
    assert_eq!((&line["state"], &line["asked"]), (&Value::from("moved"), &Value::from("https://b.example/new")));
    assert_eq!(line["moved_since"], "2026-06-03T12:00:00Z");

    let edited = desk(&source("a", "https://c.example/feed", ""));
    run(&edited, folder.path(), &server, ("05", Due::Only)).await;
    assert_eq!(server.asked(), [("c.example/feed".to_string(), false)], "what the editor writes is asked at once");
    assert_eq!(told(&edited, folder.path(), "05").await[0]["state"], "ok");
}

#[tokio::test]
async fn of_two_sources_that_move_to_one_address_the_first_alone_arrives() {
    let server = Server::open(|heard| match heard.address.as_str() {
        "b.example/new" => feed("one"),
        _ => moved("https://b.example/new"),
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let both = desk(&[source("z", "https://a.example/1", ""), source("y", "https://c.example/2", "")].concat());
    let mut notices = Vec::new();
    for day in ["01", "02", "03", "04"] {
        notices.extend(run(&both, folder.path(), &server, (day, Due::All)).await.notices);
    }
    let mut words: Vec<String> = notices.iter().map(ToString::to_string).collect();
    words.sort();
    assert_eq!(words.len(), 2, "{words:?}");
    assert!(words[0].starts_with("moved     y: it leads to https://b.example/new for good, where \"z\" is asked already"));
    assert!(words[1].starts_with("moved     z: asked at https://b.example/new from now on"));
    let lines = told(&both, folder.path(), "04").await;
    let states: Vec<_> = lines.iter().map(|line| (line["id"].as_str().unwrap(), line["state"].as_str().unwrap())).collect();
    assert_eq!(states, [("y", "twin"), ("z", "moved")]);
}

#[tokio::test]
async fn the_private_exception_does_not_move_with_a_source() {
    let server = Server::open(|heard| match heard.address.as_str() {
        "127.0.0.1/feed" => moved("/elsewhere"),
        _ => feed("one"),
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let url = format!("http://{}/feed", server.socket);
    let desk = desk(&source("a", &url, "allow_private = true"));
    for day in ["01", "02", "03", "04"] {
        let report = run(&desk, folder.path(), &server, (day, Due::All)).await;
        assert!(report.notices.is_empty() && report.failures.len() == 1, "{report}");
        assert_eq!(addresses(&server.asked()), ["127.0.0.1/feed"]);
    }
}

#[tokio::test]
async fn a_source_that_is_gone_is_asked_again_only_where_the_editor_says_so() {
    let server = Server::open(|_| reply("410 Gone", "", "")).await;
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(&source("a", "https://a.example/feed", ""));
    let report = run(&desk, folder.path(), &server, ("01", Due::Only)).await;
    assert!(report.to_string().contains("off       a: it answered 410 (gone) and is not asked again; "), "{report}");
    let report = run(&desk, folder.path(), &server, ("09", Due::All)).await;
    assert_eq!((report.asked, report.gone, report.notices.len()), (0, 1, 0));
    assert_eq!(server.asked().len(), 1);
    let line = &told(&desk, folder.path(), "09").await[0];
    assert_eq!((&line["state"], &line["gone_since"]), (&Value::from("gone"), &Value::from("2026-06-01T12:00:00Z")));
    run(&desk, folder.path(), &server, ("09", Due::Source("a"))).await;
    assert_eq!(server.asked().len(), 1, "by name it is asked");
}

#[tokio::test]
async fn a_server_that_answers_304_for_ever_is_asked_for_the_whole_after_a_week() {
    let server = Server::open(|heard| match heard.head.contains("if-none-match: ") {
        true => reply("304 Not Modified", "", ""),
        false => feed(if heard.head.contains("second") { "two" } else { "one" }),
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let (one, two) =
        (source("a", "https://a.example/feed", ""), source("a", "https://a.example/feed", "user_agent = \"second\""));
    let (before, after) = (desk(&one), desk(&two));
    assert_eq!(run(&before, folder.path(), &server, ("01", Due::All)).await.articles, 1);
    for day in ["02", "07"] {
        assert_eq!(run(&after, folder.path(), &server, (day, Due::All)).await.unchanged, 1, "{day}: its validator lies");
    }
    assert_eq!(run(&after, folder.path(), &server, ("08", Due::All)).await.articles, 1, "the whole document is asked for");
    assert_eq!(server.asked().into_iter().map(|(_, held)| held).collect::<Vec<_>>(), [false, true, true, false]);
}

#[tokio::test]
async fn a_page_whose_selectors_match_nothing_goes_on_failing_while_it_stays_the_same() {
    let server = Server::open(|heard| match heard.head.contains("if-none-match: ") {
        true => reply("304 Not Modified", "", ""),
        false => reply("200 OK", "ETag: \"1\"\r\n", "<!doctype html><html><body><p>Rebuilt</p></body></html>"),
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let more = "kind = \"page\"\nselect = { item = \"li\", link = \"a\" }";
    let desk = desk(&source("a", "https://a.example/news", more));
    for day in ["01", "02", "03"] {
        let report = run(&desk, folder.path(), &server, (day, Due::All)).await;
        assert_eq!((report.fresh, report.unchanged, report.failures.len()), (0, 0, 1), "{day}: {report}");
    }
    let line = &told(&desk, folder.path(), "03").await[0];
    assert_eq!((&line["state"], &line["failures"]), (&Value::from("failing"), &Value::from(3)));
    assert_eq!(line["failing_since"], "2026-06-01T12:00:00Z");
    assert_eq!((&line["verdict"], &line["last_success"]), (&Value::from("selector-failed"), &Value::Null));
}
