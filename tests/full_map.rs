//! Responses with so many headers that a map takes no more: the origin is named together with
//! `Vary`, or neither is.

#![allow(clippy::panic, clippy::unwrap_used, reason = "tests may fail")]

#[path = "support/requests.rs"]
mod requests;

use cors_runtime::{Decision, Policy, cors_policy};
use http::{HeaderMap, HeaderName, HeaderValue, Method, header};

use requests::{HEADERS, METHOD, NETWORK, ORIGIN, headers};

static POLICIES: &[&Policy] = &[
    cors_policy!({ "allow_origins": ["*"], "allow_headers": ["*"], "expose_headers": ["X-A"] }),
    cors_policy!({
        "allow_origins": ["https://a.test", "https://*.a.test"],
        "allow_headers": ["*"],
        "expose_headers": ["X-A"],
        "allow_credentials": true,
        "allow_private_network": true,
        "max_age": "10m",
        "options_passthrough": true,
    }, allow(warnings)),
];

/// A decision of each kind.
fn decisions() -> Vec<(String, Decision)> {
    let origin = (ORIGIN, "https://a.test");
    let stranger = (ORIGIN, "https://evil.test");
    let mut decisions = Vec::new();
    for policy in POLICIES {
        for (method, lines) in [
            (Method::GET, vec![]),
            (Method::GET, vec![origin]),
            (Method::GET, vec![stranger]),
            (Method::OPTIONS, vec![origin]),
            (Method::OPTIONS, vec![origin, (METHOD, "GET")]),
            (
                Method::OPTIONS,
                vec![origin, (METHOD, "GET"), (HEADERS, "x-a"), (NETWORK, "true")],
            ),
            (
                Method::OPTIONS,
                vec![origin, (METHOD, "GET"), (HEADERS, "x-a"), (HEADERS, "x-b")],
            ),
            (Method::OPTIONS, vec![origin, (METHOD, "PUT")]),
            (Method::OPTIONS, vec![stranger, (METHOD, "GET")]),
        ] {
            let decision = policy.decide(&method, &headers(lines.clone()));
            decisions.push((format!("{method} {lines:?}\n{policy}"), decision));
        }
    }
    decisions
}

/// A map with as many names as it can have, or nearly so. It is large, so one serves for all cases.
struct Full {
    headers: HeaderMap,
    /// How many names it can have.
    names: usize,
    /// How many of them are `x-0`, `x-1` and so on.
    others: usize,
}

impl Full {
    fn new() -> Self {
        let mut headers = HeaderMap::new();
        let mut others = 0;
        while headers
            .try_insert(other(others), HeaderValue::from_static(""))
            .is_ok()
        {
            others += 1;
        }
        let names = headers.keys_len();
        assert!(names > 20_000 && names == others, "{names}");
        Self {
            headers,
            names,
            others,
        }
    }

    /// Leaves these lines beside the others, and then room for so many names.
    fn fill(&mut self, lines: &[(&'static str, &'static str)], room: usize) {
        for name in &WRITTEN {
            self.headers.remove(name);
        }
        // To append takes room for a name even if the name is there.
        self.set_others(self.names - room - lines.len() - 1);
        for (name, value) in lines {
            self.headers.append(*name, HeaderValue::from_static(value));
        }
        self.set_others(self.others + self.names - self.headers.keys_len() - room);
    }

    fn set_others(&mut self, count: usize) {
        for nth in count..self.others {
            self.headers.remove(other(nth));
        }
        for nth in self.others..count {
            self.headers
                .insert(other(nth), HeaderValue::from_static(""));
        }
        self.others = count;
    }
}

fn other(nth: usize) -> HeaderName {
    HeaderName::try_from(format!("x-{nth}")).unwrap()
}

/// What a decision writes.
static WRITTEN: [HeaderName; 8] = [
    header::VARY,
    header::ACCESS_CONTROL_ALLOW_ORIGIN,
    header::ACCESS_CONTROL_ALLOW_CREDENTIALS,
    header::ACCESS_CONTROL_ALLOW_HEADERS,
    header::ACCESS_CONTROL_ALLOW_METHODS,
    header::ACCESS_CONTROL_EXPOSE_HEADERS,
    header::ACCESS_CONTROL_MAX_AGE,
    HeaderName::from_static("access-control-allow-private-network"),
];

fn names_origin(headers: &HeaderMap) -> bool {
    headers.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN)
}

fn varies_by_origin(headers: &HeaderMap) -> bool {
    let lines = headers.get_all(header::VARY).iter();
    let mut names = lines.flat_map(|line| line.to_str().unwrap().split(','));
    names.any(|name| matches!(name.trim(), "Origin" | "*"))
}

#[test]
fn the_origin_and_vary_or_neither() {
    let backend = [
        ("access-control-allow-origin", "*"),
        ("access-control-allow-origin", "https://evil.test"),
    ];
    let credentials = ("access-control-allow-credentials", "true");
    let full = &mut Full::new();
    let decisions = decisions();
    let (mut with, mut without) = (0, 0);
    for lines in [
        &[][..],
        &[("vary", "Accept")],
        &backend,
        &[backend[0], credentials, ("vary", "Accept")],
    ] {
        for free in 0..8 {
            for (case, decision) in &decisions {
                full.fill(lines, free);
                let response = &mut full.headers;
                decision.apply(response);
                let case = || format!("{case}\nwith room for {free} beside {lines:?}");
                let named = names_origin(response);
                assert!(!named || varies_by_origin(response), "{}", case());
                let credentials = header::ACCESS_CONTROL_ALLOW_CREDENTIALS;
                assert!(named || !response.contains_key(credentials), "{}", case());
                // What was there stays, but for the CORS headers of a backend.
                let written = WRITTEN.iter().filter(|name| response.contains_key(*name));
                let others = response.keys_len() - written.count();
                assert_eq!(others, full.others, "{}", case());
                let evil = response.get_all(header::ACCESS_CONTROL_ALLOW_ORIGIN);
                assert!(
                    evil.iter().all(|value| value != "https://evil.test"),
                    "{}",
                    case()
                );
                if decision.refusal().is_none() {
                    with += usize::from(named);
                    without += usize::from(!named);
                }
            }
        }
    }
    println!("{with} responses name the origin, {without} do not");
    assert!(with > 100 && without > 100, "{with} {without}");
}

/// With room enough all is written, so what is missing above is missing for want of room.
#[test]
fn with_room_for_all() {
    let full = &mut Full::new();
    for (case, decision) in decisions() {
        full.fill(&[], 10);
        let mut empty = HeaderMap::new();
        decision.apply(&mut full.headers);
        decision.apply(&mut empty);
        for name in empty.keys() {
            let lines =
                |headers: &HeaderMap| headers.get_all(name).iter().cloned().collect::<Vec<_>>();
            assert_eq!(lines(&full.headers), lines(&empty), "{case}");
        }
    }
}

/// A map whose names are crowded where a name of ours belongs. It is far from full, but once it has
/// moved that many it wants to grow, cannot, and refuses the next name.
fn crowded(standard: usize) -> HeaderMap {
    // The hash of `http`, of a standard name by its number, and of any other by its bytes.
    let hash = |kind: usize, rest: &[u8]| {
        let bytes = kind.to_ne_bytes();
        let all = bytes.iter().chain(rest);
        let hash = all.fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x100_0000_01B3)
        });
        hash as usize & 0x7FFF
    };
    let place = hash(0, &standard.to_ne_bytes());
    let mut near: Vec<Option<HeaderName>> = vec![None; 0x8000];
    for nth in 0..200_000 {
        let name = other(nth);
        let distance = hash(1, name.as_str().as_bytes()).wrapping_sub(place) & 0x7FFF;
        near[distance] = Some(name);
    }
    // One name at each place behind it, then others that are far.
    let (close, far) = near.split_at(300);
    let names = close.iter().chain(&far[..20_000]).flatten();
    let mut headers = HeaderMap::with_capacity(24_000);
    headers.extend(names.map(|name| (name.clone(), HeaderValue::from_static(""))));
    headers
}

#[test]
fn a_map_that_stops_before_it_is_full() {
    let decisions = decisions();
    let mut stopped = 0;
    // `Access-Control-Allow-Credentials` and `Access-Control-Allow-Origin`.
    for standard in [5, 8] {
        let crowded = crowded(standard);
        for (case, decision) in &decisions {
            let (mut response, mut empty) = (crowded.clone(), HeaderMap::new());
            decision.apply(&mut response);
            decision.apply(&mut empty);
            let named = names_origin(&response);
            assert!(!named || varies_by_origin(&response), "{case}");
            stopped += usize::from(response.keys_len() < crowded.keys_len() + empty.keys_len());
        }
    }
    assert!(stopped > 0, "no map stopped: `http` has another hash now");
}
