//! Properties that hold for every order and every batch.

use jiff::civil::Date;
use proptest::prelude::*;

use super::SEED;
use super::fixture::{ask, extend, stories, taxonomy};
use crate::ledger::{append, fold, hash, line, verify};
use crate::model::ledger::{Entry, Ledger};
use crate::model::story::Story;

const MORE: &str = "
2025-09-05 trt own anthropic/vendor prohibit anthropic/claude CN chinese-owned-entities vendor-terms in-force 2025-09 ; openai/vendor withhold openai/chatgpt CN public none-stated in-force -
2025-09-06 note own anthropic/vendor prohibit anthropic/claude CN chinese-owned-entities vendor-terms in-force 2025-09-05
2025-09-08 crn own anthropic/vendor prohibit anthropic/- CN,HK chinese-owned-entities vendor-terms announced 2025-09-05
2026-02-01 a dod us-dod/government prohibit anthropic/claude US government-staff procurement announced 2026-02-10
2026-02-11 b dod us-dod/government prohibit anthropic/claude US government-staff national-security in-force 2026-02-10
2026-03-27 c court us-court/government restore anthropic/claude US government-staff court-order in-force 2026-03-26 ; ~us-dod/government prohibit anthropic/claude US government-staff procurement ended -
2026-06-19 d deny jpmorgan/bank deny anthropic/claude HK employees none-stated in-force 2026-06-19
";

const QUESTIONS: [&str; 7] = [
    "jpmorgan claude HK employees 2026-06-30",
    "goldman-sachs claude HK employees 2026-05-01",
    "bank-of-china claude CN employees 2025-12-31",
    "hsbc chatgpt CN employees 2026-01-01",
    "- claude US government-staff 2026-02-05",
    "- claude US government-staff 2026-03-01",
    "- claude US government-staff 2026-04-01",
];

fn all() -> Vec<Story> {
    stories(&format!("{MORE}{SEED}"), Date::MAX)
}

fn folded(chain: &[String]) -> Ledger {
    fold(chain, taxonomy(), "2026-07-01".parse().unwrap()).unwrap()
}

fn answers(chain: &[String]) -> Vec<String> {
    let ledger = folded(chain);
    let mut answers: Vec<String> = QUESTIONS.iter().map(|question| ask(&ledger, question)).collect();
    let mut standing: Vec<String> =
        ledger.standing().map(|record| format!("{:?} {:?} {}", record.event, record.reports, record.disputed_by.len())).collect();
    standing.sort();
    answers.extend(standing);
    answers
}

/// The reports whose places in the whole are smaller than a number, still in their stories.
fn first(shuffled: &[(usize, usize)], count: usize) -> Vec<Story> {
    let whole = all();
    let keep = &shuffled[..count];
    let mut stories: Vec<Story> = whole.clone();
    for (at, story) in stories.iter_mut().enumerate() {
        let reports = whole[at].reports.iter().enumerate();
        story.reports = reports.filter(|(place, _)| keep.contains(&(at, *place))).map(|(_, told)| told.clone()).collect();
    }
    stories.retain(|story| !story.reports.is_empty());
    stories
}

fn places() -> Vec<(usize, usize)> {
    all().iter().enumerate().flat_map(|(at, story)| (0..story.reports.len()).map(move |place| (at, place))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn stories_in_any_order_give_the_same_lines(order in Just(all()).prop_shuffle()) {
        let (mut chain, mut shuffled) = (Vec::new(), Vec::new());
        extend(&mut chain, &all(), "2026-07-01");
        extend(&mut shuffled, &order, "2026-07-01");
        prop_assert_eq!(chain, shuffled);
    }

    #[test]
    fn arrival_and_batches_never_change_what_stands(order in Just(places()).prop_shuffle(), cuts in proptest::collection::vec(0usize..12, 0..4)) {
        let mut whole = Vec::new();
        extend(&mut whole, &all(), "2026-07-01");
        let mut cuts: Vec<usize> = cuts.into_iter().chain([order.len()]).collect();
        cuts.sort_unstable();
        let mut chain = Vec::new();
        for cut in cuts {
            extend(&mut chain, &first(&order, cut), "2026-07-01");
        }
        prop_assert_eq!(answers(&whole), answers(&chain));
    }

    #[test]
    fn a_replayed_chain_gives_the_same_bytes(order in Just(places()).prop_shuffle(), cut in 0usize..12) {
        let mut chain = Vec::new();
        extend(&mut chain, &first(&order, cut), "2026-07-01");
        extend(&mut chain, &all(), "2026-07-01");
        let replayed: Vec<String> = chain.iter().map(|text| line(&serde_json::from_str::<Entry>(text).unwrap())).collect();
        prop_assert_eq!(&replayed, &chain);
        prop_assert_eq!(&folded(&replayed).head, &hash(chain.last().unwrap()));
        prop_assert!(append(&folded(&chain), &all(), "2026-07-02T00:00:00Z".parse().unwrap()).is_empty());
    }

    #[test]
    fn any_changed_byte_is_found_with_a_head_that_was_kept(at in any::<prop::sample::Index>(), byte in any::<prop::sample::Index>(), recompute in any::<bool>()) {
        let mut chain = Vec::new();
        extend(&mut chain, &all(), "2026-07-01");
        let kept = hash(chain.last().unwrap());
        let at = at.index(chain.len());
        let place = byte.index(chain[at].len());
        let mut bytes = chain[at].clone().into_bytes();
        bytes[place] = if bytes[place] == b'x' { b'y' } else { b'x' };
        chain[at] = String::from_utf8_lossy(&bytes).into_owned();
        if recompute {
            for next in at + 1..chain.len() {
                let prev = hash(&chain[next - 1]);
                let old = chain[next].clone();
                let start = old.find("\"prev\":\"").unwrap() + 8;
                chain[next] = format!("{}{prev}{}", &old[..start], &old[start + 64..]);
            }
        }
        prop_assert!(verify(chain.iter().map(String::as_str), Some(&kept)).is_err());
    }
}
