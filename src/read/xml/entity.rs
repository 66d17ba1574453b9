//! Character references: the five of XML, the names of HTML, numbers, and what a document declares itself.

use std::borrow::Cow;
use std::collections::BTreeMap;

use memchr::{memchr, memmem};

use crate::read::Repairs;

/// The longest name that any table holds is far shorter.
const LONGEST_NAME: usize = 32;

/// The names of U+00A0 to U+00FF, in order.
const LATIN: &str = "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro \
para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc \
Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig \
agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc \
otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml";

/// The names of U+0391 to U+03C9, in order; a dash where there is none.
const GREEK: &str = "Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho - Sigma Tau Upsilon Phi \
Chi Psi Omega - - - - - - - alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigmaf sigma tau \
upsilon phi chi psi omega";

/// Names followed by the character that they mean.
const OTHERS: &str = "lt < gt > amp & quot \" apos ' OElig Œ oelig œ Scaron Š scaron š Yuml Ÿ fnof ƒ circ ˆ tilde ˜ ensp \u{2002} emsp \u{2003} \
thinsp \u{2009} zwnj \u{200C} zwj \u{200D} ndash – mdash — lsquo ‘ rsquo ’ sbquo ‚ ldquo “ rdquo ” bdquo „ dagger † Dagger ‡ bull • hellip … \
permil ‰ prime ′ Prime ″ lsaquo ‹ rsaquo › oline ‾ frasl ⁄ euro € image ℑ weierp ℘ real ℜ trade ™ alefsym ℵ larr ← uarr ↑ rarr → darr ↓ \
harr ↔ crarr ↵ lArr ⇐ uArr ⇑ rArr ⇒ dArr ⇓ hArr ⇔ forall ∀ part ∂ exist ∃ empty ∅ nabla ∇ isin ∈ notin ∉ ni ∋ prod ∏ sum ∑ minus − \
lowast ∗ radic √ prop ∝ infin ∞ ang ∠ and ∧ or ∨ cap ∩ cup ∪ int ∫ there4 ∴ sim ∼ cong ≅ asymp ≈ ne ≠ equiv ≡ le ≤ ge ≥ sub ⊂ sup ⊃ \
nsub ⊄ sube ⊆ supe ⊇ oplus ⊕ otimes ⊗ perp ⊥ sdot ⋅ lceil ⌈ rceil ⌉ lfloor ⌊ rfloor ⌋ loz ◊ spades ♠ clubs ♣ hearts ♥ diams ♦ \
excl ! num # dollar $ percnt % lpar ( rpar ) ast * plus + comma , period . sol / colon : semi ; equals = quest ? commat @ lsqb [ lbrack [ \
bsol \\ rsqb ] rbrack ] lowbar _ grave ` lcub { lbrace { verbar | vert | rcub } rbrace } hyphen ‐ dash ‐ horbar ― check ✓ star ☆ starf ★ \
Ccaron Č ccaron č Zcaron Ž zcaron ž Cacute Ć cacute ć Lstrok Ł lstrok ł Sacute Ś sacute ś Zacute Ź zacute ź Zdot Ż zdot ż lang \u{2329} rang \u{232A} thetasym ϑ upsih ϒ piv ϖ lrm \u{200E} rlm \u{200F} aogon ą eogon ę \
nacute ń ecaron ě rcaron ř Gbreve Ğ gbreve ğ Idot İ inodot ı Scedil Ş scedil ş Abreve Ă abreve ă Odblac Ő odblac ő Udblac Ű udblac ű";

/// Entities that a document declares for itself.
pub(crate) type Declared = BTreeMap<String, String>;

/// Where a text stands decides what a bare ampersand means.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rules {
    /// Only `&name;` counts, and names of HTML are a fault to be noted.
    Xml,
    /// As `Xml`, but a document type declares HTML's names.
    Doctype,
    /// HTML's names are at home.
    Html,
}

/// A text with its references resolved. What is no reference stays as it stands, and is noted.
pub(crate) fn unescape<'a>(raw: &'a str, rules: Rules, declared: &Declared, repairs: &mut Repairs) -> Cow<'a, str> {
    let Some(first) = memchr(b'&', raw.as_bytes()) else { return Cow::Borrowed(raw) };
    let mut text = String::with_capacity(raw.len());
    text.push_str(&raw[..first]);
    let mut rest = &raw[first..];
    while let Some(after) = rest.strip_prefix('&') {
        let used = match reference(after, declared) {
            Some((Meaning::Character(c), used)) => {
                text.extend(c);
                used
            }
            Some((Meaning::Name(name, meaning), used)) => {
                if rules == Rules::Xml && !matches!(name, "lt" | "gt" | "amp" | "quot" | "apos") {
                    repairs.note("HTML entities were resolved");
                }
                text.push(meaning);
                used
            }
            Some((Meaning::Declared(value), used)) => {
                text.push_str(value);
                used
            }
            None => {
                if rules != Rules::Html {
                    repairs.note("a lone & was escaped");
                }
                text.push('&');
                0
            }
        };
        rest = &after[used..];
        let next = memchr(b'&', rest.as_bytes()).unwrap_or(rest.len());
        text.push_str(&rest[..next]);
        rest = &rest[next..];
    }
    Cow::Owned(text)
}

enum Meaning<'a> {
    Character(Option<char>),
    Name(&'a str, char),
    Declared(&'a str),
}

/// What stands after an ampersand, and how many bytes of it belong to the reference.
fn reference<'a>(after: &'a str, declared: &'a Declared) -> Option<(Meaning<'a>, usize)> {
    if let Some(number) = after.strip_prefix('#') {
        let (digits, radix) = match number.strip_prefix(['x', 'X']) {
            Some(digits) => (digits, 16),
            None => (number, 10),
        };
        let length = digits.bytes().take_while(|byte| (*byte as char).is_digit(radix)).count();
        let code = u32::from_str_radix(digits.get(..length).filter(|digits| !digits.is_empty())?, radix).unwrap_or(0);
        let end = digits[length..].starts_with(';');
        let used = after.len() - digits.len() + length + usize::from(end);
        return Some((Meaning::Character(numbered(code)), used));
    }
    let length = after
        .bytes()
        .take(LONGEST_NAME)
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'))
        .count();
    let name = &after[..length];
    if !after[length..].starts_with(';') {
        return None;
    }
    let meaning =
        declared.get(name).map(|value| Meaning::Declared(value)).or_else(|| named(name).map(|c| Meaning::Name(name, c)))?;
    Some((meaning, length + 1))
}

/// The character of a number. HTML reads 128 to 159 as windows-1252, and so do feeds; `None` where XML has no such character.
fn numbered(code: u32) -> Option<char> {
    if let Ok(byte @ 0x80..=0x9F) = u8::try_from(code) {
        return encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next();
    }
    char::from_u32(code).filter(|c| allowed(*c))
}

/// Whether XML knows the character at all.
pub(crate) fn allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..) && !matches!(c, '\u{7F}'..='\u{9F}' | '\u{FFFE}' | '\u{FFFF}')
}

/// The character of a name.
pub(crate) fn named(name: &str) -> Option<char> {
    let quick = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{A0}'),
        _ => None,
    };
    let counted = |list: &str, first: u32| {
        let at = word(list, name)?;
        let before = list[..at].bytes().filter(|byte| *byte == b' ').count();
        char::from_u32(first + u32::try_from(before).ok()?)
    };
    let paired = || OTHERS[word(OTHERS, name)? + name.len()..].trim_start_matches(' ').chars().next();
    quick.or_else(|| counted(LATIN, 0xA0)).or_else(|| counted(GREEK, 0x391)).or_else(paired)
}

/// Where a whole word stands in a list of words. What the list's names mean is never a word that a name could be.
fn word(list: &str, name: &str) -> Option<usize> {
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let bounded = |at: &usize| {
        let (before, behind) = (list[..*at].bytes().next_back(), list[at + name.len()..].bytes().next());
        before.is_none_or(|byte| byte == b' ') && behind.is_none_or(|byte| byte == b' ')
    };
    memmem::find_iter(list.as_bytes(), name).find(bounded)
}

/// Every name that has a character.
#[cfg(test)]
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    let words = LATIN.split(' ').chain(GREEK.split(' ')).chain(OTHERS.split(' ').step_by(2));
    words.filter(|name| *name != "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(raw: &str, expected: &str) -> Vec<String> {
        let mut repairs = Repairs::default();
        assert_eq!(unescape(raw, Rules::Xml, &Declared::new(), &mut repairs), expected, "{raw}");
        repairs.into_words()
    }

    #[test]
    fn references_are_resolved() {
        assert!(check("a &lt;b&gt; &amp; &quot;c&quot; &apos;d&apos;", "a <b> & \"c\" 'd'").is_empty());
        assert!(check("&#233;&#xe9;&#x94F6;", "éé银").is_empty());
    }

    #[test]
    fn names_of_html_are_resolved_and_said() {
        for (raw, expected) in [
            ("&nbsp;", "\u{A0}"),
            ("&yuml;", "ÿ"),
            ("&omega;", "ω"),
            ("&Alpha;", "Α"),
            ("&hellip;", "…"),
            ("&euro;", "€"),
            ("&udblac;", "ű"),
            ("&iexcl;", "¡"),
        ] {
            assert_eq!(check(raw, expected), ["HTML entities were resolved"]);
        }
    }

    #[test]
    fn a_lone_ampersand_stays_and_is_said() {
        for raw in ["AT&T", "a & b", "?a=1&b=2", "&", "&&amp", "&unknown;", "&-;", "&;", "&.;", "&#;", "&#x;"] {
            assert_eq!(check(raw, raw), ["a lone & was escaped"]);
        }
    }

    #[test]
    fn numbers_of_windows_1252_are_what_was_meant() {
        check("&#145;a&#146; &#150;", "‘a’ –");
    }

    #[test]
    fn numbers_that_xml_does_not_know_vanish() {
        check("a&#0;b&#8;c&#x110000;d&#xD800;e&#99999999999;", "abcde");
    }
}
