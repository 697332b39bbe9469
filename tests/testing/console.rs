//! Which of two sentences Chromium writes about a value of `Access-Control-Allow-Origin`, with the values
//! that it was given.

use cors_runtime::testing::Browser;
use http::{HeaderValue, Response, header};

use super::{PAGE, handler, request};

const OTHER: &str = "has a value";
const INVALID: &str = "contains the invalid value";

/// The bytes of the value, the sentence, and the value as it is printed.
const VALUES: &[(&[u8], &str, &str)] = &[
    (b"http://other.test", OTHER, "http://other.test"),
    (b"null", OTHER, "null"),
    (b"http://*.other.test", OTHER, "http://*.other.test"),
    (b"other.test", INVALID, "other.test"),
    (b"", INVALID, ""),
    // UTF-8, and Latin-1, which is not.
    (b"http://\xc3\xa9.test", OTHER, "http://Ã©.test"),
    (b"http://\xe9.test", INVALID, "http://é.test"),
    (b"http://b\xc3\xbccher.test", OTHER, "http://bÃ¼cher.test"),
    (b"http://b\xfccher.test", INVALID, "http://bücher.test"),
    (b"http://other.test/\xe9", OTHER, "http://other.test/é"),
    (b"\xe9", INVALID, "é"),
];

#[tokio::test]
async fn a_value_is_invalid_or_of_another_page() {
    for (bytes, sentence, printed) in VALUES {
        let mut response = Response::new(());
        let value = HeaderValue::from_bytes(bytes).unwrap();
        let headers = response.headers_mut();
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, value);
        let mut service = handler(response);
        let blocked = Browser::at(PAGE).fetch(&mut service, request("GET")).await;
        let text = blocked.unwrap_err().to_string();
        let expected = format!("The 'Access-Control-Allow-Origin' header {sentence} '{printed}'");
        assert!(text.contains(&expected), "{text}");
    }
}
