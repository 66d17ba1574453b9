//! What the commentary asks of the record (`seed/EXEMPLARS.md`, part 3): precedents, order and pace, shares, what remains.
//!
//! All leave out what is superseded, and all but `pending` leave out what was pending on the day asked for. Take
//! [`Ledger::as_known`] first to ask by what had been seen on an earlier day. Lists are in order of beginning, earliest first.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::cell::{AsOf, Cell, State};
use super::record::{Layer, Ledger, Record};
use super::rules::Family;
use crate::model::event::{Action, ActorKind, Audience};
use crate::model::taxonomy::Kind;

/// Which of its kind a record is.
#[derive(Clone, Debug, PartialEq)]
pub struct Nth<'a> {
    /// From 1; actors count once.
    pub ordinal: usize,
    /// The earlier records that it counts, one an actor (its first), earliest first. Empty for the first.
    pub earlier: Vec<&'a Record>,
    /// Whether the record reaches back a year before this one, so that "the first on record" may be said.
    pub searched: bool,
}

/// Of the measures of a kind, which were lifted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reversals<'a> {
    /// The measures, lifted or not.
    pub measures: Vec<&'a Record>,
    /// Those lifted, each with the day on which it was closed and the entry that closed it.
    pub lifted: Vec<(&'a Record, Date, u64)>,
}

/// Where a product meets a limit, and where a question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Jurisdictions {
    /// Ids of places in which an authority limits it, sorted.
    pub limits: Vec<String>,
    /// Ids of places in which an authority has asked and not limited, sorted.
    pub questions: Vec<String>,
}

impl Ledger {
    /// Earlier records of the same family on the same product in a shared region, by other actors of the same kind; of states
    /// by other states, since newsrooms name one act of a state by several of its bodies.
    pub fn precedents(&self, record: &Record, before: Date) -> Vec<&Record> {
        self.earlier(record, before, |other| {
            party(other) != party(record) && alike(other, record) && self.shares_region(other, record)
        })
    }

    /// Earlier records of the same family and the same stated ground by actors of the same kind, on whatever product.
    pub fn same_ground(&self, record: &Record, before: Date) -> Vec<&Record> {
        self.earlier(record, before, |other| {
            other.event.instrument == record.event.instrument
                && other.event.actor_kind == record.event.actor_kind
                && other.event.action.family() == record.event.action.family()
        })
    }

    /// Which actor of its kind, by order of beginning, took this action's family to this product in a shared region. Of
    /// states each counts once, whichever of its bodies acted.
    pub fn nth(&self, record: &Record, before: Date) -> Nth<'_> {
        let mut actors = BTreeSet::new();
        let mut earlier = self.precedents(record, before);
        earlier.retain(|other| party(other).is_some_and(|party| actors.insert(party.to_string())));
        let searched =
            self.reaches_back_to().is_some_and(|first| record.begins.since(first).is_ok_and(|span| span.get_days() >= 365));
        Nth { ordinal: earlier.len() + 1, earlier, searched }
    }

    /// What the same actor did before, to whatever product.
    pub fn same_actor(&self, record: &Record, before: Date) -> Vec<&Record> {
        self.earlier(record, before, |other| other.event.actor.is_some() && other.event.actor == record.event.actor)
    }

    /// What the same actor did before to products of other makers or to others of this maker.
    pub fn same_actor_other_products(&self, record: &Record, before: Date) -> Vec<&Record> {
        let mut found = self.same_actor(record, before);
        found.retain(|other| other.event.product != record.event.product || other.event.vendor != record.event.vendor);
        found
    }

    /// What else is recorded of this vendor's technology, anywhere, by anybody.
    pub fn same_vendor(&self, record: &Record, before: Date) -> Vec<&Record> {
        self.earlier(record, before, |other| other.event.vendor.is_some() && other.event.vendor == record.event.vendor)
    }

    /// What is recorded of this vendor's technology in other places.
    pub fn same_vendor_elsewhere(&self, record: &Record, before: Date) -> Vec<&Record> {
        let mut found = self.same_vendor(record, before);
        found.retain(|other| !other.event.regions.is_empty() && !self.shares_region(other, record));
        found
    }

    /// What others decided on the same product, anywhere.
    pub fn same_product(&self, record: &Record, before: Date) -> Vec<&Record> {
        let mut found = self.same_vendor(record, before);
        found.retain(|other| other.event.product == record.event.product && other.event.actor != record.event.actor);
        found
    }

    /// What is recorded of other vendors' technology in a shared place.
    pub fn same_region(&self, record: &Record, before: Date) -> Vec<&Record> {
        self.earlier(record, before, |other| {
            other.event.vendor.is_some() && other.event.vendor != record.event.vendor && self.shares_region(other, record)
        })
    }

    /// The steps of one course of events around a record, itself included: the same vendor and product in a shared region by
    /// the same actor, or by another of the same layer, and the entries that closed or deny them.
    pub fn sequence(&self, record: &Record, before: Date) -> Vec<&Record> {
        let linked = |other: &Record| {
            other.n == record.n
                || other.closed.is_some_and(|(n, _)| n == record.n)
                || record.closed.is_some_and(|(n, _)| n == other.n)
                || other.disputed_by.contains(&record.n)
                || record.disputed_by.contains(&other.n)
                || other.layer == record.layer
                    && (other.event.vendor.as_ref(), other.event.product.as_ref())
                        == (record.event.vendor.as_ref(), record.event.product.as_ref())
                    && self.shares_region(other, record)
        };
        in_order(self.standing().filter(|other| other.n == record.n || other.begins <= before).filter(|other| linked(other)))
    }

    /// Products that an organisation's people may use in a region by an entry that says so: every one whose strictest layer
    /// is an `allowed`, sorted. For what reports say remains, see the articles' statements.
    pub fn remains(&self, organisation: &str, region: &str, as_of: AsOf) -> Vec<String> {
        let open = |product: &&str| {
            let cell = Cell {
                organisation: Some(organisation.to_string()),
                product: (*product).to_string(),
                region: region.to_string(),
                audience: Audience::Employees,
            };
            self.cell(&cell, as_of).effect().is_some_and(|(_, held)| held.state == State::Allowed)
        };
        self.taxonomy.of(Kind::Product).map(|product| product.id.as_str()).filter(open).map(str::to_string).collect()
    }

    /// Every organisation that has a state of its own policy for a product in a region on a day, by id: its employees' access.
    pub fn state_share(&self, product: &str, region: &str, as_of: AsOf) -> Vec<(String, State)> {
        let policies = self.records.iter().filter(|record| record.layer == Layer::Policy);
        let organisations: BTreeSet<&String> = policies.filter_map(|record| record.event.actor.as_ref()).collect();
        let state = |organisation: &String| {
            let cell = Cell {
                organisation: Some(organisation.clone()),
                product: product.to_string(),
                region: region.to_string(),
                audience: Audience::Employees,
            };
            let [_, _, policy] = self.cell(&cell, as_of).layers;
            policy.held.map(|held| (organisation.clone(), held.state))
        };
        organisations.into_iter().filter_map(state).collect()
    }

    /// Of the measures of a record's family by actors of its kind on its product, in whatever place: which were lifted by a day.
    pub fn reversals(&self, record: &Record, by: Date) -> Reversals<'_> {
        self.reversals_where(by, |other| alike(other, record))
    }

    /// Of the closing measures that fit, which were lifted by a day.
    pub fn reversals_where(&self, by: Date, fits: impl Fn(&Record) -> bool) -> Reversals<'_> {
        let begun = |record: &&Record| record.begins <= by && !record.pending_on(by) && !pends(record);
        let closing = |record: &&Record| record.event.action.family() == Family::Closes;
        let measures = in_order(self.standing().filter(begun).filter(closing).filter(|record| fits(record)));
        let closed = |record: &&'_ Record| record.closed.filter(|(_, day)| *day <= by);
        let lifted = measures.iter().filter_map(|record| closed(record).map(|(n, day)| (*record, day, n))).collect();
        Reversals { measures, lifted }
    }

    /// Entries in force or ended that began by a day and fit, for counts by vendor, ground or form.
    pub fn tally(&self, by: Date, fits: impl Fn(&Record) -> bool) -> Vec<&Record> {
        in_order(self.standing().filter(|record| record.begins <= by && !record.pending_on(by) && fits(record)))
    }

    /// Where authorities limit a product or only ask about it, on a day. Groups count as themselves.
    pub fn jurisdictions(&self, product: &str, day: Date) -> Jurisdictions {
        let vendor = self.taxonomy.get(Kind::Product, product).and_then(|member| member.vendor.as_deref());
        let of_product = |record: &&Record| match &record.event.product {
            Some(named) => named == product,
            None => record.event.vendor.is_some(),
        };
        let law = |record: &&Record| record.layer == Layer::Law && record.holds_on(day);
        let places = |wanted: &dyn Fn(&Record) -> bool| -> BTreeSet<String> {
            let found = self.about(vendor).filter(law).filter(of_product).filter(|record| wanted(record));
            found.flat_map(|record| record.event.regions.iter().cloned()).collect()
        };
        let limits = places(&|record| record.event.action.family() == Family::Closes);
        let questions = places(&|record| record.event.action == Action::Investigate);
        Jurisdictions { questions: questions.difference(&limits).cloned().collect(), limits: limits.into_iter().collect() }
    }

    /// What is proposed, promised or rumoured about the same vendor's technology in a shared place, and not in force by a day.
    pub fn pending(&self, record: &Record, day: Date) -> Vec<&Record> {
        let about = self.about(record.event.vendor.as_deref());
        in_order(about.filter(|other| {
            other.n != record.n
                && other.event.vendor == record.event.vendor
                && other.first_reported() <= day
                && other.pending_on(day)
                && self.shares_region(other, record)
        }))
    }

    /// Days from one record's first report to another's; `None` where a report is not dated to the day. Negative when the
    /// second was reported first.
    pub fn days_between_reports(&self, from: &Record, to: &Record) -> Option<i64> {
        Some(days(first_report_day(from)?, first_report_day(to)?))
    }

    /// Days from one event to another; `None` unless both days are stated.
    pub fn days_between(&self, from: &Record, to: &Record) -> Option<i64> {
        (from.day_known && to.day_known).then(|| days(from.begins, to.begins))
    }

    /// How long a state lasted: first day, day of closing, days between. `None` while it lasts or where its first day is not
    /// known.
    pub fn duration(&self, record: &Record) -> Option<(Date, Date, i64)> {
        let (_, closed) = record.closed.filter(|_| record.day_known)?;
        Some((record.begins, closed, days(record.begins, closed)))
    }

    /// The first day that the record covers; `None` for an empty one. "The first on record" may be said a year after it.
    pub fn reaches_back_to(&self) -> Option<Date> {
        self.standing().map(|record| record.begins).min()
    }

    /// The reports of a record that give each ground, none-stated left out: ground and article ids, most reports first.
    pub fn grounds<'a>(&self, record: &'a Record) -> Vec<(crate::model::event::Instrument, Vec<&'a str>)> {
        use crate::model::event::Instrument;
        let own = || record.reports.iter().filter(|report| !report.evidence_only);
        let of = |ground: Instrument| {
            own().filter(|report| report.instrument == ground).map(|report| report.article.as_str()).collect()
        };
        let stated = Instrument::ALL.iter().copied().filter(|ground| *ground != Instrument::NoneStated);
        let mut grounds: Vec<(Instrument, Vec<&str>)> = stated.map(|ground| (ground, of(ground))).collect();
        grounds.retain(|(_, articles)| !articles.is_empty());
        grounds.sort_by_key(|(_, articles)| std::cmp::Reverse(articles.len()));
        grounds
    }

    /// Whether two records name a place in common: one within the other, or both none.
    pub fn shares_region(&self, one: &Record, other: &Record) -> bool {
        let (mine, theirs) = (&one.event.regions, &other.event.regions);
        let meets = |a: &String| theirs.iter().any(|b| self.taxonomy.within(a, b) || self.taxonomy.within(b, a));
        mine.is_empty() && theirs.is_empty() || mine.iter().any(meets)
    }

    fn earlier(&self, record: &Record, before: Date, fits: impl Fn(&Record) -> bool) -> Vec<&Record> {
        let earlier = |other: &&Record| other.n != record.n && !pends(other) && precedes(other, record) && other.begins <= before;
        in_order(self.standing().filter(earlier).filter(|other| !other.pending_on(before) && fits(other)))
    }
}

/// Who acts, a state's bodies as the state.
fn party(record: &Record) -> Option<&str> {
    let actor = record.event.actor.as_deref()?;
    let state = record.event.actor_kind == Some(ActorKind::Government);
    if state { actor.split('-').next() } else { Some(actor) }
}

/// Same kind of actor, family, vendor and product.
fn alike(one: &Record, other: &Record) -> bool {
    let key = |record: &Record| {
        let event = &record.event;
        (event.actor_kind, event.action.family(), event.vendor.clone(), event.product.clone())
    };
    key(one) == key(other)
}

/// Never came into force as far as recorded.
fn pends(record: &Record) -> bool {
    use crate::model::event::Status::{Considered, Proposed, Rumoured};
    matches!(record.event.status, Proposed | Considered | Rumoured)
}

/// Began before; of two that began on one day, was reported first.
fn precedes(one: &Record, other: &Record) -> bool {
    (one.begins, one.first_reported(), one.n) < (other.begins, other.first_reported(), other.n)
}

fn in_order<'a>(records: impl Iterator<Item = &'a Record>) -> Vec<&'a Record> {
    let mut records: Vec<&Record> = records.collect();
    records.sort_by_key(|record| (record.begins, record.first_reported(), record.n));
    records
}

fn first_report_day(record: &Record) -> Option<Date> {
    let own = record.reports.iter().filter(|report| !report.evidence_only);
    own.min_by_key(|report| report.published).and_then(|report| report.published.exact())
}

fn days(from: Date, to: Date) -> i64 {
    i64::from(from.until(to).map_or(0, |span| span.get_days()))
}

impl ActorKind {
    /// Whether it decides for its own people: a bank or a company.
    pub fn is_organisation(self) -> bool {
        matches!(self, Self::Bank | Self::Company)
    }
}
