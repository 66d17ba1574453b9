//! What single values of `feeds.toml` must look like. Each error says what is wrong and, after a semicolon, what to do.

use std::time::Duration;

use scraper::Selector;
use url::Url;

use super::GROUPS;
use crate::model::source::DatePolicy;
use crate::model::words::nearest;

/// Shorter would be rude, and news does not come faster.
const SHORTEST_EVERY: Duration = Duration::from_secs(60);

/// Longer would mean that a source is forgotten rather than slow.
const LONGEST_EVERY: Duration = Duration::from_secs(31 * 86_400);

/// Longer would keep a run open for one domain alone.
const LONGEST_GAP: Duration = Duration::from_secs(600);

/// Longer names fit no file name and no table of the report.
const LONGEST_ID: usize = 64;

pub fn id(text: &str) -> Result<String, String> {
    match is_kebab(text) && text.len() <= LONGEST_ID {
        true => Ok(text.to_string()),
        false => {
            Err(format!("an id is lower-case letters, digits and single dashes, at most {LONGEST_ID}; {}", kebab_advice(text)))
        }
    }
}

/// An id of the taxonomy: `hkma`, `hk-hkma`, `openai`.
pub fn member(text: &str) -> Result<String, String> {
    match is_kebab(text) {
        true => Ok(text.to_string()),
        false => Err(format!("it names no member of the taxonomy; {}", kebab_advice(text))),
    }
}

fn is_kebab(text: &str) -> bool {
    let word = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    text.split('-').all(word)
}

fn kebab_advice(text: &str) -> String {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    match words.is_empty() {
        true => "write one such as \"scmp-tech\"".to_string(),
        false => format!("write \"{}\"", words.join("-").chars().take(LONGEST_ID).collect::<String>().trim_end_matches('-')),
    }
}

pub fn url(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| format!("{error}; write it whole, with https:// in front"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(format!("\"{}\" is not fetched; use an address that begins with https:// or http://", url.scheme()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("it carries a user name or password; secrets never stand in a file, so remove them".to_string());
    }
    Ok(url)
}

/// Text that is not empty.
pub fn text(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("it is empty; write something or remove the line".to_string()),
        trimmed => Ok(trimmed.to_string()),
    }
}

pub fn user_agent(text: &str) -> Result<String, String> {
    let printable = text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    match printable && !text.trim().is_empty() {
        true => Ok(text.trim().to_string()),
        false => Err("a header holds ASCII letters alone; write one such as \"Termwall/1 (editor@example.org)\"".to_string()),
    }
}

pub fn group(text: &str) -> Result<String, String> {
    one_of(text, &GROUPS).map(str::to_string)
}

pub fn kind(text: &str) -> Result<&'static str, String> {
    one_of(text, &["feed", "page", "json"])
}

pub fn date(text: &str) -> Result<DatePolicy, String> {
    Ok(match one_of(text, &["stated", "first-seen"])? {
        "first-seen" => DatePolicy::FirstSeen,
        _ => DatePolicy::Stated,
    })
}

fn one_of(text: &str, known: &[&'static str]) -> Result<&'static str, String> {
    let found = known.iter().find(|word| **word == text);
    found.copied().ok_or_else(|| match nearest(text, known) {
        Some(near) => format!("there is no such; did you mean \"{near}\"?"),
        None => format!("there is no such; write one of {}", known.join(", ")),
    })
}

/// BCP 47, as far as its shape goes: `en`, `zh-Hant`, `pt-BR`.
pub fn lang(text: &str) -> Result<String, String> {
    let mut parts = text.split('-');
    let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    let first = parts.next().is_some_and(|part| (2..=3).contains(&part.len()) && letters(part));
    let rest = parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    match first && rest {
        true => Ok(text.to_string()),
        false => Err("it is no language tag; write one such as \"en\" or \"zh-Hant\", or leave it out".to_string()),
    }
}

pub fn selector(text: &str) -> Result<String, String> {
    let selector = self::text(text)?;
    match Selector::parse(&selector) {
        Ok(_) => Ok(selector),
        Err(error) => Err(format!("it is no CSS selector ({error}); write one such as \"article h2 a\"")),
    }
}

pub fn every(text: &str) -> Result<Duration, String> {
    let every = duration(text)?;
    match (SHORTEST_EVERY..=LONGEST_EVERY).contains(&every) {
        true => Ok(every),
        false => Err("it is out of bounds; write something from \"1m\" to \"31d\"".to_string()),
    }
}

pub fn gap(text: &str) -> Result<Duration, String> {
    let gap = duration(text)?;
    match gap <= LONGEST_GAP {
        true => Ok(gap),
        false => Err("it is out of bounds; write at most \"10m\"".to_string()),
    }
}

/// `30s`, `30m`, `6h`, `1d`, and sums in falling order such as `1h30m`.
fn duration(text: &str) -> Result<Duration, String> {
    let bad = || "it is no duration; write one such as \"30m\", \"6h\" or \"1d\"".to_string();
    let mut rest = text.trim();
    let (mut total, mut last) = (0u64, u64::MAX);
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number: u64 = rest[..digits].parse().map_err(|_| bad())?;
        let unit = match rest.as_bytes().get(digits) {
            Some(b's') => 1,
            Some(b'm') => 60,
            Some(b'h') => 3600,
            Some(b'd') => 86_400,
            _ => return Err(bad()),
        };
        if unit >= last {
            return Err(bad());
        }
        total = number.checked_mul(unit).and_then(|seconds| total.checked_add(seconds)).ok_or_else(bad)?;
        (rest, last) = (&rest[digits + 1..], unit);
    }
    if last == u64::MAX { Err(bad()) } else { Ok(Duration::from_secs(total)) }
}
