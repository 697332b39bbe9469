//! Mistakes in `allow_origins`.

#[cfg(test)]
use super::Example::*;
use super::rules;
#[cfg(test)]
use super::sources::*;

rules! { ORIGINS:
EMPTY_ORIGIN = "empty_origin", Error {
    meaning: "an empty string is no origin and matches none",
    example: Cors("\"allow_origins\": [\"\"]"),
    remedy: "write an origin, or remove the entry",
    source: ORIGIN_HEADER,
}
ORIGIN_WITH_PATH = "origin_with_path", Error {
    meaning: "an origin ends after its host and port; not even a `/` follows. KrakenD accepts the entry and never matches it",
    example: Cors("\"allow_origins\": [\"https://app.example.com/\"]"),
    remedy: "drop everything after the host and port",
    source: ORIGIN_HEADER,
}
ORIGIN_WITHOUT_SCHEME = "origin_without_scheme", Error {
    meaning: "an origin begins with its scheme and `://`. A bare host is never equal to one",
    example: Cors("\"allow_origins\": [\"app.example.com\"]"),
    remedy: "write the scheme: `https://app.example.com`",
    source: ORIGIN_HEADER,
}
DEFAULT_PORT = "default_port", Error {
    meaning: "browsers leave out port 443 of https and port 80 of http, so an entry with it never matches",
    example: Cors("\"allow_origins\": [\"https://app.example.com:443\"]"),
    remedy: "drop the port",
    source: HTML_ORIGIN,
}
MALFORMED_PORT = "malformed_port", Error {
    meaning: "a port is a number from 1 to 65535 without leading zeros",
    example: Cors("\"allow_origins\": [\"https://app.example.com:08443\"]"),
    remedy: "write the port as browsers do, or drop it with its colon",
    source: HTML_ORIGIN,
}
BAD_PORT = "bad_port", Error {
    meaning: "browsers load no page from this port, so no request comes from such an origin",
    example: Cors("\"allow_origins\": [\"http://app.example.com:6667\"]"),
    remedy: "serve the page from another port",
    source: PORT_BLOCKING,
}
ORIGIN_WITH_USER_INFO = "origin_with_user_info", Error {
    meaning: "a user name or password is no part of an origin",
    example: Cors("\"allow_origins\": [\"https://user:secret@app.example.com\"]"),
    remedy: "drop everything up to the `@`",
    source: HTML_ORIGIN,
}
NOT_ONE_ORIGIN = "not_one_origin", Error {
    meaning: "white space, a control character or a comma: an entry is one origin and nothing else",
    example: Cors("\"allow_origins\": [\"https://a.example.com, https://b.example.com\"]"),
    remedy: "write one origin an entry",
    source: ORIGIN_HEADER,
}
UPPER_CASE_ORIGIN = "upper_case_origin", Warning {
    meaning: "browsers send scheme and host in lower case. KrakenD ignores case; here the entry is lowered",
    example: Cors("\"allow_origins\": [\"https://App.Example.com\"]"),
    remedy: "write it in lower case",
    source: HOST_SERIALIZING,
}
NON_ASCII_HOST = "non_ascii_host", Error {
    meaning: "browsers send Punycode, never the letters of the address bar",
    example: Cors("\"allow_origins\": [\"https://bücher.example\"]"),
    remedy: "write the host's Punycode, `xn--…`",
    source: HOST_PARSING,
}
MALFORMED_HOST = "malformed_host", Error {
    meaning: "the host is empty, or holds a character that no host in an origin has",
    example: Cors("\"allow_origins\": [\"https://app%2Eexample.com\"]"),
    remedy: "write the plain host",
    source: HOST_PARSING,
}
IPV4_NOT_CANONICAL = "ipv4_not_canonical", Error {
    meaning: "a host whose last label is a number is an IPv4 address, which browsers send as four decimal numbers, or not at all",
    example: Cors("\"allow_origins\": [\"http://127.1:3000\"]"),
    remedy: "write all four numbers in decimal",
    source: HOST_SERIALIZING,
}
IPV6_NOT_CANONICAL = "ipv6_not_canonical", Error {
    meaning: "browsers send IPv6 addresses in brackets, in lower case, with the longest run of zeros as `::`, without a zone and without an IPv4 tail",
    example: Cors("\"allow_origins\": [\"http://[0:0:0:0:0:0:0:1]:3000\"]"),
    remedy: "write the address as browsers do",
    source: HOST_SERIALIZING,
}
NON_ORIGIN_SCHEME = "non_origin_scheme", Error {
    meaning: "no origin has this scheme: a WebSocket's is that of its page, and `file:`, `data:` and the like have `null`",
    example: Cors("\"allow_origins\": [\"wss://app.example.com\"]"),
    remedy: "write the `http` or `https` origin of the page",
    source: HTML_ORIGIN,
}
APP_SCHEME = "app_scheme", Warning {
    meaning: "not a web page's scheme. App shells and browser extensions do send such origins; ordinary sites never",
    example: Cors("\"allow_origins\": [\"capacitor://localhost\"]"),
    remedy: "allow it if an app or extension is meant, else remove it",
    source: HTML_ORIGIN,
}
UNUSUAL_HOST = "unusual_host", Warning {
    meaning: "legal in a URL but hardly meant: a dot at the end, an empty label, an underscore or another character that no registered name has, a hyphen at a label's edge, or a name longer than DNS allows",
    example: Cors("\"allow_origins\": [\"https://app.example.com.\"]"),
    remedy: "write the host as it is registered",
    source: HOST_PARSING,
}
NULL_ORIGIN = "null_origin", Denied {
    meaning: "any site can send `null`, from a sandboxed frame or through a redirect. Allowing it allows everyone",
    example: Cors("\"allow_origins\": [\"null\"]"),
    remedy: "serve the page from a real origin and list that",
    source: HTML_ORIGIN,
}
STAR_WITH_CREDENTIALS = "star_with_credentials", Error {
    meaning: "with credentials a browser refuses `Access-Control-Allow-Origin: *`. Nothing that needs cookies can work",
    example: Cors("\"allow_origins\": [\"*\"], \"allow_credentials\": true"),
    remedy: "list the origins, or drop the credentials",
    source: CORS_CHECK,
}
NO_ORIGINS_WITH_CREDENTIALS = "no_origins_with_credentials", Error {
    meaning: "without `allow_origins` KrakenD allows `*`, which a browser refuses with credentials",
    example: Cors("\"allow_origins\": [], \"allow_credentials\": true"),
    remedy: "list the origins, or drop the credentials",
    source: CORS_CHECK,
}
NO_ORIGINS = "no_origins", Warning {
    meaning: "without `allow_origins`, or with an empty list, KrakenD allows every origin",
    example: Cors("\"allow_origins\": []"),
    remedy: "write `[\"*\"]` if everyone is meant, else list the origins",
    source: KRAKEND,
}
ORIGINS_BESIDE_STAR = "origins_beside_star", Warning {
    meaning: "beside `*` the other entries say nothing",
    example: Cors("\"allow_origins\": [\"*\", \"https://app.example.com\"]"),
    remedy: "keep `*` or the others",
    source: KRAKEND,
}
SECOND_STAR = "second_star", Error {
    meaning: "KrakenD takes the first `*` of an entry as a wildcard and the second as a plain character, which no origin holds",
    example: Cors("\"allow_origins\": [\"https://*.*.example.com\"]"),
    remedy: "write one `*`; it stands for several labels too",
    source: KRAKEND,
}
ANY_ORIGIN_WITH_CREDENTIALS = "any_origin_with_credentials", Denied {
    meaning: "the pattern matches every site, and each may read and write with the cookies of its visitors. It is KrakenD's documented way round the rule against `*` with credentials",
    example: Cors("\"allow_origins\": [\"https://*\"], \"allow_headers\": [\"Content-Type\"], \"allow_credentials\": true"),
    remedy: "list the origins",
    source: SAFE_SETUP,
}
EVERYTHING_WITH_CREDENTIALS = "everything_with_credentials", Denied {
    meaning: "any origin, any header, and methods that write, all with the visitor's cookies: nothing stands between a hostile site and the API",
    example: Cors("\"allow_origins\": [\"https://*\"], \"allow_methods\": [\"GET\", \"POST\"], \"allow_headers\": [\"*\"], \"allow_credentials\": true"),
    remedy: "list the origins",
    source: SAFE_SETUP,
}
ANY_ORIGIN_PATTERN = "any_origin_pattern", Warning {
    meaning: "the pattern matches every site, as `*` does, but the answer differs by origin and caches cannot share it",
    example: Cors("\"allow_origins\": [\"https://*\"]"),
    remedy: "write `*`, or list the origins",
    source: SAFE_SETUP,
}
OPEN_START_WITH_CREDENTIALS = "open_start_with_credentials", Denied {
    meaning: "a `*` without a dot after it also matches other registered names: `https://*a.test` matches `https://evila.test`",
    example: Cors("\"allow_origins\": [\"https://*example.com\"], \"allow_credentials\": true"),
    remedy: "write `https://*.example.com`, and `https://example.com` beside it",
    source: SAFE_SETUP,
}
OPEN_START = "open_start", Warning {
    meaning: "a `*` without a dot after it also matches other registered names: `https://*a.test` matches `https://evila.test`",
    example: Cors("\"allow_origins\": [\"https://*example.com\"]"),
    remedy: "write `https://*.example.com`, and `https://example.com` beside it",
    source: SAFE_SETUP,
}
OPEN_END_WITH_CREDENTIALS = "open_end_with_credentials", Denied {
    meaning: "a `*` at the end of the host matches names that anybody can register: `https://a.*` matches `https://a.evil.test`",
    example: Cors("\"allow_origins\": [\"https://example.*\"], \"allow_credentials\": true"),
    remedy: "write the full host; `:*` after it stands for any port",
    source: SAFE_SETUP,
}
OPEN_END = "open_end", Warning {
    meaning: "a `*` at the end of the host matches names that anybody can register: `https://a.*` matches `https://a.evil.test`",
    example: Cors("\"allow_origins\": [\"https://example.*\"]"),
    remedy: "write the full host; `:*` after it stands for any port",
    source: SAFE_SETUP,
}
OPEN_PORT = "open_port", Warning {
    meaning: "a `*` beside digits of a port matches ports of any length that begin or end so",
    example: Cors("\"allow_origins\": [\"https://app.example.com:80*\"]"),
    remedy: "write the port, or `:*` for any",
    source: ORIGIN_HEADER,
}
PUBLIC_SUFFIX_WITH_CREDENTIALS = "public_suffix_with_credentials", Denied {
    meaning: "anybody can register a name below a public suffix such as `co.uk` or `github.io`",
    example: Cors("\"allow_origins\": [\"https://*.github.io\"], \"allow_credentials\": true"),
    remedy: "write your own domain",
    source: PUBLIC_SUFFIX_LIST,
}
PUBLIC_SUFFIX = "public_suffix", Warning {
    meaning: "anybody can register a name below a public suffix such as `co.uk` or `github.io`",
    example: Cors("\"allow_origins\": [\"https://*.github.io\"]"),
    remedy: "write your own domain",
    source: PUBLIC_SUFFIX_LIST,
}
ANY_SCHEME_WITH_CREDENTIALS = "any_scheme_with_credentials", Denied {
    meaning: "the pattern lets plain http in, where everyone on the way can speak for the host",
    example: Cors("\"allow_origins\": [\"*://app.example.com\"], \"allow_credentials\": true"),
    remedy: "write the scheme",
    source: SAFE_SETUP,
}
ANY_SCHEME = "any_scheme", Warning {
    meaning: "the pattern lets plain http in, where everyone on the way can speak for the host",
    example: Cors("\"allow_origins\": [\"*://app.example.com\"]"),
    remedy: "write two entries, or https alone",
    source: SAFE_SETUP,
}
INSECURE_ORIGIN_WITH_CREDENTIALS = "insecure_origin_with_credentials", Denied {
    meaning: "over plain http everyone on the way can be this origin, and then read and write with its visitors' cookies. Loopback hosts are exempt",
    example: Cors("\"allow_origins\": [\"http://app.example.com\"], \"allow_credentials\": true"),
    remedy: "serve the page over https",
    source: SAFE_SETUP,
}
LOCAL_ORIGIN_WITH_CREDENTIALS = "local_origin_with_credentials", Hint {
    meaning: "a loopback or private address beside credentials may be a development entry left in production",
    example: Cors("\"allow_origins\": [\"http://localhost:3000\"], \"allow_credentials\": true"),
    remedy: "keep it in a configuration of its own",
    source: SAFE_SETUP,
}
SUBDOMAINS_WITH_CREDENTIALS = "subdomains_with_credentials", Hint {
    meaning: "with credentials for all subdomains, one that is taken over is enough",
    example: Cors("\"allow_origins\": [\"https://*.example.com\"], \"allow_credentials\": true"),
    remedy: "list the hosts",
    source: SAFE_SETUP,
}
DUPLICATE_ORIGIN = "duplicate_origin", Warning {
    meaning: "the same origin twice, or one that a pattern in the list matches already",
    example: Cors("\"allow_origins\": [\"https://app.example.com\", \"https://app.example.com\"]"),
    remedy: "remove one",
    source: KRAKEND,
}
}
