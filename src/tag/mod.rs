//! Finds who changed whose access to what, each with the words that say so. A lexicon with rules: the same on every machine.
//!
//! 1. `model::language` tells the language; `normal` folds title and text and keeps the way back to their bytes.
//! 2. `names` finds whom and what we know, `words` the phrases of the lexicon; `scene` cuts into sentences and clauses.
//! 3. `act` takes each word for an act, looks for who acts on what for whom where, and merges what is told twice.
//! 4. `verdict` decides whether the article is about access, and which tags it carries.
//! 5. `aside` keeps what else a report needs: who is left out, conditions, refused comments, origins.

use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use crate::model::event::{Evidence, Field};
use crate::model::explained::Explained;
use crate::model::language;
use crate::model::mistake::Mistake;
use crate::model::tagged::{Mention, Tagged};
use crate::model::taxonomy::{Kind, Taxonomy};

/// Reads and checks the files of `taxonomy/`.
pub mod taxonomy;

/// Folded text with a map back.
mod normal;

/// The lexicon.
mod words;

/// Patterns by their bytes.
mod trie;

/// Names to ids.
mod names;

/// Sentences and clauses.
mod scene;

/// Dates in sentences.
mod dates;

/// Events.
mod act;

/// Statements and origins.
mod aside;

/// Relevance and tags.
mod verdict;

/// The rules by name.
pub mod rule;

/// Why each tag is there.
mod explain;

/// Names that nobody knows yet.
pub mod unknown;

/// What is tagged.
#[derive(Clone, Copy, Debug, Default)]
pub struct Text<'a> {
    /// Plain text, one line.
    pub title: &'a str,
    /// Plain text.
    pub text: &'a str,
    /// BCP 47, as the feed claims.
    pub lang: Option<&'a str>,
    /// ISO date or timestamp, possibly partial, against which "in April" is resolved.
    pub published: Option<&'a str>,
    /// Who published it.
    pub outlet: Option<&'a str>,
}

/// Tags texts; made once, used from many threads.
pub struct Tagger {
    taxonomy: Arc<Taxonomy>,
    folder: normal::Folder,
    words: words::Words,
    names: names::Names,
    /// Every known name, squeezed; made when it is first asked for.
    squeezed: OnceLock<HashSet<String>>,
}

impl Tagger {
    /// A tagger that knows a taxonomy and the lexicon: of the files of `taxonomy/` (each a path relative to the
    /// publication's folder and its text) those in `words/` are read, the others left alone; or every mistake in them.
    pub fn new(taxonomy: Arc<Taxonomy>, words: &[(String, String)]) -> Result<Self, Vec<Mistake>> {
        let folder = normal::Folder::new();
        let files: Vec<(String, String)> = words.iter().filter(|(path, _)| is_lexicon(path)).cloned().collect();
        let words = words::read(&files, &folder)?;
        let names = names::Names::new(&taxonomy, &words, &folder);
        Ok(Self { taxonomy, folder, words, names, squeezed: OnceLock::new() })
    }

    /// The tags of a text.
    pub fn tag(&self, text: Text<'_>) -> Tagged {
        self.read(text, |_, _, _| ()).0
    }

    /// The tags of a text, and why each is there.
    pub fn explain(&self, text: Text<'_>) -> Explained {
        let (tagged, reasons) = self.read(text, explain::reasons);
        let (tags, events) = reasons.unwrap_or_default();
        Explained { tagged, tags, events }
    }

    /// The tags, and what somebody else makes of what was found.
    fn read<T>(&self, text: Text<'_>, ask: impl FnOnce(&act::Context<'_>, &Tagged, &act::Found) -> T) -> (Tagged, Option<T>) {
        let lang = language::decide(&[text.lang], text.title, text.text);
        let Some((family, phrases)) = self.words.of(&lang) else { return (Tagged { lang, ..Tagged::default() }, None) };
        let mut views = [(Field::Title, text.title), (Field::Text, text.text)]
            .map(|(field, original)| scene::view(field, original, self.folder.plain(original), (&self.names, phrases), &lang));
        self.vouch(&mut views);
        let may_tell = act::may_tell(&self.names, &views);
        let sentences = if may_tell { scene::sentences(&views, matches!(family, "ja" | "zh")) } else { Vec::new() };
        let grounds = grounds(&views);
        let context = act::Context {
            grounds: &grounds,
            names: &self.names,
            words: &self.words,
            phrases,
            views: &views,
            published: text.published.and_then(published),
            sov: matches!(family, "ja" | "ko"),
            elliptic: matches!(family, "zh" | "ja" | "ko"),
        };
        let mut found = act::events(&context, &sentences);
        let mut tagged = verdict::decide(&context, &sentences, &mut found);
        if tagged.relevant {
            tagged.statements = aside::statements(&context, &sentences);
            tagged.origins = aside::origins(&context, &sentences, text.outlet);
        }
        tagged.mentions = self.mentions(&views);
        tagged.lang = lang;
        let answer = ask(&context, &tagged, &found);
        (tagged, Some(answer))
    }

    fn vouch(&self, views: &mut [scene::View<'_>; 2]) {
        use words::{Class, Cue};
        let is_ai = |name: &names::Name| {
            let technology = |index: &usize| matches!(self.names.members[*index].kind, Kind::Vendor | Kind::Product);
            name.weak.is_none() && name.members.iter().any(technology)
        };
        // Where a bank, an authority or a place stands beside an act, "Grok" and "Gemini" are what they usually are.
        let is_party = |name: &names::Name| {
            let party = |index: &usize| matches!(self.names.members[*index].kind, Kind::Bank | Kind::Authority | Kind::Region);
            name.weak.is_none() && name.members.iter().any(party)
        };
        let acts = views.iter().any(|view| {
            let office = |mark: &words::Mark| matches!(mark.class, Class::Office(_));
            (view.names.iter().any(is_party) || view.marks.iter().any(office))
                && view.marks.iter().any(|mark| matches!(mark.class, Class::Act(..)))
        });
        let speaks_of_ai = acts
            || views.iter().any(|view| {
                view.marks.iter().any(|mark| matches!(mark.class, Class::Cue(Cue::Tech | Cue::Chip)))
                    || view.names.iter().any(is_ai)
            });
        let [title, text] = views;
        let (first, second) = (std::mem::take(&mut title.names), std::mem::take(&mut text.names));
        let mut fields = [(&title.plain, first), (&text.plain, second)];
        self.names.vouched(&mut fields, speaks_of_ai);
        let [(_, first), (_, second)] = fields;
        (title.names, text.names) = (first, second);
    }

    fn mentions(&self, views: &[scene::View<'_>]) -> Vec<Mention> {
        let mut mentions = Vec::new();
        for view in views {
            for name in &view.names {
                let evidence: Evidence = view.evidence(name.start, name.end, "name");
                for member in name.members.iter().map(|index| &self.names.members[*index]) {
                    mentions.push(Mention { kind: member.kind, id: member.id.clone(), evidence: evidence.clone() });
                }
            }
        }
        mentions
    }

    /// What the tagger knows by name.
    pub fn taxonomy(&self) -> &Taxonomy {
        &self.taxonomy
    }
}

/// Every ground that an article names.
fn grounds(views: &[scene::View<'_>]) -> Vec<crate::model::event::Instrument> {
    let marks = views.iter().flat_map(|view| &view.marks);
    let mut found: Vec<_> =
        marks.filter_map(|mark| if let words::Class::Ground(ground) = mark.class { Some(ground) } else { None }).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Files of the lexicon lie in `words/`.
fn is_lexicon(path: &str) -> bool {
    path.ends_with(".toml") && path.split('/').rev().nth(1) == Some("words")
}

/// The date at the head of an ISO date or timestamp.
fn published(text: &str) -> Option<crate::model::when::PartialDate> {
    [10, 7, 4].iter().find_map(|length| text.get(..*length).and_then(|head| head.parse().ok()))
}
