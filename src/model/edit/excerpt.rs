//! So much of a change as may be shown: what differs, a few words around it, and never more than a page may carry.

use super::split::{is_wide, words};
use super::{Change, Edit, Passage, Piece};

/// Words shown beside what differs, on each side.
const AROUND: usize = 4;

/// Letters that count as one word: a script without spaces, or a trick, is cut by these.
const WORD_LETTERS: usize = 16;

/// A Han character counts half a word, so words are counted in halves.
const HALVES: usize = 2;

/// Changed passages of an edit that are shown; more are counted.
const PASSAGES: usize = 3;

const ELLIPSIS: &str = "…";

/// The passages of an edit that may be shown: the first three of which no two are neighbours, so that what is shown of them is
/// no running text. Pieces hold at most `most` words a passage, what is gone and what is new together.
pub fn excerpts(edit: &Edit, most: usize) -> Vec<Vec<Piece>> {
    let mut shown: Vec<&Passage> = Vec::new();
    for passage in &edit.passages {
        if shown.len() < PASSAGES && !shown.iter().any(|other| are_neighbours(other, passage)) {
            shown.push(passage);
        }
    }
    shown.into_iter().map(|passage| excerpt(&passage.what, most)).collect()
}

fn are_neighbours(one: &Passage, other: &Passage) -> bool {
    let is_gone = |passage: &Passage| matches!(passage.what, Change::Removed(_));
    is_gone(one) == is_gone(other) && one.place.abs_diff(other.place) <= 1
}

/// A change in at most `most` words; what is left out is an ellipsis.
fn excerpt(change: &Change, most: usize) -> Vec<Piece> {
    let whole = match change {
        Change::Added(text) => vec![Piece::New(text.clone())],
        Change::Removed(text) => vec![Piece::Gone(text.clone())],
        Change::Reworded(pieces) => pieces.clone(),
    };
    let words: Vec<(Kind, &str)> =
        whole.iter().flat_map(|piece| words(piece.text()).into_iter().map(|word| (Kind::of(piece), word.text))).collect();
    let mut budget = Budget { left: most * HALVES, of_run: 0, cap: cap(change, most) };
    let mut out = Out::default();
    for (at, (kind, text)) in words.iter().enumerate() {
        if at == 0 || words[at - 1].0 != *kind {
            budget.of_run = 0;
        }
        if is_near(&words, at) && budget.pays(*kind, text) { out.word(*kind, text) } else { out.gap() }
    }
    out.pieces
}

/// Half words that one run of a change may have, so that what is gone does not crowd out what is new.
fn cap(change: &Change, most: usize) -> usize {
    if matches!(change, Change::Reworded(_)) { most * HALVES * 2 / 5 } else { most * HALVES }
}

/// Whether a word differs or stands near one that does.
fn is_near(words: &[(Kind, &str)], at: usize) -> bool {
    let around = at.saturating_sub(AROUND)..(at + AROUND + 1).min(words.len());
    words[around].iter().any(|(kind, _)| *kind != Kind::Same)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Same,
    Gone,
    New,
}

impl Kind {
    fn of(piece: &Piece) -> Self {
        match piece {
            Piece::Same(_) => Self::Same,
            Piece::Gone(_) => Self::Gone,
            Piece::New(_) => Self::New,
        }
    }

    fn piece(self, text: String) -> Piece {
        match self {
            Self::Same => Piece::Same(text),
            Self::Gone => Piece::Gone(text),
            Self::New => Piece::New(text),
        }
    }
}

/// Half words that are left.
struct Budget {
    left: usize,
    /// Spent on the present run.
    of_run: usize,
    /// The most that a run of changed words may have.
    cap: usize,
}

impl Budget {
    /// Takes a word's cost, if there is enough left.
    fn pays(&mut self, kind: Kind, text: &str) -> bool {
        let letters = text.trim_end().chars().count();
        let cost = if letters == 1 && text.starts_with(is_wide) { 1 } else { letters.div_ceil(WORD_LETTERS).max(1) * HALVES };
        if cost > self.left {
            // A shorter word further on would be torn from its place.
            self.left = 0;
            return false;
        }
        if kind != Kind::Same && self.of_run + cost > self.cap {
            self.of_run = self.cap;
            return false;
        }
        self.left -= cost;
        self.of_run += cost;
        true
    }
}

/// Pieces as they grow.
#[derive(Default)]
struct Out {
    pieces: Vec<Piece>,
    is_gap: bool,
}

impl Out {
    fn word(&mut self, kind: Kind, text: &str) {
        self.is_gap = false;
        match self.pieces.last_mut().filter(|last| Kind::of(last) == kind) {
            Some(Piece::Same(words) | Piece::Gone(words) | Piece::New(words)) => words.push_str(text),
            None => self.pieces.push(kind.piece(text.to_string())),
        }
    }

    fn gap(&mut self) {
        if !std::mem::replace(&mut self.is_gap, true) {
            let gap = format!("{ELLIPSIS} ");
            match self.pieces.last_mut() {
                Some(Piece::Same(words)) => words.push_str(&gap),
                _ => self.pieces.push(Piece::Same(gap)),
            }
        }
    }
}
