//! The Import8 dashboard: a single-page app that classifies products through the Import8 API.
//!
//! Imports run down this list; `ARCHITECTURE.md` says why.

pub mod app;
pub mod route_table;
pub mod screens;

pub mod background;

pub mod pages;

pub mod components;

pub mod outbox;

pub mod queries;

pub mod session;

pub mod api;

pub mod i18n;

pub mod browser;

pub mod routes;
