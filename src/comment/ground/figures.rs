//! Reads numbers, ordinals and dates back out of a text.

use super::fixed::{NUMBERS, ORDINALS, tokens};
use crate::model::when::PartialDate;

/// What a text counts and dates.
#[derive(Debug, Default, PartialEq)]
pub struct Figures {
    /// Numbers, in words or digits.
    pub numbers: Vec<u64>,
    /// "second", "11th".
    pub ordinals: Vec<u64>,
    /// Dates in full, months with a year, and years.
    pub dates: Vec<PartialDate>,
}

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// The figures of an English text.
pub fn english(text: &str) -> Figures {
    let words: Vec<(usize, &str)> = tokens(text).collect();
    let mut figures = Figures::default();
    let mut at = 0;
    while at < words.len() {
        let word = words[at].1;
        let lower = word.to_lowercase();
        let next = |ahead: usize| words.get(at + ahead).map_or("", |(_, word)| *word);
        if let (Ok(day), Some(month), Ok(year)) = (word.parse::<i8>(), month(next(1)), next(2).parse::<i16>()) {
            figures.dates.extend(jiff::civil::Date::new(year, month, day).ok().map(PartialDate::day));
            at += 3;
            continue;
        }
        if let (Some(month), Ok(year)) = (month(word), next(1).parse::<i16>()) {
            figures.dates.extend(PartialDate::month(year, month));
            at += 2;
            continue;
        }
        if let Some(number) = NUMBERS.iter().position(|known| *known == lower) {
            figures.numbers.push(number as u64 + 1);
        } else if let Some(number) = ORDINALS.iter().position(|known| *known == lower) {
            let is_first_report = number == 0 && next(1).starts_with("report");
            figures.ordinals.extend((!is_first_report).then_some(number as u64 + 1));
        } else if word.starts_with(|first: char| first.is_ascii_digit()) {
            at += digits(&words, at, text, &mut figures);
        }
        at += 1;
    }
    figures
}

/// Chinese numerals to ten; 兩 stands before measure words.
const NUMERALS: [(char, u64); 11] =
    [('一', 1), ('二', 2), ('兩', 2), ('三', 3), ('四', 4), ('五', 5), ('六', 6), ('七', 7), ('八', 8), ('九', 9), ('十', 10)];

/// Words after which a numeral counts; elsewhere 一 is part of a word.
const MEASURES: [char; 9] = ['篇', '家', '個', '天', '款', '種', '項', '次', '方'];

/// The numeral of a character.
pub fn numeral(character: char) -> Option<u64> {
    NUMERALS.iter().find(|(numeral, _)| *numeral == character).map(|(_, value)| *value)
}

/// Whether a character counts what stands before it.
pub fn is_measure(character: char) -> bool {
    MEASURES.contains(&character)
}

/// The figures of a Chinese text.
pub fn chinese(text: &str) -> Figures {
    let characters: Vec<char> = text.chars().collect();
    let mut figures = Figures::default();
    let mut at = 0;
    while at < characters.len() {
        let is_rank = at > 0 && characters[at - 1] == '第';
        let after = characters.get(at + 1).copied().unwrap_or(' ');
        if let Some(value) = numeral(characters[at]).filter(|_| is_rank || is_measure(after)) {
            if is_rank {
                figures.ordinals.push(value)
            } else {
                figures.numbers.push(value)
            }
            at += 1;
        } else if characters[at].is_ascii_digit() {
            let end =
                at + characters[at..].iter().take_while(|character| character.is_ascii_digit() || **character == ',').count();
            at = dated(&characters, at, end, is_rank, &mut figures);
        } else {
            at += 1;
        }
    }
    figures
}

/// Digits with what follows them: 2026年6月18日, or a number; returns where they end.
fn dated(characters: &[char], start: usize, end: usize, is_rank: bool, figures: &mut Figures) -> usize {
    let number = |from: usize, to: usize| characters[from..to].iter().filter(|digit| digit.is_ascii_digit()).collect::<String>();
    let digits = |from: usize| from + characters[from..].iter().take_while(|digit| digit.is_ascii_digit()).count();
    let unit = |at: usize, wanted: char| characters.get(at) == Some(&wanted);
    let value = number(start, end);
    if !unit(end, '年') {
        let value = value.parse().unwrap_or(u64::MAX);
        if is_rank {
            figures.ordinals.push(value)
        } else {
            figures.numbers.push(value)
        }
        return end;
    }
    let Ok(year) = value.parse::<i16>() else { return end };
    let month_end = digits((end + 1).min(characters.len()));
    let month = number((end + 1).min(month_end), month_end).parse::<i8>().ok().filter(|_| unit(month_end, '月'));
    let Some(month) = month else {
        figures.dates.extend(PartialDate::year(year));
        return end + 1;
    };
    let day_end = digits((month_end + 1).min(characters.len()));
    match number((month_end + 1).min(day_end), day_end).parse::<i8>().ok().filter(|_| unit(day_end, '日')) {
        Some(day) => {
            figures.dates.extend(jiff::civil::Date::new(year, month, day).ok().map(PartialDate::day));
            day_end + 1
        }
        None => {
            figures.dates.extend(PartialDate::month(year, month));
            month_end + 1
        }
    }
}

/// A number in digits, with its groups; returns how many further words belong to it.
fn digits(words: &[(usize, &str)], at: usize, text: &str, figures: &mut Figures) -> usize {
    let (start, word) = words[at];
    if let Some(number) =
        ["st", "nd", "rd", "th"].iter().find_map(|suffix| word.strip_suffix(suffix)).and_then(|digits| digits.parse().ok())
    {
        figures.ordinals.push(number);
        return 0;
    }
    let mut whole = word.to_string();
    let mut end = start + word.len();
    let mut more = 0;
    while let Some((next, group)) = words.get(at + more + 1) {
        let is_group =
            *next == end + 1 && text[end..].starts_with([',', '.']) && group.chars().all(|digit| digit.is_ascii_digit());
        if !is_group {
            break;
        }
        whole.push_str(group);
        end = next + group.len();
        more += 1;
    }
    let digits: String = whole.chars().take_while(char::is_ascii_digit).collect();
    let number = digits.parse().unwrap_or(u64::MAX);
    let year = i16::try_from(number).ok().filter(|year| more == 0 && (1900..2100).contains(year)).and_then(PartialDate::year);
    match year {
        Some(year) => figures.dates.push(year),
        None => figures.numbers.push(number),
    }
    more
}

/// Whether a word is the name of a month.
pub fn is_month(word: &str) -> bool {
    MONTHS.contains(&word)
}

fn month(word: &str) -> Option<i8> {
    MONTHS.iter().position(|month| *month == word).and_then(|at| i8::try_from(at + 1).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_figures_are_read_and_words_with_numerals_are_not() {
        let figures = chinese("2026年6月18日，第二家銀行，兩家，51天，自2024年7月，一旦一般");
        assert_eq!((figures.numbers, figures.ordinals), (vec![2, 51], vec![2]));
        assert_eq!(figures.dates.iter().map(ToString::to_string).collect::<Vec<_>>(), ["2026-06-18", "2024-07"]);
    }

    #[test]
    fn figures_are_read_in_words_and_digits() {
        let figures = english("The second of six banks, 1,051 days after 18 June 2026 and May 2025, in 2024 the 22nd.");
        assert_eq!(figures.numbers, [6, 1051]);
        assert_eq!(figures.ordinals, [2, 22]);
        let dates: Vec<String> = figures.dates.iter().map(ToString::to_string).collect();
        assert_eq!(dates, ["2026-06-18", "2025-05", "2024"]);
    }
}
