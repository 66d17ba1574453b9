//! Whose account a report is. Many outlets print one account: copies and translations are evidence, and reports that rest on
//! one source share an origin.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::outlet::{key, printed_for};
use super::sketch::Sketch;
use crate::model::article::Article;
use crate::model::story::{Origin, Told};
use crate::model::when::When;

/// A translation follows its model within so many days.
const TRANSLATION_DAYS: i32 = 3;

/// Numbers that two texts must have in common to be one text in two languages.
const FEWEST_NUMBERS: usize = 2;

pub(super) fn lineage(reports: &mut [Told]) {
    let mut order: Vec<usize> = (0..reports.len()).collect();
    order.sort_by_key(|&at| place(&reports[at].article));
    let shared = named(reports);
    let sketches: Vec<Option<Sketch>> = reports.iter().map(|told| Sketch::of(&told.article.title, &told.article.text)).collect();
    for (rank, &at) in order.iter().enumerate() {
        let earlier = || order[..rank].iter().copied();
        let text =
            |&model: &usize| sketches[at].as_ref().zip(sketches[model].as_ref()).is_some_and(|(one, other)| one.same(other));
        let model = earlier().find(|model| text(model) || copies(&reports[at], &reports[*model]));
        let origin = match model {
            Some(model) => {
                let own = &reports[model].origin;
                let root = own.copy_of.clone().unwrap_or_else(|| reports[model].article.id.clone());
                Origin { copy_of: Some(root), ..own.clone() }
            }
            None => origin(&reports[at], &shared),
        };
        reports[at].origin = origin;
    }
}

/// The official word first on its day, then by time of publication, as far as it is known, and id.
fn place(article: &Article) -> (jiff::civil::Date, bool, Timestamp, String) {
    let published = article.published();
    let instant = match published {
        When::At(instant) => instant,
        When::On(_) => article.first_seen,
    };
    (published.date().last(), article.speaks_for.is_none(), instant, article.id.clone())
}

/// In how many of the reports a source is named or prints itself.
fn named(reports: &[Told]) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for told in reports {
        let own = key(&told.article.outlet);
        let keys: BTreeSet<String> = told.tagged.origins.iter().map(|origin| key(&origin.key)).chain([own]).collect();
        keys.into_iter().for_each(|key| *counts.entry(key).or_default() += 1);
    }
    counts
}

/// Of several sources named the one that most reports of the story rest on; of equals the last, for "Reuters, citing the FT"
/// names the earliest last.
fn origin(told: &Told, shared: &BTreeMap<String, usize>) -> Origin {
    let article = &told.article;
    if let Some(speaker) = &article.speaks_for {
        return Origin { key: speaker.clone(), name: article.outlet.clone(), copy_of: None };
    }
    let own = key(&article.outlet);
    let others = told.tagged.origins.iter().map(|origin| (key(&origin.key), &origin.name)).filter(|(key, _)| *key != own);
    if let Some((key, name)) = others.max_by_key(|(key, _)| shared.get(key).copied().unwrap_or_default()) {
        return Origin { key, name: name.clone(), copy_of: None };
    }
    if let Some((key, name)) = printed_for(&article.outlet) {
        return Origin { key: key.into(), name: name.into(), copy_of: None };
    }
    Origin { key: if own.is_empty() { article.source.clone() } else { own }, name: article.outlet.clone(), copy_of: None }
}

/// Whether a report is another in a new form: the same page again, or a translation.
fn copies(told: &Told, model: &Told) -> bool {
    let same_page = told.article.url.is_some() && told.article.url == model.article.url;
    same_page || translates(told, model)
}

/// A text in another language that comes from the model's outlet, by its own name or as its source, near in time, and agrees
/// with it on who, what, where and on the numbers.
fn translates(told: &Told, model: &Told) -> bool {
    let outlet = key(&model.article.outlet);
    let from = key(&told.article.outlet) == outlet || told.tagged.origins.iter().any(|origin| key(&origin.key) == outlet);
    let language = |told: &Told| told.article.lang.split('-').next().map(str::to_string);
    let (day, earlier) = (told.article.published().date().last(), model.article.published().date().last());
    let near = earlier.until(day).is_ok_and(|span| span.get_days().abs() <= TRANSLATION_DAYS);
    let tags = |told: &Told| {
        (told.tagged.banks.clone(), told.tagged.vendors.clone(), told.tagged.products.clone(), told.tagged.regions.clone())
    };
    from && near && language(told) != language(model) && tags(told) == tags(model) && agree(&told.article, &model.article)
}

/// Whether half of all numbers stand in both texts.
fn agree(one: &Article, other: &Article) -> bool {
    let (one, other) = (numbers(&one.text), numbers(&other.text));
    let both = one.intersection(&other).count();
    both >= FEWEST_NUMBERS && both * 2 >= one.union(&other).count()
}

/// Numbers written in digits, without separators of thousands.
fn numbers(text: &str) -> BTreeSet<String> {
    let digits = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '\u{a0}' | '\u{202f}');
    let plain = |run: &str| run.chars().filter(char::is_ascii_digit).collect::<String>();
    text.split(|c| !digits(c)).map(plain).filter(|number| !number.is_empty()).collect()
}
