//! Rows as JSON Lines, as CSV and as Parquet, one at a time: columns are told once, for all three.

use std::io::{self, Write};
use std::sync::Arc;

use arrow_json::ReaderBuilder;
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use serde::Serialize;

use super::csv;

/// Rows that are turned into columns at once.
const BATCH: usize = 4_096;

/// What a column holds. Unknown is null, but for lists, which are never null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// UTF-8; dates and times as well, with the precision that they have.
    Text,
    /// 64 bits, signed.
    Number,
    /// True or false.
    Truth,
    /// A list of texts.
    Texts,
    /// A list of numbers.
    Numbers,
}

/// A column's name and what it holds.
pub type Column = (&'static str, Kind);

/// One table of the record.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Its file's name without the ending.
    pub name: &'static str,
    /// In order.
    pub columns: &'static [Column],
}

/// The forms that a table can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One JSON object a line.
    Jsonl,
    /// RFC 4180, for spreadsheets.
    Csv,
    /// Apache Parquet, compressed by zstd.
    Parquet,
}

impl Format {
    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Parquet => "parquet",
        }
    }
}

impl Table {
    /// Writes rows, holding at most a batch of them. Gives their number.
    pub fn write<R: Serialize>(
        &self,
        format: Format,
        rows: impl Iterator<Item = R>,
        notes: &[(&str, String)],
        out: &mut (dyn Write + Send),
    ) -> io::Result<usize> {
        match format {
            Format::Jsonl => lines(rows, out),
            Format::Csv => self.csv(rows, out),
            Format::Parquet => self.parquet(rows, notes, out),
        }
    }

    fn csv<R: Serialize>(&self, rows: impl Iterator<Item = R>, out: &mut dyn Write) -> io::Result<usize> {
        out.write_all(csv::line(self.columns.iter().map(|(name, _)| (*name).to_string())).as_bytes())?;
        let mut count = 0;
        for row in rows {
            let value = serde_json::to_value(&row)?;
            out.write_all(csv::line(self.columns.iter().map(|(name, _)| csv::text(&value[*name]))).as_bytes())?;
            count += 1;
        }
        Ok(count)
    }

    fn parquet<R: Serialize>(
        &self,
        rows: impl Iterator<Item = R>,
        notes: &[(&str, String)],
        out: &mut (dyn Write + Send),
    ) -> io::Result<usize> {
        let notes = notes.iter().map(|(key, value)| KeyValue::new((*key).to_string(), value.clone())).collect();
        let properties = WriterProperties::builder()
            .set_created_by(concat!("termwall ", env!("CARGO_PKG_VERSION")).to_string())
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_key_value_metadata(Some(notes))
            .build();
        let schema = self.schema();
        let mut writer = ArrowWriter::try_new(out, schema.clone(), Some(properties)).map_err(parquet_failed)?;
        let mut columns = ReaderBuilder::new(schema).build_decoder().map_err(arrow_failed)?;
        let mut batch = Vec::with_capacity(BATCH);
        let mut count = 0;
        let mut rows = rows.peekable();
        while rows.peek().is_some() {
            batch.clear();
            for row in rows.by_ref().take(BATCH) {
                batch.push(serde_json::to_value(&row)?);
            }
            count += batch.len();
            columns.serialize(&batch).map_err(arrow_failed)?;
            if let Some(columns) = columns.flush().map_err(arrow_failed)? {
                writer.write(&columns).map_err(parquet_failed)?;
            }
        }
        writer.close().map_err(parquet_failed)?;
        Ok(count)
    }

    fn schema(&self) -> SchemaRef {
        let list = |of: DataType| (DataType::List(Arc::new(Field::new("item", of, false))), false);
        let field = |(name, kind): &Column| {
            let (held, unknown) = match kind {
                Kind::Text => (DataType::Utf8, true),
                Kind::Number => (DataType::Int64, true),
                Kind::Truth => (DataType::Boolean, false),
                Kind::Texts => list(DataType::Utf8),
                Kind::Numbers => list(DataType::Int64),
            };
            Field::new(*name, held, unknown)
        };
        Arc::new(Schema::new(self.columns.iter().map(field).collect::<Vec<_>>()))
    }
}

fn lines<R: Serialize>(rows: impl Iterator<Item = R>, out: &mut dyn Write) -> io::Result<usize> {
    let mut count = 0;
    for row in rows {
        serde_json::to_writer(&mut *out, &row)?;
        out.write_all(b"\n")?;
        count += 1;
    }
    Ok(count)
}

/// Where a value is turned into a column's: nothing but a fault of ours, or of the disk.
fn parquet_failed(error: ParquetError) -> io::Error {
    io::Error::other(error)
}

fn arrow_failed(error: ArrowError) -> io::Error {
    io::Error::other(error)
}
