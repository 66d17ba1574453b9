//! Sentences with names that nobody knows, and sentences without.

use std::sync::{Arc, OnceLock};

use super::Guess::{Authority, Bank, Company, Product, Vendor};
use super::{Guess, Tally, Unknown, Vocabulary};
use crate::inputs;
use crate::tag::{Tagger, Text, taxonomy};

fn tagger() -> &'static Tagger {
    static TAGGER: OnceLock<Tagger> = OnceLock::new();
    TAGGER.get_or_init(|| {
        let files = inputs::read(std::path::Path::new("no such folder")).unwrap().taxonomy;
        let files: Vec<_> = files.into_iter().map(|(name, text)| (format!("taxonomy/{name}"), text)).collect();
        Tagger::new(Arc::new(taxonomy::read(&files).unwrap()), &files).unwrap()
    })
}

fn unknown(lang: &str, text: &str) -> Vec<Unknown> {
    let mut vocabulary = Vocabulary::default();
    vocabulary.add("the lenders, regulators and employees of a firm ask for access and say why", "en");
    tagger().unknown(Text { text, lang: Some(lang), ..Text::default() }, &vocabulary)
}

fn check(lang: &str, text: &str, expected: &[(&str, Guess)]) {
    let found = unknown(lang, text);
    let found: Vec<(&str, Guess)> = found.iter().map(|one| (one.name.as_str(), one.guess)).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn whoever_bars_its_staff_is_suggested() {
    check("en", "Quillbank Trust bars staff from ChatGPT.", &[("Quillbank Trust", Bank)]);
    check("en", "Bank of Zembla has blocked Claude for its employees in Singapore.", &[("Bank of Zembla", Bank)]);
    check("de", "Die Volksbank Quellental sperrt ChatGPT für ihre Mitarbeiter.", &[("Volksbank Quellental", Bank)]);
    check("fr", "La Banque du Quillon interdit ChatGPT à ses salariés.", &[("Banque du Quillon", Bank)]);
    check("es", "Banco Quillón prohíbe ChatGPT a sus empleados.", &[("Banco Quillón", Bank)]);
    check("it", "Cassa di Quillate vieta ChatGPT ai dipendenti.", &[("Cassa di Quillate", Bank)]);
    check("zh-Hans", "青柳银行禁止员工使用ChatGPT。", &[("青柳银行", Bank)]);
    check("zh-Hant", "昨日青柳證券宣布禁止員工使用ChatGPT。", &[("青柳證券", Bank)]);
    check("ja", "青柳銀行は行員によるChatGPTの利用を禁止した。", &[("青柳銀行", Bank)]);
    check("ko", "청류은행이 직원들의 챗GPT 사용을 금지했다.", &[("청류은행", Bank)]);
    check("en", "The Zembla Data Authority has banned DeepSeek.", &[("Zembla Data Authority", Authority)]);
}

#[test]
fn what_somebody_may_not_use_is_suggested() {
    check("en", "JPMorgan has barred staff from using Quillwort, an AI assistant.", &[("Quillwort", Product)]);
    check("en", "Goldman Sachs bans ChatGPT and Quillwort.", &[("Quillwort", Product)]);
    check("en", "HSBC has blocked Google Quillwort for its staff.", &[("Quillwort", Product)]);
    assert_eq!(unknown("en", "HSBC has blocked Google Quillwort for its staff.")[0].vendor.as_deref(), Some("google"));
    check("de", "Die Deutsche Bank sperrt den Chatbot Quillwort.", &[("Quillwort", Product)]);
    check("zh-Hans", "汇丰禁止员工使用人工智能助手Quillwort。", &[("Quillwort", Product)]);
    check("ko", "국민은행은 직원의 생성형 AI Quillwort 사용을 금지했다.", &[("Quillwort", Product)]);
    check("en", "Italy bans QuillAI's chatbot.", &[("QuillAI", Vendor)]);
}

#[test]
fn what_is_known_or_names_no_firm_is_not() {
    for (lang, text) in [
        ("en", "J.P. Morgan bars staff from ChatGPT."),
        ("en", "Regulators bar lenders from ChatGPT in July, the Financial Times says."),
        ("en", "Senator Jane Quill wants to ban DeepSeek."),
        ("en", "The Charlotte lender bars staff from ChatGPT."),
        ("en", "Chinese employees of HSBC lose access to Claude on Monday."),
        ("en", "Quillbank Trust opens a branch in Zembla."),
        ("de", "Die Deutsche Bank sperrt ihren Mitarbeitern den Zugang zu ChatGPT."),
        ("fr", "La banque interdit ChatGPT à ses salariés depuis mars."),
        ("zh-Hans", "多家银行禁止员工使用ChatGPT。"),
        ("zh-Hant", "滙豐銀行禁止員工使用ChatGPT。"),
        ("ja", "国内の銀行は行員によるChatGPTの利用を禁止した。"),
        ("ko", "시중은행이 직원들의 챗GPT 사용을 금지했다."),
    ] {
        check(lang, text, &[]);
    }
}

#[test]
fn hostile_text_ends_and_is_quoted_in_part() {
    for text in
        ["A".repeat(2_000_000), "Q Q& ".repeat(200_000), "bars Q-. ChatGPT ".repeat(100_000), "银行禁止ChatGPT".repeat(50_000)]
    {
        for lang in ["en", "de", "zh-Hans", "ja"] {
            let found = unknown(lang, &text);
            assert!(found.len() <= super::NAMES && found.iter().all(|one| one.quote.chars().count() < 400));
        }
    }
}

#[test]
fn a_table_can_be_pasted_as_it_is() {
    let whole = inputs::read(std::path::Path::new("no such folder")).unwrap().taxonomy;
    let name = |name: &str, guess| Unknown {
        name: name.into(),
        guess,
        vendor: None,
        field: crate::model::event::Field::Text,
        start: 0,
        quote: String::new(),
    };
    let mut tally = Tally::default();
    for (one, guess) in [
        ("Zz \"Quill\" Bank", Bank),
        ("Zzwort", Product),
        ("Zz Labs", Vendor),
        ("Zz Office", Authority),
        ("Zz AG", Company),
        ("青柳銀行", Bank),
    ] {
        tally.add(name(one, guess), ("a", "b", "ja"));
        tally.add(name(one, guess), ("c", "b", "ja"));
    }
    let found = tally.suggestions(2);
    assert_eq!((found.len(), found[0].stories, found[0].outlets), (6, 2, 1));
    assert!(tally.suggestions(3).is_empty());
    for one in found {
        let file = one.toml.lines().next().unwrap().trim_start_matches("# taxonomy/").split(',').next().unwrap();
        let table: toml::Table = one.toml.parse().unwrap();
        let id = table.values().next().unwrap()[0]["id"].as_str().unwrap().to_string();
        let mut files = whole.clone();
        let text = &mut files.iter_mut().find(|(path, _)| path == file).unwrap().1;
        // Where the order of ids puts it.
        let heads: Vec<usize> = text.match_indices("[[").map(|(at, _)| at).collect();
        let id_at = |at: usize| text[at..].split("id = \"").nth(1).unwrap().split('"').next().unwrap().to_string();
        let place = heads.into_iter().find(|at| id_at(*at) > id).unwrap_or(text.len());
        text.insert_str(place, &format!("{}\n", if place == text.len() { format!("\n{}", one.toml) } else { one.toml.clone() }));
        let mistakes = taxonomy::read(&files).err().unwrap_or_default();
        assert!(mistakes.is_empty(), "{}\n{mistakes:?}", one.toml);
    }
}
