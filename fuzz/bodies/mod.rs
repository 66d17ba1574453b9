//! What each fuzz target does with its bytes, and what must hold of the result. The targets call these functions, and
//! `tests/fuzz.rs` replays what was found through them.

#![allow(dead_code, reason = "a target uses one of them")]

/// Feeds, pages, and what they are made of.
pub mod read;

/// What servers say.
pub mod fetch;

/// Titles and texts.
pub mod tag;

/// Files that people wrote, and published records.
pub mod files;

use std::borrow::Cow;

use url::Url;

/// What a target does with its bytes.
pub type Body = fn(&[u8]);

/// Every target by its name, which is also that of its corpus.
pub const BODIES: &[(&str, Body)] = &[
    ("feed", read::feed),
    ("json", read::json),
    ("xml", read::xml),
    ("charset", read::charset),
    ("page", read::page),
    ("complete", read::complete),
    ("document", read::document),
    ("listing", read::listing),
    ("html", read::html),
    ("plain", read::plain),
    ("date", read::date),
    ("address", read::address),
    ("language", read::language),
    ("answer", fetch::answer),
    ("robots", fetch::robots),
    ("tag", tag::tag),
    ("link", tag::link),
    ("lines", tag::lines),
    ("sources", files::sources),
    ("opml", files::opml),
    ("taxonomy", files::taxonomy),
    ("ledger", files::ledger),
];

/// The first lines of a case, each without its end, and what follows them.
fn head<const N: usize>(data: &[u8]) -> ([Cow<'_, str>; N], &[u8]) {
    let mut rest = data;
    let lines = std::array::from_fn(|_| {
        let end = rest.iter().position(|byte| *byte == b'\n');
        let line = &rest[..end.unwrap_or(rest.len())];
        rest = end.map_or(&[], |end| &rest[end + 1..]);
        String::from_utf8_lossy(line)
    });
    (lines, rest)
}

/// A line of the head; an empty one is absent.
fn stated(line: &str) -> Option<&str> {
    Some(line).filter(|line| !line.is_empty())
}

/// An address of the head. A longer one than any server takes would make every relative link of the case as long.
fn url(line: &str) -> Option<Url> {
    Url::parse(line).ok().filter(|url| url.has_host() && url.as_str().len() <= 200)
}

/// No control characters but line ends, and nothing that turns the direction of what follows.
fn assert_shown(what: &str, text: &str) {
    let turns = |c: char| matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let hidden = text.chars().find(|c| c.is_control() && *c != '\n' || turns(*c));
    assert!(hidden.is_none(), "{what} shows {hidden:?}: {text:?}");
}

/// The same on one line.
fn assert_line(what: &str, text: &str) {
    assert_shown(what, text);
    assert!(!text.contains('\n') && text.trim() == text, "{what} is no single line: {text:?}");
}

/// What is made of a case must not be larger than so many times the case.
fn assert_bounded(what: &str, made: usize, given: usize, times: usize) {
    assert!(made <= times * given + 20_000, "{what} grew from {given} to {made} bytes");
}
