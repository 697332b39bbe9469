//! Mistakes in `allow_methods`.

#[cfg(any(test, feature = "check"))]
use super::Example::*;
use super::rules;
#[cfg(any(test, feature = "check"))]
use super::sources::{self, *};

rules! { METHODS:
METHOD_NOT_UPPER_CASE = "method_not_upper_case", Error {
    meaning: "methods are case-sensitive. Browsers send DELETE, GET, HEAD, OPTIONS, POST and PUT in upper case whatever the script says, so a lower-case entry never matches; only PATCH is sent as the script spells it",
    example: Cors("\"allow_methods\": [\"get\"]"),
    help: "write it in upper case",
    source: sources::METHODS,
}
MISSPELT_METHOD = "misspelt_method", Error {
    meaning: "this is one edit away from a usual method. Browsers and KrakenD compare methods letter by letter, so the entry does not allow that method",
    example: Cors("\"allow_methods\": [\"GET\", \"PSOT\"]"),
    help: "check the spelling",
    source: sources::METHODS,
}
FORBIDDEN_METHOD = "forbidden_method", Denied {
    meaning: "no script can send CONNECT, TRACE or TRACK, in upper or lower case: `fetch` throws. KrakenD's schema does not know them",
    in_call: "no script can send CONNECT, TRACE or TRACK, in upper or lower case: `fetch` throws",
    example: Cors("\"allow_methods\": [\"GET\", \"TRACE\"]"),
    help: "remove it",
    source: sources::METHODS,
}
STAR_METHOD = "star_method", Error {
    meaning: "`allow_methods` has no wildcard: KrakenD reads the entry as a method of that name, so it allows only methods that are listed by name. Browsers do the same for requests with credentials",
    example: Cors("\"allow_methods\": [\"*\"]"),
    help: "list the methods",
    source: PREFLIGHT,
}
NOT_A_METHOD = "not_a_method", Error {
    meaning: "an entry is one method: letters, digits and a few other characters. KrakenD never matches anything else, and browsers refuse a preflight whose `Access-Control-Allow-Methods` has it",
    example: Cors("\"allow_methods\": [\"GET, POST\"]"),
    help: "write each method as an entry of its own",
    source: NEW_SYNTAX,
}
UNUSUAL_METHOD = "unusual_method", Warning {
    meaning: "KrakenD's schema knows only GET, HEAD, POST, PUT, PATCH, DELETE and OPTIONS, so `krakend check --lint` refuses the file. KrakenD itself and browsers accept other methods, spelt exactly as here",
    in_call: "the usual methods are GET, HEAD, POST, PUT, PATCH, DELETE and OPTIONS. Browsers accept other methods, spelt exactly as here",
    example: Cors("\"allow_methods\": [\"GET\", \"PURGE\"]"),
    right: Cors("\"allow_methods\": [\"GET\", \"DELETE\"]"),
    help: "check the spelling, and keep it if scripts send exactly this",
    source: KRAKEND,
}
DUPLICATE_METHOD = "duplicate_method", Warning {
    meaning: "listing a method once is enough. The second entry changes nothing",
    example: Cors("\"allow_methods\": [\"GET\", \"GET\"]"),
    help: "remove the second",
    source: KRAKEND,
}
OPTIONS_LISTED = "options_listed", Hint {
    meaning: "a preflight is an OPTIONS request, but it does not need OPTIONS in the list. Only scripts that send OPTIONS themselves do, and KrakenD lets these through anyway",
    example: Cors("\"allow_methods\": [\"GET\", \"OPTIONS\"]"),
    help: "remove it",
    source: PREFLIGHT,
}
SAFELISTED_METHOD_MISSING = "safelisted_method_missing", Hint {
    meaning: "browsers send GET, HEAD and POST without a preflight if the headers are safelisted too, so the request reaches the handler. For a method that is not listed, KrakenD only withholds the CORS headers, so the script cannot read the response",
    example: Cors("\"allow_methods\": [\"GET\", \"HEAD\"]"),
    right: Cors("\"allow_methods\": [\"GET\", \"HEAD\", \"POST\"]"),
    help: "list all three, and protect what writes with authentication",
    source: sources::METHODS,
}
NO_METHODS = "no_methods", Warning {
    meaning: "KrakenD replaces an empty list with its default: GET, HEAD and POST. Browsers send these without a preflight, so CORS cannot forbid them",
    example: Cors("\"allow_methods\": []"),
    help: "remove the key, or list the methods",
    source: KRAKEND,
}
}
