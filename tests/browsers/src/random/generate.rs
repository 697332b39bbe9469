//! Random cases. What comes first in a table is what a failing case shrinks to.

mod requests;
mod responses;

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any};
use proptest::prop_oneof;
use proptest::strategy::Union;

use super::case::{Call, Case, HOSTS, Page, Resource};

pub(super) fn case() -> impl Strategy<Value = Case> {
    let calls = vec((requests::call(), next()), 1..5);
    (vec(responses::resource(), HOSTS.len()), calls).prop_map(|(service, calls)| {
        let mut made: Vec<Call> = Vec::new();
        for (fresh, next) in calls {
            let call = match made.last() {
                Some(last) => next.after(last, fresh),
                None => fresh,
            };
            made.push(call);
        }
        used(Case {
            service,
            calls: made,
        })
    })
}

/// What a call has in common with the one before it. Caches matter only to what is alike.
#[derive(Clone, Debug)]
enum Next {
    Same,
    OtherPage,
    OtherMethod,
    OtherHeaders,
    OtherCredentials,
    Fresh,
}

fn next() -> impl Strategy<Value = Next> {
    prop_oneof![
        3 => Just(Next::Same),
        2 => Just(Next::OtherPage),
        2 => Just(Next::OtherMethod),
        2 => Just(Next::OtherHeaders),
        1 => Just(Next::OtherCredentials),
        1 => Just(Next::Fresh),
    ]
}

impl Next {
    fn after(self, last: &Call, fresh: Call) -> Call {
        let last = Call {
            preflight: fresh.preflight.clone(),
            ..last.clone()
        };
        match self {
            Self::Same => last,
            Self::OtherPage => Call {
                page: fresh.page,
                ..last
            },
            Self::OtherMethod => Call {
                method: fresh.method,
                body: fresh.body,
                ..last
            },
            Self::OtherHeaders => Call {
                headers: fresh.headers,
                ..last
            },
            Self::OtherCredentials => Call {
                credentials: fresh.credentials,
                ..last
            },
            Self::Fresh => fresh,
        }
    }
}

/// Leaves out the last URLs if no call gets there.
fn used(mut case: Case) -> Case {
    let mentioned = |resource: &Resource, index: usize| {
        let location = resource.actual.get("Location").unwrap_or_default();
        location.contains(&format!("{{{index}}}"))
    };
    while let Some(last) = case.service.len().checked_sub(1)
        && !case.calls.iter().any(|call| call.to == last)
        && !case
            .service
            .iter()
            .any(|resource| mentioned(resource, last))
    {
        case.service.pop();
    }
    case
}

fn page() -> impl Strategy<Value = Page> {
    weighted(&[
        (6, Page::App),
        (2, Page::Other),
        (1, Page::Api),
        (1, Page::Sandboxed),
    ])
}

/// One value of a table of weights and values.
fn weighted<T: Clone + std::fmt::Debug + 'static>(
    table: &[(u32, T)],
) -> impl Strategy<Value = T> + use<T> {
    let values = table.iter().cloned();
    Union::new_weighted(
        values
            .map(|(weight, value)| (weight, Just(value)))
            .collect(),
    )
}

/// True in one of so many cases.
fn one_in(many: u32) -> impl Strategy<Value = bool> {
    any::<u32>().prop_map(move |random| random % many == many - 1)
}
