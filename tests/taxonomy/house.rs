//! A publication in a folder, with a store of a few articles, and the program as an editor runs it.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Command;

use jiff::Timestamp;
use termwall::model::article::{self, ArticleKind};
use termwall::model::fetched::Purpose;
use termwall::model::when::When;
use termwall::store::{Arrival, Store};

/// An article that an outlet published on the first of June.
pub struct Article {
    pub name: &'static str,
    pub outlet: &'static str,
    pub title: &'static str,
    pub text: &'static str,
}

/// What the program said.
pub struct Said {
    pub code: Option<i32>,
    pub output: String,
    pub talk: String,
}

pub struct House {
    folder: tempfile::TempDir,
}

impl House {
    /// A folder with the taxonomy that ships, to be edited.
    pub fn new() -> Self {
        let house = Self { folder: tempfile::tempdir().unwrap() };
        house.revert();
        house
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn store(&self) -> PathBuf {
        self.path("termwall.db")
    }

    /// Puts the taxonomy back to what ships.
    pub fn revert(&self) {
        std::fs::create_dir_all(self.path("taxonomy")).unwrap();
        for entry in std::fs::read_dir("taxonomy").unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                std::fs::copy(&path, self.path("taxonomy").join(path.file_name().unwrap())).unwrap();
            }
        }
    }

    pub fn append(&self, file: &str, text: &str) {
        let path = self.path("taxonomy").join(file);
        let whole = std::fs::read_to_string(&path).unwrap() + text;
        std::fs::write(path, whole).unwrap();
    }

    pub fn replace(&self, file: &str, old: &str, new: &str) {
        let path = self.path("taxonomy").join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(text.matches(old).count(), 1, "{old}");
        std::fs::write(path, text.replace(old, new)).unwrap();
    }

    /// Keeps an article as read whole.
    pub async fn read(&self, article: &Article) {
        self.keep(article, ArticleKind::Full).await;
    }

    /// Keeps an article of which the feed gives a summary.
    pub async fn read_summary(&self, article: &Article) {
        self.keep(article, ArticleKind::Brief).await;
    }

    async fn keep(&self, article: &Article, kind: ArticleKind) {
        let at: Timestamp = "2026-06-05T10:00:00Z".parse().unwrap();
        let url = self.page_of(article);
        let read = article::Article {
            id: termwall::ledger::hash(&url),
            version: 1,
            url: Some(url.clone()),
            source: "own".into(),
            outlet: article.outlet.into(),
            kind,
            title: article.title.into(),
            text: article.text.into(),
            lang: "en".into(),
            claimed: Some(When::On("2026-06-01".parse().unwrap())),
            claimed_raw: None,
            first_seen: at,
            authors: Vec::new(),
            document: String::new(),
            speaks_for: None,
            lead: false,
            has_page: kind == ArticleKind::Brief,
        };
        let arrival = Arrival {
            source: "own".into(),
            url,
            at,
            purpose: Purpose::Feed,
            article: None,
            hash: String::new(),
            final_url: String::new(),
            content_type: None,
            body: Vec::new(),
        };
        let store = Store::open(&self.store()).await.unwrap();
        store.keep_articles(&arrival, &[read]).await.unwrap();
        store.close().await;
    }

    fn page_of(&self, article: &Article) -> String {
        format!("http://127.0.0.1:9/{}", article.name)
    }

    /// One source of our own on loopback with nothing about access in it, in place of those that ship.
    pub fn serve(&self) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let socket: SocketAddr = listener.local_addr().unwrap();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { continue };
                let mut head = [0; 4096];
                let _ = stream.read(&mut head);
                let item = "<item><title>Weather</title><link>https://own.example/weather</link></item>";
                let body =
                    format!("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Own</title>{item}</channel></rss>");
                let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
                let _ = stream.write_all((head + &body).as_bytes());
            }
        });
        let feeds = format!(
            "[[source]]\nid = \"own\"\nurl = \"http://{socket}/feed\"\ntitle = \"Own\"\ngroup = \"wire\"\ngap = \"0s\"\nallow_private = true\n"
        );
        std::fs::write(self.path("feeds.toml"), feeds).unwrap();
    }

    pub fn run(&self, arguments: &[&str]) -> Said {
        let output = Command::new(env!("CARGO_BIN_EXE_termwall"))
            .args(arguments)
            .arg("--dir")
            .arg(self.folder.path())
            .env_remove("TERMWALL_STORE")
            .output()
            .unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Said { code: output.status.code(), output: text(output.stdout), talk: text(output.stderr) }
    }

    /// What the program says where it succeeds.
    pub fn done(&self, arguments: &[&str]) -> String {
        let said = self.run(arguments);
        assert_eq!(said.code, Some(0), "{arguments:?}\n{}{}", said.output, said.talk);
        said.output
    }

    /// Every file of the folder, by path.
    pub fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(self.folder.path(), &mut files);
        files
    }

    /// The lines of the published ledger.
    pub fn chain(&self) -> Vec<String> {
        let text = std::fs::read_to_string(self.path("public/data/ledger.jsonl")).unwrap();
        text.lines().map(ToString::to_string).collect()
    }

    /// Addresses of the Insights.
    pub fn pages(&self) -> BTreeSet<PathBuf> {
        let mut files = BTreeMap::new();
        collect(&self.path("public/insights"), &mut files);
        let pages = files.into_iter().filter(|(_, bytes)| !String::from_utf8_lossy(bytes).contains("http-equiv=\"refresh\""));
        pages.map(|(path, _)| path.strip_prefix(self.folder.path()).unwrap().to_path_buf()).collect()
    }

    /// The words of the Insight whose address holds a word.
    pub fn page(&self, word: &str) -> String {
        let page = self.pages().into_iter().find(|path| path.to_string_lossy().contains(word)).unwrap();
        std::fs::read_to_string(self.path("").join(page)).unwrap()
    }

    /// What tags articles now, of the one version that the store knows.
    pub fn version(&self) -> String {
        let line = self.done(&["taxonomy", "versions", "--json"]);
        let line: serde_json::Value = serde_json::from_str(line.lines().next().unwrap()).unwrap();
        line["by"].as_str().unwrap().to_string()
    }

    /// The id of the story that an article opened.
    pub fn story(&self, name: &str) -> String {
        let id = termwall::ledger::hash(&format!("http://127.0.0.1:9/{name}"));
        let why = self.done(&["why", &id[..12]]);
        why.lines().next().unwrap().trim_start_matches("story").trim().to_string()
    }
}

fn collect(folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.insert(path.clone(), std::fs::read(&path).unwrap());
        }
    }
}
