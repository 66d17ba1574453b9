//! An entry's full text: report, commentary with its views in italics, laws, sources. Safe HTML, absolute addresses only.

use super::channel::{absolute, language};
use crate::model::edition::{Covered, Material};
use crate::model::insight::{Insight, Paragraph, Sentence};
use crate::model::story::Told;
use crate::model::when::{PartialDate, day_of};
use crate::publish::{dates, paths, text};

/// Sources that are listed; a story with more says how many it leaves out.
const MOST_SOURCES: usize = 25;

/// The text of a story in the language of `insight`.
pub fn html(material: &Material, covered: &Covered, insight: &Insight) -> String {
    let site = &material.site;
    let mut out = String::new();
    if site.sample {
        out.push_str("<p><small>Sample edition: rewritten from public reporting.</small></p>\n");
    }
    out.extend(insight.report.iter().map(paragraph));
    if !insight.commentary.is_empty() {
        out.push_str(&heading(&site.insight_title));
        out.extend(insight.commentary.iter().map(paragraph));
    }
    if !insight.laws.is_empty() {
        out.push_str(&heading(&site.law_title));
        out.extend(insight.laws.iter().map(|law| format!("<p><i>{}</i></p>\n", text::escape(&law.text))));
    }
    out.push_str(&sources(material, covered));
    let page = text::escape(&absolute(site, &paths::story(&covered.story)));
    out.push_str(&format!("<p><a href=\"{page}\">Sentence by sentence with its evidence</a></p>\n"));
    out
}

fn heading(title: &str) -> String {
    format!("<h2>{}</h2>\n", text::escape(title))
}

fn paragraph(paragraph: &Paragraph) -> String {
    let sentences: Vec<String> = paragraph.sentences.iter().map(sentence).collect();
    format!("<p>{}</p>\n", sentences.join(" "))
}

fn sentence(sentence: &Sentence) -> String {
    let text = text::escape(&sentence.text);
    if sentence.view { format!("<i>{text}</i>") } else { text }
}

fn sources(material: &Material, covered: &Covered) -> String {
    let reports = &covered.story.reports;
    let mut out = heading("Sources");
    out.push_str("<ul>\n");
    out.extend(reports.iter().take(MOST_SOURCES).map(|told| source(material, told)));
    if let Some(more) = reports.len().checked_sub(MOST_SOURCES).filter(|more| *more > 0) {
        out.push_str(&format!("<li>and {more} more</li>\n"));
    }
    out.push_str("</ul>\n");
    out
}

fn source(material: &Material, told: &Told) -> String {
    let outlet = text::escape(&text::shorten(&told.article.outlet, 100));
    let name = match told.article.url.as_deref().filter(|url| is_web(url)) {
        Some(url) => format!("<a href=\"{}\">{outlet}</a>", text::escape(url)),
        None => outlet,
    };
    let date = dates::partial(told.article.published().date(), language(&material.site));
    let after = match &told.origin.copy_of {
        Some(_) => format!(", retelling {}", text::escape(&text::shorten(&told.origin.name, 100))),
        None => String::new(),
    };
    let edited = match told.edits.last() {
        Some(edit) => format!(", edited by {}", dates::partial(PartialDate::day(day_of(edit.seen)), language(&material.site))),
        None => String::new(),
    };
    let sample = if material.site.sample { "sample text after " } else { "" };
    format!("<li>{sample}{name}{after}, {date}{edited}</li>\n")
}

/// Whether an address leads to the web, and is not a script.
fn is_web(url: &str) -> bool {
    url::Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}
