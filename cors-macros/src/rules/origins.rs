//! Mistakes in `allow_origins`.

#[cfg(any(test, feature = "check"))]
use super::Example::*;
use super::rules;
#[cfg(any(test, feature = "check"))]
use super::sources::*;

rules! { ORIGINS:
EMPTY_ORIGIN = "empty_origin", Error {
    meaning: "KrakenD keeps the entry, but no request ever matches it",
    in_call: "no request ever matches an empty entry",
    example: Cors("\"allow_origins\": [\"\"]"),
    right: Cors("\"allow_origins\": [\"https://app.example.com\"]"),
    help: "write an origin, or remove the entry",
    source: ORIGIN_HEADER,
}
ORIGIN_WITH_PATH = "origin_with_path", Error {
    meaning: "an origin ends after its host and port, without even a `/`. Browsers send no path in `Origin`, so the entry never matches",
    example: Cors("\"allow_origins\": [\"https://app.example.com/\"]"),
    help: "remove everything after the host and port",
    source: ORIGIN_HEADER,
}
ORIGIN_WITHOUT_SCHEME = "origin_without_scheme", Error {
    meaning: "browsers send an origin as its scheme, `://`, host and port. An entry without `://` never matches",
    example: Cors("\"allow_origins\": [\"app.example.com\"]"),
    help: "write the scheme, as in `\"https://app.example.com\"`",
    source: ORIGIN_HEADER,
}
MISSPELT_SCHEME = "misspelt_scheme", Error {
    meaning: "web pages have the scheme `http` or `https`. No browser sends this one, so the entry never matches",
    example: Cors("\"allow_origins\": [\"htps://app.example.com\"]"),
    help: "write `https` or `http`",
    source: HTML_ORIGIN,
}
DEFAULT_PORT = "default_port", Error {
    meaning: "browsers leave out port 443 for https and port 80 for http, so the entry never matches",
    example: Cors("\"allow_origins\": [\"https://app.example.com:443\"]"),
    help: "remove the port",
    source: HTML_ORIGIN,
}
MALFORMED_PORT = "malformed_port", Error {
    meaning: "browsers send a port in decimal, from 1 to 65535 and without leading zeros, or leave it out. Any other form never matches",
    example: Cors("\"allow_origins\": [\"https://app.example.com:08443\"]"),
    help: "write the port as browsers do, or remove it together with its colon",
    source: HTML_ORIGIN,
}
BAD_PORT = "bad_port", Error {
    meaning: "the port belongs to another protocol. Browsers block it, so no request comes from such an origin",
    example: Cors("\"allow_origins\": [\"http://app.example.com:6667\"]"),
    right: Cors("\"allow_origins\": [\"http://app.example.com:8080\"]"),
    help: "serve the page from another port",
    source: PORT_BLOCKING,
}
ORIGIN_WITH_USER_INFO = "origin_with_user_info", Error {
    meaning: "browsers never send a user name or password in `Origin`, so the entry never matches. A password does not belong in this file at all",
    in_call: "browsers never send a user name or password in `Origin`, so the entry never matches. A password does not belong in the source at all",
    example: Cors("\"allow_origins\": [\"https://user:secret@app.example.com\"]"),
    help: "remove everything up to the `@`",
    source: HTML_ORIGIN,
}
NOT_ONE_ORIGIN = "not_one_origin", Error {
    meaning: "an entry is one origin, without separators, white space, quotation marks or control characters. KrakenD compares the whole string with `Origin`, so the entry never matches",
    example: Cors("\"allow_origins\": [\"https://a.example.com, https://b.example.com\"]"),
    help: "write one origin in each entry",
    source: ORIGIN_HEADER,
}
REGULAR_EXPRESSION = "regular_expression", Error {
    meaning: "KrakenD does not read regular expressions, so the entry never matches. One `*` in an entry stands for any characters, and all others are compared literally",
    example: Cors("\"allow_origins\": [\"https://.*\\\\.example\\\\.com\"]"),
    help: "list the origins, or write a pattern with one `*`, as in `\"https://*.example.com\"`",
    source: KRAKEND,
}
UPPER_CASE_ORIGIN = "upper_case_origin", Warning {
    meaning: "this entry works: it is compiled in lower case, as browsers send it. KrakenD ignores case too",
    in_call: "this entry works: it is compiled in lower case, as browsers send it",
    example: Cors("\"allow_origins\": [\"https://App.Example.com\"]"),
    help: "write it in lower case, so that the file says what is compared",
    source: HOST_SERIALIZING,
}
NON_ASCII_HOST = "non_ascii_host", Error {
    meaning: "browsers send a host in Punycode, never in the letters that the address bar shows, so the entry never matches",
    example: Cors("\"allow_origins\": [\"https://bücher.example\"]"),
    right: Cors("\"allow_origins\": [\"https://xn--bcher-kva.example\"]"),
    help: "write the Punycode of the host, `xn--…`",
    source: HOST_PARSING,
}
MALFORMED_HOST = "malformed_host", Error {
    meaning: "the host is empty, has a forbidden character, is too long, or is not valid Punycode. No page can be loaded from it, so the entry never matches",
    example: Cors("\"allow_origins\": [\"https://app%2Eexample.com\"]"),
    right: Cors("\"allow_origins\": [\"https://app.example.com\"]"),
    help: "write the host as browsers send it",
    source: HOST_PARSING,
}
IPV4_NOT_CANONICAL = "ipv4_not_canonical", Error {
    meaning: "a host that ends in a number is an IPv4 address. Browsers send it as four decimal numbers, so any other form never matches",
    example: Cors("\"allow_origins\": [\"http://127.1:3000\"]"),
    right: Cors("\"allow_origins\": [\"http://127.0.0.1:3000\"]"),
    help: "write four decimal numbers",
    source: HOST_SERIALIZING,
}
IPV6_NOT_CANONICAL = "ipv6_not_canonical", Error {
    meaning: "browsers send an IPv6 address in brackets and in lower case, with the longest run of zeros as `::`, without a zone and without an IPv4 tail. Any other form never matches",
    example: Cors("\"allow_origins\": [\"http://[0:0:0:0:0:0:0:1]:3000\"]"),
    help: "write the address as browsers send it",
    source: HOST_SERIALIZING,
}
NON_ORIGIN_SCHEME = "non_origin_scheme", Error {
    meaning: "no browser sends an origin with this scheme, so the entry never matches. Such pages do not exist, or their origin is `null`",
    example: Cors("\"allow_origins\": [\"wss://app.example.com\"]"),
    help: "write the `http` or `https` origin of the page",
    source: HTML_ORIGIN,
}
FILE_ORIGIN = "file_origin", Denied {
    meaning: "browsers send `null` for local files. Older web views send `file://`, for every page that they open from a file",
    example: Cors("\"allow_origins\": [\"file://\"]"),
    right: Cors("\"allow_origins\": [\"http://localhost:3000\"]"),
    help: "serve the page over https and list its origin",
    source: HTML_ORIGIN,
}
APP_SCHEME = "app_scheme", Warning {
    meaning: "only apps and browser extensions send such an origin. Web pages never do",
    example: Cors("\"allow_origins\": [\"capacitor://localhost\"]"),
    right: Cors("\"allow_origins\": [\"https://app.example.com\"]"),
    help: "remove the entry if only web pages are meant",
    accepted_if: "an app or an extension is meant",
    source: HTML_ORIGIN,
}
ANY_EXTENSION_WITH_CREDENTIALS = "any_extension_with_credentials", Denied {
    meaning: "any extension that a visitor has installed can read and write with the visitor's cookies",
    example: Cors("\"allow_origins\": [\"moz-extension://*\"], \"allow_credentials\": true"),
    right: Cors("\"allow_origins\": [\"chrome-extension://abcdefghijklmnopabcdefghijklmnop\"], \"allow_credentials\": true"),
    help: "list the extensions. Where a browser gives each installation its own identifier, as Firefox does, the pattern is the only way",
    source: HTML_ORIGIN,
}
ANY_EXTENSION = "any_extension", Warning {
    meaning: "any extension that a visitor has installed can read responses",
    example: Cors("\"allow_origins\": [\"moz-extension://*\"]"),
    right: Cors("\"allow_origins\": [\"chrome-extension://abcdefghijklmnopabcdefghijklmnop\"]"),
    help: "list the extensions. Where a browser gives each installation its own identifier, as Firefox does, the pattern is the only way",
    source: HTML_ORIGIN,
}
UNUSUAL_HOST = "unusual_host", Warning {
    meaning: "browsers accept such a host and send it as it is. DNS and certificates rarely accept it",
    example: Cors("\"allow_origins\": [\"https://app.example.com.\"]"),
    help: "write the host as it is registered",
    source: HOST_PARSING,
}
INTERNAL_HOST = "internal_host", Warning {
    meaning: "only the machines of one network, such as a cluster and its containers, know this name. A page that visitors open has another origin",
    example: Cors("\"allow_origins\": [\"http://frontend:3000\"]"),
    right: Cors("\"allow_origins\": [\"https://app.example.com\"]"),
    help: "list the origin that the address bar shows",
    accepted_if: "browsers in your network open the page by this name",
    source: CLUSTER_NAMES,
}
SAMPLE_HOST = "sample_host", Warning {
    meaning: "guides and templates use this name for whatever the reader's own is. If it is not yours, pages of its owner can read responses",
    example: Cors("\"allow_origins\": [\"https://your-domain.com\"]"),
    right: Cors("\"allow_origins\": [\"https://app.example.com\"]"),
    help: "write your own domain, or remove the entry",
    accepted_if: "the name is yours",
    source: RESERVED_NAMES,
}
NULL_ORIGIN = "null_origin", Denied {
    meaning: "browsers send `null` for sandboxed frames, `data:` and `file:` pages, and some redirects. Any site can put such a frame into its page, so this allows every site",
    example: Cors("\"allow_origins\": [\"null\"]"),
    right: Cors("\"allow_origins\": [\"https://app.example.com\"]"),
    help: "serve the page from an origin of its own and list that",
    source: HTML_ORIGIN,
}
STAR_WITH_CREDENTIALS = "star_with_credentials", Denied {
    meaning: "KrakenD sends `Access-Control-Allow-Origin: *`, which browsers refuse for requests with credentials. If you allow this, the compiled policy is `*` with credentials off",
    example: Cors("\"allow_origins\": [\"*\"], \"allow_credentials\": true"),
    right: Cors("\"allow_origins\": [\"https://app.example.com\"], \"allow_credentials\": true"),
    help: "list the origins, or remove \"allow_credentials\"",
    source: CORS_CHECK,
}
NO_ORIGINS_WITH_CREDENTIALS = "no_origins_with_credentials", Denied {
    meaning: "without origins KrakenD sends `Access-Control-Allow-Origin: *`, which browsers refuse for requests with credentials. If you allow this, the compiled policy is `*` with credentials off",
    example: Cors("\"allow_origins\": [], \"allow_credentials\": true"),
    right: Cors("\"allow_origins\": [\"https://app.example.com\"], \"allow_credentials\": true"),
    help: "list the origins, or remove \"allow_credentials\"",
    source: CORS_CHECK,
}
NO_ORIGINS = "no_origins", Warning {
    meaning: "KrakenD reads a missing or empty list as `[\"*\"]`",
    example: Cors("\"allow_origins\": []"),
    right: Cors("\"allow_origins\": [\"*\"]"),
    help: "list the origins, or write `[\"*\"]` if every origin is meant",
    source: KRAKEND,
}
ORIGINS_BESIDE_STAR = "origins_beside_star", Warning {
    meaning: "KrakenD allows every origin as soon as `*` is in the list",
    example: Cors("\"allow_origins\": [\"*\", \"https://app.example.com\"]"),
    right: Cors("\"allow_origins\": [\"https://app.example.com\"]"),
    help: "remove `*` to allow only the other origins, or remove the others",
    source: KRAKEND,
}
SECOND_STAR = "second_star", Error {
    meaning: "KrakenD reads only the first `*` of an entry as a wildcard. It compares the second literally, and hardly any host has a `*`, so the entry does not match the hosts that are meant",
    example: Cors("\"allow_origins\": [\"https://*.*.example.com\"]"),
    help: "write one `*`, which also matches several labels, or write an entry for each host",
    source: KRAKEND,
}
ANY_ORIGIN_WITH_CREDENTIALS = "any_origin_with_credentials", Denied {
    meaning: "every site that a visitor opens can read and write with the visitor's cookies. KrakenD documents such a pattern as the way around the rule against `*` with credentials",
    example: Cors("\"allow_origins\": [\"https://*\"], \"allow_headers\": [\"Content-Type\"], \"allow_credentials\": true"),
    right: Cors("\"allow_origins\": [\"https://app.example.com\"], \"allow_headers\": [\"Content-Type\"], \"allow_credentials\": true"),
    help: "list the origins",
    source: SAFE_SETUP,
}
EVERYTHING_WITH_CREDENTIALS = "everything_with_credentials", Denied {
    meaning: "a preflight is the last protection against a site that writes with its visitors' cookies. This policy grants every preflight from every site",
    example: Cors("\"allow_origins\": [\"https://*\"], \"allow_methods\": [\"GET\", \"POST\"], \"allow_headers\": [\"*\"], \"allow_credentials\": true"),
    right: Cors("\"allow_origins\": [\"https://app.example.com\"], \"allow_methods\": [\"GET\", \"POST\"], \"allow_headers\": [\"Content-Type\"], \"allow_credentials\": true"),
    help: "list the origins",
    source: SAFE_SETUP,
}
ANY_ORIGIN_PATTERN = "any_origin_pattern", Warning {
    meaning: "this allows every site with a matching scheme. `*` would allow every site, and its responses can be cached for all of them; with this pattern each response names one origin",
    example: Cors("\"allow_origins\": [\"https://*\"]"),
    right: Cors("\"allow_origins\": [\"https://app.example.com\"]"),
    help: "list the origins. If every origin is meant, `*` says so, and allows the other schemes and `null` too",
    source: SAFE_SETUP,
}
OPEN_START_WITH_CREDENTIALS = "open_start_with_credentials", Denied {
    meaning: "a `*` without a dot after it also stands for the beginning of a name, so it matches domains that anybody can register",
    example: Cors("\"allow_origins\": [\"https://*example.com\"], \"allow_credentials\": true"),
    help: "write a dot after the `*`, and the domain itself in an entry of its own",
    source: SAFE_SETUP,
}
OPEN_START = "open_start", Warning {
    meaning: "a `*` without a dot after it also stands for the beginning of a name, so it matches domains that anybody can register",
    example: Cors("\"allow_origins\": [\"https://*example.com\"]"),
    help: "write a dot after the `*`, and the domain itself in an entry of its own",
    source: SAFE_SETUP,
}
OPEN_END_WITH_CREDENTIALS = "open_end_with_credentials", Denied {
    meaning: "a `*` at the end of the host stands for any domain, so it matches names that anybody can register",
    example: Cors("\"allow_origins\": [\"https://example.*\"], \"allow_credentials\": true"),
    right: Cors("\"allow_origins\": [\"https://example.com\", \"https://example.org\"], \"allow_credentials\": true"),
    help: "write each host in full. `:*` after a host stands for any port but the default",
    source: SAFE_SETUP,
}
OPEN_END = "open_end", Warning {
    meaning: "a `*` at the end of the host stands for any domain, so it matches names that anybody can register",
    example: Cors("\"allow_origins\": [\"https://example.*\"]"),
    right: Cors("\"allow_origins\": [\"https://example.com\", \"https://example.org\"]"),
    help: "write each host in full. `:*` after a host stands for any port but the default",
    source: SAFE_SETUP,
}
OPEN_PORT = "open_port", Warning {
    meaning: "a `*` beside digits of a port stands for more digits, so it matches ports of any length",
    example: Cors("\"allow_origins\": [\"https://app.example.com:80*\"]"),
    right: Cors("\"allow_origins\": [\"https://app.example.com:8080\"]"),
    help: "write each port, or `:*` for any port but the default",
    source: ORIGIN_HEADER,
}
PUBLIC_SUFFIX_WITH_CREDENTIALS = "public_suffix_with_credentials", Denied {
    meaning: "anybody can register a name under a public suffix such as `co.uk` or `github.io`, or under a host of tunnels such as `loca.lt`. The pattern matches every such name",
    example: Cors("\"allow_origins\": [\"https://*.github.io\"], \"allow_credentials\": true"),
    right: Cors("\"allow_origins\": [\"https://example.github.io\"], \"allow_credentials\": true"),
    help: "list the hosts, or narrow the pattern to a domain that you own",
    source: PUBLIC_SUFFIX_LIST,
}
PUBLIC_SUFFIX = "public_suffix", Warning {
    meaning: "anybody can register a name under a public suffix such as `co.uk` or `github.io`, or under a host of tunnels such as `loca.lt`. The pattern matches every such name",
    example: Cors("\"allow_origins\": [\"https://*.github.io\"]"),
    right: Cors("\"allow_origins\": [\"https://example.github.io\"]"),
    help: "list the hosts, or narrow the pattern to a domain that you own",
    source: PUBLIC_SUFFIX_LIST,
}
ANY_SCHEME_WITH_CREDENTIALS = "any_scheme_with_credentials", Denied {
    meaning: "over plain http, whoever controls the network can answer for the host and act as this origin",
    example: Cors("\"allow_origins\": [\"*://app.example.com\"], \"allow_credentials\": true"),
    help: "write `https`",
    source: SAFE_SETUP,
}
ANY_SCHEME = "any_scheme", Warning {
    meaning: "over plain http, whoever controls the network can answer for the host and act as this origin",
    example: Cors("\"allow_origins\": [\"*://app.example.com\"]"),
    help: "write `https`, and add an entry with `http` only if that is meant",
    source: SAFE_SETUP,
}
INSECURE_ORIGIN_WITH_CREDENTIALS = "insecure_origin_with_credentials", Denied {
    meaning: "over plain http, whoever controls the network can answer for the host, and then read and write with its visitors' cookies. Loopback hosts are exempt",
    example: Cors("\"allow_origins\": [\"http://app.example.com\"], \"allow_credentials\": true"),
    help: "serve the page over https",
    source: SAFE_SETUP,
}
LOCAL_ORIGIN_WITH_CREDENTIALS = "local_origin_with_credentials", Hint {
    meaning: "a loopback or private address with credentials may be left over from development",
    example: Cors("\"allow_origins\": [\"http://localhost:3000\"], \"allow_credentials\": true"),
    right: Cors("\"allow_origins\": [\"https://app.example.com\"], \"allow_credentials\": true"),
    help: "move it to a configuration for development",
    source: SAFE_SETUP,
}
SUBDOMAINS_WITH_CREDENTIALS = "subdomains_with_credentials", Hint {
    meaning: "whoever takes over a subdomain can read and write with your visitors' cookies",
    example: Cors("\"allow_origins\": [\"https://*.example.com\"], \"allow_credentials\": true"),
    right: Cors("\"allow_origins\": [\"https://app.example.com\"], \"allow_credentials\": true"),
    help: "list the hosts",
    source: SAFE_SETUP,
}
DUPLICATE_ORIGIN = "duplicate_origin", Warning {
    meaning: "the entry adds nothing: the origin is already in the list, or a pattern in the list matches it",
    example: Cors("\"allow_origins\": [\"https://app.example.com\", \"https://app.example.com\"]"),
    help: "remove the entry",
    source: KRAKEND,
}
}
