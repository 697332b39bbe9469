//! Cookies: which of them browsers keep, and which requests carry them.

use crate::browser::Browser;
use crate::case::Page::{Allowed, Denied, Stranger};
use crate::case::{Call, Case, call, case};
use crate::cases::COOKIES;
use crate::firefox::{MISSING, WILDCARD};

const NO_CORS: &str = r#"{"mode": "no-cors", "credentials": "include"}"#;
const NO_CORS_POST: &str = r#"{"mode": "no-cors", "credentials": "include", "method": "POST"}"#;
const GET_FORM: &str = r#"{"form": "GET"}"#;
const POST_FORM: &str = r#"{"form": "POST"}"#;

/// Cases in which `/login` sets a cookie with attributes, and whether `/cookie` gets it on the same site.
const ATTRIBUTES: [(&str, &str, bool); 20] = [
    ("cookie_path_of_all", "; Path=/", true),
    ("cookie_path_itself", "; Path=/cookie", true),
    ("cookie_path_elsewhere", "; Path=/login", false),
    ("cookie_path_only_begins_alike", "; Path=/cook", false),
    ("cookie_path_is_none", "; Path=login", true),
    ("cookie_domain_of_the_host", "; Domain=api.site.test", true),
    ("cookie_domain_of_the_site", "; Domain=.site.test", true),
    (
        "cookie_domain_of_another_host",
        "; Domain=app.site.test",
        false,
    ),
    ("cookie_domain_of_everybody", "; Domain=test", false),
    ("cookie_domain_empty", "; Domain=", true),
    ("cookie_max_age", "; Max-Age=60", true),
    ("cookie_max_age_of_zero", "; Max-Age=0", false),
    ("cookie_max_age_below_zero", "; Max-Age=-1", false),
    ("cookie_max_age_malformed", "; Max-Age=1h", true),
    (
        "cookie_expired",
        "; Expires=Thu, 01 Jan 1970 00:00:00 GMT",
        false,
    ),
    ("cookie_hidden_from_scripts", "; HttpOnly", true),
    ("cookie_secure_over_http", "; Secure", false),
    ("cookie_none_without_secure", "; SameSite=None", false),
    ("cookie_same_site_lax", "; SameSite=Lax", true),
    ("cookie_same_site_strict", "; SameSite=Strict", true),
];

/// The attributes of the cookie of a case.
pub(crate) fn attributes(name: &str) -> &'static str {
    let same_site = [("_lax", "; SameSite=Lax"), ("_strict", "; SameSite=Strict")];
    let by_end = same_site.into_iter().find(|(end, _)| name.ends_with(end));
    let mut listed = ATTRIBUTES
        .into_iter()
        .map(|(case, attributes, _)| (case, attributes));
    let listed = listed.find(|(case, _)| *case == name);
    listed.or(by_end).map_or("", |(_, attributes)| attributes)
}

pub(crate) fn cases() -> Vec<Case> {
    let groups = [credentials(), attribute_cases(), hosts(), forms(), loads()];
    groups.into_iter().flatten().collect()
}

fn login() -> Call {
    call(Allowed, "api/login")
        .arrives(&["GET /login"])
        .reads("welcome")
}

fn cookie() -> Call {
    call(Allowed, "api/cookie").arrives(&["GET /cookie"])
}

fn reads(call: Call, is_there: bool) -> Call {
    call.reads(if is_there {
        "with the cookie"
    } else {
        "without the cookie"
    })
}

fn credentials() -> Vec<Case> {
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
        // CORS withholds the response from the script, but the request was sent.
        case(
            "cookie_of_a_denied_login_is_kept",
            [
                call(Denied, "api/login")
                    .with(COOKIES)
                    .arrives(&["GET /login: the origin `http://evil.site.test` is not allowed"])
                    .fails(MISSING),
                cookie().with(COOKIES).reads("with the cookie"),
            ],
        ),
        case(
            "credentials_where_any_origin_is_allowed",
            [call(Allowed, "public/articles")
                .with(COOKIES)
                .arrives(&["GET /articles"])
                .fails(WILDCARD)],
        ),
    ]
}

fn attribute_cases() -> Vec<Case> {
    let cases = ATTRIBUTES.into_iter().map(|(name, _, is_there)| {
        let calls = [
            login().with(COOKIES),
            reads(cookie().with(COOKIES), is_there),
        ];
        case(name, calls)
    });
    cases.collect()
}

/// Cookies of another host, and of another site.
fn hosts() -> Vec<Case> {
    let public = || {
        call(Allowed, "public/login")
            .with(COOKIES)
            .arrives(&["GET /login"])
            .fails(WILDCARD)
    };
    let across = || {
        [
            call(Allowed, "api.other.test/login")
                .with(COOKIES)
                .arrives(&["GET /login"])
                .reads("welcome"),
            call(Allowed, "api.other.test/cookie")
                .with(COOKIES)
                .arrives(&["GET /cookie"])
                .reads("without the cookie"),
        ]
    };
    let after_another_site = || {
        [
            login().with(COOKIES),
            call(Allowed, "api.other.test/to/api.site.test/cookie")
                .with(NO_CORS)
                .arrives(&["GET /to/api.site.test/cookie", "GET /cookie"])
                .reads_status(0, "")
                .not_as_in(
                    Browser::Chromium,
                    "it follows the standard, where the sites on the way count",
                ),
        ]
    };
    vec![
        case(
            "cookie_of_another_host",
            [public(), reads(cookie().with(COOKIES), false)],
        ),
        case("cookie_across_sites_lax", across()),
        case("cookie_across_sites_strict", across()),
        case("cookie_after_another_site_lax", after_another_site()),
        case("cookie_after_another_site_strict", after_another_site()),
    ]
}

/// A form shows the response as a page, whatever CORS says.
fn forms() -> Vec<Case> {
    const STRANGE: &str = "POST /cookie: the origin `http://evil.other.test` is not allowed";

    let own = || cookie().with(POST_FORM).arrives(&["POST /cookie"]);
    let strange = |options| {
        let form = call(Stranger, "api/cookie").with(options);
        form.arrives(&[if options == POST_FORM {
            STRANGE
        } else {
            "GET /cookie"
        }])
    };
    let logged_in = |form: Call, is_there| [login().with(COOKIES), reads(form, is_there)];
    let strange_login = call(Stranger, "api/login")
        .with(POST_FORM)
        .arrives(&["POST /login: the origin `http://evil.other.test` is not allowed"])
        .reads("welcome");
    vec![
        case("own_form", logged_in(own(), true)),
        case("own_form_lax", logged_in(own(), true)),
        case("own_form_strict", logged_in(own(), true)),
        // Chromium does not send it later than two minutes after it was set.
        case("strange_form", logged_in(strange(POST_FORM), true)),
        case("strange_form_lax", logged_in(strange(POST_FORM), false)),
        case("strange_form_strict", logged_in(strange(POST_FORM), false)),
        case("strange_link", logged_in(strange(GET_FORM), true)),
        case("strange_link_lax", logged_in(strange(GET_FORM), true)),
        case("strange_link_strict", logged_in(strange(GET_FORM), false)),
        case(
            "strange_form_sets_strict",
            [strange_login, reads(cookie().with(COOKIES), true)],
        ),
    ]
}

/// An element's request, whose response no script sees. That the model agrees is all there is to see.
fn loads() -> Vec<Case> {
    let load = |from, options, line: &str| {
        let load = call(from, "api/cookie").with(options).arrives(&[line]);
        [login().with(COOKIES), load.reads_status(0, "")]
    };
    vec![
        case("own_load_strict", load(Allowed, NO_CORS, "GET /cookie")),
        case(
            "own_beacon_strict",
            load(Allowed, NO_CORS_POST, "POST /cookie"),
        ),
        case("strange_load_lax", load(Stranger, NO_CORS, "GET /cookie")),
        case(
            "strange_beacon_lax",
            load(
                Stranger,
                NO_CORS_POST,
                "POST /cookie: the origin `http://evil.other.test` is not allowed",
            ),
        ),
    ]
}
