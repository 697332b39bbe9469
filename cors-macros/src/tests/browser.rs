//! What the checker knows of browsers is what the browser for tests does.

use cors_runtime::testing::{Blocked, Browser};
use cors_runtime::{Policy, cors_policy};
use http::Request;

use super::{faults, file, findings};
use crate::finding::Finding;

static ANYONE: &Policy = cors_policy!({ "allow_origins": ["*"], "allow_headers": ["*"] });

const URL: &str = "https://api.test/";

/// Whether something of this name is found in a file with these members.
fn is_found(rules: &[&str], members: &str) -> bool {
    let (_, found) = findings("krakend.json", file(members).as_bytes());
    found
        .iter()
        .any(|finding| rules.contains(&finding.rule.name))
}

/// Every name that one of the two knows, and those of other headers.
const NAMES: &[&str] = &[
    "Accept",
    "Accept-Charset",
    "Accept-Encoding",
    "Accept-Language",
    "Access-Control-Request-Headers",
    "Access-Control-Request-Method",
    "Authorization",
    "Cache-Control",
    "Connection",
    "Content-Language",
    "Content-Length",
    "Content-Type",
    "Cookie",
    "Cookie2",
    "DNT",
    "Date",
    "Expect",
    "Host",
    "If-None-Match",
    "Keep-Alive",
    "Origin",
    "Proxy-Authorization",
    "Proxy-Anything",
    "Proxyless",
    "Range",
    "Referer",
    "Sec-CH-UA",
    "Sec-Fetch-Mode",
    "Secret",
    "Set-Cookie",
    "Set-Cookie2",
    "TE",
    "Trailer",
    "Transfer-Encoding",
    "Upgrade",
    "User-Agent",
    "Via",
    "X-HTTP-Method-Override",
    "X-Requested-With",
];

#[test]
fn forbidden_request_headers_are_those_that_it_drops() {
    let mut forbidden = 0;
    for name in NAMES {
        let members =
            format!("\"allow_origins\": [\"*\"], \"allow_headers\": [\"{name}\", \"X-A\"]");
        let rules = ["forbidden_request_header", "origin_request_header"];
        let is_forbidden = is_found(&rules, &members);
        // No header is safelisted with this value, so a preflight asks for it if it is sent.
        let request = Request::get(URL).header(*name, "@").body(()).unwrap();
        let page = Browser::at("https://app.test");
        page.ask(ANYONE, &request).unwrap();
        let is_dropped = page.preflights_sent() == 0;
        assert_eq!(is_forbidden, is_dropped, "{name}");
        forbidden += usize::from(is_forbidden);
    }
    assert_eq!(forbidden, 25);
}

#[test]
fn bad_ports_are_those_that_it_loads_no_page_from() {
    let request = Request::get(URL).body(()).unwrap();
    let origins = (0..=10_100).filter(|port| *port != 80);
    let origins: Vec<String> = origins
        .map(|port| format!("http://app.test:{port}"))
        .collect();
    let bad: Vec<&String> = origins
        .iter()
        .filter(|origin| {
            let outcome = Browser::at(origin).ask(ANYONE, &request);
            matches!(outcome, Err(Blocked::Page { .. }))
        })
        .collect();
    assert_eq!(bad.len(), 83);
    // One list with all of them.
    let quoted = crate::literal::quoted_list(&origins);
    let members = format!("\"allow_origins\": [{quoted}], \"allow_headers\": [\"X-A\"]");
    let mut found = faults(&file(&members));
    found.retain(|finding| ["bad_port", "malformed_port"].contains(&finding.rule.name));
    let titles: Vec<String> = found.iter().map(Finding::title).collect();
    assert_eq!(titles.len(), bad.len());
    for (origin, title) in bad.iter().zip(titles) {
        assert!(
            title.starts_with(&format!("\"{origin}\" ")),
            "{title} is not about {origin}"
        );
    }
}
