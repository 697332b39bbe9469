//! Which cookies browsers keep, and with which requests they send them: [RFC 6265bis].
//!
//! [RFC 6265bis]: https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis

use cors_runtime::testing::Browser;
use http::HeaderValue;

use crate::case::{Case, agree, case};

/// A page on the site of [`OWN`], on another origin.
pub(crate) const APP: &str = "https://app.site.test";
const OWN: &str = "https://api.site.test/";
/// Where the cookies are set.
pub(crate) const LOGIN: &str = "https://api.site.test/session/login";
/// Where they are sent.
pub(crate) const ME: &str = "https://api.site.test/session/me";
pub(crate) const COOKIE: &[&str] = &["cookie"];

#[tokio::test]
async fn cookies() {
    agree(cases()).await;
}

pub(crate) fn cases() -> Vec<Case> {
    [
        attributes(),
        urls(),
        credentials(),
        replaced(),
        expired(),
        redirects(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A page that makes its requests with credentials.
pub(crate) fn page(name: &str, origin: &'static str) -> Case {
    case(name).page(origin).with(Browser::with_credentials)
}

/// The origin of an http or https URL.
pub(crate) fn origin(url: &'static str) -> &'static str {
    let mut slashes = url.match_indices('/').map(|(at, _)| at);
    &url[..slashes.nth(2).unwrap_or(url.len())]
}

/// A response that sets cookies.
pub(crate) fn sets(case: Case, url: &str, lines: &[&str]) -> Case {
    let lines: Vec<String> = lines
        .iter()
        .map(|line| format!("Set-Cookie: {line}"))
        .collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    case.granted(&lines)
        .fetch(&format!("GET {url}"), &[])
        .gets("200")
}

/// A request to a URL that carries these cookies.
pub(crate) fn carries(case: Case, url: &str, cookies: &str) -> Case {
    let arrives = match cookies {
        "" => format!("GET {url}"),
        _ => format!("GET {url} cookie: {cookies}"),
    };
    let case = case.granted(&[]).fetch(&format!("GET {url}"), &[]);
    case.arrives_with(COOKIE, &[&arrives]).gets("200")
}

/// A line of `Set-Cookie` at [`LOGIN`], and the cookies that [`ME`] gets then.
fn attributes() -> Vec<Case> {
    let long = "v".repeat(4_095);
    let longer = "v".repeat(4_096);
    let (long_pair, longer_pair) = (format!("a={long}"), format!("a={longer}"));
    #[rustfmt::skip]
    let cases = [
        ("cookie_without_attributes", "a=1", "a=1"),
        ("cookie_with_spaces", " a = 1 2 ; Secure", "a=1 2"),
        ("cookie_with_quotes", r#"a="1""#, r#"a="1""#),
        ("cookie_with_equals_signs", "a=1=2", "a=1=2"),
        ("cookie_without_value", "a=", "a="),
        ("cookie_without_name", "=1", ""),
        ("cookie_without_equals_sign", "a", ""),
        ("cookie_with_unknown_attribute", "a=1; Priority=High", "a=1"),
        ("longest_cookie", &long_pair, &long_pair),
        ("cookie_that_is_too_long", &longer_pair, ""),
        ("cookie_for_scripts_too", "a=1; Secure", "a=1"),
        ("cookie_hidden_from_scripts", "a=1; HttpOnly", "a=1"),
        ("cookie_none_and_secure", "a=1; SameSite=None; Secure", "a=1"),
        ("cookie_none_without_secure", "a=1; SameSite=None", ""),
        ("cookie_with_unknown_same_site", "a=1; SameSite=Some", "a=1"),
        ("cookie_in_lower_case", "a=1; samesite=none; secure", "a=1"),
        ("prefix_secure", "__Secure-a=1; Secure", "__Secure-a=1"),
        ("prefix_secure_without_secure", "__Secure-a=1", ""),
        ("prefix_secure_in_lower_case", "__secure-a=1", ""),
        ("prefix_host", "__Host-a=1; Secure; Path=/", "__Host-a=1"),
        ("prefix_host_without_secure", "__Host-a=1; Path=/", ""),
        ("prefix_host_without_path", "__Host-a=1; Secure", ""),
        ("prefix_host_with_path", "__Host-a=1; Secure; Path=/session", ""),
        ("prefix_host_with_domain", "__Host-a=1; Secure; Path=/; Domain=api.site.test", ""),
    ];
    let cases = cases.into_iter().map(|(name, line, cookies)| {
        let case = sets(page(name, APP), LOGIN, &[line]);
        carries(case, ME, cookies)
    });
    cases.collect()
}

/// A cookie that one URL sets, and whether another URL gets it.
fn urls() -> Vec<Case> {
    #[rustfmt::skip]
    let cases = [
        ("host_only", LOGIN, "a=1; Path=/", "https://www.api.site.test/", ""),
        ("host_only_at_the_parent", LOGIN, "a=1; Path=/", "https://site.test/", ""),
        ("host_only_with_empty_domain", LOGIN, "a=1; Path=/; Domain=", "https://www.api.site.test/", ""),
        ("domain_of_the_host", LOGIN, "a=1; Path=/; Domain=api.site.test", "https://www.api.site.test/", "a=1"),
        ("domain_of_the_site", LOGIN, "a=1; Path=/; Domain=site.test", "https://www.site.test/", "a=1"),
        ("domain_with_a_dot", LOGIN, "a=1; Path=/; Domain=.site.test", "https://site.test/", "a=1"),
        ("domain_in_upper_case", LOGIN, "a=1; Path=/; Domain=SITE.test", "https://site.test/", "a=1"),
        ("domain_below", LOGIN, "a=1; Path=/; Domain=www.api.site.test", "https://www.api.site.test/", ""),
        ("domain_beside", LOGIN, "a=1; Path=/; Domain=www.site.test", "https://www.site.test/", ""),
        ("domain_that_only_ends_alike", "https://mysite.test/", "a=1; Domain=site.test", "https://site.test/", ""),
        ("domain_of_everybody", LOGIN, "a=1; Path=/; Domain=test", "https://site.test/", ""),
        ("domain_of_registrants", "https://me.github.io/", "a=1; Domain=github.io", "https://you.github.io/", ""),
        ("domain_of_registrants_themselves", "https://github.io/", "a=1; Domain=github.io", "https://github.io/", "a=1"),
        ("domain_of_registrants_for_itself_only", "https://github.io/", "a=1; Domain=github.io", "https://you.github.io/", ""),
        ("domain_that_is_none", LOGIN, "a=1; Path=/; Domain=[", OWN, ""),
        ("domain_of_an_address", "https://127.0.0.1/", "a=1; Domain=127.0.0.1", "https://127.0.0.1/", "a=1"),
        ("domain_above_an_address", "https://127.0.0.1/", "a=1; Domain=0.0.1", "https://127.0.0.1/", ""),
        ("default_path", LOGIN, "a=1", "https://api.site.test/session/deeper/still", "a=1"),
        ("default_path_itself", LOGIN, "a=1", "https://api.site.test/session", "a=1"),
        ("default_path_not_above", LOGIN, "a=1", OWN, ""),
        ("default_path_not_beside", LOGIN, "a=1", "https://api.site.test/sessions", ""),
        ("default_path_at_the_top", "https://api.site.test/login", "a=1", OWN, "a=1"),
        ("path_of_everything", LOGIN, "a=1; Path=/", OWN, "a=1"),
        ("path_elsewhere", LOGIN, "a=1; Path=/articles", "https://api.site.test/articles/1", "a=1"),
        ("path_elsewhere_only", LOGIN, "a=1; Path=/articles", ME, ""),
        ("path_with_slash", LOGIN, "a=1; Path=/articles/", "https://api.site.test/articles", ""),
        ("path_is_case_sensitive", LOGIN, "a=1; Path=/Articles", "https://api.site.test/articles", ""),
        ("path_that_is_none", LOGIN, "a=1; Path=articles", ME, "a=1"),
        ("cookies_are_for_all_ports", LOGIN, "a=1", "https://api.site.test:8443/session/me", "a=1"),
        ("secure_not_over_http", LOGIN, "a=1; Secure; SameSite=None", "http://api.site.test/session/me", ""),
        ("secure_not_from_http", "http://api.site.test/", "a=1; Secure; SameSite=None", OWN, ""),
        ("secure_on_this_machine", "http://localhost:3000/", "a=1; Secure; SameSite=None", "http://localhost:3000/", "a=1"),
        ("secure_on_this_machine_by_address", "http://127.0.0.1/", "a=1; Secure; SameSite=None", "http://127.0.0.1/", "a=1"),
    ];
    let cases = cases.into_iter().map(|(name, at, line, to, cookies)| {
        // Every URL is called by a page on its own origin.
        let case = sets(page(name, origin(at)), at, &[line]);
        carries(case.page(origin(to)), to, cookies)
    });
    cases.collect()
}

/// Which requests set and carry cookies.
fn credentials() -> Vec<Case> {
    const SET: &str = "Set-Cookie: a=1; Path=/";

    vec![
        case("a_response_without_credentials_sets_nothing")
            .page(APP)
            .granted(&[SET])
            .fetch(&format!("GET {LOGIN}"), &[])
            .gets("200")
            .with(Browser::with_credentials)
            .fetch(&format!("GET {ME}"), &[])
            .arrives_with(COOKIE, &[&format!("GET {ME}")])
            .gets("200"),
        carries(
            sets(page("a_request_without_credentials", APP), LOGIN, &["a=1"]).page(APP),
            ME,
            "",
        ),
        carries(
            sets(
                case("a_site_s_own_requests_need_no_include").page(origin(OWN)),
                LOGIN,
                &["a=1"],
            ),
            ME,
            "a=1",
        ),
        // CORS only withholds the response.
        page("a_response_that_is_blocked_sets_cookies", APP)
            .response(200, &[SET])
            .fetch(&format!("GET {LOGIN}"), &[])
            .gets("Origin")
            .granted(&[])
            .fetch(&format!("GET {ME}"), &[])
            .arrives_with(COOKIE, &[&format!("GET {ME} cookie: a=1")])
            .gets("200"),
        carries(
            page("an_error_sets_cookies", APP)
                .at(
                    LOGIN,
                    500,
                    &[
                        SET,
                        "Allow-Origin: https://app.site.test",
                        "Allow-Credentials: true",
                    ],
                )
                .fetch(&format!("GET {LOGIN}"), &[])
                .gets("500"),
            ME,
            "a=1",
        ),
        // The preflight sets and carries none.
        page("preflights_have_no_cookies", APP)
            .lists(&["Allow-Methods: PUT", "Set-Cookie: b=2; Path=/"])
            .granted(&[SET])
            .fetch(&format!("PUT {LOGIN}"), &[])
            .arrives_with(
                COOKIE,
                &[&format!("OPTIONS {LOGIN}"), &format!("PUT {LOGIN}")],
            )
            .gets("200")
            .fetch(&format!("PUT {ME}"), &[])
            .arrives_with(
                COOKIE,
                &[&format!("OPTIONS {ME}"), &format!("PUT {ME} cookie: a=1")],
            )
            .gets("200"),
        carries(
            sets(
                page("the_cookie_of_the_page_is_first", APP),
                LOGIN,
                &["a=1"],
            )
            .with(|page| page.with_cookie(HeaderValue::from_static("a=0"))),
            ME,
            "a=0; a=1",
        ),
        carries(
            sets(page("other_pages_share_the_cookies", APP), LOGIN, &["a=1"])
                .page("https://other.site.test")
                .with(Browser::with_credentials),
            ME,
            "a=1",
        ),
    ]
}

/// Several cookies, and those that [`ME`] gets.
fn replaced() -> Vec<Case> {
    #[rustfmt::skip]
    let cases: [(&str, &[&str], &str); 12] = [
        ("two_cookies", &["a=1", "b=2"], "a=1; b=2"),
        ("a_later_value", &["a=1", "b=2", "a=3"], "a=3; b=2"),
        ("a_later_value_with_other_attributes", &["a=1", "a=2; Secure; HttpOnly; SameSite=Lax"], "a=2"),
        ("names_are_case_sensitive", &["a=1", "A=2"], "a=1; A=2"),
        ("a_name_on_two_paths", &["a=1; Path=/", "a=2"], "a=2; a=1"),
        ("a_name_on_two_domains", &["a=1", "a=2; Domain=site.test"], "a=1; a=2"),
        ("a_name_with_and_without_domain", &["a=1", "a=2; Domain=api.site.test"], "a=1; a=2"),
        ("the_longest_path_first", &["a=1; Path=/", "b=2", "c=3; Path=/session/me"], "c=3; b=2; a=1"),
        ("a_cookie_that_is_removed", &["a=1", "a=; Max-Age=0"], ""),
        ("a_cookie_that_is_removed_by_a_date", &["a=1", "a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT"], ""),
        ("a_cookie_removed_on_another_path", &["a=1", "a=; Max-Age=0; Path=/"], "a=1"),
        ("a_cookie_that_comes_again", &["a=1", "b=2", "a=; Max-Age=0", "a=3"], "b=2; a=3"),
    ];
    let cases = cases.into_iter().map(|(name, lines, cookies)| {
        let case = sets(page(name, APP), LOGIN, lines);
        carries(case, ME, cookies)
    });
    // http sets no cookie over one that only https can have set.
    let http = |name: &str, first: &str, second: &str, cookies: &str| {
        let case = sets(page(name, APP), LOGIN, &[first]);
        let case = sets(
            case.page("http://api.site.test"),
            "http://api.site.test/session/x",
            &[second],
        );
        carries(case.page(origin(OWN)), ME, cookies)
    };
    let safe = "a=1; Secure";
    let others = [
        http("secure_is_not_replaced_from_http", safe, "a=2", "a=1"),
        http(
            "secure_is_not_hidden_from_http",
            safe,
            "a=2; Path=/session/me",
            "a=1",
        ),
        http(
            "secure_is_not_hidden_by_a_domain",
            safe,
            "a=2; Domain=site.test",
            "a=1",
        ),
        http(
            "secure_does_not_keep_other_names_from_http",
            safe,
            "b=2",
            "a=1; b=2",
        ),
        http(
            "secure_does_not_keep_a_wider_path_from_http",
            safe,
            "a=2; Path=/",
            "a=1; a=2",
        ),
        http("cookies_of_both_schemes_are_one", "a=1", "a=2", "a=2"),
    ];
    cases.chain(others).collect()
}

/// A line of `Set-Cookie`, and whether the cookie is there after some seconds.
fn expired() -> Vec<Case> {
    const DAY: u64 = 86_400;

    #[rustfmt::skip]
    let cases = [
        ("without_max_age", "a=1", 1_000 * DAY, true),
        ("before_max_age", "a=1; Max-Age=60", 59, true),
        ("after_max_age", "a=1; Max-Age=60", 60, false),
        ("negative_max_age", "a=1; Max-Age=-1", 0, false),
        ("malformed_max_age", "a=1; Max-Age=1h", DAY, true),
        ("enormous_max_age", "a=1; Max-Age=99999999999999999999", 400 * DAY - 1, true),
        ("no_longer_than_400_days", "a=1; Max-Age=99999999999999999999", 400 * DAY, false),
        ("max_age_before_expires_of_a_cookie", "a=1; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT", 59, true),
        ("expires_in_the_past", "a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT", 0, false),
        ("expires_in_an_old_form", "a=1; Expires=Thursday, 01-Jan-70 00:00:00 GMT", 0, false),
        ("expires_far_away", "a=1; Expires=Fri, 31 Dec 9999 23:59:59 GMT", 400 * DAY - 1, true),
        ("expires_no_later_than_400_days", "a=1; Expires=Fri, 31 Dec 9999 23:59:59 GMT", 400 * DAY, false),
        ("malformed_expires", "a=1; Expires=tomorrow", DAY, true),
    ];
    let cases = cases.into_iter().map(|(name, line, seconds, is_there)| {
        let case = sets(page(name, APP), LOGIN, &[line]).wait(seconds);
        carries(case, ME, if is_there { "a=1" } else { "" })
    });
    cases.collect()
}

/// Each URL on the way sets cookies, and gets its own.
fn redirects() -> Vec<Case> {
    const ELSEWHERE: &str = "https://www.site.test/";

    let line = "Set-Cookie: a=1; Path=/; Domain=site.test";
    let to = |url: &str| format!("Location: {url}");
    let grants = [
        "Allow-Origin: https://app.site.test",
        "Allow-Credentials: true",
    ];
    vec![
        page("a_redirect_sets_cookies", APP)
            .at(LOGIN, 303, &[line, &to(ME), grants[0], grants[1]])
            .granted(&[])
            .fetch(&format!("GET {LOGIN}"), &[])
            .arrives_with(
                COOKIE,
                &[&format!("GET {LOGIN}"), &format!("GET {ME} cookie: a=1")],
            )
            .gets("200"),
        page("a_redirect_to_another_origin_sets_cookies", APP)
            .at(LOGIN, 302, &[line, &to(ELSEWHERE), grants[0], grants[1]])
            .granted(&[])
            .fetch(&format!("GET {LOGIN}"), &[])
            .arrives_with(
                COOKIE,
                &[
                    &format!("GET {LOGIN}"),
                    &format!("GET {ELSEWHERE} cookie: a=1"),
                ],
            )
            .gets("200"),
        page("a_redirect_that_is_blocked_sets_cookies", APP)
            .at(LOGIN, 302, &[line, &to(ME)])
            .fetch(&format!("GET {LOGIN}"), &[])
            .gets("Origin")
            .granted(&[])
            .fetch(&format!("GET {ME}"), &[])
            .arrives_with(COOKIE, &[&format!("GET {ME} cookie: a=1")])
            .gets("200"),
    ]
}
