//! Request headers that endpoints read.

use super::{FILE, File};
use crate::rules;

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
    // Twice in one endpoint is no second endpoint.
    let endpoint = r#""input_headers": ["X-A", "x-a"]"#;
    let title = "browsers cannot send `X-A` to `/a`: it is not in `allow_headers`";
    let found = File { endpoint, ..FILE }.found();
    assert_eq!(found, [(rule, title.to_owned())]);
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
        let expected = if is_set {
            vec![]
        } else {
            vec![rules::FORWARDED_HEADER_NOT_ALLOWED.name]
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
