//! Runs of capitals that may be names of firms and products.

use super::signs::{AUTHORITY, BANK, FORMS, GIVEN, JOINTS, KINDS, PLAIN, TITLES, VENDOR, has};
use super::{Guess, Place, Run};
use crate::model::event::{Audience, Field};
use crate::model::taxonomy::Kind;
use crate::tag::words::{Class, Cue, Frame};

/// Words of the longest name that is taken for one.
const LONGEST: usize = 6;

/// A word by its bytes in the text as given.
#[derive(Clone, Copy, Debug)]
struct Token<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    /// The first word of its sentence.
    opens: bool,
}

/// The runs of a sentence that may be names, in order.
pub(super) fn runs(place: &Place<'_>) -> Vec<Run> {
    let tokens = tokens(place);
    if place.view.field == Field::Title && shouts(&tokens) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let length = length(place, &tokens[at..]);
        if length > 0 {
            found.extend(run(place, &tokens, (at, at + length)));
        }
        at += length.max(1);
    }
    found
}

fn tokens<'a>(place: &Place<'a>) -> Vec<Token<'a>> {
    let (from, to) = place.range();
    let text = &place.view.original[from..to];
    let mut found: Vec<Token<'a>> = Vec::new();
    let mut rest = 0;
    while let Some(first) = text[rest..].find(is_part) {
        let start = rest + first;
        let length = text[start..]
            .char_indices()
            .find(|(at, c)| !is_part(*c) && !joins(text, start + at))
            .map_or(text.len() - start, |(at, _)| at);
        let word = text[start..start + length].trim_end_matches(['.', '-', '&', '+']);
        let (start, opens) = (from + start, found.is_empty());
        if !word.is_empty() {
            found.push(Token { start, end: start + word.len(), text: word, opens });
        }
        rest = start - from + length;
    }
    found
}

/// Letters of Latin script, digits.
fn is_part(c: char) -> bool {
    c.is_alphanumeric() && (c < '\u{0250}' || ('\u{1E00}'..'\u{1F00}').contains(&c))
}

/// A mark inside a word: Character.AI, AT&T, GPT-5.
fn joins(text: &str, at: usize) -> bool {
    let mark = text[at..].starts_with(['.', '-', '&', '+']);
    mark && text[at + 1..].starts_with(is_part)
}

/// A headline with capitals everywhere.
fn shouts(tokens: &[Token<'_>]) -> bool {
    let long: Vec<_> = tokens.iter().skip(1).filter(|token| token.text.chars().count() > 3).collect();
    let capitals = long.iter().filter(|token| token.text.starts_with(char::is_uppercase)).count();
    long.len() > 3 && capitals * 5 > long.len() * 4
}

/// A capital inside, or a digit beside one: no word of a language looks so. Three capitals are an abbreviation of something.
fn is_odd(word: &str) -> bool {
    let inside = word.chars().skip(1).any(|c| c.is_uppercase() || c.is_ascii_digit());
    let short = word.chars().count() <= 3 && word.chars().all(char::is_uppercase);
    inside && !short && word.starts_with(char::is_alphabetic) && word.chars().any(char::is_uppercase)
}

fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase) || is_odd(word)
}

/// Words from the first of some tokens that make one run.
fn length(place: &Place<'_>, tokens: &[Token<'_>]) -> usize {
    let text = place.view.original;
    let mut length = 0;
    while length < tokens.len().min(LONGEST) {
        let token = &tokens[length];
        let touches = length == 0 || text[tokens[length - 1].end..token.start].chars().all(|c| c == ' ' || c == '\u{a0}');
        let joint = length > 0
            && has(JOINTS, &token.text.to_lowercase())
            && tokens[..length].iter().any(|token| kind(token.text).is_some())
            && tokens.get(length + 1).is_some_and(|next| is_capital(next.text));
        let number = length > 0 && token.text.starts_with(|c: char| c.is_ascii_digit());
        if !touches || !(is_capital(token.text) || joint || number) {
            break;
        }
        length += 1;
    }
    length
}

/// What a word makes of the name that it stands in.
fn kind(word: &str) -> Option<Guess> {
    let word = word.to_lowercase();
    let part = |parts: &str| {
        let ends = |part: &str| word == part || part.len() >= 4 && word.len() > part.len() && word.ends_with(part);
        parts.split(' ').any(ends)
    };
    [(BANK, Guess::Bank), (AUTHORITY, Guess::Authority), (VENDOR, Guess::Vendor)]
        .into_iter()
        .find(|(parts, _)| part(parts))
        .map(|(_, guess)| guess)
}

/// A run of tokens as a name; `None` where it is none, or none that is unknown.
fn run(place: &Place<'_>, tokens: &[Token<'_>], (from, to): (usize, usize)) -> Option<Run> {
    let (behind, vendor) = behind_maker(place, &tokens[from..to])?;
    let (mut from, mut to) = (from + behind, to);
    let is_place = |token: &Token<'_>| matches!(known(place, token), Some((Kind::Region, _)));
    let is_firm = named_kind(&tokens[from..to]).is_some();
    while from < to && (is_dull(place, &tokens[from], is_firm) || is_place(&tokens[from]) && !is_firm) {
        from += 1;
    }
    while from < to && (is_tail(tokens[to - 1].text) || is_place(&tokens[to - 1]) && !is_firm) {
        to -= 1;
    }
    let words = &tokens[from..to];
    if words.is_empty()
        || words.iter().all(|token| is_place(token) || is_common(place, token))
        || is_person(place, tokens, (from, to))
    {
        return None;
    }
    let (start, end) = (words[0].start, words[words.len() - 1].end);
    let name = place.view.original[start..end].to_string();
    let guess = named_kind(words);
    if name.chars().filter(|c| c.is_alphabetic()).count() < 2 || is_initials(place, words) || is_home(place, end) {
        return None;
    }
    let is_name = is_sure(place, tokens, (from, to), guess);
    is_name.then_some(Run { start, end, name, guess: vendor.is_none().then_some(guess).flatten(), vendor })
}

/// Two or three capitals by themselves that do nothing: an abbreviation of anything.
fn is_initials(place: &Place<'_>, words: &[Token<'_>]) -> bool {
    let [one] = words else { return false };
    let few = one.text.chars().count() <= 3 && one.text.chars().all(char::is_uppercase);
    few && !one.opens && !matches!(place.family, "zh" | "ja" | "ko") && !is_subject(place, one)
}

/// How many words of a run are a known maker's before what it makes ("Google Quillwort"), and whose; `None` where another known
/// name stands in it.
fn behind_maker(place: &Place<'_>, words: &[Token<'_>]) -> Option<(usize, Option<String>)> {
    let mut found = (0, None);
    for (at, token) in words.iter().enumerate() {
        match known(place, token) {
            Some((Kind::Vendor, id)) if at + 1 < words.len() => found = (at + 1, Some(id)),
            Some((Kind::Region, _)) | None => {}
            Some(_) => return None,
        }
    }
    Some(found)
}

/// What the words of a name say that it is: a vendor by its last, the others by any.
fn named_kind(words: &[Token<'_>]) -> Option<Guess> {
    let own = words.iter().rev().enumerate().filter_map(|(at, token)| kind(token.text).map(|guess| (at, guess)));
    own.filter(|(at, guess)| *at == 0 || *guess != Guess::Vendor).map(|(_, guess)| guess).next()
}

/// "The Charlotte lender": a place that says where somebody is at home.
fn is_home(place: &Place<'_>, end: usize) -> bool {
    let noun = |class: &Class| {
        matches!(class, Class::Cue(Cue::BankNoun | Cue::VendorNoun | Cue::CompanyNoun | Cue::Home) | Class::Refers(_))
    };
    place.sentence.marks.iter().filter(|mark| noun(&mark.class)).any(|mark| {
        let (start, _) = place.view.plain.original(mark.start, mark.end);
        start >= end && start - end <= 1
    }) && place.view.original[..end].split([' ', '\n']).rev().take(4).any(|word| word.eq_ignore_ascii_case("the"))
}

/// Whether a run stands as only a name does.
fn is_sure(place: &Place<'_>, tokens: &[Token<'_>], (from, to): (usize, usize), guess: Option<Guess>) -> bool {
    let words = &tokens[from..to];
    if words.iter().any(|token| is_odd(token.text) && !is_common(place, token)) {
        return true;
    }
    // One word for a kind of firm names none: "Trust", "Sparkasse".
    if let [one] = words
        && guess.is_some()
    {
        return kind_is_part(one.text) && (place.family == "de" || !place.vocabulary.has(&one.text.to_lowercase()));
    }
    if guess.is_some() {
        return true;
    }
    let unspaced = matches!(place.family, "zh" | "ja" | "ko");
    if words[0].opens && is_subject(place, &words[words.len() - 1]) {
        return true;
    }
    if place.family == "de" {
        return is_called(place, tokens, from);
    }
    let opens = words[0].opens;
    unspaced || !opens || words.len() > 1 || again(place, words[0].text)
}

/// "Quillbank bars": the words of an act right behind.
fn is_subject(place: &Place<'_>, last: &Token<'_>) -> bool {
    const RIGHT_BEHIND: usize = 14;
    place.sentence.marks.iter().any(|mark| {
        let (start, _) = place.view.plain.original(mark.start, mark.end);
        let acts = matches!(mark.class, Class::Act(_, Frame::Does | Frame::Done) | Class::Undo);
        acts && start > last.end && start - last.end <= RIGHT_BEHIND && !place.view.original[last.end..start].contains([',', ':'])
    })
}

/// "Volksbank" holds more than the word for a bank.
fn kind_is_part(word: &str) -> bool {
    let word = word.to_lowercase();
    ![BANK, AUTHORITY, VENDOR, KINDS].into_iter().any(|kinds| has(kinds, &word))
}

/// German writes every noun so: there a name stands behind a word for what it names: "den Chatbot Quillwort".
fn is_called(place: &Place<'_>, tokens: &[Token<'_>], from: usize) -> bool {
    let Some(before) = from.checked_sub(1).map(|at| &tokens[at]) else { return again(place, tokens[from].text) };
    let end = before.end;
    let called = |class: &Class| matches!(class, Class::Cue(Cue::Tech | Cue::VendorNoun | Cue::BankNoun) | Class::Refers(_));
    let named = place.sentence.marks.iter().any(|mark| {
        let (_, to) = place.view.plain.original(mark.start, mark.end);
        to == end && called(&mark.class) && before.text.starts_with(char::is_uppercase)
    });
    named || again(place, tokens[from].text)
}

/// Whether a word stands in the text more than once, not only as an opening: a theme of the article, and written so each time.
fn again(place: &Place<'_>, word: &str) -> bool {
    let text = place.view.original;
    let mut hits = text.match_indices(word).filter(|(at, _)| *at > 2).map(|(at, _)| &text[..at]);
    let inside = |before: &str| before.trim_end().ends_with(|c: char| c.is_lowercase() || c == ',');
    let german = place.family == "de";
    let inside = hits.by_ref().filter(|before| inside(before)).count();
    inside >= if german { 2 } else { 1 } && !(german && place.vocabulary.has(&word.to_lowercase()))
}

/// The known name that a token is part of.
fn known(place: &Place<'_>, token: &Token<'_>) -> Option<(Kind, String)> {
    let covers = |(from, to): (usize, usize)| from < token.end && token.start < to;
    let name = place.known.iter().find(|name| covers(place.view.plain.original(name.start, name.end)))?;
    let members = || name.members.iter().map(|index| &place.tagger.names.members[*index]);
    let region = members().find(|one| one.kind == Kind::Region);
    let vendor = members().find(|one| one.kind == Kind::Vendor);
    region.or(vendor).or_else(|| members().next()).map(|one| (one.kind, one.id.clone()))
}

/// A word that opens a run and is no part of a name.
fn is_dull(place: &Place<'_>, token: &Token<'_>, is_firm: bool) -> bool {
    let word = token.text.to_lowercase();
    let is_kind = is_firm && kind(token.text).is_some();
    !is_kind && has(PLAIN, &word)
        || token.opens && !is_odd(token.text) && place.vocabulary.has(&word) && kind(token.text).is_none()
}

/// A legal form, or a word that closes no name.
fn is_tail(word: &str) -> bool {
    let word = word.to_lowercase();
    has(FORMS, &word) || has(JOINTS, &word) || has(PLAIN, &word) && kind(&word).is_none()
}

fn is_common(place: &Place<'_>, token: &Token<'_>) -> bool {
    let word = token.text.to_lowercase();
    let number = token.text.chars().all(|c| !c.is_alphabetic());
    number || has(PLAIN, &word) || has(JOINTS, &word) || !is_odd(token.text) && place.vocabulary.has(&word)
}

/// "Senator Jane Doe", "Jane Doe, a partner at".
fn is_person(place: &Place<'_>, tokens: &[Token<'_>], (from, to): (usize, usize)) -> bool {
    let words = &tokens[from..to];
    if words.iter().any(|token| kind(token.text).is_some() || is_odd(token.text)) {
        return false;
    }
    let title = from.checked_sub(1).is_some_and(|at| has(TITLES, &tokens[at].text.to_lowercase()));
    let given = |token: &Token<'_>| has(GIVEN, &token.text.to_lowercase());
    let says = place.sentence.marks.iter().any(|mark| {
        let (start, _) = place.view.plain.original(mark.start, mark.end);
        mark.class == Class::Cue(Cue::Say) && start >= words[words.len() - 1].end && start - words[words.len() - 1].end <= 12
    });
    // Of two plain words that do something to nobody's staff most are a person.
    let staff = place.sentence.marks.iter().any(|mark| matches!(mark.class, Class::Audience(Audience::Employees)));
    title || words.iter().any(given) || words.len() >= 2 && (says || !staff && words[0].opens)
}
