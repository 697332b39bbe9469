//! Keys, and the lists of origins, methods and names.

use serde_json::Value;

use super::{Exchange, recorded, says};
use crate::rules;

#[test]
fn lists_of_another_type() {
    for (name, note) in [
        (
            "shape/origins-string",
            "KrakenD finds no list, and allows every origin",
        ),
        (
            "shape/origins-number",
            "KrakenD finds no list, and allows every origin",
        ),
        (
            "shape/origins-object",
            "KrakenD finds no list, and allows every origin",
        ),
    ] {
        let case = recorded(name);
        let evil = case
            .exchange("actual evil")
            .got("Access-Control-Allow-Origin");
        assert_eq!(evil, Some("*"), "{name}");
        assert!(case.is_found(&rules::WRONG_TYPE, Some(note)), "{name}");
    }
    for (name, setting, note) in [
        (
            "shape/methods-string",
            "allow_methods",
            "KrakenD finds no list, and allows only GET, HEAD and POST",
        ),
        (
            "shape/headers-string",
            "allow_headers",
            "KrakenD finds no list, and allows every header",
        ),
        (
            "shape/expose-string",
            "expose_headers",
            "KrakenD finds no list, and exposes no header",
        ),
    ] {
        let case = recorded(name);
        let parsed = case.parsed(setting);
        let is_empty = parsed.is_null() || parsed.as_array().is_some_and(Vec::is_empty);
        assert!(is_empty, "{name}: {parsed}");
        assert!(case.is_found(&rules::WRONG_TYPE, Some(note)), "{name}");
    }
    let skips = "KrakenD skips an element that is not a string";
    for (name, setting, left) in [
        ("shape/origins-mixed", "allow_origins", 1),
        ("headers/non-string-members", "allow_headers", 2),
    ] {
        let case = recorded(name);
        let parsed = case.parsed(setting).as_array().unwrap();
        assert_eq!(parsed.len(), left, "{name}");
        assert!(case.is_found(&rules::WRONG_TYPE, Some(skips)), "{name}");
    }
}

#[test]
fn keys() {
    says(
        &rules::UNKNOWN_KEY,
        "KrakenD ignores keys it does not know, even when only the case differs. Without `allow_origins` \
         it allows every origin, and without `allow_headers` every header",
    );
    for name in ["shape/origins-misspelt", "shape/origins-uppercase-key"] {
        let case = recorded(name);
        assert!(case.is_found(&rules::UNKNOWN_KEY, None), "{name}");
        assert_eq!(*case.parsed("allow_origins"), Value::Null, "{name}");
        let evil = case
            .exchange("actual evil")
            .got("Access-Control-Allow-Origin");
        assert_eq!(evil, Some("*"), "{name}");
    }
    says(
        &rules::UNRELATED_KEY,
        "KrakenD ignores keys that it does not know",
    );
    for name in ["shape/unknown-key", "shape/comment-key"] {
        let case = recorded(name);
        assert!(case.exchange("actual allowed").is_granted(), "{name}");
        let is_comment = name == "shape/comment-key";
        assert_eq!(
            case.is_found(&rules::UNRELATED_KEY, None),
            !is_comment,
            "{name}"
        );
    }
    says(
        &rules::DUPLICATE_KEY,
        "KrakenD silently keeps the last of several equal keys in one object",
    );
    let case = recorded("shape/duplicate-key-origins");
    assert!(case.is_found(&rules::DUPLICATE_KEY, None));
    assert_eq!(case.parsed("allow_origins")[0], "*");
}

/// No browser sends what these entries match.
#[test]
fn origins_that_never_match() {
    says(&rules::ORIGIN_WITH_PATH, "so the entry never matches");
    says(
        &rules::ORIGIN_WITHOUT_SCHEME,
        "An entry without `://` never matches",
    );
    says(&rules::NON_ASCII_HOST, "so the entry never matches");
    for (name, rule) in [
        ("exact/path-in-config", &rules::ORIGIN_WITH_PATH),
        ("exact/no-scheme-in-config", &rules::ORIGIN_WITHOUT_SCHEME),
        ("exact/idn-in-config", &rules::NON_ASCII_HOST),
    ] {
        let case = recorded(name);
        assert!(case.is_found(rule, None), "{name}");
        let entry = case.0["config"]["allow_origins"][0].as_str().unwrap();
        for origin in case.granted_origins() {
            assert_eq!(origin.to_lowercase(), entry.to_lowercase(), "{name}");
        }
    }
    says(
        &rules::SECOND_STAR,
        "KrakenD reads only the first `*` of an entry as a wildcard. It compares the second literally",
    );
    for name in [
        "wildcard/https://*.*.example.com",
        "star/double-star",
        "wildcard/***",
    ] {
        let case = recorded(name);
        for origin in case.granted_origins() {
            assert!(origin.contains('*'), "{name}: {origin}");
        }
    }
    let case = recorded("wildcard/https://*.*.example.com");
    assert!(case.is_found(&rules::SECOND_STAR, None));
    assert!(
        !case.granted_origins().is_empty(),
        "the literal one matches"
    );
}

#[test]
fn origins_for_everyone() {
    says(
        &rules::NO_ORIGINS,
        "KrakenD reads a missing or empty list as `[\"*\"]`",
    );
    for name in ["star/missing", "star/empty-list"] {
        let case = recorded(name);
        assert!(case.is_found(&rules::NO_ORIGINS, None), "{name}");
        let with_origin = case.exchanges().filter(|exchange| {
            exchange.is_granted() && exchange.got("Access-Control-Allow-Origin") == Some("*")
        });
        assert!(with_origin.count() > 10, "{name}");
    }
    says(
        &rules::STAR_WITH_CREDENTIALS,
        "KrakenD sends `Access-Control-Allow-Origin: *`, which browsers refuse for requests with \
         credentials",
    );
    let case = recorded("star/star-credentials");
    assert!(case.is_found(&rules::STAR_WITH_CREDENTIALS, None));
    for granted in case.exchanges().filter(Exchange::is_granted) {
        assert_eq!(granted.got("Access-Control-Allow-Origin"), Some("*"));
        assert_eq!(
            granted.got("Access-Control-Allow-Credentials"),
            Some("true")
        );
    }
    says(
        &rules::ORIGINS_BESIDE_STAR,
        "KrakenD allows every origin as soon as `*` is in the list",
    );
    let case = recorded("star/star-after-wildcard");
    assert!(case.is_found(&rules::ORIGINS_BESIDE_STAR, None));
    let others = case.granted_origins().into_iter();
    let mut others = others.filter(|origin| !origin.ends_with(".example.com"));
    assert!(others.next().is_some());
    says(&rules::UPPER_CASE_ORIGIN, "KrakenD ignores case too");
    let case = recorded("exact/https");
    assert!(case.exchange("actual: mixed case").is_granted());
}

#[test]
fn methods() {
    says(
        &rules::METHOD_NOT_UPPER_CASE,
        "so a lower-case entry never matches",
    );
    let case = recorded("methods/lowercase");
    assert!(case.is_found(&rules::METHOD_NOT_UPPER_CASE, None));
    assert!(!case.exchange("preflight ACRM 'PUT'").is_granted());
    assert!(!case.exchange("actual GET").is_granted());
    let case = recorded("methods/patch-lower");
    assert!(case.exchange("preflight ACRM 'patch'").is_granted());
    assert!(!case.exchange("preflight ACRM 'PATCH'").is_granted());

    says(&rules::NOT_A_METHOD, "KrakenD never matches anything else");
    for name in ["methods/comma-joined", "methods/empty-string"] {
        let case = recorded(name);
        assert!(case.is_found(&rules::NOT_A_METHOD, None), "{name}");
        assert!(
            !case.exchange("preflight ACRM 'GET'").is_granted(),
            "{name}"
        );
        assert!(
            !case.exchange("preflight ACRM 'POST'").is_granted(),
            "{name}"
        );
    }
    says(
        &rules::UNUSUAL_METHOD,
        "KrakenD itself and browsers accept other methods",
    );
    let case = recorded("methods/custom");
    assert!(case.is_found(&rules::UNUSUAL_METHOD, None));
    assert!(case.exchange("preflight ACRM 'PURGE'").is_granted());

    says(
        &rules::OPTIONS_LISTED,
        "and KrakenD lets these through anyway",
    );
    says(
        &rules::SAFELISTED_METHOD_MISSING,
        "For a method that is not listed, KrakenD only withholds the CORS headers",
    );
    let case = recorded("methods/get");
    assert!(case.is_found(&rules::SAFELISTED_METHOD_MISSING, None));
    assert!(case.exchange("actual OPTIONS").is_granted());
    let post = case.exchange("actual POST");
    assert!(!post.is_granted() && post.0["expect"]["reached"] == true);
}

#[test]
fn header_names() {
    says(
        &rules::NO_ALLOW_HEADERS,
        "if no names are listed, KrakenD allows every request header",
    );
    for name in ["headers/missing", "headers/empty", "huge/missing"] {
        let case = recorded(name);
        assert!(case.is_found(&rules::NO_ALLOW_HEADERS, None), "{name}");
        let asking = case.exchanges().filter(|exchange| {
            exchange.is_preflight() && exchange.sent("Access-Control-Request-Headers").is_some()
        });
        assert!(asking.filter(Exchange::is_granted).count() > 1, "{name}");
    }
    says(
        &rules::NOT_A_HEADER_NAME,
        "In `allow_headers` KrakenD never matches anything else; in `expose_headers` it sends it",
    );
    for name in ["headers/space-in-config", "headers/star-with-space"] {
        let case = recorded(name);
        assert!(case.is_found(&rules::NOT_A_HEADER_NAME, None), "{name}");
        assert!(!case.exchange("ACRH first").is_granted(), "{name}");
    }
    // A malformed entry leaves the others as they are.
    let case = recorded("headers/empty-string-and-name");
    assert!(case.is_found(&rules::NOT_A_HEADER_NAME, None));
    assert!(case.exchange("ACRH first").is_granted());
    let case = recorded("expose/space-inside");
    assert!(case.is_found(&rules::NOT_A_HEADER_NAME, None));
    let exposed = case
        .exchange("actual GET")
        .got("Access-Control-Expose-Headers");
    assert!(exposed.is_some_and(|exposed| exposed.to_lowercase().contains("x foo")));

    says(
        &rules::STAR_HEADERS_WITH_CREDENTIALS,
        "KrakenD sends back whatever names the browser asks for",
    );
    let case = recorded("huge/credentials-star");
    assert!(case.is_found(&rules::STAR_HEADERS_WITH_CREDENTIALS, None));
    for exchange in case.exchanges().filter(Exchange::is_granted) {
        let asked = exchange.sent("Access-Control-Request-Headers");
        assert_eq!(exchange.got("Access-Control-Allow-Headers"), asked);
    }
    says(
        &rules::STAR_EXPOSE_WITH_CREDENTIALS,
        "and KrakenD sends it as it is",
    );
    let case = recorded("expose/star/credentials");
    assert!(case.is_found(&rules::STAR_EXPOSE_WITH_CREDENTIALS, None));
    let exposed = case
        .exchange("actual GET")
        .got("Access-Control-Expose-Headers");
    assert_eq!(exposed, Some("*"));
}
