//! The language of an article, for those who read it and those who tag it: by script, then by model; what it claims is checked
//! against its letters, and settles what they leave open.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Characters that only traditional Chinese uses, each followed by its simplified form: the commonest of their kind.
const PAIRS: &str = "國国會会個个們们這这來来為为對对時时後后發发經经學学業业務务員员產产電电網网資资訊讯體体機机關关開开門门問问題题實实應应動动\
進进還还過过運运達达長长場场東东車车軍军農农點点無无現现種种樣样條条級级線线統统組组結结給给絕绝續续織织終终約约紀纪綱纲練练緒绪總总繼继\
說说話话語语誰谁請请認认議议論论設设許许該该調调談谈證证評评試试詢询讓让識识護护變变責责貨货買买費费貿贸賣卖賽赛質质負负財财貝贝貸贷\
錢钱銀银鐵铁錄录鏡镜鍵键際际陸陆險险隊队階阶陽阳隱隐離离難难雲云題题類类風风飛飞飯饭馬马驗验魚鱼鳥鸟麼么黨党齊齐龍龙歲岁歷历殺杀氣气\
決决沒没滿满漢汉灣湾濟济灘滩災灾愛爱態态慮虑憂忧戰战戲戏據据擇择擔担擁拥擴扩擬拟數数斷断晉晋暫暂書书權权構构標标檢检橋桥歐欧歡欢獨独獲获\
環环畫画當当療疗監监盤盘確确碼码禮礼稱称積积穩稳窮穷競竞節节範范築筑簡简簽签籌筹糧粮聯联聲声職职聽听腦脑臉脸臨临與与興兴舉举舊旧藝艺藥药\
處处號号虧亏術术衛卫補补製制複复見见規规視视覺觉親亲觀观計计訂订討讨記记訪访詞词誤误諾诺謝谢譯译豐丰貴贵趨趋跡迹軟软轉转輕轻輸输辦办連连\
週周遊游遠远適适選选遺遗鄉乡醫医釋释採采針针銷销閉闭間间闆板隨随雙双雜杂韓韩響响項项順顺須须預预領领頭头頻频顧顾顯显飲饮駐驻騙骗黃黄龐庞\
兩两準准減减創创別别劃划劇剧勞劳勢势華华協协單单嚴严圖图團团報报壓压壞坏夠够夥伙奪夺婦妇媽妈寫写寬宽專专將将導导層层屬属島岛師师帶带幣币幹干\
廣广廠厂廢废強强彈弹從从復复徵征德德";

/// Simplified forms that traditional texts use as well, in words of their own: they prove nothing.
const AMBIGUOUS: &str = "后制云采周准游征伙干范游卷台";

/// The language as BCP 47: the first claim that the letters bear out, else what the letters say. Chinese is told apart.
pub fn decide(claims: &[Option<&str>], title: &str, text: &str) -> String {
    let sample: String = title.chars().chain(std::iter::once(' ')).chain(text.chars()).take(2_000).collect();
    let script = Script::of(&sample);
    let claims: Vec<String> = claims.iter().flatten().filter_map(|claim| tidy(claim)).collect();
    let claimed = claims.iter().find(|claim| script.admits(primary(claim)));
    match script {
        Script::Han => match claimed {
            Some(claim) if primary(claim) != "zh" => primary(claim).to_string(),
            claim => chinese(&sample, claim.map(String::as_str)).to_string(),
        },
        Script::Kana => "ja".to_string(),
        Script::Hangul => "ko".to_string(),
        Script::None => claims.first().map_or_else(|| "und".to_string(), |claim| plain_tag(claim)),
        Script::Other => alphabetic(claimed, &sample),
    }
}

/// A language of letters. A claim is overruled only by a text long enough to tell: templates say "en-us" whatever they hold.
fn alphabetic(claimed: Option<&String>, sample: &str) -> String {
    const LONG_ENOUGH: usize = 200;
    const SHORT: usize = 60;
    match claimed {
        Some(claim) if sample.chars().count() < LONG_ENOUGH => plain_tag(claim),
        Some(claim) => {
            let guessed = guess(sample);
            let claim = plain_tag(claim);
            if KNOWN.contains(&claim.as_str()) { guessed.to_string() } else { claim }
        }
        // A short line without a claim or an accent is oftenest English, and the model guesses wildly at it.
        None if sample.len() < SHORT && sample.is_ascii() => "en".to_string(),
        None => guess(sample).to_string(),
    }
}

/// Languages that the guesser knows and that are written with letters; it must not overrule a claim of any other.
const KNOWN: &[&str] = &["ar", "de", "en", "es", "fr", "hi", "it", "nl", "pt", "ru", "sv", "tr", "vi"];

/// Bytes of a word that may tell a language: longer ones are addresses, hashes or mischief, and would drown the others.
const LONGEST_WORD: usize = 40;

fn guess(sample: &str) -> &'static str {
    use whichlang::Lang;
    let words: Vec<&str> = sample.split_whitespace().filter(|word| word.len() <= LONGEST_WORD).collect();
    match whichlang::detect_language(&words.join(" ")) {
        Lang::Ara => "ar",
        Lang::Cmn => "zh",
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

/// The place of a character in [`PAIRS`].
fn of_pair(c: char) -> Option<usize> {
    static PLACES: LazyLock<HashMap<char, usize>> = LazyLock::new(|| {
        let places = PAIRS.chars().enumerate().map(|(place, known)| (known, place));
        // Of a character that stands there twice the first place counts.
        places.collect::<Vec<_>>().into_iter().rev().collect()
    });
    PLACES.get(&c).copied()
}

/// `zh-Hant` or `zh-Hans`, by the characters, else by the claim, else simplified.
fn chinese(sample: &str, claim: Option<&str>) -> &'static str {
    let (mut traditional, mut simplified) = (0_usize, 0_usize);
    for c in sample.chars().filter(|c| is_han(*c)) {
        match of_pair(c) {
            Some(at) if at % 2 == 0 => traditional += 1,
            Some(_) => simplified += usize::from(!AMBIGUOUS.contains(c)),
            None => {}
        }
    }
    let claims_traditional = claim.is_some_and(|claim| {
        let claim = claim.to_ascii_lowercase();
        ["hant", "tw", "hk", "mo"].iter().any(|part| claim.split('-').any(|own| own == *part))
    });
    match (traditional, simplified) {
        (traditional, simplified) if traditional > simplified => "zh-Hant",
        (traditional, simplified) if simplified > traditional => "zh-Hans",
        _ if claims_traditional => "zh-Hant",
        _ => "zh-Hans",
    }
}

/// What a text is mostly written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Han,
    /// Han with Japan's own letters among it.
    Kana,
    Hangul,
    /// Letters of any alphabet.
    Other,
    /// No letters.
    None,
}

impl Script {
    fn of(sample: &str) -> Self {
        let (mut han, mut kana, mut hangul, mut other) = (0, 0, 0, 0);
        for c in sample.chars() {
            match c {
                '\u{3041}'..='\u{30FF}' | '\u{FF66}'..='\u{FF9D}' => kana += usize::from(!matches!(c, '・' | 'ー' | '゠')),
                '\u{AC00}'..='\u{D7A3}' | '\u{1100}'..='\u{11FF}' => hangul += 1,
                c if is_han(c) => han += 1,
                c if c.is_alphabetic() => other += 1,
                _ => {}
            }
        }
        // A word of Latin has five letters or so where Han needs one or two characters.
        let letters = other / 4;
        let east = han + kana + hangul;
        match () {
            () if east + other == 0 => Self::None,
            () if east <= letters => Self::Other,
            () if hangul > kana && hangul * 3 >= han => Self::Hangul,
            () if kana * 12 >= han + kana => Self::Kana,
            () => Self::Han,
        }
    }

    fn admits(self, language: &str) -> bool {
        let east = matches!(language, "zh" | "ja" | "ko" | "yue");
        match self {
            Self::Han => matches!(language, "zh" | "ja" | "yue"),
            Self::Kana => language == "ja",
            Self::Hangul => language == "ko",
            Self::Other => !east,
            Self::None => true,
        }
    }
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

/// A claim that has the form of a tag.
fn tidy(claim: &str) -> Option<String> {
    let claim = claim.trim().replace('_', "-");
    let first = primary(&claim);
    let formed = (2..=3).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_alphabetic());
    // "cn" and "jp" are countries that feeds give for languages.
    let claim = match first.to_ascii_lowercase().as_str() {
        "cn" | "sc" => "zh-CN".to_string(),
        "tw" => "zh-TW".to_string(),
        "jp" => "ja".to_string(),
        "kr" => "ko".to_string(),
        _ => claim,
    };
    (formed && claim.len() <= 35).then(|| claim.to_ascii_lowercase())
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// A claim without its region, which says nothing of how it reads; Chinese keeps its script.
fn plain_tag(claim: &str) -> String {
    if primary(claim) == "zh" { chinese("", Some(claim)).to_string() } else { primary(claim).to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_read_from_its_letters() {
        for (title, expected) in [
            ("JPMorgan restricts staff in Hong Kong from using Claude", "en"),
            ("摩根大通禁止香港員工使用該模型", "zh-Hant"),
            ("摩根大通禁止香港员工使用该模型", "zh-Hans"),
            ("HSBC限制Claude的使用範圍", "zh-Hant"),
            ("三菱UFJ銀行が生成AIの利用を制限", "ja"),
            ("국민은행, 챗GPT 사용 제한", "ko"),
            ("Die Deutsche Bank schränkt die Nutzung von ChatGPT für ihre Mitarbeiter ein", "de"),
            ("La banque interdit à ses employés d’utiliser ChatGPT", "fr"),
            ("El banco prohíbe a sus empleados el uso de ChatGPT", "es"),
            ("La banca vieta ai dipendenti l’uso di ChatGPT", "it"),
            ("1234", "und"),
            ("高盛港區員工用不到Claude了", "zh-Hant"),
            ("アンソロピック、株主構成で顧客を線引き", "ja"),
            ("금융위 망분리 개선 로드맵", "ko"),
            ("Claude", "en"),
            ("Wer bei der Landesbank arbeitet, darf seit voriger Woche ChatGPT benutzen, und zwar ohne Ausnahme", "de"),
        ] {
            assert_eq!(decide(&[None], title, ""), expected, "{title}");
        }
    }

    #[test]
    fn a_claim_counts_where_the_letters_bear_it_out() {
        assert_eq!(decide(&[Some("en-us")], "摩根大通禁止员工使用", ""), "zh-Hans");
        assert_eq!(decide(&[Some("ja")], "三菱銀行利用禁止", ""), "ja");
        assert_eq!(decide(&[Some("zh-TW")], "中文", ""), "zh-Hant");
        assert_eq!(decide(&[Some("zh-TW")], "这个国家的银行", ""), "zh-Hans");
        assert_eq!(decide(&[Some("zh-TW")], "台北要求公家机关慎用DeepSeek", ""), "zh-Hans");
        assert_eq!(decide(&[Some("it-IT")], "Claude", ""), "it");
        assert_eq!(decide(&[Some("en_GB")], "Bank", ""), "en");
        assert_eq!(decide(&[Some("da")], "Banken forbyder brugen af kunstig intelligens", ""), "da");
        assert_eq!(decide(&[Some("nonsense tag"), Some("fr")], "Banque", ""), "fr");
        let german = "Die Bank verbietet ihren Mitarbeitern die Nutzung von KI. ".repeat(6);
        assert_eq!(decide(&[Some("en-us")], "Bank", &german), "de");
    }

    #[test]
    fn the_pairs_are_pairs() {
        assert_eq!(PAIRS.chars().count() % 2, 0);
        assert!(PAIRS.chars().all(is_han));
    }
}
