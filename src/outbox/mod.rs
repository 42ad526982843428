//! Writing to the API. A request that costs a credit or changes something is stored in this browser before it is
//! sent, so that a lost answer is neither forgotten nor paid for twice.

pub mod batches;
pub mod reviews;
pub mod sending;
pub mod submissions;
