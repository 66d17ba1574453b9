//! The words that templates may use: every fact function with its holes. `templates/commentary/README.md` explains them.

/// A fact function and its holes.
pub const FACTS: &[(&str, &[&str])] = &[
    ("event", &["actor", "tool", "short", "whom", "status", "first_report", "vendor", "place", "on"]),
    ("report", &["outlet", "on", "origin"]),
    (
        "reports",
        &[
            "count",
            "outlets",
            "origins",
            "first",
            "on",
            "names",
            "some",
            "languages",
            "agreeing",
            "alone",
            "last",
            "shared",
            "resting",
        ],
    ),
    ("unnamed", &["kind"]),
    ("official", &["outlet", "on"]),
    ("ground", &["ground"]),
    ("ground_share", &["ground", "given"]),
    ("grounds", &["ground", "given", "other", "other_given"]),
    ("no_ground", &["reports"]),
    ("dispute", &["outlet", "actor", "deed"]),
    ("also", &["actor", "deed"]),
    ("recalls", &["outlet", "actor", "deed", "when"]),
    ("product", &["short", "what"]),
    ("general", &["short"]),
    ("unknown", &["reports", "first", "second"]),
    ("as_of", &["on", "acts"]),
    ("left_out", &["outside", "outlet"]),
    ("remains", &["products", "count", "outlet"]),
    ("condition", &["terms", "outlet"]),
    ("hosting", &["host", "outlet"]),
    ("no_comment", &["names", "outlet"]),
    ("amount", &["figure", "outlet"]),
    ("nth", &["ordinal", "kind", "first", "last", "last_deed", "first_when", "last_when"]),
    ("nth_product", &["ordinal", "last_tool", "place", "when", "reported"]),
    ("first_of_kind", &["kind"]),
    ("days_between", &["other", "days", "since", "until"]),
    ("same_actor", &["actor", "deed", "count", "nth", "when", "reported"]),
    ("same_vendor", &["actor", "deed", "when", "reported"]),
    ("same_region", &["actor", "deed", "when", "reported"]),
    ("precedents", &["count", "actor", "deed", "when", "reported"]),
    ("no_precedent", &["short"]),
    ("pace", &["count", "window"]),
    ("duration", &["days", "since", "actor", "deed"]),
    ("lead", &["days", "outlet", "on"]),
    ("state_share", &["total", "shut", "open", "short", "place"]),
    ("all_shut", &["total", "shut", "open", "short", "place"]),
    ("all_open", &["total", "shut", "open", "short", "place"]),
    ("jurisdictions", &["total", "limits", "questions", "short"]),
    ("reversals", &["lifted", "kind", "days"]),
    ("no_reversal", &["total", "kind"]),
    ("layers", &["recorded", "unrecorded"]),
    ("pending", &["actor", "deed", "reported"]),
    ("opposite", &["actor", "deed", "when", "reported"]),
    ("tally", &["total", "actor", "deed", "reported"]),
    ("balance", &["vendor", "shut", "open"]),
    ("same_home", &["actor", "vendor", "home", "place"]),
    ("abroad", &["actor", "home", "place"]),
    ("maker_abroad", &["vendor", "home"]),
    ("maker_at_home", &["vendor", "home"]),
];

/// Filters that holes may pass through.
pub const FILTERS: &[&str] = &["does", "has", "did", "been", "possessive"];

/// The holes of a fact function.
pub fn holes(function: &str) -> Option<&'static [&'static str]> {
    FACTS.iter().find(|(name, _)| *name == function).map(|(_, holes)| *holes)
}
