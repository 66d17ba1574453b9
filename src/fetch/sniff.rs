//! What bytes are, by their beginning: servers name feeds text/html and login pages text/xml.

/// Bytes that are looked at. Longer prologues have not been seen.
const LOOK: usize = 64 << 10;

/// What a document is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Nothing but white space.
    Empty,
    /// RSS, Atom, RDF or JSON Feed.
    Feed,
    /// A page.
    Html,
    /// JSON, but no JSON Feed.
    Json,
    /// Something else, in words.
    Other(String),
}

/// What a body is. Junk before a feed's root is overlooked.
pub fn shape(body: &[u8]) -> Shape {
    let text = beginning(body);
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}');
    if text.is_empty() {
        return Shape::Empty;
    }
    if let Some(name) = binary(body) {
        return Shape::Other(name.to_string());
    }
    if text.starts_with(['{', '[']) {
        return json(text);
    }
    let mut first = None;
    for tag in tags(text) {
        match tag.to_ascii_lowercase().as_str() {
            "rss" | "feed" | "rdf" => return Shape::Feed,
            "channel" if first.is_none() => return Shape::Feed,
            "html" | "!doctype html" | "head" | "body" => return Shape::Html,
            other => first = first.or_else(|| Some(other.to_string())),
        }
    }
    match first.as_deref() {
        Some("script" | "meta" | "title" | "div" | "p" | "br" | "b" | "h1" | "center") => Shape::Html,
        Some(root) if text.starts_with('<') => Shape::Other(format!("a document of \"{}\"", shown(root))),
        _ => Shape::Other("plain text".to_string()),
    }
}

/// The first bytes as text, good enough to find ASCII tags in, UTF-16 included.
fn beginning(body: &[u8]) -> String {
    let start = &body[..body.len().min(LOOK)];
    let wide = matches!(start, [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, b'<', 0, _, ..] | [b'<', 0, _, 0, ..]);
    match wide {
        true => start.iter().filter(|byte| byte.is_ascii() && **byte != 0).map(|byte| char::from(*byte)).collect(),
        false => String::from_utf8_lossy(start).into_owned(),
    }
}

fn binary(body: &[u8]) -> Option<&'static str> {
    const MAGIC: [(&[u8], &str); 7] = [
        (b"%PDF", "a PDF"),
        (b"\x1f\x8b", "gzip that the server does not declare"),
        (b"PK\x03\x04", "a zip file"),
        (b"\x89PNG", "an image"),
        (b"\xff\xd8\xff", "an image"),
        (b"GIF8", "an image"),
        (b"RIFF", "an image or a sound"),
    ];
    MAGIC.iter().find(|(magic, _)| body.starts_with(magic)).map(|(_, name)| *name)
}

fn json(text: &str) -> Shape {
    match text.starts_with('{') && (text.contains("jsonfeed.org/version") || text.contains("\"items\"")) {
        true => Shape::Feed,
        false => Shape::Json,
    }
}

/// The local names of the tags of a text, in order; declarations, comments and closing tags left out, but for `!doctype html`.
fn tags(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            rest = &rest[rest.find('<')? + 1..];
            if let Some(comment) = rest.strip_prefix("!--") {
                rest = comment.find("-->").map_or("", |end| &comment[end..]);
            } else if rest.get(..13).is_some_and(|start| start.eq_ignore_ascii_case("!doctype html")) {
                return Some(&rest[..13]);
            } else {
                let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, ':' | '-' | '_' | '.'))).unwrap_or(rest.len());
                let name = rest[..end].rsplit(':').next().unwrap_or("");
                if !name.is_empty() {
                    return Some(name);
                }
            }
        }
    })
}

fn shown(text: &str) -> String {
    text.chars().take(40).collect::<String>().escape_debug().to_string()
}

/// Whether a body seems to be a feed of any kind.
pub fn is_feed(body: &[u8]) -> bool {
    shape(body) == Shape::Feed
}

/// Whether a feed seems whole although the connection broke: its root is closed.
pub fn is_closed(body: &[u8]) -> bool {
    let end = String::from_utf8_lossy(&body[body.len().saturating_sub(64)..]).trim_end().to_ascii_lowercase();
    shape(body) == Shape::Feed && ["</rss>", "</feed>", ":rdf>", ":feed>", "}"].iter().any(|close| end.ends_with(close))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_is_known_by_its_bytes() {
        for body in [
            "<rss version=\"2.0\"><channel/></rss>",
            "\u{feff}  <?xml version=\"1.0\"?>\n<!-- <html> -->\n<feed xmlns=\"http://www.w3.org/2005/Atom\"/>",
            "<?xml-stylesheet href=\"a\"?><rdf:RDF xmlns:rdf=\"r\"/>",
            "<!DOCTYPE rss PUBLIC \"-//Netscape//DTD RSS 0.91//EN\" \"x\"><rss/>",
            "<br />\n<b>Warning</b>: in line 3<br />\n<?xml version=\"1.0\"?><rss/>",
            "<atom:feed xmlns:atom=\"a\"/>",
            "{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": []}",
        ] {
            assert_eq!(shape(body.as_bytes()), Shape::Feed, "{body}");
        }
        let wide: Vec<u8> = "\u{feff}<rss/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(shape(&wide), Shape::Feed);
    }

    #[test]
    fn what_is_no_feed_is_named() {
        for (body, expected) in [
            (" \r\n\u{feff}", Shape::Empty),
            ("<!DOCTYPE html><p>about &lt;rss&gt;", Shape::Html),
            ("<HTML lang=en><body><rss>", Shape::Html),
            ("<script>location='/'</script>", Shape::Html),
            ("{\"error\": 1}", Shape::Json),
            ("<urlset><url/></urlset>", Shape::Other("a document of \"urlset\"".into())),
            ("no feed here", Shape::Other("plain text".into())),
            ("%PDF-1.7", Shape::Other("a PDF".into())),
        ] {
            assert_eq!(shape(body.as_bytes()), expected, "{body}");
        }
    }

    #[test]
    fn a_broken_answer_with_a_closed_root_is_whole() {
        assert!(is_closed(b"<rss></rss>\n"));
        assert!(is_closed(b"<?xml version='1.0'?><rdf:RDF></rdf:RDF>"));
        assert!(!is_closed(b"<rss><item>"));
        assert!(!is_closed(b"<html></html>"));
    }
}
