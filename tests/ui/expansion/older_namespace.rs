#![deny(warnings)]

use cors_runtime::{Policy, cors_policy};

// The example of KrakenD's own documentation.
static CORS: &Policy = cors_policy!("../older_namespace.json");

fn main() {
    let settings = CORS.to_string();
    let expected = [
        "origins          *",
        "methods          GET, HEAD, POST",
        "request headers  accept-language",
        "exposed headers  Content-Length, Content-Type",
        "credentials      no",
        "max age          43200 seconds",
        "preflights       response 204",
    ];
    assert_eq!(settings.lines().collect::<Vec<_>>(), expected);
}
