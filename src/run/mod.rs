//! The order of the steps: the only module that knows it.
