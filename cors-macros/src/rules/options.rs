//! Mistakes in `max_age`, `options_success_status` and the switches.

#[cfg(any(test, feature = "check"))]
use super::Example::*;
use super::rules;
#[cfg(any(test, feature = "check"))]
use super::sources::*;

rules! { OPTIONS:
MALFORMED_MAX_AGE = "malformed_max_age", Error {
    meaning: "KrakenD reads durations as Go does: numbers with the units ns, us, ms, s, m and h, such as `10m`. It silently ignores anything else and sends no `Access-Control-Max-Age`, so browsers cache each preflight for 5 seconds",
    in_call: "a duration is written as in Go: numbers with the units ns, us, ms, s, m and h, such as `10m`",
    example: Cors("\"max_age\": \"600\""),
    help: "write a whole number and a unit, such as `10m` or `24h`",
    source: KRAKEND,
}
MAX_AGE_BELOW_A_SECOND = "max_age_below_a_second", Error {
    meaning: "KrakenD drops fractions of a second. For 0 seconds it sends no `Access-Control-Max-Age`, so browsers cache each preflight for 5 seconds",
    example: Cors("\"max_age\": \"500ms\""),
    right: Cors("\"max_age\": \"1s\""),
    help: "write `1s` or more, or remove the key",
    source: PREFLIGHT_CACHE,
}
MAX_AGE_ZERO = "max_age_zero", Warning {
    meaning: "zero does not turn the preflight cache off. KrakenD sends no `Access-Control-Max-Age` for it, so browsers cache each preflight for 5 seconds",
    example: Cors("\"max_age\": \"0s\""),
    right: Cors("\"max_age\": \"2h\""),
    help: "remove the key. To turn the cache off, write `-1s` and accept `max_age_negative`",
    source: PREFLIGHT_CACHE,
}
MAX_AGE_NEGATIVE = "max_age_negative", Warning {
    meaning: "KrakenD sends `Access-Control-Max-Age: 0` for a negative duration, so browsers send a preflight before every request that needs one. KrakenD reads the value, but its schema refuses it",
    in_call: "`Access-Control-Max-Age: 0` is sent for a negative duration, so browsers send a preflight before every request that needs one",
    example: Cors("\"max_age\": \"-1s\""),
    right: Cors("\"max_age\": \"2h\""),
    help: "write how long to cache, such as `10m`",
    accepted_if: "the cache should be off",
    source: PREFLIGHT_CACHE,
}
MAX_AGE_ABOVE_A_DAY = "max_age_above_a_day", Warning {
    meaning: "browsers limit how long they cache a preflight: Firefox to 24 hours, Chromium to 2 hours, WebKit to 10 minutes",
    example: Cors("\"max_age\": \"48h\""),
    help: "write `24h` or less",
    source: PREFLIGHT_CACHE,
}
MAX_AGE_ABOVE_CAPS = "max_age_above_caps", Hint {
    meaning: "browsers limit how long they cache a preflight: Firefox to 24 hours, Chromium to 2 hours, WebKit to 10 minutes. A longer `max_age` does no harm",
    example: Cors("\"max_age\": \"12h\""),
    right: Cors("\"max_age\": \"10m\""),
    help: "leave it as it is: each browser uses its own limit",
    source: PREFLIGHT_CACHE,
}
MAX_AGE_NOT_PLAIN = "max_age_not_plain", Hint {
    meaning: "KrakenD reads several units, a sign and a fraction. Its schema, which `krakend check --lint` uses, allows only one whole number and one unit",
    in_call: "several units, a sign and a fraction are read as in Go. One whole number and one unit say the same",
    example: Cors("\"max_age\": \"1h30m\""),
    help: "write one whole number and one unit",
    source: KRAKEND,
}
NO_MAX_AGE = "no_max_age", Hint {
    meaning: "without `max_age` KrakenD sends no `Access-Control-Max-Age`, so browsers cache each preflight for 5 seconds. Each later request that needs one waits for another preflight",
    example: Cors("\"allow_origins\": [\"https://app.example.com\"]"),
    right: Cors("\"allow_origins\": [\"https://app.example.com\"], \"max_age\": \"10m\""),
    help: "add how long to cache, such as `\"max_age\": \"10m\"`, the most that every browser keeps",
    source: PREFLIGHT_CACHE,
}
MAX_AGE_FRACTION = "max_age_fraction", Warning {
    meaning: "KrakenD drops fractions of a second, so it sends a shorter time than is written here",
    in_call: "fractions of a second are dropped, so the time that is sent is shorter than this",
    example: Cors("\"max_age\": \"1.9s\""),
    right: Cors("\"max_age\": \"2s\""),
    help: "write a whole number of seconds",
    source: KRAKEND,
}
STATUS_OUT_OF_RANGE = "status_out_of_range", Error {
    meaning: "browsers accept a preflight response only with a status from 200 to 299. KrakenD sends 101 and 300 to 999 as they are, sends 200 after any other status from 100 to 199, and closes the connection for numbers that are no status",
    in_call: "browsers accept a preflight response only with a status from 200 to 299",
    example: Cors("\"options_success_status\": 302"),
    help: "write 204, or 200 for old proxies",
    source: PREFLIGHT,
}
UNUSUAL_STATUS = "unusual_status", Warning {
    meaning: "a preflight response usually has the status 204 or 200, and KrakenD reads 0 as no status at all. Browsers accept any from 200 to 299, but proxies may not expect it",
    example: Cors("\"options_success_status\": 206"),
    help: "write 204 or 200",
    source: PREFLIGHT,
}
STATUS_WITH_PASSTHROUGH = "status_with_passthrough", Warning {
    meaning: "with `options_passthrough`, KrakenD passes preflights on and the handler's own status is sent. `options_success_status` is then unused",
    example: Cors("\"options_passthrough\": true, \"options_success_status\": 204"),
    help: "remove one of the two",
    source: KRAKEND,
}
PASSTHROUGH = "passthrough", Hint {
    meaning: "with `options_passthrough`, KrakenD does not answer preflights. Your handler must, with a 2xx status and without asking for credentials, because a preflight never carries any",
    example: Cors("\"options_passthrough\": true"),
    right: Cors("\"options_passthrough\": false"),
    help: "remove it, or make sure that a route answers OPTIONS",
    source: PREFLIGHT,
}
PRIVATE_NETWORK = "private_network", Hint {
    meaning: "no current browser asks for this. Private Network Access was given up in favour of Local Network Access, which asks the user and has no CORS headers",
    example: Cors("\"allow_private_network\": true"),
    right: Cors("\"allow_private_network\": false"),
    help: "remove it",
    source: LOCAL_NETWORK,
}
PRIVATE_NETWORK_FOR_ANY_ORIGIN = "private_network_for_any_origin", Denied {
    meaning: "a browser that implements Private Network Access lets every site on the internet send requests to this service inside a private network",
    example: Cors("\"allow_origins\": [\"*\"], \"allow_private_network\": true"),
    right: Cors("\"allow_origins\": [\"https://app.example.com\"], \"allow_private_network\": true"),
    help: "list the origins, or remove `allow_private_network`",
    source: LOCAL_NETWORK,
}
DEBUG_ON = "debug_on", Warning {
    meaning: "KrakenD logs every CORS decision with the headers of the response, at level DEBUG. A compiled policy logs every decision too if the feature `tracing` is on",
    example: Cors("\"debug\": true"),
    right: Cors("\"debug\": false"),
    help: "remove it before production",
    source: KRAKEND,
}
CREDENTIALS_FOR_AUTHORIZATION = "credentials_for_authorization", Hint {
    meaning: "a script that sets `Authorization` itself does not need `allow_credentials`. That setting is for what the browser adds: cookies, client certificates and remembered logins",
    example: Cors("\"allow_headers\": [\"Authorization\"], \"allow_credentials\": true"),
    right: Cors("\"allow_headers\": [\"Authorization\"], \"allow_credentials\": false"),
    help: "remove `allow_credentials`, unless scripts rely on cookies, client certificates or remembered logins",
    source: CREDENTIALS,
}
}
