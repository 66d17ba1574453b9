//! The names that dates are written with, in the languages of our sources.

/// Months: each row holds the names of one month, from January, lower case, without dots.
const MONTHS: [&[&str]; 12] = [
    &[
        "january", "jan", "januar", "jänner", "jän", "janvier", "janv", "enero", "ene", "gennaio", "gen", "janeiro", "januari",
        "jany", "ιαν",
    ],
    &[
        "february",
        "feb",
        "februar",
        "février",
        "févr",
        "fév",
        "fevrier",
        "fevr",
        "fev",
        "feber",
        "febrero",
        "febbraio",
        "febb",
        "fevereiro",
        "februari",
        "φεβ",
    ],
    &["march", "mar", "märz", "mär", "maerz", "mrz", "mars", "marzo", "março", "maart", "mrt", "μάρ", "μαρ"],
    &["april", "apr", "avril", "avr", "abril", "abr", "aprile", "απρ"],
    &["may", "mai", "mayo", "maggio", "mag", "maio", "mei", "maj", "μάι", "μαϊ", "μαι"],
    &["june", "jun", "juni", "juin", "junio", "giugno", "giu", "junho", "ιούν", "ιον"],
    &["july", "jul", "juli", "juillet", "juil", "julio", "luglio", "lug", "julho", "ιούλ", "ιολ"],
    &["august", "aug", "août", "aout", "agosto", "ago", "augustus", "αύγ", "αυγ"],
    &["september", "sep", "sept", "septembre", "septiembre", "setiembre", "set", "settembre", "sett", "setembro", "σεπ"],
    &["october", "oct", "oktober", "okt", "octobre", "octubre", "ottobre", "ott", "outubro", "out", "οκτ"],
    &["november", "nov", "novembre", "noviembre", "novembro", "νοέ", "νοε"],
    &["december", "dec", "dezember", "dez", "décembre", "déc", "decembre", "diciembre", "dic", "dicembre", "dezembro", "δεκ"],
];

/// Days of the week, from Monday.
const WEEKDAYS: [&[&str]; 7] = [
    &["monday", "mon", "montag", "mo", "lundi", "lun", "lunes", "lunedì", "lunedi"],
    &["tuesday", "tue", "tues", "dienstag", "di", "mardi", "mar", "martes", "martedì", "martedi"],
    &["wednesday", "wed", "mittwoch", "mi", "mercredi", "mer", "miércoles", "miercoles", "mié", "mercoledì", "mercoledi"],
    &["thursday", "thu", "thur", "thurs", "donnerstag", "do", "jeudi", "jeu", "jueves", "jue", "giovedì", "giovedi", "gio"],
    &["friday", "fri", "freitag", "fr", "vendredi", "ven", "viernes", "vie", "venerdì", "venerdi"],
    &["saturday", "sat", "samstag", "sonnabend", "sa", "samedi", "sam", "sábado", "sabado", "sáb", "sab", "sabato"],
    &["sunday", "sun", "sonntag", "so", "dimanche", "dim", "domingo", "dom", "domenica"],
];

/// Zones with the minutes that they are ahead of UTC. A name that means several is given as RFC 822 and the press use it.
const ZONES: &[(&str, i32)] = &[
    ("utc", 0),
    ("gmt", 0),
    ("ut", 0),
    ("z", 0),
    ("wet", 0),
    ("west", 60),
    ("bst", 60),
    ("cet", 60),
    ("cest", 120),
    ("mez", 60),
    ("mesz", 120),
    ("met", 60),
    ("mest", 120),
    ("eet", 120),
    ("eest", 180),
    ("msk", 180),
    ("sast", 120),
    ("gst", 240),
    ("ist", 330),
    ("pkt", 300),
    ("ict", 420),
    ("wib", 420),
    ("hkt", 480),
    ("sgt", 480),
    ("myt", 480),
    ("pht", 480),
    ("awst", 480),
    ("jst", 540),
    ("kst", 540),
    ("acst", 570),
    ("aest", 600),
    ("aedt", 660),
    ("nzst", 720),
    ("nzdt", 780),
    ("ast", -240),
    ("adt", -180),
    ("est", -300),
    ("edt", -240),
    ("cst", -360),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
    ("akst", -540),
    ("akdt", -480),
    ("hst", -600),
    ("brt", -180),
    ("art", -180),
];

/// The month of a name, 1 to 12. A long name may be cut after three letters or more.
pub(super) fn month(word: &str) -> Option<i8> {
    let exact = MONTHS.iter().position(|names| names.contains(&word));
    let begun = || {
        let long_enough = word.chars().count() >= 4;
        MONTHS.iter().position(|names| long_enough && names.iter().any(|name| name.starts_with(word)))
    };
    exact.or_else(begun).and_then(|at| i8::try_from(at + 1).ok())
}

/// The day of the week of a name, 0 for Monday.
pub(super) fn weekday(word: &str) -> Option<usize> {
    WEEKDAYS.iter().position(|names| names.contains(&word))
}

/// Minutes ahead of UTC. `CST` is China's in Chinese feeds.
pub(super) fn zone(word: &str, chinese: bool) -> Option<i32> {
    if word == "cst" && chinese {
        return Some(480);
    }
    ZONES.iter().find(|(name, _)| *name == word).map(|(_, minutes)| *minutes)
}
