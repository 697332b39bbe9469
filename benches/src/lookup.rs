//! Looking an origin up: the library, the sets of `phf`, and the least that it can cost.

use std::hint::black_box;
use std::ptr;

use cors_runtime::Policy;
use http::{HeaderMap, HeaderValue, header};
use phf::{Set, phf_set};

use crate::cases::Case;
use crate::policies;
use crate::runner::{self, Runner, Subject};

include!(concat!(env!("OUT_DIR"), "/sets.rs"));

static FIVE: Set<&str> = phf_set! {
    "https://app.example.com",
    "https://admin.example.com",
    "https://tenant-0042.apps.example.com",
    "https://shop.example.org",
    "https://staging.example.net:8443",
};

static NONE: Set<&str> = phf_set! {};

/// The cases in which an origin of a set is found.
pub const CASES: [(&str, &str); 4] = [
    ("5 allowed", "5"),
    ("100 allowed", "100"),
    ("1000 allowed", "1000"),
    ("10000 allowed", "10000"),
];

struct Lookup<F> {
    origin: Option<&'static HeaderValue>,
    find: F,
}

fn runner<F: FnMut(&HeaderValue) -> bool + 'static>(
    case: &'static Case,
    find: F,
) -> Box<dyn Runner> {
    let origin = case.request.headers.get(header::ORIGIN);
    runner::runner(Lookup { origin, find })
}

/// Looks nothing up.
pub fn nothing(case: &'static Case) -> Box<dyn Runner> {
    runner(case, |_| true)
}

/// Asks the policy by its name.
pub fn ours(case: &'static Case) -> Box<dyn Runner> {
    macro_rules! ask {
        ($($policy:ident)*) => {$(
            if ptr::eq(case.subject.policy, policies::$policy) {
                return runner(case, |origin| policies::$policy.allows_origin(origin));
            }
        )*};
    }
    ask!(FIVE HUNDRED THOUSAND TEN_THOUSAND);
    nothing(case)
}

/// Asks whichever policy it is.
pub fn held(case: &'static Case) -> Box<dyn Runner> {
    let policy = case.subject.policy;
    runner(case, move |origin| policy.allows_origin(origin))
}

/// Compares with the right origin and no other: a length and the bytes.
pub fn floor(case: &'static Case) -> Box<dyn Runner> {
    let right = case.request.headers.get(header::ORIGIN).cloned();
    let right = right.unwrap_or(HeaderValue::from_static(""));
    runner(case, move |origin| origin.as_bytes() == right.as_bytes())
}

/// Looks into a set of the same origins as the policy's.
pub fn phf(case: &'static Case) -> Box<dyn Runner> {
    let sets: [(&Policy, _); 4] = [
        (policies::FIVE, &FIVE),
        (policies::HUNDRED, &HUNDRED),
        (policies::THOUSAND, &THOUSAND),
        (policies::TEN_THOUSAND, &TEN_THOUSAND),
    ];
    let set = sets
        .into_iter()
        .find(|(of, _)| ptr::eq(*of, case.subject.policy));
    let set: &Set<&str> = set.map_or(&NONE, |(_, set)| set);
    // The text is a present: from a header, it would have to be checked first.
    let origin = case.request.headers.get(header::ORIGIN);
    let origin = origin.and_then(|origin| origin.to_str().ok());
    let origin = origin.unwrap_or_default();
    runner(case, move |_| set.contains(black_box(origin)))
}

impl<F: FnMut(&HeaderValue) -> bool> Subject for Lookup<F> {
    type Input = ();
    type Output = bool;

    fn prepare(&mut self) {}

    #[inline]
    fn run(&mut self, (): &mut ()) -> bool {
        self.origin.is_some_and(|origin| (self.find)(origin))
    }

    fn answer((): (), _: bool) -> Option<HeaderMap> {
        None
    }
}
