//! Names in Chinese, Japanese and Korean: what stands before 銀行, 은행, 公司 as far as a name can reach.

use super::signs::{CLASSES, CUTS, TAILS};
use super::{Place, Run};
use crate::tag::normal::{is_hangul, is_unspaced};

/// Characters of the longest name before its ending, and of the shortest.
const HEAD: std::ops::RangeInclusive<usize> = 2..=8;

/// The runs of a sentence that end like names of firms, in order, none inside another.
pub(super) fn runs(place: &Place<'_>) -> Vec<Run> {
    let sentence = place.sentence;
    let text = sentence.between(sentence.start, sentence.end);
    let mut found: Vec<(usize, usize, Run)> = Vec::new();
    for (tail, guess) in TAILS {
        for (at, _) in text.match_indices(tail) {
            let end = sentence.start + at + tail.len();
            let Some(start) = head(place, sentence.start + at) else { continue };
            let (from, to) = place.view.plain.original(start, end);
            let Some(name) = place.view.original.get(from..to) else { continue };
            let run = Run { start: from, end: to, name: name.to_string(), guess: Some(*guess), vendor: None };
            found.push((start, end, run));
        }
    }
    found.sort_by_key(|(start, end, _)| (*start, std::cmp::Reverse(*end)));
    let mut reached = 0;
    found.retain(|(start, end, _)| {
        let is_new = *start >= reached && !is_inside_known(place, *start, *end);
        if is_new {
            reached = *end;
        }
        is_new
    });
    found.into_iter().map(|(_, _, run)| run).collect()
}

/// Where the name begins whose ending stands at a byte; `None` where nothing that names one firm stands before it.
fn head(place: &Place<'_>, tail: usize) -> Option<usize> {
    let before = place.sentence.between(place.sentence.start, tail);
    let hangul = before.chars().next_back().is_some_and(is_hangul);
    let mut start = tail;
    for (length, character) in before.chars().rev().enumerate() {
        let is_part = if hangul { is_hangul(character) } else { is_unspaced(character) && !CUTS.contains(character) };
        if !is_part || length == *HEAD.end() || place.known.iter().any(|name| name.end == start) {
            break;
        }
        start -= character.len_utf8();
    }
    let head = place.sentence.between(start, tail);
    let is_class = CLASSES.split(' ').any(|class| head.ends_with(class) || head == class);
    let other = CLASSES.split(' ').any(|class| class.chars().count() > 1 && head.starts_with(class));
    (HEAD.contains(&head.chars().count()) && !is_class && !other).then_some(start)
}

/// Whether a known name, or a part of one, stands there.
fn is_inside_known(place: &Place<'_>, start: usize, end: usize) -> bool {
    place.known.iter().any(|name| name.start < end && start < name.end)
}
