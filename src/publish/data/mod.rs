//! The record and the events as files under `/data/`.

/// What a file says of one event.
mod rows;

/// A table that a spreadsheet opens and does not obey.
mod csv;

/// Rows in three forms.
mod table;

/// The record as tables.
mod tables;

/// What the files promise.
mod schema;

use serde::Serialize;

use crate::model::edition::{File, Material, RenderError};
use crate::publish::digest::Inputs;
use rows::{Row, rows};
pub use schema::schema;
pub use table::Format;
pub use tables::Sheet;

/// The chain.
const LEDGER: &str = "data/ledger.jsonl";
const EVENTS: &str = "data/events.json";
const TABLE: &str = "data/events.csv";
const COLUMNS: &str = "data/events.parquet";
const SCHEMA: &str = "data/schema.json";

/// All data files.
pub fn plan(material: &Material) -> Vec<File<'_>> {
    let events = Inputs::of(EVENTS).value(&document(material)).hash();
    let table = Inputs::of(TABLE).bytes(&events).hash();
    let columns = Inputs::of(COLUMNS).bytes(&events).hash();
    // The head stands for every line before it.
    let chain = Inputs::of(LEDGER).bytes(material.ledger.head.as_bytes()).value(&material.chain.len()).hash();
    let promises = Inputs::of(SCHEMA).bytes(material.site.base_url.as_str().as_bytes()).hash();
    vec![
        file(LEDGER, chain, || sheet(LEDGER, material, Sheet::Ledger, Format::Jsonl)),
        file(EVENTS, events, || pretty(EVENTS, &document(material))),
        file(TABLE, table, || sheet(TABLE, material, Sheet::Events, Format::Csv)),
        file(COLUMNS, columns, || sheet(COLUMNS, material, Sheet::Events, Format::Parquet)),
        file(SCHEMA, promises, || pretty(SCHEMA, &schema(&material.site))),
    ]
}

/// `events.json` as a whole.
#[derive(Serialize)]
struct Document<'a> {
    schema: String,
    publisher: &'a str,
    sample: bool,
    licence: Licence<'a>,
    ledger: Head<'a>,
    events: Vec<Row<'a>>,
}

#[derive(Serialize)]
struct Licence<'a> {
    name: &'a str,
    url: &'a str,
}

#[derive(Serialize)]
struct Head<'a> {
    head: &'a str,
    entries: u64,
}

fn document(material: &Material) -> Document<'_> {
    let site = &material.site;
    Document {
        schema: format!("{}{SCHEMA}", site.base_url),
        publisher: &site.publisher,
        sample: site.sample,
        licence: Licence { name: &site.data_licence.0, url: &site.data_licence.1 },
        ledger: Head { head: &material.ledger.head, entries: material.ledger.entries },
        events: rows(material).collect(),
    }
}

fn file<'a>(path: &str, inputs: [u8; 32], render: impl Fn() -> Result<Vec<u8>, RenderError> + Send + Sync + 'a) -> File<'a> {
    File { path: path.into(), inputs, render: Box::new(render) }
}

fn sheet(path: &str, material: &Material, sheet: Sheet, format: Format) -> Result<Vec<u8>, RenderError> {
    let mut out = Vec::new();
    let failed = |cause: std::io::Error| RenderError { path: path.to_string(), cause: cause.to_string() };
    sheet.write(material, format, &mut out).map_err(failed)?;
    Ok(out)
}

fn pretty(path: &str, value: &impl Serialize) -> Result<Vec<u8>, RenderError> {
    let failed = |cause: serde_json::Error| RenderError { path: path.to_string(), cause: cause.to_string() };
    let mut out = serde_json::to_vec_pretty(value).map_err(failed)?;
    out.push(b'\n');
    Ok(out)
}

#[cfg(test)]
mod tests;
