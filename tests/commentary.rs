//! The commentary over the labelled corpus: every relevant story has an Insight of its family with every part, no sentence fails
//! the read-back, and views and laws are not repeated. Prints families, counts and how often each view and law was used.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking anywhere")]

#[allow(dead_code, reason = "each test takes what it needs")]
mod labels;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use labels::{Label, labels, shipped};
use termwall::comment::{Brief, Commentary};
use termwall::inputs;
use termwall::ledger;
use termwall::model::article::{Article, ArticleKind};
use termwall::model::event::{AccessEvent, Evidence, Field};
use termwall::model::insight::Insight;
use termwall::model::ledger::Ledger;
use termwall::model::story::{Origin, Story, Told};
use termwall::model::tagged::Tagged;
use termwall::model::taxonomy::Taxonomy;
use termwall::model::when::{PartialDate, When, day_of};
use termwall::tag::Tagger;

/// Neighbours whose views and laws a story does not repeat.
const NEIGHBOURS: usize = 30;

/// The label's own event; its evidence is the title, which tells it.
fn event(label: &Label, value: &serde_json::Value, first: bool) -> AccessEvent {
    let evidence =
        Evidence { field: Field::Title, start: 0, end: label.title.len(), quote: label.title.clone(), rule: String::new() };
    // Labels do not say what is only recalled; the first event of a text is what it reports.
    AccessEvent { evidence: vec![evidence], recalled: !first, ..labels::event(value) }
}

fn told(label: &Label, tagger: &Tagger) -> Told {
    let read = labels::tags(tagger, label);
    let claimed: Option<PartialDate> = label.published.parse().ok();
    let day = claimed.map_or(jiff::civil::date(2026, 6, 18), PartialDate::last);
    let seen: Timestamp = format!("{day}T12:00:00Z").parse().unwrap();
    let id: String = label.id.bytes().map(|byte| format!("{byte:02x}")).collect();
    let article = Article {
        id: format!("{id:0<64}"),
        version: 1,
        url: Some(label.url.clone()),
        source: "corpus".to_string(),
        outlet: label.outlet.clone(),
        kind: ArticleKind::Full,
        title: label.title.clone(),
        text: label.text.clone(),
        lang: label.lang.clone(),
        claimed: claimed.map(When::On),
        claimed_raw: None,
        first_seen: seen,
        authors: Vec::new(),
        document: String::new(),
        speaks_for: None,
        lead: false,
        has_page: false,
    };
    let origin = read.origins.first().map_or_else(
        || Origin { key: label.outlet.to_lowercase(), name: label.outlet.clone(), copy_of: None },
        |origin| Origin { key: origin.key.clone(), name: origin.name.clone(), copy_of: None },
    );
    let events = label.events.iter().enumerate().map(|(at, value)| event(label, value, at == 0)).collect();
    Told { article, tagged: Tagged { relevant: true, events, ..read }, origin, edits: Vec::new() }
}

/// Stories by group, oldest report first.
fn stories(tagger: &Tagger) -> Vec<Story> {
    let mut groups: BTreeMap<String, Vec<Told>> = BTreeMap::new();
    for label in labels().iter().filter(|label| label.relevant && !label.events.is_empty()) {
        let group = label.group.clone().filter(|group| !group.is_empty()).unwrap_or_else(|| label.id.clone());
        groups.entry(group).or_default().push(told(label, tagger));
    }
    let mut stories: Vec<Story> = groups
        .into_iter()
        .map(|(group, mut reports)| {
            reports.sort_by_key(|told| (told.article.first_seen, told.article.id.clone()));
            let first = &reports[0].article;
            let (id, first_shown) = (first.id[..12].to_string(), first.first_seen);
            Story { id, slug: group, year: day_of(first_shown).year(), reports, first_shown }
        })
        .collect();
    stories.sort_by_key(|story| (story.latest(), story.id.clone()));
    stories
}

fn record(stories: &[Story], taxonomy: &Arc<Taxonomy>) -> Ledger {
    let now = stories.iter().map(Story::latest).max().unwrap();
    let entries = ledger::append(&Ledger::empty(taxonomy.clone()), stories, now);
    let chain: Vec<String> = entries.iter().map(ledger::line).collect();
    ledger::fold(&chain, taxonomy.clone(), day_of(now)).unwrap()
}

/// Every Insight of the corpus in a language, in the order of the stories.
fn written(lang: &str) -> Vec<(Story, Insight)> {
    let (taxonomy, _) = shipped::taxonomy();
    let templates = inputs::read(Path::new(".")).unwrap().templates;
    let commentary = Commentary::new(&templates).unwrap_or_else(|mistakes| panic!("{mistakes:#?}"));
    let stories = stories(shipped::tagger());
    let ledger = record(&stories, &taxonomy);
    let mut neighbours: Vec<Vec<String>> = Vec::new();
    let mut all = Vec::new();
    for story in stories {
        let used: Vec<String> = neighbours.iter().rev().take(NEIGHBOURS).flatten().cloned().collect();
        let brief = Brief { story: &story, ledger: &ledger, lang, used: &used, previous: None };
        let insight = commentary.write(brief).unwrap();
        neighbours.push(wordings(&insight));
        all.push((story, insight));
    }
    all
}

fn sentences(insight: &Insight) -> impl Iterator<Item = &termwall::model::insight::Sentence> {
    insight.report.iter().chain(&insight.commentary).flat_map(|paragraph| &paragraph.sentences)
}

fn wordings(insight: &Insight) -> Vec<String> {
    sentences(insight)
        .map(|sentence| sentence.wording.clone())
        .chain(insight.laws.iter().map(|law| law.wording.clone()))
        .collect()
}

fn words(paragraphs: &[termwall::model::insight::Paragraph]) -> usize {
    let sentences = paragraphs.iter().flat_map(|paragraph| &paragraph.sentences);
    sentences.flat_map(|sentence| sentence.text.split_whitespace()).filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

fn print(story: &Story, insight: &Insight) {
    println!("\n=== {} {} ({} reports)\n{}", story.slug, insight.family, story.reports.len(), insight.headline.text);
    let line = |sentence: &termwall::model::insight::Sentence| {
        println!("  {}{}", sentence.text, if sentence.view { "  [view]" } else { "" });
    };
    insight.summary.iter().for_each(line);
    for (title, paragraphs) in [("REPORT", &insight.report), ("INSIGHT", &insight.commentary)] {
        println!("{title} ({} words)", words(paragraphs));
        for paragraph in paragraphs {
            paragraph.sentences.iter().for_each(line);
            println!();
        }
    }
    insight.laws.iter().for_each(|law| println!("  * {}", law.text));
    insight.withheld.iter().for_each(|withheld| println!("  WITHHELD {} ({})", withheld.text, withheld.reason));
}

#[test]
fn every_story_of_the_corpus_has_an_insight_with_every_part() {
    let all = written("en");
    let mut families: BTreeMap<String, usize> = BTreeMap::new();
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    let (mut facts, mut texts, mut wrong) = (Vec::new(), BTreeSet::new(), Vec::new());
    for (story, insight) in &all {
        print(story, insight);
        *families.entry(insight.family.clone()).or_default() += 1;
        facts.push(insight.facts.len());
        for (sentence, wording) in sentences(insight).map(|sentence| (sentence, &sentence.wording)) {
            texts.insert(&sentence.text);
            if sentence.view {
                *uses.entry(wording.clone()).or_default() += 1;
            }
        }
        insight.laws.iter().for_each(|law| *uses.entry(law.wording.clone()).or_default() += 1);
        let is_rich = story.independent().count() > 1;
        let (report, commentary) = (words(&insight.report), words(&insight.commentary));
        let is_whole = insight.report.len() == 3 && insight.commentary.len() == 4 && insight.laws.len() == 3;
        let is_long = if is_rich { (120..=220).contains(&report) && (160..=280).contains(&commentary) } else { report >= 40 };
        if !is_whole || !is_long || !insight.withheld.is_empty() {
            wrong.push(format!(
                "{}: {} + {} paragraphs, {} laws, {report} + {commentary} words, {} withheld",
                story.slug,
                insight.report.len(),
                insight.commentary.len(),
                insight.laws.len(),
                insight.withheld.len()
            ));
        }
    }
    facts.sort_unstable();
    println!("\nfamilies");
    families.iter().for_each(|(family, number)| println!("{number:4} {family}"));
    let mut by_use: BTreeMap<usize, usize> = BTreeMap::new();
    uses.values().for_each(|times| *by_use.entry(*times).or_default() += 1);
    println!(
        "\n{} stories, {} distinct sentences, facts used per Insight: median {}",
        all.len(),
        texts.len(),
        facts[facts.len() / 2]
    );
    by_use.iter().for_each(|(times, number)| println!("{number} views and laws used {times} times"));
    assert!(wrong.is_empty(), "\n{} of {}\n{}", wrong.len(), all.len(), wrong.join("\n"));
}

#[test]
fn every_story_of_the_corpus_is_written_in_chinese() {
    let mut wrong = Vec::new();
    for (story, insight) in written("zh-Hant") {
        print(&story, &insight);
        let characters: usize = insight
            .report
            .iter()
            .flat_map(|paragraph| &paragraph.sentences)
            .flat_map(|sentence| sentence.text.chars())
            .filter(|character| character.is_alphanumeric())
            .count();
        if characters < 40 || insight.report.len() != 3 || !insight.withheld.is_empty() {
            wrong.push(format!("{}: {characters} characters, {} withheld", story.slug, insight.withheld.len()));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
