//! Short exact pieces of articles: never more than 25 running words of an outlet.

use crate::model::article::Article;
use crate::model::event::{AccessEvent, Evidence, Field};
use crate::model::insight::Cited;
use crate::model::story::Told;

/// Most words of an outlet that are shown in a row.
const WORDS: usize = 25;

/// Most characters where words are not separated: about as much as 25 English words say.
const CHARACTERS: usize = 45;

/// Where a report tells of an event: the evidence of the same action and actor, else of its first event.
pub fn event(told: &Told, event: &AccessEvent) -> Option<Cited> {
    let events = &told.tagged.events;
    let fits = |other: &&AccessEvent| other.action == event.action && other.actor == event.actor;
    let found = events.iter().find(fits).or_else(|| events.iter().find(|other| !other.recalled)).or(events.first())?;
    cited(told, found.evidence.first()?)
}

/// A place in an article, clipped; `None` where the range is not of this text.
pub fn cited(told: &Told, evidence: &Evidence) -> Option<Cited> {
    Some(Cited {
        article: told.article.id.clone(),
        outlet: told.article.outlet.clone(),
        lang: told.article.lang.clone(),
        url: told.article.url.clone(),
        date: told.article.published().date(),
        evidence: clipped(&told.article, evidence)?,
    })
}

fn clipped(article: &Article, evidence: &Evidence) -> Option<Evidence> {
    let field = match evidence.field {
        Field::Title => &article.title,
        Field::Text => &article.text,
    };
    let whole = field.get(evidence.start..evidence.end)?;
    let length = short(whole);
    let quote = whole[..length].trim_end();
    (!quote.is_empty()).then(|| Evidence { end: evidence.start + quote.len(), quote: quote.to_string(), ..evidence.clone() })
}

/// Bytes of the longest beginning that is short enough.
fn short(text: &str) -> usize {
    let mut words = 0;
    let mut characters = 0;
    let mut in_word = false;
    for (at, character) in text.char_indices() {
        let is_dense = ('\u{2e80}'..='\u{9fff}').contains(&character) || ('\u{ac00}'..='\u{d7af}').contains(&character);
        characters += usize::from(is_dense);
        let is_part = !character.is_whitespace();
        words += usize::from(is_part && !in_word);
        in_word = is_part;
        if words > WORDS || characters > CHARACTERS {
            return at;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_ends_after_25_words_on_a_whole_word() {
        let text = "word ".repeat(30);
        assert_eq!(text[..short(&text)].split_whitespace().count(), 25);
        assert_eq!(short("short enough"), 12);
        let dense = "字".repeat(60);
        assert_eq!(dense[..short(&dense)].chars().count(), CHARACTERS);
    }
}
