//! Responses from the HTTP cache.

use super::Rule;
use crate::random::case::Reply;
use crate::random::difference::{Difference, Seen};
use crate::random::stage::Arrival;

pub(super) const RULES: &[Rule] = &[
    // `Browser` keeps no bodies, so it asks the service too. The verdict must be the same.
    Rule {
        name: "stored_response",
        holds: |seen| {
            let is_same =
                seen.browser_made().outcome.is_blocked() == seen.model_made().outcome.is_blocked();
            let is_fresh = |reply: &Reply| directives(reply).any(|it| it == "max-age=86400");
            is_same && stored(seen).is_some_and(is_fresh)
        },
    },
    // RFC 9111, section 4.2: a response may be fresh without `max-age`, and some statuses always are.
    Rule {
        name: "implicitly_fresh",
        holds: |seen| {
            let is_fresh = |reply: &Reply| {
                let is_cacheable = matches!(reply.status, 300 | 301 | 308 | 410);
                let has = |name| reply.get(name).is_some_and(|value| value.len() > 1);
                let has_age = directives(reply).any(|it| it.starts_with("max-age="));
                !has_age && (is_cacheable || has("Last-Modified") || has("Expires"))
            };
            stored(seen).is_some_and(is_fresh)
        },
    },
];

/// The response to a GET that only the model sends, and that arrived in the browser before.
fn stored<'c>(seen: &Seen<'c>) -> Option<&'c Reply> {
    let Difference::Request {
        browser,
        model: Some(model),
    } = seen.difference
    else {
        return None;
    };
    let is_missing = model.method == "GET" && browser.is_none_or(|it| it.at != model.at);
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
