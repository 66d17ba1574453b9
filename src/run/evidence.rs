//! Evidence in its place, for people: the text with the words that count marked and numbered, and below it what each says.

use crate::model::event::Field;
use crate::model::explained::{Explained, Reason};

use super::health::plain;

/// Texts of at most so many bytes are shown whole, longer ones only around what is marked.
const WHOLE: usize = 2_000;

/// Bytes that are shown before and behind a mark of a long text.
const AROUND: usize = 160;

/// Columns before a text.
const INDENT: &str = "            ";

/// How marks look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paint {
    /// In brackets: `[Goldman]1`.
    Plain,
    /// In colours of ANSI terminals.
    Colored,
}

/// A range of a text with its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Spot {
    start: usize,
    end: usize,
    number: usize,
    color: u8,
}

/// Title and text of an article with the evidence marked, then the tags and events with their reasons; one line each.
pub fn lines((title, text): (&str, &str), explained: &Explained, said: impl Fn(usize) -> String, paint: Paint) -> Vec<String> {
    let numbered = Numbered::of(explained);
    let mut lines = vec![format!("  title     {}", marked(title, &numbered.spots(Field::Title), paint))];
    lines.push(format!("  text      {}", marked(text, &numbered.spots(Field::Text), paint)));
    lines.extend(explained.tags.iter().map(|reason| format!("  tag   {}", numbered.line(reason))));
    for (index, reasons) in explained.events.iter().enumerate() {
        lines.push(format!("  says      {}", plain(&said(index))));
        lines.extend(reasons.iter().map(|reason| format!("        {}", numbered.line(reason))));
    }
    lines
}

/// The places of an explanation, each with its number, in the order of the text.
struct Numbered {
    places: Vec<(Field, usize, usize, u8)>,
}

impl Numbered {
    fn of(explained: &Explained) -> Self {
        let reasons = explained.events.iter().flatten().chain(&explained.tags);
        let mut places: Vec<_> = reasons
            .filter_map(|reason| reason.evidence.as_ref().map(|place| (place, color(reason.slot))))
            .map(|(place, color)| (place.field, place.start, place.end, color))
            .collect();
        places.sort_by_key(|(field, start, end, color)| (*field, *start, std::cmp::Reverse(*end), *color));
        places.dedup_by_key(|(field, start, end, _)| (*field, *start, *end));
        Self { places }
    }

    fn spots(&self, wanted: Field) -> Vec<Spot> {
        let all = self.places.iter().enumerate().filter(|(_, (field, ..))| *field == wanted);
        all.map(|(index, (_, start, end, color))| Spot { start: *start, end: *end, number: index + 1, color: *color }).collect()
    }

    fn line(&self, reason: &Reason) -> String {
        let place = reason.evidence.as_ref().map(|place| (place.field, place.start, place.end));
        let index = self.places.iter().position(|(field, start, end, _)| Some((*field, *start, *end)) == place);
        let number = index.map_or_else(String::new, |index| (index + 1).to_string());
        let entry = reason.entry.as_ref().map(|entry| format!("; \"{}\" in {}, {}", entry.term, entry.file, entry.key));
        let (slot, value, because, rule) = (reason.slot, &reason.value, reason.because, reason.rule);
        plain(&format!("{number:>3} {slot:<10} {value:<18} {because} ({rule}){}", entry.unwrap_or_default()))
    }
}

/// The colour of a slot: acts red, parties blue, technology green, places yellow, the rest violet.
fn color(slot: &str) -> u8 {
    match slot {
        "action" => 31,
        "actor" | "bank" => 34,
        "vendor" | "product" => 32,
        "region" => 33,
        _ => 35,
    }
}

/// A text with ranges marked; a long one only around them. What would steer a terminal is gone.
fn marked(text: &str, spots: &[Spot], paint: Paint) -> String {
    let mut borders: Vec<usize> = spots.iter().flat_map(|spot| [spot.start, spot.end]).collect();
    let windows = windows(text, &borders);
    borders.extend(windows.iter().flat_map(|(start, end)| [*start, *end]));
    borders.sort_unstable();
    borders.dedup();
    let mut shown = String::new();
    for (index, (from, to)) in windows.iter().enumerate() {
        shown.push_str(if index > 0 || *from > 0 { "… " } else { "" });
        let inside: Vec<usize> = borders.iter().copied().filter(|at| at >= from && at <= to).collect();
        for pair in inside.windows(2) {
            piece(text, (pair[0], pair[1]), (spots, paint), &mut shown);
        }
        shown.push_str(if *to < text.len() { " …" } else { "" });
    }
    shown
}

/// Adds the text between two borders, with what opens before it and closes behind it.
fn piece(text: &str, (from, to): (usize, usize), (spots, paint): (&[Spot], Paint), shown: &mut String) {
    let words: Vec<String> = text.get(from..to).unwrap_or("").split('\n').map(plain).collect();
    let words = words.join(&format!("\n{INDENT}"));
    let inner = spots.iter().filter(|spot| spot.start <= from && spot.end >= to).min_by_key(|spot| spot.end - spot.start);
    let opening = spots.iter().filter(|spot| spot.start == from).count();
    let mut closing: Vec<&Spot> = spots.iter().filter(|spot| spot.end == to).collect();
    closing.sort_by_key(|spot| (std::cmp::Reverse(spot.start), spot.number));
    match (paint, inner) {
        (Paint::Colored, Some(spot)) => shown.push_str(&format!("\u{1b}[1;{}m{words}\u{1b}[0m", spot.color)),
        (Paint::Colored, None) => shown.push_str(&words),
        (Paint::Plain, _) => {
            shown.push_str(&"[".repeat(opening));
            shown.push_str(&words);
        }
    }
    for spot in closing {
        shown.push_str(&match paint {
            Paint::Colored => format!("\u{1b}[2m{}\u{1b}[0m", spot.number),
            Paint::Plain => format!("]{}", spot.number),
        });
    }
}

/// The ranges of a text that are shown: all of a short one; of a long one what lies around its marks, or its beginning.
fn windows(text: &str, marks: &[usize]) -> Vec<(usize, usize)> {
    if text.len() <= WHOLE {
        return vec![(0, text.len())];
    }
    let mut marks = marks.to_vec();
    marks.sort_unstable();
    let mut found: Vec<(usize, usize)> = Vec::new();
    for mark in if marks.is_empty() { vec![0] } else { marks } {
        let from = text.floor_char_boundary(mark.saturating_sub(AROUND));
        let to = text.floor_char_boundary(mark.saturating_add(AROUND));
        match found.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => found.push((from, to)),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(start: usize, end: usize, number: usize) -> Spot {
        Spot { start, end, number, color: 31 }
    }

    #[test]
    fn marks_may_lie_inside_one_another() {
        let spots = [spot(0, 3, 1), spot(4, 21, 2), spot(10, 16, 3)];
        assert_eq!(marked("JPM pulls Claude from HK", &spots, Paint::Plain), "[JPM]1 [pulls [Claude]3 from]2 HK");
        let colored = marked("JPM pulls", &spots[..1], Paint::Colored);
        assert_eq!(colored, "\u{1b}[1;31mJPM\u{1b}[0m\u{1b}[2m1\u{1b}[0m pulls");
    }

    #[test]
    fn what_steers_a_terminal_never_reaches_it() {
        let hostile = "a\u{1b}[2Jb\u{202e}c\u{7}d\re\u{9b}f\nJPM";
        for paint in [Paint::Plain, Paint::Colored] {
            let shown = marked(hostile, &[spot(hostile.len() - 3, hostile.len(), 1)], paint);
            let own = shown.replace("\u{1b}[1;31m", "").replace("\u{1b}[2m", "").replace("\u{1b}[0m", "");
            assert!(!own.contains(['\u{1b}', '\u{202e}', '\u{7}', '\r', '\u{9b}']), "{own:?}");
            assert!(own.contains("\n            "), "{own:?}");
        }
    }

    #[test]
    fn of_a_long_text_only_what_lies_around_its_marks_is_shown() {
        let text = format!("{}JPM{}", "é".repeat(50_000), "é".repeat(50_000));
        let shown = marked(&text, &[spot(100_000, 100_003, 1)], Paint::Plain);
        assert!(shown.starts_with("… é") && shown.ends_with("é …") && shown.contains("é[JPM]1é"), "{shown}");
        assert!(shown.len() < 500);
        assert!(marked(&text, &[], Paint::Plain).len() < 300);
    }
}
