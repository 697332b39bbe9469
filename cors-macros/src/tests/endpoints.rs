//! What is said of endpoints, and above all what is not: whoever needs no browser, and headers that no
//! script sets, must not make noise.

mod double_headers;
mod headers;
mod tokens;

use super::{faults, findings, names};
use crate::rules;

/// A file with one endpoint, in parts.
#[derive(Clone, Copy)]
struct File {
    /// Members of the root.
    root: &'static str,
    /// Sections beside the one of CORS.
    sections: &'static str,
    /// Members of the CORS section beside `allow_origins`.
    cors: &'static str,
    /// Members of the endpoint beside its path.
    endpoint: &'static str,
}

/// Everything but a DELETE and an unusual header is allowed.
const FILE: File = File {
    root: r#""version": 3"#,
    sections: r#""router": {}"#,
    cors: r#""allow_methods": ["GET", "HEAD", "POST", "PUT"], "allow_headers": ["Content-Type"]"#,
    endpoint: r#""method": "GET""#,
};

impl File {
    /// What is found of the endpoints: the rules, each with its title.
    fn found(self) -> Vec<(&'static str, String)> {
        let File {
            root,
            sections,
            cors,
            endpoint,
        } = self;
        let text = format!(
            r#"{{ {root}, "extra_config": {{ {sections}, "security/cors": {{
                "allow_origins": ["https://app.example.com"], {cors}
            }} }}, "endpoints": [{{ "endpoint": "/a", {endpoint} }}] }}"#
        );
        let (_, found) = findings("krakend.json", text.as_bytes());
        let of_endpoints = |name: &str| rules::ENDPOINTS.iter().any(|rule| rule.name == name);
        found
            .iter()
            .filter(|finding| of_endpoints(finding.rule.name))
            .map(|finding| (finding.rule.name, finding.title()))
            .collect()
    }

    fn rules(self) -> Vec<&'static str> {
        self.found().into_iter().map(|(rule, _)| rule).collect()
    }
}

#[test]
fn methods() {
    let rule = rules::ENDPOINT_METHOD_NOT_ALLOWED.name;
    for (endpoint, expected) in [
        (r#""method": "DELETE""#, vec![rule]),
        (r#""method": "delete""#, vec![rule]),
        (r#""Method": "PATCH""#, vec![rule]),
        (r#""method": "PUT""#, vec![]),
        (r#""method": "POST""#, vec![]),
        (r#""method": """#, vec![]),
        (r#""method": "HEAD""#, vec![]),
        // What KrakenD does not serve needs no browser.
        (r#""method": "PURGE""#, vec![]),
        (r#""method": "GET,DELETE""#, vec![]),
        (r#""method": ["DELETE"]"#, vec![]),
        (r#""method": "{{ .method }}""#, vec![]),
        (
            r#""method": "DELETE", "input_headers": ["X-${NAME}"]"#,
            vec![],
        ),
        (r#""method": "DELETE", "endpoint": null"#, vec![]),
        (
            r#""method": "DELETE", "extra_config": { "websocket": {} }"#,
            vec![],
        ),
    ] {
        assert_eq!(File { endpoint, ..FILE }.rules(), expected, "{endpoint}");
    }
    let endpoint = r#""method": "PUT""#;
    for (cors, expected) in [
        // A method that no endpoint has is no mistake.
        (
            r#""allow_methods": ["GET", "HEAD", "POST", "PUT", "DELETE"]"#,
            vec![],
        ),
        (r#""allow_methods": ["GET", "HEAD", "POST"]"#, vec![rule]),
        (r#""allow_methods": []"#, vec![rule]),
        (r#""debug": false"#, vec![rule]),
        (r#""allow_methods": "all of them""#, vec![]),
    ] {
        let file = File {
            cors,
            endpoint,
            ..FILE
        };
        assert_eq!(file.rules(), expected, "{cors}");
    }
}

#[test]
fn json_bodies() {
    let rule = rules::JSON_BODY_NOT_ALLOWED.name;
    for (cors, endpoint, expected) in [
        (
            r#""allow_headers": ["X-A"]"#,
            r#""method": "POST""#,
            vec![rule],
        ),
        (r#""allow_headers": ["X-A"]"#, r#""method": "GET""#, vec![]),
        (
            r#""allow_headers": ["content-type"]"#,
            r#""method": "POST""#,
            vec![],
        ),
        (r#""allow_headers": ["*"]"#, r#""method": "POST""#, vec![]),
        (r#""allow_headers": []"#, r#""method": "POST""#, vec![]),
        (r#""debug": false"#, r#""method": "POST""#, vec![]),
    ] {
        let file = File {
            cors,
            endpoint,
            ..FILE
        };
        assert_eq!(file.rules(), expected, "{cors} {endpoint}");
    }
}

/// The hint for a method that is allowed gives way to the warning for an endpoint.
#[test]
fn a_body_is_spoken_of_once() {
    let hint = rules::CONTENT_TYPE_MISSING.name;
    let warning = rules::JSON_BODY_NOT_ALLOWED.name;
    let file = |endpoints: &str| {
        let text = format!(
            r#"{{ "version": 3, "extra_config": {{ "security/cors": {{
                "allow_origins": ["https://app.example.com"],
                "allow_methods": ["GET", "HEAD", "POST"], "allow_headers": ["X-A"]
            }} }}, "endpoints": [{endpoints}] }}"#
        );
        let (_, found) = findings("krakend.json", text.as_bytes());
        let mut names = names(&found);
        names.retain(|name| [hint, warning].contains(name));
        names
    };
    assert_eq!(file(r#"{ "endpoint": "/a" }"#), [hint]);
    assert_eq!(file(r#"{ "endpoint": "/a", "method": "POST" }"#), [warning]);
}

#[test]
fn preflights() {
    let options = rules::OPTIONS_ENDPOINT.name;
    let nothing = rules::PASSTHROUGH_TO_NOTHING.name;
    let get = r#""method": "GET""#;
    let by_hand = r#""method": "OPTIONS""#;
    let none = FILE.sections;
    let on = r#""allow_headers": ["X-A"], "options_passthrough": true"#;
    let off = r#""allow_headers": ["X-A"], "options_passthrough": false"#;
    let router = r#""router": { "auto_options": true }"#;
    let router_of_version_2 =
        r#""github_com/luraproject/lura/router/gin": { "auto_options": true }"#;
    for (cors, sections, endpoint, expected) in [
        (off, none, get, vec![]),
        (off, none, by_hand, vec![options]),
        (off, router, by_hand, vec![options]),
        // KrakenD does not register a method of that name.
        (on, none, by_hand, vec![options, nothing]),
        (on, none, get, vec![nothing]),
        (on, router, by_hand, vec![options]),
        // The router reads a map of Go.
        (
            on,
            r#""router": { "Auto_Options": true }"#,
            get,
            vec![nothing],
        ),
        (
            on,
            r#""router": { "auto_options": "true" }"#,
            get,
            vec![nothing],
        ),
        (on, r#""router": { "auto_options": 1 }"#, get, vec![nothing]),
        (
            on,
            r#""router": { "Auto_Options": false, "auto_options": true }"#,
            get,
            vec![],
        ),
        (
            on,
            r#""Router": { "auto_options": true }"#,
            get,
            vec![nothing],
        ),
        (
            on,
            r#""router": { "auto_options": false }"#,
            get,
            vec![nothing],
        ),
        (on, router, get, vec![]),
        (on, router_of_version_2, get, vec![]),
        (on, r#""plugin/http-server": {}"#, get, vec![]),
    ] {
        let file = File {
            cors,
            sections,
            endpoint,
            ..FILE
        };
        assert_eq!(file.rules(), expected, "{cors} {sections} {endpoint}");
    }
}

/// What KrakenD leaves out is named only if there is nothing else.
#[test]
fn paths_without_an_answer() {
    for (more, expected) in [
        ("", "`/a`"),
        (r#"}, { "endpoint": "/b""#, "`/b`"),
        (
            r#"}, { "endpoint": "/b" }, { "endpoint": "/c""#,
            "2 endpoints",
        ),
    ] {
        let endpoint = format!(r#""method": "OPTIONS" {more}"#).leak();
        let cors = r#""allow_headers": ["X-A"], "options_passthrough": true"#;
        let found = File {
            cors,
            endpoint,
            ..FILE
        };
        let found = found.found();
        let titles: Vec<&str> = found.iter().map(|(_, title)| title.as_str()).collect();
        let options = "no preflight reaches the method `OPTIONS` of `/a`";
        let nothing = format!("nothing answers the preflights of {expected}");
        assert_eq!(titles, [options, &nothing], "{more}");
    }
}

#[test]
fn headers_to_expose() {
    let rule = rules::RESPONSE_HEADER_NOT_EXPOSED.name;
    let missing = |names: &str| {
        let title =
            format!("scripts cannot read {names} in responses of `/a`: not in `expose_headers`");
        vec![(rule, title)]
    };
    let cors = |members: &str| format!(r#""allow_headers": ["*"] {members}"#).leak();
    let tus = "`Location`, `Upload-Length` and `Upload-Offset`";
    for (members, forwarded, expected) in [
        (
            "",
            r#"["Range"]"#,
            missing("`Accept-Ranges` and `Content-Range`"),
        ),
        ("", r#"["mcp-session-id"]"#, missing("`Mcp-Session-Id`")),
        ("", r#"["Tus-Resumable", "Upload-Offset"]"#, missing(tus)),
        ("", r#"["X-A", "If-Range"]"#, vec![]),
        ("", r#"["*"]"#, vec![]),
        (
            r#", "expose_headers": ["accept-ranges", "X-A"]"#,
            r#"["Range"]"#,
            missing("`Content-Range`"),
        ),
        (
            r#", "expose_headers": []"#,
            r#"["Mcp-Session-Id"]"#,
            missing("`Mcp-Session-Id`"),
        ),
        (
            r#", "expose_headers": ["Mcp-Session-Id"]"#,
            r#"["Mcp-Session-Id"]"#,
            vec![],
        ),
        (r#", "expose_headers": ["*"]"#, r#"["Range"]"#, vec![]),
        (
            r#", "expose_headers": ["*"], "allow_credentials": true"#,
            r#"["Mcp-Session-Id"]"#,
            missing("`Mcp-Session-Id`"),
        ),
        (r#", "expose_headers": 3"#, r#"["Range"]"#, vec![]),
    ] {
        for (encoding, expected) in [("no-op", expected), ("json", vec![])] {
            let text = format!(r#""output_encoding": "{encoding}", "input_headers": {forwarded}"#);
            let mut found = File {
                cors: cors(members),
                endpoint: text.leak(),
                ..FILE
            }
            .found();
            found.retain(|(name, _)| *name != rules::DOUBLE_CORS_HEADERS.name);
            assert_eq!(found, expected, "{members} {forwarded} {encoding}");
        }
    }
}

/// An `endpoints` of another kind is KrakenD's business.
#[test]
fn what_are_no_endpoints() {
    for endpoints in [
        "{}",
        "null",
        "3",
        "\"/a\"",
        "[]",
        "[[{\"endpoint\": \"/a\"}], 1, null]",
    ] {
        let text = format!(
            r#"{{ "version": 3, "extra_config": {{ "security/cors": {{
                "allow_origins": ["https://app.example.com"], "allow_headers": ["X-A"]
            }} }}, "endpoints": {endpoints} }}"#
        );
        let found = faults(&text);
        assert!(found.is_empty(), "{endpoints}: {found:?}");
    }
}
