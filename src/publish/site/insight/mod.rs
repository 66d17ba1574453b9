//! The page of a story: headline, report, state by layer, commentary, laws, time, sources, related, receipt.

/// Numbered sentences and their evidence.
mod sentences;

/// State by layer.
mod wall;

/// The events that this one stands on.
mod strip;

/// Sources by origin.
mod sources;

/// What outlets changed in them.
mod edits;

/// Stories that belong beside it.
mod related;

/// Proof and structured data.
mod receipt;

use serde::Serialize;

use super::chrome::{About, Chrome};
use super::desk::{Desk, Link};
use super::outside;
use super::page::Page;
use super::says::{self, Mark, Stated};
use super::words::Words;
use crate::model::edition::Covered;
use crate::model::event::AccessEvent;
use crate::model::insight::{Insight, LawForm};
use crate::model::ledger::Record;
use crate::model::story::Story;
use crate::model::taxonomy::Kind;
use crate::model::when::day_of;
use crate::publish::{paths, shown};
pub use receipt::superseded;
pub use wall::Wall;

/// Laws of this length and more are set smaller.
const LONG_LAW: usize = 140;

#[derive(Serialize)]
struct View {
    page: Chrome,
    kick: Vec<Link>,
    headline: String,
    facts: Facts,
    report: Vec<sentences::Para>,
    wall: Option<Wall>,
    commentary: Vec<sentences::Para>,
    laws: Vec<Law>,
    strip: Vec<strip::Step>,
    sources: sources::Sources,
    related: Vec<related::Related>,
    receipt: receipt::Receipt,
    sample: bool,
}

/// The line under the headline.
#[derive(Serialize)]
struct Facts {
    /// Whether the act is in force; else it is only reported.
    in_force: bool,
    /// Whether its state is also the strictest of all layers.
    decides: bool,
    mark: Mark,
    brick: bool,
    status: Option<String>,
    whom: String,
    ground: String,
    standing: String,
    first_seen: Stated,
    /// A later state, where the record has moved on.
    since: Option<String>,
}

/// A Cognitive Law; a formula's first part is set apart.
#[derive(Serialize)]
pub struct Law {
    pub formula: Option<String>,
    pub text: String,
    pub long: bool,
}

/// A page for each story and language that it is written in.
pub fn pages<'a>(desk: &Desk<'a>) -> Vec<Page<'a>> {
    let mut pages = Vec::new();
    for covered in &desk.material.stories {
        for insight in &covered.insights {
            let path = desk.story_path(covered, &insight.lang);
            pages.push(Page::new(&path, "site/insight.html", &insight.lang, move |desk| view(desk, covered, insight)));
        }
    }
    pages
}

fn view(desk: &Desk<'_>, covered: &Covered, insight: &Insight) -> View {
    let words = desk.words(&insight.lang);
    let story = &covered.story;
    let record = main_record(desk, covered);
    let event = record.map(|record| &record.event).or(story.event());
    let wall = record.and_then(|record| Wall::of(desk, story, record, words));
    let mut numbers = sentences::Numbers::new(desk, insight, words);
    View {
        page: desk.chrome(about(desk, covered, insight)),
        kick: named(desk, story, event, words),
        headline: desk.headline(covered, insight),
        facts: facts(desk, story, record, wall.as_ref(), words),
        report: insight.report.iter().map(|paragraph| numbers.paragraph(paragraph)).collect(),
        commentary: insight.commentary.iter().map(|paragraph| numbers.paragraph(paragraph)).collect(),
        wall,
        laws: insight.laws.iter().map(law).collect(),
        strip: strip::strip(desk, insight, record, words),
        sources: sources::sources(desk, story, record, words),
        related: related::related(desk, story, words),
        receipt: receipt::receipt(desk, story, record, insight, words),
        sample: desk.material.site.sample,
    }
}

/// The record that a story's page is about.
pub fn main_record<'a>(desk: &Desk<'a>, covered: &Covered) -> Option<&'a Record> {
    let own: Vec<&Record> = desk.records_of_story(&covered.story.id).filter(|record| record.stands()).collect();
    shown::main_record(&desk.material.ledger, &own, covered)
}

fn about(desk: &Desk<'_>, covered: &Covered, insight: &Insight) -> About {
    let title = outside::headline(&insight.headline.text);
    let summary: Vec<&str> = insight.summary.iter().map(|sentence| sentence.text.as_str()).collect();
    let languages = covered.insights.iter().map(|insight| insight.lang.clone()).collect();
    About {
        title: title.clone(),
        description: summary.join(" "),
        path: paths::story(&covered.story),
        lang: insight.lang.clone(),
        languages,
        ear: Some(covered.story.latest().to_zoned(desk.zone.clone()).date()),
        json_ld: Some(receipt::json_ld(desk, covered, insight, &title)),
        ..About::default()
    }
}

/// The places, who acts, whose technology: each once, each to its page.
pub fn kick(desk: &Desk<'_>, event: &AccessEvent, words: &Words) -> Vec<Link> {
    let lang = &words.lang;
    let regions = event.regions.iter().take(2).map(|id| desk.member(Kind::Region, id, lang));
    let actor = event.actor.is_some().then(|| desk.actor(event, words));
    let vendor = event.vendor.as_ref().map(|id| desk.member(Kind::Vendor, id, lang));
    let product = event.product.as_ref().map(|id| desk.member(Kind::Product, id, lang));
    let mut links: Vec<Link> = Vec::new();
    for link in regions.chain(actor).chain(vendor).chain(product) {
        if !links.contains(&link) {
            links.push(link);
        }
    }
    links
}

/// The event's own members, then every other bank that its reports name.
fn named(desk: &Desk<'_>, story: &Story, event: Option<&AccessEvent>, words: &Words) -> Vec<Link> {
    let mut links = event.map(|event| kick(desk, event, words)).unwrap_or_default();
    let banks: std::collections::BTreeSet<&String> = story.reports.iter().flat_map(|told| &told.tagged.banks).collect();
    for link in banks.into_iter().map(|id| desk.member(Kind::Bank, id, &words.lang)) {
        if !links.contains(&link) {
            links.push(link);
        }
    }
    links
}

fn facts(desk: &Desk<'_>, story: &Story, record: Option<&Record>, wall: Option<&Wall>, words: &Words) -> Facts {
    let event = record.map(|record| &record.event).or(story.event());
    let held = record.is_some_and(|record| !record.pending_on(day_of(story.latest())) && record.event.action.state().is_some());
    let mark = match (record, event) {
        (Some(record), _) => says::of_event(&record.event, !held, words),
        (None, Some(event)) => says::of_event(event, true, words),
        (None, None) => says::mark("unknown", words),
    };
    let status = record.map(|record| record.event.status.as_str()).filter(|status| *status != "in-force");
    let whom = event.map(|event| {
        let audience = words.get("audience", event.audience.as_str()).to_string();
        let places = desk.places(&event.regions, words);
        [Some(audience), places].into_iter().flatten().collect::<Vec<_>>().join(words.get("say", "comma"))
    });
    let first = story.first_seen();
    Facts {
        in_force: held,
        decides: wall.is_none_or(|wall| wall.effect.marks.first() == Some(&mark)),
        brick: mark.class == "prohibited",
        mark,
        status: status.map(|status| words.get("status", status).to_string()),
        whom: whom.map(|text| outside::capital(&text)).unwrap_or_default(),
        ground: record.map(|record| says::ground(record, words)).unwrap_or_default(),
        standing: record.map_or_else(|| says::known(None, story, words), |record| says::standing(record, words)),
        first_seen: Stated { text: words.instant(first, &desk.zone), iso: first.to_string() },
        since: wall.and_then(|wall| wall.since.clone()),
    }
}

/// A formula is everything up to its first full stop or semicolon.
pub fn law(law: &crate::model::insight::Law) -> Law {
    let text = outside::headline(&law.text);
    let long = text.chars().count() >= LONG_LAW;
    let cut = |c: char| matches!(c, ';' | '.' | '；' | '。');
    match text.find(cut).filter(|_| law.form == LawForm::Formula) {
        Some(at) => {
            let (formula, rest) = text.split_at(at);
            let rest = rest.trim_start_matches(cut).trim_start();
            Law { formula: Some(formula.to_string()), text: outside::capital(rest), long }
        }
        None => Law { formula: None, text, long },
    }
}
