//! Titles and texts: what they tell, and which belong together.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::OnceLock;

use termwall::link::{Given, Index, Known, decide, happenings, keys, lineage, outlet_key, story_id};
use termwall::model::article::Article;
use termwall::model::event::{Evidence, Field};
use termwall::model::story::{Origin, Told};
use termwall::model::tagged::Tagged;
use termwall::model::taxonomy::Kind;
use termwall::run::{desk, filters};
use termwall::tag::{Tagger, Text};

use super::{assert_bounded, head, stated};

fn tagger() -> &'static Tagger {
    static TAGGER: OnceLock<Tagger> = OnceLock::new();
    TAGGER.get_or_init(|| {
        let inputs = termwall::inputs::read(Path::new("no such folder")).expect("what is compiled in can be read");
        desk::tagging(&inputs).unwrap_or_else(|mistakes| panic!("{mistakes:?}")).1
    })
}

/// An article: language, date, outlet, title, text. Every piece of evidence is in it word for word, every id is known, and the
/// same article gives the same tags.
pub fn tag(data: &[u8]) {
    let ([lang, published, outlet, title], text) = head(data);
    let text = String::from_utf8_lossy(text);
    let given = Text { title: &title, text: &text, lang: stated(&lang), published: stated(&published), outlet: stated(&outlet) };
    let tagged = tagger().tag(given);
    assert_eq!(tagger().tag(given), tagged, "the same article has other tags");
    assert!(tagged.score.is_finite() && (0.0..=1.0).contains(&tagged.score), "a score of {}", tagged.score);
    check_evidence(&tagged, &title, &text);
    check_ids(&tagged);
    // Half a kilobyte an event, and a name of two bytes can be one.
    let size = serde_json::to_string(&tagged).expect("it serializes").len();
    assert_bounded("an article's tags", size, title.len() + text.len(), 400);
}

fn check_evidence(tagged: &Tagged, title: &str, text: &str) {
    let events = tagged.events.iter().flat_map(|event| &event.evidence);
    let mentions = tagged.mentions.iter().map(|mention| &mention.evidence);
    let statements = tagged.statements.iter().map(|statement| &statement.evidence);
    let origins = tagged.origins.iter().map(|origin| &origin.evidence);
    for evidence in events.chain(mentions).chain(statements).chain(origins) {
        let Evidence { field, start, end, quote, .. } = evidence;
        let whole = if *field == Field::Title { title } else { text };
        assert_eq!(whole.get(*start..*end), Some(quote.as_str()), "{evidence:?} is not in the {field:?}");
        assert!(start < end, "{evidence:?} is nothing");
    }
    assert!(tagged.events.iter().all(|event| !event.evidence.is_empty()), "an event without evidence");
    assert!(tagged.relevant || tagged.events.is_empty(), "an irrelevant article with events");
}

fn check_ids(tagged: &Tagged) {
    let taxonomy = tagger().taxonomy();
    let lists = [
        (Kind::Bank, &tagged.banks),
        (Kind::Vendor, &tagged.vendors),
        (Kind::Product, &tagged.products),
        (Kind::Region, &tagged.regions),
    ];
    for (kind, ids) in lists {
        assert!(ids.iter().all(|id| taxonomy.get(kind, id).is_some()), "an unknown id in {ids:?}");
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "an id twice in {ids:?}");
    }
    for event in &tagged.events {
        let known = |kind, id: &Option<String>| id.as_ref().is_none_or(|id| taxonomy.get(kind, id).is_some());
        assert!(known(Kind::Vendor, &event.vendor) && known(Kind::Product, &event.product), "{event:?} names the unknown");
        assert!(event.regions.iter().all(|id| taxonomy.get(Kind::Region, id).is_some()), "{event:?} is nowhere");
    }
}

/// Two articles, each with date, address, outlet, title and text, parted by a line `====`. Whether they tell of one happening
/// does not depend on which came first, and what is related shares a key.
pub fn link(data: &[u8]) {
    let mark = b"\n====\n";
    let at = data.windows(mark.len()).position(|window| window == mark);
    let (first, second) = at.map_or((data, &[][..]), |at| (&data[..at], &data[at + mark.len()..]));
    let (one, other) = (linkable("a", first), linkable("b", second));
    let joined = joins(&one, &other);
    assert_eq!(joined, joins(&other, &one).into_iter().map(|(a, b)| (b, a)).collect(), "the relation is not symmetric");
    let (keys, others) = (keys(&one.0, &one.1), keys_of(&other));
    assert!(keys.is_sorted() && others.is_sorted(), "keys are not sorted");
    assert!(joined.is_empty() || keys.iter().any(|key| others.contains(key)), "related articles share no key");
    assert_eq!(in_order(&[&one, &other]), in_order(&[&other, &one]), "the order of arrival decides");
    check_lineage(&one, &other);
}

fn keys_of((article, tagged): &(Article, Tagged)) -> Vec<String> {
    keys(article, tagged)
}

fn linkable(id: &str, data: &[u8]) -> (Article, Tagged) {
    let ([published, url, outlet, title], text) = head(data);
    let text = String::from_utf8_lossy(text);
    let (published, outlet) = (stated(&published), &outlet);
    let tagged = tagger().tag(Text { title: &title, text: &text, lang: None, published, outlet: stated(outlet) });
    let given = Given { id, title: &title, text: &text, lang: &tagged.lang, published, url: stated(&url), outlet };
    outlet_key(outlet);
    (given.article(), tagged)
}

/// The pairs of happenings of two articles that are one.
fn joins(one: &(Article, Tagged), other: &(Article, Tagged)) -> BTreeSet<(usize, usize)> {
    let stories = (0..happenings(&other.0, &other.1).len()).map(|place| place.to_string()).collect();
    let known = Known { article: other.0.clone(), tagged: other.1.clone(), stories };
    let decision = decide(&one.0, &one.1, &[known]);
    assert_eq!(decision.happenings.len(), happenings(&one.0, &one.1).len(), "a happening is left undecided");
    let theirs = |stories: Vec<String>| stories.into_iter().map(|story| story.parse::<usize>().expect("it is a place"));
    decision
        .happenings
        .into_iter()
        .enumerate()
        .flat_map(|(mine, joins)| theirs(joins.stories).map(move |other| (mine, other)))
        .collect()
}

/// The story of each article by its id.
fn in_order(articles: &[&(Article, Tagged)]) -> BTreeSet<(String, Vec<String>)> {
    let mut index = Index::default();
    articles.iter().for_each(|(article, tagged)| index.add(article, tagged));
    let answers = index.finish();
    assert_eq!(answers.len(), articles.len(), "an article is not answered");
    answers.into_iter().map(|linked| (linked.id, linked.stories)).collect()
}

fn check_lineage(one: &(Article, Tagged), other: &(Article, Tagged)) {
    assert_eq!(story_id(&one.0.id, 0).len(), 12, "a story's id is not of twelve digits");
    let unknown = || Origin { key: String::new(), name: String::new(), copy_of: None };
    let told = |(article, tagged): &(Article, Tagged)| Told {
        article: article.clone(),
        tagged: tagged.clone(),
        origin: unknown(),
        edits: Vec::new(),
    };
    let (mut forth, mut back) = (vec![told(one), told(other)], vec![told(other), told(one)]);
    lineage(&mut forth);
    lineage(&mut back);
    back.reverse();
    let origins = |reports: &[Told]| reports.iter().map(|told| told.origin.clone()).collect::<Vec<_>>();
    assert_eq!(origins(&forth), origins(&back), "the order of reports decides whose account it is");
    assert!(forth.iter().any(|told| told.origin.copy_of.is_none()), "every report is a copy");
}

/// Lines of JSON, as the filters `tag` and `link` read them: each line that is not blank has its answer, in JSON.
pub fn lines(data: &[u8]) {
    let wanted = data.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()).count();
    for filter in [filters::tag, filters::link] {
        let mut output = Vec::new();
        filter(tagger(), &mut &*data, &mut output).expect("memory can be read and written");
        let answers: Vec<&[u8]> = output.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).collect();
        assert_eq!(answers.len(), wanted, "lines went in, others came out");
        for answer in answers {
            let answer: serde_json::Value = serde_json::from_slice(answer).expect("an answer is JSON");
            assert!(answer["id"].is_string() || answer["id"].is_null() && answer["error"].is_string(), "{answer} is no answer");
        }
    }
}
