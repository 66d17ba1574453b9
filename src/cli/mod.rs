//! The command line: arguments go in, a command comes out.
