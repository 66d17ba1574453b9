//! Everything a server can do wrong ends in the right verdict, within its cap, and costs no other source.

use std::sync::LazyLock;

use super::server::{Heard, Server, Step, ok, redirect, reply, send};
use super::*;

const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n";

/// A gzip member of some 250 kB that unpacks to 40 MB: one space, then runs of 258 spaces (RFC 1951, section 3.2.6).
static BOMB: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let (space, run) = ("01010000", "1100010100000");
    let bits = format!("110{space}{}0000000", run.repeat(40_000_000 / 258));
    let byte = |bits: &[u8]| bits.iter().rev().fold(0, |byte, bit| byte << 1 | (bit - b'0'));
    let head = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];
    head.into_iter().chain(bits.as_bytes().chunks(8).map(byte)).collect()
});

fn play(heard: &Heard) -> Vec<Step> {
    match heard.path.as_str() {
        "/feed" => reply("200 OK", "Content-Type: text/html\r\n", FEED),
        "/slow-head" => vec![send("HTTP/1.1 200 OK\r\n"), Step::Pause(Duration::from_secs(9))],
        "/trickling-head" => {
            (0..99).flat_map(|_| [send("HTTP/1.1 200 OK\r\nX: y\r\n"), Step::Pause(Duration::from_millis(50))]).collect()
        }
        "/slow-body" => vec![send(&format!("{HEAD}\r\n<rss>")), Step::Pause(Duration::from_secs(9))],
        "/trickle" => [send(&format!("{HEAD}\r\n<rss>"))]
            .into_iter()
            .chain((0..99).flat_map(|_| [Step::Pause(Duration::from_millis(50)), send(" ")]))
            .collect(),
        "/endless" => vec![send(&format!("{HEAD}\r\n<rss>")), Step::Endless(vec![b' '; 10_000])],
        "/endless-head" => vec![send("HTTP/1.1 200 OK\r\n"), Step::Endless(b"X-Header: filling\r\n".to_vec())],
        "/long-length" => {
            vec![send(&format!("{HEAD}Content-Length: 99999999999\r\n\r\n<rss>")), Step::Endless(vec![b' '; 10_000])]
        }
        "/bomb" => reply("200 OK", "Content-Encoding: gzip\r\n", &*BOMB),
        "/bad-gzip" => reply("200 OK", "Content-Encoding: gzip\r\n", FEED),
        "/many-headers" => reply("200 OK", &"X: y\r\n".repeat(300), FEED),
        "/large-headers" => reply("200 OK", &format!("X: {}\r\n", "y".repeat(9_000)), FEED),
        "/garbage" => vec![send("\u{1}\u{2} what?\r\n\r\n")],
        "/nothing" => vec![],
        "/cut-off" => vec![send(&format!("{HEAD}Content-Length: 5000\r\n\r\n<rss><item>"))],
        "/cut-off-whole" => vec![send(&format!("{HEAD}Content-Length: 5000\r\n\r\n{FEED}\n"))],
        "/circle" => redirect("/circle2"),
        "/circle2" => redirect("/circle"),
        "/self" => redirect("/self#again"),
        "/metadata" => redirect("http://169.254.169.254/latest/meta-data/"),
        "/file" => redirect("file:///etc/passwd"),
        "/loopback" => redirect("http://[::ffff:127.0.0.1]/"),
        "/port" => redirect("http://a.example:6379/"),
        "/no-location" => reply("302 Found", "", ""),
        "/bad-location" => reply("301 Moved", "Location: http://[\r\n", ""),
        "/login-maze" => redirect("https://a.example/login.php"),
        "/login.php" => redirect("https://a.example/login.php?again"),
        "/login.php?again" => redirect("https://a.example/login-maze"),
        "/asks" => redirect("https://consent.b.example/m?continue=x"),
        "/m?continue=x" => ok("<html><body>We value your privacy</body></html>"),
        "/challenge" => reply("403 Forbidden", "CF-Mitigated: challenge\r\n", "<html>Just a moment...</html>"),
        "/html" => ok("<html><head><link rel=alternate type=application/atom+xml href=/atom.xml></head></html>"),
        "/304" => reply("304 Not Modified", "", ""),
        "/empty" => ok(""),
        path => match path.strip_prefix("/hop/").and_then(|number| number.parse::<u32>().ok()) {
            Some(0) => ok(FEED),
            Some(number) => redirect(&format!("/hop/{}", number - 1)),
            None => reply(&format!("{} X", &path[1..]), "", "no"),
        },
    }
}

/// What is asked, and what it must come to.
const CASES: &[(&str, Verdict)] = &[
    ("/feed", Verdict::Fresh),
    ("/slow-head", Verdict::TooSlow),
    ("/trickling-head", Verdict::TooSlow),
    ("/slow-body", Verdict::TooSlow),
    ("/trickle", Verdict::TooSlow),
    ("/endless", Verdict::TooLarge),
    ("/endless-head", Verdict::TooLarge),
    ("/long-length", Verdict::TooLarge),
    ("/bomb", Verdict::TooLarge),
    ("/bad-gzip", Verdict::Unreachable),
    ("/many-headers", Verdict::TooLarge),
    ("/large-headers", Verdict::TooLarge),
    ("/garbage", Verdict::Unreachable),
    ("/nothing", Verdict::Unreachable),
    ("/cut-off", Verdict::Unreachable),
    ("/cut-off-whole", Verdict::Fresh),
    ("/circle", Verdict::Redirects),
    ("/self", Verdict::Redirects),
    ("/hop/5", Verdict::Fresh),
    ("/hop/6", Verdict::Redirects),
    ("/metadata", Verdict::Forbidden),
    ("/file", Verdict::Forbidden),
    ("/loopback", Verdict::Forbidden),
    ("/port", Verdict::Forbidden),
    ("/no-location", Verdict::Redirects),
    ("/bad-location", Verdict::Redirects),
    ("/login-maze", Verdict::Wall),
    ("/asks", Verdict::Wall),
    ("/challenge", Verdict::Challenge),
    ("/html", Verdict::Html),
    ("/304", Verdict::Empty),
    ("/empty", Verdict::Empty),
    ("/404", Verdict::NotFound),
    ("/410", Verdict::Gone),
    ("/451", Verdict::Refused),
    ("/502", Verdict::ServerError),
];

#[tokio::test]
async fn every_refusal_ends_in_its_verdict_and_the_others_finish() {
    let server = Server::new(play).await;
    // A domain each, so that the slow ones wait side by side.
    let mut settings = settings(server.socket);
    // What floods must reach its cap on size before that on time, on a busy machine as well.
    settings.limits = Limits {
        first_byte: Duration::from_secs(2),
        pause: Duration::from_secs(2),
        whole: Duration::from_secs(3),
        ..settings.limits
    };
    let mut requests = Vec::new();
    for (place, (path, _)) in CASES.iter().enumerate() {
        settings.hosts.insert(format!("{place}.example"), server.socket);
        let mut request = feed(&format!("https://{place}.example{path}"));
        Arc::make_mut(&mut request.source).id = (*path).to_string();
        requests.push(request);
    }
    let looks = all(&Fetcher::new(settings).unwrap(), requests).await;
    assert_eq!(looks.len(), CASES.len());
    for (path, verdict) in CASES.iter().copied() {
        let look = looks.iter().find(|look| look.source == path).unwrap();
        assert_eq!(look.verdict, verdict, "{path}: {look:?}");
        assert_eq!(look.body.is_empty(), verdict != Verdict::Fresh, "{path}");
        assert_eq!(look.at, now());
        assert!(verdict.is_success() || look.detail.is_some() || look.status != 0, "{path} says nothing of its cause");
    }
}

async fn look(url: &str) -> Fetched {
    let server = Server::new(play).await;
    one(&Fetcher::new(settings(server.socket)).unwrap(), feed(url)).await
}

#[tokio::test]
async fn a_barred_redirect_is_never_asked_and_is_named() {
    let fetched = look("https://a.example/metadata").await;
    assert_eq!(fetched.detail.as_deref(), Some("it redirects elsewhere: \"169.254.169.254\" is not a public address"));
    assert_eq!((fetched.status, fetched.final_url.as_str()), (302, "https://a.example/metadata"));
}

#[tokio::test]
async fn a_page_in_a_feeds_place_names_the_feed() {
    let fetched = look("https://a.example/html").await;
    assert_eq!(fetched.detail.as_deref(), Some("the page advertises https://a.example/atom.xml"));
}

#[tokio::test]
async fn a_wall_is_named_by_where_it_stands() {
    let fetched = look("https://a.example/asks").await;
    assert_eq!(fetched.detail.as_deref(), Some("it leads to consent.b.example"));
}

#[tokio::test]
async fn a_private_source_is_asked_by_its_own_address_alone() {
    let server = Server::new(|heard| if heard.path == "/own" { ok(FEED) } else { redirect("/own") }).await;
    let settings = Settings { hosts: BTreeMap::new(), ..settings(server.socket) };
    let fetcher = Fetcher::new(settings).unwrap();
    let private = |path: &str, allow_private: bool| {
        let mut request = feed(&format!("http://{}{path}", server.socket));
        Arc::make_mut(&mut request.source).allow_private = allow_private;
        request
    };
    assert_eq!(one(&fetcher, private("/own", false)).await.verdict, Verdict::Forbidden);
    assert_eq!(one(&fetcher, private("/own", true)).await.verdict, Verdict::Fresh);
    assert_eq!(one(&fetcher, private("/redirecting", true)).await.verdict, Verdict::Forbidden);
    let item = Request { purpose: Purpose::Page, ..private("/own", true) };
    assert_eq!(one(&fetcher, item).await.verdict, Verdict::Forbidden);
    assert_eq!(server.paths(), ["/own", "/redirecting"]);
}

#[tokio::test]
async fn a_host_without_tls_is_told_from_one_that_is_not_there() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let socket = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = tokio::io::AsyncWriteExt::write_all(&mut stream, b"this is no handshake\r\n").await;
        }
    });
    let fetcher = Fetcher::new(Settings { hosts: BTreeMap::new(), ..settings(socket) }).unwrap();
    let private = |url: String| {
        let mut request = feed(&url);
        Arc::make_mut(&mut request.source).allow_private = true;
        request
    };
    assert_eq!(one(&fetcher, private(format!("https://{socket}/"))).await.verdict, Verdict::Tls);
    // Port 9 of the loopback refuses.
    assert_eq!(one(&fetcher, private("http://127.0.0.1:9/".into())).await.verdict, Verdict::Unreachable);
    let fetcher = Fetcher::new(settings(socket)).unwrap();
    assert_eq!(one(&fetcher, feed("https://nobody.example/")).await.verdict, Verdict::Dns);
}
