//! The commentary as a whole: the seed's own story, templates with mistakes, planted lies, every family.

/// Stories, records and names made in code.
mod made;

/// Small worlds of different families.
mod worlds;

/// Lies that have to be stopped.
mod lies;

/// The seed's own story.
mod seed;

use super::*;
use made::templates;

/// The shipped templates, or a failure that lists every mistake in them.
fn commentary() -> Commentary {
    Commentary::new(&templates()).unwrap_or_else(|mistakes| {
        let lines: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
        panic!("\n{}", lines.join("\n"))
    })
}

#[test]
fn the_shipped_templates_have_no_mistake() {
    commentary();
}

#[test]
fn the_readme_explains_every_fact_and_hole() {
    let readme = include_str!("../../templates/commentary/README.md");
    let explained = |fact: &str| readme.lines().find(|line| line.starts_with(&format!("| `{fact}` |")));
    for (fact, holes) in vocabulary::FACTS {
        let line = explained(fact).unwrap_or_else(|| panic!("the README does not explain \"{fact}\""));
        for hole in *holes {
            assert!(line.contains(&format!("`{hole}`")), "the README does not name {fact}.{hole}");
        }
    }
}

#[test]
fn an_insight_is_kept_while_its_facts_stay() {
    let commentary = commentary();
    let (story, ledger) = seed::world();
    let brief = Brief { story: &story, ledger: &ledger, lang: "en", used: &[], previous: None };
    let first = commentary.write(brief).unwrap();
    // The words that it used are used elsewhere by now, yet it is not reworded.
    let used: Vec<String> = first.laws.iter().map(|law| law.wording.clone()).collect();
    assert_eq!(commentary.write(Brief { previous: Some(&first), used: &used, ..brief }), Some(first.clone()));
    let mut changed = story.clone();
    changed.reports[0].article.outlet = "Another outlet".to_string();
    let second = commentary.write(Brief { story: &changed, previous: Some(&first), ..brief }).unwrap();
    assert_ne!(second.facts_hash, first.facts_hash);
    assert!(made::page(&second).contains("Another outlet"));
}

#[test]
fn no_view_or_law_of_a_neighbour_is_repeated() {
    let commentary = commentary();
    let (story, ledger) = seed::world();
    let mut used: Vec<String> = Vec::new();
    for neighbour in 0..30 {
        let story = Story { id: format!("{neighbour:012}"), ..story.clone() };
        let insight =
            commentary.write(Brief { story: &story, ledger: &ledger, lang: "en", used: &used, previous: None }).unwrap();
        let views = insight.commentary.iter().flat_map(|paragraph| &paragraph.sentences).filter(|sentence| sentence.view);
        let said: Vec<String> =
            views.map(|view| view.wording.clone()).chain(insight.laws.iter().map(|law| law.wording.clone())).collect();
        for wording in &said {
            assert!(!used.contains(wording), "{wording} is repeated");
        }
        used.splice(0..0, said);
    }
}

#[test]
fn hostile_outlets_break_no_sentence() {
    let commentary = commentary();
    let (mut story, ledger) = seed::world();
    story.reports[0].article.outlet = format!("<script>{{{{ event.actor }}}} 99 Smith]]> {}", "x".repeat(10_000));
    let insight = commentary.write(Brief { story: &story, ledger: &ledger, lang: "en", used: &[], previous: None }).unwrap();
    let page = made::page(&insight);
    assert!(page.contains("<script>{{ event.actor }} 99 Smith]]>"), "it is plain text here, as it came");
    assert!(insight.report.iter().flat_map(|paragraph| &paragraph.sentences).all(|sentence| sentence.text.len() < 600));
}

#[test]
fn mistakes_in_templates_are_found_with_file_and_line() {
    let file = r#"[[sentence]]
name = "act"
slot = "report-1"
needs = ["event", "nth"]
wordings = [
  "{{ event.actr }} does it.",
  "{{ event.actor }} told John Smith so in 2024.",
  "{{ event.actor }} {{ event.status | has(verb='eat') }} it.",
]

[[sentence]]
name = "act"
slot = "report-9"
wordings = ["WORDS"]

[[views]]
for = "plain"
actor = ["A view of {{ event.actor }}."]
"#;
    let file = file.replace("WORDS", &"it is so ".repeat(14));
    let mistakes = Commentary::new(&[("commentary/en/report.toml".to_string(), file)]).err().unwrap();
    let said: Vec<String> = mistakes.iter().filter(|mistake| mistake.line > 0).map(ToString::to_string).collect();
    let expected = [
        "report.toml:2: \"nth\" is needed by \"act\" but used in none of its wordings",
        "report.toml:6: \"event\" has no \"actr\"; did you mean \"actor\"?",
        "report.toml:7: \"2024\" is a name, a number or a date in fixed text",
        "report.toml:7: \"John\" is a name",
        "report.toml:7: \"Smith\" is a name",
        "report.toml:8: \"eat\" is no verb of access",
        "report.toml:12: \"report-9\" is no slot",
        "report.toml:14: 42 words; say it in 40",
        "report.toml:18: a view or a law holds no fact",
    ];
    assert_eq!(said.len(), expected.len(), "{said:#?}");
    for (said, expected) in said.iter().zip(expected) {
        assert!(said.starts_with(&format!("templates/commentary/en/{expected}")), "{said}");
    }
    let whole: Vec<String> = mistakes.iter().filter(|mistake| mistake.line == 0).map(ToString::to_string).collect();
    assert!(
        whole.iter().any(|line| line.contains("family \"bank.prohibit.vendor-terms\" has no view for \"actor\"")),
        "{whole:#?}"
    );
    assert!(whole.iter().any(|line| line.contains("no sentence uses the fact \"layers\"")), "{whole:#?}");
}
