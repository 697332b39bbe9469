//! The cases.

use crate::case::Page::{Allowed, Denied, Other, Sandboxed};
use crate::case::{Call, Case, Reason, call};

const JSON: &str =
    r#"{"method": "POST", "headers": {"Content-Type": "application/json"}, "body": "{}"}"#;
const TEXT: &str = r#"{"method": "POST", "body": "text"}"#;
const PUT: &str = r#"{"method": "PUT"}"#;
const PATCH: &str = r#"{"method": "PATCH"}"#;
const LOWER_PATCH: &str = r#"{"method": "patch"}"#;
const DELETE: &str = r#"{"method": "DELETE"}"#;
const LISTED: &str = r#"{"headers": {"X-Request-Id": "7"}}"#;
const UNLISTED: &str = r#"{"headers": {"X-Request-Id": "7", "X-Debug": "1"}}"#;
const TOKEN: &str = r#"{"headers": {"Authorization": "Bearer 42"}}"#;
const TOKEN_AND_HEADER: &str = r#"{"headers": {"Authorization": "Bearer 42", "X-Debug": "1"}}"#;
const COOKIES: &str = r#"{"credentials": "include"}"#;
const NO_CORS: &str = r#"{"mode": "no-cors"}"#;
const ARTICLES: &str = "three articles";

pub(crate) fn all() -> Vec<Case> {
    let groups = [
        requests(),
        refused_to_a_denied_origin(),
        responses(),
        redirects(),
        cookies(),
        caches(),
    ];
    groups.into_iter().flatten().collect()
}

fn case(name: &'static str, calls: impl IntoIterator<Item = Call>) -> Case {
    let calls = calls.into_iter().collect();
    Case { name, calls }
}

fn requests() -> Vec<Case> {
    let articles = || call(Allowed, "api/articles");
    vec![
        case(
            "get",
            [articles().arrives(&["GET /articles"]).reads(ARTICLES)],
        ),
        case(
            "json_post",
            [articles()
                .with(JSON)
                .arrives(&["OPTIONS /articles", "POST /articles"])
                .reads(ARTICLES)],
        ),
        case(
            "text_post_needs_no_preflight",
            [articles()
                .with(TEXT)
                .arrives(&["POST /articles"])
                .reads(ARTICLES)],
        ),
        case(
            "put",
            [articles()
                .with(PUT)
                .arrives(&["OPTIONS /articles", "PUT /articles"])
                .reads(ARTICLES)],
        ),
        case(
            "patch",
            [articles()
                .with(PATCH)
                .arrives(&["OPTIONS /articles", "PATCH /articles"])
                .reads(ARTICLES)],
        ),
        // Browsers do not write it in capitals, as they do with `put`.
        case(
            "lower_case_patch",
            [articles()
                .with(LOWER_PATCH)
                .arrives(&["OPTIONS /articles: the method `patch` is not in `allow_methods`"])
                .fails(Reason::Method("patch"))],
        ),
        case(
            "delete_is_not_listed",
            [articles()
                .with(DELETE)
                .arrives(&["OPTIONS /articles: the method `DELETE` is not in `allow_methods`"])
                .fails(Reason::Method("DELETE"))],
        ),
        case(
            "listed_header",
            [articles()
                .with(LISTED)
                .arrives(&["OPTIONS /articles", "GET /articles"])
                .reads(ARTICLES)],
        ),
        case(
            "unlisted_header",
            [articles()
                .with(UNLISTED)
                .arrives(&[
                    "OPTIONS /articles: the request header `x-debug` is not in `allow_headers`",
                ])
                .fails(Reason::Header("x-debug"))],
        ),
        case(
            "authorization",
            [call(Allowed, "api/token")
                .with(TOKEN)
                .arrives(&["OPTIONS /token", "GET /token"])
                .reads("Bearer 42")],
        ),
        case(
            "authorization_where_any_header_is_allowed",
            [call(Denied, "public/token")
                .with(TOKEN_AND_HEADER)
                .arrives(&["OPTIONS /token", "GET /token"])
                .reads("Bearer 42")],
        ),
        // Browsers let GET, HEAD and POST pass whatever the list says, so the origin is withheld.
        case(
            "text_post_where_only_get_is_listed",
            [call(Allowed, "reads/articles")
                .with(TEXT)
                .arrives(&["POST /articles: the method `POST` is not in `allow_methods`"])
                .fails(Reason::Origin)],
        ),
        case(
            "json_post_where_only_get_is_listed",
            [call(Allowed, "reads/articles")
                .with(JSON)
                .arrives(&["OPTIONS /articles: the method `POST` is not in `allow_methods`"])
                .fails(Reason::PreflightOrigin)],
        ),
        case(
            "put_where_only_get_is_listed",
            [call(Allowed, "reads/articles")
                .with(PUT)
                .arrives(&["OPTIONS /articles: the method `PUT` is not in `allow_methods`"])
                .fails(Reason::Method("PUT"))],
        ),
    ]
}

fn refused_to_a_denied_origin() -> Vec<Case> {
    let asked = [
        ("denied_json_post", JSON),
        ("denied_put", PUT),
        ("denied_patch", PATCH),
        ("denied_lower_case_patch", LOWER_PATCH),
        ("denied_listed_header", LISTED),
        ("denied_unlisted_header", UNLISTED),
        ("denied_authorization", TOKEN),
    ];
    let articles = || call(Denied, "api/articles");
    let preflighted = asked.into_iter().map(|(name, options)| {
        let refused = articles()
            .with(options)
            .arrives(&["OPTIONS /articles: the origin `http://evil.site.test` is not allowed"])
            .fails(Reason::PreflightOrigin);
        case(name, [refused])
    });
    let arrive = [
        (
            "denied_get",
            "{}",
            "GET /articles: the origin `http://evil.site.test` is not allowed",
        ),
        (
            "denied_text_post",
            TEXT,
            "POST /articles: the origin `http://evil.site.test` is not allowed",
        ),
        (
            "denied_get_with_credentials",
            COOKIES,
            "GET /articles: the origin `http://evil.site.test` is not allowed",
        ),
    ];
    let simple = arrive.into_iter().map(|(name, options, arrives)| {
        let refused = articles()
            .with(options)
            .arrives(&[arrives])
            .fails(Reason::Origin);
        case(name, [refused])
    });
    let sandboxed = [
        case(
            "sandboxed_frame",
            [call(Sandboxed, "api/articles")
                .arrives(&["GET /articles: the origin `null` is not allowed"])
                .fails(Reason::Origin)],
        ),
        case(
            "sandboxed_frame_with_preflight",
            [call(Sandboxed, "api/articles")
                .with(PUT)
                .arrives(&["OPTIONS /articles: the origin `null` is not allowed"])
                .fails(Reason::PreflightOrigin)],
        ),
        case(
            "sandboxed_frame_where_any_origin_is_allowed",
            [call(Sandboxed, "public/articles")
                .with(PUT)
                .arrives(&["OPTIONS /articles", "PUT /articles"])
                .reads(ARTICLES)],
        ),
    ];
    simple.chain(preflighted).chain(sandboxed).collect()
}

fn responses() -> Vec<Case> {
    vec![
        case(
            "exposed_and_hidden_headers",
            [call(Allowed, "api/total")
                .arrives(&["GET /total"])
                .reads(ARTICLES)
                .sees(&[
                    ("x-total", Some("3")),
                    ("x-secret", None),
                    ("content-type", Some("text/plain; charset=utf-8")),
                ])],
        ),
        case(
            "every_header_exposed",
            [call(Denied, "public/total")
                .arrives(&["GET /total"])
                .reads(ARTICLES)
                .sees(&[("x-total", Some("3")), ("x-secret", Some("4"))])],
        ),
        case(
            "not_found",
            [call(Allowed, "api/nowhere")
                .arrives(&["GET /nowhere"])
                .reads_status(404, "")],
        ),
        case(
            "preflight_of_a_path_that_does_not_exist",
            [call(Allowed, "api/nowhere")
                .with(PUT)
                .arrives(&["OPTIONS /nowhere", "PUT /nowhere"])
                .reads_status(404, "")],
        ),
        case(
            "method_not_allowed",
            [call(Allowed, "api/total")
                .with(PUT)
                .arrives(&["OPTIONS /total", "PUT /total"])
                .reads_status(405, "")],
        ),
        case(
            "server_error",
            [call(Allowed, "api/broken")
                .arrives(&["GET /broken"])
                .reads_status(500, "it broke")],
        ),
        case(
            "denied_not_found",
            [call(Denied, "api/nowhere")
                .arrives(&["GET /nowhere: the origin `http://evil.site.test` is not allowed"])
                .fails(Reason::Origin)],
        ),
        case(
            "denied_server_error",
            [call(Denied, "api/broken")
                .arrives(&["GET /broken: the origin `http://evil.site.test` is not allowed"])
                .fails(Reason::Origin)],
        ),
    ]
}

/// From one API to another, browsers send `Origin: null`.
fn redirects() -> Vec<Case> {
    vec![
        case(
            "redirect_within_the_api",
            [call(Allowed, "api/to/api.site.test/articles")
                .arrives(&["GET /to/api.site.test/articles", "GET /articles"])
                .reads(ARTICLES)],
        ),
        case(
            "redirect_of_a_put",
            [call(Allowed, "api/to/api.site.test/articles")
                .with(PUT)
                .arrives(&[
                    "OPTIONS /to/api.site.test/articles",
                    "PUT /to/api.site.test/articles",
                    "OPTIONS /articles",
                    "PUT /articles",
                ])
                .reads(ARTICLES)],
        ),
        case(
            "redirect_to_where_any_origin_is_allowed",
            [call(Allowed, "api/to/public.site.test/articles")
                .arrives(&["GET /to/public.site.test/articles", "GET /articles"])
                .reads(ARTICLES)],
        ),
        case(
            "redirect_to_where_null_is_not_allowed",
            [call(Allowed, "public/to/api.site.test/articles")
                .arrives(&[
                    "GET /to/api.site.test/articles",
                    "GET /articles: the origin `null` is not allowed",
                ])
                .fails(Reason::Origin)],
        ),
        case(
            "denied_redirect",
            [call(Denied, "api/to/public.site.test/articles")
                .arrives(&[
                    "GET /to/public.site.test/articles: the origin `http://evil.site.test` is not allowed",
                ])
                .fails(Reason::Origin)],
        ),
    ]
}

fn cookies() -> Vec<Case> {
    let login = || {
        call(Allowed, "api/login")
            .arrives(&["GET /login"])
            .reads("welcome")
    };
    let cookie = || call(Allowed, "api/cookie").arrives(&["GET /cookie"]);
    vec![
        case(
            "cookie_with_credentials",
            [
                login().with(COOKIES),
                cookie().with(COOKIES).reads("with the cookie"),
            ],
        ),
        case(
            "cookie_is_not_sent_without_credentials",
            [login().with(COOKIES), cookie().reads("without the cookie")],
        ),
        case(
            "cookie_is_not_kept_without_credentials",
            [login(), cookie().with(COOKIES).reads("without the cookie")],
        ),
        // CORS withholds the response from the script; the request was made all the same.
        case(
            "cookie_of_a_denied_login_is_kept",
            [
                call(Denied, "api/login")
                    .with(COOKIES)
                    .arrives(&["GET /login: the origin `http://evil.site.test` is not allowed"])
                    .fails(Reason::Origin),
                cookie().with(COOKIES).reads("with the cookie"),
            ],
        ),
        case(
            "credentials_where_any_origin_is_allowed",
            [call(Allowed, "public/articles")
                .with(COOKIES)
                .arrives(&["GET /articles"])
                .fails(Reason::Wildcard)],
        ),
    ]
}

fn caches() -> Vec<Case> {
    let articles = || call(Allowed, "api/articles").reads(ARTICLES);
    let reads = || {
        call(Allowed, "reads/articles")
            .with(LISTED)
            .arrives(&["OPTIONS /articles", "GET /articles"])
            .reads(ARTICLES)
    };
    let cached = |from| call(from, "api/cached").reads(ARTICLES);
    vec![
        case(
            "second_preflight_is_saved",
            [
                articles()
                    .with(PUT)
                    .arrives(&["OPTIONS /articles", "PUT /articles"]),
                articles().with(PUT).arrives(&["PUT /articles"]),
            ],
        ),
        // The response to a preflight has the whole lists.
        case(
            "preflight_is_saved_for_other_methods_and_headers",
            [
                articles()
                    .with(PUT)
                    .arrives(&["OPTIONS /articles", "PUT /articles"]),
                articles().with(PATCH).arrives(&["PATCH /articles"]),
                articles().with(LISTED).arrives(&["GET /articles"]),
            ],
        ),
        case(
            "no_preflight_is_saved_where_max_age_is_off",
            [reads(), reads()],
        ),
        case(
            "two_origins_at_one_cacheable_url",
            [
                cached(Allowed).arrives(&["GET /cached"]),
                cached(Allowed),
                cached(Other).arrives(&["GET /cached"]),
                call(Denied, "api/cached")
                    .arrives(&["GET /cached: the origin `http://evil.site.test` is not allowed"])
                    .fails(Reason::Origin),
                cached(Allowed).arrives(&["GET /cached"]),
            ],
        ),
        // As a picture does that is shown first and read by a script then.
        case(
            "cacheable_url_loaded_without_cors_first",
            [
                call(Allowed, "api/cached")
                    .with(NO_CORS)
                    .arrives(&["GET /cached"])
                    .reads_status(0, ""),
                cached(Allowed).arrives(&["GET /cached"]),
            ],
        ),
    ]
}
