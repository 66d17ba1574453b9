//! What the data files promise, as JSON Schema (2020-12).

use serde_json::{Value, json};

use crate::model::event::{Action, ActorKind, Audience, Instrument, Status};
use crate::model::site::Site;

/// `schema.json`: the root describes `events.json`, `$defs/entry` one line of `ledger.jsonl`, `$defs/story` one row of the stories
/// of an export.
pub fn schema(site: &Site) -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": format!("{}data/schema.json", site.base_url),
        "title": "Access events",
        "description": "Who may use which AI, where, since when, on what ground. Unknown is null; a list is never null. \
            events.csv and events.parquet have the same columns without the reports, which an export has as a table of their own, \
            \"event\" being the event's \"n\"; a cell of a CSV that a spreadsheet would obey begins with an apostrophe, \
            and its lists are joined by a space.",
        "type": "object",
        "required": ["schema", "publisher", "sample", "licence", "ledger", "events"],
        "properties": {
            "schema": { "type": "string", "format": "uri" },
            "publisher": { "type": "string" },
            "sample": { "type": "boolean", "description": "A sample edition: not for use as a record." },
            "licence": { "type": "object", "properties": { "name": { "type": "string" }, "url": { "type": "string" } } },
            "ledger": { "type": "object", "properties": { "head": hash(), "entries": { "type": "integer", "minimum": 0 } } },
            "events": { "type": "array", "items": { "$ref": "#/$defs/event" } }
        },
        "$defs": { "event": event(), "report": report(), "entry": entry(), "story": story(), "date": date() }
    })
}

fn event() -> Value {
    let mut properties = said();
    let recorded = json!({
        "n": { "type": "integer", "minimum": 1, "description": "Its entry's line in ledger.jsonl." },
        "hash": hash(),
        "recorded": { "type": "string", "format": "date-time" },
        "story": { "type": "string", "pattern": "^[0-9a-f]{12}$" },
        "url": { "type": ["string", "null"], "description": "The story's page; null where it is not shown." },
        "layer": { "enum": ["terms", "law", "policy"], "description": "Who decides: vendor; government, regulator or court; bank or company." },
        "standing": { "enum": ["single-source", "corroborated", "official"] },
        "begins": { "type": "string", "format": "date", "description": "The first day on which it counts." },
        "day_known": { "type": "boolean", "description": "Whether that day is stated, and not merely the day by which it held." },
        "pending": { "type": "boolean", "description": "It changes nothing yet." },
        "disputed_by": { "type": "array", "items": { "type": "integer" } },
        "closed_by": { "type": ["integer", "null"] },
        "closed_on": { "type": ["string", "null"], "format": "date" },
        "superseded": { "type": "boolean", "description": "It counts no more: read wrongly, or an editor decided so." },
        "superseded_by": { "type": ["integer", "null"], "description": "Null where it was withdrawn." },
        "superseded_because": { "type": ["string", "null"] },
        "first_seen": { "type": "string", "format": "date-time" },
        "outlets": { "type": "integer", "minimum": 0, "description": "Outlets that report it, copies not counted; where all copy or look back, those." },
        "origins": { "type": "integer", "minimum": 0, "description": "Independent accounts that it rests on." },
        "reports": { "type": "array", "items": { "$ref": "#/$defs/report" } }
    });
    merge(&mut properties, recorded);
    closed(properties)
}

/// What an event says, in the scheme's own words.
fn said() -> Value {
    let maybe = |mut values: Vec<&'static str>| {
        values.sort_unstable();
        let mut values: Vec<Value> = values.into_iter().map(Value::from).collect();
        values.push(Value::Null);
        json!({ "enum": values })
    };
    let id = || json!({ "type": ["string", "null"] });
    json!({
        "actor": { "type": ["string", "null"], "description": "Null when unknown, unnamed, or many unnamed." },
        "actor_kind": maybe(ActorKind::ALL.iter().map(|kind| kind.as_str()).collect()),
        "action": { "enum": Action::ALL.iter().map(|action| action.as_str()).collect::<Vec<_>>() },
        "vendor": id(),
        "product": id(),
        "regions": { "type": "array", "items": { "type": "string" }, "description": "ISO 3166-1 alpha-2, sub-divisions, or named groups." },
        "audience": { "enum": Audience::ALL.iter().map(|audience| audience.as_str()).collect::<Vec<_>>() },
        "instrument": { "enum": Instrument::ALL.iter().map(|instrument| instrument.as_str()).collect::<Vec<_>>() },
        "status": { "enum": Status::ALL.iter().map(|status| status.as_str()).collect::<Vec<_>>() },
        "date": { "oneOf": [{ "$ref": "#/$defs/date" }, { "type": "null" }] }
    })
}

fn report() -> Value {
    closed(json!({
        "article": hash(),
        "url": { "type": ["string", "null"] },
        "outlet": { "type": "string" },
        "origin": { "type": "string", "description": "Whose account it rests on; reports with one origin count once." },
        "lang": { "type": "string" },
        "published": { "$ref": "#/$defs/date" },
        "seen": { "type": "string", "format": "date-time" },
        "official": { "type": "boolean", "description": "The actor's or authority's own word." },
        "evidence_only": { "type": "boolean", "description": "A copy, a look back, or an aggregator's lead." }
    }))
}

fn entry() -> Value {
    json!({
        "type": "object",
        "description": "One line of ledger.jsonl. Its hash is the SHA-256 of the line's exact bytes without the line end; \
            \"prev\" is the hash of the line before, 64 zeros in the first.",
        "required": ["n", "prev", "at", "what"],
        "properties": {
            "n": { "type": "integer", "minimum": 1 },
            "prev": hash(),
            "at": { "type": "string", "format": "date-time" },
            "what": { "enum": ["event", "reports", "supersede"] }
        }
    })
}

fn story() -> Value {
    let texts = || json!({ "type": "array", "items": { "type": "string" } });
    let time = || json!({ "type": "string", "format": "date-time" });
    closed(json!({
        "id": { "type": "string", "pattern": "^[0-9a-f]{12}$" },
        "url": { "type": "string", "format": "uri" },
        "headline": { "type": "string" },
        "family": { "type": "string", "description": "Which table of views and laws spoke." },
        "first_seen": time(),
        "first_shown": time(),
        "latest": time(),
        "actors": texts(),
        "vendors": texts(),
        "products": texts(),
        "regions": texts(),
        "langs": texts(),
        "events": { "type": "array", "items": { "type": "integer" }, "description": "The events that were taken from it." },
        "articles": texts()
    }))
}

fn date() -> Value {
    json!({ "type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$", "description": "With the precision that was stated." })
}

fn hash() -> Value {
    json!({ "type": "string", "pattern": "^[0-9a-f]{64}$" })
}

/// An object that has all of these and nothing else.
fn closed(properties: Value) -> Value {
    let required: Vec<String> = properties.as_object().into_iter().flat_map(|map| map.keys().cloned()).collect();
    json!({ "type": "object", "required": required, "additionalProperties": false, "properties": properties })
}

fn merge(into: &mut Value, more: Value) {
    if let (Value::Object(into), Value::Object(more)) = (into, more) {
        into.extend(more);
    }
}
