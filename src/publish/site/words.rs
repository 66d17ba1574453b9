//! What pages say, by language: `templates/site/words.en.toml` and its translations.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::model::mistake::{Mistake, line_of};
use crate::model::when::{PartialDate, Precision};

type Tables = BTreeMap<String, BTreeMap<String, String>>;

/// The words of one language.
#[derive(Clone, Debug)]
pub struct Words {
    /// BCP 47.
    pub lang: String,
    tables: Tables,
    /// The same for templates.
    pub value: tera::Value,
}

impl Words {
    /// The words of a file; or the place that is no TOML of texts.
    pub fn read(lang: &str, text: &str, file: &str) -> Result<Self, Mistake> {
        let tables: Tables = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(0, |span| line_of(text, span.start));
            Mistake::new(file, line, format!("{}; write tables of texts, as in words.en.toml", error.message()))
        })?;
        let value = tera::Value::from_serializable(&tables);
        Ok(Self { lang: lang.to_string(), tables, value })
    }

    /// What a translation lacks, and what it has too much, beside the English words.
    pub fn compare(&self, english: &Self, file: &str) -> Vec<Mistake> {
        let keys = |words: &Self| -> Vec<String> {
            words.tables.iter().flat_map(|(table, keys)| keys.keys().map(move |key| format!("{table}.{key}"))).collect()
        };
        let (own, wanted) = (keys(self), keys(english));
        let missing = wanted.iter().filter(|key| !own.contains(key));
        let missing = missing.map(|key| Mistake::new(file, 0, format!("\"{key}\" is missing; translate it")));
        let unknown = own.iter().filter(|key| !wanted.contains(key));
        missing.chain(unknown.map(|key| Mistake::new(file, 0, format!("\"{key}\" is not used; remove it")))).collect()
    }

    /// A word; its key where there is none.
    pub fn get<'a>(&'a self, table: &str, key: &'a str) -> &'a str {
        self.tables.get(table).and_then(|table| table.get(key)).map_or(key, String::as_str)
    }

    /// A sentence of `[say]` with its holes filled.
    pub fn say(&self, key: &str, holes: &[(&str, &str)]) -> String {
        fill(self.get("say", key), holes)
    }

    /// A number of things: "1 outlet", "1,200 outlets".
    pub fn count(&self, key: &str, number: usize) -> String {
        let forms = self.get("count", key);
        let (one, many) = forms.split_once('|').unwrap_or((forms, forms));
        fill(if number == 1 { one } else { many }, &[("n", &crate::model::words::grouped(number as u64))])
    }

    /// "a, b and c".
    pub fn list(&self, items: &[String]) -> String {
        match items {
            [] => String::new(),
            [one] => one.clone(),
            [most @ .., last] => format!("{}{}{last}", most.join(self.get("say", "comma")), self.get("say", "and")),
        }
    }

    /// A date at its own precision: "18 June 2026", "June 2026".
    pub fn date(&self, date: PartialDate) -> String {
        self.dated(date, ["day", "month", "year"])
    }

    /// The same for tables: "18 Jun 2026".
    pub fn short_date(&self, date: PartialDate) -> String {
        self.dated(date, ["short_day", "short_month", "year"])
    }

    /// "Thursday 18 June 2026".
    pub fn weekday(&self, date: Date) -> String {
        let weekday = nth(self.get("date", "weekdays"), date.weekday().to_monday_zero_offset());
        fill(self.get("date", "weekday"), &[("weekday", weekday), ("date", &self.date(PartialDate::day(date)))])
    }

    /// "18 June 2026, 04:41 UTC", in a zone that it names.
    pub fn instant(&self, instant: Timestamp, zone: &TimeZone) -> String {
        let local = instant.to_zoned(zone.clone());
        let date = self.date(PartialDate::day(local.date()));
        let time = local.strftime("%H:%M").to_string();
        fill(self.get("date", "instant"), &[("date", &date), ("time", &time), ("zone", &self.zone(zone))])
    }

    /// A zone's name as pages print it.
    pub fn zone(&self, zone: &TimeZone) -> String {
        match zone.iana_name() {
            None | Some("UTC" | "Etc/UTC") => self.get("date", "utc").to_string(),
            Some(name) => {
                let place = name.rsplit('/').next().unwrap_or(name).replace('_', " ");
                fill(self.get("date", "zone"), &[("place", &place)])
            }
        }
    }

    fn dated(&self, date: PartialDate, patterns: [&str; 3]) -> String {
        let first = date.first();
        let at = first.month() - 1;
        let pattern = match date.precision() {
            Precision::Day => patterns[0],
            Precision::Month => patterns[1],
            Precision::Year => patterns[2],
        };
        let holes = [
            ("day", &*first.day().to_string()),
            ("month", nth(self.get("date", "months"), at)),
            ("short", nth(self.get("date", "short_months"), at)),
            ("year", &*first.year().to_string()),
        ];
        fill(self.get("date", pattern), &holes)
    }
}

fn nth(names: &str, at: i8) -> &str {
    names.split('|').nth(usize::try_from(at).unwrap_or_default()).unwrap_or_default()
}

/// Fills `{name}` holes in one pass, so that what fills one is never read as another.
fn fill(pattern: &str, holes: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        let Some(close) = rest[open..].find('}').map(|at| open + at) else { break };
        out.push_str(&rest[..open]);
        match holes.iter().find(|(name, _)| *name == &rest[open + 1..close]) {
            Some((_, value)) => out.push_str(value),
            None => out.push_str(&rest[open..=close]),
        }
        rest = &rest[close + 1..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(lang: &str) -> Words {
        let text = match lang {
            "en" => include_str!("../../../templates/site/words.en.toml"),
            _ => include_str!("../../../templates/site/words.zh-Hant.toml"),
        };
        Words::read(lang, text, "words").unwrap()
    }

    #[test]
    fn a_date_is_printed_at_its_own_precision() {
        let (english, chinese) = (words("en"), words("zh-Hant"));
        let date = |text: &str| text.parse::<PartialDate>().unwrap();
        assert_eq!(english.date(date("2026-06-18")), "18 June 2026");
        assert_eq!(english.date(date("2026-06")), "June 2026");
        assert_eq!(english.short_date(date("2026-06-18")), "18 Jun 2026");
        assert_eq!(chinese.date(date("2026-06-18")), "2026年6月18日");
        assert_eq!(english.weekday(jiff::civil::date(2026, 6, 18)), "Thursday 18 June 2026");
    }

    #[test]
    fn an_instant_names_its_zone() {
        let instant: Timestamp = "2026-06-18T22:30:00Z".parse().unwrap();
        assert_eq!(words("en").instant(instant, &TimeZone::UTC), "18 June 2026, 22:30 UTC");
        let zone = TimeZone::get("Asia/Hong_Kong").unwrap();
        assert_eq!(words("en").instant(instant, &zone), "19 June 2026, 06:30 Hong Kong time");
    }

    #[test]
    fn a_translation_has_every_word_and_no_other() {
        assert_eq!(words("zh-Hant").compare(&words("en"), "words.zh-Hant.toml"), []);
    }

    #[test]
    fn what_fills_a_hole_is_not_read_as_another() {
        assert_eq!(words("en").say("who_what", &[("who", "{what}"), ("what", "x")]), "{what}: x");
        assert_eq!(words("en").count("outlets", 1), "1 outlet");
        assert_eq!(words("en").count("outlets", 1200), "1,200 outlets");
    }
}
