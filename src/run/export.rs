//! The record as files for other programs.

use std::io::Write;
use std::sync::Arc;

use jiff::Timestamp;

use super::desk::Desk;
use super::{Outcome, RunError, Streams, edition, say, settle};
use crate::cli::{Exported, Form};
use crate::deliver;
use crate::model::words::count;
use crate::publish::data::{Format, Sheet, schema};
use crate::store::Store;

impl From<Form> for Format {
    fn from(form: Form) -> Self {
        match form {
            Form::Jsonl => Self::Jsonl,
            Form::Csv => Self::Csv,
            Form::Parquet => Self::Parquet,
        }
    }
}

/// Writes every table in every form into a folder, and `schema.json` beside them.
pub async fn export(
    desk: &Desk,
    store: &Store,
    Exported { folder, format }: &Exported,
    now: Timestamp,
    streams: &mut Streams<'_>,
) -> Result<Outcome, RunError> {
    let settled = settle::Settled::of(desk, store, now).await?;
    let material = edition::material(desk, store, Arc::clone(&desk.site), settled, now).await?;
    for sheet in Sheet::ALL {
        for format in format.iter().copied().map(Format::from) {
            let path = folder.join(format!("{}.{}", sheet.name(), format.ending()));
            let rows = deliver::stream(&path, |out| sheet.write(&material, format, out))?;
            say(streams, &format!("{:<16}  {}", path.file_name().unwrap_or_default().display(), count(rows, "row")))?;
        }
    }
    let promises = format!("{:#}\n", schema(&material.site));
    deliver::stream(&folder.join("schema.json"), |out| out.write_all(promises.as_bytes()))?;
    say(streams, &format!("written to {}", folder.display()))?;
    Ok(Outcome::Done)
}
