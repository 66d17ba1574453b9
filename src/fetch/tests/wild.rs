//! Random bytes where servers and editors write: nothing panics, nothing hangs.

use proptest::prelude::*;

use super::super::verdict::{Answer, Hope, judge};
use super::super::{advertised, pace, robots};
use super::*;

/// A slow but obvious matcher, to compare with.
fn matches(pattern: &[u8], path: &[u8]) -> bool {
    match pattern {
        [] => true,
        [b'$'] => path.is_empty(),
        [b'*', rest @ ..] => (0..=path.len()).any(|at| matches(rest, &path[at..])),
        [first, rest @ ..] => path.first() == Some(first) && matches(rest, &path[1..]),
    }
}

proptest! {
    #[test]
    fn a_rule_matches_as_the_obvious_matcher_says(pattern in "/[ab*$]{0,8}", path in "/[ab$]{0,10}") {
        let file = format!("user-agent: x\ndisallow: {pattern}\n");
        prop_assert_eq!(robots::filter(file.as_bytes(), "x", &path), !matches(pattern.as_bytes(), path.as_bytes()));
    }

    #[test]
    fn any_robots_file_is_read(file in prop::collection::vec(any::<u8>(), 0..2000), agent in ".{0,20}", url in ".{0,60}") {
        robots::filter(&file, &agent, &url);
    }

    #[test]
    fn any_lines_make_a_robots_file(lines in "((user-agent|allow|disallow|crawl-delay)[: ]{1,2}[*/a-zA-Z%0-9$#.]{0,12}[\r\n]{1,2}){0,20}") {
        robots::filter(lines.as_bytes(), "a", "https://a.example/a?b");
    }

    #[test]
    fn any_body_is_judged(start in "(<|<\\?|<!--|<!doctype html|<rss|<a:feed|\\{|\u{feff}| |[a-z>\"=]){0,12}", rest in prop::collection::vec(any::<u8>(), 0..300), status in 200u16..600) {
        let body: Vec<u8> = start.bytes().chain(rest).collect();
        let url: Url = "https://a.example/feed".parse().unwrap();
        for hope in [Hope::Feed, Hope::Page, Hope::Json] {
            judge(Answer { hope, status, challenged: false, wait: false, conditional: true, body: &body, asked: &url, url: &url });
        }
        advertised(&body, &url);
    }

    #[test]
    fn any_course_has_a_next_look_that_is_later(failures in any::<u32>(), retry_after in any::<Option<u64>>(), fresh_for in any::<Option<u64>>(), every in 60u64..3_000_000, slowest in any::<u32>(), usual in any::<Option<u64>>(), quiet in any::<i32>()) {
        let last_change = now().checked_sub(jiff::SignedDuration::from_secs(quiet.into())).ok();
        let (every, slowest, usual) = (Duration::from_secs(every), Duration::from_secs(slowest.into()), usual.map(Duration::from_secs));
        let course = pace::Course { id: "a", every, slowest, failures, retry_after, fresh_for, usual, last_change };
        prop_assert!(pace::next_due(course, now()) > now());
    }

    #[test]
    fn any_header_is_a_wait_or_none(header in ".{0,40}") {
        pace::retry_after(&header, now());
    }
}
