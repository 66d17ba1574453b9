//! Sentences and words of any script, and when two count as the same.

use unicode_normalization::UnicodeNormalization;

use super::furniture::is_furniture;

/// A sentence as the outlet has it, and as it is compared.
#[derive(Clone, Debug)]
pub(super) struct Sentence<'a> {
    pub(super) text: &'a str,
    pub(super) folded: String,
}

/// The sentences of a text, without what a page counts or dates by itself.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = Sentence<'_>> {
    text.lines().flat_map(cut).map(|text| Sentence { text, folded: folded(text) }).filter(|one| !is_furniture(&one.folded))
}

/// All that a text says, in the form in which it is compared.
pub(super) fn wording(text: &str) -> String {
    let sentences: Vec<String> = sentences(text).map(|sentence| sentence.folded).collect();
    sentences.join(" ")
}

/// One form for what looks alike: compatibility forms, spaces, quotation marks and dashes; invisible characters go.
pub(super) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfkc() {
        match c {
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
            c if c.is_whitespace() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            '‘' | '’' | '‚' | '‛' | '`' | '´' | 'ʼ' => out.push('\''),
            '“' | '”' | '„' | '‟' | '«' | '»' => out.push('"'),
            '‐'..='―' | '−' => out.push('-'),
            c => out.push(c),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The sentences of one line. A stop ends one before a space and something that may begin another; a full-width stop always.
fn cut(line: &str) -> Vec<&str> {
    let chars: Vec<(usize, char)> = line.char_indices().collect();
    let mut found = Vec::new();
    let (mut start, mut at) = (0, 0);
    while at < chars.len() {
        let end = if is_stop(chars[at].1) { end_of_stop(&chars, at) } else { at };
        if end > at && ends(line, &chars, (start, at), end) {
            let until = chars.get(end).map_or(line.len(), |(byte, _)| *byte);
            found.push(line[start..until].trim());
            start = until;
        }
        at = end.max(at + 1);
    }
    found.push(line[start..].trim());
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// The place after a stop with all that closes the sentence with it: more stops, quotation marks, brackets.
fn end_of_stop(chars: &[(usize, char)], at: usize) -> usize {
    let closes = |c: char| is_stop(c) || matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '」' | '』' | '）' | '》' | '】');
    at + chars[at..].iter().take_while(|(_, c)| closes(*c)).count()
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…') || is_wide_stop(c)
}

fn is_wide_stop(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '｡')
}

/// Whether the stop at `at`, with what closes beside it until `end`, ends the sentence that began at byte `start`.
fn ends(line: &str, chars: &[(usize, char)], (start, at): (usize, usize), end: usize) -> bool {
    if is_wide_stop(chars[at].1) {
        return true;
    }
    let Some((_, next)) = chars.get(end) else { return true };
    let begins =
        chars[end..].iter().map(|(_, c)| *c).find(|c| !c.is_whitespace() && !matches!(c, '"' | '“' | '„' | '«' | '(' | '\''));
    next.is_whitespace()
        && begins.is_some_and(|c| !c.is_lowercase())
        && !(chars[at].1 == '.' && is_abbreviated(&line[start..chars[at].0]))
}

/// Whether a stop after these words belongs to the last of them: an initial, "U.S", or a title that a name follows.
fn is_abbreviated(before: &str) -> bool {
    const TITLES: &[&str] =
        &["mr", "mrs", "ms", "dr", "prof", "gen", "sen", "rep", "gov", "st", "nr", "vs", "inc", "ltd", "co", "corp", "jr", "sig"];
    let word = before.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or("");
    let last = word.rsplit('.').next().unwrap_or("");
    let is_initial = last.chars().count() == 1 && last.chars().all(char::is_uppercase);
    is_initial || TITLES.contains(&last.to_lowercase().as_str())
}

/// A word with the space after it, and as it is compared.
#[derive(Clone, Debug)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    pub(super) folded: String,
}

/// The words of a sentence. Han characters and kana are words each, for they stand without spaces.
pub(super) fn words(sentence: &str) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut last: Option<char> = None;
    for (byte, c) in sentence.char_indices() {
        let begins = last.is_some_and(|last| {
            (last.is_whitespace() && !c.is_whitespace()) || (!c.is_whitespace() && (is_wide(last) || is_wide(c)))
        });
        if begins {
            found.push(word(&sentence[start..byte]));
            start = byte;
        }
        last = Some(c);
    }
    if start < sentence.len() {
        found.push(word(&sentence[start..]));
    }
    found
}

fn word(text: &str) -> Word<'_> {
    Word { text, folded: folded(text) }
}

/// Whether a character stands for a word of its own: CJK but not Hangul, whose words have spaces.
pub(super) fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}
