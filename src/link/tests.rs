//! Stories from text in, groups as text out.
//!
//! An article is a line: id, day, then events set apart by `;` (`~` before one that is only recalled), then `|` and its text.
//! An event is `actor/kind action vendor/product regions audience stage date`, with `-` for none.

use proptest::prelude::*;

use super::{Given, Index, Known, decide, keys, lineage, story_id};
use crate::model::article::Article;
use crate::model::event::{AccessEvent, Evidence, Field, Instrument};
use crate::model::story::{Origin, Told};
use crate::model::tagged::{self, Tagged};

fn event(text: &str) -> AccessEvent {
    let words: Vec<&str> = text.trim().trim_start_matches('~').split_whitespace().collect();
    let [who, action, what, regions, audience, stage, date] = words[..] else { panic!("seven words: {text}") };
    let some = |word: &str| (word != "-").then(|| word.to_string());
    let pair = |words: &str| words.split_once('/').map(|(one, other)| (some(one), some(other))).unwrap();
    let ((actor, kind), (vendor, product)) = (pair(who), pair(what));
    AccessEvent {
        actor,
        actor_kind: kind.map(|kind| serde_json::from_value(kind.into()).unwrap()),
        action: serde_json::from_value(action.into()).unwrap(),
        vendor,
        product,
        regions: some(regions).map(|regions| regions.split(',').map(String::from).collect()).unwrap_or_default(),
        audience: serde_json::from_value(audience.into()).unwrap(),
        instrument: Instrument::NoneStated,
        status: serde_json::from_value(stage.into()).unwrap(),
        date: some(date).map(|date| date.parse().unwrap()),
        recalled: text.trim().starts_with('~'),
        evidence: Vec::new(),
    }
}

fn articles(text: &str) -> Vec<(Article, Tagged)> {
    text.lines().filter(|line| !line.trim().is_empty()).map(article).collect()
}

fn article(line: &str) -> (Article, Tagged) {
    let (line, text) = line.split_once('|').unwrap_or((line, ""));
    let mut words = line.trim().splitn(3, char::is_whitespace);
    let [id, day, events] = std::array::from_fn(|_| words.next().unwrap_or(""));
    let address = format!("https://{id}.example/");
    let given = Given { id, title: "", text, lang: "en", published: Some(day), url: Some(&address), outlet: id };
    let events: Vec<AccessEvent> = events.split(';').filter(|event| !event.trim().is_empty()).map(event).collect();
    (given.article(), Tagged { relevant: true, events, ..Tagged::default() })
}

/// Ids of each story's articles by their first happenings, stories and members sorted.
fn stories(articles: &[(Article, Tagged)]) -> String {
    let mut index = Index::default();
    articles.iter().for_each(|(article, tagged)| index.add(article, tagged));
    let mut groups = std::collections::BTreeMap::new();
    for linked in index.finish() {
        groups.entry(linked.story).or_insert_with(Vec::new).push(linked.id);
    }
    let mut groups: Vec<String> = groups
        .into_iter()
        .map(|(story, mut ids)| {
            ids.sort();
            let ids = ids.join(" ");
            if story.is_some() { ids } else { format!("({ids})") }
        })
        .collect();
    groups.sort();
    groups.join(", ")
}

fn check(text: &str, expected: &str) {
    assert_eq!(stories(&articles(text)), expected, "{text}");
}

const SEED: &str = "
a 2026-06-18 jpmorgan/bank prohibit anthropic/claude HK employees in-force 2026-06 ; ~goldman-sachs/bank prohibit anthropic/claude HK employees in-force 2026-04
b 2026-06-18 jpmorgan/bank suspend anthropic/claude HK employees in-force 2026-06
c 2026-06-20 jpmorgan/bank prohibit anthropic/- - employees in-force -
d 2026-04-28 goldman-sachs/bank prohibit anthropic/claude HK employees in-force 2026-04 ; anthropic/vendor withhold anthropic/claude HK customers in-force -
e 2026-04-29 goldman-sachs/bank prohibit anthropic/claude HK employees in-force 2026-04
f 2026-06-25 jpmorgan/bank deny anthropic/claude HK employees in-force 2026-06
g 2026-06-26 jpmorgan/bank restore anthropic/claude HK employees in-force 2026-06
h 2026-06-18 hsbc/bank prohibit anthropic/claude HK employees in-force 2026-06
";

#[test]
fn one_happening_is_one_story_and_its_precedent_denial_and_reversal_are_others() {
    check(SEED, "a b c, d e, f, g, h");
}

#[test]
fn a_plan_and_its_decision_within_days_are_one_story() {
    check(
        "
a 2026-05-13 anthropic/vendor allow anthropic/mythos JP companies considered 2026-05
b 2026-05-22 anthropic/vendor allow anthropic/mythos JP companies announced 2026-05
c 2026-06-02 anthropic/vendor allow anthropic/mythos JP companies in-force 2026-06",
        "a b, c",
    );
}

#[test]
fn bodies_of_one_state_and_the_vendor_that_obeys_tell_of_one_act() {
    check(
        "
a 2025-02-17 kr-pipc/government suspend deepseek/deepseek KR public in-force 2025-02-15
b 2025-02-17 deepseek/vendor suspend deepseek/deepseek KR public in-force 2025-02-15
c 2025-02-18 kr-government/government suspend deepseek/- KR public in-force -
d 2025-02-06 kr-trade-ministry/government suspend deepseek/deepseek KR government-staff in-force 2025-02-06
e 2025-02-17 it-garante/government suspend deepseek/deepseek IT public in-force 2025-02-15",
        "a b c, d, e",
    );
}

#[test]
fn reports_that_name_no_bank_join_only_where_another_name_agrees() {
    let goldman = "~goldman-sachs/bank prohibit anthropic/claude HK employees in-force 2026-04";
    let jpmorgan = "a 2026-06-18 jpmorgan/bank prohibit anthropic/claude HK employees in-force 2026-06";
    let unnamed = "b 2026-06-18 -/bank prohibit anthropic/claude - employees in-force 2026-06";
    check(&format!("{jpmorgan} ; {goldman}\n{unnamed} ; {goldman}"), "a b");
    check(&format!("{jpmorgan} ; {goldman}\n{unnamed}"), "a, b");
}

#[test]
fn a_launch_without_a_place_ties_no_places_together() {
    check(
        "
a 2026-06-02 anthropic/vendor allow anthropic/mythos JP companies in-force 2026-06
b 2026-06-02 anthropic/vendor allow anthropic/mythos - companies in-force 2026-06
c 2026-06-03 anthropic/vendor allow anthropic/mythos KR companies in-force 2026-06",
        "a, b, c",
    );
}

#[test]
fn an_act_dated_to_the_day_is_recognised_weeks_later() {
    check(
        "
a 2025-05-14 us-bis/government restore -/- worldwide companies announced 2025-05-13
b 2025-06-17 us-bis/government restore -/- worldwide companies in-force 2025-05-13
c 2025-06-17 us-bis/government restore -/- worldwide companies in-force 2025-06-12",
        "a b, c",
    );
}

#[test]
fn articles_that_only_look_back_have_no_story_and_those_without_an_event_stand_alone() {
    check(
        "
a 2026-06-18 ~goldman-sachs/bank prohibit anthropic/claude HK employees in-force 2026-04
b 2026-06-18
c 2026-06-18",
        "(a), b, c",
    );
}

const DISPATCH: &str = "The bank told its people in the city on Thursday that the assistant had gone from the list of cleared \
tools because the licence that it was bought under leaves the territory out, three people who had seen the note said, and that \
two rival tools would stay where they were for as long as their own terms allowed it";

#[test]
fn copies_are_one_story_whatever_was_read_from_them() {
    let lead = format!("b 2026-06-19 -/- prohibit -/- - employees in-force - | By our staff. {DISPATCH}, the paper wrote");
    check(&format!("a 2026-06-18 | {DISPATCH}\n{lead}\nc 2026-06-18 | Another text altogether, {}", &DISPATCH[..80]), "a b, c");
    let zh = "摩根大通週四告訴香港員工，由於授權條款不涵蓋當地，公司已把這款助理從核准清單中移除，兩款對手的產品則照常使用，直至另行通知為止";
    check(&format!("a 2026-06-18 | {zh}。\nb 2026-06-18 | {zh}，外電報道。"), "a b");
}

#[test]
fn a_text_that_comes_back_after_months_is_used_anew() {
    check(&format!("a 2026-01-18 | {DISPATCH}\nb 2026-06-18 | {DISPATCH}"), "a, b");
}

#[test]
fn an_article_belongs_to_each_happening_that_it_reports() {
    let both = articles("a 2026-06-18 jpmorgan/bank prohibit anthropic/claude HK employees in-force 2026-06 ; citi/bank prohibit anthropic/claude SG employees in-force 2026-06
b 2026-06-19 citi/bank prohibit anthropic/claude SG employees in-force 2026-06");
    let mut index = Index::default();
    both.iter().for_each(|(article, tagged)| index.add(article, tagged));
    let linked = index.finish();
    assert_eq!(linked[0].stories.len(), 2);
    assert_eq!(linked[1].stories, linked[0].stories[1..]);
}

#[test]
fn a_storys_id_is_its_first_articles() {
    let id = "00ff12ab34cd56ef";
    assert_eq!(story_id(id, 0), "00ff12ab34cd");
    assert_ne!(story_id(id, 1), story_id(id, 0));
    assert_eq!(story_id("bd-0001", 0).len(), 12);
}

#[test]
fn hostile_texts_are_sketched_in_their_stride() {
    for text in ["\u{202e}".repeat(10_000), "a".repeat(200_000), "字".repeat(200_000), "\u{0}|,".repeat(50_000)] {
        let (mut article, tagged) = article("a 2026-06-18");
        (article.title, article.text) = (text.clone(), text);
        assert!(!keys(&article, &tagged).is_empty());
    }
}

/// Articles one by one, as `run` does it: keys, candidates, decision.
fn one_by_one(articles: &[(Article, Tagged)]) -> Vec<Vec<String>> {
    let mut known: Vec<Known> = Vec::new();
    for (article, tagged) in articles {
        let own = keys(article, tagged);
        let shares = |other: &&Known| keys(&other.article, &other.tagged).iter().any(|key| own.contains(key));
        let candidates: Vec<Known> = known.iter().filter(shares).cloned().collect();
        let decision = decide(article, tagged, &candidates);
        let mut stories = Vec::new();
        for (at, joins) in decision.happenings.iter().enumerate() {
            let story = joins.stories.first().cloned().unwrap_or_else(|| story_id(&article.id, at));
            for other in known.iter_mut().flat_map(|known| &mut known.stories).filter(|other| joins.stories.contains(other)) {
                other.clone_from(&story);
            }
            stories.push(story);
        }
        known.push(Known { article: article.clone(), tagged: tagged.clone(), stories });
    }
    let mut groups = std::collections::BTreeMap::new();
    for known in &known {
        let story = known.stories.first().cloned().unwrap_or_else(|| format!("none {}", known.article.id));
        groups.entry(story).or_insert_with(Vec::new).push(known.article.id.clone());
    }
    let mut groups: Vec<Vec<String>> = groups.into_values().collect();
    groups.iter_mut().for_each(|ids| ids.sort());
    groups.sort();
    groups
}

/// An event of a small world, so that many of them meet.
fn any_article() -> impl Strategy<Value = String> {
    let who = prop::sample::select(vec![
        "jpmorgan/bank",
        "hsbc/bank",
        "-/bank",
        "kr-pipc/government",
        "kr-moj/government",
        "deepseek/vendor",
        "-/-",
    ]);
    let action = prop::sample::select(vec!["prohibit", "suspend", "allow", "restore", "investigate", "deny"]);
    let what = prop::sample::select(vec!["deepseek/deepseek", "deepseek/-", "anthropic/claude", "-/-"]);
    let place = prop::sample::select(vec!["HK", "KR", "HK,KR", "-"]);
    let people = prop::sample::select(vec!["employees", "public", "government-staff"]);
    let stage = prop::sample::select(vec!["in-force", "announced", "ended"]);
    let date = prop::sample::select(vec!["2026-06", "2026-06-10", "2026-06-12", "2026-05", "-"]);
    let event = (who, action, what, place, people, stage, date)
        .prop_map(|e| format!("{} {} {} {} {} {} {}", e.0, e.1, e.2, e.3, e.4, e.5, e.6));
    (1u8..29, prop::collection::vec(event, 1..3)).prop_map(|(day, events)| format!("2026-06-{day:02} {}", events.join(" ; ")))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_arrival_and_the_way_of_asking_change_no_story(
        (lines, order) in prop::collection::vec(any_article(), 2..24).prop_flat_map(|lines| {
            let places: Vec<usize> = (0..lines.len()).collect();
            (Just(lines), Just(places).prop_shuffle())
        })
    ) {
        let text: Vec<String> = lines.iter().enumerate().map(|(at, line)| format!("a{at:02} {line}")).collect();
        let all = articles(&text.join("\n"));
        let shuffled: Vec<_> = order.iter().map(|at| all[*at].clone()).collect();
        prop_assert_eq!(stories(&all), stories(&shuffled));
        let asked: Vec<String> = one_by_one(&shuffled).into_iter().map(|ids| ids.join(" ")).collect();
        prop_assert_eq!(stories(&all), asked.join(", "));
    }

    #[test]
    fn any_text_has_a_sketch_or_none_and_never_more(title in ".{0,80}", text in ".{0,400}") {
        let (mut article, tagged) = article("a 2026-06-18");
        (article.title, article.text) = (title, text);
        prop_assert!(keys(&article, &tagged).len() <= 17);
    }
}

fn told(line: &str, lang: &str, sources: &[&str]) -> Told {
    let (mut article, mut tagged) = article(line);
    article.lang = lang.into();
    article.outlet = article.id.clone();
    let evidence = Evidence { field: Field::Text, start: 0, end: 1, quote: "x".into(), rule: String::new() };
    let source = |key: &&str| tagged::Origin { key: (*key).into(), name: (*key).into(), evidence: evidence.clone() };
    tagged.origins = sources.iter().map(source).collect();
    Told { article, tagged, origin: Origin { key: String::new(), name: String::new(), copy_of: None }, edits: Vec::new() }
}

/// Each report's origin, and what it copies.
fn origins(mut reports: Vec<Told>) -> String {
    reports.reverse();
    lineage(&mut reports);
    reports.reverse();
    let origin = |told: &Told| match &told.origin.copy_of {
        Some(model) => format!("{} {}={model}", told.article.id, told.origin.key),
        None => format!("{} {}", told.article.id, told.origin.key),
    };
    reports.iter().map(origin).collect::<Vec<_>>().join(", ")
}

#[test]
fn reports_that_rest_on_one_source_share_its_origin_and_copies_are_no_reports() {
    let reports = vec![
        told(&format!("ft 2026-06-18 | {DISPATCH}"), "en", &[]),
        told("wire 2026-06-18 | The bank shut the tool out, the paper said", "en", &["ft"]),
        told("relay 2026-06-18 | A wire says that the paper says so", "en", &["wire", "ft"]),
        told(&format!("mirror 2026-06-19 | {DISPATCH}, it said"), "en", &[]),
        told("own 2026-06-19 | We have seen the note ourselves", "en", &[]),
    ];
    let expected = "ft financial-times, wire financial-times, relay financial-times, mirror financial-times=ft, own own";
    assert_eq!(origins(reports), expected);
}

#[test]
fn a_translation_is_a_copy_where_source_names_and_numbers_agree() {
    let numbers = "35,000 people, 12 floors and 1,500 screens";
    let model = told(&format!("nikkei 2026-06-18 | The bank moves {numbers}"), "en", &[]);
    let translated = told("blatt 2026-06-19 | Die Bank verlegt 35.000 Leute, 12 Etagen und 1.500 Schirme", "de", &["nikkei"]);
    let other = told("zeitung 2026-06-19 | Die Bank hat 7 Etagen", "de", &["nikkei"]);
    assert_eq!(origins(vec![model, translated, other]), "nikkei nikkei, blatt nikkei=nikkei, zeitung nikkei");
}

#[test]
fn the_actors_own_page_is_its_own_origin_and_what_prints_it_is_a_copy() {
    let mut official = told(&format!("newsroom 2026-06-18 | {DISPATCH}"), "en", &[]);
    official.article.speaks_for = Some("jpmorgan".into());
    let printed = told(&format!("daily 2026-06-18 | {DISPATCH} (statement)"), "en", &[]);
    assert_eq!(origins(vec![printed, official]), "daily jpmorgan=newsroom, newsroom jpmorgan");
}
