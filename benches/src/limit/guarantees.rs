//! The careful code must give the guarantees that it claims. Otherwise it would not be a limit.

use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, header};

use crate::cases::{self, Case};
use crate::kinds::library;

type Change = fn(&mut Method, &mut HeaderMap, &mut HeaderMap);

/// What a request or a handler's response may have, in addition to the measured cases.
const CHANGES: [(&str, Change); 10] = [
    ("nothing", |_, _, _| {}),
    ("no origin", |_, request, _| {
        request.remove(header::ORIGIN);
    }),
    ("two origins", |_, request, _| {
        request.append(header::ORIGIN, value("https://app.example.com"));
    }),
    ("an origin in upper case", |_, request, _| {
        request.insert(header::ORIGIN, value("HTTPS://APP.EXAMPLE.COM"));
    }),
    ("another method", |method, _, _| *method = Method::PATCH),
    ("OPTIONS, but no preflight", |method, request, _| {
        *method = Method::OPTIONS;
        request.remove(header::ACCESS_CONTROL_REQUEST_METHOD);
    }),
    ("CORS headers of a backend", |_, _, response| {
        response.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, value("*"));
        response.append(header::ACCESS_CONTROL_ALLOW_ORIGIN, value("null"));
        response.insert(header::ACCESS_CONTROL_MAX_AGE, value("1"));
    }),
    ("another Vary", |_, _, response| {
        response.insert(header::VARY, value("Accept-Encoding"));
    }),
    ("the same Vary", |_, _, response| {
        response.append(header::VARY, value("accept, origin"));
    }),
    ("a Vary of everything", |_, _, response| {
        response.append(header::VARY, value("*"));
    }),
];

#[test]
fn the_limit_responds_as_the_library_does() {
    for case in cases::all() {
        for (what, change) in CHANGES {
            let policy = case.subject.policy;
            let ours = headers(case, change, |method, request, response| {
                library(policy, method, request, response)
            });
            let limit = headers(case, change, case.subject.limit);
            assert!(ours == limit, "{}, with {what}", case.name);
        }
    }
}

/// The lines of a response, sorted, with `Vary` split into its names.
fn headers(
    case: &Case,
    change: Change,
    respond: impl Fn(&Method, &HeaderMap, &mut HeaderMap) -> Option<Response<()>>,
) -> Vec<(HeaderName, String)> {
    let mut method = case.request.method.clone();
    let mut request = case.request.headers.clone();
    let mut headers = HeaderMap::new();
    change(&mut method, &mut request, &mut headers);
    if let Some(response) = respond(&method, &request, &mut headers) {
        headers = response.into_parts().0.headers;
    }
    let mut lines = Vec::new();
    for (name, value) in &headers {
        let text = String::from_utf8_lossy(value.as_bytes());
        if *name == header::VARY {
            lines.extend(text.split(", ").map(|n| (name.clone(), n.to_lowercase())))
        } else {
            lines.push((name.clone(), text.into_owned()))
        }
    }
    lines.sort_by(|(a, x), (b, y)| (a.as_str(), x).cmp(&(b.as_str(), y)));
    lines
}

fn value(text: &'static str) -> HeaderValue {
    HeaderValue::from_static(text)
}
