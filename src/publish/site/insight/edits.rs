//! What an outlet changed in an article: when we saw it, and so much of it as a page may carry.

use serde::Serialize;

use crate::model::edit::{self, Edit, Piece};
use crate::model::story::Told;
use crate::model::when::PartialDate;
use crate::publish::site::desk::Desk;
use crate::publish::site::outside::{self, QUOTED_WORDS};
use crate::publish::site::words::Words;

/// Edits of one article that are shown; more are counted.
pub const SHOWN: usize = 3;

/// What one look found changed.
#[derive(Serialize)]
pub struct Shown {
    /// "Edited: 2 changes seen 3 June 2026".
    pub summary: String,
    pub passages: Vec<Passage>,
    /// "2 more".
    pub more: Option<String>,
    /// "sample text after OUTLET", in the sample edition.
    pub sample: Option<String>,
}

/// A title or a sentence, as far as it may be shown.
#[derive(Serialize)]
pub struct Passage {
    /// "Title" where it is the title.
    pub label: Option<String>,
    pub pieces: Vec<Run>,
}

/// Words that stayed, went or came.
#[derive(Serialize)]
pub struct Run {
    pub text: String,
    pub gone: bool,
    pub new: bool,
    /// A space follows.
    pub space: bool,
}

/// The latest edits of an article, the latest first.
pub fn edits(desk: &Desk<'_>, told: &Told, words: &Words) -> Vec<Shown> {
    told.edits.iter().rev().take(SHOWN).map(|edit| one(desk, told, edit, words)).collect()
}

fn one(desk: &Desk<'_>, told: &Told, edit: &Edit, words: &Words) -> Shown {
    let day = words.date(PartialDate::day(edit.seen.to_zoned(desk.zone.clone()).date()));
    let changes = words.count("changes", edit.changes());
    let excerpts = edit::excerpts(edit, QUOTED_WORDS);
    let more = edit.passages.len() - excerpts.len();
    let title = edit.title.as_ref().map(|(before, after)| title(before, after, words));
    let outlet = outside::headline(&told.article.outlet);
    Shown {
        sample: desk.material.site.sample.then(|| words.say("sample_after", &[("outlet", &outlet)])),
        summary: words.say("edited", &[("changes", &changes), ("date", &day)]),
        passages: title.into_iter().chain(excerpts.iter().map(|pieces| passage(pieces))).collect(),
        more: (more > 0).then(|| words.count("more", more)),
    }
}

fn title(before: &str, after: &str, words: &Words) -> Passage {
    let old = Run { text: outside::excerpt(before), gone: true, new: false, space: true };
    let new = Run { text: outside::excerpt(after), gone: false, new: true, space: false };
    Passage { label: Some(words.get("ui", "title").to_string()), pieces: vec![old, new] }
}

fn passage(pieces: &[Piece]) -> Passage {
    let shown = |piece: &Piece| Run {
        text: outside::line(piece.text()),
        gone: matches!(piece, Piece::Gone(_)),
        new: matches!(piece, Piece::New(_)),
        space: piece.text().ends_with(char::is_whitespace),
    };
    Passage { label: None, pieces: pieces.iter().map(shown).filter(|words| !words.text.is_empty()).collect() }
}
