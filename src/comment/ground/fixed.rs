//! Our authors' own words: no name, number or date may stand in them.

/// Capitals that are no names.
const CAPITALS: [&str; 3] = ["AI", "I", "API"];

/// Words that begin a sentence of ours. Whatever else begins one may be a name.
const OPENERS: &str = "\
    a an the no none not nor neither both all in on by at of for from to with without since until under behind \
    beside before after among its it this that these those what who whom which how when where whether nobody \
    nothing so as also only still looking counted outside elsewhere reports earlier later here there access ahead \
    law policy terms taken measured according asked open kept told word silence if is and but others another each \
    every within between lifted buyer money layer closed shut";

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
pub fn wrong<'a>(lang: &str, text: &'a str, is_start: bool, is_fact: bool) -> impl Iterator<Item = &'a str> {
    let found = if lang.starts_with("zh") { chinese(text, is_fact) } else { english(text, is_start, is_fact) };
    found.into_iter()
}

fn english(text: &str, is_start: bool, is_fact: bool) -> Vec<&str> {
    let words: Vec<(usize, &str)> = tokens(text).collect();
    let is_wrong = |number: usize, at: usize, word: &str| {
        let lower = word.to_lowercase();
        if word.chars().any(|character| character.is_ascii_digit()) {
            return true;
        }
        let is_capital = word.chars().next().is_some_and(char::is_uppercase);
        let opens = is_start && number == 0 || text[..at].trim_end().ends_with(['.', '?', '!']);
        if is_capital && !CAPITALS.contains(&word) {
            return !opens || is_fact && !OPENERS.split_whitespace().any(|opener| opener == lower);
        }
        is_fact && is_number(&lower, words.get(number + 1).map(|(_, next)| *next))
            || MONTHS.contains(&lower.as_str()) && lower != "may" && lower != "march"
    };
    words.iter().enumerate().filter(|(number, (at, word))| is_wrong(*number, *at, word)).map(|(_, (_, word))| *word).collect()
}

/// Digits, Latin names, and in facts numerals that count.
fn chinese(text: &str, is_fact: bool) -> Vec<&str> {
    let is_latin = |character: char| character.is_ascii_alphanumeric();
    let runs = text.split(|character| !is_latin(character)).filter(|run| !run.is_empty());
    let has_name =
        |run: &&str| !CAPITALS.contains(run) && run.chars().any(|one| one.is_ascii_digit() || one.is_ascii_uppercase());
    let mut found: Vec<&str> = runs.filter(has_name).collect();
    let mut before = ' ';
    for (at, character) in text.char_indices() {
        let next = text[at + character.len_utf8()..].chars().next().unwrap_or(' ');
        let counts = super::figures::numeral(character).is_some() && (before == '第' || super::figures::is_measure(next));
        if is_fact && counts {
            found.push(&text[at..at + character.len_utf8()]);
        }
        before = character;
    }
    found
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
