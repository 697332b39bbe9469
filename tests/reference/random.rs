//! Random policies from a fixed seed, and random requests that are close to their entries.

use std::fmt::Write;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Map, Value, json};

use crate::model::Request;

const POLICIES: usize = 150;

const ORIGINS: &[&str] = &[
    "https://a.test",
    "https://b.test",
    "http://a.test",
    "https://a.test:8443",
    "https://a.b.test",
    "http://localhost:3000",
    "http://127.0.0.1:3000",
    "http://[::1]:3000",
    "null",
    "capacitor://localhost",
    "https://c.test",
    "https://d.test",
    "https://e.test",
    "https://f.test",
    "https://xn--bcher-kva.test",
];

const PATTERNS: &[&str] = &[
    "https://*.a.test",
    "https://a.*",
    "https://*-x.b.test",
    "http://localhost:*",
    "https://a.test:8*",
    "*://a.test",
    "http*://b.test",
    "*.c.test",
    "https://*",
    "http*",
    "https://*:8443",
    "https://a*.test",
    "https://*.a.test:8443",
];

const METHODS: &[&str] = &[
    "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PURGE",
];
const NAMES: &[&str] = &[
    "Authorization",
    "Content-Type",
    "X-A",
    "X-B",
    "X-A-B",
    "If-Match",
    "Accept",
    "ETag",
    "X-C",
    "X-D",
];

fn config() -> impl Strategy<Value = Value> {
    let origins = (
        subsequence(ORIGINS, 0..=ORIGINS.len()),
        subsequence(PATTERNS, 0..=5),
        0..10_u8,
    );
    let lists = (
        proptest::option::of(subsequence(METHODS, 1..=METHODS.len())),
        prop_oneof![1 => Just(vec!["*"]), 3 => subsequence(NAMES, 1..=NAMES.len())],
        subsequence(&["X-A", "ETag"][..], 0..=2),
    );
    let switches = (any::<bool>(), any::<bool>(), proptest::bool::weighted(0.15));
    let values = (
        proptest::option::of(select(&["10m", "1s", "2h", "-5s"][..])),
        proptest::option::of(select(&[200, 204, 299][..])),
    );
    (origins, lists, switches, values).prop_map(|(origins, lists, switches, values)| {
        let (exact, patterns, kind) = origins;
        let origins: Vec<&str> = match kind {
            0 => vec!["*"],
            1 | 2 => vec![exact.first().copied().unwrap_or("https://a.test")],
            3 | 4 if !exact.is_empty() => exact,
            _ if exact.is_empty() && patterns.is_empty() => vec!["https://*.a.test"],
            _ => [exact, patterns].concat(),
        };
        let (methods, headers, exposed) = lists;
        let (credentials, network, passthrough) = switches;
        let mut config = Map::new();
        let mut set = |key: &str, value: Value| config.insert(key.to_owned(), value);
        set("allow_origins", json!(origins));
        if let Some(methods) = methods {
            set("allow_methods", json!(methods));
        }
        set("allow_headers", json!(headers));
        if !exposed.is_empty() {
            set("expose_headers", json!(exposed));
        }
        let (age, status) = values;
        if let Some(age) = age {
            set("max_age", json!(age));
        }
        set("allow_credentials", json!(credentials && origins != ["*"]));
        set("allow_private_network", json!(network));
        if passthrough {
            set("options_passthrough", json!(true));
        } else if let Some(status) = status {
            set("options_success_status", json!(status));
        }
        Value::Object(config)
    })
}

/// The source of `policies.rs`.
pub(crate) fn policies() -> String {
    let mut runner = TestRunner::deterministic();
    let mut source = String::from(
        "//! Random policies, made from a seed by `random.rs`; `BLESS=1 cargo test --test reference`.\n\n\
         // The calls accept a dozen dangerous findings, whether or not a policy has them.\n\
         #![allow(deprecated)]\n\n\
         use cors_runtime::{Policy, cors_policy};\n\n\
         macro_rules! policies {\n    ($($config:tt)*) => {\n        &[$((\n            stringify!($config),\n            cors_policy!(\n                \
         $config,\n                allow(\n                    null_origin,\n                    any_origin_with_credentials,\n                    everything_with_credentials,\n                    \
         open_start_with_credentials,\n                    open_end_with_credentials,\n                    any_scheme_with_credentials,\n                    \
         insecure_origin_with_credentials,\n                    private_network_for_any_origin,\n                    warnings\n                )\n            ),\n        )),*]\n    };\n}\n\n\
         #[rustfmt::skip]\n\
         pub(crate) static POLICIES: &[(&str, &Policy)] = policies! {\n",
    );
    for _ in 0..POLICIES {
        let config = config()
            .new_tree(&mut runner)
            .expect("a configuration")
            .current();
        writeln!(source, "    {config}").expect("a string takes all");
    }
    source.push_str("};\n");
    source
}

/// Requests close to the entries above, and some that nobody would send in good faith.
pub(crate) fn request() -> impl Strategy<Value = Request> {
    let method = select(
        &[
            "GET", "POST", "PUT", "PATCH", "OPTIONS", "OPTIONS", "OPTIONS", "PURGE", "get",
        ][..],
    );
    let origin = prop_oneof![
        6 => select(ORIGINS).prop_map(str::to_owned),
        6 => matching(),
        2 => spoilt(),
        1 => Just(String::new()),
        1 => (500..520_usize).prop_map(|len| format!("https://{}.a.test", "x".repeat(len - 15))),
    ];
    let origins = prop_oneof![1 => Just(vec![]), 12 => origin.clone().prop_map(|one| vec![one]), 1 => (origin.clone(), origin).prop_map(|(a, b)| vec![a, b])];
    let asked = prop_oneof![
        2 => Just(vec![]),
        8 => select(METHODS).prop_map(|one| vec![one.to_owned()]),
        1 => select(&["get", "GET,POST", "", " ", "GE T", "TRACE"][..]).prop_map(|one| vec![one.to_owned()]),
        1 => Just(vec!["GET".to_owned(), "PUT".to_owned()]),
    ];
    let network = prop_oneof![
        4 => Just(vec![]),
        2 => Just(vec!["true".to_owned()]),
        1 => select(&["false", "TRUE", "true "][..]).prop_map(|one| vec![one.to_owned()]),
        1 => Just(vec!["true".to_owned(), "true".to_owned()]),
    ];
    let names = proptest::collection::vec(names(), 0..3);
    (method, origins, asked, names, network).prop_map(|(method, origins, asked, names, network)| {
        let named = |name: &'static str, values: Vec<String>| {
            values.into_iter().map(move |value| (name, value))
        };
        let lines = named("origin", origins)
            .chain(named("access-control-request-method", asked))
            .chain(named("access-control-request-headers", names))
            .chain(named("access-control-request-private-network", network))
            .collect();
        Request {
            method: method.to_owned(),
            lines,
        }
    })
}

/// Texts in place of a pattern's `*`.
fn matching() -> impl Strategy<Value = String> {
    let stars = &[
        "x",
        "x.y",
        "",
        "3000",
        "443",
        "0",
        "65535",
        "65536",
        "080",
        "s",
        "s://evil.test",
        "://evil.test/",
        "evil.test/",
        "evil.test#",
        "user@evil",
        "x:80",
        "x y",
        "X",
        "é",
        "%41",
        "[::1]",
        "::1]:3000",
        "https://x",
        "https://evil.test/x",
        "x\t",
        "_",
        "x-",
    ][..];
    (select(PATTERNS), select(stars)).prop_map(|(pattern, star)| pattern.replacen('*', star, 1))
}

/// An origin with a text inserted at some position.
fn spoilt() -> impl Strategy<Value = String> {
    let bits = &["/", ":", ".", "x", "X", " ", "@", "*", ":80", "é", "\t"][..];
    (
        select(ORIGINS),
        any::<proptest::sample::Index>(),
        select(bits),
    )
        .prop_map(|(origin, at, bit)| {
            let at = at.index(origin.len() + 1);
            format!("{}{bit}{}", &origin[..at], &origin[at..])
        })
}

/// A line of names as browsers send them, as intermediaries leave them, or malformed.
fn names() -> impl Strategy<Value = String> {
    let element = prop_oneof![
        8 => select(NAMES).prop_map(str::to_ascii_lowercase),
        2 => select(NAMES).prop_map(str::to_owned),
        1 => select(&["x-unknown", "x a", "*", "x-\u{e9}", "x;a", "cookie"][..]).prop_map(str::to_owned),
        2 => Just(String::new()),
    ];
    let comma = select(&[",", ",", ", ", " ,", ",\t", ",,", ",,,,,,,,"][..]);
    proptest::collection::vec((element, comma), 0..5).prop_map(|elements| {
        let last = elements.len().saturating_sub(1);
        let pieces = elements.iter().enumerate();
        pieces
            .map(|(nth, (name, comma))| {
                if nth == last {
                    name.clone()
                } else {
                    format!("{name}{comma}")
                }
            })
            .collect()
    })
}
