//! What an answer means: plain values go in, a verdict comes out. Nothing here touches the network.

use url::Url;

use super::advertised::advertised;
use super::pace::retry_after;
use super::sniff::{self, Shape};
use crate::model::fetched::Verdict;

/// What we hoped for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hope {
    /// A feed.
    Feed,
    /// A page, of one article or of a list.
    Page,
    /// JSON of any shape.
    Json,
}

/// An answer as far as it decides anything.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// What we hoped for.
    pub hope: Hope,
    /// HTTP status.
    pub status: u16,
    /// A header says that a challenge is meant.
    pub challenged: bool,
    /// `Retry-After` is there.
    pub wait: bool,
    /// We sent validators: a 304 makes sense.
    pub conditional: bool,
    /// The decoded body, or its beginning where the status is no success.
    pub body: &'a [u8],
    /// What was asked for.
    pub asked: &'a Url,
    /// Who answered, after redirects.
    pub url: &'a Url,
}

/// A verdict, with more for the report.
pub type Judged = (Verdict, Option<String>);

/// What an answer means. A redirect that is not followed is not judged here.
pub fn judge(answer: Answer<'_>) -> Judged {
    let shape = sniff::shape(answer.body);
    if answer.challenged || (shape == Shape::Html && is_challenge(&answer)) {
        return (Verdict::Challenge, None);
    }
    if shape == Shape::Html && is_wall(answer.url) && !is_wall(answer.asked) {
        return (Verdict::Wall, Some(format!("it leads to {}", host(answer.url))));
    }
    match answer.status {
        200..=299 => judge_body(&answer, shape),
        304 if answer.conditional => (Verdict::Unchanged, None),
        304 => (Verdict::Empty, Some("it answers 304 although nothing was asked that 304 could answer".to_string())),
        410 => (Verdict::Gone, None),
        429 => (Verdict::RateLimited, None),
        503 if answer.wait => (Verdict::RateLimited, None),
        401 | 403 | 406 | 451 => (Verdict::Refused, Some(format!("status {}", answer.status))),
        ..200 => (Verdict::Unreachable, Some(format!("status {}: it wants to speak another protocol", answer.status))),
        408 => (Verdict::TooSlow, Some("status 408".to_string())),
        500.. => (Verdict::ServerError, Some(format!("status {}", answer.status))),
        status => (Verdict::NotFound, Some(with_feed(format!("status {status}"), &answer))),
    }
}

fn judge_body(answer: &Answer<'_>, shape: Shape) -> Judged {
    match (answer.hope, shape) {
        (_, Shape::Empty) => (Verdict::Empty, None),
        (Hope::Feed, Shape::Feed) | (Hope::Json, Shape::Feed | Shape::Json) => (Verdict::Fresh, None),
        (Hope::Feed | Hope::Json, Shape::Html) => judge_html(answer),
        (Hope::Feed, Shape::Json) => (Verdict::NotAFeed, Some("JSON that is no JSON Feed".to_string())),
        (Hope::Page, Shape::Other(what)) if what.starts_with("a PDF") || what.contains("image") || what.contains("zip") => {
            (Verdict::NotAFeed, Some(what))
        }
        (Hope::Page, _) => (Verdict::Fresh, None),
        (Hope::Feed | Hope::Json, Shape::Other(what)) => (Verdict::NotAFeed, Some(what)),
    }
}

/// HTML where a feed was expected. A page that names its feed is more useful than one that asks for a password.
fn judge_html(answer: &Answer<'_>) -> Judged {
    let feeds = advertised(answer.body, answer.url);
    match feeds.into_iter().find(|feed| feed.url != *answer.url) {
        Some(feed) => (Verdict::Html, Some(format!("the page advertises {}", feed.url))),
        None if has(answer.body, &["type=\"password\"", "type='password'", "type=password"]) => (Verdict::Wall, None),
        None => (Verdict::Html, None),
    }
}

fn with_feed(detail: String, answer: &Answer<'_>) -> String {
    match advertised(answer.body, answer.url).first() {
        Some(feed) if answer.hope == Hope::Feed => format!("{detail}; the page advertises {}", feed.url),
        _ => detail,
    }
}

/// Marks of script challenges that no ordinary page carries.
const CHALLENGES: [&str; 9] = [
    "_cf_chl_opt",
    "<title>just a moment...</title>",
    "cf-browser-verification",
    "/_incapsula_resource",
    "geo.captcha-delivery.com",
    "awswafcookiedomainlist",
    "<title>making sure you&#39;re not a bot!</title>",
    "sgcaptcha",
    "ddos-guard/js-challenge",
];

/// An article that writes about challenges is longer than a challenge.
const LONGEST_CHALLENGE: usize = 64 << 10;

fn is_challenge(answer: &Answer<'_>) -> bool {
    let plain_page = answer.hope == Hope::Page && answer.status == 200 && answer.body.len() > LONGEST_CHALLENGE;
    !plain_page && has(answer.body, &CHALLENGES)
}

fn has(body: &[u8], marks: &[&str]) -> bool {
    let text = String::from_utf8_lossy(&body[..body.len().min(LONGEST_CHALLENGE)]).to_ascii_lowercase();
    marks.iter().any(|mark| text.contains(mark))
}

/// First labels of hosts, and whole parts of paths, that ask who one is or what one consents to.
const WALLS: [&str; 16] = [
    "accounts",
    "auth",
    "consent",
    "guce",
    "idp",
    "login",
    "login.php",
    "myprivacy",
    "privacy-gate",
    "privacy-mgmt",
    "registration",
    "sign-in",
    "signin",
    "signup",
    "sso",
    "subscribe",
];

fn is_wall(url: &Url) -> bool {
    let label = url.host_str().and_then(|host| host.split('.').next()).unwrap_or("");
    let path = url.path().to_ascii_lowercase();
    WALLS.contains(&label) || path.split('/').any(|part| WALLS.contains(&part.trim_end_matches(".html")))
}

/// Whether a chain of redirects ran into a login, which often sends clients without cookies round in circles.
pub fn leads_to_wall(asked: &Url, trail: &[Url]) -> bool {
    !is_wall(asked) && trail.iter().any(is_wall)
}

fn host(url: &Url) -> &str {
    url.host_str().unwrap_or("another host")
}

/// Seconds to wait, of the header's text.
pub fn wait(header: Option<&str>, now: jiff::Timestamp) -> Option<u64> {
    header.and_then(|header| retry_after(header, now))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FEED: &str = "<rss version='2.0'><channel></channel></rss>";
    const PAGE: &str = "<!doctype html><html><head></head><body>Hello</body></html>";

    fn answer<'a>(status: u16, body: &'a str, url: &'a Url) -> Answer<'a> {
        Answer {
            hope: Hope::Feed,
            status,
            challenged: false,
            wait: false,
            conditional: false,
            body: body.as_bytes(),
            asked: url,
            url,
        }
    }

    fn verdict(status: u16, body: &str) -> Verdict {
        let url = "https://a.example/feed".parse().unwrap();
        judge(answer(status, body, &url)).0
    }

    #[test]
    fn each_status_has_its_verdict() {
        for (status, expected) in [
            (200, Verdict::Fresh),
            (206, Verdict::Fresh),
            (410, Verdict::Gone),
            (404, Verdict::NotFound),
            (400, Verdict::NotFound),
            (418, Verdict::NotFound),
            (401, Verdict::Refused),
            (403, Verdict::Refused),
            (406, Verdict::Refused),
            (451, Verdict::Refused),
            (408, Verdict::TooSlow),
            (429, Verdict::RateLimited),
            (500, Verdict::ServerError),
            (503, Verdict::ServerError),
            (599, Verdict::ServerError),
            (304, Verdict::Empty),
            (101, Verdict::Unreachable),
        ] {
            assert_eq!(verdict(status, FEED), expected, "{status}");
        }
        let url = "https://a.example/feed".parse().unwrap();
        assert_eq!(judge(Answer { wait: true, ..answer(503, "", &url) }).0, Verdict::RateLimited);
        assert_eq!(judge(Answer { conditional: true, ..answer(304, "", &url) }).0, Verdict::Unchanged);
    }

    #[test]
    fn the_body_decides_and_not_the_header() {
        assert_eq!(verdict(200, " \n"), Verdict::Empty);
        assert_eq!(verdict(200, PAGE), Verdict::Html);
        assert_eq!(verdict(202, PAGE), Verdict::Html);
        assert_eq!(verdict(200, "{\"a\":1}"), Verdict::NotAFeed);
        assert_eq!(verdict(200, "%PDF-1.7"), Verdict::NotAFeed);
        let url = "https://a.example/feed".parse().unwrap();
        assert_eq!(judge(Answer { hope: Hope::Page, ..answer(200, PAGE, &url) }).0, Verdict::Fresh);
        assert_eq!(judge(Answer { hope: Hope::Page, ..answer(200, "%PDF-1.7", &url) }).0, Verdict::NotAFeed);
    }

    #[test]
    fn a_page_in_a_feeds_place_says_where_the_feed_is() {
        let page = "<html><head><link rel=alternate type=application/rss+xml href=/rss.xml></head><input type=password>";
        let url = "https://a.example/feed".parse().unwrap();
        let advertised = Some("the page advertises https://a.example/rss.xml".to_string());
        assert_eq!(judge(answer(200, page, &url)), (Verdict::Html, advertised));
        let (verdict, detail) = judge(answer(404, page, &url));
        assert_eq!(
            (verdict, detail.as_deref()),
            (Verdict::NotFound, Some("status 404; the page advertises https://a.example/rss.xml"))
        );
        assert_eq!(super::tests::verdict(200, "<html><form><input type=\"password\"></form>"), Verdict::Wall);
    }

    #[test]
    fn challenges_are_told_from_refusals() {
        let url = "https://a.example/feed".parse().unwrap();
        assert_eq!(judge(Answer { challenged: true, ..answer(403, PAGE, &url) }).0, Verdict::Challenge);
        for mark in CHALLENGES {
            assert_eq!(verdict(403, &format!("<html>{mark}")), Verdict::Challenge, "{mark}");
            assert_eq!(verdict(200, &format!("<html>{}", mark.to_uppercase())), Verdict::Challenge, "{mark}");
        }
        assert_eq!(verdict(200, "<rss><title>_cf_chl_opt explained</title></rss>"), Verdict::Fresh);
        let article = format!("<html>_cf_chl_opt{}", "x".repeat(LONGEST_CHALLENGE));
        assert_eq!(judge(Answer { hope: Hope::Page, ..answer(200, &article, &url) }).0, Verdict::Fresh);
    }

    #[test]
    fn walls_are_known_by_where_a_redirect_leads() {
        let asked: Url = "https://news.example/feed".parse().unwrap();
        for wall in [
            "https://consent.google.com/m?continue=x",
            "https://news.example/login.php",
            "https://accounts.news.example/",
            "https://news.example/user/SignIn",
        ] {
            let url = wall.parse().unwrap();
            let judged = judge(Answer { asked: &asked, ..answer(200, PAGE, &url) }).0;
            assert_eq!(judged, Verdict::Wall, "{wall}");
            assert_eq!(judge(Answer { asked: &asked, ..answer(200, FEED, &url) }).0, Verdict::Fresh, "{wall}");
        }
        let other = "https://news.example/logins-stolen".parse().unwrap();
        assert_eq!(judge(Answer { asked: &asked, ..answer(200, PAGE, &other) }).0, Verdict::Html);
        assert!(leads_to_wall(&asked, &["https://news.example/login".parse().unwrap()]));
    }
}
