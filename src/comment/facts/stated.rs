//! What articles say beside their events: who is left out, what remains, conditions, hosting, refusals to comment, figures.

use super::scene::WORLD;
use super::{Found, Scene, cite};
use crate::comment::value::{Condition, Host, Noun, Outside, Side, Unit, Value};
use crate::model::event::{Action, Audience, Status};
use crate::model::story::Told;
use crate::model::tagged::{About, Statement};
use crate::model::taxonomy::Kind;

/// All of them, each from the first report that gives it.
pub fn all(scene: &Scene<'_>) -> Vec<Found> {
    [left_out, remains, condition, hosting, no_comment, amount].into_iter().filter_map(|find| find(scene)).collect()
}

fn first<'a, T>(
    scene: &Scene<'a>,
    about: About,
    read: impl Fn(&'a Statement) -> Option<T>,
) -> Option<(&'a Told, &'a Statement, T)> {
    let said = scene.reports.iter().flat_map(|told| told.tagged.statements.iter().map(move |said| (*told, said)));
    said.filter(|(_, said)| said.about == about).find_map(|(told, said)| read(said).map(|value| (told, said, value)))
}

fn support(function: &'static str, told: &Told, said: &Statement, holes: Vec<(&'static str, Value)>) -> Option<Found> {
    let source = cite::cited(told, &said.evidence)?;
    let mut holes = holes;
    holes.push(("outlet", Value::Outlet(told.article.outlet.clone())));
    Some(Found::new(function, holes).from([source]))
}

fn left_out(scene: &Scene<'_>) -> Option<Found> {
    // "Elsewhere" is said of a place, and of people who have colleagues.
    let has_elsewhere = scene.event.audience == Audience::Employees && scene.event.regions.iter().any(|region| region != WORLD);
    let is_apt = |outside: &Outside| *outside != Outside::Elsewhere || has_elsewhere;
    let (told, said, outside) = first(scene, About::LeftOut, |said| outside(&said.evidence.quote).filter(is_apt))?;
    support("left_out", told, said, vec![("outside", Value::Outside(outside))])
}

fn remains(scene: &Scene<'_>) -> Option<Found> {
    let kept = |said: &Statement| {
        let names = names(scene, said, &[Kind::Product, Kind::Vendor]);
        let is_other =
            |name: &(Kind, String)| Some(&name.1) != scene.event.product.as_ref() && Some(&name.1) != scene.event.vendor.as_ref();
        let others: Vec<(Kind, String)> = names.into_iter().filter(is_other).collect();
        (!others.is_empty()).then_some(others)
    };
    let (told, said, names) = first(scene, About::Remains, kept)?;
    let claims = [(Action::Allow, Status::InForce)];
    let number = names.iter().filter(|(kind, _)| *kind == Kind::Product).count() as u64;
    let mut holes = vec![("products", Value::Names(names))];
    if number > 0 {
        holes.push(("count", Value::Count(number, Noun::Rival)));
    }
    support("remains", told, said, holes).map(|found| found.claims(claims))
}

fn condition(scene: &Scene<'_>) -> Option<Found> {
    let is_granted = scene.side() == Side::Open || scene.event.action == Action::Suspend;
    let (told, said, terms) = first(scene, About::Condition, |said| terms(&said.evidence.quote)).filter(|_| is_granted)?;
    support("condition", told, said, vec![("terms", Value::Terms(terms))])
}

fn hosting(scene: &Scene<'_>) -> Option<Found> {
    let (told, said, host) =
        first(scene, About::Hosting, |said| host(&said.evidence.quote)).filter(|_| scene.side() == Side::Open)?;
    support("hosting", told, said, vec![("host", Value::Host(host))])
}

/// Whether an article says that the user runs the model on own machines.
pub fn is_hosted(scene: &Scene<'_>) -> bool {
    first(scene, About::Hosting, |said| host(&said.evidence.quote)).is_some_and(|(_, _, host)| host == Host::Own)
}

fn no_comment(scene: &Scene<'_>) -> Option<Found> {
    let named = |said: &Statement| {
        let names = names(scene, said, &[Kind::Bank, Kind::Vendor, Kind::Authority, Kind::Company]);
        (!names.is_empty()).then_some(names)
    };
    let (told, said, names) = first(scene, About::NoComment, named)?;
    support("no_comment", told, said, vec![("names", Value::Names(names))])
}

fn amount(scene: &Scene<'_>) -> Option<Found> {
    let figure = |said: &Statement| {
        let figure = said.amount.clone()?;
        let is_plain = figure.chars().any(|digit| digit.is_ascii_digit()) && figure.chars().count() <= 24;
        is_plain.then_some(())?;
        Some((unit(&figure, &said.evidence.quote)?, figure))
    };
    let (told, said, (unit, figure)) = first(scene, About::Amount, figure)?;
    support("amount", told, said, vec![("figure", Value::Figure(figure, unit))])
}

/// The ids of a statement that are of these kinds, in the order of the kinds.
fn names(scene: &Scene<'_>, said: &Statement, kinds: &[Kind]) -> Vec<(Kind, String)> {
    let known = |id: &String| kinds.iter().find(|kind| scene.taxonomy.get(**kind, id).is_some()).map(|kind| (*kind, id.clone()));
    said.ids.iter().filter_map(known).collect()
}

fn has(quote: &str, words: &[&str]) -> bool {
    let quote = quote.to_lowercase();
    words.iter().any(|word| quote.contains(word))
}

fn outside(quote: &str) -> Option<Outside> {
    let table: [(Outside, &[&str]); 5] = [
        (
            Outside::Installed,
            &[
                "installed",
                "already downloaded",
                "bestehende installation",
                "已安裝",
                "已安装",
                "已下載",
                "已下载",
                "설치된",
                "déjà install",
            ],
        ),
        (
            Outside::Website,
            &["web version", "website", "browser", "網頁版", "网页版", "웹", "ウェブ", "weboberfläche", "version web"],
        ),
        (Outside::PrivateUse, &["private", "personal device", "at home", "個人", "个人", "개인", "privat", "privé"]),
        (
            Outside::Elsewhere,
            &["elsewhere", "other offices", "outside hong kong", "別處", "其他地區", "其他地区", "海外", "anderswo", "ailleurs"],
        ),
        (Outside::Existing, &["existing customer", "existing user", "current customer", "既有", "现有", "現有", "기존"]),
    ];
    table.into_iter().find(|(_, words)| has(quote, words)).map(|(outside, _)| outside)
}

fn terms(quote: &str) -> Option<Condition> {
    let table: [(Condition, &[&str]); 5] = [
        (Condition::Review, &["human", "review", "人工", "人手", "사람"]),
        (Condition::Consent, &["consent", "opt out", "opt-out", "agree", "refuse", "同意", "동의", "einwillig", "consentement"]),
        (Condition::Security, &["security", "secure", "sicherheit", "安全", "보안", "sécurité"]),
        (Condition::Audit, &["report", "audit", "log", "稽核", "審計", "审计", "감사"]),
        (Condition::Location, &["data resid", "stored in", "local server", "own infrastructure", "存放", "境內", "境内"]),
    ];
    table.into_iter().find(|(_, words)| has(quote, words)).map(|(terms, _)| terms)
}

fn host(quote: &str) -> Option<Host> {
    let own = [
        "own infrastructure",
        "own machines",
        "own servers",
        "self-host",
        "on-premise",
        "on premise",
        "in-house",
        "internal infrastructure",
        "自有",
        "自建",
        "本地部署",
        "自社",
        "자체",
        "eigenen",
        "propre",
    ];
    let cloud = ["cloud", "雲", "云", "クラウド", "클라우드"];
    if has(quote, &own) {
        Some(Host::Own)
    } else if has(quote, &cloud) {
        Some(Host::Cloud)
    } else {
        None
    }
}

fn unit(figure: &str, quote: &str) -> Option<Unit> {
    if figure.contains(['$', '€', '£', '¥', '₩']) {
        return Some(Unit::Money);
    }
    let (_, after) = quote.split_once(figure)?;
    let next: String = after.chars().take(40).collect();
    let table: [(Unit, &[&str]); 3] = [
        (
            Unit::People,
            &[
                "employee",
                "staff",
                "people",
                "worker",
                "banker",
                "user",
                "員工",
                "名",
                "人",
                "명",
                "mitarbeit",
                "salari",
                "empleado",
                "dipendent",
            ],
        ),
        (Unit::Chips, &["chip", "processor", "accelerator", "gpu", "晶片", "芯片"]),
        (Unit::Organisations, &["organi", "compan", "bank", "institution", "家", "機構", "机构"]),
    ];
    table.into_iter().find(|(_, words)| has(&next, words)).map(|(unit, _)| unit)
}
