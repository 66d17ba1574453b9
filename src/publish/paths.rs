//! Where everything stands: paths from the site's root, with a leading slash; folders end in one.

use crate::model::story::Story;
use crate::model::taxonomy::Kind;

/// The page of what was superseded or withdrawn.
pub const CORRECTIONS: &str = "/corrections/";

/// The page of a story: `/insights/2026/jpmorgan-prohibits-claude-hk-1a2b3c/`.
pub fn story(story: &Story) -> String {
    insight(story.year, &story.slug)
}

/// The page at a year and a slug, also of a story that has become part of another.
pub fn insight(year: i16, slug: &str) -> String {
    format!("/insights/{year}/{slug}/")
}

/// The folder of a kind's pages: `/banks/`. Authorities and companies have none.
pub fn index(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Bank => Some("/banks/"),
        Kind::Vendor => Some("/vendors/"),
        Kind::Product => Some("/products/"),
        Kind::Region => Some("/regions/"),
        Kind::Authority | Kind::Company => None,
    }
}

/// The page of a member: `/regions/hk/`.
pub fn member(kind: Kind, id: &str) -> Option<String> {
    index(kind).map(|folder| format!("{folder}{}/", id.to_lowercase()))
}

/// The file of the edition that a path is: `/banks/` is `banks/index.html`.
pub fn file(path: &str) -> String {
    let path = path.trim_start_matches('/');
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_string() }
}
