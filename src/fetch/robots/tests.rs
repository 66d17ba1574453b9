//! The examples of RFC 9309 and the rules that Google documents, written down as cases.

use super::*;

/// Each address with whether it is allowed.
#[track_caller]
fn check(robots: &str, agent: &str, cases: &[(&str, bool)]) {
    for (address, allowed) in cases {
        let url: Url = format!("https://example.com{address}").parse().unwrap();
        assert_eq!(allows(robots, agent, &url), *allowed, "{agent} {address}");
    }
}

/// As `check`, for one pattern that is allowed in a site that is not.
#[track_caller]
fn check_pattern(pattern: &str, allowed: &[&str], denied: &[&str]) {
    let robots = format!("user-agent: a\ndisallow: /\nallow: {pattern}\n");
    let cases: Vec<(&str, bool)> = allowed.iter().map(|at| (*at, true)).chain(denied.iter().map(|at| (*at, false))).collect();
    check(&robots, "a", &cases);
}

/// RFC 9309, section 5.1.
const SIMPLE: &str = "\
User-Agent: *
Disallow: *.gif$
Disallow: /example/
Allow: /publications/

User-Agent: foobot
Disallow:/
Allow:/example/page.html
Allow:/example/allowed.gif

User-Agent: barbot
User-Agent: bazbot
Disallow: /example/page.html

User-Agent: quxbot
";

#[test]
fn the_simple_example_of_the_standard_holds() {
    check(
        SIMPLE,
        "somebot",
        &[("/a.gif", false), ("/example/x", false), ("/publications/", true), ("/a.gif?x", true), ("/", true)],
    );
    check(
        SIMPLE,
        "FooBot/2.1",
        &[("/", false), ("/example/page.html", true), ("/example/allowed.gif", true), ("/example/", false)],
    );
    for agent in ["barbot", "bazbot"] {
        check(SIMPLE, agent, &[("/example/page.html", false), ("/example/", true), ("/a.gif", true)]);
    }
    check(SIMPLE, "quxbot", &[("/a.gif", true), ("/example/", true)]);
}

#[test]
fn the_longest_match_of_the_standard_wins() {
    let robots = "User-Agent: foobot\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif\n";
    check(robots, "foobot", &[("/example/page/disallowed.gif", false), ("/example/page/x.gif", true)]);
    check("user-agent: a\nallow: /folder\ndisallow: /folder\n", "a", &[("/folder/page", true)]);
    check("user-agent: a\nallow: /page\ndisallow: /*.htm\n", "a", &[("/page.htm", false), ("/page", true)]);
    check("user-agent: a\nallow: /$\ndisallow: /\n", "a", &[("/", true), ("/page.htm", false)]);
    check("user-agent: a\ndisallow:\n", "a", &[("/", true)]);
}

#[test]
fn groups_for_one_agent_are_merged_and_blank_lines_end_none() {
    let robots = "user-agent: a\ndisallow: /x\n\nallow: /x/y\nuser-agent: b\ndisallow: /\n\nuser-agent: a\ndisallow: /z\n";
    check(robots, "A", &[("/x", false), ("/x/y", true), ("/z", false), ("/w", true)]);
    let two = "user-agent: a\n\nuser-agent: b\nsitemap: /s.xml\nuser-agent: *\ndisallow: /\n";
    for agent in ["a", "b", "c"] {
        check(two, agent, &[("/", false)]);
    }
    check("disallow: /\nuser-agent: a\nallow: /\n", "b", &[("/", true)]);
}

#[test]
fn an_agent_is_its_product_token() {
    let robots = "User-agent: Termwall/9 (bot)\nDisallow: /\nUser-agent: *\nAllow: /\n";
    check(robots, "termwall", &[("/", false)]);
    check(robots, "Termwall/0.1.0", &[("/", false)]);
    check(robots, "termwall-image", &[("/", true)]);
    check(robots, "term wall", &[("/", true)]);
    check(robots, "", &[("/", true)]);
}

#[test]
fn patterns_match_as_documented() {
    check_pattern(
        "/fish",
        &["/fish", "/fish.html", "/fish/salmon", "/fishheads", "/fish.html?id=1"],
        &["/Fish.asp", "/catfish", "/?id=fish"],
    );
    check_pattern("/fish*", &["/fish", "/fishheads/x"], &["/Fish", "/catfish"]);
    check_pattern("/fish/", &["/fish/", "/fish/?x", "/fish/salmon"], &["/fish", "/fish.html", "/Fish/"]);
    check_pattern("/*.php", &["/f.php", "/a/f.php?p", "/f.php/", "/i?f=x.php/"], &["/", "/php/", "/windows.PHP"]);
    check_pattern("/*.php$", &["/f.php", "/a/f.php", "/f.php.php"], &["/f.php?p", "/f.php/", "/f.php5"]);
    check_pattern("/fish*.php", &["/fish.php", "/fishheads/cat.php?p"], &["/Fish.PHP", "/fish.ph"]);
    check_pattern("/a**b*c$", &["/abc", "/aXbYc", "/abcbc"], &["/ab", "/abcd", "/bc"]);
    check_pattern("/a*a$", &["/aa", "/aba"], &["/a", "/ab"]);
    check_pattern("/a$b", &["/a$b"], &["/a"]);
    check_pattern("/d/index.html", &["/d/", "/d/index.html"], &["/d/x", "/d/index.htm"]);
}

#[test]
fn encodings_are_compared_byte_by_byte() {
    check_pattern("/foo/bar?baz=quz", &["/foo/bar?baz=quz"], &["/foo/bar"]);
    check_pattern("/銀行", &["/銀行", "/%E9%8A%80%e8%a1%8c".replace("e8%a1%8c", "E8%A1%8C").as_str()], &["/%E9%8A%80"]);
    check_pattern("/%e9%8a%80", &["/銀"], &["/x"]);
    assert!(
        filter("user-agent: a\ndisallow: /銀".as_bytes(), "a", "https://example.com/銀"),
        "it is not encoded, so it is another"
    );
}

#[test]
fn marks_line_ends_comments_and_typing_errors_are_forgiven() {
    check("\u{feff}user-agent: a\rdisallow: /\r", "a", &[("/", false)]);
    assert!(!filter(b"\xef\xbbuser-agent: a\r\ndisallow: /", "a", "/"));
    assert!(!filter(b"user-agent a\ndissallow /", "a", "/x"));
    check("User Agent : a # us\nDisallow : /x # all\n# Disallow: /\n", "a", &[("/x", false), ("/y", true)]);
    check("<html><body>404</body></html>", "a", &[("/", true)]);
}

#[test]
fn a_long_line_is_cut_and_a_long_file_as_well() {
    let long = "x".repeat(LONGEST_LINE);
    let robots = format!("user-agent: a\ndisallow: /{long}/tail\n");
    let cut = &long[..LONGEST_LINE - "disallow: /".len()];
    check(&robots, "a", &[(&format!("/{cut}/other"), false), ("/y", true)]);
    let filled = format!("user-agent: a\n{}disallow: /\n", "# comment\n".repeat(MOST_BYTES / 10));
    check(&filled, "a", &[("/", true)]);
}

#[test]
fn a_crawl_delay_is_of_the_agents_own_groups() {
    let robots =
        b"user-agent: *\ncrawl-delay: 5\n\nuser-agent: a\ncrawl-delay: 2.5\ndisallow:\n\nuser-agent: b\ncrawl-delay: 99999\n";
    assert_eq!(Rules::of(robots, "a").delay, Some(Duration::from_millis(2500)));
    assert_eq!(Rules::of(robots, "b").delay, Some(LONGEST_DELAY));
    assert_eq!(Rules::of(robots, "c").delay, Some(Duration::from_secs(5)));
    assert_eq!(Rules::of(b"user-agent: *\ncrawl-delay: soon\n", "c").delay, None);
}

#[test]
fn the_filter_takes_addresses_in_any_shape() {
    for (address, path) in [
        ("", "/"),
        ("https://example.com", "/"),
        ("https://example.com/a/b?c=http://d.e/#f", "/a/b?c=http://d.e/"),
        ("example.com", "/"),
        ("example.com/a", "/a"),
        ("example.com?a", "/?a"),
        ("example.com/a;b#c", "/a;b"),
        ("/a", "/a"),
        ("a/b", "/b"),
        ("//a/b/c", "/b/c"),
    ] {
        assert_eq!(path_of(address), path, "{address}");
    }
}

#[test]
fn a_hostile_pattern_ends_soon() {
    let robots = format!("user-agent: a\ndisallow: /{}b\n", "*a".repeat(8000));
    let path = format!("/{}", "a".repeat(100_000));
    assert!(filter(robots.as_bytes(), "a", &path));
}
