//! Whole chains from text in, cells as text out.

/// Stories and questions as text.
mod fixture;

/// Properties that hold for every order and every batch.
mod properties;

use fixture::{ask, event, extend, ledger, stories, taxonomy};
use jiff::civil::Date;

use super::{fold, verify};
use crate::model::ledger::{Standing, What};

const GOLDMAN: &str = "goldman-sachs/bank prohibit anthropic/claude HK employees vendor-terms in-force 2026-04";
const JPMORGAN: &str = "jpmorgan/bank prohibit anthropic/claude HK employees vendor-terms in-force 2026-06";

/// The seed's own story, with what stood before it.
const SEED: &str = "
2026-04-28 ft gs goldman-sachs/bank prohibit anthropic/claude HK employees vendor-terms in-force 2026-04 ; anthropic/vendor withhold anthropic/claude HK customers none-stated in-force -
2026-04-29 gate gs goldman-sachs/bank prohibit anthropic/claude HK employees none-stated in-force 2026-04 ; ~cn-government/government prohibit anthropic/claude CN public censorship in-force -
2026-06-18 xcruzo>ft jpm jpmorgan/bank prohibit anthropic/claude HK employees vendor-terms in-force 2026-06 ; ~goldman-sachs/bank prohibit anthropic/claude HK employees none-stated in-force 2026-04
2026-06-18 asset jpm jpmorgan/bank suspend anthropic/claude HK employees internal-policy in-force 2026-06
2026-06-18 coin jpm jpmorgan/bank prohibit anthropic/claude HK employees vendor-terms in-force 2026-06 ; ~goldman-sachs/bank prohibit anthropic/claude HK employees vendor-terms in-force 2026-04 ; ~anthropic/vendor withhold anthropic/claude greater-china customers vendor-terms in-force -
";

/// Asks a ledger of reports and compares the answer.
fn check(reports: &str, question: &str, expected: &str) {
    assert_eq!(ask(&ledger(reports, "2026-07-01"), question), expected, "{question}\n{reports}");
}

/// The standing records as one line each: actor, action, places, day, number of origins and of articles.
fn records(reports: &str) -> Vec<String> {
    let ledger = ledger(reports, "2026-07-01");
    let line = |record: &crate::model::ledger::Record| {
        let event = &record.event;
        let actor = event.actor.as_deref().unwrap_or("-");
        let places = event.regions.join(",");
        let (origins, articles) = (record.origins(), record.reports.len());
        format!("{actor} {} {places} {} origins {origins} articles {articles}", event.action.as_str(), record.begins)
    };
    ledger.standing().map(line).collect()
}

#[test]
fn reports_of_one_event_are_one_entry() {
    assert_eq!(
        records(SEED),
        [
            "anthropic withhold HK 2026-04-28 origins 1 articles 1",
            "goldman-sachs prohibit HK 2026-04-28 origins 2 articles 4",
            "cn-government prohibit CN 2026-04-29 origins 0 articles 1",
            "anthropic withhold greater-china 2026-06-18 origins 0 articles 1",
            "jpmorgan prohibit HK 2026-06-18 origins 3 articles 3",
        ]
    );
}

#[test]
fn a_bank_in_hong_kong_is_shut_out_by_its_policy_and_the_vendors_terms() {
    let shut = "terms: withheld\npolicy: prohibited";
    check(SEED, "jpmorgan claude HK employees 2026-06-30", shut);
    check(SEED, "goldman-sachs claude HK employees 2026-05-01", shut);
    check(SEED, "jpmorgan claude HK employees 2026-05-01", "terms: withheld");
    check(SEED, "jpmorgan claude HK employees 2026-04-01", "");
}

#[test]
fn what_was_known_on_an_earlier_day_can_be_asked() {
    let late = "
2026-06-20 ft gs goldman-sachs/bank prohibit anthropic/claude HK employees vendor-terms in-force 2026-04-10";
    check(late, "goldman-sachs claude HK employees 2026-05-01", "policy: prohibited");
    check(late, "goldman-sachs claude HK employees 2026-05-01 2026-06-01", "");
}

#[test]
fn an_act_that_is_only_recalled_is_on_record_but_corroborates_nothing() {
    let reports = format!("2026-06-18 a jpm {JPMORGAN} ; ~{GOLDMAN}\n2026-06-18 b jpm {JPMORGAN} ; ~{GOLDMAN}");
    let ledger = ledger(&reports, "2026-07-01");
    let goldman = ledger.standing().find(|record| record.event.actor.as_deref() == Some("goldman-sachs")).unwrap();
    assert_eq!(
        (goldman.origins(), goldman.standing, goldman.begins.to_string().as_str()),
        (0, Standing::SingleSource, "2026-04-30")
    );
    assert!(goldman.reports.iter().all(|report| report.evidence_only));
    assert_eq!(ask(&ledger, "goldman-sachs claude HK employees 2026-05-01"), "policy: prohibited");
}

#[test]
fn copies_and_one_origin_count_once_and_the_actors_own_word_is_official() {
    let standing = |reports: &str| ledger(reports, "2026-07-01").records[0].standing;
    let two = |first: &str, second: &str| standing(&format!("2026-06-18 {first} s {JPMORGAN}\n2026-06-18 {second} s {JPMORGAN}"));
    assert_eq!(two("ft", "asset"), Standing::Corroborated);
    assert_eq!(two("ft", "reuters>ft"), Standing::SingleSource);
    assert_eq!(two("ft", "mirror=copy"), Standing::SingleSource);
    assert_eq!(two("ft", "jpmorgan!"), Standing::Official);
}

#[test]
fn a_group_reaches_its_members_unless_a_narrower_entry_says_otherwise() {
    let reports = "
2026-01-10 a s anthropic/vendor withhold anthropic/claude greater-china public vendor-terms in-force 2026-01-10
2025-12-01 b t anthropic/vendor allow anthropic/claude-code HK public none-stated in-force 2025-12-01";
    check(reports, "hsbc claude HK employees 2026-02-01", "terms: withheld from greater-china");
    check(reports, "hsbc claude-code CN employees 2026-02-01", "terms: withheld from greater-china");
    check(reports, "hsbc claude-code HK employees 2026-02-01", "terms: allowed");
    check(reports, "hsbc claude IT employees 2026-02-01", "");
}

#[test]
fn what_covers_a_vendor_covers_its_products_and_no_others() {
    let reports = "2026-01-10 a s anthropic/vendor prohibit anthropic/- CN companies vendor-terms in-force 2026-01-10";
    check(reports, "hsbc mythos CN employees 2026-02-01", "terms: prohibited from anthropic");
    check(reports, "hsbc chatgpt CN employees 2026-02-01", "");
}

#[test]
fn a_ban_on_ai_in_general_shuts_each_product_and_a_grant_opens_none() {
    let reports = "
2026-01-10 a s hsbc/bank prohibit -/- GB employees internal-policy in-force 2026-01-10
2026-01-10 b t jpmorgan/bank allow -/- GB employees internal-policy in-force 2026-01-10";
    check(reports, "hsbc claude GB employees 2026-02-01", "policy: prohibited");
    check(reports, "jpmorgan claude GB employees 2026-02-01", "");
}

#[test]
fn staff_inherit_what_binds_companies_but_not_civil_servants() {
    let reports = "
2025-09-05 a s anthropic/vendor prohibit anthropic/claude CN chinese-owned-entities vendor-terms in-force 2025-09-05
2026-01-10 b t us-dod/government prohibit anthropic/claude US government-staff national-security in-force 2026-01-10";
    check(reports, "bank-of-china claude CN employees 2026-02-01", "terms: prohibited");
    check(reports, "hsbc claude CN employees 2026-02-01", "");
    check(reports, "jpmorgan claude US employees 2026-02-01", "");
    check(reports, "- claude US government-staff 2026-02-01", "law: prohibited");
}

#[test]
fn plans_stand_beside_the_state_until_their_day() {
    let reports = "
2026-03-01 a s hsbc/bank allow google/gemini GB employees internal-policy announced 2026-04-01
2026-03-01 a t hsbc/bank allow openai/chatgpt GB employees internal-policy considered -
2026-03-01 a u anthropic/vendor withhold anthropic/mythos EU public data-protection announced 2026-09";
    check(reports, "hsbc gemini GB employees 2026-03-31", "policy: pending 1");
    check(reports, "hsbc gemini GB employees 2026-04-01", "policy: allowed");
    check(reports, "hsbc chatgpt GB employees 2026-06-01", "policy: pending 1");
    check(reports, "hsbc mythos IT employees 2026-03-02", "terms: withheld from EU");
}

#[test]
fn only_the_actor_its_superior_or_a_court_of_the_state_closes_a_state() {
    let ban = "2026-03-01 a s us-dod/government prohibit anthropic/claude US government-staff procurement in-force 2026-03-01";
    let then = |who: &str| {
        format!("{ban}\n2026-03-20 b t {who} restore anthropic/claude US government-staff court-order in-force 2026-03-20")
    };
    check(&then("us-court/government"), "- claude US government-staff 2026-03-21", "law: allowed");
    check(&then("us-court/government"), "- claude US government-staff 2026-03-19", "law: prohibited");
    check(&then("it-garante/government"), "- claude US government-staff 2026-03-21", "law: prohibited");
    check(&then("anthropic/vendor"), "- claude US government-staff 2026-03-21", "terms: allowed\nlaw: prohibited");
}

#[test]
fn a_report_that_it_has_ended_closes_a_state() {
    let reports = "
2023-03-31 a s it-garante/government suspend openai/chatgpt IT public data-protection in-force 2023-03-31
2023-04-28 b t openai/vendor restore openai/chatgpt IT public data-protection in-force 2023-04-28 ; ~it-garante/government suspend openai/chatgpt IT public data-protection ended 2023-03";
    check(reports, "- chatgpt IT public 2023-04-27", "law: suspended");
    check(reports, "- chatgpt IT public 2023-04-28", "terms: allowed");
}

#[test]
fn an_investigation_is_shown_beside_and_a_denial_marks_what_it_denies() {
    let reports = "
2026-03-01 a s it-garante/government investigate deepseek/deepseek IT public data-protection in-force 2026-03-01
2026-03-02 b t it-garante/government prohibit deepseek/deepseek IT public data-protection in-force 2026-03-02
2026-03-03 c u deepseek/vendor deny deepseek/deepseek IT public none-stated in-force 2026-03-03";
    check(reports, "- deepseek IT public 2026-03-04", "law: prohibited, investigated 1");
    let ledger = ledger(reports, "2026-07-01");
    assert_eq!(ledger.records[1].disputed_by, [3]);
}

#[test]
fn reading_an_article_anew_appends_and_never_rewrites() {
    let mut chain = Vec::new();
    let mut told = stories(SEED, Date::MAX);
    extend(&mut chain, &told, "2026-06-19");
    let before = chain.clone();
    assert!(extend(&mut chain, &told, "2026-06-20").is_empty());
    for report in &mut told[1].reports {
        report.tagged.events[0] = event("jpmorgan/bank restrict anthropic/claude HK employees vendor-terms in-force 2026-06");
    }
    let added = extend(&mut chain, &told, "2026-06-21");
    assert_eq!(chain[..before.len()], before);
    assert!(matches!(added[0].what, What::Event { .. }) && matches!(added[1].what, What::Supersede { .. }));
    let ledger = fold(&chain, taxonomy(), "2026-06-21".parse().unwrap()).unwrap();
    assert_eq!(ask(&ledger, "jpmorgan claude HK employees 2026-06-30"), "terms: withheld\npolicy: restricted");
    let then = "jpmorgan claude HK employees 2026-06-30 2026-06-20";
    assert_eq!(ask(&ledger, then), "terms: withheld\npolicy: prohibited");
}

#[test]
fn an_event_that_no_article_tells_any_more_is_withdrawn() {
    let mut chain = Vec::new();
    let mut told = stories(&format!("2026-06-18 a jpm {JPMORGAN} ; ~{GOLDMAN}"), Date::MAX);
    extend(&mut chain, &told, "2026-06-19");
    told[0].reports[0].tagged.events.pop();
    extend(&mut chain, &told, "2026-06-20");
    let ledger = fold(&chain, taxonomy(), "2026-06-21".parse().unwrap()).unwrap();
    assert_eq!(ledger.standing().count(), 1);
}

#[test]
fn a_new_article_that_is_given_alone_keeps_what_others_said() {
    let mut chain = Vec::new();
    extend(&mut chain, &stories(SEED, Date::MAX), "2026-06-19");
    let more = stories(&format!("{SEED}2026-06-20 late jpm {JPMORGAN}"), Date::MAX);
    let mut alone = more[1].clone();
    alone.reports.retain(|told| told.article.outlet == "late");
    let added = extend(&mut chain, &[alone], "2026-06-20");
    assert!(matches!(&added[..], [one] if matches!(&one.what, What::Reports { reports, .. } if reports.len() == 1)), "{added:?}");
}

#[test]
fn an_article_of_two_stories_does_not_move_events_when_one_of_them_is_given_alone() {
    let hsbc = "hsbc/bank prohibit anthropic/claude GB employees internal-policy in-force 2026-06";
    // The first article tells of both acts, so it is in both stories.
    let text = format!("2026-06-18 a jpm {JPMORGAN} ; {hsbc}\n2026-06-18 b jpm {JPMORGAN}\n2026-06-18 c hsbc {hsbc}");
    let mut both = stories(&text, Date::MAX);
    let shared = both[0].reports[0].clone();
    both[1].reports.insert(0, shared);
    let mut chain = Vec::new();
    extend(&mut chain, &both, "2026-06-19");
    for story in both {
        assert_eq!(extend(&mut chain, &[story], "2026-06-20"), []);
    }
}

#[test]
fn a_line_out_of_place_is_named() {
    let mut chain = Vec::new();
    extend(&mut chain, &stories(SEED, Date::MAX), "2026-06-19");
    let head = verify(chain.iter().map(String::as_str), None).unwrap();
    let first = super::hash(&chain[0]);
    assert!(verify(chain.iter().map(String::as_str), Some(&first)).is_ok());
    let without: Vec<&str> = chain.iter().enumerate().filter(|(at, _)| *at != 1).map(|(_, line)| line.as_str()).collect();
    assert_eq!(verify(without.into_iter(), None).unwrap_err().n, 2);
    let shorter = chain[..chain.len() - 1].iter().map(String::as_str);
    assert_eq!(verify(shorter, Some(&head)).unwrap_err().n, chain.len() as u64 - 1);
}
