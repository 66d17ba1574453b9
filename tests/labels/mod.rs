//! The labelled stories of `tests/corpus`, as articles with the labels' own tags or the tagger's.

use serde::Deserialize;
use sha2::{Digest, Sha256};
use termwall::link::Given;
use termwall::model::event::AccessEvent;
use termwall::model::tagged::Tagged;
use termwall::tag::{Tagger, Text};

pub mod shipped;

#[derive(Deserialize)]
pub struct Label {
    pub id: String,
    pub url: String,
    pub outlet: String,
    pub published: String,
    pub lang: String,
    pub title: String,
    pub text: String,
    pub relevant: bool,
    pub banks: Vec<String>,
    pub vendors: Vec<String>,
    pub products: Vec<String>,
    pub regions: Vec<String>,
    pub events: Vec<serde_json::Value>,
    pub group: Option<String>,
}

impl Label {
    pub fn given(&self) -> Given<'_> {
        Given {
            id: &self.id,
            title: &self.title,
            text: &self.text,
            lang: &self.lang,
            published: Some(&self.published),
            url: Some(&self.url),
            outlet: &self.outlet,
        }
    }

    /// The label's own events, as if the tagger made no mistake. Labels do not say what is only recalled.
    pub fn tagged(&self) -> Tagged {
        Tagged {
            relevant: self.relevant,
            banks: self.banks.clone(),
            vendors: self.vendors.clone(),
            products: self.products.clone(),
            regions: self.regions.clone(),
            events: self.events.iter().map(event).collect(),
            ..Tagged::default()
        }
    }

    pub fn is_held(&self) -> bool {
        let key = self.group.as_deref().filter(|group| !group.is_empty()).unwrap_or(&self.id);
        Sha256::digest(key.as_bytes()).iter().map(|byte| u32::from(*byte)).sum::<u32>() % 3 == 0
    }
}

/// An event as labelled, without evidence.
pub fn event(label: &serde_json::Value) -> AccessEvent {
    let mut value = label.clone();
    for field in ["actor", "actor_kind", "vendor", "product", "date"] {
        if value[field] == "" {
            value[field] = serde_json::Value::Null;
        }
    }
    value["evidence"] = serde_json::json!([]);
    serde_json::from_value(value).unwrap()
}

pub fn labels() -> Vec<Label> {
    let parts = ["banks", "regulation", "vendors", "eu-asia", "zh"];
    let text: String =
        parts.iter().map(|part| std::fs::read_to_string(format!("tests/corpus/{part}-dev.jsonl")).unwrap()).collect();
    text.lines().filter(|line| !line.trim().is_empty()).map(|line| serde_json::from_str(line).unwrap()).collect()
}

pub fn tags(tagger: &Tagger, label: &Label) -> Tagged {
    tagger.tag(Text {
        title: &label.title,
        text: &label.text,
        lang: Some(&label.lang),
        published: Some(&label.published),
        outlet: Some(&label.outlet),
    })
}
