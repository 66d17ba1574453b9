//! Unknown names that often stand where a bank, a vendor or a product would. `termwall taxonomy suggest`.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Progress, line};
use crate::cli::{Options, Suggesting};
use crate::model::article::Article;
use crate::model::words::count;
use crate::run::desk::Desk;
use crate::run::{Outcome, RunError, Streams, say};
use crate::store::Trial;
use crate::tag::Text;
use crate::tag::unknown::{Suggestion, Tally, Unknown, Vocabulary};

/// Articles that are read at once.
const BATCH: u32 = 256;

/// Lists them, those in most stories first. Everything is read twice: for the words that are ordinary, and for those that are not.
pub async fn suggest(
    desk: &Desk,
    trial: Trial,
    question: Suggesting,
    options: &Options,
    streams: &mut Streams<'_>,
) -> Result<Outcome, RunError> {
    let (articles, _) = trial.store.counts().await?;
    let mut progress = Progress::new(2 * articles, options);
    let (mut vocabulary, mut tally, mut done) = (Vocabulary::default(), Tally::default(), 0);
    each(&trial, |batch| {
        vocabulary.join(batch.par_iter().map(learn).reduce(Vocabulary::default, both));
        done += batch.len();
        progress.tell(streams.talk, done);
    })
    .await?;
    let stories = stories(&trial).await?;
    each(&trial, |batch| {
        let found: Vec<Vec<Unknown>> = batch.par_iter().map(|article| desk.tagger.unknown(text(article), &vocabulary)).collect();
        for (article, found) in batch.iter().zip(found) {
            // What is in no story counts for itself: often it is in none because the name is unknown.
            let story = stories.get(&article.id).map_or(&article.id[..article.id.len().min(12)], String::as_str);
            found.into_iter().for_each(|one| tally.add(one, (story, &article.outlet, &article.lang)));
        }
        done += batch.len();
        progress.tell(streams.talk, done);
    })
    .await?;
    trial.store.close().await;
    progress.end(streams.talk);
    let found = tally.suggestions(question.min);
    if question.json {
        found.iter().try_for_each(|one| line(streams, one))?;
    } else {
        as_text(&found, question, streams)?;
    }
    Ok(Outcome::Done)
}

/// Hands on everything stored, batch by batch.
async fn each(trial: &Trial, mut take: impl FnMut(&[Article])) -> Result<(), RunError> {
    let mut after = String::new();
    loop {
        let batch = trial.store.articles_after(&after, BATCH).await?;
        let Some(last) = batch.last() else { return Ok(()) };
        after.clone_from(&last.id);
        take(&batch);
    }
}

/// The story of each article that is in one; of several the first by id.
async fn stories(trial: &Trial) -> Result<BTreeMap<String, String>, RunError> {
    let (_, members) = trial.members().await?;
    let mut found = BTreeMap::new();
    for (story, articles) in members {
        for article in articles {
            found.entry(article).or_insert_with(|| story.clone());
        }
    }
    Ok(found)
}

fn learn(article: &Article) -> Vocabulary {
    let mut vocabulary = Vocabulary::default();
    vocabulary.add(&article.title, &article.lang);
    vocabulary.add(&article.text, &article.lang);
    vocabulary
}

fn both(mut one: Vocabulary, other: Vocabulary) -> Vocabulary {
    one.join(other);
    one
}

fn text(article: &Article) -> Text<'_> {
    Text { title: &article.title, text: &article.text, lang: Some(&article.lang), published: None, outlet: Some(&article.outlet) }
}

fn as_text(found: &[Suggestion], question: Suggesting, streams: &mut Streams<'_>) -> Result<(), RunError> {
    let least = count(question.min.max(1), "story");
    if found.is_empty() {
        return say(streams, &format!("no unknown name stands where a bank, vendor or product would in {least} or more"));
    }
    let names = count(found.len(), "unknown name");
    say(streams, &format!("{names} in {least} or more, where a bank, vendor, product, authority or company would stand"))?;
    for one in found {
        let kind = crate::run::why::name(&one.would_be);
        let (stories, outlets) = (count(one.stories, "story"), count(one.outlets, "outlet"));
        say(streams, &format!("\n{}: {kind}? in {stories} of {outlets}: {}", one.name, one.story_ids.join(" ")))?;
        say(streams, &format!("  \"{}\"", one.quote))?;
        one.toml.lines().try_for_each(|text| say(streams, &format!("    {text}")))?;
    }
    Ok(())
}
