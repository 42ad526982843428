//! What more than one screen shows.

pub mod code;
pub mod confidence;
pub mod failure;
pub mod language_switch;
pub mod page;
pub mod review;
pub mod shell;
pub mod status;
pub mod table;
pub mod watch;
