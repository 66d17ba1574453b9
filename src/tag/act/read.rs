//! Reads an article sentence by sentence: each act becomes a draft, drafts become events.

use crate::model::event::{Action, ActorKind, Audience, Instrument};
use crate::model::taxonomy::Kind;
use crate::model::when::PartialDate;
use crate::tag::dates;
use crate::tag::names::{Name, Names};
use crate::tag::scene::{Sentence, View};
use crate::tag::words::{Class, Cue, Mark, Phrases, Words};

use super::draft::Reading;
use super::gather::{Draft, gather};
use super::party::{Actor, Heard, How, Party, is_subject, parties};
use super::place;
use super::roles::{name_products, technologies};
use super::trigger::triggers;
use super::trust::parted;
use super::why::{Step, Why};
use crate::tag::rule::Rule;

/// What reading needs beside the sentences.
pub struct Context<'a> {
    /// Names.
    pub names: &'a Names,
    /// Words of all languages.
    pub words: &'a Words,
    /// Words of the article's language.
    pub phrases: &'a Phrases,
    /// The fields.
    pub views: &'a [View<'a>],
    /// The day, month or year of the report.
    pub published: Option<PartialDate>,
    /// The verb stands at the end (Japanese, Korean).
    pub sov: bool,
    /// Every ground that the article names anywhere.
    pub grounds: &'a [Instrument],
    /// Subjects may go unsaid (Chinese, Japanese, Korean).
    pub elliptic: bool,
}

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// Distinct events with their clarity.
    pub drafts: Vec<Draft>,
    /// Events that are too doubtful to be told: only what they are about is told.
    pub doubted: Vec<Draft>,
    /// Why each event of the verdict reads as it does, in its order.
    pub whys: Vec<Why>,
    /// Ids of banks that the article names, and are no bystanders, each with its place.
    pub banks: Vec<(String, Step)>,
    /// Products with their vendors in such parts, each with its place.
    pub products: Vec<(String, String, Step)>,
}

/// Whether an article may tell of an act at all: it has words for one, and a technology that the act may be on. Most articles
/// have not, and are not read any further.
pub fn may_tell(names: &Names, views: &[View<'_>]) -> bool {
    let act = |mark: &Mark| matches!(mark.class, Class::Act(..));
    let at_large = |mark: &Mark| matches!(mark.class, Class::Cue(Cue::Tech | Cue::Chip | Cue::Listing));
    let technology =
        |name: &Name| name.members.iter().any(|index| matches!(names.members[*index].kind, Kind::Vendor | Kind::Product));
    let mut marks = views.iter().flat_map(|view| &view.marks);
    marks.clone().any(act) && (marks.any(at_large) || views.iter().flat_map(|view| &view.names).any(technology))
}

/// The events of an article.
pub fn events(context: &Context<'_>, sentences: &[Sentence<'_>]) -> Found {
    let mut heard = introduced(context.names, sentences);
    let mut drafts = Vec::new();
    let mut found = Found::default();
    for sentence in sentences {
        let mut techs = technologies(sentence, context.names, &context.words.shops);
        name_products(sentence, &mut techs, &heard);
        let triggers = triggers(sentence, &techs, context.phrases, context.sov);
        // Dates are asked for only where an act is told, or said to be somebody's as well.
        let is_told = !triggers.is_empty() || !drafts.is_empty();
        let dates = || dates::find(sentence.text, sentence.start, sentence.end, context.published);
        let reading = Reading {
            context,
            sentence,
            parties: parties(sentence, context.names, &heard),
            techs,
            dates: if is_told { dates() } else { Vec::new() },
        };
        let mut last: Option<Party> = None;
        let told_before = drafts.len();
        for trigger in triggers {
            let party = reading.actor(&trigger, last.as_ref());
            let mut told = reading.drafts(&trigger, party.as_ref(), &heard);
            for other in party.iter().flat_map(|party| reading.beside(party)) {
                let listed = reading.drafts(&trigger, Some(other), &heard);
                told.extend(listed.into_iter().map(Draft::of_a_list));
            }
            if !told.is_empty() {
                reading.note(&trigger, &mut found);
                last = party.or(last);
                heard.subject = last.as_ref().map(|party| party.actor.clone()).or(heard.subject);
            }
            drafts.extend(told);
        }
        if last.is_none() {
            heard.subject = reading.topic().or(heard.subject);
        }
        // "Goldman had done the same in April": of what this sentence tells, else of what the story has told before it.
        let precedents = reading.precedents(&drafts, told_before);
        drafts.extend(precedents);
        reading.note_banks(&mut found);
        hear(&mut heard, &reading);
    }
    place_unplaced(context.names, sentences, &mut drafts);
    (found.drafts, found.doubted) = parted(gather(drafts));
    ground_the_first(context.grounds, &mut found.drafts);
    found
}

/// What the first act of an authority rests on may be said in another sentence: the only ground that the story names.
fn ground_the_first(grounds: &[Instrument], drafts: &mut [Draft]) {
    let limits = |action: Action| matches!(action, Action::Prohibit | Action::Restrict | Action::Suspend | Action::Investigate);
    let of_state = |draft: &&mut Draft| draft.event.actor_kind == Some(ActorKind::Government) && !draft.event.recalled;
    let Some(first) = drafts.iter_mut().find(of_state).filter(|draft| limits(draft.event.action)) else { return };
    if first.event.instrument != Instrument::NoneStated {
        return;
    }
    let own_staff = first.event.audience == Audience::GovernmentStaff;
    let fits = |ground: &Instrument| match ground {
        Instrument::NationalSecurity | Instrument::Censorship => true,
        Instrument::DataProtection => !own_staff,
        _ => false,
    };
    let mut named = grounds.iter().copied().filter(fits);
    if let (Some(only), None) = (named.next(), named.next()) {
        first.event.instrument = only;
        first.why.instrument = Step::concluded(Rule::GroundOfStory);
    }
}

/// Acts of vendors and firms of which no place is named where they are told concern the place that the story is about: the
/// one of its title, or else the only one whose access any sentence speaks of.
fn place_unplaced(names: &Names, sentences: &[Sentence<'_>], drafts: &mut [Draft]) {
    let mut places: Vec<Vec<String>> = sentences.iter().take(6).map(|sentence| place::spoken_of(sentence, names)).collect();
    places.retain(|found| !found.is_empty());
    let Some(first) = places.first().cloned() else { return };
    let unplaced = drafts.iter_mut().filter(|draft| draft.event.regions.is_empty() && !draft.event.recalled);
    for draft in unplaced.filter(|draft| draft.event.actor_kind != Some(ActorKind::Government)) {
        draft.event.regions.clone_from(&first);
        draft.why.regions.extend(first.iter().map(|place| (place.clone(), Step::concluded(Rule::PlaceOfStory))));
    }
}

/// Whom the story is about before its first sentence is read: the title may say "the Wall Street lender".
fn introduced(names: &Names, sentences: &[Sentence<'_>]) -> Heard {
    let places = sentences.iter().map(|sentence| place::abroad(sentence, names)).find(|places| !places.is_empty());
    let mut heard = Heard { abroad: places.unwrap_or_default(), ..Heard::default() };
    for sentence in sentences {
        for name in sentence.names {
            for member in name.members.iter().map(|index| &names.members[*index]) {
                match member.kind {
                    Kind::Bank if heard.bank.is_none() => heard.bank = Actor::of(member),
                    Kind::Vendor if heard.vendor.is_none() => heard.vendor = Actor::of(member),
                    Kind::Authority if heard.authority.is_none() => heard.authority = Actor::of(member),
                    Kind::Product if heard.product.is_none() => heard.product = Some((member.id.clone(), member.of.clone())),
                    _ => {}
                }
            }
        }
    }
    heard
}

impl Reading<'_> {
    /// Whoever a sentence that tells of no act opens with: the next one speaks of it.
    fn topic(&self) -> Option<Actor> {
        const OPENING: usize = 40;
        let opens = |party: &&Party| party.start - self.sentence.start <= OPENING && party.how >= How::Capital;
        self.parties.iter().filter(opens).find(|party| is_subject(self.sentence, party)).map(|party| party.actor.clone())
    }
}

/// Remembers whom a sentence named, for the nouns of the next: of several its subject.
fn hear(heard: &mut Heard, reading: &Reading<'_>) {
    // Whoever stands last counts, unless somebody before is a subject and it is none.
    let aside = reading.parties.iter().filter(|party| !is_subject(reading.sentence, party));
    let subjects = reading.parties.iter().filter(|party| is_subject(reading.sentence, party));
    // A country that only says where has no government that the next sentence means by "the authority".
    let aside = aside.filter(|party| party.how != How::Capital);
    let body = |party: &Party| party.actor.kind == ActorKind::Government && party.how >= How::Office;
    let bodies = reading.parties.iter().any(body);
    let subjects = subjects.filter(|party| party.how != How::Capital || !bodies);
    for party in aside.chain(subjects) {
        let slot = match party.actor.kind {
            ActorKind::Bank => &mut heard.bank,
            ActorKind::Vendor => &mut heard.vendor,
            ActorKind::Government => &mut heard.authority,
            ActorKind::Company => continue,
        };
        *slot = Some(party.actor.clone());
        if party.how == How::Named && party.actor.kind != ActorKind::Government {
            heard.named.retain(|actor| actor.id != party.actor.id);
            heard.named.push(party.actor.clone());
        }
        if party.actor.country.is_some() && party.actor.kind == ActorKind::Government {
            heard.country.clone_from(&party.actor.country);
        }
    }
    let spoken_of = place::spoken_of(reading.sentence, reading.context.names);
    if !spoken_of.is_empty() {
        heard.places = spoken_of;
    }
    let abroad = place::abroad(reading.sentence, reading.context.names);
    if !abroad.is_empty() {
        heard.abroad = abroad;
    }
    if let Some(tech) = reading.techs.iter().rev().find(|tech| tech.product.is_some() && !tech.bystander) {
        heard.product = tech.product.clone().map(|product| (product, tech.vendor.clone()));
    }
}
