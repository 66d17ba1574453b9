//! Whether words that look like an act are one: nouns that look like verbs, verbs on nothing of ours.

use crate::tag::scene::Sentence;
use crate::tag::words::{Class, Cue, Frame, Mark, Referent};

use super::roles::Tech;
use super::trigger::{AUXILIARY, before};

/// What shows that the word before it is a noun.
const NOUN_TAILS: &[&str] = &[" of ", " on ", " against ", " by "];

/// "a ban" is no verb, "they ban" no noun; a phrase that ends in `~` counts only with a technology right behind it.
pub fn is_what_it_seems(sentence: &Sentence<'_>, techs: &[Tech], mark: &Mark, (frame, entry): (Frame, &str)) -> bool {
    const RIGHT_BEHIND: usize = 60;
    let determined = before(sentence, mark.start, 1, Cue::Article).is_some();
    // "blacklist of" is a noun, whatever "blacklist" may be elsewhere.
    let owned = NOUN_TAILS.iter().any(|tail| sentence.between(mark.end, sentence.end).starts_with(tail));
    let twin = |other: Frame| {
        let same = |one: &&&Mark| (one.start, one.end) == (mark.start, mark.end);
        sentence.marks.iter().filter(same).any(|one| matches!(one.class, Class::Act(_, frame) if frame == other))
    };
    // "interdit" is both: a participle behind an auxiliary, else a verb.
    // German sets the whole sentence between the two, and the participle at its end.
    let reach = if ends_clause(sentence, mark.end) { AUXILIARY } else { 14 };
    let helped = || [Cue::Be, Cue::Have].iter().any(|cue| before(sentence, mark.start, reach, *cue).is_some());
    let grammatical = match frame {
        Frame::Does if twin(Frame::Done) => !helped(),
        Frame::Done if is_attributive(sentence, mark) && !helped() => false,
        Frame::Done if twin(Frame::Does) => helped(),
        Frame::Does if owned && twin(Frame::Noun) => false,
        Frame::Noun if owned => true,
        Frame::Does if is_an_order(sentence, mark) => false,
        Frame::Does if mark.head != mark.end => !["a ", "an ", "the ", "its ", "their ", "his ", "her ", "any "]
            .iter()
            .any(|word| sentence.between(sentence.start, mark.start).ends_with(&format!(" {word}"))),
        Frame::Does => !determined || !sentence.between(mark.start, mark.end).is_ascii(),
        Frame::Noun => determined || !twin(Frame::Does) && !twin(Frame::Done),
        _ => true,
    };
    // Between the parts of "keeps .. off", or behind the whole.
    let behind = |tech: &Tech| tech.start >= mark.head && tech.start - mark.head <= RIGHT_BEHIND;
    grammatical && (!entry.ends_with('~') || techs.iter().any(behind) || is_on_what_was_named(sentence, mark))
}

/// "the register of permitted models": an English participle that only describes the noun behind it.
fn is_attributive(sentence: &Sentence<'_>, mark: &Mark) -> bool {
    const BEFORE: &[&str] = &[" of ", " the ", " a ", " an ", " its ", " their ", " other ", " any ", " all ", " some ", " no "];
    const BEHIND: &[&str] =
        &["by", "from", "in", "at", "on", "for", "to", "under", "over", "until", "after", "as", "with", "and", "or"];
    let text = sentence.between(sentence.start, mark.start);
    let behind = sentence.between(mark.end, sentence.end).strip_prefix(' ').unwrap_or("");
    let next: &str = behind.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or("");
    let participle = sentence.between(mark.start, mark.end);
    let one_word = participle.ends_with("ed") && !participle.contains(' ');
    one_word && next.len() > 2 && !BEHIND.contains(&next) && BEFORE.iter().any(|word| text.ends_with(word))
}

/// "a state order that kept it off": what was ordered, not that somebody orders.
fn is_an_order(sentence: &Sentence<'_>, mark: &Mark) -> bool {
    const DETERMINERS: &[&str] = &["a", "an", "the", "its", "their", "this", "that", "s", "court", "executive", "state"];
    let ahead = sentence.between(sentence.start, mark.start).trim_end();
    let determined = || ahead.rsplit([' ', '\'']).take(2).any(|word| DETERMINERS.contains(&word));
    sentence.between(mark.start, mark.head) == "order" && determined()
}

/// "pulled the chatbot", "keeps it off": what an act is on may have been named before.
fn is_on_what_was_named(sentence: &Sentence<'_>, mark: &Mark) -> bool {
    const BESIDE: usize = 3;
    let beside = |other: &&&Mark| other.start >= mark.head && other.start - mark.head <= BESIDE;
    let points = |other: &&Mark| match other.class {
        Class::Refers(Referent::Product) => true,
        Class::Refers(Referent::Anyone) => {
            let word = sentence.between(other.start, other.end);
            matches!(word, "it" | "them") && other.end < mark.end || word == "it" && other.start >= mark.end
        }
        _ => false,
    };
    sentence.marks.iter().filter(beside).copied().any(|other| points(&other))
}

/// Whether nothing but a border of clauses follows.
fn ends_clause(sentence: &Sentence<'_>, at: usize) -> bool {
    let rest = sentence.between(at, sentence.end);
    let next = at + rest.len() - rest.trim_start().len();
    rest.trim_start().starts_with(['.', ',', ';', ':', '!', '?']) || rest.trim().is_empty() || sentence.breaks.contains(&next)
}
