//! What a feed says, whatever its form.

use jiff::Timestamp;

use super::content;
use crate::model::edition::{Covered, Material};
use crate::model::insight::{Insight, Sentence};
use crate::model::site::Site;
use crate::model::taxonomy::Kind;
use crate::publish::digest::Inputs;
use crate::publish::{paths, shown, text};

/// Newest stories that a feed carries: a reader who looks once a week misses none, and a feed stays under a megabyte.
const MOST_ENTRIES: usize = 50;

/// Longest title, in characters; ours are far shorter, and some readers show nothing else.
const LONGEST_TITLE: usize = 300;

/// Which feed, and where.
#[derive(Clone, Debug)]
pub struct Address {
    /// Whose it is; `None` for everything.
    pub member: Option<(Kind, String)>,
    /// From the site's root, with a slash at both ends: `/banks/jpmorgan/`.
    pub folder: String,
}

impl Address {
    /// Everything first, then each member that has a page, by kind and id.
    pub fn all(material: &Material) -> Vec<Self> {
        let members = shown::shown(material).into_iter().filter_map(|(kind, id)| {
            let folder = paths::member(kind, &id)?;
            Some(Self { member: Some((kind, id)), folder })
        });
        std::iter::once(Self { member: None, folder: "/".into() }).chain(members).collect()
    }

    /// "Insight", "Insight: JPMorgan".
    pub fn title(&self, material: &Material) -> String {
        let site = &material.site;
        let name = match &self.member {
            Some((kind, id)) => format!("{}: {}", site.name, material.taxonomy.name(*kind, id, language(site))),
            None => site.name.clone(),
        };
        text::clean(&if site.sample { format!("{name} (sample edition)") } else { name })
    }

    fn stories<'a>(&self, material: &'a Material) -> Vec<&'a Covered> {
        let mut stories = match &self.member {
            Some((kind, id)) => shown::stories(material, *kind, id),
            None => material.stories.iter().collect(),
        };
        stories.truncate(MOST_ENTRIES);
        stories
    }
}

/// A feed in the publication's main language.
pub struct Channel {
    /// `tag:` URI.
    pub id: String,
    /// One line.
    pub title: String,
    /// One line.
    pub subtitle: String,
    /// BCP 47.
    pub lang: String,
    /// The folder that it stands in, as an address, which is also the page that it belongs to.
    pub home: String,
    /// When something in it last changed in substance.
    pub updated: Timestamp,
    /// Who publishes it.
    pub publisher: String,
    /// Licence of the data: name and address.
    pub licence: (String, String),
    /// Where the ledger stands, with its head.
    pub ledger: LedgerHead,
    /// Newest first.
    pub entries: Vec<Entry>,
}

/// The state of the ledger that a feed was made from.
pub struct LedgerHead {
    /// The chain's address.
    pub url: String,
    /// Lower hex SHA-256 of its last line.
    pub head: String,
    /// Number of its entries.
    pub entries: u64,
}

impl LedgerHead {
    /// The head as a fragment of the chain's address, which is what fits into the forms' own vocabulary.
    pub fn address(&self) -> String {
        format!("{}#sha256={}", self.url, self.head)
    }
}

/// One story.
pub struct Entry {
    /// `tag:` URI of the story's id.
    pub id: String,
    /// Its page.
    pub url: String,
    /// One line.
    pub title: String,
    /// A sentence or two.
    pub summary: String,
    /// Full text; safe HTML without relative addresses.
    pub html: String,
    /// First shown.
    pub published: Timestamp,
    /// Latest report or edit of one, or first shown where that is later.
    pub updated: Timestamp,
    /// What it is about.
    pub categories: Vec<Category>,
}

/// A subject of an entry.
pub struct Category {
    /// Our id.
    pub term: String,
    /// The folder of its kind, as an address.
    pub scheme: String,
    /// Its name.
    pub label: String,
}

impl Channel {
    /// Gathers a feed.
    pub fn new(material: &Material, address: &Address) -> Self {
        let site = &material.site;
        let entries: Vec<Entry> = address.stories(material).into_iter().map(|covered| entry(material, covered)).collect();
        Self {
            id: format!("tag:{}:feed{}", site.tag_authority, address.folder.trim_end_matches('/')),
            title: address.title(material),
            subtitle: text::clean(if site.motto.is_empty() { &site.name } else { &site.motto }),
            lang: language(site).to_string(),
            home: absolute(site, &address.folder),
            updated: entries.iter().map(|entry| entry.updated).max().unwrap_or(material.time),
            publisher: text::clean(&site.publisher),
            licence: (text::clean(&site.data_licence.0), site.data_licence.1.clone()),
            ledger: LedgerHead {
                url: absolute(site, "/data/ledger.jsonl"),
                head: material.ledger.head.clone(),
                entries: material.ledger.entries,
            },
            entries,
        }
    }
}

/// The main language.
pub fn language(site: &Site) -> &str {
    site.languages.first().map_or("en", String::as_str)
}

/// A path from the root as an address.
pub fn absolute(site: &Site, path: &str) -> String {
    format!("{}{}", site.base_url, path.trim_start_matches('/'))
}

/// Sentences as one line.
pub fn line(sentences: &[Sentence]) -> String {
    let sentences: Vec<String> = sentences.iter().map(|sentence| text::clean(&sentence.text)).collect();
    sentences.join(" ")
}

fn entry(material: &Material, covered: &Covered) -> Entry {
    let (site, story) = (&material.site, &covered.story);
    let insight = spoken(covered);
    Entry {
        id: format!("tag:{}:{}", site.tag_authority, story.id),
        url: absolute(site, &paths::story(story)),
        title: text::shorten(&insight.map_or(String::new(), |insight| insight.headline.text.clone()), LONGEST_TITLE),
        summary: insight.map_or(String::new(), |insight| line(&insight.summary)),
        html: insight.map_or(String::new(), |insight| content::html(material, covered, insight)),
        published: story.first_shown,
        updated: story.last_news(),
        categories: categories(material, covered),
    }
}

/// The commentary in the main language, which comes first.
fn spoken(covered: &Covered) -> Option<&Insight> {
    covered.insights.first()
}

fn categories(material: &Material, covered: &Covered) -> Vec<Category> {
    let site = &material.site;
    let subject = |(kind, id): (Kind, &str)| {
        let scheme = absolute(site, paths::index(kind)?);
        let label = text::clean(material.taxonomy.name(kind, id, language(site)));
        Some(Category { term: id.to_string(), scheme, label })
    };
    shown::members(&covered.story).into_iter().filter_map(subject).collect()
}

/// The hash of what the three forms of a feed are made from.
pub fn inputs(material: &Material, address: &Address) -> [u8; 32] {
    let site = format!("{:?}", material.site);
    let head = Inputs::of(&address.folder)
        .bytes(site.as_bytes())
        .bytes(material.taxonomy.version.as_bytes())
        .bytes(material.ledger.head.as_bytes())
        .value(&material.time);
    let stories = address.stories(material);
    stories.iter().fold(head, |inputs, covered| inputs.value(&covered.story).value(&covered.insights)).hash()
}

/// The hash of one form's.
pub fn inputs_of(path: &str, shared: &[u8; 32]) -> [u8; 32] {
    Inputs::of(path).bytes(shared).hash()
}
