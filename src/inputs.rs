//! Reads the files that people edit, from a folder or from what is compiled in.
