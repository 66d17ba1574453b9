//! What facts allow a sentence to say: their names, numbers, ranks, dates, actors and deeds.

use crate::comment::facts::Found;
use crate::comment::say::Say;
use crate::comment::value::Value;
use crate::model::event::{AccessEvent, Action, Audience, Status};
use crate::model::taxonomy::Kind;
use crate::model::when::PartialDate;

/// Everything that a sentence's facts hold.
#[derive(Debug, Default)]
pub struct Allowed {
    /// Names, by kind and id.
    pub names: Vec<(Kind, String)>,
    /// Those of them who act.
    pub actors: Vec<(Kind, String)>,
    /// Numbers.
    pub numbers: Vec<u64>,
    /// Ranks.
    pub ordinals: Vec<u64>,
    /// Dates.
    pub dates: Vec<PartialDate>,
    /// Words of names as they are printed, for names that no reader knows.
    pub words: Vec<String>,
    /// Outlets and descriptions as printed: they may hold anything and are not read.
    pub outlets: Vec<String>,
    /// What is done, and how far.
    pub claims: Vec<(Action, Status)>,
}

/// Holes whose name is that of somebody who acts.
const ACTING: [&str; 4] = ["actor", "first", "last", "other"];

impl Allowed {
    /// What these facts hold.
    pub fn by(facts: &[&Found], say: &Say<'_>) -> Self {
        let mut allowed = Self::default();
        for found in facts {
            allowed.claims.extend(found.claims.iter().copied());
            for (hole, value) in &found.holes {
                allowed.value(value, say);
                if let Value::Name(kind, id) = value
                    && ACTING.contains(hole)
                {
                    allowed.actors.push((*kind, id.clone()));
                }
            }
        }
        // The first on record has rank one, though nothing counts it.
        if facts.iter().any(|found| found.function == "first_of_kind") {
            allowed.ordinals.push(1);
            allowed.numbers.push(1);
        }
        allowed
    }

    /// The text with its outlets blotted out.
    pub fn masked(&self, text: &str) -> String {
        let mut outlets: Vec<&String> = self.outlets.iter().filter(|outlet| !outlet.is_empty()).collect();
        outlets.sort_by_key(|outlet| std::cmp::Reverse(outlet.len()));
        outlets.into_iter().fold(text.to_string(), |text, outlet| text.replace(outlet.as_str(), "·"))
    }

    fn value(&mut self, value: &Value, say: &Say<'_>) {
        match value {
            Value::Name(kind, id) => {
                self.name(*kind, id);
                // A name that the voice turns ("a Turkish court") is not in the taxonomy as printed.
                let printed = say.value(value);
                if !printed.ends_with(&say.name(*kind, id)) {
                    self.outlets.push(printed);
                }
            }
            Value::Names(names) => names.iter().for_each(|(kind, id)| self.name(*kind, id)),
            Value::Outlet(_) | Value::Outlets(_) => self.outlet(value, say),
            Value::Ground(_, Some(vendor)) => self.name(Kind::Vendor, vendor),
            Value::Count(number, _) => self.numbers.push(*number),
            Value::Share(part, whole, _) => self.numbers.extend([*part, *whole]),
            Value::Ordinal(number) => self.ordinals.push(*number),
            Value::On(date) => self.dates.push(*date),
            Value::Tool(vendor, product) | Value::Short(vendor, product) => self.tool(vendor.as_deref(), product.as_deref()),
            // What the taxonomy says of a thing is as its editors put it.
            Value::What(what) => self.outlets.push(what.clone()),
            Value::OwnTool(product) => self.tool(None, product.as_deref()),
            Value::Whom(event) | Value::Deed(event) => self.event(event),
            Value::Places(regions) => self.places(regions),
            Value::Figure(figure, _) => self.figure(figure),
            Value::Unnamed(_)
            | Value::Ground(_, None)
            | Value::Status(_)
            | Value::Layers(..)
            | Value::Unrecorded(..)
            | Value::Kind(_)
            | Value::Missing(_)
            | Value::Outside(_)
            | Value::Terms(_)
            | Value::Host(_) => {}
        }
        if matches!(
            value,
            Value::Name(..)
                | Value::Names(_)
                | Value::Tool(..)
                | Value::OwnTool(_)
                | Value::Short(..)
                | Value::Whom(_)
                | Value::Deed(_)
                | Value::Places(_)
                | Value::Ground(..)
        ) {
            self.words
                .extend(super::fixed::tokens(&say.value(value)).flat_map(|(_, word)| [word.to_string(), bare(word).to_string()]));
        }
    }

    fn name(&mut self, kind: Kind, id: &str) {
        self.names.push((kind, id.to_string()));
    }

    fn outlet(&mut self, value: &Value, say: &Say<'_>) {
        let outlets = match value {
            Value::Outlets(outlets) => outlets.clone(),
            Value::Outlet(outlet) => vec![outlet.clone()],
            _ => Vec::new(),
        };
        self.outlets.extend(outlets.into_iter().map(|outlet| say.value(&Value::Outlet(outlet))));
    }

    fn tool(&mut self, vendor: Option<&str>, product: Option<&str>) {
        vendor.into_iter().for_each(|id| self.name(Kind::Vendor, id));
        product.into_iter().for_each(|id| self.name(Kind::Product, id));
    }

    fn event(&mut self, event: &AccessEvent) {
        self.tool(event.vendor.as_deref(), event.product.as_deref());
        self.places(&event.regions);
        if event.audience == Audience::ChineseOwnedEntities {
            self.name(Kind::Region, "CN");
        }
    }

    fn places(&mut self, regions: &[String]) {
        regions.iter().for_each(|region| self.name(Kind::Region, region));
        self.numbers.push(regions.len() as u64);
    }

    fn figure(&mut self, figure: &str) {
        let digits: String = figure.chars().filter(char::is_ascii_digit).collect();
        self.numbers.extend(digits.parse::<u64>());
    }
}

fn bare(word: &str) -> &str {
    word.trim_end_matches("'s").trim_end_matches("’s").trim_end_matches('\'')
}
