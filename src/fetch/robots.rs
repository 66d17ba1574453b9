//! `robots.txt`, by RFC 9309 and the semantics that Google publishes for it: text goes in, allowed or not comes out.
//!
//! The longest matching rule wins and `allow` wins a tie. Where the two differ, the published matcher is followed, for it is
//! what webmasters test with: percent-encoded letters are compared as written, lines without a colon are understood, and a rule
//! for `index.html` covers its directory.

use std::time::Duration;

use url::Url;

/// Bytes that are read of one file; RFC 9309 asks for at least 500 KiB.
pub const MOST_BYTES: usize = 500 << 10;

/// Bytes that are read of one line: eight times the longest address that browsers once took.
const LONGEST_LINE: usize = 2083 * 8 - 1;

/// Longer crawl delays would keep a run open for one domain alone.
const LONGEST_DELAY: Duration = Duration::from_secs(60);

/// The rules of one file for one agent.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rules {
    rules: Vec<Rule>,
    /// `Crawl-delay` of the agent's groups, at most a minute. No part of RFC 9309, but honoured.
    pub delay: Option<Duration>,
}

#[derive(Clone, Debug, PartialEq)]
struct Rule {
    allow: bool,
    /// Percent-encoded where it is not ASCII.
    pattern: String,
}

/// Whether an agent (`Termwall` or `Termwall/1.0`) may fetch an address.
pub fn allows(robots: &str, agent: &str, url: &Url) -> bool {
    let path = &url[url::Position::BeforePath..url::Position::AfterQuery];
    Rules::of(robots.as_bytes(), agent).allow(path)
}

/// What the filter `robots` answers, for an address that may be anything at all. It is compared as it is written: whoever asks
/// encodes it first.
pub fn filter(robots: &[u8], agent: &str, url: &str) -> bool {
    Rules::of(robots, agent).allow(&path_of(url))
}

impl Rules {
    /// The rules that a file has for an agent: those of all its groups, or else those of the groups for `*`.
    pub fn of(robots: &[u8], agent: &str) -> Self {
        let agent = agent.split('/').next().unwrap_or("").trim();
        let mut file = File { agent, own: None, all: Self::default(), to_own: false, to_all: false, in_rules: true };
        let robots = &robots[..robots.len().min(MOST_BYTES)];
        for line in lines(without_mark(robots)) {
            if let Some((key, value)) = key_and_value(line) {
                file.take(&key, value);
            }
        }
        file.own.unwrap_or(file.all)
    }

    /// Whether a path with its query may be fetched.
    pub fn allow(&self, path: &str) -> bool {
        let longest = |allow: bool| {
            let rules = self.rules.iter().filter(|rule| rule.allow == allow);
            rules.map(|rule| rule.priority(path)).max().unwrap_or(0)
        };
        longest(true) >= longest(false)
    }
}

/// A file that is being read.
struct File<'a> {
    agent: &'a str,
    /// `None` until a group names the agent: an empty group of its own still shuts out those for all.
    own: Option<Rules>,
    all: Rules,
    to_own: bool,
    to_all: bool,
    in_rules: bool,
}

impl File<'_> {
    fn take(&mut self, key: &str, value: &[u8]) {
        match key {
            "user-agent" => self.enter(value),
            "allow" | "disallow" => {
                self.in_rules = true;
                let allow = key == "allow";
                let pattern = encoded(value);
                let directory = allow.then(|| directory_of(&pattern)).flatten();
                for pattern in [Some(pattern), directory].into_iter().flatten() {
                    self.each(|rules| rules.rules.push(Rule { allow, pattern: pattern.clone() }));
                }
            }
            "crawl-delay" => {
                let Some(delay) = delay(value) else { return };
                self.each(|rules| rules.delay = rules.delay.max(Some(delay)));
            }
            _ => {}
        }
    }

    /// A line that names an agent opens a group, or adds a name to the group that the line before opened.
    fn enter(&mut self, value: &[u8]) {
        if self.in_rules {
            (self.to_own, self.to_all, self.in_rules) = (false, false, false);
        }
        if value.first() == Some(&b'*') && value.get(1).is_none_or(u8::is_ascii_whitespace) {
            self.to_all = true;
            return;
        }
        let token = value.iter().take_while(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'_')).count();
        if value[..token].eq_ignore_ascii_case(self.agent.as_bytes()) && token > 0 {
            self.to_own = true;
            self.own.get_or_insert_default();
        }
    }

    fn each(&mut self, mut change: impl FnMut(&mut Rules)) {
        if self.to_own {
            change(self.own.get_or_insert_default());
        }
        if self.to_all {
            change(&mut self.all);
        }
    }
}

impl Rule {
    /// The length of the pattern where it matches, else 0, which loses against every match.
    fn priority(&self, path: &str) -> usize {
        if matches(&self.pattern, path) { self.pattern.len() } else { 0 }
    }
}

/// `*` stands for anything, `$` at the end for the end. Linear in the path for each `*`.
fn matches(pattern: &str, path: &str) -> bool {
    let (pattern, anchored) = match pattern.strip_suffix('$') {
        Some(rest) => (rest, true),
        None => (pattern, false),
    };
    let mut pieces = pattern.split('*');
    let Some(mut rest) = pieces.next().and_then(|first| path.strip_prefix(first)) else { return false };
    let mut pieces = pieces.peekable();
    if pieces.peek().is_none() {
        return !anchored || rest.is_empty();
    }
    while let Some(piece) = pieces.next() {
        if anchored && pieces.peek().is_none() {
            return rest.ends_with(piece);
        }
        let Some(at) = rest.find(piece) else { return false };
        rest = &rest[at + piece.len()..];
    }
    true
}

/// A pattern that allows `/a/index.html` allows `/a/` as well.
fn directory_of(pattern: &str) -> Option<String> {
    let slash = pattern.rfind('/')?;
    pattern[slash..].starts_with("/index.htm").then(|| format!("{}$", &pattern[..=slash]))
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    // Some editors cut the mark itself in two.
    let mark = [0xef, 0xbb, 0xbf].iter().zip(bytes).take_while(|(mark, byte)| mark == byte).count();
    &bytes[mark..]
}

fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split(|byte| matches!(byte, b'\n' | b'\r')).map(|line| &line[..line.len().min(LONGEST_LINE)])
}

/// The lower-case name and the value of a line, misspelled names mended. `None` for comments and noise.
fn key_and_value(line: &[u8]) -> Option<(String, &[u8])> {
    let line = line.split(|byte| *byte == b'#').next()?.trim_ascii();
    let (key, value) = match line.iter().position(|byte| *byte == b':') {
        Some(colon) => (&line[..colon], &line[colon + 1..]),
        None => two_words(line)?,
    };
    let key = String::from_utf8_lossy(key.trim_ascii()).to_ascii_lowercase();
    let key = match key.as_str() {
        "useragent" | "user agent" => "user-agent".to_string(),
        "dissallow" | "dissalow" | "disalow" | "diasllow" | "disallaw" => "disallow".to_string(),
        "crawldelay" | "crawl delay" => "crawl-delay".to_string(),
        _ => key,
    };
    (!key.is_empty()).then_some((key, value.trim_ascii()))
}

fn two_words(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let space = line.iter().position(u8::is_ascii_whitespace)?;
    let value = line[space..].trim_ascii();
    (!value.iter().any(u8::is_ascii_whitespace)).then_some((&line[..space], value))
}

fn delay(value: &[u8]) -> Option<Duration> {
    let seconds: f64 = std::str::from_utf8(value).ok()?.parse().ok()?;
    (seconds.is_finite() && seconds >= 0.0).then(|| Duration::from_secs_f64(seconds.min(LONGEST_DELAY.as_secs_f64())))
}

/// Percent-encodes what is not ASCII and writes hexadecimal digits in capitals, as the `url` crate leaves paths.
fn encoded(value: &[u8]) -> String {
    let mut out = String::with_capacity(value.len());
    let mut at = 0;
    while let Some(byte) = value.get(at) {
        let hex = value.get(at + 1..at + 3).filter(|hex| hex.iter().all(u8::is_ascii_hexdigit));
        match (byte, hex) {
            (b'%', Some(hex)) => {
                out.push('%');
                out.extend(hex.iter().map(|digit| char::from(digit.to_ascii_uppercase())));
                at += 3;
                continue;
            }
            (0x80.., _) => out.push_str(&format!("%{byte:02X}")),
            _ => out.push(char::from(*byte)),
        }
        at += 1;
    }
    out
}

/// The path and query of an address, however it is written: with or without scheme, host, fragment.
fn path_of(url: &str) -> String {
    let url = url.split('#').next().unwrap_or("");
    let after_scheme = match (url.strip_prefix("//"), url.find("://")) {
        (Some(rest), _) => rest,
        // A `://` behind the path belongs to a query.
        (None, Some(at)) if !url[..at].contains(['/', '?', ';']) => &url[at + 3..],
        _ => url,
    };
    match after_scheme.find(['/', '?', ';']) {
        Some(at) if after_scheme[at..].starts_with('/') => after_scheme[at..].to_string(),
        Some(at) => format!("/{}", &after_scheme[at..]),
        None => "/".to_string(),
    }
}

#[cfg(test)]
mod tests;
