//! Outside text on its way to a reader: no control or bidi characters, no markup, no end to be missed.

/// Text without control, bidi and other characters that no page, feed or letter may carry; white space runs become one space.
///
/// The reader has cleaned titles and texts before; names in the files that people edit come as they were typed.
pub fn clean(text: &str) -> String {
    let kept: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !is_unwanted(*c)).collect();
    kept.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// `clean`, then cut after at most `most` characters, at a word's end where there is one, with an ellipsis.
pub fn shorten(text: &str, most: usize) -> String {
    let text = clean(text);
    let Some((end, _)) = text.char_indices().nth(most) else { return text };
    let cut = &text[..end];
    let cut = cut.rfind(' ').filter(|at| at * 2 > end).map_or(cut, |at| &cut[..at]);
    format!("{}\u{2026}", cut.trim_end())
}

/// `clean`, then escaped for HTML text and quoted attributes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in clean(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// Controls, bidi marks, embeddings and isolates, the byte-order mark, noncharacters (which XML forbids) and private use.
pub fn is_unwanted(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        || matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..)
        || (u32::from(c) & 0xfffe) == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_turns_or_hides_itself_is_laid_open() {
        assert_eq!(clean(" a\u{202e}b\r\nBcc:\u{7} c\u{fffe}\u{feff} "), "ab Bcc: c");
        assert_eq!(clean("摩根大通　禁用"), "摩根大通 禁用");
        assert_eq!(escape("<a href='x'>&\"]]>"), "&lt;a href=&#39;x&#39;&gt;&amp;&quot;]]&gt;");
    }

    #[test]
    fn a_long_title_ends_at_a_word() {
        assert_eq!(shorten("one two three", 9), "one two\u{2026}");
        assert_eq!(shorten(&"W".repeat(10_000), 5), "WWWWW\u{2026}");
        assert_eq!(shorten("one two", 7), "one two");
    }
}
