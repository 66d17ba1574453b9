//! Pages that an editor writes in Markdown: `site/pages/about.md`.

use pulldown_cmark::{Options, Parser, html};

use crate::model::mistake::Mistake;

/// A page of prose.
#[derive(Clone, Debug)]
pub struct Prose {
    /// Its name: `about` stands at `/about/`.
    pub name: String,
    /// The first line's heading, plain text.
    pub title: String,
    /// The rest as HTML, cleaned.
    pub html: String,
    /// The first paragraph as plain text, for search engines.
    pub description: String,
}

impl Prose {
    /// A page of a file's path and text; or what is wrong with it.
    pub fn read(path: &str, text: &str) -> Result<Self, Mistake> {
        let file = format!("site/{path}");
        let name = path.trim_start_matches("pages/").trim_end_matches(".md");
        let plain =
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if !plain {
            return Err(Mistake::new(file, 0, "its name becomes an address; use small letters, digits and dashes"));
        }
        let text = text.trim_start_matches('\u{feff}').trim_start();
        let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
        let Some(title) = first.strip_prefix("# ") else {
            return Err(Mistake::new(file, 1, "the first line is no title; begin with \"# \" and the page's name"));
        };
        let html = render(rest);
        let description = html.split("<p>").nth(1).and_then(|part| part.split("</p>").next()).map(plain_text).unwrap_or_default();
        Ok(Self { name: name.to_string(), title: title.trim().to_string(), html, description })
    }
}

/// Markdown to HTML that contains no script, style or handler, whoever wrote it.
fn render(markdown: &str) -> String {
    let mut out = String::new();
    html::push_html(&mut out, Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES));
    ammonia::Builder::default().link_rel(None).clean(&out).to_string()
}

fn plain_text(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            '\n' => out.push(' '),
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_clean_html_with_a_title() {
        let prose = Prose::read("pages/about.md", "# About us\n\nWe *read*.\n\n<script>x</script>\n\n[a](/data/)\n").unwrap();
        assert_eq!((prose.name.as_str(), prose.title.as_str()), ("about", "About us"));
        assert!(prose.html.contains("<em>read</em>") && prose.html.contains("href=\"/data/\""));
        assert!(!prose.html.contains("script"));
        assert_eq!(prose.description, "We read.");
    }

    #[test]
    fn a_page_without_a_title_is_a_mistake_with_advice() {
        assert_eq!(
            Prose::read("pages/about.md", "We read.").unwrap_err().to_string(),
            "site/pages/about.md:1: the first line is no title; begin with \"# \" and the page's name"
        );
        assert!(Prose::read("pages/A b.md", "# A").is_err());
    }
}
