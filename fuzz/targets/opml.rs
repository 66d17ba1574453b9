//! See `bodies::files::opml`.

#![no_main]

#[path = "../bodies/mod.rs"]
mod bodies;

// The usual hook of a fuzzer would take a panic that is caught on purpose for a finding; one that is not caught still is one.
libfuzzer_sys::fuzz_target!(init: drop(std::panic::take_hook()), |data: &[u8]| -> () { bodies::files::opml(data) });
