//! Dates of East Asia: years and months by their signs, eras, figures written in Han.

use crate::model::when::PartialDate;

use super::{Hint, Stated, day, full_year};

/// Japan's eras: sign, letter, and the year before their first.
const ERAS: &[(char, char, i32)] = &[('和', 'r', 2018), ('成', 'h', 1988)];

/// Signs that figures stand before.
const UNITS: &[char] = &['年', '月', '日', '號', '号', '時', '时', '點', '点', '分', '秒'];

/// `2026年11月21日 10:30`, `2026년 11월 21일 오후 3시`, `民國115年`, `令和8年`, `r8.6.18`.
pub(super) fn parse(text: &str, hint: Hint) -> Option<Stated> {
    let Some((before, rest)) = text.split_once(['年', '년']) else { return lettered(text) };
    let year = year(before.trim_end())?;
    let Some((month, rest)) = rest.split_once(['月', '월']) else {
        return PartialDate::year(i16::try_from(year).ok()?).map(partial);
    };
    let month: i32 = month.trim().parse().ok()?;
    let number = rest.split_once(['日', '일', '號', '号']).and_then(|(number, rest)| Some((number.trim().parse().ok()?, rest)));
    let Some((number, rest)) = number else {
        return PartialDate::month(i16::try_from(year).ok()?, i8::try_from(month).ok()?).map(partial);
    };
    Stated::day(day(year, month, number)?).followed_by(rest, hint)
}

fn partial(date: PartialDate) -> Stated {
    Stated { date, time: None, offset: None }
}

/// The year at the end of a text, of an era where one is named.
fn year(text: &str) -> Option<i32> {
    let era = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let figures = &text[era.len()..];
    let year: i32 = figures.parse().ok()?;
    let sign = era.trim_end().chars().last();
    Some(match sign {
        Some('國' | '国') if figures.len() <= 3 => year + 1911,
        Some(sign) if figures.len() <= 2 && ERAS.iter().any(|(name, ..)| *name == sign) => {
            year + ERAS.iter().find(|(name, ..)| *name == sign).map_or(0, |(.., before)| *before)
        }
        _ => full_year(year, figures.len()),
    })
}

/// `r8.6.18`: the whole text, lest a version be a day.
fn lettered(text: &str) -> Option<Stated> {
    let before = ERAS.iter().find_map(|(_, letter, before)| text.starts_with(*letter).then_some(*before))?;
    let parts: Vec<i32> = text[1..].split(['.', '/']).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    match *parts {
        [year @ 1..=64, month, number] => day(before + year, month, number).map(Stated::day),
        _ => None,
    }
}

/// Figures in Han that stand before a sign, as digits: `二〇二六年六月十八日`, `元年`.
pub(super) fn figures(text: String) -> String {
    if !text.contains(UNITS) {
        return text;
    }
    let (mut out, mut run) = (String::new(), String::new());
    for c in text.chars() {
        if figure(c).is_some() || matches!(c, '十' | '元') {
            run.push(c);
            continue;
        }
        match value(&run).filter(|_| UNITS.contains(&c)) {
            Some(value) => out.push_str(&value.to_string()),
            None => out.push_str(&run),
        }
        run.clear();
        out.push(c);
    }
    out + &run
}

fn figure(c: char) -> Option<u32> {
    "〇一二三四五六七八九"
        .chars()
        .position(|known| known == c)
        .or((c == '零' || c == '○').then_some(0))
        .and_then(|at| u32::try_from(at).ok())
}

fn value(run: &str) -> Option<u32> {
    const MOST: usize = 4;
    if run == "元" {
        return Some(1);
    }
    if run.is_empty() || run.chars().count() > MOST {
        return None;
    }
    let plain = |text: &str| text.chars().try_fold(0, |sum, c| Some(sum * 10 + figure(c)?));
    match run.split_once('十') {
        Some((tens, ones)) => Some(if tens.is_empty() { 1 } else { plain(tens)? } * 10 + plain(ones)?),
        None => plain(run),
    }
}
