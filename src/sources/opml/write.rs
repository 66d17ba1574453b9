//! Sources go in, OPML 2.0 comes out: a folder a group, in the order of `feeds.toml`.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::NAMESPACE;
use crate::model::source::{Source, SourceKind};
use crate::sources::GROUPS;

type Out = Writer<Vec<u8>>;

/// The list, as UTF-8. `name` is its title. A feed is an outline of type `rss`; a page without one is a `link`, which feed readers
/// overlook.
pub fn write(sources: &[&Source], name: &str) -> std::io::Result<Vec<u8>> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = [("version", "2.0"), ("xmlns:termwall", NAMESPACE)];
    writer.create_element("opml").with_attributes(root).write_inner_content(|writer| {
        writer.create_element("head").write_inner_content(|writer| {
            writer.create_element("title").write_text_content(BytesText::new(&sound(name)))?;
            Ok(())
        })?;
        writer.create_element("body").write_inner_content(|writer| {
            GROUPS.iter().try_for_each(|group| {
                let members: Vec<&Source> = sources.iter().copied().filter(|source| source.group == *group).collect();
                folder(writer, group, &members)
            })
        })?;
        Ok(())
    })?;
    let mut out = writer.into_inner();
    out.push(b'\n');
    Ok(out)
}

fn folder(writer: &mut Out, name: &str, members: &[&Source]) -> std::io::Result<()> {
    if members.is_empty() {
        return Ok(());
    }
    writer
        .create_element("outline")
        .with_attribute(("text", name))
        .write_inner_content(|writer| members.iter().try_for_each(|source| outline(writer, source)))?;
    Ok(())
}

fn outline(writer: &mut Out, source: &Source) -> std::io::Result<()> {
    let title = sound(&source.title);
    let mut attributes = vec![("text", title.clone()), ("title", title)];
    let url = source.url.to_string();
    match &source.kind {
        SourceKind::Feed => attributes.extend([("type", "rss".to_string()), ("xmlUrl", url)]),
        SourceKind::Json => {
            attributes.extend([("type", "link".to_string()), ("url", url), ("termwall:kind", "json".to_string())]);
        }
        SourceKind::Page(select) => {
            attributes.extend([("type", "link".to_string()), ("url", url.clone()), ("htmlUrl", url)]);
            attributes.extend([("termwall:item", select.item.clone()), ("termwall:link", select.link.clone())]);
            let optional =
                [("termwall:title", &select.title), ("termwall:date", &select.date), ("termwall:summary", &select.summary)];
            attributes.extend(optional.into_iter().filter_map(|(name, value)| Some((name, value.clone()?))));
        }
    }
    attributes.extend(source.lang.clone().map(|lang| ("language", lang)));
    attributes.push(("termwall:id", source.id.clone()));
    if source.outlet != source.title {
        attributes.push(("termwall:outlet", sound(&source.outlet)));
    }
    if !source.enabled {
        attributes.push(("termwall:enabled", "false".to_string()));
    }
    let attributes = attributes.iter().map(|(name, value)| (*name, value.as_str()));
    writer.create_element("outline").with_attributes(attributes).write_empty()?;
    Ok(())
}

/// Text that XML can carry: control characters have no place in it, not even escaped.
fn sound(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') { ' ' } else { c }).collect()
}
