//! What elements are called, and the selectors that their names make.

use scraper::{ElementRef, Selector};

/// Classes of one element that are looked at.
const MOST_CLASSES: usize = 6;

/// Named elements around one that a selector may begin with.
const MOST_AROUND: usize = 3;

/// Elements between an item and one that its path may begin with: longer paths break with the next change of the page.
const LONGEST_PATH: usize = 2;

/// Words in classes and ids of what surrounds the content of a page.
const ASIDE: [&str; 24] = [
    "nav",
    "navbar",
    "navigation",
    "menu",
    "submenu",
    "footer",
    "breadcrumb",
    "breadcrumbs",
    "pagination",
    "pager",
    "paging",
    "tags",
    "tagcloud",
    "cloud",
    "social",
    "share",
    "sharing",
    "cookie",
    "consent",
    "related",
    "sidebar",
    "comments",
    "languages",
    "sitemap",
];

/// Classes that come and go, or say where in a row an element stands.
const FLEETING: [&str; 20] = [
    "first", "last", "odd", "even", "active", "current", "selected", "featured", "hidden", "show", "clearfix", "alt", "new",
    "sticky", "visible", "lazy", "loaded", "left", "right", "top",
];

/// Whether an element holds what surrounds the content, and not the content.
pub(super) fn is_aside(element: ElementRef<'_>) -> bool {
    let value = element.value();
    let by_name = match value.name() {
        "html" | "body" | "main" | "article" => return false,
        "nav" | "footer" | "aside" => true,
        "header" => !element.ancestors().filter_map(ElementRef::wrap).any(|outer| is_content(outer.value().name())),
        _ => false,
    };
    let words = value.classes().chain(value.id());
    let said = words.flat_map(|name| name.split(['-', '_'])).any(|word| ASIDE.contains(&word.to_ascii_lowercase().as_str()));
    let role = matches!(value.attr("role"), Some("navigation" | "contentinfo" | "banner" | "complementary" | "menu"));
    (by_name || said || role) && !holds_content(element)
}

fn is_content(name: &str) -> bool {
    matches!(name, "article" | "main" | "section" | "li")
}

/// A wrapper of the whole page may be named after its menu or sidebar.
fn holds_content(element: ElementRef<'_>) -> bool {
    Selector::parse("main, h1").is_ok_and(|content| element.select(&content).next().is_some())
}

/// Whether an element is one of the six headings.
pub(super) fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

/// The selectors by which an element may be meant as one of many, best first.
pub(super) fn of_item(element: ElementRef<'_>) -> Vec<String> {
    let tag = element.value().name();
    let mut found: Vec<String> = classes(element).into_iter().map(|class| format!("{tag}.{class}")).collect();
    if tag == "article" {
        found.push(tag.to_string());
    }
    let around = element.ancestors().filter_map(ElementRef::wrap).take_while(|outer| outer.value().name() != "html");
    let mut path = format!("> {tag}");
    for (height, outer) in around.enumerate() {
        let names = own_names(outer);
        if height <= LONGEST_PATH {
            found.extend(names.iter().map(|name| format!("{name} {path}")));
            found.push(format!("{} {path}", outer.value().name()));
            path = format!("> {} {path}", outer.value().name());
        }
        found.extend(names.iter().map(|name| format!("{name} {tag}")));
        if found.len() > MOST_AROUND * MOST_CLASSES {
            break;
        }
    }
    found
}

/// The selectors by which an element within an item may be meant, best first: by its own name, by its place, by what is around.
pub(super) fn within(element: ElementRef<'_>, item: ElementRef<'_>) -> Vec<String> {
    let tag = element.value().name();
    let mut found = vec![tag.to_string()];
    found.extend(classes(element).into_iter().map(|class| format!("{tag}.{class}")));
    let around = element.ancestors().filter_map(ElementRef::wrap).take_while(|outer| outer.id() != item.id());
    for outer in around.take(MOST_AROUND) {
        let name = outer.value().name();
        if is_heading(name) || matches!(name, "dt" | "dd" | "p" | "strong") {
            found.push(format!("{name} {tag}"));
        }
        found.extend(classes(outer).into_iter().map(|class| format!("{name}.{class} {tag}")));
        found.extend(cell(outer).map(|cell| format!("{cell} {tag}")));
    }
    found.extend(cell(element));
    found
}

/// A cell of a table, by its column.
fn cell(element: ElementRef<'_>) -> Option<String> {
    let is_cell = |element: &ElementRef<'_>| matches!(element.value().name(), "td" | "th");
    let before = element.prev_siblings().filter_map(ElementRef::wrap).filter(is_cell).count();
    is_cell(&element).then(|| format!("{}:nth-child({})", element.value().name(), before + 1))
}

/// An element's id and classes as selectors; `main` by its name.
fn own_names(element: ElementRef<'_>) -> Vec<String> {
    let tag = element.value().name();
    let id = element.value().id().filter(|id| is_lasting(id)).map(|id| format!("#{id}"));
    let main = (tag == "main").then(|| tag.to_string());
    let classes = classes(element).into_iter().map(|class| format!("{tag}.{class}"));
    id.into_iter().chain(main).chain(classes).collect()
}

fn classes<'a>(element: ElementRef<'a>) -> Vec<&'a str> {
    let mut classes: Vec<&str> = Vec::new();
    for class in element.value().classes().filter(|class| is_lasting(class)) {
        if classes.len() < MOST_CLASSES && !classes.contains(&class) {
            classes.push(class);
        }
    }
    classes
}

/// Whether a name is one that people gave: no hash of a build tool, no number of a post, and it needs no escape in CSS.
fn is_lasting(name: &str) -> bool {
    let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    let capitals = name.bytes().filter(u8::is_ascii_uppercase).count();
    let built = ["css-", "sc-", "jsx-", "svelte-", "ng-"].iter().any(|start| name.starts_with(start));
    plain
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.len() <= 40
        && digits < 3
        && !(digits > 0 && capitals > 0)
        && !built
        && !FLEETING.contains(&name.to_ascii_lowercase().as_str())
}
