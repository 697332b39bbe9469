//! Constants of the crate `http`: in Rust, these are what lists of methods and headers are made of.

use proc_macro2::TokenTree;

/// The crates that have the modules of `http` at their root.
const CRATES: [&str; 3] = ["http", "hyper", "reqwest"];

/// The constants of `Method`.
const METHODS: [&str; 9] = [
    "GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "CONNECT", "PATCH", "TRACE",
];

/// The constants of the module `header`, as these names are usually written.
const HEADERS: [&str; 81] = [
    "Accept",
    "Accept-Charset",
    "Accept-Encoding",
    "Accept-Language",
    "Accept-Ranges",
    "Access-Control-Allow-Credentials",
    "Access-Control-Allow-Headers",
    "Access-Control-Allow-Methods",
    "Access-Control-Allow-Origin",
    "Access-Control-Expose-Headers",
    "Access-Control-Max-Age",
    "Access-Control-Request-Headers",
    "Access-Control-Request-Method",
    "Age",
    "Allow",
    "Alt-Svc",
    "Authorization",
    "Cache-Control",
    "Cache-Status",
    "CDN-Cache-Control",
    "Connection",
    "Content-Disposition",
    "Content-Encoding",
    "Content-Language",
    "Content-Length",
    "Content-Location",
    "Content-Range",
    "Content-Security-Policy",
    "Content-Security-Policy-Report-Only",
    "Content-Type",
    "Cookie",
    "DNT",
    "Date",
    "ETag",
    "Expect",
    "Expires",
    "Forwarded",
    "From",
    "Host",
    "If-Match",
    "If-Modified-Since",
    "If-None-Match",
    "If-Range",
    "If-Unmodified-Since",
    "Last-Modified",
    "Link",
    "Location",
    "Max-Forwards",
    "Origin",
    "Pragma",
    "Proxy-Authenticate",
    "Proxy-Authorization",
    "Public-Key-Pins",
    "Public-Key-Pins-Report-Only",
    "Range",
    "Referer",
    "Referrer-Policy",
    "Refresh",
    "Retry-After",
    "Sec-WebSocket-Accept",
    "Sec-WebSocket-Extensions",
    "Sec-WebSocket-Key",
    "Sec-WebSocket-Protocol",
    "Sec-WebSocket-Version",
    "Server",
    "Set-Cookie",
    "Strict-Transport-Security",
    "TE",
    "Trailer",
    "Transfer-Encoding",
    "User-Agent",
    "Upgrade",
    "Upgrade-Insecure-Requests",
    "Vary",
    "Via",
    "Warning",
    "WWW-Authenticate",
    "X-Content-Type-Options",
    "X-DNS-Prefetch-Control",
    "X-Frame-Options",
    "X-XSS-Protection",
];

/// The text of `Method::GET`, `http::header::CONTENT_TYPE` and the like.
pub(super) fn text(trees: &[TokenTree]) -> Option<&'static str> {
    let path = path(trees)?;
    let [before @ .., module, name] = path.as_slice() else {
        return None;
    };
    let is_of_http = before
        .last()
        .is_none_or(|module| CRATES.iter().any(|known| module == known));
    let known = match module.as_str() {
        _ if !is_of_http => return None,
        "Method" => METHODS.iter().find(|method| name == *method),
        "header" => HEADERS.iter().find(|header| *name == constant(header)),
        _ => None,
    };
    known.copied()
}

/// What the constant of a header is called.
fn constant(header: &str) -> String {
    header.to_ascii_uppercase().replace('-', "_")
}

/// The names in a path of a few names.
fn path(trees: &[TokenTree]) -> Option<Vec<String>> {
    if trees.len() > 20 {
        return None;
    }
    let separator = |trees: &[TokenTree]| match trees {
        [TokenTree::Punct(one), TokenTree::Punct(two)] => {
            one.as_char() == ':' && two.as_char() == ':'
        }
        _ => false,
    };
    let trees = match trees.split_at_checked(2) {
        Some((leading, rest)) if separator(leading) => rest,
        _ => trees,
    };
    let mut names = Vec::new();
    for part in trees.chunks(3) {
        match part {
            [TokenTree::Ident(name), rest @ ..] if rest.is_empty() || separator(rest) => {
                names.push(name.to_string());
            }
            _ => return None,
        }
    }
    Some(names)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use http::{Method, header};

    use super::{HEADERS, METHODS, constant, text};

    fn of(rust: &str) -> Option<&'static str> {
        let stream: proc_macro2::TokenStream = rust.parse().unwrap();
        text(&stream.into_iter().collect::<Vec<_>>())
    }

    /// The constants by their names.
    macro_rules! constants {
        ($module:path: $($name:ident)*) => {{
            use $module as module;
            BTreeMap::from([$((stringify!($name).to_owned(), module::$name.as_str().to_owned())),*])
        }};
    }

    #[test]
    fn the_constants_are_those_of_http() {
        let methods = METHODS.map(|method| (method.to_owned(), method.to_owned()));
        assert_eq!(
            constants!(Method: GET POST PUT DELETE HEAD OPTIONS CONNECT PATCH TRACE),
            BTreeMap::from(methods)
        );
        let headers = HEADERS.map(|header| (constant(header), header.to_ascii_lowercase()));
        assert_eq!(
            constants!(header: ACCEPT ACCEPT_CHARSET ACCEPT_ENCODING ACCEPT_LANGUAGE ACCEPT_RANGES ACCESS_CONTROL_ALLOW_CREDENTIALS ACCESS_CONTROL_ALLOW_HEADERS ACCESS_CONTROL_ALLOW_METHODS ACCESS_CONTROL_ALLOW_ORIGIN ACCESS_CONTROL_EXPOSE_HEADERS ACCESS_CONTROL_MAX_AGE ACCESS_CONTROL_REQUEST_HEADERS ACCESS_CONTROL_REQUEST_METHOD AGE ALLOW ALT_SVC AUTHORIZATION CACHE_CONTROL CACHE_STATUS CDN_CACHE_CONTROL CONNECTION CONTENT_DISPOSITION CONTENT_ENCODING CONTENT_LANGUAGE CONTENT_LENGTH CONTENT_LOCATION CONTENT_RANGE CONTENT_SECURITY_POLICY CONTENT_SECURITY_POLICY_REPORT_ONLY CONTENT_TYPE COOKIE DNT DATE ETAG EXPECT EXPIRES FORWARDED FROM HOST IF_MATCH IF_MODIFIED_SINCE IF_NONE_MATCH IF_RANGE IF_UNMODIFIED_SINCE LAST_MODIFIED LINK LOCATION MAX_FORWARDS ORIGIN PRAGMA PROXY_AUTHENTICATE PROXY_AUTHORIZATION PUBLIC_KEY_PINS PUBLIC_KEY_PINS_REPORT_ONLY RANGE REFERER REFERRER_POLICY REFRESH RETRY_AFTER SEC_WEBSOCKET_ACCEPT SEC_WEBSOCKET_EXTENSIONS SEC_WEBSOCKET_KEY SEC_WEBSOCKET_PROTOCOL SEC_WEBSOCKET_VERSION SERVER SET_COOKIE STRICT_TRANSPORT_SECURITY TE TRAILER TRANSFER_ENCODING USER_AGENT UPGRADE UPGRADE_INSECURE_REQUESTS VARY VIA WARNING WWW_AUTHENTICATE X_CONTENT_TYPE_OPTIONS X_DNS_PREFETCH_CONTROL X_FRAME_OPTIONS X_XSS_PROTECTION),
            BTreeMap::from(headers)
        );
    }

    #[test]
    fn only_paths_that_lead_to_http() {
        let cases = [
            ("Method::GET", Some("GET")),
            ("http::Method::PATCH", Some("PATCH")),
            ("::http::Method::PUT", Some("PUT")),
            ("axum::http::Method::PUT", Some("PUT")),
            ("hyper::Method::PUT", Some("PUT")),
            ("header::CONTENT_TYPE", Some("Content-Type")),
            ("http::header::ETAG", Some("ETag")),
            ("axum::http::header::DNT", Some("DNT")),
            ("GET", None),
            ("CONTENT_TYPE", None),
            ("Method::Get", None),
            ("Method::PURGE", None),
            ("Method::GET.as_str()", None),
            ("&Method::GET", None),
            ("method::GET", None),
            ("my::Method::GET", None),
            ("my::header::CONTENT_TYPE", None),
            ("header::X_REQUEST_ID", None),
            ("header::name::CONTENT_TYPE", None),
            ("Method::<GET>", None),
            ("Method::", None),
            ("::", None),
        ];
        for (rust, expected) in cases {
            assert_eq!(of(rust), expected, "{rust}");
        }
    }
}
