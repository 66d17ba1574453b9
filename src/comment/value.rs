//! Typed values of facts: what a hole in a template is filled with, before any language.

use crate::model::event::{AccessEvent, Action, ActorKind, Audience, Instrument, Status};
use crate::model::ledger::{Layer, State};
use crate::model::taxonomy::Kind;
use crate::model::when::PartialDate;

/// What fills a hole.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Somebody or something in the taxonomy.
    Name(Kind, String),
    /// Several of them, in order of mention.
    Names(Vec<(Kind, String)>),
    /// An actor that no report names, by kind.
    Unnamed(Option<ActorKind>),
    /// An outlet, or whoever a report rests on, as it calls itself.
    Outlet(String),
    /// Several of them.
    Outlets(Vec<String>),
    /// A number of things: "51 days".
    Count(u64, Noun),
    /// Some of a number of things: "six of nine reports".
    Share(u64, u64, Noun),
    /// "second".
    Ordinal(u64),
    /// A date with its preposition: "on 18 June 2026", "in June 2026".
    On(PartialDate),
    /// The technology, with its maker: "Anthropic's Claude".
    Tool(Option<String>, Option<String>),
    /// The technology, where whoever acts makes it: "Claude", "its products".
    OwnTool(Option<String>),
    /// The technology in short: "Claude".
    Short(Option<String>, Option<String>),
    /// Whose access: "its staff in Hong Kong".
    Whom(Box<AccessEvent>),
    /// Where: "in Hong Kong".
    Places(Vec<String>),
    /// What somebody did to somebody's access, as a past clause without the actor.
    Deed(Box<AccessEvent>),
    /// The ground, as a noun phrase; the vendor's terms with the vendor, where it is known.
    Ground(Instrument, Option<String>),
    /// How far it has come; verbs take their form from it.
    Status(Status),
    /// Layers that have a state on record, with it, and whose policy is meant.
    Layers(Vec<(Layer, State)>, Noun),
    /// Layers of which nothing is on record, and whose policy is meant.
    Unrecorded(Vec<Layer>, Noun),
    /// A kind of thing, in the singular.
    Kind(Noun),
    /// A standard particular that no report states.
    Missing(Particular),
    /// What a thing is, as the taxonomy puts it: "an assistant". In English.
    What(String),
    /// Who stays outside a measure.
    Outside(Outside),
    /// What a condition is about.
    Terms(Condition),
    /// Where a model is run.
    Host(Host),
    /// A number as an article writes it: "35,000".
    Figure(String, Unit),
}

/// Declares a closed list of words, each with its English singular.
macro_rules! nouns {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs)] // Each variant is its word.
        pub enum $name { $($variant,)* }

        impl $name {
            /// The English word or phrase.
            pub fn english(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
        }
    };
}

nouns! {
    /// What is counted.
    Noun {
        Report = "report", Outlet = "outlet", Origin = "origin", Day = "day", Bank = "bank", Vendor = "vendor", Company = "company",
        Authority = "authority", Rival = "rival product", Country = "country", Language = "language", Measure = "measure", Act = "act", Party = "party",
    }
}

nouns! {
    /// Particulars that a reader asks for.
    Particular {
        People = "how many people are affected",
        Day = "the day on which it took effect",
        End = "when the stop is to end",
        Remains = "what the same people may still use",
        Conditions = "which conditions are attached",
        Deadline = "by when an answer is due",
    }
}

nouns! {
    /// Those who are expressly not affected.
    Outside {
        Elsewhere = "colleagues elsewhere",
        PrivateUse = "private users",
        Installed = "those who have it installed already",
        Website = "users of the web version",
        Existing = "existing customers",
    }
}

nouns! {
    /// What is asked in return.
    Condition {
        Audit = "reports and audits",
        Consent = "the users' consent",
        Review = "human review of what the model writes",
        Security = "security requirements",
        Location = "rules on where data lie",
    }
}

nouns! {
    /// Who runs a model.
    Host {
        Own = "on the user's own machines",
        Cloud = "in a cloud",
    }
}

nouns! {
    /// What a figure counts.
    Unit { People = "people", Chips = "chips", Organisations = "organisations", Money = "", }
}

/// Which way a measure turns the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    /// Towards shut.
    Shut,
    /// Towards open.
    Open,
    /// A question; the door is not touched.
    Ask,
    /// Somebody says that it is not so.
    Deny,
}

/// The side of an action.
pub fn side(action: Action) -> Side {
    match action {
        Action::Prohibit | Action::Restrict | Action::Suspend | Action::Withhold => Side::Shut,
        Action::Allow | Action::Restore => Side::Open,
        Action::Investigate => Side::Ask,
        Action::Deny => Side::Deny,
    }
}

/// Whether a status says that something is done, and not only said, weighed or over.
pub fn is_done(status: Status) -> bool {
    matches!(status, Status::InForce | Status::Ended)
}

/// The noun for somebody of a kind.
pub fn noun_of(kind: Option<ActorKind>) -> Noun {
    match kind {
        Some(ActorKind::Bank) => Noun::Bank,
        Some(ActorKind::Vendor) => Noun::Vendor,
        Some(ActorKind::Company) => Noun::Company,
        Some(ActorKind::Government) => Noun::Authority,
        None => Noun::Party,
    }
}

/// The technology of an event, as a sentence about its actor names it.
pub fn tool(event: &AccessEvent) -> Value {
    if event.vendor.is_some() && event.vendor == event.actor {
        return Value::OwnTool(event.product.clone());
    }
    Value::Tool(event.vendor.clone(), event.product.clone())
}

/// Whether the audience is the actor's own people.
pub fn is_own_staff(event: &AccessEvent) -> bool {
    event.audience == Audience::Employees && event.actor.is_some() && event.actor_kind != Some(ActorKind::Government)
}
