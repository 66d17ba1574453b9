//! What the tests of this stage share.

use std::time::Duration;

use url::Url;

use crate::model::source::{DatePolicy, Source, SourceKind};

/// A plain feed of a made-up outlet.
pub(super) fn source() -> Source {
    Source {
        id: "example-news".to_string(),
        url: Url::parse("https://example.com/feed.xml").unwrap(),
        title: "Example: News".to_string(),
        outlet: "Example News".to_string(),
        lang: None,
        group: "general".to_string(),
        kind: SourceKind::Feed,
        enabled: true,
        every: Duration::from_secs(3600),
        slowest: Duration::from_secs(8 * 3600),
        gap: Duration::from_secs(1),
        max_items: 100,
        user_agent: None,
        date: DatePolicy::Stated,
        paywalled: false,
        aggregator: false,
        speaks_for: None,
        allow_private: false,
        text_selector: None,
        note: None,
    }
}
