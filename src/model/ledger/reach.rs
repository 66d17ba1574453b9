//! Whether an event reaches a cell, and how narrowly it names it.

use super::cell::Cell;
use crate::model::event::{AccessEvent, ActorKind, Audience};
use crate::model::ledger::{Family, Layer};
use crate::model::taxonomy::{Kind, Taxonomy};

/// How an event names a cell: larger is narrower, in each field for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reach {
    product: u8,
    region: u8,
    audience: u8,
    /// The region or product that the event names, where the cell only inherits from it. The region where it is both.
    pub inherited_from: Option<String>,
}

impl Reach {
    /// Whether it names the cell more narrowly than another: in no field wider, in one narrower.
    pub fn narrower(&self, other: &Self) -> bool {
        let (mine, theirs) = ([self.product, self.region, self.audience], [other.product, other.region, other.audience]);
        mine != theirs && mine.iter().zip(theirs).all(|(mine, theirs)| *mine >= theirs)
    }
}

/// How an event of a layer reaches a cell; `None` where it does not.
pub fn reach(event: &AccessEvent, layer: Layer, cell: &Cell, taxonomy: &Taxonomy) -> Option<Reach> {
    if layer == Layer::Policy && (event.actor.is_none() || event.actor != cell.organisation) {
        return None;
    }
    let (product, product_from) = product(event, layer, cell, taxonomy)?;
    let (region, region_from) = region(event, layer, cell, taxonomy)?;
    let audience = audience(event.audience, cell, taxonomy)?;
    Some(Reach { product, region, audience, inherited_from: region_from.or(product_from) })
}

/// Itself, a part of what is named, or any product of the named vendor. An event on AI in general reaches products only as
/// an organisation's own ban: the rest ("chips", "AI services") names too little to say which product it shuts, and who
/// gives its staff "AI" gives them some product.
fn product(event: &AccessEvent, layer: Layer, cell: &Cell, taxonomy: &Taxonomy) -> Option<(u8, Option<String>)> {
    let Some(named) = &event.product else {
        let made_by = taxonomy.get(Kind::Product, &cell.product).and_then(|product| product.vendor.as_ref());
        return match &event.vendor {
            Some(vendor) => (made_by == Some(vendor)).then(|| (1, Some(vendor.clone()))),
            None => (layer == Layer::Policy && event.action.family() == Family::Closes).then_some((0, None)),
        };
    };
    let depth = ancestry(&cell.product, taxonomy).position(|product| product == named)?;
    let narrowness = 250 - u8::try_from(depth).unwrap_or(200).min(200);
    Some((narrowness, (depth > 0).then(|| named.clone())))
}

/// A product, what it is part of, and so on.
fn ancestry<'a>(product: &'a str, taxonomy: &'a Taxonomy) -> impl Iterator<Item = &'a str> {
    const DEEPEST: usize = 16; // A taxonomy with a ring in it must not hang us.
    let parent = |id: &&'a str| taxonomy.get(Kind::Product, id).and_then(|product| product.parent.as_deref());
    std::iter::successors(Some(product), parent).take(DEEPEST)
}

/// The narrowest of the regions named that holds the cell's. Without one, an organisation's policy reaches wherever it is, and
/// what a vendor keeps from, or gives to, everybody reaches everywhere; "companies" without a place may be a single company.
fn region(event: &AccessEvent, layer: Layer, cell: &Cell, taxonomy: &Taxonomy) -> Option<(u8, Option<String>)> {
    if event.regions.is_empty() {
        let everybody = matches!(event.audience, Audience::Public | Audience::Customers | Audience::Developers);
        let everywhere = layer == Layer::Policy || event.actor_kind == Some(ActorKind::Vendor) && everybody;
        return everywhere.then_some((0, None));
    }
    let named = event.regions.iter().filter(|region| taxonomy.within(&cell.region, region));
    let narrowest = named.max_by_key(|region| (narrowness(region, &cell.region, taxonomy), region.as_str()))?;
    let inherited = (*narrowest != cell.region).then(|| narrowest.clone());
    Some((narrowness(narrowest, &cell.region, taxonomy), inherited))
}

/// The cell's own region first, then its country, then groups by size, the world last.
fn narrowness(region: &str, own: &str, taxonomy: &Taxonomy) -> u8 {
    let members = taxonomy.get(Kind::Region, region).map_or(0, |group| group.members.len());
    match region {
        _ if region == own => 255,
        "worldwide" => 1,
        _ if members == 0 => 254,
        _ => 253 - u8::try_from(members).unwrap_or(250).min(250),
    }
}

/// The cell's own audience, else one that it belongs to. Civil servants belong to the public; nobody inherits theirs.
fn audience(named: Audience, cell: &Cell, taxonomy: &Taxonomy) -> Option<u8> {
    if named == cell.audience {
        return Some(9);
    }
    let owned = cell.organisation.as_deref().and_then(|id| taxonomy.actor(id)).and_then(|member| member.home.as_deref());
    let chinese = matches!(owned, Some("CN" | "HK" | "MO")) || cell.audience == Audience::ChineseOwnedEntities;
    let business = matches!(cell.audience, Audience::Employees | Audience::Companies | Audience::ChineseOwnedEntities);
    match named {
        Audience::ChineseOwnedEntities if business && chinese => Some(4),
        Audience::Companies if business => Some(3),
        Audience::Customers if business => Some(2),
        Audience::Public if cell.audience != Audience::Other => Some(1),
        _ => None,
    }
}
