//! Pages.

use super::Files;
use crate::model::edition::{File, Material};
use crate::model::mistake::Mistake;

/// Checked page templates, Markdown pages and static files.
pub struct Templates {}

impl Templates {
    /// Checks them; or gives every mistake.
    pub fn new(files: Files) -> Result<Self, Vec<Mistake>> {
        let _ = files;
        Ok(Self {})
    }
}

/// All pages and static files.
pub fn plan<'a>(templates: &'a Templates, material: &'a Material) -> Vec<File<'a>> {
    let _ = (templates, material);
    Vec::new()
}
