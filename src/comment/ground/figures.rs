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
    fn figures_are_read_in_words_and_digits() {
        let figures = english("The second of six banks, 1,051 days after 18 June 2026 and May 2025, in 2024 the 22nd.");
        assert_eq!(figures.numbers, [6, 1051]);
        assert_eq!(figures.ordinals, [2, 22]);
        let dates: Vec<String> = figures.dates.iter().map(ToString::to_string).collect();
        assert_eq!(dates, ["2026-06-18", "2025-05", "2024"]);
    }
}
