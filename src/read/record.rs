//! An article that somebody hands over as values, not as a document.

use jiff::Timestamp;
use serde::Deserialize;
use url::Url;

use crate::model::article::{Article, ArticleKind};
use crate::model::language;

use super::article::{FULL_TEXT, OPENING, ids, keys, weight};
use super::date::{self, Hint};
use super::{address, plain};

/// The source that such articles name.
pub const SOURCE: &str = "import";

/// What is handed over. Texts may be of any length and hold anything.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Record {
    /// What the giver knows it by: its identity where it has no address.
    pub id: Option<String>,
    /// Plain text.
    #[serde(default)]
    pub title: String,
    /// Plain text, paragraphs separated by an empty line.
    #[serde(default)]
    pub text: String,
    /// Its address.
    pub url: Option<String>,
    /// Who published it; the address' host stands for it.
    pub outlet: Option<String>,
    /// A date in any of the forms that feeds use.
    pub published: Option<String>,
    /// BCP 47.
    pub lang: Option<String>,
}

/// The article of a record, `hash` being that of the bytes that it came in; or what the record lacks.
pub fn article(record: Record, hash: &str, now: Timestamp) -> Result<Article, String> {
    let url = record.url.as_deref().filter(|url| !url.is_empty()).map(address_of).transpose()?;
    let host = || url.as_ref()?.host_str().map(|host| host.trim_start_matches("www.").to_string());
    let named = record.outlet.as_deref().map(plain::line_of_text).filter(|outlet| !outlet.is_empty());
    let outlet = named.or_else(host).ok_or("it has neither \"outlet\" nor \"url\"")?;
    let title = plain::line_of_text(&record.title);
    let text = paragraphs(&record.text);
    if title.is_empty() && text.is_empty() {
        return Err("it has neither \"title\" nor \"text\"".to_string());
    }
    let lang = language::decide(&[record.lang.as_deref()], &title, &text);
    let stated = record.published.as_deref().filter(|date| !date.trim().is_empty());
    let claimed = stated.and_then(|text| date::parse(text, Hint::of(Some(&lang)))).filter(|date| date.is_plausible());
    let opening = if title.is_empty() { plain::cut(&text, OPENING) } else { &title };
    let keys = keys(&format!("{SOURCE}/{outlet}"), url.as_ref(), record.id.as_deref(), [opening, stated.unwrap_or("")]);
    Ok(Article {
        id: ids(&[keys]).remove(0),
        version: 1,
        url: url.map(String::from),
        source: SOURCE.to_string(),
        outlet,
        kind: if weight(&text) >= FULL_TEXT { ArticleKind::Full } else { ArticleKind::Brief },
        title,
        text,
        lang,
        claimed: claimed.map(date::Stated::when),
        claimed_raw: record.published,
        first_seen: now,
        authors: Vec::new(),
        document: hash.to_string(),
        speaks_for: None,
        lead: false,
        has_page: false,
    })
}

fn address_of(url: &str) -> Result<Url, String> {
    let url =
        address::resolve(url, None).ok_or_else(|| format!("\"{}\" is no http or https address", plain::line_of_text(url)))?;
    Ok(address::canonical(&url))
}

/// Text without what may not be shown, its lines trimmed, at most one empty line between two.
fn paragraphs(text: &str) -> String {
    let mut out = String::new();
    let mut breaks = 0;
    for line in plain::cut(text, plain::LONGEST_TEXT).lines() {
        let shown: String =
            line.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| plain::is_shown(*c)).collect();
        let words: Vec<&str> = shown.split(' ').filter(|word| !word.is_empty()).collect();
        if words.is_empty() {
            breaks = 2;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if breaks == 2 { "\n\n" } else { "\n" });
        }
        out.push_str(&words.join(" "));
        breaks = 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: serde_json::Value) -> Result<Article, String> {
        let record = serde_json::from_value(json).unwrap();
        article(record, "hash", "2026-06-18T12:00:00Z".parse().unwrap())
    }

    #[test]
    fn a_record_with_an_address_is_known_by_it() {
        let one = read(serde_json::json!({"title": "A", "text": "B", "url": "https://www.a.example/1?utm_source=x#y"})).unwrap();
        let two =
            read(serde_json::json!({"id": "7", "title": "A, edited", "outlet": "A", "url": "https://www.a.example/1"})).unwrap();
        assert_eq!((one.id, one.outlet.as_str(), two.outlet.as_str()), (two.id, "a.example", "A"));
        assert_eq!(one.url.as_deref(), Some("https://www.a.example/1"));
    }

    #[test]
    fn a_record_without_an_address_is_known_by_its_giver_or_by_title_and_day() {
        let id = |json| read(json).unwrap().id;
        let numbered = |id: &str, outlet: &str| serde_json::json!({"id": id, "title": "A", "outlet": outlet});
        assert_eq!(id(numbered("7", "A")), id(numbered("7", "A")));
        assert_ne!(id(numbered("7", "A")), id(numbered("8", "A")));
        assert_ne!(id(numbered("7", "A")), id(numbered("7", "B")));
        let dated = |day: &str| serde_json::json!({"title": "A", "outlet": "A", "published": day});
        assert_ne!(id(dated("2026-06-17")), id(dated("2026-06-18")));
    }

    #[test]
    fn texts_are_cleaned_and_dates_keep_what_they_say() {
        let text = "One\u{202e} \u{0}line\r\nand  more\r\n\r\n\r\n  Two<b> \n";
        let article =
            read(serde_json::json!({"title": " A\nB ", "text": text, "outlet": "A", "published": "June 2026", "lang": "en"}))
                .unwrap();
        assert_eq!((article.title.as_str(), article.text.as_str()), ("A B", "One line\nand more\n\nTwo<b>"));
        assert_eq!((article.claimed_raw.as_deref(), article.kind), (Some("June 2026"), ArticleKind::Brief));
    }

    #[test]
    fn what_a_record_lacks_is_said() {
        for (json, wanted) in [
            (serde_json::json!({"title": "A"}), "neither \"outlet\" nor \"url\""),
            (serde_json::json!({"outlet": "A", "title": " \u{202e}"}), "neither \"title\" nor \"text\""),
            (serde_json::json!({"title": "A", "url": "ftp://a.example/"}), "\"ftp://a.example/\" is no http or https address"),
        ] {
            let reason = read(json).unwrap_err();
            assert!(reason.contains(wanted), "{reason}");
        }
    }
}
