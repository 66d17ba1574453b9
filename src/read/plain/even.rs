//! The beginning of a text that needs no look at each of its characters.

/// Bytes that begin or continue a character that is shown and no space: ASCII, U+00C0 to U+05FF, U+4000 to U+D7FF.
const EVEN: [bool; 256] = {
    let mut even = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        even[byte] = matches!(byte, 0x21..=0x7E | 0x80..=0xBF | 0xC3..=0xD7 | 0xE4..=0xED);
        byte += 1;
    }
    even
};

/// How many bytes a text begins with that stay as they are: characters that are shown, with single spaces between them.
pub(super) fn even(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_even = |at: usize| bytes.get(at).is_some_and(|byte| EVEN[usize::from(*byte)]);
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let goes_on = match byte {
            b' ' => at > 0 && is_even(at + 1),
            // Kana, without U+3000 to U+303F, among which is a space.
            0xE3 => bytes[at + 1] != 0x80,
            byte => EVEN[usize::from(*byte)],
        };
        if !goes_on {
            break;
        }
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use crate::read::plain::{is_shown, text as text_of};

    use super::*;

    #[test]
    fn what_is_even_is_what_stays_as_it_is_letter_by_letter() {
        let one_by_one = |text: &str| {
            let shown: String = text.chars().filter(|c| is_shown(*c) || c.is_whitespace()).collect();
            shown.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        for c in (0..=0x2_FFFF).filter_map(char::from_u32).filter(|c| *c != '<') {
            for text in [format!("{c}"), format!("a{c}b"), format!("ab {c}"), format!("{c} 銀"), format!("の {c} b")] {
                let stays = one_by_one(&text) == text;
                assert!(even(&text) < text.len() || stays, "{text:?}");
                assert_eq!(text_of(&text), one_by_one(&text), "{text:?}");
            }
            let word = format!("a{c}b");
            assert!(even(&word) == word.len() || !is_common(c), "{word:?}");
        }
    }

    fn is_common(c: char) -> bool {
        matches!(c, '!'..='~' | 'À'..='ÿ' | 'ぁ'..='ん' | '一'..='龥' | '가'..='힣')
    }
}
