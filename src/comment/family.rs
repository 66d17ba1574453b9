//! Which table of views and laws speaks: one table from who acts, what is done, on what ground and for whom.

use crate::model::event::{AccessEvent, Action, ActorKind, Audience, Instrument, Status};
use crate::model::taxonomy::{AuthorityKind, Kind, Taxonomy};

/// Who acts, as the table knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// A bank.
    Bank,
    /// A vendor.
    Vendor,
    /// A government, ministry, legislature or agency.
    Government,
    /// A supervisor.
    Regulator,
    /// A court.
    Court,
    /// Another company.
    Company,
    /// Nobody that a report names or describes.
    Unknown,
}

impl Who {
    /// All, with the names that templates use.
    pub const ALL: [(&'static str, Self); 7] = [
        ("bank", Self::Bank),
        ("vendor", Self::Vendor),
        ("government", Self::Government),
        ("regulator", Self::Regulator),
        ("court", Self::Court),
        ("company", Self::Company),
        ("unknown", Self::Unknown),
    ];

    /// Who acts in an event.
    pub fn of(event: &AccessEvent, taxonomy: &Taxonomy) -> Self {
        match event.actor_kind {
            Some(ActorKind::Bank) => Self::Bank,
            Some(ActorKind::Vendor) => Self::Vendor,
            Some(ActorKind::Company) => Self::Company,
            None => Self::Unknown,
            Some(ActorKind::Government) => {
                let member = event.actor.as_deref().and_then(|id| taxonomy.get(Kind::Authority, id));
                match member.and_then(|member| member.authority) {
                    Some(AuthorityKind::Regulator) => Self::Regulator,
                    Some(AuthorityKind::Court) => Self::Court,
                    Some(AuthorityKind::Government) | None => Self::Government,
                }
            }
        }
    }
}

/// The rows.
mod table;

pub use table::TABLE;

/// A row: the first that fits an event names its family. An empty list fits everything.
pub struct Row {
    /// `bank.prohibit.vendor-terms`.
    pub family: &'static str,
    /// The wider table whose views and laws it shares.
    pub pool: &'static str,
    who: &'static [Who],
    actions: &'static [Action],
    grounds: &'static [Instrument],
    audiences: &'static [Audience],
    statuses: &'static [Status],
    hosted: bool,
}

/// The row of an event; `hosted` when an article says that the user runs the model on own machines.
pub fn of(event: &AccessEvent, taxonomy: &Taxonomy, hosted: bool) -> &'static Row {
    let who = Who::of(event, taxonomy);
    let fits = |row: &&Row| {
        (row.who.is_empty() || row.who.contains(&who))
            && (row.actions.is_empty() || row.actions.contains(&event.action))
            && (row.grounds.is_empty() || row.grounds.contains(&event.instrument))
            && (row.audiences.is_empty() || row.audiences.contains(&event.audience))
            && (row.statuses.is_empty() || row.statuses.contains(&event.status))
            && (!row.hosted || hosted)
    };
    // The last row fits everything.
    TABLE.iter().find(fits).unwrap_or(&TABLE[TABLE.len() - 1])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::event::Action::Prohibit;
    use crate::model::event::Instrument::NoneStated;

    fn event(kind: Option<ActorKind>, action: Action, instrument: Instrument) -> AccessEvent {
        AccessEvent {
            actor: None,
            actor_kind: kind,
            action,
            vendor: None,
            product: None,
            regions: Vec::new(),
            audience: Audience::Public,
            instrument,
            status: Status::InForce,
            date: None,
            recalled: false,
            evidence: Vec::new(),
        }
    }

    #[test]
    fn every_row_is_the_family_of_some_event() {
        let taxonomy = Taxonomy::new(
            String::new(),
            [member("xx-regulator", AuthorityKind::Regulator), member("xx-court", AuthorityKind::Court)],
        );
        let mut seen = std::collections::BTreeSet::new();
        let actors = [
            (Some(ActorKind::Bank), None),
            (Some(ActorKind::Vendor), None),
            (Some(ActorKind::Company), None),
            (None, None),
            (Some(ActorKind::Government), None),
            (Some(ActorKind::Government), Some("xx-regulator")),
            (Some(ActorKind::Government), Some("xx-court")),
        ];
        for (kind, actor) in actors {
            for (action, instrument) in
                Action::ALL.iter().flat_map(|action| Instrument::ALL.iter().map(move |ground| (*action, *ground)))
            {
                for (audience, status) in
                    Audience::ALL.iter().flat_map(|audience| Status::ALL.iter().map(move |status| (*audience, *status)))
                {
                    let event =
                        AccessEvent { actor: actor.map(str::to_string), audience, status, ..event(kind, action, instrument) };
                    seen.extend([false, true].map(|hosted| of(&event, &taxonomy, hosted).family));
                }
            }
        }
        let unused: Vec<&str> = TABLE.iter().map(|row| row.family).filter(|family| !seen.contains(family)).collect();
        assert_eq!(unused, ["plain"], "every event has an action, so that the last row is a safety net");
        assert!(seen.len() >= 30, "{} families", seen.len());
    }

    fn member(id: &str, authority: AuthorityKind) -> crate::model::taxonomy::Member {
        crate::model::taxonomy::Member {
            authority: Some(authority),
            ..crate::model::taxonomy::Member::new(Kind::Authority, id, id)
        }
    }

    #[test]
    fn a_ban_without_a_stated_ground_has_a_family_of_its_own() {
        let bank = event(Some(ActorKind::Bank), Prohibit, NoneStated);
        assert_eq!(of(&bank, &Taxonomy::default(), false).family, "bank.prohibit.none-stated");
    }
}
