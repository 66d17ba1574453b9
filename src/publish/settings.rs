//! Checks `site/site.toml`.

use jiff::tz::TimeZone;
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use url::Url;

use crate::model::mistake::{Mistake, line_of};
use crate::model::site::Site;
use crate::model::words;

const KEYS: [&str; 16] = [
    "name",
    "publisher",
    "motto",
    "base_url",
    "tag_authority",
    "languages",
    "zone",
    "insight_title",
    "law_title",
    "errors",
    "imprint",
    "privacy",
    "contact",
    "sample",
    "data_licence",
    "letter",
];

/// The settings of a `site.toml`; or every mistake in it, by line. `file` is the name that mistakes carry.
pub fn read(text: &str, file: &str) -> Result<Site, Vec<Mistake>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (root, errors) = DeTable::parse_recoverable(text);
    let mut findings = Findings { text, file, mistakes: Vec::new() };
    for error in &errors {
        let at = error.span().map_or(0, |span| span.start);
        findings.add(at, format!("this is no TOML: {}; mend the line", error.message()));
    }
    let site = if errors.is_empty() { settled(&mut Section::whole(root.get_ref()), &mut findings) } else { None };
    findings.mistakes.sort();
    site.filter(|_| findings.mistakes.is_empty()).ok_or(findings.mistakes)
}

/// `None` only after a mistake was noted.
fn settled(top: &mut Section<'_>, findings: &mut Findings<'_>) -> Option<Site> {
    top.known(&KEYS, findings);
    let licence = top.section("data_licence", &["name", "url"], findings);
    let letter = top.section("letter", &["from_name", "from_address", "postal"], findings);
    let name = top.string("name", findings);
    let publisher = top.string("publisher", findings);
    let motto = top.optional("motto", findings);
    let base_url = top.checked("base_url", "an http or https address that ends in a slash", base, findings);
    let tag_authority = top.checked("tag_authority", "a domain and a year, as \"example.org,2026\"", authority, findings);
    let languages = top.languages(findings);
    let zone = top.checked("zone", "an IANA time zone, as \"UTC\" or \"Asia/Hong_Kong\"", zone, findings);
    let errors = top.checked("errors", "a mailto: or https address", contact, findings);
    let privacy = top.checked("privacy", "a path that begins with a slash, or an https address", page, findings);
    let data_url = licence.as_ref().and_then(|table| table.checked("url", "an https address", web, findings));
    let data_name = licence.as_ref().and_then(|table| table.string("name", findings));
    let from_name = letter.as_ref().and_then(|table| table.string("from_name", findings));
    let imprint = top.string("imprint", findings);
    let contact_text = top.string("contact", findings);
    let sample = top.boolean("sample", findings);
    let from_address = letter.as_ref().and_then(|table| table.checked("from_address", "a mail address", address, findings));
    Some(Site {
        name: name?,
        publisher: publisher?,
        motto: motto.unwrap_or_default(),
        base_url: base_url?,
        tag_authority: tag_authority?,
        languages: languages?,
        zone: zone?,
        insight_title: top.optional("insight_title", findings).unwrap_or_else(|| "AI Insight".to_string()),
        law_title: top.optional("law_title", findings).unwrap_or_else(|| "Cognitive Law".to_string()),
        errors: errors?,
        imprint: imprint?,
        privacy: privacy?,
        data_licence: (data_name?, data_url?),
        contact: contact_text?,
        sample,
        letter_from: (from_name?, from_address?),
        letter_postal: letter.and_then(|table| table.optional("postal", findings)),
    })
}

fn base(text: &str) -> Option<Url> {
    Url::parse(text).ok().filter(|url| {
        let plain = url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
        matches!(url.scheme(), "http" | "https") && url.path().ends_with('/') && plain
    })
}

fn authority(text: &str) -> Option<String> {
    let (domain, year) = text.split_once(',')?;
    let dated = year.split('-').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    let named = domain.contains('.') && domain.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte));
    (named && dated && year.len() >= 4).then(|| text.to_string())
}

fn zone(text: &str) -> Option<String> {
    TimeZone::get(text).ok().map(|_| text.to_string())
}

fn web(text: &str) -> Option<String> {
    Url::parse(text).ok().filter(|url| url.scheme() == "https" || url.scheme() == "http").map(|_| text.to_string())
}

fn contact(text: &str) -> Option<String> {
    text.strip_prefix("mailto:").map_or_else(|| web(text), address).map(|_| text.to_string())
}

fn page(text: &str) -> Option<String> {
    if text.starts_with('/') && !text.starts_with("//") { Some(text.to_string()) } else { web(text) }
}

fn address(text: &str) -> Option<String> {
    let (local, domain) = text.split_once('@')?;
    let plain = !text.chars().any(|c| c.is_whitespace() || c.is_control() || "<>,;\"".contains(c));
    (plain && !local.is_empty() && domain.contains('.') && !domain.contains('@')).then(|| text.to_string())
}

struct Findings<'a> {
    text: &'a str,
    file: &'a str,
    mistakes: Vec<Mistake>,
}

impl Findings<'_> {
    fn add(&mut self, offset: usize, message: String) {
        let line = if self.text.is_empty() { 0 } else { line_of(self.text, offset) };
        self.mistakes.push(Mistake::new(self.file, line, message));
    }
}

/// A table of the file: the whole, `[data_licence]` or `[letter]`.
struct Section<'a> {
    /// As mistakes name it, with a final space: `` or `[letter] `.
    name: String,
    /// Where it begins, in bytes.
    at: usize,
    table: &'a DeTable<'a>,
}

impl<'a> Section<'a> {
    fn whole(table: &'a DeTable<'a>) -> Self {
        Self { name: String::new(), at: 0, table }
    }

    fn known(&self, keys: &[&str], findings: &mut Findings<'_>) {
        for key in self.table.keys().filter(|key| !keys.contains(&key.get_ref().as_ref())) {
            let near = words::nearest(key.get_ref(), keys);
            let advice = near.map_or_else(|| format!("known are {}", keys.join(", ")), |near| format!("did you mean \"{near}\""));
            findings.add(key.span().start, format!("{}\"{}\" is not a setting; {advice}", self.name, key.get_ref()));
        }
    }

    fn value(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.table.iter().find(|(name, _)| name.get_ref().as_ref() == key).map(|(_, value)| value)
    }

    fn wrong(&self, value: &Spanned<DeValue<'_>>, key: &str, wanted: &str, findings: &mut Findings<'_>) {
        let shown = value.get_ref().as_str().map_or_else(|| value.get_ref().type_str().to_string(), |text| format!("\"{text}\""));
        findings.add(value.span().start, format!("{}\"{key}\" is {shown}; write {wanted}", self.name));
    }

    fn section(&self, key: &str, keys: &[&str], findings: &mut Findings<'_>) -> Option<Section<'a>> {
        let Some(value) = self.value(key) else {
            findings.add(0, format!("[{key}] is missing; add it with {}", keys.join(", ")));
            return None;
        };
        let Some(table) = value.get_ref().as_table() else {
            self.wrong(value, key, &format!("a table [{key}] with {}", keys.join(", ")), findings);
            return None;
        };
        let section = Section { name: format!("[{key}] "), at: value.span().start, table };
        section.known(keys, findings);
        Some(section)
    }

    /// A text that must stand there and say something.
    fn string(&self, key: &str, findings: &mut Findings<'_>) -> Option<String> {
        self.checked(key, "a text that is not empty", |text| (!text.trim().is_empty()).then(|| text.trim().to_string()), findings)
    }

    fn optional(&self, key: &str, findings: &mut Findings<'_>) -> Option<String> {
        self.value(key)?;
        self.string(key, findings)
    }

    fn checked<T>(&self, key: &str, wanted: &str, check: impl Fn(&str) -> Option<T>, findings: &mut Findings<'_>) -> Option<T> {
        let Some(value) = self.value(key) else {
            findings.add(self.at, format!("{}\"{key}\" is missing; write {wanted}", self.name));
            return None;
        };
        let checked = value.get_ref().as_str().and_then(check);
        if checked.is_none() {
            self.wrong(value, key, wanted, findings);
        }
        checked
    }

    fn boolean(&self, key: &str, findings: &mut Findings<'_>) -> bool {
        let Some(value) = self.value(key) else { return false };
        value.get_ref().as_bool().unwrap_or_else(|| {
            self.wrong(value, key, "true or false", findings);
            false
        })
    }

    fn languages(&self, findings: &mut Findings<'_>) -> Option<Vec<String>> {
        let wanted = "a list of language tags, the main one first, as [\"en\", \"zh-Hant\"]";
        let Some(value) = self.value("languages") else {
            findings.add(0, format!("\"languages\" is missing; write {wanted}"));
            return None;
        };
        let tag = |value: &Spanned<DeValue<'_>>| {
            let text = value.get_ref().as_str()?;
            let plain = text.len() >= 2 && text.split('-').all(|part| (1..=8).contains(&part.len()));
            (plain && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')).then(|| text.to_string())
        };
        let tags: Option<Vec<String>> = value.get_ref().as_array().and_then(|array| array.iter().map(tag).collect());
        let unique = |tags: &Vec<String>| tags.iter().collect::<std::collections::BTreeSet<_>>().len() == tags.len();
        let tags = tags.filter(|tags| !tags.is_empty() && unique(tags));
        if tags.is_none() {
            self.wrong(value, "languages", wanted, findings);
        }
        tags
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIPPED: &str = include_str!("../../site/site.toml");

    #[test]
    fn the_shipped_settings_are_read() {
        let site = read(SHIPPED, "site/site.toml").unwrap();
        assert_eq!((site.name.as_str(), site.zone.as_str(), site.sample), ("Insight", "UTC", false));
        assert_eq!(site.base_url.as_str(), "https://insight.example/");
        assert_eq!(site.letter_postal, None);
    }

    #[test]
    fn every_mistake_is_named_at_once_with_its_line() {
        let text = SHIPPED
            .replace("zone = \"UTC\"", "zone = \"Hongkong City\"")
            .replace("name = \"Insight\"\npublisher", "naem = \"Insight\"\npublisher")
            .replace("https://insight.example/\"\n\n# Part", "ftp://insight.example\"\n\n# Part")
            .replace("sample = false", "sample = \"no\"")
            .replace("from_address", "from_adress");
        let mistakes: Vec<String> = read(&text, "site/site.toml").unwrap_err().iter().map(ToString::to_string).collect();
        let expect = [
            "\"name\" is missing",
            "\"naem\" is not a setting; did you mean \"name\"",
            "\"zone\" is \"Hongkong City\"; write an IANA time zone",
            "\"base_url\" is \"ftp://insight.example\"",
            "\"sample\" is \"no\"; write true or false",
            "[letter] \"from_adress\" is not a setting; did you mean \"from_address\"",
            "[letter] \"from_address\" is missing",
        ];
        for part in expect {
            assert!(mistakes.iter().any(|mistake| mistake.contains(part)), "{part}\n{}", mistakes.join("\n"));
        }
        assert!(mistakes.iter().any(|mistake| mistake.starts_with("site/site.toml:4:")), "{}", mistakes.join("\n"));
    }

    #[test]
    fn a_broken_file_names_the_line_and_nothing_else() {
        let mistakes = read("name = \"Insight\"\nmotto = \n", "site/site.toml").unwrap_err();
        assert!(mistakes.iter().all(|mistake| mistake.message.contains("no TOML")), "{mistakes:?}");
        assert_eq!(mistakes[0].line, 2);
    }
}
