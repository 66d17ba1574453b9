//! Values in English.

use jiff::civil::Date;

use super::{Say, verbs};
use crate::comment::value::{Noun, Value, is_own_staff, noun_of};
use crate::model::event::{AccessEvent, Action, ActorKind, Audience, Instrument};
use crate::model::ledger::{Layer, State};
use crate::model::taxonomy::Kind;
use crate::model::when::{PartialDate, Precision};
use crate::model::words;

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// Longest outlet name that is printed whole, in characters: names come from feeds and may be hostile.
const OUTLET: usize = 60;

/// Most places that are named; beyond, they are counted.
const PLACES: usize = 3;

/// A value in words.
pub fn value(say: &Say<'_>, value: &Value) -> String {
    match value {
        Value::Name(kind, id) => name(say, *kind, id),
        Value::Names(names) => words::list(&names.iter().map(|(kind, id)| name(say, *kind, id)).collect::<Vec<_>>()),
        Value::Unnamed(kind) => format!("an unnamed {}", noun_of(*kind).english()),
        Value::Outlet(outlet) => clipped(outlet),
        Value::Outlets(outlets) => words::list(&outlets.iter().map(|outlet| clipped(outlet)).collect::<Vec<_>>()),
        Value::Count(number, noun) => counted(*number, *noun),
        Value::Share(part, whole, noun) => format!("{} of {}", words::number(*part), counted(*whole, *noun)),
        Value::Ordinal(number) => words::ordinal(*number),
        Value::On(date) => on(*date),
        Value::Tool(vendor, product) => tool(say, vendor.as_deref(), product.as_deref()),
        Value::OwnTool(Some(product)) => own_tool(say, product),
        Value::OwnTool(None) => "its products".to_string(),
        Value::Short(vendor, product) => short(say, vendor.as_deref(), product.as_deref()),
        Value::Whom(event) => whom(say, event),
        Value::Places(regions) => places(say, regions),
        Value::Deed(event) => deed(say, event),
        Value::Ground(Instrument::VendorTerms, Some(vendor)) => {
            format!("{} terms of use", possessive(&name(say, Kind::Vendor, vendor)))
        }
        Value::Ground(instrument, _) => ground(*instrument).to_string(),
        Value::Status(status) => status.as_str().to_string(),
        Value::Layers(layers, whose) => words::list(&layers.iter().map(|layer| layer_state(*layer, *whose)).collect::<Vec<_>>()),
        Value::Unrecorded(layers, whose) => {
            words::list(&layers.iter().map(|layer| layer_name(*layer, *whose)).collect::<Vec<_>>())
        }
        Value::Kind(noun) => noun.english().to_string(),
        Value::Missing(particular) => particular.english().to_string(),
        Value::What(what) => what.clone(),
        Value::Outside(outside) => outside.english().to_string(),
        Value::Terms(condition) => condition.english().to_string(),
        Value::Host(host) => host.english().to_string(),
        Value::Figure(figure, unit) => format!("{figure} {}", unit.english()).trim().to_string(),
    }
}

/// 18 June 2026.
fn day(date: Date) -> String {
    format!("{} {} {}", date.day(), MONTHS[usize::from(date.month().unsigned_abs()) - 1], date.year())
}

fn bare(date: PartialDate) -> String {
    let first = date.first();
    match date.precision() {
        Precision::Day => day(first),
        Precision::Month => format!("{} {}", MONTHS[usize::from(first.month().unsigned_abs()) - 1], first.year()),
        Precision::Year => first.year().to_string(),
    }
}

fn on(date: PartialDate) -> String {
    let preposition = if date.precision() == Precision::Day { "on" } else { "in" };
    format!("{preposition} {}", bare(date))
}

fn counted(number: u64, noun: Noun) -> String {
    let plural = words::plural(noun.english());
    let noun = if number == 1 { noun.english() } else { &plural };
    format!("{} {noun}", words::number(number))
}

/// An outlet as it calls itself, cut where it is too long to be a name.
pub fn clipped(outlet: &str) -> String {
    if outlet.chars().count() <= OUTLET {
        return outlet.to_string();
    }
    let head: String = outlet.chars().take(OUTLET).collect();
    format!("{}…", head.trim_end())
}

/// A name as it stands inside a sentence: places that take an article have it.
fn name(say: &Say<'_>, kind: Kind, id: &str) -> String {
    let plain = say.name(kind, id);
    if kind == Kind::Authority
        && let Some(country) = plain.strip_suffix(" courts")
    {
        return format!("{} {country} court", article(country));
    }
    // "Ministry of Commerce (China)" tells homonyms apart in lists; in a sentence the country stands before it.
    if kind == Kind::Authority
        && let Some((office, country)) = plain.strip_suffix(')').and_then(|plain| plain.split_once(" ("))
    {
        return format!("{} {office}", possessive(country));
    }
    let wants = match kind {
        Kind::Region => wants_article(&plain),
        Kind::Authority => is_office(&plain),
        _ => false,
    };
    if wants { format!("the {plain}") } else { plain }
}

fn wants_article(place: &str) -> bool {
    place.starts_with("United ")
        || ["Union", "Islands", "Republic", "Emirates", "States"].iter().any(|last| place.ends_with(last))
        || [
            "Netherlands",
            "Philippines",
            "Middle East",
            "Bahamas",
            "Maldives",
            "Gambia",
            "Gulf",
            "Vatican",
            "Comoros",
            "Seychelles",
            "Gulf states",
        ]
        .contains(&place)
}

/// An office that is named by what it is takes an article; an acronym, or a name that begins with its country's, does not.
fn is_office(name: &str) -> bool {
    const OFFICES: [&str; 34] = [
        "administration",
        "department",
        "commission",
        "authority",
        "ministry",
        "congress",
        "court",
        "office",
        "bureau",
        "council",
        "agency",
        "government",
        "house",
        "parliament",
        "senate",
        "board",
        "cabinet",
        "commissioner",
        "service",
        "services",
        "bank",
        "reserve",
        "garante",
        "committee",
        "treasury",
        "pentagon",
        "institute",
        "directorate",
        "inspectorate",
        "police",
        "army",
        "representatives",
        "centre",
        "president",
    ];
    let mut words = name.split(' ');
    let is_possessed = words.clone().next().is_some_and(|first| first.ends_with("'s") || first == "The");
    !is_possessed && words.any(|word| OFFICES.contains(&word.to_lowercase().as_str()))
}

fn article(word: &str) -> &'static str {
    if word.starts_with(['A', 'E', 'I', 'O']) { "an" } else { "a" }
}

/// "Anthropic's Claude"; one name where maker and product share it.
fn tool(say: &Say<'_>, vendor: Option<&str>, product: Option<&str>) -> String {
    let maker = vendor.map(|id| say.name(Kind::Vendor, id));
    match (maker, product.map(|id| say.name(Kind::Product, id))) {
        (Some(maker), Some(product)) if product.contains(&maker) => product,
        (Some(maker), Some(product)) => format!("{} {product}", possessive(&maker)),
        (None, Some(product)) => product,
        (Some(maker), None) => format!("{} products", possessive(&maker)),
        (None, None) => "AI tools".to_string(),
    }
}

/// A service that bears its maker's name is "its service" to its maker.
fn own_tool(say: &Say<'_>, product: &str) -> String {
    let name = say.name(Kind::Product, product);
    let vendor = say.taxonomy.get(Kind::Product, product).and_then(|member| member.vendor.as_deref());
    let is_eponymous = vendor.is_some_and(|vendor| say.name(Kind::Vendor, vendor) == name);
    if is_eponymous { "its service".to_string() } else { name }
}

fn short(say: &Say<'_>, vendor: Option<&str>, product: Option<&str>) -> String {
    match product {
        Some(id) => say.name(Kind::Product, id),
        None => tool(say, vendor, None),
    }
}

/// "Anthropic's", "Goldman Sachs'".
pub fn possessive(name: &str) -> String {
    if name.ends_with('s') { format!("{name}'") } else { format!("{name}'s") }
}

fn places(say: &Say<'_>, regions: &[String]) -> String {
    let is_worldwide = regions.iter().any(|region| region == "worldwide");
    match regions.len() {
        0 => String::new(),
        _ if is_worldwide => "worldwide".to_string(),
        1..=PLACES => {
            let names: Vec<String> = regions.iter().map(|id| name(say, Kind::Region, id)).collect();
            format!("in {}", words::list(&names))
        }
        more => format!("in {} places", words::number(more as u64)),
    }
}

fn whom(say: &Say<'_>, event: &AccessEvent) -> String {
    let people = match event.audience {
        Audience::Employees if is_own_staff(event) => "its staff",
        Audience::Employees => "employees",
        Audience::Customers => "customers",
        Audience::Public => "the public",
        Audience::Developers => "developers",
        Audience::GovernmentStaff => "public officials",
        Audience::ForeignNationals => "foreign nationals",
        Audience::ChineseOwnedEntities => return "companies owned from China".to_string(),
        Audience::Companies => "companies",
        Audience::Other => "some users",
    };
    // An authority's own country goes without saying.
    let home = event.actor.as_deref().and_then(|id| say.taxonomy.actor(id)).and_then(|actor| actor.home.as_deref());
    let is_home = event.actor_kind == Some(ActorKind::Government) && event.regions.len() == 1 && home == Some(&event.regions[0]);
    let place = if is_home { String::new() } else { places(say, &event.regions) };
    format!("{people} {place}").trim_end().to_string()
}

/// A past clause without its actor: "barred its staff in Hong Kong from Anthropic's Claude".
fn deed(say: &Say<'_>, event: &AccessEvent) -> String {
    let (base, frame) = match event.action {
        Action::Prohibit => ("bar", "{whom} from {tool}"),
        Action::Restrict => ("restrict", "{tool} for {whom}"),
        Action::Suspend => ("suspend", "{tool} for {whom}"),
        Action::Withhold => ("withhold", "{tool} from {whom}"),
        Action::Allow => ("open", "{tool} to {whom}"),
        Action::Restore => ("restore", "{tool} for {whom}"),
        Action::Investigate => ("examine", "{tool}"),
        Action::Deny => ("deny", "a limit on {tool} for {whom}"),
    };
    let verb = verbs::verb(base).map(|verb| verbs::did(verb, event.status)).unwrap_or_default();
    let tool = value(say, &crate::comment::value::tool(event));
    format!("{verb} {}", frame.replace("{whom}", &whom(say, event)).replace("{tool}", &tool))
}

fn ground(instrument: Instrument) -> &'static str {
    match instrument {
        Instrument::VendorTerms => "the vendor's own terms",
        Instrument::ExportControl => "export control",
        Instrument::Sanctions => "sanctions",
        Instrument::DataProtection => "data protection",
        Instrument::FinancialRegulation => "financial regulation",
        Instrument::NationalSecurity => "national security",
        Instrument::InternalPolicy => "internal policy",
        Instrument::Censorship => "control of content",
        Instrument::CourtOrder => "a court's order",
        Instrument::Procurement => "procurement",
        Instrument::NoneStated => "no ground",
    }
}

fn layer_name(layer: Layer, whose: Noun) -> String {
    match layer {
        Layer::Terms => "the vendor's terms".to_string(),
        Layer::Law => "the law".to_string(),
        Layer::Policy => format!("the {} own policy", possessive(whose.english())),
    }
}

fn layer_state((layer, state): (Layer, State), whose: Noun) -> String {
    let state = match state {
        State::Allowed => "open",
        State::Restricted => "open in part",
        State::Suspended => "suspended",
        State::Withheld => "withheld",
        State::Prohibited => "shut",
    };
    format!("{} as {state}", layer_name(layer, whose))
}
