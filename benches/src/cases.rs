//! What is measured: each case is one policy and one request.

use std::sync::LazyLock;

use axum::Router;
use cors_runtime::Policy;

use crate::limit::Respond;
use crate::limit::hand::{self, Hand};
use crate::peers::by_hand;
use crate::policies;
use crate::request::Request;

/// A policy in each of its forms.
#[derive(Clone, Copy, Debug)]
pub struct Subject {
    /// Compiled by the macro.
    pub policy: &'static Policy,
    /// Written by hand, with the same guarantees.
    pub limit: Respond,
    /// Written by hand, only with what these requests need.
    pub least: Respond,
    /// The limit as a layer of an axum router.
    pub layered: fn(Router) -> Router,
}

fn subject<H: Hand + Clone + Send + Sync + 'static>(policy: &'static Policy) -> Subject {
    Subject {
        policy,
        limit: hand::careful::<H>,
        least: hand::careless::<H>,
        layered: by_hand::layered::<H>,
    }
}

/// One row of the tables.
#[derive(Debug)]
pub struct Case {
    /// Its name on the command line.
    pub name: &'static str,
    /// The policy.
    pub subject: Subject,
    /// The request.
    pub request: Request,
    /// In a hostile request, how many bytes the attacker chose freely.
    pub hostile: Option<usize>,
}

impl Case {
    /// The first word of the name.
    pub fn policy(&self) -> &'static str {
        self.words().0
    }

    /// The second word of the name.
    pub fn request_name(&self) -> &'static str {
        self.words().1
    }

    fn words(&self) -> (&'static str, &'static str) {
        self.name.split_once(' ').unwrap_or((self.name, ""))
    }
}

const APP: &str = "https://app.example.com";
const TENANT: &str = "https://tenant-0042.apps.example.com";
/// As long as the tenant, and different only in its last byte.
const STRANGER: &str = "https://tenant-0042.apps.example.con";
const NAMES: &str = "authorization,content-type";
const TWELVE: &str = "authorization,baggage,content-type,if-match,sentry-trace,traceparent,\
     tracestate,x-client-version,x-correlation-id,x-csrf-token,x-request-id,x-tenant";

/// All of them, in the order of the tables.
pub fn all() -> &'static [Case] {
    static CASES: LazyLock<Vec<Case>> = LazyLock::new(make);
    &CASES
}

fn make() -> Vec<Case> {
    let mut cases = Vec::new();
    let mut add = |name, subject, request| {
        cases.push(Case {
            name,
            subject,
            request,
            hostile: None,
        });
    };
    let actual = |origin: &str| Request::actual(Some(origin));
    let put = |origin: &str| Request::preflight(origin, "PUT", NAMES);

    let any = subject::<hand::Any>(policies::ANY);
    add("any allowed", any, actual(TENANT));
    add("any no-origin", any, Request::actual(None));
    add("any preflight", any, put(TENANT));

    let one = subject::<hand::One>(policies::ONE);
    add("1 allowed", one, actual(APP));
    add("1 denied", one, actual("https://app.example.con"));
    add("1 no-origin", one, Request::actual(None));
    add("1 preflight", one, put(APP));
    add("1 preflight-denied", one, put("https://app.example.con"));

    let five = subject::<hand::Five>(policies::FIVE);
    add("5 allowed", five, actual(TENANT));
    add("5 denied", five, actual(STRANGER));
    add("5 no-origin", five, Request::actual(None));
    add("5 preflight", five, put(TENANT));
    add("5 preflight-denied", five, put(STRANGER));
    add(
        "5 preflight-method",
        five,
        Request::preflight(TENANT, "PATCH", NAMES),
    );
    add(
        "5 preflight-header",
        five,
        Request::preflight(TENANT, "PUT", "content-type,x-unknown"),
    );

    // Peers search in order, so in large sets the requested origin is in the middle of the file.
    let (middle, stranger) = (
        "https://tenant-0025.apps.example.com",
        "https://tenant-0025.apps.example.con",
    );
    let hundred = subject::<hand::Hundred>(policies::HUNDRED);
    add("100 allowed", hundred, actual(middle));
    add("100 denied", hundred, actual(stranger));
    add("100 no-origin", hundred, Request::actual(None));
    add("100 preflight", hundred, put(middle));

    let thousand = subject::<hand::Thousand>(policies::THOUSAND);
    add(
        "1000 allowed",
        thousand,
        actual("https://tenant-0250.apps.example.com"),
    );

    let (middle, stranger) = (
        "https://tenant-2500.apps.example.com",
        "https://tenant-2500.apps.example.con",
    );
    let ten_thousand = subject::<hand::TenThousand>(policies::TEN_THOUSAND);
    add("10000 allowed", ten_thousand, actual(middle));
    add("10000 denied", ten_thousand, actual(stranger));
    add("10000 no-origin", ten_thousand, Request::actual(None));
    add("10000 preflight", ten_thousand, put(middle));

    let pattern = subject::<hand::OnePattern>(policies::PATTERN);
    add("pattern allowed", pattern, actual(TENANT));
    add("pattern denied", pattern, actual(STRANGER));
    add("pattern preflight", pattern, put(TENANT));

    let patterns = subject::<hand::TwentyPatterns>(policies::PATTERNS);
    let customer = "https://www.marseille.example.com";
    add("20-patterns allowed", patterns, actual(customer));
    add(
        "20-patterns denied",
        patterns,
        actual("https://www.marseilles.example.com"),
    );
    add("20-patterns preflight", patterns, put(customer));

    let thirty = subject::<hand::ThirtyHeaders>(policies::THIRTY_HEADERS);
    add("30-headers preflight", thirty, put(TENANT));
    add(
        "30-headers preflight-12",
        thirty,
        Request::preflight(TENANT, "PUT", TWELVE),
    );

    let echo = subject::<hand::Echo>(policies::ECHO);
    add("echo preflight", echo, put(TENANT));

    let long = format!("{TENANT}{}", ".example.com".repeat(700));
    let long = &long[..8 << 10];
    let commas = ",".repeat(16 << 10);
    let unknown: Vec<String> = (0..1_000)
        .map(|nth| format!("x-unknown-{nth:03}"))
        .collect();
    let unknown = unknown.join(",");
    let mut hostile = |name, subject, request, len| {
        cases.push(Case {
            name,
            subject,
            request,
            hostile: Some(len),
        });
    };
    hostile("5 8-KiB-origin", five, actual(long), long.len());
    hostile("10000 8-KiB-origin", ten_thousand, actual(long), long.len());
    hostile("pattern 8-KiB-origin", pattern, actual(long), long.len());
    for (name, subject) in [("5 commas", five), ("echo commas", echo)] {
        let request = Request::preflight(TENANT, "PUT", &commas);
        hostile(name, subject, request, commas.len());
    }
    for (name, subject) in [
        ("5 unknown-names", five),
        ("30-headers unknown-names", thirty),
        ("echo unknown-names", echo),
    ] {
        let request = Request::preflight(TENANT, "PUT", &unknown);
        hostile(name, subject, request, unknown.len());
    }
    // Names that are listed, and what is not written as browsers do.
    let mut repeated = |name, subject, element: &str| {
        let names = element.repeat((64 << 10) / element.len());
        let request = Request::preflight(TENANT, "PUT", &names);
        hostile(name, subject, request, names.len());
    };
    repeated("5 listed-names", five, "content-type,");
    repeated("30-headers listed-names", thirty, "range,");
    repeated("5 long-name", five, "x");
    repeated("5 spaces", five, " ");
    repeated("echo capitals", echo, "X-A, ");
    repeated("echo short-names", echo, "_,");
    repeated("echo long-name", echo, "_");
    repeated("echo spaces", echo, " ");
    cases
}

/// The cases with these names, or all of them if no name is given.
pub fn named(names: &[&str]) -> Result<Vec<&'static Case>, String> {
    if names.is_empty() {
        return Ok(all().iter().collect());
    }
    let case = |name: &&str| find(name).ok_or_else(|| format!("no case is called `{name}`"));
    names.iter().map(case).collect()
}

/// The case with this name.
pub fn find(name: &str) -> Option<&'static Case> {
    all().iter().find(|case| case.name == name)
}
