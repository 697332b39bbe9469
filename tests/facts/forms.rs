//! Requests that are not subject to CORS: HTML, "[form submission algorithm]", and the mode `no-cors`.
//!
//! [form submission algorithm]: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#form-submission-algorithm

use crate::case::{API, Case, STRANGER, agree, case};

#[tokio::test]
async fn forms() {
    agree(cases()).await;
}

pub(crate) fn cases() -> Vec<Case> {
    [
        what_forms_send(),
        what_elements_send(),
        origins(),
        redirects(),
        metadata(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A service that knows nothing of CORS.
fn plain(name: &str) -> Case {
    case(name)
        .page(STRANGER)
        .preflight(404, &[])
        .response(200, &[])
}

fn what_forms_send() -> Vec<Case> {
    const SHOWN: &[&str] = &["accept", "content-type", "body"];
    const HTML: &str = "accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    #[rustfmt::skip]
    let sent: [(&str, &str, &[&str], &str); 5] = [
        ("a_form_without_a_type", "POST", &[], "content-type: application/x-www-form-urlencoded body"),
        ("a_form_in_lower_case", "post", &[], "content-type: application/x-www-form-urlencoded body"),
        ("a_form_with_files", "POST", &["Content-Type: multipart/form-data; boundary=1"],
            "content-type: multipart/form-data; boundary=1 body"),
        ("a_form_as_text", "POST", &["Content-Type: text/plain"], "content-type: text/plain body"),
        ("a_form_with_get", "GET", &["Content-Type: text/plain"], ""),
    ];
    let sent = sent.into_iter().map(|(name, method, lines, rest)| {
        let arrives = format!("{} {HTML} {rest}", method.to_uppercase());
        let case = plain(name).submit(method, lines);
        case.arrives_with(SHOWN, &[arrives.trim_end()]).gets("200")
    });
    #[rustfmt::skip]
    let not_sent: [(&str, &str, &[&str], &str); 7] = [
        ("no_form_has_put", "PUT", &[], "Form the method PUT"),
        ("no_form_has_head", "HEAD", &[], "Form the method HEAD"),
        ("no_form_has_json", "POST", &["Content-Type: application/json"], "Form the Content-Type `application/json`"),
        ("no_form_has_a_token", "POST", &["X-CSRF-Token: 42"], "Form the header `x-csrf-token`"),
        ("no_form_has_authorization", "POST", &["Authorization: Bearer 42"], "Form the header `authorization`"),
        ("no_form_names_its_origin", "POST", &["Origin: https://api.test"], "Form the header `origin`"),
        ("no_form_has_trace", "TRACE", &[], "ForbiddenMethod TRACE"),
    ];
    let not_sent = not_sent.into_iter().map(|(name, method, lines, gets)| {
        plain(name).submit(method, lines).arrives(&[]).gets(gets)
    });
    let others = [
        plain("no_form_goes_to_mail")
            .submit("GET mailto:a@b.test", &[])
            .arrives(&[])
            .gets("Url"),
        plain("what_a_form_gets_is_whole")
            .response(403, &["Set-Cookie: a=1", "X-Secret: 1"])
            .submit("POST", &[])
            .arrives(&["POST"])
            .gets("403 set-cookie x-secret"),
        plain("a_form_to_a_service_that_fails")
            .fails(true)
            .submit("POST", &[])
            .gets("Service no connection"),
    ];
    sent.chain(not_sent).chain(others).collect()
}

fn what_elements_send() -> Vec<Case> {
    const SHOWN: &[&str] = &[
        "accept",
        "accept-language",
        "content-type",
        "range",
        "x-a",
        "authorization",
        "body",
    ];

    #[rustfmt::skip]
    let sent: [(&str, &str, &[&str], &str); 9] = [
        ("an_image", "GET", &[], "GET accept: */*"),
        ("an_image_by_its_type", "GET", &["Accept: image/*"], "GET accept: image/*"),
        ("a_load_with_head", "head", &[], "HEAD accept: */*"),
        ("a_beacon", "POST", &["Content-Type: text/plain"], "POST accept: */* content-type: text/plain body"),
        ("a_beacon_without_json", "POST", &["Content-Type: application/json"], "POST accept: */* body"),
        ("a_load_with_a_language", "GET", &["Accept-Language: de"], "GET accept: */* accept-language: de"),
        ("a_load_without_other_headers", "GET", &["X-A: 1", "Authorization: Bearer 42"], "GET accept: */*"),
        ("a_load_without_range", "GET", &["Range: bytes=0-9"], "GET accept: */*"),
        ("a_load_without_an_unsafe_value", "GET", &["Accept: (1)"], "GET accept: */*"),
    ];
    let sent = sent.into_iter().map(|(name, method, lines, arrives)| {
        let case = plain(name).load(method, lines);
        case.arrives_with(SHOWN, &[arrives]).gets("200")
    });
    let others = [
        plain("no_load_has_put")
            .load("PUT", &[])
            .arrives(&[])
            .gets("NoCorsMethod PUT"),
        plain("no_load_has_patch_in_lower_case")
            .load("patch", &[])
            .arrives(&[])
            .gets("NoCorsMethod patch"),
        plain("no_load_has_trace")
            .load("TRACE", &[])
            .arrives(&[])
            .gets("ForbiddenMethod TRACE"),
        // An image that is then read by a script: the cache has it without `Access-Control-Allow-Origin`.
        case("a_load_is_stored")
            .response(200, &["Cache-Control: max-age=60"])
            .load("GET", &[])
            .gets("200 cache-control")
            .granted(&["Cache-Control: max-age=60"])
            .fetch("GET", &[])
            .gets("Stored"),
        case("a_load_is_stored_for_those_without_origin")
            .response(200, &["Cache-Control: max-age=60", "Vary: Origin"])
            .load("GET", &[])
            .gets("200 cache-control vary")
            .granted(&["Cache-Control: max-age=60", "Vary: Origin"])
            .fetch("GET", &[])
            .gets("200 cache-control"),
    ];
    sent.chain(others).collect()
}

/// The `Origin` of a page's POST.
fn origins() -> Vec<Case> {
    #[rustfmt::skip]
    let cases = [
        ("own", "https://api.test", API, "https://api.test"),
        ("strange", STRANGER, API, STRANGER),
        ("opaque", "null", API, "null"),
        ("on_http", "http://shop.test", "http://api.test/", "http://shop.test"),
        ("to_https", "http://shop.test", API, "http://shop.test"),
        // The default referrer policy.
        ("to_loopback", "https://shop.test", "http://localhost/", "null"),
    ];
    let cases = cases.into_iter().flat_map(|(name, from, url, origin)| {
        let case = |kind: &str| plain(&format!("{kind}_{name}")).page(from);
        let request = |method| format!("{method} {url}");
        let line = |method| {
            if url == API {
                String::from(method)
            } else {
                request(method)
            }
        };
        let (post, get) = (format!("{} origin: {origin}", line("POST")), line("GET"));
        [
            case("origin_of_a_form")
                .submit(&request("POST"), &[])
                .arrives_with(&["origin"], &[&post]),
            case("no_origin_of_a_link")
                .submit(&request("GET"), &[])
                .arrives_with(&["origin"], &[&get]),
            case("origin_of_a_beacon")
                .load(&request("POST"), &[])
                .arrives_with(&["origin"], &[&post]),
            case("no_origin_of_an_image")
                .load(&request("GET"), &[])
                .arrives_with(&["origin"], &[&get]),
        ]
        .map(|case| case.gets("200"))
    });
    let form = plain("origin_of_a_form_to_http")
        .submit("POST http://api.test/", &[])
        .arrives_with(&["origin"], &["POST http://api.test/ origin: null"])
        .gets("200");
    // Of these two, a navigation is no mixed content.
    let element = plain("an_element_with_mixed_content")
        .load("GET http://api.test/", &[])
        .arrives(&[])
        .gets("MixedContent http://api.test/");
    cases.chain([form, element]).collect()
}

fn redirects() -> Vec<Case> {
    const NEW: &str = "https://new.test/";
    const SHOWN: &[&str] = &["origin", "content-type", "body"];
    const POSTED: &str =
        "origin: https://stranger.test content-type: application/x-www-form-urlencoded body";

    let to = |name: &str, status, to: &str| {
        let location = format!("Location: {to}");
        plain(name).at(API, status, &[&location])
    };
    vec![
        to("a_form_that_shows_another_page", 303, NEW)
            .submit("POST", &[])
            .arrives_with(SHOWN, &[&format!("POST {POSTED}"), "GET https://new.test/"])
            .gets("200"),
        to("a_link_to_another_page", 302, NEW)
            .submit("GET", &[])
            .arrives(&["GET", "GET https://new.test/"])
            .gets("200"),
        to("a_form_whose_body_is_gone", 307, NEW)
            .submit("POST", &[])
            .arrives(&["POST"])
            .gets("Body"),
        // Not a CORS request, so this is allowed.
        to("a_link_to_a_url_with_user", 302, "https://user@new.test/")
            .submit("GET", &[])
            .arrives(&["GET", "GET https://new.test/"])
            .gets("200"),
        to("a_link_to_mail", 302, "mailto:a@b.test")
            .submit("GET", &[])
            .gets("Location mailto:a@b.test"),
        to("an_image_on_an_app_s_scheme", 302, "app://b")
            .load("GET", &[])
            .gets("Location app://b"),
        to("a_link_that_turns_in_circles", 302, API)
            .submit("GET", &[])
            .gets("Redirects"),
    ]
}

/// `Sec-Fetch-Site`, `-Mode` and `-Dest`: [Fetch Metadata].
///
/// [Fetch Metadata]: https://w3c.github.io/webappsec-fetch-metadata/
fn metadata() -> Vec<Case> {
    const SITE: &[&str] = &["sec-fetch-site"];
    const ALL: &[&str] = &[
        "sec-fetch-site",
        "sec-fetch-mode",
        "sec-fetch-dest",
        "sec-fetch-user",
    ];

    #[rustfmt::skip]
    let sites = [
        ("own", "https://api.site.test", "same-origin"),
        ("on_another_port", "https://api.site.test:8443", "same-site"),
        ("same_site", "https://site.test", "same-site"),
        ("on_http", "http://api.site.test", "cross-site"),
        ("strange", STRANGER, "cross-site"),
        ("opaque", "null", "cross-site"),
    ];
    let url = "https://api.site.test/";
    let sites = sites.into_iter().map(|(name, from, site)| {
        let case = plain(&format!("metadata_of_a_page_{name}")).page(from);
        case.submit(&format!("POST {url}"), &[])
            .arrives_with(SITE, &[&format!("POST {url} sec-fetch-site: {site}")])
            .gets("200")
    });
    let shown = |mode: &str, dest: &str| {
        format!("sec-fetch-site: cross-site sec-fetch-mode: {mode} sec-fetch-dest: {dest}")
    };
    let cors = shown("cors", "empty");
    let others = [
        case("metadata_of_a_call")
            .fetch("PUT", &[])
            .arrives_with(ALL, &[&format!("OPTIONS {cors}"), &format!("PUT {cors}")])
            .gets("200"),
        plain("metadata_of_a_form")
            .submit("POST", &[])
            .arrives_with(ALL, &[&format!("POST {}", shown("navigate", "document"))])
            .gets("200"),
        plain("metadata_of_a_load")
            .load("GET", &[])
            .arrives_with(ALL, &[&format!("GET {}", shown("no-cors", "empty"))])
            .gets("200"),
        plain("no_metadata_over_http")
            .submit("GET http://api.test/", &[])
            .arrives_with(ALL, &["GET http://api.test/"])
            .gets("200"),
        plain("metadata_on_this_machine")
            .submit("GET http://localhost/", &[])
            .arrives_with(SITE, &["GET http://localhost/ sec-fetch-site: cross-site"])
            .gets("200"),
        case("metadata_is_not_the_script_s")
            .fetch("GET", &["Sec-Fetch-Site: same-origin"])
            .arrives_with(SITE, &["GET sec-fetch-site: cross-site"])
            .gets("200"),
        // A redirect by a stranger does not make the page one of the site.
        case("metadata_after_a_redirect_from_another_site")
            .page("https://api.test")
            .redirect("https://stranger.test/", 302, API)
            .response(200, &["Allow-Origin: null"])
            .fetch("GET https://stranger.test/", &[])
            .arrives_with(
                SITE,
                &[
                    "GET https://stranger.test/ sec-fetch-site: cross-site",
                    "GET sec-fetch-site: cross-site",
                ],
            )
            .gets("200"),
    ];
    sites.chain(others).collect()
}
