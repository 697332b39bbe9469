//! Mistakes in `allow_headers` and `expose_headers`.

#[cfg(test)]
use super::Example::*;
use super::rules;
#[cfg(test)]
use super::sources::*;

rules! { HEADERS:
NOT_A_HEADER_NAME = "not_a_header_name", Error {
    meaning: "an entry is one header name, and a name is one token: letters, digits and hyphens; one malformed entry spoils the whole list: browsers refuse every preflight for `allow_headers`, and expose nothing for `expose_headers`",
    example: Cors("\"allow_headers\": [\"Content-Type, X-Request-Id\"]"),
    remedy: "write each name as an entry of its own",
    source: NEW_SYNTAX,
}
STAR_INSIDE_HEADER_NAME = "star_inside_header_name", Warning {
    meaning: "header names have no wildcards: browsers and KrakenD take `X-*` for one header of exactly that name",
    example: Cors("\"allow_headers\": [\"X-*\"]"),
    remedy: "list the names",
    source: PREFLIGHT,
}
FORBIDDEN_REQUEST_HEADER = "forbidden_request_header", Warning {
    meaning: "browsers set this header themselves; when a script tries to, they silently drop it, so no preflight ever asks for it",
    example: Cors("\"allow_headers\": [\"Cookie\"]"),
    remedy: "remove it",
    source: FORBIDDEN_REQUEST,
}
ORIGIN_REQUEST_HEADER = "origin_request_header", Hint {
    meaning: "browsers set `Origin` themselves, so no preflight ever asks for it; it is listed in KrakenD's own samples and does no harm",
    example: Cors("\"allow_headers\": [\"Origin\", \"Content-Type\"]"),
    remedy: "remove it",
    source: FORBIDDEN_REQUEST,
}
RESPONSE_HEADER_ALLOWED = "response_header_allowed", Warning {
    meaning: "this is a response header of CORS: the server sends it; a request that carries it gets no other response, it only needs a preflight",
    example: Cors("\"allow_headers\": [\"Access-Control-Allow-Origin\"]"),
    remedy: "remove it, and out of the client's code",
    source: PREFLIGHT,
}
STAR_HEADERS_WITH_CREDENTIALS = "star_headers_with_credentials", Warning {
    meaning: "for requests with credentials browsers take `*` for a header of that name; it works because the names that a preflight asks for are sent back, which allows any header",
    example: Cors("\"allow_headers\": [\"*\"], \"allow_credentials\": true"),
    remedy: "list the names that scripts send, such as `Content-Type`, in place of `*`",
    source: CREDENTIALS,
}
NO_ALLOW_HEADERS = "no_allow_headers", Warning {
    meaning: "without any names KrakenD allows every request header, although its documentation says that it allows none",
    example: Cors("\"allow_headers\": []"),
    remedy: "list the names that scripts send, such as `Content-Type`; write `*` if any header is meant",
    source: KRAKEND,
}
HEADERS_BESIDE_STAR = "headers_beside_star", Warning {
    meaning: "`*` in the list allows every header, so the other names add nothing; only `Authorization` is worth naming beside it, which `*` does not cover in Fetch",
    example: Cors("\"allow_headers\": [\"*\", \"X-Request-Id\"]"),
    remedy: "remove the other names; or remove `*`, to allow these alone",
    source: KRAKEND,
}
CONTENT_TYPE_MISSING = "content_type_missing", Hint {
    meaning: "to send JSON, a script must set `Content-Type: application/json`, and browsers refuse that unless the list has `Content-Type`",
    example: Cors("\"allow_methods\": [\"GET\", \"POST\"], \"allow_headers\": [\"X-Request-Id\"]"),
    remedy: "add `Content-Type`, if scripts send JSON",
    source: SAFELISTED_REQUEST,
}
SAFELISTED_REQUEST_HEADER = "safelisted_request_header", Hint {
    meaning: "browsers let scripts send `Accept`, `Accept-Language` and `Content-Language` without asking, unless the value is longer than 128 bytes or has unusual characters",
    example: Cors("\"allow_headers\": [\"Accept\", \"Content-Type\"]"),
    remedy: "remove it, unless scripts send such values",
    source: SAFELISTED_REQUEST,
}
DUPLICATE_HEADER = "duplicate_header", Warning {
    meaning: "header names are compared without regard to case, and once is enough",
    example: Cors("\"allow_headers\": [\"Content-Type\", \"content-type\"]"),
    remedy: "remove the second",
    source: NEW_SYNTAX,
}
UNEXPOSABLE_HEADER = "unexposable_header", Denied {
    meaning: "no script can read `Set-Cookie` or `Set-Cookie2`: browsers hide them whatever is exposed",
    example: Cors("\"expose_headers\": [\"Set-Cookie\"]"),
    remedy: "remove it; to tell a script something, send it in another header or in the body",
    source: FORBIDDEN_RESPONSE,
}
STAR_EXPOSE_WITH_CREDENTIALS = "star_expose_with_credentials", Error {
    meaning: "for requests with credentials browsers take `*` for a header of that name, so scripts can read no more than the safelisted response headers; KrakenD sends `*` as it is",
    example: Cors("\"expose_headers\": [\"*\"], \"allow_credentials\": true"),
    remedy: "list the names that scripts read, in place of `*`",
    source: CREDENTIALS,
}
EXPOSED_BESIDE_STAR = "exposed_beside_star", Warning {
    meaning: "`*` exposes every header to requests without credentials, so the other names add nothing",
    example: Cors("\"expose_headers\": [\"*\", \"X-Request-Id\"]"),
    remedy: "remove the other names; or remove `*`, to expose these alone",
    source: CREDENTIALS,
}
SAFELISTED_RESPONSE_HEADER = "safelisted_response_header", Hint {
    meaning: "scripts can always read `Cache-Control`, `Content-Language`, `Content-Length`, `Content-Type`, `Expires`, `Last-Modified` and `Pragma`",
    example: Cors("\"expose_headers\": [\"Content-Length\"]"),
    remedy: "remove it",
    source: SAFELISTED_RESPONSE,
}
REQUEST_HEADER_EXPOSED = "request_header_exposed", Warning {
    meaning: "scripts have no use for it in a response: it is a request header, or a header of CORS that only the browser needs",
    example: Cors("\"expose_headers\": [\"Origin\"]"),
    remedy: "remove it",
    source: SAFELISTED_RESPONSE,
}
}
