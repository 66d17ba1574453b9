//! Small worlds: stories of different families, each with a record before it.

use super::made::{ban, ledger, stating, story, told};
use super::seed;
use crate::model::event::{AccessEvent, Action, ActorKind, Audience, Instrument, Status};
use crate::model::ledger::Ledger;
use crate::model::story::Story;
use crate::model::tagged::About;

/// An event in few words.
fn event(actor: (&str, ActorKind), action: Action, (vendor, product): (&str, &str), region: &str, date: &str) -> AccessEvent {
    AccessEvent {
        actor: Some(actor.0.to_string()),
        actor_kind: Some(actor.1),
        action,
        vendor: Some(vendor.to_string()),
        product: Some(product.to_string()),
        regions: vec![region.to_string()],
        audience: Audience::Public,
        instrument: Instrument::DataProtection,
        ..ban("", Some(date))
    }
}

fn one(id: &str, outlet: &str, day: &str, event: AccessEvent) -> Story {
    let words = format!("{} acts on {}", event.actor.clone().unwrap_or_default(), event.product.clone().unwrap_or_default());
    story(&format!("{id:0<12}"), vec![told(id, outlet, day, event, &words)])
}

/// Two authorities and a question before, then a third authority with two reports that differ.
pub fn authorities() -> (Story, Ledger) {
    let deepseek = ("deepseek", "deepseek-chat");
    let state = ActorKind::Government;
    let asked = event(("kr-pipc", state), Action::Investigate, deepseek, "KR", "2025-01-20");
    let first = event(("it-garante", state), Action::Suspend, deepseek, "IT", "2025-01-30");
    let second = AccessEvent {
        instrument: Instrument::NationalSecurity,
        audience: Audience::GovernmentStaff,
        ..event(("tw-government", state), Action::Prohibit, deepseek, "TW", "2025-02-03")
    };
    let own = event(("kr-pipc", state), Action::Suspend, deepseek, "KR", "2025-02-15");
    let other = AccessEvent { instrument: Instrument::NationalSecurity, action: Action::Prohibit, ..own.clone() };
    let reports = vec![
        told("kr01", "Yonhap", "2025-02-17", own, "The commission has suspended new downloads of DeepSeek in South Korea"),
        told("kr02", "Anadolu", "2025-02-18", other, "South Korea bans DeepSeek"),
    ];
    let story = story("aaaabbbbcccc", reports);
    let past = [
        one("a1", "Numerama", "2025-01-21", asked),
        one("a2", "ANSA", "2025-01-31", first),
        one("a3", "UDN", "2025-02-04", second),
    ];
    let ledger = ledger(&[&past[0], &past[1], &past[2], &story]);
    (story, ledger)
}

/// A vendor withholds a model from a bloc, after another vendor did.
pub fn vendors() -> (Story, Ledger) {
    let vendor = ActorKind::Vendor;
    let before = event(("openai", vendor), Action::Withhold, ("openai", "chatgpt"), "EU", "2024-06-14");
    let own = event(("meta", vendor), Action::Withhold, ("meta", "llama"), "EU", "2024-07-18");
    let past = one("v1", "Axios", "2024-06-15", before);
    let story = one("v2", "The Verge", "2024-07-19", own);
    let ledger = ledger(&[&past, &story]);
    (story, ledger)
}

/// A bank announces that it will open a model that it runs itself.
pub fn opened() -> (Story, Ledger) {
    let bank = ActorKind::Bank;
    let mistral = ("mistral", "mistral-models");
    let staff = |event: AccessEvent| AccessEvent { audience: Audience::Employees, instrument: Instrument::Procurement, ..event };
    let before = staff(event(("bnp-paribas", bank), Action::Allow, mistral, "worldwide", "2024-07-10"));
    let own = AccessEvent {
        status: Status::Announced,
        ..staff(event(("hsbc", bank), Action::Allow, mistral, "worldwide", "2025-12-01"))
    };
    let past = one("b1", "Les Echos", "2024-07-10", before);
    let report = told("b2", "Pulse24", "2025-12-01", own, "HSBC will work with the models of Mistral");
    let report = stating(report, About::Hosting, &[], "The models run on the bank's own infrastructure.");
    let story = story("ddddeeeeffff", vec![report]);
    let ledger = ledger(&[&past, &story]);
    (story, ledger)
}

/// A government proposes to restrict a model.
pub fn proposed() -> (Story, Ledger) {
    let own = AccessEvent {
        status: Status::Proposed,
        instrument: Instrument::ExportControl,
        audience: Audience::Companies,
        ..event(("us-commerce", ActorKind::Government), Action::Restrict, ("nvidia", "h20"), "CN", "2025-04-15")
    };
    let story = one("p1", "Reuters", "2025-04-16", own);
    let ledger = ledger(&[&story]);
    (story, ledger)
}

/// All of them.
pub fn all() -> Vec<(Story, Ledger)> {
    vec![seed::world(), authorities(), vendors(), opened(), proposed()]
}
