//! Plain text: of markup, and of titles. No tags, scripts or styles, no control or bidi characters, capped in length.

/// Text that is fine as it is.
mod even;

use memchr::memchr2;

use super::Repairs;
use super::xml::entity::{Declared, Rules, allowed, unescape};
use super::xml::is_void;
use super::xml::token::{Token, Tokens};

use even::even;

/// Longest title in characters; whatever is longer is no title.
pub(super) const LONGEST_TITLE: usize = 500;

/// Longest markup that can be a line, and longest tag, in bytes: looking farther at each `<` would take hours on a text full of them.
const LONGEST_LINE: usize = 64 * 1024;
const LONGEST_TAG: usize = 1024;

/// Tags whose end is looked for in a line.
const MOST_OPEN: usize = 40;

/// Longest text in bytes: a long article has 60 kB, and what is longer is an archive or an attack.
pub(super) const LONGEST_TEXT: usize = 200_000;

/// Elements whose content is no text.
const SILENT: &[&str] = &[
    "script", "style", "template", "svg", "math", "iframe", "object", "noscript", "select", "textarea", "title", "audio",
    "video", "canvas",
];

/// Elements that begin and end a paragraph.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "pre",
    "table",
    "tr",
    "section",
    "article",
    "header",
    "footer",
    "figure",
    "figcaption",
    "dl",
    "dt",
    "dd",
    "hr",
    "main",
    "aside",
    "nav",
    "address",
    "center",
    "caption",
    "thead",
    "tbody",
    "form",
    "fieldset",
    "details",
    "summary",
    "body",
    "html",
];

/// Inline elements of HTML: with the blocks, what a text that is not meant as markup would hardly hold by chance.
const INLINE: &[&str] = &[
    "a", "b", "i", "em", "strong", "span", "font", "br", "img", "sub", "sup", "small", "big", "u", "s", "strike", "del", "ins",
    "code", "tt", "mark", "cite", "q", "abbr", "acronym", "wbr", "td", "th", "embed", "param", "input", "label", "button",
    "picture", "source", "time", "blink", "marquee", "meta", "link", "base", "head", "applet", "frame", "frameset", "noframes",
    "basefont", "bgsound", "nobr", "samp", "kbd", "var", "dfn", "ruby", "rt", "rp", "bdi", "bdo", "map", "area", "xmp",
];

/// The text of markup: paragraphs separated by an empty line.
pub(super) fn text(html: &str) -> String {
    let mut writer = Writer::default();
    writer.out.reserve(html.len().min(LONGEST_TEXT));
    let mut tokens = Tokens::new(html);
    let declared = Declared::new();
    let mut repairs = Repairs::default();
    while let Some(token) = tokens.next(&mut repairs) {
        match token {
            Token::Start { name, empty: false, .. } if is_one_of(name, SILENT) => {
                if !tokens.skip_whole(name) && is_one_of(name, &["script", "style"]) {
                    tokens.skip_element(name);
                }
            }
            Token::Start { name, .. } | Token::End(name) => writer.tag(name),
            Token::Text(raw) => writer.text(&unescape(raw, Rules::Html, &declared, &mut repairs)),
            Token::CData(raw) => writer.text(raw),
        }
        if writer.out.len() > LONGEST_TEXT {
            break;
        }
    }
    cut(&writer.out, LONGEST_TEXT).trim_end().to_string()
}

/// A title, an author or a category: one line, of what may be text or markup. Markup that was escaped once too often is undone
/// as well.
pub(super) fn line(markup: &str) -> String {
    if is_line(markup) {
        return markup.to_string();
    }
    let markup = cut(markup, LONGEST_LINE);
    if has_markup(markup) { line_of_html(markup) } else { line_of_text(markup) }
}

/// One line of what is known to be markup.
pub(super) fn line_of_html(html: &str) -> String {
    line_of_text(&text(cut(html, LONGEST_LINE)))
}

/// One line of what is known to be text. A lone `<b>` is then talk of a tag; only what was opened and closed, or needs no end, is
/// markup that was escaped once too often.
pub(super) fn line_of_text(text_of_line: &str) -> String {
    if is_line(text_of_line) {
        return text_of_line.to_string();
    }
    let mut line = cut(text_of_line, LONGEST_LINE).to_string();
    // Twice escaped is common, three times is the end of it.
    for _ in 0..3 {
        let next = if has_whole_markup(&line) {
            text(&line)
        } else {
            unescape(&line, Rules::Html, &Declared::new(), &mut Repairs::default()).into_owned()
        };
        if next == line {
            break;
        }
        line = next;
    }
    let line: String = line.chars().filter(|c| is_shown(*c) || is_space(*c)).collect();
    let line = line.split(is_space).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST_TITLE) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line.trim().to_string(),
    }
}

/// Whether a text is a line already, as most are.
fn is_line(text: &str) -> bool {
    text.len() <= LONGEST_TITLE && even(text) == text.len() && memchr2(b'<', b'&', text.as_bytes()).is_none()
}

/// Whether a text holds tags or comments of HTML. `a < b` and `Vec<T>` are none.
pub(super) fn has_markup(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| text[at + 1..].starts_with("!--") || tag_name(&text[at + 1..]).is_some())
}

/// Whether a text holds an element of HTML with its end, or one that has none.
fn has_whole_markup(text: &str) -> bool {
    let tags = text.match_indices('<').filter_map(|(at, _)| Some((text[at + 1..].starts_with('/'), tag_name(&text[at + 1..])?)));
    let mut open: Vec<&str> = Vec::new();
    for (closes, name) in tags {
        if closes && open.iter().any(|known| known.eq_ignore_ascii_case(name)) || is_void(name) {
            return true;
        }
        if !closes && open.len() < MOST_OPEN {
            open.push(name);
        }
    }
    text.contains("<!--")
}

/// The name of HTML's tag that a text behind a `<` begins with.
fn tag_name(inside: &str) -> Option<&str> {
    let name_from = inside.strip_prefix('/').unwrap_or(inside);
    let length = name_from.bytes().take(12).take_while(u8::is_ascii_alphanumeric).count();
    let (name, after) = name_from.split_at(length);
    let ends = after.starts_with(|c: char| c.is_whitespace() || matches!(c, '>' | '/'));
    let known = || [SILENT, BLOCKS, INLINE].iter().any(|list| is_one_of(name, list));
    (ends && known() && cut(after, LONGEST_TAG).contains('>')).then_some(name)
}

fn is_one_of(name: &str, list: &[&str]) -> bool {
    list.iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// The longest beginning of at most so many bytes.
pub(super) fn cut(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

/// Whether a character may stand in a title or text: no controls, no bidi marks, nothing without width that hides in words.
pub(super) fn is_shown(c: char) -> bool {
    allowed(c)
        && !matches!(c, '\u{AD}' | '\u{61C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}')
        && !matches!(c, '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{200B}'
}

/// Collapses spaces and counts the breaks that are owed.
#[derive(Default)]
struct Writer {
    out: String,
    space: bool,
    lines: usize,
}

impl Writer {
    fn tag(&mut self, name: &str) {
        if name.eq_ignore_ascii_case("br") {
            self.lines += 1;
        } else if is_one_of(name, BLOCKS) {
            self.paragraph();
        } else if name.eq_ignore_ascii_case("td") || name.eq_ignore_ascii_case("th") {
            self.space = true;
        }
    }

    fn paragraph(&mut self) {
        self.lines = self.lines.max(2);
    }

    fn text(&mut self, text: &str) {
        let mut rest = text;
        loop {
            let (run, behind) = rest.split_at(even(rest));
            if !run.is_empty() {
                self.settle();
                self.out.push_str(run);
            }
            let mut characters = behind.chars();
            match characters.next() {
                Some(c) if c.is_whitespace() => self.space = true,
                Some(c) if is_shown(c) => {
                    self.settle();
                    self.out.push(c);
                }
                Some(_) => {}
                None => break,
            }
            rest = characters.as_str();
        }
    }

    fn settle(&mut self) {
        if !self.space && self.lines == 0 {
            return;
        }
        if !self.out.is_empty() {
            match self.lines {
                0 if self.space => self.out.push(' '),
                0 => {}
                1 => self.out.push('\n'),
                _ => self.out.push_str("\n\n"),
            }
        }
        self.space = false;
        self.lines = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_separated_by_an_empty_line() {
        assert_eq!(
            text("<p>One  <b>bold</b>\n word.</p><p>Two.<br>Three.<br><br>Four.</p>"),
            "One bold word.\n\nTwo.\nThree.\n\nFour."
        );
        assert_eq!(text("<ul><li>a</li><li>b</li></ul><table><tr><td>c</td><td>d</td></tr></table>"), "a\n\nb\n\nc d");
    }

    #[test]
    fn scripts_styles_and_comments_are_no_text() {
        assert_eq!(
            text("a<script>if (1 < 2) alert('<p>')</script><style>p {}</style><!-- c --><svg><title>t</title></svg>b"),
            "ab"
        );
        assert_eq!(text("a<script>never closed"), "a");
    }

    #[test]
    fn text_that_only_looks_like_markup_stays() {
        assert_eq!(text("1 < 2 &amp; 3 &gt; 2 &nbsp; AT&T"), "1 < 2 & 3 > 2 AT&T");
        assert_eq!(line("a < b, Vec<T> and R&D"), "a < b, Vec<T> and R&D");
    }

    #[test]
    fn titles_lose_markup_double_escapes_and_line_breaks() {
        for (raw, expected) in [
            ("<b>Bank</b> says\nno", "Bank says no"),
            ("&lt;b&gt;Bank&lt;/b&gt; says", "Bank says"),
            ("AT&amp;amp;T", "AT&T"),
            ("Bank&#8217;s &quot;no&quot;", "Bank’s \"no\""),
            ("<script>alert(1)</script>Bank", "Bank"),
            ("a\u{202E}b\u{0007}c\u{200B}d\u{FEFF}", "abc d"),
            ("  銀行が\u{3000}禁止 ", "銀行が 禁止"),
            ("]]> & <", "]]> & <"),
        ] {
            assert_eq!(line(raw), expected, "{raw}");
        }
    }

    #[test]
    fn text_is_never_longer_than_its_markup() {
        let names = crate::read::xml::entity::names().map(|name| format!("&{name};"));
        let numbers = (0..0x1_1000).flat_map(|code| [format!("&#{code}"), format!("&#x{code:x}")]);
        let tags = BLOCKS.iter().chain(INLINE).map(|name| format!("<{name}>"));
        for piece in names.chain(numbers).chain(tags) {
            assert!(text(&format!("a{piece}b")).len() <= piece.len() + 2, "{piece}");
        }
    }

    #[test]
    fn a_title_of_ten_thousand_characters_is_cut() {
        assert_eq!(line(&"銀".repeat(10_000)).chars().count(), LONGEST_TITLE + 1);
    }

    #[test]
    fn a_text_without_end_is_cut() {
        assert!(text(&"<p>word ".repeat(200_000)).len() <= LONGEST_TEXT);
    }
}
