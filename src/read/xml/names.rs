//! The vocabularies that feeds mix, known by their addresses or, where none is declared, by their usual prefixes.

/// Which vocabulary an element or attribute belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Vocabulary {
    /// None declared, RSS of any version, or Atom: the feed's own words.
    Feed,
    /// RDF's frame.
    Rdf,
    /// Dublin Core and its terms.
    DublinCore,
    /// `content:encoded`.
    Content,
    /// Media RSS.
    Media,
    /// Podcasts.
    Itunes,
    /// Markup in place.
    Xhtml,
    /// `xml:base`, `xml:lang`.
    Xml,
    /// FeedBurner keeps the address that it hides.
    FeedBurner,
    /// Anything else.
    Other,
}

/// Parts of namespace addresses, lower case, and what they mean. Feeds write them with and without `www`, `http`, slashes.
const ADDRESSES: &[(&str, Vocabulary)] = &[
    ("www.w3.org/2005/atom", Vocabulary::Feed),
    ("purl.org/atom/ns", Vocabulary::Feed),
    ("purl.org/pie", Vocabulary::Feed),
    ("purl.org/echo", Vocabulary::Feed),
    ("purl.org/rss/1.0/modules/content", Vocabulary::Content),
    ("purl.org/rss/1.0/modules/rss091", Vocabulary::Feed),
    ("purl.org/rss/1.0/modules", Vocabulary::Other),
    ("purl.org/rss/1.0", Vocabulary::Feed),
    ("purl.org/rss/2.0", Vocabulary::Feed),
    ("purl.org/net/rss1.1", Vocabulary::Feed),
    ("my.netscape.com/rdf", Vocabulary::Feed),
    ("channel.netscape.com/rdf", Vocabulary::Feed),
    ("my.netscape.com/publish", Vocabulary::Feed),
    ("backend.userland.com/", Vocabulary::Feed),
    ("blogs.law.harvard.edu/tech/rss", Vocabulary::Feed),
    ("cyber.law.harvard.edu/rss", Vocabulary::Feed),
    ("www.rssboard.org/rss-specification", Vocabulary::Feed),
    ("www.w3.org/1999/02/22-rdf-syntax-ns", Vocabulary::Rdf),
    ("purl.org/dc/", Vocabulary::DublinCore),
    ("search.yahoo.com/mrss", Vocabulary::Media),
    ("video.search.yahoo.com/mrss", Vocabulary::Media),
    ("www.itunes.com/dtds/podcast", Vocabulary::Itunes),
    ("example.com/dtds/podcast", Vocabulary::Itunes),
    ("www.w3.org/1999/xhtml", Vocabulary::Xhtml),
    ("www.w3.org/xml/1998/namespace", Vocabulary::Xml),
    ("rssnamespace.org/feedburner", Vocabulary::FeedBurner),
];

/// The vocabulary of a namespace address.
pub(crate) fn by_address(address: &str) -> Vocabulary {
    let address = address.trim().to_ascii_lowercase();
    if address.is_empty() {
        return Vocabulary::Feed;
    }
    let bare = address.strip_prefix("http://").or_else(|| address.strip_prefix("https://")).unwrap_or(&address);
    ADDRESSES.iter().find(|(start, _)| bare.starts_with(start)).map_or(Vocabulary::Other, |(_, vocabulary)| *vocabulary)
}

/// The vocabulary that a prefix usually stands for.
pub(crate) fn by_prefix(prefix: &str) -> Vocabulary {
    match prefix.to_ascii_lowercase().as_str() {
        "" | "atom" | "atom10" | "a10" | "rss" => Vocabulary::Feed,
        "rdf" => Vocabulary::Rdf,
        "dc" | "dcterms" | "dct" => Vocabulary::DublinCore,
        "content" => Vocabulary::Content,
        "media" => Vocabulary::Media,
        "itunes" => Vocabulary::Itunes,
        "xhtml" => Vocabulary::Xhtml,
        "xml" => Vocabulary::Xml,
        "feedburner" => Vocabulary::FeedBurner,
        _ => Vocabulary::Other,
    }
}
