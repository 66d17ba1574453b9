//! `termwall sources add URL` against servers of every kind.

use std::time::Duration;

use clap::Parser;
use termwall::cli::{Arguments, Command, Options, SourcesCommand};
use termwall::fetch::{Fetcher, Settings};
use termwall::run::{RunError, Streams, sources};

use super::server::{Answer, Server};
use super::{FEEDS, Place};

fn feed(title: &str) -> Answer {
    let items: String = (1..4)
        .map(|n| format!("<item><title>Headline {n}</title><link>https://b.example/{n}</link><pubDate>Thu, 18 Jun 2026 0{n}:00:00 GMT</pubDate></item>"))
        .collect();
    let body = format!("<rss version='2.0'><channel><title>{title}</title><language>en-gb</language>{items}</channel></rss>");
    ("200 OK", "Content-Type: text/html\r\n", body)
}

fn page(head: &str, body: &str) -> Answer {
    let html =
        format!("<!doctype html><html lang=en><head><title>B News | Front page</title>{head}</head><body>{body}</body></html>");
    ("200 OK", "Content-Type: text/html\r\n", html)
}

fn moved(status: &'static str, header: &'static str) -> Answer {
    (status, header, String::new())
}

struct Tried {
    place: Place,
    server: Server,
    result: Result<(), String>,
    output: String,
}

/// Adds an address with more arguments, on a network of these answers alone.
async fn add(answers: &[(&str, Answer)], arguments: &[&str]) -> Tried {
    let (place, server) = (Place::new(Some(FEEDS)), Server::new(answers).await);
    let folder = place.path("").display().to_string();
    let typed = ["termwall", "sources", "--dir", &folder, "add"].into_iter().chain(arguments.iter().copied());
    let options = Options::from(Arguments::parse_from(typed));
    let Command::Sources(termwall::cli::Sources { command: Some(SourcesCommand::Add(wish)), .. }) = &options.command else {
        panic!("{:?}", options.command)
    };
    let hosts = ["a.example", "b.example", "www.b.example", "c.example"];
    let settings = Settings {
        hosts: hosts.iter().map(|host| ((*host).to_string(), server.socket)).collect(),
        gap: Some(Duration::ZERO),
        ..Settings::default()
    };
    let (mut input, mut output, mut talk) = (std::io::empty(), Vec::new(), Vec::new());
    let streams = &mut Streams { input: &mut input, output: &mut output, talk: &mut talk };
    let now = "2026-06-18T12:00:00Z".parse().unwrap();
    let result = sources::add::add(&options, wish, &Fetcher::new(settings).unwrap(), now, streams).await;
    let result = result.map(drop).map_err(|error: RunError| error.to_string());
    Tried { place, server, result, output: String::from_utf8(output).unwrap() }
}

impl Tried {
    #[track_caller]
    fn added(&self, table: &str) {
        assert_eq!(self.result, Ok(()), "{}", self.output);
        assert_eq!(self.place.feeds(), format!("{FEEDS}\n{table}"));
    }

    #[track_caller]
    fn refused(&self, reason: &str) {
        assert_eq!(self.result, Err(reason.to_string()));
        assert_eq!(self.place.feeds(), FEEDS);
    }
}

const TABLE: &str = "[[source]]\nid = \"b-world\"\nurl = \"https://b.example/rss\"\ntitle = \"B: World\"\nlang = \"en-gb\"\ngroup = \"tech-press\"\n";

#[tokio::test]
async fn a_feed_is_added_whatever_its_header_says() {
    let tried = add(&[("b.example/rss", feed("B: World"))], &["https://b.example/rss"]).await;
    tried.added(TABLE);
    assert_eq!(tried.output.lines().next(), Some("items     3"));
    assert!(tried.output.ends_with("added     b-world  https://b.example/rss\n"), "{}", tried.output);
}

#[tokio::test]
async fn a_dry_run_prints_the_table_alone() {
    let tried = add(&[("b.example/rss", feed("B: World"))], &["https://b.example/rss", "--dry-run"]).await;
    assert_eq!((tried.result, tried.output.as_str()), (Ok(()), TABLE));
    assert_eq!(tried.place.feeds(), FEEDS);
}

#[tokio::test]
async fn the_best_of_the_advertised_feeds_is_added_and_the_others_are_named() {
    let head = "<link rel=alternate type=application/rss+xml title='B News &raquo; Comments' href=/comments/feed>\
        <link rel=alternate type=application/rss+xml title='Sport' href=/sport.xml>\
        <link rel=alternate type=application/rss+xml title='B News' href=/rss>";
    let answers = [
        ("b.example/", page(head, "")),
        ("b.example/rss", feed("B: World")),
        ("b.example/comments/feed", feed("Comments")),
        ("b.example/sport.xml", feed("Sport")),
    ];
    let tried = add(&answers, &["https://b.example/"]).await;
    tried.added(TABLE);
    assert!(tried.output.contains("other     https://b.example/sport.xml  \"Sport\"\n"), "{}", tried.output);
    assert_eq!(tried.server.asked(), ["b.example/", "b.example/rss"]);
}

#[tokio::test]
async fn an_advertised_feed_that_is_none_is_passed_over() {
    let head = "<link rel=alternate type=application/rss+xml title='B News' href=/dead>\
        <link rel=alternate type=application/atom+xml href=/html><link rel=alternate type=application/rss+xml href=/rss>";
    let answers = [("b.example/", page(head, "")), ("b.example/html", page("", "")), ("b.example/rss", feed("B: World"))];
    add(&answers, &["https://b.example/"]).await.added(TABLE);
}

#[tokio::test]
async fn links_and_usual_places_are_tried_where_nothing_is_advertised() {
    let linked = [("b.example/", page("", "<a href='/rss'>RSS</a>")), ("b.example/rss", feed("B: World"))];
    let tried = add(&linked, &["https://b.example/"]).await;
    tried.added(TABLE);
    assert_eq!(tried.server.asked().len(), 2);
    let usual = [("b.example/", page("", "<p>Hello</p>")), ("b.example/rss", feed("B: World"))];
    let tried = add(&usual, &["https://b.example/"]).await;
    tried.added(TABLE);
    assert_eq!(tried.server.asked().len(), 7, "{:?}", tried.server.asked());
}

#[tokio::test]
async fn permanent_redirects_are_followed_in_the_file_and_others_are_not() {
    let permanent = moved("301 Moved Permanently", "Location: https://b.example/rss\r\n");
    let answers = [("www.b.example/old", permanent), ("b.example/rss", feed("B: World"))];
    add(&answers, &["https://www.b.example/old"]).await.added(TABLE);
    let passing = moved("302 Found", "Location: https://c.example/today\r\n");
    let answers = [("b.example/rss", passing), ("c.example/today", feed("B: World"))];
    add(&answers, &["https://b.example/rss"]).await.added(TABLE);
    let known = moved("308 Permanent Redirect", "Location: https://a.example/feed\r\n");
    let answers = [("b.example/rss", known), ("a.example/feed", feed("A"))];
    add(&answers, &["https://b.example/rss"])
        .await
        .refused("\"https://a.example/feed\" is there already, as \"a\"; nothing was added");
}

#[tokio::test]
async fn what_is_there_already_is_not_asked_for() {
    let tried = add(&[], &["http://a.example/feed"]).await;
    tried.refused("\"http://a.example/feed\" is there already, as \"a\"; nothing was added");
    assert!(tried.server.asked().is_empty());
    let head = "<link rel=alternate type=application/rss+xml href=/feed>";
    let answers = [("a.example/", page(head, ""))];
    add(&answers, &["https://a.example/"])
        .await
        .refused("\"https://a.example/feed\" is there already, as \"a\"; nothing was added");
}

#[tokio::test]
async fn selectors_are_written_only_where_the_editor_says_so() {
    let items: String = (1..6)
        .map(|n| {
            format!("<li><time>{n} June 2026</time> <a href='/news/{n}'>The regulator said this and that, part {n}</a></li>")
        })
        .collect();
    let answers = [("b.example/news", page("", &format!("<ul class=list>{items}</ul>")))];
    let table = "[[source]]\nid = \"b-front-page\"\nurl = \"https://b.example/news\"\ntitle = \"B News | Front page\"\nlang = \"en\"\ngroup = \"regulators\"\nkind = \"page\"\nselect = { item = \"ul.list > li\", link = \"a\", date = \"time\" }\n";
    let shy = add(&answers, &["https://b.example/news", "--group", "regulators"]).await;
    shy.refused("nothing was written, for selectors are a guess; if these are the articles, say it again with --yes");
    let first = "          2026-06-01  \"The regulator said this and that, part 1\"  https://b.example/news/1\n";
    assert!(shy.output.starts_with(&format!("{table}items     5\n{first}")), "{}", shy.output);
    add(&answers, &["https://b.example/news", "--group", "regulators", "--yes"]).await.added(table);
}

#[tokio::test]
async fn every_refusal_says_what_was_seen_and_what_to_do() {
    let challenge = ("403 Forbidden", "cf-mitigated: challenge\r\n", "<html>Just a moment".to_string());
    let inside = moved("301 Moved Permanently", "Location: http://169.254.169.254/latest\r\n");
    let at = "https://b.example/x";
    for (answer, verdict, advice) in [
        (("404 Not Found", "", String::new()), "not found (status 404)", "the outlet's front page may lead to its feed"),
        (("410 Gone", "", String::new()), "gone", "remove it from feeds.toml or find its new address"),
        (challenge, "challenge page", "ask the publisher to admit the user agent, or set `enabled = false`"),
        (inside, "address not allowed", "use a public address, or --allow-private for a source of your own"),
        (page("", "<form><input type=\"password\"></form>"), "login or consent wall", "the feed is behind a wall"),
        (("500 Oops", "", String::new()), "server error (status 500)", "try again later"),
        (("200 OK", "", String::new()), "empty", "nothing to do unless it repeats"),
    ] {
        let tried = add(&[("b.example/x", answer)], &[at]).await;
        let reason = tried.result.clone().unwrap_err();
        assert!(reason.starts_with(&format!("\"{at}\" is not added: {verdict}")) && reason.contains(advice), "{reason}");
        tried.refused(&reason);
    }
    let nothing = add(&[("b.example/x", page("", "<p>Hello</p>"))], &[at]).await;
    assert!(nothing.result.clone().unwrap_err().contains("leads to no feed, and no list of articles can be told in it"));
    for private in ["http://127.0.0.1/feed", "http://[::1]/feed", "http://localhost/feed", "ftp://b.example/"] {
        let tried = add(&[], &[private]).await;
        let reason = tried.result.clone().unwrap_err();
        tried.refused(&reason);
        assert!(tried.server.asked().is_empty(), "{reason}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_of_ones_own_is_added_with_its_exception() {
    let head = "<link rel=alternate type=application/rss+xml href=/rss>";
    let server = Server::new(&[("/", page(head, "")), ("/rss", feed("Own"))]).await;
    let (place, url) = (Place::new(Some(FEEDS)), format!("http://{}/", server.socket));
    let said = place.sources(&["add", &url], b"");
    assert!(said.code == Some(1) && said.talk.contains("address not allowed"), "{}", said.talk);
    assert!(server.asked().is_empty());
    let said = place.sources(&["add", &url, "--allow-private"], b"");
    assert_eq!(said.code, Some(0), "{}", said.talk);
    let feeds = place.feeds();
    assert!(feeds.contains(&format!("url = \"{url}rss\"")) && feeds.ends_with("allow_private = true\n"), "{feeds}");
    assert_eq!(server.asked().len(), 2);
}
