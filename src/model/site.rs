//! The publication's own settings, from `site/site.toml`.

use url::Url;

/// Checked settings of the publication.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// Its name: "Insight".
    pub name: String,
    /// Who publishes it: "Termwall".
    pub publisher: String,
    /// One line under the name.
    pub motto: String,
    /// Where it will stand, with a trailing slash; feeds, canonical links and the sitemap need it.
    pub base_url: Url,
    /// Domain and date for `tag:` URIs of feed entries: `termwall.example,2026`. Never changes.
    pub tag_authority: String,
    /// BCP 47 languages of the commentary, the first being the main one.
    pub languages: Vec<String>,
    /// Time zone in which pages show times; IANA name.
    pub zone: String,
    /// Heading of the commentary: "AI Insight".
    pub insight_title: String,
    /// Heading of the laws: "Cognitive Law".
    pub law_title: String,
    /// Contact for errors: a `mailto:` or https address.
    pub errors: String,
    /// Markdown-free lines of the footer.
    pub imprint: String,
    /// Path or address of the privacy notice.
    pub privacy: String,
    /// Licence of the data: name and address.
    pub data_licence: (String, String),
    /// Contact that the crawler's user agent names.
    pub contact: String,
    /// A sample edition: says so on every page, is `noindex`, labels evidence "sample text after OUTLET".
    pub sample: bool,
    /// Letter: sender's name and address.
    pub letter_from: (String, String),
    /// Letter: postal address, without which none is sent.
    pub letter_postal: Option<String>,
}
