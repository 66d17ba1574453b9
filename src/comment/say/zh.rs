//! Values in Traditional Chinese.

use super::Say;
use crate::comment::value::{Condition, Host, Noun, Outside, Particular, Unit, Value, is_own_staff};
use crate::model::event::{AccessEvent, Action, ActorKind, Audience, Instrument, Status};
use crate::model::ledger::{Layer, State};
use crate::model::taxonomy::Kind;
use crate::model::when::{PartialDate, Precision};
use crate::model::words;

/// Most places that are named; beyond, they are counted.
const PLACES: usize = 3;

/// Verbs of access, each with its English counterpart, whose direction it shares.
pub const VERBS: [(&str, &str); 13] = [
    ("禁止", "prohibit"),
    ("停用", "bar"),
    ("限制", "restrict"),
    ("暫停", "suspend"),
    ("不向", "withhold"),
    ("封鎖", "block"),
    ("關閉", "close"),
    ("開放", "open"),
    ("准許", "permit"),
    ("恢復", "restore"),
    ("調查", "investigate"),
    ("查問", "question"),
    ("否認", "deny"),
];

/// A verb in the form that a status asks for.
pub fn verb(base: &str, status: Status) -> String {
    match status {
        Status::InForce => base.to_string(),
        Status::Announced => format!("宣布將{base}"),
        Status::Proposed => format!("提議{base}"),
        Status::Considered => format!("考慮{base}"),
        Status::Rumoured => format!("據傳{base}"),
        Status::Ended => format!("一度{base}"),
    }
}

/// A value in words.
pub fn value(say: &Say<'_>, value: &Value) -> String {
    match value {
        Value::Name(kind, id) => say.name(*kind, id),
        Value::Names(names) => list(&names.iter().map(|(kind, id)| say.name(*kind, id)).collect::<Vec<_>>()),
        Value::Unnamed(kind) => unnamed(*kind).to_string(),
        Value::Outlet(outlet) => super::en::clipped(outlet),
        Value::Outlets(outlets) => list(&outlets.iter().map(|outlet| super::en::clipped(outlet)).collect::<Vec<_>>()),
        Value::Count(number, noun) => counted(*number, *noun),
        Value::Share(part, whole, noun) => format!("{}中的{}", counted(*whole, *noun), part_of(*part, *noun)),
        Value::Ordinal(number) => format!("第{}", ordinal(*number)),
        Value::On(date) => day(*date),
        Value::Tool(vendor, product) => tool(say, vendor.as_deref(), product.as_deref()),
        Value::OwnTool(Some(product)) | Value::Short(_, Some(product)) => say.name(Kind::Product, product),
        Value::OwnTool(None) => "自家產品".to_string(),
        Value::Short(vendor, None) => tool(say, vendor.as_deref(), None),
        Value::Whom(event) => whom(say, event),
        Value::Places(regions) => format!("在{}", places(say, regions)),
        Value::Deed(event) => deed(say, event),
        Value::Ground(Instrument::VendorTerms, Some(vendor)) => format!("{} 的使用條款", say.name(Kind::Vendor, vendor)),
        Value::Ground(instrument, _) => ground(*instrument).to_string(),
        Value::Status(status) => status.as_str().to_string(),
        Value::Layers(layers, whose) => list(
            &layers
                .iter()
                .map(|(layer, state)| format!("{}（{}）", layer_name(*layer, *whose), state_name(*state)))
                .collect::<Vec<_>>(),
        ),
        Value::Unrecorded(layers, whose) => {
            list(&layers.iter().map(|layer| layer_name(*layer, *whose).to_string()).collect::<Vec<_>>())
        }
        Value::Kind(noun) => measured(*noun),
        Value::Missing(particular) => missing(*particular).to_string(),
        Value::What(what) => what.clone(),
        Value::Outside(outside) => outside_name(*outside).to_string(),
        Value::Terms(condition) => terms(*condition).to_string(),
        Value::Host(Host::Own) => "使用者自己的機器".to_string(),
        Value::Host(Host::Cloud) => "雲端".to_string(),
        Value::Figure(figure, unit) => format!("{figure}{}", unit_name(*unit)),
    }
}

/// "甲、乙和丙".
fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{}和{last}", most.join("、")),
    }
}

const DIGITS: [&str; 11] = ["零", "一", "兩", "三", "四", "五", "六", "七", "八", "九", "十"];

/// To ten in numerals, with 兩 before a measure word.
fn number(value: u64) -> String {
    usize::try_from(value).ok().and_then(|at| DIGITS.get(at)).map_or_else(|| words::grouped(value), |digit| (*digit).to_string())
}

fn ordinal(value: u64) -> String {
    if value == 2 { "二".to_string() } else { number(value) }
}

/// Measure word and noun.
fn measure(noun: Noun) -> (&'static str, &'static str) {
    match noun {
        Noun::Report => ("篇", "報道"),
        Noun::Outlet => ("家", "媒體"),
        Noun::Origin => ("個", "來源"),
        Noun::Day => ("天", ""),
        Noun::Bank => ("家", "銀行"),
        Noun::Vendor => ("家", "供應商"),
        Noun::Company => ("家", "公司"),
        Noun::Authority => ("個", "機關"),
        Noun::Rival => ("款", "對手產品"),
        Noun::Country => ("個", "國家或地區"),
        Noun::Language => ("種", "語言"),
        Noun::Measure => ("項", "措施"),
        Noun::Act => ("次", "舉措"),
        Noun::Party => ("個", "當事方"),
    }
}

fn measured(noun: Noun) -> String {
    let (measure, name) = measure(noun);
    format!("{measure}{name}")
}

fn counted(value: u64, noun: Noun) -> String {
    format!("{}{}", number(value), measured(noun))
}

fn part_of(value: u64, noun: Noun) -> String {
    format!("{}{}", number(value), measure(noun).0)
}

fn day(date: PartialDate) -> String {
    let first = date.first();
    match date.precision() {
        Precision::Day => format!("{}年{}月{}日", first.year(), first.month(), first.day()),
        Precision::Month => format!("{}年{}月", first.year(), first.month()),
        Precision::Year => format!("{}年", first.year()),
    }
}

fn unnamed(kind: Option<ActorKind>) -> &'static str {
    match kind {
        Some(ActorKind::Bank) => "某銀行",
        Some(ActorKind::Vendor) => "某供應商",
        Some(ActorKind::Company) => "某公司",
        Some(ActorKind::Government) => "某當局",
        None => "不具名的一方",
    }
}

fn tool(say: &Say<'_>, vendor: Option<&str>, product: Option<&str>) -> String {
    let maker = vendor.map(|id| say.name(Kind::Vendor, id));
    match (maker, product.map(|id| say.name(Kind::Product, id))) {
        (Some(maker), Some(product)) if product.contains(&maker) => product,
        (Some(maker), Some(product)) => format!("{maker} 的 {product}"),
        (None, Some(product)) => product,
        (Some(maker), None) => format!("{maker} 的產品"),
        (None, None) => "AI 工具".to_string(),
    }
}

fn places(say: &Say<'_>, regions: &[String]) -> String {
    if regions.iter().any(|region| region == "worldwide") {
        return "全球".to_string();
    }
    if regions.len() > PLACES {
        return format!("{}個地方", number(regions.len() as u64));
    }
    list(&regions.iter().map(|id| say.name(Kind::Region, id)).collect::<Vec<_>>())
}

fn whom(say: &Say<'_>, event: &AccessEvent) -> String {
    let people = match event.audience {
        Audience::Employees if is_own_staff(event) => "員工",
        Audience::Employees => "僱員",
        Audience::Customers => "客戶",
        Audience::Public => "公眾",
        Audience::Developers => "開發者",
        Audience::GovernmentStaff => "公職人員",
        Audience::ForeignNationals => "外籍人士",
        Audience::ChineseOwnedEntities => return "中資公司".to_string(),
        Audience::Companies => "企業",
        Audience::Other => "部分用戶",
    };
    match places(say, &event.regions) {
        place if place.is_empty() => people.to_string(),
        place => format!("{place}的{people}"),
    }
}

/// A clause without its actor: 「停用香港的員工可用的 Claude」 in the form of its act.
fn deed(say: &Say<'_>, event: &AccessEvent) -> String {
    let (whom, tool) = (whom(say, event), value(say, &crate::comment::value::tool(event)));
    let told = match event.action {
        Action::Prohibit => format!("禁止{whom}使用 {tool}"),
        Action::Restrict => format!("限制{whom}使用 {tool}"),
        Action::Suspend => format!("暫停讓{whom}使用 {tool}"),
        Action::Withhold => format!("不向{whom}提供 {tool}"),
        Action::Allow => format!("開放{whom}使用 {tool}"),
        Action::Restore => format!("恢復{whom}使用 {tool}"),
        Action::Investigate => format!("查問 {tool}"),
        Action::Deny => format!("否認{whom}用不成 {tool}"),
    };
    verb(&told, event.status)
}

fn ground(instrument: Instrument) -> &'static str {
    match instrument {
        Instrument::VendorTerms => "供應商的條款",
        Instrument::ExportControl => "出口管制",
        Instrument::Sanctions => "制裁",
        Instrument::DataProtection => "個人資料保護",
        Instrument::FinancialRegulation => "金融監管",
        Instrument::NationalSecurity => "國家安全",
        Instrument::InternalPolicy => "內部政策",
        Instrument::Censorship => "內容管制",
        Instrument::CourtOrder => "法院命令",
        Instrument::Procurement => "採購",
        Instrument::NoneStated => "未說明",
    }
}

fn layer_name(layer: Layer, whose: Noun) -> &'static str {
    match (layer, whose) {
        (Layer::Terms, _) => "供應商條款",
        (Layer::Law, _) => "法規",
        (Layer::Policy, Noun::Bank) => "銀行內規",
        (Layer::Policy, _) => "公司內規",
    }
}

fn state_name(state: State) -> &'static str {
    match state {
        State::Allowed => "開放",
        State::Restricted => "受限",
        State::Suspended => "暫停",
        State::Withheld => "不提供",
        State::Prohibited => "禁止",
    }
}

fn missing(particular: Particular) -> &'static str {
    match particular {
        Particular::People => "受影響的人數",
        Particular::Day => "生效的日子",
        Particular::End => "何時結束",
        Particular::Remains => "同一批人還可以用什麼",
        Particular::Conditions => "附帶的條件",
        Particular::Deadline => "答覆的期限",
    }
}

fn outside_name(outside: Outside) -> &'static str {
    match outside {
        Outside::Elsewhere => "派駐別處的同事",
        Outside::PrivateUse => "私人用戶",
        Outside::Installed => "早已安裝的用戶",
        Outside::Website => "網頁版的用戶",
        Outside::Existing => "既有客戶",
    }
}

fn terms(condition: Condition) -> &'static str {
    match condition {
        Condition::Audit => "匯報與稽核",
        Condition::Consent => "用戶同意",
        Condition::Review => "人手覆核",
        Condition::Security => "保安要求",
        Condition::Location => "資料存放地的規定",
    }
}

fn unit_name(unit: Unit) -> &'static str {
    match unit {
        Unit::People => "人",
        Unit::Chips => "枚晶片",
        Unit::Organisations => "家機構",
        Unit::Money => "",
    }
}

/// A space between Latin and Chinese letters, and none elsewhere; digits stand close.
pub fn spaced(text: &str) -> String {
    let is_han = |character: char| ('\u{3400}'..='\u{9fff}').contains(&character);
    let mut out = String::with_capacity(text.len() + 16);
    let mut last: Option<char> = None;
    for character in text.chars() {
        if character == ' ' && last.is_some_and(|last| last == ' ' || "，。、；：（）「」".contains(last)) {
            continue;
        }
        if let Some(last) = last {
            let meets = is_han(last) && character.is_ascii_alphabetic() || last.is_ascii_alphabetic() && is_han(character);
            if meets {
                out.push(' ');
            } else if last == ' ' && "，。、；：（）「」".contains(character) {
                out.pop();
            }
        }
        out.push(character);
        last = Some(character);
    }
    close_han(&out)
}

/// Takes out spaces between two Chinese letters.
fn close_han(text: &str) -> String {
    let is_han = |character: &char| ('\u{3400}'..='\u{9fff}').contains(character) || character.is_ascii_digit();
    let characters: Vec<char> = text.chars().collect();
    let is_needless = |at: usize| {
        characters[at] == ' '
            && at.checked_sub(1).and_then(|before| characters.get(before)).is_some_and(is_han)
            && characters.get(at + 1).is_some_and(|next| ('\u{3400}'..='\u{9fff}').contains(next))
    };
    (0..characters.len()).filter(|at| !is_needless(*at)).map(|at| characters[at]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_and_chinese_letters_stand_apart_and_chinese_close() {
        assert_eq!(spaced("停用Anthropic 的 產品，是第二家 銀行"), "停用 Anthropic 的產品，是第二家銀行");
        assert_eq!(spaced("2026年6月18日JPMorgan 的AI，"), "2026年6月18日 JPMorgan 的 AI，");
    }

    #[test]
    fn numbers_to_ten_are_numerals_with_their_measure_word() {
        assert_eq!(counted(2, Noun::Bank), "兩家銀行");
        assert_eq!(counted(51, Noun::Day), "51天");
        assert_eq!(format!("第{}{}", ordinal(2), measured(Noun::Bank)), "第二家銀行");
    }
}
