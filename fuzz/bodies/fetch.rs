//! What servers say: an answer's headers and bytes, and `robots.txt`.

use jiff::Timestamp;
use termwall::fetch::pace::{Course, Freshness, fresh_for, next_due, retry_after};
use termwall::fetch::robots::{MOST_BYTES, Rules, allows, filter};
use termwall::fetch::verdict::{Answer, Hope, judge, leads_to_wall};
use termwall::fetch::{advertised, robots};
use termwall::model::fetched::Verdict;
use url::Url;

use super::{assert_bounded, assert_shown, head, stated, url};

/// An answer: hope and status, address asked, address that answered, `Retry-After`, `Cache-Control`, `Expires` and `Date`, then
/// bytes. A success is never told of what is no success, and no header brings us back before we said or after a month.
pub fn answer(data: &[u8]) {
    let ([status, asked, answered, wait, control, expires, date], body) = head(data);
    let retry = retry_after(&wait, now());
    let fresh = fresh_for(
        Freshness { cache_control: stated(&control), age: None, expires: stated(&expires), date: stated(&date) },
        now(),
    );
    check_pace(retry, fresh, status.len() as u32);
    let (Some(asked), Some(answered)) = (url(&asked), url(&answered)) else { return };
    let hope = match status.as_bytes().first() {
        Some(b'p') => Hope::Page,
        Some(b'j') => Hope::Json,
        _ => Hope::Feed,
    };
    let number = status.get(1..4).and_then(|number| number.parse().ok()).filter(|status| (200..600).contains(status));
    let answer = Answer {
        hope,
        status: number.unwrap_or(200),
        challenged: status.ends_with('c'),
        wait: retry.is_some(),
        conditional: status.ends_with('v'),
        body,
        asked: &asked,
        url: &answered,
    };
    check_answer(answer);
    check_advertised(body, &answered);
    assert!(!leads_to_wall(&asked, std::slice::from_ref(&asked)), "an address leads from itself to a wall");
}

fn now() -> Timestamp {
    Timestamp::constant(1_780_000_000, 0)
}

fn check_pace(retry_after: Option<u64>, fresh: Option<u64>, failures: u32) {
    let every = std::time::Duration::from_secs(3600);
    let slowest = every * 8;
    let course =
        Course { id: "example", every, slowest, failures, retry_after, fresh_for: fresh, usual: None, last_change: None };
    let wait = next_due(course, now()).duration_since(now()).as_secs();
    assert!((3600 - 180..=32 * 86_400).contains(&wait), "it waits {wait} seconds");
}

fn check_answer(answer: Answer<'_>) {
    let (verdict, detail) = judge(answer);
    assert_eq!((verdict, &detail), (judge(answer).0, &judge(answer).1), "the same answer is judged otherwise");
    if let Some(detail) = &detail {
        assert_shown("a verdict", detail);
        assert!(detail.len() <= 1_000 + answer.body.len(), "a verdict of {} bytes", detail.len());
    }
    let success = (200..300).contains(&answer.status);
    assert!(verdict != Verdict::Fresh || success && !answer.body.is_empty(), "status {} is fresh", answer.status);
    assert!(verdict != Verdict::Unchanged || answer.status == 304 && answer.conditional, "{} is unchanged", answer.status);
}

fn check_advertised(body: &[u8], base: &Url) {
    let feeds = advertised(body, base);
    for (place, feed) in feeds.iter().enumerate() {
        assert!(matches!(feed.url.scheme(), "http" | "https"), "{} is advertised", feed.url);
        assert!(feeds[..place].iter().all(|other| other.url != feed.url), "{} is advertised twice", feed.url);
    }
    let length = feeds.iter().map(|feed| feed.url.as_str().len() + feed.title.len()).sum();
    assert_bounded("what is advertised", length, body.len(), 50);
}

/// A `robots.txt`: agent, address, bytes. Line ends and comments decide nothing, no delay outlasts a minute, and a rule that
/// forbids all forbids this.
pub fn robots(data: &[u8]) {
    let ([agent, address], body) = head(data);
    let rules = Rules::of(body, &agent);
    assert!(rules.delay.is_none_or(|delay| delay.as_secs() <= 60), "a delay of {:?}", rules.delay);
    assert_eq!(Rules::of(body, &agent), rules, "the same file has other rules");
    let allowed = filter(body, &agent, &address);
    if let (Some(url), Ok(text)) = (url(&address), std::str::from_utf8(body)) {
        let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
        assert_eq!(allows(text, &agent, &url), rules.allow(path), "two ways to ask differ");
    }
    if body.len() + 20 < MOST_BYTES {
        let commented = [b"\n# first\n".as_slice(), body, b"\n# last\n"].concat();
        // The first bytes may be a mark, which counts at the beginning alone.
        if !body.first().is_some_and(|byte| matches!(byte, 0xEF | 0xBB | 0xBF)) {
            assert_eq!(filter(&commented, &agent, &address), allowed, "a comment decides");
        }
    }
    let forbids = "User-agent: *\nDisallow: /\n";
    assert!(!robots::filter(forbids.as_bytes(), &agent, &address), "an address that no rule reaches: {address:?}");
}
