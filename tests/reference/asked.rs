//! The answers of a policy's methods, in a constant or at run time, agree with its decisions.

use cors_runtime::{Policy, Refusal, cors_policy};
use http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use crate::agreement::OTHERS;
use crate::{policies, random};

/// Policies with what the others lack.
static EXPOSING: &[&Policy] = &[
    cors_policy!({
        "allow_origins": ["*"],
        "allow_headers": ["*"],
        "expose_headers": ["*"],
    }),
    cors_policy!({
        "allow_origins": ["*"],
        "allow_headers": ["Content-Type"],
        "expose_headers": ["Set-Cookie", "X-Request-Id"],
    }, allow(unexposable_header)),
];

/// The four questions, each answered for one text.
type Answers = [bool; 4];

const fn asked(policy: &Policy, text: &str) -> Answers {
    [
        policy.allows_origin(text),
        policy.allows_method(text),
        policy.allows_header(text),
        policy.exposes_header(text),
    ]
}

/// The same answers, derived from the policy's decisions on requests.
struct Decided {
    policy: &'static Policy,
    /// An allowed origin.
    origin: String,
    /// The response to the request.
    response: HeaderMap,
}

impl Decided {
    fn new(policy: &'static Policy) -> Self {
        let passes = |origin: &String| {
            refusal(policy, &Method::OPTIONS, &[(header::ORIGIN, origin)]).is_none()
        };
        let origin = entries(policy).find(passes).unwrap();
        let request = headers(&[(header::ORIGIN, &origin)]);
        let mut response = HeaderMap::new();
        policy
            .decide(&Method::OPTIONS, &request)
            .apply(&mut response);
        Self {
            policy,
            origin,
            response,
        }
    }

    fn answers(&self, text: &str) -> Answers {
        let name = HeaderName::from_bytes(text.as_bytes());
        [
            self.allows_origin(text),
            self.allows_method(text),
            name.as_ref().is_ok_and(|name| self.allows_header(name)),
            name.as_ref().is_ok_and(|name| self.exposes_header(name)),
        ]
    }

    /// OPTIONS always passes, so only the origin decides.
    fn allows_origin(&self, origin: &str) -> bool {
        refusal(self.policy, &Method::OPTIONS, &[(header::ORIGIN, origin)]).is_none()
    }

    fn allows_method(&self, method: &str) -> bool {
        // Without a method it is not a preflight.
        let asks = [(header::ACCESS_CONTROL_REQUEST_METHOD, method)];
        let passes = !method.is_empty() && self.preflight(&asks).is_none();
        if let Ok(method) = Method::from_bytes(method.as_bytes()) {
            let lines = [(header::ORIGIN, &*self.origin)];
            let refusal = refusal(self.policy, &method, &lines);
            assert_eq!(refusal.is_none(), passes, "{method} under\n{}", self.policy);
        }
        passes
    }

    fn allows_header(&self, name: &HeaderName) -> bool {
        let asks = [
            (header::ACCESS_CONTROL_REQUEST_METHOD, "OPTIONS"),
            (header::ACCESS_CONTROL_REQUEST_HEADERS, name.as_str()),
        ];
        self.preflight(&asks).is_none()
    }

    fn preflight(&self, asks: &[(HeaderName, &str)]) -> Option<Refusal> {
        let lines = [&[(header::ORIGIN, &*self.origin)], asks].concat();
        refusal(self.policy, &Method::OPTIONS, &lines)
    }

    /// Whether a script may read a header of the response, by [Fetch]'s CORS filtered response.
    ///
    /// [Fetch]: https://fetch.spec.whatwg.org/#concept-filtered-response-cors
    fn exposes_header(&self, name: &HeaderName) -> bool {
        const SAFELISTED: &str = "cache-control content-language content-length content-type \
                                  expires last-modified pragma";
        let exposed = self.response.get(header::ACCESS_CONTROL_EXPOSE_HEADERS);
        let mut exposed = exposed
            .map_or("", |value| value.to_str().unwrap())
            .split(", ");
        let credentials = header::ACCESS_CONTROL_ALLOW_CREDENTIALS;
        let with_credentials = self.response.contains_key(credentials);
        let is_exposed = exposed.any(|exposed| match exposed {
            "*" if !with_credentials => true,
            exposed => exposed.eq_ignore_ascii_case(name.as_str()),
        });
        let is_safelisted = SAFELISTED.split(' ').any(|safelisted| name == safelisted);
        let is_forbidden = name == "set-cookie" || name == "set-cookie2";
        (is_exposed || is_safelisted) && !is_forbidden
    }
}

fn headers(lines: &[(HeaderName, &str)]) -> HeaderMap {
    let lines = lines.iter().map(|(name, value)| {
        let value = HeaderValue::from_bytes(value.as_bytes()).unwrap();
        (name.clone(), value)
    });
    lines.collect()
}

fn refusal(
    policy: &'static Policy,
    method: &Method,
    lines: &[(HeaderName, &str)],
) -> Option<Refusal> {
    policy.decide(method, &headers(lines)).refusal()
}

/// The origins of a policy, or some of ten thousand, with a text in place of `*`.
fn entries(policy: &'static Policy) -> impl Iterator<Item = String> {
    const STARS: [&str; 6] = ["x", "s://x.test", "https", "https://x", "3000", "/"];
    let step = 1 + policy.allow_origins().count() / 50;
    let entries = policy.allow_origins().step_by(step);
    entries.flat_map(|entry| STARS.map(|star| entry.replace('*', star)))
}

/// Values from random requests, each for every question.
fn texts(runner: &mut TestRunner) -> impl Iterator<Item = String> {
    let requests = (0..40).map(|_| random::request().new_tree(runner).unwrap().current());
    let requests: Vec<_> = requests.collect();
    requests.into_iter().flat_map(|request| {
        let values = request.lines.into_iter().map(|(_, value)| value);
        values
            .flat_map(|value| value.split(',').map(str::to_owned).collect::<Vec<_>>())
            .chain([request.method])
            .collect::<Vec<_>>()
    })
}

/// How often the answer to a question was no, and how often yes.
type Counts = [[usize; 2]; 4];

fn count(counts: &mut Counts, answers: Answers) {
    for (count, answer) in counts.iter_mut().zip(answers) {
        count[usize::from(answer)] += 1;
    }
}

#[test]
fn at_run_time() {
    let mut runner = TestRunner::deterministic();
    let mut counts = Counts::default();
    let random = policies::POLICIES.iter().map(|(_, policy)| *policy);
    let others = OTHERS.iter().chain(EXPOSING).copied();
    for policy in random.chain(others) {
        let decided = Decided::new(policy);
        let constants = CONSTANTS.iter().map(|&text| text.to_owned());
        for text in entries(policy).chain(texts(&mut runner)).chain(constants) {
            let answers = asked(policy, &text);
            assert_eq!(answers, decided.answers(&text), "`{text}` under\n{policy}");
            count(&mut counts, answers);
        }
    }
    let often = counts.as_flattened().iter().all(|&count| count > 1_000);
    assert!(often, "{counts:?}");
}

/// Texts of all kinds, for constants.
#[rustfmt::skip]
const CONSTANTS: [&str; 36] = [
    "https://a.test", "https://b.test", "http://a.test", "https://a.test:8443", "https://f.test",
    "http://localhost:3000", "http://[::1]:3000", "null", "https://xn--bcher-kva.test",
    "https://x.a.test", "https://x.y.a.test:8443", "https://x-x.b.test", "https://ax.test",
    "https://evil.test/.a.test", "http://localhost:65536", "ftp://a.test", "chrome://x.c.test",
    "https://evil.test", "HTTPS://A.TEST", "https://tenant-4711.apps.example.com",
    "https://tenant-4711.apps.example.org", "GET", "PATCH", "OPTIONS", "get", "Content-Type",
    "x-a", "X-A-B", "etag", "Expires", "Cache-Control", "Set-Cookie", "x a", "\u{e9}", "*", "",
];

/// The special policies, and as many random ones as rustc evaluates in reasonable time.
const SOME: [&Policy; 60] = {
    let mut some = [OTHERS[0]; 60];
    let mut nth = 1;
    while nth < some.len() {
        some[nth] = if nth < OTHERS.len() {
            OTHERS[nth]
        } else {
            policies::POLICIES[nth].1
        };
        nth += 1;
    }
    some
};

const ANSWERS: [[Answers; CONSTANTS.len()]; SOME.len()] = {
    let mut answers = [[[false; 4]; CONSTANTS.len()]; SOME.len()];
    let mut nth = 0;
    while nth < SOME.len() * CONSTANTS.len() {
        let (policy, text) = (nth / CONSTANTS.len(), nth % CONSTANTS.len());
        answers[policy][text] = asked(SOME[policy], CONSTANTS[text]);
        nth += 1;
    }
    answers
};

#[test]
fn in_constants() {
    let mut counts = Counts::default();
    for (policy, answers) in SOME.iter().zip(ANSWERS) {
        let decided = Decided::new(policy);
        for (text, answers) in CONSTANTS.iter().zip(answers) {
            assert_eq!(answers, decided.answers(text), "`{text}` under\n{policy}");
            count(&mut counts, answers);
        }
    }
    let often = counts.as_flattened().iter().all(|&count| count > 100);
    assert!(often, "{counts:?}");
}
