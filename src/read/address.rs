//! Canonical addresses of articles, and ids made of them.

use std::borrow::Cow;

use sha2::{Digest, Sha256};
use url::Url;

/// Query parameters that say where a reader came from, not what to show.
const TRACKING: &[&str] = &[
    "fbclid",
    "gclid",
    "dclid",
    "gclsrc",
    "gbraid",
    "wbraid",
    "msclkid",
    "yclid",
    "twclid",
    "ttclid",
    "igshid",
    "igsh",
    "li_fat_id",
    "mc_cid",
    "mc_eid",
    "_hsenc",
    "_hsmi",
    "mkt_tok",
    "vero_id",
    "oly_anon_id",
    "oly_enc_id",
    "cmpid",
    "cmp",
    "ocid",
    "ncid",
    "icid",
    "smid",
    "xtor",
    "spm",
    "scm",
    "guccounter",
    "guce_referrer",
    "guce_referrer_sig",
    "__twitter_impression",
    "_ga",
    "_gl",
    "traffic_source",
    "sr_share",
    "at_medium",
    "at_campaign",
    "ns_mchannel",
    "ns_source",
    "ns_campaign",
    "ns_linkname",
    "s_cid",
    "wt.mc_id",
];

/// Beginnings of such parameters.
const TRACKING_PREFIXES: &[&str] = &["utm_", "pk_", "mtm_", "hsa_", "at_custom"];

/// Longest address that is kept, in bytes; browsers and servers stop earlier.
pub(super) const LONGEST: usize = 4_000;

/// What a base may add to a link, in bytes: a document of short links and one long base would grow a thousandfold.
const LONGEST_BASE: usize = 500;

/// An address as a link states it, made absolute; `None` for what is no http or https address.
pub(super) fn resolve(link: &str, base: Option<&Url>) -> Option<Url> {
    let link = link.trim();
    let breaks = |c: char| matches!(c, '\n' | '\r' | '\t');
    let link = if link.contains(breaks) { Cow::Owned(link.replace(breaks, "")) } else { Cow::Borrowed(link) };
    if link.is_empty() || link.len() > LONGEST {
        return None;
    }
    let url = Url::parse(&link).ok().or_else(|| joined(base?, &link))?;
    (is_page(&url) && url.as_str().len() <= LONGEST).then_some(url)
}

fn is_page(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.has_host()
}

/// A link made absolute; `None` where it is none of a page, or where its base makes it much longer than it is.
pub(super) fn joined(base: &Url, link: &str) -> Option<Url> {
    if base.as_str().len() > LONGEST {
        return None;
    }
    // A byte that is percent-encoded takes three.
    base.join(link).ok().filter(|url| is_page(url) && url.as_str().len() <= LONGEST_BASE + 3 * link.len())
}

/// The address by which an article is known: no tracking, fragment or credentials.
pub(super) fn canonical(url: &Url) -> Url {
    let mut url = url.clone();
    url.set_fragment(None);
    // Both fail only for addresses without a host, which `resolve` has refused.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    if let Some(query) = url.query() {
        let kept: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !is_tracking(pair)).collect();
        let query = kept.join("&");
        url.set_query(Some(query.as_str()).filter(|query| !query.is_empty()));
    }
    url
}

fn is_tracking(pair: &str) -> bool {
    let name = pair.split('=').next().unwrap_or(pair).to_ascii_lowercase();
    TRACKING.contains(&name.as_str()) || TRACKING_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

/// Lower hex SHA-256.
pub(super) fn hash(text: &str) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    Sha256::digest(text.as_bytes()).iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Whether both hosts belong to one registrable domain, or are the same host where there is none.
pub(super) fn same_site(one: &Url, other: &Url) -> bool {
    let (Some(one), Some(other)) = (one.host_str(), other.host_str()) else { return false };
    let site = |host: &str| psl::domain_str(host).map(str::to_string);
    one == other || matches!((site(one), site(other)), (Some(one), Some(other)) if one == other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(link: &str, expected: &str) {
        let base = Url::parse("https://news.example.com/feeds/all.xml").unwrap();
        let found = resolve(link, Some(&base)).map(|url| canonical(&url).to_string());
        assert_eq!(found.as_deref().unwrap_or(""), expected, "{link}");
    }

    #[test]
    fn an_address_loses_what_does_not_say_what_to_show() {
        check("https://Example.COM:443/a?utm_source=rss&id=3&fbclid=x#top", "https://example.com/a?id=3");
        check("http://example.com:80/a?UTM_Medium=feed", "http://example.com/a");
        check("https://user:secret@example.com/a?", "https://example.com/a");
        check("https://example.com/a?b=%E9&c", "https://example.com/a?b=%E9&c");
        check("https://example.com:8443/a", "https://example.com:8443/a");
    }

    #[test]
    fn relative_links_are_resolved() {
        check("/a", "https://news.example.com/a");
        check("a.html", "https://news.example.com/feeds/a.html");
        check("//cdn.example.com/a", "https://cdn.example.com/a");
        check(" \n https://example.com/a\n b ", "https://example.com/a%20b");
    }

    #[test]
    fn other_schemes_are_no_addresses() {
        for link in [
            "javascript:alert(1)",
            "data:text/html,x",
            "mailto:a@example.com",
            "ftp://example.com/",
            "urn:uuid:1",
            "",
            "http://",
            "tel:1",
        ] {
            check(link, "");
        }
    }

    #[test]
    fn a_site_is_a_registrable_domain() {
        let site = |one: &str, other: &str| same_site(&Url::parse(one).unwrap(), &Url::parse(other).unwrap());
        assert!(site("https://www.example.co.uk/a", "https://m.example.co.uk/b"));
        assert!(!site("https://a.co.uk/", "https://b.co.uk/"));
        assert!(!site("https://one.github.io/", "https://two.github.io/"));
        assert!(site("http://127.0.0.1:1/", "http://127.0.0.1:2/"));
        assert!(!site("http://127.0.0.1/", "http://127.0.0.2/"));
    }
}
