//! Dates as readers see them: each with the precision that it was stated with, days in the publication's zone.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::model::when::{PartialDate, Precision};

/// "18 June 2026", "June 2026", "2026"; in Chinese "2026年6月18日".
pub fn partial(date: PartialDate, lang: &str) -> String {
    let first = date.first();
    let (year, month, day) = (first.year(), first.month(), first.day());
    match (lang.starts_with("zh"), date.precision()) {
        (_, Precision::Year) => {
            if lang.starts_with("zh") {
                format!("{year}年")
            } else {
                year.to_string()
            }
        }
        (true, Precision::Month) => format!("{year}年{month}月"),
        (true, Precision::Day) => format!("{year}年{month}月{day}日"),
        (false, Precision::Month) => first.strftime("%B %Y").to_string(),
        (false, Precision::Day) => first.strftime("%-d %B %Y").to_string(),
    }
}

/// The calendar day of an instant in a zone (IANA name; UTC where it is not known).
pub fn day_in(instant: Timestamp, zone: &str) -> Date {
    instant.to_zoned(TimeZone::get(zone).unwrap_or(TimeZone::UTC)).date()
}

/// "Thursday 18 June 2026".
pub fn weekday(day: Date) -> String {
    day.strftime("%A %-d %B %Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_written_with_its_precision() {
        let written = |text: &str, lang| partial(text.parse().unwrap(), lang);
        assert_eq!(written("2026-06-08", "en"), "8 June 2026");
        assert_eq!(written("2026-06", "en"), "June 2026");
        assert_eq!(written("2026", "en"), "2026");
        assert_eq!(written("2026-06-08", "zh-Hant"), "2026年6月8日");
        assert_eq!(written("2026-06", "zh-Hant"), "2026年6月");
        assert_eq!(written("2026", "zh-Hant"), "2026年");
    }

    #[test]
    fn a_day_is_that_of_the_zone() {
        let late = "2026-06-18T22:00:00Z".parse().unwrap();
        assert_eq!(weekday(day_in(late, "Asia/Hong_Kong")), "Friday 19 June 2026");
        assert_eq!(weekday(day_in(late, "UTC")), "Thursday 18 June 2026");
        assert_eq!(day_in(late, "Nowhere/At_All"), day_in(late, "UTC"));
    }
}
