//! Proof that a page's past was not rewritten, and the same page for machines.

use serde::Serialize;
use serde_json::{Value, json};

use crate::model::edition::Covered;
use crate::model::insight::Insight;
use crate::model::ledger::Record;
use crate::model::story::Story;
use crate::publish::shown;
use crate::publish::site::desk::Desk;
use crate::publish::site::outside;
use crate::publish::site::words::Words;

/// The receipt.
#[derive(Serialize)]
pub struct Receipt {
    pub story: String,
    /// "412, not superseded"; `None` without an entry.
    pub entry: Option<String>,
    pub hash: String,
    pub prev: String,
    pub sentences: String,
    /// Entries of this story that were superseded, with the reason.
    pub corrections: Vec<String>,
}

/// The receipt of a page.
pub fn receipt(desk: &Desk<'_>, story: &Story, record: Option<&Record>, insight: &Insight, words: &Words) -> Receipt {
    let all = desk.records_of_story(&story.id);
    let corrections = all.filter(|record| !record.stands()).map(|record| superseded(record, words)).collect();
    Receipt {
        story: story.id.clone(),
        entry: record.map(|record| words.say("not_superseded", &[("n", &record.n.to_string())])),
        hash: record.map(|record| record.hash.clone()).unwrap_or_default(),
        prev: record.map(|record| record.prev.clone()).unwrap_or_default(),
        sentences: sentences(insight, words),
        corrections,
    }
}

/// "412, superseded by entry 430: …".
pub fn superseded(record: &Record, words: &Words) -> String {
    let n = record.n.to_string();
    match &record.superseded {
        Some((Some(by), reason)) => {
            words.say("superseded", &[("n", &n), ("by", &by.to_string()), ("reason", &outside::line(reason))])
        }
        Some((None, reason)) => words.say("withdrawn", &[("n", &n), ("reason", &outside::line(reason))]),
        None => words.say("not_superseded", &[("n", &n)]),
    }
}

fn sentences(insight: &Insight, words: &Words) -> String {
    let all = || insight.report.iter().chain(&insight.commentary).flat_map(|paragraph| &paragraph.sentences);
    let facts = all().filter(|sentence| !sentence.view && !sentence.facts.is_empty()).count();
    let views = all().filter(|sentence| sentence.view).count();
    let withheld = match insight.withheld.len() {
        0 => words.say("none_withheld", &[]),
        n => words.say("withheld", &[("n", &n.to_string())]),
    };
    let (facts, views) = (words.count("facts", facts), words.count("views", views));
    words.say("checked", &[("facts", &facts), ("withheld", &withheld), ("views", &views)])
}

/// The article for search engines, with what it is based on.
pub fn json_ld(desk: &Desk<'_>, covered: &Covered, insight: &Insight, headline: &str) -> Value {
    let story = &covered.story;
    let site = &desk.material.site;
    let mut based: Vec<String> =
        story.reports.iter().filter_map(|told| told.article.url.as_deref().and_then(outside::link)).collect();
    based.sort();
    based.dedup();
    let named = story.event().into_iter().flat_map(shown::of_event);
    let about: Vec<String> = named.map(|(kind, id)| desk.member(kind, id, &insight.lang).text).collect();
    let address = desk.absolute(&desk.story_path(covered, &insight.lang));
    json!({
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": headline,
        "inLanguage": insight.lang,
        "datePublished": story.first_shown.to_string(),
        "dateModified": story.last_news().to_string(),
        "mainEntityOfPage": address,
        "isAccessibleForFree": true,
        "author": {"@type": "Organization", "name": outside::line(&site.publisher)},
        "publisher": {"@type": "Organization", "name": outside::line(&site.publisher), "url": site.base_url.as_str()},
        "about": about,
        "isBasedOn": based,
    })
}
