//! Stories to tag: of five, one is a labelled story of the project, most of which are about access, and four are news of other
//! things that name banks, vendors and places all the same.

use std::fmt::Write;

/// Where the series of numbers begins.
const SEED: u64 = 20_261_125;

/// One story in so many is a labelled one.
const LABELLED: u64 = 5;

/// Sentences of a story of the other kind.
const SENTENCES: std::ops::Range<u64> = 4..14;

/// Sentences about other things, by language; `{}` is a name.
const NEWS: &[(&str, &str, &[&str])] = &[
    (
        "en",
        " ",
        &[
            "Shares in {} closed two per cent higher after a quarter that analysts called steady, if unexciting.",
            "The chief executive said that costs had fallen for the third year in a row and that hiring would stay flat.",
            "Rain is expected over the weekend, and the rail operator warned travellers between {} and the coast of delays.",
            "{} raised its dividend to 42 cents and left its outlook for the year where it had been since March.",
            "Borrowers who fixed their mortgages in 2021 face far higher payments when the deals end, economists at {} wrote.",
            "The museum reopens on Saturday with a show of prints that had not left the archive for sixty years.",
            "Two former executives of {} joined the board of a start-up that sells software to farmers.",
            "The striker missed the second half with a sore ankle but trained with the squad again on Thursday morning.",
            "Oil slipped below eighty dollars a barrel as traders weighed slower demand against a smaller harvest of new wells.",
            "A new branch of {} will open next to the station, with a café on the ground floor and offices above.",
            "Engineers at {} described a faster way to sort packages, which a warehouse outside the city has tried since spring.",
            "The council put off its vote on the bridge, whose cost has doubled since the first plans were drawn.",
        ],
    ),
    (
        "de",
        " ",
        &[
            "Die Aktie von {} legte am Nachmittag leicht zu, nachdem die Zahlen zum Quartal besser ausgefallen waren als gedacht.",
            "Der Vorstand will im kommenden Jahr drei Filialen umbauen und eine weitere in {} eröffnen.",
            "Am Wochenende wird es kühler, im Süden fällt der erste Schnee bis in mittlere Lagen.",
            "Der Verein verlängerte den Vertrag mit dem Trainer um zwei Jahre, über das Gehalt schwiegen beide Seiten.",
        ],
    ),
    (
        "fr",
        " ",
        &[
            "Le titre de {} a gagné deux pour cent après des résultats trimestriels jugés solides par les analystes.",
            "La gare sera fermée pendant trois semaines pour des travaux que la ville attendait depuis dix ans.",
            "Une ancienne dirigeante de {} prend la tête d'une jeune entreprise qui vend des outils aux agriculteurs.",
        ],
    ),
    (
        "es",
        " ",
        &[
            "Las acciones de {} subieron un dos por ciento tras unos resultados trimestrales mejores de lo previsto.",
            "El museo reabre el sábado con una muestra de grabados que llevaba sesenta años sin salir del archivo.",
            "La lluvia volverá el fin de semana y en {} se esperan retrasos en los trenes de cercanías.",
        ],
    ),
    (
        "it",
        " ",
        &[
            "Il titolo di {} ha guadagnato il due per cento dopo conti trimestrali migliori delle attese.",
            "Il museo riapre sabato con una mostra di stampe rimaste in archivio per sessant'anni.",
        ],
    ),
    (
        "zh-Hant",
        "",
        &[
            "{}股價午後上漲百分之二，分析師認為季度業績平穩。",
            "週末氣溫下降，山區可能降雪，鐵路公司提醒旅客提早出門。",
            "{}宣布派息每股四角二分，全年展望維持不變。",
            "博物館星期六重新開放，展出六十年來未曾離開庫房的版畫。",
        ],
    ),
    ("zh-Hans", "", &["{}股价午后上涨百分之二，分析师认为季度业绩平稳。", "球队与教练续约两年，双方均未透露薪酬。"]),
    (
        "ja",
        "",
        &["{}の株価は午後に二％上昇し、四半期決算は堅調と受け止められた。", "週末は気温が下がり、山沿いでは雪になる見込みだ。"],
    ),
    (
        "ko",
        " ",
        &[
            "{} 주가는 오후에 2% 올랐고 분기 실적은 무난하다는 평가를 받았다.",
            "주말에는 기온이 떨어지고 산간에는 눈이 내릴 전망이다.",
        ],
    ),
];

/// Names that the sentences hold: some the taxonomy knows, some it does not.
const NAMES: &[&str] = &[
    "Barclays",
    "Deutsche Bank",
    "UBS",
    "Singapore",
    "Nvidia",
    "Munich",
    "Société Générale",
    "Microsoft",
    "the Northern Savings Bank",
    "Toyota",
    "Hong Kong",
    "摩根大通",
    "삼성전자",
    "Mizuho",
    "Santander",
    "Harlow & Finch",
];

/// A fixed series of numbers (xorshift).
struct Series(u64);

impl Series {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[usize::try_from(self.below(from.len() as u64)).unwrap_or(0)]
    }
}

/// Makes stories without end, each a line of JSON as `tag` reads it.
pub struct Stories {
    series: Series,
    labelled: Vec<serde_json::Value>,
    count: u64,
}

impl Stories {
    /// From the labelled stories, JSON Lines.
    pub fn new(labelled: &str) -> Self {
        let labelled = labelled.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        Self { series: Series(SEED), labelled, count: 0 }
    }

    /// Adds the next one to a buffer.
    pub fn add(&mut self, line: &mut String) {
        self.count += 1;
        let id = format!("s{}", self.count);
        let story = if self.series.below(LABELLED) == 0 {
            let story = self.series.pick(&self.labelled);
            serde_json::json!({"id": id, "title": story["title"], "text": story["text"], "lang": story["lang"],
                "published": story["published"], "url": story["url"], "outlet": story["outlet"]})
        } else {
            let (lang, title, text) = self.news();
            serde_json::json!({"id": id, "title": title, "text": text, "lang": lang, "published": "2026-06-18",
                "url": format!("https://example.com/{id}"), "outlet": "Example"})
        };
        let _ = writeln!(line, "{story}");
    }

    fn news(&mut self) -> (&'static str, String, String) {
        // English is half of what is read.
        let (lang, between, sentences) = if self.series.below(2) == 0 { &NEWS[0] } else { self.series.pick(NEWS) };
        let mut sentence = || {
            let name = *self.series.pick(NAMES);
            self.series.pick(sentences).replace("{}", name)
        };
        let (title, first) = (sentence(), sentence());
        let mut text = first;
        for _ in 0..self.series.below(SENTENCES.end - SENTENCES.start) + SENTENCES.start {
            let name = *self.series.pick(NAMES);
            let next = self.series.pick(sentences).replace("{}", name);
            text = text + between + &next;
        }
        (lang, title, text)
    }
}
