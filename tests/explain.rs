//! Every tag and every slot of an event says why it is there: by words that the article has, by an entry that the taxonomy has, by a
//! rule that has a name.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking anywhere")]

#[allow(dead_code, reason = "each test takes what it needs")]
mod labels;

use labels::{Label, labels, shipped};
use termwall::model::event::Field;
use termwall::model::explained::{Explained, Reason};
use termwall::tag::rule::Rule;
use termwall::tag::{Tagger, Text};

fn explain(tagger: &Tagger, label: &Label) -> Explained {
    tagger.explain(Text {
        title: &label.title,
        text: &label.text,
        lang: Some(&label.lang),
        published: Some(&label.published),
        outlet: Some(&label.outlet),
    })
}

/// What is wrong with a reason, if anything.
fn fault(label: &Label, reason: &Reason, files: &[(String, String)]) -> Option<String> {
    if !Rule::ALL.iter().any(|rule| rule.as_str() == reason.rule && rule.words() == reason.because) {
        return Some(format!("no rule is called {}", reason.rule));
    }
    if let Some(place) = &reason.evidence {
        let whole = if place.field == Field::Title { &label.title } else { &label.text };
        if whole.get(place.start..place.end) != Some(place.quote.as_str()) || place.quote.is_empty() {
            return Some(format!("{place:?} is not what stands there"));
        }
        if reason.entry.is_none() && reason.slot != "date" {
            return Some("the words stand in no entry".to_string());
        }
    }
    let entry = reason.entry.as_ref()?;
    let file = files.iter().find(|(path, _)| *path == entry.file);
    (!file.is_some_and(|(_, text)| text.contains(&entry.term))).then(|| format!("{entry:?} is not there"))
}

#[test]
fn every_tag_and_slot_of_the_labelled_stories_has_its_reason() {
    let (tagger, (_, files)) = (shipped::tagger(), shipped::taxonomy());
    let mut faults = Vec::new();
    for label in labels() {
        let explained = explain(tagger, &label);
        let tagged = &explained.tagged;
        let lists =
            [("bank", &tagged.banks), ("vendor", &tagged.vendors), ("product", &tagged.products), ("region", &tagged.regions)];
        let wanted: Vec<(&str, &str)> = lists.iter().flat_map(|(slot, ids)| ids.iter().map(|id| (*slot, id.as_str()))).collect();
        let told: Vec<(&str, &str)> = explained.tags.iter().map(|reason| (reason.slot, reason.value.as_str())).collect();
        assert_eq!(told, wanted, "{}", label.id);
        assert_eq!(explained.events.len(), tagged.events.len(), "{}", label.id);
        for (event, reasons) in tagged.events.iter().zip(&explained.events) {
            let has = |slot: &str, value: &str| reasons.iter().any(|reason| reason.slot == slot && reason.value == value);
            let mut slots = vec![("action", event.action.as_str()), ("audience", event.audience.as_str())];
            slots.extend([("instrument", event.instrument.as_str()), ("status", event.status.as_str())]);
            let ids = [("actor", &event.actor), ("vendor", &event.vendor), ("product", &event.product)];
            slots.extend(ids.iter().filter_map(|(slot, id)| id.as_deref().map(|id| (*slot, id))));
            slots.extend(event.regions.iter().map(|region| ("region", region.as_str())));
            let missing = slots.iter().filter(|(slot, value)| !has(slot, value));
            faults.extend(missing.map(|(slot, value)| format!("{}: nothing says why {slot} is {value}", label.id)));
        }
        let reasons = explained.events.iter().flatten().chain(&explained.tags);
        faults.extend(reasons.filter_map(|reason| {
            fault(&label, reason, &files).map(|fault| format!("{}: {} {}: {fault}", label.id, reason.slot, reason.value))
        }));
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn asking_why_changes_no_answer() {
    let tagger = shipped::tagger();
    for label in labels() {
        assert_eq!(explain(tagger, &label).tagged, labels::tags(tagger, &label), "{}", label.id);
    }
}
