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

const ANY: Row = Row { family: "", pool: "", who: &[], actions: &[], grounds: &[], audiences: &[], statuses: &[], hosted: false };

use Action::{Allow, Deny, Investigate, Prohibit, Restore, Restrict, Suspend, Withhold};
use Audience::{ChineseOwnedEntities, Companies, Customers, Developers, ForeignNationals, GovernmentStaff};
use Instrument::{
    Censorship, CourtOrder, DataProtection, ExportControl, FinancialRegulation, InternalPolicy, NationalSecurity, NoneStated,
    Procurement, Sanctions, VendorTerms,
};
use Status::{Considered, Ended, Proposed};

const STATE: &[Who] = &[Who::Government, Who::Regulator];
const SHUT: &[Action] = &[Prohibit, Restrict, Suspend, Withhold];
const OPEN: &[Action] = &[Allow, Restore];
const SECURITY: &[Instrument] = &[NationalSecurity, ExportControl, Sanctions, Censorship];

/// The table. Order matters: a narrow row stands before a wide one.
pub const TABLE: &[Row] = &[
    Row { family: "any.deny", pool: "deny", actions: &[Deny], ..ANY },
    // Banks.
    Row {
        family: "bank.prohibit.vendor-terms",
        pool: "bank-shut",
        who: &[Who::Bank],
        actions: SHUT,
        grounds: &[VendorTerms],
        ..ANY
    },
    Row {
        family: "bank.prohibit.regulation",
        pool: "bank-shut",
        who: &[Who::Bank],
        actions: SHUT,
        grounds: &[FinancialRegulation, CourtOrder],
        ..ANY
    },
    Row { family: "bank.prohibit.security", pool: "bank-shut", who: &[Who::Bank], actions: SHUT, grounds: SECURITY, ..ANY },
    Row { family: "bank.suspend", pool: "bank-shut", who: &[Who::Bank], actions: &[Suspend], ..ANY },
    Row { family: "bank.restrict", pool: "bank-shut", who: &[Who::Bank], actions: &[Restrict], ..ANY },
    Row {
        family: "bank.prohibit.internal-policy",
        pool: "bank-shut",
        who: &[Who::Bank],
        actions: SHUT,
        grounds: &[InternalPolicy, DataProtection, Procurement],
        ..ANY
    },
    Row { family: "bank.prohibit.none-stated", pool: "bank-shut", who: &[Who::Bank], actions: SHUT, ..ANY },
    Row { family: "bank.allow.hosted", pool: "bank-open", who: &[Who::Bank], actions: OPEN, hosted: true, ..ANY },
    Row {
        family: "bank.restore.vendor-change",
        pool: "bank-open",
        who: &[Who::Bank],
        actions: &[Restore],
        grounds: &[VendorTerms],
        ..ANY
    },
    Row { family: "bank.restore.review", pool: "bank-open", who: &[Who::Bank], actions: &[Restore], ..ANY },
    Row {
        family: "bank.allow.review",
        pool: "bank-open",
        who: &[Who::Bank],
        actions: &[Allow],
        grounds: &[InternalPolicy, DataProtection, FinancialRegulation],
        ..ANY
    },
    Row {
        family: "bank.allow.procurement",
        pool: "bank-open",
        who: &[Who::Bank],
        actions: &[Allow],
        grounds: &[Procurement, VendorTerms],
        ..ANY
    },
    Row { family: "bank.allow.none-stated", pool: "bank-open", who: &[Who::Bank], actions: &[Allow], ..ANY },
    // Vendors.
    Row {
        family: "vendor.prohibit.ownership",
        pool: "vendor-shut",
        who: &[Who::Vendor],
        actions: SHUT,
        audiences: &[ChineseOwnedEntities, ForeignNationals],
        ..ANY
    },
    Row {
        family: "vendor.withhold.privacy",
        pool: "vendor-privacy",
        who: &[Who::Vendor],
        actions: &[Withhold, Prohibit, Restrict],
        grounds: &[DataProtection, FinancialRegulation, CourtOrder],
        ..ANY
    },
    Row {
        family: "vendor.suspend.privacy",
        pool: "vendor-privacy",
        who: &[Who::Vendor],
        actions: &[Suspend],
        grounds: &[DataProtection, CourtOrder],
        ..ANY
    },
    Row {
        family: "vendor.withhold.sanctions",
        pool: "vendor-shut",
        who: &[Who::Vendor],
        actions: SHUT,
        grounds: SECURITY,
        ..ANY
    },
    Row { family: "vendor.withhold.geography", pool: "vendor-shut", who: &[Who::Vendor], actions: &[Withhold], ..ANY },
    Row {
        family: "vendor.prohibit.terms",
        pool: "vendor-shut",
        who: &[Who::Vendor],
        actions: &[Prohibit],
        audiences: &[Companies, Developers, Customers],
        ..ANY
    },
    Row { family: "vendor.restrict.tiers", pool: "vendor-shut", who: &[Who::Vendor], actions: &[Restrict], ..ANY },
    Row { family: "vendor.suspend", pool: "vendor-shut", who: &[Who::Vendor], actions: &[Suspend], ..ANY },
    Row { family: "vendor.prohibit.geography", pool: "vendor-shut", who: &[Who::Vendor], actions: SHUT, ..ANY },
    Row {
        family: "vendor.restore.settlement",
        pool: "vendor-open",
        who: &[Who::Vendor],
        actions: &[Restore],
        grounds: &[DataProtection, CourtOrder, FinancialRegulation],
        ..ANY
    },
    Row { family: "vendor.restore.none-stated", pool: "vendor-open", who: &[Who::Vendor], actions: &[Restore], ..ANY },
    Row {
        family: "vendor.allow.partners",
        pool: "vendor-open",
        who: &[Who::Vendor],
        actions: &[Allow],
        audiences: &[Companies, Customers, GovernmentStaff, Audience::Other, Audience::Employees],
        ..ANY
    },
    Row { family: "vendor.allow.region-opened", pool: "vendor-open", who: &[Who::Vendor], actions: &[Allow], ..ANY },
    // Courts.
    Row { family: "court.restore", pool: "court", who: &[Who::Court], actions: OPEN, ..ANY },
    Row { family: "court.prohibit", pool: "court", who: &[Who::Court], actions: SHUT, ..ANY },
    Row { family: "court.restore", pool: "court", who: STATE, actions: OPEN, grounds: &[CourtOrder], ..ANY },
    Row { family: "court.prohibit", pool: "court", who: STATE, actions: SHUT, grounds: &[CourtOrder], ..ANY },
    // A measure that is over.
    Row {
        family: "government.restore.conditions-met",
        pool: "data-stop",
        who: STATE,
        actions: SHUT,
        grounds: &[DataProtection],
        statuses: &[Ended],
        ..ANY
    },
    Row { family: "government.restore.rescinded", pool: "government-open", who: STATE, actions: SHUT, statuses: &[Ended], ..ANY },
    // What is only proposed.
    Row { family: "regulator.propose", pool: "inquiry", who: STATE, actions: SHUT, statuses: &[Proposed, Considered], ..ANY },
    // Inquiries.
    Row { family: "regulator.investigate.privacy", pool: "inquiry", actions: &[Investigate], grounds: &[DataProtection], ..ANY },
    Row {
        family: "regulator.investigate.finance",
        pool: "inquiry",
        actions: &[Investigate],
        grounds: &[FinancialRegulation],
        ..ANY
    },
    Row {
        family: "regulator.investigate.security",
        pool: "inquiry",
        actions: &[Investigate],
        grounds: &[NationalSecurity, ExportControl, Sanctions, Censorship],
        ..ANY
    },
    Row { family: "regulator.investigate.none-stated", pool: "inquiry", actions: &[Investigate], ..ANY },
    // Governments and regulators.
    Row {
        family: "government.suspend.data-protection",
        pool: "data-stop",
        who: STATE,
        actions: &[Suspend],
        grounds: &[DataProtection],
        ..ANY
    },
    Row {
        family: "government.restore.conditions-met",
        pool: "data-stop",
        who: STATE,
        actions: &[Restore],
        grounds: &[DataProtection],
        ..ANY
    },
    Row {
        family: "government.prohibit.data-protection",
        pool: "data-stop",
        who: STATE,
        actions: SHUT,
        grounds: &[DataProtection],
        ..ANY
    },
    Row {
        family: "government.prohibit.national-security",
        pool: "government-shut",
        who: STATE,
        actions: SHUT,
        grounds: &[NationalSecurity],
        ..ANY
    },
    Row {
        family: "government.restrict.export-control",
        pool: "export",
        who: STATE,
        actions: SHUT,
        grounds: &[ExportControl, Sanctions],
        ..ANY
    },
    Row {
        family: "government.prohibit.procurement",
        pool: "government-shut",
        who: STATE,
        actions: SHUT,
        grounds: &[Procurement, VendorTerms],
        ..ANY
    },
    Row {
        family: "government.prohibit.censorship",
        pool: "censorship",
        who: STATE,
        actions: SHUT,
        grounds: &[Censorship],
        ..ANY
    },
    Row {
        family: "government.prohibit.finance",
        pool: "government-shut",
        who: STATE,
        actions: SHUT,
        grounds: &[FinancialRegulation],
        ..ANY
    },
    Row {
        family: "government.prohibit.staff",
        pool: "government-shut",
        who: STATE,
        actions: SHUT,
        audiences: &[GovernmentStaff, Audience::Employees],
        ..ANY
    },
    Row {
        family: "government.prohibit.none-stated",
        pool: "government-shut",
        who: STATE,
        actions: SHUT,
        grounds: &[NoneStated, InternalPolicy],
        ..ANY
    },
    Row {
        family: "government.allow.licence",
        pool: "government-open",
        who: STATE,
        actions: &[Allow],
        grounds: &[ExportControl, Sanctions, NationalSecurity],
        ..ANY
    },
    Row {
        family: "government.allow.finance",
        pool: "government-open",
        who: STATE,
        actions: &[Allow],
        grounds: &[FinancialRegulation],
        ..ANY
    },
    Row { family: "government.restore.rescinded", pool: "government-open", who: STATE, actions: &[Restore], ..ANY },
    Row { family: "government.allow.none-stated", pool: "government-open", who: STATE, actions: &[Allow], ..ANY },
    // Companies.
    Row {
        family: "company.prohibit.internal-policy",
        pool: "company",
        who: &[Who::Company],
        actions: SHUT,
        grounds: &[InternalPolicy, DataProtection, NoneStated],
        ..ANY
    },
    Row { family: "company.prohibit.imposed", pool: "company", who: &[Who::Company], actions: SHUT, ..ANY },
    Row { family: "company.allow", pool: "company", who: &[Who::Company], actions: OPEN, ..ANY },
    // Whoever it is.
    Row { family: "any.allow", pool: "plain", actions: OPEN, ..ANY },
    Row { family: "any.prohibit", pool: "plain", actions: SHUT, ..ANY },
    Row { family: "plain", pool: "plain", ..ANY },
];

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
