//! The browser for tests, where it meets services: faults of a layer, each by its own reason; other
//! libraries; errors of the test itself; and what its help promises.
//!
//! `tests/facts` holds what browsers do.

#![allow(clippy::panic, clippy::unwrap_used, reason = "tests may fail")]

mod broken;
mod cached;
mod console;
mod cookies;
mod effects;
mod errors;
mod help;
mod lists;
mod modes;
mod sentences;
mod statuses;
mod tower_http;

#[path = "../support/layered.rs"]
mod layered;

use http::{Request, Response};
use layered::Layered;
use tower::service_fn;
use tower::util::BoxCloneSyncService;

const PAGE: &str = "https://app.test";
const OTHER: &str = "https://admin.test";
const STRANGER: &str = "https://stranger.test";
const URL: &str = "https://api.test/articles";

/// A handler that responds to every request alike.
fn handler(response: Response<()>) -> Layered {
    BoxCloneSyncService::new(service_fn(move |_: Request<()>| {
        let response = response.clone();
        async { Ok(response) }
    }))
}

/// A request from its method, and a header a line.
fn request(text: &str) -> Request<()> {
    let (method, headers) = text.split_once('\n').unwrap_or((text, ""));
    let mut request = Request::builder().method(method).uri(URL);
    for line in headers.lines() {
        let (name, value) = line.split_once(':').unwrap();
        request = request.header(name.trim(), value.trim());
    }
    request.body(()).unwrap()
}
