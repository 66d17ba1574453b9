//! The reader of `taxonomy/`, text in and taxonomy or mistakes out.

use super::*;

const REGIONS: &str = "[[region]]\nid = \"CN\"\nname = \"China\"\n\n[[region]]\nid = \"HK\"\nname = \"Hong Kong\"\n";
const VENDORS: &str = "[[vendor]]\nid = \"deepseek\"\nname = \"DeepSeek\"\nhome = \"CN\"\n";

fn files(list: &[(&str, &str)]) -> Vec<(String, String)> {
    let common = [("taxonomy/regions.toml", REGIONS), ("taxonomy/vendors.toml", VENDORS)];
    let common = common.iter().filter(|(name, _)| !list.iter().any(|(other, _)| other == name));
    common.chain(list).map(|(name, text)| ((*name).to_string(), (*text).to_string())).collect()
}

/// What the editor is told about one file beside the common ones.
fn mistakes(name: &str, text: &str) -> Vec<String> {
    let name = format!("taxonomy/{name}");
    read(&files(&[(&name, text)])).err().unwrap_or_default().iter().map(ToString::to_string).collect()
}

#[test]
fn a_bank_is_read_with_its_names_in_every_language() {
    let text = "[[bank]]\nid = \"boc-hk\"\nname = \"Bank of China (Hong Kong)\"\nhome = \"HK\"\nweak = [\"BOC\"]\n\
                aliases = { en = [\"BOCHK\", \"BOC\"], zh-Hant = [\"中銀香港\"] }\nbeware = [\"BOC Aviation\"]\n";
    let taxonomy = read(&files(&[("taxonomy/banks.toml", text), ("taxonomy/words.toml", "]not for us")])).unwrap();
    let bank = taxonomy.get(Kind::Bank, "boc-hk").unwrap();
    assert_eq!(bank.home.as_deref(), Some("HK"));
    assert_eq!(bank.weak, ["BOC"]);
    assert_eq!(bank.beware, ["BOC Aviation"]);
    assert_eq!(taxonomy.name(Kind::Bank, "boc-hk", "zh-Hant"), "中銀香港");
    assert_eq!(taxonomy.version.len(), VERSION_DIGITS);
}

#[test]
fn the_version_changes_with_any_file_and_not_with_their_order() {
    let one = files(&[("taxonomy/words.toml", "a = 1")]);
    let mut turned = one.clone();
    turned.reverse();
    let version = |files: &[(String, String)]| read(files).unwrap().version;
    assert_eq!(version(&one), version(&turned));
    assert_ne!(version(&one), version(&files(&[("taxonomy/words.toml", "a = 2")])));
}

#[test]
fn every_mistake_is_told_at_once_with_its_line() {
    let text = "[[bank]]\nid = \"zeta\"\nname = \"Zeta Bank\"\nhome = \"XX\"\ncolour = \"red\"\n\n\
                [[bank]]\nid = \"Alpha\"\nhome = \"HK\"\naliases = { xx = [\"A\"], en = [1] }\n";
    assert_eq!(
        mistakes("banks.toml", text),
        [
            "taxonomy/banks.toml:2: \"zeta\" has home \"XX\", which is in no file; add it or mend its spelling",
            "taxonomy/banks.toml:5: \"zeta\": \"colour\" is unknown here; remove it or mend its spelling",
            "taxonomy/banks.toml:8: \"Alpha\" has no name; add one",
            "taxonomy/banks.toml:8: \"Alpha\" is no good id; use lower-case letters, digits, dots and single dashes",
            "taxonomy/banks.toml:8: \"Alpha\" stands after \"zeta\"; sort the file by id",
            "taxonomy/banks.toml:10: \"Alpha\": expected a text, found integer",
            "taxonomy/banks.toml:10: \"Alpha\": unknown language \"xx\"; use one of *, en, zh-Hant, zh-Hans, ja, ko, de, fr, es, it",
        ]
    );
}

#[test]
fn a_broken_file_names_the_line() {
    let found = mistakes("banks.toml", "[[bank]]\nid = \"a\nname = \"A\"\n");
    assert!(found.iter().any(|line| line.starts_with("taxonomy/banks.toml:2: ")), "{found:?}");
}

#[test]
fn one_name_for_two_banks_is_a_mistake_that_names_both_lines() {
    let text = "[[bank]]\nid = \"a\"\nname = \"First Bank\"\nhome = \"CN\"\n\n\
                [[bank]]\nid = \"b\"\nname = \"Bank B\"\nhome = \"HK\"\naliases = { \"*\" = [\"FIRST BANK\"] }\n";
    assert_eq!(
        mistakes("banks.toml", text),
        ["taxonomy/banks.toml:10: \"b\" has the alias \"FIRST BANK\" of \"a\", taxonomy/banks.toml:2; \
          keep it at one of the two, or call it weak at both"]
    );
}

#[test]
fn a_name_that_is_weak_at_both_may_be_shared() {
    let text = "[[bank]]\nid = \"a\"\nname = \"Bank A\"\nhome = \"CN\"\naliases = { en = [\"First\"] }\nweak = [\"First\"]\n\n\
                [[bank]]\nid = \"b\"\nname = \"Bank B\"\nhome = \"HK\"\naliases = { en = [\"First\"] }\nweak = [\"First\"]\n";
    assert!(mistakes("banks.toml", text).is_empty());
}

#[test]
fn a_product_may_carry_its_vendors_name_and_no_other() {
    let own = "[[product]]\nid = \"deepseek\"\nname = \"DeepSeek\"\nvendor = \"deepseek\"\n";
    assert!(mistakes("products.toml", own).is_empty());
    let other = "[[company]]\nid = \"deepseek\"\nname = \"DeepSeek\"\nhome = \"CN\"\n";
    assert_eq!(mistakes("companies.toml", other).len(), 1);
}

#[test]
fn the_same_name_in_two_languages_may_mean_two_things() {
    let text = "[[bank]]\nid = \"a\"\nname = \"Bank A\"\nhome = \"CN\"\naliases = { de = [\"Volksbank\"] }\n\n\
                [[bank]]\nid = \"b\"\nname = \"Bank B\"\nhome = \"HK\"\naliases = { it = [\"Volksbank\"] }\n";
    assert!(mistakes("banks.toml", text).is_empty());
}

#[test]
fn a_group_within_itself_is_a_mistake() {
    let text = "[[region]]\nid = \"CN\"\nname = \"China\"\n\n[[region]]\nid = \"north\"\nname = \"North\"\nmembers = [\"CN\", \"south\"]\n\n\
                [[region]]\nid = \"south\"\nname = \"South\"\nmembers = [\"north\"]\n";
    let found = mistakes("regions.toml", text);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.iter().all(|line| line.contains("is part of itself")), "{found:?}");
}

#[test]
fn an_authority_says_what_it_is() {
    let text = "[[authority]]\nid = \"hk-hkma\"\nname = \"Hong Kong Monetary Authority\"\nhome = \"HK\"\n";
    assert_eq!(
        mistakes("authorities.toml", text),
        ["taxonomy/authorities.toml:2: \"hk-hkma\" has no kind; write government, regulator or court"]
    );
    assert!(mistakes("authorities.toml", &format!("{text}kind = \"regulator\"\n")).is_empty());
}

#[test]
fn a_weak_or_exact_name_must_be_a_name() {
    let text = "[[bank]]\nid = \"a\"\nname = \"Target\"\nhome = \"CN\"\nexact = [\"Target\"]\nweak = [\"Tgt\"]\n";
    assert_eq!(
        mistakes("banks.toml", text),
        ["taxonomy/banks.toml:2: \"a\" has no alias \"Tgt\", which it calls exact or weak; add it to aliases"]
    );
}

#[test]
fn a_decoy_must_hold_a_name() {
    let text = "[[bank]]\nid = \"ccb\"\nname = \"China Construction Bank\"\nhome = \"CN\"\naliases.zh-Hans = [\"建行\"]\n\
                decoys = [\"构建行业\", \"行业\"]\n";
    assert_eq!(
        mistakes("banks.toml", text),
        ["taxonomy/banks.toml:2: \"ccb\" has a decoy \"行业\" that holds none of its names; move it to beware or remove it"]
    );
}
