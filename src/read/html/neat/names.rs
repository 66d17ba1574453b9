//! The elements of neat markup, by how parsers treat them, and the attributes that stay. The policy is the law: a test compares.

/// Elements that parsers treat alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A part of a line.
    Inline,
    /// No link holds a link.
    Link,
    /// A part of a line that holds nothing.
    Void,
    /// A line of its own that holds nothing.
    Rule,
    /// What any block ends.
    Paragraph,
    Heading,
    /// What holds blocks.
    Block,
    List,
    Item,
    Table,
    /// The head or body of a table.
    Group,
    Row,
    Cell,
    /// Not shown, nor what it holds.
    Silent,
}

impl Kind {
    /// `None` for what is not known, be it harmless.
    pub(super) fn of(name: &str) -> Option<Self> {
        Some(match name {
            "a" => Self::Link,
            "b" | "i" | "em" | "strong" | "u" | "s" | "small" | "big" | "strike" | "tt" | "code" | "font" => Self::Inline,
            "span" | "sub" | "sup" | "abbr" | "cite" | "q" | "del" | "ins" | "mark" | "kbd" | "samp" | "var" | "dfn" => {
                Self::Inline
            }
            "br" | "img" | "wbr" => Self::Void,
            "hr" => Self::Rule,
            "p" => Self::Paragraph,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Self::Heading,
            "div" | "blockquote" | "section" | "article" | "figure" | "figcaption" | "center" => Self::Block,
            "ul" | "ol" => Self::List,
            "li" => Self::Item,
            "table" => Self::Table,
            "thead" | "tbody" => Self::Group,
            "tr" => Self::Row,
            "td" | "th" => Self::Cell,
            "script" | "style" => Self::Silent,
            _ => return None,
        })
    }

    pub(super) fn is_void(self) -> bool {
        matches!(self, Self::Void | Self::Rule)
    }

    /// What the start of such an element ends, innermost first.
    pub(super) fn before(self) -> &'static [Self] {
        match self {
            Self::Inline | Self::Link | Self::Void | Self::Silent => &[],
            Self::Rule | Self::Paragraph | Self::Heading | Self::Block | Self::List | Self::Table => &[Self::Paragraph],
            Self::Item => &[Self::Paragraph, Self::Item],
            Self::Group => &[Self::Paragraph, Self::Cell, Self::Row, Self::Group],
            Self::Row => &[Self::Paragraph, Self::Cell, Self::Row],
            Self::Cell => &[Self::Paragraph, Self::Cell],
        }
    }

    /// What the end of such an element ends as well, innermost first.
    pub(super) fn inner(self) -> &'static [Self] {
        match self {
            Self::Block | Self::Item | Self::Cell => &[Self::Paragraph],
            Self::List => &[Self::Paragraph, Self::Item],
            Self::Row => &[Self::Paragraph, Self::Cell],
            Self::Group => &[Self::Paragraph, Self::Cell, Self::Row],
            Self::Table => &[Self::Paragraph, Self::Cell, Self::Row, Self::Group],
            _ => &[],
        }
    }
}

/// Whether an element keeps an attribute.
pub(super) fn keeps(element: &str, attribute: &str) -> bool {
    let own: &[&str] = match element {
        "a" => &["href", "hreflang"],
        "blockquote" | "q" => &["cite"],
        "del" | "ins" => &["cite", "datetime"],
        "font" => &["color", "face", "size"],
        "hr" => &["size", "width"],
        "img" => &["alt", "border", "height", "hspace", "src", "vspace", "width"],
        "ol" => &["start"],
        "table" => &["bgcolor", "border", "cellpadding", "cellspacing", "char", "charoff", "summary", "width"],
        "tbody" | "thead" | "tr" => &["char", "charoff"],
        "td" => &["bgcolor", "char", "charoff", "colspan", "headers", "height", "nowrap", "rowspan", "width"],
        "th" => &["bgcolor", "char", "charoff", "colspan", "headers", "height", "nowrap", "rowspan", "scope", "width"],
        _ => &[],
    };
    own.contains(&attribute) || matches!(attribute, "align" | "dir" | "lang" | "title" | "valign")
}
