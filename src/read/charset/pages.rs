//! Charsets that browsers never knew and feeds of old machines declare all the same: code pages of DOS, of the Mac, of Vietnam, of
//! mainframes.

const CP437: &str = "\
ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡\
÷≈°∙·√ⁿ²■\u{A0}";

const CP737: &str = "\
ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρσςτυφχψ░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀ωάέήϊίόύϋώΆΈΉΊΌΎΏ±≥≤ΪΫ\
÷≈°∙·√ⁿ²■\u{A0}";

const CP775: &str = "\
ĆüéāäģåćłēŖŗīŹÄÅÉæÆōöĢ¢ŚśÖÜø£Ø×¤ĀĪóŻżź”¦©®¬½¼Ł«»░▒▓│┤ĄČĘĖ╣║╗╝ĮŠ┐└┴┬├─┼ŲŪ╚╔╩╦╠═╬Žąčęėįšųūž┘┌█▄▌▐▀ÓßŌŃõÕµńĶķĻļņĒŅ’\u{AD}\
±“¾¶§÷„°∙·¹³²■\u{A0}";

const CP850: &str = "\
ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{AD}\
±‗¾¶§÷¸°¨·¹³²■\u{A0}";

const CP852: &str = "\
ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀ÓßÔŃńňŠšŔÚŕŰýÝţ´\u{AD}\
˝˛ˇ˘§÷¸°¨˙űŘř■\u{A0}";

const CP855: &str = "\
ђЂѓЃёЁєЄѕЅіІїЇјЈљЉњЊћЋќЌўЎџЏюЮъЪаАбБцЦдДеЕфФгГ«»░▒▓│┤хХиИ╣║╗╝йЙ┐└┴┬├─┼кК╚╔╩╦╠═╬¤лЛмМнНоОп┘┌█▄Пя▀ЯрРсСтТуУжЖвВьЬ№\u{AD}\
ыЫзЗшШэЭщЩчЧ§■\u{A0}";

const CP856: &str = "\
\u{5D0}\u{5D1}\u{5D2}\u{5D3}\u{5D4}\u{5D5}\u{5D6}\u{5D7}\u{5D8}\u{5D9}\u{5DA}\u{5DB}\u{5DC}\u{5DD}\u{5DE}\u{5DF}\
\u{5E0}\u{5E1}\u{5E2}\u{5E3}\u{5E4}\u{5E5}\u{5E6}\u{5E7}\u{5E8}\u{5E9}\u{5EA}�£�×����������®¬½¼�«»░▒▓│┤���©╣║╗╝¢¥┐└┴┬├\
─┼��╚╔╩╦╠═╬¤���������┘┌█▄¦�▀������µ�������¯´\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}";

const CP857: &str = "\
ÇüéâäàåçêëèïîıÄÅÉæÆôöòûùİÖÜø£ØŞşáíóúñÑĞğ¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ºªÊËÈ�ÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµ�×ÚÛÙìÿ¯´\u{AD}\
±�¾¶§÷¸°¨·¹³²■\u{A0}";

const CP860: &str = "\
ÇüéâãàÁçêÊèÍÔìÃÂÉÀÈôõòÚùÌÕÜ¢£Ù₧ÓáíóúñÑªº¿Ò¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡\
÷≈°∙·√ⁿ²■\u{A0}";

const CP861: &str = "\
ÇüéâäàåçêëèÐðÞÄÅÉæÆôöþûÝýÖÜø£Ø₧ƒáíóúÁÍÓÚ¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡\
÷≈°∙·√ⁿ²■\u{A0}";

const CP862: &str = "\
\u{5D0}\u{5D1}\u{5D2}\u{5D3}\u{5D4}\u{5D5}\u{5D6}\u{5D7}\u{5D8}\u{5D9}\u{5DA}\u{5DB}\u{5DC}\u{5DD}\u{5DE}\u{5DF}\
\u{5E0}\u{5E1}\u{5E2}\u{5E3}\u{5E4}\u{5E5}\u{5E6}\u{5E7}\u{5E8}\u{5E9}\u{5EA}¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├\
─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}";

const CP863: &str = "\
ÇüéâÂà¶çêëèïî‗À§ÉÈÊôËÏûù¤ÔÜ¢£ÙÛƒ¦´óú¨¸³¯Î⌐¬½¼¾«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡\
÷≈°∙·√ⁿ²■\u{A0}";

const CP864: &str = "\
°·∙√▒─│┼┤┬├┴┐┌└┘β∞φ±½¼≈«»\u{FEF7}\u{FEF8}��\u{FEFB}\u{FEFC}�\u{A0}\u{AD}\u{FE82}£¤\u{FE84}��\u{FE8E}\u{FE8F}\u{FE95}\
\u{FE99}\u{60C}\u{FE9D}\u{FEA1}\u{FEA5}\u{660}\u{661}\u{662}\u{663}\u{664}\u{665}\u{666}\u{667}\u{668}\u{669}\u{FED1}\
\u{61B}\u{FEB1}\u{FEB5}\u{FEB9}\u{61F}¢\u{FE80}\u{FE81}\u{FE83}\u{FE85}\u{FECA}\u{FE8B}\u{FE8D}\u{FE91}\u{FE93}\
\u{FE97}\u{FE9B}\u{FE9F}\u{FEA3}\u{FEA7}\u{FEA9}\u{FEAB}\u{FEAD}\u{FEAF}\u{FEB3}\u{FEB7}\u{FEBB}\u{FEBF}\u{FEC1}\
\u{FEC5}\u{FECB}\u{FECF}¦¬÷×\u{FEC9}\u{640}\u{FED3}\u{FED7}\u{FEDB}\u{FEDF}\u{FEE3}\u{FEE7}\u{FEEB}\u{FEED}\u{FEEF}\
\u{FEF3}\u{FEBD}\u{FECC}\u{FECE}\u{FECD}\u{FEE1}ﹽ\u{651}\u{FEE5}\u{FEE9}\u{FEEC}\u{FEF0}\u{FEF2}\u{FED0}\u{FED5}\
\u{FEF5}\u{FEF6}\u{FEDD}\u{FED9}\u{FEF1}■�";

const CP865: &str = "\
ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø₧ƒáíóúñÑªº¿⌐¬½¼¡«¤░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡\
÷≈°∙·√ⁿ²■\u{A0}";

const CP1125: &str = "\
АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмноп░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀рстуфхцчшщъыьэюяЁёҐґЄє\
ІіЇї·√№¤■\u{A0}";

const KOI8_T: &str = "\
қғ‚Ғ„…†‡�‰ҳ‹ҲҷҶ�Қ‘’“”•–—�™�›�����ӯӮё¤ӣ¦§���«¬\u{AD}®�°±²Ё�Ӣ¶·�№�»���©юабцдефгхийклмнопярстужвьызшэщчъЮАБЦДЕФГХИЙКЛМНОП\
ЯРСТУЖВЬЫЗШЭЩЧЪ";

const MAC_GREEK: &str = "\
Ä¹²É³ÖÜ΅àâä΄¨çéèêë£™îï•½‰ôö¦€ùûü†ΓΔΘΛΞΠß®©ΣΪ§≠°·Α±≤≥¥ΒΕΖΗΙΚΜΦΫΨΩάΝ¬ΟΡ≈Τ«»…\u{A0}ΥΧΆΈœ–―“”‘’÷ΉΊΌΎέήίόΏύαβψδεφγηιξκλμνοπ\
ώρστθωςχυζϊϋΐΰ\u{AD}";

const MAC_ICELAND: &str = "\
ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûüÝ°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u{A0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€ÐðÞþý·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\
\u{F8FF}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";

const MAC_LATIN2: &str = "\
ÄĀāÉĄÖÜáąČäčĆćéŹźĎíďĒēĖóėôöõúĚěü†°Ę£§•¶ß®©™ę¨≠ģĮįĪ≤≥īĶ∂∑łĻļĽľĹĺŅņŃ¬√ńŇ∆«»…\u{A0}ňŐÕőŌ–—“”‘’÷◊ōŔŕŘ‹›řŖŗŠ‚„šŚśÁŤťÍŽžŪÓÔū\
ŮÚůŰűŲųÝýķŻŁżĢˇ";

const MAC_TURKISH: &str = "\
ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u{A0}ÀÃÕŒœ–—“”‘’÷◊ÿŸĞğİıŞş‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\
\u{F8FF}ÒÚÛÙ\u{F8A0}ˆ˜¯˘˙˚¸˝˛ˇ";

const TCVN: &str = "\
ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ\u{A0}ĂÂÊÔƠƯĐăâêôơưđẰ\u{300}\u{309}\u{303}\u{301}\u{323}àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹề\
ểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ";

const VISCII: &str = "\
ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõ\
ỏọụùúũủýợỮ";

const CP037: &str = "\
\u{20}\u{A0}âäàáãåçñ¢.<(+|&éêëèíîïìß!$*);¬-/ÂÄÀÁÃÅÇÑ¦,%_>?øÉÊËÈÍÎÏÌ`:#@'=\"Øabcdefghi«»ðýþ±°jklmnopqrªºæ¸Æ¤µ~stuvwxyz¡\
¿ÐÝÞ®^£¥·©§¶¼½¾[]¯¨´×{ABCDEFGHI\u{AD}ôöòóõ}JKLMNOPQR¹ûüùúÿ\\÷STUVWXYZ²ÔÖÒÓÕ0123456789³ÛÜÙÚ\u{9F}";

const CP500: &str = "\
\u{20}\u{A0}âäàáãåçñ[.<(+!&éêëèíîïìß]$*);^-/ÂÄÀÁÃÅÇÑ¦,%_>?øÉÊËÈÍÎÏÌ`:#@'=\"Øabcdefghi«»ðýþ±°jklmnopqrªºæ¸Æ¤µ~stuvwxyz¡\
¿ÐÝÞ®¢£¥·©§¶¼½¾¬|¯¨´×{ABCDEFGHI\u{AD}ôöòóõ}JKLMNOPQR¹ûüùúÿ\\÷STUVWXYZ²ÔÖÒÓÕ0123456789³ÛÜÙÚ\u{9F}";

const CP875: &str = "\
\u{20}ΑΒΓΔΕΖΗΘΙ[.<(+!&ΚΛΜΝΞΟΠΡΣ]$*);^-/ΤΥΦΧΨΩΪΫ|,%_>?¨ΆΈΉ\u{A0}ΊΌΎΏ`:#@'=\"΅abcdefghiαβγδεζ°jklmnopqrηθικλμ´~stuvwxyzν\
ξοπρσ£άέήϊίόύϋώςτυφχψ{ABCDEFGHI\u{AD}ωΐΰ‘―}JKLMNOPQR±½\u{1A}·’¦\\\u{1A}STUVWXYZ²§\u{1A}\u{1A}«¬0123456789³©\u{1A}\
\u{1A}»\u{9F}";

const CP1140: &str = "\
\u{20}\u{A0}âäàáãåçñ¢.<(+|&éêëèíîïìß!$*);¬-/ÂÄÀÁÃÅÇÑ¦,%_>?øÉÊËÈÍÎÏÌ`:#@'=\"Øabcdefghi«»ðýþ±°jklmnopqrªºæ¸Æ€µ~stuvwxyz¡\
¿ÐÝÞ®^£¥·©§¶¼½¾[]¯¨´×{ABCDEFGHI\u{AD}ôöòóõ}JKLMNOPQR¹ûüùúÿ\\÷STUVWXYZ²ÔÖÒÓÕ0123456789³ÛÜÙÚ\u{9F}";

/// Labels, lower case and with hyphens, and the characters from 0x80 on that they stand for.
const HIGH: &[(&[&str], &str)] = &[
    (&["ibm437", "cp437", "437", "cspc8codepage437"], CP437),
    (&["cp737"], CP737),
    (&["ibm775", "cp775", "cspc775baltic"], CP775),
    (&["ibm850", "cp850", "850", "cspc850multilingual"], CP850),
    (&["ibm852", "cp852", "852", "cspcp852"], CP852),
    (&["ibm855", "cp855", "855", "csibm855"], CP855),
    (&["cp856"], CP856),
    (&["ibm857", "cp857", "857", "csibm857"], CP857),
    (&["ibm860", "cp860", "860", "csibm860"], CP860),
    (&["ibm861", "cp861", "861", "cp-is", "csibm861"], CP861),
    (&["ibm862", "cp862", "862", "cspc862latinhebrew"], CP862),
    (&["ibm863", "cp863", "863", "csibm863"], CP863),
    (&["ibm864", "cp864", "csibm864"], CP864),
    (&["ibm865", "cp865", "865", "csibm865"], CP865),
    (&["cp1125"], CP1125),
    (&["koi8-t"], KOI8_T),
    (&["mac-greek", "macgreek"], MAC_GREEK),
    (&["mac-iceland", "maciceland"], MAC_ICELAND),
    (&["mac-latin2", "maclatin2", "mac-centraleurope", "maccentraleurope"], MAC_LATIN2),
    (&["mac-turkish", "macturkish"], MAC_TURKISH),
    (&["tcvn", "tcvn-5712", "tcvn5712-1"], TCVN),
    (&["viscii"], VISCII),
];

/// The same for mainframes, whose tables begin at 0x40.
const MAINFRAME: &[(&[&str], &str)] = &[
    (&["ibm037", "cp037", "csibm037", "ibm039", "ebcdic-cp-us", "ebcdic-cp-ca", "ebcdic-cp-wt", "ebcdic-cp-nl"], CP037),
    (&["ibm500", "cp500", "csibm500", "ebcdic-cp-be", "ebcdic-cp-ch"], CP500),
    (&["cp875"], CP875),
    (&["ibm1140", "cp1140"], CP1140),
];

/// The text of bytes in a charset of this label; `None` where the label is none of these.
pub(super) fn decode(body: &[u8], label: &str) -> Option<String> {
    let table: Vec<char> = table(HIGH, label)?.chars().collect();
    let character = |byte: &u8| match byte {
        0x80.. => table[usize::from(*byte) - 0x80],
        _ => char::from(*byte),
    };
    Some(body.iter().map(character).collect())
}

/// The text of a document that begins as one from a mainframe does; `None` of any other.
pub(super) fn mainframe(body: &[u8]) -> Option<String> {
    /// `<?xm`.
    const MARK: &[u8] = b"\x4C\x6F\xA7\x94";
    if !body.starts_with(MARK) {
        return None;
    }
    // What a declaration is made of is the same in all but quotes.
    let common = by_mainframe(&body[..body.len().min(200)], CP037);
    let label = common.split("encoding=").nth(1).and_then(|rest| rest.get(1..)?.split(['"', '\'']).next()).unwrap_or("");
    Some(by_mainframe(body, table(MAINFRAME, &super::hyphened(label)).unwrap_or(CP037)))
}

fn by_mainframe(body: &[u8], table: &str) -> String {
    let table: Vec<char> = table.chars().collect();
    let character = |byte: &u8| match byte {
        0x40.. => table[usize::from(*byte) - 0x40],
        0x05 => '\t',
        0x0D => '\r',
        0x15 | 0x25 => '\n',
        _ => ' ',
    };
    body.iter().map(character).collect()
}

fn table(tables: &'static [(&[&str], &str)], label: &str) -> Option<&'static str> {
    tables.iter().find(|(labels, _)| labels.contains(&label)).map(|(_, table)| *table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_whole() {
        assert!(HIGH.iter().all(|(_, table)| table.chars().count() == 128));
        assert!(MAINFRAME.iter().all(|(_, table)| table.chars().count() == 192));
    }

    #[test]
    fn code_pages_are_read_by_their_label() {
        assert_eq!(decode(b"caf\x82", "cp437").as_deref(), Some("café"));
        assert_eq!(decode(b"Z\x81rich", "850").as_deref(), Some("Zürich"));
        assert_eq!(decode(b"a", "utf-8"), None);
    }

    #[test]
    fn a_document_of_a_mainframe_is_read() {
        let body =
            b"\x4C\x6F\xA7\x94\x93\x40\x85\x95\x83\x96\x84\x89\x95\x87\x7E\x7D\xC9\xC2\xD4\xF5\xF0\xF0\x7D\x6F\x6E\x25\x5A";
        assert_eq!(mainframe(body).as_deref(), Some("<?xml encoding='IBM500'?>\n]"));
        assert_eq!(mainframe(b"<?xml"), None);
    }
}
