//! The options of `fetch`, and calls of the API's own page.

use crate::case::Page::{Allowed, Denied, Own};
use crate::case::{Case, call, case};
use crate::cases::{ARTICLES, COOKIES, PUT};
use crate::firefox::{MISSING, NETWORK_ERROR, NOT_SAME_ORIGIN};

const OMIT: &str = r#"{"credentials": "omit"}"#;
const ERROR: &str = r#"{"redirect": "error"}"#;
const MANUAL: &str = r#"{"redirect": "manual"}"#;
const MANUAL_PUT: &str = r#"{"redirect": "manual", "method": "PUT"}"#;
const NO_STORE: &str = r#"{"cache": "no-store"}"#;
const NO_STORE_PUT: &str = r#"{"cache": "no-store", "method": "PUT"}"#;
const NO_STORE_WITH_HEADERS: &str =
    r#"{"cache": "no-store", "headers": {"Cache-Control": "max-age=1", "Pragma": "a"}}"#;
const SAME_ORIGIN: &str = r#"{"mode": "same-origin"}"#;
const SAME_ORIGIN_PUT: &str =
    r#"{"mode": "same-origin", "method": "PUT", "headers": {"X-Debug": "1"}}"#;
const OWN_PUT: &str = "PUT /articles: the origin `http://api.site.test` is not allowed";

pub(crate) fn cases() -> Vec<Case> {
    [omit(), redirects(), no_store(), same_origin(), own()]
        .into_iter()
        .flatten()
        .collect()
}

fn omit() -> Vec<Case> {
    let login = |page| {
        call(page, "api/login")
            .with(COOKIES)
            .arrives(&["GET /login"])
            .reads("welcome")
    };
    let cookie = |page| call(page, "api/cookie").arrives(&["GET /cookie"]);
    vec![
        case(
            "omit_from_the_api_s_own_page",
            [
                login(Own),
                cookie(Own).reads("with the cookie"),
                cookie(Own).with(OMIT).reads("without the cookie"),
            ],
        ),
        case(
            "omit_from_another_page",
            [
                login(Allowed),
                cookie(Allowed).with(OMIT).reads("without the cookie"),
            ],
        ),
        case(
            "omit_where_any_origin_is_allowed",
            [call(Allowed, "public/articles")
                .with(OMIT)
                .arrives(&["GET /articles"])
                .reads(ARTICLES)],
        ),
    ]
}

fn redirects() -> Vec<Case> {
    const PATH: &str = "/to/api.site.test/articles";

    let to = |options| call(Allowed, "api/to/api.site.test/articles").with(options);
    let get = [format!("GET {PATH}")];
    let put = [format!("OPTIONS {PATH}"), format!("PUT {PATH}")];
    vec![
        case(
            "redirect_as_an_error",
            [to(ERROR)
                .arrives(&get)
                .fails_without_cors("net::ERR_FAILED", NETWORK_ERROR)],
        ),
        case(
            "redirect_as_an_error_where_there_is_none",
            [call(Allowed, "api/articles")
                .with(ERROR)
                .arrives(&["GET /articles"])
                .reads(ARTICLES)],
        ),
        case(
            "manual_redirect",
            [to(MANUAL).arrives(&get).reads_status(0, "")],
        ),
        case(
            "manual_redirect_after_a_preflight",
            [
                to(MANUAL_PUT).arrives(&put).reads_status(0, ""),
                to(MANUAL_PUT).arrives(&put[1..]).reads_status(0, ""),
            ],
        ),
        case(
            "manual_redirect_of_the_api_s_own_page",
            [call(Own, "api/to/api.site.test/articles")
                .with(MANUAL)
                .arrives(&get)
                .reads_status(0, "")],
        ),
        case(
            "manual_redirect_without_permission",
            [call(Denied, "api/to/api.site.test/articles")
                .with(MANUAL)
                .arrives(&[format!(
                    "GET {PATH}: the origin `http://evil.site.test` is not allowed"
                )])
                .fails(MISSING)],
        ),
    ]
}

fn no_store() -> Vec<Case> {
    let cached = || {
        call(Allowed, "api/cached")
            .arrives(&["GET /cached"])
            .reads(ARTICLES)
    };
    let put = || call(Allowed, "api/articles").reads(ARTICLES);
    vec![
        case(
            "no_store_does_not_read_the_cache",
            [cached(), cached().with(NO_STORE)],
        ),
        case(
            "no_store_does_not_write_the_cache",
            [cached().with(NO_STORE), cached()],
        ),
        case(
            "no_store_keeps_the_script_s_headers",
            [call(Own, "api/articles")
                .with(NO_STORE_WITH_HEADERS)
                .arrives(&["GET /articles"])
                .reads(ARTICLES)],
        ),
        // By the standard, the cache of preflights is read.
        case(
            "no_store_repeats_the_preflight",
            [
                put()
                    .with(PUT)
                    .arrives(&["OPTIONS /articles", "PUT /articles"]),
                put()
                    .with(NO_STORE_PUT)
                    .arrives(&["OPTIONS /articles", "PUT /articles"]),
                put()
                    .with(NO_STORE_PUT)
                    .arrives(&["OPTIONS /articles", "PUT /articles"]),
            ],
        ),
    ]
}

fn same_origin() -> Vec<Case> {
    vec![
        case(
            "same_origin_mode_for_another_origin",
            [call(Allowed, "api/articles")
                .with(SAME_ORIGIN)
                .fails(NOT_SAME_ORIGIN)],
        ),
        case(
            "same_origin_mode_for_its_own",
            [call(Own, "api/articles")
                .with(SAME_ORIGIN)
                .arrives(&["GET /articles"])
                .reads(ARTICLES)],
        ),
        case(
            "same_origin_mode_has_no_preflight",
            [call(Own, "api/articles")
                .with(SAME_ORIGIN_PUT)
                .arrives(&[OWN_PUT])
                .reads(ARTICLES)],
        ),
        case(
            "same_origin_mode_redirected_to_another_origin",
            [call(Own, "api/to/public.site.test/articles")
                .with(SAME_ORIGIN)
                .arrives(&["GET /to/public.site.test/articles"])
                .fails(NOT_SAME_ORIGIN)],
        ),
    ]
}

/// No preflight, and all headers are readable. `Origin` is sent with PUT.
fn own() -> Vec<Case> {
    vec![
        case(
            "own_page_reads_every_header",
            [call(Own, "api/total")
                .arrives(&["GET /total"])
                .reads(ARTICLES)
                .sees(&[("x-total", Some("3")), ("x-secret", Some("4"))])],
        ),
        case(
            "own_page_needs_no_preflight",
            [call(Own, "api/articles")
                .with(PUT)
                .arrives(&[OWN_PUT])
                .reads(ARTICLES)],
        ),
        case(
            "own_page_never_reads_a_cookie",
            [call(Own, "api/login")
                .arrives(&["GET /login"])
                .reads("welcome")
                .sees(&[("set-cookie", None)])],
        ),
    ]
}
