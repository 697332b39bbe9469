//! What a browser caches: preflights, and responses.

use crate::case::Page::{Allowed, Denied, Other};
use crate::case::{Case, call, case};
use crate::cases::{ARTICLES, LISTED, PATCH, PUT};
use crate::firefox::MISSING;

const PUT_WITH_COOKIES: &str = r#"{"method": "PUT", "credentials": "include"}"#;
const NO_CORS: &str = r#"{"mode": "no-cors", "credentials": "include"}"#;

pub(crate) fn caches() -> Vec<Case> {
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
        // The response to a preflight has the complete lists.
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
            "preflight_without_credentials_is_not_saved_for_those_with",
            [
                articles()
                    .with(PUT)
                    .arrives(&["OPTIONS /articles", "PUT /articles"]),
                articles()
                    .with(PUT_WITH_COOKIES)
                    .arrives(&["OPTIONS /articles", "PUT /articles"]),
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
                cached(Allowed).served_by_the_cache(),
                cached(Other).arrives(&["GET /cached"]),
                call(Denied, "api/cached")
                    .arrives(&["GET /cached: the origin `http://evil.site.test` is not allowed"])
                    .fails(MISSING),
                cached(Allowed).arrives(&["GET /cached"]),
            ],
        ),
        // Like an image that is first shown and then read by a script.
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
