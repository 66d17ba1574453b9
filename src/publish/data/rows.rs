//! What a file says of one event: ids, dates, hashes and addresses; no words of an outlet. Unknown is `null`, lists never.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;

use crate::model::edition::{Covered, Material};
use crate::model::event::{Action, ActorKind, Audience, Instrument, Status};
use crate::model::ledger::{Layer, Record, Report, Standing};
use crate::model::when::PartialDate;
use crate::publish::{paths, text};

/// One event on record, superseded ones included.
#[derive(Serialize)]
pub struct Row<'a> {
    pub n: u64,
    pub hash: &'a str,
    pub recorded: Timestamp,
    pub story: &'a str,
    pub url: Option<String>,
    pub actor: Option<&'a str>,
    pub actor_kind: Option<ActorKind>,
    pub action: Action,
    pub vendor: Option<&'a str>,
    pub product: Option<&'a str>,
    pub regions: &'a [String],
    pub audience: Audience,
    pub instrument: Instrument,
    pub status: Status,
    pub date: Option<PartialDate>,
    pub layer: Layer,
    pub standing: Standing,
    pub begins: Date,
    pub day_known: bool,
    pub pending: bool,
    pub disputed_by: &'a [u64],
    pub closed_by: Option<u64>,
    pub closed_on: Option<Date>,
    pub superseded: bool,
    pub superseded_by: Option<u64>,
    pub superseded_because: Option<String>,
    pub first_seen: Timestamp,
    pub outlets: usize,
    pub origins: usize,
    pub reports: Vec<ReportRow<'a>>,
}

/// One article that tells of it.
#[derive(Serialize)]
pub struct ReportRow<'a> {
    pub article: &'a str,
    pub url: Option<&'a str>,
    pub outlet: String,
    pub origin: &'a str,
    pub lang: &'a str,
    pub published: PartialDate,
    pub seen: Timestamp,
    pub official: bool,
    pub evidence_only: bool,
}

/// Every event, by entry number.
pub fn rows(material: &Material) -> impl Iterator<Item = Row<'_>> {
    let pages = pages(material);
    let told = material.stories.iter().flat_map(|covered| &covered.story.reports);
    let addresses: BTreeMap<&str, &str> =
        told.filter_map(|told| Some((told.article.id.as_str(), told.article.url.as_deref()?))).collect();
    material.ledger.records.iter().map(move |record| row(record, &pages, &addresses))
}

/// The address of each story's page, by the story's id.
pub fn pages(material: &Material) -> BTreeMap<&str, String> {
    let page = |covered: &Covered| format!("{}{}", material.site.base_url, paths::story(&covered.story).trim_start_matches('/'));
    material.stories.iter().map(|covered| (covered.story.id.as_str(), page(covered))).collect()
}

fn row<'a>(record: &'a Record, pages: &BTreeMap<&str, String>, addresses: &BTreeMap<&str, &'a str>) -> Row<'a> {
    let event = &record.event;
    Row {
        n: record.n,
        hash: &record.hash,
        recorded: record.recorded,
        story: &record.story,
        url: pages.get(record.story.as_str()).cloned(),
        actor: event.actor.as_deref(),
        actor_kind: event.actor_kind,
        action: event.action,
        vendor: event.vendor.as_deref(),
        product: event.product.as_deref(),
        regions: &event.regions,
        audience: event.audience,
        instrument: event.instrument,
        status: event.status,
        date: event.date,
        layer: record.layer,
        standing: record.standing,
        begins: record.begins,
        day_known: record.day_known,
        pending: record.pending,
        disputed_by: &record.disputed_by,
        closed_by: record.closed.map(|(n, _)| n),
        closed_on: record.closed.map(|(_, day)| day),
        superseded: record.superseded.is_some(),
        superseded_by: record.superseded.as_ref().and_then(|(n, _)| *n),
        superseded_because: record.superseded.as_ref().map(|(_, reason)| text::clean(reason)),
        first_seen: record.first_seen(),
        outlets: record.outlets(),
        origins: record.origins(),
        reports: record.reports.iter().map(|report| report_row(report, addresses)).collect(),
    }
}

fn report_row<'a>(report: &'a Report, addresses: &BTreeMap<&str, &'a str>) -> ReportRow<'a> {
    ReportRow {
        article: &report.article,
        url: addresses.get(report.article.as_str()).copied(),
        outlet: text::clean(&report.outlet),
        origin: &report.origin,
        lang: &report.lang,
        published: report.published,
        seen: report.seen,
        official: report.official,
        evidence_only: report.evidence_only,
    }
}
