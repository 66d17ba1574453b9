//! Asks the record: who may use what where, on a day, by what was known on a day. `termwall ledger`.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;

use super::desk::Desk;
use super::why::{name, said};
use super::{Outcome, RunError, Streams};
use crate::cli::Question;
use crate::ledger;
use crate::model::event::{ActorKind, Audience};
use crate::model::ledger::{AsOf, Cell, CellState, Ledger, Record};
use crate::model::taxonomy::Kind;
use crate::model::when::day_of;
use crate::model::words::count;
use crate::store::Store;

/// Answers a question: the entries that fit it in the order in which they began and, where it names a product and a region,
/// the state by layer of every organisation that has one there.
pub async fn ask(
    desk: &Desk,
    store: &Store,
    question: &Question,
    now: Timestamp,
    streams: &mut Streams<'_>,
) -> Result<Outcome, RunError> {
    let chain = store.chain().await?;
    let record = ledger::fold(&chain, desk.taxonomy.clone(), day_of(now))?;
    let as_of = AsOf { held: question.as_of.unwrap_or(day_of(now)), known: question.known_by.unwrap_or(day_of(now)) };
    let known = record.as_known(as_of.known);
    let mut lines = vec![format!("held on {}, known by {}", as_of.held, as_of.known)];
    if let (Some(product), Some(region)) = (&question.product, &question.region) {
        lines.extend(states(&known, desk, (product, region), as_of));
    }
    let entries: Vec<&Record> = fitting(&known, desk, question, as_of.held);
    lines.push(format!("{}, by day of beginning", count(entries.len(), "entry")));
    for entry in entries {
        let day = if entry.day_known { entry.begins.to_string() } else { format!("by {}", entry.begins) };
        let origins = count(entry.origins(), "origin");
        lines.push(format!("  {day:13} {:>5}  {} · {}, {origins}", entry.n, said(&entry.event), name(&entry.standing)));
    }
    for line in lines {
        writeln!(streams.output, "{line}").map_err(RunError::Output)?;
    }
    Ok(Outcome::Done)
}

/// Entries that fit, by day of beginning.
fn fitting<'a>(ledger: &'a Ledger, desk: &Desk, question: &Question, held: Date) -> Vec<&'a Record> {
    let is = |wanted: &Option<String>, value: &Option<String>| wanted.is_none() || wanted == value;
    let there = |record: &Record| {
        question.region.as_ref().is_none_or(|region| {
            record.event.regions.iter().any(|named| desk.taxonomy.within(named, region) || desk.taxonomy.within(region, named))
        })
    };
    let fits = |record: &&Record| {
        let event = &record.event;
        let bank = event.actor_kind == Some(ActorKind::Bank) && is(&question.bank, &event.actor);
        (question.bank.is_none() || bank)
            && is(&question.vendor, &event.vendor)
            && is(&question.product, &event.product)
            && there(record)
            && record.begins <= held
    };
    let mut found: Vec<&Record> = ledger.standing().filter(fits).collect();
    found.sort_by_key(|record| (record.begins, record.n));
    found
}

/// The state by layer for employees of every organisation with an entry on the product, and for the public.
fn states(ledger: &Ledger, desk: &Desk, (product, region): (&str, &str), as_of: AsOf) -> Vec<String> {
    let deciding = |record: &&Record| matches!(record.event.actor_kind, Some(ActorKind::Bank | ActorKind::Company));
    let about = |record: &&Record| record.event.product.as_deref() == Some(product);
    let organisations: BTreeSet<String> =
        ledger.standing().filter(deciding).filter(about).filter_map(|record| record.event.actor.clone()).collect();
    let cells = organisations.into_iter().map(Some).chain([None]);
    let place = desk.taxonomy.name(Kind::Region, region, "en");
    let mut lines = vec![format!("{} in {place}", desk.taxonomy.name(Kind::Product, product, "en"))];
    for organisation in cells {
        let who = organisation.as_deref().map_or("the public", |id| desk.taxonomy.actor(id).map_or(id, |member| &member.name));
        let audience = if organisation.is_some() { Audience::Employees } else { Audience::Public };
        let cell = Cell { organisation: organisation.clone(), product: product.into(), region: region.into(), audience };
        lines.push(format!("  {who:28} {}", layers(&ledger.cell(&cell, as_of))));
    }
    lines
}

fn layers(state: &CellState) -> String {
    let effect = match state.effect() {
        None => "no record".to_string(),
        Some((_, held)) if held.state == crate::model::ledger::State::Allowed && state.is_partial() => {
            "allowed as far as recorded".to_string()
        }
        Some((_, held)) => held.state.as_str().to_string(),
    };
    let each: Vec<String> = state
        .layers
        .iter()
        .map(|layer| match &layer.held {
            Some(held) => format!("{} {} (entry {})", name(&layer.layer), held.state.as_str(), held.n),
            None => format!("{} no record", name(&layer.layer)),
        })
        .collect();
    format!("{effect}: {}", each.join(", "))
}
