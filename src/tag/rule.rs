//! The rules by which tags and the slots of events are read, each with a lasting name and a line of words.

use serde::{Serialize, Serializer};

macro_rules! rules {
    ($($variant:ident = $name:literal: $words:literal,)*) => {
        /// Why something was read so. Carried as one byte; its words are looked up when somebody asks.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Rule { $(#[doc = $words] $variant,)* }

        impl Rule {
            /// All of them, in the order of reading.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name in data: never changes.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// What it says, for people.
            pub fn words(self) -> &'static str {
                match self { $(Self::$variant => $words,)* }
            }
        }
    };
}

rules! {
    ActiveVerb = "active-verb": "a verb whose subject acts",
    PassiveMark = "passive-mark": "a verb with a word or ending that makes it passive",
    PassiveParticiple = "passive-participle": "a participle in the passive: its subject is acted upon",
    PerfectParticiple = "perfect-participle": "a participle with \"have\": its subject acts",
    TechnologyIsSubject = "technology-is-subject": "words whose subject is the technology",
    UserIsSubject = "user-is-subject": "words whose subject gets or loses access",
    ActAsNoun = "act-as-noun": "a noun for the act",
    LimitLifted = "limit-lifted": "words that end a limit, beside the limit",
    LiftNegated = "lift-negated": "a limit that is not ended",
    OpeningNegated = "opening-negated": "an opening that is negated",
    SamePrecedent = "same-precedent": "said to have done the same before",
    ActFitsActor = "act-fits-actor": "who is no vendor cannot withhold: a ban",
    CourtStopsAuthority = "court-stops-authority": "a court that stops an authority takes a limit back",
    ServedBefore = "served-before": "who is shut out for its owner was served before: a ban",
    UntilMended = "until-mended": "a limit until something is done: a stop for now",
    LimitOfRestoration = "limit-of-restoration": "what is lifted had been set: the limit that a restoration ends",
    ToldTwice = "told-twice": "several words for one act: the one that says more",
    ActorNamed = "actor-named": "named before the act",
    ActorBehindBy = "actor-behind-by": "named behind \"by\" or its like",
    ActorOffice = "actor-office": "an authority by what it does, before the act",
    ActorCapital = "actor-capital": "a country or its capital, for its government",
    ActorReferred = "actor-referred": "a noun or pronoun for whom the story has introduced",
    ActorEarlier = "actor-earlier": "named in an earlier clause of the sentence, and still its subject",
    ActorListed = "actor-listed": "named in one list with whoever acts",
    ActorVendor = "actor-vendor": "nobody is named: the technology's vendor decides",
    ActorEmployer = "actor-employer": "nobody is named: whose people get or lose it decides",
    ActorAuthority = "actor-authority": "nobody is named as acting: the authority or state that is spoken of",
    ActorOwner = "actor-owner": "nobody keeps others from what is not theirs: its vendor does",
    ActorOfDecree = "actor-of-decree": "what a rule does, its authority does: the one named before",
    TechnologyNamed = "technology-named": "named nearest to the act, by a name of the product or vendor",
    TechnologyNoun = "technology-noun": "a noun beside the vendor's name, for the product that the story has introduced",
    TechnologyListed = "technology-listed": "named in one list with what the act is on",
    TechnologyOwn = "technology-own": "no technology is named: the vendor's own",
    TechnologyHeard = "technology-heard": "no technology is named: the one that the story speaks of",
    PlaceAt = "place-at": "a place after \"in\" or its like",
    PlaceLocal = "place-local": "a place before a noun for people or firms there",
    PlaceListed = "place-listed": "a place in a list of such places",
    PlaceNamed = "place-named": "a place behind the act, with nothing against it",
    PlaceOfAuthority = "place-of-authority": "the country whose authority acts",
    PlaceOfGoods = "place-of-goods": "where the chips go, or the home of who receives them",
    PlaceOfOwners = "place-of-owners": "the home of the owners who are shut out",
    PlaceOfStory = "place-of-story": "no place is named here: the one that the story is about",
    AudienceStated = "audience-stated": "a word for those whose access it is",
    AudienceOwnStaff = "audience-own-staff": "what a bank or firm decides concerns its own people",
    AudienceCivilServants = "audience-civil-servants": "staff, of whom a government speaks: civil servants",
    AudienceOwnForces = "audience-own-forces": "what a ministry of defence stops, it stops in its own ranks",
    AudienceOfOffice = "audience-of-office": "those whom such an authority's acts concern",
    AudienceOfChips = "audience-of-chips": "chips go to companies",
    AudienceFirms = "audience-firms": "banks or firms stand beside the vendor's act",
    AudienceOfApi = "audience-of-api": "an interface for programs is used by developers",
    AudienceOfVendor = "audience-of-vendor": "nobody is named: a vendor's customers, or everybody where a product is missing",
    AudienceEverybody = "audience-everybody": "nobody is named: everybody",
    GroundStated = "ground-stated": "words for the ground, in the sentence",
    GroundOfOffice = "ground-of-office": "the ground on which such an authority acts",
    GroundOfChips = "ground-of-chips": "a state's limits on chips are export control",
    GroundOfTerms = "ground-of-terms": "the article speaks of the vendor's terms",
    GroundOfPurchase = "ground-of-purchase": "the article speaks of a purchase",
    GroundOwnRules = "ground-own-rules": "a bank's or firm's own rule, no other ground being stated",
    GroundOfStory = "ground-of-story": "no ground is said here: the only one that the story names",
    GroundNone = "ground-none": "no ground is stated that fits who acts",
    StageStated = "stage-stated": "words for the stage",
    StageSigned = "stage-signed": "a bank that buys announces",
    StageFuture = "stage-future": "its date lies after the report",
    StagePast = "stage-past": "told as past: it holds",
    StagePlain = "stage-plain": "told without reserve: it holds",
    StageLifted = "stage-lifted": "the same party has lifted it",
    DateNearest = "date-nearest": "the date nearest to the act",
    RecalledWords = "recalled-words": "words that look back",
    RecalledEnded = "recalled-ended": "it is over",
    RecalledOld = "recalled-old": "its date lies two months before the report",
    RecalledPrecedent = "recalled-precedent": "told as what somebody did before",
    NamedBank = "named-bank": "a bank that is named, and no bystander",
    NamedProduct = "named-product": "a product of the event's vendor, named beside the act",
    TagOfEvent = "tag-of-event": "a slot of an event",
    HomeOfAuthority = "home-of-authority": "the country of an authority that acts",
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_stands_in_the_readme_with_its_words() {
        let readme = include_str!("../../taxonomy/words/README.md");
        for rule in Rule::ALL {
            let row = format!("| `{}` | {} |", rule.as_str(), rule.words());
            assert!(readme.contains(&row), "taxonomy/words/README.md lacks {row}");
        }
    }

    #[test]
    fn no_two_rules_have_one_name() {
        let mut names: Vec<&str> = Rule::ALL.iter().map(|rule| rule.as_str()).collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "{names:?}");
    }
}
