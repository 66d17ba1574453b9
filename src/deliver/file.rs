//! One file that an editor owns, such as `feeds.toml`: written aside and renamed, so that nobody ever reads half of it.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::DeliverError;
use super::folder::failed;

/// Writes a file, and the folder where missing. A file that is there keeps its permissions; a link stays a link.
pub fn file(path: &Path, bytes: &[u8]) -> Result<(), DeliverError> {
    stream(path, |out| out.write_all(bytes))
}

/// The same for bytes that are made while they are written. Gives what the writing gave; on a failure the old file stays.
pub fn stream<T>(path: &Path, write: impl FnOnce(&mut BufWriter<File>) -> io::Result<T>) -> Result<T, DeliverError> {
    let place = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
    if let Some(parent) = place.parent() {
        std::fs::create_dir_all(parent).map_err(failed(parent))?;
    }
    let aside = aside(&place);
    let written = File::create(&aside).and_then(|file| {
        let mut out = BufWriter::new(file);
        let written = write(&mut out)?;
        out.flush()?;
        Ok(written)
    });
    let written = written.inspect_err(|_| drop(std::fs::remove_file(&aside))).map_err(failed(&aside))?;
    if let Ok(held) = std::fs::metadata(&place) {
        std::fs::set_permissions(&aside, held.permissions()).map_err(failed(&aside))?;
    }
    std::fs::rename(&aside, &place).map_err(failed(&place))?;
    Ok(written)
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

    #[test]
    fn what_cannot_be_made_leaves_the_old_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("events.csv");
        file(&path, b"old").unwrap();
        let broken = stream(&path, |out| out.write_all(b"half").and(Err::<(), _>(io::Error::other("no more"))));
        assert!(broken.is_err());
        assert_eq!(std::fs::read(&path).unwrap(), b"old");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
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
