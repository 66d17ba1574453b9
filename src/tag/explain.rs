//! Turns the steps of reading into reasons that people read: rule, words, entry.

use crate::model::event::AccessEvent;
use crate::model::explained::{Entry, Place, Reason};
use crate::model::tagged::Tagged;

use super::act::{Context, Found, Span, Step, Why};
use super::rule::Rule;
use super::scene::View;

/// The reasons of the tags, and those of each event.
pub type Reasons = (Vec<Reason>, Vec<Vec<Reason>>);

/// Why an article's tags are there.
pub fn reasons(context: &Context<'_>, tagged: &Tagged, found: &Found) -> Reasons {
    let desk = Desk { context, lang: &tagged.lang };
    let mut events: Vec<Vec<Reason>> = tagged.events.iter().zip(&found.whys).map(|(event, why)| desk.event(event, why)).collect();
    let told = events.len();
    events.extend(found.doubted.iter().map(|draft| desk.event(&draft.event, &draft.why)));
    let mut tags = Vec::new();
    for bank in &tagged.banks {
        let noted = || found.banks.iter().find(|(id, _)| id == bank).map(|(_, step)| *step);
        tags.extend(desk.tag("bank", bank, (&["actor"], &events)).or_else(|| Some(desk.reason("bank", bank, noted()?))));
    }
    for vendor in &tagged.vendors {
        tags.extend(desk.tag("vendor", vendor, (&["vendor", "actor"], &events)));
    }
    for product in &tagged.products {
        let noted = || found.products.iter().find(|(id, ..)| id == product).map(|(.., step)| *step);
        let of_event = desk.tag("product", product, (&["product"], &events));
        tags.extend(of_event.or_else(|| Some(desk.reason("product", product, noted()?))));
    }
    for region in &tagged.regions {
        let home = || desk.reason("region", region, Step::concluded(Rule::HomeOfAuthority));
        tags.push(desk.tag("region", region, (&["region"], &events)).unwrap_or_else(home));
    }
    events.truncate(told);
    (tags, events)
}

/// What is needed to look things up.
struct Desk<'a> {
    context: &'a Context<'a>,
    lang: &'a str,
}

impl Desk<'_> {
    /// A tag that comes of a slot of an event: of the first one that names it.
    fn tag(&self, slot: &'static str, value: &str, (of, events): (&[&str], &[Vec<Reason>])) -> Option<Reason> {
        let slots = || events.iter().flatten().filter(|reason| of.contains(&reason.slot) && reason.value == value);
        let said = slots().find(|reason| reason.evidence.is_some()).or_else(|| slots().next())?;
        Some(Reason { slot, ..said.clone() })
    }

    fn event(&self, event: &AccessEvent, why: &Why) -> Vec<Reason> {
        let mut reasons: Vec<Reason> = why.acts.iter().map(|step| self.reason("action", event.action.as_str(), *step)).collect();
        let mut add = |slot: &'static str, value: Option<&str>, step: Option<Step>| {
            reasons.extend(value.zip(step).map(|(value, step)| self.reason(slot, value, step)));
        };
        add("actor", event.actor.as_deref().or(event.actor_kind.map(|kind| kind.as_str())), why.actor);
        add("vendor", event.vendor.as_deref(), why.technology);
        add("product", event.product.as_deref(), why.technology);
        for region in &event.regions {
            add("region", Some(region), why.regions.iter().find(|(id, _)| id == region).map(|(_, step)| *step));
        }
        add("audience", Some(event.audience.as_str()), Some(why.audience));
        add("instrument", Some(event.instrument.as_str()), Some(why.instrument));
        add("status", Some(event.status.as_str()), Some(why.status));
        add("date", event.date.map(|date| date.to_string()).as_deref(), why.date);
        add("recalled", event.recalled.then_some("true"), why.recalled);
        reasons
    }

    fn reason(&self, slot: &'static str, value: &str, step: Step) -> Reason {
        let place = step.at.and_then(|span| Some((self.context.views.get(span.view)?, span)));
        let evidence = place.map(|(view, span)| {
            let (start, end) = view.plain.original(span.start, span.end);
            Place { field: view.field, start, end, quote: view.original.get(start..end).unwrap_or("").to_string() }
        });
        let phrase = step.entry.and_then(|entry| self.context.phrases.entry(entry)).cloned();
        let entry = phrase.or_else(|| place.and_then(|(view, span)| self.entry(view, span, value)));
        Reason { slot, value: value.to_string(), rule: step.rule.as_str(), because: step.rule.words(), evidence, entry }
    }

    /// What knows the words of a span: the name that stands there, else the phrase, else a name inside it.
    fn entry(&self, view: &View<'_>, span: Span, value: &str) -> Option<Entry> {
        let shown = |start: usize, end: usize| {
            let (from, to) = view.plain.original(start, end);
            view.original.get(from..to).unwrap_or("")
        };
        let by_name = |whole: bool| {
            let fits = |start: usize, end: usize| {
                if whole { (start, end) == (span.start, span.end) } else { start >= span.start && end <= span.end }
            };
            let name = view.names.iter().find(|name| fits(name.start, name.end))?;
            self.context.names.entry(name, Some(value), (shown(name.start, name.end), self.lang))
        };
        let by_mark = || {
            let mark = view.marks.iter().find(|mark| (mark.start, mark.end) == (span.start, span.end))?;
            self.context.phrases.entry(mark.entry).cloned()
        };
        by_name(true).or_else(by_mark).or_else(|| by_name(false))
    }
}
