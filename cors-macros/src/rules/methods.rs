//! Mistakes in `allow_methods`.

#[cfg(test)]
use super::Example::*;
use super::rules;
#[cfg(test)]
use super::sources::{self, *};

rules! { METHODS:
METHOD_NOT_UPPER_CASE = "method_not_upper_case", Error {
    meaning: "methods are case-sensitive. Browsers send DELETE, GET, HEAD, OPTIONS, POST and PUT in upper case whatever the script says; `patch` matches only a script that writes it so",
    example: Cors("\"allow_methods\": [\"get\"]"),
    remedy: "write it in upper case",
    source: sources::METHODS,
}
FORBIDDEN_METHOD = "forbidden_method", Denied {
    meaning: "CONNECT, TRACE and TRACK are forbidden methods: no script can send them",
    example: Cors("\"allow_methods\": [\"GET\", \"TRACE\"]"),
    remedy: "remove it",
    source: sources::METHODS,
}
STAR_METHOD = "star_method", Error {
    meaning: "KrakenD takes `*` for a method of that name; so do browsers with credentials",
    example: Cors("\"allow_methods\": [\"*\"]"),
    remedy: "list the methods",
    source: PREFLIGHT,
}
NOT_A_METHOD = "not_a_method", Error {
    meaning: "a method is one token: letters, digits and a few signs. One entry that is not makes browsers refuse the whole list",
    example: Cors("\"allow_methods\": [\"GET, POST\"]"),
    remedy: "write one method an entry",
    source: NEW_SYNTAX,
}
UNUSUAL_METHOD = "unusual_method", Warning {
    meaning: "not one of the methods that KrakenD's schema knows. Browsers accept it; `krakend check --lint` does not",
    example: Cors("\"allow_methods\": [\"GET\", \"PURGE\"]"),
    remedy: "check the spelling",
    source: KRAKEND,
}
DUPLICATE_METHOD = "duplicate_method", Warning {
    meaning: "the same method twice",
    example: Cors("\"allow_methods\": [\"GET\", \"GET\"]"),
    remedy: "remove one",
    source: KRAKEND,
}
OPTIONS_LISTED = "options_listed", Hint {
    meaning: "preflights need no OPTIONS in the list; only a script that sends OPTIONS itself does, and KrakenD lets that pass anyway",
    example: Cors("\"allow_methods\": [\"GET\", \"OPTIONS\"]"),
    remedy: "remove it",
    source: PREFLIGHT,
}
SAFELISTED_METHOD_MISSING = "safelisted_method_missing", Hint {
    meaning: "browsers send GET, HEAD and POST without asking. Leaving one out keeps nobody out; KrakenD only hides the answer",
    example: Cors("\"allow_methods\": [\"GET\", \"HEAD\"]"),
    remedy: "list all three, and protect writes otherwise",
    source: sources::METHODS,
}
NO_METHODS = "no_methods", Warning {
    meaning: "an empty list means GET, HEAD and POST, not none",
    example: Cors("\"allow_methods\": []"),
    remedy: "remove the key, or list the methods",
    source: KRAKEND,
}
}
