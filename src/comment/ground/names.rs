//! Reads names back out of a text: every name of the taxonomy, longest first.

use std::collections::BTreeMap;
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::model::taxonomy::{Kind, Taxonomy};

/// All names of a taxonomy in a language.
pub struct Names {
    finder: Option<AhoCorasick>,
    meant: Vec<Vec<(Kind, String)>>,
}

impl Names {
    /// The printed names, and the aliases that count wherever they stand.
    pub fn new(taxonomy: &Taxonomy, lang: &str) -> Self {
        let mut by_name: BTreeMap<&str, Vec<(Kind, String)>> = BTreeMap::new();
        for member in taxonomy.all() {
            let aliases =
                member.aliases.iter().filter(|alias| alias.lang == lang || alias.lang == "*").map(|alias| alias.text.as_str());
            let names = aliases.filter(|alias| !member.weak.iter().any(|weak| weak == alias)).chain([member.name.as_str()]);
            for name in names.chain([taxonomy.name(member.kind, &member.id, lang)]).filter(|name| is_name(name)) {
                let meant = by_name.entry(name).or_default();
                if !meant.contains(&(member.kind, member.id.clone())) {
                    meant.push((member.kind, member.id.clone()));
                }
            }
        }
        // More names than the finder can hold is no taxonomy that people edit; without it every name is unread, and tokens fail.
        let finder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(by_name.keys()).ok();
        Self { finder, meant: by_name.into_values().collect() }
    }

    /// Where names stand in a text, and whom each may mean.
    pub fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (Range<usize>, &'a [(Kind, String)])> {
        let found = self.finder.iter().flat_map(move |finder| finder.find_iter(text));
        found
            .filter(move |found| is_whole(text, found.range()))
            .map(move |found| (found.range(), self.meant[found.pattern().as_usize()].as_slice()))
    }
}

/// A Latin name has a capital; "claude" alone is no name, and no word of ours may be taken for one.
fn is_name(name: &str) -> bool {
    name.chars().any(|character| character.is_uppercase() || !character.is_ascii() && character.is_alphabetic())
        && name.chars().count() > 1
}

fn is_whole(text: &str, range: Range<usize>) -> bool {
    let is_latin = |character: char| character.is_ascii_alphanumeric();
    let before =
        text[..range.start].chars().next_back().is_some_and(is_latin) && text[range.start..].chars().next().is_some_and(is_latin);
    let after =
        text[range.end..].chars().next().is_some_and(is_latin) && text[..range.end].chars().next_back().is_some_and(is_latin);
    !before && !after
}
