//! The letter: HTML and plain text of the same content, and both as one message.

/// What the templates of a letter see.
mod view;

/// A state with its symbol and its word.
mod state;

/// The three layers, as a letter shows them.
mod wall;

/// Plain text in lines.
mod wrap;

/// The message that a mail program opens.
mod message;

use css_inline::CSSInliner;
use jiff::Timestamp;
use tera::{Context, Tera};

use super::Files;
use super::{dates, shown, text};
use crate::model::edition::{Covered, Material, RenderError};
use crate::model::mistake::{Mistake, line_of};
use view::View;

const SUBJECT: &str = "mail/subject.txt";
const HTML: &str = "mail/letter.html";
const TEXT: &str = "mail/letter.txt";

/// Mail programs cut what is longer (Gmail at 102 kB).
const MOST_BYTES: usize = 100_000;

/// Stories in brief; the letter says how many more there are, and fewer are taken if it would get too long.
const MOST_BRIEFS: usize = 20;

/// Longest subject in characters; most programs show sixty.
const LONGEST_SUBJECT: usize = 150;

/// Checked letter templates.
pub struct Templates {
    tera: Tera,
}

/// One letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// File-name stem: `daily-2026-06-18`.
    pub name: String,
    /// Subject line, plain text.
    pub subject: String,
    /// HTML part, CSS inlined.
    pub html: String,
    /// Plain-text part.
    pub text: String,
    /// The whole message (RFC 5322), without recipient.
    pub eml: Vec<u8>,
}

impl Templates {
    /// Checks them, by rendering a made-up letter as well; or gives every mistake.
    pub fn new(files: &Files) -> Result<Self, Vec<Mistake>> {
        let mut tera = Tera::new();
        tera.register_filter("wrap", wrap::filter);
        let own = files.templates.iter().filter(|(path, _)| path.starts_with("mail/"));
        let mut mistakes: Vec<Mistake> = own.filter_map(|(path, source)| add(&mut tera, path, source).err()).collect();
        let present = |path: &str| files.templates.iter().any(|(other, _)| other == path);
        let missing = [SUBJECT, HTML, TEXT].into_iter().filter(|path| !present(path));
        mistakes.extend(missing.map(|path| mistake(path, 0, "is missing; write it or remove the folder that overrides it")));
        if mistakes.is_empty() {
            let made_up = Context::from_serialize(&View::made_up()).unwrap_or_default();
            mistakes.extend([SUBJECT, HTML, TEXT].into_iter().filter_map(|path| tried(&tera, path, &made_up, files)));
        }
        if mistakes.is_empty() { Ok(Self { tera }) } else { Err(mistakes) }
    }
}

fn add(tera: &mut Tera, path: &str, source: &str) -> Result<(), Mistake> {
    tera.add_raw_template(path, source).map_err(|error| located(path, source, &error))
}

fn tried(tera: &Tera, path: &str, context: &Context, files: &Files) -> Option<Mistake> {
    let error = tera.render(path, context).err()?;
    let source = files.templates.iter().find(|(other, _)| other == path).map_or("", |(_, source)| source);
    Some(located(path, source, &error))
}

fn located(path: &str, source: &str, error: &tera::Error) -> Mistake {
    match error.kind() {
        tera::ErrorKind::SyntaxError(report) | tera::ErrorKind::RenderingError(report) => {
            let line = line_of(source, report.span().range.start);
            mistake(path, line, &format!("cannot be used: {}; mend the line", report.message()))
        }
        _ => mistake(path, 0, &format!("cannot be used: {error}; mend it")),
    }
}

fn mistake(path: &str, line: usize, message: &str) -> Mistake {
    Mistake::new(format!("templates/{path}"), line, format!("the letter's template {message}"))
}

/// The letter of what was first shown after `since`; `None` when nothing was. An error names the template that an editor has
/// to mend.
pub fn letter(templates: &Templates, material: &Material, since: Timestamp) -> Result<Option<Letter>, RenderError> {
    let new: Vec<&Covered> = material.stories.iter().filter(|covered| covered.story.first_shown > since).collect();
    let Some(lead) = shown::leading(&new) else { return Ok(None) };
    let others: Vec<&Covered> = new.into_iter().filter(|covered| covered.story.id != lead.story.id).collect();
    let mut most = others.len().min(MOST_BRIEFS);
    loop {
        let (briefs, left_out) = others.split_at(most);
        let view = View::new(material, since, lead, (briefs, left_out.len()));
        let html = html(templates, &view)?;
        if html.len() <= MOST_BYTES || most == 0 {
            return finish(templates, material, &view, html).map(Some);
        }
        most /= 2;
    }
}

fn html(templates: &Templates, view: &View) -> Result<String, RenderError> {
    let page = render(templates, HTML, view)?;
    let inliner = CSSInliner::options().keep_at_rules(true).remove_inlined_selectors(true).load_remote_stylesheets(false).build();
    inliner.inline(&page).map_err(|cause| RenderError { path: HTML.into(), cause: cause.to_string() })
}

fn finish(templates: &Templates, material: &Material, view: &View, html: String) -> Result<Letter, RenderError> {
    let subject = text::shorten(&render(templates, SUBJECT, view)?, LONGEST_SUBJECT);
    let plain = tidied(&render(templates, TEXT, view)?);
    let name = format!("daily-{}", dates::day_in(material.time, &material.site.zone));
    let eml = message::message(material, &name, &subject, &plain, &html)
        .map_err(|cause| RenderError { path: format!("{name}.eml"), cause: cause.to_string() })?;
    Ok(Letter { name, subject, html, text: plain, eml })
}

fn render(templates: &Templates, path: &str, view: &View) -> Result<String, RenderError> {
    let failed = |error: tera::Error| RenderError { path: path.to_string(), cause: error.to_string() };
    let context = Context::from_serialize(view).map_err(failed)?;
    templates.tera.render(path, &context).map_err(failed)
}

/// Without white space at line ends, and with one line end at the end.
fn tidied(plain: &str) -> String {
    let lines: Vec<&str> = plain.lines().map(str::trim_end).collect();
    format!("{}\n", lines.join("\n").trim_end())
}

#[cfg(test)]
mod tests;
