//! What stands around every page: head, nameplate, navigation, footer.

use jiff::civil::Date;
use serde::Serialize;

use super::desk::{Desk, Link};
use super::outside;
use crate::model::taxonomy::Kind;
use crate::publish::paths;

/// Letters of a description that search engines show.
const DESCRIPTION_CHARS: usize = 200;

/// The head, nameplate, navigation and footer of a page.
#[derive(Clone, Debug, Serialize)]
pub struct Chrome {
    pub lang: String,
    pub title: String,
    pub description: String,
    /// Whole address of the page; `None` for the 404 page.
    pub canonical: Option<String>,
    /// Search engines are to leave it out.
    pub noindex: bool,
    /// The same page in other languages, with itself; empty where there is one.
    pub alternates: Vec<Alternate>,
    /// Feeds that a reader's program finds.
    pub feeds: Vec<Feed>,
    pub nav: Vec<Nav>,
    /// The same page, or the front page, in other languages.
    pub switch: Vec<Alternate>,
    /// Prefix of every path.
    pub root: String,
    /// Where home is, in this language.
    pub home: String,
    pub style: String,
    pub font: String,
    pub icon: String,
    /// Date beside the nameplate.
    pub ear: Option<Ear>,
    /// The front page: a larger nameplate and the motto.
    pub front: bool,
    /// Structured data, escaped for a script element.
    pub json_ld: Option<String>,
    pub site: SiteView,
    /// The whole address is one of an article, for previews.
    pub article: bool,
}

/// The publication in the footer.
#[derive(Clone, Debug, Serialize)]
pub struct SiteView {
    pub name: String,
    pub publisher: String,
    pub motto: String,
    pub imprint: String,
    pub errors: String,
    pub privacy: String,
    pub licence: Link,
    pub sample: bool,
    pub insight_title: String,
    pub law_title: String,
}

/// A page in another language.
#[derive(Clone, Debug, Serialize)]
pub struct Alternate {
    pub lang: String,
    pub label: String,
    pub href: String,
    /// Whole address.
    pub url: String,
}

/// A feed.
#[derive(Clone, Debug, Serialize)]
pub struct Feed {
    pub kind: &'static str,
    pub title: String,
    pub href: String,
}

/// An entry of the navigation.
#[derive(Clone, Debug, Serialize)]
pub struct Nav {
    pub label: String,
    pub href: String,
    pub current: bool,
}

/// The date beside the nameplate.
#[derive(Clone, Debug, Serialize)]
pub struct Ear {
    pub text: String,
    pub iso: String,
}

/// What a page says about itself.
#[derive(Clone, Debug, Default)]
pub struct About {
    pub title: String,
    pub description: String,
    /// From the root of its language.
    pub path: String,
    /// Its language; the main one where empty.
    pub lang: String,
    /// Languages it exists in, itself included; itself alone where empty.
    pub languages: Vec<String>,
    /// Entry of the navigation that it belongs to.
    pub section: &'static str,
    /// Folder of its own feeds, else the root's.
    pub feeds: Option<(String, String)>,
    pub ear: Option<Date>,
    pub front: bool,
    pub json_ld: Option<serde_json::Value>,
    /// No address of its own.
    pub nowhere: bool,
}

/// Sections of the navigation: key of its word, path.
const SECTIONS: [(&str, &str); 8] = [
    ("today", "/"),
    ("matrix", "/matrix/"),
    ("map", "/map/"),
    ("banks", "/banks/"),
    ("vendors", "/vendors/"),
    ("products", "/products/"),
    ("regions", "/regions/"),
    ("timeline", "/timeline/"),
];

impl Desk<'_> {
    /// What stands around a page.
    pub fn chrome(&self, about: About) -> Chrome {
        let lang = if about.lang.is_empty() { self.main_lang().to_string() } else { about.lang.clone() };
        let words = self.words(&lang);
        let site = &self.material.site;
        let path = self.in_language(&about.path, &lang);
        let title = if about.front { site.name.clone() } else { format!("{} · {}", about.title, site.name) };
        let asset = |name: &str| self.href(&format!("/{}", self.templates.assets.path(name)));
        Chrome {
            title: outside::line(&title),
            description: describe(&about.description),
            canonical: (!about.nowhere).then(|| self.absolute(&path)),
            noindex: site.sample || about.nowhere,
            alternates: if about.languages.len() > 1 { self.alternates(&about) } else { Vec::new() },
            feeds: self.feeds(about.feeds.as_ref()),
            nav: self.nav(&about, &lang),
            switch: self.switch(&about, &lang),
            root: self.root.clone(),
            home: self.href(&self.in_language("/", &lang)),
            style: asset("style.css"),
            font: asset("fonts/newsreader-display.woff2"),
            icon: asset("mark.svg"),
            ear: about.ear.map(|day| Ear { text: words.weekday(day), iso: day.to_string() }),
            front: about.front,
            article: about.json_ld.is_some(),
            json_ld: about.json_ld.as_ref().map(script_safe),
            site: self.site_view(&lang),
            lang,
        }
    }

    fn site_view(&self, lang: &str) -> SiteView {
        let site = &self.material.site;
        // The settings name the parts in the main language; a translation has its own words for them.
        let title = |key, own: &str| if lang == self.main_lang() { own } else { self.words(lang).get("ui", key) }.to_string();
        let own = |path: &str| if path.starts_with('/') { self.href(path) } else { path.to_string() };
        SiteView {
            name: outside::line(&site.name),
            publisher: site.publisher.clone(),
            motto: site.motto.clone(),
            imprint: site.imprint.clone(),
            errors: site.errors.clone(),
            privacy: own(&site.privacy),
            licence: Link { text: site.data_licence.0.clone(), href: Some(site.data_licence.1.clone()) },
            sample: site.sample,
            insight_title: title("insight_title", &site.insight_title),
            law_title: title("law_title", &site.law_title),
        }
    }

    fn alternates(&self, about: &About) -> Vec<Alternate> {
        about.languages.iter().map(|lang| self.alternate(&about.path, lang)).collect()
    }

    fn alternate(&self, path: &str, lang: &str) -> Alternate {
        let path = self.in_language(path, lang);
        let label = self.words(lang).get("ui", "language").to_string();
        Alternate { lang: lang.to_string(), label, href: self.href(&path), url: self.absolute(&path) }
    }

    /// Other languages of the site: of this page where it exists in them, else their front pages.
    fn switch(&self, about: &About, lang: &str) -> Vec<Alternate> {
        let others = self.material.site.languages.iter().filter(|other| *other != lang);
        others
            .map(|other| {
                let path = if about.languages.contains(other) { about.path.as_str() } else { "/" };
                self.alternate(path, other)
            })
            .collect()
    }

    fn nav(&self, about: &About, lang: &str) -> Vec<Nav> {
        let words = self.words(lang);
        let entry = |(key, path): &(&str, &str)| {
            // The front page alone exists in every language.
            let path = if *path == "/" { self.in_language(path, lang) } else { (*path).to_string() };
            Nav { label: words.get("ui", key).to_string(), href: self.href(&path), current: *key == about.section }
        };
        SECTIONS.iter().map(entry).collect()
    }

    fn feeds(&self, own: Option<&(String, String)>) -> Vec<Feed> {
        let name = &self.material.site.name;
        let mut feeds = Vec::new();
        for (folder, title) in own.into_iter().cloned().chain([("/".to_string(), name.clone())]) {
            for (kind, file) in
                [("application/atom+xml", "atom.xml"), ("application/rss+xml", "rss.xml"), ("application/feed+json", "feed.json")]
            {
                let title = outside::line(&title);
                feeds.push(Feed { kind, title, href: self.href(&format!("{folder}{file}")) });
            }
        }
        feeds
    }
}

/// The section of a kind's pages.
pub fn section(kind: Kind) -> &'static str {
    paths::index(kind).map_or("", |path| path.trim_matches('/'))
}

fn describe(text: &str) -> String {
    let text = outside::line(text);
    match text.char_indices().nth(DESCRIPTION_CHARS) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text,
    }
}

/// JSON that cannot end the script element it stands in.
fn script_safe(value: &serde_json::Value) -> String {
    value.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}
