//! The origins of pages, and which requests go to another origin.

use crate::case::{API, Case, agree, case};

#[tokio::test]
async fn origins() {
    agree(cases()).await;
}

pub(crate) fn cases() -> Vec<Case> {
    [serialised(), impossible(), opaque(), same(), other()]
        .into_iter()
        .flatten()
        .collect()
}

/// The value of [`Origin`].
///
/// [`Origin`]: https://fetch.spec.whatwg.org/#origin-header
fn serialised() -> Vec<Case> {
    let origins = [
        ("a_domain", "https://shop.test"),
        ("a_port", "https://shop.test:8443"),
        ("a_non_ascii_domain", "http://xn--bcher-kva.test"),
        ("an_ipv4_address", "http://127.0.0.1:8080"),
        ("an_ipv6_address", "http://[::1]:3000"),
        (
            "an_ipv6_address_with_an_ipv4_tail",
            "http://[::ffff:c000:201]",
        ),
        ("a_trailing_dot", "https://shop.test."),
        ("an_underscore", "http://a_b.test"),
        // 64 bytes, which DNS does not allow.
        (
            "a_long_label",
            "https://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.test",
        ),
        ("an_app_shell", "capacitor://localhost"),
        ("an_extension", "chrome-extension://abcdefghijklmnop"),
        (
            "an_extension_of_firefox",
            "moz-extension://0f8fad5b-d9cb-469f-a165-70867728950e",
        ),
        ("an_opaque_origin", "null"),
    ];
    let cases = origins.map(|(name, origin)| {
        case(format!("a_page_with_{name}"))
            .page(origin)
            .fetch("GET", &[])
            .arrives_with(&["origin"], &[&format!("GET origin: {origin}")])
            .gets("200")
    });
    cases.into()
}

/// No page has such an origin: it is [serialised] differently, or nothing can be loaded from it.
///
/// [serialised]: https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin
fn impossible() -> Vec<Case> {
    let origins = [
        ("nothing", ""),
        ("upper_case_null", "NULL"),
        ("no_scheme", "shop.test"),
        ("an_upper_case_scheme", "HTTPS://shop.test"),
        ("an_upper_case_host", "https://Shop.test"),
        ("a_slash", "https://shop.test/"),
        ("a_path", "https://shop.test/app"),
        ("a_query", "https://shop.test?a"),
        ("a_fragment", "https://shop.test#a"),
        ("a_user", "https://user@shop.test"),
        ("a_space", "https://shop.test "),
        ("the_default_port", "https://shop.test:443"),
        ("the_default_port_of_http", "http://shop.test:80"),
        ("a_leading_zero", "https://shop.test:08443"),
        ("an_empty_port", "https://shop.test:"),
        ("a_large_port", "https://shop.test:65536"),
        ("port_0", "http://shop.test:0"),
        ("the_port_of_x11", "http://localhost:6000"),
        ("a_port_of_irc", "http://localhost:6667"),
        ("the_last_bad_port", "https://shop.test:10080"),
        ("letters_beyond_ascii", "http://bücher.test"),
        ("a_percent_sign", "http://b%C3%BCcher.test"),
        ("a_short_ipv4_address", "http://127.1"),
        ("an_ipv4_number", "http://2130706433"),
        ("a_hexadecimal_ipv4_address", "http://0x7f.1"),
        ("a_numeric_last_label", "http://a.1"),
        ("a_large_ipv4_part", "http://1.2.3.256"),
        ("a_long_ipv6_address", "http://[0:0:0:0:0:0:0:1]"),
        ("an_upper_case_ipv6_address", "http://[::FFFF:C000:201]"),
        ("a_dotted_ipv6_tail", "http://[::ffff:192.0.2.1]"),
        ("an_ipv6_zone", "http://[fe80::1%25eth0]"),
        ("a_web_socket", "wss://shop.test"),
        ("ftp", "ftp://shop.test"),
        ("a_file", "file://"),
        ("a_data_url", "data:text/html,"),
        ("a_blob", "blob:https://shop.test"),
        ("about_blank", "about:blank"),
    ];
    let cases = origins.map(|(name, origin)| {
        case(format!("no_page_has_{name}"))
            .page(origin)
            .fetch("GET", &[])
            .arrives(&[])
            .gets("Page")
    });
    cases.into()
}

/// Sandboxed frames, `data:` frames, and pages opened from files.
fn opaque() -> Vec<Case> {
    let cases = [
        ("null_for_an_opaque_page", "Allow-Origin: null", "200"),
        ("any_origin_for_an_opaque_page", "Allow-Origin: *", "200"),
        (
            "upper_case_null_for_an_opaque_page",
            "Allow-Origin: NULL",
            "Origin",
        ),
        (
            "its_url_for_an_opaque_page",
            "Allow-Origin: https://api.test",
            "Origin",
        ),
    ];
    let cases = cases.map(|(name, line, gets)| {
        let case = case(name).page("null").response(200, &[line]);
        case.fetch("GET", &[]).gets(gets)
    });
    let credentials = case("null_with_credentials_for_an_opaque_page")
        .page("null")
        .with(|page| page.with_credentials())
        .response(200, &["Allow-Origin: null", "Allow-Credentials: true"])
        .fetch("GET", &[])
        .gets("200");
    cases.into_iter().chain([credentials]).collect()
}

/// Same-origin requests need no permission, but some have `Origin` anyway: "[append a request
/// `Origin` header]".
///
/// [append a request `Origin` header]: https://fetch.spec.whatwg.org/#append-a-request-origin-header
fn same() -> Vec<Case> {
    let methods = [
        ("GET", "GET"),
        ("HEAD", "HEAD"),
        ("POST", "POST origin: https://api.test"),
        ("PUT", "PUT origin: https://api.test"),
        ("OPTIONS", "OPTIONS origin: https://api.test"),
    ];
    let methods = methods.map(|(method, arrives)| {
        case(format!("{method}_of_a_site_to_itself"))
            .page("https://api.test")
            .response(200, &[])
            .fetch(method, &["X-A: 1"])
            .arrives_with(&["origin"], &[arrives])
            .gets("200")
    });
    // The URL is written differently.
    let hosts = [
        (
            "a_default_port",
            "https://shop.test",
            "https://shop.test:443/",
        ),
        (
            "an_upper_case_host",
            "https://shop.test",
            "https://SHOP.test/",
        ),
        ("a_short_ipv4_address", "http://127.0.0.1", "http://127.1/"),
        (
            "an_ipv4_number",
            "http://127.0.0.1:81",
            "http://2130706433:81/",
        ),
        (
            "a_hexadecimal_ipv4_address",
            "http://127.0.0.1",
            "http://0x7f.1/",
        ),
        (
            "a_long_ipv6_address",
            "http://[::1]",
            "http://[0:0:0:0:0:0:0:1]/",
        ),
    ];
    let hosts = hosts.map(|(name, page, url)| {
        case(format!("{name}_is_that_of_the_site_itself"))
            .page(page)
            .response(200, &[])
            .fetch(&format!("GET {url}"), &[])
            .arrives_with(&["origin"], &[&format!("GET {page}/")])
            .gets("200")
    });
    methods.into_iter().chain(hosts).collect()
}

/// Any single difference makes it another origin.
fn other() -> Vec<Case> {
    let pages = [
        ("another_port", "https://api.test:8443"),
        ("another_scheme", "http://api.test"),
        ("a_parent_domain", "https://test"),
        ("a_subdomain", "https://www.api.test"),
        ("a_site_with_a_trailing_dot", "https://api.test."),
        ("an_opaque_page", "null"),
    ];
    let cases = pages.map(|(name, page)| {
        case(format!("{name}_is_another_origin"))
            .page(page)
            .response(200, &[])
            .fetch(&format!("GET {API}"), &[])
            .arrives_with(&["origin"], &[&format!("GET origin: {page}")])
            .gets("Origin")
    });
    cases.into()
}
