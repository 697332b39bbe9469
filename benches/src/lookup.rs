//! Looking up an origin: the library, `phf` sets, and the possible minimum.

use std::hint::black_box;
use std::ptr;

use cors_runtime::Policy;
use http::{HeaderMap, header};
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

struct Lookup<F> {
    origin: &'static str,
    find: F,
}

fn runner<F: FnMut(&str) -> bool + 'static>(case: &'static Case, find: F) -> Box<dyn Runner> {
    let origin = origin(case);
    runner::runner(Lookup { origin, find })
}

fn origin(case: &'static Case) -> &'static str {
    let line = case.request.headers.get(header::ORIGIN);
    line.and_then(|line| line.to_str().ok()).unwrap_or_default()
}

/// Does no look-up.
pub fn nothing(case: &'static Case) -> Box<dyn Runner> {
    runner(case, |_| true)
}

/// Asks the policy.
pub fn ours(case: &'static Case) -> Box<dyn Runner> {
    let policy = case.subject.policy;
    runner(case, move |origin| policy.allows_origin(origin))
}

/// Compares only with the right origin: the length and the bytes.
pub fn floor(case: &'static Case) -> Box<dyn Runner> {
    let right = origin(case).to_owned();
    runner(case, move |origin| origin == right)
}

/// Looks into a set of the policy's origins.
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
    runner(case, move |origin| set.contains(origin))
}

impl<F: FnMut(&str) -> bool> Subject for Lookup<F> {
    type Input = ();
    type Output = bool;

    fn prepare(&mut self) {}

    #[inline]
    fn run(&mut self, (): &mut ()) -> bool {
        (self.find)(black_box(self.origin))
    }

    fn headers((): (), _: bool) -> Option<HeaderMap> {
        None
    }
}
