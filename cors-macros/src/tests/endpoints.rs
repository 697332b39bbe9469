//! What is said of endpoints, and above all what is not: whoever needs no browser, and headers that no
//! script sets, must not make noise.

use super::findings;
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
    /// What is found of the endpoints: the rules, each with its headline.
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
            .map(|finding| (finding.rule.name, finding.headline()))
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
    let file = |endpoints: &str| {
        let text = format!(
            r#"{{ "version": 3, "extra_config": {{ "security/cors": {{
                "allow_origins": ["https://app.example.com"],
                "allow_methods": ["GET", "HEAD", "POST"], "allow_headers": ["X-A"]
            }} }}, "endpoints": [{endpoints}] }}"#
        );
        let (_, found) = findings("krakend.json", text.as_bytes());
        found
            .iter()
            .map(|finding| finding.rule.name)
            .collect::<Vec<_>>()
    };
    let hint = rules::CONTENT_TYPE_MISSING.name;
    let warning = rules::JSON_BODY_NOT_ALLOWED.name;
    assert_eq!(file(r#"{ "endpoint": "/a" }"#), [hint]);
    assert_eq!(file(r#"{ "endpoint": "/a", "method": "POST" }"#), [warning]);
}

#[test]
fn headers_that_no_script_sets() {
    let names = [
        "*",
        // Forbidden, and safelisted.
        "Origin Referer Host Connection Accept-Encoding Content-Length Sec-Fetch-Mode Proxy-Id Via DNT",
        "Accept Accept-Language Content-Language Content-Type Range",
        // Of the browser's own cache and requests.
        "User-Agent If-Match If-None-Match If-Modified-Since If-Unmodified-Since If-Range",
        "Cache-Control Pragma Priority Upgrade-Insecure-Requests",
        // Of CORS.
        "Access-Control-Allow-Origin Access-Control-Request-Method Access-Control-Any",
        // Of proxies and tracing.
        "X-Forwarded-For X-Forwarded-Host X-Forwarded-Proto Forwarded X-Real-IP True-Client-IP",
        "traceparent tracestate baggage X-B3-TraceId B3 uber-trace-id X-Request-Id X-Correlation-ID",
        "X-Amzn-Trace-Id X-Cloud-Trace-Context X-Datadog-Trace-Id CF-Connecting-IP CF-Ray X-Envoy-Id",
        "X-Krakend X-Krakend-Completed",
        // No names.
        "X* X|Y 'X'",
    ];
    let names: Vec<&str> = names.iter().flat_map(|line| line.split(' ')).collect();
    for name in names {
        let endpoint = format!(r#""input_headers": ["{name}", "X-Of-Scripts"]"#).leak();
        let expected = "browsers cannot send `X-Of-Scripts` to `/a`: it is not in `allow_headers`";
        let rule = rules::FORWARDED_HEADER_NOT_ALLOWED.name;
        let found = File { endpoint, ..FILE }.found();
        assert_eq!(found, [(rule, expected.to_owned())], "{name}");
    }
}

#[test]
fn forwarded_headers() {
    let rule = rules::FORWARDED_HEADER_NOT_ALLOWED.name;
    let in_version_3 = r#""input_headers": ["X-A"]"#;
    let in_version_2 = r#""headers_to_pass": ["X-A"]"#;
    for (root, endpoint, expected) in [
        (r#""version": 3"#, in_version_3, vec![rule]),
        (r#""version": 3"#, in_version_2, vec![]),
        (r#""version": 2"#, in_version_2, vec![rule]),
        (r#""version": 2"#, in_version_3, vec![]),
        (
            r#""version": 3"#,
            r#""input_headers": ["x-a", "X-B-${N}"]"#,
            vec![],
        ),
        (r#""version": 3"#, r#""input_headers": [1, null]"#, vec![]),
        (r#""version": 3"#, r#""input_headers": "X-A""#, vec![]),
    ] {
        let file = File {
            root,
            endpoint,
            ..FILE
        };
        assert_eq!(file.rules(), expected, "{root} {endpoint}");
    }
    for (cors, expected) in [
        (r#""allow_headers": ["x-a"]"#, vec![]),
        (r#""allow_headers": ["*"]"#, vec![]),
        (r#""allow_headers": ["Content-Type", "*"]"#, vec![]),
        (r#""allow_headers": []"#, vec![]),
        (r#""debug": false"#, vec![]),
        (r#""allow_headers": ["X-B"]"#, vec![rule]),
    ] {
        let endpoint = in_version_3;
        let file = File {
            cors,
            endpoint,
            ..FILE
        };
        assert_eq!(file.rules(), expected, "{cors}");
    }
}

#[test]
fn headers_that_the_gateway_sets() {
    let validator = |settings: &str| {
        format!(r#""extra_config": {{ "auth/validator": {{ "cookie_key": "t", {settings} }} }}"#)
    };
    let in_backend = |section: &str| {
        format!(r#""backend": [{{ "url_pattern": "/", "extra_config": {{ {section} }} }}]"#)
    };
    let of_martian = r#""modifier/martian": { "header.Modifier": { "scope": ["request"], "name": "x-user", "value": "a" } }"#;
    let of_lua = r#""modifier/lua-proxy": { "pre": "r:headers('X-User', 'a')" }"#;
    let of_plugin = r#""plugin/req-resp-modifier": { "name": ["p"], "p": { "header": "X-User" } }"#;
    let of_limit = r#""qos/ratelimit/router": { "strategy": "header", "key": "X-User" }"#;
    for (more, is_set) in [
        (
            validator(r#""propagate_claims": [["sub", "x-user"]]"#),
            true,
        ),
        (
            validator(r#""propagate-claims": [["sub", "X-User"]]"#),
            true,
        ),
        (
            validator(r#""propagate_claims": [["sub", "x-user-id"]]"#),
            false,
        ),
        (
            validator(r#""propagate_claims": [["x-user", "x-other"], ["a", "my-x-user"]]"#),
            true,
        ),
        (validator(r#""roles_key": "x-user""#), false),
        (format!(r#""extra_config": {{ {of_lua} }}"#), true),
        (format!(r#""extra_config": {{ {of_plugin} }}"#), true),
        (format!(r#""extra_config": {{ {of_limit} }}"#), false),
        (in_backend(of_martian), true),
        (
            in_backend(
                &of_martian.replace("modifier/martian", "github.com/devopsfaith/krakend-martian"),
            ),
            true,
        ),
        (in_backend(&of_martian.replace("x-user", "x-users")), false),
        (
            r#""backend": [null, 1, "x-user", [], true, 1.5, -1]"#.to_owned(),
            false,
        ),
    ] {
        let cors = r#""allow_credentials": true, "allow_headers": ["Content-Type"]"#;
        let endpoint = format!(r#""input_headers": ["X-User"], {more}"#).leak();
        let expected = match is_set {
            true => vec![],
            false => vec![rules::FORWARDED_HEADER_NOT_ALLOWED.name],
        };
        let file = File {
            cors,
            endpoint,
            ..FILE
        };
        assert_eq!(file.rules(), expected, "{endpoint}");
    }
    let sections = r#""plugin/http-server": { "name": ["p"], "p": { "adds": "X-User" } }"#;
    let endpoint = r#""input_headers": ["X-User"]"#;
    let file = File {
        sections,
        endpoint,
        ..FILE
    };
    assert_eq!(file.rules(), Vec::<&str>::new(), "{sections}");
}

#[test]
fn tokens() {
    let rule = rules::TOKEN_NOT_ALLOWED.name;
    let cookies = rules::COOKIE_WITHOUT_CREDENTIALS.name;
    let forwarded = rules::FORWARDED_HEADER_NOT_ALLOWED.name;
    for (cors, validator, expected) in [
        ("", r#""auth/validator": {}"#, vec![rule]),
        (
            "",
            r#""github.com/devopsfaith/krakend-jose/validator": {}"#,
            vec![rule],
        ),
        (
            "",
            r#""github_com/devopsfaith/krakend-jose/validator": {}"#,
            vec![rule],
        ),
        ("", r#""auth/validator": { "cookie_key": "" }"#, vec![rule]),
        (
            "",
            r#""auth/validator": { "auth_header_name": "X-Token" }"#,
            vec![rule],
        ),
        // No script can set it.
        (
            "",
            r#""auth/validator": { "auth_header_name": "Sec-Token" }"#,
            vec![],
        ),
        (
            "",
            r#""auth/validator": { "auth_header_name": "X-A" }"#,
            vec![],
        ),
        ("", r#""auth/validator": "{{ template }}""#, vec![]),
        ("", r#""auth/signer": {}"#, vec![]),
        (
            "",
            r#""auth/validator": { "cookie_key": "t" }"#,
            vec![cookies],
        ),
        (
            r#", "allow_credentials": true"#,
            r#""auth/validator": { "cookie_key": "t" }"#,
            vec![],
        ),
    ] {
        let cors = format!(r#""allow_headers": ["Content-Type", "x-a"] {cors}"#).leak();
        let endpoint = format!(r#""extra_config": {{ {validator} }}"#).leak();
        let file = File {
            cors,
            endpoint,
            ..FILE
        };
        assert_eq!(file.rules(), expected, "{cors} {endpoint}");
    }
    // A header is spoken of once.
    let with_token =
        r#""input_headers": ["Authorization", "X-B"], "extra_config": { "auth/validator": {} }"#;
    let endpoint = with_token;
    assert_eq!(File { endpoint, ..FILE }.rules(), [rule, forwarded]);
    for cors in [
        r#""allow_headers": ["authorization"]"#,
        r#""allow_headers": ["*"]"#,
        r#""debug": false"#,
    ] {
        let endpoint = r#""extra_config": { "auth/validator": {} }"#;
        let file = File {
            cors,
            endpoint,
            ..FILE
        };
        assert_eq!(file.rules(), Vec::<&str>::new(), "{cors}");
    }
}

#[test]
fn cookies() {
    let rule = rules::COOKIE_WITHOUT_CREDENTIALS.name;
    let forwarded = r#""input_headers": ["cookie"]"#;
    let token = r#""extra_config": { "auth/validator": { "cookie_key": "t" } }"#;
    for (cors, endpoint, expected) in [
        (r#""allow_headers": ["X-A"]"#, forwarded, vec![rule]),
        (
            r#""allow_headers": ["X-A"], "allow_credentials": false"#,
            forwarded,
            vec![rule],
        ),
        (
            r#""allow_headers": ["X-A"], "allow_credentials": true"#,
            forwarded,
            vec![],
        ),
        (
            r#""allow_headers": ["X-A"], "allow_credentials": "perhaps""#,
            forwarded,
            vec![],
        ),
        (r#""allow_headers": ["*"]"#, forwarded, vec![rule]),
        (
            r#""allow_headers": ["X-A"]"#,
            r#""input_headers": ["*"]"#,
            vec![],
        ),
        // The token may come in the header.
        (r#""allow_headers": ["Authorization"]"#, token, vec![]),
        (r#""allow_headers": ["*"]"#, token, vec![]),
        (r#""allow_headers": ["X-A"]"#, token, vec![rule]),
    ] {
        let file = File {
            cors,
            endpoint,
            ..FILE
        };
        assert_eq!(file.rules(), expected, "{cors} {endpoint}");
    }
}

#[test]
fn headers_of_backends() {
    let rule = rules::DOUBLE_CORS_HEADERS.name;
    let no_op = r#""version": 3, "output_encoding": "no-op""#;
    let blocked = r#""modifier/martian": { "header.Blacklist": { "scope": ["response"], "names": ["Access-Control-Allow-Origin"] } }"#;
    let blocked = format!(
        r#""output_encoding": "no-op", "input_headers": ["*"], "backend": [{{ "extra_config": {{ {blocked} }} }}]"#
    );
    for (root, endpoint, expected) in [
        (
            FILE.root,
            r#""output_encoding": "no-op", "input_headers": ["*"]"#,
            vec![rule],
        ),
        (
            FILE.root,
            r#""output_encoding": "no-op", "input_headers": ["origin"]"#,
            vec![rule],
        ),
        (
            FILE.root,
            r#""output_encoding": "no-op", "input_headers": ["Content-Type"]"#,
            vec![],
        ),
        (FILE.root, r#""output_encoding": "no-op""#, vec![]),
        (
            FILE.root,
            r#""output_encoding": "json", "input_headers": ["*"]"#,
            vec![],
        ),
        (FILE.root, r#""input_headers": ["*"]"#, vec![]),
        (no_op, r#""input_headers": ["*"]"#, vec![rule]),
        (
            no_op,
            r#""output_encoding": "json", "input_headers": ["*"]"#,
            vec![],
        ),
        // The gateway removes them.
        (FILE.root, &*blocked.leak(), vec![]),
    ] {
        let file = File {
            root,
            endpoint,
            ..FILE
        };
        assert_eq!(file.rules(), expected, "{root} {endpoint}");
    }
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
        (on, none, by_hand, vec![]),
        (on, none, get, vec![nothing]),
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
        let (_, found) = findings("krakend.json", text.as_bytes());
        assert!(found.is_empty(), "{endpoints}: {found:?}");
    }
}
