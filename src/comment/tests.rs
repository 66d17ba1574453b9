//! The commentary as a whole: the seed's own story, templates with mistakes, planted lies, every family.

/// Stories, records and names made in code.
mod made;

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
