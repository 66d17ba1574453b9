//! The seed's own story: one report on JPMorgan of June 2026, one earlier on Goldman Sachs of April 2026.

use super::commentary;
use super::made::{ban, ledger, page, stating, story, told};
use crate::comment::Brief;
use crate::comment::compose::{length, words};
use crate::model::ledger::Ledger;
use crate::model::story::Story;
use crate::model::tagged::About;

pub fn goldman() -> Story {
    let words = "Goldman Sachs has removed Claude from the desks of its bankers in Hong Kong";
    story("9a1b2c3d4e5f", vec![told("gs01", "Ming Pao", "2026-04-28", ban("goldman-sachs", Some("2026-04")), words)])
}

pub fn jpmorgan() -> Story {
    let words = "JPMorgan's people in Hong Kong can no longer pick Claude from the bank's menu of cleared language models";
    let report = told("jp01", "xCruzo", "2026-06-18", ban("jpmorgan", Some("2026-06")), words);
    let report =
        stating(report, About::NoComment, &["jpmorgan", "anthropic"], "Neither the lender nor the start-up would comment.");
    let report = stating(report, About::LeftOut, &[], "Colleagues elsewhere still see it.");
    let report = stating(report, About::Remains, &["chatgpt", "gemini"], "Gemini and ChatGPT stay on offer to the same people.");
    story("0123456789ab", vec![report])
}

pub fn world() -> (Story, Ledger) {
    let (first, second) = (goldman(), jpmorgan());
    let ledger = ledger(&[&first, &second]);
    (second, ledger)
}

#[test]
fn the_seeds_own_story_is_written_in_chinese_from_the_same_facts() {
    let (story, ledger) = world();
    let insight =
        commentary().write(Brief { story: &story, ledger: &ledger, lang: "zh-Hant", used: &[], previous: None }).unwrap();
    let page = page(&insight);
    insta::assert_snapshot!("seed-zh-hant", page);
    assert!(page.contains("摩根大通") && page.contains("高盛") && page.contains("香港"), "names in the language's own form");
    assert!(page.contains("第二家銀行") && page.contains("51天") && page.contains("2026年4月28日"), "{page}");
    assert!(insight.withheld.is_empty());
    assert!((200..=400).contains(&length(&insight.report)), "{}", length(&insight.report));
    assert!((280..=520).contains(&length(&insight.commentary)), "{}", length(&insight.commentary));
}

#[test]
fn the_seeds_own_story_has_all_five_parts_and_a_dated_precedent() {
    let (story, ledger) = world();
    let brief = Brief { story: &story, ledger: &ledger, lang: "en", used: &[], previous: None };
    let insight = commentary().write(brief).unwrap();
    let page = page(&insight);
    insta::assert_snapshot!("seed-en", page);
    assert_eq!(insight.family, "bank.prohibit.vendor-terms");
    assert_eq!((insight.report.len(), insight.commentary.len(), insight.laws.len()), (3, 4, 3));
    assert!(page.contains("second bank") && page.contains("51 days"), "{page}");
    assert!(page.contains("in April 2026 Goldman Sachs") || page.contains("28 April 2026"), "{page}");
    assert!(insight.withheld.is_empty());
    assert!((120..=220).contains(&length(&insight.report)), "{}", length(&insight.report));
    assert!((160..=280).contains(&length(&insight.commentary)), "{}", length(&insight.commentary));
    assert!(insight.laws.iter().all(|law| words(&law.text) <= 25));
}
