//! Redirects.

use http::header::LOCATION;

use crate::broken::{GET, PUT_WITH_HEADER};
use crate::case::Page::{Allowed, Denied};
use crate::case::{Case, call, case};
use crate::cases::{ARTICLES, PUT, TEXT};
use crate::fault::Fault;
use crate::firefox::{METHOD, MISMATCH, MISSING, NO_SUCCESS};

/// After a redirect from one API to another, browsers send `Origin: null`.
pub(crate) fn cases() -> Vec<Case> {
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
                .fails(MISSING)],
        ),
        case(
            "denied_redirect",
            [call(Denied, "api/to/public.site.test/articles")
                .arrives(&[
                    "GET /to/public.site.test/articles: the origin `http://evil.site.test` is not allowed",
                ])
                .fails(MISSING)],
        ),
    ]
}

/// Redirects of the API that is wrong on purpose.
pub(crate) fn faults() -> Vec<Fault> {
    let redirect = |at, location| Fault::actual(at, GET).status(302).has(LOCATION, location);
    let unsafe_redirect = |at, location| {
        redirect(at, location)
            .expects(|call| call.fails_without_cors("net::ERR_UNSAFE_REDIRECT", NO_SUCCESS))
    };
    vec![
        redirect(
            "broken/redirect_with_user",
            &["http://user:password@api.site.test:{port}/articles"],
        )
        .fails(NO_SUCCESS),
        redirect(
            "broken/redirect_with_user_to_the_page",
            &["http://user@app.site.test:{port}/articles"],
        )
        .fails(NO_SUCCESS),
        redirect("broken/redirect_to_ftp", &["ftp://api.site.test/articles"]).fails(NO_SUCCESS),
        redirect("broken/redirect_to_an_app", &["app://articles/1"]).fails(NO_SUCCESS),
        redirect("broken/redirect_to_mail", &["mailto:articles@site.test"]).fails(NO_SUCCESS),
        unsafe_redirect("broken/redirect_to_about", &["about:blank"]),
        redirect(
            "broken/redirect_to_a_source",
            &["view-source:http://api.site.test/?broken/redirect_to_a_source"],
        )
        .expects(|call| call.fails_without_cors("Not allowed to load local resource", NO_SUCCESS)),
        unsafe_redirect("broken/redirect_to_blob", &["blob:http://app.site.test/1"]),
        unsafe_redirect("broken/redirect_to_chrome", &["chrome://version"]),
        unsafe_redirect("broken/redirect_to_data", &["data:text/plain,articles"]),
        unsafe_redirect("broken/redirect_to_file", &["file:///articles"]),
        redirect("broken/redirect_to_no_url", &["http://["])
            .expects(|call| call.fails_without_cors("net::ERR_INVALID_REDIRECT", NO_SUCCESS)),
        redirect(
            "broken/redirect_to_two_places",
            &["/right", "/redirect_loop"],
        )
        .expects(|call| {
            call.fails_without_cors("net::ERR_RESPONSE_HEADERS_MULTIPLE_LOCATION", NO_SUCCESS)
        }),
        redirect(
            "broken/redirect_to_a_bad_port",
            &["http://api.site.test:6667/?broken/redirect_to_a_bad_port"],
        )
        .expects(|call| call.fails_without_cors("net::ERR_UNSAFE_PORT", NO_SUCCESS)),
        redirect(
            "broken/redirect_loop",
            &["/redirect_loop?broken/redirect_loop"],
        )
        .expects(|call| {
            call.arrives(&["GET /redirect_loop"; 21])
                .fails_without_cors("net::ERR_TOO_MANY_REDIRECTS", NO_SUCCESS)
        }),
        // The origin is now `null`, but the response names the page's.
        Fault::actual("broken/redirect_from_another_api", GET)
            .expects(|_| {
                call(
                    Allowed,
                    "public/to/broken.site.test/redirect_from_another_api",
                )
                .arrives(&[
                    "GET /to/broken.site.test/redirect_from_another_api",
                    "GET /redirect_from_another_api",
                ])
            })
            .fails(MISMATCH),
        redirect(
            "broken/redirect_to_the_page",
            &["http://app.site.test:{port}/?broken/redirect_to_the_page"],
        )
        .fails(MISSING),
        redirect(
            "broken/redirect_twice",
            &["http://public.site.test:{port}/to/api.site.test/articles?broken/redirect_twice"],
        )
        .expects(|call| {
            call.arrives(&[
                "GET /redirect_twice",
                "GET /to/api.site.test/articles",
                "GET /articles: the origin `null` is not allowed",
            ])
        })
        .fails(MISSING),
        Fault::actual("broken/redirect_to_a_refused_preflight", PUT_WITH_HEADER)
            .status(307)
            .has(
                LOCATION,
                &["/methods_missing?broken/redirect_to_a_refused_preflight"],
            )
            .expects(|call| {
                call.arrives(&[
                    "OPTIONS /redirect_to_a_refused_preflight",
                    "PUT /redirect_to_a_refused_preflight",
                    "OPTIONS /methods_missing",
                ])
            })
            .fails(METHOD),
        Fault::actual("broken/redirect_of_put_with_303", PUT_WITH_HEADER)
            .status(303)
            .has(LOCATION, &["/right?broken/redirect_of_put_with_303"])
            .expects(|call| {
                call.arrives(&[
                    "OPTIONS /redirect_of_put_with_303",
                    "PUT /redirect_of_put_with_303",
                    "OPTIONS /right",
                    "GET /right",
                ])
            }),
        Fault::actual("broken/redirect_of_put_with_302", PUT_WITH_HEADER)
            .status(302)
            .has(LOCATION, &["/right?broken/redirect_of_put_with_302"])
            .expects(|call| {
                call.arrives(&[
                    "OPTIONS /redirect_of_put_with_302",
                    "PUT /redirect_of_put_with_302",
                    "OPTIONS /right",
                    "PUT /right",
                ])
            }),
        Fault::actual("broken/redirect_of_post_with_302", TEXT)
            .status(302)
            .has(LOCATION, &["/right?broken/redirect_of_post_with_302"])
            .expects(|call| call.arrives(&["POST /redirect_of_post_with_302", "GET /right"])),
        Fault::actual("broken/redirect_of_post_with_307", TEXT)
            .status(307)
            .has(LOCATION, &["/right?broken/redirect_of_post_with_307"])
            .expects(|call| call.arrives(&["POST /redirect_of_post_with_307", "POST /right"])),
        redirect("broken/redirect_without_location", &[])
            .expects(|call| call.reads_status(302, "")),
    ]
}
