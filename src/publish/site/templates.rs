//! Templates, words, prose and static files of the pages, checked once.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use tera::Tera;

use super::assets::Assets;
use super::prose::Prose;
use super::words::Words;
use crate::model::mistake::Mistake;
use crate::publish::Files;

/// Templates that the pages are made with.
pub const NAMES: [&str; 21] = [
    "site/base.html",
    "site/parts.html",
    "site/chart.html",
    "site/map-part.html",
    "site/matrix-part.html",
    "site/front.html",
    "site/insight.html",
    "site/member.html",
    "site/index.html",
    "site/matrix.html",
    "site/map.html",
    "site/timeline.html",
    "site/digests.html",
    "site/digest.html",
    "site/coverage.html",
    "site/corrections.html",
    "site/feeds.html",
    "site/data.html",
    "site/prose.html",
    "site/missing.html",
    "site/moved.html",
];

/// The words that every page can fall back on.
const ENGLISH: &str = "site/words.en.toml";

/// Checked page templates, Markdown pages and static files.
pub struct Templates {
    pub(super) tera: Tera,
    pub(super) prose: Vec<Prose>,
    pub(super) assets: Assets,
    words: BTreeMap<String, Words>,
    english: Words,
    /// SHA-256 of everything above.
    pub(super) hash: [u8; 32],
}

impl Templates {
    /// Checks them; or gives every mistake.
    pub fn new(files: Files) -> Result<Self, Vec<Mistake>> {
        let hash = hash(&files);
        let mut mistakes = Vec::new();
        let own = || files.templates.iter().filter(|(name, _)| name.starts_with("site/"));
        let html: Vec<(&str, &str)> =
            own().filter(|(name, _)| name.ends_with(".html")).map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let mut tera = Tera::new();
        let missing = NAMES.iter().filter(|name| !html.iter().any(|(other, _)| other == *name));
        mistakes.extend(missing.map(|name| Mistake::new(format!("templates/{name}"), 0, "is missing; put it back")));
        if mistakes.is_empty() {
            mistakes.extend(tera.add_raw_templates(html).err().map(|error| of_tera(&error)));
        }
        let (words, english) = match words(&files.templates) {
            Ok(words) => words,
            Err(wrong) => return Err(mistakes.into_iter().chain(wrong).collect()),
        };
        let (prose, wrong) = proses(&files.pages);
        mistakes.extend(wrong);
        let assets = Assets::new(files.statics);
        if mistakes.is_empty() { Ok(Self { tera, prose, assets, words, english, hash }) } else { Err(mistakes) }
    }

    /// The words of a language, of its main part, or the English ones.
    pub fn words(&self, lang: &str) -> &Words {
        let main = lang.split('-').next().unwrap_or(lang);
        self.words.get(lang).or_else(|| self.words.get(main)).unwrap_or(&self.english)
    }
}

fn words(templates: &[(String, String)]) -> Result<(BTreeMap<String, Words>, Words), Vec<Mistake>> {
    let mut words = BTreeMap::new();
    let mut mistakes = Vec::new();
    for (name, text) in templates {
        let Some(lang) = name.strip_prefix("site/words.").and_then(|rest| rest.strip_suffix(".toml")) else { continue };
        match Words::read(lang, text, &format!("templates/{name}")) {
            Ok(read) => drop(words.insert(lang.to_string(), read)),
            Err(mistake) => mistakes.push(mistake),
        }
    }
    let Some(english) = words.get("en").cloned() else {
        mistakes.push(Mistake::new(format!("templates/{ENGLISH}"), 0, "is missing or broken; every language is checked by it"));
        return Err(mistakes);
    };
    let translated = words.iter().filter(|(lang, _)| *lang != "en");
    let wrong = translated.flat_map(|(lang, own)| own.compare(&english, &format!("templates/site/words.{lang}.toml")));
    mistakes.extend(wrong);
    if mistakes.is_empty() { Ok((words, english)) } else { Err(mistakes) }
}

fn proses(pages: &[(String, String)]) -> (Vec<Prose>, Vec<Mistake>) {
    let mut prose = Vec::new();
    let mut mistakes = Vec::new();
    for (path, text) in pages.iter().filter(|(path, _)| path.ends_with(".md")) {
        match Prose::read(path, text) {
            Ok(page) => prose.push(page),
            Err(mistake) => mistakes.push(mistake),
        }
    }
    prose.sort_by(|a, b| a.name.cmp(&b.name));
    (prose, mistakes)
}

/// The engine's report shows file, line and column after an arrow; its first line says what is wrong.
fn of_tera(error: &tera::Error) -> Mistake {
    let report = error.to_string();
    let place = report.split_once("--> ").and_then(|(_, rest)| rest.split_whitespace().next());
    let mut parts = place.unwrap_or("site").split(':');
    let file = format!("templates/{}", parts.next().unwrap_or("site"));
    let line = parts.next().and_then(|line| line.parse().ok()).unwrap_or(0);
    let what = report.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("broken").trim_start_matches("error: ");
    Mistake::new(file, line, format!("{what}; mend the template, or remove it to use ours"))
}

/// Of everything that bytes are made from, in a fixed order.
fn hash(files: &Files) -> [u8; 32] {
    let mut all: Vec<(&str, &[u8])> = Vec::new();
    all.extend(files.templates.iter().map(|(name, text)| (name.as_str(), text.as_bytes())));
    all.extend(files.pages.iter().map(|(name, text)| (name.as_str(), text.as_bytes())));
    all.extend(files.statics.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())));
    all.retain(|(name, _)| !name.starts_with("mail/") && !name.starts_with("commentary/"));
    all.sort_unstable();
    let mut hasher = Sha256::new();
    for (name, bytes) in all {
        hasher.update(format!("{name}\0{}\0", bytes.len()));
        hasher.update(bytes);
    }
    // A change of the program can change what a template is given and how a page is finished.
    hasher.update(env!("CARGO_PKG_VERSION"));
    hasher.finalize().into()
}
