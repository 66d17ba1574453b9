//! The byline among the lines around a page's title, in the languages of our sources.

/// Lines before and after the title among which its byline stands.
const BEFORE_TITLE: usize = 4;
const AFTER_TITLE: usize = 10;

/// A page may repeat its title in its path and its menus.
const MOST_TITLES: usize = 6;

/// Lines of a page that shows no title.
const OPENING: usize = 40;

/// Longest line that is a byline, in characters.
const LONGEST: usize = 120;

/// What a byline begins with, lower case, longest first where one begins another.
const STARTS: &[&str] = &[
    "written by ",
    "posted by ",
    "published by ",
    "words by ",
    "story by ",
    "by: ",
    "by ",
    "author: ",
    "von ",
    "autor: ",
    "text: ",
    "par ",
    "auteur : ",
    "por ",
    "texto: ",
    "di ",
    "a cura di ",
    "autore: ",
    "作者：",
    "作者:",
    "記者",
    "记者",
    "撰文：",
    "文／",
    "文/",
    "文｜",
    "執筆：",
    "執筆者：",
    "글·",
    "글 ",
];

/// Lines that announce the name on the next.
const LABELS: &[&str] = &[
    "author",
    "authors",
    "written by",
    "by",
    "words by",
    "autor",
    "autorin",
    "von",
    "auteur",
    "par",
    "autore",
    "di",
    "por",
    "作者",
    "記者",
    "记者",
    "執筆者",
    "著者",
    "글",
];

/// Small words inside names.
const PARTICLES: &[&str] = &[
    "de", "del", "della", "di", "da", "la", "le", "van", "von", "der", "den", "ter", "bin", "al", "and", "&", "und", "et", "y",
    "e",
];

/// The byline, without what announces it; empty where none is seen.
pub(super) fn by_title(lines: &[String], title: Option<&str>) -> Option<String> {
    let is_title = |line: &String| title.is_some_and(|title| line == title);
    let titles: Vec<usize> = (0..lines.len()).filter(|at| is_title(&lines[*at])).take(MOST_TITLES).collect();
    let near = titles.iter().find_map(|at| {
        let below = at + 1..lines.len().min(at + 1 + AFTER_TITLE);
        let above = at.saturating_sub(BEFORE_TITLE)..*at;
        below.chain(above).find_map(|at| byline(lines, at))
    });
    let opening = || (0..lines.len().min(OPENING)).find_map(|at| byline(lines, at));
    near.or_else(opening).or_else(|| (0..lines.len()).find_map(|at| labelled(lines, at)))
}

fn byline(lines: &[String], at: usize) -> Option<String> {
    let line = lines[at].as_str();
    if line.chars().count() > LONGEST {
        return None;
    }
    if let Some(name) = named_below(lines, at, LABELS) {
        return Some(name);
    }
    if let Some(rest) = STARTS.iter().find_map(|start| without(line, start)) {
        let name = before_date(rest.trim_start_matches([':', '：', ' ', '\u{3000}']));
        return (is_name(name) || is_account(name) && dated_beside(lines, at)).then(|| name.to_string());
    }
    korean(line)
}

/// A name on the line below one that says nothing but that an author follows, anywhere on the page: some keep a column for it.
fn labelled(lines: &[String], at: usize) -> Option<String> {
    named_below(lines, at, &["author", "authors", "written by", "autor", "autorin", "auteur", "autore", "作者"])
}

fn named_below(lines: &[String], at: usize, labels: &[&str]) -> Option<String> {
    let label = lines[at].trim_end_matches([':', '：', ' ']).to_lowercase();
    lines.get(at + 1).filter(|name| labels.contains(&label.as_str()) && is_name(name)).cloned()
}

/// What follows a start that is written in any case.
fn without<'a>(line: &'a str, start: &str) -> Option<&'a str> {
    line.get(..start.len()).filter(|begin| begin.to_lowercase() == start).map(|begin| &line[begin.len()..])
}

/// What stands before a date or a bar.
fn before_date(text: &str) -> &str {
    let end = text.find(|c: char| c.is_ascii_digit() || matches!(c, '|' | '｜' | '•' | '·' | '(' | '（' | '['));
    let dated = end.is_some_and(|end| text[end..].starts_with(|c: char| c.is_ascii_digit()));
    let text = &text[..end.unwrap_or(text.len())];
    let text = text.split(" – ").next().unwrap_or(text).split(" - ").next().unwrap_or(text);
    let words = |text: &str| text.rsplit(' ').next().is_some_and(is_before_date);
    let mut text = text.trim_end_matches([' ', ',', ';']);
    while dated && words(text) && text.contains(' ') {
        text = text.rsplit_once(' ').map_or(text, |(before, _)| before).trim_end_matches([' ', ',']);
    }
    text
}

/// Words between a name and its date.
const BEFORE_DATE: &[&str] = &["on", "at", "am", "le", "il", "el", "published", "updated", "posted"];

/// The English months, which begin a date.
const MONTHS: &[&str] =
    &["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// "on", "Updated", "June": what may stand between a name and the figures of a date.
fn is_before_date(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ',', ':']).to_lowercase();
    BEFORE_DATE.contains(&word.as_str()) || word.len() >= 3 && MONTHS.iter().any(|month| month.starts_with(&word))
}

/// Two to five words that begin with capitals, or a few characters of a script without spaces.
fn is_name(text: &str) -> bool {
    let text = text.trim();
    let letters = text.chars().filter(|c| !c.is_whitespace()).count();
    if text.chars().all(|c| c >= '\u{2E80}' || c == ' ') {
        return (2..=8).contains(&letters);
    }
    let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let is_capital = |word: &&&str| word.starts_with(char::is_uppercase);
    let names = words.iter().filter(is_capital).count();
    let others = words.iter().filter(|word| !word.starts_with(char::is_uppercase));
    (2..=10).contains(&words.len())
        && names >= 2
        && letters <= 80
        && !text.contains(['?', '!', ':', '@'])
        && !text.ends_with('.')
        && others.into_iter().all(|word| PARTICLES.contains(word))
}

/// One word without spaces, as blogs name their writers.
fn is_account(text: &str) -> bool {
    (3..=30).contains(&text.len()) && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'))
}

/// Whether a line beside holds a year: a byline and its date stand together.
fn dated_beside(lines: &[String], at: usize) -> bool {
    let beside = [at.checked_sub(1), Some(at), Some(at + 1)];
    let has_year = |line: &String| {
        let short = line.chars().count() <= LONGEST;
        short
            && line
                .split(|c: char| !c.is_ascii_digit())
                .any(|run| run.len() == 4 && (run.starts_with("19") || run.starts_with("20")))
    };
    beside.into_iter().flatten().filter_map(|at| lines.get(at)).any(has_year)
}

/// `김철수 기자`.
fn korean(line: &str) -> Option<String> {
    const LONGEST_NAME: usize = 4;
    let (before, _) = line.split_once(" 기자")?;
    let name = before.rsplit([' ', '=', ']']).next()?;
    let is_name =
        (2..=LONGEST_NAME).contains(&name.chars().count()) && name.chars().all(|c| ('\u{AC00}'..='\u{D7A3}').contains(&c));
    is_name.then(|| name.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &[&str], expected: &str) {
        let lines: Vec<String> = lines.iter().map(|line| (*line).to_string()).collect();
        assert_eq!(by_title(&lines, Some("Bank bans it")).unwrap_or_default(), expected, "{lines:?}");
    }

    #[test]
    fn a_byline_is_found_in_the_languages_of_our_sources() {
        for (line, expected) in [
            ("By Ann Example", "Ann Example"),
            ("BY ANN EXAMPLE", "ANN EXAMPLE"),
            ("by Ann Example and Ben Sample", "Ann Example and Ben Sample"),
            ("By Ann Example | 18 June 2026", "Ann Example"),
            ("By Ann Example on June 18, 2026", "Ann Example"),
            ("By Ann May", "Ann May"),
            ("Written by Ann van der Example", "Ann van der Example"),
            ("Von Anna Beispiel", "Anna Beispiel"),
            ("Par Anne Exemple, le 18 juin 2026", "Anne Exemple"),
            ("Por Ana Ejemplo", "Ana Ejemplo"),
            ("di Anna Esempio", "Anna Esempio"),
            ("作者：王小明", "王小明"),
            ("記者 王小明", "王小明"),
            ("文／王小明", "王小明"),
            ("執筆：山田太郎", "山田太郎"),
            ("[예시일보=서울] 김철수 기자", "김철수"),
        ] {
            check(&["Bank bans it", line, "Text."], expected);
        }
    }

    #[test]
    fn a_label_announces_the_next_line() {
        check(&["Bank bans it", "Author", "Ann Example", "Published"], "Ann Example");
        check(&["Bank bans it", "Autor:", "Anna Beispiel"], "Anna Beispiel");
        check(&["Bank bans it", "Author", "The bank told its staff on Friday."], "");
    }

    #[test]
    fn an_account_is_a_name_beside_a_date() {
        check(&["12/19 - 2026", "by ann", "Bank bans it"], "ann");
        check(&["by ann", "Bank bans it"], "");
    }

    #[test]
    fn what_only_begins_like_a_byline_is_none() {
        for line in [
            "by the numbers",
            "By region",
            "Por qué el banco lo prohíbe",
            "Di più",
            "Von der Bank verboten",
            "By using this site, You agree",
            "Par exemple",
            "文章",
        ] {
            check(&["Bank bans it", line, "Text."], "");
        }
        check(&[], "");
    }
}
