//! Mistakes that only a call with `within` has.

#[cfg(any(test, feature = "check"))]
use super::Example::*;
use super::rules;
#[cfg(any(test, feature = "check"))]
use super::sources::*;

rules! { CEILING:
BEYOND_CEILING = "beyond_ceiling", Error {
    meaning: "`within` is the most that this service accepts. A policy that allows more does not compile",
    example: Call("cors_policy!({\n  \"allow_origins\": [\"https://app.example.com\", \"https://partner.example.net\"],\n  \"allow_headers\": [\"Content-Type\"],\n}, within({\n  \"allow_origins\": [\"https://*.example.com\"],\n}))"),
    help: "remove it, or accept it in `within`",
    source: CEILING_OF_CALL,
}
NOT_LIMITED = "not_limited", Error {
    meaning: "`within` limits what pages on other origins may do: the four lists, `max_age`, `allow_credentials` and `allow_private_network`. It limits no other key",
    example: Call("cors_policy!({\n  \"allow_origins\": [\"https://app.example.com\"],\n  \"allow_headers\": [\"Content-Type\"],\n}, within({\n  \"allow_origins\": [\"https://*.example.com\"],\n  \"debug\": false,\n}))"),
    help: "remove it from `within`",
    source: CEILING_OF_CALL,
}
EMPTY_LIMIT = "empty_limit", Error {
    meaning: "an empty list of origins or request headers means all of them in a policy, and an empty list of methods means GET, HEAD and POST. In `within` that is hardly meant",
    example: Call("cors_policy!({\n  \"allow_origins\": [\"https://app.example.com\"],\n  \"allow_headers\": [\"Content-Type\"],\n}, within({\n  \"allow_origins\": [\"https://*.example.com\"],\n  \"allow_headers\": [],\n}))"),
    help: "list what is accepted, or remove the setting from `within` to leave it unlimited",
    source: CEILING_OF_CALL,
}
}
