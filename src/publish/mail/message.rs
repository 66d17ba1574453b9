//! The message that a mail program opens: multipart/alternative, addressed to nobody yet, the same bytes for the same letter.

use std::time::SystemTime;

use lettre::address::{Address, Envelope};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart, SinglePart};
use sha2::{Digest, Sha256};

use super::super::text;
use crate::model::edition::Material;
use crate::model::site::Site;

type Cause = Box<dyn std::error::Error + Send + Sync>;

/// Bytes of the hash in a Message-ID: enough that no two letters ever share one.
const ID_BYTES: usize = 16;

/// The whole message (RFC 5322).
pub fn message(material: &Material, name: &str, subject: &str, plain: &str, html: &str) -> Result<Vec<u8>, Cause> {
    let site = &material.site;
    let host = site.base_url.host_str().unwrap_or("localhost");
    let id = hash(&[host, name, subject, plain, html]);
    let from = sender(site)?;
    let parts = MultiPart::alternative()
        .boundary(format!("part-{id}"))
        .singlepart(SinglePart::plain(plain.to_string()))
        .singlepart(SinglePart::html(html.to_string()));
    let mut message = Message::builder()
        .envelope(Envelope::new(Some(from.email.clone()), vec![from.email.clone()])?)
        .from(from)
        .subject(subject)
        .date(SystemTime::from(material.time))
        .message_id(Some(format!("<{id}@{host}>")))
        .multipart(parts)?;
    // RFC 5322's own words for a message whose readers are not named in it.
    let nobody = HeaderValue::new(HeaderName::new_from_ascii_str("To"), "undisclosed-recipients:;".into());
    let list = HeaderValue::new(HeaderName::new_from_ascii_str("List-Id"), format!("<daily.{host}>"));
    message.headers_mut().insert_raw(nobody);
    message.headers_mut().insert_raw(list);
    Ok(message.formatted())
}

fn sender(site: &Site) -> Result<Mailbox, Cause> {
    let (name, address) = &site.letter_from;
    Ok(Mailbox::new(Some(text::clean(name)).filter(|name| !name.is_empty()), address.parse::<Address>()?))
}

fn hash(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().iter().take(ID_BYTES).map(|byte| format!("{byte:02x}")).collect()
}
