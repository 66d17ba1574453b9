//! Lines that mean harm, or mean nothing, through the real program: `termwall tag` answers each in its place with JSON, within bounded
//! memory. The program runs as a process of its own, so that its memory is its own.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking anywhere")]

use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// The most that the program may ever have held: the longest line, what it says, and the taxonomy.
const MEMORY: u64 = 420 << 20;

/// What a stream of ordinary stories may take, however long it is.
const STREAM_MEMORY: u64 = 200 << 20;

/// Far above what any of this takes in a build without optimisation on a busy machine: only what hangs reaches it.
const PATIENCE: Duration = Duration::from_secs(240);

/// What came out: the answers, the exit status, the high-water mark of memory in bytes where the system tells it.
struct Told {
    answers: Vec<Value>,
    status: i32,
    peak: Option<u64>,
}

/// Runs `termwall tag` on some input.
fn tag(arguments: &[&str], input: Vec<u8>) -> Told {
    let begun = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_termwall"))
        .arg("tag")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut stdin, mut stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let writer = std::thread::spawn(move || {
        stdin.write_all(&input).unwrap();
        stdin
    });
    // All but the end of input is given: the program waits for more, and its memory can be read.
    let process = child.id();
    let reader = std::thread::spawn(move || {
        let mut output = String::new();
        stdout.read_to_string(&mut output).unwrap();
        output
    });
    let stdin = writer.join().unwrap();
    let peak = settled_peak(process);
    drop(stdin);
    let output = reader.join().unwrap();
    let status = child.wait().unwrap().code().unwrap();
    assert!(begun.elapsed() < PATIENCE, "took {:?}", begun.elapsed());
    let answers = output.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    Told { answers, status, peak }
}

/// The high-water mark of a process that has read all that there is, once it grows no more.
fn settled_peak(process: u32) -> Option<u64> {
    let mut last = peak_of(process)?;
    for _ in 0..200 {
        std::thread::sleep(Duration::from_millis(250));
        let Some(now) = peak_of(process).filter(|now| *now != last) else { break };
        last = now;
    }
    Some(last)
}

fn peak_of(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kib| kib << 10)
}

fn line(id: &str, title: &str, text: &str) -> String {
    format!("{}\n", json!({"id": id, "title": title, "text": text}))
}

const BAN: &str = "JPMorgan bans Claude for its staff in Hong Kong";

/// A line among others, all of which must be answered in their places.
fn between_neighbours(name: &str, hostile: &[u8]) -> Value {
    let mut input = line("before", BAN, "").into_bytes();
    input.extend_from_slice(hostile);
    input.extend_from_slice(line("after", BAN, "").as_bytes());
    let mut told = tag(&[], input);
    assert_eq!(told.answers.len(), 3, "{name}");
    for (place, id) in [(0, "before"), (2, "after")] {
        assert_eq!((&told.answers[place]["id"], &told.answers[place]["banks"]), (&json!(id), &json!(["jpmorgan"])), "{name}");
    }
    if let Some(peak) = told.peak {
        println!("{name}: at most {} MiB", peak >> 20);
        assert!(peak < MEMORY, "{name} took {} MiB", peak >> 20);
    }
    told.answers.remove(1)
}

#[test]
fn fifty_megabytes_on_one_line_are_one_answer() {
    let text = "Nobody says anything of note about it. ".repeat(1_300_000);
    let answer = between_neighbours("50 MB of words", line("big", BAN, &text).as_bytes());
    assert_eq!((&answer["id"], &answer["banks"]), (&json!("big"), &json!(["jpmorgan"])));
    for (name, piece) in [("50 MB without a space", "a"), ("50 MB of Han", "銀"), ("50 MB of invisible characters", "\u{200B}")]
    {
        let answer = between_neighbours(name, line("big", BAN, &piece.repeat(50_000_000 / piece.len())).as_bytes());
        // With a text of Han the title is read as Chinese, and says little.
        assert!(answer["id"] == "big" && answer["mentions"][0]["id"] == "jpmorgan", "{name}");
    }
}

#[test]
fn a_line_beyond_the_limit_is_one_bad_line() {
    let answer = between_neighbours("70 MB", line("big", "", &"a ".repeat(35_000_000)).as_bytes());
    assert_eq!(answer["id"], Value::Null);
    assert!(answer["error"].as_str().unwrap().contains("64 MiB"), "{answer}");
}

#[test]
fn a_hundred_thousand_mentions_are_counted_only_so_far() {
    let text = "Goldman Sachs, Barclays and UBS ban Claude, Gemini and DeepSeek in Hong Kong, Italy and Texas. ".repeat(12_000);
    let answer = between_neighbours("100,000 mentions", line("many", BAN, &text).as_bytes());
    assert_eq!(answer["relevant"], json!(true));
    let count = |key: &str| answer[key].as_array().unwrap().len();
    assert!(count("mentions") <= 4_100 && count("events") <= 16 && count("statements") <= 24, "{}", count("mentions"));
    assert!(answer.to_string().len() < 2 << 20);
}

#[test]
fn what_has_no_letters_says_nothing() {
    for (name, title) in [("digits", "1234 567,89 %"), ("signs", "!!! ??? … — ()[]"), ("pictures", "🏦🚫🤖🇭🇰"), ("nothing", "")]
    {
        let answer = between_neighbours(name, line("none", title, title).as_bytes());
        assert_eq!(
            (&answer["id"], &answer["relevant"], &answer["events"]),
            (&json!("none"), &json!(false), &json!([])),
            "{name}"
        );
    }
}

#[test]
fn half_a_character_spoils_neither_its_line_nor_the_next() {
    let mut half = line("half", &format!("{BAN} 銀"), "").into_bytes();
    let at = half.windows(3).position(|bytes| bytes == "銀".as_bytes()).unwrap();
    half.remove(at + 2);
    let answer = between_neighbours("half a character", &half);
    assert_eq!((&answer["id"], &answer["banks"]), (&json!("half"), &json!(["jpmorgan"])));
}

#[test]
fn marks_of_direction_inside_a_name_hide_it_from_nobody() {
    let title = "JP\u{202E}Mor\u{200F}gan bans Cla\u{2066}ude\u{2069} for its staff in Hong\u{202C} Kong";
    let answer = between_neighbours("marks of direction", line("rtl", title, "").as_bytes());
    assert_eq!((&answer["banks"], &answer["products"]), (&json!(["jpmorgan"]), &json!(["claude"])));
    let mentions = answer["mentions"].as_array().unwrap();
    for evidence in mentions.iter().map(|mention| &mention["evidence"]) {
        let at = |key: &str| usize::try_from(evidence[key].as_u64().unwrap()).unwrap();
        assert_eq!(evidence["quote"], title[at("start")..at("end")], "{evidence}");
    }
}

#[test]
fn lines_that_are_no_story_are_answered_in_their_places() {
    let bad: &[&[u8]] = &[
        b"\0\0\0\n",
        b"not JSON\n",
        b"{\"id\":\"a\"}\n",
        b"{\"id\":1,\"title\":\"a\",\"text\":\"b\"}\n",
        b"[1,2,3]\n",
        b"\"\xff\xfe\"\n",
        b"{\"id\":\"a\",\"title\":\"a\0b\",\"text\":\"\"}\n",
        b"{\"id\":\"a\",\"title\":\"\\ud800\",\"text\":\"\"}\n",
    ];
    for bad in bad {
        let answer = between_neighbours(&String::from_utf8_lossy(bad), bad);
        assert!(answer["id"].is_null() && answer["error"].is_string(), "{answer}");
    }
    let nested = format!("{}\n", "[".repeat(1_000_000));
    assert!(between_neighbours("a million brackets", nested.as_bytes())["error"].is_string());
    assert_eq!(tag(&[], b"nope\n".to_vec()).status, 3);
}

#[test]
fn equal_ids_and_escaped_nulls_are_answered_each() {
    let twice = [line("same", BAN, ""), line("same", "Rain on Monday", "")].concat();
    let told = tag(&[], twice.into_bytes());
    let relevant: Vec<_> = told.answers.iter().map(|answer| (answer["id"].as_str(), answer["relevant"].as_bool())).collect();
    assert_eq!((relevant, told.status), (vec![(Some("same"), Some(true)), (Some("same"), Some(false))], 0));
    let answer = between_neighbours("an escaped NUL", line("nul", &format!("{BAN}\0"), "\0").as_bytes());
    assert_eq!((&answer["id"], &answer["banks"]), (&json!("nul"), &json!(["jpmorgan"])));
}

#[test]
fn memory_does_not_grow_with_the_stream() {
    let story = line("s", BAN, &"The lender said on Tuesday that the assistant stays out of reach for now. ".repeat(12));
    let told = tag(&[], story.repeat(6_000).into_bytes());
    assert_eq!(told.answers.len(), 6_000);
    if let Some(peak) = told.peak {
        println!("a stream of {} MB: at most {} MiB", story.len() * 6_000 / 1_000_000, peak >> 20);
        assert!(peak < STREAM_MEMORY, "{} MiB", peak >> 20);
    }
}

#[test]
fn nothing_that_steers_a_terminal_is_shown_on_one() {
    let hostile = line("a\u{1b}[2Jb", &format!("{BAN}\u{1b}]0;x\u{7}\u{202E}"), "\u{9b}31m\r\u{8}");
    let output = assert_cmd::Command::new(env!("CARGO_BIN_EXE_termwall"))
        .args(["tag", "--explain", "--color", "always"])
        .write_stdin(hostile)
        .output()
        .unwrap();
    let shown = String::from_utf8(output.stdout).unwrap();
    assert!(shown.contains("\u{1b}[1;31mbans\u{1b}[0m") && shown.contains("taxonomy/words/en.toml"), "{shown}");
    // All that is left are the colours: ESC [ digits m.
    let foreign = shown.split('\u{1b}').skip(1).any(|part| {
        let code: String = part.chars().take_while(|c| *c != 'm').collect();
        !code.starts_with('[') || !code[1..].chars().all(|c| c.is_ascii_digit() || c == ';')
    });
    assert!(!foreign && !shown.contains(['\u{7}', '\u{8}', '\r', '\u{9b}', '\u{202E}']), "{shown:?}");
}
