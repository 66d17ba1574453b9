//! The filters: JSON Lines or bytes in, JSON out, no store, no network.

use std::io::{BufRead, Read, Write};

use serde::{Deserialize, Serialize};
use serde_json::json;
use url::Url;

use super::{Outcome, RunError};
use crate::fetch::robots;
use crate::model::event::AccessEvent;
use crate::model::tagged::{Mention, Statement, Tagged};
use crate::tag::{Tagger, Text};
use crate::{link, read};

/// The longest line that is read: 64 MiB holds the 50 MB article that somebody will send.
const LINE_LIMIT: u64 = 64 << 20;

/// Lines that are tagged at once, and kept in order.
const BATCH: usize = 64;

/// The longest feed or page that is read.
const BYTES_LIMIT: u64 = 64 << 20;

/// One line of input to `tag` and `link`.
#[derive(Debug, Deserialize)]
struct Line {
    id: String,
    title: String,
    text: String,
    lang: Option<String>,
    published: Option<String>,
    url: Option<String>,
    outlet: Option<String>,
}

/// One line of output of `tag`.
#[derive(Serialize)]
struct Tags<'a> {
    id: &'a str,
    relevant: bool,
    score: f64,
    lang: &'a str,
    banks: &'a [String],
    vendors: &'a [String],
    products: &'a [String],
    regions: &'a [String],
    events: &'a [AccessEvent],
    mentions: &'a [Mention],
    statements: &'a [Statement],
}

/// Tags line by line, in constant memory. Bad lines are answered in their place.
pub fn tag(tagger: &Tagger, input: &mut dyn BufRead, output: &mut dyn Write) -> Result<Outcome, RunError> {
    use rayon::prelude::*;
    let mut outcome = Outcome::Done;
    loop {
        let mut batch = Vec::with_capacity(BATCH);
        while batch.len() < BATCH {
            match next_line(input)? {
                Some(line) => batch.push(line),
                None => break,
            }
        }
        if batch.is_empty() {
            return Ok(outcome);
        }
        let answers: Vec<(String, bool)> = batch.par_iter().map(|line| tag_line(tagger, line)).collect();
        for (answer, good) in answers {
            writeln!(output, "{answer}").map_err(RunError::Output)?;
            if !good {
                outcome = Outcome::SomeFailed;
            }
        }
    }
}

/// Links all lines, then answers in their order. Bad lines are answered in their place.
pub fn link(tagger: &Tagger, input: &mut dyn BufRead, output: &mut dyn Write) -> Result<Outcome, RunError> {
    let mut index = link::Index::default();
    // What is wrong with a line, by its place; every other place is the index's next answer.
    let mut wrong: Vec<Option<String>> = Vec::new();
    while let Some(bytes) = next_line(input)? {
        match parse_line(&bytes) {
            Ok(line) => {
                let tagged = tags(tagger, &line);
                index.add(&given(&line, &tagged).article(), &tagged);
                wrong.push(None);
            }
            Err(answer) => wrong.push(Some(answer)),
        }
    }
    let mut linked = index.finish().into_iter();
    let mut outcome = Outcome::Done;
    for wrong in wrong {
        let answer = match wrong {
            None => linked.next().and_then(|linked| serde_json::to_string(&linked).ok()).unwrap_or_default(),
            Some(answer) => {
                outcome = Outcome::SomeFailed;
                answer
            }
        };
        writeln!(output, "{answer}").map_err(RunError::Output)?;
    }
    Ok(outcome)
}

fn given<'a>(line: &'a Line, tagged: &'a Tagged) -> link::Given<'a> {
    link::Given {
        id: &line.id,
        title: &line.title,
        text: &line.text,
        lang: &tagged.lang,
        published: line.published.as_deref(),
        url: line.url.as_deref(),
        outlet: line.outlet.as_deref().unwrap_or_default(),
    }
}

/// Reads a feed.
pub fn parse(
    url: Option<&Url>,
    content_type: Option<&str>,
    input: &mut dyn Read,
    output: &mut dyn Write,
) -> Result<Outcome, RunError> {
    let bytes = all(input)?;
    let parsed = read::parse(&bytes, url, content_type).map_err(|why| RunError::Unreadable(why.verdict, why.detail))?;
    print(&parsed, output)
}

/// Reads a page.
pub fn extract(url: Option<&Url>, input: &mut dyn Read, output: &mut dyn Write) -> Result<Outcome, RunError> {
    let bytes = all(input)?;
    let extracted = read::extract(&bytes, url).map_err(|why| RunError::Unreadable(why.verdict, why.detail))?;
    print(&extracted, output)
}

/// Whether a robots.txt lets an agent ask for an address.
pub fn robots(agent: &str, url: &str, input: &mut dyn Read, output: &mut dyn Write) -> Result<Outcome, RunError> {
    let bytes = all(input)?;
    let allowed = robots::filter(&bytes, agent, url);
    writeln!(output, "{}", if allowed { "allow" } else { "deny" }).map_err(RunError::Output)?;
    Ok(Outcome::Done)
}

fn print<T: Serialize>(value: &T, output: &mut dyn Write) -> Result<Outcome, RunError> {
    serde_json::to_writer(&mut *output, value).map_err(|error| RunError::Output(error.into()))?;
    writeln!(output).map_err(RunError::Output)?;
    Ok(Outcome::Done)
}

fn all(input: &mut dyn Read) -> Result<Vec<u8>, RunError> {
    let mut bytes = Vec::new();
    input.take(BYTES_LIMIT).read_to_end(&mut bytes).map_err(RunError::Input)?;
    Ok(bytes)
}

/// The next line without its end; `None` at the end of input. A longer one than the limit comes in pieces, each a bad line.
fn next_line(input: &mut dyn BufRead) -> Result<Option<Vec<u8>>, RunError> {
    loop {
        let mut line = Vec::new();
        if input.take(LINE_LIMIT).read_until(b'\n', &mut line).map_err(RunError::Input)? == 0 {
            return Ok(None);
        }
        let line = line.trim_ascii().to_vec();
        if !line.is_empty() {
            return Ok(Some(line));
        }
    }
}

/// A line's values, or the answer that says what is wrong with it.
fn parse_line(line: &[u8]) -> Result<Line, String> {
    let text = String::from_utf8_lossy(line);
    serde_json::from_str(&text).map_err(|error| json!({"id": null, "error": error.to_string()}).to_string())
}

fn tag_line(tagger: &Tagger, line: &[u8]) -> (String, bool) {
    let line = match parse_line(line) {
        Ok(line) => line,
        Err(answer) => return (answer, false),
    };
    let tagged = tags(tagger, &line);
    let answer = Tags {
        id: &line.id,
        relevant: tagged.relevant,
        score: tagged.score,
        lang: &tagged.lang,
        banks: &tagged.banks,
        vendors: &tagged.vendors,
        products: &tagged.products,
        regions: &tagged.regions,
        events: &tagged.events,
        mentions: &tagged.mentions,
        statements: &tagged.statements,
    };
    (serde_json::to_string(&answer).unwrap_or_default(), true)
}

fn tags(tagger: &Tagger, line: &Line) -> Tagged {
    tagger.tag(Text {
        title: &line.title,
        text: &line.text,
        lang: line.lang.as_deref(),
        published: line.published.as_deref(),
        outlet: line.outlet.as_deref(),
    })
}
