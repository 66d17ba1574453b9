//! What tells a name of a firm from other words with capitals. Not the lexicon of acts: these words are no sign of access.

use super::Guess;

/// Whether a list of words, with spaces between them, has one.
pub fn has(list: &str, word: &str) -> bool {
    list.split(' ').any(|one| one == word)
}

/// Parts of a word that make the name of a bank, insurer, broker or exchange of it, folded; a part of four letters or more may
/// stand inside a longer word (Sparkasse, Volksbank).
pub const BANK: &str = "bank banc bancorp bancshares banque banco banca banche kasse caisse caja cassa banken insurance assurance \
    assurances versicherung versicherungen seguros assicurazioni securities capital trust börse bourse bolsa borsa \
    exchange fund holdings financial investments wealth mutual crédit credit crédito credito life reinsurance";

/// Parts that make a vendor's name.
pub const VENDOR: &str = "ai labs lab technologies semiconductor microelectronics robotics intelligence";

/// Parts that make an authority's name.
pub const AUTHORITY: &str = "ministry ministerium ministère ministerio ministero commission kommission comisión commissione authority behörde \
    autorité autorità autoridad agency agence agencia agenzia agentur department office bureau court gericht \
    tribunal tribunale council senate parliament bundesamt regulator directorate board garante committee";

/// Legal forms and words for a whole group: no part of what a firm is called.
pub const FORMS: &str =
    "inc ltd limited plc llc corp corporation co company ag se gmbh sa spa nv kgaa group gruppe groupe grupo gruppo";

/// Words between the parts of a name: Bank of X, Caisse des Dépôts.
pub const JOINTS: &str = "of de du des di del della dei do da für for &";

/// Capitalised words that name no firm: days, months, peoples, the trade's own abbreviations, what opens a sentence.
pub const PLAIN: &str = "january february march april may june july august september october november december januar februar märz mai \
    juni juli oktober dezember janvier février mars avril juin juillet août septembre octobre novembre décembre \
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre gennaio febbraio aprile \
    maggio giugno luglio settembre ottobre dicembre monday tuesday wednesday thursday friday saturday sunday montag \
    dienstag mittwoch donnerstag freitag samstag sonntag ai a.i ki ia it api apis ceo cio cto coo cfo ciso gpu gpus \
    cpu cpus llm llms gdpr dsgvo rgpd vpn vpns ip pc pcs usb app apps us usa uk eu ue un nda hr pdf url saas sms faq \
    tv esg etf ipo dx ok poc sns os rag bis iii ii the a an in on at after before when while as but and or if for \
    from with without since until under over what who why how where which this that these those its his her their \
    our we they he she i you no not none nobody several some many most more all both each every other another one \
    two three four five six seven ten dozens staff employees workers banks lenders bank insurers brokers firms \
    companies company customers clients users officials regulators regulator government governments ministers \
    minister president parliament senate congress court judge judges lawyers lawmakers engineers developers bankers \
    traders analysts people sources access use nothing meanwhile earlier later now today yesterday last next new \
    only also even still yet once instead internally mr ms mrs dr prof sir internet web asia europe africa america \
    gulf west east north south western eastern der die das den dem ein eine im am bei nach seit wer wie was auch nur \
    für mit ohne laut le la les une des du en au aux selon depuis après el los las una según desde tras por para il \
    lo gli secondo dopo da dal nel nella per con su big tech wall street fintech chatbot beta desktop enterprise pro \
    plus act law code online euro dollar daten union state city house white chinese american european japanese \
    korean german french british italian spanish russian indian swiss dutch canadian australian taiwanese asian open \
    source play \
    iphone iphones ipad ios macos mac android windows chromebook chromebooks ics adr artificial project screen sharing \
    mirroring defense defence";

/// Whole words that are a kind of firm and no firm: a name holds more than one of these.
pub const KINDS: &str = "großbank großbanken landesbank landesbanken notenbank zentralbank privatbank privatbanken sparkasse sparkassen \
    genossenschaftsbank investmentbank geschäftsbank hausbank datenbank krankenkasse krankenkassen \
    krankenversicherung rückversicherung weltbank konkurrenzbank direktbank filialbank megabank megabanks databank \
    bankbank kommission behörde datenschutzbehörde aufsichtsbehörde landgericht oberlandesgericht verwaltungsgericht \
    bundesgericht bundeskartellamt metropolis subcommittee stock private";

/// Titles before a person's name.
pub const TITLES: &str = "mr ms mrs dr prof sir senator senators representative rep sen minister president chairman chairwoman judge \
    governor secretary spokesman spokeswoman spokesperson executive officer director analyst ceo head founder herr \
    frau ministre président ministro ministra presidente richter sprecher sprecherin vorstand chef commissioner \
    lawyer professor banker economist";

/// Given names that news is full of: with a name behind them they are a person.
pub const GIVEN: &str = "john james david michael robert william richard thomas mark paul peter andrew daniel george josh jamie sam dario \
    elon mary sarah jane emma anna maria laura julia kate susan linda karen lisa hans klaus jürgen stefan andreas \
    christian martin markus wolfgang sabine pierre jean marie françois nicolas philippe claire sophie carlos juan \
    josé luis pedro miguel ana carmen marco giuseppe luca giovanni francesca paolo matteo alessandro donald joe \
    kamala ursula emmanuel olaf friedrich giorgia howard scott jensen tim satya larry jeff steve brad chris alex max \
    ben tom jim bob bill ted ron gavin kathy elena nina eva wei";

/// Words behind which a German noun stands, and no name.
pub const GERMAN_DETERMINERS: &str = "ein eine einen einem einer eines kein keine keinen ihr ihre ihren ihrem ihrer sein seine seinen seinem seiner \
    diese dieser diesen dieses alle allen viele mehrere unsere unseren jede jeder manche einige weitere andere neue \
    neuen";

/// Words right behind which a product or vendor is named that somebody may or may not use, folded.
pub const TIES: &str = "using use uses used of from to on off out against called named dubbed nutzen von mit auf gegen namens de d' à a \
    al di con per pour utiliser usar usare nommé appelé llamado chiamato sur contre contra contro su el le il l' für \
    zu";

/// What stands between two names of a list, folded.
pub const LISTS: &[&str] = &[" and ", ", ", " or ", " und ", " oder ", " et ", " ou ", " y ", " o ", " e ", ", and "];

/// Endings of names in scripts without spaces, folded to simplified characters, with what they name.
pub const TAILS: &[(&str, Guess)] = &[
    ("ホールディングス", Guess::Company),
    ("フィナンシャルグループ", Guess::Bank),
    ("银行", Guess::Bank),
    ("證券", Guess::Bank),
    ("证券", Guess::Bank),
    ("证券公司", Guess::Bank),
    ("証券", Guess::Bank),
    ("保险", Guess::Bank),
    ("保険", Guess::Bank),
    ("生命", Guess::Bank),
    ("人寿", Guess::Bank),
    ("金控", Guess::Bank),
    ("信托", Guess::Bank),
    ("信金", Guess::Bank),
    ("信用金库", Guess::Bank),
    ("信用金庫", Guess::Bank),
    ("交易所", Guess::Bank),
    ("基金", Guess::Bank),
    ("集团", Guess::Company),
    ("公司", Guess::Company),
    ("科技", Guess::Vendor),
    ("智能", Guess::Vendor),
    ("委员会", Guess::Authority),
    ("委員会", Guess::Authority),
    ("은행", Guess::Bank),
    ("증권", Guess::Bank),
    ("보험", Guess::Bank),
    ("생명", Guess::Bank),
    ("화재", Guess::Bank),
    ("카드", Guess::Bank),
    ("캐피탈", Guess::Bank),
    ("금융", Guess::Bank),
    ("금융지주", Guess::Bank),
    ("자산운용", Guess::Bank),
    ("거래소", Guess::Bank),
    ("그룹", Guess::Company),
    ("테크", Guess::Vendor),
    ("위원회", Guess::Authority),
];

/// Heads that make a class of firms of such a name and not one firm: 多家银行, 시중은행.
pub const CLASSES: &str = "各 要求 改用 使用 允许 禁止 通知 提醒 各家 营运 혁신 多家 数家 两家 三家 几家 该 此 这家 这些 其他 其它 部分 \
    大型 中小 国内 国外 海外 境外 境内 外国 外资 本地 地方 中央 商业 投资 国有 全国 大手 主要 日系 美系 同 旧 新 \
    都市 同业 私人 某 母 子 上市 分 总 我 贵 本 他 她 它 跨国 一家 另一家 第二家 首家 科技 人工 人工智能 金融 保险 \
    证券 시중 지방 국내 해외 외국계 대형 저축 중앙 인터넷 국책 일부 다른 주요 민간 신용 외부 생성형 디지털 통합 비 \
    전 타 한국";

/// Characters at which a name in Han characters begins anew.
pub const CUTS: &str = "的在和与及或由被把将对向从为因以让使令是有称说指于至到按据经并而但又也都已曾则就即之其每日月年时起后前内外上下中等家名位间所の、，。「」『』・はがをにでともへや";
