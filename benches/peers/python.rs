//! Peers that are Python packages, each with its runner beside this file.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::de::DeserializeOwned;

/// What a runner prints as JSON, or why it was not run. `package` is what `pip install` is told.
pub fn peer<T: DeserializeOwned>(package: &str, runner: &str, arguments: &[&OsStr]) -> Result<T, String> {
    let python = match std::env::var_os("TERMWALL_PEERS") {
        Some(place) => PathBuf::from(place).join("bin/python"),
        None => made_environment(package)?,
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers").join(runner);
    let run = Command::new(&python).arg(script).args(arguments).env("OMP_NUM_THREADS", "1").output();
    let output = run.map_err(|error| format!("\"{}\" cannot be run: {error}", python.display()))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).trim().to_string());
    }
    serde_json::from_slice(&output.stdout).map_err(|error| error.to_string())
}

/// The interpreter of a virtual environment with the package in it, made once.
fn made_environment(package: &str) -> Result<PathBuf, String> {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("peers");
    let python = place.join("bin/python");
    let says = |command: &mut Command| match command.output() {
        Ok(output) if output.status.success() => Ok(()),
        Ok(output) => Err(String::from_utf8_lossy(&output.stderr).trim().to_string()),
        Err(error) => Err(error.to_string()),
    };
    if !python.exists() {
        says(Command::new("python3").args(["-m", "venv"]).arg(&place))?;
    }
    says(Command::new(&python).args(["-m", "pip", "install", "--quiet", package]))?;
    Ok(python)
}
