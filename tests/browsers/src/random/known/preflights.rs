//! Which requests need a preflight.

use cors_runtime::testing::Blocked;

use super::{Rule, caches};
use crate::random::case::Credentials;
use crate::random::difference::{Difference, Seen};
use crate::random::play::Made;
use crate::random::stage::Arrival;

pub(super) const RULES: &[Rule] = &[
    // Fetch, "HTTP-network-or-cache fetch": the header sets the cache mode `no-store`, of which the
    // CORS-preflight cache knows nothing. Chromium then leaves out that cache too.
    Rule {
        name: "conditional_request",
        holds: |seen| {
            let names = [
                "If-Match",
                "If-Modified-Since",
                "If-None-Match",
                "If-Range",
                "If-Unmodified-Since",
            ];
            second_preflight(seen).is_some() && names.iter().any(|name| seen.call.sets(name))
        },
    },
    // Fetch, "CORS-preflight cache": an entry for a method or a header leaves the others as they are. In
    // Chromium a response to a preflight replaces all entries of the one before.
    Rule {
        name: "later_preflight_replaces",
        holds: |seen| {
            second_preflight(seen).is_some_and(|(now, before)| {
                let last = before.last();
                let is_other =
                    |last: &&Arrival| asked(last) != asked(now) || names(last) != names(now);
                before.len() > 1 && last.is_some_and(is_other)
            })
        },
    },
    // Fetch, "CORS-preflight fetch": a value that is not a number of seconds means five seconds. Chromium
    // takes a negative one for zero.
    Rule {
        name: "negative_max_age",
        holds: |seen| {
            let is_negative = |value: &str| {
                let digits = value.strip_prefix('-').unwrap_or_default();
                !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
            };
            second_preflight(seen).is_some_and(|(now, _)| {
                let mut ages = said(seen, now.at, "Access-Control-Max-Age");
                ages.any(|age| is_negative(&age))
            })
        },
    },
    // Fetch, "CORS-preflight cache": an entry `*` matches whatever the credentials mode is. In Chromium it does
    // not match requests with credentials, as in the check of a preflight itself.
    Rule {
        name: "kept_star_with_credentials",
        holds: |seen| {
            let has_star = |list: String| list.split(',').any(|element| element.trim() == "*");
            let include = seen.call.credentials == Credentials::Include;
            second_preflight(seen).is_some_and(|(now, _)| {
                let methods = said(seen, now.at, "Access-Control-Allow-Methods");
                let names = said(seen, now.at, "Access-Control-Allow-Headers");
                include && methods.chain(names).any(has_star)
            })
        },
    },
    // Fetch, "CORS-preflight cache": the URL of an entry has a fragment, which only redirects give it. `Browser`
    // keeps none.
    Rule {
        name: "fragment_in_the_cache",
        holds: |seen| {
            let leads = |(now, _): (&Arrival, _)| {
                let mut redirects = seen.browser_made().arrivals.iter();
                redirects.any(|it| {
                    let location = seen
                        .resource(it.at)
                        .and_then(|it| it.actual.get("Location"));
                    !it.is_preflight() && location == Some(format!("{{{}}}#part", now.at))
                })
            };
            second_preflight(seen).is_some_and(leads)
        },
    },
    // The cache's key has a serialised origin in Fetch. In Chromium no two opaque origins are the same: neither
    // those of sandboxed pages, nor what is left of an origin after a redirect to another one.
    Rule {
        name: "opaque_origin",
        holds: |seen| {
            second_preflight(seen).is_some_and(|(now, _)| now.get("origin") == Some("null"))
        },
    },
    // Fetch, "main fetch": a network error clears the entries. Chromium keeps them.
    Rule {
        name: "kept_after_failure",
        holds: |seen| {
            let Difference::Request {
                browser,
                model: Some(model),
            } = &seen.difference
            else {
                return false;
            };
            // The request itself may be saved too.
            let is_stored = || caches::is_kept(seen, model.at);
            let is_saved = match browser {
                Some(browser) => !browser.is_preflight() && browser.at == model.at,
                None => seen.call.method == "GET" && is_stored(),
            };
            let before = seen.browser[..seen.index].iter();
            let mut failed = before.filter(|made| made.outcome.is_blocked());
            let had = |it: &Arrival| it.is_preflight() && it.at == model.at;
            model.is_preflight()
                && is_saved
                && failed.any(|made| made.arrivals.iter().any(|it| it.at == model.at))
                && arrived(&seen.browser[..seen.index]).any(had)
        },
    },
    // Fetch, "CORS non-wildcard request-header name". No engine implements it.
    Rule {
        name: "authorization_under_star",
        holds: |seen| {
            let why = seen.model_made().outcome.why();
            let is_refused = |why: &Blocked| matches!(why, Blocked::Header { name, .. } if name == "authorization");
            let is_sent = matches!(
                seen.difference,
                Difference::Request { browser: Some(browser), model: None } if !browser.is_preflight()
            );
            is_sent && why.is_some_and(is_refused)
        },
    },
    // Fetch, "CORS-unsafe request-header names": each header is checked by itself. Chromium joins them first.
    Rule {
        name: "repeated_header",
        holds: |seen| match &seen.difference {
            // What is joined is also trimmed again.
            Difference::Requested { name } | Difference::Sent { name } => {
                seen.call.values(name).count() > 1
            }
            _ => false,
        },
    },
    // Fetch, "simple range header value": the numbers have any size. In Chromium they have 64 bits.
    Rule {
        name: "long_range",
        holds: |seen| match &seen.difference {
            Difference::Requested { name: "range" } => seen
                .call
                .values("range")
                .all(|value| value.len() > "bytes=".len() + 18),
            _ => false,
        },
    },
    // Chromium reads a `Range` for its cache, and writes it anew, with no more bytes than the response it knows.
    Rule {
        name: "range_rewritten",
        holds: |seen| {
            let range = |made: &'_ Made| {
                let last = made.arrivals.iter().rev().find_map(|it| it.get("range"));
                let (unit, range) = last?.split_once('=')?;
                let start = range.split_once('-')?.0.trim().to_owned();
                unit.eq_ignore_ascii_case("bytes").then_some(start)
            };
            let (Some(browser), Some(model)) =
                (range(seen.browser_made()), range(seen.model_made()))
            else {
                return false;
            };
            // The last bytes have no start before their number is known.
            let same = || browser.parse::<u64>().ok() == model.parse().ok();
            matches!(seen.difference, Difference::Sent { name: "range" })
                && (model.is_empty() || same())
        },
    },
    // Fetch: `User-Agent` is a header like any other. Chromium leaves it out without a word.
    Rule {
        name: "user_agent",
        holds: |seen| {
            matches!(
                &seen.difference,
                Difference::Requested { name: "user-agent" }
                    | Difference::Sent { name: "user-agent" }
            )
        },
    },
    // Client hints are safelisted in Chromium.
    Rule {
        name: "client_hint",
        holds: |seen| {
            const HINTS: [&str; 5] = ["device-memory", "dpr", "rtt", "save-data", "viewport-width"];
            match &seen.difference {
                // And not sent after a redirect.
                Difference::Requested { name } | Difference::Sent { name } => HINTS.contains(name),
                // The request itself is saved too.
                Difference::Request {
                    browser,
                    model: Some(model),
                } if browser.is_none_or(|it| it.at != model.at) => {
                    let mut names = model.requested().into_iter();
                    let is_hint = names.len() > 0 && names.all(|name| HINTS.contains(&name));
                    is_hint && caches::is_kept(seen, model.at)
                }
                _ => false,
            }
        },
    },
    // Fetch, "forbidden request-header": the value is read by "get, decode, and split", which keeps a quoted
    // string together. Chromium is right.
    Rule {
        name: "quoted_method_override",
        holds: |seen| {
            let is_quoted = |name| seen.call.values(name).any(|value| value.contains('"'));
            match &seen.difference {
                Difference::Requested { name } | Difference::Sent { name } => {
                    *name == "x-http-method-override" && is_quoted(name)
                }
                _ => false,
            }
        },
    },
];

/// A preflight that only the browser sends, where the model has sent one before, with those before it.
fn second_preflight<'c>(seen: &Seen<'c>) -> Option<(&'c Arrival, Vec<&'c Arrival>)> {
    let Difference::Request {
        browser: Some(browser),
        model: Some(model),
    } = seen.difference
    else {
        return None;
    };
    let is_extra = browser.is_preflight() && !model.is_preflight() && browser.at == model.at;
    // All that arrived in the browser before it.
    let current = seen.browser_made().arrivals.iter();
    let current = current.take_while(|it| !std::ptr::eq(*it, browser));
    let before = arrived(&seen.browser[..seen.index]).chain(current);
    let before: Vec<&Arrival> = before
        .filter(|it| it.is_preflight() && it.at == browser.at)
        .filter(|it| it.get("origin") == browser.get("origin"))
        .collect();
    (is_extra && !before.is_empty()).then_some((browser, before))
}

/// The values of a header in the responses to preflights to a URL, up to this call.
fn said<'c>(
    seen: &Seen<'c>,
    at: usize,
    name: &'static str,
) -> impl Iterator<Item = String> + use<'c> {
    let calls = seen.case.calls[..=seen.index].iter();
    let own = calls.filter(move |call| call.to == at);
    let own = own.filter_map(|call| call.preflight.as_ref());
    let replies = seen.resource(at).map(|resource| &resource.preflight);
    own.chain(replies).filter_map(|reply| reply.get(name))
}

fn arrived(made: &[Made]) -> impl DoubleEndedIterator<Item = &Arrival> {
    made.iter().flat_map(|made| &made.arrivals)
}

fn asked(preflight: &Arrival) -> Option<&str> {
    preflight.get("access-control-request-method")
}

fn names(preflight: &Arrival) -> Option<&str> {
    preflight.get("access-control-request-headers")
}
