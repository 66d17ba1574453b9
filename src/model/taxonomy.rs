//! Whom and what we know: banks, vendors, products, regions, authorities, companies, in every language that we read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A regulated financial firm.
    Bank,
    /// A maker or server of AI technology.
    Vendor,
    /// A model, service or chip.
    Product,
    /// A country (ISO 3166-1 alpha-2), sub-division (`US-TX`) or group (`EU`, `greater-china`).
    Region,
    /// A government, regulator or court (`cc-body`).
    Authority,
    /// Another company.
    Company,
}

/// What an authority is: decides the family of commentary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AuthorityKind {
    /// A government, ministry, legislature or agency with orders to give.
    Government,
    /// A supervisor of data, finance, competition or communication.
    Regulator,
    /// A court.
    Court,
}

/// One name in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alias {
    /// BCP 47: `en`, `zh-Hant`, `zh-Hans`, `ja`, `ko`, `de`, `fr`, `es`, `it`; `*` where it is the same in all.
    pub lang: String,
    /// As people write it.
    pub text: String,
}

/// One bank, vendor, product, region, authority or company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Lower-kebab common name; ISO code for a country; `cc-body` for an authority.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// English name, as pages print it.
    pub name: String,
    /// Every other name, the display names of other languages first in their language.
    pub aliases: Vec<Alias>,
    /// Words that, standing beside a name, show that something else is meant ("Gemini" beside "exchange").
    pub beware: Vec<String>,
    /// Longer words and names that hold one of its names by chance ("Apple Daily", 建行 in 构建行业): not it.
    pub decoys: Vec<String>,
    /// Names of it that count only in exactly this case, being ordinary words in another: "ING", "Target".
    pub exact: Vec<String>,
    /// Names of it that count only where their surroundings say so: "Meta", "Gemini", "Washington".
    pub weak: Vec<String>,
    /// Home region of a bank, vendor, authority or company.
    pub home: Option<String>,
    /// Its own page on the web.
    pub page: Option<String>,
    /// Product: who makes it; a vendor, or a bank or authority for its own people.
    pub vendor: Option<String>,
    /// Product: the product it is part of. Region: none; see `members`.
    pub parent: Option<String>,
    /// Product: what it is, as a noun phrase ("a general assistant"). Vendor: as an apposition ("the maker of Claude").
    pub what: Option<String>,
    /// Region that is a group: ids of the regions in it.
    pub members: Vec<String>,
    /// Authority: what it is.
    pub authority: Option<AuthorityKind>,
}

impl Member {
    /// A member with a name and nothing else.
    pub fn new(kind: Kind, id: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            kind,
            name: name.into(),
            aliases: Vec::new(),
            beware: Vec::new(),
            decoys: Vec::new(),
            exact: Vec::new(),
            weak: Vec::new(),
            home: None,
            page: None,
            vendor: None,
            parent: None,
            what: None,
            members: Vec::new(),
            authority: None,
        }
    }
}

/// Everything we know by name, checked: ids are unique a kind, references resolve, no alias is claimed twice.
#[derive(Clone, Debug, Default)]
pub struct Taxonomy {
    /// First 16 hex of the SHA-256 of the files; recorded with whatever was tagged by them.
    pub version: String,
    /// By kind and id.
    members: BTreeMap<(Kind, String), Member>,
}

impl Taxonomy {
    /// From checked members. Later ones replace earlier ones with the same kind and id.
    pub fn new(version: String, members: impl IntoIterator<Item = Member>) -> Self {
        let members = members.into_iter().map(|member| ((member.kind, member.id.clone()), member)).collect();
        Self { version, members }
    }

    /// The member with this id.
    pub fn get(&self, kind: Kind, id: &str) -> Option<&Member> {
        self.members.get(&(kind, id.to_string()))
    }

    /// Whoever may act: a bank, vendor, authority or company with this id, in that order.
    pub fn actor(&self, id: &str) -> Option<&Member> {
        [Kind::Bank, Kind::Vendor, Kind::Authority, Kind::Company].into_iter().find_map(|kind| self.get(kind, id))
    }

    /// All members, by kind and id.
    pub fn all(&self) -> impl Iterator<Item = &Member> {
        self.members.values()
    }

    /// All members of a kind, by id.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = &Member> {
        self.all().filter(move |member| member.kind == kind)
    }

    /// The printed name in a language: the first alias in that language, else the English name, else the id.
    pub fn name<'a>(&'a self, kind: Kind, id: &'a str, lang: &str) -> &'a str {
        let Some(member) = self.get(kind, id) else { return id };
        if lang == "en" {
            return &member.name;
        }
        member.aliases.iter().find(|alias| alias.lang == lang).map_or(&member.name, |alias| &alias.text)
    }

    /// Whether a region is another or lies in it: `HK` in `greater-china`, anything in `worldwide`, `US-TX` in `US`.
    pub fn within(&self, inner: &str, outer: &str) -> bool {
        inner == outer
            || outer == "worldwide"
            || inner.split_once('-').is_some_and(|(country, _)| country.len() == 2 && country == outer)
            || self.get(Kind::Region, outer).is_some_and(|group| group.members.iter().any(|member| self.within(inner, member)))
    }
}
