//! Text in, text out.

use super::*;

const FILE: &str = "# What we read.\n[defaults]\nevery = \"1h\"   # often\n\n[[source]]\nid = \"a\"\nurl = \"https://a.example/feed\"\ntitle   =   \"A\"\ngroup = \"wire\"\n# the end";

fn entry(url: &str, title: &str) -> Entry {
    Entry::feed(url.parse().unwrap(), title, "wire")
}

fn added(text: &str, entries: &[Entry]) -> String {
    let sources = crate::sources::read(text, "feeds.toml").unwrap_or_default();
    let mut additions = Additions::to(text, &sources);
    entries.iter().for_each(|entry| drop(additions.add(entry)));
    additions.finish().unwrap()
}

fn check(entry: &Entry, expected: &str) {
    let text = added(FILE, std::slice::from_ref(entry));
    let (before, after) = text.split_at(FILE.len());
    assert_eq!((before, after), (FILE, format!("\n\n{expected}").as_str()));
    crate::sources::read(&text, "feeds.toml").unwrap();
}

#[test]
fn what_stood_in_the_file_stays_as_it_was() {
    check(
        &entry("https://news.b.example/rss", "B \"quoted\"\n\u{202e} news"),
        "[[source]]\nid = \"b-quoted\"\nurl = \"https://news.b.example/rss\"\ntitle = 'B \"quoted\" news'\ngroup = \"wire\"\n",
    );
    let selectors =
        Selectors { item: "li[class=\"x\"]".into(), link: "a".into(), title: None, date: Some("time".into()), summary: None };
    check(
        &Entry {
            outlet: Some("The B".into()),
            lang: Some("zh-Hant".into()),
            kind: SourceKind::Page(selectors),
            enabled: false,
            allow_private: true,
            comment: Some("From a\nlist.".into()),
            ..entry("https://b.example/", "")
        },
        "# From a list.\n[[source]]\nid = \"b\"\nurl = \"https://b.example/\"\ntitle = \"b.example\"\noutlet = \"The B\"\nlang = \"zh-Hant\"\ngroup = \"wire\"\nkind = \"page\"\nselect = { item = 'li[class=\"x\"]', link = \"a\", date = \"time\" }\nenabled = false\nallow_private = true\n",
    );
}

#[test]
fn line_ends_and_marks_are_kept() {
    let windows = format!("\u{feff}{}\r\n", FILE.replace('\n', "\r\n"));
    let text = added(&windows, &[entry("https://b.example/", "B")]);
    assert!(text.starts_with(&windows) && !text.replace("\r\n", "").contains('\n'), "{text:?}");
}

#[test]
fn a_list_in_brackets_is_added_to() {
    let list = "source = [\n  { id = \"a\", url = \"https://a.example/feed\", title = \"A\", group = \"wire\" }, # first\n]\n";
    let text = added(list, &[entry("https://b.example/", "B")]);
    let sources = crate::sources::read(&text, "feeds.toml").unwrap();
    assert_eq!(sources.iter().map(|source| source.id.as_str()).collect::<Vec<_>>(), ["a", "b"], "{text}");
    assert!(text.contains("# first"));
}

#[test]
fn ids_are_made_of_host_and_title_and_told_apart_by_numbers() {
    for (url, title, id) in [
        ("https://www.scmp.com/rss/36/feed", "SCMP: Tech", "scmp-tech"),
        ("https://feeds.bbci.co.uk/news/business/rss.xml", "BBC News | Business", "bbci-bbc-business"),
        ("https://www.zaobao.com.sg/rss/realtime/china", "联合早报：中国", "zaobao-realtime-china"),
        ("https://xn--fiqs8s.cn/", "x", "xn-fiqs8s-x"),
        ("https://192.0.2.7/", "", "192-0-2-7"),
        ("https://a.example/", "A", "a-2"),
    ] {
        let sources = crate::sources::read(FILE, "feeds.toml").unwrap();
        assert_eq!(Additions::to(FILE, &sources).add(&entry(url, title)), id);
        assert!(values::id(id).is_ok());
    }
}

#[test]
fn a_wish_for_an_id_is_met_where_it_can_be() {
    let mut additions = Additions::to("", &[]);
    let wish = |id: &str| Entry { id: Some(id.into()), ..entry("https://b.example/", "B") };
    assert_eq!(["x-y", "x-y", "X Y"].map(|id| additions.add(&wish(id))), ["x-y", "x-y-2", "b"]);
    let long = "a".repeat(64);
    assert_eq!([&long, &long].map(|id| additions.add(&wish(id))), [long.clone(), format!("{}-2", &long[..56])]);
}

#[test]
fn an_address_is_known_by_http_and_https() {
    let sources = crate::sources::read(FILE, "feeds.toml").unwrap();
    let additions = Additions::to(FILE, &sources);
    assert_eq!(additions.known(&"http://a.example/feed#x".parse().unwrap()), Some("a"));
    assert_eq!(additions.known(&"http://a.example/feed?x".parse().unwrap()), None);
}

proptest::proptest! {
    #[test]
    fn whatever_a_title_holds_the_file_can_be_read(title in ".{0,80}", host in "[a-z]{1,8}(\\.[a-z]{1,5}){1,3}", path in ".{0,30}", comment in ".{0,40}") {
        let Ok(url) = format!("https://{host}/{path}").parse::<Url>() else { return Ok(()) };
        let entry = Entry { comment: Some(comment), outlet: Some(title.clone()), ..Entry::feed(url, &title, "search") };
        let text = added(FILE, &[entry.clone(), entry]);
        let mistakes = crate::sources::read(&text, "feeds.toml").unwrap_err();
        proptest::prop_assert_eq!(mistakes.len(), 1, "{:?}", mistakes);
        proptest::prop_assert!(mistakes[0].message.starts_with("the address"));
    }
}
