//! Reads the files that people edit. What a folder lacks is taken from what is compiled in, file by file.

use std::collections::BTreeMap;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

static FEEDS: &str = include_str!("../feeds.toml");
static TAXONOMY: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/taxonomy");
static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");
static SITE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/site");
static SAMPLES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/samples");

/// A file that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("\"{}\" cannot be read; check that it exists and is UTF-8 where it is text", .path.display())]
pub struct Unreadable {
    /// The file.
    pub path: PathBuf,
    /// What the system says.
    #[source]
    pub cause: std::io::Error,
}

/// The files of a folder by path relative to it, with `/`; sorted.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Everything that an editor can change.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// The text of `feeds.toml`.
    pub feeds: String,
    /// `taxonomy/`: `banks.toml` and its text.
    pub taxonomy: Vec<(String, String)>,
    /// `templates/`: `site/insight.html` and its text.
    pub templates: Vec<(String, String)>,
    /// `site/`: `site.toml`, `pages/about.md`, `static/style.css` and their bytes.
    pub site: Files,
}

/// A publication's files: those in its folder, and the compiled ones where it has none of the name.
pub fn read(folder: &Path) -> Result<Inputs, Unreadable> {
    let feeds = folder.join("feeds.toml");
    let feeds = if feeds.exists() {
        std::fs::read_to_string(&feeds).map_err(|cause| Unreadable { path: feeds, cause })?
    } else {
        FEEDS.to_string()
    };
    Ok(Inputs {
        feeds,
        taxonomy: texts(overlay(&TAXONOMY, &folder.join("taxonomy"))?, folder)?,
        templates: texts(overlay(&TEMPLATES, &folder.join("templates"))?, folder)?,
        site: overlay(&SITE, &folder.join("site"))?,
    })
}

/// The sample edition: `edition.toml`, `feeds.toml`, and what its hosts answer.
pub fn samples(folder: &Path) -> Result<Files, Unreadable> {
    overlay(&SAMPLES, &folder.join("samples"))
}

/// One file's text.
pub fn text(path: &Path) -> Result<String, Unreadable> {
    std::fs::read_to_string(path).map_err(|cause| Unreadable { path: path.to_path_buf(), cause })
}

/// One file's bytes, but at most one more than `most`: whether it is too long can then be told.
pub fn bytes(path: &Path, most: usize) -> Result<Vec<u8>, Unreadable> {
    let failed = |cause| Unreadable { path: path.to_path_buf(), cause };
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(failed)?;
    file.take(most as u64 + 1).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

/// One file, to be read line by line.
pub fn lines(path: &Path) -> Result<BufReader<std::fs::File>, Unreadable> {
    let file = std::fs::File::open(path).map_err(|cause| Unreadable { path: path.to_path_buf(), cause })?;
    Ok(BufReader::new(file))
}

/// Whether a publication's folder has a `feeds.toml` of its own, and not only the compiled one.
pub fn has_own_feeds(folder: &Path) -> bool {
    folder.join("feeds.toml").exists()
}

fn overlay(compiled: &Dir<'_>, folder: &Path) -> Result<Files, Unreadable> {
    let mut files = Files::new();
    embedded(compiled, &mut files);
    if folder.is_dir() {
        walk(folder, folder, &mut files)?;
    }
    files.retain(|path, _| !path.split('/').any(|part| part.starts_with('.')));
    Ok(files)
}

fn embedded(dir: &Dir<'_>, files: &mut Files) {
    for file in dir.files() {
        files.insert(slashed(file.path()), file.contents().to_vec());
    }
    for inner in dir.dirs() {
        embedded(inner, files);
    }
}

fn walk(root: &Path, folder: &Path, files: &mut Files) -> Result<(), Unreadable> {
    let failed = |path: &Path| {
        let path = path.to_path_buf();
        move |cause| Unreadable { path, cause }
    };
    for entry in std::fs::read_dir(folder).map_err(failed(folder))? {
        let path = entry.map_err(failed(folder))?.path();
        if path.is_dir() {
            walk(root, &path, files)?;
        } else if let Ok(relative) = path.strip_prefix(root) {
            files.insert(slashed(relative), std::fs::read(&path).map_err(failed(&path))?);
        }
    }
    Ok(())
}

fn slashed(path: &Path) -> String {
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn texts(files: Files, folder: &Path) -> Result<Vec<(String, String)>, Unreadable> {
    files
        .into_iter()
        .map(|(path, bytes)| {
            String::from_utf8(bytes).map(|text| (path.clone(), text)).map_err(|error| Unreadable {
                path: folder.join(path),
                cause: std::io::Error::new(std::io::ErrorKind::InvalidData, error),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_in_the_folder_stands_for_the_compiled_one_of_its_name() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("site/pages")).unwrap();
        std::fs::write(folder.path().join("site/pages/about.md"), "ours").unwrap();
        std::fs::write(folder.path().join("feeds.toml"), "# none").unwrap();
        let inputs = read(folder.path()).unwrap();
        assert_eq!(inputs.site["pages/about.md"], b"ours");
        assert_eq!(inputs.feeds, "# none");
    }
}
