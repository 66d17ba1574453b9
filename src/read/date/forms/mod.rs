//! One day, 18 June 2026, in the forms in which eight languages and twenty years of software have written it.

/// Days.
mod days;

/// Days with a time.
mod clocks;

use super::*;

/// Asserts what forms give, set apart by broken bars. The day was a Thursday.
fn all_give(expected: &str, forms: &str) {
    let wrong: Vec<String> = forms
        .split('¦')
        .filter_map(|text| {
            let found = parse(text, Hint::default()).map(|stated| stated.to_string()).unwrap_or_default();
            (found != expected).then(|| format!("{text:?} gave {found:?}, not {expected:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

const DAY: &str = "2026-06-18";
const CLOCK: &str = "2026-06-18T15:05:00";

#[test]
fn precision_is_kept() {
    all_give("2026", "2026 ¦ 2026年 ¦ 2026년 ¦ 令和8年");
    all_give(
        "2026-06",
        "2026-06 ¦ 2026/06 ¦ 202606 ¦ June 2026 ¦ Jun. 2026 ¦ 2026年6月 ¦ 2026년 6월 ¦ Juni 2026 ¦ juin 2026 ¦ \
        junio de 2026 ¦ giugno 2026 ¦ 06/2026 ¦ 06.2026",
    );
    all_give(DAY, "2026-06-18 ¦ 20260618 ¦ 2026-6-18 ¦ 2026-169 ¦ 2026169 ¦ 2026-W25-4 ¦ 2026W254");
}

#[test]
fn the_edges_of_a_day_are_read() {
    all_give("2026-06-19T00:00:00Z", "2026-06-18T24:00:00Z ¦ Thu, 18 Jun 2026 24:00:00 GMT ¦ 20260618T240000Z");
    all_give("2026-06-19T00:00:00", "2026年6月18日 24:00 ¦ 2026年6月18日 24時 ¦ 18.06.2026, 24:00 Uhr");
    all_give("2026-06-30T23:59:59Z", "2026-06-30T23:59:60Z ¦ Tue, 30 Jun 2026 23:59:60 GMT");
    all_give("2024-02-29", "2024-02-29 ¦ 29 February 2024 ¦ 2024年2月29日");
}

#[test]
fn what_names_no_day_gives_none() {
    all_give(
        "",
        "yesterday ¦ today ¦ Today, 15:05 ¦ 2 hours ago ¦ 5 minutes ago ¦ 1 day ago ¦ vor 3 Stunden ¦ \
        gestern, 15:05 Uhr ¦ hier à 15h05 ¦ il y a 2 heures ¦ hace 2 horas ¦ ayer ¦ ieri ¦ 2 ore fa ¦ 3小时前 ¦ 3小時前 ¦ \
        昨天 15:05 ¦ 3時間前 ¦ 昨日 ¦ 3시간 전 ¦ 어제 ¦ 6月18日 ¦ 6월 18일 ¦ 18 June ¦ Thursday ¦ 15:05 ¦ 2026-W25 ¦ 2026-W54-1 ¦ \
        0000-00-00 00:00:00 ¦ 2026-00-18 ¦ 29 February 2026 ¦ 2026年2月30日 ¦ 31.06.2026 ¦ \
        2026-06-18T25:61:00Z is no clock and this is no date but a sentence of a length that nobody would write into a field for it",
    );
}

#[test]
fn no_text_makes_the_reader_fail() {
    let pieces = [
        "2026", "年", "月", "日", "6", "18", "-", "/", ":", "t", "w", "é", "令和", "元", "(", ")", "+", "pm", "오후", "99",
        "jun", " ",
    ];
    let mut state = 7_usize;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..(state % 9 + 1) {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(pieces[(state >> 33) % pieces.len()]);
        }
        let printed = parse(&text, Hint::default()).map(|stated| stated.to_string());
        assert!(printed.is_none_or(|printed| printed.len() <= 25), "{text}");
    }
}
