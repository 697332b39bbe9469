//! Where a real browser and `testing::Browser` differ in a call.

use std::collections::BTreeSet;
use std::fmt;

use super::case::{Call, Case, Resource};
use super::play::{Made, Outcome, Played, is_of_cors};
use super::stage::Arrival;

/// One difference, and all that may explain it.
pub(super) struct Seen<'c> {
    pub(super) case: &'c Case,
    /// The index of the call.
    pub(super) index: usize,
    pub(super) call: &'c Call,
    /// The calls up to this one.
    pub(super) browser: &'c [Made],
    pub(super) model: &'c [Made],
    pub(super) difference: Difference<'c>,
}

#[derive(Clone, Debug)]
pub(super) enum Difference<'c> {
    /// The requests up to here are the same, but then come these.
    Request {
        browser: Option<&'c Arrival>,
        model: Option<&'c Arrival>,
    },
    /// Only one of them needs a preflight because of this header, or requests it in one.
    Requested { name: &'c str },
    /// The same requests, but with another value of a header.
    Sent { name: &'c str },
    /// Only one of them gives the response to the script.
    Outcome,
    /// The status or the body.
    Response,
    /// A header that only one of them gives to the script, or with another value.
    Read { name: &'c str },
    /// What the console says of a call that is blocked in both.
    Console { line: Option<&'c str> },
}

impl Difference<'_> {
    /// Whether what follows may depend on it.
    pub(super) fn is_the_end(&self) -> bool {
        !matches!(self, Self::Read { .. } | Self::Console { .. })
    }
}

impl<'c> Seen<'c> {
    pub(super) fn browser_made(&self) -> &'c Made {
        &self.browser[self.index]
    }

    pub(super) fn model_made(&self) -> &'c Made {
        &self.model[self.index]
    }

    pub(super) fn resource(&self, at: usize) -> Option<&'c Resource> {
        self.case.service.get(at)
    }
}

impl fmt::Display for Seen<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match &self.difference {
            Difference::Request { .. } => "other requests".to_owned(),
            Difference::Requested { name } => format!("only one requests the header `{name}`"),
            Difference::Sent { name } => format!("another request header `{name}`"),
            Difference::Outcome => "only one gives the response to the script".to_owned(),
            Difference::Response => "another status or body".to_owned(),
            Difference::Read { name } => format!("another response header `{name}`"),
            Difference::Console { line } => format!("the console has: {line:?}"),
        };
        write!(f, "call {}: {what}", self.index + 1)?;
        write!(f, "\n    the browser {}", self.browser_made())?;
        write!(f, "\n    the model {}", self.model_made())
    }
}

/// The names of all differences, or the first difference that has none. Behind one on which the rest depends,
/// nothing is compared.
pub(super) fn compare<'c>(
    case: &'c Case,
    played: &'c Played,
    model: &'c [Made],
    name: impl Fn(&Seen<'c>) -> Option<&'static str>,
) -> Result<Vec<&'static str>, Seen<'c>> {
    let mut names = Vec::new();
    let mut console = played.console.iter().map(String::as_str);
    for (index, call) in case.calls.iter().enumerate() {
        let (Some(browser), Some(made)) = (played.calls.get(index), model.get(index)) else {
            break;
        };
        let seen = |difference| Seen {
            case,
            index,
            call,
            browser: &played.calls,
            model,
            difference,
        };
        let named = |difference| {
            let seen = seen(difference);
            name(&seen).ok_or(seen)
        };
        if let Some((whole, parts)) = requests(browser, made) {
            // Either the request has a name, or each of the headers that make the difference.
            let named_parts: Result<Vec<_>, _> = parts.into_iter().map(named).collect();
            match (named(whole), named_parts) {
                (Ok(name), _) => names.push(name),
                (Err(_), Ok(parts)) if !parts.is_empty() => names.extend(parts),
                (Err(whole), _) => return Err(whole),
            }
            return Ok(names);
        }
        let expected = is_expected(&made.outcome);
        let line = expected.then(|| console.clone().next());
        let mut is_said = expected;
        for difference in outcomes(browser, made, line) {
            let is_the_end = difference.is_the_end();
            let name = match (difference, named(Difference::Console { line: None })) {
                // The line belongs to a later call.
                (Difference::Console { .. }, Ok(name)) => {
                    is_said = false;
                    name
                }
                (difference, _) => named(difference)?,
            };
            names.push(name);
            if is_the_end {
                return Ok(names);
            }
        }
        if is_said {
            console.next();
        }
        // A line too many.
        if index + 1 == case.calls.len()
            && let Some(line) = console.next()
        {
            let line = Some(line);
            names.push(named(Difference::Console { line })?);
        }
    }
    Ok(names)
}

fn is_expected(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Blocked { text, .. } if is_of_cors(text))
}

/// How many lines the console should have, up to a call that differs.
pub(super) fn lines(browser: &[Made], model: &[Made]) -> usize {
    let calls = browser.iter().zip(model).take_while(|(browser, model)| {
        browser.arrivals == model.arrivals
            && browser.outcome.is_blocked() == model.outcome.is_blocked()
    });
    calls
        .filter(|(_, model)| is_expected(&model.outcome))
        .count()
}

/// The first requests that differ, as a whole and by headers.
fn requests<'c>(
    browser: &'c Made,
    model: &'c Made,
) -> Option<(Difference<'c>, Vec<Difference<'c>>)> {
    let most = browser.arrivals.len().max(model.arrivals.len());
    let mut pairs = (0..most).map(|index| (browser.arrivals.get(index), model.arrivals.get(index)));
    let (browser, model) = pairs.find(|(browser, model)| browser != model)?;
    let whole = Difference::Request { browser, model };
    let (Some(browser), Some(model)) = (browser, model) else {
        return Some((whole, Vec::new()));
    };
    let parts = if browser.at != model.at || browser.query != model.query {
        Vec::new()
    } else if browser.is_preflight() || model.is_preflight() {
        let (browser, model) = (browser.requested(), model.requested());
        let mut names = browser.clone();
        names.extend(&model);
        names.retain(|name| !(browser.contains(name) && model.contains(name)));
        let names = names.into_iter();
        names.map(|name| Difference::Requested { name }).collect()
    } else if browser.method == model.method && browser.body == model.body {
        let names = browser.headers.keys().chain(model.headers.keys());
        let names: BTreeSet<&str> = names
            .map(String::as_str)
            .filter(|name| browser.get(name) != model.get(name))
            .collect();
        let names = names.into_iter();
        names.map(|name| Difference::Sent { name }).collect()
    } else {
        Vec::new()
    };
    Some((whole, parts))
}

fn outcomes<'c>(
    browser: &'c Made,
    model: &'c Made,
    line: Option<Option<&'c str>>,
) -> Vec<Difference<'c>> {
    use Outcome::{Blocked, Reads};

    match (&browser.outcome, &model.outcome) {
        (
            Reads {
                status,
                headers,
                body,
            },
            Reads {
                status: their_status,
                headers: theirs,
                body: their_body,
            },
        ) => {
            if (status, body) != (their_status, their_body) {
                return vec![Difference::Response];
            }
            let names = headers.keys().chain(theirs.keys());
            let names: BTreeSet<&str> = names
                .filter(|name| headers.get(*name) != theirs.get(*name))
                .map(String::as_str)
                .collect();
            let names = names.into_iter();
            names.map(|name| Difference::Read { name }).collect()
        }
        (Blocked { text: error, .. }, Blocked { text, .. }) => match line {
            Some(line) if !line.is_some_and(|line| line.ends_with(&crate::escaped(text))) => {
                vec![Difference::Console { line }]
            }
            // Not a line of the console, but the script's own error.
            None if text.starts_with("Failed to execute") && !error.ends_with(text) => {
                vec![Difference::Console { line: Some(error) }]
            }
            _ => Vec::new(),
        },
        _ => vec![Difference::Outcome],
    }
}
