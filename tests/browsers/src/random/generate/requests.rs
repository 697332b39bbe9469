//! What scripts ask for.

use proptest::collection::vec;
use proptest::option::weighted as sometimes;
use proptest::prelude::Strategy;

use super::{one_in, page, responses, weighted};
use crate::random::case::{Call, Credentials};

pub(super) fn call() -> impl Strategy<Value = Call> {
    let to = weighted(&[(6, 0), (1, 1), (1, 2), (1, 3)]);
    let credentials = weighted(&[
        (5, Credentials::SameOrigin),
        (4, Credentials::Include),
        (1, Credentials::Omit),
    ]);
    let body = sometimes(0.4, weighted(&[(1, "{}"), (1, "")]));
    let request = (weighted(METHODS), headers(), credentials, body);
    let preflight = sometimes(0.2, responses::preflight());
    (page(), to, request, preflight).prop_map(|(page, to, request, preflight)| {
        let (method, headers, credentials, body) = request;
        let has_body = !["GET", "HEAD"].contains(&method.to_uppercase().as_str());
        Call {
            page,
            to,
            method: method.to_owned(),
            headers,
            credentials,
            body: body.filter(|_| has_body).map(str::to_owned),
            preflight,
        }
    })
}

/// A header twice is rare, because it makes most of the difference.
fn headers() -> impl Strategy<Value = Vec<(String, String)>> {
    let common = vec(weighted(COMMON), 0..3);
    let odd = vec(weighted(ODD), 0..2);
    let near = sometimes(0.3, weighted(LIMITS)).prop_map(|it| {
        it.map(|(name, start, length)| {
            let filled = start.to_owned() + &"1".repeat(length - start.len());
            (name.to_owned(), filled)
        })
    });
    (common, odd, near, one_in(60)).prop_map(|(common, odd, near, repeats)| {
        let mut headers: Vec<(String, String)> = Vec::new();
        let chosen = common.into_iter().chain(odd);
        let chosen = chosen.map(|(name, value)| (name.to_owned(), value.to_owned()));
        for (name, value) in chosen.chain(near) {
            let is_set = headers
                .iter()
                .any(|(set, _)| set.eq_ignore_ascii_case(&name));
            if repeats || !is_set {
                headers.push((name, value));
            }
        }
        headers
    })
}

const METHODS: &[(u32, &str)] = &[
    (10, "GET"),
    (7, "PUT"),
    (5, "POST"),
    (3, "DELETE"),
    (2, "PATCH"),
    (2, "HEAD"),
    (1, "OPTIONS"),
    (1, "put"),
    (1, "get"),
    (1, "Post"),
    (1, "dElEtE"),
    (1, "patch"),
    (1, "Patch"),
    (1, "PROPFIND"),
    (1, "PUTS"),
    (1, "x!#$%&'*+.^_`|~1"),
    (1, "TRACE"),
    (1, "connect"),
];

type Field = (&'static str, &'static str);

const COMMON: &[(u32, Field)] = &[
    (4, ("X-A", "1")),
    (3, ("x-b", "2")),
    (2, ("X-C", "")),
    (4, ("Content-Type", "application/json")),
    (3, ("Content-Type", "text/plain")),
    (1, ("Content-Type", "multipart/form-data; boundary=1")),
    (1, ("Content-Type", "application/x-www-form-urlencoded")),
    (2, ("Accept", "application/json")),
    (2, ("Accept-Language", "de-DE, en;q=0.5")),
    (1, ("Content-Language", "en-US")),
    (3, ("Authorization", "Bearer 42")),
    (2, ("Range", "bytes=0-9")),
    (1, ("Range", "bytes=5-")),
];

const ODD: &[(u32, Field)] = &[
    // Safelisted by their values, or just not.
    (2, ("Content-Type", "TEXT/PLAIN")),
    (2, ("Content-Type", " text/plain ; charset=utf-8\t")),
    (2, ("Content-Type", "text/plain;charset=\"utf-8\"")),
    (2, ("Content-Type", "text/plain,application/json")),
    (1, ("Content-Type", "text/plain;a=b,text/html")),
    (2, ("Content-Type", "text/plain; a:b")),
    (2, ("Content-Type", "text/html")),
    (2, ("Content-Type", "text")),
    (2, ("Content-Type", "")),
    (2, ("Accept", "")),
    (2, ("Accept", "text/html;q=\"1\"")),
    (2, ("Accept", "a\tb")),
    (2, ("Accept", "é")),
    (2, ("Accept", "{}")),
    (2, ("Accept-Language", "en_US")),
    (2, ("Accept-Language", "*, -.;=")),
    (2, ("Content-Language", "en\tUS")),
    (2, ("Content-Language", "é")),
    (2, ("Range", "bytes=9-0")),
    (2, ("Range", "bytes=-9")),
    (2, ("Range", "bytes=0-9,20-29")),
    (2, ("Range", "bytes= 0-9")),
    (2, ("Range", "Bytes=0-9")),
    (2, ("Range", "bytes=009-9")),
    (2, ("Range", "items=0-9")),
    (2, ("Range", "")),
    // Unsafe, and some of them mean something to a browser.
    (2, ("X-Requested-With", "XMLHttpRequest")),
    (2, ("X!#$%&'*+.^_`|~1", "1")),
    (2, ("If-Match", "\"1\"")),
    (2, ("If-None-Match", "\"1\"")),
    (1, ("If-Modified-Since", "Thu, 01 Jan 2015 00:00:00 GMT")),
    (1, ("If-Unmodified-Since", "Thu, 01 Jan 2035 00:00:00 GMT")),
    (1, ("If-Range", "\"1\"")),
    (1, ("Cache-Control", "no-cache")),
    (1, ("Pragma", "no-cache")),
    (1, ("User-Agent", "me")),
    (1, ("DPR", "2")),
    (1, ("Save-Data", "on")),
    (1, ("Device-Memory", "8")),
    (1, ("RTT", "50")),
    (1, ("Viewport-Width", "100")),
    (1, ("Last-Event-ID", "1")),
    // Forbidden, or nearly.
    (2, ("Cookie", "forged=1")),
    (2, ("Origin", "http://forged.test")),
    (2, ("Host", "forged.test")),
    (2, ("Referer", "http://forged.test/")),
    (2, ("Access-Control-Request-Method", "forged")),
    (2, ("Access-Control-Request-Headers", "forged")),
    (2, ("Accept-Charset", "forged")),
    (2, ("Accept-Encoding", "forged")),
    (2, ("Content-Length", "forged")),
    (2, ("Date", "forged")),
    (2, ("DNT", "forged")),
    (2, ("Via", "forged")),
    (2, ("TE", "forged")),
    (2, ("Set-Cookie", "forged=1")),
    (2, ("Sec-Fetch-Mode", "forged")),
    (2, ("Proxy-Authorization", "forged")),
    (2, ("Secure", "1")),
    (2, ("Proxy", "1")),
    (2, ("X-HTTP-Method-Override", "PATCH")),
    (2, ("X-HTTP-Method-Override", "forged, trace")),
    (2, ("X-Method-Override", "forged,CONNECT,")),
    (2, ("X-HTTP-Method", "TRACER")),
    (1, ("X-HTTP-Method-Override", "\"x,TRACE")),
];

/// Name, start and length. The start is filled up with digits.
const LIMITS: &[(u32, (&str, &str, usize))] = &[
    (4, ("Accept", "a", 128)),
    (4, ("Accept", "a", 129)),
    (4, ("Accept-Language", "a", 128)),
    (4, ("Accept-Language", "a", 129)),
    (4, ("Content-Language", "a", 128)),
    (4, ("Content-Language", "a", 129)),
    (4, ("Content-Type", "text/plain;a=", 128)),
    (4, ("Content-Type", "text/plain;a=", 129)),
    (4, ("Range", "bytes=0-", 17)),
    (1, ("Range", "bytes=0-", 32)),
];
