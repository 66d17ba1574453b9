//! An edit of `taxonomy/` as an editor makes it: what it would change is told first and writes nothing; the next run applies it,
//! from what is stored, and rewrites nothing that was published.

#![allow(clippy::unwrap_used, reason = "a test may fail by panicking anywhere")]

/// A publication in a folder.
#[path = "taxonomy/house.rs"]
mod house;

use house::{Article, House};
use serde_json::Value;

const BAN: Article = Article {
    name: "ban",
    outlet: "first.example",
    title: "JPMorgan bars staff in Hong Kong from Anthropic's Claude",
    text: "JPMorgan Chase has barred its employees in Hong Kong from using Anthropic's Claude, people familiar with the matter said \
           on June 3. The bank cited the vendor's terms.",
};

/// Nobody knows who makes it yet.
const UNKNOWN: Article = Article {
    name: "unknown",
    outlet: "second.example",
    title: "Deutsche Bank bars staff in Singapore from Quillwort",
    text: "Deutsche Bank has barred its employees in Singapore from using Quillwort, an assistant that many of them had taken to, \
           according to a memo of June 4.",
};

const BY_ITS_OTHER_NAME: Article = Article {
    name: "other-name",
    outlet: "third.example",
    title: "Staff of Deutsche Bank in Singapore lose Quibble",
    text: "Deutsche Bank has barred its staff in Singapore from Quibble, a popular assistant, a memo of June 4 says.",
};

const CAFETERIA: Article = Article {
    name: "cafeteria",
    outlet: "first.example",
    title: "JPMorgan opens a cafeteria in Hong Kong",
    text: "JPMorgan Chase has opened a cafeteria for its employees in Hong Kong. It seats four hundred.",
};

const VENDOR: &str = "\n[[vendor]]\nid = \"zz-quillwort\"\nname = \"Quillwort Labs\"\nhome = \"GB\"\n";
const PRODUCT: &str = "\n[[product]]\nid = \"zz-quillwort\"\nname = \"Quillwort\"\nvendor = \"zz-quillwort\"\n";

/// The publication with three articles, tagged and settled by the names that ship.
async fn house() -> House {
    let house = House::new();
    for article in [&BAN, &UNKNOWN, &CAFETERIA] {
        house.read(article).await;
    }
    house.done(&["build"]);
    house
}

fn edit(house: &House) {
    house.append("vendors.toml", VENDOR);
    house.append("products.toml", PRODUCT);
}

fn lines(output: &str) -> Vec<Value> {
    output.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[tokio::test]
async fn what_an_edit_would_change_is_told_and_nothing_is_written() {
    let house = house().await;
    let before = house.files();
    let untouched = house.done(&["taxonomy", "preview"]);
    assert!(house.files() == before, "a preview has written something");
    assert!(untouched.starts_with("nothing would change in what is stored\n"), "{untouched}");
    edit(&house);
    let before = house.files();
    let told = house.done(&["taxonomy", "preview"]);
    assert!(told.starts_with("adds 1 story, drops 0, changes 0\nledger    1 entry appended: 1 new, "), "{told}");
    for words in [
        "articles  3 articles tagged again, 1 of those about access otherwise\n",
        "\nadded     ",
        "  + 2026-06-01, second.example: Deutsche Bank bars staff in Singapore from Quillwort\n",
        "      products  none → zz-quillwort\n",
        "      event   + deutsche-bank prohibit zz-quillwort · employees · SG",
        "\nledger    + entry 2: deutsche-bank prohibit zz-quillwort",
    ] {
        assert!(told.contains(words), "\"{words}\" is not in\n{told}");
    }
    let json = lines(&house.done(&["taxonomy", "preview", "--json"]));
    assert_eq!((&json[0]["added"], &json[0]["dropped"], &json[0]["entries"]["new"]), (&1.into(), &0.into(), &1.into()));
    assert_eq!((&json[1]["what"], &json[1]["articles"][0]["part"]), (&"added".into(), &"joins".into()));
    assert_eq!(json[2]["entry"]["what"], "event");
    assert!(house.files() == before, "a preview has written something");
}

#[tokio::test]
async fn an_edit_in_another_folder_is_previewed_against_this_store() {
    let (house, draft) = (house().await, House::new());
    edit(&draft);
    let store = house.store().display().to_string();
    assert!(draft.done(&["taxonomy", "preview", "--store", &store]).starts_with("adds 1 story, "));
    let none = draft.run(&["taxonomy", "preview"]);
    assert!(none.code == Some(1) && none.talk.contains("there is no store at "), "{}", none.talk);
    assert!(!draft.store().exists(), "a question makes no store");
}

#[tokio::test]
async fn the_next_build_does_what_the_preview_told() {
    let house = house().await;
    edit(&house);
    let told = lines(&house.done(&["taxonomy", "preview", "--json"]));
    let (chain, pages) = (house.chain(), house.pages());
    let done = house.done(&["build"]);
    assert!(done.contains("taxonomy  changed: 3 articles tagged again, 1 more and 0 fewer about access\n"), "{done}");
    let after = house.chain();
    assert!(after.starts_with(&chain), "the past was rewritten");
    let appended: Vec<Value> = lines(&after[chain.len()..].join("\n"));
    let told_entries: Vec<&Value> = told.iter().filter(|line| line["what"] == "entry").map(|line| &line["entry"]).collect();
    assert_eq!(appended.len(), told_entries.len());
    for (did, told) in appended.iter().zip(told_entries) {
        assert_eq!((&did["event"], &did["story"], &did["reports"]), (&told["event"], &told["story"], &told["reports"]));
    }
    assert!(pages.is_subset(&house.pages()), "an address was lost");
    assert_eq!(house.pages().len(), pages.len() + 1);
    let again = house.done(&["taxonomy", "preview"]);
    assert!(again.starts_with("nothing would change in what is stored\narticles  0 articles tagged again"), "{again}");
    let story = told[1]["story"].as_str().unwrap();
    assert!(after.last().unwrap().contains(story), "the story has the id that was told");
}

#[tokio::test]
async fn a_name_taken_out_drops_the_story_and_takes_back_what_it_said_and_brings_back_its_id() {
    let house = House::new();
    edit(&house);
    house.read(&BAN).await;
    house.read(&UNKNOWN).await;
    house.done(&["build"]);
    let (chain, pages) = (house.chain(), house.pages());
    house.revert();
    let told = house.done(&["taxonomy", "preview"]);
    assert!(told.starts_with("adds 0 stories, drops 1, changes 0\nledger    1 entry appended: 0 new, 0 with more"), "{told}");
    assert!(told.contains("\ndropped   ") && told.contains("withdrawn (no article is read to say so any more)"), "{told}");
    house.done(&["build"]);
    assert!(house.chain().starts_with(&chain), "the past was rewritten");
    assert_eq!(house.chain().len(), chain.len() + 1);
    edit(&house);
    house.done(&["build"]);
    assert_eq!(house.pages(), pages, "the story is back at its address");
}

#[tokio::test]
async fn every_article_carries_the_version_that_tagged_it() {
    let house = house().await;
    let (first, id) = (house.version(), house.story("ban"));
    let why = house.done(&["why", &id]);
    assert!(why.contains(&format!("\n  tagged    by {first}\n")), "{why}");
    edit(&house);
    let why = house.done(&["why", &id]);
    assert!(why.contains(&format!("  tagged    by {first}; taxonomy/ has changed since: `termwall taxonomy preview`")), "{why}");
    let versions = house.done(&["taxonomy", "versions"]);
    assert!(versions.contains(&format!("{first:32}3 articles, 1 about access\n")), "{versions}");
    house.done(&["build"]);
    let second = lines(&house.done(&["taxonomy", "versions", "--json"]));
    assert_eq!((second.len(), &second[0]["here"], &second[0]["articles"]), (1, &true.into(), &3.into()));
    assert_ne!(second[0]["by"].as_str(), Some(first.as_str()));
    assert!(house.done(&["why", &id]).contains(&format!("\n  tagged    by {}\n", second[0]["by"].as_str().unwrap())));
}

#[tokio::test]
async fn what_an_edit_does_not_touch_keeps_its_words() {
    let house = house().await;
    let (id, page) = (house.story("ban"), house.page("jpmorgan"));
    house.append("vendors.toml", VENDOR);
    house.done(&["build"]);
    assert_eq!((house.story("ban"), house.page("jpmorgan")), (id, page));
}

#[tokio::test]
async fn a_story_keeps_its_id_when_the_article_that_opened_it_is_no_longer_about_access() {
    let house = House::new();
    edit(&house);
    let both = PRODUCT.to_string() + "aliases.\"*\" = [\"Quibble\"]\n";
    house.replace("products.toml", PRODUCT, &both);
    house.read(&UNKNOWN).await;
    house.read(&BY_ITS_OTHER_NAME).await;
    house.done(&["build"]);
    let (id, pages) = (house.story("unknown"), house.pages());
    assert!(house.done(&["why", &id]).contains("\nreports   2 articles, "), "the two tell of one happening");
    // The first name is forgotten, and the product is another to the second.
    let other = both.replace("[\"Quibble\"]", "[\"Quibbling\"]").replace("\"Quillwort\"", "\"Quibble\"");
    house.replace("products.toml", &both, &other.replace("id = \"zz-quillwort\"", "id = \"zz-quibble\""));
    let told = house.done(&["taxonomy", "preview"]);
    assert!(told.starts_with("adds 0 stories, drops 0, changes 1\n") && told.contains(&format!("\nchanged   {id}\n")), "{told}");
    assert!(told.contains("\n  - 2026-06-01, second.example: ") && told.contains("zz-quillwort → zz-quibble"), "{told}");
    house.done(&["build"]);
    assert_eq!((house.story("unknown"), house.pages()), (id.clone(), pages));
    assert!(house.done(&["why", &id]).contains("\nreports   1 article, "));
}

#[tokio::test]
async fn every_mistake_in_the_names_is_told_at_once() {
    let house = house().await;
    house.append("vendors.toml", "\n[[vendor]]\nid = \"Zz\"\nnaem = \"Zz\"\nhome = \"XX\"\n");
    house.append("products.toml", "\n[[product]]\nid = \"zz\"\nname = \"Zz\"\nvendor = \"nobody\"\n");
    let said = house.run(&["taxonomy", "preview"]);
    assert_eq!((said.code, said.output.as_str()), (Some(1), ""));
    for words in ["\"naem\" is unknown here", "is no good id", "has home \"XX\"", "has vendor \"nobody\""] {
        assert!(said.talk.contains(words), "\"{words}\" is not in\n{}", said.talk);
    }
    let check = house.run(&["check"]);
    assert_eq!(check.talk, said.talk, "`check` tells the same");
}

#[tokio::test]
async fn pages_that_an_edit_makes_wanted_wait_for_the_next_run() {
    let house = House::new();
    house.serve();
    house.read_summary(&UNKNOWN).await;
    assert_eq!(house.run(&["run"]).code, Some(0));
    edit(&house);
    assert!(house.done(&["taxonomy", "preview"]).contains("; 1 page fetched in the run after\n"));
    let first = house.run(&["run"]);
    assert_eq!(first.code, Some(0), "{}{}", first.output, first.talk);
    assert!(first.output.contains("; 1 page wanted in the next run\n"), "{}", first.output);
    let second = house.run(&["run"]);
    // The page is asked for, and the guard refuses the test's private address.
    assert_eq!(second.code, Some(3), "{}", second.output);
    assert!(second.output.contains("/unknown"), "{}", second.output);
}

const BAN_BY_UNKNOWN: Article = Article {
    name: "ban-by-unknown",
    outlet: "third.example",
    title: "Quillbank Trust bars staff from ChatGPT",
    text: "Quillbank Trust has barred its employees from using ChatGPT, a spokesman said. The lender gave no reason.",
};

const BAN_AGAIN: Article = Article {
    name: "ban-again",
    outlet: "second.example",
    title: "After the ban at Quillbank Trust",
    text: "Last week Quillbank Trust barred its staff from Claude as well. It had opened the assistant in the spring.",
};

#[tokio::test]
async fn an_unknown_name_is_suggested_until_it_is_known() {
    let house = house().await;
    assert!(house.done(&["taxonomy", "suggest"]).starts_with("no unknown name stands where "));
    house.read(&BAN_BY_UNKNOWN).await;
    house.read(&BAN_AGAIN).await;
    house.done(&["build"]);
    let before = house.files();
    let told = house.done(&["taxonomy", "suggest"]);
    let head = "1 unknown name in 2 stories or more, where a bank, vendor, product, authority or company would stand\n\n\
                Quillbank Trust: bank? in 2 stories of 2 outlets: ";
    assert!(told.starts_with(head), "{told}");
    assert!(told.contains("    [[bank]]\n    id = \"quillbank-trust\""), "{told}");
    let named = lines(&house.done(&["taxonomy", "suggest", "--min", "1", "--json"]));
    let names: Vec<&str> = named.iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Quillbank Trust"]);
    assert!(house.files() == before, "a question has written something");
    house.append("banks.toml", &named[0]["toml"].as_str().unwrap().replace("quillbank-trust", "zz-quillbank-trust"));
    edit(&house);
    assert!(house.done(&["taxonomy", "suggest", "--min", "1"]).starts_with("no unknown name stands where "));
}
