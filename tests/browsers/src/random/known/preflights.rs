//! Which requests need a preflight.

use cors_runtime::testing::Blocked;

use super::{Rule, caches};
use crate::random::difference::{Difference, Seen};
use crate::random::play::Made;
use crate::random::stage::Arrival;

pub(super) const RULES: &[Rule] = &[
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
    // In Chromium, an opaque origin is the same at each redirect of one fetch, but not in the next fetch.
    Rule {
        name: "opaque_origin_of_one_fetch",
        holds: |seen| {
            let Difference::Request {
                browser,
                model: Some(model),
            } = &seen.difference
            else {
                return false;
            };
            let is_like = |it: &Arrival| {
                it.is_preflight() && it.at == model.at && it.get("origin") == Some("null")
            };
            is_like(model)
                && browser.is_none_or(|it| !it.is_preflight() && it.at == model.at)
                && seen.browser_made().arrivals.iter().any(is_like)
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
            let is_refused = |why: &Blocked| matches!(why, Blocked::Header { names, .. } if names == &["authorization"]);
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

fn arrived(made: &[Made]) -> impl DoubleEndedIterator<Item = &Arrival> {
    made.iter().flat_map(|made| &made.arrivals)
}
