//! Configurations with a mistake made on purpose: none is overlooked.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use super::{checked, is_fault, names, tries};
use crate::policy::Policy;
use crate::tests::draw;

/// A member of a CORS object, as text: a mutation may write a key twice.
pub(super) type Members = Vec<(String, String)>;

/// A right configuration: nothing in it is worth more than a hint.
pub(super) fn right() -> impl Strategy<Value = Members> {
    let some = |all: &'static [&'static str]| proptest::sample::subsequence(all, 1..=all.len());
    let origins = some(&[
        "https://a.example.com",
        "https://b.example.org:8443",
        "https://*.example.net",
    ]);
    let methods = some(&["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]);
    let headers = some(&["Content-Type", "X-Request-Id", "Authorization"]);
    let exposed = some(&["X-Request-Id", "ETag"]);
    let age = select(&["10m", "2h", "90s", "1h"][..]);
    let switches = (any::<bool>(), select(&[200, 204][..]));
    (origins, methods, headers, exposed, age, switches).prop_map(
        |(origins, methods, headers, exposed, age, (credentials, status))| {
            vec![
                member("allow_origins", json!(origins)),
                member("allow_methods", json!(methods)),
                member("allow_headers", json!(headers)),
                member("expose_headers", json!(exposed)),
                member("max_age", json!(age)),
                member("allow_credentials", json!(credentials)),
                member("options_success_status", json!(status)),
            ]
        },
    )
}

fn member(key: &str, value: Value) -> (String, String) {
    (key.to_owned(), value.to_string())
}

#[derive(Clone, Debug)]
pub(super) enum Mutation {
    /// A key is left out.
    Drop,
    /// A key stands twice.
    Duplicate,
    /// A value has another type.
    Retype(Value),
    /// A letter of a key is left out, doubled or made upper case.
    Misspell(Index, u8),
    /// A value is put into a list or an object.
    Nest(bool),
    /// An entry of a list, or the value, has something behind it.
    Spoil(&'static str),
    /// The section stands in an endpoint.
    Misplace,
}

pub(super) fn mutation() -> impl Strategy<Value = Mutation> {
    let values = select(vec![
        json!(null),
        json!(true),
        json!(5),
        json!(2.5),
        json!("x y"),
        json!({}),
        json!([1]),
    ]);
    prop_oneof![
        Just(Mutation::Drop),
        Just(Mutation::Duplicate),
        values.prop_map(Mutation::Retype),
        (any::<Index>(), 0..3_u8).prop_map(|(at, how)| Mutation::Misspell(at, how)),
        any::<bool>().prop_map(Mutation::Nest),
        select(&[" ", "/", ",", "\u{0}", "é", "\"", "*"][..]).prop_map(Mutation::Spoil),
        Just(Mutation::Misplace),
    ]
}

pub(super) fn document(members: &Members) -> String {
    let members: Vec<String> = members
        .iter()
        .map(|(key, value)| format!("{key:?}: {value}"))
        .collect();
    format!(
        "{{ \"version\": 3, \"extra_config\": {{ \"security/cors\": {{ {} }} }} }}",
        members.join(", ")
    )
}

/// The type of a value, as JSON has types.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    }
}

fn misplaced(members: &Members) -> String {
    format!(
        "{{ \"extra_config\": {{}}, \"endpoints\": [{}] }}",
        document(members)
    )
}

/// The findings above a hint, by name, and the policy.
fn judge(text: &str) -> (Vec<&'static str>, Option<Policy>) {
    let (source, mut findings, policy) = checked("krakend.json", text.as_bytes());
    for finding in &findings {
        // Every one can be drawn, and says why.
        assert!(
            draw(finding, &source).contains(finding.rule.name),
            "{finding:?}"
        );
    }
    findings.retain(is_fault);
    (names(&findings), policy)
}

pub(super) fn mutate(mut members: Members, at: Index, mutation: &Mutation) -> String {
    let at = at.index(members.len());
    let (key, value) = members[at].clone();
    match mutation {
        Mutation::Drop => {
            members.remove(at);
        }
        Mutation::Duplicate => members.push((key, value)),
        Mutation::Retype(other) => members[at].1 = other.to_string(),
        Mutation::Misspell(letter, how) => {
            let letter = letter.index(key.len());
            let (before, after) = key.split_at(letter);
            let (same, rest) = after.split_at(1);
            members[at].0 = match how {
                0 => format!("{before}{rest}"),
                1 => format!("{before}{same}{same}{rest}"),
                _ => format!("{before}{}{rest}", same.to_ascii_uppercase()),
            };
        }
        Mutation::Nest(true) => members[at].1 = format!("[{value}]"),
        Mutation::Nest(false) => members[at].1 = format!("{{ {key:?}: {value} }}"),
        Mutation::Spoil(tail) => {
            let spoilt = match serde_json::from_str(&value).unwrap() {
                Value::String(text) => json!(text + tail),
                Value::Array(mut items) => {
                    items[0] = json!(items[0].as_str().unwrap().to_owned() + tail);
                    json!(items)
                }
                other => json!(other.to_string() + tail),
            };
            members[at].1 = spoilt.to_string();
        }
        Mutation::Misplace => return misplaced(&members),
    }
    document(&members)
}

#[test]
fn every_mistake_is_noticed() {
    let config = Config {
        cases: tries(1_500),
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = TestRunner::new_with_rng(config, TestRunner::deterministic().rng().clone());
    let cases = (right(), any::<Index>(), mutation());
    let outcome = runner.run(&cases, |(members, at, mutation)| {
        let original = document(&members);
        let (found, policy) = judge(&original);
        prop_assert!(found.is_empty(), "{found:?} in {original}");
        let before = members[at.index(members.len())].1.clone();
        let mutated = mutate(members, at, &mutation);
        let (found, other) = judge(&mutated);
        let means_another_thing = match &mutation {
            // What is left out has a default, which may be what stood there.
            Mutation::Drop => false,
            // The same letter twice, or in another case, may be what stood there.
            _ if mutated == original => false,
            Mutation::Retype(value) => kind(value) != kind(&serde_json::from_str(&before).unwrap()),
            _ => true,
        };
        prop_assert!(
            !found.is_empty() || !means_another_thing,
            "{mutation:?} goes unnoticed in {mutated}"
        );
        prop_assert!(
            !found.is_empty() || other.is_some(),
            "there is neither a finding nor a policy for {mutated}"
        );
        // Nothing but the default makes silence and the same policy right.
        let default = matches!(mutation, Mutation::Drop | Mutation::Retype(_));
        prop_assert!(!found.is_empty() || other != policy || default || mutated == original);
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}
