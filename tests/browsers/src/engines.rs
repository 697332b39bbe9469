//! How often each browser sends a preflight, where that is not what the Fetch standard asks for.

use http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS as HEADERS, ACCESS_CONTROL_ALLOW_METHODS as METHODS,
    ACCESS_CONTROL_MAX_AGE as MAX_AGE,
};

use crate::case::Page::{Allowed, Sandboxed};
use crate::case::{Call, Case, call, case};
use crate::cases::{ARTICLES, PUT};
use crate::fault::Fault;
use crate::firefox;

const DELETE: &str = r#"{"method": "DELETE"}"#;
const PUT_WITH_COOKIES: &str = r#"{"method": "PUT", "credentials": "include"}"#;
const PUT_WITH_A: &str = r#"{"method": "PUT", "headers": {"X-A": "1"}}"#;
const PUT_WITH_B: &str = r#"{"method": "PUT", "headers": {"X-B": "1"}}"#;
const UPLOAD: &str = r#"{"method": "POST", "body": "text", "listens": true}"#;
const UPLOAD_BY_PUT: &str = r#"{"method": "PUT", "body": "text", "listens": true}"#;
const LISTENING_GET: &str = r#"{"listens": true}"#;

/// Each frame is another page with an opaque origin.
pub(crate) fn cases() -> Vec<Case> {
    let put = || {
        call(Sandboxed, "public/articles")
            .with(PUT)
            .arrives(&["OPTIONS /articles", "PUT /articles"])
            .reads(ARTICLES)
    };
    let again = put().arrives_in_firefox(&["PUT /articles"]);
    vec![case("another_opaque_page", [put(), again])]
}

pub(crate) fn faults() -> Vec<Fault> {
    let lists = [conditional(), lists(), listeners(), times()];
    lists.into_iter().flatten().collect()
}

/// Calls to a service whose preflights may be cached, the first of which sends one.
struct Calls(&'static str, Fault);

fn first(at: &'static str, options: &'static str) -> Calls {
    let asks = asks(at, options);
    let fault = Fault::preflight(at, options).has(MAX_AGE, &["60"]);
    Calls(at, fault.expects(|call| call.arrives(&asks).reads("")))
}

/// What arrives if the browser sends a preflight.
fn asks(at: &str, options: &str) -> [String; 2] {
    let [preflight, actual] = ["OPTIONS", method(options)];
    [preflight, actual].map(|method| format!("{method} {}", path(at)))
}

fn path(at: &str) -> &str {
    at.trim_start_matches("broken")
}

fn method(options: &str) -> &str {
    let methods = ["PUT", "POST", "DELETE"];
    let mut methods = methods.into_iter();
    methods
        .find(|method| options.contains(method))
        .unwrap_or("GET")
}

impl Calls {
    fn then(self, options: &'static str, expects: impl Fn(Call, &[String; 2]) -> Call) -> Self {
        let Self(at, fault) = self;
        let next = call(Allowed, at).with(options);
        Self(at, fault.then(expects(next, &asks(at, options))))
    }

    /// Both browsers send a preflight.
    fn asks(self, options: &'static str) -> Self {
        self.then(options, |call, asks| call.arrives(asks))
    }

    /// Neither does.
    fn keeps(self, options: &'static str) -> Self {
        self.then(options, |call, asks| call.arrives(&asks[1..]))
    }

    fn asks_in_chromium(self, options: &'static str) -> Self {
        self.then(options, |call, asks| {
            call.arrives(asks).arrives_in_firefox(&asks[1..])
        })
    }

    fn asks_in_firefox(self, options: &'static str) -> Self {
        self.then(options, |call, asks| {
            call.arrives(&asks[1..]).arrives_in_firefox(asks)
        })
    }

    fn allows(self, methods: &'static [&'static str], headers: &'static [&'static str]) -> Fault {
        self.1.has(METHODS, methods).has(HEADERS, headers)
    }
}

fn conditional() -> Vec<Fault> {
    let conditions = [
        (
            "broken/if_match_twice",
            r#"{"method": "PUT", "headers": {"If-Match": "\"a\""}}"#,
        ),
        (
            "broken/if_none_match_twice",
            r#"{"method": "PUT", "headers": {"If-None-Match": "\"a\""}}"#,
        ),
        (
            "broken/if_modified_since_twice",
            r#"{"method": "PUT", "headers": {"If-Modified-Since": "Mon, 01 Jan 2018 00:00:00 GMT"}}"#,
        ),
        (
            "broken/if_unmodified_since_twice",
            r#"{"method": "PUT", "headers": {"If-Unmodified-Since": "Mon, 01 Jan 2018 00:00:00 GMT"}}"#,
        ),
        (
            "broken/if_range_twice",
            r#"{"method": "PUT", "headers": {"If-Range": "\"a\""}}"#,
        ),
    ];
    let twice = conditions.map(|(at, options)| {
        // The preflight is kept for other requests.
        let calls = first(at, options).asks(options).keeps(PUT);
        calls.allows(&["PUT"], &["{names}"])
    });
    let kept = first("broken/condition_after_another", PUT).asks(conditions[0].1);
    let kept = kept.keeps(PUT).allows(&["PUT"], &["If-Match"]);
    twice.into_iter().chain([kept]).collect()
}

fn lists() -> Vec<Fault> {
    vec![
        first("broken/methods_one_by_one", PUT)
            .asks(DELETE)
            .asks_in_chromium(PUT)
            .allows(&["{method}"], &[]),
        first("broken/names_one_by_one", PUT_WITH_A)
            .asks(PUT_WITH_B)
            .asks_in_chromium(PUT_WITH_A)
            .allows(&["PUT"], &["{names}"]),
        first("broken/credentials_one_by_one", PUT_WITH_COOKIES)
            .asks(DELETE)
            .asks_in_chromium(PUT_WITH_COOKIES)
            .allows(&["{method}"], &[]),
        first("broken/any_method_twice", PUT)
            .asks_in_firefox(PUT)
            .allows(&["*"], &[]),
        first("broken/any_name_twice", PUT_WITH_A)
            .asks_in_firefox(PUT_WITH_A)
            .allows(&["PUT"], &["*"]),
        first("broken/any_method_and_the_method", PUT)
            .keeps(PUT)
            .allows(&["*, PUT"], &[]),
        first("broken/with_credentials_then_without", PUT_WITH_COOKIES)
            .asks_in_firefox(PUT)
            .allows(&["PUT"], &[]),
    ]
}

/// Listeners to the progress of an upload.
fn listeners() -> Vec<Fault> {
    vec![
        Fault::preflight("broken/upload_by_put_without_a_list", UPLOAD_BY_PUT)
            .has(METHODS, &[])
            .fails(firefox::METHOD),
        first("broken/upload_by_put", UPLOAD_BY_PUT)
            .keeps(UPLOAD_BY_PUT)
            .allows(&["PUT"], &[]),
        first("broken/upload_without_a_list", UPLOAD)
            .keeps(UPLOAD)
            .allows(&[], &[]),
        first("broken/upload_with_a_list_of_others", UPLOAD)
            .keeps(UPLOAD)
            .allows(&["PUT"], &[]),
        first("broken/upload_after_another_preflight", PUT)
            .keeps(UPLOAD)
            .allows(&["PUT"], &[]),
        Fault::preflight("broken/nothing_to_upload", LISTENING_GET).expects(|call| {
            call.arrives(&["GET /nothing_to_upload"])
                .arrives_in_firefox(&["OPTIONS /nothing_to_upload", "GET /nothing_to_upload"])
        }),
    ]
}

fn times() -> Vec<Fault> {
    let never = |at, line| {
        first(at, PUT)
            .asks(PUT)
            .allows(&["PUT"], &[])
            .has(MAX_AGE, line)
    };
    vec![
        never("broken/max_age_minus_one", &["-1"]),
        never("broken/max_age_minus_600", &["-600"]),
    ]
}
