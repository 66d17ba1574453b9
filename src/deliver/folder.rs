//! Into a folder. Whoever reads it meanwhile sees whole files only, and no page before the files that it needs.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::manifest::{self, Made, Manifest};
use crate::model::edition::{Edition, File, RenderError};

/// Files are written here first. Within the folder, so that renaming never crosses a file system.
const ASIDE: &str = ".termwall-aside";

/// What a delivery came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delivered {
    /// Paths that are new or changed, sorted.
    pub written: Vec<String>,
    /// Files that were left as they are.
    pub unchanged: usize,
    /// Paths that are no longer part of the edition, sorted.
    pub removed: Vec<String>,
}

/// Why nothing, or not all, was delivered.
#[derive(Debug, thiserror::Error)]
pub enum DeliverError {
    /// The folder holds files that are not ours.
    #[error("\"{}\" holds files that this program did not write; empty it or choose another folder", .0.display())]
    Foreign(PathBuf),
    /// The system refused.
    #[error("\"{}\" cannot be written; check the folder's owner and the space on the disk", .path.display())]
    Write {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        #[source]
        cause: std::io::Error,
    },
    /// A page could not be made.
    #[error(transparent)]
    Render(#[from] RenderError),
}

/// Writes an edition into a folder, made where missing.
///
/// A file whose inputs are those of last time is neither rendered nor touched; one whose bytes are the same is not touched. The
/// manifest is written before the first file as well, naming all that may come, so that a delivery that was cut off leaves no
/// file that the next one does not know.
pub fn deliver(edition: &Edition<'_>, folder: &Path) -> Result<Delivered, DeliverError> {
    let before = prepare(folder)?;
    if before.files.len() == edition.files.len() && edition.files.iter().all(|file| is_there(folder, &before, file)) {
        return Ok(Delivered { unchanged: edition.files.len(), ..Delivered::default() });
    }
    let after = Manifest { files: edition.files.iter().map(|file| (file.path.clone(), made(file))).collect() };
    write(folder, manifest::NAME, &intent(&before, &after).bytes())?;
    let mut delivered = Delivered::default();
    let mut manifest = Manifest::default();
    let (pages, assets): (Vec<_>, Vec<_>) = edition.files.iter().partition(|file| is_page(&file.path));
    for group in [assets, pages] {
        let outcomes: Vec<_> = group.par_iter().map(|file| one(folder, &before, file)).collect();
        for (file, outcome) in group.iter().zip(outcomes) {
            let (written, size) = outcome?;
            if written {
                delivered.written.push(file.path.clone());
            } else {
                delivered.unchanged += 1;
            }
            manifest.files.insert(file.path.clone(), Made { size, ..made(file) });
        }
    }
    delivered.removed = remove_stale(folder, &before, &manifest)?;
    delivered.written.sort();
    write(folder, manifest::NAME, &manifest.bytes())?;
    let _ = std::fs::remove_dir_all(folder.join(ASIDE));
    Ok(delivered)
}

/// Writes a letter's parts into a folder as `NAME.eml`, `NAME.html` and so on. A part with the same bytes is not touched.
pub fn letter(folder: &Path, name: &str, parts: &[(&str, &[u8])]) -> Result<(), DeliverError> {
    for (suffix, bytes) in parts {
        let path = format!("{name}.{suffix}");
        if !std::fs::read(folder.join(&path)).is_ok_and(|held| held == *bytes) {
            write(folder, &path, bytes)?;
        }
    }
    let _ = std::fs::remove_dir_all(folder.join(ASIDE));
    Ok(())
}

/// A file of the edition that was delivered last; `None` where there is none, or none of ours.
pub fn delivered(folder: &Path, path: &str) -> Result<Option<Vec<u8>>, DeliverError> {
    match std::fs::read(folder.join(path)) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(cause) => Err(DeliverError::Write { path: folder.join(path), cause }),
    }
}

/// Makes the folder ready and gives the manifest of what we wrote into it before.
fn prepare(folder: &Path) -> Result<Manifest, DeliverError> {
    std::fs::create_dir_all(folder).map_err(failed(folder))?;
    let _ = std::fs::remove_dir_all(folder.join(ASIDE));
    if let Some(manifest) = Manifest::read(folder).map_err(failed(&folder.join(manifest::NAME)))? {
        return Ok(manifest);
    }
    let is_empty = std::fs::read_dir(folder).map_err(failed(folder))?.next().is_none();
    if is_empty { Ok(Manifest::default()) } else { Err(DeliverError::Foreign(folder.to_path_buf())) }
}

/// Everything that we wrote, and everything that we are about to write. What may change has no inputs in it.
fn intent(before: &Manifest, after: &Manifest) -> Manifest {
    let mut files = before.files.clone();
    for (path, made) in &after.files {
        if files.get(path).is_none_or(|held| held.inputs != made.inputs) {
            files.insert(path.clone(), Made::default());
        }
    }
    Manifest { files }
}

/// What the manifest will say of a file, its size apart.
fn made(file: &File<'_>) -> Made {
    Made { inputs: file.inputs.iter().map(|byte| format!("{byte:02x}")).collect(), size: 0 }
}

/// Whether what lies there was made from the same inputs.
fn is_there(folder: &Path, before: &Manifest, file: &File<'_>) -> bool {
    before.files.get(&file.path).is_some_and(|held| {
        held.inputs == made(file).inputs
            && std::fs::metadata(folder.join(&file.path)).is_ok_and(|meta| meta.is_file() && meta.len() == held.size)
    })
}

/// Whether it is a page, which comes after the files that it needs.
fn is_page(path: &str) -> bool {
    path.ends_with(".html")
}

/// Delivers one file. Whether it was written, and its size.
fn one(folder: &Path, before: &Manifest, file: &File<'_>) -> Result<(bool, u64), DeliverError> {
    if is_there(folder, before, file) {
        return Ok((false, before.files[&file.path].size));
    }
    let bytes = (file.render)()?;
    let size = bytes.len() as u64;
    if std::fs::read(folder.join(&file.path)).is_ok_and(|held| held == bytes) {
        return Ok((false, size));
    }
    write(folder, &file.path, &bytes)?;
    Ok((true, size))
}

/// Writes bytes aside, then renames them into place.
fn write(folder: &Path, path: &str, bytes: &[u8]) -> Result<(), DeliverError> {
    let place = folder.join(path);
    let aside = folder.join(ASIDE).join(path.replace('/', "!"));
    for parent in [place.parent(), aside.parent()].into_iter().flatten() {
        std::fs::create_dir_all(parent).map_err(failed(parent))?;
    }
    std::fs::write(&aside, bytes).map_err(failed(&aside))?;
    std::fs::rename(&aside, &place).map_err(failed(&place))
}

/// Removes what the last edition had and this one has not, and folders that become empty by it.
fn remove_stale(folder: &Path, before: &Manifest, now: &Manifest) -> Result<Vec<String>, DeliverError> {
    let mut removed = Vec::new();
    for path in before.files.keys().filter(|path| !now.files.contains_key(*path)) {
        let place = folder.join(path);
        match std::fs::remove_file(&place) {
            Ok(()) => removed.push(path.clone()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(cause) => return Err(DeliverError::Write { path: place, cause }),
        }
        let mut parent = place.parent();
        while let Some(dir) = parent.filter(|dir| *dir != folder && std::fs::remove_dir(dir).is_ok()) {
            parent = dir.parent();
        }
    }
    Ok(removed)
}

pub(super) fn failed(path: &Path) -> impl Fn(std::io::Error) -> DeliverError + use<> {
    let path = path.to_path_buf();
    move |cause| DeliverError::Write { path: path.clone(), cause }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    static RENDERED: AtomicUsize = AtomicUsize::new(0);

    fn edition(files: &[(&str, &str)]) -> Edition<'static> {
        let files = files
            .iter()
            .map(|(path, text)| {
                let bytes = text.as_bytes().to_vec();
                let mut inputs = [0; 32];
                inputs[..bytes.len()].copy_from_slice(&bytes);
                let render: crate::model::edition::Render<'static> = Box::new(move || {
                    RENDERED.fetch_add(1, Ordering::Relaxed);
                    Ok(bytes.clone())
                });
                File { path: (*path).to_string(), inputs, render }
            })
            .collect();
        Edition { files }
    }

    #[test]
    fn only_what_changed_is_rendered_and_what_left_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("public");
        let first = deliver(&edition(&[("index.html", "one"), ("a/b/index.html", "two"), ("style.css", "x")]), &out).unwrap();
        assert_eq!(first.written, ["a/b/index.html", "index.html", "style.css"]);
        RENDERED.store(0, Ordering::Relaxed);
        let same = deliver(&edition(&[("index.html", "one"), ("a/b/index.html", "two"), ("style.css", "x")]), &out).unwrap();
        assert_eq!((same.written.len(), same.unchanged), (0, 3));
        assert_eq!(RENDERED.load(Ordering::Relaxed), 0);
        let next = deliver(&edition(&[("index.html", "three"), ("style.css", "x")]), &out).unwrap();
        assert_eq!((next.written, next.removed), (vec!["index.html".to_string()], vec!["a/b/index.html".to_string()]));
        assert!(!out.join("a").exists(), "an empty folder stayed");
        assert!(!out.join(ASIDE).exists());
    }

    #[test]
    fn a_file_that_somebody_spoilt_is_written_again() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("public");
        deliver(&edition(&[("index.html", "one")]), &out).unwrap();
        std::fs::write(out.join("index.html"), "longer than before").unwrap();
        let again = deliver(&edition(&[("index.html", "one")]), &out).unwrap();
        assert_eq!(again.written, ["index.html"]);
    }

    #[test]
    fn a_folder_with_somebody_elses_files_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("thesis.txt"), "mine").unwrap();
        assert!(matches!(deliver(&edition(&[("index.html", "one")]), folder.path()), Err(DeliverError::Foreign(_))));
        assert!(folder.path().join("thesis.txt").exists());
    }

    #[test]
    fn a_delivery_that_was_cut_off_is_completed_by_the_next() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("public");
        let planned = edition(&[("a.html", "a"), ("b.html", "b")]);
        prepare(&out).unwrap();
        let after = Manifest { files: planned.files.iter().map(|file| (file.path.clone(), made(file))).collect() };
        write(&out, manifest::NAME, &intent(&Manifest::default(), &after).bytes()).unwrap();
        write(&out, "a.html", b"a").unwrap();
        let next = deliver(&edition(&[("b.html", "b")]), &out).unwrap();
        assert_eq!((next.written, next.removed), (vec!["b.html".to_string()], vec!["a.html".to_string()]));
    }
}
