//! Text in, sources or mistakes out.

use std::time::Duration;

use super::*;

const GOOD: &str = r#"
[defaults]
every = "30m"

[[source]]
id = "scmp-tech"
url = "https://www.scmp.com/rss/36/feed"
title = "SCMP: Tech"
outlet = "South China Morning Post"
lang = "en"
group = "asia-press"

[[source]]
id = "nikkei-asia"
url = "https://asia.nikkei.com/rss/feed/nar"
title = "Nikkei Asia"
group = "asia-press"
every = "1h30m"
gap = "5s"
max_items = 50
date = "first-seen"
enabled = false
paywalled = true
note = "no dates in items"

[[source]]
id = "anthropic-news"
url = "https://www.anthropic.com/news"
title = "Anthropic"
group = "vendors"
kind = "page"
speaks_for = "anthropic"
select = { item = "li", link = "a[href*=\"/news/\"]", date = "time" }
"#;

/// The mistakes as an editor sees them.
#[track_caller]
fn check(text: &str, mistakes: &[&str]) {
    let found = read(text, "feeds.toml").expect_err("there is a mistake");
    let found: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(found, mistakes);
}

/// A source with one line more, on line 6.
fn with(line: &str) -> String {
    format!("[[source]]\nid = \"a\"\nurl = \"https://a.example/feed\"\ntitle = \"A\"\ngroup = \"wire\"\n{line}\n")
}

#[track_caller]
fn check_line(line: &str, mistake: &str) {
    check(&with(line), &[&format!("feeds.toml:6: {mistake}")]);
}

#[test]
fn a_good_file_is_read_in_its_order_with_defaults() {
    let sources = read(GOOD, "feeds.toml").unwrap();
    let ids: Vec<&str> = sources.iter().map(|source| source.id.as_str()).collect();
    assert_eq!(ids, ["scmp-tech", "nikkei-asia", "anthropic-news"]);
    let [scmp, nikkei, anthropic] = &sources[..] else { panic!("three sources") };
    assert_eq!((scmp.every, scmp.gap, scmp.max_items), (Duration::from_secs(1800), GAP, MAX_ITEMS));
    assert_eq!(scmp.outlet, "South China Morning Post");
    assert!(scmp.enabled && !scmp.paywalled && scmp.kind == SourceKind::Feed && scmp.date == DatePolicy::Stated);
    assert_eq!((nikkei.every, nikkei.gap, nikkei.max_items), (Duration::from_secs(5400), Duration::from_secs(5), 50));
    assert_eq!(nikkei.outlet, "Nikkei Asia");
    assert!(!nikkei.enabled && nikkei.paywalled && nikkei.date == DatePolicy::FirstSeen);
    assert_eq!(anthropic.speaks_for.as_deref(), Some("anthropic"));
    let SourceKind::Page(select) = &anthropic.kind else { panic!("a page") };
    assert_eq!((select.item.as_str(), select.date.as_deref(), &select.title), ("li", Some("time"), &None));
}

#[test]
fn every_mistake_is_reported_at_once() {
    check(
        r#"[[source]]
url = "ftp://a.example/feed"
titel = "A"
group = "wires"

[[source]]
id = "b"
title = "B"
group = "wire"
every = "soon"
"#,
        &[
            "feeds.toml:1: this source has no id; add one such as id = \"scmp-tech\", and never change it",
            "feeds.toml:1: this source has no title; add one, as the editor calls it",
            "feeds.toml:2: this source has a bad url \"ftp://a.example/feed\": \"ftp\" is not fetched; use an address that begins with https:// or http://",
            "feeds.toml:3: this source has an unknown key \"titel\"; did you mean \"title\"?",
            "feeds.toml:4: this source has a bad group \"wires\": there is no such; did you mean \"wire\"?",
            "feeds.toml:6: \"b\" has no url; add one or remove the entry",
            "feeds.toml:10: \"b\" has a bad every \"soon\": it is no duration; write one such as \"30m\", \"6h\" or \"1d\"",
        ],
    );
}

#[test]
fn a_syntax_error_hides_no_mistake_of_another_source() {
    let text = "[[source]]\nid = \"a\ngroup = \"wire\"\n\n[[source]]\nid = \"b\"\nurl = \"https://b.example/\"\ntitle = \"B\"\ngroup = \"x\"\n";
    let mistakes = read(text, "feeds.toml").unwrap_err();
    let lines: Vec<usize> = mistakes.iter().map(|mistake| mistake.line).collect();
    assert_eq!(lines, [2, 9], "{mistakes:?}");
    assert!(mistakes[0].message.starts_with("this is no TOML: "));
}

#[test]
fn twins_name_both_lines() {
    let text = format!("{}\n{}", with(""), with("").replace("https", "http"));
    check(
        &text,
        &[
            "feeds.toml:9: the id \"a\" is on lines 2 and 9; give one of the two sources another",
            "feeds.toml:10: the address \"http://a.example/feed\" is on lines 3 and 10; remove one of the two sources",
        ],
    );
}

#[test]
fn each_value_is_checked() {
    check_line("every = 30", "\"a\" has a \"every\" that is of type integer; write it in quotes");
    check_line("every = \"5s\"", "\"a\" has a bad every \"5s\": it is out of bounds; write something from \"1m\" to \"31d\"");
    check_line("gap = \"1h\"", "\"a\" has a bad gap \"1h\": it is out of bounds; write at most \"10m\"");
    check_line("enabled = \"no\"", "\"a\" has a \"enabled\" that is neither true nor false; write one of them without quotes");
    check_line("max_items = 0", "\"a\" has a bad max_items; write a whole number from 1 to 10000");
    check_line("date = \"seen\"", "\"a\" has a bad date \"seen\": there is no such; write one of stated, first-seen");
    check_line("kind = \"pages\"", "\"a\" has a bad kind \"pages\": there is no such; did you mean \"page\"?");
    check_line("kind = \"json\"", "\"a\" is of kind \"json\", which is not read yet; add enabled = false");
    check_line(
        "lang = \"chinese!\"",
        "\"a\" has a bad lang \"chinese!\": it is no language tag; write one such as \"en\" or \"zh-Hant\", or leave it out",
    );
    check_line(
        "speaks_for = \"Open AI\"",
        "\"a\" has a bad speaks_for \"Open AI\": it names no member of the taxonomy; write \"open-ai\"",
    );
    check_line(
        "user_agent = \"a\\nb\"",
        "\"a\" has a bad user_agent \"a\\nb\": a header holds ASCII letters alone; write one such as \"Termwall/1 (editor@example.org)\"",
    );
    check_line("outlet = \" \"", "\"a\" has a bad outlet \" \": it is empty; write something or remove the line");
    check_line(
        "colour = \"red\"",
        &format!("\"a\" has an unknown key \"colour\"; remove it; the keys are {}", SOURCE_KEYS.join(", ")),
    );
}

#[test]
fn the_longest_interval_is_the_editors_or_follows_from_the_shortest() {
    let of = |extra: &str| read(&with(extra), "feeds.toml").unwrap()[0].slowest;
    let hours = |hours: u64| Duration::from_secs(hours * 3600);
    assert_eq!(of(""), hours(8));
    assert_eq!(of("every = \"6h\""), hours(24));
    assert_eq!(of("every = \"2d\""), hours(48), "never shorter than every");
    assert_eq!(of("slowest = \"2h\""), hours(2));
    let defaults = |extra: &str| format!("[defaults]\nslowest = \"3h\"\n\n{}", with(extra));
    assert_eq!(read(&defaults(""), "feeds.toml").unwrap()[0].slowest, hours(3));
    assert_eq!(read(&defaults("every = \"4h\""), "feeds.toml").unwrap()[0].slowest, hours(4));
    check_line("slowest = \"30m\"", "\"a\" has a \"slowest\" that is shorter than its \"every\"; make it longer or leave it out");
}

#[test]
fn a_page_needs_selectors_that_parse() {
    let advice = "add select = { item = \"article\", link = \"a\" }";
    check(&with("kind = \"page\""), &[&format!("feeds.toml:1: \"a\" is a page without \"select\"; {advice}")]);
    check(
        &with("kind = \"page\"\nselect = { item = \"li[\", titel = \"h2\" }"),
        &[
            &format!(
                "feeds.toml:7: \"select\" of \"a\" has a bad item \"li[\": it is no CSS selector ({}); write one such as \"article h2 a\"",
                scraper::Selector::parse("li[").unwrap_err()
            ),
            "feeds.toml:7: \"select\" of \"a\" has an unknown key \"titel\"; did you mean \"title\"?",
            &format!("feeds.toml:7: \"select\" of \"a\" has no link; {advice}"),
        ],
    );
    check_line(
        "select = { item = \"li\", link = \"a\" }",
        "\"a\" has selectors but is no page; add kind = \"page\" or remove \"select\"",
    );
    check_line(
        "text_selector = \"::::\"",
        &format!(
            "\"a\" has a bad text_selector \"::::\": it is no CSS selector ({}); write one such as \"article h2 a\"",
            scraper::Selector::parse("::::").unwrap_err()
        ),
    );
}

#[test]
fn durations_are_sums_in_falling_order() {
    let seconds =
        |text: &str| read(&with(&format!("every = \"{text}\"")), "feeds.toml").ok().map(|sources| sources[0].every.as_secs());
    assert_eq!(seconds("30m"), Some(1800));
    assert_eq!(seconds("1d12h"), Some(129_600));
    for bad in ["", "m", "30", "30m1h", "1h1h", "1.5h", "-1h", "99999999999999999999d", "9999999999999999d", "1 h", "１h"] {
        assert_eq!(seconds(bad), None, "{bad}");
    }
}

#[test]
fn an_empty_file_is_a_mistake() {
    check("# nothing\n", &["feeds.toml: no source is named; add a [[source]] table with id, url, title and group"]);
    check(
        "sources = 1\n",
        &[
            "feeds.toml: no source is named; add a [[source]] table with id, url, title and group",
            "feeds.toml:1: the file has an unknown key \"sources\"; did you mean \"source\"?",
        ],
    );
    check(
        "source = 1\n",
        &[
            "feeds.toml: no source is named; add a [[source]] table with id, url, title and group",
            "feeds.toml:1: \"source\" is no list of tables; write [[source]] with two brackets",
        ],
    );
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "(\\[\\[source\\]\\]|\\[defaults\\]|id|url|every|select|kind|=|\"|\\{|\\}|1h|https://a.example|[a-z]|\n| |銀){0,60}") {
        if let Err(mistakes) = read(&text, "feeds.toml") {
            let lines = text.lines().count() + 1;
            assert!(!mistakes.is_empty() && mistakes.iter().all(|mistake| mistake.line <= lines));
        }
    }
}
