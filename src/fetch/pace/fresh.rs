//! How long an answer holds: its headers go in, seconds come out. The rules of RFC 9111 are `http-cache-semantics`' own.

use std::time::{Duration, SystemTime};

use http::{HeaderValue, Request, Response, header};
use http_cache_semantics::{CacheOptions, CachePolicy};
use jiff::Timestamp;

/// Only what a server says counts: no tenth of an age, and no day for a feed that calls itself immutable.
const PRIVATE: CacheOptions =
    CacheOptions { shared: false, cache_heuristic: 0.0, immutable_min_time_to_live: Duration::ZERO, ignore_cargo_cult: false };

/// The headers that say how long an answer holds, verbatim; several of one name joined by commas.
#[derive(Clone, Copy, Debug, Default)]
pub struct Freshness<'a> {
    /// `Cache-Control`.
    pub cache_control: Option<&'a str>,
    /// `Age`.
    pub age: Option<&'a str>,
    /// `Expires`.
    pub expires: Option<&'a str>,
    /// `Date`.
    pub date: Option<&'a str>,
}

/// Seconds for which an answer that came at `now` holds for a private cache. `None` where the server does not say, or says that
/// it must not be kept: what we do with validators does not depend on this. A 304 renews what we hold, so its headers count alike.
pub fn fresh_for(headers: Freshness<'_>, now: Timestamp) -> Option<u64> {
    // Names of directives are caseless; the crate compares them as written.
    let control = headers.cache_control.map(str::to_ascii_lowercase);
    let said = [
        (header::CACHE_CONTROL, control.as_deref()),
        (header::AGE, headers.age.map(str::trim)),
        (header::EXPIRES, headers.expires),
        (header::DATE, headers.date),
    ];
    let mut answer = Response::new(());
    for (name, value) in said {
        if let Some(value) = value.and_then(|value| HeaderValue::from_str(value).ok()) {
            answer.headers_mut().insert(name, value);
        }
    }
    let now = SystemTime::from(now);
    let policy = CachePolicy::new_options(&Request::new(()), &answer, now, PRIVATE);
    Some(policy.time_to_live(now).as_secs()).filter(|seconds| *seconds > 0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(headers: Freshness<'_>) -> Option<u64> {
        fresh_for(headers, "2026-06-18T12:00:00Z".parse().unwrap())
    }

    fn control(text: &str) -> Freshness<'_> {
        Freshness { cache_control: Some(text), ..Freshness::default() }
    }

    #[test]
    fn freshness_is_read_as_a_private_cache_reads_it() {
        let of = |text, age| of(Freshness { age: Some(age), ..control(text) });
        assert_eq!(of("public, max-age=600", "0"), Some(600));
        assert_eq!(of("Max-Age=\"600\", s-maxage=9", "100"), Some(500));
        assert_eq!(of("max-age=600", "900"), None);
        assert_eq!(of("no-cache, max-age=600", "0"), None);
        assert_eq!(of("no-store, max-age=600", "0"), None);
        assert_eq!(of("private", "0"), None);
        assert_eq!(of("private, max-age=600", "0"), Some(600));
    }

    #[test]
    fn an_expiry_counts_from_the_servers_own_date() {
        let (date, expires) = (Some("Thu, 18 Jun 2026 12:00:00 GMT"), Some("Thu, 18 Jun 2026 12:05:00 GMT"));
        assert_eq!(of(Freshness { date, expires, ..Freshness::default() }), Some(300));
        assert_eq!(of(Freshness { expires, ..Freshness::default() }), Some(300), "without a date, our own clock");
        assert_eq!(of(Freshness { date, expires: Some("0"), ..Freshness::default() }), None);
        assert_eq!(of(Freshness { date, expires, ..control("max-age=60") }), Some(60), "max-age outranks it");
    }

    #[test]
    fn what_a_server_does_not_say_is_not_guessed() {
        assert_eq!(of(control("immutable")), None);
        assert_eq!(of(control("max-age=60, max-age=9")), Some(60), "the first holds");
        assert_eq!(of(control("max-age=soon")), None);
        assert_eq!(of(Freshness::default()), None);
    }

    proptest! {
        #[test]
        fn any_headers_give_seconds_or_none(control in "[ -~]{0,40}", age in "[0-9]{0,30}", expires in "[ -~]{0,40}", date in "[ -~]{0,40}") {
            of(Freshness { cache_control: Some(&control), age: Some(&age), expires: Some(&expires), date: Some(&date) });
        }
    }
}
