//! Planted lies: mutated facts, sentences and templates. The read-back has to stop every one, and nothing that is true.

use std::collections::BTreeMap;

use super::commentary;
use super::made::taxonomy;
use super::worlds;
use crate::comment::facts::{self, Found};
use crate::comment::family::Who;
use crate::comment::ground::{self, names::Names};
use crate::comment::render;
use crate::comment::say::{Say, verbs};
use crate::comment::value::Value;
use crate::comment::wording::Wording;
use crate::comment::{Brief, Commentary};
use crate::model::event::{AccessEvent, Action, Status};
use crate::model::taxonomy::Kind;
use crate::model::when::PartialDate;

/// A sentence that could be written: its wording and the facts that it stands on.
struct Written {
    wording: Wording,
    facts: Vec<Found>,
    text: String,
}

/// Every sentence that the templates can write of the small worlds.
fn written(commentary: &Commentary, lang: &str) -> Vec<Written> {
    let taxonomy = taxonomy();
    let say = Say { lang, taxonomy: &taxonomy };
    let (book, tera) = &commentary.books[lang];
    let mut all = Vec::new();
    for (story, ledger) in worlds::all() {
        let brief = Brief { story: &story, ledger: &ledger, lang, used: &[], previous: None };
        let found = facts::collect(brief);
        let event = story.event().unwrap();
        let who = Who::of(event, &taxonomy);
        for line in book.sentences.iter().filter(|line| line.fits(event, who)) {
            let names = line.needs.iter().chain(&line.rests);
            let Some(facts) =
                names.map(|name| found.iter().find(|found| found.function == *name).cloned()).collect::<Option<Vec<_>>>()
            else {
                continue;
            };
            let borrowed: Vec<&Found> = facts.iter().collect();
            for wording in &line.wordings {
                if let Some(text) = render::sentence(tera, wording, &borrowed, &say) {
                    all.push(Written { wording: wording.clone(), facts: facts.clone(), text });
                }
            }
        }
    }
    all
}

/// What the read-back says of a text by a wording, against the true facts.
fn judged(text: &str, wording: &Wording, facts: &[Found]) -> Result<(), String> {
    let taxonomy = taxonomy();
    let borrowed: Vec<&Found> = facts.iter().collect();
    let lang = language(&wording.source);
    let names = Names::new(&taxonomy, lang);
    ground::check(text, wording, &borrowed, &Say { lang, taxonomy: &taxonomy }, &names)
}

fn language(source: &str) -> &'static str {
    if source.chars().any(|character| ('\u{3400}'..='\u{9fff}').contains(&character)) { "zh-Hant" } else { "en" }
}

/// Writes a wording anew, as if its author had written it so.
fn rewritten(source: &str, facts: &[Found]) -> Option<(Wording, String)> {
    let taxonomy = taxonomy();
    let wording = Wording::new("lie".to_string(), source).ok()?;
    let mut tera = render::engine();
    tera.add_raw_template("lie", source).ok()?;
    let borrowed: Vec<&Found> = facts.iter().collect();
    let text = render::sentence(&tera, &wording, &borrowed, &Say { lang: language(source), taxonomy: &taxonomy })?;
    Some((wording, text))
}

#[test]
fn what_is_true_passes() {
    let commentary = commentary();
    for written in ["en", "zh-Hant"].iter().flat_map(|lang| written(&commentary, lang)) {
        assert_eq!(judged(&written.text, &written.wording, &written.facts), Ok(()), "{} {}", written.wording.key, written.text);
    }
}

fn later(date: PartialDate) -> PartialDate {
    match date.exact() {
        Some(day) => PartialDate::day(day.tomorrow().unwrap()),
        None => PartialDate::month(date.first().year(), date.first().month() % 12 + 1).unwrap(),
    }
}

fn turned(event: &AccessEvent) -> AccessEvent {
    let action = match event.action {
        Action::Allow | Action::Restore => Action::Prohibit,
        _ => Action::Allow,
    };
    AccessEvent { action, ..event.clone() }
}

fn moved(event: &AccessEvent) -> AccessEvent {
    AccessEvent { regions: vec!["SG".to_string()], ..event.clone() }
}

fn staged(event: &AccessEvent) -> AccessEvent {
    let status = if event.status == Status::InForce { Status::Proposed } else { Status::InForce };
    AccessEvent { status, ..event.clone() }
}

/// Lies about one value: a wrong name, a number off by one, a date a day off, another direction, stage, place or role.
fn lies(value: &Value) -> Vec<(&'static str, Value)> {
    match value {
        Value::Name(Kind::Bank, _) => vec![("a wrong bank", Value::Name(Kind::Bank, "citigroup".to_string()))],
        Value::Name(Kind::Vendor, _) => vec![("a wrong vendor", Value::Name(Kind::Vendor, "google".to_string()))],
        Value::Name(Kind::Authority, _) => vec![("a wrong authority", Value::Name(Kind::Authority, "us-court".to_string()))],
        Value::Name(Kind::Region, _) => vec![("a wrong home", Value::Name(Kind::Region, "SG".to_string()))],
        Value::Names(_) => vec![("a wrong product", Value::Names(vec![(Kind::Product, "h20".to_string())]))],
        Value::Count(number, noun) => vec![
            ("a number too great", Value::Count(number + 1, *noun)),
            ("a number of another fact", Value::Count(number + 17, *noun)),
        ],
        Value::Share(part, whole, noun) => vec![("a share too great", Value::Share(part + 1, whole + 1, *noun))],
        Value::Ordinal(number) => vec![("a wrong rank", Value::Ordinal(number + 1))],
        Value::On(date) => vec![("a wrong date", Value::On(later(*date)))],
        Value::Places(_) => vec![("a wrong place", Value::Places(vec!["SG".to_string()]))],
        Value::Whom(event) => vec![("a wrong place", Value::Whom(Box::new(moved(event))))],
        Value::Deed(event) => vec![
            ("a ban for leave", Value::Deed(Box::new(turned(event)))),
            ("a wrong place", Value::Deed(Box::new(moved(event)))),
            ("another stage", Value::Deed(Box::new(staged(event)))),
        ],
        Value::Status(Status::InForce) => vec![("a plan for a deed", Value::Status(Status::Proposed))],
        Value::Status(_) => vec![("a deed for a plan", Value::Status(Status::InForce))],
        _ => Vec::new(),
    }
}

/// Counts what was planted by kind; every one has to be stopped.
#[derive(Default)]
struct Planted {
    kinds: BTreeMap<String, usize>,
    missed: Vec<String>,
}

impl Planted {
    fn plant(&mut self, kind: &str, text: &str, wording: &Wording, facts: &[Found]) {
        *self.kinds.entry(kind.to_string()).or_default() += 1;
        if judged(text, wording, facts).is_ok() {
            self.missed.push(format!("{kind}: {text} ({})", wording.key));
        }
    }
}

/// Facts that say another thing than the record, written into a sentence.
fn plant_facts(written: &Written, planted: &mut Planted) {
    for (at, found) in written.facts.iter().enumerate() {
        for (hole, (name, value)) in found.holes.iter().enumerate() {
            if !written.wording.holes().any(|used| used.fact == found.function && used.name == *name) {
                continue;
            }
            for (kind, lie) in lies(value) {
                let mut facts = written.facts.clone();
                facts[at].holes[hole].1 = lie;
                if let Some((_, text)) = rewritten(&written.wording.source, &facts).filter(|(_, text)| *text != written.text) {
                    planted.plant(kind, &text, &written.wording, &written.facts);
                }
            }
        }
    }
}

/// Sentences changed after they were written.
fn plant_texts(written: &Written, planted: &mut Planted) {
    let swaps = [
        ("a swapped role", "JPMorgan", "Anthropic"),
        ("a swapped role", "Goldman Sachs", "JPMorgan"),
        ("a swapped region", "Hong Kong", "the United States"),
        ("a number of another fact", "51", "two"),
        ("a wrong month", "June", "May"),
        ("a wrong year", "2026", "2025"),
        ("leave for a ban", "barred", "allowed"),
        ("leave for a ban", "closed", "opened"),
    ];
    for (kind, from, to) in swaps {
        if written.text.contains(from) {
            planted.plant(kind, &written.text.replacen(from, to, 1), &written.wording, &written.facts);
        }
    }
    let end = written.text.trim_end_matches('.');
    for (kind, more) in [
        ("an invented person", ", says John Smith"),
        ("an invented date", ", since 3 May 2024"),
        ("an invented number", ", in all 14 cases"),
    ] {
        planted.plant(kind, &format!("{end}{more}."), &written.wording, &written.facts);
    }
}

/// Whether a fact of the sentence has one of these stages.
fn stands(written: &Written, stages: &[Status]) -> bool {
    written.facts.iter().flat_map(|found| &found.claims).any(|(_, status)| stages.contains(status))
}

/// Templates that lie: an author's slip, or a hand in an overridden folder.
fn plant_templates(written: &Written, planted: &mut Planted) {
    let source = &written.wording.source;
    let end = source.trim_end_matches('.');
    let mut lies = vec![
        ("an invented person in a template", format!("{end}, says John Smith.")),
        ("an invented bank in a template", format!("{end}, as Citigroup did.")),
        ("an invented date in a template", format!("{end}, since 3 May 2024.")),
        ("an invented number in a template", format!("{end}, in fourteen and seven cases.")),
    ];
    for (verb, turned) in
        [("bar", "open"), ("close", "reopen"), ("shut", "allow"), ("withhold", "restore"), ("open", "bar"), ("clear", "block")]
    {
        lies.push((
            "ban and leave exchanged in a template",
            source.replace(&format!("verb='{verb}'"), &format!("verb='{turned}'")),
        ));
    }
    if source.contains("event.actor }}") {
        lies.push(("roles exchanged in a template", source.replace("event.actor }}", "event.vendor }}")));
    }
    for (form, verb) in
        [("does", "bar"), ("has", "bar"), ("has", "close"), ("has", "suspend"), ("has", "restrict"), ("has", "open")]
    {
        let told = format!("{{{{ event.status | {form}(verb='{verb}') }}}}");
        if !stands(written, &[Status::Proposed]) {
            lies.push(("a plan for a deed in a template", source.replace(&told, &format!("proposes to {verb}"))));
        }
        if !stands(written, &[Status::InForce, Status::Ended]) {
            lies.push((
                "a deed for a plan in a template",
                source.replace(&told, &format!("has {}", verbs::verb(verb).unwrap().past)),
            ));
        }
    }
    for (kind, lie) in lies.into_iter().filter(|(_, lie)| lie != source) {
        if let Some((wording, text)) = rewritten(&lie, &written.facts).filter(|(_, text)| *text != written.text) {
            planted.plant(kind, &text, &wording, &written.facts);
        }
    }
}

#[test]
fn every_planted_lie_is_stopped() {
    let commentary = commentary();
    let mut planted = Planted::default();
    for written in written(&commentary, "zh-Hant") {
        plant_facts(&written, &mut planted);
        for more in ["，約翰說", "，2024年5月3日起", "，共14家", "，花旗亦然，HSBC 也是"] {
            let lie = format!("{}{more}。", written.wording.source.trim_end_matches('。'));
            if let Some((wording, text)) = rewritten(&lie, &written.facts).filter(|_| more != "，約翰說") {
                planted.plant("an invention in a Chinese template", &text, &wording, &written.facts);
            }
            planted.plant(
                "an invention in a Chinese sentence",
                &format!("{}{more}", written.text),
                &written.wording,
                &written.facts,
            );
        }
    }
    for written in written(&commentary, "en") {
        plant_facts(&written, &mut planted);
        plant_texts(&written, &mut planted);
        plant_templates(&written, &mut planted);
    }
    let number: usize = planted.kinds.values().sum();
    for (kind, times) in &planted.kinds {
        println!("{times:5} {kind}");
    }
    assert!(number >= 100, "only {number} lies");
    assert!(planted.missed.is_empty(), "{} of {number} lies passed\n{}", planted.missed.len(), planted.missed.join("\n"));
}
