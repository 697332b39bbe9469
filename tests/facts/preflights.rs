//! When a preflight is sent, and what it contains: [HTTP fetch] and [CORS-preflight fetch].
//!
//! [HTTP fetch]: https://fetch.spec.whatwg.org/#concept-http-fetch
//! [CORS-preflight fetch]: https://fetch.spec.whatwg.org/#cors-preflight-fetch

use cors_runtime::testing::Browser;

use crate::case::{Case, agree, case};

#[tokio::test]
async fn preflights() {
    agree(cases()).await;
}

pub(crate) fn cases() -> Vec<Case> {
    [needed(), shape(), uploads()]
        .into_iter()
        .flatten()
        .collect()
}

fn needed() -> Vec<Case> {
    let cases: [(&str, &str, &[&str], &[&str]); 9] = [
        ("get_needs_none", "GET", &[], &["GET"]),
        ("head_needs_none", "HEAD", &[], &["HEAD"]),
        ("post_needs_none", "POST", &[], &["POST"]),
        (
            "a_text_needs_none",
            "POST",
            &["Content-Type: text/plain"],
            &["POST"],
        ),
        ("put_needs_one", "PUT", &[], &["OPTIONS", "PUT"]),
        ("delete_needs_one", "DELETE", &[], &["OPTIONS", "DELETE"]),
        (
            "json_needs_one",
            "POST",
            &["Content-Type: application/json"],
            &["OPTIONS", "POST"],
        ),
        (
            "another_header_needs_one",
            "GET",
            &["X-A: 1"],
            &["OPTIONS", "GET"],
        ),
        (
            "options_of_a_script_needs_one",
            "OPTIONS",
            &[],
            &["OPTIONS", "OPTIONS"],
        ),
    ];
    let cases = cases.into_iter().map(|(name, method, headers, arrives)| {
        let case = case(name).fetch(method, headers);
        case.arrives(arrives).gets("200")
    });

    // The most bytes that headers without a preflight may have in total.
    let line = format!("Accept: {}", "a".repeat(128));
    let most = [line.as_str(); 8];
    let sizes: [(&str, &[&str], &[&str]); 3] = [
        ("1024_bytes_need_none", &[], &["GET"]),
        (
            "1026_bytes_need_one_for_all",
            &["Accept-Language: de"],
            &["OPTIONS request-headers: accept,accept-language", "GET"],
        ),
        (
            "bytes_of_other_headers_do_not_count",
            &["X-A: 1"],
            &["OPTIONS request-headers: x-a", "GET"],
        ),
    ];
    let sizes = sizes.into_iter().map(|(name, others, arrives)| {
        let case = case(name).fetch("GET", &[&most, others].concat());
        case.arrives_with(&["request-headers"], arrives).gets("200")
    });
    cases.chain(sizes).collect()
}

fn shape() -> Vec<Case> {
    const ALL: &[&str] = &[
        "accept",
        "origin",
        "request-method",
        "request-headers",
        "x-a",
        "body",
    ];
    const NAMES: &[&str] = &["request-headers"];

    vec![
        case("a_preflight_without_names")
            .fetch("PUT", &["Accept: text/plain"])
            .arrives_with(
                ALL,
                &[
                    "OPTIONS accept: */* origin: https://shop.test request-method: PUT",
                    "PUT accept: text/plain origin: https://shop.test body",
                ],
            )
            .gets("200"),
        case("a_preflight_with_a_name")
            .fetch("POST", &["X-A: 1"])
            .arrives_with(
                ALL,
                &[
                    "OPTIONS accept: */* origin: https://shop.test request-method: POST request-headers: x-a",
                    "POST accept: */* origin: https://shop.test x-a: 1 body",
                ],
            )
            .gets("200"),
        case("names_are_sorted_in_lower_case_without_spaces")
            .fetch("GET", &["X-B: 1", "x-a: 1", "X-A-B: 1", "Authorization: 1"])
            .arrives_with(NAMES, &["OPTIONS request-headers: authorization,x-a,x-a-b,x-b", "GET"])
            .gets("200"),
        case("names_are_sorted_by_bytes")
            .fetch("GET", &["x_a: 1", "x-a: 1", "x1: 1", "xa: 1"])
            .arrives_with(NAMES, &["OPTIONS request-headers: x-a,x1,x_a,xa", "GET"])
            .gets("200"),
        case("names_are_unique")
            .fetch("GET", &["X-A: 1", "x-a: 2", "X-B: 1"])
            .arrives_with(NAMES, &["OPTIONS request-headers: x-a,x-b", "GET"])
            .gets("200"),
        case("safelisted_headers_are_left_out")
            .fetch("PUT", &["Accept: a/b", "Content-Type: text/plain", "X-A: 1"])
            .arrives_with(NAMES, &["OPTIONS request-headers: x-a", "PUT"])
            .gets("200"),
        case("safelisted_headers_with_unusual_values_are_named")
            .fetch("PUT", &["Accept: (a)", "Content-Type: a/b", "Range: lines=1"])
            .arrives_with(NAMES, &["OPTIONS request-headers: accept,content-type,range", "PUT"])
            .gets("200"),
        case("one_name_makes_no_other_necessary")
            .fetch("GET", &["X-A: 1", "Accept-Language: de"])
            .arrives_with(NAMES, &["OPTIONS request-headers: x-a", "GET"])
            .gets("200"),
    ]
}

/// An upload progress listener: "[use-CORS-preflight flag]".
///
/// [use-CORS-preflight flag]: https://fetch.spec.whatwg.org/#use-cors-preflight-flag
fn uploads() -> Vec<Case> {
    let upload = |name| case(name).with(Browser::with_upload_listener);
    vec![
        upload("an_upload_with_a_listener_asks_without_names")
            .fetch("POST", &["Content-Type: text/plain"])
            .arrives_with(
                &["request-method", "request-headers"],
                &["OPTIONS request-method: POST", "POST"],
            )
            .gets("200"),
        upload("an_upload_with_a_listener_needs_no_list")
            .lists(&[])
            .fetch("POST", &[])
            .arrives(&["OPTIONS", "POST"])
            .gets("200")
            // Without a list, the method counts as listed and is cached.
            .fetch("POST", &[])
            .arrives(&["POST"])
            .gets("200"),
        upload("an_upload_with_a_listener_passes_with_a_list_of_others")
            .lists(&["Allow-Methods: PUT"])
            .fetch("POST", &[])
            .arrives(&["OPTIONS", "POST"])
            .gets("200")
            .fetch("POST", &[])
            .arrives(&["OPTIONS", "POST"])
            .gets("200"),
        // By the standard, the method counts as listed here too. No engine does that.
        upload("an_upload_with_a_listener_by_put_needs_a_list")
            .lists(&[])
            .fetch("PUT", &[])
            .arrives(&["OPTIONS"])
            .gets("Method PUT"),
        upload("an_upload_with_a_listener_may_be_a_put")
            .lists(&["Allow-Methods: PUT"])
            .fetch("PUT", &[])
            .arrives(&["OPTIONS", "PUT"])
            .gets("200"),
        upload("an_upload_with_a_listener_of_a_site_to_itself_does_not_ask")
            .page("https://api.test")
            .with(Browser::with_upload_listener)
            .response(200, &[])
            .fetch("POST", &[])
            .arrives(&["POST"])
            .gets("200"),
    ]
}
