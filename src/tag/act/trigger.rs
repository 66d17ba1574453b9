//! Words that show an act, combined with what negates, reverses or weakens them.

use crate::model::event::Action;
use crate::tag::rule::Rule;
use crate::tag::scene::Sentence;
use crate::tag::words::{Class, Cue, Frame, Mark, Phrases};

use super::guise::is_what_it_seems;
use super::roles::Tech;
use super::unreal::{is_awaited, is_promised, is_unaffected, is_unreal, is_weighed};

/// How far a negation reaches, in characters.
const NEGATION: usize = 22;

/// How far from the words that end an act its noun may stand, in bytes.
const UNDONE: usize = 90;

/// How far before its participle an auxiliary stands, in characters: German puts the sentence between them.
pub const AUXILIARY: usize = 60;

/// No more acts than this are read from one sentence.
const ACTS: usize = 12;

/// An act that a sentence tells of.
#[derive(Clone, Debug)]
pub struct Trigger {
    /// What is done.
    pub action: Action,
    /// How its words stand to the parties.
    pub frame: Frame,
    /// First byte of its words.
    pub start: usize,
    /// End of their first part.
    pub head: usize,
    /// One past their last.
    pub end: usize,
    /// Whoever acts is not the subject.
    pub passive: bool,
    /// The lexicon entry.
    pub entry: usize,
    /// Bytes of the sentence that belong to it.
    pub zone: (usize, usize),
    /// The ban that this act ends, where it names one: its noun's mark.
    pub ends: Option<Action>,
    /// A negated act: "does not support".
    pub negated: bool,
    /// The rule that made another act of it than its words say.
    pub changed: Option<Rule>,
}

/// The acts of a sentence, in order, each with its zone.
pub fn triggers(sentence: &Sentence<'_>, techs: &[Tech], phrases: &Phrases, sov: bool) -> Vec<Trigger> {
    let mut found: Vec<Trigger> = Vec::new();
    for mark in &sentence.marks {
        if let Class::Act(action, frame) = mark.class
            && is_what_it_seems(sentence, techs, mark, (frame, phrases.name(mark.entry)))
        {
            found.push(from_mark(sentence, techs, mark, (action, frame)));
        }
        if found.len() == 3 * ACTS {
            break;
        }
    }
    undo(sentence, &mut found);
    found.retain_mut(|trigger| negate(sentence, trigger));
    found.retain(|trigger| !is_unreal(sentence, trigger) && !is_unaffected(sentence, trigger));
    found.retain(|trigger| trigger.action != Action::Investigate || !is_awaited(sentence, trigger));
    let acts = found.iter().any(|trigger| trigger.action != Action::Investigate);
    found.retain(|trigger| !is_promised(sentence, trigger) && (!acts || !is_weighed(sentence, trigger)));
    found.sort_by_key(|trigger| trigger.start);
    let mut found = one_a_clause(sentence, found, sov);
    denied(sentence, &mut found);
    found.truncate(ACTS);
    zones(sentence, &mut found, sov);
    found
}

/// The limit that the words of a restoration name: "lifts the suspension".
fn ended(words: &str) -> Option<Action> {
    const SUSPENSIONS: &[&str] = &["suspension", "freeze", "pause", "halt", "moratorium", "standstill"];
    const LIMITS: &[&str] = &["restriction", "restrictions", "curbs", "limits", "controls", "cap", "caps", "rule", "rules"];
    const BANS: &[&str] = &["ban", "block", "blockade", "embargo", "prohibition", "blacklist"];
    let last = words.split(' ').next_back().unwrap_or_default();
    let named = [(SUSPENSIONS, Action::Suspend), (LIMITS, Action::Restrict), (BANS, Action::Prohibit)];
    named.into_iter().find(|(nouns, _)| nouns.contains(&last)).map(|(_, action)| action)
}

fn from_mark(sentence: &Sentence<'_>, techs: &[Tech], mark: &Mark, (action, frame): (Action, Frame)) -> Trigger {
    let zone = (sentence.start, sentence.end);
    let (start, head, end, entry) = (mark.start, mark.head, mark.end, mark.entry);
    let passive = matches!(frame, Frame::Goes | Frame::Gets) || is_passive(sentence, techs, mark, frame);
    let ends = if action == Action::Restore { ended(sentence.between(start, end)) } else { None };
    Trigger { action, frame, start, head, end, passive, entry, zone, ends, negated: false, changed: None }
}

/// Whether a cue stands within so many characters before a byte, with no clause border between.
pub fn before<'a>(sentence: &Sentence<'a>, at: usize, reach: usize, cue: Cue) -> Option<&'a Mark> {
    let marks = sentence.marks.iter().rev().filter(|mark| mark.end <= at && mark.class == Class::Cue(cue));
    let near = |mark: &&&Mark| {
        sentence.between(mark.end, at).chars().count() <= reach && !sentence.breaks.iter().any(|b| *b >= mark.end && *b < at)
    };
    marks.take(4).find(near).copied()
}

/// Whether a cue stands within so many characters after a byte, with no clause border between.
pub fn after<'a>(sentence: &Sentence<'a>, at: usize, reach: usize, cue: Cue) -> Option<&'a Mark> {
    let marks = sentence.marks.iter().filter(|mark| mark.start >= at && mark.class == Class::Cue(cue));
    let near = |mark: &&&Mark| {
        sentence.between(at, mark.start).chars().count() <= reach && !sentence.breaks.iter().any(|b| *b >= at && *b < mark.start)
    };
    marks.take(4).find(near).copied()
}

/// "told to halt": whoever is told stands before it.
pub fn is_ordered(sentence: &Sentence<'_>, head: usize) -> bool {
    ["told", "ordered", "instructed", "asked", "directed", "forced", "compelled", "obliged", "required", "advised", "urged"]
        .iter()
        .any(|word| sentence.between(sentence.start, head).ends_with(word))
        && sentence.between(head, sentence.end).starts_with(" to ")
}

fn is_passive(sentence: &Sentence<'_>, techs: &[Tech], mark: &Mark, frame: Frame) -> bool {
    if after(sentence, mark.end, 2, Cue::PassiveAfter).is_some() {
        return true;
    }
    if frame == Frame::Does {
        // 被 and its like stand before the verb, whoever acts between them.
        let by = before(sentence, mark.start, 14, Cue::By);
        return by.is_some_and(|by| !sentence.between(by.start, by.end).is_ascii());
    }
    if frame != Frame::Done {
        return false;
    }
    if is_ordered(sentence, mark.head) {
        return true;
    }
    let be = before(sentence, mark.start, AUXILIARY, Cue::Be);
    let have = before(sentence, mark.start, AUXILIARY, Cue::Have);
    match (be, have) {
        (Some(be), Some(have)) => be.start >= have.start,
        (Some(_), None) => true,
        (None, Some(_)) => false,
        // A headline's "DeepSeek pulled from stores": a product cannot act.
        (None, None) => {
            let last = sentence.names.iter().rev().find(|name| name.end <= mark.start);
            let is_product = |tech: &Tech| tech.product.is_some() && last.is_some_and(|name| name.start == tech.start);
            // "Suspended in May, the assistant is back": a participle that opens the sentence has what follows as its object.
            let opens = sentence.between(sentence.start, mark.start).trim().is_empty();
            opens || after(sentence, mark.end, 30, Cue::By).is_some() || techs.iter().any(is_product)
        }
    }
}

/// Joins "lifts" with "ban", "blocks" with "blacklist", 解除 with 禁令: the act is undone.
fn undo(sentence: &Sentence<'_>, found: &mut Vec<Trigger>) {
    let undoing: Vec<(usize, usize, usize, Frame)> = sentence
        .marks
        .iter()
        .filter(|mark| mark.class == Class::Undo)
        .map(|mark| (mark.start, mark.end, mark.entry, Frame::Does))
        .collect();
    let stopping: Vec<(usize, usize, usize, Frame)> = found
        .iter()
        .filter(|one| matches!(one.action, Action::Prohibit | Action::Suspend) && matches!(one.frame, Frame::Does | Frame::Done))
        .map(|one| (one.start, one.head, one.entry, one.frame))
        .collect();
    for (start, end, entry, frame) in undoing {
        join(sentence, found, (start, end, entry, frame), UNDONE);
    }
    for one in stopping {
        // "blocks the ban": the noun follows closely; "the ban blocks" is no undoing.
        if found.iter().any(|other| other.start == one.0) {
            join(sentence, found, one, UNDONE / 2);
        }
    }
}

fn join(
    sentence: &Sentence<'_>,
    found: &mut Vec<Trigger>,
    (start, end, entry, frame): (usize, usize, usize, Frame),
    reach: usize,
) {
    let is_limit = |one: &Trigger| {
        matches!(one.action, Action::Prohibit | Action::Restrict | Action::Suspend | Action::Withhold) && one.start != start
    };
    let strict = reach < UNDONE;
    let is_near = |one: &Trigger| {
        let (from, to) = if one.start >= end { (end, one.start) } else { (one.end, start) };
        let follows = one.start >= end;
        // "banned sales, is drafting curbs" bans no curbs.
        let clause = sentence.breaks.iter().any(|at| *at >= from && *at < to);
        let fits = !strict || follows && one.frame == Frame::Noun && !clause;
        from <= to && to - from <= reach && fits && !sentence.between(from, to).contains([';', '；', '。'])
    };
    let target = found.iter().filter(|one| is_limit(one) && is_near(one)).min_by_key(|one| {
        let gap = if one.start >= end { one.start - end } else { start - one.end };
        (one.frame != Frame::Noun, gap)
    });
    let Some(target) = target.cloned() else { return };
    found.retain(|one| one.start != target.start && one.start != start);
    let passive = target.end <= start && before(sentence, start, 26, Cue::Be).is_some()
        || after(sentence, end, 2, Cue::PassiveAfter).is_some()
        || before(sentence, start, 14, Cue::By).is_some_and(|by| !sentence.between(by.start, by.end).is_ascii());
    found.push(Trigger {
        action: Action::Restore,
        frame: if passive { Frame::Done } else { frame },
        start: start.min(target.start),
        head: start.min(target.start),
        end: end.max(target.end),
        passive,
        entry,
        zone: target.zone,
        ends: Some(target.action),
        negated: false,
        changed: None,
    });
}

/// Turns a negated act into what it then says; `false` where it then says nothing.
fn negate(sentence: &Sentence<'_>, trigger: &mut Trigger) -> bool {
    // 不 in 不雅 denies nothing.
    let in_word = |not: &Mark| {
        let longer = |mark: &&&Mark| matches!(mark.class, Class::Ground(_) | Class::Audience(_) | Class::Topic(_));
        sentence.marks.iter().filter(longer).any(|mark| mark.start <= not.start && mark.end > not.end)
    };
    let ahead = before(sentence, trigger.start, NEGATION, Cue::Not).filter(|mark| !in_word(mark));
    let behind = after(sentence, trigger.end, 6, Cue::NotAfter);
    if ahead.is_none() && behind.is_none() || trigger.frame == Frame::Noun && ahead.is_some() && behind.is_none() {
        // "no ban" is handled below; other negations do not reach nouns.
        return trigger.frame != Frame::Noun || ahead.is_none_or(|mark| trigger.start - mark.end > 12);
    }
    trigger.negated = true;
    trigger.start = ahead.map_or(trigger.start, |mark| mark.start);
    trigger.end = behind.map_or(trigger.end, |mark| mark.end);
    match trigger.action {
        Action::Allow => {
            trigger.action = Action::Withhold;
            true
        }
        Action::Restore => {
            trigger.action = trigger.ends.unwrap_or(Action::Prohibit);
            true
        }
        _ => false,
    }
}

/// Of several words for one act in one clause the first stands, with the rest as its tail; a limit's noun hides the verb
/// that brings it ("introduces a ban").
fn one_a_clause(sentence: &Sentence<'_>, found: Vec<Trigger>, sov: bool) -> Vec<Trigger> {
    let mut kept: Vec<Trigger> = Vec::new();
    for trigger in found {
        let Some(last) = kept.last_mut() else {
            kept.push(trigger);
            continue;
        };
        let (from, to) = (last.end.min(trigger.start), trigger.start);
        let apart = sentence.breaks.iter().any(|at| *at >= from && *at < to) || trigger.start < last.start;
        let name_between = sentence.names.iter().any(|name| name.start >= from && name.end <= to);
        if !apart && last.action == trigger.action && (!name_between || trigger.frame == Frame::Noun || last.frame == Frame::Noun)
        {
            let frame = if last.frame == Frame::Noun { trigger.frame } else { last.frame };
            last.passive = if last.frame == Frame::Noun { trigger.passive } else { last.passive };
            last.frame = frame;
            last.end = last.end.max(trigger.end);
        } else if apart && last.action == trigger.action && is_consequence(sentence, (from, to), trigger.end) {
            last.end = last.end.max(trigger.end);
        } else if !apart
            && last.action == Action::Allow
            && last.frame == Frame::Does
            && trigger.frame == Frame::Noun
            && to - from < 30
        {
            *last = Trigger { frame: Frame::Does, passive: last.passive, start: last.start, ..trigger };
        } else if sov && !apart && !name_between && stops_opening(&trigger, last) {
            // "출시를 미뤘다": the verb behind says what becomes of the opening.
            *last = trigger;
        } else if trigger.start == last.start
            && trigger.head < trigger.end
            && trigger.end >= last.end
            && is_sharper(trigger.action, last.action)
        {
            *last = trigger;
        } else if trigger.start < last.end || !apart && !name_between && stops_opening(last, &trigger) {
            // Words that overlap, or follow as what is stopped, tell one thing: the first.
        } else {
            kept.push(trigger);
        }
    }
    kept
}

/// "lets staff back in", "pulls the app until": of two readings of the same words the one that says more.
fn is_sharper(next: Action, last: Action) -> bool {
    matches!((next, last), (Action::Restore, Action::Allow) | (Action::Suspend, Action::Prohibit))
}

/// What a denial speaks of has not happened: "denies pulling the plug", "rejected a report that it had barred".
fn denied(sentence: &Sentence<'_>, found: &mut Vec<Trigger>) {
    const REACH: usize = 90;
    let denials: Vec<usize> = found.iter().filter(|one| one.action == Action::Deny).map(|one| one.end).collect();
    let close = |end: usize, start: usize| {
        start >= end && start - end <= REACH && !sentence.between(end, start).contains([',', ';', '，', '；', '。'])
    };
    found.retain(|one| one.action == Action::Deny || !denials.iter().any(|end| close(*end, one.start)));
}

/// "…, cutting them off": a participle right behind a comma tells what the act before it comes to.
fn is_consequence(sentence: &Sentence<'_>, (from, to): (usize, usize), end: usize) -> bool {
    let word = sentence.between(to, end).split(' ').next().unwrap_or_default();
    sentence.between(from, to).trim_end().ends_with(',') && word.ends_with("ing")
}

/// "delays the launch", "halts the rollout": what is not to begin does not begin.
fn stops_opening(last: &Trigger, next: &Trigger) -> bool {
    const RIGHT_BEHIND: usize = 20;
    let stops = matches!(last.action, Action::Withhold | Action::Suspend | Action::Prohibit | Action::Restrict);
    let active = (last.frame == Frame::Does || last.frame == Frame::Done) && !last.passive;
    stops
        && active
        && next.action == Action::Allow
        && next.start.saturating_sub(last.end).max(last.start.saturating_sub(next.end)) < RIGHT_BEHIND
}

/// Gives each trigger the part of the sentence around it: between two of them the last clause border divides, in
/// languages with the verb at the end the first.
fn zones(sentence: &Sentence<'_>, found: &mut [Trigger], sov: bool) {
    let count = found.len();
    for at in 1..count {
        let (from, to) = (found[at - 1].end, found[at].start);
        let mut between = sentence.breaks.iter().copied().filter(|b| *b >= from && *b <= to);
        let border = if sov { between.next() } else { between.next_back() };
        let border = border.unwrap_or(if sov { from } else { to });
        found[at - 1].zone.1 = border;
        found[at].zone.0 = border;
    }
}
