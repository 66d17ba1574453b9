//! Tells cargo to build again when a compiled-in folder gains or loses a file.

fn main() {
    for folder in ["taxonomy", "templates", "samples", "site", "feeds.toml"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
