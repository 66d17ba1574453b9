//! Neat markup, which most is, made safe in one pass: exactly what the policy makes of it, without building a tree. Whatever a
//! parser would have to mend in a way that is not plain is left to the parser.

/// What is known of elements and attributes.
mod names;

/// Text and values.
mod words;

use std::borrow::Cow;

use memchr::memchr;
use url::{ParseError, Url};

use crate::read::address;

use names::Kind;

/// Nothing neat nests deeper.
const DEEPEST: usize = 100;

/// Longest tag in bytes.
const LONGEST_TAG: usize = 8 * 1024;

/// Safe HTML with what may surround it; `None` where the markup is not neat. `base` is what addresses in it are relative to.
pub(super) fn clean(html: &str, base: Option<&Url>) -> Option<String> {
    // Parsers drop the mark.
    if html.starts_with('\u{FEFF}') || super::is_dense(html) {
        return None;
    }
    let out = String::with_capacity(html.len() + html.len() / 16);
    let mut pass = Pass { html, at: 0, base, open: Vec::new(), out };
    while pass.at < html.len() {
        pass.piece()?;
    }
    while pass.close().is_some() {}
    Some(pass.out)
}

struct Pass<'a> {
    html: &'a str,
    /// Bytes read so far.
    at: usize,
    base: Option<&'a Url>,
    /// The elements under way, outermost first.
    open: Vec<(&'a str, Kind)>,
    out: String,
}

impl<'a> Pass<'a> {
    fn piece(&mut self) -> Option<()> {
        let rest = &self.html[self.at..];
        match rest.as_bytes() {
            [b'<', b'/', ..] => self.end(&rest[2..]),
            [b'<', ..] => self.start(&rest[1..]),
            bytes => self.text(&rest[..memchr(b'<', bytes).unwrap_or(rest.len())]),
        }
    }

    fn text(&mut self, text: &str) -> Option<()> {
        // Between the cells of a table parsers move text to its front.
        let blank = || text.bytes().all(|byte| matches!(byte, b' ' | b'\n' | b'\t'));
        if !self.is_in_flow() && !blank() {
            return None;
        }
        self.at += text.len();
        words::write(text, false, &mut self.out)
    }

    fn start(&mut self, inside: &'a str) -> Option<()> {
        let (name, kind) = named(inside)?;
        self.make_room(kind)?;
        let from = self.at;
        self.at += 1 + name.len();
        if kind == Kind::Silent {
            self.attributes(name, kind)?;
            return self.skip(name);
        }
        self.out.push('<');
        self.out.push_str(name);
        self.attributes(name, kind)?;
        self.out.push('>');
        if !kind.is_void() {
            self.open.push((name, kind));
        }
        (self.at - from <= LONGEST_TAG && self.open.len() <= DEEPEST).then_some(())
    }

    fn end(&mut self, inside: &str) -> Option<()> {
        let (name, kind) = named(inside)?;
        if inside.as_bytes().get(name.len()) != Some(&b'>') {
            return None;
        }
        self.at += name.len() + 3;
        kind.inner().iter().for_each(|inner| self.leave(*inner));
        if self.open.last().is_some_and(|(open, _)| *open == name) { self.close() } else { None }
    }

    /// Closes what closes itself before an element; `None` where the element has no place here.
    fn make_room(&mut self, kind: Kind) -> Option<()> {
        kind.before().iter().for_each(|before| self.leave(*before));
        if kind == Kind::Row && self.innermost() == Some(Kind::Table) {
            self.out.push_str("<tbody>");
            self.open.push(("tbody", Kind::Group));
        }
        let fits = match kind {
            Kind::Void | Kind::Silent | Kind::Inline => self.is_in_flow(),
            Kind::Link => self.is_in_flow() && self.open.iter().all(|(_, open)| *open != Kind::Link),
            Kind::Item => self.innermost() == Some(Kind::List),
            Kind::Group => self.innermost() == Some(Kind::Table),
            Kind::Row => self.innermost() == Some(Kind::Group),
            Kind::Cell => self.innermost() == Some(Kind::Row),
            _ => self.innermost().is_none_or(|open| matches!(open, Kind::Block | Kind::List | Kind::Item | Kind::Cell)),
        };
        fits.then_some(())
    }

    fn innermost(&self) -> Option<Kind> {
        self.open.last().map(|(_, kind)| *kind)
    }

    /// Whether text may stand here.
    fn is_in_flow(&self) -> bool {
        !matches!(self.innermost(), Some(Kind::Table | Kind::Group | Kind::Row))
    }

    fn leave(&mut self, kind: Kind) {
        if self.innermost() == Some(kind) {
            self.close();
        }
    }

    fn close(&mut self) -> Option<()> {
        let (name, _) = self.open.pop()?;
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
        Some(())
    }

    /// Goes on behind the end of an element whose content is no markup and is not shown.
    fn skip(&mut self, name: &str) -> Option<()> {
        let rest = &self.html[self.at..];
        let is_end = |at: &usize| rest.get(at + 2..at + 2 + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name));
        let (end, _) = rest.match_indices("</").find(|(at, _)| is_end(at))?;
        let behind = rest[end + 2..].strip_prefix(name)?.strip_prefix('>')?;
        self.at += rest.len() - behind.len();
        // Inside a comment a script may write of its own end.
        (!rest[..end].contains("<!--")).then_some(())
    }

    /// Writes what may stay of the attributes, up to the end of the tag.
    fn attributes(&mut self, element: &str, kind: Kind) -> Option<()> {
        let mut kept: Vec<&str> = Vec::new();
        loop {
            let rest = &self.html[self.at..];
            let inside = rest.trim_start_matches([' ', '\n', '\t']);
            let blank = rest.len() - inside.len();
            match inside.as_bytes() {
                [b'>', ..] => {
                    self.at += blank + 1;
                    return Some(());
                }
                [b'/', b'>', ..] if kind.is_void() => {
                    self.at += blank + 2;
                    return Some(());
                }
                _ if blank == 0 => return None,
                _ => {}
            }
            let (name, value, used) = attribute(inside)?;
            self.at += blank + used;
            if kind != Kind::Silent && names::keeps(element, name) {
                // Of two of a name parsers keep the first, and what is `cite` is for the policy to judge.
                if kept.contains(&name) || name == "cite" {
                    return None;
                }
                kept.push(name);
                self.write_attribute(name, value)?;
            }
        }
    }

    fn write_attribute(&mut self, name: &str, value: &str) -> Option<()> {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        if matches!(name, "href" | "src") {
            let address = self.address(value)?;
            words::escape(&address, &mut self.out);
        } else {
            words::write(value, true, &mut self.out)?;
        }
        self.out.push('"');
        Some(())
    }

    /// An address as the policy writes it; `None` where it may not stay.
    fn address<'b>(&self, value: &'b str) -> Option<Cow<'b, str>> {
        let link = words::resolved(value)?;
        match (Url::parse(&link), self.base) {
            (Ok(url), _) => matches!(url.scheme(), "http" | "https" | "mailto").then_some(link),
            (Err(ParseError::RelativeUrlWithoutBase), Some(base)) => {
                address::joined(base, &link).map(|url| String::from(url).into())
            }
            (Err(ParseError::RelativeUrlWithoutBase), None) => Some(link),
            (Err(_), _) => None,
        }
    }
}

/// The element that a tag names.
fn named(inside: &str) -> Option<(&str, Kind)> {
    let length = inside.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let name = &inside[..length];
    Some((name, Kind::of(name)?))
}

/// Name and raw value of the attribute that a text begins with, and its length. It must have both, the value in quotes.
fn attribute(inside: &str) -> Option<(&str, &str, usize)> {
    let length = inside.bytes().take_while(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-')).count();
    let quoted = inside[length..].strip_prefix('=')?;
    let quote = quoted.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let value = quoted[1..].split_once(quote)?.0;
    (length > 0 && !value.contains(['<', '>'])).then_some((&inside[..length], value, length + value.len() + 3))
}

#[cfg(test)]
mod tests;
