//! Patterns with few bytes: origins that have fewer before the common end of several patterns, or
//! altogether, than are compared at once.

#![allow(clippy::unwrap_used, reason = "tests may fail")]

use cors_runtime::{Policy, cors_policy};

/// Several patterns that end alike, and what differs before that end has up to nine bytes.
static ALIKE: &Policy = cors_policy!({
    "allow_origins": [
        "*://b1_", "x*://b1_", "*://a.b1_", "x://*.b1_", "x://*a.b1_", "x://*b.b1_", "*://1b.b1_",
    ],
    "allow_headers": ["Content-Type"],
}, allow(warnings));

/// The same with an end that has all the bytes that are compared at first.
static LONG_END: &Policy = cors_policy!({
    "allow_origins": [
        "*://a.example", "*://b.example", "x://*.a.example", "x://*.b.example", "x://*1a.example",
        "xa*://b1.example", "xb*://a1.example", "*://b.a1.b.example",
    ],
    "allow_headers": ["Content-Type"],
}, allow(warnings));

/// One pattern of each length.
static APART: &Policy = cors_policy!({
    "allow_origins": ["*://b", "*://1_", "x://*a", "*://ab.b", "x*://1.a"],
    "allow_headers": ["Content-Type"],
}, allow(warnings));

/// A pattern alone.
static ALONE: &Policy = cors_policy!({
    "allow_origins": ["*://b1_"],
    "allow_headers": ["Content-Type"],
}, allow(warnings));

/// What KrakenD asks for; the origins below are all sound but for the ones without scheme or host.
fn matches(pattern: &str, scheme: &str, host: &str) -> bool {
    let origin = format!("{scheme}://{host}");
    let (start, end) = pattern.split_once('*').unwrap();
    let sound = !host.is_empty() && scheme.starts_with(|first: char| first.is_ascii_lowercase());
    sound
        && origin.len() >= start.len() + end.len()
        && origin.starts_with(start)
        && origin.ends_with(end)
}

/// All hosts of up to so many bytes.
fn hosts(longest: usize) -> Vec<String> {
    let mut hosts = vec![String::new()];
    let mut last = hosts.clone();
    for _ in 0..longest {
        last = last
            .iter()
            .flat_map(|host| ["a", "b", "1", ".", "_"].map(|byte| format!("{host}{byte}")))
            .collect();
        hosts.extend(last.iter().cloned());
    }
    hosts
}

#[test]
fn every_short_origin() {
    let (mut granted, mut refused) = (0, 0);
    for policy in [ALIKE, LONG_END, APART, ALONE] {
        let patterns: Vec<_> = policy.allow_origins().collect();
        for host in hosts(5) {
            for end in ["", "b1_", ".b1_", ".example"] {
                let host = format!("{host}{end}");
                for scheme in ["x", "xa", "xb", "xab", "1", "", "http"] {
                    let origin = format!("{scheme}://{host}");
                    let expected = patterns
                        .iter()
                        .any(|pattern| matches(pattern, scheme, &host));
                    let allowed = policy.allows_origin(&origin);
                    assert_eq!(allowed, expected, "{origin} under {patterns:?}");
                    granted += usize::from(allowed);
                    refused += usize::from(!allowed);
                }
            }
        }
    }
    assert!(granted > 5_000 && refused > 5_000, "{granted} {refused}");
}

/// What is no origin at all, cut off at every place.
#[test]
fn every_start_and_end_of_an_origin() {
    for policy in [ALIKE, LONG_END, APART, ALONE] {
        for origin in [
            "x://a.b1_",
            "x://b1_",
            "xa://b1.example",
            "x://b",
            "x://a.b.example",
        ] {
            for at in 0..origin.len() {
                for part in [&origin[..at], &origin[at..]] {
                    let (scheme, host) = part.split_once("://").unwrap_or(("", ""));
                    let expected = policy
                        .allow_origins()
                        .any(|pattern| matches(pattern, scheme, host));
                    assert_eq!(policy.allows_origin(part), expected, "{part}");
                }
            }
        }
    }
}
