//! How much of `Access-Control-Request-Headers` and of `Origin` is read: at each bound, and one past it.

#![allow(clippy::panic, clippy::unwrap_used, reason = "tests may fail")]

#[path = "support/requests.rs"]
mod requests;

use cors_runtime::{Policy, Refusal, cors_policy};
use http::Method;

use requests::{HEADERS, METHOD, ORIGIN, headers};

static LISTED: &Policy = cors_policy!({
    "allow_origins": ["https://a.test"],
    "allow_headers": ["X-A", "X-B"],
});

static ECHOED: &Policy = cors_policy!({
    "allow_origins": ["https://a.test"],
    "allow_headers": ["*"],
    "allow_credentials": true,
}, allow(warnings));

/// What is refused of a preflight with these lines.
fn refusal(policy: &'static Policy, lines: &[String]) -> Option<Refusal> {
    let names = lines.iter().map(|line| (HEADERS, line.as_str()));
    let request = [(ORIGIN, "https://a.test"), (METHOD, "GET")];
    let request = headers(request.into_iter().chain(names));
    policy.decide(&Method::OPTIONS, &request).refusal()
}

#[test]
fn both_sides_of_every_bound() {
    let empty = |count: usize| ",".repeat(count) + "x-a";
    let long = |length: usize| "x".repeat(length);
    let lines = |count: usize| vec!["x-a".to_owned(); count];
    for (name, policy, inside, outside) in [
        ("empty elements", LISTED, vec![empty(16)], vec![empty(17)]),
        ("empty elements", ECHOED, vec![empty(16)], vec![empty(17)]),
        (
            "empty elements between names that are echoed",
            ECHOED,
            vec![format!("x-b{}", empty(17))],
            vec![format!("x-b{}", empty(18))],
        ),
        (
            "empty elements on several lines",
            LISTED,
            vec![empty(8), empty(8)],
            vec![empty(8), empty(9)],
        ),
        (
            "empty elements behind a known name",
            LISTED,
            vec![format!("x-a,{}", empty(16))],
            vec![format!("x-a,{}", empty(17))],
        ),
        (
            "bytes",
            ECHOED,
            vec![long(64 << 10)],
            vec![long((64 << 10) + 1)],
        ),
        (
            "bytes on several lines",
            ECHOED,
            vec![long(32 << 10), long(32 << 10)],
            vec![long(32 << 10), long((32 << 10) + 1)],
        ),
        ("lines", ECHOED, lines(16), lines(17)),
        // Two names are listed.
        (
            "listed names, repeated",
            LISTED,
            vec!["x-a,".repeat(17) + "x-b"],
            vec!["x-a,".repeat(18) + "x-b"],
        ),
        (
            "listed names, repeated behind a list of a browser",
            LISTED,
            vec!["x-a,x-b,".to_owned() + &"x-a,".repeat(15) + "x-b"],
            vec!["x-a,x-b,".to_owned() + &"x-a,".repeat(16) + "x-b"],
        ),
        (
            "listed names on several lines",
            LISTED,
            lines(18),
            lines(19),
        ),
        (
            "bytes that are read name by name",
            LISTED,
            vec![format!("x-a{}", " ".repeat((4 << 10) - 3))],
            vec![format!("x-a{}", " ".repeat((4 << 10) - 2))],
        ),
        (
            "bytes that are read name by name, on several lines",
            LISTED,
            vec![
                format!("x-a{}", " ".repeat(2045)),
                format!("x-b{}", " ".repeat(2045)),
            ],
            vec![
                format!("x-a{}", " ".repeat(2045)),
                format!("x-b{}", " ".repeat(2046)),
            ],
        ),
        (
            "bytes that are echoed as no browser writes them",
            ECHOED,
            vec!["X".repeat(4 << 10)],
            vec!["X".repeat((4 << 10) + 1)],
        ),
        (
            "bytes that are echoed as no browser writes them, beside a line of a browser",
            ECHOED,
            vec![long(8 << 10), "X".repeat(4 << 10)],
            vec![long(8 << 10), "X".repeat((4 << 10) + 1)],
        ),
    ] {
        assert_eq!(refusal(policy, &inside), None, "{name} inside");
        let refused = refusal(policy, &outside);
        let Some(Refusal::HeaderList(line)) = &refused else {
            panic!("{name} outside: {refused:?}");
        };
        let last = outside.last().unwrap().as_bytes();
        let shown = &last[..last.len().min(100)];
        assert_eq!(line.as_bytes(), shown, "{name} outside");
        let text = refused.map(|refusal| refusal.to_string()).unwrap();
        let start = "the list of request headers is too long at `";
        assert!(text.starts_with(start), "{name} outside: {text}");
    }
}

#[test]
fn the_name_at_fault_is_named_wherever_it_stands() {
    for (lines, name) in [
        (vec!["x-c"], "x-c"),
        (vec!["x-a,x-c"], "x-c"),
        (vec!["x-a, x-c ,x-b"], "x-c"),
        (vec!["x-a,x-b,x-c,x-d"], "x-c"),
        (vec!["X-B,x-a,,X-C"], "X-C"),
        (vec!["x-a", " x-c"], "x-c"),
        (vec!["x-a b"], "x-a b"),
    ] {
        let lines: Vec<String> = lines.into_iter().map(str::to_owned).collect();
        let Some(Refusal::Header(value)) = refusal(LISTED, &lines) else {
            panic!("{lines:?} is refused by a header");
        };
        assert_eq!(value.as_bytes(), name.as_bytes(), "{lines:?}");
    }
}

/// An element of a line that is too much is not the name of a header, least of all an empty one.
#[test]
fn an_empty_line_may_be_the_one_that_is_too_much() {
    let lines = vec![String::new(); 17];
    for policy in [LISTED, ECHOED] {
        assert_eq!(refusal(policy, &lines[..16]), None);
        let refusal = refusal(policy, &lines).unwrap();
        let expected = "the list of request headers is too long at ``";
        assert_eq!(refusal.to_string(), expected);
    }
}

#[test]
fn an_origin_may_have_any_length_where_all_are_allowed() {
    static ANY: &Policy = cors_policy!({
        "allow_origins": ["*"],
        "allow_headers": ["Content-Type"],
    });
    let origin = format!("https://{}.test", "a".repeat(10_000));
    assert!(ANY.allows_origin(&origin));
    let request = headers([(ORIGIN, origin)]);
    assert_eq!(ANY.decide(&Method::GET, &request).refusal(), None);
}

/// What an intermediary has split is sent back on one line, which means the same.
#[test]
fn lines_that_are_echoed_are_joined() {
    let lines = ["x-a, X-B", "x-c,,", ""].map(|line| (HEADERS, line));
    let request = [(ORIGIN, "https://a.test"), (METHOD, "GET")];
    let request = headers(request.into_iter().chain(lines));
    let response = ECHOED.decide(&Method::OPTIONS, &request).response::<()>();
    let response = response.unwrap();
    let echoed = &response.headers()["access-control-allow-headers"];
    assert_eq!(echoed, "x-a, X-B, x-c,,, ");
}
