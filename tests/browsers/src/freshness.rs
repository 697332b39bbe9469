//! Responses without `Vary` that a cache keeps for some reason, or does not.

use http::header::{
    ACCESS_CONTROL_ALLOW_ORIGIN as ORIGIN, AGE, CACHE_CONTROL, EXPIRES, LAST_MODIFIED, PRAGMA, VARY,
};
use http::{HeaderName, header};

use crate::broken::GET;
use crate::browser::Browser;
use crate::case::Page::Other;
use crate::case::call;
use crate::fault::Fault;
use crate::firefox;

const LONG_AGO: (HeaderName, &[&str]) = (LAST_MODIFIED, &["Mon, 01 Jan 2018 00:00:00 GMT"]);
const FRESH: (HeaderName, &[&str]) = (CACHE_CONTROL, &["max-age=600"]);
const FAR: (HeaderName, &[&str]) = (EXPIRES, &["Fri, 31 Dec 9999 23:59:59 GMT"]);

type Lines = (HeaderName, &'static [&'static str]);

pub(crate) fn faults() -> Vec<Fault> {
    let lists = [kept(), in_one_browser(), not_kept()];
    lists.into_iter().flatten().collect()
}

/// A response that allows the origin of the page that requests it, with more headers.
fn response(at: &'static str, status: u16, lines: &[Lines]) -> Fault {
    let fault = Fault::actual(at, GET)
        .status(status)
        .has(ORIGIN, &["{origin}"])
        .expects(|call| call.reads_status(status, ""));
    let lines = lines.iter().cloned();
    lines.fold(fault, |fault, (name, lines)| fault.has(name, lines))
}

/// The second page gets the response of the first.
fn stored(at: &'static str, status: u16, lines: &[Lines]) -> Fault {
    let second = call(Other, at).served_by_the_cache();
    response(at, status, lines).then(second.fails(firefox::MISMATCH))
}

fn kept() -> Vec<Fault> {
    vec![
        stored("broken/kept_by_last_modified", 200, &[LONG_AGO]),
        stored(
            "broken/kept_by_last_modified_in_private",
            200,
            &[LONG_AGO, (CACHE_CONTROL, &["private"])],
        ),
        stored("broken/kept_by_expires", 200, &[FAR]),
        stored(
            "broken/kept_by_max_age_with_a_space",
            200,
            &[(CACHE_CONTROL, &["max-age= 600"])],
        ),
        stored(
            "broken/kept_by_max_age_in_upper_case",
            200,
            &[(CACHE_CONTROL, &["MAX-AGE=600"])],
        ),
        stored(
            "broken/kept_beside_a_quoted_no_store",
            200,
            &[(CACHE_CONTROL, &["max-age=600, a=\"b, no-store, c\""])],
        ),
        stored("broken/kept_at_an_age", 200, &[FRESH, (AGE, &["10"])]),
        stored(
            "broken/kept_not_modified_by_a_bad_max_age",
            200,
            &[LONG_AGO, (CACHE_CONTROL, &["max-age=long"])],
        ),
        stored("broken/kept_gone", 410, &[]),
        stored("broken/kept_203", 203, &[LONG_AGO]),
    ]
}

/// The model follows the browser that keeps the response for longer.
fn in_one_browser() -> Vec<Fault> {
    let chromium = [
        stored("broken/kept_permanent_redirect", 301, &[]),
        stored("broken/kept_choices", 300, &[]),
        stored(
            "broken/kept_by_max_age_that_overflows",
            200,
            &[(CACHE_CONTROL, &["max-age=99999999999999999999999"])],
        ),
        stored(
            "broken/kept_but_for_a_header",
            200,
            &[(CACHE_CONTROL, &["max-age=600, no-cache=\"set-cookie\""])],
        ),
        stored("broken/kept_error", 500, &[FRESH]),
        stored(
            "broken/kept_by_the_first_max_age",
            200,
            &[(CACHE_CONTROL, &["max-age=600, max-age=0"])],
        ),
    ];
    let firefox = [
        stored(
            "broken/kept_by_max_age_with_spaces",
            200,
            &[(CACHE_CONTROL, &["max-age = 600"])],
        ),
        stored(
            "broken/kept_by_max_age_before_a_semicolon",
            200,
            &[(CACHE_CONTROL, &["max-age=600; public"])],
        ),
        stored(
            "broken/kept_by_the_last_max_age",
            200,
            &[(CACHE_CONTROL, &["max-age=0, max-age=600"])],
        ),
        stored(
            "broken/kept_part",
            206,
            &[LONG_AGO, (header::CONTENT_RANGE, &["bytes 0-0/0"])],
        ),
    ];
    let chromium = chromium.map(|fault| fault.only(Browser::Chromium));
    let firefox = firefox.map(|fault| fault.only(Browser::Firefox));
    chromium.into_iter().chain(firefox).collect()
}

fn not_kept() -> Vec<Fault> {
    let asked = |at: &'static str, lines: &[Lines]| {
        let arrives = [format!("GET {}", at.trim_start_matches("broken"))];
        response(at, 200, lines).then(call(Other, at).arrives(&arrives))
    };
    vec![
        asked("broken/not_kept", &[]),
        asked(
            "broken/not_kept_expired",
            &[LONG_AGO, (EXPIRES, &["Thu, 01 Jan 1970 00:00:00 GMT"])],
        ),
        asked(
            "broken/not_kept_as_expires_is_zero",
            &[LONG_AGO, (EXPIRES, &["0"])],
        ),
        asked(
            "broken/not_kept_as_max_age_is_zero",
            &[FAR, (CACHE_CONTROL, &["max-age=0"])],
        ),
        asked(
            "broken/not_kept_as_max_age_is_negative",
            &[(CACHE_CONTROL, &["max-age=-1"])],
        ),
        asked("broken/not_kept_by_public", &[(CACHE_CONTROL, &["public"])]),
        asked(
            "broken/not_kept_by_a_quoted_max_age",
            &[(CACHE_CONTROL, &["a=\"b, max-age=600\""])],
        ),
        asked("broken/not_kept_at_its_age", &[FRESH, (AGE, &["600"])]),
        asked(
            "broken/not_kept_at_the_first_age",
            &[FRESH, (AGE, &["700, 0"])],
        ),
        asked(
            "broken/not_kept_by_pragma",
            &[FRESH, (PRAGMA, &["no-cache"])],
        ),
        asked(
            "broken/not_kept_by_pragma_with_last_modified",
            &[LONG_AGO, (PRAGMA, &["no-cache"])],
        ),
        asked(
            "broken/not_kept_by_no_cache",
            &[LONG_AGO, (CACHE_CONTROL, &["no-cache"])],
        ),
        asked("broken/not_kept_by_vary", &[LONG_AGO, (VARY, &["Origin"])]),
    ]
}
