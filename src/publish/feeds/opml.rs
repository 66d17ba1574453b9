//! The list of all feeds, in OPML 2.0: everything first, then a folder a kind. Atom only, lest a reader get everything thrice.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::channel::{Address, absolute};
use super::{Cause, failed};
use crate::model::edition::{File, Material};
use crate::model::taxonomy::Kind;
use crate::publish::digest::Inputs;
use crate::publish::{shown, text};

const PATH: &str = "opml.xml";

/// `opml.xml`.
pub fn file(material: &Material, addresses: Vec<Address>) -> File<'_> {
    let listed = addresses.iter().map(|address| (address.title(material), &address.folder));
    let inputs = Inputs::of(PATH).bytes(material.site.base_url.as_str().as_bytes()).value(&listed.collect::<Vec<_>>()).hash();
    let render = move || write(material, &addresses).map_err(|cause| failed(PATH, &cause));
    File { path: PATH.into(), inputs, render: Box::new(render) }
}

fn write(material: &Material, addresses: &[Address]) -> Result<Vec<u8>, Cause> {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 1);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let title = text::clean(&format!("{}: feeds", material.site.name));
    writer.create_element("opml").with_attribute(("version", "2.0")).write_inner_content(|writer| {
        writer.create_element("head").write_inner_content(|writer| {
            writer.create_element("title").write_text_content(BytesText::new(&title))?;
            Ok(())
        })?;
        writer.create_element("body").write_inner_content(|writer| body(writer, material, addresses))?;
        Ok(())
    })?;
    let mut out = writer.into_inner();
    out.push(b'\n');
    Ok(out)
}

fn body(writer: &mut Writer<Vec<u8>>, material: &Material, addresses: &[Address]) -> std::io::Result<()> {
    let of = |kind: Option<Kind>| addresses.iter().filter(move |address| address.member.as_ref().map(|(kind, _)| *kind) == kind);
    for address in of(None) {
        outline(writer, material, address)?;
    }
    for kind in shown::KINDS.into_iter().filter(|kind| of(Some(*kind)).next().is_some()) {
        writer
            .create_element("outline")
            .with_attribute(("text", folder(kind)))
            .write_inner_content(|writer| of(Some(kind)).try_for_each(|address| outline(writer, material, address)))?;
    }
    Ok(())
}

fn outline(writer: &mut Writer<Vec<u8>>, material: &Material, address: &Address) -> std::io::Result<()> {
    let title = address.title(material);
    let home = absolute(&material.site, &address.folder);
    let feed = format!("{home}atom.xml");
    let attributes = [("type", "rss"), ("text", &title), ("title", &title), ("xmlUrl", &feed), ("htmlUrl", &home)];
    writer.create_element("outline").with_attributes(attributes).write_empty()?;
    Ok(())
}

fn folder(kind: Kind) -> &'static str {
    match kind {
        Kind::Bank => "Banks",
        Kind::Vendor => "Vendors",
        Kind::Product => "Products",
        Kind::Region => "Regions",
        Kind::Authority => "Authorities",
        Kind::Company => "Companies",
    }
}
