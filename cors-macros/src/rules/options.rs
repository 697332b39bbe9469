//! Mistakes in `max_age`, `options_success_status` and the switches.

#[cfg(test)]
use super::Example::*;
use super::rules;
#[cfg(test)]
use super::sources::*;

rules! { OPTIONS:
MALFORMED_MAX_AGE = "malformed_max_age", Error {
    meaning: "not a duration that KrakenD reads: a number and a unit of ns, us, µs, ms, s, m or h. KrakenD ignores it without a word, and browsers ask again after 5 seconds",
    example: Cors("\"max_age\": \"600\""),
    remedy: "write a unit: `\"10m\"`",
    source: KRAKEND,
}
MAX_AGE_BELOW_A_SECOND = "max_age_below_a_second", Error {
    meaning: "KrakenD cuts off fractions of a second, so the header is left out and browsers ask again after 5 seconds",
    example: Cors("\"max_age\": \"500ms\""),
    remedy: "write `\"1s\"` or more, or remove the key",
    source: PREFLIGHT_CACHE,
}
MAX_AGE_ZERO = "max_age_zero", Warning {
    meaning: "zero does not turn the preflight cache off: KrakenD sends no header, and browsers keep answers for 5 seconds",
    example: Cors("\"max_age\": \"0s\""),
    remedy: "remove the key",
    source: PREFLIGHT_CACHE,
}
MAX_AGE_NEGATIVE = "max_age_negative", Warning {
    meaning: "a negative time is sent as `0`, which turns the preflight cache off. KrakenD's schema refuses it",
    example: Cors("\"max_age\": \"-1s\""),
    remedy: "allow it if no caching is meant, else write a positive time",
    source: PREFLIGHT_CACHE,
}
MAX_AGE_ABOVE_A_DAY = "max_age_above_a_day", Warning {
    meaning: "no browser keeps a preflight's answer for more than a day",
    example: Cors("\"max_age\": \"48h\""),
    remedy: "write `\"24h\"` or `\"2h\"`",
    source: PREFLIGHT_CACHE,
}
MAX_AGE_ABOVE_CAPS = "max_age_above_caps", Hint {
    meaning: "Chromium keeps a preflight's answer for 2 hours at most, WebKit for 10 minutes",
    example: Cors("\"max_age\": \"12h\""),
    remedy: "nothing needs to change",
    source: PREFLIGHT_CACHE,
}
MAX_AGE_NOT_PLAIN = "max_age_not_plain", Hint {
    meaning: "several units, a sign or a fraction: KrakenD reads it, its schema does not; what is below a second is cut off",
    example: Cors("\"max_age\": \"1h30m\""),
    remedy: "write one number and one unit",
    source: KRAKEND,
}
STATUS_OUT_OF_RANGE = "status_out_of_range", Error {
    meaning: "a browser accepts a preflight's answer only with a status from 200 to 299",
    example: Cors("\"options_success_status\": 302"),
    remedy: "write 204, or 200 for old proxies",
    source: PREFLIGHT,
}
UNUSUAL_STATUS = "unusual_status", Warning {
    meaning: "browsers accept it, but proxies may not expect it of an answer without a body",
    example: Cors("\"options_success_status\": 206"),
    remedy: "write 204 or 200",
    source: PREFLIGHT,
}
STATUS_WITH_PASSTHROUGH = "status_with_passthrough", Warning {
    meaning: "with `options_passthrough` the handler's own status is sent; this one never is",
    example: Cors("\"options_passthrough\": true, \"options_success_status\": 204"),
    remedy: "remove one of the two",
    source: KRAKEND,
}
PASSTHROUGH = "passthrough", Hint {
    meaning: "the handler must answer OPTIONS with a status from 200 to 299 and without authentication, or every preflight fails",
    example: Cors("\"options_passthrough\": true"),
    remedy: "turn it off, or add the route",
    source: PREFLIGHT,
}
PRIVATE_NETWORK = "private_network", Hint {
    meaning: "no current browser asks for this: Private Network Access was given up for a permission prompt",
    example: Cors("\"allow_private_network\": true"),
    remedy: "remove it",
    source: LOCAL_NETWORK,
}
PRIVATE_NETWORK_FOR_ANY_ORIGIN = "private_network_for_any_origin", Denied {
    meaning: "where a browser does ask, every site on the internet may reach into the private network",
    example: Cors("\"allow_origins\": [\"*\"], \"allow_private_network\": true"),
    remedy: "list the origins",
    source: LOCAL_NETWORK,
}
DEBUG_ON = "debug_on", Warning {
    meaning: "every decision is logged: meant for development",
    example: Cors("\"debug\": true"),
    remedy: "remove it before production",
    source: KRAKEND,
}
CREDENTIALS_FOR_AUTHORIZATION = "credentials_for_authorization", Hint {
    meaning: "a script that sets `Authorization` itself needs no credentials mode; `allow_credentials` is for cookies, client certificates and logins kept by the browser",
    example: Cors("\"allow_headers\": [\"Authorization\"], \"allow_credentials\": true"),
    remedy: "drop `allow_credentials` unless cookies are used",
    source: CREDENTIALS,
}
}
