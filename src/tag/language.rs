//! The language of an article: by script, then by model, the feed's own claim as tie-break.

use whichlang::Lang;

/// Characters looked at: enough for any model, cheap for any article.
const LOOKED_AT: usize = 2_000;

/// Characters that only one of the two ways of writing Chinese uses, of the most frequent ones.
const TRADITIONAL: &str =
    "這來個們國會時對過說為後學發麼點進種樣開關經還長現於問無業實應體電機員動當與從給網資東車場聯門見錢書買賣級銀華";
const SIMPLIFIED: &str =
    "这来个们国会时对过说为后学发么点进种样开关经还长现于问无业实应体电机员动当与从给网资东车场联门见钱书买卖级银华";

/// BCP 47 of a text; `und` where it has no letters. `zh-Hant` and `zh-Hans` are told apart.
pub fn of(title: &str, text: &str, claim: Option<&str>) -> String {
    let sample: String = title.chars().take(LOOKED_AT).chain([' ']).chain(text.chars().take(LOOKED_AT)).collect();
    let count = |wanted: fn(char) -> bool| sample.chars().filter(|c| wanted(*c)).count();
    let kana = count(|c| matches!(c, '\u{3040}'..='\u{30FF}'));
    let hangul = count(super::normal::is_hangul);
    let han = count(|c| matches!(c, '\u{4E00}'..='\u{9FFF}'));
    let letters = count(char::is_alphabetic);
    if letters == 0 {
        return claim.map_or_else(|| "und".to_string(), main_claim);
    }
    // A Latin letter weighs less than a character: "高盛港區員工用不到Claude" is Chinese.
    if (kana + han + hangul) * 4 < letters {
        return latin(&sample, claim);
    }
    if kana * 12 > han + kana || kana > 0 && claim.is_some_and(|claim| claim.starts_with("ja")) {
        "ja".to_string()
    } else if hangul > han {
        "ko".to_string()
    } else {
        chinese(&sample, claim)
    }
}

fn chinese(sample: &str, claim: Option<&str>) -> String {
    let of = |set: &str, other: &str| sample.chars().filter(|c| set.contains(*c) && !other.contains(*c)).count();
    let (traditional, simplified) = (of(TRADITIONAL, SIMPLIFIED), of(SIMPLIFIED, TRADITIONAL));
    let claimed_traditional =
        claim.is_some_and(|claim| ["hant", "tw", "hk", "mo"].iter().any(|part| claim.to_lowercase().contains(part)));
    let is_traditional = traditional > simplified || traditional == simplified && claimed_traditional;
    if is_traditional { "zh-Hant" } else { "zh-Hans" }.to_string()
}

/// The model's answer where the text is long enough to trust it or nothing is claimed; the claim where it is a language
/// that the model does not know, or the text is short.
fn latin(sample: &str, claim: Option<&str>) -> String {
    const TRUSTED: usize = 60;
    let claimed = claim.map(main_claim).filter(|claim| !claim.is_empty());
    // One endless "word" would drown the others.
    let words: Vec<&str> = sample.split_whitespace().filter(|word| word.len() <= LONGEST_WORD).collect();
    let guess = name(whichlang::detect_language(&words.join(" ")));
    match claimed {
        Some(claim) if sample.chars().count() < TRUSTED || !knows(&claim) => claim,
        // A short line without a claim or an accent is oftenest English, and the model guesses wildly at it.
        None if sample.chars().count() < TRUSTED && sample.is_ascii() => "en".to_string(),
        _ => guess.to_string(),
    }
}

/// Bytes of a word that may tell a language: longer ones are addresses, hashes or mischief.
const LONGEST_WORD: usize = 40;

fn main_claim(claim: &str) -> String {
    claim.split(['-', '_']).next().unwrap_or("").to_lowercase()
}

fn knows(claim: &str) -> bool {
    whichlang::LANGUAGES.iter().any(|lang| name(*lang) == claim)
}

fn name(lang: Lang) -> &'static str {
    match lang {
        Lang::Ara => "ar",
        Lang::Cmn => "zh-Hans",
        Lang::Deu => "de",
        Lang::Eng => "en",
        Lang::Fra => "fr",
        Lang::Hin => "hi",
        Lang::Ita => "it",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Nld => "nl",
        Lang::Por => "pt",
        Lang::Rus => "ru",
        Lang::Spa => "es",
        Lang::Swe => "sv",
        Lang::Tur => "tr",
        Lang::Vie => "vi",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_told_by_script_then_by_model() {
        let check = |text: &str, claim: Option<&str>, lang: &str| assert_eq!(of(text, "", claim), lang, "{text}");
        check("高盛港區員工用不到Claude了", None, "zh-Hant");
        check("台北要求公家机关慎用DeepSeek", Some("zh-TW"), "zh-Hans");
        check("アンソロピック、株主構成で顧客を線引き", None, "ja");
        check("금융위 망분리 개선 로드맵", None, "ko");
        check("Goldman Sachs bars its bankers in Hong Kong from using Claude after a strict reading", Some("de"), "en");
        check("Wer bei der Landesbank arbeitet, darf seit voriger Woche ChatGPT benutzen, und zwar ohne Ausnahme", None, "de");
        check("La City s'offre un champion tricolore, pour l'ensemble du groupe bancaire", Some("en"), "fr");
        check("Claude", Some("it-IT"), "it");
        check("123 !!", None, "und");
    }
}
