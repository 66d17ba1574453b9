//! Asking cheaply, in turn, and no more often than a server likes.

use super::server::{Heard, Server, ok, redirect, reply};
use super::*;

const GAP: Duration = Duration::from_millis(120);

/// Timers may fire a little early.
const EARLY: Duration = Duration::from_millis(5);

fn with_gap(mut request: Request, gap: Duration) -> Request {
    Arc::make_mut(&mut request.source).gap = gap;
    request
}

#[tokio::test]
async fn a_feed_that_answers_304_keeps_its_validators() {
    let server = Server::new(|heard| {
        let same = heard.head.contains("if-none-match: \"v1\"") && heard.head.contains("if-modified-since: thu, 18 jun 2026");
        match same {
            true => reply("304 Not Modified", "", ""),
            false => reply(
                "200 OK",
                "ETag: \"v1\"\r\nLast-Modified: Thu, 18 Jun 2026 08:00:00 GMT\r\nCache-Control: no-store\r\n",
                FEED,
            ),
        }
    })
    .await;
    let fetcher = Fetcher::new(settings(server.socket)).unwrap();
    let first = one(&fetcher, feed("https://a.example/feed")).await;
    assert_eq!((first.verdict, first.body.as_slice()), (Verdict::Fresh, FEED.as_bytes()));
    assert_eq!(first.validators.etag.as_deref(), Some("\"v1\""));
    let held = first.validators.clone();
    let second = one(&fetcher, Request { validators: held.clone(), ..feed("https://a.example/feed") }).await;
    assert_eq!((second.verdict, second.status, second.validators), (Verdict::Unchanged, 304, held));
}

#[tokio::test]
async fn the_same_bytes_are_no_news_and_a_failure_forgets_nothing() {
    let server = Server::new(|heard| if heard.path == "/feed" { ok(FEED) } else { reply("500 Oops", "", "") }).await;
    let fetcher = Fetcher::new(settings(server.socket)).unwrap();
    let held = one(&fetcher, feed("https://a.example/feed")).await.validators;
    assert_eq!(held.body_hash.as_ref().map(String::len), Some(64));
    let again = one(&fetcher, Request { validators: held.clone(), ..feed("https://a.example/feed") }).await;
    assert_eq!((again.verdict, again.status, again.body.len()), (Verdict::Unchanged, 200, 0));
    assert_eq!(again.bytes, FEED.len() as u64, "what came is counted though it is not kept");
    let failed = one(&fetcher, Request { validators: held.clone(), ..feed("https://a.example/x") }).await;
    assert_eq!((failed.verdict, failed.validators), (Verdict::ServerError, held));
}

#[tokio::test]
async fn a_304_that_nobody_asked_for_is_asked_again_past_the_caches() {
    let server = Server::new(|heard| match (heard.path.as_str(), heard.head.contains("cache-control: no-cache")) {
        ("/cached", true) => ok(FEED),
        _ => reply("304 Not Modified", "", ""),
    })
    .await;
    let fetcher = Fetcher::new(settings(server.socket)).unwrap();
    let cached = one(&fetcher, feed("https://a.example/cached")).await;
    assert_eq!((cached.verdict, cached.status), (Verdict::Fresh, 200));
    let stubborn = one(&fetcher, with_gap(feed("https://b.example/stubborn"), GAP)).await;
    assert_eq!((stubborn.verdict, stubborn.status), (Verdict::Empty, 304));
    assert!(stubborn.detail.is_some_and(|detail| detail.contains("304")));
    assert_eq!(server.paths(), ["/cached", "/cached", "/stubborn", "/stubborn"], "once more, and not for ever");
    check_turns(&server.heard()[2..], GAP);
    // A validator that fits no header is not sent, so that a 304 answers nothing.
    let odd = Validators { etag: Some("\n".into()), ..Validators::default() };
    let unsent = one(&fetcher, Request { validators: odd, ..feed("https://a.example/stubborn") }).await;
    assert_eq!(unsent.verdict, Verdict::Empty);
}

#[tokio::test]
async fn the_real_name_is_told_to_the_server_and_kept() {
    let server = Server::new(|_| ok(FEED)).await;
    let fetcher = Fetcher::new(settings(server.socket)).unwrap();
    let mut request = feed("https://feeds.a.example/x?y=z");
    Arc::make_mut(&mut request.source).user_agent = Some("Special/1 (a@a.example)".into());
    let fetched = one(&fetcher, request).await;
    assert_eq!(fetched.final_url.as_str(), "https://feeds.a.example/x?y=z");
    let [heard] = &server.heard()[..] else { panic!("one request") };
    assert_eq!((heard.host.as_str(), heard.path.as_str()), ("feeds.a.example", "/x?y=z"));
    assert!(heard.head.contains("user-agent: special/1 (a@a.example)"));
    assert!(heard.head.contains("accept: application/atom+xml"));
    assert!(heard.head.contains("accept-encoding: ") && heard.head.contains("gzip"));
}

#[tokio::test]
async fn permanent_redirects_are_told_up_to_the_first_that_is_not() {
    let server = Server::new(|heard| match heard.path.as_str() {
        "/old" => reply("301 Moved", "Location: /new\r\n", ""),
        "/new" => reply("308 Moved", "Location: https://b.example/newer\r\n", ""),
        "/newer" => redirect("/today"),
        _ => ok(FEED),
    })
    .await;
    let fetcher = Fetcher::new(settings(server.socket)).unwrap();
    let fetched = one(&fetcher, feed("https://a.example/old")).await;
    assert_eq!(fetched.verdict, Verdict::Fresh);
    assert_eq!(fetched.detail.as_deref(), Some("moved to https://b.example/newer"));
    assert_eq!(fetched.moved.as_ref().map(Url::as_str), Some("https://b.example/newer"));
    assert_eq!(fetched.final_url.as_str(), "https://b.example/today");
    assert_eq!(fetched.url.as_str(), "https://a.example/old");
}

/// No two requests of one registrable domain overlap or follow each other too closely.
fn check_turns(heard: &[Heard], gap: Duration) {
    for (place, one) in heard.iter().enumerate() {
        for other in &heard[place + 1..] {
            let domain = |heard: &Heard| heard.host.trim_start_matches("feeds.").to_string();
            if domain(one) == domain(other) {
                let ended = one.ended.expect("every answer has ended");
                assert!(other.began + EARLY >= ended + gap, "{} {}", one.path, other.path);
            }
        }
    }
}

#[tokio::test]
async fn a_registrable_domain_is_asked_one_at_a_time_with_a_gap() {
    let server = Server::new(|_| ok(FEED)).await;
    let fetcher = Fetcher::new(settings(server.socket)).unwrap();
    let urls =
        ["https://a.example/1", "https://feeds.a.example/2", "https://a.example/3", "https://b.example/4", "https://b.example/5"];
    let begun = std::time::Instant::now();
    let looks = all(&fetcher, urls.iter().map(|url| with_gap(feed(url), GAP)).collect()).await;
    assert!(looks.iter().all(|look| look.verdict == Verdict::Fresh));
    check_turns(&server.heard(), GAP);
    assert!(begun.elapsed() < GAP * 4, "the two domains were asked side by side");
    // A gap outlives the call.
    one(&fetcher, with_gap(feed("https://a.example/6"), GAP)).await;
    check_turns(&server.heard(), GAP);
}

#[tokio::test]
async fn a_redirect_takes_its_turn_at_the_other_domain() {
    let server = Server::new(|heard| if heard.host == "a.example" { redirect("https://b.example/to") } else { ok(FEED) }).await;
    let fetcher = Fetcher::new(settings(server.socket)).unwrap();
    let urls = ["https://a.example/1", "https://b.example/1", "https://b.example/2"];
    all(&fetcher, urls.iter().map(|url| with_gap(feed(url), GAP)).collect()).await;
    assert_eq!(server.heard().len(), 4);
    check_turns(&server.heard(), GAP);
}

#[tokio::test]
async fn a_domain_that_wants_peace_gets_it_at_once() {
    let server = Server::new(|heard| match heard.path.as_str() {
        "/1" => reply("429 Slow Down", "Retry-After: Thu, 18 Jun 2026 13:00:00 GMT\r\n", ""),
        _ => ok(FEED),
    })
    .await;
    let fetcher = Fetcher::new(settings(server.socket)).unwrap();
    let urls = ["https://a.example/1", "https://a.example/2", "https://feeds.a.example/3", "https://b.example/4"];
    let looks = all(&fetcher, urls.iter().map(|url| feed(url)).collect()).await;
    let of = |path: &str| looks.iter().find(|look| look.url.path() == path).unwrap();
    assert_eq!((of("/1").verdict, of("/1").status, of("/1").retry_after), (Verdict::RateLimited, 429, Some(3600)));
    for path in ["/2", "/3"] {
        assert_eq!((of(path).verdict, of(path).status), (Verdict::RateLimited, 0));
        assert!(of(path).retry_after.is_some_and(|wait| (3590..=3600).contains(&wait)), "{:?}", of(path));
    }
    assert_eq!(of("/4").verdict, Verdict::Fresh);
    assert_eq!(server.heard().len(), 2);
}

#[tokio::test]
async fn retry_after_zero_is_a_value() {
    let server = Server::new(|_| reply("503 Busy", "Retry-After: 0\r\n", "")).await;
    let fetcher = Fetcher::new(settings(server.socket)).unwrap();
    let fetched = one(&fetcher, feed("https://a.example/1")).await;
    assert_eq!((fetched.verdict, fetched.retry_after), (Verdict::RateLimited, Some(0)));
}

fn articles(heard: &Heard) -> Vec<super::server::Step> {
    match (heard.host.as_str(), heard.path.as_str()) {
        ("a.example", "/robots.txt") => ok("user-agent: termwall\ndisallow: /closed\n\nuser-agent: *\ndisallow: /\n"),
        ("b.example", "/robots.txt") => reply("503 Busy", "", ""),
        ("c.example", "/robots.txt") => reply("404 Not Found", "", ""),
        ("a.example", "/away") => redirect("https://b.example/article"),
        _ => ok("<html><body>An article</body></html>"),
    }
}

#[tokio::test]
async fn pages_ask_robots_once_and_feeds_never() {
    let server = Server::new(articles).await;
    let fetcher = Fetcher::new(settings(server.socket)).unwrap();
    let pages = ["https://a.example/1", "https://a.example/2", "https://a.example/closed/3", "https://a.example/away"];
    let others = ["https://b.example/4", "https://c.example/5"];
    let mut requests: Vec<Request> = pages.iter().chain(&others).map(|url| page(url)).collect();
    requests.push(feed("https://b.example/feed"));
    let looks = all(&fetcher, requests).await;
    let of = |path: &str| looks.iter().find(|look| look.url.path() == path).unwrap();
    for (path, verdict) in [
        ("/1", Verdict::Fresh),
        ("/2", Verdict::Fresh),
        ("/closed/3", Verdict::Robots),
        ("/away", Verdict::Robots),
        ("/4", Verdict::Robots),
        ("/5", Verdict::Fresh),
        ("/feed", Verdict::Html),
    ] {
        assert_eq!(of(path).verdict, verdict, "{path}");
    }
    assert_eq!(of("/4").detail.as_deref(), Some("its robots.txt cannot be had"));
    let robots = || server.paths().iter().filter(|path| *path == "/robots.txt").count();
    assert_eq!(robots(), 3);
    one(&fetcher, page("https://a.example/6")).await;
    assert_eq!(robots(), 3, "it is believed for a day");
    let learned = fetcher.learned().await;
    assert_eq!(
        learned.iter().map(|file| file.origin.as_str()).collect::<std::collections::BTreeSet<_>>(),
        ["https://a.example", "https://c.example",].into()
    );
    assert!(fetcher.learned().await.is_empty());
    let next = Fetcher::new(settings(server.socket)).unwrap();
    next.know(learned.clone()).await;
    assert_eq!(one(&next, page("https://a.example/closed/7")).await.verdict, Verdict::Robots);
    assert_eq!(one(&next, page("https://c.example/8")).await.verdict, Verdict::Fresh);
    assert_eq!(robots(), 3, "the next run believes what this one read");
    let old = Fetcher::new(settings(server.socket)).unwrap();
    let yesterday = now() - jiff::SignedDuration::from_hours(24);
    old.know(learned.into_iter().map(|file| RobotsFile { at: yesterday, ..file }).collect()).await;
    assert_eq!(one(&old, page("https://a.example/closed/9")).await.verdict, Verdict::Robots);
    assert_eq!(robots(), 4, "but not for longer than a day");
}

#[tokio::test]
async fn a_crawl_delay_is_honoured_unless_the_gap_is_overridden() {
    let server =
        Server::new(|heard| if heard.path == "/robots.txt" { ok("user-agent: *\ncrawl-delay: 0.3\n") } else { ok("<html>") })
            .await;
    let pages = || (1..=3).map(|n| page(&format!("https://a.example/{n}"))).collect::<Vec<_>>();
    let begun = std::time::Instant::now();
    all(&Fetcher::new(settings(server.socket)).unwrap(), pages()).await;
    assert!(begun.elapsed() >= Duration::from_millis(595));
    let begun = std::time::Instant::now();
    all(&Fetcher::new(Settings { gap: Some(Duration::ZERO), ..settings(server.socket) }).unwrap(), pages()).await;
    assert!(begun.elapsed() < Duration::from_millis(500));
}

#[tokio::test]
async fn a_reader_who_leaves_blocks_nobody() {
    let server = Server::new(|_| ok(FEED)).await;
    let fetcher = Fetcher::new(settings(server.socket)).unwrap();
    let many = || (0..20).map(|n| feed(&format!("https://a.example/{n}"))).collect::<Vec<_>>();
    let mut looks = fetcher.fetch(many(), now());
    assert!(looks.recv().await.is_some());
    drop(looks);
    assert_eq!(all(&fetcher, many()).await.len(), 20);
    assert!(all(&fetcher, Vec::new()).await.is_empty());
}
