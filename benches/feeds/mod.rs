//! Feeds for measuring: 2,000 of all formats, about 40 MB, the same on every machine.

/// Words to write with.
mod words;

use std::fmt::Write;

use encoding_rs::{BIG5, EUC_KR, Encoding, GBK, SHIFT_JIS, UTF_8, WINDOWS_1252};
use words::{Tongue, WORDS};

/// How many documents.
pub const NUMBER: usize = 2_000;

/// Where the sequence of numbers begins. Any other seed gives feeds of the same kind.
const SEED: u64 = 20_261_121;

/// A document as a server would send it.
pub struct Document {
    /// With the ending of its format.
    pub name: String,
    /// In its own charset.
    pub body: Vec<u8>,
}

/// All documents, in order.
pub fn all() -> Vec<Document> {
    let mut numbers = Numbers(SEED);
    (0..NUMBER).map(|place| document(place, &mut numbers)).collect()
}

/// A sequence that looks random: SplitMix64.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Below a bound.
    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % bound as u64).unwrap_or(0)
    }

    fn of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Rss,
    Atom,
    Rdf,
    Json,
}

fn document(place: usize, numbers: &mut Numbers) -> Document {
    // Of twenty feeds: twelve RSS, five Atom, two RDF, one JSON.
    let format = match place % 20 {
        0..12 => Format::Rss,
        12..17 => Format::Atom,
        17 | 18 => Format::Rdf,
        _ => Format::Json,
    };
    let tongue = &WORDS[numbers.below(WORDS.len())];
    // A third of what can be is in the charset that its country used before.
    let encoding = if format != Format::Json && numbers.below(3) == 0 { old_charset(tongue.code) } else { UTF_8 };
    let text = match format {
        Format::Json => json(place, tongue, numbers),
        _ => broken(place, markup(place, format, tongue, encoding, numbers)),
    };
    let ending = if format == Format::Json { "json" } else { "xml" };
    Document { name: format!("{place:04}.{ending}"), body: encoding.encode(&text).0.into_owned() }
}

fn old_charset(code: &str) -> &'static Encoding {
    match code {
        "zh-cn" => GBK,
        "zh-tw" => BIG5,
        "ja" => SHIFT_JIS,
        "ko" => EUC_KR,
        _ => WINDOWS_1252,
    }
}

fn markup(place: usize, format: Format, tongue: &Tongue, encoding: &'static Encoding, numbers: &mut Numbers) -> String {
    let mut text = format!("<?xml version=\"1.0\" encoding=\"{}\"?>\n", encoding.name());
    let title = line(tongue, numbers, 4);
    let home = format!("https://news{place}.example/");
    let lang = tongue.code;
    let opening = match format {
        Format::Atom => format!(
            "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{lang}\" xml:base=\"{home}\"><title>{title}</title><id>{home}</id><link href=\"/\"/><updated>2026-11-21T10:00:00Z</updated>\n"
        ),
        Format::Rdf => format!(
            "<rdf:RDF xmlns=\"http://purl.org/rss/1.0/\" xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel rdf:about=\"{home}\"><title>{title}</title><link>{home}</link><dc:language>{lang}</dc:language></channel>\n"
        ),
        _ => format!(
            "<rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:media=\"http://search.yahoo.com/mrss/\"><channel><title>{title}</title><link>{home}</link><description>{title}</description><language>{lang}</language>\n"
        ),
    };
    text.push_str(&opening);
    for number in 0..5 + numbers.below(12) {
        let _ = match format {
            Format::Atom => atom_entry(&mut text, &home, number, tongue, numbers),
            _ => rss_item(&mut text, (&home, number), format, tongue, numbers),
        };
    }
    text.push_str(match format {
        Format::Atom => "</feed>\n",
        Format::Rdf => "</rdf:RDF>\n",
        _ => "</channel></rss>\n",
    });
    text
}

fn rss_item(
    text: &mut String,
    (home, number): (&str, usize),
    format: Format,
    tongue: &Tongue,
    numbers: &mut Numbers,
) -> std::fmt::Result {
    let link = format!("{home}{number}/story.html?utm_source=rss&amp;id={}", numbers.below(100_000));
    let title = line(tongue, numbers, 8);
    let summary = line(tongue, numbers, 25);
    let (day, hour) = (1 + numbers.below(20), numbers.below(24));
    match format {
        Format::Rdf => write!(text, "<item rdf:about=\"{link}\"><dc:date>2026-11-{day:02}T{hour:02}:00:00+08:00</dc:date>")?,
        _ => write!(text, "<item><guid>{link}</guid><pubDate>{day} Nov 2026 {hour:02}:30:00 GMT</pubDate>")?,
    }
    write!(text, "<title>{title}</title><link>{link}</link><dc:creator>{}</dc:creator>", line(tongue, numbers, 2))?;
    write!(text, "<description>&lt;p&gt;{summary}&lt;/p&gt;</description>")?;
    if format == Format::Rss {
        write!(text, "<category>{}</category>", numbers.of(tongue.words))?;
        write!(text, "<media:content url=\"{home}{number}.jpg\" type=\"image/jpeg\"/>")?;
    }
    writeln!(text, "<content:encoded><![CDATA[{}]]></content:encoded></item>", article(tongue, numbers))
}

fn atom_entry(text: &mut String, home: &str, number: usize, tongue: &Tongue, numbers: &mut Numbers) -> std::fmt::Result {
    let (day, hour) = (1 + numbers.below(20), numbers.below(24));
    write!(text, "<entry><id>tag:{number}@{home}</id><title type=\"html\">{} &amp;amp; more</title>", line(tongue, numbers, 8))?;
    write!(text, "<link rel=\"alternate\" type=\"text/html\" href=\"/{number}/story.html\"/>")?;
    write!(
        text,
        "<updated>2026-11-{day:02}T{hour:02}:00:00Z</updated><author><name>{}</name></author>",
        line(tongue, numbers, 2)
    )?;
    write!(text, "<category term=\"{}\"/><summary>{}</summary>", numbers.of(tongue.words), line(tongue, numbers, 25))?;
    let html = article(tongue, numbers);
    if numbers.below(2) == 0 {
        writeln!(text, "<content type=\"html\"><![CDATA[{html}]]></content></entry>")
    } else {
        let html = html.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        writeln!(text, "<content type=\"html\">{html}</content></entry>")
    }
}

fn json(place: usize, tongue: &Tongue, numbers: &mut Numbers) -> String {
    let home = format!("https://news{place}.example/");
    let items: Vec<serde_json::Value> = (0..5 + numbers.below(12))
        .map(|number| {
            serde_json::json!({
                "id": format!("{home}{number}"),
                "title": line(tongue, numbers, 8),
                "date_published": "2026-11-21T10:00:00+01:00",
                "content_html": article(tongue, numbers),
            })
        })
        .collect();
    let version = "https://jsonfeed.org/version/1.1";
    serde_json::json!({"version": version, "title": line(tongue, numbers, 4), "home_page_url": home, "items": items}).to_string()
}

/// Every ninth document has a fault, of four kinds in turn.
fn broken(place: usize, text: String) -> String {
    if !place.is_multiple_of(9) {
        return text;
    }
    match place / 9 % 4 {
        0 => text.replacen("&amp;id=", "&id=", 3),
        1 => text.replacen(" version=\"2.0\"", "", 1),
        2 => text.replacen("<p>", "caf&eacute; ", 1),
        // Cut off in its last tenth, at a character's end.
        _ => text[..text.floor_char_boundary(text.len() / 10 * 9)].to_string(),
    }
}

/// Paragraphs with links, pictures and now and then what has to be taken out.
fn article(tongue: &Tongue, numbers: &mut Numbers) -> String {
    let mut html = String::new();
    for paragraph in 0..2 + numbers.below(4) {
        let (first, second) = (line(tongue, numbers, 18), line(tongue, numbers, 24));
        let link = numbers.of(tongue.words);
        let _ = write!(
            html,
            "<p>{first} <a href=\"/topic/{paragraph}\">{link}</a> <b>{second}</b>&nbsp;&mdash; &#8220;{link}&#8221;.</p>"
        );
    }
    match numbers.below(4) {
        0 => html.push_str("<img src=\"pictures/one.jpg\" alt=\"&quot;\" onerror=\"x()\"><br/>"),
        1 => html.push_str("<ul><li>one<li>two</ul><script>var a = 1 < 2;</script>"),
        2 => html.push_str("<blockquote style=\"color: red\">1 &lt; 2</blockquote><table><tr><td>3</td></tr></table>"),
        _ => {}
    }
    html
}

fn line(tongue: &Tongue, numbers: &mut Numbers, words: usize) -> String {
    let chosen: Vec<&str> = (0..words).map(|_| numbers.of(tongue.words)).collect();
    chosen.join(tongue.between)
}
