//! Audience, ground and stage of an act: what its words say, else what follows from who acts.

use crate::model::event::{Action, ActorKind, Audience, Instrument, Status};
use crate::tag::scene::Sentence;
use crate::tag::words::{Class, Cue, Frame, Mark, Office, Referent};

use super::party::Actor;
use super::trigger::{Trigger, after, before};
use super::why::{Because, Step};
use crate::tag::rule::Rule;

/// What is known of an act when its audience, ground and stage are asked for.
pub struct Question<'a> {
    /// Its sentence.
    pub sentence: &'a Sentence<'a>,
    /// Its words.
    pub trigger: &'a Trigger,
    /// Whoever acts.
    pub actor: Option<&'a Actor>,
    /// The product.
    pub product: Option<&'a str>,
    /// Whether the product is a chip.
    pub chip: bool,
    /// Banks that are no actors stand in the zone.
    pub banks: bool,
    /// Banks stand in the zone by name.
    pub banks_act: bool,
    /// The story is about a bank, or the sentence about finance.
    pub finance: bool,
    /// What authorities do.
    pub offices: &'a [Office],
    /// The office of whoever set what a court ends.
    pub lifted: Option<&'a str>,
}

impl Question<'_> {
    fn office(&self) -> Option<&Office> {
        let role = self.actor?.role.as_deref()?;
        self.offices.iter().find(|office| office.role == role)
    }

    /// Whose access a court gives back: that of everybody where a watchdog over privacy or media had ended it.
    fn whom_it_rules_on(&self) -> Option<Audience> {
        let role = self.lifted.filter(|role| matches!(*role, "data-protection" | "communications"))?;
        self.offices.iter().find(|office| office.role == role).map(|office| office.audience)
    }

    fn kind(&self) -> Option<ActorKind> {
        self.actor.map(|actor| actor.kind)
    }

    fn in_zone(&self, start: usize) -> bool {
        start >= self.trigger.zone.0 && start < self.trigger.zone.1
    }
}

/// Whose access it is.
pub fn audience(question: &Question<'_>) -> Because<Audience> {
    let stated = question.sentence.marks.iter().filter(|mark| question.in_zone(mark.start)).filter_map(|mark| {
        let Class::Audience(audience) = mark.class else { return None };
        if names_the_maker(question, mark) || is_in_noun(question.sentence, mark) {
            return None;
        }
        if after(question.sentence, mark.end, 4, Cue::Say).is_some() {
            return None;
        }
        let gap = if mark.start >= question.trigger.start {
            mark.start.saturating_sub(question.trigger.end)
        } else {
            // What stands before the act is oftener its subject than its object.
            (question.trigger.start - mark.end.min(question.trigger.start)) + 20
        };
        // A user is anybody, an employee is somebody.
        let vague = matches!(audience, Audience::Public | Audience::Companies | Audience::Customers);
        Some((vague, gap, (*mark, audience)))
    });
    let best = stated.min_by_key(|(vague, gap, _)| (*vague, *gap)).map(|(.., best)| best);
    let step = |rule: Rule| best.map_or(Step::concluded(rule), |(mark, _)| Step::mark(rule, question.sentence, mark));
    let concluded = |value: Audience, rule: Rule| Because::concluded(value, rule);
    let customers = matches!(best, Some((_, Audience::Customers | Audience::Public | Audience::Developers)));
    match (best.map(|(_, audience)| audience), question.kind()) {
        (Some(Audience::Customers), Some(ActorKind::Bank | ActorKind::Company)) => {
            Because { value: Audience::Customers, step: step(Rule::AudienceStated) }
        }
        (found, Some(ActorKind::Bank | ActorKind::Company)) if !customers || question.trigger.action != Action::Deny => {
            let own = if found == Some(Audience::Employees) { Rule::AudienceStated } else { Rule::AudienceOwnStaff };
            Because { value: Audience::Employees, step: step(own) }
        }
        (Some(Audience::Employees), Some(ActorKind::Government)) if !question.banks => {
            Because { value: Audience::GovernmentStaff, step: step(Rule::AudienceCivilServants) }
        }
        (Some(Audience::Customers | Audience::Developers), Some(ActorKind::Government)) if question.chip => {
            concluded(Audience::Companies, Rule::AudienceOfChips)
        }
        (Some(Audience::Companies), Some(ActorKind::Government)) if asks_about_people(question) => {
            concluded(Audience::Public, Rule::AudienceOfOffice)
        }
        (Some(value), _) => Because { value, step: step(Rule::AudienceStated) },
        (None, Some(ActorKind::Bank | ActorKind::Company)) => concluded(Audience::Employees, Rule::AudienceOwnStaff),
        (None, Some(ActorKind::Government)) if question.chip => concluded(Audience::Companies, Rule::AudienceOfChips),
        (None, Some(ActorKind::Government)) if own_forces(question) => {
            concluded(Audience::GovernmentStaff, Rule::AudienceOwnForces)
        }
        (None, Some(ActorKind::Government)) => match question.office() {
            Some(office) => concluded(question.whom_it_rules_on().unwrap_or(office.audience), Rule::AudienceOfOffice),
            None if licenses(question) => concluded(Audience::Companies, Rule::AudienceFirms),
            None => concluded(Audience::Public, Rule::AudienceEverybody),
        },
        (None, _) if question.chip => concluded(Audience::Companies, Rule::AudienceOfChips),
        (None, _) if question.banks => concluded(Audience::Companies, Rule::AudienceFirms),
        (None, _) if question.product.is_some_and(|product| product.ends_with("-api")) => {
            concluded(Audience::Developers, Rule::AudienceOfApi)
        }
        (None, Some(ActorKind::Vendor)) => concluded(of_vendor(question), Rule::AudienceOfVendor),
        (None, None) => concluded(Audience::Public, Rule::AudienceEverybody),
    }
}

/// "the developer": whoever makes it uses nothing.
fn names_the_maker(question: &Question<'_>, audience: &Mark) -> bool {
    let maker = |mark: &&Mark| mark.class == Class::Refers(Referent::Vendor);
    question.sentence.marks.iter().copied().filter(maker).any(|mark| mark.start <= audience.start && mark.end >= audience.end)
}

/// A guardian of privacy or a commission that asks a firm about its product asks for those who use it.
fn asks_about_people(question: &Question<'_>) -> bool {
    let privacy = question.office().is_some_and(|office| office.role == "data-protection");
    question.trigger.action == Action::Investigate && !question.banks_act && (privacy || question.office().is_none())
}

/// What a state permits under conditions, where nobody is named, firms do.
fn licenses(question: &Question<'_>) -> bool {
    matches!(question.trigger.action, Action::Allow | Action::Restrict) && question.finance
}

/// "这家公司的任何产品": a word in a longer one for whom the story has introduced names nobody else.
fn is_in_noun(sentence: &Sentence<'_>, mark: &Mark) -> bool {
    let longer =
        |other: &&&Mark| other.start <= mark.start && other.end >= mark.end && other.end - other.start > mark.end - mark.start;
    sentence.marks.iter().filter(longer).any(|other| matches!(other.class, Class::Refers(_)))
}

/// What a ministry of defence stops without naming anybody it stops in its own ranks; only a designation reaches firms.
fn own_forces(question: &Question<'_>) -> bool {
    let trigger = question.trigger;
    let designates = question.sentence.marks.iter().any(|mark| {
        mark.class == Class::Ground(Instrument::NationalSecurity) && mark.start < trigger.end && mark.end > trigger.start
    });
    question.office().is_some_and(|office| office.role == "defence") && !designates
}

/// Whom a vendor means where nobody is named: a product that is not there is missed by anybody who would use it.
fn of_vendor(question: &Question<'_>) -> Audience {
    match (question.trigger.action, question.product) {
        (Action::Withhold | Action::Suspend, Some(_)) => Audience::Public,
        _ => Audience::Customers,
    }
}

/// The ground: of the zone, then of the sentence, then what follows from who acts, then of the article.
pub fn ground(question: &Question<'_>, article: &[Instrument], recalled: bool) -> Because<Instrument> {
    let none = || Because::concluded(Instrument::NoneStated, Rule::GroundNone);
    let audience = audience(question).value;
    let found = stated_ground(question, audience, recalled);
    if question.trigger.action == Action::Deny {
        return none();
    }
    let anywhere = |ground: Instrument| article.contains(&ground) && !recalled;
    match question.kind() {
        Some(ActorKind::Government) => of_state(question, found),
        Some(ActorKind::Bank | ActorKind::Company) => {
            let opens = matches!(question.trigger.action, Action::Allow | Action::Restore);
            // A firm that stops because of what it signed stops on its supplier's terms.
            let signed = anywhere(Instrument::VendorTerms);
            let buys = question.trigger.action == Action::Allow && anywhere(Instrument::Procurement);
            match found.filter(|found| opens || found.value != Instrument::Procurement) {
                Some(found) => found,
                None if !opens && signed => Because::concluded(Instrument::VendorTerms, Rule::GroundOfTerms),
                None if buys => Because::concluded(Instrument::Procurement, Rule::GroundOfPurchase),
                // Why it lets its people use something, or did something long ago, a firm seldom says.
                None if recalled || question.trigger.action == Action::Allow => none(),
                None => Because::concluded(Instrument::InternalPolicy, Rule::GroundOwnRules),
            }
        }
        Some(ActorKind::Vendor) => {
            if matches!(question.trigger.action, Action::Allow | Action::Restore) {
                return none();
            }
            let limits = matches!(question.trigger.action, Action::Prohibit | Action::Restrict);
            let by_owner = audience == Audience::ChineseOwnedEntities;
            let terms = limits && (by_owner || anywhere(Instrument::VendorTerms));
            // That a place is not on the list says no more than that it is left out.
            let listed = question.trigger.action == Action::Withhold || recalled;
            match found.filter(|found| !listed || found.value != Instrument::VendorTerms) {
                Some(found) => found,
                None if terms => Because::concluded(Instrument::VendorTerms, Rule::GroundOfTerms),
                None => none(),
            }
        }
        None => found.filter(|found| found.value != Instrument::DataProtection).unwrap_or_else(none),
    }
}

/// The ground that words of the zone, else of the sentence state.
fn stated_ground(question: &Question<'_>, audience: Audience, recalled: bool) -> Option<Because<Instrument>> {
    // What civil servants may not use rests on security, or on nothing that is said; privacy is the public's ground.
    let own_staff = question.kind() == Some(ActorKind::Government) && audience == Audience::GovernmentStaff;
    let stated = |inside: bool| {
        question.sentence.marks.iter().filter(|mark| question.in_zone(mark.start) == inside).find_map(|mark| match mark.class {
            Class::Ground(Instrument::DataProtection) if own_staff => None,
            Class::Ground(value) if fits(value, question.kind()) => {
                Some(Because { value, step: Step::mark(Rule::GroundStated, question.sentence, mark) })
            }
            _ => None,
        })
    };
    stated(true).or_else(|| stated(false).filter(|_| !recalled))
}

fn of_state(question: &Question<'_>, stated: Option<Because<Instrument>>) -> Because<Instrument> {
    let office = question.office();
    if let Some(office) = office.filter(|office| office.ground == Instrument::CourtOrder) {
        return Because::concluded(office.ground, Rule::GroundOfOffice);
    }
    if question.chip && question.actor.is_some_and(|actor| actor.country.as_deref() != Some("CN")) {
        let sanctions = stated.filter(|ground| ground.value == Instrument::Sanctions);
        return sanctions.unwrap_or_else(|| Because::concluded(Instrument::ExportControl, Rule::GroundOfChips));
    }
    let own_staff = audience(question).value == Audience::GovernmentStaff;
    let by_office = office.map(|office| office.ground).filter(|ground| *ground != Instrument::NoneStated);
    // A ministry of finance keeps its own officials by no rule for banks.
    let by_office = by_office.filter(|ground| !own_staff || *ground != Instrument::FinancialRegulation);
    let by_office = by_office.map(|ground| Because::concluded(ground, Rule::GroundOfOffice));
    stated.or(by_office).unwrap_or_else(|| Because::concluded(Instrument::NoneStated, Rule::GroundNone))
}

/// Grounds that a kind of actor can have.
fn fits(ground: Instrument, kind: Option<ActorKind>) -> bool {
    match kind {
        Some(ActorKind::Government) => !matches!(ground, Instrument::VendorTerms | Instrument::InternalPolicy),
        Some(ActorKind::Vendor) => !matches!(ground, Instrument::CourtOrder | Instrument::Procurement),
        Some(ActorKind::Bank | ActorKind::Company) => {
            matches!(ground, Instrument::VendorTerms | Instrument::InternalPolicy | Instrument::Procurement)
        }
        None => true,
    }
}

/// How far the act has come, and whether the words say so.
pub fn status(question: &Question<'_>, future: bool) -> (Because<Status>, bool) {
    let trigger = question.trigger;
    let stated = question
        .sentence
        .marks
        .iter()
        .filter(|mark| question.in_zone(mark.start))
        .filter_map(|mark| match mark.class {
            // "suspended the order that had blocked": what is over is what is lifted.
            Class::Status(Status::Ended) if trigger.action == Action::Restore => None,
            Class::Status(status) if near(question, mark.start, mark.end) => Some((status, *mark)),
            _ => None,
        })
        .max_by_key(|(status, _)| weight(*status));
    let past = before(question.sentence, trigger.start, 40, Cue::Past);
    let contract = question.sentence.marks.iter().any(|mark| mark.class == Class::Ground(Instrument::Procurement));
    let signs = question.kind() == Some(ActorKind::Bank) && trigger.action == Action::Allow && contract;
    let concluded = Because::<Status>::concluded;
    if trigger.action == Action::Deny {
        return (concluded(Status::InForce, Rule::StagePlain), false);
    }
    let marked = |value: Status, rule: Rule, mark: &Mark| Because { value, step: Step::mark(rule, question.sentence, mark) };
    match (stated, past) {
        (None | Some((Status::InForce, _)), _) if signs => (concluded(Status::Announced, Rule::StageSigned), false),
        (Some((Status::Announced, _)), Some(past)) if !future => (marked(Status::InForce, Rule::StagePast, past), false),
        (Some((Status::Announced, mark)), None) if !future && is_done(question) => {
            (marked(Status::InForce, Rule::StagePast, mark), false)
        }
        (Some((status, mark)), _) => (marked(status, Rule::StageStated, mark), true),
        (None, _) if future => (concluded(Status::Announced, Rule::StageFuture), true),
        (None, _) => (concluded(Status::InForce, Rule::StagePlain), false),
    }
}

/// "遮断した", "막았다", "停用了": the verb itself says that it has been done, whatever date stands beside it.
fn is_done(question: &Question<'_>) -> bool {
    const TAIL: usize = 3;
    let (text, end) = (question.sentence.text, question.trigger.end);
    let tail: String = question.sentence.between(end, question.sentence.end).chars().take(TAIL).collect();
    let last: String = text.get(question.trigger.start..end).unwrap_or("").chars().rev().take(2).collect();
    // A Korean syllable that ends in ㅆ makes the past, save in 있 (is) and 겠 (will).
    let korean = |c: char| ('가'..='힣').contains(&c) && (c as u32 - '가' as u32) % 28 == 20 && !matches!(c, '있' | '겠');
    let japanese = tail.starts_with("した") || tail.starts_with('た') || last.starts_with('た');
    let planned = tail.starts_with("기로") || tail.starts_with("하기");
    japanese || tail.starts_with('了') || !planned && (tail.contains(korean) || last.contains(korean))
}

/// A sign of a stage counts before the act, or close behind it.
fn near(question: &Question<'_>, start: usize, end: usize) -> bool {
    let trigger = question.trigger;
    if end <= trigger.start {
        return trigger.start - end < 70;
    }
    let weak = is_reason_between(question, trigger.end, start);
    (start < trigger.end + 60 && !weak) || trigger.frame == Frame::Noun
}

/// "because files might leak": behind a word for why, what may happen is not the act.
fn is_reason_between(question: &Question<'_>, from: usize, to: usize) -> bool {
    question.sentence.marks.iter().any(|mark| mark.class == Class::Cue(Cue::Reason) && mark.start >= from && mark.end <= to)
}

/// Of two signs the weaker claim holds: "could ban from July" is only considered.
fn weight(status: Status) -> u8 {
    match status {
        Status::InForce => 0,
        Status::Announced => 1,
        Status::Proposed => 2,
        Status::Considered => 3,
        Status::Rumoured => 4,
        Status::Ended => 5,
    }
}

/// The words that show that the article only looks back at the act.
pub fn recalled(question: &Question<'_>) -> Option<Step> {
    let sentence = question.sentence;
    let past =
        before(sentence, question.trigger.start, 60, Cue::Past).or_else(|| after(sentence, question.trigger.end, 30, Cue::Past));
    past.map(|mark| Step::mark(Rule::RecalledWords, sentence, mark))
}
