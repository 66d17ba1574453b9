//! What a run came to: what was read, what failed and what to do. Prints as plain lines, facts before advice.

use std::fmt;

use crate::model::fetched::Verdict;
use crate::model::words::{count, grouped};

/// One source or page that was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The source's id.
    pub source: String,
    /// The address.
    pub url: String,
    /// What it came to.
    pub verdict: Verdict,
    /// The cause, where there is more to say.
    pub detail: Option<String>,
    /// It was declared beforehand (the sample edition has some) and is no reason to exit with 3.
    pub expected: bool,
}

/// Something that changed about a source for good, told once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// It is asked elsewhere from now on.
    Moved {
        /// The source's id.
        source: String,
        /// Where.
        to: String,
    },
    /// It has moved to where another source is asked.
    Twin {
        /// The source's id.
        source: String,
        /// Where.
        to: String,
        /// The other's id.
        other: String,
    },
    /// It is asked at its address in `feeds.toml` again.
    Back {
        /// The source's id.
        source: String,
        /// That address.
        to: String,
    },
    /// It answered 410 and is not asked again.
    Gone {
        /// The source's id.
        source: String,
    },
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Moved { source, to } => {
                write!(f, "moved     {source}: asked at {to} from now on, for it led there on three days; ")?;
                write!(f, "write that address into feeds.toml")
            }
            Self::Twin { source, to, other } => {
                write!(f, "moved     {source}: it leads to {to} for good, where \"{other}\" is asked already; ")?;
                write!(f, "remove one of the two from feeds.toml")
            }
            Self::Back { source, to } => {
                write!(f, "moved     {source}: asked at {to} again, for where it had moved to leads back or fails")
            }
            Self::Gone { source } => {
                write!(f, "off       {source}: it answered 410 (gone) and is not asked again; ")?;
                write!(f, "change its url in feeds.toml, or ask once more with `termwall fetch --source {source}`")
            }
        }
    }
}

/// What became of the letter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Letter {
    /// None was asked for.
    #[default]
    NotAsked,
    /// Nothing is new since the last one.
    Nothing,
    /// Written, under this name.
    Written(String),
}

/// What became of the archive when the names and words changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Retagged {
    /// Articles that were tagged again.
    pub articles: usize,
    /// Those of them that are found to concern access now, and were not before.
    pub gained: usize,
    /// Those that are no longer found to.
    pub lost: usize,
    /// Pages that are asked for in the next run.
    pub pages: usize,
}

/// Counts of one run, or of several in a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Sources that were asked.
    pub asked: usize,
    /// Sources with nothing due.
    pub not_due: usize,
    /// Sources that are not asked any more, for they answered 410.
    pub gone: usize,
    /// What changed about sources for good.
    pub notices: Vec<Notice>,
    /// Sources with new bytes.
    pub fresh: usize,
    /// Sources as they were.
    pub unchanged: usize,
    /// Sources whose document had to be repaired, with the repair.
    pub repaired: Vec<(String, String)>,
    /// Articles' pages that were fetched.
    pub pages: usize,
    /// What was not read.
    pub failures: Vec<Failure>,
    /// Articles that are new or changed.
    pub articles: usize,
    /// Those of them that concern access.
    pub relevant: usize,
    /// What a changed taxonomy did.
    pub retagged: Retagged,
    /// Stories that are new.
    pub stories: usize,
    /// Stories with new reports.
    pub continued: usize,
    /// Entries appended to the ledger.
    pub entries: usize,
    /// Insights written or reworded.
    pub insights: usize,
    /// Sentences that failed the grounding check and were not published.
    pub withheld: usize,
    /// Files written, left as they were, removed.
    pub files: (usize, usize, usize),
    /// The letter.
    pub letter: Letter,
    /// Stories, ledger entries and the ledger's head after the run.
    pub totals: (usize, u64, String),
}

impl Report {
    /// Whether a source failed that was not expected to.
    pub fn has_failures(&self) -> bool {
        self.failures.iter().any(|failure| !failure.expected)
    }

    /// Whether anything came in.
    pub fn is_news(&self) -> bool {
        self.articles + self.stories + self.continued + self.entries > 0
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "sources   {} asked", grouped(self.asked as u64))?;
        writeln!(f, ": {} fresh, {} unchanged, {} failed", self.fresh, self.unchanged, self.failed_sources())?;
        if self.not_due > 0 {
            writeln!(f, "          {} not due yet", count(self.not_due, "source"))?;
        }
        if self.gone > 0 {
            writeln!(f, "          {} switched off after a 410; `termwall sources` names them", count(self.gone, "source"))?;
        }
        writeln!(
            f,
            "articles  {} new or changed, {} of them about access; {} fetched",
            self.articles,
            self.relevant,
            count(self.pages, "page")
        )?;
        self.write_retagged(f)?;
        writeln!(f, "stories   {} new, {} with new reports", self.stories, self.continued)?;
        writeln!(f, "ledger    {} appended, {} in all", count(self.entries, "entry"), grouped(self.totals.1))?;
        writeln!(f, "insights  {} written, {} withheld", self.insights, count(self.withheld, "sentence"))?;
        let (written, unchanged, removed) = self.files;
        writeln!(
            f,
            "site      {} written, {} unchanged, {} removed",
            count(written, "file"),
            grouped(unchanged as u64),
            grouped(removed as u64)
        )?;
        match &self.letter {
            Letter::NotAsked => {}
            Letter::Nothing => writeln!(f, "letter    none: nothing is new since the last one")?,
            Letter::Written(name) => writeln!(f, "letter    {name}")?,
        }
        self.write_troubles(f)?;
        if !self.is_news() {
            writeln!(f, "nothing new")?;
        }
        Ok(())
    }
}

impl Report {
    fn write_retagged(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Retagged { articles, gained, lost, pages } = &self.retagged;
        if *articles == 0 {
            return Ok(());
        }
        let articles = count(*articles, "article");
        write!(f, "taxonomy  changed: {articles} tagged again, {gained} more and {lost} fewer about access")?;
        match pages {
            0 => writeln!(f),
            pages => writeln!(f, "; {} wanted in the next run", count(*pages, "page")),
        }
    }

    /// What was mended, what changed for good, what failed.
    fn write_troubles(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (source, repair) in &self.repaired {
            writeln!(f, "repaired  {source}: {repair}")?;
        }
        let mut notices: Vec<String> = self.notices.iter().map(Notice::to_string).collect();
        notices.sort();
        for notice in notices {
            writeln!(f, "{notice}")?;
        }
        let mut failures: Vec<&Failure> = self.failures.iter().collect();
        failures.sort_by_key(|failure| (!failure.expected, &failure.source, &failure.url));
        for failure in failures {
            write!(
                f,
                "{} {}: {}",
                if failure.expected { "expected " } else { "failed   " },
                failure.source,
                failure.verdict.words()
            )?;
            if let Some(detail) = &failure.detail {
                write!(f, " ({detail})")?;
            }
            write!(f, " at {}", failure.url)?;
            match failure.verdict.advice() {
                Some(advice) if !failure.expected => writeln!(f, "; {advice}")?,
                _ => writeln!(f)?,
            }
        }
        Ok(())
    }

    fn failed_sources(&self) -> usize {
        self.asked.saturating_sub(self.fresh + self.unchanged)
    }
}
