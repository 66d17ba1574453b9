//! Names as people write them, read with the shipped taxonomy: who is meant, and who is not.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking anywhere")]

#[path = "labels/shipped.rs"]
mod shipped;

use termwall::tag::Text;

/// The ids named in a text, each once, in order; places left out.
fn named(lang: &str, text: &str) -> Vec<String> {
    let text = Text { title: text, lang: Some(lang), ..Text::default() };
    let mut ids: Vec<String> = Vec::new();
    for mention in shipped::tagger().tag(text).mentions {
        if mention.kind != termwall::model::taxonomy::Kind::Region && !ids.contains(&mention.id) {
            ids.push(mention.id);
        }
    }
    ids
}

#[test]
fn banks_are_known_in_the_languages_of_their_markets() {
    assert_eq!(named("zh-Hant", "玉山銀行與台新銀行禁止員工使用ChatGPT"), ["esun", "taishin", "chatgpt"]);
    assert_eq!(named("zh-Hans", "浦发银行、民生银行接入DeepSeek"), ["spd-bank", "minsheng-bank", "deepseek"]);
    assert_eq!(named("ja", "横浜銀と静岡銀行、生成AIのClaudeを行員に解禁"), ["bank-of-yokohama", "shizuoka-bank", "claude"]);
    assert_eq!(named("ko", "부산은행과 미래에셋증권, 챗GPT 사내 접속 차단"), ["bnk", "mirae-asset", "chatgpt"]);
    assert_eq!(named("de", "Helaba und Berenberg sperren Copilot in ihrer KI-Umgebung"), ["helaba", "berenberg", "copilot"]);
    assert_eq!(
        named("fr", "La Banque postale et le Crédit mutuel interdisent ChatGPT"),
        ["la-banque-postale", "credit-mutuel", "chatgpt"]
    );
    assert_eq!(named("es", "Bankinter y Kutxabank vetan ChatGPT a sus empleados"), ["bankinter", "kutxabank", "chatgpt"]);
    assert_eq!(named("it", "Banco Bpm e Mediobanca bloccano ChatGPT ai dipendenti"), ["banco-bpm", "mediobanca", "chatgpt"]);
}

#[test]
fn a_name_inside_a_longer_word_is_not_meant() {
    assert_eq!(named("zh-Hans", "企业构建行业大模型，OpenAI观望"), ["openai"]);
    assert_eq!(named("ja", "サンフランシスコのOpenAI、マインドマップ機能を公開"), ["openai"]);
    assert_eq!(named("ko", "비즈니스 인텔리전스 도구에 챗GPT 적용"), ["chatgpt"]);
    assert_eq!(named("en", "Apple Daily's archive trains no AI model, says OpenAI"), ["openai"]);
    assert_eq!(named("en", "The Washington Post asks OpenAI about its AI model"), ["openai"]);
}

#[test]
fn an_authority_whose_name_others_share_is_the_one_at_home_in_the_story() {
    assert_eq!(named("zh-Hans", "美国商务部放行H20芯片，商务部称将逐案审批"), ["us-commerce", "h20"]);
    assert_eq!(named("zh-Hant", "新加坡銀行獲准使用AI，金管局發指引"), ["sg-mas"]);
    assert_eq!(named("zh-Hant", "香港銀行獲准使用AI，金管局發指引"), ["hk-hkma"]);
    assert_eq!(named("en", "South Korea's FSC lets banks use outside AI models"), ["kr-fsc"]);
    assert_eq!(named("en", "Taiwan's FSC lets banks use outside AI models"), ["tw-fsc"]);
}

#[test]
fn homonyms_are_told_apart_by_what_stands_beside_them() {
    assert_eq!(named("en", "Gemini exchange, run by the Winklevoss twins, tests an AI model"), Vec::<String>::new());
    assert_eq!(named("en", "The Central Bank of Ireland warns of AI models"), ["ie-central-bank"]);
    assert_eq!(named("en", "Bank of Ireland bars staff from AI models"), ["bank-of-ireland"]);
}
