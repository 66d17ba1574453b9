//! What the templates of a letter see: words, cleaned and cut to size.

use jiff::Timestamp;
use serde::Serialize;

use super::state::{self, Shown};
use super::wall::{Course, wall};
use crate::model::edition::{Covered, Material};
use crate::model::insight::{Insight, Paragraph, Sentence};
use crate::model::ledger::{Record, Standing, State};
use crate::model::site::Site;
use crate::model::words;
use crate::publish::{dates, paths, shown, text};

/// Longest headline and longest sentence, in characters; ours are shorter.
const LONGEST_HEADLINE: usize = 300;
const LONGEST_SENTENCE: usize = 600;

/// What a mail program shows beside the subject, in characters.
const LONGEST_PREVIEW: usize = 140;

/// Corrections that are told; the site lists all.
const MOST_CORRECTIONS: usize = 5;

/// A letter.
#[derive(Serialize)]
pub struct View {
    name: String,
    publisher: String,
    sample: bool,
    lang: String,
    /// "Thursday 18 June 2026".
    date: String,
    preview: String,
    /// "1 door shut, none opened."
    moved: String,
    insight_title: String,
    law_title: String,
    lead: Lead,
    briefs: Vec<Brief>,
    /// Stories that are left to the site.
    more: usize,
    corrections: Vec<Correction>,
    ledger: Ledger,
    foot: Foot,
}

#[derive(Serialize)]
struct Lead {
    headline: String,
    url: String,
    report: Vec<Told>,
    wall: Vec<Course>,
    /// "9 outlets, 3 independent origins: corroborated."
    standing: String,
    commentary: Vec<Told>,
    laws: Vec<String>,
}

/// A paragraph.
#[derive(Serialize)]
struct Told {
    said: Vec<Said>,
    /// The same as plain text, views between asterisks.
    plain: String,
}

#[derive(Serialize)]
struct Said {
    text: String,
    view: bool,
}

#[derive(Serialize)]
struct Brief {
    headline: String,
    url: String,
    summary: String,
    state: Option<Shown>,
    /// "3 June 2026, 4 outlets".
    when: String,
}

#[derive(Serialize)]
struct Correction {
    reason: String,
    url: Option<String>,
}

#[derive(Serialize)]
struct Ledger {
    head: String,
    entries: String,
    url: String,
}

#[derive(Serialize)]
struct Foot {
    site: String,
    feeds: String,
    imprint: String,
    postal: Option<String>,
    errors: String,
    privacy: String,
    licence: String,
    licence_url: String,
}

impl View {
    /// The letter of `lead` in full and of the others in brief, the second half of the pair being how many are left out.
    pub fn new(material: &Material, since: Timestamp, lead: &Covered, (briefs, more): (&[&Covered], usize)) -> Self {
        let site = &material.site;
        let all: Vec<&Covered> = std::iter::once(lead).chain(briefs.iter().copied()).collect();
        Self {
            name: text::shorten(&site.name, LONGEST_HEADLINE),
            publisher: text::clean(&site.publisher),
            sample: site.sample,
            lang: lead.insights.first().map_or("en".into(), |insight| insight.lang.clone()),
            date: dates::weekday(dates::day_in(material.time, &site.zone)),
            preview: preview(&all),
            moved: moved(material, &all),
            insight_title: text::clean(&site.insight_title),
            law_title: text::clean(&site.law_title),
            lead: self::lead(material, lead),
            briefs: briefs.iter().map(|covered| brief(material, covered)).collect(),
            more,
            corrections: corrections(material, since),
            ledger: Ledger {
                head: material.ledger.head.clone(),
                entries: words::count(usize::try_from(material.ledger.entries).unwrap_or(usize::MAX), "entry"),
                url: absolute(site, "/data/"),
            },
            foot: foot(site),
        }
    }

    /// A letter with everything in it, to try templates on.
    pub fn made_up() -> Self {
        let word = || "word".to_string();
        let told = |view| Told { said: vec![Said { text: word(), view }], plain: word() };
        let course = Course { layer: "Terms", state: state::of_state(State::Withheld), text: word(), effect: true };
        let brief = |state| Brief { headline: word(), url: word(), summary: word(), state, when: word() };
        Self {
            name: word(),
            publisher: word(),
            sample: true,
            lang: "en".into(),
            date: word(),
            preview: word(),
            moved: word(),
            insight_title: word(),
            law_title: word(),
            lead: Lead {
                headline: word(),
                url: word(),
                report: vec![told(false)],
                wall: vec![Course { effect: false, ..course.clone() }, course],
                standing: word(),
                commentary: vec![told(false), told(true)],
                laws: vec![word()],
            },
            briefs: vec![brief(None), brief(Some(state::UNKNOWN))],
            more: 2,
            corrections: vec![Correction { reason: word(), url: None }, Correction { reason: word(), url: Some(word()) }],
            ledger: Ledger { head: word(), entries: word(), url: word() },
            foot: Foot {
                site: word(),
                feeds: word(),
                imprint: word(),
                postal: Some(word()),
                errors: word(),
                privacy: word(),
                licence: word(),
                licence_url: word(),
            },
        }
    }
}

fn absolute(site: &Site, path: &str) -> String {
    format!("{}{}", site.base_url, path.trim_start_matches('/'))
}

fn foot(site: &Site) -> Foot {
    let privacy = if site.privacy.starts_with('/') { absolute(site, &site.privacy) } else { text::clean(&site.privacy) };
    Foot {
        site: site.base_url.to_string(),
        feeds: absolute(site, "/feeds/"),
        imprint: text::clean(&site.imprint),
        postal: site.letter_postal.as_deref().map(text::clean),
        errors: text::clean(&site.errors),
        privacy,
        licence: text::clean(&site.data_licence.0),
        licence_url: text::clean(&site.data_licence.1),
    }
}

fn lead(material: &Material, covered: &Covered) -> Lead {
    let insight = covered.insights.first();
    let paragraphs =
        |of: fn(&Insight) -> &[Paragraph]| insight.map_or(Vec::new(), |insight| of(insight).iter().map(told).collect());
    let laws = insight.map_or(Vec::new(), |insight| insight.laws.iter().map(|law| sentence(&law.text)).collect());
    Lead {
        headline: headline(covered),
        url: absolute(&material.site, &paths::story(&covered.story)),
        report: paragraphs(|insight| &insight.report),
        wall: wall(material, &covered.story),
        standing: standing(material, covered),
        commentary: paragraphs(|insight| &insight.commentary),
        laws,
    }
}

fn headline(covered: &Covered) -> String {
    covered.insights.first().map_or(String::new(), |insight| text::shorten(&insight.headline.text, LONGEST_HEADLINE))
}

fn told(paragraph: &Paragraph) -> Told {
    let said: Vec<Said> = paragraph.sentences.iter().map(|said| Said { text: sentence(&said.text), view: said.view }).collect();
    let plain = |said: &Said| if said.view { format!("*{}*", said.text) } else { said.text.clone() };
    Told { plain: said.iter().map(plain).collect::<Vec<_>>().join(" "), said }
}

fn sentence(text: &str) -> String {
    text::shorten(text, LONGEST_SENTENCE)
}

/// "9 outlets, 3 independent origins: corroborated."
fn standing(material: &Material, covered: &Covered) -> String {
    let record = record(material, covered);
    let (outlets, origins) = shown::figures(record, &covered.story);
    let outlets = words::count(outlets, "outlet");
    let origins = words::count(origins, "independent origin");
    let known = record.map(|record| match record.standing {
        Standing::SingleSource => ": single source",
        Standing::Corroborated => ": corroborated",
        Standing::Official => ": official",
    });
    format!("{outlets}, {origins}{}.", known.unwrap_or_default())
}

/// The record that the story's page is about.
fn record<'a>(material: &'a Material, covered: &Covered) -> Option<&'a Record> {
    let own: Vec<&Record> = material.ledger.standing().filter(|record| record.story == covered.story.id).collect();
    shown::main_record(&material.ledger, &own, covered)
}

fn brief(material: &Material, covered: &Covered) -> Brief {
    let summary: &[Sentence] = covered.insights.first().map_or(&[], |insight| &insight.summary);
    let summary: Vec<String> = summary.iter().map(|said| sentence(&said.text)).collect();
    let record = record(material, covered);
    let official = record.is_some_and(|record| record.standing == Standing::Official);
    let known = if official { "official".to_string() } else { words::count(shown::figures(record, &covered.story).0, "outlet") };
    Brief {
        headline: headline(covered),
        url: absolute(&material.site, &paths::story(&covered.story)),
        summary: summary.join(" "),
        state: record.and_then(state::of_record),
        when: match covered.story.reports.iter().map(|told| told.article.published().date()).min() {
            Some(date) => format!("{}, {known}", dates::partial(date, "en")),
            None => known,
        },
    }
}

/// The lead's summary, then the first of the others.
fn preview(all: &[&Covered]) -> String {
    let summary = all.first().and_then(|covered| covered.insights.first()).and_then(|insight| insight.summary.first());
    let summary = summary.map_or(String::new(), |said| said.text.clone());
    let also: String = all.iter().skip(1).take(1).map(|covered| format!(" Also: {}", headline(covered))).collect();
    text::shorten(&format!("{summary}{also}"), LONGEST_PREVIEW)
}

/// "1 door shut, none opened."
fn moved(material: &Material, all: &[&Covered]) -> String {
    let states: Vec<State> = all
        .iter()
        .filter_map(|covered| record(material, covered))
        .filter(|record| !record.pending)
        .filter_map(|record| record.event.action.state())
        .collect();
    let opened = states.iter().filter(|state| **state == State::Allowed).count();
    let shut = states.len() - opened;
    let none = |number: usize| if number == 0 { "none".to_string() } else { words::grouped(number as u64) };
    match (shut, opened) {
        (0, 0) => "No door has moved; what is new is pending.".to_string(),
        (0, _) => format!("{} opened, none shut.", words::count(opened, "door")),
        _ => format!("{} shut, {} opened.", words::count(shut, "door"), none(opened)),
    }
}

fn corrections(material: &Material, since: Timestamp) -> Vec<Correction> {
    let superseded = material.ledger.records.iter().filter(|record| record.superseded_at.is_some_and(|at| at > since));
    let told = superseded.filter_map(|record| record.superseded.as_ref().map(|(_, reason)| (record, reason)));
    told.take(MOST_CORRECTIONS)
        .map(|(record, reason)| {
            let page = material.stories.iter().find(|covered| covered.story.id == record.story);
            let url = page.map(|covered| absolute(&material.site, &paths::story(&covered.story)));
            Correction { reason: sentence(reason), url }
        })
        .collect()
}
