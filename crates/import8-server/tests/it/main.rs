//! The server as a program: started, asked over HTTP, killed, started again.

mod contract;
mod dashboard;
mod durability;
mod server;
mod upstream;
