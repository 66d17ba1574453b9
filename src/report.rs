//! What a run came to: what was read, what failed and what to do.
