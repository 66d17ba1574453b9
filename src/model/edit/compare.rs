//! Which sentences went, came, or were reworded.

use std::collections::BTreeMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::split::{Sentence, Word, sentences, words};
use super::{Change, Passage, Piece};

/// Sentences of a version that are compared: five times the longest of articles. What a hostile page has beyond is not.
const MOST_SENTENCES: usize = 1_000;

/// Words of a sentence that are compared one by one; a longer one is gone or new as a whole.
const MOST_WORDS: usize = 300;

/// Sentences in one place that are searched for pairs; more than that is another text, not a reworded one.
const MOST_PAIRED: usize = 30;

/// Shared words, in hundredths of all, from which two sentences are one that was reworded.
const ALIKE: usize = 50;

/// Words that may have stayed by chance between two changes.
const MOST_STRAY: usize = 2;

/// The sentences of `after` that `before` does not have, and the reverse, in the order of `after`. A sentence that only moved
/// is as it was.
pub(super) fn passages(before: &str, after: &str) -> Vec<Passage> {
    let old: Vec<Sentence<'_>> = sentences(before).take(MOST_SENTENCES).collect();
    let new: Vec<Sentence<'_>> = sentences(after).take(MOST_SENTENCES).collect();
    let keys = |all: &[Sentence<'_>]| all.iter().map(|one| one.folded.clone()).collect::<Vec<_>>();
    let mut found = Vec::new();
    for step in capture_diff_slices(Algorithm::Patience, &keys(&old), &keys(&new)) {
        match step {
            DiffOp::Equal { .. } => {}
            DiffOp::Delete { old_index, old_len, .. } => {
                (old_index..old_index + old_len).for_each(|at| found.push(removed(&old, at)))
            }
            DiffOp::Insert { new_index, new_len, .. } => {
                (new_index..new_index + new_len).for_each(|at| found.push(added(&new, at)))
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                replaced(&old, &new, (old_index, old_len), (new_index, new_len), &mut found);
            }
        }
    }
    without_moves(found)
}

fn removed(old: &[Sentence<'_>], at: usize) -> Passage {
    Passage { place: at, what: Change::Removed(old[at].text.to_string()) }
}

fn added(new: &[Sentence<'_>], at: usize) -> Passage {
    Passage { place: at, what: Change::Added(new[at].text.to_string()) }
}

/// Sentences in the place of others: those that are alike are pairs, in order; the rest is gone or new.
fn replaced(
    old: &[Sentence<'_>],
    new: &[Sentence<'_>],
    (old_at, old_len): (usize, usize),
    (new_at, new_len): (usize, usize),
    found: &mut Vec<Passage>,
) {
    let pairs = pairs(&old[old_at..old_at + old_len], &new[new_at..new_at + new_len]);
    let (mut o, mut n) = (old_at, new_at);
    for (left, right, pieces) in pairs {
        (o..old_at + left).for_each(|at| found.push(removed(old, at)));
        (n..new_at + right).for_each(|at| found.push(added(new, at)));
        found.push(Passage { place: new_at + right, what: Change::Reworded(pieces) });
        (o, n) = (old_at + left + 1, new_at + right + 1);
    }
    (o..old_at + old_len).for_each(|at| found.push(removed(old, at)));
    (n..new_at + new_len).for_each(|at| found.push(added(new, at)));
}

/// Pairs of places, in order of both, so chosen that together they share most.
fn pairs(old: &[Sentence<'_>], new: &[Sentence<'_>]) -> Vec<(usize, usize, Vec<Piece>)> {
    if old.len() > MOST_PAIRED || new.len() > MOST_PAIRED {
        return Vec::new();
    }
    let cut = |all: &[Sentence<'_>]| -> Vec<Vec<String>> {
        all.iter().map(|one| words(one.text).into_iter().map(|word| word.folded).collect()).collect()
    };
    let (left, right) = (cut(old), cut(new));
    let likeness: Vec<Vec<usize>> = left.iter().map(|one| right.iter().map(|other| likeness(one, other)).collect()).collect();
    // best[i][j]: the most that the sentences from i and from j on can share.
    let mut best = vec![vec![0; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            let paired = if likeness[i][j] >= ALIKE { likeness[i][j] + best[i + 1][j + 1] } else { 0 };
            best[i][j] = paired.max(best[i + 1][j]).max(best[i][j + 1]);
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut found = Vec::new();
    while i < old.len() && j < new.len() {
        if likeness[i][j] >= ALIKE && best[i][j] == likeness[i][j] + best[i + 1][j + 1] {
            found.push((i, j, pieces(old[i].text, new[j].text)));
            (i, j) = (i + 1, j + 1);
        } else if best[i][j] == best[i + 1][j] {
            i += 1;
        } else {
            j += 1;
        }
    }
    found
}

/// Words that two sentences share, in hundredths of all; none of sentences that are too long.
fn likeness(one: &[String], other: &[String]) -> usize {
    if one.len() > MOST_WORDS || other.len() > MOST_WORDS || one.is_empty() || other.is_empty() {
        return 0;
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    one.iter().for_each(|word| *counts.entry(word).or_default() += 1);
    let mut shared = 0;
    for word in other {
        if let Some(left) = counts.get_mut(word.as_str()).filter(|left| **left > 0) {
            *left -= 1;
            shared += 1;
        }
    }
    shared * 200 / (one.len() + other.len())
}

/// A reworded sentence: what stayed as it now stands, what went, what came.
fn pieces(before: &str, after: &str) -> Vec<Piece> {
    let (old, new) = (words(before), words(after));
    let keys = |all: &[Word<'_>]| all.iter().map(|word| word.folded.clone()).collect::<Vec<_>>();
    let text = |all: &[Word<'_>], range: &Range<usize>| all[range.clone()].iter().map(|word| word.text).collect::<String>();
    let mut found = Vec::new();
    for run in runs(&capture_diff_slices(Algorithm::Myers, &keys(&old), &keys(&new))) {
        if run.same {
            found.push(Piece::Same(text(&new, &run.new)));
            continue;
        }
        if !run.old.is_empty() {
            found.push(Piece::Gone(text(&old, &run.old)));
        }
        if !run.new.is_empty() {
            found.push(Piece::New(text(&new, &run.new)));
        }
    }
    found
}

/// Words that stayed, or that are others.
struct Run {
    same: bool,
    old: Range<usize>,
    new: Range<usize>,
}

/// Steps as runs. A word or two that stayed between words that did not are taken for others too: one change is read more easily
/// than three.
fn runs(steps: &[DiffOp]) -> Vec<Run> {
    let is_equal = |step: &DiffOp| matches!(step, DiffOp::Equal { .. });
    let mut runs: Vec<Run> = Vec::new();
    for (at, step) in steps.iter().enumerate() {
        let between = at > 0 && at + 1 < steps.len();
        let same = is_equal(step) && !(between && step.new_range().len() <= MOST_STRAY);
        match runs.last_mut().filter(|last| last.same == same) {
            Some(last) => (last.old.end, last.new.end) = (step.old_range().end, step.new_range().end),
            None => runs.push(Run { same, old: step.old_range(), new: step.new_range() }),
        }
    }
    runs
}

/// Takes away sentences that are gone in one place and new in another: they moved.
fn without_moves(found: Vec<Passage>) -> Vec<Passage> {
    let mut went: BTreeMap<String, usize> = BTreeMap::new();
    let mut came: BTreeMap<String, usize> = BTreeMap::new();
    for passage in &found {
        match &passage.what {
            Change::Removed(text) => *went.entry(super::split::folded(text)).or_default() += 1,
            Change::Added(text) => *came.entry(super::split::folded(text)).or_default() += 1,
            Change::Reworded(_) => {}
        }
    }
    let moved: BTreeMap<String, usize> =
        went.into_iter().filter_map(|(text, times)| came.get(&text).map(|other| (text, times.min(*other)))).collect();
    let (mut gone, mut new) = (moved.clone(), moved);
    let mut take = |passage: &Passage| {
        let (left, text) = match &passage.what {
            Change::Removed(text) => (&mut gone, text),
            Change::Added(text) => (&mut new, text),
            Change::Reworded(_) => return false,
        };
        match left.get_mut(&super::split::folded(text)).filter(|left| **left > 0) {
            Some(left) => {
                *left -= 1;
                true
            }
            None => false,
        }
    };
    found.into_iter().filter(|passage| !take(passage)).collect()
}
