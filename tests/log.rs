//! What is logged, with the feature `tracing`: refusals, and with `"debug": true` all decisions.

#![allow(clippy::unwrap_used, reason = "tests may fail")]

#[path = "support/requests.rs"]
mod requests;

use std::convert::Infallible;
use std::fmt::{Debug, Write};
use std::future::ready;
use std::sync::{Arc, Mutex};

use cors_runtime::{Cors, Policy, cors_policy};
use http::{Method, Request, Response};
use tower::{Service, service_fn};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use requests::{HEADERS, METHOD, ORIGIN, headers};

static DEBUG: &Policy = cors_policy!({
    "allow_origins": ["https://app.test", "https://admin.test"],
    "allow_methods": ["GET", "PUT"],
    "allow_headers": ["Content-Type"],
    "debug": true,
}, allow(debug_on));

static ONE: &Policy = cors_policy!({
    "allow_origins": ["https://app.test"],
    "allow_methods": ["GET", "PUT"],
    "allow_headers": ["Content-Type"],
    "debug": true,
}, allow(debug_on));

static QUIET: &Policy = cors_policy!({
    "allow_origins": ["https://app.test", "https://admin.test"],
    "allow_methods": ["GET", "PUT"],
    "allow_headers": ["Content-Type"],
});

/// Keeps what this library logs, a line an event.
#[derive(Clone, Debug, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("cors_runtime")
    }

    fn event(&self, event: &Event<'_>) {
        let mut line = Line(event.metadata().level().to_string());
        event.record(&mut line);
        self.0.lock().unwrap().push(line.0);
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, " {field}={value:?}");
    }
}

fn logged(work: impl FnOnce()) -> Vec<String> {
    let log = Log::default();
    tracing::subscriber::with_default(log.clone(), work);
    let lines = log.0.lock().unwrap();
    lines.clone()
}

type Lines<'a> = &'a [(&'static str, &'a [u8])];

/// Requests, and what must stand in the one line about each.
const CASES: &[(Method, Lines<'_>, &[&str])] = &[
    (
        Method::GET,
        &[(ORIGIN, b"https://app.test")],
        &[
            "message=CORS request passes",
            "method=GET",
            r#"kind="actual""#,
            "https://app.test",
        ],
    ),
    (
        Method::GET,
        &[],
        &["message=CORS request passes", "method=GET", "origin=None"],
    ),
    (
        Method::PATCH,
        &[(ORIGIN, b"https://app.test")],
        &[
            "message=CORS request refused",
            "refusal=the method `PATCH` is not in `allow_methods`",
        ],
    ),
    (
        Method::GET,
        &[(ORIGIN, b"https://evil.test\xFF")],
        &[
            "message=CORS request refused",
            r"refusal=the origin `https://evil.test\xff` is not allowed",
        ],
    ),
    (
        Method::OPTIONS,
        &[(ORIGIN, b"https://app.test"), (METHOD, b"PUT")],
        &[
            "message=CORS request passes",
            "method=OPTIONS",
            r#"kind="preflight""#,
        ],
    ),
    (
        Method::OPTIONS,
        &[
            (ORIGIN, b"https://app.test"),
            (METHOD, b"PUT"),
            (HEADERS, b"x-debug"),
        ],
        &[
            "message=CORS request refused",
            r#"kind="preflight""#,
            "refusal=the request header `x-debug` is not in `allow_headers`",
        ],
    ),
];

#[test]
fn every_decision_is_one_line_at_debug_level() {
    let cases = CASES.iter().flat_map(|case| [(DEBUG, case), (ONE, case)]);
    for (policy, (method, lines, expected)) in cases {
        let headers = headers(lines.iter().copied());
        let by_hand = logged(|| drop(policy.decide(method, &headers)));
        let by_layer = logged(|| {
            let mut service = Cors::new(
                service_fn(|_: Request<()>| ready(Ok::<_, Infallible>(Response::new(())))),
                policy,
            );
            let mut request = Request::new(());
            *request.method_mut() = method.clone();
            *request.headers_mut() = headers.clone();
            drop(service.call(request));
        });
        assert_eq!(by_hand, by_layer, "{method} {lines:?}");
        let [line] = by_hand.as_slice() else {
            panic!("{method} {lines:?}: {by_hand:?}");
        };
        assert!(line.starts_with("DEBUG "), "{line}");
        for part in *expected {
            assert!(line.contains(part), "{part} is not in {line}");
        }
        assert!(line.is_ascii(), "{line}");
    }
}

#[test]
fn a_policy_without_debug_logs_what_it_refuses() {
    for (method, lines, expected) in CASES {
        let headers = headers(lines.iter().copied());
        let logged = logged(|| drop(QUIET.decide(method, &headers)));
        match QUIET.decide(method, &headers).refusal() {
            Some(_) => {
                let [line] = logged.as_slice() else {
                    panic!("{method} {lines:?}: {logged:?}");
                };
                let refused = "DEBUG message=CORS request refused";
                assert!(line.starts_with(refused), "{line}");
                for part in *expected {
                    assert!(line.contains(part), "{part} is not in {line}");
                }
            }
            None => assert_eq!(logged, [""; 0], "{method} {lines:?}"),
        }
    }
}
