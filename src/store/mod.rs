//! Keeps what arrived before anybody reads it, and everything that was made of it. One SQL text for SQLite and PostgreSQL.
