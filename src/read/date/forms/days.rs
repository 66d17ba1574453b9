//! Days in the eight languages of our sources.

use super::*;

#[test]
fn a_day_is_read_in_english() {
    all_give(
        DAY,
        "18 June 2026 ¦ 18 Jun 2026 ¦ 18 Jun. 2026 ¦ 18 JUNE 2026 ¦ 18 june 2026 ¦   18   June\t2026  ¦ 18th June 2026 ¦ \
        18th of June 2026 ¦ the 18th of June, 2026 ¦ June 18, 2026 ¦ June 18th, 2026 ¦ Jun 18, 2026 ¦ Jun. 18, 2026 ¦ \
        June 18 2026 ¦ Thursday, June 18, 2026 ¦ Thursday 18 June 2026 ¦ Thu, 18 Jun 2026 ¦ Thurs. 18 June 2026 ¦ \
        Fri, 18 Jun 2026 ¦ 2026 June 18 ¦ 2026-Jun-18 ¦ 18-Jun-2026 ¦ 18-Jun-26 ¦ 18/Jun/2026 ¦ Jun-18-2026 ¦ \
        Published 18 June 2026 ¦ Published on June 18, 2026",
    );
}

#[test]
fn a_day_is_read_in_german_french_spanish_and_italian() {
    all_give(
        DAY,
        "18. Juni 2026 ¦ 18.Juni 2026 ¦ 18. Jun. 2026 ¦ 18. JUNI 2026 ¦ Donnerstag, 18. Juni 2026 ¦ \
        Donnerstag, den 18. Juni 2026 ¦ Do, 18. Juni 2026 ¦ Do., 18. Jun. 2026 ¦ Do 18.06.2026 ¦ Do, 18.06.2026 ¦ \
        18.06.2026 ¦ 18.6.2026 ¦ 18. 6. 2026 ¦ 18.06.26 ¦ Stand: 18.06.2026 ¦ 18 juin 2026 ¦ 18 JUIN 2026 ¦ \
        le 18 juin 2026 ¦ jeudi 18 juin 2026 ¦ Jeudi, 18 juin 2026 ¦ jeu. 18 juin 2026 ¦ Publié le 18 juin 2026 ¦ \
        18/06/2026 ¦ le 18/06/2026 ¦ 18 de junio de 2026 ¦ 18 de junio del 2026 ¦ 18 de Junio, 2026 ¦ 18 junio 2026 ¦ \
        18 jun. 2026 ¦ 18/jun/2026 ¦ jueves, 18 de junio de 2026 ¦ jueves 18 de junio de 2026 ¦ jue, 18 jun 2026 ¦ \
        junio 18, 2026 ¦ 18 giugno 2026 ¦ 18 giu 2026 ¦ 18 giu. 2026 ¦ giovedì 18 giugno 2026 ¦ \
        giovedi' 18 giugno 2026 ¦ Gio, 18 Giu 2026 ¦ gio 18 giu 2026 ¦ 18-giu-2026",
    );
    all_give("2026-06-01", "1er juin 2026 ¦ 1ᵉʳ juin 2026 ¦ 1º de junio de 2026 ¦ 1.º de junio de 2026 ¦ 1° giugno 2026");
    all_give(
        "2026-02-03",
        "mardi 3 février 2026 ¦ mar 3 feb 2026 ¦ martes 3 de febrero de 2026 ¦ martedì 3 febbraio 2026 ¦ \
        Dienstag, 3. Februar 2026 ¦ mar. 3 févr. 2026 ¦ Di 3. Feb. 2026",
    );
    all_give(
        "2026-03-03",
        "mar 3 mar 2026 ¦ mardi 3 mars 2026 ¦ 3. März 2026 ¦ 3. Maerz 2026 ¦ 3 de marzo de 2026 ¦ 3 marzo 2026 ¦ \
        Mrz 3, 2026",
    );
}

#[test]
fn every_month_is_known_by_its_names() {
    let months: [&[&str]; 12] = [
        &["January", "Jan", "Januar", "Jänner", "janvier", "janv.", "enero", "ene", "gennaio", "gen"],
        &["February", "Feb", "Februar", "Feber", "février", "févr.", "febrero", "febbraio"],
        &["March", "Mar", "März", "Mär", "mars", "marzo"],
        &["April", "Apr", "avril", "avr.", "abril", "abr", "aprile"],
        &["May", "Mai", "mayo", "maggio", "mag"],
        &["June", "Jun", "Juni", "juin", "junio", "giugno", "giu"],
        &["July", "Jul", "Juli", "juillet", "juil.", "julio", "luglio", "lug"],
        &["August", "Aug", "août", "agosto", "ago"],
        &["September", "Sep", "Sept", "septembre", "septiembre", "setiembre", "settembre", "set"],
        &["October", "Oct", "Oktober", "Okt", "octobre", "octubre", "ottobre", "ott"],
        &["November", "Nov", "novembre", "noviembre"],
        &["December", "Dec", "Dezember", "Dez", "décembre", "déc.", "diciembre", "dic", "dicembre"],
    ];
    for (number, names) in months.iter().enumerate() {
        for name in *names {
            all_give(&format!("2026-{:02}-08", number + 1), &format!("8 {name} 2026 ¦ {name} 8, 2026"));
            all_give(&format!("2026-{:02}", number + 1), &format!("{name} 2026"));
        }
    }
}

#[test]
fn a_day_is_read_in_chinese_japanese_and_korean() {
    all_give(
        DAY,
        "2026年6月18日 ¦ 2026年06月18日 ¦ 2026 年 6 月 18 日 ¦ 2026年6月18號 ¦ 2026年6月18号 ¦ 2026年6月18日 星期四 ¦ 2026年6月18日（星期四） ¦ \
        ２０２６年６月１８日 ¦ 二〇二六年六月十八日 ¦ 二零二六年六月十八日 ¦ 中華民國115年6月18日 ¦ 民國115年6月18日 ¦ 發布於2026年6月18日 ¦ 2026年6月18日(木) ¦ \
        2026年6月18日（木） ¦ 2026年6月18日 木曜日 ¦ 令和8年6月18日 ¦ 令和８年６月１８日 ¦ 令和八年六月十八日 ¦ R8.6.18 ¦ 2026년 6월 18일 ¦ 2026년6월18일 ¦ \
        2026년 6월 18일 목요일 ¦ 2026년 6월 18일 (목) ¦ 2026. 6. 18. ¦ 2026. 06. 18 ¦ 2026.06.18. ¦ 2026.06.18(목) ¦ \
        입력 2026.06.18 ¦ ２０２６／０６／１８ ¦ ２０２６－０６－１８",
    );
    all_give("2019-05-01", "令和元年5月1日 ¦ 令和1年5月1日");
    all_give("2018-06-18", "平成30年6月18日 ¦ H30.6.18");
}
