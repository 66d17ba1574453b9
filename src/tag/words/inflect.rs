//! English verbs in all their forms: a lexicon that lists "ban" should find "bans", "banned" and "banning".

/// Irregular verbs of the field: base, past, participle.
const IRREGULAR: &[(&str, &str, &str)] = &[
    ("be", "was", "been"),
    ("bear", "bore", "borne"),
    ("begin", "began", "begun"),
    ("bid", "bid", "bid"),
    ("bind", "bound", "bound"),
    ("bite", "bit", "bitten"),
    ("blow", "blew", "blown"),
    ("break", "broke", "broken"),
    ("bring", "brought", "brought"),
    ("build", "built", "built"),
    ("buy", "bought", "bought"),
    ("cast", "cast", "cast"),
    ("catch", "caught", "caught"),
    ("choose", "chose", "chosen"),
    ("cling", "clung", "clung"),
    ("come", "came", "come"),
    ("cut", "cut", "cut"),
    ("deal", "dealt", "dealt"),
    ("do", "did", "done"),
    ("draw", "drew", "drawn"),
    ("drive", "drove", "driven"),
    ("fall", "fell", "fallen"),
    ("feed", "fed", "fed"),
    ("feel", "felt", "felt"),
    ("fight", "fought", "fought"),
    ("find", "found", "found"),
    ("forbid", "forbade", "forbidden"),
    ("freeze", "froze", "frozen"),
    ("get", "got", "got"),
    ("give", "gave", "given"),
    ("go", "went", "gone"),
    ("grow", "grew", "grown"),
    ("have", "had", "had"),
    ("hide", "hid", "hidden"),
    ("hit", "hit", "hit"),
    ("hold", "held", "held"),
    ("keep", "kept", "kept"),
    ("lay", "laid", "laid"),
    ("lead", "led", "led"),
    ("leave", "left", "left"),
    ("lend", "lent", "lent"),
    ("let", "let", "let"),
    ("lie", "lay", "lain"),
    ("lose", "lost", "lost"),
    ("make", "made", "made"),
    ("meet", "met", "met"),
    ("outbid", "outbid", "outbid"),
    ("override", "overrode", "overridden"),
    ("overthrow", "overthrew", "overthrown"),
    ("pay", "paid", "paid"),
    ("prove", "proved", "proven"),
    ("put", "put", "put"),
    ("quit", "quit", "quit"),
    ("read", "read", "read"),
    ("rebuild", "rebuilt", "rebuilt"),
    ("redraw", "redrew", "redrawn"),
    ("rewrite", "rewrote", "rewritten"),
    ("rid", "rid", "rid"),
    ("ride", "rode", "ridden"),
    ("rise", "rose", "risen"),
    ("run", "ran", "run"),
    ("say", "said", "said"),
    ("see", "saw", "seen"),
    ("seek", "sought", "sought"),
    ("sell", "sold", "sold"),
    ("send", "sent", "sent"),
    ("set", "set", "set"),
    ("shed", "shed", "shed"),
    ("show", "showed", "shown"),
    ("shut", "shut", "shut"),
    ("slide", "slid", "slid"),
    ("speak", "spoke", "spoken"),
    ("spend", "spent", "spent"),
    ("spread", "spread", "spread"),
    ("stand", "stood", "stood"),
    ("steal", "stole", "stolen"),
    ("stick", "stuck", "stuck"),
    ("strike", "struck", "struck"),
    ("sweep", "swept", "swept"),
    ("swing", "swung", "swung"),
    ("take", "took", "taken"),
    ("teach", "taught", "taught"),
    ("tear", "tore", "torn"),
    ("tell", "told", "told"),
    ("think", "thought", "thought"),
    ("throw", "threw", "thrown"),
    ("tread", "trod", "trodden"),
    ("undergo", "underwent", "undergone"),
    ("undo", "undid", "undone"),
    ("unwind", "unwound", "unwound"),
    ("uphold", "upheld", "upheld"),
    ("wear", "wore", "worn"),
    ("win", "won", "won"),
    ("wind", "wound", "wound"),
    ("withdraw", "withdrew", "withdrawn"),
    ("withhold", "withheld", "withheld"),
    ("withstand", "withstood", "withstood"),
    ("wring", "wrung", "wrung"),
    ("write", "wrote", "written"),
];

/// Verbs of more than one syllable that double their last consonant all the same.
const DOUBLING: &[&str] = &[
    "permit", "admit", "readmit", "commit", "unplug", "submit", "expel", "compel", "dispel", "rebut", "defer", "refer", "confer",
    "transfer", "deter", "allot", "equip", "embed", "forbid", "begin", "unban", "recur", "regret",
];

/// The forms of a verb.
#[derive(Debug, PartialEq, Eq)]
pub struct Forms {
    /// Base, third person, -ing, and an irregular past that is no participle.
    pub finite: Vec<String>,
    /// The participle; with regular verbs the past as well.
    pub participle: String,
}

/// All forms of an English verb.
pub fn forms(verb: &str) -> Forms {
    let doubled = if doubles(verb) { format!("{verb}{}", &verb[verb.len() - 1..]) } else { verb.to_string() };
    let silent = verb.strip_suffix('e').filter(|stem| !stem.ends_with('e')).unwrap_or(&doubled);
    let mut finite = vec![verb.to_string(), third_person(verb), format!("{silent}ing")];
    let participle = match IRREGULAR.iter().find(|(base, ..)| *base == verb) {
        Some((_, past, participle)) => {
            finite.push((*past).to_string());
            (*participle).to_string()
        }
        None => past(verb, &doubled),
    };
    if verb == "be" {
        finite.extend(["is", "are", "were"].map(ToString::to_string));
        finite.push("being".to_string());
        finite.retain(|form| form != "bes" && form != "bing");
    }
    finite.retain(|form| *form != participle || form == verb);
    Forms { finite, participle }
}

fn past(verb: &str, doubled: &str) -> String {
    if verb.ends_with('e') {
        format!("{verb}d")
    } else if let Some(stem) = verb.strip_suffix('y').filter(|stem| !ends_in_vowel(stem)) {
        format!("{stem}ied")
    } else {
        format!("{doubled}ed")
    }
}

fn third_person(verb: &str) -> String {
    match verb.strip_suffix('y') {
        Some(stem) if !ends_in_vowel(stem) => format!("{stem}ies"),
        _ if verb == "have" => "has".to_string(),
        _ if ["s", "x", "ch", "sh", "o"].iter().any(|end| verb.ends_with(end)) => format!("{verb}es"),
        _ => format!("{verb}s"),
    }
}

fn doubles(verb: &str) -> bool {
    let letters: Vec<char> = verb.chars().collect();
    let [.., a, b, c] = letters[..] else { return false };
    if verb == "quit" {
        return true;
    }
    let short = !is_vowel(c) && is_vowel(b) && !is_vowel(a) && !matches!(c, 'w' | 'x' | 'y');
    short && (letters.iter().filter(|c| is_vowel(**c)).count() == 1 || DOUBLING.contains(&verb))
}

fn ends_in_vowel(stem: &str) -> bool {
    stem.chars().next_back().is_some_and(is_vowel)
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_take_the_forms_that_people_write() {
        let check = |verb: &str, finite: &[&str], participle: &str| {
            let forms = forms(verb);
            assert_eq!(forms.participle, participle);
            assert_eq!(forms.finite, finite);
        };
        check("ban", &["ban", "bans", "banning"], "banned");
        check("block", &["block", "blocks", "blocking"], "blocked");
        check("prohibit", &["prohibit", "prohibits", "prohibiting"], "prohibited");
        check("permit", &["permit", "permits", "permitting"], "permitted");
        check("deny", &["deny", "denies", "denying"], "denied");
        check("freeze", &["freeze", "freezes", "freezing", "froze"], "frozen");
        check("cut", &["cut", "cuts", "cutting", "cut"], "cut");
        check("release", &["release", "releases", "releasing"], "released");
    }
}
