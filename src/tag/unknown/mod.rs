//! Names that nobody knows, where a bank, a vendor or a product would stand: before an act as whoever acts, behind it as what is
//! acted upon. Proposals for `taxonomy/`, made by place and shape alone; what the tagger reads does not change by them.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::names::Name;
use super::scene::{self, Sentence, View};
use super::words::{Class, Cue, Referent};
use super::{Tagger, Text};
use crate::model::event::{Audience, Field};
use crate::model::language;
use crate::model::taxonomy::Kind;

/// Words that show what a name is.
mod signs;

/// Runs of capitals.
mod latin;

/// Names that end in 銀行, 은행, 公司.
mod glued;

/// Words that are written small somewhere.
mod vocabulary;

/// Counts names over many stories.
mod tally;

pub use tally::{Suggestion, Tally};
pub use vocabulary::Vocabulary;

/// No more unknown names than this are taken from one article: a list of partners has forty.
const NAMES: usize = 60;

/// What a name would be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Guess {
    /// A bank, insurer, broker or exchange.
    Bank,
    /// A maker or server of AI.
    Vendor,
    /// A model, service or chip.
    Product,
    /// A government, regulator or court.
    Authority,
    /// Another company.
    Company,
}

/// A name that is not in the taxonomy, at a place where one of its members would stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// As written.
    pub name: String,
    /// What it would be.
    pub guess: Guess,
    /// Product: the known vendor whose name stands before it.
    pub vendor: Option<String>,
    /// Where.
    pub field: Field,
    /// First byte of the name in that part of the article.
    pub start: usize,
    /// The sentence, or the part of it around the name.
    pub quote: String,
}

/// Which part a name plays in an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// Whoever acts.
    Actor,
    /// What is acted upon.
    Object,
}

/// A run of characters that may be a name, by its bytes in the text as given.
#[derive(Clone, Debug)]
struct Run {
    start: usize,
    end: usize,
    name: String,
    /// What its own words say that it is.
    guess: Option<Guess>,
    vendor: Option<String>,
}

impl Tagger {
    /// The unknown names of an article, each once, in order.
    pub fn unknown(&self, text: Text<'_>, vocabulary: &Vocabulary) -> Vec<Unknown> {
        let lang = language::decide(&[text.lang], text.title, text.text);
        let Some((family, phrases)) = self.words.of(&lang) else { return Vec::new() };
        let mut views = [(Field::Title, text.title), (Field::Text, text.text)]
            .map(|(field, original)| scene::view(field, original, self.folder.plain(original), (&self.names, phrases), &lang));
        // Weak names that nothing vouches for are known all the same.
        let known: Vec<Vec<Name>> = views.iter().map(|view| view.names.clone()).collect();
        self.vouch(&mut views);
        if !views.iter().any(|view| self.speaks_of_ai(view)) {
            return Vec::new();
        }
        let mut found: Vec<Unknown> = Vec::new();
        for sentence in scene::sentences(&views, matches!(family, "ja" | "zh")) {
            let view = &views[sentence.view];
            let place = Place { tagger: self, view, known: &known[sentence.view], sentence: &sentence, family, vocabulary };
            for one in place.unknown() {
                if found.len() < NAMES && !found.iter().any(|other| other.name == one.name) {
                    found.push(one);
                }
            }
        }
        found
    }

    /// Every known name without what varies between two spellings of it.
    fn squeezed(&self) -> &HashSet<String> {
        self.squeezed.get_or_init(|| {
            let names = |member: &'_ crate::model::taxonomy::Member| {
                let aliases = member.aliases.iter().map(|alias| alias.text.clone());
                std::iter::once(member.name.clone()).chain(aliases).collect::<Vec<_>>()
            };
            self.taxonomy.all().flat_map(names).map(|name| squeezed(&self.folder.fold(&name))).collect()
        })
    }

    fn speaks_of_ai(&self, view: &View<'_>) -> bool {
        let is_ai = |index: &usize| matches!(self.names.members[*index].kind, Kind::Vendor | Kind::Product);
        let is_sign = |class: &Class| matches!(class, Class::Cue(Cue::Tech | Cue::Chip) | Class::Refers(Referent::Product));
        view.marks.iter().any(|mark| is_sign(&mark.class)) || view.names.iter().any(|name| name.members.iter().any(is_ai))
    }
}

/// A sentence under reading.
struct Place<'a> {
    tagger: &'a Tagger,
    view: &'a View<'a>,
    /// Every name of the field, those included that nothing vouches for.
    known: &'a [Name],
    sentence: &'a Sentence<'a>,
    family: &'a str,
    vocabulary: &'a Vocabulary,
}

impl Place<'_> {
    fn unknown(&self) -> Vec<Unknown> {
        if !self.sentence.marks.iter().any(|mark| matches!(mark.class, Class::Act(..) | Class::Undo)) {
            return Vec::new();
        }
        let mut runs = match self.family {
            "zh" | "ja" | "ko" => glued::runs(self),
            _ => Vec::new(),
        };
        runs.extend(latin::runs(self));
        runs.retain(|run| !self.is_known(run));
        let of_run = |run: &Run| {
            let role = self.role(run).filter(|role| self.is_tied(run, *role))?;
            Some(Unknown {
                name: run.name.clone(),
                guess: run.guess.unwrap_or_else(|| self.guess(run, role)),
                vendor: run.vendor.clone(),
                field: self.view.field,
                start: run.start,
                quote: self.quote(run),
            })
        };
        runs.iter().filter_map(of_run).collect()
    }

    /// The bytes of the text as given that the sentence stands for.
    fn range(&self) -> (usize, usize) {
        self.view.plain.original(self.sentence.start, self.sentence.end)
    }

    /// Whether it is an outlet, or a known name written otherwise: with another case, other spaces, a legal form.
    fn is_known(&self, run: &Run) -> bool {
        let folded = self.tagger.folder.fold(&run.name);
        let outlets = || self.tagger.words.outlets.iter().flat_map(|outlet| &outlet.folded);
        outlets().any(|outlet| *outlet == folded) || self.tagger.squeezed().contains(&squeezed(&folded))
    }

    /// The part that a run plays in the act nearest to it; `None` where it plays none.
    fn role(&self, run: &Run) -> Option<Role> {
        // How far from its words whoever acts, and what is acted upon, may stand, in bytes.
        const REACH: usize = 110;
        let (start, end) = self.folded(run)?;
        let acts = || self.sentence.marks.iter().filter(|mark| matches!(mark.class, Class::Act(..) | Class::Undo));
        let ahead = acts().filter(|act| act.start >= end && act.start - end <= REACH).min_by_key(|act| act.start);
        let behind = acts().filter(|act| act.head <= start && start.saturating_sub(act.end) <= REACH).max_by_key(|act| act.start);
        match self.family {
            "ja" | "ko" => self.by_particle(end, ahead.is_some() || behind.is_some()),
            _ => self.by_order((start, end), ahead.map(|act| act.start), behind.is_some()),
        }
    }

    /// In Japanese and Korean the particle behind a name tells.
    fn by_particle(&self, end: usize, near: bool) -> Option<Role> {
        let rest = self.sentence.between(end, self.sentence.end).trim_start_matches([')', '」', ' ', '"', '\'']);
        let begins = |particles: &[&str]| particles.iter().any(|particle| rest.starts_with(particle));
        if !near {
            None
        } else if begins(&["は", "が", "も", "、", "은", "는", "이 ", "가", "도 ", ","]) {
            Some(Role::Actor)
        } else {
            Some(Role::Object)
        }
    }

    fn by_order(&self, (start, end): (usize, usize), ahead: Option<usize>, behind: bool) -> Option<Role> {
        // Behind "in" stands a place.
        let there = self.sentence.between(self.sentence.start, start).trim_end();
        if ["in", "near", "en", "à", "au", "aux", "bei", "nach"].iter().any(|at| there.ends_with(&format!(" {at}"))) {
            return None;
        }
        let stands = |cue: Cue| {
            let mut marks = self.sentence.marks.iter().filter(|mark| mark.class == Class::Cue(cue) && mark.end <= start);
            marks.any(|mark| start - mark.end <= 5)
        };
        if let Some(act) = ahead {
            let named = self.sentence.names.iter().filter(|name| name.start >= end && name.end <= act);
            let acts =
                |index: &usize| !matches!(self.tagger.names.members[*index].kind, Kind::Region | Kind::Product | Kind::Vendor);
            let other = named.into_iter().any(|name| name.members.iter().any(acts));
            let passive = self.sentence.marks.iter().any(|mark| {
                mark.class == Class::Cue(Cue::Be) && mark.start >= end && mark.end <= act && !self.commas(end, mark.start)
            });
            if !other && !stands(Cue::Preposition) {
                return Some(if passive { Role::Object } else { Role::Actor });
            }
        }
        match behind {
            true if stands(Cue::By) => Some(Role::Actor),
            true => Some(Role::Object),
            false => None,
        }
    }

    /// Whether a name stands so near to the act that it is not only somewhere in its sentence. What looks like a name anyhow needs
    /// no such tie.
    fn is_tied(&self, run: &Run, role: Role) -> bool {
        const RIGHT_BEHIND: usize = 22;
        let Some((start, end)) = self.folded(run) else { return false };
        let odd = run.name.chars().skip(1).any(|c| c.is_uppercase() || c.is_ascii_digit()) && !run.name.contains(' ');
        if odd || run.guess.is_some() || run.vendor.is_some() || matches!(self.family, "zh" | "ja" | "ko") {
            return true;
        }
        if role == Role::Actor {
            let acts = |class: &Class| matches!(class, Class::Act(..) | Class::Undo | Class::Cue(Cue::Say));
            let mut acts = self.sentence.marks.iter().filter(|mark| acts(&mark.class));
            return acts.any(|act| act.start >= end && act.start - end <= RIGHT_BEHIND && !self.commas(end, act.start));
        }
        let head = self.sentence.between(self.sentence.start, start);
        let word = head.trim_end().rsplit(' ').next().unwrap_or_default();
        let tie = signs::has(signs::TIES, word);
        let names = |class: &Class| {
            matches!(class, Class::Act(..) | Class::Undo | Class::Refers(_) | Class::Cue(Cue::Tech | Cue::VendorNoun))
        };
        let mark = self
            .sentence
            .marks
            .iter()
            .filter(|mark| names(&mark.class))
            .any(|mark| mark.end <= start && start - mark.end <= 1 || mark.start >= end && mark.start - end <= 3);
        let list = self.sentence.names.iter().any(|name| {
            let tech = |index: &usize| matches!(self.tagger.names.members[*index].kind, Kind::Vendor | Kind::Product);
            let between = self.sentence.between(name.end, start);
            name.end <= start && name.members.iter().any(tech) && signs::LISTS.contains(&between)
        });
        tie || mark || list
    }

    fn commas(&self, from: usize, to: usize) -> bool {
        self.sentence.between(from, to).contains([',', '，'])
    }

    /// The bytes of a run in the folded text: its words are looked for in the sentence.
    fn folded(&self, run: &Run) -> Option<(usize, usize)> {
        let text = self.sentence.between(self.sentence.start, self.sentence.end);
        let name = self.tagger.folder.fold(&run.name);
        let at = |(at, _): (usize, &str)| self.sentence.start + at;
        let same = |at: &usize| self.view.plain.original(*at, at + name.len()).0 == run.start;
        let start = text.match_indices(&name).map(at).find(same)?;
        Some((start, start + name.len()))
    }

    /// What a name is, by the part that it plays and the words around it.
    fn guess(&self, run: &Run, role: Role) -> Guess {
        const BESIDE: usize = 40;
        let Some((start, end)) = self.folded(run) else { return Guess::Company };
        let near = |class: fn(&Class) -> bool| {
            let mut marks = self.sentence.marks.iter().filter(|mark| class(&mark.class));
            marks.any(|mark| mark.end <= start && start - mark.end <= BESIDE || mark.start >= end && mark.start - end <= BESIDE)
        };
        let has = |class: fn(&Class) -> bool| self.sentence.marks.iter().any(|mark| class(&mark.class));
        let owns = self.sentence.between(end, self.sentence.end).starts_with('\'');
        match role {
            Role::Actor if near(|class| matches!(class, Class::Cue(Cue::BankNoun))) => Guess::Bank,
            Role::Actor if near(|class| matches!(class, Class::Cue(Cue::VendorNoun))) => Guess::Vendor,
            Role::Actor if near(|class| matches!(class, Class::Office(_))) => Guess::Authority,
            Role::Actor if has(|class| matches!(class, Class::Audience(Audience::Employees))) => Guess::Company,
            Role::Actor => Guess::Company,
            Role::Object if owns || near(|class| matches!(class, Class::Cue(Cue::VendorNoun))) => Guess::Vendor,
            Role::Object => Guess::Product,
        }
    }

    /// The sentence around a run, cut at words.
    fn quote(&self, run: &Run) -> String {
        // Letters before and behind the name: with it about as many words as an export may quote.
        const AROUND: usize = 70;
        let (from, to) = self.range();
        let text = &self.view.original[..to];
        let head: String = text[from..run.start].chars().rev().take(AROUND).collect::<Vec<_>>().into_iter().rev().collect();
        let tail: String = text[run.end..].chars().take(AROUND).collect();
        let is_cut = head.len() < run.start - from;
        let head = if is_cut { head.split_once(' ').map_or(head.as_str(), |(_, rest)| rest) } else { &head };
        let tail = if run.end + tail.len() < to { tail.rsplit_once(' ').map_or(tail.as_str(), |(rest, _)| rest) } else { &tail };
        format!("{}{head}{}{tail}{}", if is_cut { "…" } else { "" }, run.name, if run.end + tail.len() < to { "…" } else { "" })
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// A folded name without what varies between two spellings of it: spaces, marks, legal forms.
pub(super) fn squeezed(folded: &str) -> String {
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !signs::has(signs::FORMS, word));
    words.collect()
}

#[cfg(test)]
mod tests;
