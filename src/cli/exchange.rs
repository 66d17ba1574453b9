//! What goes out to other programs, and comes in from them.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// What `import` says beyond its options.
pub(super) const IMPORT: &str = "Example: termwall import archive.jsonl && termwall build
From another program: zcat archive.jsonl.gz | termwall import -
A line: {\"title\", \"text\", \"url\", \"outlet\", \"published\"?, \"lang\"?, \"id\"?}. What has no url must name its outlet.
An address that is known already becomes a new version only where the words come from the same place. The next `build` or `run`
tags, links and enters what came in; an article counts as first seen now, whatever day it claims.
Exit status: 0 done, 1 not done, 3 done but some lines refused (each named)";

/// Where the record is written to.
#[derive(Debug, Args)]
pub struct Exported {
    /// Where to; files of the same names there are replaced
    pub folder: PathBuf,
    /// Which forms, separated by commas
    #[arg(long, value_delimiter = ',', default_values = ["jsonl", "csv", "parquet"])]
    pub format: Vec<Form>,
}

/// A form that a table can be written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Form {
    /// One JSON object a line
    Jsonl,
    /// For spreadsheets
    Csv,
    /// Apache Parquet
    Parquet,
}

/// What is loaded.
#[derive(Debug, Args)]
pub struct Imported {
    /// The file; "-" is standard input
    pub file: PathBuf,
}
