//! What is found in one value, and what the policy then holds.

use super::{checked, file, findings, is_fault};
use crate::policy::{Headers, Policy};
use crate::rules;

/// The findings in a value, and the policy. Of the hints only those of `max_age`, which has some of its own.
fn judge(key: &str, value: &str) -> (Vec<&'static str>, Policy) {
    let headers = match key {
        "allow_headers" => "",
        _ => "\"allow_headers\": [\"X-A\"], ",
    };
    let text = file(&format!(
        "{headers}\"allow_origins\": [\"https://a.example\"], \"{key}\": {value}"
    ));
    let (_, mut found, policy) = checked("krakend.json", text.as_bytes());
    found.retain(|finding| is_fault(finding) || finding.rule.name.starts_with("max_age"));
    (super::names(&found), policy.unwrap())
}

#[test]
fn durations() {
    let cases: [(&str, &[&str], Option<u64>); 27] = [
        ("10m", &[], Some(600)),
        ("601s", &["max_age_above_caps"], Some(601)),
        ("2h", &["max_age_above_caps"], Some(7_200)),
        ("24h", &["max_age_above_caps"], Some(86_400)),
        ("86401s", &["max_age_above_a_day"], Some(86_401)),
        (
            "86400.5s",
            &["max_age_fraction", "max_age_above_caps"],
            Some(86_400),
        ),
        ("1s", &[], Some(1)),
        ("1000ms", &[], Some(1)),
        (
            "0.333h",
            &["max_age_fraction", "max_age_above_caps"],
            Some(1_198),
        ),
        ("0.1234h", &["max_age_fraction"], Some(444)),
        ("2.1234567891s", &["max_age_fraction"], Some(2)),
        ("1.9s", &["max_age_fraction"], Some(1)),
        ("1500ms", &["max_age_fraction"], Some(1)),
        (
            "86401.5s",
            &["max_age_not_plain", "max_age_above_a_day"],
            Some(86_401),
        ),
        ("+10m", &["max_age_not_plain"], Some(600)),
        ("2562047h", &["max_age_above_a_day"], Some(9_223_369_200)),
        ("999ms", &["max_age_below_a_second"], None),
        ("0", &["max_age_zero"], None),
        ("-0", &["max_age_zero"], None),
        ("+0", &["max_age_zero"], None),
        ("-999ms", &["max_age_zero"], None),
        ("-1s", &["max_age_negative"], Some(0)),
        ("-48h", &["max_age_negative"], Some(0)),
        ("1w", &["malformed_max_age"], None),
        ("", &["malformed_max_age"], None),
        ("18446744073709551615s1000ms", &["malformed_max_age"], None),
        (
            "18446744073709551615 s 1000 ms",
            &["malformed_max_age"],
            None,
        ),
    ];
    for (written, expected, seconds) in cases {
        let (found, policy) = judge("max_age", &format!("\"{written}\""));
        assert_eq!(found, expected, "{written}");
        assert_eq!(policy.max_age, seconds, "{written}");
    }
}

#[test]
fn methods() {
    let cases: [(&str, &[&str], &[&str]); 16] = [
        (r#"["GET+"]"#, &["not_a_method"], &["GET"]),
        (r#"["GET+LOCK"]"#, &["unusual_method"], &["GET+LOCK"]),
        (r#"["PUT", "GET"]"#, &[], &["PUT", "GET"]),
        (
            r#"["PUT", "PUT", "GET"]"#,
            &["duplicate_method"],
            &["PUT", "GET"],
        ),
        (
            r#"["GET", "propfind"]"#,
            &["unusual_method"],
            &["GET", "propfind"],
        ),
        (
            r#"["GET", "connect"]"#,
            &["forbidden_method"],
            &["GET", "connect"],
        ),
        (
            r#"["GET", "Trace"]"#,
            &["forbidden_method"],
            &["GET", "Trace"],
        ),
        (r#"["GET", "SET"]"#, &["misspelt_method"], &["GET"]),
        (
            r#"["GET", "LOCK", "ACL"]"#,
            &["unusual_method"],
            &["GET", "LOCK", "ACL"],
        ),
        (r#"["patch"]"#, &["method_not_upper_case"], &["PATCH"]),
        (
            r#"["ALLOW", "anyone"]"#,
            &["unusual_method", "unusual_method"],
            &["ALLOW", "anyone"],
        ),
        (
            r#"[".+"]"#,
            &["star_method"],
            &["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
        ),
        (
            r#"["Http.Method.Any", "GET"]"#,
            &["star_method"],
            &["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
        ),
        (r#"[]"#, &["no_methods"], &["GET", "HEAD", "POST"]),
        (r#"[""]"#, &["not_a_method"], &["GET", "HEAD", "POST"]),
        (r#"["$M"]"#, &["placeholder"], &["GET", "HEAD", "POST"]),
    ];
    for (written, expected, methods) in cases {
        let (found, policy) = judge("allow_methods", written);
        assert_eq!(found, expected, "{written}");
        let mut held = policy.methods;
        let mut methods: Vec<&str> = methods.to_vec();
        if expected == ["star_method"] {
            held.sort();
            methods.sort_unstable();
        }
        assert_eq!(held, methods, "{written}");
    }
}

#[test]
fn headers() {
    let cases: [(&str, &[&str], Option<&str>); 9] = [
        (r#"["X-B", "X-A"]"#, &[], Some("X-B, X-A")),
        (r#"["X-B", "x-b"]"#, &["duplicate_header"], Some("X-B")),
        (
            r#"["X-B", "Sec-A", "Proxy-B", "Via"]"#,
            &["forbidden_request_header"],
            Some("X-B, Sec-A, Proxy-B, Via"),
        ),
        (
            r#"["X-B", "Access-Control-Expose-Headers"]"#,
            &["response_header_allowed"],
            Some("X-B, Access-Control-Expose-Headers"),
        ),
        (
            r#"["X-B", "Access-Control-Request-Private-Network"]"#,
            &[],
            Some("X-B, Access-Control-Request-Private-Network"),
        ),
        (r#"["X-'B'-C"]"#, &[], Some("X-'B'-C")),
        (r#"["'X-B", "X-C"]"#, &["not_a_header_name"], Some("X-C")),
        (r#"["*", "authorization"]"#, &[], None),
        (r#"[]"#, &["no_allow_headers"], None),
    ];
    for (written, expected, names) in cases {
        let (found, policy) = judge("allow_headers", written);
        assert_eq!(found, expected, "{written}");
        let held = match &policy.headers {
            Headers::Any => None,
            Headers::Listed(names) => Some(names.join(", ")),
        };
        assert_eq!(held.as_deref(), names, "{written}");
    }
    let (found, policy) = judge("expose_headers", r#"["ETag", "set-cookie2", "etag", "|"]"#);
    let expected = [
        "unexposable_header",
        "duplicate_header",
        "not_a_header_name",
    ];
    assert_eq!(found, expected);
    assert_eq!(policy.exposed, ["ETag", "set-cookie2"]);
}

/// Every name that something is said of, as Fetch and RFC 9110 write it.
#[test]
fn names() {
    let cases = [
        (
            "allow_headers",
            "forbidden_request_header",
            "Accept-Charset Accept-Encoding Access-Control-Request-Headers Access-Control-Request-Method \
             Connection Content-Length Cookie Cookie2 Date DNT Expect Host Keep-Alive Referer Set-Cookie TE \
             Trailer Transfer-Encoding Upgrade Via Proxy-Authorization Sec-Fetch-Mode",
        ),
        (
            "allow_headers",
            "response_header_allowed",
            "Access-Control-Allow-Origin Access-Control-Allow-Credentials Access-Control-Allow-Methods \
             Access-Control-Expose-Headers Access-Control-Max-Age",
        ),
        ("allow_headers", "origin_request_header", "Origin"),
        (
            "allow_headers",
            "safelisted_request_header",
            "Accept Accept-Language Content-Language",
        ),
        (
            "expose_headers",
            "safelisted_response_header",
            "Cache-Control Content-Language Content-Length Content-Type Expires Last-Modified Pragma",
        ),
        (
            "expose_headers",
            "request_header_exposed",
            "Accept Accept-Charset Accept-Encoding Accept-Language Cookie Host If-Modified-Since \
             If-None-Match Origin Referer User-Agent Access-Control-Allow-Origin",
        ),
        (
            "expose_headers",
            "unexposable_header",
            "Set-Cookie Set-Cookie2",
        ),
        (
            "allow_headers",
            "",
            "Content-Type Authorization User-Agent Range X-HTTP-Method-Override Cache-Control If-None-Match",
        ),
        (
            "expose_headers",
            "",
            "ETag Authorization Location Retry-After",
        ),
    ];
    for (key, rule, names) in cases {
        for name in names.split(' ') {
            let headers = match key {
                "allow_headers" => "",
                _ => "\"allow_headers\": [\"X-A\"], ",
            };
            let text = file(&format!(
                "{headers}\"allow_origins\": [\"https://a.example\"], \"{key}\": [\"{name}\"]"
            ));
            let mut found = super::names(&findings("krakend.json", text.as_bytes()).1);
            found.retain(|found| rules::HEADERS.iter().any(|rule| rule.name == *found));
            assert_eq!(found.join(" "), rule, "{name} in {key}");
        }
    }
}
