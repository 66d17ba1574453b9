//! Who wrote it.

use crate::read::plain;

use super::aside::is_of_others;
use super::linked::Linked;
use super::meta::{Head, line_of};

/// Longest byline, in characters.
const LONGEST_BYLINE: usize = 150;

/// A name of more words is a sentence. Several may be joined by commas.
const MOST_WORDS: usize = 16;

/// Most authors of one page.
const MOST: usize = 12;

/// Where pages put a byline, most telling first.
const PLACES: &[&str] = &[
    "[itemprop~='author'] [itemprop~='name'], [itemprop~='creator'] [itemprop~='name']",
    "a[rel~='author']",
    "[class*='byline' i] a[href*='author' i], [class*='byline' i] a[href*='/by/' i], [class*='byline' i] a[href*='/people/' i], [class*='byline' i] a[href*='/profile' i]",
    "[class*='author-name' i], [class*='authorname' i], [class*='author_name' i], [class*='author__name' i], [class*='byline-name' i], [class*='byline__name' i]",
    "[class*='byline' i] .fn, .author .fn, .vcard .fn, .p-author .p-name, [property~='schema:author'] [property~='schema:name']",
    "[class*='author' i] a[href*='author' i]",
    "a[href*='/author/' i], a[href*='/authors/' i]",
    "[itemprop~='author']",
    "[class*='byline' i]",
    "[class='author'], [class~='post-author'], [class~='entry-author'], [class~='article-author'], [class~='article__author']",
    "[data-testid*='byline' i], [data-testid*='author' i], [data-component*='byline' i], [id*='post-author' i]",
    "[id='author'], [class*='author' i]",
];

/// Names of `<meta>`s that hold an author.
const METAS: &[&str] = &[
    "author",
    "article:author",
    "parsely-author",
    "dc.creator",
    "dcterms.creator",
    "sailthru.author",
    "byl",
    "article:author_name",
    "citation_author",
    "cxenseparse:author",
    "article.author",
    "article:authors",
    "byline",
    "author-name",
    "author_name",
    "creator",
];

/// Words that follow a name and say what its bearer does.
const ROLES: &[&str] = &[
    "writer",
    "reporter",
    "editor",
    "correspondent",
    "author",
    "contributor",
    "journalist",
    "columnist",
    "expert",
    "founder",
    "co-founder",
    "director",
    "manager",
    "analyst",
    "senior",
    "staff",
    "deputy",
    "chief",
    "head",
    "producer",
    "photographer",
];

/// The authors as the page states them, or as it shows them by its title; empty where it does neither. A person goes before an
/// organisation.
pub(super) fn authors(head: &Head<'_>, linked: &Linked, site: Option<&str>, shown: Option<String>) -> Vec<String> {
    let is_weak = |names: &[String]| names.iter().all(|name| site.is_some_and(|site| alike(site, name)) || is_account(name));
    let stated = tidy(&linked.authors);
    if !stated.is_empty() && !linked.by_organisation && !is_weak(&stated) {
        return stated;
    }
    let metas = METAS.iter().map(|name| tidy(&head.metas(name)));
    let told = head.meta(&["twitter:label1"]).filter(|label| label.to_lowercase().starts_with("written by"));
    let card = told.and_then(|_| head.meta(&["twitter:data1"])).map(|name| tidy(&[name])).unwrap_or_default();
    let shown = tidy(shown.as_slice());
    let places = PLACES.iter().map(|place| tidy(&in_place(head, place)));
    let all: Vec<Vec<String>> = metas.chain([card]).chain(places).chain([shown]).filter(|names| !names.is_empty()).collect();
    let strong = all.iter().find(|names| !is_weak(names)).cloned();
    strong.or((!stated.is_empty()).then_some(stated)).or_else(|| all.into_iter().next()).unwrap_or_default()
}

/// The outlet's own name, or its beginning.
fn alike(site: &str, name: &str) -> bool {
    let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let (site, name) = (bare(site), bare(name));
    !site.is_empty() && !name.is_empty() && (site.starts_with(&name) || name.starts_with(&site))
}

/// `andrew.keaveney`, `fullysecret1dbb`: an account, which a name beats.
fn is_account(name: &str) -> bool {
    name.starts_with('@')
        || !name.contains(' ')
            && name.is_ascii()
            && (name.contains(['.', '_']) || name.chars().any(|c| c.is_ascii_digit()) || name == name.to_lowercase())
}

/// The names in the first element of a place, or of its like beside it.
fn in_place(head: &Head<'_>, place: &str) -> Vec<String> {
    let elements: Vec<_> = head.all(place).filter(|element| !is_of_others(*element)).collect();
    let Some(first) = elements.iter().find(|element| !line_of(**element).is_empty()) else { return Vec::new() };
    let parent = first.parent().map(|parent| parent.id());
    let beside = elements.iter().filter(|element| element.parent().map(|parent| parent.id()) == parent);
    let mut names = Vec::new();
    for element in beside.take(MOST) {
        let text = line_of(*element);
        if text.chars().count() <= LONGEST_BYLINE {
            names.push(text);
        }
    }
    names
}

/// What stands before a name, lower case.
const BEFORE: &[&str] = &[
    "written by",
    "posted by",
    "published by",
    "reviewed by",
    "authored by",
    "article by",
    "story by",
    "words by",
    "by:",
    "by ",
    "author:",
    "authors:",
    "von ",
    "par ",
    "por ",
    "di ",
    "文/",
    "文／",
    "作者：",
    "作者:",
    "記者",
    "记者",
    "& ",
    "and ",
];

/// Names without "By", addresses, and what is no name.
fn tidy(stated: &[String]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for text in stated.iter().take(MOST) {
        let name = name(text);
        let is_name = !name.is_empty()
            && name.chars().count() <= LONGEST_BYLINE
            && !name.contains("://")
            && !name.starts_with("www.")
            && name.chars().any(char::is_alphabetic)
            && !is_nobody(&name);
        if is_name && !found.iter().any(|known| known.eq_ignore_ascii_case(&name)) {
            found.push(name);
        }
    }
    found
}

/// Words that stand where a name would.
fn is_nobody(name: &str) -> bool {
    const NOBODY: &[&str] = &[
        "admin",
        "administrator",
        "editor",
        "webmaster",
        "author",
        "authors",
        "unknown",
        "null",
        "undefined",
        "none",
        "by",
        "posted by",
        "view more posts",
        "more posts",
        "read more",
        "view all posts",
        "see all",
        "about the author",
        "share",
        "follow",
    ];
    let is_date = name.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() >= 4);
    is_date
        || name.split(' ').count() > MOST_WORDS
        || NOBODY.contains(&name.to_lowercase().as_str())
        || name.ends_with("says:")
        || name.contains(".head.")
        || name.contains("{{")
}

fn name(text: &str) -> String {
    let mut name = plain::line(text);
    for _ in 0..2 {
        for start in BEFORE {
            let begins = name.get(..start.len()).is_some_and(|begin| begin.to_lowercase() == *start);
            if begins {
                name = name[start.len()..].trim_start_matches([':', ' ', '\u{A0}']).to_string();
            }
        }
    }
    if let Some(at) = name.to_ascii_lowercase().find("written by ") {
        name = name[at + 11..].to_string();
    }
    // "Ann Example | 21 November 2026": what follows is no name.
    for end in [" | ", " • ", " · ", " / ", " – ", " — ", " on ", " @ "] {
        if let Some((before, _)) = name.split_once(end) {
            name = before.to_string();
        }
    }
    without_role(name.trim()).trim_matches([',', ';', '|', '-', '·', '&', ' ']).to_string()
}

/// "Ann Example, Staff Writer" and "Ann Example Senior Reporter" name Ann Example.
fn without_role(name: &str) -> String {
    let is_role = |word: &str| ROLES.contains(&word.trim_matches([',', '.', ';']).to_lowercase().as_str());
    let words: Vec<&str> = name.split(' ').collect();
    let role = words.iter().position(|word| is_role(word));
    let from = match role {
        // What stands between a comma and the role belongs to it: "Ann Example, Home Security Expert".
        Some(at) if at >= 2 => words[..at].iter().rposition(|word| word.ends_with(',')).map_or(at, |comma| comma + 1),
        _ => return name.to_string(),
    };
    if from < 2 { name.to_string() } else { words[..from].join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_freed_of_what_is_no_name() {
        for (text, expected) in [
            ("By Ann Example", "Ann Example"),
            ("Written by: Ann Example", "Ann Example"),
            ("Ann Example | 21 November 2026", "Ann Example"),
            ("Ann Example, Staff Writer", "Ann Example"),
            ("Ann Example Senior Reporter", "Ann Example"),
            ("Ann Example, Home Security Expert", "Ann Example"),
            ("& Ann Example", "Ann Example"),
            ("Von Ann Beispiel", "Ann Beispiel"),
            ("記者王小明", "王小明"),
            ("Staff Writer", "Staff Writer"),
            ("", ""),
        ] {
            assert_eq!(name(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_name_is_left_out() {
        let stated = ["https://example.com/ann", "admin", "12", "{{ author }}", "Ann", "ann"].map(str::to_string);
        assert_eq!(tidy(&stated), ["Ann"]);
    }
}
