//! Names of outlets, and their keys: equal for all names of one outlet, in whatever language.

/// Wires and papers that others quote: the key, the printed name, and other names in keyed form.
const QUOTED: &[(&str, &str, &[&str])] = &[
    ("afp", "AFP", &["agence-france-presse", "法新社", "afp通信"]),
    ("anadolu", "Anadolu", &["anadolu-agency", "anadolu-ajansı"]),
    ("ansa", "ANSA", &[]),
    ("ap", "AP", &["associated-press", "ap-news", "美聯社", "美联社", "ap通信"]),
    ("axios", "Axios", &[]),
    ("bbc", "BBC", &["bbc-news", "英國廣播公司", "英国广播公司"]),
    ("bloomberg", "Bloomberg", &["bloomberg-news", "彭博", "彭博社", "ブルームバーグ", "블룸버그"]),
    ("cnbc", "CNBC", &[]),
    ("cnn", "CNN", &[]),
    ("dow-jones", "Dow Jones", &["dow-jones-newswires", "道瓊斯", "道琼斯"]),
    ("dpa", "dpa", &["deutsche-presse-agentur"]),
    ("efe", "EFE", &["agencia-efe"]),
    (
        "financial-times",
        "Financial Times",
        &[
            "ft",
            "ft-com",
            "金融時報",
            "金融时报",
            "英國金融時報",
            "英国金融时报",
            "ft中文網",
            "ft中文网",
            "フィナンシャル-タイムズ",
            "파이낸셜타임스",
        ],
    ),
    ("guardian", "The Guardian", &["衛報", "卫报", "ガーディアン", "가디언"]),
    ("handelsblatt", "Handelsblatt", &[]),
    ("information", "The Information", &[]),
    ("jiji", "Jiji", &["jiji-press", "時事通信", "時事通信社", "時事社"]),
    ("kyodo", "Kyodo", &["kyodo-news", "共同通信", "共同通信社", "共同社"]),
    ("new-york-times", "The New York Times", &["nyt", "紐約時報", "纽约时报", "ニューヨーク-タイムズ", "뉴욕타임스"]),
    ("nikkei", "Nikkei", &["nikkei-asia", "日本経済新聞", "日經", "日经", "日経新聞", "日經新聞", "닛케이"]),
    ("politico", "Politico", &[]),
    ("reuters", "Reuters", &["thomson-reuters", "路透", "路透社", "ロイター", "ロイター通信", "로이터", "로이터통신"]),
    ("south-china-morning-post", "South China Morning Post", &["scmp", "南華早報", "南华早报"]),
    (
        "wall-street-journal",
        "The Wall Street Journal",
        &["wsj", "華爾街日報", "华尔街日报", "ウォール-ストリート-ジャーナル", "월스트리트저널"],
    ),
    ("washington-post", "The Washington Post", &["華盛頓郵報", "华盛顿邮报", "ワシントン-ポスト", "워싱턴포스트"]),
    ("xinhua", "Xinhua", &["xinhua-news-agency", "新華社", "新华社", "新華網", "新华网"]),
    ("yonhap", "Yonhap", &["yonhap-news", "yonhap-news-agency", "韓聯社", "韩联社", "연합뉴스", "聯合ニュース"]),
];

/// The key of an outlet by its printed name: lower-kebab, without what stands in brackets ("(syndicated)") and a leading
/// "The". Names of much-quoted outlets in other languages have the key of the English one.
pub fn key(name: &str) -> String {
    let plain = kebab(&outside_brackets(name));
    let whole = kebab(name);
    let chosen = if plain.is_empty() { whole } else { plain };
    quoted(&chosen).map_or(chosen, |(key, _)| key.to_string())
}

/// Whose text an outlet's name says that it prints: "Robo Daily (AFP)", "Malay Mail / Reuters". Key and printed name.
pub(super) fn printed_for(name: &str) -> Option<(&'static str, &'static str)> {
    let parts = name.split(['(', ')', '（', '）', '/', '|']).map(str::trim);
    let wire = |part: &str| quoted(&kebab(part.strip_prefix("via ").unwrap_or(part)));
    parts.filter(|part| !part.is_empty()).find_map(wire)
}

fn quoted(key: &str) -> Option<(&'static str, &'static str)> {
    let known = QUOTED.iter().find(|(own, _, others)| *own == key || others.contains(&key));
    known.map(|(key, name, _)| (*key, *name))
}

fn outside_brackets(name: &str) -> String {
    let mut depth = 0usize;
    let mut plain = String::new();
    for c in name.chars() {
        match c {
            '(' | '（' | '[' => depth += 1,
            ')' | '）' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    plain
}

fn kebab(name: &str) -> String {
    let spaced: String = name.to_lowercase().chars().map(|c| if c.is_alphanumeric() || c == 'ー' { c } else { ' ' }).collect();
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let words = if words.len() > 1 && words[0] == "the" { &words[1..] } else { &words[..] };
    words.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_names_of_one_outlet_have_one_key() {
        for name in ["Financial Times", "The Financial Times", "FT", "《金融時報》", "FT中文網", "英國金融時報"] {
            assert_eq!(key(name), "financial-times", "{name}");
        }
        assert_eq!(key("The Next Web (syndicated)"), "next-web");
        assert_eq!(key("ロイター"), "reuters");
        assert_eq!(key("(…)"), "");
        assert_eq!(key("自由時報"), "自由時報");
    }

    #[test]
    fn a_name_tells_whose_text_is_printed() {
        for name in ["Robo Daily (AFP)", "法新社（Yahoo新聞）"] {
            assert_eq!(printed_for(name), Some(("afp", "AFP")), "{name}");
        }
        assert_eq!(printed_for("Malay Mail / Reuters"), Some(("reuters", "Reuters")));
        assert_eq!(printed_for("ISMG (via Juhe)"), None);
    }

    #[test]
    fn every_quoted_name_is_in_keyed_form_and_belongs_to_one_outlet() {
        let names: Vec<&str> = QUOTED.iter().flat_map(|(key, _, others)| others.iter().chain([key])).copied().collect();
        for name in &names {
            assert_eq!(kebab(name), *name);
            assert_eq!(names.iter().filter(|other| *other == name).count(), 1, "{name}");
        }
    }
}
