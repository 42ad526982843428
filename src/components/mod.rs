//! What more than one screen shows.

pub mod code;
pub mod code_field;
pub mod confidence;
pub mod confirm;
pub mod country;
pub mod csv_reader;
pub mod duties;
pub mod failure;
pub mod key_form;
pub mod language_switch;
pub mod left_behind;
pub mod page;
pub mod palette;
pub mod review;
pub mod samples;
pub mod sheet_failure;
pub mod shell;
pub mod status;
pub mod table;
pub mod tariff;
pub mod undeclarable;
pub mod watch;
