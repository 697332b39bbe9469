//! `SameSite`: which cookies requests from other sites set and carry.

use cors_runtime::testing::Browser;

use crate::case::{Case, agree};
use crate::cookies::{APP, COOKIE, LOGIN, ME, carries, origin, page, sets};

/// One cookie of each kind.
const COOKIES: [&str; 4] = [
    "strict=1; SameSite=Strict",
    "lax=1; SameSite=Lax",
    "unset=1",
    "none=1; SameSite=None; Secure",
];
const ALL: &str = "strict=1; lax=1; unset=1; none=1";
const STRANGER: &str = "https://evil.test";

#[tokio::test]
async fn same_site() {
    agree(cases()).await;
}

pub(crate) fn cases() -> Vec<Case> {
    [fetches(), forms(), loads(), redirects()]
        .into_iter()
        .flatten()
        .collect()
}

/// A page, the URL of a service, and the cookies that this page can set and gets.
fn fetches() -> Vec<Case> {
    const CROSS: &str = "none=1";

    #[rustfmt::skip]
    let cases = [
        ("its_own_page", "https://api.site.test", LOGIN, ALL),
        ("same_site_page", APP, LOGIN, ALL),
        ("same_site_page_on_the_domain", "https://site.test", LOGIN, ALL),
        ("same_site_page_with_port", "https://app.site.test:8443", LOGIN, ALL),
        ("cross_site_page", "https://shop.test", LOGIN, CROSS),
        ("cross_site_page_that_ends_alike", "https://mysite.test", LOGIN, CROSS),
        ("cross_site_page_on_http", "http://app.site.test", LOGIN, CROSS),
        ("cross_site_page_with_opaque_origin", "null", LOGIN, CROSS),
        ("cross_site_page_of_an_app", "capacitor://localhost", LOGIN, CROSS),
        ("cross_site_page_with_a_dot", "https://app.site.test.", LOGIN, CROSS),
        ("two_registrants", "https://me.github.io", "https://you.github.io/", CROSS),
        ("one_registrant", "https://app.me.github.io", "https://me.github.io/", ALL),
        ("two_under_co_uk", "https://one.co.uk", "https://two.co.uk/", CROSS),
        ("one_under_co_uk", "https://app.one.co.uk", "https://one.co.uk/", ALL),
        ("two_under_an_international_suffix", "https://one.xn--55qx5d.cn", "https://two.xn--55qx5d.cn/", CROSS),
        ("one_under_an_international_suffix", "https://a.one.xn--55qx5d.cn", "https://one.xn--55qx5d.cn/", ALL),
        ("two_ports_of_this_machine", "http://localhost:3000", "http://localhost:8080/", ALL),
        ("two_names_of_this_machine", "http://localhost:3000", "http://127.0.0.1:3000/", CROSS),
        ("two_addresses", "https://10.0.0.1", "https://10.0.0.2/", CROSS),
    ];
    let set = cases.into_iter().map(|(name, from, url, cookies)| {
        let case = sets(page(name, from), url, &COOKIES);
        carries(case.page(origin(url)), url, cookies)
    });
    let carried = cases.into_iter().map(|(name, from, url, cookies)| {
        let name = format!("{name}_carries");
        let case = sets(page(&name, origin(url)), url, &COOKIES);
        carries(
            case.page(from).with(Browser::with_credentials),
            url,
            cookies,
        )
    });
    set.chain(carried).collect()
}

/// The service's own page sets the cookies.
fn all_set(name: &str) -> Case {
    sets(page(name, origin(ME)), ME, &COOKIES).response(200, &[])
}

/// Which cookies go with a form some seconds later. Pages without credentials submit them too.
fn forms() -> Vec<Case> {
    const CROSS_GET: &str = "lax=1; unset=1; none=1";
    const CROSS_POST: &str = "unset=1; none=1";

    #[rustfmt::skip]
    let cases = [
        ("own_form", APP, "POST", 0, ALL),
        ("own_form_with_get", APP, "GET", 0, ALL),
        ("strange_form", STRANGER, "POST", 0, CROSS_POST),
        ("strange_form_just_in_time", STRANGER, "POST", 119, CROSS_POST),
        ("strange_form_two_minutes_later", STRANGER, "POST", 120, "none=1"),
        ("strange_form_with_get", STRANGER, "GET", 120, CROSS_GET),
        ("form_in_a_sandboxed_frame", "null", "POST", 120, "none=1"),
    ];
    let sent = cases
        .into_iter()
        .map(|(name, from, method, wait, cookies)| {
            let case = all_set(name).page(from).wait(wait);
            case.submit(&format!("{method} {ME}"), &[])
                .arrives_with(COOKIE, &[&format!("{method} {ME} cookie: {cookies}")])
                .gets("200")
        });
    // The response is the top-level page, so it sets any cookie.
    let lines = COOKIES.map(|line| format!("Set-Cookie: {line}"));
    let lines = lines.each_ref().map(String::as_str);
    let set = carries(
        page("strange_form_sets_cookies", STRANGER)
            .response(200, &lines)
            .submit(&format!("POST {ME}"), &[])
            .gets("200 set-cookie")
            .page(origin(ME)),
        ME,
        ALL,
    );
    sent.chain([set]).collect()
}

/// Which cookies go with the request of an element.
fn loads() -> Vec<Case> {
    let cases = [
        ("own_image", APP, "GET", ALL),
        ("strange_image", STRANGER, "GET", "none=1"),
        ("strange_beacon", STRANGER, "POST", "none=1"),
    ];
    let sent = cases.into_iter().map(|(name, from, method, cookies)| {
        all_set(name)
            .page(from)
            .load(&format!("{method} {ME}"), &[])
            .arrives_with(COOKIE, &[&format!("{method} {ME} cookie: {cookies}")])
            .gets("200")
    });
    let lines = COOKIES.map(|line| format!("Set-Cookie: {line}"));
    let lines = lines.each_ref().map(String::as_str);
    let set = carries(
        page("strange_image_sets_cookies", STRANGER)
            .response(200, &lines)
            .load(&format!("GET {ME}"), &[])
            .gets("200 set-cookie")
            .page(origin(ME)),
        ME,
        "none=1",
    );
    sent.chain([set]).collect()
}

/// The URLs on the way count as well. Chromium does not count them.
fn redirects() -> Vec<Case> {
    const ELSEWHERE: &str = "https://shop.test/";

    let there = format!("{ELSEWHERE} cookie: none=1");
    let case = |name: &str, from| {
        let case = sets(page(name, "https://shop.test"), ELSEWHERE, &COOKIES);
        let case = sets(case.page(origin(ME)), ME, &COOKIES);
        case.page(from).with(Browser::with_credentials)
    };
    vec![
        case("redirect_to_another_site", APP)
            .redirect(ME, 302, ELSEWHERE)
            .granted(&[])
            .fetch(&format!("GET {ME}"), &[])
            .arrives_with(
                COOKIE,
                &[&format!("GET {ME} cookie: {ALL}"), &format!("GET {there}")],
            )
            .gets("200"),
        case("redirect_back_from_another_site", APP)
            .redirect(ELSEWHERE, 302, ME)
            .granted(&[])
            .fetch(&format!("GET {ELSEWHERE}"), &[])
            .arrives_with(
                COOKIE,
                &[&format!("GET {there}"), &format!("GET {ME} cookie: none=1")],
            )
            .gets("200"),
    ]
}
