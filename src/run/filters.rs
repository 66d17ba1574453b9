//! The filters: JSON Lines or bytes in, JSON out, no store, no network.

/// Lines of input, a bounded window of them at a time.
pub(super) mod lines;

/// The filter `tag`.
mod tag;

pub use tag::{Shown, explain, tag};

use std::borrow::Cow;
use std::io::{BufRead, Read, Write};

use serde::{Deserialize, Serialize};
use serde_json::json;
use url::Url;

use lines::{Lines, TOO_LONG, TooLong};

use super::{Outcome, RunError};
use crate::fetch::robots;
use crate::model::tagged::Tagged;
use crate::tag::{Tagger, Text};
use crate::{link, read};

/// The longest feed or page that is read.
const BYTES_LIMIT: u64 = 64 << 20;

/// One line of input to `tag` and `link`.
#[derive(Debug, Deserialize)]
struct Line<'a> {
    id: String,
    #[serde(borrow)]
    title: Cow<'a, str>,
    #[serde(borrow)]
    text: Cow<'a, str>,
    lang: Option<String>,
    published: Option<String>,
    url: Option<String>,
    outlet: Option<String>,
}

/// Links all lines, then answers in their order. Bad lines are answered in their place.
pub fn link(tagger: &Tagger, input: &mut dyn BufRead, output: &mut dyn Write) -> Result<Outcome, RunError> {
    let mut index = link::Index::default();
    // What is wrong with a line, by its place; every other place is the index's next answer.
    let mut wrong: Vec<Option<String>> = Vec::new();
    let mut window = Lines::default();
    while window.one(input)? {
        let line = window.iter().next().unwrap_or(Err(TooLong));
        let text = line.map(String::from_utf8_lossy).map_err(|TooLong| bad(TOO_LONG));
        match text.as_ref().map_err(Clone::clone).and_then(|text| parsed(text)) {
            Ok(line) => {
                let tagged = tagger.tag(line.text());
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

fn given<'a>(line: &'a Line<'_>, tagged: &'a Tagged) -> link::Given<'a> {
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

/// A line's values, or the answer that says what is wrong with it.
fn parsed(line: &str) -> Result<Line<'_>, String> {
    serde_json::from_str(line).map_err(|error| bad(&error.to_string()))
}

/// The answer to a line that cannot be read.
fn bad(why: &str) -> String {
    json!({"id": null, "error": why}).to_string()
}

impl Line<'_> {
    /// What is tagged of it.
    fn text(&self) -> Text<'_> {
        Text {
            title: &self.title,
            text: &self.text,
            lang: self.lang.as_deref(),
            published: self.published.as_deref(),
            outlet: self.outlet.as_deref(),
        }
    }
}
