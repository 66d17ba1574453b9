//! What surrounds the words of an act and makes them tell of none: imagined, promised, weighed, unaffected.

use crate::model::event::{Action, Status};
use crate::tag::scene::Sentence;
use crate::tag::words::{Class, Cue, Mark};

use super::trigger::{Trigger, after, before};

/// "remain available to staff": what goes on is no event.
pub fn is_unaffected(sentence: &Sentence<'_>, trigger: &Trigger) -> bool {
    let remains = |mark: &&&Mark| matches!(mark.class, Class::Cue(Cue::Remains | Cue::LeftOut));
    sentence.marks.iter().filter(remains).any(|mark| mark.start < trigger.end && mark.end > trigger.start)
}

/// What stands around an act.
pub fn is_unreal(sentence: &Sentence<'_>, trigger: &Trigger) -> bool {
    // "研究是否": what is looked into is considered.
    let staged = |unreal: &&Mark| {
        let covers =
            |mark: &&Mark| matches!(mark.class, Class::Status(_)) && mark.start <= unreal.start && mark.end >= unreal.end;
        sentence.marks.iter().copied().any(|mark| covers(&mark))
    };
    let ahead = before(sentence, trigger.start, 60, Cue::Unreal).filter(|mark| !staged(mark));
    ahead.is_some() || after(sentence, trigger.end, 8, Cue::Unreal).is_some_and(|mark| !staged(&mark))
}

/// "只要整改完毕,才会放行": what is to open once something is done has not opened.
pub fn is_promised(sentence: &Sentence<'_>, trigger: &Trigger) -> bool {
    const REACH: usize = 90;
    let opens = matches!(trigger.action, Action::Allow | Action::Restore);
    let condition = |mark: &&&Mark| {
        mark.class == Class::Cue(Cue::Condition) && mark.end <= trigger.start && trigger.start - mark.end <= REACH
    };
    opens && sentence.marks.iter().any(|mark| condition(&mark))
}

/// "prüft, ob … verboten wird": who weighs whether to act investigates nothing.
pub fn is_weighed(sentence: &Sentence<'_>, trigger: &Trigger) -> bool {
    let covers = |mark: &&Mark| {
        matches!(mark.class, Class::Status(Status::Considered | Status::Proposed))
            && mark.start <= trigger.start
            && mark.end >= trigger.end
            && mark.end - mark.start > trigger.end - trigger.start
    };
    trigger.action == Action::Investigate && sentence.marks.iter().copied().any(|mark| covers(&mark))
}

/// "pending a review": what an act waits for is none of its own.
pub fn is_awaited(sentence: &Sentence<'_>, trigger: &Trigger) -> bool {
    let waits = |mark: &&&Mark| mark.class == Class::Cue(Cue::Condition);
    sentence.marks.iter().filter(waits).any(|mark| mark.start < trigger.start && mark.end >= trigger.end)
}
