//! Stories, records and names made in code.

use std::sync::Arc;

use jiff::Timestamp;

use crate::model::article::{Article, ArticleKind};
use crate::model::event::{AccessEvent, Action, ActorKind, Audience, Evidence, Field, Instrument, Status};
use crate::model::insight::Insight;
use crate::model::ledger::{Layer, Ledger, Record, Report, Standing};
use crate::model::story::{Origin, Story, Told};
use crate::model::tagged::{About, Statement, Tagged};
use crate::model::taxonomy::{Alias, AuthorityKind, Kind, Member, Taxonomy};
use crate::model::when::{PartialDate, When, day_of};

/// The shipped templates, as `inputs` hands them over.
pub fn templates() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
    walk(&root, &root, &mut found);
    found.sort();
    found
}

fn walk(root: &std::path::Path, dir: &std::path::Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(root, &path, found);
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            found.push((path.strip_prefix(root).unwrap().to_string_lossy().into_owned(), text));
        }
    }
}

fn member(kind: Kind, id: &str, name: &str, home: &str) -> Member {
    Member { home: (!home.is_empty()).then(|| home.to_string()), ..Member::new(kind, id, name) }
}

/// A small world.
pub fn taxonomy() -> Arc<Taxonomy> {
    let mut members = vec![
        member(Kind::Bank, "jpmorgan", "JPMorgan", "US"),
        member(Kind::Bank, "goldman-sachs", "Goldman Sachs", "US"),
        member(Kind::Bank, "citigroup", "Citigroup", "US"),
        member(Kind::Bank, "hsbc", "HSBC", "GB"),
        member(Kind::Bank, "bnp-paribas", "BNP Paribas", "FR"),
        member(Kind::Vendor, "anthropic", "Anthropic", "US"),
        member(Kind::Vendor, "openai", "OpenAI", "US"),
        member(Kind::Vendor, "google", "Google", "US"),
        member(Kind::Vendor, "mistral", "Mistral", "FR"),
        member(Kind::Vendor, "deepseek", "DeepSeek", "CN"),
        member(Kind::Vendor, "nvidia", "Nvidia", "US"),
        member(Kind::Vendor, "meta", "Meta", "US"),
        member(Kind::Company, "samsung", "Samsung", "KR"),
    ];
    let products = [
        ("claude", "Claude", "anthropic"),
        ("chatgpt", "ChatGPT", "openai"),
        ("gemini", "Gemini", "google"),
        ("mistral-models", "Mistral models", "mistral"),
        ("deepseek-chat", "DeepSeek", "deepseek"),
        ("h20", "H20", "nvidia"),
        ("llama", "Llama", "meta"),
    ];
    members.extend(
        products.map(|(id, name, vendor)| Member { vendor: Some(vendor.to_string()), ..Member::new(Kind::Product, id, name) }),
    );
    let regions = [
        ("HK", "Hong Kong"),
        ("US", "United States"),
        ("GB", "United Kingdom"),
        ("FR", "France"),
        ("CN", "China"),
        ("IT", "Italy"),
        ("KR", "South Korea"),
        ("TW", "Taiwan"),
        ("SG", "Singapore"),
        ("worldwide", "worldwide"),
    ];
    members.extend(regions.map(|(id, name)| Member::new(Kind::Region, id, name)));
    members.push(Member { members: vec!["FR".into(), "IT".into()], ..Member::new(Kind::Region, "EU", "European Union") });
    members.push(Member {
        members: vec!["CN".into(), "HK".into(), "TW".into()],
        ..Member::new(Kind::Region, "greater-china", "Greater China")
    });
    let authorities = [
        ("it-garante", "Italy's data protection authority", "IT", AuthorityKind::Regulator),
        ("kr-pipc", "South Korea's privacy commission", "KR", AuthorityKind::Regulator),
        ("tw-government", "Taiwan's government", "TW", AuthorityKind::Government),
        ("us-commerce", "US Department of Commerce", "US", AuthorityKind::Government),
        ("us-court", "US district court", "US", AuthorityKind::Court),
    ];
    members.extend(
        authorities.map(|(id, name, home, kind)| Member { authority: Some(kind), ..member(Kind::Authority, id, name, home) }),
    );
    named_in_chinese(&mut members);
    Arc::new(Taxonomy::new("test".to_string(), members))
}

fn named_in_chinese(members: &mut [Member]) {
    let chinese = [("jpmorgan", "摩根大通"), ("goldman-sachs", "高盛"), ("HK", "香港"), ("US", "美國"), ("CN", "中國")];
    for member in members.iter_mut() {
        let name = chinese.iter().find(|(id, _)| *id == member.id);
        member.aliases.extend(name.map(|(_, name)| Alias { lang: "zh-Hant".to_string(), text: (*name).to_string() }));
    }
}

/// A bank's ban of Claude in Hong Kong on the vendor's terms, to be varied.
pub fn ban(actor: &str, date: Option<&str>) -> AccessEvent {
    AccessEvent {
        actor: Some(actor.to_string()),
        actor_kind: Some(ActorKind::Bank),
        action: Action::Prohibit,
        vendor: Some("anthropic".to_string()),
        product: Some("claude".to_string()),
        regions: vec!["HK".to_string()],
        audience: Audience::Employees,
        instrument: Instrument::VendorTerms,
        status: Status::InForce,
        date: date.map(|date| date.parse().unwrap()),
        recalled: false,
        evidence: Vec::new(),
    }
}

/// A report: title, text, the event it tells and where.
pub fn told(id: &str, outlet: &str, day: &str, event: AccessEvent, words: &str) -> Told {
    let text = format!("{words} More follows.");
    let evidence = Evidence { field: Field::Text, start: 0, end: words.len(), quote: words.to_string(), rule: String::new() };
    let seen: Timestamp = format!("{day}T08:00:00Z").parse().unwrap();
    let article = Article {
        id: id.repeat(16),
        version: 1,
        url: Some(format!("https://{id}.example/story")),
        source: id.to_string(),
        outlet: outlet.to_string(),
        kind: ArticleKind::Full,
        title: words.to_string(),
        text,
        lang: "en".to_string(),
        claimed: Some(When::On(day.parse().unwrap())),
        claimed_raw: None,
        first_seen: seen,
        authors: Vec::new(),
        document: String::new(),
        speaks_for: None,
        lead: false,
        has_page: false,
    };
    let key = outlet.to_lowercase().replace(' ', "-");
    let tagged = Tagged {
        relevant: true,
        score: 1.0,
        lang: "en".to_string(),
        events: vec![AccessEvent { evidence: vec![evidence], ..event }],
        ..Tagged::default()
    };
    Told { article, tagged, origin: Origin { key, name: outlet.to_string(), copy_of: None }, edits: Vec::new() }
}

/// Adds a statement to a report, with its words at the end of the text.
pub fn stating(mut told: Told, about: About, ids: &[&str], words: &str) -> Told {
    let start = told.article.text.len() + 1;
    told.article.text = format!("{} {words}", told.article.text);
    let evidence =
        Evidence { field: Field::Text, start, end: start + words.len(), quote: words.to_string(), rule: String::new() };
    told.tagged.statements.push(Statement {
        about,
        ids: ids.iter().map(|id| (*id).to_string()).collect(),
        amount: None,
        evidence,
    });
    told
}

/// A story of reports.
pub fn story(id: &str, reports: Vec<Told>) -> Story {
    let first_shown = reports[0].article.first_seen;
    Story { id: id.to_string(), slug: format!("story-{id}"), year: 2026, reports, first_shown }
}

/// The entry of a story's first event.
pub fn record(n: u64, story: &Story) -> Record {
    let event = AccessEvent { evidence: Vec::new(), ..story.event().unwrap().clone() };
    let reports: Vec<Report> = story.reports.iter().map(|told| report(told, &event)).collect();
    let first = day_of(story.first_seen());
    let begins = event.date.map_or(first, |date: PartialDate| date.exact().unwrap_or_else(|| date.last().min(first)));
    Record {
        n,
        hash: format!("{n:064x}"),
        prev: format!("{:064x}", n - 1),
        recorded: story.first_seen(),
        story: story.id.clone(),
        layer: match event.actor_kind {
            Some(ActorKind::Vendor) => Layer::Terms,
            Some(ActorKind::Government) => Layer::Law,
            _ => Layer::Policy,
        },
        standing: if reports.len() > 1 { Standing::Corroborated } else { Standing::SingleSource },
        reports,
        begins,
        day_known: event.date.is_some_and(|date| date.exact().is_some()),
        pending: !matches!(event.status, Status::InForce | Status::Ended),
        disputed_by: Vec::new(),
        closed: None,
        superseded: None,
        superseded_at: None,
        event,
    }
}

fn report(told: &Told, event: &AccessEvent) -> Report {
    Report {
        article: told.article.id.clone(),
        outlet: told.article.outlet.clone(),
        origin: told.origin.key.clone(),
        lang: told.article.lang.clone(),
        published: told.article.published().date(),
        seen: told.article.first_seen,
        official: false,
        evidence_only: false,
        instrument: event.instrument,
        status: event.status,
        action: event.action,
    }
}

/// A ledger of stories, in order of time.
pub fn ledger(stories: &[&Story]) -> Ledger {
    let records: Vec<Record> = stories.iter().zip(1..).map(|(story, n)| record(n, story)).collect();
    let number = records.len() as u64;
    Ledger::new(records, "0".repeat(64), number, taxonomy())
}

/// An Insight as a reader sees it, each sentence followed by what it stands on.
pub fn page(insight: &Insight) -> String {
    let mut lines = vec![format!("{} [{}]", insight.headline.text, insight.headline.facts.join(" "))];
    let mark = |view: bool, facts: &[String]| if view { "[view]".to_string() } else { format!("[{}]", facts.join(" ")) };
    let mut section = |title: &str, paragraphs: &[crate::model::insight::Paragraph]| {
        lines.push(format!("\n{title}"));
        for paragraph in paragraphs {
            lines.push(String::new());
            lines.extend(paragraph.sentences.iter().map(|one| format!("{} {}", one.text, mark(one.view, &one.facts))));
        }
    };
    section("SUMMARY", &[crate::model::insight::Paragraph { sentences: insight.summary.clone() }]);
    section("REPORT", &insight.report);
    section("INSIGHT", &insight.commentary);
    lines.push("\nCOGNITIVE LAW\n".to_string());
    lines.extend(insight.laws.iter().map(|law| law.text.clone()));
    lines.push(format!("\nFACTS ({})\n", insight.family));
    for fact in &insight.facts {
        let cited: Vec<String> = fact.sources.iter().map(|cited| format!("{}: {}", cited.outlet, cited.evidence.quote)).collect();
        lines.push(format!("{} {}: {} {:?} {cited:?}", fact.id, fact.function, fact.value, fact.entries));
    }
    lines.extend(insight.withheld.iter().map(|withheld| format!("WITHHELD {}: {}", withheld.text, withheld.reason)));
    lines.join("\n")
}
