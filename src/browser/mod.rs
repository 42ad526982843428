//! Browser APIs: database, storage, downloads, notifications, visibility, shortcuts, style sheets, the sheet worker.

pub mod database;
pub mod digest;
pub mod download;
pub mod focus;
pub mod memo;
pub mod notifications;
pub mod rest;
pub mod sheet_worker;
pub mod shortcuts;
pub mod storage;
pub mod style;
pub mod task;
pub mod visibility;
