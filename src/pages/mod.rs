//! The screens, a room for each.

pub mod classification;
pub mod classify;
pub mod evidence;
pub mod history;
pub mod not_found;
pub mod overview;
pub mod review;
pub mod sign_in;
