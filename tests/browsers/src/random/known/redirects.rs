//! Redirects.

use cors_runtime::testing::Blocked;

use super::Rule;
use crate::random::difference::{Difference, Seen};
use crate::random::play::Outcome;

pub(super) const RULES: &[Rule] = &[
    // Fetch, "location URL": "extract header list values" fails for two lines. Chromium follows them if they
    // are equal.
    Rule {
        name: "location_twice",
        holds: |seen| {
            has_two_equal_locations(seen)
                && matches!(
                    seen.difference,
                    Difference::Request {
                        browser: Some(_),
                        model: None
                    }
                )
        },
    },
    // The URL parser resolves an empty text to the URL itself. Chromium takes it for no redirect.
    Rule {
        name: "empty_location",
        holds: |seen| {
            let made = seen.browser_made();
            let last = made.arrivals.last().and_then(|last| seen.resource(last.at));
            let is_empty = last.is_some_and(|it| it.actual.get("Location").as_deref() == Some(""));
            is_empty
                && matches!(
                    made.outcome,
                    Outcome::Reads {
                        status: 301..=308,
                        ..
                    }
                )
        },
    },
    // Fetch, "HTTP-redirect fetch": only a CORS request, or a redirect to another origin, must have no user
    // name. Chromium lets none.
    Rule {
        name: "user_at_the_own_origin",
        holds: |seen| {
            let made = seen.browser_made();
            let last = made.arrivals.last().and_then(|last| seen.resource(last.at));
            let location = last.and_then(|it| it.actual.get("Location"));
            made.outcome.is_blocked()
                && location.is_some_and(|it| it.starts_with("http://user:word@app."))
        },
    },
    // "A location URL is decoded as UTF-8" is an open question of Fetch. Chromium keeps the bytes.
    Rule {
        name: "latin_location",
        holds: |seen| match seen.difference {
            Difference::Request {
                browser: Some(browser),
                model: Some(model),
            } => {
                browser.query.as_deref() == Some("%E9=1")
                    && model.query.as_deref() == Some("%EF%BF%BD=1")
            }
            _ => false,
        },
    },
    // The fragment is not sent, but Chromium has it in its line.
    Rule {
        name: "fragment",
        holds: |seen| {
            let Difference::Console { line: Some(line) } = seen.difference else {
                return false;
            };
            match &seen.model_made().outcome {
                Outcome::Blocked { text, .. } => {
                    line.replacen("#part", "", 1).ends_with(text.as_str())
                }
                Outcome::Reads { .. } => false,
            }
        },
    },
];

fn has_two_equal_locations(seen: &Seen<'_>) -> bool {
    matches!(
        seen.model_made().outcome.why(),
        Some(Blocked::Location { location, .. })
            if location.split_once(", ").is_some_and(|(one, other)| one == other)
    )
}
