//! A table that a spreadsheet opens and does not obey (RFC 4180; lists joined by a space, unknown left empty).

use serde_json::Value;

/// One line with its end.
pub fn line(cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> = cells.map(|text| cell(&text)).collect();
    format!("{}\r\n", cells.join(","))
}

/// A value as a cell says it: lists joined by a space, unknown left empty.
pub fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(text).collect::<Vec<_>>().join(" "),
        other => other.to_string(),
    }
}

/// A cell, quoted where it must be. One that a spreadsheet would take for a formula gets an apostrophe before it, also
/// where white space stands before its first sign.
fn cell(text: &str) -> String {
    let text: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    let obeyed = text.trim_start().starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']);
    match obeyed {
        true => format!("\"'{}\"", text.replace('"', "\"\"")),
        false if text.contains([',', '"', '\n', '\t']) => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn a_cell_is_never_a_formula_and_never_two() {
        assert_eq!(cell("jpmorgan"), "jpmorgan");
        assert_eq!(cell("=1+1"), "\"'=1+1\"");
        assert_eq!(cell(" \t@SUM(A1)"), "\"' \t@SUM(A1)\"");
        assert_eq!(cell("-2"), "\"'-2\"");
        assert_eq!(cell("a,\"b\"\r\nc"), "\"a,\"\"b\"\"\nc\"");
    }
}
