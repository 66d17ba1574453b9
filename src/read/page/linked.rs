//! What a page says of itself in JSON-LD.

use std::collections::BTreeMap;

use scraper::{Html, Selector};
use serde_json::Value;
use url::Url;

use crate::read::{address, plain};

use super::mended;

/// Deeper nodes are not looked at.
const DEEPEST: usize = 8;

/// Nodes of a page that are looked at: archives list hundreds.
const MOST_NODES: usize = 2_000;

/// The statements of the page's article, or of the page where it names no article.
#[derive(Debug, Default)]
pub(super) struct Linked {
    pub(super) headline: Option<String>,
    pub(super) authors: Vec<String>,
    /// The authors are organisations, so that a person named elsewhere on the page is the better answer.
    pub(super) by_organisation: bool,
    pub(super) published: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) language: Option<String>,
    /// The article's text without markup, where the publisher gives it.
    pub(super) body: Option<String>,
}

/// Keys of what a page only points to: other articles, readers' comments.
const OF_OTHERS: &[&str] = &[
    "comment",
    "hasPart",
    "mentions",
    "itemListElement",
    "isRelatedTo",
    "relatedLink",
    "citation",
    "isBasedOn",
    "review",
    "subjectOf",
    "about",
    "potentialAction",
];

impl Linked {
    /// Of a page and the address that it was served from.
    pub(super) fn of(page: &Html, url: Option<&Url>) -> Self {
        let Ok(scripts) = Selector::parse("script[type*='ld+json' i]") else { return Self::default() };
        let values: Vec<Value> =
            page.select(&scripts).flat_map(|script| mended::values(&script.text().collect::<String>())).collect();
        let mut nodes = Vec::new();
        for value in &values {
            gather(value, (0, false), &mut nodes);
        }
        let names: BTreeMap<&str, &Value> = nodes
            .iter()
            .filter_map(|(node, _)| Some((node.get("@id")?.as_str()?, *node)))
            .filter(|(_, node)| node.get("name").is_some())
            .collect();
        let ranked = nodes.iter().filter_map(|(node, of_others)| Some(((*of_others, rank(node)?, !is_of(node, url)), *node)));
        let mut ranked: Vec<_> = ranked.collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        let mut linked = Self::default();
        let best = ranked.first().map(|((of_others, rank, _), _)| (*of_others, *rank));
        for ((of_others, rank, _), node) in ranked {
            // The first article counts; the page around it may add a date but no author.
            if Some((of_others, rank)) == best && linked.headline.is_none() {
                linked.take(node, &names);
            }
            if !of_others {
                linked.add_dates(node);
            }
        }
        linked
    }

    fn add_dates(&mut self, node: &Value) {
        let when = |key: &str| node.get(key).and_then(text);
        if self.published.is_none() {
            self.published = ["datePublished", "dateCreated", "uploadDate"].into_iter().find_map(when);
            // The days of one article belong together.
            self.modified = when("dateModified").or(self.modified.take());
        }
        if self.modified.is_none() {
            self.modified = when("dateModified");
        }
    }

    fn take(&mut self, node: &Value, names: &BTreeMap<&str, &Value>) {
        self.headline = node.get("headline").or_else(|| node.get("name")).and_then(line);
        for key in ["author", "creator"] {
            if self.authors.is_empty() {
                self.authors = node.get(key).map(|value| people(value, names)).unwrap_or_default();
                self.by_organisation = node.get(key).is_some_and(is_organisation);
            }
        }
        self.publisher = node.get("publisher").and_then(|publisher| people(publisher, names).into_iter().next());
        self.language = node.get("inLanguage").and_then(text);
        self.body = node.get("articleBody").and_then(Value::as_str).map(body).filter(|body| !body.is_empty());
    }
}

/// All nodes, each with whether it belongs to something that the page only points to.
fn gather<'a>(value: &'a Value, (depth, of_others): (usize, bool), nodes: &mut Vec<(&'a Value, bool)>) {
    if depth > DEEPEST || nodes.len() >= MOST_NODES {
        return;
    }
    match value {
        Value::Array(list) => list.iter().for_each(|value| gather(value, (depth + 1, of_others), nodes)),
        Value::Object(object) => {
            nodes.push((value, of_others));
            for (key, value) in object.iter().filter(|(_, value)| value.is_object() || value.is_array()) {
                gather(value, (depth + 1, of_others || OF_OTHERS.contains(&key.as_str())), nodes);
            }
        }
        _ => {}
    }
}

/// Whether a node names the page's address as its own.
fn is_of(node: &Value, url: Option<&Url>) -> bool {
    let Some(url) = url else { return false };
    let path = |url: &Url| url.path().trim_end_matches('/').to_string();
    ["url", "mainEntityOfPage", "@id"].iter().any(|key| {
        let stated = node.get(key).map(|value| value.get("@id").unwrap_or(value)).and_then(Value::as_str);
        let stated = stated.and_then(|stated| address::resolve(stated, Some(url)));
        stated.is_some_and(|stated| address::same_site(&stated, url) && path(&stated) == path(url))
    })
}

/// Articles before posts of other kinds before pages.
fn rank(node: &Value) -> Option<u8> {
    let kinds = match node.get("@type")? {
        Value::String(kind) => vec![kind.as_str()],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => return None,
    };
    let ranks = kinds.into_iter().filter_map(|kind| match kind.rsplit('/').next().unwrap_or(kind) {
        kind if kind.ends_with("Article") || kind.ends_with("BlogPosting") => Some(0),
        "Report" | "Review" | "CriticReview" | "Recipe" | "HowTo" | "PodcastEpisode" => Some(1),
        "VideoObject" => Some(2),
        "WebPage" | "ItemPage" | "CollectionPage" | "FAQPage" => Some(3),
        _ => None,
    });
    ranks.min()
}

fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.trim().to_string(),
        Value::Number(number) => number.to_string(),
        Value::Array(list) => text(list.first()?)?,
        Value::Object(object) => text(object.get("@value").or_else(|| object.get("alternateName"))?)?,
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn line(value: &Value) -> Option<String> {
    text(value).map(|text| plain::line(&text)).filter(|line| !line.is_empty())
}

/// The names of people or organisations, given in place or by reference.
fn people(value: &Value, names: &BTreeMap<&str, &Value>) -> Vec<String> {
    const MOST: usize = 20;
    let mut found: Vec<String> = Vec::new();
    let one = |value: &Value| match value {
        Value::Object(object) => {
            let named = object.get("name").and_then(line);
            named.or_else(|| names.get(object.get("@id")?.as_str()?)?.get("name").and_then(line))
        }
        other => line(other),
    };
    let list = match value {
        Value::Array(list) => list.iter().take(MOST).filter_map(one).collect(),
        other => one(other).into_iter().collect::<Vec<_>>(),
    };
    for name in list {
        if !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

fn is_organisation(value: &Value) -> bool {
    let node = value.as_array().and_then(|list| list.first()).unwrap_or(value);
    let kind = node.get("@type").and_then(text).unwrap_or_default();
    kind.ends_with("Organization") || kind == "Corporation" || kind == "Brand"
}

/// The text or number of a key in JSON that cannot be read as such, or that stands escaped in an attribute.
pub(super) fn raw_value(markup: &str, key: &str) -> Option<String> {
    const LONGEST: usize = 200;
    markup.match_indices(key).find_map(|(at, _)| {
        let rest = plain::cut(&markup[at + key.len()..], 2 * LONGEST).replace("&quot;", "\"").replace("\\\"", "\"");
        let value = rest.strip_prefix('"')?.trim_start().strip_prefix(':')?.trim_start();
        let value = match value.strip_prefix('"') {
            Some(value) => value.split('"').next()?.to_string(),
            None => value.chars().take_while(char::is_ascii_digit).collect(),
        };
        (!value.is_empty() && value.len() <= LONGEST).then_some(value)
    })
}

fn body(text: &str) -> String {
    let lines = text.replace("\r\n", "\n").replace('\n', "<br>");
    plain::text(&lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str) -> Linked {
        Linked::of(&Html::parse_document(&format!("<script type='application/ld+json'>{json}</script>")), None)
    }

    #[test]
    fn an_article_is_found_wherever_it_stands() {
        let article = r#"{"@type":["Thing","NewsArticle"],"headline":"Bank &amp; ban","datePublished":"2026-11-21","author":[{"name":"Ann"},"Ben",{"name":"Ann"}]}"#;
        for json in [
            article.to_string(),
            format!("[{article}]"),
            format!(r#"{{"@graph":[{{"@type":"WebPage","name":"x"}},{article}]}}"#),
            format!("<!-- {article} -->"),
        ] {
            let linked = check(&json);
            assert_eq!(linked.headline.as_deref(), Some("Bank & ban"), "{json}");
            assert_eq!(
                (linked.published.as_deref(), linked.authors),
                (Some("2026-11-21"), vec!["Ann".to_string(), "Ben".to_string()])
            );
        }
    }

    #[test]
    fn an_author_may_be_a_reference() {
        let json = r##"{"@graph":[{"@type":"Article","headline":"a","author":{"@id":"#ann"}},{"@type":"Person","@id":"#ann","name":"Ann"}]}"##;
        assert_eq!(check(json).authors, ["Ann"]);
    }

    #[test]
    fn raw_line_breaks_do_not_hide_it_and_nonsense_is_nothing() {
        assert_eq!(check("{\"@type\":\"Article\",\"headline\":\"a\nb\"}").headline.as_deref(), Some("a b"));
        for json in ["", "{", "1", "null", r#"{"@type":"Article","author":{"@id":{}}}"#] {
            assert_eq!(check(json).headline, None, "{json}");
        }
    }
}
