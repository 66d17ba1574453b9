//! Days of effect, as a calendar that can be subscribed to (RFC 5545): events whose day is stated, past and to come.

use super::channel::{absolute, language};
use crate::model::edition::{File, Material, RenderError};
use crate::model::event::{Action, Status};
use crate::model::ledger::Record;
use crate::model::taxonomy::Kind;
use crate::publish::digest::Inputs;
use crate::publish::{paths, text};

const PATH: &str = "calendar.ics";

/// Longest line in bytes, without its end.
const LONGEST_LINE: usize = 75;

/// A calendar without a component is none, and there may be no day to list.
const UTC: [&str; 8] = [
    "BEGIN:VTIMEZONE",
    "TZID:UTC",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000",
    "END:STANDARD",
    "END:VTIMEZONE",
];

/// `calendar.ics`.
pub fn file(material: &Material) -> File<'_> {
    let inputs = Inputs::of(PATH).value(&lines(material)).hash();
    let render = || Ok::<_, RenderError>(folded(&lines(material)));
    File { path: PATH.into(), inputs, render: Box::new(render) }
}

fn lines(material: &Material) -> Vec<String> {
    let site = &material.site;
    let name = value(&format!("{}: days of effect", site.name));
    let mut lines = vec!["BEGIN:VCALENDAR".to_string(), "VERSION:2.0".into(), "PRODID:-//Termwall//Insight//EN".into()];
    lines.extend([format!("NAME:{name}"), format!("X-WR-CALNAME:{name}")]);
    lines.extend(UTC.map(String::from));
    let mut dated: Vec<&Record> = material.ledger.standing().filter(|record| day(record).is_some()).collect();
    dated.sort_by_key(|record| (record.begins, record.n));
    lines.extend(dated.into_iter().flat_map(|record| event(material, record)));
    lines.push("END:VCALENDAR".into());
    lines
}

/// The stated day of effect; `None` where no day is stated, or nothing takes effect.
fn day(record: &Record) -> Option<jiff::civil::Date> {
    let takes_effect = matches!(record.event.status, Status::InForce | Status::Announced | Status::Ended);
    let changes = !matches!(record.event.action, Action::Investigate | Action::Deny);
    record.event.date.and_then(|date| date.exact()).filter(|_| takes_effect && changes)
}

fn event(material: &Material, record: &Record) -> Vec<String> {
    let site = &material.site;
    let Some(day) = day(record) else { return Vec::new() };
    let host = site.base_url.host_str().unwrap_or("localhost");
    let end = day.tomorrow().unwrap_or(day);
    let page = material.stories.iter().find(|covered| covered.story.id == record.story);
    let mut lines = vec![
        "BEGIN:VEVENT".to_string(),
        format!("UID:entry-{}-{}@{host}", record.n, record.story),
        format!("DTSTAMP:{}", record.recorded.strftime("%Y%m%dT%H%M%SZ")),
        format!("DTSTART;VALUE=DATE:{}", day.strftime("%Y%m%d")),
        format!("DTEND;VALUE=DATE:{}", end.strftime("%Y%m%d")),
        format!("SUMMARY:{}", value(&summary(material, record))),
    ];
    lines.extend(page.map(|covered| format!("URL:{}", absolute(site, &paths::story(&covered.story)))));
    lines.extend(["TRANSP:TRANSPARENT".to_string(), "END:VEVENT".into()]);
    lines
}

/// "HSBC: Mistral, United Kingdom, allow (announced)".
fn summary(material: &Material, record: &Record) -> String {
    let event = &record.event;
    let lang = language(&material.site);
    let name = |kind, id: &String| material.taxonomy.name(kind, id, lang).to_string();
    let actor = event.actor.as_ref().map(|id| match material.taxonomy.actor(id) {
        Some(member) => material.taxonomy.name(member.kind, id, lang).to_string(),
        None => id.clone(),
    });
    let product = event.product.as_ref().map(|id| name(Kind::Product, id));
    let what = product.or_else(|| event.vendor.as_ref().map(|id| name(Kind::Vendor, id))).unwrap_or_else(|| "AI".into());
    let regions: Vec<String> = event.regions.iter().map(|id| name(Kind::Region, id)).collect();
    let parts: Vec<String> = std::iter::once(what).chain(regions).chain([event.action.as_str().to_string()]).collect();
    let actor = actor.map_or(String::new(), |actor| format!("{actor}: "));
    format!("{actor}{} ({})", parts.join(", "), event.status.as_str())
}

fn value(line: &str) -> String {
    text::clean(line).replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,")
}

/// Lines cut so that no part is too long and no character is broken, each with its CRLF.
fn folded(lines: &[String]) -> Vec<u8> {
    let mut out = String::new();
    for line in lines {
        let mut used = 0;
        for c in line.chars() {
            if used + c.len_utf8() > LONGEST_LINE {
                out.push_str("\r\n ");
                used = 1;
            }
            used += c.len_utf8();
            out.push(c);
        }
        out.push_str("\r\n");
    }
    out.into_bytes()
}
