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
        if at > 0 && (digits.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

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
