//! Sources that share an id or an address: each mistake names both lines.

use std::collections::BTreeMap;

use toml::de::DeTable;
use url::{Position, Url};

use super::fields::Findings;
use super::values;

/// Reports every `[[source]]` whose id or address an earlier one has. The tables come with their offsets.
pub fn check(tables: &[(usize, &DeTable<'_>)], findings: &mut Findings<'_>) {
    let mut ids = BTreeMap::new();
    let mut addresses = BTreeMap::new();
    for (_, table) in tables {
        if let Some((id, offset)) = text(table, "id") {
            let here = findings.line(offset);
            let first = *ids.entry(id.to_string()).or_insert(here);
            if first != here {
                findings
                    .add(offset, format!("the id \"{id}\" is on lines {first} and {here}; give one of the two sources another"));
            }
        }
        let Some((url, offset)) = text(table, "url") else { continue };
        let Some(address) = address(url) else { continue };
        let here = findings.line(offset);
        let first = *addresses.entry(address).or_insert(here);
        if first != here {
            findings.add(offset, format!("the address \"{url}\" is on lines {first} and {here}; remove one of the two sources"));
        }
    }
}

fn text<'t>(table: &'t DeTable<'_>, key: &str) -> Option<(&'t str, usize)> {
    let value = table.get(key)?;
    Some((value.get_ref().as_str()?, value.span().start))
}

fn address(url: &str) -> Option<String> {
    values::url(url).ok().map(|url| key(&url))
}

/// The address without scheme and fragment: http and https of one address serve one document.
pub fn key(url: &Url) -> String {
    url[Position::BeforeHost..Position::AfterQuery].to_string()
}
