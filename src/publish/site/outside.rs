//! Makes text from outside fit to be shown: no control or bidi characters, no more words than we may quote.

use url::Url;

use crate::publish::text;

/// Running words of an outlet that a page may carry (`DESIGN.md` 8).
pub const QUOTED_WORDS: usize = 25;

/// Letters of a headline that a page shows: longer than any editor's, shorter than an attack.
const HEADLINE_CHARS: usize = 240;

/// Letters that one word of an excerpt may have; a script without spaces is cut by these alone.
const WORD_CHARS: usize = 8;

/// Whether a character may stand in a page.
pub fn is_shown(c: char) -> bool {
    c == '\n' || !text::is_unwanted(c)
}

/// One line of plain text.
pub fn line(text: &str) -> String {
    text::clean(text)
}

/// One line, cut where it is longer than a headline can be.
pub fn headline(text: &str) -> String {
    text::shorten(text, HEADLINE_CHARS)
}

/// A clause as a sentence of its own, without its stop.
pub fn sentence(text: &str) -> String {
    capital(headline(text).trim_end_matches(['.', '。']))
}

/// With a capital.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// At most as many running words as we may quote, with an ellipsis where something was left out.
pub fn excerpt(text: &str) -> String {
    let text = line(text);
    let words: Vec<&str> = text.split(' ').collect();
    let shown = if words.len() > QUOTED_WORDS { format!("{} …", words[..QUOTED_WORDS].join(" ")) } else { text.clone() };
    text::shorten(&shown, QUOTED_WORDS * WORD_CHARS)
}

/// An address that a page may link: http or https.
pub fn link(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| url.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_and_bidi_characters_never_reach_a_page() {
        assert_eq!(line("a\u{202e}b\u{7}\tc\n d\u{2066}\u{feff}"), "ab c d");
    }

    #[test]
    fn no_more_than_25_words_of_an_outlet_are_shown() {
        let long = (0..40).map(|n| format!("w{n}")).collect::<Vec<_>>().join(" ");
        assert_eq!(excerpt(&long).split(' ').count(), 26);
        assert_eq!(excerpt("short enough"), "short enough");
        assert_eq!(excerpt(&"長".repeat(1000)).chars().count(), 201);
    }

    #[test]
    fn only_web_addresses_are_linked() {
        assert!(link("https://news.example/a?b=c").is_some());
        for address in ["javascript:alert(1)", "data:text/html,x", "/path", "file:///etc/passwd"] {
            assert!(link(address).is_none(), "{address}");
        }
    }
}
