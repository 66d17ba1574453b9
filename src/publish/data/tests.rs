//! The data files as somebody else's program reads them.

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::*;
use crate::publish::fixture;

fn rendered(material: &Material, path: &str) -> String {
    let plan = plan(material);
    let file = plan.iter().find(|file| file.path == path).unwrap();
    String::from_utf8((file.render)().unwrap()).unwrap()
}

fn parsed(material: &Material, path: &str) -> Value {
    serde_json::from_str(&rendered(material, path)).unwrap()
}

fn keys(value: &Value) -> Vec<&str> {
    let mut keys: Vec<&str> = value.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    keys
}

#[test]
fn the_chain_can_be_verified_by_anyone_with_a_hash_function() {
    let material = fixture::material();
    let mut head = "0".repeat(64);
    for line in rendered(&material, LEDGER).lines() {
        let entry: Value = serde_json::from_str(line).unwrap();
        assert_eq!(entry["prev"], head.as_str());
        head = Sha256::digest(line).iter().map(|byte| format!("{byte:02x}")).collect();
    }
    assert_eq!(head, material.ledger.head);
    assert_eq!(parsed(&material, EVENTS)["ledger"]["head"], head.as_str());
}

#[test]
fn the_events_as_json() {
    insta::assert_snapshot!(rendered(&fixture::material(), EVENTS));
}

#[test]
fn the_events_as_a_table() {
    insta::assert_snapshot!(rendered(&fixture::material(), TABLE));
}

#[test]
fn the_schema_names_every_key_and_every_value_that_the_files_hold() {
    let material = fixture::material();
    let (schema, document) = (parsed(&material, SCHEMA), parsed(&material, EVENTS));
    assert_eq!(keys(&schema["properties"]), keys(&document));
    let event = &schema["$defs"]["event"]["properties"];
    for row in document["events"].as_array().unwrap() {
        assert_eq!(keys(event), keys(row));
        for key in ["action", "audience", "instrument", "status", "actor_kind", "layer", "standing"] {
            assert!(event[key]["enum"].as_array().unwrap().contains(&row[key]), "{key}: {}", row[key]);
        }
        for report in row["reports"].as_array().unwrap() {
            assert_eq!(keys(&schema["$defs"]["report"]["properties"]), keys(report));
        }
    }
}

#[test]
fn every_column_of_the_table_is_a_key_of_an_event() {
    let material = fixture::material();
    let document = parsed(&material, EVENTS);
    let mut known = keys(&document["events"][0]);
    known.retain(|key| *key != "reports");
    let table = rendered(&material, TABLE);
    let mut columns: Vec<&str> = table.lines().next().unwrap().split(',').collect();
    columns.sort_unstable();
    assert_eq!(columns, known);
}

#[test]
fn an_event_without_a_date_has_null_and_an_empty_cell() {
    let mut material = fixture::material();
    std::sync::Arc::make_mut(&mut material.ledger).records[0].event.date = None;
    assert_eq!(parsed(&material, EVENTS)["events"][0]["date"], Value::Null);
    assert!(rendered(&material, TABLE).lines().nth(1).unwrap().contains(",in-force,,policy,"));
}

#[test]
fn an_empty_ledger_gives_empty_files_that_parse() {
    let material = fixture::empty();
    assert_eq!(rendered(&material, LEDGER), "");
    assert_eq!(parsed(&material, EVENTS)["events"], Value::Array(Vec::new()));
    assert_eq!(rendered(&material, TABLE).lines().count(), 1);
}

#[test]
fn equal_inputs_promise_equal_bytes() {
    let (one, two) = (fixture::material(), fixture::material());
    for (first, second) in plan(&one).iter().zip(plan(&two)) {
        assert_eq!((&first.path, first.inputs), (&second.path, second.inputs));
        assert_eq!((first.render)().unwrap(), (second.render)().unwrap());
    }
    let mut later = fixture::material();
    std::sync::Arc::make_mut(&mut later.ledger).records[1].pending = false;
    let changed = |path: &str| {
        let of = |material| plan(material).into_iter().find(|file| file.path == path).unwrap().inputs;
        of(&one) != of(&later)
    };
    assert!(changed(EVENTS) && changed(TABLE) && !changed(LEDGER) && !changed(SCHEMA));
}

fn written(material: &Material, sheet: Sheet, format: Format) -> Vec<u8> {
    let mut out = Vec::new();
    sheet.write(material, format, &mut out).unwrap();
    out
}

/// Every row of a Parquet file as JSON, unknown values spelt out.
fn parquet_rows(bytes: Vec<u8>) -> Vec<Value> {
    let reader = parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(bytes::Bytes::from(bytes)).unwrap();
    let mut lines = Vec::new();
    let mut writer =
        arrow_json::WriterBuilder::new().with_explicit_nulls(true).build::<_, arrow_json::writer::LineDelimited>(&mut lines);
    for batch in reader.build().unwrap() {
        writer.write(&batch.unwrap()).unwrap();
    }
    writer.finish().unwrap();
    drop(writer);
    String::from_utf8(lines).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn parquet_holds_what_the_lines_hold() {
    for material in [fixture::material(), fixture::hostile(), fixture::empty()] {
        for sheet in [Sheet::Events, Sheet::Reports, Sheet::Stories] {
            let lines = String::from_utf8(written(&material, sheet, Format::Jsonl)).unwrap();
            let mut rows: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            rows.iter_mut().for_each(|row| drop(row.as_object_mut().unwrap().remove("reports")));
            let mut columns = parquet_rows(written(&material, sheet, Format::Parquet));
            for row in columns.iter_mut().chain(&mut rows) {
                row.as_object_mut().unwrap().sort_keys();
            }
            assert_eq!(columns, rows, "{}", sheet.name());
            let table = String::from_utf8(written(&material, sheet, Format::Csv)).unwrap();
            assert_eq!(table.matches("\r\n").count(), rows.len() + 1, "{}", sheet.name());
        }
    }
}

#[test]
fn the_chain_proves_itself_in_parquet_as_well() {
    let material = fixture::material();
    let rows = parquet_rows(written(&material, Sheet::Ledger, Format::Parquet));
    let mut head = "0".repeat(64);
    for (row, line) in rows.iter().zip(&material.chain) {
        assert_eq!((&row["prev"], &row["line"]), (&Value::from(head.as_str()), &Value::from(line.as_str())));
        head = Sha256::digest(line).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(row["hash"], head.as_str());
    }
    assert_eq!((rows.len(), head), (material.chain.len(), material.ledger.head.clone()));
}

#[test]
fn the_schema_names_every_column_of_a_story() {
    let material = fixture::material();
    let schema = schema(&material.site);
    let lines = String::from_utf8(written(&material, Sheet::Stories, Format::Jsonl)).unwrap();
    let first: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!(keys(&schema["$defs"]["story"]["properties"]), keys(&first));
}
