//! Any request, any answer of the handler: no panic, and nothing that a browser may take for a
//! grant goes to a stranger.
//!
//! ```sh
//! cd tests/fuzz
//! cargo run --bin seed -- corpus/decide      # from the recorded requests
//! cargo fuzz run --fuzz-dir . --sanitizer none decide
//! ```

#![no_main]

use cors_runtime::{Decision, Policy, cors_policy};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, header};
use libfuzzer_sys::fuzz_target;

static POLICIES: [&Policy; 4] = [
    cors_policy!({ "allow_origins": ["*"], "allow_headers": ["*"] }),
    cors_policy!({
        "allow_origins": ["https://example.com"],
        "allow_methods": ["GET", "PUT"],
        "allow_headers": ["X-A", "Content-Type"],
        "allow_credentials": true,
    }),
    cors_policy!({
        "allow_origins": [
            "https://*.example.com", "http://localhost:*", "https://example.com", "https://a.test",
            "https://b.test", "https://c.test", "https://d.test", "https://e.test", "https://f.test",
            "https://g.test", "https://h.test",
        ],
        "allow_headers": ["*"],
        "allow_credentials": true,
        "allow_private_network": true,
        "max_age": "1h",
    }, allow(warnings)),
    cors_policy!({
        "allow_origins": ["http*", "*.example.org"],
        "allow_methods": ["PATCH", "PURGE"],
        "allow_headers": [
            "X-A", "X-B", "X-C", "X-D", "X-E", "X-F", "X-G", "X-H", "X-I", "Authorization",
        ],
        "options_passthrough": true,
    }, allow(warnings)),
];

/// The first byte chooses the policy; then a method, lines of the request, an empty line, and lines
/// of the handler's answer.
fn read(data: &[u8]) -> Option<(&'static Policy, Method, HeaderMap, HeaderMap)> {
    let (choice, rest) = data.split_first()?;
    let policy = POLICIES[usize::from(*choice) % POLICIES.len()];
    let mut lines = rest.split(|byte| *byte == b'\n');
    let method = Method::from_bytes(lines.next()?).ok()?;
    let mut maps = [HeaderMap::new(), HeaderMap::new()];
    let mut answer = 0;
    for line in lines.take(200) {
        if line.is_empty() {
            answer = 1;
            continue;
        }
        let colon = line.iter().position(|byte| *byte == b':')?;
        let name = HeaderName::from_bytes(&line[..colon]).ok()?;
        maps[answer].append(name, HeaderValue::from_bytes(&line[colon + 1..]).ok()?);
    }
    let [request, answer] = maps;
    Some((policy, method, request, answer))
}

fuzz_target!(|data: &[u8]| {
    let Some((policy, method, request, answer)) = read(data) else {
        return;
    };
    let decision = policy.decide(&method, &request);
    let refusal = decision.refusal();
    if let Some(refusal) = &refusal {
        assert!(refusal.to_string().is_ascii() || refusal.to_string().contains('…'));
    }
    let mut response = Response::new(());
    *response.headers_mut() = answer;
    decision.apply(response.headers_mut());
    check(policy, &request, response.headers());
    if let Decision::Preflight(preflight) = &decision
        && let Some(response) = preflight.response::<()>()
    {
        check(policy, &request, response.headers());
    }
});

/// What must hold of every answer.
fn check(policy: &Policy, request: &HeaderMap, answer: &HeaderMap) {
    let lines = |name| answer.get_all(name).iter().collect::<Vec<&HeaderValue>>();
    let allowed = lines(header::ACCESS_CONTROL_ALLOW_ORIGIN);
    assert!(allowed.len() <= 1, "one origin at most");
    let credentials = lines(header::ACCESS_CONTROL_ALLOW_CREDENTIALS);
    assert!(credentials.len() <= 1 && (credentials.is_empty() || policy.allow_credentials()));
    if let [allowed] = allowed.as_slice() {
        let origin = request.get(header::ORIGIN);
        let constant = policy.allow_origins().any(|entry| entry == *allowed);
        assert!(constant || origin == Some(allowed), "the request's own origin or a listed one");
        let bytes = allowed.as_bytes();
        let sound = bytes == b"*"
            || bytes.iter().all(|byte| byte.is_ascii_graphic() && !byte.is_ascii_uppercase())
                && !bytes.iter().any(|byte| b"@?#\\".contains(byte))
                && bytes.windows(2).filter(|pair| *pair == b"//").count() == 1
                && bytes.iter().filter(|byte| **byte == b'/').count() == 2;
        assert!(sound, "{allowed:?} is no origin");
    } else {
        assert!(credentials.is_empty(), "no credentials without an origin");
    }
}
