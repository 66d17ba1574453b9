//! Writes an edition: files aside and renamed, unchanged ones untouched, stale ones removed.
