//! Headers that scripts set: which ones need a preflight, and which ones browsers drop.

use crate::case::{Case, agree, case};

#[tokio::test]
async fn request_headers() {
    agree(cases()).await;
}

pub(crate) fn cases() -> Vec<Case> {
    [safelisted(), unsafe_values(), unsafe_names(), forbidden()]
        .into_iter()
        .flatten()
        .collect()
}

/// [CORS-safelisted request-header].
///
/// [CORS-safelisted request-header]: https://fetch.spec.whatwg.org/#cors-safelisted-request-header
fn safelisted() -> Vec<Case> {
    let longest = format!("Accept: {}", "a".repeat(128));
    let cases = [
        ("accept", "Accept: text/html;q=0.5, */*"),
        ("accept_of_128_bytes", &longest),
        ("accept_with_a_tab", "Accept: text/html,\ttext/plain"),
        ("accept_language", "Accept-Language: de-CH, *;q=0.5"),
        ("content_language", "Content-Language: de, en"),
        ("a_form", "Content-Type: application/x-www-form-urlencoded"),
        (
            "a_form_with_files",
            "Content-Type: multipart/form-data; boundary=a-b",
        ),
        ("a_text", "Content-Type: text/plain"),
        (
            "a_text_with_a_charset",
            "Content-Type: text/plain;charset=utf-8",
        ),
        ("a_text_in_upper_case", "Content-Type: TEXT/PLAIN"),
        ("a_range_to_the_end", "Range: bytes=500-"),
        ("a_range", "Range: bytes=0-499"),
        ("a_range_of_one_byte", "Range: bytes=07-7"),
    ];
    let cases = cases.map(|(name, line)| {
        case(format!("{name}_needs_no_preflight"))
            .fetch("POST", &[line])
            .arrives(&["POST"])
            .gets("200")
    });
    let spaces = case("spaces_around_a_value_are_not_sent")
        .fetch("POST", &["Content-Type:  text/plain\t"])
        .arrives_with(&["content-type"], &["POST content-type: text/plain"])
        .gets("200");
    cases.into_iter().chain([spaces]).collect()
}

/// A safelisted name is not enough.
fn unsafe_values() -> Vec<Case> {
    let long = format!("Accept: {}", "a".repeat(129));
    let cases = [
        ("accept_of_129_bytes", long.as_str()),
        (
            "accept_language_with_an_underscore",
            "Accept-Language: de_CH",
        ),
        ("accept_language_with_a_slash", "Accept-Language: de/CH"),
        ("content_language_with_a_plus", "Content-Language: de+en"),
        ("json", "Content-Type: application/json"),
        (
            "json_with_a_charset",
            "Content-Type: application/json; charset=utf-8",
        ),
        ("no_type", "Content-Type: text"),
        ("html", "Content-Type: text/html"),
        (
            "a_text_with_a_quoted_charset",
            "Content-Type: text/plain; charset=\"utf-8\"",
        ),
        ("two_types", "Content-Type: text/plain, text/plain"),
        ("a_range_from_the_end", "Range: bytes=-500"),
        ("a_range_without_numbers", "Range: bytes=-"),
        ("two_ranges", "Range: bytes=0-1,5-6"),
        ("a_range_with_a_space", "Range: bytes= 0-1"),
        ("a_range_backwards", "Range: bytes=10-9"),
        ("a_range_in_another_unit", "Range: lines=0-1"),
        ("a_range_in_upper_case", "Range: Bytes=0-1"),
    ];
    let cases = cases.map(|(name, line)| asked(name, line));
    // One fetch for each byte: "CORS-unsafe request-header byte".
    let bytes = br#""():<>?@[\]{}"#.iter().fold(
        case("an_unsafe_byte_in_accept_needs_a_preflight"),
        |case, byte| {
            let line = format!("Accept: text/{}", char::from(*byte));
            let case = case.fetch("GET", &[&line]).wait(5);
            case.arrives(&["OPTIONS", "GET"]).gets("200")
        },
    );
    cases.into_iter().chain([bytes]).collect()
}

/// Names that scripts may set after a preflight.
fn unsafe_names() -> Vec<Case> {
    let cases = [
        ("a_name_of_the_service", "X-A: 1"),
        ("authorization", "Authorization: Bearer 42"),
        ("cache_control", "Cache-Control: no-cache"),
        ("if_none_match", "If-None-Match: \"a\""),
        (
            "if_modified_since",
            "If-Modified-Since: Thu, 01 Jan 1970 00:00:00 GMT",
        ),
        ("x_requested_with", "X-Requested-With: XMLHttpRequest"),
        // Chromium sends these without a preflight.
        ("user_agent", "User-Agent: shop"),
        ("dpr", "DPR: 2"),
        ("save_data", "Save-Data: on"),
        ("another_method", "X-HTTP-Method: PUT"),
        (
            "an_overriding_method",
            "X-HTTP-Method-Override: PATCH, DELETE",
        ),
        (
            "an_overriding_method_by_another_name",
            "X-Method-Override: traces",
        ),
        ("an_allowing_header", "Allow-Origin: *"),
    ];
    cases.map(|(name, line)| asked(name, line)).into()
}

fn asked(name: &str, line: &str) -> Case {
    let (header, _) = line.split_once(':').unwrap();
    let header = crate::service::long(header);
    case(format!("{name}_needs_a_preflight"))
        .fetch("POST", &[line])
        .arrives_with(
            &["request-headers"],
            &[&format!("OPTIONS request-headers: {header}"), "POST"],
        )
        .gets("200")
}

/// [Forbidden request-headers]: scripts cannot set them, so no preflight asks for them.
///
/// [Forbidden request-headers]: https://fetch.spec.whatwg.org/#forbidden-request-header
fn forbidden() -> Vec<Case> {
    const NAMES: &[&str] = &[
        "Accept-Charset",
        "Accept-Encoding",
        "Access-Control-Request-Headers",
        "Access-Control-Request-Method",
        "Connection",
        "Content-Length",
        "Cookie",
        "Cookie2",
        "Date",
        "DNT",
        "Expect",
        "Keep-Alive",
        "Referer",
        "Set-Cookie",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade",
        "Via",
        "Proxy-Authorization",
        "Proxy-A",
        "Sec-Purpose",
        "Sec-A",
    ];
    const METHODS: &[&str] = &[
        "x-http-method",
        "x-http-method-override",
        "x-method-override",
    ];

    let names = NAMES.iter().map(|name| {
        case(format!("a_script_cannot_set_{name}"))
            .fetch("GET", &[&format!("{name}: 1")])
            .arrives_with(NAMES, &["GET"])
            .gets("200")
    });
    // The browser's own values remain.
    let own = [
        case("a_script_cannot_set_host")
            .fetch("GET", &["Host: shop.test"])
            .arrives_with(&["host"], &["GET host: api.test"])
            .gets("200"),
        case("a_script_cannot_set_origin")
            .fetch("GET", &["Origin: https://api.test"])
            .arrives_with(&["origin"], &["GET origin: https://shop.test"])
            .gets("200"),
    ];
    let values = ["TRACE", "track", "PUT, CONNECT"];
    let methods = METHODS.iter().zip(values).map(|(name, value)| {
        case(format!("a_script_cannot_set_{name}_to_a_forbidden_method"))
            .fetch("GET", &[&format!("{name}: {value}")])
            .arrives_with(METHODS, &["GET"])
            .gets("200")
    });
    // "Get, decode, and split" keeps quoted strings together, and their quotes are part of the value.
    let quoted = [
        ("before_a_forbidden_method", r#""a",TRACE"#, false),
        (
            "with_a_comma_before_a_forbidden_method",
            r#""a,b" , TRACE"#,
            false,
        ),
        ("with_a_forbidden_method", r#""a,TRACE,b""#, true),
        ("of_a_forbidden_method", r#""TRACE""#, true),
        (
            "with_a_quote_and_a_forbidden_method",
            r#""a\",TRACE""#,
            true,
        ),
        // Firefox drops it.
        ("that_does_not_end", r#""a,TRACE"#, true),
    ];
    let quoted = quoted.map(|(name, value, is_sent)| {
        let arrives: &[&str] = if is_sent {
            &["OPTIONS", "GET"]
        } else {
            &["GET"]
        };
        case(format!("a_quoted_method_{name}"))
            .fetch("GET", &[&format!("X-HTTP-Method-Override: {value}")])
            .arrives(arrives)
            .gets("200")
    });
    names.chain(own).chain(methods).chain(quoted).collect()
}
