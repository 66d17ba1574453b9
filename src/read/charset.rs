//! Makes text of bytes: byte order mark, then what HTTP says, then what the document says, then a guess.

/// Code pages that browsers do not know.
mod pages;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use memchr::memchr_iter;
use url::Url;

use super::Repairs;

/// How far into a document its own declaration of a charset is looked for; browsers look as far.
const DECLARATION_WITHIN: usize = 1024;

/// Characters beyond ASCII that must all be sound before UTF-8 is believed against a declaration: by chance alone four
/// hardly ever are.
const SOUND_CHARACTERS: usize = 4;

/// Characters beyond Latin that a text must hold before it is believed to have been taken for windows-1252.
const MANY_CHARACTERS: usize = 6;

/// The text of a document, without byte order mark.
pub(super) fn decode(body: &[u8], content_type: Option<&str>, url: Option<&Url>, repairs: &mut Repairs) -> String {
    if let Some(text) = wide(body).or_else(|| pages::mainframe(body)) {
        return text;
    }
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    let labels = [content_type.and_then(http_charset).map(str::to_string), declared(body)];
    let stated = labels.iter().flatten().find_map(|label| known(label));
    let rare = || labels.iter().flatten().find_map(|label| pages::decode(body, &hyphened(label)));
    if let Some(text) = stated.is_none().then(rare).flatten() {
        return text;
    }
    match (std::str::from_utf8(body), stated) {
        (Ok(text), None) => return text.to_string(),
        (Ok(text), Some(encoding)) if encoding == UTF_8 || text.is_ascii() && !escapes(body) => return text.to_string(),
        (Ok(text), Some(encoding)) if beyond_ascii(text) >= SOUND_CHARACTERS => {
            repairs.note(format!("declared as {} but read as UTF-8", encoding.name()));
            return text.to_string();
        }
        _ => {}
    }
    let encoding = stated.unwrap_or_else(|| if mostly_utf8(body) { UTF_8 } else { guess(body, url) });
    if encoding == UTF_8 && !mostly_utf8(body) {
        let guessed = guess(body, url);
        repairs.note(format!("declared as UTF-8 but read as {}", guessed.name()));
        return guessed.decode_without_bom_handling(body).0.into_owned();
    }
    if encoding == UTF_8 { patched(body, repairs) } else { encoding.decode_without_bom_handling(body).0.into_owned() }
}

/// Where a text holds the controls that only exist because windows-1252 was taken for ISO-8859-1, what was meant by them.
pub(super) fn without_controls(text: String, repairs: &mut Repairs) -> String {
    // In UTF-8 they are C2 80 to C2 9F.
    if !memchr_iter(0xC2, text.as_bytes()).any(|at| text.as_bytes().get(at + 1).is_some_and(|byte| *byte < 0xA0)) {
        return text;
    }
    repairs.note("control characters were read as windows-1252");
    text.chars().map(|c| single(c).filter(|byte| matches!(byte, 0x80..0xA0)).map_or(c, windows_1252)).collect()
}

/// What UTF-8 was before it was taken for windows-1252 or ISO-8859-1: `donâ€™t` is `don’t`. `None` where it was not.
pub(super) fn unmangled(text: &str) -> Option<String> {
    // The letters that stand for first bytes of longer characters begin with C3 in UTF-8; few texts have what must follow them.
    let follows = |c: char| !c.is_ascii() && byte_of(c).is_some_and(|byte| (0x80..0xC0).contains(&byte));
    let first = |at: &usize| text.as_bytes().get(at + 1).is_some_and(|byte| (0x82..=0xB4).contains(byte));
    let mut next = memchr_iter(0xC3, text.as_bytes()).filter(first).filter_map(|at| text[at + 2..].chars().next());
    if !next.any(follows) {
        return None;
    }
    let bytes: Vec<u8> = text.chars().map(byte_of).collect::<Option<_>>()?;
    let meant = String::from_utf8(bytes).ok()?;
    // By chance alone, `é –` with a hard space is a Chinese character; a letter or a quote is none by chance.
    let usual = |c: char| matches!(c, '\u{80}'..='\u{17F}' | '\u{2000}'..='\u{22FF}');
    let beyond = meant.chars().filter(|c| !c.is_ascii());
    (beyond.clone().all(usual) || beyond.count() >= MANY_CHARACTERS).then_some(meant)
}

fn single(c: char) -> Option<u8> {
    u8::try_from(u32::from(c)).ok()
}

fn windows_1252(byte: u8) -> char {
    WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// The byte that windows-1252 or ISO-8859-1 reads as this character.
fn byte_of(c: char) -> Option<u8> {
    single(c).or_else(|| (0x80..0xA0).find(|byte| windows_1252(*byte) == c))
}

/// UTF-16 and UTF-32, known by their mark or by where the zeros of the first `<` or `{` stand.
fn wide(body: &[u8]) -> Option<String> {
    match *body {
        [0, 0, 0xFE, 0xFF, ref rest @ ..] => Some(utf32(rest, u32::from_be_bytes)),
        [0xFF, 0xFE, 0, 0, ref rest @ ..] => Some(utf32(rest, u32::from_le_bytes)),
        [0, 0, 0, b'<' | b'{', ..] => Some(utf32(body, u32::from_be_bytes)),
        [b'<' | b'{', 0, 0, 0, ..] => Some(utf32(body, u32::from_le_bytes)),
        [0xFE, 0xFF, ref rest @ ..] => Some(UTF_16BE.decode_without_bom_handling(rest).0.into_owned()),
        [0xFF, 0xFE, ref rest @ ..] => Some(UTF_16LE.decode_without_bom_handling(rest).0.into_owned()),
        [0, b'<' | b'{', 0, ..] => Some(UTF_16BE.decode_without_bom_handling(body).0.into_owned()),
        [b'<' | b'{', 0, _, 0, ..] => Some(UTF_16LE.decode_without_bom_handling(body).0.into_owned()),
        _ => None,
    }
}

fn utf32(body: &[u8], number: fn([u8; 4]) -> u32) -> String {
    let quads = body.chunks_exact(4).map(|quad| number([quad[0], quad[1], quad[2], quad[3]]));
    quads.map(|code| char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// The charset of `text/xml; charset="gbk"`.
fn http_charset(content_type: &str) -> Option<&str> {
    let parameters = content_type.split(';').skip(1);
    let charset = parameters
        .filter_map(|parameter| parameter.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
    Some(bare(charset.1))
}

fn bare(label: &str) -> &str {
    label.trim().trim_matches(['"', '\'']).trim()
}

/// A label as tables have it: feeds write `windows_1251` as well.
fn hyphened(label: &str) -> String {
    bare(label).to_ascii_lowercase().replace('_', "-")
}

fn known(label: &str) -> Option<&'static Encoding> {
    // Names that the web's own list lacks; feeds carry them all the same.
    let hyphened = hyphened(label);
    let label = match hyphened.as_str() {
        "cp936" | "ms936" | "windows-936" | "euc-cn" => "gbk",
        "cp950" | "ms950" | "windows-950" | "euc-tw" | "x-euc-tw" => "big5",
        "cp932" | "ms932" | "windows-932" => "shift_jis",
        "cp949" | "ms949" | "windows-949" | "uhc" => "euc-kr",
        "x80-macintosh" | "macroman" | "mac-roman" => "macintosh",
        "mac-cyrillic" | "maccyrillic" => "x-mac-cyrillic",
        "ms-ansi" => "windows-1252",
        "ms-ee" => "windows-1250",
        "ms-cyrl" => "windows-1251",
        "ms-greek" => "windows-1253",
        "ms-turk" => "windows-1254",
        "ms-hebr" => "windows-1255",
        "ms-arab" => "windows-1256",
        "winbaltrim" => "windows-1257",
        _ => bare(label),
    };
    let found = [label, &hyphened].into_iter().find_map(|label| Encoding::for_label_no_replacement(label.as_bytes()));
    // Whatever says UTF-16 in single bytes is not UTF-16.
    found.map(|found| if found == UTF_16BE || found == UTF_16LE { UTF_8 } else { found })
}

/// What the XML declaration or a `<meta>` says. Both are ASCII in any charset that can say it.
fn declared(body: &[u8]) -> Option<String> {
    let head = &body[..body.len().min(DECLARATION_WITHIN)];
    let head = head.iter().map(|byte| byte.to_ascii_lowercase() as char).collect::<String>();
    let after = |text: &str, key: &str| {
        let rest = text[text.find(key)? + key.len()..].trim_start().strip_prefix('=')?.trim_start().to_string();
        let quoted = rest.strip_prefix(['"', '\'']).unwrap_or(&rest).to_string();
        let label = quoted.split(['"', '\'', ';', '>', '?', '/', ' ']).next().unwrap_or("");
        (!label.is_empty()).then(|| label.to_string())
    };
    let declaration = head.find("<?xml").and_then(|at| head[at..].split("?>").next().map(str::to_string));
    let label = declaration.and_then(|declaration| after(&declaration, "encoding"));
    label.or_else(|| head.split("<meta").skip(1).find_map(|meta| after(meta.split('>').next()?, "charset")))
}

fn guess(body: &[u8], url: Option<&Url>) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(body, true);
    let ending = url.and_then(Url::host_str).and_then(|host| host.rsplit('.').next()).map(str::to_ascii_lowercase);
    // The detector panics on anything but a plain label.
    let ending =
        ending.filter(|ending| !ending.is_empty() && ending.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'));
    detector.guess(ending.as_deref().map(str::as_bytes), Utf8Detection::Allow)
}

fn beyond_ascii(text: &str) -> usize {
    text.chars().filter(|c| !c.is_ascii()).count()
}

/// ISO-2022-JP is ASCII to the eye.
fn escapes(body: &[u8]) -> bool {
    body.contains(&0x1B)
}

/// Whether faulty bytes are the exception: one pasted paragraph must not spoil the rest.
fn mostly_utf8(body: &[u8]) -> bool {
    let (mut sound, mut faulty) = (0, 0);
    for chunk in without_cut(body).utf8_chunks() {
        sound += beyond_ascii(chunk.valid());
        faulty += usize::from(!chunk.invalid().is_empty());
    }
    faulty == 0 || faulty <= sound / 2
}

/// Without a character of UTF-8 that is cut off at the end.
fn without_cut(body: &[u8]) -> &[u8] {
    let tail = body.iter().rev().take(3).position(|byte| *byte >= 0xC0).map(|back| &body[body.len() - 1 - back..]);
    let incomplete = tail.filter(|tail| std::str::from_utf8(tail).is_err_and(|error| error.error_len().is_none()));
    &body[..body.len() - incomplete.map_or(0, <[u8]>::len)]
}

/// UTF-8 in which what is none is taken for windows-1252; a character cut off at the end is dropped.
fn patched(body: &[u8], repairs: &mut Repairs) -> String {
    let mut text = String::with_capacity(body.len());
    for chunk in without_cut(body).utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
            repairs.note("bytes that are no UTF-8 were read as windows-1252");
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use encoding_rs::{BIG5, EUC_KR, GBK, ISO_2022_JP, SHIFT_JIS};

    use super::*;

    fn check(body: &[u8], content_type: Option<&str>, expected: &str) -> Vec<String> {
        let mut repairs = Repairs::default();
        assert_eq!(decode(body, content_type, None, &mut repairs), expected);
        repairs.into_words()
    }

    #[test]
    fn each_charset_is_read_by_its_declaration() {
        let cases: [(&str, &'static Encoding, &str); 6] = [
            ("gb2312", GBK, "摩根大通限制香港员工使用"),
            ("big5", BIG5, "摩根大通限制香港員工使用"),
            ("Shift_JIS", SHIFT_JIS, "銀行が利用を禁止"),
            ("euc-kr", EUC_KR, "은행이 사용을 금지"),
            ("iso-2022-jp", ISO_2022_JP, "銀行が利用を禁止"),
            ("iso-8859-1", WINDOWS_1252, "Bank’s “café”"),
        ];
        for (label, encoding, text) in cases {
            let text = format!("<?xml version='1.0' encoding='{label}'?><rss>{text}</rss>");
            assert!(check(&encoding.encode(&text).0, None, &text).is_empty());
        }
    }

    #[test]
    fn http_is_believed_before_the_document() {
        let text = "<?xml version='1.0' encoding='gbk'?><rss>“银行”</rss>";
        assert!(check(text.as_bytes(), Some("text/xml; charset=UTF-8"), text).is_empty());
        let text = "<?xml version='1.0' encoding='utf-8'?><rss>银行禁止使用</rss>";
        assert!(check(&GBK.encode(text).0, Some("text/xml;charset=\"gbk\""), text).is_empty());
    }

    #[test]
    fn a_wrong_declaration_is_seen_through_and_said() {
        let text = "<?xml version='1.0' encoding='gbk'?><rss>银行禁止使用</rss>";
        assert_eq!(check(text.as_bytes(), None, text), ["declared as GBK but read as UTF-8"]);
        let text = "<?xml version='1.0' encoding='utf-8'?><rss>摩根大通限制香港员工使用人工智能</rss>";
        assert_eq!(check(&GBK.encode(text).0, None, text), ["declared as UTF-8 but read as GBK"]);
    }

    #[test]
    fn nothing_declared_is_guessed() {
        for (encoding, text) in
            [(GBK, "<rss>摩根大通限制香港员工使用人工智能模型</rss>"), (SHIFT_JIS, "<rss>銀行がチャットの利用を禁止した</rss>")]
        {
            check(&encoding.encode(text).0, None, text);
        }
    }

    #[test]
    fn wide_characters_are_read_with_and_without_a_mark() {
        let text = "<?xml version='1.0' encoding='utf-16'?><rss>银行</rss>";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        check(&little, None, text);
        check(&big, None, text);
        check(&[&[0xFE, 0xFF], big.as_slice()].concat(), None, text);
        check(&[&[0xFF, 0xFE], little.as_slice()].concat(), Some("text/xml; charset=utf-8"), text);
        let quads: Vec<u8> = text.chars().flat_map(|c| (c as u32).to_be_bytes()).collect();
        check(&quads, None, text);
    }

    #[test]
    fn what_was_taken_for_windows_1252_is_seen_through() {
        for (mangled, meant) in [("donâ€™t", "don’t"), ("cafÃ©Â\u{A0}", "café\u{A0}"), ("\u{E2}\u{80}\u{A6}", "…")] {
            assert_eq!(unmangled(mangled).as_deref(), Some(meant));
        }
        let text = "银行禁止使用人工智能";
        let mangled = WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0;
        assert_eq!(unmangled(&mangled).as_deref(), Some(text));
        for sound in ["café\u{A0}– no", "É", "naïve São Paulo", "Ã", "銀行", "plain"] {
            assert_eq!(unmangled(sound), None, "{sound}");
        }
    }

    #[test]
    fn controls_that_were_windows_1252_are_what_was_meant() {
        let mut repairs = Repairs::default();
        assert_eq!(without_controls("don\u{92}t\u{85} É".to_string(), &mut repairs), "don’t… É");
        assert_eq!(repairs.into_words(), ["control characters were read as windows-1252"]);
    }

    #[test]
    fn a_label_with_an_underscore_is_known() {
        assert_eq!(known("windows_1251").map(Encoding::name), Some("windows-1251"));
        assert_eq!(known(" \"MS_CYRL\" ").map(Encoding::name), Some("windows-1251"));
        assert_eq!(known("nonsense"), None);
    }

    #[test]
    fn a_code_page_of_dos_is_read() {
        check(
            b"<?xml version='1.0' encoding='IBM850'?><rss>Z\x81rich</rss>",
            None,
            "<?xml version='1.0' encoding='IBM850'?><rss>Zürich</rss>",
        );
    }

    #[test]
    fn one_faulty_byte_does_not_spoil_the_rest() {
        let body = [b"<rss>\xE9\x93\xB6\xE8\xA1\x8C caf".as_slice(), b"\xE9", b" \xE9\x93\xB6</rss>"].concat();
        assert_eq!(check(&body, None, "<rss>银行 café 银</rss>"), ["bytes that are no UTF-8 were read as windows-1252"]);
    }

    #[test]
    fn a_character_cut_off_at_the_end_is_dropped() {
        check(b"<rss>\xE9\x93\xB6\xE8\xA1", Some("text/xml; charset=utf-8"), "<rss>银");
    }
}
