//! Access events: who changed, or said they would change, whose access to which AI, with the words that say so.
//! Fields and values are those of the labelled corpus (`tests/corpus/README.md`).

use serde::{Deserialize, Serialize};

use super::when::PartialDate;

/// Declares an enum whose variants have one kebab-case name, in JSON and as `as_str`.
macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $text)] $variant,)* }

        impl $name {
            /// All values, in the order of the scheme.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name used in data.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
        }
    };
}

named! {
    /// What kind of party acts.
    ActorKind {
        /// A regulated financial firm.
        Bank = "bank",
        /// A maker or server of AI.
        Vendor = "vendor",
        /// A government, regulator or court.
        Government = "government",
        /// Another company.
        Company = "company",
    }
}

named! {
    /// What is done.
    Action {
        /// Access ends.
        Prohibit = "prohibit",
        /// Access continues in part, or under conditions.
        Restrict = "restrict",
        /// Stopped for now, pending something.
        Suspend = "suspend",
        /// The vendor does not launch or serve there.
        Withhold = "withhold",
        /// Access begins, is approved, licensed, rolled out.
        Allow = "allow",
        /// A ban is lifted, a service resumes.
        Restore = "restore",
        /// A probe, warning or order for information; access untouched.
        Investigate = "investigate",
        /// A party denies a reported restriction.
        Deny = "deny",
    }
}

named! {
    /// How far it has come.
    Status {
        /// It holds.
        InForce = "in-force",
        /// Said for a later day.
        Announced = "announced",
        /// Put forward, not decided.
        Proposed = "proposed",
        /// Weighed, not put forward.
        Considered = "considered",
        /// Reported without anybody answerable.
        Rumoured = "rumoured",
        /// It no longer holds.
        Ended = "ended",
    }
}

named! {
    /// The ground it rests on.
    Instrument {
        /// The vendor's own terms.
        VendorTerms = "vendor-terms",
        /// Export control.
        ExportControl = "export-control",
        /// Sanctions.
        Sanctions = "sanctions",
        /// Privacy and data-protection law.
        DataProtection = "data-protection",
        /// Financial regulation.
        FinancialRegulation = "financial-regulation",
        /// National or information security.
        NationalSecurity = "national-security",
        /// The organisation's own rules.
        InternalPolicy = "internal-policy",
        /// Control of content.
        Censorship = "censorship",
        /// A court's order.
        CourtOrder = "court-order",
        /// A purchase or a rule on purchases.
        Procurement = "procurement",
        /// None is stated.
        NoneStated = "none-stated",
    }
}

named! {
    /// Whose access it is.
    Audience {
        /// The actor's own staff.
        Employees = "employees",
        /// Customers.
        Customers = "customers",
        /// Everybody.
        Public = "public",
        /// Developers.
        Developers = "developers",
        /// Civil servants.
        GovernmentStaff = "government-staff",
        /// Foreign nationals.
        ForeignNationals = "foreign-nationals",
        /// Entities owned from China.
        ChineseOwnedEntities = "chinese-owned-entities",
        /// Companies.
        Companies = "companies",
        /// Somebody else.
        Other = "other",
    }
}

/// A place in an article that says something.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Evidence {
    /// Which part of the article.
    pub field: Field,
    /// First byte of the range in the UTF-8 of that part.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The bytes of the range.
    pub quote: String,
    /// The rule or lexicon entry that read it so.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub rule: String,
}

/// A part of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    /// Its title.
    Title,
    /// Its text.
    Text,
}

/// Someone changed, or said they would change, whose access to which AI.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessEvent {
    /// Id of whoever acts; `None` when unknown, unnamed, or many unnamed.
    pub actor: Option<String>,
    /// What kind of party that is; `None` with an unknown actor of unknown kind.
    pub actor_kind: Option<ActorKind>,
    /// What is done.
    pub action: Action,
    /// Id of whoever makes or serves the technology; `None` for AI in general.
    pub vendor: Option<String>,
    /// Id of the product; `None` for the vendor's products at large.
    pub product: Option<String>,
    /// Region ids, sorted; empty when no place is stated.
    pub regions: Vec<String>,
    /// Whose access it is.
    pub audience: Audience,
    /// The ground.
    pub instrument: Instrument,
    /// How far it has come.
    pub status: Status,
    /// When, as stated; `None` when no date is stated.
    pub date: Option<PartialDate>,
    /// The article only looks back at it: evidence of an entry, but neither membership of a story nor an origin.
    #[serde(default)]
    pub recalled: bool,
    /// Where the article says so. Never empty.
    pub evidence: Vec<Evidence>,
}
