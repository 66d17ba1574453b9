//! Feeds by the specifications, case by case. `tests/feeds/*.txt` say how a case is written.

use std::fs;

use serde_json::Value;
use termwall::read::parse;
use url::Url;

/// Fewer would leave parts of the specifications untried.
const FEWEST: usize = 300;

struct Frame {
    path: String,
    markup: String,
}

/// What stands at a path like `entries.0.title`; null where nothing does.
fn look_up<'a>(value: &'a Value, path: &str) -> &'a Value {
    const NOTHING: &Value = &Value::Null;
    path.split('.').filter(|step| !step.is_empty()).fold(value, |value, step| match step.parse::<usize>() {
        Ok(at) => value.get(at).unwrap_or(NOTHING),
        Err(_) => value.get(step).unwrap_or(NOTHING),
    })
}

/// The cases of a file: a case ends with the line that holds its `=>`.
fn cases(text: &str) -> Vec<String> {
    let mut cases: Vec<String> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        if open {
            let last = cases.last_mut().expect("an open case has begun");
            last.push('\n');
            last.push_str(line);
        } else if !line.is_empty() && !line.starts_with('#') {
            cases.push(line.to_string());
        }
        open = !line.is_empty() && !line.starts_with(['#', '@']) && !line.contains(" => ");
    }
    cases
}

fn run(name: &str, text: &str, wrong: &mut Vec<String>) -> usize {
    let mut frames: Vec<(String, Frame)> = Vec::new();
    let mut count = 0;
    let served = Url::parse("https://served.example/feeds/all.xml").expect("it is an address");
    for case in cases(text) {
        if let Some(frame) = case.strip_prefix('@') {
            let mut parts = frame.splitn(3, ' ');
            let mut part = || parts.next().expect("a frame has name, path and markup").to_string();
            frames.push((part(), Frame { path: part(), markup: part() }));
            continue;
        }
        count += 1;
        let (frame, rest) = case.split_once(": ").expect("a case names its frame");
        let (markup, expected) = rest.rsplit_once(" => ").expect("a case expects something");
        let (path, expected) = expected.split_once(' ').expect("a case expects a value");
        let frame = &frames.iter().find(|(known, _)| known == frame).expect("its frame is set above").1;
        let document = frame.markup.replacen("{}", markup, 1);
        let expected: Value = serde_json::from_str(expected).expect("a case expects JSON");
        match parse(document.as_bytes(), Some(&served), None) {
            Ok(parsed) => {
                let parsed = serde_json::to_value(parsed).expect("it serializes");
                let found = look_up(&parsed, &format!("{}{path}", frame.path));
                if *found != expected {
                    wrong.push(format!("{name}: {rest}\n    gave {found}"));
                }
            }
            Err(failure) => wrong.push(format!("{name}: {rest}\n    gave {failure:?}")),
        }
    }
    count
}

#[test]
fn feeds_are_read_as_the_specifications_say() {
    let mut paths: Vec<_> = fs::read_dir("tests/feeds").unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let (mut wrong, mut count) = (Vec::new(), 0);
    for path in paths.iter().filter(|path| path.extension().is_some_and(|ending| ending == "txt")) {
        count += run(&path.display().to_string(), &fs::read_to_string(path).unwrap(), &mut wrong);
    }
    assert!(wrong.is_empty(), "{} of {count} cases:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= FEWEST, "{count} cases");
}
