//! Mistakes in `allow_methods`.

#[cfg(test)]
use super::Example::*;
use super::rules;
#[cfg(test)]
use super::sources::{self, *};

rules! { METHODS:
METHOD_NOT_UPPER_CASE = "method_not_upper_case", Error {
    meaning: "methods are case-sensitive; browsers send DELETE, GET, HEAD, OPTIONS, POST and PUT in upper case whatever the script says, and PATCH as the script writes it, so a lower-case entry matches nothing, or only scripts that spell `PATCH` in the same way",
    example: Cors("\"allow_methods\": [\"get\"]"),
    remedy: "write it in upper case",
    source: sources::METHODS,
}
MISSPELT_METHOD = "misspelt_method", Error {
    meaning: "one edit away from a usual method; browsers and KrakenD compare methods letter by letter, so this entry does not allow that method",
    example: Cors("\"allow_methods\": [\"GET\", \"PSOT\"]"),
    remedy: "check the spelling",
    source: sources::METHODS,
}
FORBIDDEN_METHOD = "forbidden_method", Denied {
    meaning: "CONNECT, TRACE and TRACK are forbidden methods in any case: no script can send them, `fetch` throws; KrakenD's schema does not know them",
    example: Cors("\"allow_methods\": [\"GET\", \"TRACE\"]"),
    remedy: "remove it",
    source: sources::METHODS,
}
STAR_METHOD = "star_method", Error {
    meaning: "`allow_methods` has no wildcard: KrakenD takes the entry for a method of that name, so it allows no method that is not listed by name; browsers do the same for requests with credentials",
    example: Cors("\"allow_methods\": [\"*\"]"),
    remedy: "list the methods",
    source: PREFLIGHT,
}
NOT_A_METHOD = "not_a_method", Error {
    meaning: "an entry is one method, and a method is one token: letters, digits and a few signs; KrakenD never matches any other text, and browsers refuse a preflight whose `Access-Control-Allow-Methods` has one",
    example: Cors("\"allow_methods\": [\"GET, POST\"]"),
    remedy: "write each method as an entry of its own",
    source: NEW_SYNTAX,
}
UNUSUAL_METHOD = "unusual_method", Warning {
    meaning: "KrakenD's schema knows GET, HEAD, POST, PUT, PATCH, DELETE and OPTIONS; KrakenD and browsers accept other methods, spelt exactly as here, but `krakend check --lint` refuses the file",
    example: Cors("\"allow_methods\": [\"GET\", \"PURGE\"]"),
    remedy: "check the spelling",
    source: KRAKEND,
}
DUPLICATE_METHOD = "duplicate_method", Warning {
    meaning: "once is enough: the second entry changes nothing",
    example: Cors("\"allow_methods\": [\"GET\", \"GET\"]"),
    remedy: "remove the second",
    source: KRAKEND,
}
OPTIONS_LISTED = "options_listed", Hint {
    meaning: "a preflight is an OPTIONS request, but it does not need OPTIONS in the list; only scripts that send OPTIONS themselves do, and KrakenD lets these through anyway",
    example: Cors("\"allow_methods\": [\"GET\", \"OPTIONS\"]"),
    remedy: "remove it",
    source: PREFLIGHT,
}
SAFELISTED_METHOD_MISSING = "safelisted_method_missing", Hint {
    meaning: "browsers send GET, HEAD and POST without a preflight if the headers are usual too, and then the request reaches the handler; for a method that is not listed KrakenD only withholds the CORS headers, so that the script cannot read the response",
    example: Cors("\"allow_methods\": [\"GET\", \"HEAD\"]"),
    remedy: "list all three, and protect what writes by authentication",
    source: sources::METHODS,
}
NO_METHODS = "no_methods", Warning {
    meaning: "KrakenD puts its default in place of an empty list: GET, HEAD and POST; browsers send these without a preflight, so CORS cannot forbid them",
    example: Cors("\"allow_methods\": []"),
    remedy: "remove the key, or list the methods",
    source: KRAKEND,
}
}
