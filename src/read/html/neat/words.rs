//! Text and values of neat markup: references resolved and written again as serializers write them.

use std::borrow::Cow;

use crate::read::xml::entity;

/// Bytes that are not simply copied: controls, and what is or may have to be escaped. 0xC2 begins the no-break space.
const SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        special[byte] = byte < 0x20 && byte != 0x09 && byte != 0x0A || matches!(byte, 0x22 | 0x26 | 0x3C | 0x3E | 0xC2);
        byte += 1;
    }
    special
};

/// Writes a raw text, or a raw value (`quoted`). `None` where parsers would read it otherwise than it looks.
pub(super) fn write(raw: &str, quoted: bool, out: &mut String) -> Option<()> {
    let bytes = raw.as_bytes();
    let (mut at, mut kept_to) = (0, 0);
    while let Some(byte) = bytes.get(at) {
        if !SPECIAL[usize::from(*byte)] {
            at += 1;
            continue;
        }
        let (c, used) = match byte {
            b'&' => reference(&raw[at + 1..], quoted).map(|(c, used)| (c, used + 1))?,
            b'"' => ('"', 1),
            b'<' => ('<', 1),
            b'>' => ('>', 1),
            0xC2 if bytes.get(at + 1) == Some(&0xA0) => ('\u{A0}', 2),
            0xC2 => {
                at += 2;
                continue;
            }
            _ => return None,
        };
        out.push_str(&raw[kept_to..at]);
        push(c, quoted, out);
        at += used;
        kept_to = at;
    }
    out.push_str(&raw[kept_to..]);
    Some(())
}

/// Writes a resolved value.
pub(super) fn escape(value: &str, out: &mut String) {
    if value.bytes().any(|byte| SPECIAL[usize::from(byte)]) {
        value.chars().for_each(|c| push(c, true, out));
    } else {
        out.push_str(value);
    }
}

/// A raw value with its references resolved; `None` where parsers would read it otherwise than it looks.
pub(super) fn resolved(raw: &str) -> Option<Cow<'_, str>> {
    if raw.bytes().any(|byte| byte < 0x20) {
        return None;
    }
    if !raw.contains('&') {
        return Some(Cow::Borrowed(raw));
    }
    let mut value = String::with_capacity(raw.len());
    let mut pieces = raw.split('&');
    value.push_str(pieces.next().unwrap_or_default());
    let mut rest = raw;
    for piece in pieces {
        rest = &rest[rest.find('&')? + 1..];
        let (c, used) = reference(rest, true)?;
        value.push(c);
        value.push_str(&piece[used..]);
    }
    Some(Cow::Owned(value))
}

fn push(c: char, quoted: bool, out: &mut String) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' if quoted => out.push_str("&quot;"),
        '\u{A0}' => out.push_str("&nbsp;"),
        c => out.push(c),
    }
}

/// The character that is meant by what stands behind an ampersand, and how many bytes of it are used: none where the ampersand
/// means itself.
fn reference(after: &str, quoted: bool) -> Option<(char, usize)> {
    if let Some(number) = after.strip_prefix('#') {
        return numbered(number).map(|(c, used)| (c, used + 1));
    }
    let length = after.bytes().take_while(u8::is_ascii_alphanumeric).count();
    match after.as_bytes().get(length) {
        Some(b';') => named(&after[..length]).map(|c| (c, length + 1)),
        Some(b' ' | b'\n') if length == 0 => Some(('&', 0)),
        // `?a=1&copy=2` is an address that nobody escaped.
        Some(b'=') if length > 0 && quoted => Some(('&', 0)),
        _ => None,
    }
}

/// The names of HTML, without those that XML's own lists of entities give another meaning.
pub(super) fn named(name: &str) -> Option<char> {
    entity::named(name).filter(|_| !matches!(name, "lang" | "rang"))
}

fn numbered(number: &str) -> Option<(char, usize)> {
    let (digits, radix) = number.strip_prefix('x').map_or((number, 10), |digits| (digits, 16));
    let (digits, _) = digits.split_once(';')?;
    if digits.is_empty() || digits.len() > 6 || !digits.bytes().all(|byte| char::from(byte).is_digit(radix)) {
        return None;
    }
    let c = char::from_u32(u32::from_str_radix(digits, radix).ok()?)?;
    let used = number.len() - number.split_once(';')?.1.len();
    matches!(c, ' '..='~' | '\u{A0}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FFFD}' | '\u{10000}'..='\u{1FFFD}').then_some((c, used))
}
