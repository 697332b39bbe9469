//! Responses from the HTTP cache.

use cors_runtime::testing::Blocked;

use super::Rule;
use crate::random::case::{Page, Reply};
use crate::random::difference::{Difference, Seen};
use crate::random::stage::Arrival;

pub(super) const RULES: &[Rule] = &[
    // `Browser` keeps no bodies, so it asks the service too. The verdict must be the same.
    Rule {
        name: "stored_response",
        holds: |seen| {
            let (browser, model) = (&seen.browser_made().outcome, &seen.model_made().outcome);
            browser.is_blocked() == model.is_blocked() && stored(seen).is_some_and(is_fresh)
        },
    },
    // Fetch, "HTTP cache partitions": a sandboxed frame has a partition of its own. `Browser` has one for all,
    // like a shared cache.
    Rule {
        name: "partition_of_a_sandboxed_page",
        holds: |seen| {
            let made = seen.model_made();
            let at = made.arrivals.last().map(|last| last.at);
            let before = seen.case.calls.iter().zip(seen.model).take(seen.index);
            let mut others = before.filter(|(call, made)| {
                let had = made
                    .arrivals
                    .iter()
                    .any(|it| it.method == "GET" && Some(it.at) == at);
                had && (call.page == Page::Sandboxed) != (seen.call.page == Page::Sandboxed)
            });
            // Both may block, each for its own reason.
            matches!(
                seen.difference,
                Difference::Outcome | Difference::Console { .. }
            ) && matches!(made.outcome.why(), Some(Blocked::Stored { .. }))
                && others.next().is_some()
        },
    },
    // RFC 9111, section 3.3: a cache may store a part of a response. Chromium's does not use one for a whole.
    Rule {
        name: "partial_response",
        holds: |seen| {
            let last = seen.model_made().arrivals.last();
            let reply = last.and_then(|last| seen.resource(last.at));
            let why = seen.model_made().outcome.why();
            matches!(seen.difference, Difference::Outcome)
                && matches!(why, Some(Blocked::Stored { .. }))
                && reply.is_some_and(|reply| reply.actual.status == 206)
        },
    },
];

fn is_fresh(reply: &Reply) -> bool {
    is_explicitly_fresh(reply) || is_implicitly_fresh(reply)
}

fn is_explicitly_fresh(reply: &Reply) -> bool {
    directives(reply).any(|it| it == "max-age=86400")
}

fn is_implicitly_fresh(reply: &Reply) -> bool {
    let is_cacheable = matches!(reply.status, 300 | 301 | 308 | 410);
    let has = |name| reply.get(name).is_some_and(|value| value.len() > 1);
    let has_age = directives(reply).any(|it| it.starts_with("max-age="));
    !has_age && (is_cacheable || has("Last-Modified") || has("Expires"))
}

/// Whether a cache may have the response of a URL.
pub(super) fn is_kept(seen: &Seen<'_>, at: usize) -> bool {
    let reply = seen.resource(at).map(|it| &it.actual);
    reply.is_some_and(is_fresh)
}

/// The response to a GET or HEAD that only the model sends, and that arrived in the browser before.
fn stored<'c>(seen: &Seen<'c>) -> Option<&'c Reply> {
    let Difference::Request {
        browser,
        model: Some(model),
    } = seen.difference
    else {
        return None;
    };
    let is_read = ["GET", "HEAD"].contains(&model.method.as_str());
    let is_missing = is_read && browser.is_none_or(|it| it.at != model.at || it.is_preflight());
    let mut before = seen.browser.iter().flat_map(|made| &made.arrivals);
    let is_same = |it: &Arrival| it.method == "GET" && it.at == model.at && it.query == model.query;
    let is_stored = is_missing && before.any(is_same);
    let resource = seen.resource(model.at).filter(|_| is_stored)?;
    Some(&resource.actual)
}

fn directives(reply: &Reply) -> impl Iterator<Item = String> {
    let control = reply
        .get("Cache-Control")
        .unwrap_or_default()
        .to_ascii_lowercase();
    let directives: Vec<String> = control.split(',').map(|it| it.trim().to_owned()).collect();
    directives.into_iter()
}
