//! A small edition for tests: two banks shut Claude in Hong Kong, a third opens Mistral in Britain on a day to come.

use std::sync::Arc;

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::model::article::{Article, ArticleKind};
use crate::model::condition::Condition;
use crate::model::edit::{Change, Edit, Passage};
use crate::model::edition::{Covered, Looked, Material};
use crate::model::event::{AccessEvent, Action, ActorKind, Audience, Evidence, Field, Instrument, Status};
use crate::model::fetched::Verdict;
use crate::model::insight::{Cited, Fact, Insight, Law, LawForm, Paragraph, Sentence};
use crate::model::ledger::{Entry, Layer, Ledger, Record, Report, Standing, What};
use crate::model::site::Site;
use crate::model::source::{DatePolicy, Source, SourceKind};
use crate::model::story::{Origin, Story, Told};
use crate::model::tagged::Tagged;
use crate::model::taxonomy::{Alias, Kind, Member, Taxonomy};
use crate::model::when::When;

/// Ids of the stories.
pub const JPMORGAN: &str = "0a0a0a0a0a0a";
pub const HSBC: &str = "0b0b0b0b0b0b";
pub const GOLDMAN: &str = "0c0c0c0c0c0c";

/// Text that would break a page, a feed and a letter if it came through unescaped.
pub const HOSTILE: &str = "</title><script>alert(1)</script> ]]> &amp; &nope; \"q' \u{202e}evil\u{2066} =1+1 \u{7}{{ site }}";

/// The edition: three stories, three entries.
pub fn material() -> Material {
    let stories = vec![jpmorgan(), hsbc(), goldman()];
    let (chain, ledger) = ledger(&stories);
    Material {
        site: Arc::new(site()),
        taxonomy: ledger.taxonomy.clone(),
        ledger: Arc::new(ledger),
        chain,
        stories,
        coverage: vec![looked()],
        time: time("2026-06-18T22:00:00Z"),
        redirects: Vec::new(),
    }
}

/// The same with hostile text wherever a feed, a page or a setting could bring it in, and a title of 10,000 characters.
pub fn hostile() -> Material {
    let mut material = material();
    let long = format!("{HOSTILE} {}", "W".repeat(10_000));
    for covered in &mut material.stories {
        for told in &mut covered.story.reports {
            told.article.title = long.clone();
            told.article.outlet = HOSTILE.to_string();
            told.origin.name = HOSTILE.to_string();
            told.edits = vec![edit("2026-06-19T10:00:00Z", (HOSTILE, &long), HOSTILE)];
        }
        for insight in &mut covered.insights {
            insight.headline.text = long.clone();
            insight.laws[0].text = HOSTILE.to_string();
            for sentence in insight.summary.iter_mut().chain(insight.report.iter_mut().flat_map(|part| &mut part.sentences)) {
                sentence.text = HOSTILE.to_string();
            }
        }
    }
    let site = Arc::make_mut(&mut material.site);
    site.name = format!("Insight\r\nBcc: all@example.com {HOSTILE}");
    site.imprint = HOSTILE.to_string();
    material
}

/// No stories, no entries.
pub fn empty() -> Material {
    let mut material = material();
    material.stories.clear();
    material.chain.clear();
    material.coverage.clear();
    material.ledger = Arc::new(Ledger::empty(material.taxonomy.clone()));
    material
}

pub fn site() -> Site {
    Site {
        name: "Insight".into(),
        publisher: "Termwall".into(),
        motto: "Who may use which AI, where".into(),
        base_url: "https://insight.example/".parse().unwrap(),
        tag_authority: "insight.example,2026".into(),
        languages: vec!["en".into(), "zh-Hant".into()],
        zone: "Asia/Hong_Kong".into(),
        insight_title: "AI Insight".into(),
        law_title: "Cognitive Law".into(),
        errors: "mailto:errors@insight.example".into(),
        imprint: "Termwall, Insight Road 1".into(),
        privacy: "/privacy/".into(),
        data_licence: ("CC BY 4.0".into(), "https://creativecommons.org/licenses/by/4.0/".into()),
        contact: "https://insight.example/about/".into(),
        sample: false,
        letter_from: ("Insight".into(), "letter@insight.example".into()),
        letter_postal: Some("Insight Road 1, 1000 Example".into()),
    }
}

pub fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn taxonomy() -> Taxonomy {
    let member = |kind, id: &str, name: &str, zh: &str| {
        let aliases = vec![Alias { lang: "zh-Hant".into(), text: zh.into() }];
        Member { aliases, ..Member::new(kind, id, name) }
    };
    let claude = Member { vendor: Some("anthropic".into()), ..member(Kind::Product, "claude", "Claude", "Claude") };
    let china =
        Member { members: vec!["CN".into(), "HK".into()], ..member(Kind::Region, "greater-china", "Greater China", "大中華") };
    Taxonomy::new(
        "0123456789abcdef".into(),
        [
            member(Kind::Bank, "goldman-sachs", "Goldman Sachs", "高盛"),
            member(Kind::Bank, "hsbc", "HSBC", "滙豐"),
            member(Kind::Bank, "jpmorgan", "JPMorgan", "摩根大通"),
            member(Kind::Bank, "ubs", "UBS", "瑞銀"),
            member(Kind::Vendor, "anthropic", "Anthropic", "Anthropic"),
            member(Kind::Vendor, "mistral", "Mistral", "Mistral"),
            claude,
            member(Kind::Region, "CN", "China", "中國"),
            member(Kind::Region, "GB", "United Kingdom", "英國"),
            member(Kind::Region, "HK", "Hong Kong", "香港"),
            china,
        ],
    )
}

fn event(bank: &str, action: Action, status: Status, date: &str) -> AccessEvent {
    AccessEvent {
        actor: Some(bank.into()),
        actor_kind: Some(ActorKind::Bank),
        action,
        vendor: Some("anthropic".into()),
        product: Some("claude".into()),
        regions: vec!["HK".into()],
        audience: Audience::Employees,
        instrument: Instrument::VendorTerms,
        status,
        date: date.parse().ok(),
        recalled: false,
        evidence: vec![evidence("JPMorgan")],
    }
}

fn evidence(quote: &str) -> Evidence {
    Evidence { field: Field::Title, start: 0, end: quote.len(), quote: quote.into(), rule: "test".into() }
}

fn jpmorgan() -> Covered {
    let seen = "2026-06-18T22:00:00Z";
    let event = event("jpmorgan", Action::Prohibit, Status::InForce, "2026-06");
    let mut reports = vec![
        told("a1", "Example Times", "JPMorgan takes Claude off its Hong Kong list", seen, event.clone()),
        told("a2", "Copy Daily", "JPMorgan drops Claude in Hong Kong", seen, event.clone()),
        told("a3", "Herald & Post", "A second bank shuts Claude out of Hong Kong", seen, event),
    ];
    reports[1].origin =
        Origin { key: "example-times".into(), name: "Example Times".into(), copy_of: Some(reports[0].article.id.clone()) };
    for told in &mut reports {
        told.tagged.banks = vec!["goldman-sachs".into(), "jpmorgan".into()];
    }
    let words = [
        "JPMorgan Prohibits Hong Kong Employees from Accessing Anthropic\u{2019}s Claude",
        "JPMorgan has taken Claude off the list that its Hong Kong employees choose from.",
        "A clause shuts tighter than a decree, for a decree leaves somebody to petition.",
    ];
    let mut covered = covered(JPMORGAN, "jpmorgan-prohibits-claude-hk-0a0a0a", reports, words);
    let mut chinese = insight(
        JPMORGAN,
        "zh-Hant",
        ["摩根大通禁止香港員工使用Anthropic的Claude", "摩根大通已把Claude從香港員工可選的名單上刪去。", "條款比法令關得更緊。"],
    );
    chinese.facts_hash = "2".repeat(64);
    covered.insights.push(chinese);
    covered
}

fn goldman() -> Covered {
    let event = event("goldman-sachs", Action::Prohibit, Status::InForce, "2026-04");
    let reports = vec![told("b1", "Example Times", "Goldman shuts Claude in Hong Kong", "2026-04-30T22:00:00Z", event)];
    let words = [
        "Goldman Sachs Prohibits Hong Kong Employees from Accessing Anthropic\u{2019}s Claude",
        "Goldman Sachs has withdrawn Claude from its Hong Kong employees.",
        "Geography is a line in a contract before it is a line on a map.",
    ];
    covered(GOLDMAN, "goldman-sachs-prohibits-claude-hk-0c0c0c", reports, words)
}

fn hsbc() -> Covered {
    let mut event = event("hsbc", Action::Allow, Status::Announced, "2026-07-01");
    event.vendor = Some("mistral".into());
    event.product = None;
    event.regions = vec!["GB".into()];
    event.instrument = Instrument::InternalPolicy;
    let reports = vec![told("c1", "Example Times", "HSBC to open Mistral to its staff", "2026-06-18T22:00:00Z", event)];
    let words = [
        "HSBC Will Allow Employees in the United Kingdom Mistral",
        "HSBC says that its staff may use Mistral from 1 July 2026.",
        "Who hosts the model writes the terms.",
    ];
    covered(HSBC, "hsbc-allows-mistral-gb-0b0b0b", reports, words)
}

fn covered(id: &str, slug: &str, reports: Vec<Told>, words: [&str; 3]) -> Covered {
    let first_shown = reports[0].article.first_seen;
    let story = Story { id: id.into(), slug: slug.into(), year: 2026, reports, first_shown };
    Covered { story, insights: vec![insight(id, "en", words)] }
}

/// An edit of a title and of a sentence, which is new.
pub fn edit(seen: &str, (before, after): (&str, &str), added: &str) -> Edit {
    let passages = vec![Passage { place: 0, what: Change::Added(added.into()) }];
    Edit { version: 2, seen: time(seen), title: Some((before.into(), after.into())), passages }
}

fn told(id: &str, outlet: &str, title: &str, seen: &str, event: AccessEvent) -> Told {
    let seen = time(seen);
    let key = outlet.to_lowercase().replace(' ', "-");
    let tagged = Tagged {
        relevant: true,
        score: 0.9,
        lang: "en".into(),
        banks: event.actor.clone().into_iter().collect(),
        vendors: event.vendor.clone().into_iter().collect(),
        products: event.product.clone().into_iter().collect(),
        regions: event.regions.clone(),
        events: vec![event],
        ..Tagged::default()
    };
    let article = Article {
        id: id.repeat(32),
        version: 1,
        url: format!("https://news.example/{id}?a=1&b=2").parse().ok(),
        source: "example".into(),
        outlet: outlet.into(),
        kind: ArticleKind::Full,
        title: title.into(),
        text: format!("{title}."),
        lang: "en".into(),
        claimed: Some(When::At(seen)),
        claimed_raw: None,
        first_seen: seen,
        authors: Vec::new(),
        document: "d".repeat(64),
        speaks_for: None,
        lead: false,
        has_page: false,
    };
    Told { article, tagged, origin: Origin { key, name: outlet.into(), copy_of: None }, edits: Vec::new() }
}

fn insight(story: &str, lang: &str, [headline, summary, law]: [&str; 3]) -> Insight {
    let fact = |text: &str| Sentence { text: text.into(), view: false, facts: vec!["f1".into()], wording: "test/1".into() };
    let view = |text: &str| Sentence { view: true, facts: Vec::new(), ..fact(text) };
    let cited = Cited {
        article: "a1".repeat(32),
        outlet: "Example Times".into(),
        lang: "en".into(),
        url: Some("https://news.example/a1?a=1&b=2".into()),
        date: "2026-06-18".parse().unwrap(),
        evidence: evidence("JPMorgan"),
    };
    Insight {
        story: story.into(),
        lang: lang.into(),
        family: "bank.prohibit.vendor-terms".into(),
        headline: fact(headline),
        summary: vec![fact(summary)],
        report: vec![Paragraph { sentences: vec![fact(summary), fact("The ground is the wording of the terms.")] }],
        commentary: vec![Paragraph { sentences: vec![fact("It is the second on record."), view("The lock is a clause.")] }],
        laws: vec![Law { form: LawForm::Comparison, text: law.into(), wording: "law/1".into() }],
        facts: vec![Fact {
            id: "f1".into(),
            function: "event".into(),
            value: "JPMorgan prohibits Claude in Hong Kong".into(),
            entries: vec![2],
            sources: vec![cited],
        }],
        facts_hash: "1".repeat(64),
        withheld: Vec::new(),
    }
}

/// One entry a story, oldest story first.
fn ledger(stories: &[Covered]) -> (Vec<String>, Ledger) {
    let mut chain = Vec::new();
    let mut records = Vec::new();
    let mut prev = "0".repeat(64);
    for (n, covered) in (1..).zip(stories.iter().rev()) {
        let story = &covered.story;
        let event = AccessEvent { evidence: Vec::new(), ..story.event().unwrap().clone() };
        let reports: Vec<Report> = story.reports.iter().map(report).collect();
        let what = What::Event { story: story.id.clone(), event, reports };
        let line = serde_json::to_string(&Entry { n, prev: prev.clone(), at: story.first_shown, what: what.clone() }).unwrap();
        let hash: String = Sha256::digest(&line).iter().map(|byte| format!("{byte:02x}")).collect();
        let What::Event { event, reports, .. } = what else { unreachable!() };
        records.push(record(n, &hash, &prev, story, (event, reports)));
        chain.push(line);
        prev = hash;
    }
    let entries = chain.len() as u64;
    (chain, Ledger::new(records, prev, entries, Arc::new(taxonomy())))
}

fn report(told: &Told) -> Report {
    let event = &told.tagged.events[0];
    Report {
        article: told.article.id.clone(),
        outlet: told.article.outlet.clone(),
        origin: told.origin.key.clone(),
        lang: told.article.lang.clone(),
        published: told.article.published().date(),
        seen: told.article.first_seen,
        official: false,
        evidence_only: told.origin.copy_of.is_some(),
        instrument: event.instrument,
        status: event.status,
        action: event.action,
    }
}

fn record(n: u64, hash: &str, prev: &str, story: &Story, (event, reports): (AccessEvent, Vec<Report>)) -> Record {
    let exact = event.date.and_then(|date| date.exact());
    Record {
        n,
        hash: hash.into(),
        prev: prev.into(),
        recorded: story.first_shown,
        story: story.id.clone(),
        layer: Layer::Policy,
        standing: if reports.len() > 1 { Standing::Corroborated } else { Standing::SingleSource },
        begins: exact.unwrap_or_else(|| crate::model::when::day_of(story.first_shown)),
        day_known: exact.is_some(),
        pending: event.status == Status::Announced,
        disputed_by: Vec::new(),
        closed: None,
        superseded: None,
        superseded_at: None,
        event,
        reports,
    }
}

fn looked() -> Looked {
    let source = Source {
        id: "example".into(),
        url: "https://news.example/feed.xml".parse().unwrap(),
        title: "Example Times".into(),
        outlet: "Example Times".into(),
        lang: Some("en".into()),
        group: "wire".into(),
        kind: SourceKind::Feed,
        enabled: true,
        every: std::time::Duration::from_secs(3600),
        slowest: std::time::Duration::from_secs(8 * 3600),
        gap: std::time::Duration::from_secs(2),
        max_items: 200,
        user_agent: None,
        date: DatePolicy::Stated,
        paywalled: false,
        aggregator: false,
        speaks_for: None,
        allow_private: false,
        text_selector: None,
        note: None,
    };
    let last = time("2026-06-18T22:00:00Z");
    Looked {
        source,
        looks: 6,
        failures: 1,
        last: Some((last, Verdict::Fresh)),
        last_success: Some(last),
        last_new: Some(last),
        conditions: vec![Condition::Repaired { words: "a lone & was <escaped>".into() }],
        articles: 5,
        relevant: 5,
    }
}
