//! Our authors' own words: no name, number or date may stand in them.

/// Capitals that are no names.
const CAPITALS: [&str; 3] = ["AI", "I", "API"];

/// Words that begin a sentence of ours. Whatever else begins one may be a name.
const OPENERS: &[&str] = &[
    "a",
    "an",
    "the",
    "no",
    "none",
    "not",
    "nor",
    "neither",
    "both",
    "all",
    "in",
    "on",
    "by",
    "at",
    "of",
    "for",
    "from",
    "to",
    "with",
    "without",
    "since",
    "until",
    "under",
    "behind",
    "beside",
    "before",
    "after",
    "among",
    "its",
    "it",
    "this",
    "that",
    "these",
    "those",
    "what",
    "who",
    "whom",
    "which",
    "how",
    "when",
    "where",
    "whether",
    "nobody",
    "nothing",
    "so",
    "as",
    "also",
    "only",
    "still",
    "looking",
    "counted",
    "outside",
    "elsewhere",
    "reports",
    "earlier",
    "later",
    "here",
    "there",
    "access",
    "ahead",
    "law",
    "policy",
    "terms",
    "taken",
    "measured",
    "according",
    "asked",
    "open",
    "kept",
    "counted",
    "told",
    "word",
    "silence",
    "if",
    "is",
    "and",
    "but",
    "others",
    "another",
    "each",
    "every",
    "within",
    "between",
    "lifted",
    "buyer",
    "money",
    "layer",
    "closed",
    "shut",
    "still",
    "looking",
    "counted",
];

const MONTHS: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// Numbers in words, "one" included: a count comes from a fact.
pub const NUMBERS: [&str; 10] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/// Ordinals in words.
pub const ORDINALS: [&str; 10] = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];

/// The words of a text with the byte where each begins.
pub fn tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_inner = |character: char| character.is_alphanumeric() || character == '\'' || character == '’';
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = rest + text[rest..].find(char::is_alphanumeric)?;
        let end = text[start..].find(|character| !is_inner(character)).map_or(text.len(), |length| start + length);
        rest = end;
        Some((start, &text[start..end]))
    })
}

/// Words in our fixed text that look like a name, a number or a date. In views and laws (`is_fact` false) number words are
/// figures of speech, and the first word is whatever the author chose.
pub fn wrong<'a>(lang: &'a str, text: &'a str, is_start: bool, is_fact: bool) -> impl Iterator<Item = &'a str> {
    let words: Vec<(usize, &str)> = tokens(text).collect();
    let is_chinese = lang.starts_with("zh");
    let judged = words.clone().into_iter().enumerate().filter(move |(number, (at, word))| {
        let lower = word.to_lowercase();
        if word.chars().any(|character| character.is_ascii_digit()) {
            return true;
        }
        let is_capital = word.chars().next().is_some_and(|first| first.is_uppercase());
        let opens = is_start && *number == 0 || text[..*at].trim_end().ends_with(['.', '?', '!']);
        if is_capital && !CAPITALS.contains(word) {
            return is_chinese || !opens || is_fact && !OPENERS.contains(&lower.as_str());
        }
        is_fact && !is_chinese && is_number(&lower, words.get(number + 1).map(|(_, next)| *next))
            || MONTHS.contains(&lower.as_str()) && lower != "may" && lower != "march"
    });
    judged.map(|(_, (_, word))| word).collect::<Vec<_>>().into_iter()
}

/// Number words and ordinals; "first" before a report is a fact of every story.
fn is_number(word: &str, next: Option<&str>) -> bool {
    let is_first_report = word == "first" && next.is_some_and(|next| next.starts_with("report"));
    NUMBERS.contains(&word) || ORDINALS.contains(&word) && !is_first_report
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        wrong("en", text, true, true).collect()
    }

    #[test]
    fn names_numbers_and_dates_do_not_stand_in_fixed_text() {
        assert_eq!(found("The bank told John Smith so"), ["John", "Smith"]);
        assert_eq!(found("Smith says so"), ["Smith"]);
        assert_eq!(found("It is the second of three since June"), ["second", "three", "June"]);
        assert_eq!(found("In 2026 it may be so"), ["2026"]);
        assert!(found("The first report on AI may be the last").is_empty());
    }
}
