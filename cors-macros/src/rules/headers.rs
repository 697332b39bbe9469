//! Mistakes in `allow_headers` and `expose_headers`.

#[cfg(any(test, feature = "check"))]
use super::Example::*;
use super::rules;
#[cfg(any(test, feature = "check"))]
use super::sources::*;

rules! { HEADERS:
NOT_A_HEADER_NAME = "not_a_header_name", Error {
    meaning: "an entry is one header name: letters, digits and hyphens. In `allow_headers` KrakenD never matches anything else; in `expose_headers` it sends it, and most such entries make browsers expose nothing",
    example: Cors("\"allow_headers\": [\"Content-Type, X-Request-Id\"]"),
    help: "write each name as an entry of its own",
    source: NEW_SYNTAX,
}
MISSPELT_HEADER_NAME = "misspelt_header_name", Warning {
    meaning: "this is nearly the name of a well-known header, and is not that header. Browsers and KrakenD compare header names letter by letter, except for case",
    example: Cors("\"allow_headers\": [\"Authorisation\"]"),
    right: Cors("\"allow_headers\": [\"Authorization\"]"),
    help: "check the spelling, and keep it if exactly this is sent",
    source: PREFLIGHT,
}
NOT_EVERY_HEADER = "not_every_header", Warning {
    meaning: "browsers and KrakenD read a word such as `all` as the name of one header. Only the entry `*` means every header",
    example: Cors("\"allow_headers\": [\"all\"]"),
    right: Cors("\"allow_headers\": [\"Content-Type\"]"),
    help: "list the names that are meant",
    source: PREFLIGHT,
}
STAR_INSIDE_HEADER_NAME = "star_inside_header_name", Warning {
    meaning: "header names have no wildcards. Browsers and KrakenD read `X-*` as one header with exactly that name",
    example: Cors("\"allow_headers\": [\"X-*\"]"),
    right: Cors("\"allow_headers\": [\"X-Request-Id\"]"),
    help: "list the names",
    source: PREFLIGHT,
}
FORBIDDEN_REQUEST_HEADER = "forbidden_request_header", Warning {
    meaning: "only the browser sets this header. When a script sets it, the browser silently drops it, so no preflight ever asks for it",
    example: Cors("\"allow_headers\": [\"Cookie\"]"),
    right: Cors("\"allow_headers\": [\"Authorization\"]"),
    help: "remove it",
    source: FORBIDDEN_REQUEST,
}
ORIGIN_REQUEST_HEADER = "origin_request_header", Hint {
    meaning: "only the browser sets `Origin`, so no preflight ever asks for it. KrakenD's own samples list it, and it does no harm",
    example: Cors("\"allow_headers\": [\"Origin\", \"Content-Type\"]"),
    help: "remove it",
    source: FORBIDDEN_REQUEST,
}
RESPONSE_HEADER_ALLOWED = "response_header_allowed", Warning {
    meaning: "this is a header that the server sends. In a request it does nothing but cause a preflight",
    example: Cors("\"allow_headers\": [\"Access-Control-Allow-Origin\"]"),
    right: Cors("\"allow_headers\": [\"X-Request-Id\"]"),
    help: "remove it here, and from the script that sets it",
    source: PREFLIGHT,
}
STAR_HEADERS_WITH_CREDENTIALS = "star_headers_with_credentials", Warning {
    meaning: "this works today only because KrakenD sends back whatever names the browser asks for, so every header is allowed. By the standard, `*` means nothing for requests with credentials",
    example: Cors("\"allow_headers\": [\"*\"], \"allow_credentials\": true"),
    right: Cors("\"allow_headers\": [\"Content-Type\"], \"allow_credentials\": true"),
    help: "list the names that scripts send, such as `Content-Type`, instead of `*`",
    source: CREDENTIALS,
}
NO_ALLOW_HEADERS = "no_allow_headers", Warning {
    meaning: "if no names are listed, KrakenD allows every request header. Its documentation says that it allows none",
    example: Cors("\"allow_headers\": []"),
    right: Cors("\"allow_headers\": [\"Content-Type\"]"),
    help: "list the names that scripts send, such as `Content-Type`, or write `*` if any header is meant",
    source: KRAKEND,
}
HEADERS_BESIDE_STAR = "headers_beside_star", Warning {
    meaning: "`*` in the list allows every header, so the other names add nothing. Only `Authorization` is worth listing beside it, because `*` does not cover that in Fetch",
    example: Cors("\"allow_headers\": [\"*\", \"X-Request-Id\"]"),
    right: Cors("\"allow_headers\": [\"X-Request-Id\"]"),
    help: "remove the other names, or remove `*` to allow only these",
    source: KRAKEND,
}
CONTENT_TYPE_MISSING = "content_type_missing", Hint {
    meaning: "to send JSON, a script must set `Content-Type: application/json`. Browsers refuse that unless the list has `Content-Type`",
    example: Cors("\"allow_methods\": [\"GET\", \"POST\"], \"allow_headers\": [\"X-Request-Id\"]"),
    right: Cors("\"allow_methods\": [\"GET\", \"POST\"], \"allow_headers\": [\"Content-Type\", \"X-Request-Id\"]"),
    help: "add `Content-Type` if scripts send JSON",
    source: SAFELISTED_REQUEST,
}
SAFELISTED_REQUEST_HEADER = "safelisted_request_header", Hint {
    meaning: "browsers let scripts send `Accept`, `Accept-Language` and `Content-Language` without asking. They ask only if the value is longer than 128 bytes or has unusual characters",
    example: Cors("\"allow_headers\": [\"Accept\", \"Content-Type\"]"),
    right: Cors("\"allow_headers\": [\"Content-Type\"]"),
    help: "remove it, unless scripts send such values",
    source: SAFELISTED_REQUEST,
}
DUPLICATE_HEADER = "duplicate_header", Warning {
    meaning: "header names are case-insensitive, so listing one once is enough",
    example: Cors("\"allow_headers\": [\"Content-Type\", \"content-type\"]"),
    help: "remove the second",
    source: NEW_SYNTAX,
}
UNEXPOSABLE_HEADER = "unexposable_header", Denied {
    meaning: "no script can read `Set-Cookie` or `Set-Cookie2`. Browsers hide them whatever is exposed",
    example: Cors("\"expose_headers\": [\"Set-Cookie\"]"),
    help: "remove it. To pass a value to a script, send it in another header or in the body",
    source: FORBIDDEN_RESPONSE,
}
STAR_EXPOSE_WITH_CREDENTIALS = "star_expose_with_credentials", Error {
    meaning: "for requests with credentials, browsers read `*` as a header of that name, and KrakenD sends it as it is. Scripts can then read only the safelisted response headers",
    example: Cors("\"expose_headers\": [\"*\"], \"allow_credentials\": true"),
    right: Cors("\"expose_headers\": [\"X-Request-Id\"], \"allow_credentials\": true"),
    help: "list the names that scripts read, instead of `*`",
    source: CREDENTIALS,
}
EXPOSED_BESIDE_STAR = "exposed_beside_star", Warning {
    meaning: "`*` exposes every header to requests without credentials, so the other names add nothing",
    example: Cors("\"expose_headers\": [\"*\", \"X-Request-Id\"]"),
    right: Cors("\"expose_headers\": [\"X-Request-Id\"]"),
    help: "remove the other names, or remove `*` to expose only these",
    source: CREDENTIALS,
}
SAFELISTED_RESPONSE_HEADER = "safelisted_response_header", Hint {
    meaning: "scripts can always read `Cache-Control`, `Content-Language`, `Content-Length`, `Content-Type`, `Expires`, `Last-Modified` and `Pragma`",
    example: Cors("\"expose_headers\": [\"Content-Length\"]"),
    help: "remove it",
    source: SAFELISTED_RESPONSE,
}
REQUEST_HEADER_EXPOSED = "request_header_exposed", Warning {
    meaning: "responses do not have request headers, and only the browser needs the headers of CORS. There is nothing for scripts to read",
    example: Cors("\"expose_headers\": [\"Origin\"]"),
    help: "remove it",
    source: SAFELISTED_RESPONSE,
}
}
