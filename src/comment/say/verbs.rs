//! English verbs of access: their forms, which way they turn, and how a status bends them.

use crate::comment::value::Side;
use crate::model::event::Status;

/// A verb that templates may use, and the words that the read-back knows it by.
pub struct Verb {
    /// Infinitive.
    pub base: &'static str,
    /// Third person: "bars".
    pub third: &'static str,
    /// Past and participle: "barred".
    pub past: &'static str,
    /// "barring".
    pub gerund: &'static str,
    /// Which way it turns.
    pub side: Side,
}

macro_rules! verbs {
    ($($side:ident: $($base:literal $third:literal $past:literal $gerund:literal),+;)+) => {
        /// Every verb of access.
        pub const VERBS: &[Verb] =
            &[$($(Verb { base: $base, third: $third, past: $past, gerund: $gerund, side: Side::$side },)+)+];
    };
}

verbs! {
    Shut: "bar" "bars" "barred" "barring", "shut" "shuts" "shut" "shutting", "close" "closes" "closed" "closing",
        "cut" "cuts" "cut" "cutting", "prohibit" "prohibits" "prohibited" "prohibiting", "ban" "bans" "banned" "banning",
        "block" "blocks" "blocked" "blocking", "withhold" "withholds" "withheld" "withholding",
        "suspend" "suspends" "suspended" "suspending", "halt" "halts" "halted" "halting",
        "restrict" "restricts" "restricted" "restricting", "limit" "limits" "limited" "limiting",
        "refuse" "refuses" "refused" "refusing", "narrow" "narrows" "narrowed" "narrowing";
    Open: "open" "opens" "opened" "opening", "allow" "allows" "allowed" "allowing", "permit" "permits" "permitted" "permitting",
        "license" "licenses" "licensed" "licensing", "restore" "restores" "restored" "restoring",
        "reopen" "reopens" "reopened" "reopening", "lift" "lifts" "lifted" "lifting", "admit" "admits" "admitted" "admitting",
        "clear" "clears" "cleared" "clearing";
    Ask: "examine" "examines" "examined" "examining", "investigate" "investigates" "investigated" "investigating",
        "question" "questions" "questioned" "questioning";
    Deny: "deny" "denies" "denied" "denying", "dispute" "disputes" "disputed" "disputing";
}

/// The verb with this infinitive.
pub fn verb(base: &str) -> Option<&'static Verb> {
    VERBS.iter().find(|verb| verb.base == base)
}

/// Present tense, for headlines: "bars", "is to bar", "proposes to bar".
pub fn does(verb: &Verb, status: Status) -> String {
    match status {
        Status::InForce => verb.third.to_string(),
        Status::Announced => format!("is to {}", verb.base),
        Status::Proposed => format!("proposes to {}", verb.base),
        Status::Considered => format!("considers {}", verb.gerund),
        Status::Rumoured => format!("is said to {}", verb.base),
        Status::Ended => format!("no longer {}", verb.third),
    }
}

/// Without a date: "has barred", "has proposed to bar".
pub fn has(verb: &Verb, status: Status) -> String {
    match status {
        Status::InForce => format!("has {}", verb.past),
        Status::Announced => format!("has announced that it will {}", verb.base),
        Status::Proposed => format!("has proposed to {}", verb.base),
        Status::Considered => format!("is considering whether to {}", verb.base),
        Status::Rumoured => format!("is said to have {}", verb.past),
        Status::Ended => format!("had for a time {}", verb.past),
    }
}

/// With a date, or of an earlier act: "barred", "proposed to bar".
pub fn did(verb: &Verb, status: Status) -> String {
    match status {
        Status::InForce => verb.past.to_string(),
        Status::Announced => format!("announced that it would {}", verb.base),
        Status::Proposed => format!("proposed to {}", verb.base),
        Status::Considered => format!("considered {}", verb.gerund),
        Status::Rumoured => format!("was said to have {}", verb.past),
        Status::Ended => format!("for a time {}", verb.past),
    }
}

/// In the passive: "has been barred", "is to be barred".
pub fn been(verb: &Verb, status: Status) -> String {
    match status {
        Status::InForce => format!("has been {}", verb.past),
        Status::Announced => format!("is to be {}", verb.past),
        Status::Proposed => format!("would be {}, as is proposed,", verb.past),
        Status::Considered => format!("would be {}, as is considered,", verb.past),
        Status::Rumoured => format!("is said to have been {}", verb.past),
        Status::Ended => format!("had for a time been {}", verb.past),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_never_told_as_a_deed() {
        let bar = verb("bar").unwrap();
        assert_eq!(does(bar, Status::InForce), "bars");
        for status in [Status::Announced, Status::Proposed, Status::Considered, Status::Rumoured] {
            for told in [does(bar, status), has(bar, status), did(bar, status)] {
                assert_ne!(told, "bars");
                assert_ne!(told, "has barred");
                assert_ne!(told, "barred");
            }
        }
    }
}
