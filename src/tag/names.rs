//! Names to ids: one automaton over folded text; word borders where the script has them; the longest name wins.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::normal::{Folder, Plain, is_invisible, is_unspaced};
use super::trie::Trie;
use super::words::{Office, Person, Words};
use crate::model::explained::Entry;
use crate::model::taxonomy::{Alias, Kind, Member, Taxonomy};

/// More names than this in one field are not looked at: a long article has a few hundred.
const NAMES: usize = 2_000;

/// Every name that we know.
pub struct Names {
    trie: Trie,
    /// By pattern: what may be meant.
    uses: Vec<Vec<Use>>,
    /// By pattern: see [`Name::is_bare`].
    bare: Vec<bool>,
    /// Who and what can be named.
    pub members: Vec<Known>,
    /// Vendors that serve the models of others.
    hosts: Vec<String>,
}

/// Parts of names that say that a government is meant.
#[rustfmt::skip]
const SAYS_STATE: &[&str] = &[
    "govern", "gouv", "gobierno", "regierung", "administra", "authorit", "autorit", "政府",
    "当局", "政权", "政権", "정부", "당국",
];

/// A member of the taxonomy, with what reading needs.
#[derive(Clone, Debug)]
pub struct Known {
    /// What it is.
    pub kind: Kind,
    /// Its id.
    pub id: String,
    /// Product: its vendor. Others: the home region.
    pub of: Option<String>,
    /// Authority: its office.
    pub role: Option<String>,
    /// Product: serves the models of others, as a cloud does.
    pub is_host: bool,
    /// Folded words that show that something else is meant.
    pub beware: Vec<String>,
    /// A state as such, whose capital stands for it: `cn-government`.
    pub is_state: bool,
}

#[derive(Clone, Debug)]
struct Use {
    /// `None` for a decoy: a longer word that holds a name by chance.
    member: Option<usize>,
    lang: String,
    /// As written: compared where case matters.
    text: String,
    case: Case,
    weak: Option<Weak>,
    written: Written,
    /// It counts in every language.
    everywhere: bool,
}

/// Where a name stands in the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Written {
    /// As its member's own name.
    Name,
    /// Among its aliases.
    Alias,
    /// As the name of somebody who speaks for it.
    Person,
}

/// Why a name does not count by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weak {
    /// A family name: counts once its member is named otherwise.
    Family,
    /// An ordinary word: counts where the field speaks of AI, or its member is named otherwise.
    Word,
}

/// How the letters must stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    /// Anyhow.
    Any,
    /// The first letter is a capital.
    Capital,
    /// Exactly as written: an acronym.
    Exact,
}

/// A name in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// First byte in the folded text.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// What is named: indices into [`Names::members`]; never empty. A name may be of a vendor and of its product.
    pub members: Vec<usize>,
    /// Why it is not yet vouched for; `None` where it needs no voucher.
    pub weak: Option<Weak>,
    /// It says nothing of what it names: "Beijing", not "the Chinese government".
    pub is_bare: bool,
    /// A place is named.
    pub is_place: bool,
    /// Which pattern, see [`Names::entry`].
    pattern: usize,
}

impl Names {
    /// All names of a taxonomy, and those who speak for its members.
    pub fn new(taxonomy: &Arc<Taxonomy>, words: &Words, folder: &Folder) -> Self {
        let mut patterns: BTreeMap<String, Vec<Use>> = BTreeMap::new();
        let mut members = Vec::new();
        let mut add = |folded: String, mut one: Use| {
            one.everywhere |= is_everywhere(one.lang.split('-').next().unwrap_or("*"), &one.text, one.case);
            if !folded.trim().is_empty() {
                patterns.entry(folded).or_default().push(one);
            }
        };
        for member in taxonomy.all() {
            let index = members.len();
            members.push(Known { is_host: words.hosts.contains(&member.id), ..known(member, &words.offices, folder) });
            let name = Alias { lang: "en".to_string(), text: member.name.clone() };
            let all = std::iter::once((&name, Written::Name)).chain(member.aliases.iter().map(|alias| (alias, Written::Alias)));
            for (alias, written) in all {
                let weak = member.weak.contains(&alias.text).then_some(Weak::Word);
                let case = if member.exact.contains(&alias.text) { Case::Exact } else { case(alias) };
                let one = Use {
                    member: Some(index),
                    lang: alias.lang.clone(),
                    text: nfkc(&alias.text),
                    case,
                    weak,
                    written,
                    everywhere: false,
                };
                add(folder.fold(&alias.text), one);
            }
            for decoy in &member.decoys {
                let (lang, text, written) = ("*".to_string(), nfkc(decoy), Written::Alias);
                let one = Use { member: None, lang, text, case: Case::Any, weak: None, written, everywhere: true };
                add(folder.fold(decoy), one);
            }
        }
        for person in &words.persons {
            let Some(index) = speaker(&members, person) else { continue };
            let short = person.short.iter().map(|name| (name, Some(Weak::Family)));
            for (name, weak) in person.names.iter().map(|name| (name, None)).chain(short) {
                let (lang, text, written) = ("*".to_string(), nfkc(name), Written::Person);
                let one = Use { member: Some(index), lang, text, case: Case::Capital, weak, written, everywhere: true };
                add(folder.fold(name), one);
            }
        }
        // An outlet's name names nothing else: "The New York Times" is no place.
        for folded in words.outlets.iter().flat_map(|outlet| &outlet.folded) {
            patterns.entry(folded.clone()).or_default();
        }
        let (patterns, uses): (Vec<String>, Vec<Vec<Use>>) = patterns.into_iter().unzip();
        let bare = patterns.iter().map(|pattern| !SAYS_STATE.iter().any(|word| pattern.contains(word))).collect();
        let hosts = members.iter().filter(|one| one.is_host).filter_map(|one| one.of.clone()).collect();
        Self { trie: Trie::new(&patterns), uses, bare, members, hosts }
    }

    /// Whether a vendor serves the models of others, as clouds do.
    pub fn serves_others(&self, vendor: Option<&str>) -> bool {
        vendor.is_some_and(|vendor| self.hosts.iter().any(|host| host == vendor))
    }

    /// The entry by which a name is known, for one of those whom it names; `shown` is how it stands in the text.
    pub fn entry(&self, name: &Name, wanted: Option<&str>, (shown, lang): (&str, &str)) -> Option<Entry> {
        let main = lang.split('-').next().unwrap_or(lang);
        let fitting = || self.uses[name.pattern].iter().filter(|one| fits(one, shown, main));
        let named = |one: &&Use| one.member.is_some_and(|index| Some(self.members[index].id.as_str()) == wanted);
        let one = fitting().find(named).or_else(|| fitting().find(|one| one.member.is_some()))?;
        let member = &self.members[one.member?];
        let (file, key) = match one.written {
            Written::Name => (super::taxonomy::file(member.kind), format!("{}.name", member.id)),
            Written::Alias => (super::taxonomy::file(member.kind), format!("{}.aliases.{}", member.id, one.lang)),
            Written::Person => ("taxonomy/words/common.toml".to_string(), format!("person.{}", member.id)),
        };
        Some(Entry { file, key, term: one.text.clone() })
    }

    /// The names in a field, in order, none inside another; `starts` are the bytes where words may begin.
    pub fn find(&self, plain: &Plain, starts: &[u32], original: &str, lang: &str) -> Vec<Name> {
        let mut found: Vec<Name> = Vec::new();
        let main = lang.split('-').next().unwrap_or(lang);
        for start in starts.iter().map(|start| *start as usize) {
            for (pattern, end) in self.trie.at(plain.text.as_bytes(), start) {
                let genitive = lang == "de" && plain.text[end..].starts_with('s') && super::words::ends(&plain.text, end + 1);
                if super::words::ends(&plain.text, end) || genitive {
                    let (from, to) = plain.original(start, end);
                    found.extend(self.name(pattern, (start, end), original.get(from..to).unwrap_or(""), main));
                }
            }
            if found.len() >= NAMES {
                break;
            }
        }
        // Decoys and outlets have kept shorter names out by now, and name nobody.
        let mut kept = longest(found);
        kept.retain(|name| !name.members.is_empty());
        kept
    }

    /// What a pattern names where it is shown so, in a language.
    fn name(&self, pattern: usize, (start, end): (usize, usize), shown: &str, main: &str) -> Option<Name> {
        let uses = &self.uses[pattern];
        let (mut members, mut weak) = (Vec::new(), Some(Weak::Family));
        let mut fits_any = uses.is_empty();
        for one in uses.iter().filter(|one| fits(one, shown, main)) {
            fits_any = true;
            members.extend(one.member);
            weak = weak.and(one.weak);
        }
        members.sort_unstable();
        members.dedup();
        let is_place = members.iter().any(|index: &usize| self.members[*index].kind == Kind::Region);
        fits_any.then_some(Name { start, end, members, weak, is_bare: self.bare[pattern], is_place, pattern })
    }
}

/// Of names that overlap, the longest; of equally long ones, the first.
fn longest(mut found: Vec<Name>) -> Vec<Name> {
    found.sort_by(|a, b| (a.start, b.end).cmp(&(b.start, a.end)));
    let mut kept: Vec<Name> = Vec::with_capacity(found.len());
    for name in found {
        match kept.last_mut() {
            Some(last) if name.start < last.end => {
                if name.end - name.start > last.end - last.start {
                    *last = name;
                }
            }
            _ => kept.push(name),
        }
    }
    kept
}

fn fits(one: &Use, shown: &str, main: &str) -> bool {
    // Shouting: "BARCLAYS BANS CLAUDE".
    let shouted = || shown.chars().filter(|c| c.is_alphabetic()).count() > 4 && !shown.chars().any(char::is_lowercase);
    let seen = || nfkc(shown).chars().filter(|c| !is_invisible(*c)).collect::<String>();
    let exact = || if shown.is_ascii() { shown == one.text } else { seen() == one.text };
    (one.everywhere || one.lang.split('-').next() == Some(main))
        && match one.case {
            Case::Any => true,
            Case::Capital => shown.chars().next().is_some_and(|first| !first.is_lowercase()),
            Case::Exact => exact() || one.text.chars().count() > 4 && shouted(),
        }
}

/// Whether a name counts in other languages than its own: names in another script, and English ones that are no short acronym.
fn is_everywhere(lang: &str, text: &str, case: Case) -> bool {
    let letters = text.chars().all(|c| c.is_ascii_alphabetic());
    let short = text.chars().count() < 4 && letters && case != Case::Exact;
    lang == "*" || text.chars().nth(1).is_some() && !is_latin(text) || !short && lang == "en"
}

fn is_latin(text: &str) -> bool {
    text.chars().all(|c| c < '\u{0250}' || matches!(c, '\u{2010}'..='\u{2027}'))
}

/// Names of few letters and all capitals are acronyms; other names begin with a capital where the alias does.
fn case(alias: &Alias) -> Case {
    let letters: Vec<char> = alias.text.chars().filter(|c| c.is_alphabetic()).collect();
    if !is_latin(&alias.text) {
        return Case::Any;
    }
    if letters.len() <= 5 && letters.iter().all(char::is_ascii_uppercase) {
        Case::Exact
    } else if letters.first().is_some_and(|letter| letter.is_uppercase()) {
        Case::Capital
    } else {
        Case::Any
    }
}

fn nfkc(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfkc().collect()
}

fn known(member: &Member, offices: &[Office], folder: &Folder) -> Known {
    let of = if member.kind == Kind::Product { member.vendor.clone() } else { member.home.clone() };
    let country = || member.id.split('-').next().filter(|cc| cc.len() == 2).map(str::to_uppercase);
    let of = of.or_else(|| country().filter(|_| member.kind == Kind::Authority));
    let role = (member.kind == Kind::Authority).then(|| role(member, offices)).flatten();
    let beware = member.beware.iter().map(|word| folder.fold(word)).collect();
    let is_state = member.kind == Kind::Authority && member.id.ends_with("-government");
    Known { kind: member.kind, id: member.id.clone(), of, role, beware, is_state, is_host: false }
}

/// The first office that one of an authority's names shows, its own name before the others.
fn role(member: &Member, offices: &[Office]) -> Option<String> {
    let names = std::iter::once(&member.name).chain(member.aliases.iter().map(|alias| &alias.text));
    names.map(|name| name.to_lowercase()).find_map(|name| {
        let shown = offices.iter().find(|office| office.name.iter().any(|word| name.contains(word.as_str())));
        shown.map(|office| office.role.clone())
    })
}

fn speaker(members: &[Known], person: &Person) -> Option<usize> {
    let who = [Kind::Bank, Kind::Vendor, Kind::Authority, Kind::Company];
    who.iter().find_map(|kind| members.iter().position(|one| one.kind == *kind && one.id == person.speaks_for))
}

impl Names {
    /// Drops names beside which a word stands that shows that something else is meant, and weak names that nothing
    /// vouches for.
    pub fn vouched(&self, fields: &mut [(&Plain, Vec<Name>)], speaks_of_ai: bool) {
        let all: Vec<usize> = fields
            .iter()
            .flat_map(|(_, names)| names.iter().filter(|name| name.weak.is_none()).flat_map(|name| name.members.clone()))
            .collect();
        let mut homonyms: Vec<usize> = fields.iter().flat_map(|(_, names)| names).flat_map(|name| name.members.clone()).collect();
        homonyms.sort_unstable();
        homonyms.dedup();
        homonyms.retain(|index| {
            let beware = &self.members[*index].beware;
            !beware.is_empty() && fields.iter().any(|(plain, names)| stands_beside(beware, *index, plain, names))
        });
        for (_, names) in fields.iter_mut() {
            for name in names.iter_mut() {
                let vouched = |member: &usize| match name.weak {
                    None => true,
                    Some(Weak::Family) => all.contains(member),
                    Some(Weak::Word) => speaks_of_ai || all.contains(member),
                };
                name.members.retain(|member| !homonyms.contains(member) && vouched(member));
                self.tell_apart(name, &all);
            }
            names.retain(|name| !name.members.is_empty());
        }
    }
}

impl Names {
    /// Of several of one kind that share a weak name (商務部, "FSC"), keeps those that the article names otherwise, else
    /// those whose home it names; all where it names none.
    fn tell_apart(&self, name: &mut Name, certain: &[usize]) {
        let kind = |member: usize| self.members[member].kind;
        let at_home = |member: usize| {
            let home = self.members[member].of.as_deref();
            certain.iter().any(|other| kind(*other) == Kind::Region && Some(self.members[*other].id.as_str()) == home)
        };
        let all = name.members.clone();
        let rivals = |member: usize| all.iter().filter(move |other| kind(**other) == kind(member)).copied();
        name.members.retain(|member| {
            certain.contains(member)
                || !rivals(*member).any(|rival| certain.contains(&rival)) && (at_home(*member) || !rivals(*member).any(at_home))
        });
    }
}

/// How far from a name a word of warning counts, in bytes.
const BESIDE: usize = 90;

fn stands_beside(beware: &[String], member: usize, plain: &Plain, names: &[Name]) -> bool {
    names.iter().filter(|name| name.members.contains(&member)).any(|name| {
        let from = floor(&plain.text, name.start.saturating_sub(BESIDE));
        let to = floor(&plain.text, (name.end + BESIDE).min(plain.text.len()));
        let around = [&plain.text[from..name.start], &plain.text[name.end..to]];
        beware.iter().any(|word| around.iter().any(|part| has_word(part, word)))
    })
}

/// Whether a word stands in a text, whole where the script has words (a plural counts).
fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word).any(|(at, _)| {
        let end = at + word.len();
        let plural = if text[end..].starts_with('s') { end + 1 } else { end };
        super::words::begins(text, at) && (super::words::ends(text, end) || super::words::ends(text, plural))
            || word.chars().any(is_unspaced)
    })
}

/// The last character border at or before a byte.
pub fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
