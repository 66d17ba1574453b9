//! The editor's commands on the list of sources, as an editor types them.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking anywhere")]

/// One source by its address.
#[path = "desk/add.rs"]
mod add;

/// What is asked.
#[path = "desk/server.rs"]
mod server;

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

const FEEDS: &str =
    "# Ours.\n[[source]]\nid = \"a\"\nurl = \"https://a.example/feed\"\ntitle = \"A\" # the first\ngroup = \"wire\"\n";

const LIST: &str = "<opml version='2.0'><body>\n<outline text='Asia'>\n\
    <outline type='rss' text='銀行 &amp; AI' xmlUrl='https://b.example/rss.xml'/>\n\
    <outline type='rss' text='A by http' xmlUrl='http://a.example/feed'/></outline>\n\
    <outline text='Ours alone' xmlUrl='http://127.0.0.1/feed'/>\n<outline text='Odd' xmlUrl='gopher://c.example/'/>\n</body></opml>";

struct Place {
    folder: tempfile::TempDir,
}

struct Said {
    code: Option<i32>,
    output: String,
    talk: String,
}

impl Place {
    fn new(feeds: Option<&str>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        if let Some(feeds) = feeds {
            std::fs::write(folder.path().join("feeds.toml"), feeds).unwrap();
        }
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn feeds(&self) -> String {
        std::fs::read_to_string(self.path("feeds.toml")).unwrap()
    }

    fn list(&self, name: &str, text: impl AsRef<[u8]>) -> String {
        std::fs::write(self.path(name), text).unwrap();
        self.path(name).display().to_string()
    }

    fn sources(&self, arguments: &[&str], input: &[u8]) -> Said {
        let mut child = Command::new(env!("CARGO_BIN_EXE_termwall"))
            .args(["sources", "--dir"])
            .arg(self.folder.path())
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // A program that does not read its input may be gone before all of it is written.
        let _ = stdin.write_all(input);
        drop(stdin);
        let output = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Said { code: output.status.code(), output: text(output.stdout), talk: text(output.stderr) }
    }
}

#[test]
fn a_list_is_added_below_what_is_there_and_each_refusal_has_its_line() {
    let place = Place::new(Some(FEEDS));
    let list = place.list("list.opml", LIST);
    let said = place.sources(&["import", &list], b"");
    assert_eq!(said.code, Some(3), "{}", said.talk);
    let private = "\"127.0.0.1\" is not a public address; add it by hand, with allow_private = true, if it is your own";
    let odd = "\"gopher\" is not fetched; use an address that begins with https:// or http://";
    assert_eq!(
        said.output,
        format!(
            "added     b-ai  https://b.example/rss.xml\nrefused   {list}:5: \"Ours alone\": {private}\nrefused   {list}:6: \"Odd\": {odd}\nadded 1, already there 1, refused 2\n"
        )
    );
    let added = "\n# From the folder \"Asia\".\n[[source]]\nid = \"b-ai\"\nurl = \"https://b.example/rss.xml\"\ntitle = \"銀行 & AI\"\ngroup = \"tech-press\"\n";
    assert_eq!(place.feeds(), format!("{FEEDS}{added}"));
    let again = place.sources(&["import", "-", "--group", "wire"], LIST.as_bytes());
    assert!(again.output.ends_with("added 0, already there 2, refused 2\n"), "{}", again.output);
    assert_eq!(place.feeds(), format!("{FEEDS}{added}"));
}

#[test]
fn a_dry_run_prints_the_tables_and_writes_nothing() {
    let place = Place::new(Some(FEEDS));
    let said = place.sources(&["import", "-", "--dry-run", "--group", "bank-press"], LIST.as_bytes());
    assert!(said.output.starts_with("# From the folder \"Asia\".\n[[source]]\nid = \"b-ai\"\n"), "{}", said.output);
    assert!(
        said.output.contains("group = \"bank-press\"") && said.talk.contains("would add 1, already there 1"),
        "{}",
        said.talk
    );
    assert_eq!(place.feeds(), FEEDS);
}

#[test]
fn what_is_no_list_is_refused_in_a_line_and_nothing_is_written() {
    let place = Place::new(Some(FEEDS));
    let bomb = format!("<!DOCTYPE a [{}]><opml>&e9;</opml>", "<!ENTITY e9 '&e8;&e8;'>".repeat(1000));
    let nothing = "check that it is an OPML file";
    for (bytes, reason) in [
        (b"".to_vec(), nothing),
        (b"%PDF-1.7 \xff\xfe\x00".to_vec(), nothing),
        (b"<html>Please log in</html>".to_vec(), nothing),
        (bomb.into_bytes(), nothing),
        (b"<opml><outline text='x'/></opml>".to_vec(), "xmlUrl"),
        (vec![b' '; (16 << 20) + 1], "larger than 16 MiB"),
    ] {
        let list = place.list("list.opml", bytes);
        let said = place.sources(&["import", &list], b"");
        assert_eq!((said.code, said.output.as_str()), (Some(1), ""), "{reason}");
        assert!(said.talk.contains(reason) && said.talk.lines().count() == 1, "{}", said.talk);
    }
    let absent = place.sources(&["import", "no-such.opml"], b"");
    assert!(absent.code == Some(1) && absent.talk.contains("\"no-such.opml\" cannot be read"), "{}", absent.talk);
    let group = place.sources(&["import", "-", "--group", "wires"], LIST.as_bytes());
    assert!(group.code == Some(1) && group.talk.contains("did you mean \"wire\"?"), "{}", group.talk);
    assert_eq!(place.feeds(), FEEDS);
}

#[test]
fn other_charsets_are_read() {
    let place = Place::new(Some(FEEDS));
    let list = "<?xml version='1.0' encoding='gb2312'?><opml><outline text='中国银行' xmlUrl='https://b.example/'/></opml>";
    let (bytes, _, _) = encoding_rs::GBK.encode(list);
    assert_eq!(place.sources(&["import", "-"], &bytes).code, Some(0));
    assert!(place.feeds().contains("title = \"中国银行\""), "{}", place.feeds());
}

#[test]
fn what_is_exported_is_imported_as_the_same_sources() {
    let shipped = Place::new(None);
    let list = shipped.sources(&["export", "--all"], b"");
    assert_eq!(list.code, Some(0), "{}", list.talk);
    let fresh = Place::new(Some(FEEDS));
    let said = fresh.sources(&["import", "-"], list.output.as_bytes());
    let number = include_str!("../feeds.toml").matches("[[source]]\nid").count();
    assert!(said.output.ends_with(&format!("added {number}, already there 0, refused 0\n")), "{}", said.output);
    let again = fresh.sources(&["export", "--all"], b"").output;
    let lines = |text: &str| -> Vec<String> {
        let mut lines: Vec<String> = text.lines().map(|line| line.trim().to_string()).collect();
        lines.sort();
        lines
    };
    let ours = "<outline text=\"A\" title=\"A\" type=\"rss\" xmlUrl=\"https://a.example/feed\" termwall:id=\"a\"/>";
    let again: Vec<String> = lines(&again).into_iter().filter(|line| line != ours).collect();
    assert_eq!(again, lines(&list.output));
}

#[test]
fn a_publication_without_a_list_of_its_own_keeps_the_shipped_sources() {
    let place = Place::new(None);
    let said = place.sources(&["import", "-"], LIST.as_bytes());
    assert!(said.talk.contains("was not there; it begins with the 195 sources that ship with the program"), "{}", said.talk);
    assert!(place.feeds().starts_with(include_str!("../feeds.toml")));
    assert!(place.feeds().contains("https://b.example/rss.xml"));
}
