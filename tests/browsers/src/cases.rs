//! The cases.

use crate::case::Page::{Allowed, Denied, Sandboxed};
use crate::case::{Case, call, case};
use crate::firefox::{DEBUG_HEADER, METHOD, MISSING};
use crate::{broken, connections, cookies, engines, kept, options, redirects};

const JSON: &str =
    r#"{"method": "POST", "headers": {"Content-Type": "application/json"}, "body": "{}"}"#;
pub(crate) const TEXT: &str = r#"{"method": "POST", "body": "text"}"#;
pub(crate) const PUT: &str = r#"{"method": "PUT"}"#;
pub(crate) const PATCH: &str = r#"{"method": "PATCH"}"#;
const LOWER_PATCH: &str = r#"{"method": "patch"}"#;
const TRACE: &str = r#"{"method": "TRACE"}"#;
const DELETE: &str = r#"{"method": "DELETE"}"#;
pub(crate) const LISTED: &str = r#"{"headers": {"X-Request-Id": "7"}}"#;
const UNLISTED: &str = r#"{"headers": {"X-Request-Id": "7", "X-Debug": "1"}}"#;
pub(crate) const TOKEN: &str = r#"{"headers": {"Authorization": "Bearer 42"}}"#;
const TOKEN_AND_HEADER: &str = r#"{"headers": {"Authorization": "Bearer 42", "X-Debug": "1"}}"#;
pub(crate) const COOKIES: &str = r#"{"credentials": "include"}"#;
pub(crate) const ARTICLES: &str = "three articles";

pub(crate) fn all() -> Vec<Case> {
    let groups = [
        requests(),
        headers(),
        refused_to_a_denied_origin(),
        responses(),
        redirects::cases(),
        cookies::cases(),
        kept::caches(),
        engines::cases(),
        broken::cases(),
        options::cases(),
        connections::cases(),
    ];
    groups.into_iter().flatten().collect()
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
        // Browsers do not convert it to upper case, as they do with `put`.
        case(
            "lower_case_patch",
            [articles()
                .with(LOWER_PATCH)
                .arrives(&["OPTIONS /articles: the method `patch` is not in `allow_methods`"])
                .fails(METHOD)],
        ),
        case(
            "delete_is_not_listed",
            [articles()
                .with(DELETE)
                .arrives(&["OPTIONS /articles: the method `DELETE` is not in `allow_methods`"])
                .fails(METHOD)],
        ),
        case(
            "method_that_no_script_may_use",
            [articles().with(TRACE).fails("TRACE")],
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
                .fails(DEBUG_HEADER)],
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
        // GET, HEAD and POST pass a preflight whatever the list says, so the origin is withheld.
        case(
            "text_post_where_only_get_is_listed",
            [call(Allowed, "reads/articles")
                .with(TEXT)
                .arrives(&["POST /articles: the method `POST` is not in `allow_methods`"])
                .fails(MISSING)],
        ),
        case(
            "json_post_where_only_get_is_listed",
            [call(Allowed, "reads/articles")
                .with(JSON)
                .arrives(&["OPTIONS /articles: the method `POST` is not in `allow_methods`"])
                .fails(MISSING)],
        ),
        case(
            "put_where_only_get_is_listed",
            [call(Allowed, "reads/articles")
                .with(PUT)
                .arrives(&["OPTIONS /articles: the method `PUT` is not in `allow_methods`"])
                .fails(METHOD)],
        ),
    ]
}

/// Headers that need a preflight, and headers that no script may set.
fn headers() -> Vec<Case> {
    let simple = [
        (
            "accept",
            r#"{"headers": {"Accept": "text/csv;q=0.5, */*"}}"#,
        ),
        (
            "accept_language",
            r#"{"headers": {"Accept-Language": "de-CH, en;q=0.5"}}"#,
        ),
        (
            "content_type",
            r#"{"headers": {"Content-Type": " Text/Plain ; charset=utf-8"}}"#,
        ),
        (
            "range_with_start",
            r#"{"headers": {"Range": "bytes=100-"}}"#,
        ),
        (
            "forbidden_headers",
            r#"{"headers": {"Cookie": "a=1", "Origin": "null", "Sec-Fetch-Mode": "cors", "Proxy-A": "1", "X-Method-Override": "get, trace"}}"#,
        ),
    ];
    let asked = [
        (
            "accept_with_quotes",
            r#"{"headers": {"Accept": "text/csv;a=\"b\""}}"#,
        ),
        (
            "accept_language_with_slash",
            r#"{"headers": {"Accept-Language": "de/CH"}}"#,
        ),
        (
            "content_types",
            r#"{"headers": {"Content-Type": "text/plain, text/plain"}}"#,
        ),
        (
            "content_type_with_quotes",
            r#"{"headers": {"Content-Type": "text/plain;charset=\"utf-8\""}}"#,
        ),
        (
            "range_without_start",
            r#"{"headers": {"Range": "bytes=-100"}}"#,
        ),
        ("ranges", r#"{"headers": {"Range": "bytes=1-2,3-4"}}"#),
        (
            "range_that_ends_first",
            r#"{"headers": {"Range": "bytes=2-1"}}"#,
        ),
        (
            "method_override",
            r#"{"headers": {"X-Method-Override": "PUT"}}"#,
        ),
        (
            "cache_control",
            r#"{"headers": {"Cache-Control": "no-cache"}}"#,
        ),
    ];
    let articles = || call(Allowed, "public/articles").reads(ARTICLES);
    let simple = simple.into_iter().map(|(name, options)| {
        let arrives = ["GET /articles"];
        case(name, [articles().with(options).arrives(&arrives)])
    });
    let asked = asked.into_iter().map(|(name, options)| {
        let arrives = ["OPTIONS /articles", "GET /articles"];
        case(name, [articles().with(options).arrives(&arrives)])
    });
    simple.chain(asked).collect()
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
            .fails(MISSING);
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
        let refused = articles().with(options).arrives(&[arrives]).fails(MISSING);
        case(name, [refused])
    });
    let sandboxed = [
        case(
            "sandboxed_frame",
            [call(Sandboxed, "api/articles")
                .arrives(&["GET /articles: the origin `null` is not allowed"])
                .fails(MISSING)],
        ),
        case(
            "sandboxed_frame_with_preflight",
            [call(Sandboxed, "api/articles")
                .with(PUT)
                .arrives(&["OPTIONS /articles: the origin `null` is not allowed"])
                .fails(MISSING)],
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
                .fails(MISSING)],
        ),
        case(
            "denied_server_error",
            [call(Denied, "api/broken")
                .arrives(&["GET /broken: the origin `http://evil.site.test` is not allowed"])
                .fails(MISSING)],
        ),
    ]
}
