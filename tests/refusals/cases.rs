//! What servers do to us, one name each, and the verdict that it earns.

use std::time::Duration;

use termwall::model::fetched::Verdict;

use super::bombs;
use super::server::{Heard, Play, Step, ok, redirect, reply, send};

/// One name and what it does.
#[derive(Clone, Copy)]
pub struct Case {
    pub name: &'static str,
    pub verdict: Verdict,
    pub play: Play,
}

fn case(name: &'static str, verdict: Verdict, play: Play) -> Case {
    Case { name, verdict, play }
}

pub fn cases() -> Vec<Case> {
    // The slow ones come first, so that the others are asked beside them.
    [endings(), heads(), lies(), statuses(), limits(), redirects(), barred(), bodies(), walls()].concat()
}

const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n";

/// Between two pieces of a trickle.
const DRIP: Duration = Duration::from_millis(100);

/// Between two pieces of a flood that only time ends: without it, the server would take all of a small machine for as long.
const FLOOD: Duration = Duration::from_millis(1);

/// A feed that names the host it came from.
pub fn feed(name: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>{name}</title><link>https://{name}.example/</link>\
         <item><title>News of {name}</title><link>https://{name}.example/1</link></item></channel></rss>\n"
    )
}

/// A feed just below the cap: much of it, but a feed.
pub fn large_feed(name: &str) -> String {
    let filler = "<!-- so much to say -->\n".repeat(300_000);
    feed(name).replace("<item>", &format!("{filler}<item>"))
}

fn own(heard: &Heard) -> String {
    feed(heard.name())
}

const PAGE: &str = "<!doctype html><html><head><title>News</title></head><body><p>Hello</p></body></html>";

/// A healthy source: it knows its validators.
pub fn healthy(heard: &Heard) -> Vec<Step> {
    let etag = format!("\"{}\"", heard.name());
    match heard.head.contains(&format!("if-none-match: {etag}")) {
        true => reply("304 Not Modified", &format!("ETag: {etag}\r\n"), ""),
        false => reply("200 OK", &format!("ETag: {etag}\r\n"), own(heard)),
    }
}

fn statuses() -> Vec<Case> {
    vec![
        case("never-304", Verdict::Fresh, |heard| ok(own(heard))),
        case("as-html", Verdict::Fresh, |heard| reply("200 OK", "Content-Type: text/html\r\n", own(heard))),
        case("status-203", Verdict::Fresh, |heard| reply("203 Somebody Else's", "", own(heard))),
        case("unasked-304", Verdict::Empty, |_| reply("304 Not Modified", "", "")),
        case("status-400", Verdict::NotFound, |_| reply("400 Bad Request", "", "no")),
        case("status-401", Verdict::Refused, |_| reply("401 Unauthorized", "WWW-Authenticate: Basic\r\n", "no")),
        case("status-402", Verdict::NotFound, |_| reply("402 Payment Required", "", "no")),
        case("status-403", Verdict::Refused, |_| reply("403 Forbidden", "", PAGE)),
        case("status-404", Verdict::NotFound, |_| reply("404 Not Found", "", PAGE)),
        case("status-405", Verdict::NotFound, |_| reply("405 Method Not Allowed", "", "no")),
        case("status-406", Verdict::Refused, |_| reply("406 Not Acceptable", "", "no")),
        case("status-408", Verdict::TooSlow, |_| reply("408 Request Timeout", "", "no")),
        case("status-410", Verdict::Gone, |_| reply("410 Gone", "", "no")),
        case("status-418", Verdict::NotFound, |_| reply("418 I'm a Teapot", "", "no")),
        case("status-451", Verdict::Refused, |_| reply("451 Unavailable For Legal Reasons", "", "no")),
        case("status-500", Verdict::ServerError, |_| reply("500 Oops", "", "no")),
        case("status-500-with-a-feed", Verdict::ServerError, |heard| reply("500 Oops", "", own(heard))),
        case("status-502", Verdict::ServerError, |_| reply("502 Bad Gateway", "", PAGE)),
        case("status-503", Verdict::ServerError, |_| reply("503 Busy", "", "no")),
        case("status-504", Verdict::ServerError, |_| reply("504 Gateway Timeout", "", "no")),
        case("status-599", Verdict::ServerError, |_| reply("599 Network Connect Timeout", "", "no")),
        case("status-999", Verdict::ServerError, |_| reply("999 Denied", "", "no")),
    ]
}

fn limits() -> Vec<Case> {
    vec![
        case("limit-seconds", Verdict::RateLimited, |_| reply("429 Slow Down", "Retry-After: 3600\r\n", "")),
        case("limit-date", Verdict::RateLimited, |_| {
            reply("429 Slow Down", "Retry-After: Thu, 18 Jun 2026 13:00:00 GMT\r\n", "")
        }),
        case("limit-zero", Verdict::RateLimited, |_| reply("429 Slow Down", "Retry-After: 0\r\n", "")),
        case("limit-absurd", Verdict::RateLimited, |_| reply("429 Slow Down", "Retry-After: 99999999999999999999999999\r\n", "")),
        case("limit-words", Verdict::RateLimited, |_| reply("429 Slow Down", "Retry-After: whenever\r\n", "")),
        case("limit-silent", Verdict::RateLimited, |_| reply("429 Slow Down", "", "")),
        case("busy-with-wait", Verdict::RateLimited, |_| reply("503 Busy", "Retry-After: 120\r\n", "")),
    ]
}

/// Counts down by the path: `/feed` leads to `/4`, that to `/3`, and `/0` is there.
fn countdown(heard: &Heard, from: u32, status: &str) -> Vec<Step> {
    match heard.path[1..].parse::<u32>().unwrap_or(from) {
        0 => ok(own(heard)),
        number => redirect(status, &format!("/{}", number - 1)),
    }
}

fn redirects() -> Vec<Case> {
    vec![
        case("moved-301", Verdict::Fresh, |heard| countdown(heard, 1, "301 Moved Permanently")),
        case("found-302", Verdict::Fresh, |heard| countdown(heard, 1, "302 Found")),
        case("other-303", Verdict::Fresh, |heard| countdown(heard, 1, "303 See Other")),
        case("found-307", Verdict::Fresh, |heard| countdown(heard, 1, "307 Temporary Redirect")),
        case("moved-308", Verdict::Fresh, |heard| countdown(heard, 1, "308 Permanent Redirect")),
        case("five-hops", Verdict::Fresh, |heard| countdown(heard, 5, "302 Found")),
        case("six-hops", Verdict::Redirects, |heard| countdown(heard, 6, "302 Found")),
        case("hops-for-ever", Verdict::Redirects, |heard| redirect("302 Found", &format!("{}x", heard.path))),
        case("circle", Verdict::Redirects, |heard| redirect("301 Moved", if heard.path == "/feed" { "/other" } else { "/feed" })),
        case("circle-of-one", Verdict::Redirects, |_| redirect("302 Found", "/feed#again")),
        case("no-location", Verdict::Redirects, |_| reply("301 Moved", "", PAGE)),
        case("empty-location", Verdict::Redirects, |_| redirect("301 Moved", "")),
        case("bad-location", Verdict::Redirects, |_| redirect("301 Moved", "http://[")),
        case("binary-location", Verdict::Redirects, |_| {
            vec![Step::Send(b"HTTP/1.1 302 Found\r\nLocation: http://\xff\xfe:99999999/\r\nContent-Length: 0\r\n\r\n".to_vec())]
        }),
        case("choices-300", Verdict::NotFound, |_| redirect("300 Multiple Choices", "/other")),
        case("dot-at-the-end", Verdict::Fresh, |heard| match heard.host.ends_with('.') {
            true => ok(own(heard)),
            false => redirect("302 Found", "http://dot-at-the-end.example./feed"),
        }),
        case("to-the-nameless", Verdict::Dns, |_| redirect("302 Found", "https://nobody.invalid/feed")),
        case("endless-redirect", Verdict::Fresh, |heard| match heard.path.as_str() {
            "/feed" => vec![send("HTTP/1.1 302 Found\r\nLocation: /there\r\n\r\n"), Step::Endless(vec![b' '; 60_000])],
            _ => ok(own(heard)),
        }),
    ]
}

/// Redirects into the house. The port is the one that the source's own address has, so that the address alone can bar them.
fn barred() -> Vec<Case> {
    fn to(host: &str, heard: &Heard) -> Vec<Step> {
        redirect("302 Found", &format!("http://{host}:{}/latest/meta-data/", heard.port()))
    }
    vec![
        case("to-metadata", Verdict::Forbidden, |heard| to("169.254.169.254", heard)),
        case("to-loopback", Verdict::Forbidden, |heard| to("127.0.0.1", heard)),
        case("to-loopback-6", Verdict::Forbidden, |heard| to("[::1]", heard)),
        case("to-mapped", Verdict::Forbidden, |heard| to("[::ffff:10.0.0.1]", heard)),
        case("to-translated", Verdict::Forbidden, |heard| to("[64:ff9b::7f00:1]", heard)),
        case("to-six-to-four", Verdict::Forbidden, |heard| to("[2002:7f00:1::]", heard)),
        case("to-hexadecimal", Verdict::Forbidden, |heard| to("0x7f.1", heard)),
        case("to-octal", Verdict::Forbidden, |heard| to("0177.0.0.1", heard)),
        case("to-decimal", Verdict::Forbidden, |heard| to("2130706433", heard)),
        case("to-wide-digits", Verdict::Forbidden, |heard| to("%EF%BC%91%EF%BC%92%EF%BC%97.0.0.1", heard)),
        case("to-unspecified", Verdict::Forbidden, |heard| to("0.0.0.0", heard)),
        case("to-shared", Verdict::Forbidden, |heard| to("100.64.0.1", heard)),
        case("to-localhost", Verdict::Forbidden, |heard| to("localhost", heard)),
        case("to-localhost-dot", Verdict::Forbidden, |heard| to("a.LocalHost.", heard)),
        case("to-a-name-within", Verdict::Forbidden, |heard| to("within.example", heard)),
        case("to-a-user", Verdict::Forbidden, |_| redirect("302 Found", "https://a:b@to-a-user.example/")),
        case("to-a-port", Verdict::Forbidden, |_| redirect("302 Found", "http://to-a-port.example:6379/")),
        case("to-a-file", Verdict::Forbidden, |_| redirect("302 Found", "file:///etc/passwd")),
        case("to-ftp", Verdict::Forbidden, |_| redirect("302 Found", "ftp://to-ftp.example/feed")),
        case("to-gopher", Verdict::Forbidden, |_| redirect("302 Found", "gopher://to-gopher.example/_x")),
        case("to-a-script", Verdict::Forbidden, |_| redirect("302 Found", "javascript:alert(1)")),
        case("to-data", Verdict::Forbidden, |_| redirect("302 Found", "data:text/xml,<rss/>")),
        case("late-to-metadata", Verdict::Forbidden, |heard| match heard.path.as_str() {
            "/3" => to("169.254.169.254", heard),
            _ => countdown(heard, 5, "302 Found"),
        }),
    ]
}

fn bodies() -> Vec<Case> {
    vec![
        case("page", Verdict::Html, |_| ok(PAGE)),
        case("page-with-feed", Verdict::Html, |_| {
            ok("<html><head><link rel=alternate type=application/atom+xml href=/atom.xml></head><body></body></html>")
        }),
        case("page-as-rss", Verdict::Html, |_| reply("200 OK", "Content-Type: application/rss+xml\r\n", PAGE)),
        case("empty", Verdict::Empty, |_| ok("")),
        case("status-204", Verdict::Empty, |_| vec![send("HTTP/1.1 204 No Content\r\n\r\n")]),
        case("blank", Verdict::Empty, |_| ok(" \r\n\t\u{feff}".repeat(1000))),
        case("zeros", Verdict::Empty, |_| ok(vec![0; 100_000])),
        case("pdf", Verdict::NotAFeed, |_| ok("%PDF-1.7\n%\u{e2}\u{e3}")),
        case("png", Verdict::NotAFeed, |_| ok(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")),
        case("jpeg", Verdict::NotAFeed, |_| ok(b"\xff\xd8\xff\xe0\0\x10JFIF")),
        case("zip", Verdict::NotAFeed, |_| ok(b"PK\x03\x04\x14\0\0\0")),
        case("json", Verdict::NotAFeed, |_| ok("{\"error\": {\"code\": 7}}")),
        case("text", Verdict::NotAFeed, |_| ok("We are back soon.")),
        case("sitemap", Verdict::NotAFeed, |_| ok("<urlset><url><loc>https://sitemap.example/</loc></url></urlset>")),
        case("noise", Verdict::NotAFeed, |_| {
            ok((0..50_000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8 | 0x80).collect::<Vec<_>>())
        }),
        case("deep", Verdict::NotAFeed, |_| ok("<a>".repeat(500_000))),
    ]
}

fn walls() -> Vec<Case> {
    vec![
        case("cloudflare-403", Verdict::Challenge, |_| reply("403 Forbidden", "CF-Mitigated: challenge\r\n", PAGE)),
        case("cloudflare-200", Verdict::Challenge, |_| {
            ok("<!DOCTYPE html><html><head><title>Just a moment...</title></head><script>window._cf_chl_opt={}</script></html>")
        }),
        case("cloudflare-503", Verdict::Challenge, |_| {
            reply("503 Wait", "Retry-After: 10\r\n", "<html><head><title>Just a moment...</title></head></html>")
        }),
        case("aws-waf", Verdict::Challenge, |_| reply("202 Accepted", "x-amzn-waf-action: challenge\r\n", "")),
        case("aws-captcha", Verdict::Challenge, |_| reply("405 No", "x-amzn-waf-action: captcha\r\n", PAGE)),
        case("asks-consent", Verdict::Wall, |heard| match heard.path.as_str() {
            "/feed" => redirect("302 Found", "/consent/?continue=feed"),
            _ => ok(PAGE),
        }),
        case("asks-password", Verdict::Wall, |_| ok("<html><form><input name=a><input type=\"password\"></form></html>")),
        case("maze", Verdict::Wall, |heard| match heard.path.as_str() {
            "/feed" => redirect("302 Found", "/login"),
            "/login" => redirect("302 Found", "/login?again"),
            _ => redirect("302 Found", "/feed"),
        }),
    ]
}

fn packed(coding: &str, start: Vec<u8>, piece: Vec<u8>) -> Vec<Step> {
    vec![send(&format!("{HEAD}Content-Encoding: {coding}\r\n\r\n")), Step::Send(start), Step::Endless(piece)]
}

fn lies() -> Vec<Case> {
    vec![
        case("gzip-bomb", Verdict::TooLarge, |_| {
            let (start, piece) = bombs::gzip();
            packed("gzip", start, piece)
        }),
        case("deflate-bomb", Verdict::TooLarge, |_| {
            let (start, piece) = bombs::zlib();
            packed("deflate", start, piece)
        }),
        case("brotli-bomb", Verdict::TooLarge, |_| reply("200 OK", "Content-Encoding: br\r\n", bombs::brotli())),
        case("zstd-bomb", Verdict::TooLarge, |_| reply("200 OK", "Content-Encoding: zstd\r\n", bombs::zstd(0x68))),
        case("zstd-window", Verdict::Unreachable, |_| reply("200 OK", "Content-Encoding: zstd\r\n", bombs::zstd(0xa8))),
        case("bomb-of-a-refusal", Verdict::Refused, |_| reply("403 Forbidden", "Content-Encoding: br\r\n", bombs::brotli())),
        case("false-gzip", Verdict::Unreachable, |heard| reply("200 OK", "Content-Encoding: gzip\r\n", own(heard))),
        case("false-brotli", Verdict::Unreachable, |heard| reply("200 OK", "Content-Encoding: br\r\n", own(heard))),
        case("false-zstd", Verdict::Unreachable, |heard| reply("200 OK", "Content-Encoding: zstd\r\n", own(heard))),
        case("odd-coding", Verdict::Fresh, |heard| reply("200 OK", "Content-Encoding: rot13\r\n", own(heard))),
        case("gzip-undeclared", Verdict::NotAFeed, |_| ok(bombs::gzip().0)),
        case("length-too-long", Verdict::Unreachable, |_| vec![send(&format!("{HEAD}Content-Length: 5000\r\n\r\n<rss><item>"))]),
        case("length-too-long-but-whole", Verdict::Fresh, |heard| {
            vec![send(&format!("{HEAD}Content-Length: 5000\r\n\r\n{}", own(heard)))]
        }),
        case("length-too-short", Verdict::Fresh, |heard| {
            let body = own(heard);
            vec![send(&format!("{HEAD}Content-Length: {}\r\n\r\n{body}{}", body.len(), feed("somebody-else")))]
        }),
        case("length-beyond-all", Verdict::TooLarge, |_| {
            vec![send(&format!("{HEAD}Content-Length: 9999999999999\r\n\r\n<rss>")), Step::Endless(vec![b' '; 60_000])]
        }),
        case("length-of-words", Verdict::Unreachable, |heard| {
            vec![send(&format!("{HEAD}Content-Length: many\r\n\r\n{}", own(heard)))]
        }),
        case("two-lengths", Verdict::Unreachable, |heard| {
            vec![send(&format!("{HEAD}Content-Length: 5\r\nContent-Length: 50\r\n\r\n{}", own(heard)))]
        }),
        case("second-answer", Verdict::Fresh, |heard| [healthy(heard), ok(feed("somebody-else"))].concat()),
        case("endless-body", Verdict::TooLarge, |_| vec![send(&format!("{HEAD}\r\n<rss>")), Step::Endless(vec![b' '; 60_000])]),
        case("endless-chunks", Verdict::TooLarge, |_| {
            let chunk = format!("2710\r\n{}\r\n", " ".repeat(10_000));
            vec![send(&format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n")), Step::Endless(chunk.into_bytes())]
        }),
        case("endless-404", Verdict::NotFound, |_| {
            vec![send("HTTP/1.1 404 Not Found\r\n\r\n<html>"), Step::Endless(vec![b' '; 60_000])]
        }),
    ]
}

fn heads() -> Vec<Case> {
    const OK: &str = "HTTP/1.1 200 OK\r\n";
    vec![
        case("large-head", Verdict::TooLarge, |heard| reply("200 OK", &format!("X: {}\r\n", "y".repeat(1 << 20)), own(heard))),
        case("largish-head", Verdict::TooLarge, |heard| reply("200 OK", &format!("X: {}\r\n", "y".repeat(70_000)), own(heard))),
        case("many-headers", Verdict::TooLarge, |heard| {
            let headers: String = (0..10_000).map(|n| format!("X-{n}: y\r\n")).collect();
            reply("200 OK", &headers, own(heard))
        }),
        case("head-never-ends", Verdict::TooLarge, |_| vec![send(OK), Step::Endless(b"X-Header: filling\r\n".repeat(100))]),
        case("line-never-ends", Verdict::TooLarge, |_| vec![send(OK), send("X: "), Step::Endless(vec![b'y'; 10_000])]),
        case("head-trickles", Verdict::TooSlow, |_| vec![send(OK), Step::Trickle(b"X: y\r\n".to_vec(), DRIP)]),
        case("head-stops", Verdict::TooSlow, |_| vec![send("HTTP/1.1 200 OK\r\nContent-Ty"), Step::Hang]),
        case("continue-flood", Verdict::Fresh, |heard| {
            [vec![Step::Send(b"HTTP/1.1 100 Continue\r\n\r\n".repeat(1_000))], ok(own(heard))].concat()
        }),
        case("continue-for-ever", Verdict::TooSlow, |_| vec![Step::Trickle(b"HTTP/1.1 100 Continue\r\n\r\n".repeat(100), FLOOD)]),
        case("hints-for-ever", Verdict::TooSlow, |_| {
            vec![Step::Trickle(b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n".repeat(100), FLOOD)]
        }),
        case("switching", Verdict::Unreachable, |_| vec![send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n")]),
        case("garbage", Verdict::Unreachable, |_| vec![Step::Send(b"\x01\x02 what?\r\n\r\n".to_vec())]),
        case("http-0-9", Verdict::Unreachable, |heard| vec![send(&own(heard))]),
        case("http-9", Verdict::Unreachable, |heard| vec![send(&format!("HTTP/9.9 200 OK\r\n\r\n{}", own(heard)))]),
        case("smtp", Verdict::Unreachable, |_| vec![send("220 mail.example ESMTP\r\n"), Step::Hang]),
        case("http-1-0", Verdict::Fresh, |heard| vec![send(&format!("HTTP/1.0 200 OK\r\n\r\n{}", own(heard)))]),
        case("bare-line-feeds", Verdict::Fresh, |heard| vec![send(&format!("HTTP/1.1 200 OK\nX: y\n\n{}", own(heard)))]),
        case("control-in-head", Verdict::Unreachable, |heard| {
            vec![Step::Send(format!("{OK}X: a\0b\r\n\r\n{}", own(heard)).into_bytes())]
        }),
    ]
}

fn endings() -> Vec<Case> {
    const CHUNKED: &str = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    vec![
        case("silent", Verdict::TooSlow, |_| vec![Step::Hang]),
        case("slams-the-door", Verdict::Unreachable, |_| vec![]),
        case("resets", Verdict::Unreachable, |_| vec![Step::Reset]),
        case("ends-within-head", Verdict::Unreachable, |_| vec![send("HTTP/1.1 200 OK\r\nContent-Ty")]),
        case("resets-within-body", Verdict::Unreachable, |_| vec![send(&format!("{HEAD}\r\n<rss>")), Step::Reset]),
        case("stops-within-body", Verdict::TooSlow, |_| vec![send(&format!("{HEAD}\r\n<rss>")), Step::Hang]),
        case("trickle", Verdict::TooSlow, |_| vec![send(&format!("{HEAD}\r\n<rss>")), Step::Trickle(b" ".to_vec(), DRIP)]),
        case("chunks-trickle", Verdict::TooSlow, |_| vec![send(CHUNKED), Step::Trickle(b"1\r\n \r\n".to_vec(), DRIP)]),
        case("half-a-chunk", Verdict::Unreachable, |_| vec![send(&format!("{CHUNKED}400\r\n<rss>"))]),
        case("no-last-chunk", Verdict::Fresh, |heard| {
            let body = own(heard);
            vec![send(&format!("{CHUNKED}{:x}\r\n{body}\r\n", body.len()))]
        }),
        case("bad-chunk-size", Verdict::Unreachable, |_| vec![send(&format!("{CHUNKED}zz\r\n<rss>\r\n"))]),
        case("vast-chunk-size", Verdict::Unreachable, |_| vec![send(&format!("{CHUNKED}fffffffffffffffffff\r\n<rss>\r\n"))]),
        case("endless-chunk-size", Verdict::TooSlow, |_| vec![send(CHUNKED), Step::Trickle(vec![b'0'; 10_000], FLOOD)]),
        case("endless-chunk-extension", Verdict::Unreachable, |_| {
            vec![send(CHUNKED), send("5;x="), Step::Endless(vec![b'y'; 10_000])]
        }),
        case("endless-trailers", Verdict::Unreachable, |_| {
            vec![send(&format!("{CHUNKED}5\r\n<rss>\r\n0\r\n")), Step::Endless(b"X: y\r\n".repeat(1_000))]
        }),
        case("gzip-cut-off", Verdict::Unreachable, |_| {
            let (start, _) = bombs::gzip();
            reply("200 OK", "Content-Encoding: gzip\r\n", start)
        }),
    ]
}
