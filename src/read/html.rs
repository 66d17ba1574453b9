//! HTML that is safe to show: no scripts, styles, frames or event handlers; addresses absolute, http and https alone.

/// Markup that needs no parser.
mod neat;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, PoisonError, RwLock};

use ammonia::{Builder, UrlRelative, UrlRelativeEvaluate};
use memchr::memmem;
use url::{ParseError, Url};

use super::feed::Markup;
use super::xml::is_void;
use super::xml::token::{Token, Tokens};
use super::{Repairs, address, plain};

/// Deeper nesting is flattened before any HTML parser sees it: some of them recurse.
const DEEPEST: usize = 250;

/// No page that means well nests deeper, and readers of pages slow down with the depth.
const DEEPEST_OF_PAGES: usize = 100;

/// Longest markup of one item or page, in bytes.
const LONGEST: usize = 4 * 1024 * 1024;

/// Makes markup safe: what shows text, pictures and sounds stays, with how it is laid out in it. One policy serves all: building it anew for each item would cost as much as cleaning.
#[derive(Default)]
pub(super) struct Cleaner {
    /// Made when first needed: most markup is neat.
    policy: OnceCell<Builder<'static>>,
    /// What relative addresses of the markup under way are relative to.
    base: Base,
}

type Base = Arc<RwLock<Option<Url>>>;

impl Cleaner {
    /// Safe HTML; `None` where nothing is left to show.
    pub(super) fn clean(&mut self, markup: &Markup) -> Option<String> {
        let html = plain::cut(&markup.html, LONGEST);
        let clean = match neat::clean(html, markup.base.as_ref()) {
            Some(clean) => clean,
            None => self.parsed(html, markup.base.as_ref())?,
        };
        let shown = clean.trim();
        match shown.len() {
            0 => None,
            length if length == clean.len() => Some(clean),
            _ => Some(shown.to_string()),
        }
    }

    /// Any markup made safe, by way of a tree.
    fn parsed(&mut self, html: &str, base: Option<&Url>) -> Option<String> {
        let html = commented(html);
        let html = flattened(&html);
        *self.base.write().unwrap_or_else(PoisonError::into_inner) = base.cloned();
        let policy = self.policy.get_or_init(|| policy(&self.base));
        catch_unwind(AssertUnwindSafe(|| policy.clean(&html).to_string())).ok()
    }
}

/// What stays. Relative addresses are made absolute by `base`.
fn policy(base: &Base) -> Builder<'static> {
    let mut policy = Builder::default();
    policy.url_schemes(HashSet::from(["http", "https", "mailto"]));
    policy.add_clean_content_tags(["iframe", "svg", "math", "object", "applet", "noscript", "template"]);
    policy.add_tags(["audio", "big", "dir", "font", "menu", "section", "source", "video"]);
    policy.add_tag_attributes("audio", ["controls", "src"]);
    policy.add_tag_attributes("video", ["controls", "height", "poster", "src", "width"]);
    policy.add_tag_attributes("source", ["src", "type"]);
    policy.add_tag_attributes("font", ["color", "face", "size"]);
    policy.add_tag_attributes("img", ["border", "hspace", "vspace"]);
    policy.add_tag_attributes("table", ["bgcolor", "border", "cellpadding", "cellspacing", "width"]);
    policy.add_tag_attributes("td", ["bgcolor", "height", "nowrap", "width"]);
    policy.add_tag_attributes("th", ["bgcolor", "height", "nowrap", "width"]);
    policy.add_generic_attributes(["align", "dir", "valign"]);
    // Without `target`, which is not kept, there is no opener to hide, and links stay as they were written.
    policy.link_rel(None);
    policy.url_relative(UrlRelative::Custom(Box::new(Within(base.clone()))));
    let quoted = Within(base.clone());
    policy.attribute_filter(move |_, name, value| if name == "cite" { quoted.address(value) } else { Some(value.into()) });
    policy
}

/// Makes addresses absolute where there is a base, and leaves them as they are where there is none.
struct Within(Base);

impl Within {
    /// The address of a quotation, which the policy takes for plain words; `None` where it has a scheme that is not the web's.
    fn address<'a>(&self, link: &'a str) -> Option<Cow<'a, str>> {
        match Url::parse(link) {
            Ok(url) => matches!(url.scheme(), "http" | "https" | "mailto").then_some(Cow::Borrowed(link)),
            Err(ParseError::RelativeUrlWithoutBase) => self.evaluate(link),
            Err(_) => None,
        }
    }
}

impl UrlRelativeEvaluate<'_> for Within {
    fn evaluate<'a>(&self, link: &'a str) -> Option<Cow<'a, str>> {
        match &*self.0.read().unwrap_or_else(PoisonError::into_inner) {
            Some(base) => address::joined(base, link).map(|url| Cow::Owned(String::from(url))),
            None => Some(Cow::Borrowed(link)),
        }
    }
}

/// Markup whose comments have an end: parsers let one without hide all that follows. `<?` ends at the next `>`.
fn commented(html: &str) -> Cow<'_, str> {
    if memmem::find(html.as_bytes(), b"<!--").is_none() {
        return Cow::Borrowed(html);
    }
    let from = html.rfind("-->").unwrap_or(0);
    if !html[from..].contains("<!--") {
        return Cow::Borrowed(html);
    }
    Cow::Owned(format!("{}{}", &html[..from], html[from..].replace("<!--", "<?")))
}

/// Markup whose elements nest no deeper than parsers can bear.
pub(super) fn flattened(html: &str) -> Cow<'_, str> {
    pruned(html, DEEPEST, |_, _| false)
}

/// A page for reading: no deeper than any page that means well, and without what is no text and no statement, which is most of
/// it and would be parsed over and over.
pub(super) fn lean(html: &str) -> Cow<'_, str> {
    let silent = |name: &str, attributes: &str| match name.to_ascii_lowercase().as_str() {
        "script" => !attributes.contains("ld+json"),
        "style" | "svg" => true,
        _ => false,
    };
    pruned(html, DEEPEST_OF_PAGES, silent)
}

/// Leaves out elements that are silent, and the tags of those that nest too deep or would hide what follows. Elements that HTML
/// closes by itself are not counted.
fn pruned(html: &str, deepest: usize, silent: impl Fn(&str, &str) -> bool) -> Cow<'_, str> {
    const CLOSES_ITSELF: &[&str] =
        &["p", "li", "dt", "dd", "tr", "td", "th", "option", "thead", "tbody", "tfoot", "body", "html", "head"];
    let counts = |name: &str| !is_void(name) && !CLOSES_ITSELF.iter().any(|known| name.eq_ignore_ascii_case(known));
    let mut tokens = Tokens::new(html);
    let mut repairs = Repairs::default();
    let (mut depth, mut kept_to) = (0_usize, 0_usize);
    let mut out = String::new();
    loop {
        let from = tokens.position();
        let Some(token) = tokens.next(&mut repairs) else { break };
        let drop = match token {
            Token::Start { name, empty, .. } if is_foreign(name) => {
                empty || !tokens.skip_whole(name) || is_dense(&html[from..tokens.position()])
            }
            Token::Start { name, attributes, empty } => {
                let drop = silent(name, attributes) || is_dense(attributes);
                if (drop || is_raw(name)) && !empty {
                    tokens.skip_element(name);
                } else if counts(name) && !empty {
                    depth += 1;
                }
                drop || depth > deepest
            }
            // Parsers read the end of what has none as its start.
            Token::End(name) if is_void(name) => true,
            Token::End(name) if counts(name) => {
                depth = depth.saturating_sub(1);
                depth >= deepest
            }
            Token::Text(text) if is_dense(text) => {
                out.push_str(&html[kept_to..from]);
                out.push_str(&parted(text));
                kept_to = tokens.position();
                false
            }
            Token::Text(text) if text.starts_with("<!") => {
                out.push_str(&html[kept_to..from]);
                out.push_str("&lt;");
                kept_to = from + 1;
                false
            }
            _ => false,
        };
        if drop {
            out.push_str(&html[kept_to..from]);
            kept_to = tokens.position();
        }
    }
    if kept_to == 0 {
        return Cow::Borrowed(html);
    }
    out.push_str(&html[kept_to..]);
    Cow::Owned(out)
}

/// html5ever writes a text or a value in a time that grows with its length times the characters in it that may need escaping: a
/// megabyte of `&` takes it a minute. What is not dense takes milliseconds.
fn is_dense(text: &str) -> bool {
    const MOST: usize = 1 << 26;
    if text.len().saturating_mul(text.len()) <= MOST {
        return false;
    }
    // 0xC2 begins U+0080 to U+00BF, of which the no-break space is written by its name.
    let escaped = text.bytes().filter(|byte| matches!(byte, b'&' | 0xC2)).count();
    escaped.saturating_mul(text.len()) > MOST
}

/// A text in parts that parsers keep apart.
fn parted(text: &str) -> String {
    const PART: usize = 2048;
    let mut out = String::with_capacity(text.len() + text.len() / 256);
    let mut kept_to = 0;
    // What begins a tag and is none, be it for its length.
    let text = match text.strip_prefix('<') {
        Some(rest) => {
            out.push_str("&lt;");
            rest
        }
        None => text,
    };
    // Before such a character: no name of an entity is cut.
    for (at, _) in text.char_indices().filter(|(_, c)| matches!(c, '&' | '\u{80}'..='\u{bf}')) {
        if at - kept_to >= PART {
            out.push_str(&text[kept_to..at]);
            out.push_str("<!---->");
            kept_to = at;
        }
    }
    out.push_str(&text[kept_to..]);
    out
}

/// Elements that hide all that follows where their end is missing, which feeds written as XML leave out.
fn is_foreign(name: &str) -> bool {
    ["iframe", "object", "applet", "noframes", "noembed", "textarea", "title", "xmp", "plaintext"]
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
}

/// Elements whose content is no markup.
fn is_raw(name: &str) -> bool {
    name.eq_ignore_ascii_case("script") || name.eq_ignore_ascii_case("style")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &str) {
        let base = Url::parse("https://example.com/news/a.html").ok();
        let clean = Cleaner::default().clean(&Markup { html: html.to_string(), base });
        assert_eq!(clean.as_deref().unwrap_or(""), expected, "{html}");
    }

    #[test]
    fn what_could_run_is_gone() {
        for html in [
            "safe<script>alert(1)</script>",
            "safe<style>p { background: url(javascript:alert(1)) }</style>",
            "safe<iframe src='https://evil.example/'>x</iframe>",
            "safe<svg onload=alert(1)><script>alert(1)</script></svg>",
            "safe<math><mtext><script>alert(1)</script></mtext></math>",
            "safe<object data='x'>y</object>",
            "safe<!-- <script>alert(1)</script> -->",
            "safe<base href='https://evil.example/'><meta http-equiv=refresh content='0;url=//evil.example'>",
        ] {
            check(html, "safe");
        }
        check("<p onclick='x()' style='color: red' id='y'>safe</p>", "<p>safe</p>");
        check("<a href='javascript:alert(1)'>safe</a>", "<a>safe</a>");
    }

    #[test]
    fn addresses_are_absolute() {
        check("<a href='b.html'>b</a>", "<a href=\"https://example.com/news/b.html\">b</a>");
        check("<img src='/i.png' alt='&quot;'>", "<img src=\"https://example.com/i.png\" alt=\"&quot;\">");
    }

    #[test]
    fn a_lean_page_keeps_its_words_and_statements() {
        let page = "<p>a</p><SCRIPT>if (1 < 2) '<p>b</p>'</SCRIPT><style>p {}</style><script type='application/ld+json'>{}</script><p>c</p>";
        assert_eq!(lean(page), "<p>a</p><script type='application/ld+json'>{}</script><p>c</p>");
    }

    #[test]
    fn what_is_slow_to_write_is_cut_into_parts() {
        let text = "&amp;\u{b0}".repeat(200_000);
        assert!(is_dense(&text) && !is_dense(&text[..7_000]));
        check(&text, &text);
        assert!(parted(&text).split("<!---->").all(|part| part.len() < 2_100));
        check(&format!("a<title>{text}</title><b>c</b>"), "a<b>c</b>");
    }

    #[test]
    fn nesting_without_end_is_flattened() {
        let html = format!("{}word{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
        check(&html, &format!("{}word{}", "<div>".repeat(DEEPEST), "</div>".repeat(DEEPEST)));
        let unclosed = "<p>word<li>".repeat(1_000);
        assert!(matches!(flattened(&unclosed), Cow::Borrowed(_)));
    }
}
