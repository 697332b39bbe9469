//! Mistakes in `allow_origins`.

#[cfg(test)]
use super::Example::*;
use super::rules;
#[cfg(test)]
use super::sources::*;

rules! { ORIGINS:
EMPTY_ORIGIN = "empty_origin", Error {
    meaning: "KrakenD keeps the entry, and no request matches it",
    example: Cors("\"allow_origins\": [\"\"]"),
    remedy: "write an origin, or remove the entry",
    source: ORIGIN_HEADER,
}
ORIGIN_WITH_PATH = "origin_with_path", Error {
    meaning: "an origin ends after its host and port, without even a `/`; browsers send no path in `Origin`, so the entry never matches",
    example: Cors("\"allow_origins\": [\"https://app.example.com/\"]"),
    remedy: "remove everything after the host and port",
    source: ORIGIN_HEADER,
}
ORIGIN_WITHOUT_SCHEME = "origin_without_scheme", Error {
    meaning: "browsers send scheme, host and port in `Origin`; a host alone never matches",
    example: Cors("\"allow_origins\": [\"app.example.com\"]"),
    remedy: "write the scheme, as in `\"https://app.example.com\"`",
    source: ORIGIN_HEADER,
}
MISSPELT_SCHEME = "misspelt_scheme", Error {
    meaning: "web pages have the scheme `http` or `https`; no browser sends this one, so the entry never matches",
    example: Cors("\"allow_origins\": [\"htps://app.example.com\"]"),
    remedy: "write `https` or `http`",
    source: HTML_ORIGIN,
}
DEFAULT_PORT = "default_port", Error {
    meaning: "browsers leave out port 443 of https and port 80 of http, so the entry never matches",
    example: Cors("\"allow_origins\": [\"https://app.example.com:443\"]"),
    remedy: "remove the port",
    source: HTML_ORIGIN,
}
MALFORMED_PORT = "malformed_port", Error {
    meaning: "browsers write a port in decimal, from 1 to 65535 and without leading zeros, or leave it out; the entry never matches",
    example: Cors("\"allow_origins\": [\"https://app.example.com:08443\"]"),
    remedy: "write the port as browsers do, or remove it with its colon",
    source: HTML_ORIGIN,
}
BAD_PORT = "bad_port", Error {
    meaning: "the port belongs to another protocol, so browsers block it and no request comes from such an origin",
    example: Cors("\"allow_origins\": [\"http://app.example.com:6667\"]"),
    remedy: "serve the page from another port",
    source: PORT_BLOCKING,
}
ORIGIN_WITH_USER_INFO = "origin_with_user_info", Error {
    meaning: "browsers never send a user name or password in `Origin`, so the entry never matches; a password does not belong in this file at all",
    example: Cors("\"allow_origins\": [\"https://user:secret@app.example.com\"]"),
    remedy: "remove everything up to the `@`",
    source: HTML_ORIGIN,
}
NOT_ONE_ORIGIN = "not_one_origin", Error {
    meaning: "an entry is one origin, without separators, white space, quotation marks or control characters; KrakenD compares the whole string with `Origin`, so the entry never matches",
    example: Cors("\"allow_origins\": [\"https://a.example.com, https://b.example.com\"]"),
    remedy: "write one origin in each entry",
    source: ORIGIN_HEADER,
}
REGULAR_EXPRESSION = "regular_expression", Error {
    meaning: "KrakenD has no regular expressions: one `*` in an entry stands for any characters, and all others are compared literally, so the entry never matches",
    example: Cors("\"allow_origins\": [\"https://.*\\\\.example\\\\.com\"]"),
    remedy: "list the origins, or write a pattern with one `*`, as in `\"https://*.example.com\"`",
    source: KRAKEND,
}
UPPER_CASE_ORIGIN = "upper_case_origin", Warning {
    meaning: "KrakenD ignores case; the policy compares byte for byte, so the entry is taken in lower case",
    example: Cors("\"allow_origins\": [\"https://App.Example.com\"]"),
    remedy: "write it in lower case",
    source: HOST_SERIALIZING,
}
NON_ASCII_HOST = "non_ascii_host", Error {
    meaning: "browsers send the Punycode of a host, never the letters of the address bar, so the entry never matches",
    example: Cors("\"allow_origins\": [\"https://bücher.example\"]"),
    remedy: "write the Punycode of the host, `xn--…`",
    source: HOST_PARSING,
}
MALFORMED_HOST = "malformed_host", Error {
    meaning: "no page can be loaded from a host that is empty, holds a forbidden character, or is not valid Punycode, so the entry never matches",
    example: Cors("\"allow_origins\": [\"https://app%2Eexample.com\"]"),
    remedy: "write the plain host",
    source: HOST_PARSING,
}
IPV4_NOT_CANONICAL = "ipv4_not_canonical", Error {
    meaning: "a host that ends in a number is an IPv4 address, and browsers send it as four decimal numbers; any other form never matches",
    example: Cors("\"allow_origins\": [\"http://127.1:3000\"]"),
    remedy: "write four decimal numbers",
    source: HOST_SERIALIZING,
}
IPV6_NOT_CANONICAL = "ipv6_not_canonical", Error {
    meaning: "browsers send an IPv6 address in brackets, in lower case, with the longest run of zeros as `::`, without a zone and without an IPv4 tail; any other form never matches",
    example: Cors("\"allow_origins\": [\"http://[0:0:0:0:0:0:0:1]:3000\"]"),
    remedy: "write the address as browsers do",
    source: HOST_SERIALIZING,
}
NON_ORIGIN_SCHEME = "non_origin_scheme", Error {
    meaning: "no browser sends an origin with this scheme, so the entry never matches: such pages do not exist, or their origin is `null`",
    example: Cors("\"allow_origins\": [\"wss://app.example.com\"]"),
    remedy: "write the `http` or `https` origin of the page",
    source: HTML_ORIGIN,
}
FILE_ORIGIN = "file_origin", Denied {
    meaning: "browsers send `null` for local files; older web views send `file://`, and so does every page that is opened in them from a file",
    example: Cors("\"allow_origins\": [\"file://\"]"),
    remedy: "serve the page over https and list its origin",
    source: HTML_ORIGIN,
}
APP_SCHEME = "app_scheme", Warning {
    meaning: "apps and browser extensions send such origins, and web pages never do",
    example: Cors("\"allow_origins\": [\"capacitor://localhost\"]"),
    remedy: "add `allow(app_scheme)` to the call if an app or an extension is meant, or else remove the entry",
    source: HTML_ORIGIN,
}
ANY_EXTENSION_WITH_CREDENTIALS = "any_extension_with_credentials", Denied {
    meaning: "any extension that the visitor has installed can read and write with the cookies of the visitor, and so can any app that uses the scheme",
    example: Cors("\"allow_origins\": [\"moz-extension://*\"], \"allow_credentials\": true"),
    remedy: "list the extensions; where a browser gives each installation its own identifier, as Firefox does, the pattern is the only way",
    source: HTML_ORIGIN,
}
ANY_EXTENSION = "any_extension", Warning {
    meaning: "any extension that the visitor has installed can read responses, and so can any app that uses the scheme",
    example: Cors("\"allow_origins\": [\"moz-extension://*\"]"),
    remedy: "list the extensions; where a browser gives each installation its own identifier, as Firefox does, the pattern is the only way",
    source: HTML_ORIGIN,
}
UNUSUAL_HOST = "unusual_host", Warning {
    meaning: "browsers accept such a host and send it as it is, but DNS and certificates rarely do",
    example: Cors("\"allow_origins\": [\"https://app.example.com.\"]"),
    remedy: "write the host as it is registered",
    source: HOST_PARSING,
}
NULL_ORIGIN = "null_origin", Denied {
    meaning: "browsers send `null` for sandboxed frames, `data:` and `file:` pages and some redirects; any site can put such a frame into its page, so this allows every site",
    example: Cors("\"allow_origins\": [\"null\"]"),
    remedy: "serve the page from an origin of its own and list that",
    source: HTML_ORIGIN,
}
STAR_WITH_CREDENTIALS = "star_with_credentials", Denied {
    meaning: "KrakenD sends `Access-Control-Allow-Origin: *`, which browsers refuse for requests with credentials; with `allow`, the policy is `*` without credentials",
    example: Cors("\"allow_origins\": [\"*\"], \"allow_credentials\": true"),
    remedy: "list the origins, or remove \"allow_credentials\"",
    source: CORS_CHECK,
}
NO_ORIGINS_WITH_CREDENTIALS = "no_origins_with_credentials", Denied {
    meaning: "without origins KrakenD sends `Access-Control-Allow-Origin: *`, which browsers refuse for requests with credentials; with `allow`, the policy is `*` without credentials",
    example: Cors("\"allow_origins\": [], \"allow_credentials\": true"),
    remedy: "list the origins, or remove \"allow_credentials\"",
    source: CORS_CHECK,
}
NO_ORIGINS = "no_origins", Warning {
    meaning: "KrakenD takes a missing or empty list for `[\"*\"]`",
    example: Cors("\"allow_origins\": []"),
    remedy: "list the origins, or write `[\"*\"]` if every origin is meant",
    source: KRAKEND,
}
ORIGINS_BESIDE_STAR = "origins_beside_star", Warning {
    meaning: "KrakenD allows every origin as soon as `*` is in the list",
    example: Cors("\"allow_origins\": [\"*\", \"https://app.example.com\"]"),
    remedy: "remove `*` to allow the other origins alone, or remove the others",
    source: KRAKEND,
}
SECOND_STAR = "second_star", Error {
    meaning: "KrakenD takes the first `*` of an entry for a wildcard and compares the second literally, and no origin holds a `*`",
    example: Cors("\"allow_origins\": [\"https://*.*.example.com\"]"),
    remedy: "write one `*`, which stands for several labels too, or write an entry for each host",
    source: KRAKEND,
}
ANY_ORIGIN_WITH_CREDENTIALS = "any_origin_with_credentials", Denied {
    meaning: "every site that a visitor opens can read and write with the cookies of the visitor; KrakenD documents such a pattern as the way around the rule against `*` with credentials",
    example: Cors("\"allow_origins\": [\"https://*\"], \"allow_headers\": [\"Content-Type\"], \"allow_credentials\": true"),
    remedy: "list the origins",
    source: SAFE_SETUP,
}
EVERYTHING_WITH_CREDENTIALS = "everything_with_credentials", Denied {
    meaning: "a preflight is the last protection against a site that writes with the cookies of its visitors; this policy grants every preflight of every site",
    example: Cors("\"allow_origins\": [\"https://*\"], \"allow_methods\": [\"GET\", \"POST\"], \"allow_headers\": [\"*\"], \"allow_credentials\": true"),
    remedy: "list the origins",
    source: SAFE_SETUP,
}
ANY_ORIGIN_PATTERN = "any_origin_pattern", Warning {
    meaning: "the pattern allows what `*` does, but the response names one origin, so caches cannot share it",
    example: Cors("\"allow_origins\": [\"https://*\"]"),
    remedy: "list the origins, or write `*` if every origin is meant",
    source: SAFE_SETUP,
}
OPEN_START_WITH_CREDENTIALS = "open_start_with_credentials", Denied {
    meaning: "a `*` without a dot after it also stands for the beginning of a name, so domains match that anybody can register",
    example: Cors("\"allow_origins\": [\"https://*example.com\"], \"allow_credentials\": true"),
    remedy: "write a dot after the `*`, and the domain itself in an entry of its own",
    source: SAFE_SETUP,
}
OPEN_START = "open_start", Warning {
    meaning: "a `*` without a dot after it also stands for the beginning of a name, so domains match that anybody can register",
    example: Cors("\"allow_origins\": [\"https://*example.com\"]"),
    remedy: "write a dot after the `*`, and the domain itself in an entry of its own",
    source: SAFE_SETUP,
}
OPEN_END_WITH_CREDENTIALS = "open_end_with_credentials", Denied {
    meaning: "a `*` at the end of the host stands for any domain, so names match that anybody can register",
    example: Cors("\"allow_origins\": [\"https://example.*\"], \"allow_credentials\": true"),
    remedy: "write each host in full; `:*` after a host stands for any port but the default",
    source: SAFE_SETUP,
}
OPEN_END = "open_end", Warning {
    meaning: "a `*` at the end of the host stands for any domain, so names match that anybody can register",
    example: Cors("\"allow_origins\": [\"https://example.*\"]"),
    remedy: "write each host in full; `:*` after a host stands for any port but the default",
    source: SAFE_SETUP,
}
OPEN_PORT = "open_port", Warning {
    meaning: "a `*` beside digits of a port stands for more digits, so ports of any length match",
    example: Cors("\"allow_origins\": [\"https://app.example.com:80*\"]"),
    remedy: "write each port, or `:*` for any port but the default",
    source: ORIGIN_HEADER,
}
PUBLIC_SUFFIX_WITH_CREDENTIALS = "public_suffix_with_credentials", Denied {
    meaning: "anybody can register a name under a public suffix such as `co.uk` or `github.io`, and the pattern matches all of them",
    example: Cors("\"allow_origins\": [\"https://*.github.io\"], \"allow_credentials\": true"),
    remedy: "list the hosts, or narrow the pattern to a domain that is yours",
    source: PUBLIC_SUFFIX_LIST,
}
PUBLIC_SUFFIX = "public_suffix", Warning {
    meaning: "anybody can register a name under a public suffix such as `co.uk` or `github.io`, and the pattern matches all of them",
    example: Cors("\"allow_origins\": [\"https://*.github.io\"]"),
    remedy: "list the hosts, or narrow the pattern to a domain that is yours",
    source: PUBLIC_SUFFIX_LIST,
}
ANY_SCHEME_WITH_CREDENTIALS = "any_scheme_with_credentials", Denied {
    meaning: "over plain http, whoever controls the network can answer for the host and be this origin",
    example: Cors("\"allow_origins\": [\"*://app.example.com\"], \"allow_credentials\": true"),
    remedy: "write `https`",
    source: SAFE_SETUP,
}
ANY_SCHEME = "any_scheme", Warning {
    meaning: "over plain http, whoever controls the network can answer for the host and be this origin",
    example: Cors("\"allow_origins\": [\"*://app.example.com\"]"),
    remedy: "write `https`, and an entry with `http` if that is meant",
    source: SAFE_SETUP,
}
INSECURE_ORIGIN_WITH_CREDENTIALS = "insecure_origin_with_credentials", Denied {
    meaning: "over plain http, whoever controls the network can answer for the host, and then read and write with the cookies of its visitors; loopback hosts are exempt",
    example: Cors("\"allow_origins\": [\"http://app.example.com\"], \"allow_credentials\": true"),
    remedy: "serve the page over https",
    source: SAFE_SETUP,
}
LOCAL_ORIGIN_WITH_CREDENTIALS = "local_origin_with_credentials", Hint {
    meaning: "a loopback or private address beside credentials may have been left over from development",
    example: Cors("\"allow_origins\": [\"http://localhost:3000\"], \"allow_credentials\": true"),
    remedy: "keep it in a configuration for development",
    source: SAFE_SETUP,
}
SUBDOMAINS_WITH_CREDENTIALS = "subdomains_with_credentials", Hint {
    meaning: "a subdomain that somebody takes over can read and write with the cookies of your visitors",
    example: Cors("\"allow_origins\": [\"https://*.example.com\"], \"allow_credentials\": true"),
    remedy: "list the hosts",
    source: SAFE_SETUP,
}
DUPLICATE_ORIGIN = "duplicate_origin", Warning {
    meaning: "the entry adds nothing: the origin is in the list, or a pattern of the list matches it",
    example: Cors("\"allow_origins\": [\"https://app.example.com\", \"https://app.example.com\"]"),
    remedy: "remove the entry",
    source: KRAKEND,
}
}
