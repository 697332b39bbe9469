//! Mistakes in `allow_headers` and `expose_headers`.

#[cfg(test)]
use super::Example::*;
use super::rules;
#[cfg(test)]
use super::sources::*;

rules! { HEADERS:
NOT_A_HEADER_NAME = "not_a_header_name", Error {
    meaning: "a header name is one token: letters, digits and a few signs. In `allow_headers` one entry that is not makes browsers refuse every preflight; in `expose_headers` it hides all the others",
    example: Cors("\"allow_headers\": [\"Content-Type, X-Request-Id\"]"),
    remedy: "write one name an entry",
    source: NEW_SYNTAX,
}
STAR_INSIDE_HEADER_NAME = "star_inside_header_name", Warning {
    meaning: "header names have no wildcards: `X-*` is a header of exactly that name, which nobody sends",
    example: Cors("\"allow_headers\": [\"X-*\"]"),
    remedy: "list the names, or write `*` alone",
    source: PREFLIGHT,
}
FORBIDDEN_REQUEST_HEADER = "forbidden_request_header", Warning {
    meaning: "no script can set this header, so no preflight ever asks for it",
    example: Cors("\"allow_headers\": [\"Cookie\"]"),
    remedy: "remove it",
    source: FORBIDDEN_REQUEST,
}
ORIGIN_REQUEST_HEADER = "origin_request_header", Hint {
    meaning: "no script can set `Origin`. It stands in KrakenD's own samples and does no harm",
    example: Cors("\"allow_headers\": [\"Origin\", \"Content-Type\"]"),
    remedy: "remove it",
    source: FORBIDDEN_REQUEST,
}
RESPONSE_HEADER_ALLOWED = "response_header_allowed", Warning {
    meaning: "the server's CORS headers belong to answers; a request that carries one is a mistake of the client's",
    example: Cors("\"allow_headers\": [\"Access-Control-Allow-Origin\"]"),
    remedy: "remove it",
    source: PREFLIGHT,
}
STAR_HEADERS_WITH_CREDENTIALS = "star_headers_with_credentials", Warning {
    meaning: "for browsers `*` is a plain name once credentials are in play. It works because what is asked for is echoed, and then any header passes",
    example: Cors("\"allow_headers\": [\"*\"], \"allow_credentials\": true"),
    remedy: "list the names",
    source: CREDENTIALS,
}
NO_ALLOW_HEADERS = "no_allow_headers", Warning {
    meaning: "an empty list allows every header, not none",
    example: Cors("\"allow_headers\": []"),
    remedy: "write `[\"*\"]` if all are meant, else list the names",
    source: KRAKEND,
}
HEADERS_BESIDE_STAR = "headers_beside_star", Warning {
    meaning: "beside `*` the other names say nothing",
    example: Cors("\"allow_headers\": [\"*\", \"X-Request-Id\"]"),
    remedy: "keep `*` or the others",
    source: KRAKEND,
}
CONTENT_TYPE_MISSING = "content_type_missing", Hint {
    meaning: "a JSON body needs `Content-Type` in the list; without it browsers refuse to send one",
    example: Cors("\"allow_methods\": [\"GET\", \"POST\"], \"allow_headers\": [\"X-Request-Id\"]"),
    remedy: "add `Content-Type`",
    source: SAFELISTED_REQUEST,
}
SAFELISTED_REQUEST_HEADER = "safelisted_request_header", Hint {
    meaning: "browsers send this header without asking, unless its value is long or unusual",
    example: Cors("\"allow_headers\": [\"Accept\", \"Content-Type\"]"),
    remedy: "remove it",
    source: SAFELISTED_REQUEST,
}
DUPLICATE_HEADER = "duplicate_header", Warning {
    meaning: "the same name twice; case does not count",
    example: Cors("\"allow_headers\": [\"Content-Type\", \"content-type\"]"),
    remedy: "remove one",
    source: NEW_SYNTAX,
}
UNEXPOSABLE_HEADER = "unexposable_header", Denied {
    meaning: "no script can read `Set-Cookie` or `Set-Cookie2`, whatever is exposed",
    example: Cors("\"expose_headers\": [\"Set-Cookie\"]"),
    remedy: "remove it; send in a header of your own what scripts must know",
    source: FORBIDDEN_RESPONSE,
}
STAR_EXPOSE_WITH_CREDENTIALS = "star_expose_with_credentials", Error {
    meaning: "with credentials `*` is a plain name: nothing is exposed",
    example: Cors("\"expose_headers\": [\"*\"], \"allow_credentials\": true"),
    remedy: "list the names",
    source: CREDENTIALS,
}
EXPOSED_BESIDE_STAR = "exposed_beside_star", Warning {
    meaning: "beside `*` the other names say nothing",
    example: Cors("\"expose_headers\": [\"*\", \"X-Request-Id\"]"),
    remedy: "keep `*` or the others",
    source: CREDENTIALS,
}
SAFELISTED_RESPONSE_HEADER = "safelisted_response_header", Hint {
    meaning: "scripts can read this header without its being exposed",
    example: Cors("\"expose_headers\": [\"Content-Length\"]"),
    remedy: "remove it",
    source: SAFELISTED_RESPONSE,
}
REQUEST_HEADER_EXPOSED = "request_header_exposed", Warning {
    meaning: "no answer that a script reads carries this header: it belongs to requests, or to CORS itself",
    example: Cors("\"expose_headers\": [\"Origin\"]"),
    remedy: "remove it",
    source: SAFELISTED_RESPONSE,
}
}
