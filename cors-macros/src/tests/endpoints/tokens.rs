//! What endpoints ask pages for: tokens, keys, passwords and cookies.

use super::{FILE, File};
use crate::rules;

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
        // KrakenD reads the cookie `access_token` without being told to.
        (
            r#", "allow_credentials": true"#,
            r#""auth/validator": {}"#,
            vec![],
        ),
        (
            r#", "allow_credentials": false"#,
            r#""auth/validator": {}"#,
            vec![rule],
        ),
        // The browser may know a password.
        ("", r#""auth/basic": { "htpasswd_path": "a" }"#, vec![rule]),
        (
            r#", "allow_credentials": true"#,
            r#""auth/basic": { "htpasswd_path": "a" }"#,
            vec![],
        ),
        ("", r#""auth/basic": null"#, vec![]),
        // The root has no keys.
        ("", r#""auth/api-keys": {}"#, vec![]),
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
fn api_keys() {
    let rule = rules::TOKEN_NOT_ALLOWED.name;
    let forwarded = rules::FORWARDED_HEADER_NOT_ALLOWED.name;
    let in_header =
        r#""auth/api-keys": { "strategy": "header", "identifier": "X-Key", "keys": [] }"#;
    for (sections, endpoint, expected) in [
        (
            in_header,
            r#""auth/api-keys": { "roles": ["a"] }"#,
            vec![(rule, "an API key in `X-Key`")],
        ),
        (
            r#""auth/api-keys": { "keys": [] }"#,
            r#""auth/api-keys": {}"#,
            vec![(rule, "an API key in `Authorization`")],
        ),
        (
            in_header,
            r#""auth/api-keys": { "identifier": "X-Other" }"#,
            vec![(rule, "an API key in `X-Other`")],
        ),
        (
            r#""auth/api-keys": { "strategy": "query_string", "identifier": "key" }"#,
            r#""auth/api-keys": {}"#,
            vec![],
        ),
        (
            in_header,
            r#""auth/api-keys": { "strategy": "query_string" }"#,
            vec![],
        ),
        // Allowed.
        (
            r#""auth/api-keys": { "identifier": "content-type" }"#,
            r#""auth/api-keys": {}"#,
            vec![],
        ),
        (in_header, r#""auth/signer": {}"#, vec![]),
        // The name is exact.
        (in_header, r#""Auth/Api-Keys": {}"#, vec![]),
        (
            in_header,
            r#""auth/api-keys": {}, "auth/validator": {}"#,
            vec![
                (rule, "an API key in `X-Key`"),
                (rule, "a token in `Authorization`"),
            ],
        ),
        // A header is spoken of once.
        (
            in_header,
            r#""auth/api-keys": {} }, "input_headers": ["x-key", "X-B"], "x": {"#,
            vec![(rule, "an API key in `X-Key`"), (forwarded, "`X-B`")],
        ),
    ] {
        let written = endpoint;
        let endpoint = format!(r#""extra_config": {{ {endpoint} }}"#).leak();
        let file = File {
            sections,
            endpoint,
            ..FILE
        };
        let found = file.found();
        assert_eq!(
            found.len(),
            expected.len(),
            "{sections} {written}: {found:?}"
        );
        for ((rule, title), (expected, part)) in found.iter().zip(expected) {
            assert_eq!(*rule, expected, "{sections} {written}");
            assert!(title.contains(part), "{sections} {written}: {title}");
        }
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
