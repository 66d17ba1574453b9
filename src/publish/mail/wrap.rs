//! Plain text in lines that every mail program shows as they are.

use tera::{Kwargs, State, TeraResult};

/// Columns of a line; format=flowed programs and quoting leave room for no more.
const WIDTH: usize = 69;

/// Template filter: `{{ text | wrap(indent=10) }}` breaks lines and indents all but the first.
pub fn filter(text: &str, arguments: Kwargs, _: &State) -> TeraResult<String> {
    let indent = arguments.get::<usize>("indent")?.unwrap_or(0).min(WIDTH / 2);
    Ok(wrapped(text, WIDTH - indent).join(&format!("\n{}", " ".repeat(indent))))
}

/// Lines of at most `width` columns. Addresses are never broken.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let room = !line.is_empty() && columns(&line) + 1 + columns(word) <= width;
        if room {
            line.push(' ');
        } else if !line.is_empty() && !breaks_inside(word, width) {
            lines.push(std::mem::take(&mut line));
        } else if !line.is_empty() {
            line.push(' ');
        }
        if room || !breaks_inside(word, width) {
            line.push_str(word);
            continue;
        }
        for c in word.chars() {
            if columns(&line) + width_of(c) > width {
                lines.push(std::mem::take(&mut line));
            }
            line.push(c);
        }
    }
    lines.push(line);
    lines
}

/// A word that no line holds, such as a Chinese sentence, is broken between its characters.
fn breaks_inside(word: &str, width: usize) -> bool {
    columns(word) > width && !word.starts_with("http")
}

fn columns(text: &str) -> usize {
    text.chars().map(width_of).sum()
}

/// Two columns for East Asian characters, by their blocks: exact enough for line ends.
fn width_of(c: char) -> usize {
    let wide = matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}' | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3fffd}');
    if wide { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_between_words_and_addresses_stay_whole() {
        assert_eq!(wrapped("one two three", 8), ["one two", "three"]);
        assert_eq!(wrapped("see https://insight.example/insights/ now", 8), ["see", "https://insight.example/insights/", "now"]);
        assert_eq!(wrapped("", 8), [""]);
    }

    #[test]
    fn text_without_spaces_is_broken_too() {
        assert_eq!(wrapped("摩根大通禁用", 8), ["摩根大通", "禁用"]);
        assert_eq!(wrapped("a WWWWWWWWWW b", 8), ["a WWWWWW", "WWWW b"]);
    }
}
