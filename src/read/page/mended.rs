//! JSON as pages write it: in comments, with raw line breaks, commas too many, brackets too few.

use serde_json::{Deserializer, Value};

/// Longest script that is mended, in bytes; a longer one is read as it is or not at all.
const LONGEST: usize = 512 * 1024;

/// The values of a script; none where nothing can be made of it.
pub(super) fn values(script: &str) -> Vec<Value> {
    let script = bare(script);
    if let Ok(value) = serde_json::from_str(script) {
        return vec![value];
    }
    if script.len() > LONGEST {
        return Vec::new();
    }
    let smooth = script.replace(|c: char| c.is_control(), " ");
    let found = stream(&smooth);
    if !found.is_empty() {
        return found;
    }
    let plain = if smooth.contains("&quot;") { smooth.replace("&quot;", "\"").replace("&amp;", "&") } else { smooth };
    stream(&balanced(&plain))
}

/// Without what hides a script from old browsers and from XML.
fn bare(script: &str) -> &str {
    let mut script = script.trim();
    for start in ["<!--", "//<![CDATA[", "/*<![CDATA[*/", "<![CDATA[", "//"] {
        script = script.strip_prefix(start).unwrap_or(script).trim();
    }
    for end in ["-->", "/*]]>*/", "//]]>", "]]>", "//", ";"] {
        script = script.strip_suffix(end).unwrap_or(script).trim();
    }
    script
}

/// One value after another, all of them whole.
fn stream(text: &str) -> Vec<Value> {
    let found: Result<Vec<Value>, _> = Deserializer::from_str(text).into_iter().collect();
    found.unwrap_or_default()
}

/// Without commas before a closing bracket, and with the brackets closed that are open at the end.
fn balanced(text: &str) -> String {
    let (mut out, mut open) = (String::with_capacity(text.len()), Vec::new());
    let (mut in_string, mut escaped) = (false, false);
    for c in text.chars() {
        if in_string {
            in_string = escaped || c != '"';
            escaped = c == '\\' && !escaped;
            out.push(c);
            continue;
        }
        match c {
            '"' => in_string = true,
            '{' => open.push('}'),
            '[' => open.push(']'),
            '}' | ']' => {
                without_comma(&mut out);
                if open.last() != Some(&c) {
                    continue;
                }
                open.pop();
            }
            _ => {}
        }
        out.push(c);
    }
    if in_string {
        out.push('"');
    }
    without_comma(&mut out);
    out.extend(open.into_iter().rev());
    out
}

fn without_comma(out: &mut String) {
    let kept = out.trim_end_matches(|c: char| c.is_whitespace() || c == ',').len();
    out.truncate(kept);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_json_is_mended() {
        for (script, expected) in [
            (r#"{"a":1}"#, r#"[{"a":1}]"#),
            (r#"<!-- {"a":1} -->"#, r#"[{"a":1}]"#),
            ("//<![CDATA[\n{\"a\":1}\n//]]>", r#"[{"a":1}]"#),
            (r#"{"a":1};"#, r#"[{"a":1}]"#),
            ("{\"a\":\"b\nc\"}", r#"[{"a":"b c"}]"#),
            (r#"{"a":1}{"b":2}"#, r#"[{"a":1},{"b":2}]"#),
            (r#"{"a":[1,2,],}"#, r#"[{"a":[1,2]}]"#),
            (r#"{"a":{"b":[1,2"#, r#"[{"a":{"b":[1,2]}}]"#),
            (r#"{"a":1}}"#, r#"[{"a":1}]"#),
            (r#"{"a":",}","b":"\",}",}"#, r#"[{"a":",}","b":"\",}"}]"#),
            (r#"{&quot;a&quot;:1}"#, r#"[{"a":1}]"#),
            ("", "[]"),
            ("window.x = 1", "[]"),
            ("{", "[{}]"),
        ] {
            assert_eq!(serde_json::to_string(&values(script)).unwrap(), expected, "{script}");
        }
    }
}
