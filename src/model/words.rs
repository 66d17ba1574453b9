//! Sentences: plurals, lists, numbers in words.

/// "1 source", "2 sources".
pub fn count(number: usize, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{} {}", grouped(number as u64), plural(noun)) }
}

/// The plural of a regular English noun.
pub fn plural(noun: &str) -> String {
    if let Some(stem) = noun.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u'])) {
        format!("{stem}ies")
    } else if noun.ends_with(['s', 'x']) || noun.ends_with("ch") || noun.ends_with("sh") {
        format!("{noun}es")
    } else {
        format!("{noun}s")
    }
}

/// "a", "a and b", "a, b and c".
pub fn list<T: AsRef<str>>(items: &[T]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_string(),
        [most @ .., last] => {
            let most: Vec<&str> = most.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", most.join(", "), last.as_ref())
        }
    }
}

/// Words up to ten, digits above, thousands grouped.
pub fn number(value: u64) -> String {
    const WORDS: [&str; 11] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    usize::try_from(value).ok().and_then(|at| WORDS.get(at)).map_or_else(|| grouped(value), |word| (*word).to_string())
}

/// "first" to "tenth", then "11th".
pub fn ordinal(value: u64) -> String {
    const WORDS: [&str; 10] = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    if let Some(word) = value.checked_sub(1).and_then(|at| usize::try_from(at).ok()).and_then(|at| WORDS.get(at)) {
        return (*word).to_string();
    }
    let suffix = match (value % 10, value % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{}{suffix}", grouped(value))
}

/// 1,234,567.
pub fn grouped(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The known word that somebody may have meant, for "did you mean": the one with the fewest letters to change, at most one in
/// three; the first of equals.
pub fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let word = word.to_lowercase();
    let near = |candidate: &&'a str| (changes(&word, candidate), *candidate);
    let best = known.iter().map(near).min_by_key(|(changes, _)| *changes);
    best.filter(|(changes, candidate)| *changes * 3 <= candidate.chars().count().max(3)).map(|(_, candidate)| candidate)
}

/// Letters to add, remove, replace or swap with their neighbour (optimal string alignment).
fn changes(from: &str, to: &str) -> usize {
    let (from, to): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
    let mut before = vec![0; to.len() + 1];
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for i in 1..=from.len() {
        let mut next = vec![i; to.len() + 1];
        for j in 1..=to.len() {
            let replaced = row[j - 1] + usize::from(from[i - 1] != to[j - 1]);
            next[j] = replaced.min(row[j] + 1).min(next[j - 1] + 1);
            if i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1] {
                next[j] = next[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut row, next);
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_finds_its_word() {
        let known = ["url", "user_agent", "title", "paywalled"];
        assert_eq!(nearest("titel", &known), Some("title"));
        assert_eq!(nearest("ulr", &known), Some("url"));
        assert_eq!(nearest("User_Agnet", &known), Some("user_agent"));
        assert_eq!(nearest("colour", &known), None);
    }

    #[test]
    fn sentences_read_as_if_a_person_wrote_them() {
        assert_eq!(count(1, "story"), "1 story");
        assert_eq!(count(1200, "story"), "1,200 stories");
        assert_eq!(count(2, "entry"), "2 entries");
        assert_eq!(count(3, "day"), "3 days");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
        assert_eq!(number(10), "ten");
        assert_eq!(number(11), "11");
        assert_eq!(ordinal(2), "second");
        assert_eq!(ordinal(22), "22nd");
        assert_eq!(ordinal(112), "112th");
        assert_eq!(grouped(1_234_567), "1,234,567");
    }
}
