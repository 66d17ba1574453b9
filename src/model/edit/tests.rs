//! Two texts in, what changed between them out.

use super::*;

const JUNE: &str = "2026-06-03T10:00:00Z";

fn article(version: u32, kind: ArticleKind, title: &str, text: &str) -> Article {
    Article {
        id: "a".into(),
        version,
        url: Some("https://a.example/1".into()),
        source: "a-example".into(),
        outlet: "A".into(),
        kind,
        title: title.into(),
        text: text.into(),
        lang: "en".into(),
        claimed: None,
        claimed_raw: None,
        first_seen: Timestamp::UNIX_EPOCH,
        authors: Vec::new(),
        document: format!("{version}"),
        speaks_for: None,
        lead: false,
        has_page: false,
    }
}

fn seen(version: u32, at: &str, title: &str, text: &str) -> Seen {
    (Some(at.parse().unwrap()), article(version, ArticleKind::Full, title, text))
}

/// The changes of a text, a line each: `+` new, `-` gone, `~` reworded with `[gone]` and `{new}` words.
fn changed(before: &str, after: &str) -> Vec<String> {
    let piece = |piece: &Piece| match piece {
        Piece::Same(text) => text.clone(),
        Piece::Gone(text) => format!("[{}]", text.trim_end()),
        Piece::New(text) => format!("{{{}}}", text.trim_end()),
    };
    let line = |passage: Passage| match passage.what {
        Change::Added(text) => format!("+{} {text}", passage.place),
        Change::Removed(text) => format!("-{} {text}", passage.place),
        Change::Reworded(pieces) => format!("~{} {}", passage.place, pieces.iter().map(piece).collect::<String>()),
    };
    compare::passages(before, after).into_iter().map(line).collect()
}

#[test]
fn a_sentence_is_gone_new_or_reworded() {
    assert_eq!(
        changed(
            "The bank barred Claude. It gave no reason. Staff in Hong Kong lose access on Monday.",
            "The bank barred Claude. Staff in Hong Kong lose access on Friday. Singapore is not affected."
        ),
        ["-1 It gave no reason.", "~1 Staff in Hong Kong lose access on [Monday.]{Friday.}", "+2 Singapore is not affected."]
    );
}

#[test]
fn a_sentence_in_chinese_is_compared_character_by_character() {
    assert_eq!(
        changed("摩根大通禁止香港員工使用Claude。原因不明。", "摩根大通限制香港員工使用Claude。高盛不受影響。"),
        ["~0 摩根大通[禁止]{限制}香港員工使用Claude。", "-1 原因不明。", "+1 高盛不受影響。"]
    );
}

#[test]
fn a_sentence_that_moved_is_as_it_was() {
    assert_eq!(changed("One stays. Two moves. Three stays.", "Two moves. One stays. Three stays."), Vec::<String>::new());
    assert_eq!(changed("Twice. One.\nTwice.", "One.\nTwice."), ["-0 Twice."], "what is there once less did not move");
}

#[test]
fn an_abbreviation_ends_no_sentence() {
    let text = "The U.S. Treasury asked Mr. Dimon. J. Smith said No. Then he left (at 5 p.m. sharp).";
    let sentences: Vec<&str> = split::sentences(text).map(|sentence| sentence.text).collect();
    assert_eq!(sentences, ["The U.S. Treasury asked Mr. Dimon.", "J. Smith said No.", "Then he left (at 5 p.m. sharp)."]);
}

#[test]
fn spaces_and_the_forms_of_marks_are_no_wording() {
    assert!(same_text("“It’s off”  he said –\nnow.", "\"It's off\" he said - now."));
    assert!(same_text("soft\u{ad}ware\u{a0}ban", "software ban"));
    assert!(!same_text("It is on.", "It is off."));
    assert!(same_title("JPMorgan’s ban", "JPMorgan's  ban") && !same_title("A ban", "No ban"));
}

#[test]
fn what_a_page_counts_or_dates_by_itself_is_no_wording() {
    let body = "JPMorgan bars Claude in Hong Kong.";
    for line in [
        "1,204 views",
        "Updated 3 minutes ago",
        "Last updated: Wednesday, 3 June 2026, 14:05 GMT",
        "5 min read · 12 comments",
        "17",
        "Vor 5 Minuten aktualisiert",
        "Publié le 3 juin 2026, mis à jour à 14h05",
        "Actualizado hace 12 minutos",
        "Aggiornato 3 ore fa",
        "阅读 1204 · 评论 8",
        "更新時間：2026年6月3日 14:05",
        "5分鐘前",
        "2026年6月3日 14時05分 公開",
        "입력 2026.06.03. 오후 2:05 조회수 1,204",
    ] {
        assert!(same_text(body, &format!("{line}\n\n{body}")), "{line}");
    }
    for line in ["JPMorgan updated its terms", "3 banks", "35,000 employees lose access", "員工1204人", "五家銀行"] {
        assert!(!same_text(body, &format!("{line}\n\n{body}")), "{line}");
    }
}

#[test]
fn an_edit_says_when_it_was_seen_and_what_changed() {
    let versions = [
        seen(1, "2026-06-01T10:00:00Z", "A ban", "Claude is barred. No reason is given."),
        seen(2, JUNE, "A limit", "Claude is barred."),
    ];
    let edits = edits(&versions);
    let [edit] = edits.as_slice() else { panic!("{edits:?}") };
    assert_eq!((edit.version, edit.seen.to_string().as_str(), edit.changes()), (2, JUNE, 2));
    assert_eq!(edit.title, Some(("A ban".into(), "A limit".into())));
    assert_eq!(edit.passages, [Passage { place: 1, what: Change::Removed("No reason is given.".into()) }]);
}

#[test]
fn what_came_of_one_look_is_one_edit() {
    let versions = [seen(1, "2026-06-01T10:00:00Z", "A", "One."), seen(2, JUNE, "B", "One."), seen(3, JUNE, "B", "One. Two.")];
    let edits = edits(&versions);
    assert_eq!(edits.iter().map(|edit| (edit.version, edit.changes())).collect::<Vec<_>>(), [(3, 2)]);
}

#[test]
fn a_page_fetched_for_a_summary_is_no_edit() {
    let brief = (Some("2026-06-01T10:00:00Z".parse().unwrap()), article(1, ArticleKind::Brief, "A", "One."));
    assert_eq!(edits(&[brief, seen(2, JUNE, "A", "One. Two. Three.")]), []);
}

#[test]
fn an_outlets_own_word_after_an_aggregators_is_no_edit() {
    let mut lead = seen(1, "2026-06-01T10:00:00Z", "A ban, says A", "One.");
    lead.1.lead = true;
    assert_eq!(edits(&[lead, seen(2, JUNE, "A ban", "Two.")]), []);
}

#[test]
fn the_same_bytes_read_anew_are_no_edit() {
    let mut after = seen(2, JUNE, "A", "One. More of it.");
    after.1.document = "1".into();
    assert_eq!(edits(&[seen(1, "2026-06-01T10:00:00Z", "A", "One."), after]), []);
}

#[test]
fn hostile_texts_are_compared_in_bounded_time() {
    let word = "a ".repeat(100_000);
    let (many, others) = ("No. ".repeat(50_000), (0..5_000).map(|n| format!("W{n}! ")).collect::<String>());
    for (before, after) in
        [(word.as_str(), "b"), (many.as_str(), others.as_str()), ("", many.as_str()), ("...!!!???", "\u{202e}。。。")]
    {
        assert!(compare::passages(before, after).len() <= 2_000);
    }
}

/// What is shown of a change of the text, in at most 25 words a passage.
fn shown(before: &str, after: &str) -> Vec<String> {
    let versions = [seen(1, "2026-06-01T10:00:00Z", "A", before), seen(2, JUNE, "A", after)];
    let line = |pieces: Vec<Piece>| {
        let piece = |piece: &Piece| match piece {
            Piece::Same(text) => text.clone(),
            Piece::Gone(text) => format!("[{}]", text.trim_end()),
            Piece::New(text) => format!("{{{}}}", text.trim_end()),
        };
        pieces.iter().map(piece).collect::<String>()
    };
    edits(&versions).iter().flat_map(|edit| excerpts(edit, 25)).map(line).collect()
}

#[test]
fn what_differs_is_shown_with_a_few_words_around_it() {
    let sentence = |day: &str| {
        format!(
            "After a long review of its contract with the maker the bank will take the tool away on {day} in all of its offices there."
        )
    };
    assert_eq!(shown(&sentence("Monday"), &sentence("Friday")), ["… the tool away on [Monday]{Friday}in all of its … "]);
    assert_eq!(shown("One. Two.", "One."), ["[Two.]"]);
}

#[test]
fn no_passage_carries_more_than_25_words() {
    let words = |prefix: &str, n: usize| (0..n).map(|at| format!("{prefix}{at}")).collect::<Vec<_>>().join(" ");
    let count = |line: &String| line.split_whitespace().filter(|word| *word != "…").count();
    let cases = [
        (words("a", 60), words("b", 60)),
        (format!("{} {}", words("same", 30), words("a", 25)), format!("{} {}", words("same", 30), words("b", 25))),
        ("x".into(), words("long-word-without-end-", 300)),
    ];
    for (before, after) in cases {
        let shown = shown(&before, &after);
        assert!(!shown.is_empty() && shown.iter().all(|line| count(line) <= 25), "{shown:?}");
    }
    let letters = shown("無", &format!("無{}", "長".repeat(500))).concat().chars().filter(|c| *c == '長').count();
    assert!((20..=50).contains(&letters), "{letters}");
    assert!(shown("a", &"w".repeat(10_000)).concat().len() < 100);
}

#[test]
fn of_neighbours_the_first_is_shown_so_that_no_text_runs_on() {
    assert_eq!(shown("One.", "One. Two is new. Three is new. Four is new. Five is new."), ["{Two is new.}", "{Four is new.}"]);
}
