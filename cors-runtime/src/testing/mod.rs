//! A browser for tests of a service: what a page of another origin gets, and why it does not.

mod blocked;
mod browser;
mod cors_check;
mod fetch;
mod help;
mod http_cache;
mod list;
mod page;
mod preflight_cache;
mod request_headers;
mod response_headers;
mod state;

pub use blocked::{Access, Blocked};
pub use browser::Browser;
pub use preflight_cache::MaxAge;
pub use state::SentPreflight;
