//! What scripts read, and what the console says.

use cors_runtime::testing::Blocked;

use super::Rule;
use crate::random::case::Reply;
use crate::random::difference::Difference;

pub(super) const RULES: &[Rule] = &[
    // Fetch, "filtered response": only `Set-Cookie` is hidden.
    Rule {
        name: "clear_site_data",
        holds: |seen| {
            matches!(
                seen.difference,
                Difference::Read {
                    name: "clear-site-data"
                }
            )
        },
    },
    // Fetch, "HTTP fetch": the CORS check comes before the redirect. Chromium's network stack first refuses a
    // `Location` that no request can follow, and the console says nothing of CORS.
    Rule {
        name: "impossible_location_first",
        holds: |seen| {
            let last = seen.browser_made().arrivals.last();
            let reply = last
                .and_then(|last| seen.resource(last.at))
                .map(|it| &it.actual);
            let is_impossible = |reply: &Reply| {
                let location = reply.get("Location").unwrap_or_default();
                let lines = location.split_once(", ");
                reply.is_redirect()
                    && (location == "http://[" || lines.is_some_and(|(one, other)| one != other))
            };
            matches!(seen.difference, Difference::Console { line: None })
                && last.is_some_and(|last| !last.is_preflight())
                && reply.is_some_and(is_impossible)
        },
    },
    // Chromium names the refused header that comes first in its hash table.
    Rule {
        name: "which_refused_header",
        holds: |seen| {
            let Difference::Console { line: Some(line) } = &seen.difference else {
                return false;
            };
            let why = seen.model_made().outcome.why();
            let is_refused = matches!(why, Some(Blocked::Header { .. }));
            let named = line.split_once("Request header field ");
            let named = named.and_then(|(_, rest)| rest.split_once(" is not allowed by"));
            let last = seen.browser_made().arrivals.last();
            is_refused
                && named.is_some_and(|(name, _)| {
                    last.is_some_and(|last| last.requested().contains(&name))
                })
        },
    },
];
