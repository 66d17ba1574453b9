//! Base64, which Atom allows for content.

/// The text that base64 stands for; `None` where it is no base64 or no text.
pub(super) fn text(encoded: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(encoded.len() * 3 / 4);
    let (mut held, mut bits) = (0_u32, 0);
    for byte in encoded.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=') {
        held = held << 6 | value(byte)?;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 0xFF).ok()?);
        }
    }
    String::from_utf8(bytes).ok()
}

fn value(byte: u8) -> Option<u32> {
    let value = match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    };
    Some(u32::from(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_encoded_is_read() {
        assert_eq!(text("PGI+6ZO26KGM\nPC9iPg==").as_deref(), Some("<b>银行</b>"));
        assert_eq!(text("").as_deref(), Some(""));
    }

    #[test]
    fn what_is_no_base64_or_no_text_gives_none() {
        assert_eq!(text("no, not this"), None);
        assert_eq!(text("/////w=="), None);
    }
}
