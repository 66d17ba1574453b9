//! The lexicon: what people say when access opens, narrows or ends, by language. Read from `taxonomy/words/*.toml`.

/// English verbs in all their forms.
mod inflect;

/// Reads the files.
mod read;

/// Finds the phrases in a text.
mod find;

pub use find::{Mark, Phrases, begins, ends, starts};
pub use read::{Office, Person, Words, read};

use crate::model::event::{Action, Audience, Instrument, Status};

/// What a phrase is a sign of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Class {
    /// An act, and how its words stand to whoever acts.
    Act(Action, Frame),
    /// Words that end another act: "lifts", "overturns".
    Undo,
    /// How far an act has come.
    Status(Status),
    /// Whose access it is.
    Audience(Audience),
    /// The ground.
    Ground(Instrument),
    /// An authority by what it does: "the privacy watchdog"; holds the role.
    Office(String),
    /// A noun that stands for whoever the story has introduced.
    Refers(Referent),
    /// A subject that is not ours, by name: outages, prices.
    Topic(String),
    /// A grammatical or other sign.
    Cue(Cue),
}

/// How the words of an act stand to the parties.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame {
    /// Whoever acts is the subject: "bans".
    Does,
    /// A participle: what is acted upon is the subject unless an auxiliary says otherwise: "banned", "gesperrt".
    Done,
    /// The technology is the subject: "is off limits", "下架".
    Goes,
    /// Whoever has or loses access is the subject: "can no longer use".
    Gets,
    /// A noun: "ban on".
    Noun,
}

/// Whom a noun refers back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Referent {
    /// "the lender".
    Bank,
    /// "the developer".
    Vendor,
    /// "the regulator".
    Authority,
    /// "the company": a vendor, or a bank where no vendor is meant.
    Company,
    /// "it", "they": whoever was the subject last.
    Anyone,
    /// "both banks": the two named last.
    Both,
    /// "all three": the three named last.
    Three,
    /// "the chatbot", "the model".
    Product,
    /// "the country", "there", "the city".
    Place,
}

macro_rules! cues {
    ($($(#[$doc:meta])* $variant:ident = $text:literal,)*) => {
        /// A sign that is no act, named as in the files.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Cue { $($(#[$doc])* $variant,)* }

        impl Cue {
            /// By its name in the files.
            pub fn named(name: &str) -> Option<Self> {
                match name { $($text => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

cues! {
    /// Negation before what it negates.
    Not = "not",
    /// Negation after what it negates (Japanese, Korean, German).
    NotAfter = "not-after",
    /// Makes the act before it passive (Japanese, Korean).
    PassiveAfter = "passive-after",
    /// A determiner: what follows is a noun.
    Article = "article",
    /// Before whoever receives: "for", "to".
    Recipient = "recipient",
    /// Before whoever did the same earlier: "following Goldman".
    Precedent = "precedent",
    /// After whoever did the same earlier: に続き, 에 이어.
    PrecedentAfter = "precedent-after",
    /// A list of those who may not be supplied: whoever is put on it is no maker of what is withheld.
    Listing = "listing",
    /// What an authority issues: "order", "law".
    Decree = "decree",
    /// Shop fronts: their owners only carry out.
    Shop = "shop",
    /// Announces whoever acts in a passive clause: "by".
    By = "by",
    /// Passive auxiliary.
    Be = "be",
    /// Perfect auxiliary: the participle after it is active.
    Have = "have",
    /// Somebody is told to do something.
    Order = "order",
    /// Somebody says something.
    Say = "say",
    /// A preposition: the name after it is no subject.
    Preposition = "preposition",
    /// A preposition of place: access is meant where a place follows.
    At = "at",
    /// A sign after a place that makes it one of access: "users", "banks", "的员工".
    Local = "local",
    /// A sign after a place that makes it a home: "-based", "chatbot", "start-up".
    Home = "home",
    /// After a place, a noun for a bank: "lender", "'s largest bank".
    BankNoun = "bank-noun",
    /// After a place, a noun for a vendor: "start-up", "lab".
    VendorNoun = "vendor-noun",
    /// After a place, a noun for any firm: "company", "group".
    CompanyNoun = "company-noun",
    /// After a product, makes its vendor of it: "maker", "开发商".
    Maker = "maker",
    /// A sign before a place that makes it no region: "servers in", "headquartered in".
    Elsewhere = "elsewhere",
    /// A sign that a destination is feared: "leak", "diverted".
    Feared = "feared",
    /// Joins clauses.
    Break = "break",
    /// After the name, marks it as subject (は, 이).
    Subject = "subject",
    /// After the name, marks it as anything but the subject (を, に, 에서).
    Object = "object",
    /// Belongs to whoever stands before: "'s".
    Possessive = "possessive",
    /// The act lies behind the report: "earlier", "had".
    Past = "past",
    /// What stays open.
    Remains = "remains",
    /// Who is not affected.
    LeftOut = "left-out",
    /// Under which condition.
    Condition = "condition",
    /// Until what is looked into is settled: "pending a review".
    Pending = "pending",
    /// Where the model is run.
    Hosting = "hosting",
    /// Why.
    Reason = "reason",
    /// Would not comment.
    NoComment = "no-comment",
    /// Says otherwise.
    Dispute = "dispute",
    /// AI in general.
    Tech = "tech",
    /// Chips for AI.
    Chip = "chip",
    /// "according to": an outlet follows or precedes.
    Source = "source",
    /// The name beside it only analyses, backs or competes.
    Bystander = "bystander",
    /// Weighed or imagined: what follows is no event.
    Unreal = "unreal",
    /// Swallows what stands in it.
    Ignore = "ignore",
    /// A name of a month, with its number by place in the list.
    Month = "month",
    /// A partner list, a closed preview: access for some.
    Partners = "partners",
}
