//! Articles in bulk: JSON Lines in, a batch at a time.

use std::io::BufRead;
use std::path::Path;

use jiff::Timestamp;
use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::filters::lines::{Lines, TOO_LONG, TooLong};
use super::{Outcome, RunError, Streams, say, tell};
use crate::model::article::Article;
use crate::model::words::grouped;
use crate::store::Store;
use crate::{inputs, read};

/// Refused lines that are named; the others are counted.
const NAMED: usize = 100;

/// Loads a file, or standard input for "-".
pub async fn import(store: &Store, file: &Path, now: Timestamp, streams: &mut Streams<'_>) -> Result<Outcome, RunError> {
    let mut opened = if file == Path::new("-") { None } else { Some(inputs::lines(file)?) };
    let name = if opened.is_some() { file.display().to_string() } else { "standard input".to_string() };
    let mut tally = Tally::default();
    let mut lines = Lines::default();
    let input: &mut dyn BufRead = opened.as_mut().map_or(&mut *streams.input, |file| file);
    while lines.fill(input)? {
        let lines: Vec<_> = lines.numbered().collect();
        let read: Vec<_> = lines.into_par_iter().map(|(number, line)| (number, article(line, now))).collect();
        let mut articles = Vec::with_capacity(read.len());
        for (number, article) in read {
            match article {
                Ok(article) => articles.push(article),
                Err(reason) => {
                    tally.refused += 1;
                    if tally.refused <= NAMED {
                        tell(streams.talk, &format!("refused   {name}:{number}: {reason}"));
                    }
                }
            }
        }
        tally.read += articles.len();
        tally.kept += store.keep_imported(&articles, now).await?;
    }
    tally.tell(streams)
}

#[derive(Default)]
struct Tally {
    read: usize,
    kept: usize,
    refused: usize,
}

impl Tally {
    fn tell(&self, streams: &mut Streams<'_>) -> Result<Outcome, RunError> {
        let number = |number: usize| grouped(number as u64);
        if self.refused > NAMED {
            tell(streams.talk, &format!("refused   {} more", number(self.refused - NAMED)));
        }
        let known = self.read - self.kept;
        say(
            streams,
            &format!("new or changed {}, already there {}, refused {}", number(self.kept), number(known), number(self.refused)),
        )?;
        if self.kept > 0 {
            say(streams, "next      termwall build")?;
        }
        Ok(if self.refused == 0 { Outcome::Done } else { Outcome::SomeFailed })
    }
}

fn article(line: Result<&[u8], TooLong>, now: Timestamp) -> Result<(Article, Vec<u8>), String> {
    let line = line.map_err(|_| TOO_LONG)?;
    let record = serde_json::from_str(&String::from_utf8_lossy(line)).map_err(|error| error.to_string())?;
    let hash: String = Sha256::digest(line).iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((read::imported(record, &hash, now)?, line.to_vec()))
}
