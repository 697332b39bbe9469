//! What a decision and its headers allocate: nothing, or what `HeaderMap` needs for its table.

#![allow(unsafe_code, reason = "an allocator that counts is one")]
#![allow(clippy::unwrap_used, reason = "tests may fail")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::future::{Future, ready};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use cors_runtime::{Cors, Decision, Policy, cors_policy};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, header};
use tower::{Service, service_fn};

struct Counting;

thread_local! {
    static COUNTS: Cell<(usize, usize)> = const { Cell::new((0, 0)) };
    static BYTES: Cell<usize> = const { Cell::new(0) };
}

fn count(allocations: usize, reallocations: usize, bytes: usize) {
    // The thread may be ending, and then nobody counts any more.
    let _ = COUNTS.try_with(|counts| {
        let (a, r) = counts.get();
        counts.set((a + allocations, r + reallocations));
    });
    let _ = BYTES.try_with(|counted| counted.set(counted.get() + bytes));
}

// SAFETY: everything is handed on to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(1, 0, layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(0, 1, size);
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// The allocations and reallocations of `work`.
fn counted<T>(work: impl FnOnce() -> T) -> (T, (usize, usize)) {
    COUNTS.set((0, 0));
    let result = work();
    (result, COUNTS.get())
}

/// The bytes that `work` allocates, those of reallocations counted again.
fn bytes_of<T>(work: impl FnOnce() -> T) -> usize {
    BYTES.set(0);
    let result = work();
    let bytes = BYTES.get();
    drop(result);
    bytes
}

static ANY: &Policy =
    cors_policy!({ "allow_origins": ["*"], "allow_headers": ["*"], "expose_headers": ["X-A"] });
static ONE: &Policy = cors_policy!({
    "allow_origins": ["https://a.test"],
    "allow_headers": ["Content-Type"],
    "allow_credentials": true,
    "max_age": "10m",
});
static TEN: &Policy = cors_policy!({
    "allow_origins": [
        "https://a.test", "https://b.test", "https://c.test", "https://d.test", "https://e.test",
        "https://f.test", "https://g.test", "https://h.test", "https://i.test", "https://j.test",
    ],
    "allow_headers": ["Content-Type"],
    "expose_headers": ["X-A"],
    "allow_credentials": true,
    "max_age": "10m",
    "allow_private_network": true,
}, allow(hints, warnings));
static TEN_THOUSAND: &Policy = cors_policy!("tests/large/ten_thousand.json");
static PATTERNS: &Policy = cors_policy!({
    "allow_origins": ["https://*.a.test", "http://localhost:*", "https://*"],
    "allow_headers": ["*"],
    "allow_credentials": true,
    "allow_private_network": true,
}, allow(any_origin_with_credentials, private_network_for_any_origin, warnings));

/// Policies of every kind, each with an origin that it allows.
fn policies() -> [(&'static str, &'static Policy, &'static str); 5] {
    [
        ("any", ANY, "https://x.test"),
        ("one", ONE, "https://a.test"),
        ("ten", TEN, "https://j.test"),
        (
            "ten thousand",
            TEN_THOUSAND,
            "https://tenant-4711.apps.example.com",
        ),
        ("patterns", PATTERNS, "https://x.a.test"),
    ]
}

/// Header values as a server makes them: slices of one buffer.
fn request(lines: &[(&'static str, &str)]) -> HeaderMap {
    let all: String = lines.iter().map(|(_, value)| *value).collect();
    let buffer = Bytes::from(all.into_bytes());
    // A buffer is shared from its second owner on.
    let shared = buffer.clone();
    let mut start = 0;
    let mut headers = HeaderMap::new();
    for (name, value) in lines {
        let end = start + value.len();
        let value = HeaderValue::from_maybe_shared(shared.slice(start..end)).unwrap();
        headers.append(HeaderName::from_static(name), value);
        start = end;
    }
    headers
}

const ORIGIN: &str = "origin";
const METHOD: &str = "access-control-request-method";
const HEADERS: &str = "access-control-request-headers";
const NETWORK: &str = "access-control-request-private-network";

#[test]
fn actual_requests_allocate_nothing() {
    let long = "x".repeat(8192);
    for (name, policy, origin) in policies() {
        for (case, lines) in [
            ("allowed", vec![(ORIGIN, origin)]),
            ("denied", vec![(ORIGIN, "ftp://evil.test")]),
            ("without an origin", vec![]),
            ("of two origins", vec![(ORIGIN, origin), (ORIGIN, origin)]),
            ("of 8 KiB", vec![(ORIGIN, long.as_str())]),
        ] {
            for method in [Method::GET, Method::PATCH, Method::OPTIONS] {
                let request = request(&lines);
                let mut response = HeaderMap::with_capacity(8);
                response.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/plain"));
                let (decision, decided) = counted(|| policy.decide(&method, &request));
                assert_eq!(decided, (0, 0), "{name}: {method} {case} is decided");
                let ((), applied) = counted(|| decision.apply(&mut response));
                assert_eq!(applied, (0, 0), "{name}: {method} {case} is applied");
                let ((), dropped) = counted(|| drop(decision));
                assert_eq!(dropped, (0, 0), "{name}: {method} {case} is dropped");
            }
        }
    }
}

#[test]
fn a_vary_that_is_there_costs_one() {
    let request = request(&[(ORIGIN, "https://j.test")]);
    let mut response = HeaderMap::with_capacity(8);
    response.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
    let decision = TEN.decide(&Method::GET, &request);
    let ((), applied) = counted(|| decision.apply(&mut response));
    assert_eq!(applied, (1, 0));
    assert_eq!(response.get_all(header::VARY).iter().count(), 2);
}

#[test]
fn headers_of_a_backend_cost_nothing() {
    let request = request(&[(ORIGIN, "https://j.test")]);
    let mut response = HeaderMap::with_capacity(8);
    response.insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    response.insert(
        header::ACCESS_CONTROL_MAX_AGE,
        HeaderValue::from_static("5"),
    );
    let decision = TEN.decide(&Method::GET, &request);
    let ((), applied) = counted(|| decision.apply(&mut response));
    assert_eq!(applied, (0, 0));
    assert_eq!(
        response[header::ACCESS_CONTROL_ALLOW_ORIGIN],
        "https://j.test"
    );
    assert!(!response.contains_key(header::ACCESS_CONTROL_MAX_AGE));
}

#[test]
fn a_response_to_a_preflight_costs_its_map() {
    let many = "x-a,".repeat(500);
    for (name, policy, origin) in policies() {
        for (case, method, names) in [
            ("granted", "POST", "content-type"),
            ("refused by its method", "PATCH", "content-type"),
            ("refused by a header", "POST", "content-type,x-b"),
            ("of many names", "POST", many.as_str()),
        ] {
            let request = request(&[
                (ORIGIN, origin),
                (METHOD, method),
                (HEADERS, names),
                (NETWORK, "true"),
            ]);
            let (decision, decided) = counted(|| policy.decide(&Method::OPTIONS, &request));
            assert_eq!(decided, (0, 0), "{name}: {case} is decided");
            let Decision::Preflight(preflight) = &decision else {
                panic!("{name}: {case} is a preflight");
            };
            let (response, finished) = counted(|| preflight.response::<()>());
            assert_eq!(finished, (2, 0), "{name}: {case} gets a response");
            assert!(response.is_some_and(|response: Response<()>| !response.headers().is_empty()));
        }
    }
}

/// What intermediaries make of a list is rare, and joined into one line.
#[test]
fn lines_that_are_echoed_cost_one_line() {
    let request = request(&[
        (ORIGIN, "https://x.a.test"),
        (METHOD, "POST"),
        (HEADERS, "x-a"),
        (HEADERS, "x-b"),
    ]);
    let (decision, decided) = counted(|| PATTERNS.decide(&Method::OPTIONS, &request));
    assert_eq!(decided, (1, 0));
    let mut response = HeaderMap::new();
    decision.apply(&mut response);
    let echoed = response.get_all(header::ACCESS_CONTROL_ALLOW_HEADERS);
    assert!(echoed.iter().eq(["x-a, x-b"]));
}

/// What is done with a request: it is decided on, its refusal is kept, and its response is written.
fn handled(policy: &'static Policy, method: &Method, request: &HeaderMap) -> impl Sized {
    let decision = policy.decide(method, request);
    let refusal = decision.refusal();
    let response = decision.response::<()>();
    let mut headers = HeaderMap::new();
    decision.apply(&mut headers);
    (decision, refusal, response, headers)
}

/// A value that is not shared yet: its first clone allocates what is needed to share it.
fn unshared(lines: &[(&'static str, &str)]) -> HeaderMap {
    let line = |(name, value): &(&'static str, &str)| {
        let value = HeaderValue::from_str(value).unwrap();
        (HeaderName::from_static(name), value)
    };
    lines.iter().map(line).collect()
}

#[test]
fn no_allocation_grows_with_a_request() {
    // A method, the lines of a request, and which of them grows.
    let kinds: [(&str, bool, &[&'static str]); 6] = [
        ("a method", false, &[]),
        ("an origin", true, &[ORIGIN]),
        ("the origin of a preflight", true, &[METHOD, ORIGIN]),
        ("a requested method", true, &[METHOD]),
        ("requested names", true, &[METHOD, HEADERS]),
        (
            "lines of requested names",
            true,
            &[METHOD, HEADERS, HEADERS],
        ),
    ];
    for (name, policy, origin) in policies() {
        for (kind, is_options, lines) in kinds {
            for element in ["x", "x-a,", "x,,", "\"", "x,\""] {
                let grown = |length: usize, make: fn(&[(&'static str, &str)]) -> HeaderMap| {
                    let long = element.repeat(length);
                    let is_token = element == "x";
                    let method = if is_options {
                        Method::OPTIONS
                    } else {
                        let name = if is_token { long.as_str() } else { "PATCH" };
                        Method::from_bytes(name.as_bytes()).unwrap()
                    };
                    let value = |name: &&'static str| match (*name, lines.last()) {
                        (name, Some(last)) if name == *last => (name, long.as_str()),
                        (name, _) => (name, "PUT"),
                    };
                    let mut lines: Vec<_> = lines.iter().map(value).collect();
                    if !lines.iter().any(|(name, _)| *name == ORIGIN) {
                        lines.push((ORIGIN, origin));
                    }
                    let request = make(&lines);
                    bytes_of(|| handled(policy, &method, &request))
                };
                for make in [request, unshared] {
                    let (long, longer) = (grown(66_000, make), grown(99_000, make));
                    assert_eq!(long, longer, "{name}: {kind} of {element:?}");
                    assert!(longer < 2_000, "{name}: {kind} of {element:?}: {longer}");
                }
            }
        }
    }
}

/// The exception: what is echoed, up to 64 KiB.
#[test]
fn only_echoed_lines_are_copied() {
    let echoed = |length: usize| {
        let names = vec!["x"; length].join(",");
        let lines = [
            (ORIGIN, "https://x.a.test"),
            (METHOD, "POST"),
            (HEADERS, names.as_str()),
            (HEADERS, "x-b"),
        ];
        let request = request(&lines);
        bytes_of(|| PATTERNS.decide(&Method::OPTIONS, &request))
    };
    assert!((2_000..2_100).contains(&echoed(1_000)));
    assert!((60_000..60_100).contains(&echoed(30_000)));
    assert_eq!(echoed(40_000), 0);
}

/// The layer boxes nothing, and costs as little.
#[test]
fn the_layer_allocates_nothing_of_its_own() {
    for (name, policy, origin) in policies() {
        // The handler's responses were made before, with room in their maps.
        let mut responses: Vec<Response<()>> = Vec::new();
        for _ in 0..2 {
            let mut response = Response::new(());
            response.headers_mut().reserve(8);
            responses.push(response);
        }
        let mut service = Cors::new(service_fn(|_| ready(responses.pop().ok_or(()))), policy);
        for (case, method, expected, lines) in [
            ("allowed", Method::GET, 0, vec![(ORIGIN, origin)]),
            ("denied", Method::GET, 0, vec![(ORIGIN, "ftp://evil.test")]),
            (
                "preflight",
                Method::OPTIONS,
                2,
                vec![(ORIGIN, origin), (METHOD, "POST")],
            ),
        ] {
            let mut asked = Request::new(());
            *asked.method_mut() = method;
            *asked.headers_mut() = request(&lines);
            let (response, count) = counted(|| {
                let future = pin!(service.call(asked));
                match future.poll(&mut Context::from_waker(Waker::noop())) {
                    Poll::Ready(response) => response,
                    Poll::Pending => Err(()),
                }
            });
            assert!(response.is_ok(), "{name}: {case}");
            assert_eq!(count, (expected, 0), "{name}: {case}");
        }
    }
}
