//! One file that an editor owns, such as `feeds.toml`: written aside and renamed, so that nobody ever reads half of it.

use std::path::{Path, PathBuf};

use super::DeliverError;
use super::folder::failed;

/// Writes a file, and the folder where missing. A file that is there keeps its permissions; a link stays a link.
pub fn file(path: &Path, bytes: &[u8]) -> Result<(), DeliverError> {
    let place = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    if let Some(parent) = place.parent() {
        std::fs::create_dir_all(parent).map_err(failed(parent))?;
    }
    let aside = aside(&place);
    std::fs::write(&aside, bytes).map_err(failed(&aside))?;
    if let Ok(held) = std::fs::metadata(&place) {
        std::fs::set_permissions(&aside, held.permissions()).map_err(failed(&aside))?;
    }
    std::fs::rename(&aside, &place).map_err(failed(&place))
}

/// Beside it, so that renaming never crosses a file system.
fn aside(place: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(place.file_name().unwrap_or_default());
    name.push(".aside");
    place.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_stays_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/feeds.toml");
        file(&path, b"one").unwrap();
        file(&path, b"two").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        assert_eq!(std::fs::read_dir(folder.path().join("new")).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real.toml"), folder.path().join("feeds.toml"));
        std::fs::write(&real, "one").unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        file(&link, b"two").unwrap();
        assert!(std::fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(std::fs::read(&real).unwrap(), b"two");
    }
}
