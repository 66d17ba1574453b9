//! The filter `tag`: articles in, their tags out, in the same order, on all cores, in constant memory.

use std::io::{BufRead, Write};

use rayon::prelude::*;
use serde::Serialize;

use super::lines::{Lines, TOO_LONG, TooLong};
use super::{Line, bad, parsed};
use crate::cli::{Color, Screen};
use crate::model::event::AccessEvent;
use crate::model::explained::{Explained, Reason};
use crate::model::tagged::{Mention, Statement, Tagged};
use crate::run::evidence::{self, Paint};
use crate::run::health::plain;
use crate::run::why::said;
use crate::run::{Outcome, RunError};
use crate::tag::Tagger;

/// How tags are explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Tags as JSON Lines, with why each is there.
    Reasons,
    /// The text with its evidence in place, and the reasons below.
    Text(Paint),
}

impl Shown {
    /// What was asked for, on this screen.
    pub fn of(json: bool, color: Color, screen: Screen) -> Self {
        if !json && color.on(screen) {
            Self::Text(Paint::Colored)
        } else if !json && screen.is_terminal {
            Self::Text(Paint::Plain)
        } else {
            Self::Reasons
        }
    }
}

/// One line of output.
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

impl<'a> Tags<'a> {
    fn of(id: &'a str, tagged: &'a Tagged) -> Self {
        Self {
            id,
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
        }
    }
}

/// Tags line by line. Bad lines are answered in their place.
pub fn tag(tagger: &Tagger, input: &mut dyn BufRead, output: &mut dyn Write) -> Result<Outcome, RunError> {
    answer_all(|line| json(&Tags::of(&line.id, &tagger.tag(line.text()))), input, output)
}

/// Tags line by line, and tells why. Bad lines are answered in their place.
pub fn explain(tagger: &Tagger, shown: Shown, input: &mut dyn BufRead, output: &mut dyn Write) -> Result<Outcome, RunError> {
    let answer = |line: &Line<'_>| {
        let explained = tagger.explain(line.text());
        match shown {
            Shown::Reasons => reasons(line, &explained),
            Shown::Text(paint) => Ok(view(line, &explained, paint)),
        }
    };
    answer_all(answer, input, output)
}

fn answer_all(
    answer: impl Fn(&Line<'_>) -> Result<String, String> + Sync,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
) -> Result<Outcome, RunError> {
    let mut outcome = Outcome::Done;
    let mut window = Lines::default();
    while window.fill(input)? {
        let lines: Vec<Result<&[u8], TooLong>> = window.iter().collect();
        let read = |line: Result<&[u8], TooLong>| {
            let text = String::from_utf8_lossy(line.map_err(|TooLong| bad(TOO_LONG))?);
            answer(&parsed(&text)?)
        };
        let answers: Vec<Result<String, String>> = lines.into_par_iter().map(read).collect();
        for answer in answers {
            if answer.is_err() {
                outcome = Outcome::SomeFailed;
            }
            let line = answer.unwrap_or_else(|bad| bad);
            output.write_all(line.as_bytes()).and_then(|()| output.write_all(b"\n")).map_err(RunError::Output)?;
        }
    }
    Ok(outcome)
}

fn json<T: Serialize>(value: &T) -> Result<String, String> {
    serde_json::to_string(value).map_err(|error| bad(&error.to_string()))
}

/// The tags with `why` at each event and, for the tags, at the end.
fn reasons(line: &Line<'_>, explained: &Explained) -> Result<String, String> {
    let added = |reasons: &[Reason]| serde_json::to_value(reasons).map_err(|error| bad(&error.to_string()));
    let mut value = serde_json::to_value(Tags::of(&line.id, &explained.tagged)).map_err(|error| bad(&error.to_string()))?;
    for (index, reasons) in explained.events.iter().enumerate() {
        value["events"][index]["why"] = added(reasons)?;
    }
    value["why"] = added(&explained.tags)?;
    json(&value)
}

fn view(line: &Line<'_>, explained: &Explained, paint: Paint) -> String {
    let tagged = &explained.tagged;
    let verdict = if tagged.relevant { "about access" } else { "not about access" };
    let mut lines = vec![plain(&format!("{}  {verdict}, score {:.2}, {}", line.id, tagged.score, tagged.lang))];
    let event = |index: usize| tagged.events.get(index).map_or_else(String::new, said);
    lines.extend(evidence::lines((&line.title, &line.text), explained, event, paint));
    lines.push(String::new());
    lines.join("\n")
}
