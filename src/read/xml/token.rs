//! Cuts markup into tags and text. Never stops at a fault: it notes it and goes on, for a strict reader loses a whole feed to
//! one bare ampersand.

use memchr::{memchr, memmem};

use crate::read::Repairs;

use super::entity::Declared;

/// A tag longer than this has lost its end.
const LONGEST_TAG: usize = 64 * 1024;

/// Entities that a document may declare, and how long each may be: enough for accents, too little for a bomb.
const MOST_ENTITIES: usize = 300;
const LONGEST_ENTITY: usize = 256;

/// A piece of markup. Slices are raw: references are not resolved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// `<name attributes>`; `empty` where it ends itself.
    Start { name: &'a str, attributes: &'a str, empty: bool },
    /// `</name>`.
    End(&'a str),
    /// Between tags.
    Text(&'a str),
    /// Inside `<![CDATA[ ]]>`.
    CData(&'a str),
}

/// Cuts a text from front to back.
pub(crate) struct Tokens<'a> {
    text: &'a str,
    at: usize,
    /// Where the next `>` stands, once looked for: looking anew at each `<` would take hours on a text without one.
    next_end: usize,
    /// What was looked for to the end of the text and not found, so that nobody looks again.
    missing: Vec<String>,
    /// From the document type's own subset.
    pub(crate) declared: Declared,
    /// Whether the text ended inside a piece.
    pub(crate) cut_off: bool,
    /// Whether a document type was seen, whose entities are then no fault.
    pub(crate) doctype: bool,
}

impl<'a> Tokens<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { text, at: 0, next_end: 0, missing: Vec::new(), declared: Declared::new(), cut_off: false, doctype: false }
    }

    /// Bytes read so far.
    pub(crate) fn position(&self) -> usize {
        self.at
    }

    /// Goes on behind the end tag of an element whose content is no markup, or to the end of the text where it has none.
    pub(crate) fn skip_element(&mut self, name: &str) {
        if !self.skip_whole(name) {
            self.at = self.text.len();
        }
    }

    /// Goes on behind the end tag of an element; stays, and says so, where it has none.
    pub(crate) fn skip_whole(&mut self, name: &str) -> bool {
        if self.missing.iter().any(|missing| missing.eq_ignore_ascii_case(name)) {
            return false;
        }
        let rest = &self.text[self.at..];
        let end = rest
            .match_indices("</")
            .find(|(at, _)| rest.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)));
        match end {
            Some((at, _)) => {
                self.at += at;
                self.skip_past(&rest[at..], ">");
            }
            None => self.missing.push(name.to_string()),
        }
        end.is_some()
    }

    /// The next piece; `None` at the end.
    pub(crate) fn next(&mut self, repairs: &mut Repairs) -> Option<Token<'a>> {
        loop {
            let rest = &self.text[self.at..];
            if rest.is_empty() {
                return None;
            }
            if !rest.starts_with('<') {
                return Some(self.plain(rest, 0));
            }
            if rest.starts_with("<!--") {
                self.comment(rest);
            } else if let Some(data) = rest.strip_prefix("<![CDATA[") {
                return Some(self.cdata(data, rest.len()));
            } else if rest.starts_with("<?") {
                self.skip_past(rest, if rest.starts_with("<?xml") { "?>" } else { ">" });
            } else if self.is_declaration(rest) {
                self.declaration(rest);
            } else if let Some(token) = self.tag(rest, repairs) {
                return Some(token);
            } else {
                repairs.note("a lone < was escaped");
                return Some(self.plain(rest, 1));
            }
        }
    }

    /// Text up to the next `<`, which is looked for from `from` on.
    fn plain(&mut self, rest: &'a str, from: usize) -> Token<'a> {
        let end = memchr(b'<', &rest.as_bytes()[from..]).map_or(rest.len(), |at| at + from);
        self.at += end;
        Token::Text(&rest[..end])
    }

    fn skip_past(&mut self, rest: &str, end: &str) {
        match memmem::find(rest.as_bytes(), end.as_bytes()) {
            Some(at) => self.at += at + end.len(),
            None => {
                self.cut_off = true;
                self.at = self.text.len();
            }
        }
    }

    /// A comment without its end goes to the next `>`: the rest of the text must not be lost with it.
    fn comment(&mut self, rest: &str) {
        const END: &str = "-->";
        if !self.missing.iter().any(|missing| missing == END) {
            if rest.contains(END) {
                return self.skip_past(rest, END);
            }
            self.missing.push(END.to_string());
        }
        self.skip_past(rest, ">");
    }

    fn cdata(&mut self, data: &'a str, whole: usize) -> Token<'a> {
        let prefix = whole - data.len();
        if let Some(end) = memmem::find(data.as_bytes(), b"]]>") {
            self.at += prefix + end + 3;
            return Token::CData(&data[..end]);
        }
        self.cut_off = true;
        self.at = self.text.len();
        Token::CData(data)
    }

    /// `<!` with a name behind it and a `>` somewhere.
    fn is_declaration(&mut self, rest: &str) -> bool {
        let named = |inside: &str| inside.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '[' | '-' | '>'));
        rest.strip_prefix("<!").is_some_and(named) && self.ends(rest)
    }

    /// Whether a `>` follows; `next_end` then says where.
    fn ends(&mut self, rest: &str) -> bool {
        if self.next_end <= self.at {
            self.next_end = memchr(b'>', rest.as_bytes()).map_or(usize::MAX, |at| at + self.at);
        }
        self.next_end != usize::MAX
    }

    /// `<!DOCTYPE …>`, with or without a subset in brackets.
    fn declaration(&mut self, rest: &'a str) {
        self.doctype |= rest.get(..9).is_some_and(|word| word.eq_ignore_ascii_case("<!doctype"));
        let end = rest.find('>').unwrap_or(rest.len());
        match rest[..end].find('[') {
            Some(open) => {
                let subset = &rest[open..];
                let close = subset.find("]>").or_else(|| subset.find(']')).unwrap_or(subset.len());
                self.declare(&subset[..close]);
                self.at += open + close;
                self.skip_past(&rest[open + close..], ">");
            }
            None => self.skip_past(rest, ">"),
        }
    }

    fn declare(&mut self, subset: &str) {
        for entity in subset.split("<!ENTITY").skip(1).take(MOST_ENTITIES) {
            let mut words = entity.trim_start().splitn(2, char::is_whitespace);
            let (Some(name), Some(value)) = (words.next(), words.next()) else { continue };
            let value = value.trim_start();
            let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) else { continue };
            let Some(value) = value[1..].split(quote).next().filter(|value| value.len() <= LONGEST_ENTITY) else { continue };
            // References inside a value are resolved once and against nothing declared, so that no bomb can grow.
            let value = super::entity::unescape(value, super::entity::Rules::Html, &Declared::new(), &mut Repairs::default());
            self.declared.insert(name.to_string(), value.into_owned());
        }
    }

    /// `None` where the `<` begins no tag.
    fn tag(&mut self, rest: &'a str, repairs: &mut Repairs) -> Option<Token<'a>> {
        let inside = &rest[1..];
        let closing = inside.starts_with('/');
        let name_from = &inside[usize::from(closing)..];
        if !name_from.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == ':') {
            return None;
        }
        let name_length = name_from
            .find(|c: char| c.is_whitespace() || matches!(c, '/' | '>' | '<' | '=' | '"' | '\''))
            .unwrap_or(name_from.len());
        let (name, after) = name_from.split_at(name_length);
        if !self.ends(rest) && !inside.contains('<') {
            self.cut_off = true;
            self.at = self.text.len();
            return Some(Token::Text(""));
        }
        let end = if self.next_end - self.at > LONGEST_TAG { None } else { tag_end(after) }?;
        let body = &after[..end];
        self.at += rest.len() - after.len() + end + usize::from(after[end..].starts_with('>'));
        if !after[end..].starts_with('>') {
            repairs.note("a tag without > was closed");
        }
        if closing {
            return Some(Token::End(name));
        }
        let (attributes, empty) = body.strip_suffix('/').map_or((body, false), |body| (body, true));
        Some(Token::Start { name, attributes, empty })
    }
}

/// Where a tag's `>` stands, quotes minded; a `<` outside quotes ends it as well. `None` where there is no end.
fn tag_end(after: &str) -> Option<usize> {
    let bytes = &after.as_bytes()[..after.len().min(LONGEST_TAG)];
    let mut quote = None;
    for (at, byte) in bytes.iter().enumerate() {
        match (quote, byte) {
            (Some(open), byte) if open == *byte => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') if after_equals(&bytes[..at]) => quote = Some(*byte),
            (None, b'>') => return Some(at),
            (None, b'<') => return blank_between(&bytes[..at]).then_some(at),
            _ => {}
        }
    }
    // A quote that never closes: the first > will have been meant.
    bytes.iter().position(|byte| *byte == b'>')
}

/// Only a quote that follows `=` opens a value; an apostrophe elsewhere is dirt.
fn after_equals(before: &[u8]) -> bool {
    before.iter().rev().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'=')
}

/// `<title <link>`: a tag without its `>`. Anything longer is text with a `<` in it.
fn blank_between(between: &[u8]) -> bool {
    between.iter().all(u8::is_ascii_whitespace)
}

/// The attributes of a tag in order, values raw, and whether all have their values and quotes.
pub(crate) fn attributes(raw: &str) -> (Vec<(&str, &str)>, bool) {
    let mut found = Vec::new();
    let mut sound = true;
    let mut rest = raw.trim_start();
    while !rest.is_empty() {
        let name_length = rest.find(|c: char| c.is_whitespace() || c == '=').unwrap_or(rest.len());
        let (name, after) = rest.split_at(name_length);
        let after = after.trim_start();
        let Some(value) = after.strip_prefix('=').map(str::trim_start) else {
            if !name.is_empty() {
                found.push((name, ""));
            }
            sound = false;
            rest = if name.is_empty() { "" } else { after };
            continue;
        };
        let (value, after) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            _ => {
                sound = false;
                value.split_at(value.find(char::is_whitespace).unwrap_or(value.len()))
            }
        };
        found.push((name, value));
        rest = after.trim_start();
    }
    (found, sound)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[Token<'_>]) -> Vec<String> {
        let mut repairs = Repairs::default();
        let mut tokens = Tokens::new(text);
        let found: Vec<_> = std::iter::from_fn(|| tokens.next(&mut repairs)).collect();
        assert_eq!(found, expected, "{text}");
        repairs.into_words()
    }

    fn start<'a>(name: &'a str, attributes: &'a str) -> Token<'a> {
        Token::Start { name, attributes, empty: false }
    }

    #[test]
    fn markup_is_cut_into_pieces() {
        let pieces = [start("a", " b='>'"), Token::Text("c"), Token::CData("<d>"), Token::End("a")];
        assert!(check("<?xml version='1.0'?><!-- <x> --><a b='>'>c<![CDATA[<d>]]></a>", &pieces).is_empty());
    }

    #[test]
    fn a_lone_angle_bracket_is_text() {
        let pieces = [start("a", ""), Token::Text("1 "), Token::Text("< 2"), Token::End("a")];
        assert_eq!(check("<a>1 < 2</a>", &pieces), ["a lone < was escaped"]);
    }

    #[test]
    fn a_tag_that_lost_its_end_is_closed() {
        assert_eq!(check("<a <b>c", &[start("a", " "), start("b", ""), Token::Text("c")]), ["a tag without > was closed"]);
    }

    #[test]
    fn attributes_may_lack_quotes_and_values() {
        let pairs = vec![("a", "1"), ("b", "2"), ("c", "3"), ("d", ""), ("e", "x y")];
        assert_eq!(attributes(" a='1' b = \"2\"c=3 d e=\"x y\" "), (pairs, false));
        assert_eq!(attributes(" a='1'\n b=\"2\" "), (vec![("a", "1"), ("b", "2")], true));
        assert_eq!(attributes("=5 a"), (vec![("", "5"), ("a", "")], false));
        assert_eq!(attributes("a='open"), (vec![("a", "open")], true));
    }

    #[test]
    fn a_document_may_declare_its_entities_but_no_bomb() {
        let text = "<!DOCTYPE rss [<!ENTITY a \"b&#233;\"><!ENTITY c \"&a;&a;\">]><rss/>";
        let mut tokens = Tokens::new(text);
        tokens.next(&mut Repairs::default());
        assert_eq!(tokens.declared.get("a").map(String::as_str), Some("bé"));
        assert_eq!(tokens.declared.get("c").map(String::as_str), Some("&a;&a;"));
    }
}
