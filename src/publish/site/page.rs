//! From a view to bytes: the template is filled, the symbols that it uses are put in, and what may not stand in a page is
//! taken out last, whatever it came in by.

use std::error::Error;
use std::sync::Arc;

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::desk::Desk;
use super::outside;
use crate::model::edition::{File, RenderError};
use crate::publish::paths;

/// Where a template wants the symbols.
const SPRITE: &str = "<!--sprite-->";

/// The symbols of the states, each named `g-` and the state.
const SYMBOLS: [(&str, &str); 8] = [
    ("allowed", r#"<path d="M3 15V2h10v13" fill="none" stroke="currentColor" stroke-width="2"/>"#),
    (
        "investigated",
        r#"<path d="M3 15V2h10v13" fill="none" stroke="currentColor" stroke-width="2"/><circle cx="8" cy="8.5" r="2.2"/>"#,
    ),
    ("restricted", r#"<path d="M3 15V2h10v13" fill="none" stroke="currentColor" stroke-width="2"/><path d="M3 2h5v13H3z"/>"#),
    ("suspended", r#"<path d="M2 2h4.5v13H2zM9.5 2H14v13H9.5z"/>"#),
    ("withheld", r#"<path d="M3 2h10v12H3z" fill="none" stroke="currentColor" stroke-width="2"/><path d="M0 6.3h16v3.4H0z"/>"#),
    ("prohibited", r#"<path d="M2 1h12v14H2z"/>"#),
    ("unknown", r#"<circle cx="8" cy="9" r="1.6"/>"#),
    ("pending", r#"<path d="M4 3l8 5-8 5z" fill="none" stroke="currentColor" stroke-width="1.6"/>"#),
];

type Hash<'a> = Box<dyn Fn(&Desk<'a>) -> [u8; 32] + Send + Sync + 'a>;
type Fill<'a> = Box<dyn Fn(&Desk<'a>) -> Result<String, tera::Error> + Send + Sync + 'a>;

/// A page of the plan.
pub struct Page<'a> {
    path: String,
    hash: Hash<'a>,
    fill: Fill<'a>,
}

impl<'a> Page<'a> {
    /// A page at a path, in a language, made from what `view` gives. The view is made twice, for the hash and for the page,
    /// so that a plan of many pages holds none of them.
    pub fn new<V, F>(path: &str, template: &'static str, lang: &str, view: F) -> Self
    where
        V: Serialize,
        F: Fn(&Desk<'a>) -> V + Clone + Send + Sync + 'a,
    {
        let (again, lang) = (view.clone(), lang.to_string());
        let hash = move |desk: &Desk<'a>| {
            let mut hasher = Sha256::new_with_prefix(desk.templates.hash);
            hasher.update(template);
            // A view is plain structs of texts and numbers: JSON takes all of them.
            hasher.update(serde_json::to_vec(&view(desk)).unwrap_or_default());
            hasher.finalize().into()
        };
        let fill = move |desk: &Desk<'a>| {
            let mut context = tera::Context::from_serialize(&again(desk))?;
            context.insert_value("w", desk.words(&lang).value.clone());
            desk.templates.tera.render(template, &context)
        };
        Self { path: paths::file(path), hash: Box::new(hash), fill: Box::new(fill) }
    }

    /// The file of the edition.
    pub fn file(self, desk: &Arc<Desk<'a>>) -> File<'a> {
        let inputs = (self.hash)(desk);
        let (desk, path, fill) = (Arc::clone(desk), self.path.clone(), self.fill);
        let render = move || match fill(&desk) {
            Ok(text) => Ok(finished(&text).into_bytes()),
            Err(error) => Err(RenderError { path: path.clone(), cause: causes(&error) }),
        };
        File { path: self.path, inputs, render: Box::new(render) }
    }
}

/// A file that needs no template.
pub fn bytes<'a>(path: impl Into<String>, bytes: Vec<u8>) -> File<'a> {
    let inputs = Sha256::digest(&bytes).into();
    File { path: path.into(), inputs, render: Box::new(move || Ok(bytes.clone())) }
}

/// The page with its symbols and without what may not be shown.
fn finished(text: &str) -> String {
    let text: String = text.chars().filter(|c| outside::is_shown(*c)).collect();
    text.replacen(SPRITE, &sprite(&text), 1)
}

/// One hidden drawing with the symbols that a page uses; empty where it uses none.
fn sprite(text: &str) -> String {
    let used = SYMBOLS.iter().filter(|(name, _)| text.contains(&format!("href=\"#g-{name}\"")));
    let symbols: String =
        used.map(|(name, shape)| format!("<symbol id=\"g-{name}\" viewBox=\"0 0 16 16\">{shape}</symbol>")).collect();
    if symbols.is_empty() {
        return symbols;
    }
    format!("<svg class=\"sprite\" width=\"0\" height=\"0\" aria-hidden=\"true\">{symbols}</svg>")
}

/// An error with its causes, on one line.
fn causes(error: &tera::Error) -> String {
    let mut all = vec![error.to_string()];
    let mut next = error.source();
    while let Some(cause) = next {
        all.push(cause.to_string());
        next = cause.source();
    }
    all.join(": ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_carries_only_the_symbols_that_it_uses() {
        let page = finished("<!--sprite--><use href=\"#g-prohibited\"/>");
        assert!(page.contains("<symbol id=\"g-prohibited\""));
        assert!(!page.contains("g-allowed"));
        assert_eq!(finished("<!--sprite-->\u{202e}x"), "x");
    }
}
