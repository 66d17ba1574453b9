//! HTML that is safe to show: no scripts, styles, frames or event handlers; addresses absolute, http and https alone.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use ammonia::{Builder, UrlRelative};

use super::feed::Markup;
use super::xml::is_void;
use super::xml::token::{Token, Tokens};
use super::{Repairs, plain};

/// Deeper nesting is flattened before any HTML parser sees it: some of them recurse.
const DEEPEST: usize = 250;

/// Longest markup of one item or page, in bytes.
const LONGEST: usize = 4 * 1024 * 1024;

/// Makes markup safe. One policy serves all: building it anew for each item would cost more than cleaning.
pub(super) struct Cleaner {
    schemes: HashSet<&'static str>,
}

impl Default for Cleaner {
    fn default() -> Self {
        Self { schemes: HashSet::from(["http", "https", "mailto"]) }
    }
}

impl Cleaner {
    /// Safe HTML; `None` where nothing is left to show.
    pub(super) fn clean(&self, markup: &Markup) -> Option<String> {
        let html = flattened(plain::cut(&markup.html, LONGEST));
        let relative = match &markup.base {
            Some(base) => UrlRelative::RewriteWithBase(base.clone()),
            None => UrlRelative::PassThrough,
        };
        let mut builder = Builder::default();
        builder.url_schemes(self.schemes.clone()).url_relative(relative);
        builder.add_clean_content_tags(["iframe", "svg", "math", "object", "applet", "noscript", "template"]);
        builder.link_rel(Some("noopener noreferrer"));
        let clean = catch_unwind(AssertUnwindSafe(|| builder.clean(&html).to_string())).ok()?;
        let clean = clean.trim();
        (!clean.is_empty()).then(|| clean.to_string())
    }
}

/// Markup whose elements nest no deeper than parsers can bear. Elements that HTML closes by itself are not counted.
pub(super) fn flattened(html: &str) -> std::borrow::Cow<'_, str> {
    const CLOSES_ITSELF: &[&str] =
        &["p", "li", "dt", "dd", "tr", "td", "th", "option", "thead", "tbody", "tfoot", "body", "html", "head"];
    let counts = |name: &str| !is_void(name) && !CLOSES_ITSELF.iter().any(|known| name.eq_ignore_ascii_case(known));
    let mut tokens = Tokens::new(html);
    let mut repairs = Repairs::default();
    let (mut depth, mut dropped, mut kept_to) = (0_usize, 0_usize, 0_usize);
    let mut out = String::new();
    loop {
        let from = tokens.position();
        let Some(token) = tokens.next(&mut repairs) else { break };
        let drop = match token {
            Token::Start { name, .. } if matches!(name, "script" | "style") => {
                tokens.skip_element(name);
                false
            }
            Token::Start { name, empty: false, .. } if counts(name) => {
                depth += 1;
                dropped += usize::from(depth > DEEPEST);
                depth > DEEPEST
            }
            Token::End(name) if counts(name) => {
                depth = depth.saturating_sub(1);
                depth >= DEEPEST
            }
            _ => false,
        };
        if drop {
            out.push_str(&html[kept_to..from]);
            kept_to = tokens.position();
        }
    }
    if dropped == 0 {
        return std::borrow::Cow::Borrowed(html);
    }
    out.push_str(&html[kept_to..]);
    std::borrow::Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use url::Url;

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
        check("<a href='javascript:alert(1)'>safe</a>", "<a rel=\"noopener noreferrer\">safe</a>");
    }

    #[test]
    fn addresses_are_absolute() {
        check("<a href='b.html'>b</a>", "<a href=\"https://example.com/news/b.html\" rel=\"noopener noreferrer\">b</a>");
        check("<img src='/i.png' alt='&quot;'>", "<img src=\"https://example.com/i.png\" alt=\"&quot;\">");
    }

    #[test]
    fn nesting_without_end_is_flattened() {
        let html = format!("{}word{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
        check(&html, &format!("{}word{}", "<div>".repeat(DEEPEST), "</div>".repeat(DEEPEST)));
        let unclosed = "<p>word<li>".repeat(1_000);
        assert!(matches!(flattened(&unclosed), std::borrow::Cow::Borrowed(_)));
    }
}
