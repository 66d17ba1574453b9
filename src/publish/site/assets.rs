//! Static files. What a page loads carries the hash of its bytes in its name, so that it can be cached for ever; the rest
//! (`CNAME`, `favicon.ico`, a licence) keeps the name that others look for.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

/// Kinds of files that only pages ask for.
const HASHED: [&str; 9] = ["css", "js", "woff2", "svg", "png", "jpg", "webp", "avif", "wasm"];

/// One static file.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Where it goes, from the root, without a leading slash: `static/style.1a2b3c4d.css`.
    pub path: String,
    /// Its bytes, with the addresses in a style sheet replaced.
    pub bytes: Vec<u8>,
    /// SHA-256 of the bytes.
    pub hash: [u8; 32],
}

/// Static files by the name that the editor gave: `style.css`, `fonts/newsreader-text.woff2`.
#[derive(Clone, Debug, Default)]
pub struct Assets(pub BTreeMap<String, Asset>);

impl Assets {
    /// Names every file; style sheets last, for they name the others.
    pub fn new(files: Vec<(String, Vec<u8>)>) -> Self {
        let (sheets, others): (Vec<_>, Vec<_>) = files.into_iter().partition(|(name, _)| name.ends_with(".css"));
        let mut assets = Self::default();
        for (name, bytes) in others {
            assets.add(name, bytes);
        }
        for (name, bytes) in sheets {
            let bytes = assets.addressed(bytes);
            assets.add(name, bytes);
        }
        assets
    }

    /// Where a file stands; its own name under `static/` where there is none.
    pub fn path(&self, name: &str) -> String {
        self.0.get(name).map_or_else(|| format!("static/{name}"), |asset| asset.path.clone())
    }

    fn add(&mut self, name: String, bytes: Vec<u8>) {
        let hash: [u8; 32] = Sha256::digest(&bytes).into();
        let short: String = hash[..4].iter().map(|byte| format!("{byte:02x}")).collect();
        let path = match name.rsplit_once('.') {
            Some((stem, kind)) if HASHED.contains(&kind) => format!("static/{stem}.{short}.{kind}"),
            _ => name.clone(),
        };
        self.0.insert(name, Asset { path, bytes, hash });
    }

    fn addressed(&self, sheet: Vec<u8>) -> Vec<u8> {
        let Ok(mut text) = String::from_utf8(sheet.clone()) else { return sheet };
        for (name, asset) in &self.0 {
            if let Some(path) = asset.path.strip_prefix("static/") {
                text = text.replace(&format!("url({name})"), &format!("url({path})"));
            }
        }
        text.into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_pages_load_is_named_by_its_bytes_and_the_rest_by_the_editor() {
        let files = [("style.css", "a{src:url(fonts/a.woff2)}"), ("fonts/a.woff2", "x"), ("CNAME", "insight.example")];
        let assets = Assets::new(files.map(|(name, text)| (name.to_string(), text.as_bytes().to_vec())).to_vec());
        let sheet = &assets.0["style.css"];
        assert!(sheet.path.starts_with("static/style.") && sheet.path.len() == "static/style.12345678.css".len());
        assert_eq!(String::from_utf8_lossy(&sheet.bytes), "a{src:url(fonts/a.2d711642.woff2)}");
        assert_eq!(assets.path("CNAME"), "CNAME");
    }
}
