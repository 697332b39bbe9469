//! Policies and refusals, as people read them.

#![allow(clippy::unwrap_used, reason = "tests may fail")]

#[path = "support/requests.rs"]
mod requests;

use cors_runtime::{Policy, Refusal, cors_policy};
use http::Method;

use requests::{HEADERS, METHOD, NETWORK, ORIGIN, headers};

static TEN_THOUSAND: &Policy = cors_policy!("tests/large/ten_thousand.json");

static EVERYTHING: &Policy = cors_policy!({
    "allow_origins": ["https://b.test", "https://a.test", "https://*.example.com"],
    "allow_methods": ["PUT", "GET"],
    "allow_headers": ["X-B", "Content-Type"],
    "expose_headers": ["X-Request-Id", "etag"],
    "max_age": "-1s",
    "allow_credentials": true,
    "allow_private_network": true,
    "debug": true,
    "options_passthrough": true,
}, allow(warnings));

static LITTLE: &Policy = cors_policy!({ "allow_origins": ["*"], "allow_headers": ["*"] });

#[test]
fn a_policy_prints_one_setting_a_line() {
    let expected = "\
origins          https://b.test, https://a.test, https://*.example.com
methods          PUT, GET
request headers  content-type, x-b
exposed headers  X-Request-Id, etag
credentials      yes
max age          0 (browsers keep nothing)
private network  yes
debug            yes
preflights       response from the handler";
    assert_eq!(EVERYTHING.to_string(), expected);
    let expected = "\
origins          *
methods          GET, HEAD, POST
request headers  *
exposed headers  only the safelisted
credentials      no
max age          not sent (browsers take 5 seconds)
preflights       response 204";
    assert_eq!(LITTLE.to_string(), expected);
}

#[test]
fn a_large_policy_prints_its_first_origins_and_counts_the_rest() {
    let text = TEN_THOUSAND.to_string();
    let line = text.lines().next().unwrap();
    let origins = line.strip_prefix("origins          ").unwrap();
    let shown = origins.strip_suffix(" … and 9988 more").unwrap();
    let shown: Vec<&str> = shown.split(", ").collect();
    assert_eq!(shown.len(), 12);
    assert!(shown.is_sorted(), "{shown:?}");
}

#[test]
fn a_policy_prints_everything_one_entry_a_line() {
    let expected = "\
origin           https://*.example.com
origin           https://a.test
origin           https://b.test
method           GET
method           PUT
request header   content-type
request header   x-b
exposed header   etag
exposed header   X-Request-Id
credentials      yes
max age          0 (browsers keep nothing)
private network  yes
debug            yes
preflights       response from the handler";
    assert_eq!(format!("{EVERYTHING:#}"), expected);
    let expected = "\
origin           *
method           GET
method           HEAD
method           POST
request header   *
exposed headers  only the safelisted
credentials      no
max age          not sent (browsers take 5 seconds)
private network  no
debug            no
preflights       response 204";
    assert_eq!(format!("{LITTLE:#}"), expected);
}

#[test]
fn a_large_policy_prints_every_origin() {
    let text = format!("{TEN_THOUSAND:#}");
    let origins: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("origin           "))
        .collect();
    let mut expected: Vec<&str> = TEN_THOUSAND.allow_origins().collect();
    expected.sort_unstable();
    assert_eq!(expected.len(), 10_000);
    assert!(origins == expected, "{} lines", origins.len());
}

/// The whole of a policy whose configuration has these settings beside its origins.
macro_rules! printed {
    ($origins:tt $(, $key:literal: $value:tt)*) => {{
        static POLICY: &Policy = cors_policy!({
            "allow_origins": $origins,
            $($key: $value,)*
        }, allow(warnings));
        format!("{POLICY:#}")
    }};
}

/// What a pull request shows of a change: the lines that go and those that come.
#[test]
fn a_change_of_a_policy_is_a_change_of_one_line() {
    let base = printed!(["https://b.test", "https://*.b.test"]);
    for (changed, gone, come) in [
        (printed!(["https://*.b.test", "https://b.test"]), None, None),
        (
            printed!(["https://b.test", "https://*.b.test", "https://a.test"]),
            None,
            Some("origin           https://a.test"),
        ),
        (
            printed!(["https://b.test"]),
            Some("origin           https://*.b.test"),
            None,
        ),
        (
            printed!(["https://b.test", "https://*.b.test"], "allow_methods": ["POST", "PUT", "HEAD", "GET"]),
            None,
            Some("method           PUT"),
        ),
        (
            printed!(["https://b.test", "https://*.b.test"], "allow_headers": ["X-B"]),
            Some("request header   *"),
            Some("request header   x-b"),
        ),
        (
            printed!(["https://b.test", "https://*.b.test"], "expose_headers": ["X-B"]),
            Some("exposed headers  only the safelisted"),
            Some("exposed header   X-B"),
        ),
        (
            printed!(["https://b.test", "https://*.b.test"], "allow_credentials": true),
            Some("credentials      no"),
            Some("credentials      yes"),
        ),
        (
            printed!(["https://b.test", "https://*.b.test"], "max_age": "1m"),
            Some("max age          not sent (browsers take 5 seconds)"),
            Some("max age          60 seconds"),
        ),
        (
            printed!(["https://b.test", "https://*.b.test"], "allow_private_network": true),
            Some("private network  no"),
            Some("private network  yes"),
        ),
        (
            printed!(["https://b.test", "https://*.b.test"], "debug": true),
            Some("debug            no"),
            Some("debug            yes"),
        ),
        (
            printed!(["https://b.test", "https://*.b.test"], "options_passthrough": true),
            Some("preflights       response 204"),
            Some("preflights       response from the handler"),
        ),
        (
            printed!(["https://b.test", "https://*.b.test"], "options_success_status": 200),
            Some("preflights       response 204"),
            Some("preflights       response 200"),
        ),
    ] {
        let only_in = |one: &str, other: &str| -> Vec<String> {
            let others: Vec<&str> = other.lines().collect();
            let lines = one.lines().filter(|line| !others.contains(line));
            lines.map(str::to_owned).collect()
        };
        assert_eq!(only_in(&base, &changed), Vec::from_iter(gone), "{changed}");
        assert_eq!(only_in(&changed, &base), Vec::from_iter(come), "{changed}");
    }
}

#[test]
fn a_policy_has_a_debug_form_with_every_setting() {
    let text = format!("{EVERYTHING:?}");
    for part in [
        r#"allow_origins: ["https://b.test", "https://a.test", "https://*.example.com"]"#,
        r#"allow_methods: ["PUT", "GET"]"#,
        r#"allow_headers: ["content-type", "x-b"]"#,
        r#"expose_headers: ["X-Request-Id", "etag"]"#,
        "max_age: Some(0ns)",
        "allow_credentials: true",
        "allow_private_network: true",
        "debug: true",
        "options_passthrough: true",
        "options_success_status: 204",
    ] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
}

/// Why a request is refused that has these lines.
fn refusal(
    policy: &'static Policy,
    method: &Method,
    lines: &[(&'static str, &[u8])],
) -> Option<Refusal> {
    let lines = lines.iter().copied();
    policy.decide(method, &headers(lines)).refusal()
}

#[test]
fn a_refusal_names_what_is_at_fault() {
    static POLICY: &Policy = cors_policy!({
        "allow_origins": ["https://a.test", "https://b.test"],
        "allow_methods": ["GET", "PUT"],
        "allow_headers": ["Content-Type"],
    });
    let good = (ORIGIN, &b"https://a.test"[..]);
    let put = (METHOD, &b"PUT"[..]);
    let long = [b'x'; 101];
    let longer_than_any = [b'x'; 10_000];
    let long_method = Method::from_bytes(&[b'M'; 60]).unwrap();

    let check = |method: &Method, lines: &[(&'static str, &[u8])], expected: Option<&str>| {
        let refusal = refusal(POLICY, method, lines).map(|refusal| refusal.to_string());
        assert_eq!(refusal.as_deref(), expected, "{method} {lines:?}");
    };
    let get = &Method::GET;
    let options = &Method::OPTIONS;
    check(get, &[], None);
    check(get, std::slice::from_ref(&good), None);
    check(
        get,
        &[(ORIGIN, b"https://evil.test")],
        Some("the origin `https://evil.test` is not allowed"),
    );
    // Nothing that a terminal or a log could mistake for its own.
    check(
        get,
        &[(ORIGIN, b"\x80\xFF\t`\"\\")],
        Some(r#"the origin `\x80\xff\t`\"\\` is not allowed"#),
    );
    check(
        get,
        &[(ORIGIN, &long)],
        Some(&format!("the origin `{}…` is not allowed", "x".repeat(100))),
    );
    check(
        get,
        &[(ORIGIN, &longer_than_any)],
        Some(&format!("the origin `{}…` is not allowed", "x".repeat(100))),
    );
    check(
        get,
        &[good, good],
        Some("the origin `(not one origin)` is not allowed"),
    );
    check(
        &Method::PATCH,
        std::slice::from_ref(&good),
        Some("the method `PATCH` is not in `allow_methods`"),
    );
    check(
        &long_method,
        std::slice::from_ref(&good),
        Some(&format!(
            "the method `{}` is not in `allow_methods`",
            "M".repeat(60)
        )),
    );
    check(options, &[good, put], None);
    check(
        options,
        &[good, (METHOD, b"put")],
        Some("the method `put` is not in `allow_methods`"),
    );
    check(
        options,
        &[good, put, (HEADERS, b"content-type , X-Debug ,x-other")],
        Some("the request header `X-Debug` is not in `allow_headers`"),
    );
    check(
        options,
        &[
            good,
            put,
            (HEADERS, b"content-type"),
            (HEADERS, b",x-other"),
        ],
        Some("the request header `x-other` is not in `allow_headers`"),
    );
    check(
        options,
        &[good, put, (HEADERS, b"content-type, x other")],
        Some("`x other` is not the name of a request header"),
    );
    check(
        options,
        &[good, put, (HEADERS, &[b','; 20])],
        Some("the list of request headers is too long at `,,,,,,,,,,,,,,,,,,,,`"),
    );
    check(
        options,
        &[good, put, (NETWORK, b"true")],
        Some("`allow_private_network` is off"),
    );
}

#[test]
fn a_refusal_holds_the_bytes_that_came() {
    let request = headers([(ORIGIN, b"h\xFF")]);
    let refusal = EVERYTHING.decide(&Method::GET, &request).refusal();
    let Some(Refusal::Origin(value)) = &refusal else {
        panic!("{refusal:?}");
    };
    assert_eq!(value.as_bytes(), b"h\xFF");
    assert_eq!(format!("{value:?}"), r#""h\xff""#);
    assert_eq!(refusal, EVERYTHING.decide(&Method::GET, &request).refusal());
}

#[test]
fn of_a_long_origin_the_beginning_is_kept() {
    for length in [512, 513, 60_000] {
        let origin = "h".repeat(length);
        let request = headers([(ORIGIN, &origin)]);
        let refusal = EVERYTHING.decide(&Method::GET, &request).refusal();
        let Some(Refusal::Origin(value)) = &refusal else {
            panic!("{refusal:?}");
        };
        assert_eq!(value.as_bytes(), &origin.as_bytes()[..100], "{length}");
    }
}
