//! Text made fit for matching, with a map back to what is shown.
//!
//! NFKC, case folded, Traditional characters as Simplified, typographic quotes and dashes as plain ones, invisible
//! characters dropped. Matching happens here; evidence always points into the original bytes.

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use unicode_normalization::UnicodeNormalization;

/// No more of a field than this is examined: a long article has 60 kB, and what says who may use what stands early.
const EXAMINED: usize = 96 * 1024;

/// Folds characters; made once.
pub struct Folder {
    /// For each character from U+4E00 to U+9FFF the simplified one, itself where it is.
    simplified: Vec<char>,
}

/// Han characters of the first block: NFKC leaves them as they are.
const HAN: std::ops::RangeInclusive<char> = '\u{4E00}'..='\u{9FFF}';

impl Folder {
    /// A folder that knows which Simplified character stands for which Traditional one.
    pub fn new() -> Self {
        let mut simplified: Vec<char> = HAN.collect();
        if let Ok(converter) = OpenCC::from_config(BuiltinConfig::T2s) {
            // One character at a time: a phrase table would make the result depend on the neighbours, and names are cut
            // out of their sentences.
            for (place, character) in HAN.enumerate() {
                let converted = converter.convert(character.encode_utf8(&mut [0; 4]));
                let mut others = converted.chars();
                if let (Some(other), None) = (others.next(), others.next()) {
                    simplified[place] = other;
                }
            }
        }
        Self { simplified }
    }

    /// The folded form of a name or phrase.
    pub fn fold(&self, text: &str) -> String {
        self.plain(text).text
    }

    /// A field, folded, with its map.
    pub fn plain(&self, original: &str) -> Plain {
        if original.is_ascii() {
            return Plain::ascii(&original[..original.len().min(EXAMINED)]);
        }
        let mut plain = Plain::with_capacity(original.len().min(EXAMINED));
        let mut at = 0;
        while at < original.len() && plain.text.len() < EXAMINED && at < 4 * EXAMINED {
            let rest = &original[at..];
            let first = rest.as_bytes()[0];
            if first.is_ascii() && rest.as_bytes().get(1).is_none_or(u8::is_ascii) {
                plain.push(char::from(first).to_ascii_lowercase(), at, at + 1);
                at += 1;
                continue;
            }
            let end = at + cluster(rest);
            let first = rest.chars().next().unwrap_or_default();
            if end - at == first.len_utf8() && HAN.contains(&first) {
                plain.push(self.simple(first), at, end);
                at = end;
                continue;
            }
            for character in original[at..end].nfkc() {
                self.push(&mut plain, character, at, end);
            }
            at = end;
        }
        plain
    }

    fn simple(&self, character: char) -> char {
        let place = (character as usize).checked_sub(*HAN.start() as usize);
        place.and_then(|place| self.simplified.get(place)).copied().unwrap_or(character)
    }

    fn push(&self, plain: &mut Plain, character: char, start: usize, end: usize) {
        let folded = match character {
            '\u{2018}' | '\u{2019}' | '\u{02BC}' | '\u{FF07}' => '\'',
            '\u{201C}' | '\u{201D}' | '\u{00AB}' | '\u{00BB}' | '\u{201E}' => '"',
            '\u{2010}' | '\u{2011}' => '-',
            '\u{00A0}' | '\u{3000}' | '\u{2009}' | '\u{202F}' => ' ',
            unseen if is_invisible(unseen) => return,
            other => self.simple(other),
        };
        for lower in folded.to_lowercase() {
            plain.push(lower, start, end);
        }
    }
}

/// Bytes of the first character together with the combining marks that follow it, at most eight of them.
fn cluster(text: &str) -> usize {
    let mut characters = text.char_indices();
    characters.next();
    for (count, (at, character)) in characters.enumerate() {
        if count == 8 || !unicode_normalization::char::is_combining_mark(character) {
            return at;
        }
    }
    text.len()
}

/// A folded field.
#[derive(Clone, Debug, Default)]
pub struct Plain {
    /// What is matched.
    pub text: String,
    /// For each of its bytes the range of the original that it stands for; empty where they are the same.
    from: Vec<u32>,
    to: Vec<u32>,
}

impl Plain {
    fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), from: Vec::with_capacity(bytes), to: Vec::with_capacity(bytes) }
    }

    fn ascii(original: &str) -> Self {
        Self { text: original.to_ascii_lowercase(), from: Vec::new(), to: Vec::new() }
    }

    fn push(&mut self, character: char, start: usize, end: usize) {
        self.text.push(character);
        // At most 4 * EXAMINED bytes are looked at, which fits.
        let (start, end) = (u32::try_from(start).unwrap_or(u32::MAX), u32::try_from(end).unwrap_or(u32::MAX));
        for _ in 0..character.len_utf8() {
            self.from.push(start);
            self.to.push(end);
        }
    }

    /// The range of the original that a range of the folded text stands for.
    pub fn original(&self, start: usize, end: usize) -> (usize, usize) {
        if start >= end || end > self.text.len() {
            return (0, 0);
        }
        if self.from.is_empty() {
            return (start, end);
        }
        (self.from[start] as usize, self.to[end - 1] as usize)
    }
}

/// Whether a character shows nothing: soft hyphens, joiners, marks of direction.
pub fn is_invisible(character: char) -> bool {
    matches!(character, '\u{00AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// Whether a character belongs to a script that sets no spaces between words.
pub fn is_unspaced(character: char) -> bool {
    matches!(character, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Hangul: spaces between words, endings glued to them.
pub fn is_hangul(character: char) -> bool {
    matches!(character, '\u{AC00}'..='\u{D7AF}' | '\u{1100}'..='\u{11FF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_leads_back_to_the_bytes_that_are_shown() {
        let folder = Folder::new();
        let original = "Ｊ\u{202E}ＰＭ 摩根大通 銀行 Crédit";
        let plain = folder.plain(original);
        assert_eq!(plain.text, "jpm 摩根大通 银行 crédit");
        let at = plain.text.find("银行").unwrap();
        let (start, end) = plain.original(at, at + "银行".len());
        assert_eq!(&original[start..end], "銀行");
        let (start, end) = plain.original(0, 3);
        assert_eq!(&original[start..end], "Ｊ\u{202E}ＰＭ");
    }

    #[test]
    fn decomposed_letters_match_composed_ones() {
        let folder = Folder::new();
        assert_eq!(folder.fold("Cre\u{301}dit"), folder.fold("Crédit"));
    }

    #[test]
    fn a_line_of_many_megabytes_is_examined_in_part() {
        let folder = Folder::new();
        assert!(folder.plain(&"é".repeat(4_000_000)).text.len() <= EXAMINED + 8);
        assert!(folder.plain(&"e\u{301}".repeat(1_000_000)).text.len() <= EXAMINED + 8);
        assert!(folder.plain(&"\u{200B}".repeat(2_000_000)).text.is_empty());
    }
}
