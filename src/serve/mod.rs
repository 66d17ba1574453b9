//! Answers a reader's browser: a preview of a folder, and the sample edition's servers.
