//! How pages mark a date: names of `<meta>`s, of elements, of keys in scripts, words around it.

use scraper::ElementRef;

/// Names of `<meta>`s that hold the day of publication, most telling first.
pub(super) const METAS: &[&str] = &[
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "og:article:published",
    "article:published",
    "article.published",
    "article:post_date",
    "datePublished",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publish_time",
    "publishtime",
    "publication_date",
    "publication-date",
    "published_time",
    "published_date",
    "published-date",
    "publishedDate",
    "published",
    "date_published",
    "firstpublished",
    "first_published",
    "article_date_original",
    "article-publication-date",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "cXenseParse:publishtime",
    "cXenseParse:pubdate",
    "rnews:datepublished",
    "bt:pubdate",
    "apub:time",
    "og:pubdate",
    "og:publish_date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.available",
    "dc.date.published",
    "dc.date.publication",
    "citation_publication_date",
    "citation_online_date",
    "citation_date",
    "prism.publicationdate",
    "eprints.date",
    "originalpublicationdate",
    "weibo: article:create_at",
    "weibo:article:create_at",
    "releasedate",
    "release_date",
    "displaydate",
    "article:created",
    "article.created",
];

/// Names of `<meta>`s that some pages use for the day of publication and others for that of the last change.
pub(super) const DOUBTFUL_METAS: &[&str] = &[
    "dc.date.created",
    "dcterms.created",
    "date.created",
    "dateCreated",
    "creation_date",
    "created",
    "dcterms.date",
    "dc.date",
    "dc:date",
    "date",
    "article:date",
    "timestamp",
    "ptime",
];

/// Names of `<meta>`s that hold the day of the last change.
pub(super) const CHANGED: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "dateModified",
    "last-modified",
    "last-modified-date",
    "lastmod",
    "dcterms.modified",
    "dc.date.modified",
    "revised",
];

/// Elements that say by their name that they hold the day of publication.
pub(super) const NAMED: &[&str] = &[
    "[itemprop~='datePublished']",
    "time[pubdate]",
    "time.published, time.entry-date, time[class*='publish' i], time[itemprop~='dateCreated']",
    "abbr.published, .dt-published, [property~='schema:datePublished'], [property~='datePublished'], [property~='dc:date']",
    "[class*='publish' i] time, [class*='posted' i] time",
];

/// Elements that are likely to hold it.
pub(super) const LIKELY: &[&str] = &[
    "[class*='date' i] time, [class*='byline' i] time, header time[datetime]",
    "article time[datetime], main time[datetime]",
    "time[datetime]",
    "time",
    "[class*='publish' i], [class*='posted-on' i], [class*='entry-date' i], [class*='post-date' i], [class*='article-date' i], [class*='article__date' i]",
    "[class*='dateline' i], [class*='timestamp' i], [class*='pubdate' i], [id*='pubtime' i], [class*='pubtime' i], [class*='byline' i]",
    "[class~='date'], [class~='time'], [class*='-date' i], [class*='date-' i], [class*='_date' i], [class*='date_' i], [class*='meta' i]",
];

/// Names of a publication's time in the data of a page's scripts.
pub(super) const KEYS: &[&str] = &[
    "datePublished",
    "date_published",
    "publishedAt",
    "published_at",
    "publishDate",
    "publish_date",
    "publishedDate",
    "published_date",
    "publishedTime",
    "publishTime",
    "publish_time",
    "publicationDate",
    "firstPublishedAt",
    "firstPublished",
    "first_published_at",
    "first_publication_date",
    "pubDate",
    "pub_date",
    "postDate",
    "originalPublishDate",
];

/// Words for a change, in the languages of our sources.
pub(super) const CHANGE_WORDS: &[&str] = &[
    "updated",
    "modified",
    "last reviewed",
    "last edited",
    "aktualisiert",
    "mis à jour",
    "mise à jour",
    "actualizado",
    "aggiornato",
    "更新",
    "수정",
    "改定",
];

/// Words for a publication, which count before those for a change.
pub(super) const PUBLICATION_WORDS: &[&str] =
    &["publish", "posted", "veröffentlicht", "publié", "publicado", "pubblicato", "发布", "發布", "公開", "掲載", "입력"];

/// A line that may state the article's date: short, and no notice of rights.
pub(super) fn is_statement(line: &str) -> bool {
    const LONGEST_LINE: usize = 110;
    let lower = line.to_lowercase();
    let notice =
        ["©", "(c) ", "copyright", "all rights", "版权", "版權", "無断", "저작권"].iter().any(|mark| lower.contains(mark));
    line.chars().count() <= LONGEST_LINE && line.chars().any(|c| c.is_ascii_digit() || c == '年') && !notice
}

/// Whether a text in a sentence can be a date: "12-14 October" is none of 2014.
pub(super) fn has_year(text: &str) -> bool {
    let digits = |wanted: usize| text.split(|c: char| !c.is_ascii_digit()).any(|run| run.len() == wanted);
    let is_bare = || text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'/' | b'-' | b' '));
    digits(4) || digits(8) || text.contains(['年', '년']) || digits(2) && is_bare()
}

/// A line that tells of a change and of no publication.
pub(super) fn says_change(line: &str) -> bool {
    let lower = line.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    says(CHANGE_WORDS) && !says(PUBLICATION_WORDS)
}

/// An element of the day of the last change.
pub(super) fn is_change(element: ElementRef<'_>) -> bool {
    let says = |text: Option<&str>| {
        text.is_some_and(|text| {
            let text = text.to_ascii_lowercase();
            ["modified", "updated"].iter().any(|mark| text.contains(mark)) && !text.contains("publish")
        })
    };
    let own = [element.attr("class"), element.attr("itemprop"), element.attr("id")];
    let parent = element.parent().and_then(ElementRef::wrap).and_then(|parent| parent.attr("class"));
    own.into_iter().any(says) || says(parent)
}
