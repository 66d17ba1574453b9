//! The table of families.

use super::{Row, Who};
use crate::model::event::Action::{self, Allow, Deny, Investigate, Prohibit, Restore, Restrict, Suspend, Withhold};
use crate::model::event::Audience::{
    self, ChineseOwnedEntities, Companies, Customers, Developers, ForeignNationals, GovernmentStaff,
};
use crate::model::event::Instrument::{
    self, Censorship, CourtOrder, DataProtection, ExportControl, FinancialRegulation, InternalPolicy, NationalSecurity,
    NoneStated, Procurement, Sanctions, VendorTerms,
};
use crate::model::event::Status::{Considered, Ended, Proposed};

const ANY: Row = Row { family: "", pool: "", who: &[], actions: &[], grounds: &[], audiences: &[], statuses: &[], hosted: false };

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
