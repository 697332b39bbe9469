//! Hundreds of patterns, many of each shape and of each length, so that they are found by a hash.

#![allow(clippy::unwrap_used, reason = "tests may fail")]

use std::collections::{HashMap, HashSet};

use cors_runtime::{Policy, cors_policy};

static PATTERNS: &Policy = cors_policy!("tests/large/patterns.json", allow(warnings));

/// What KrakenD asks for, where the origin is sound: the suffixes by their prefixes.
struct Naive(HashMap<&'static str, HashSet<&'static str>>);

impl Naive {
    fn new() -> Self {
        let mut parts: HashMap<_, HashSet<_>> = HashMap::new();
        for pattern in PATTERNS.allow_origins() {
            let (prefix, suffix) = pattern.split_once('*').unwrap();
            parts.entry(prefix).or_default().insert(suffix);
        }
        Self(parts)
    }

    fn matches(&self, origin: &str) -> bool {
        self.0.iter().any(|(prefix, suffixes)| {
            origin
                .strip_prefix(prefix)
                .is_some_and(|rest| (0..=rest.len()).any(|end| suffixes.contains(&rest[end..])))
        })
    }
}

/// What the `*` of a pattern may be.
fn star(pattern: &str) -> &'static str {
    match pattern.split_once('*').unwrap() {
        ("", _) => "https",
        (start, "") if start.ends_with(':') => "8080",
        _ => "x",
    }
}

#[test]
fn each_is_found() {
    let patterns: Vec<_> = PATTERNS.allow_origins().collect();
    assert_eq!(patterns.len(), 793);
    for pattern in patterns {
        let origin = pattern.replace('*', star(pattern));
        assert!(PATTERNS.allows_origin(&origin), "{origin} is {pattern}");
    }
}

/// Origins that differ from one that matches in one byte, or are shorter or longer by one.
#[test]
fn their_neighbours_are_not() {
    let naive = Naive::new();
    let (mut same, mut other) = (0, 0);
    for pattern in PATTERNS.allow_origins().step_by(2) {
        let origin = pattern.replace('*', star(pattern));
        let authority = origin.find("://").unwrap() + 3;
        for at in authority..origin.len() {
            if !origin.as_bytes()[at].is_ascii_alphanumeric() {
                continue;
            }
            let (start, end) = (&origin[..at], &origin[at + 1..]);
            for piece in ["z", "a", "", "zz"] {
                let changed = format!("{start}{piece}{end}");
                // What is left must be sound, or it is refused for that.
                let host = &changed[authority..];
                let host = host.split(':').next().unwrap();
                let port = changed[authority..].split_once(':').map(|(_, port)| port);
                let sound = !host.is_empty()
                    && port
                        .is_none_or(|port| port.parse::<u16>().is_ok() && !port.starts_with('0'));
                let expected = sound && naive.matches(&changed);
                assert_eq!(
                    PATTERNS.allows_origin(&changed),
                    expected,
                    "{changed} near {pattern}"
                );
                same += usize::from(expected);
                other += usize::from(!expected);
            }
        }
    }
    assert!(same > 2_000 && other > 2_000, "{same} {other}");
}

/// Suffixes of so many lengths that they are looked up label by label, the longest with four dots.
static LENGTHS: &Policy = cors_policy!({
    "allow_origins": [
        "https://*.a.test", "https://*.bb.test", "https://*.ccc.test", "https://*.dddd.test",
        "https://*.eeeee.test", "https://*.ffffff.test", "https://*.ggggggg.test",
        "https://*.hhhhhhhh.test", "https://*.iiiiiiiii.test", "https://*.jj.kk.ll.test",
        "https://*.aaaaaaaaaa.test", "https://*.aaaaaaaaaaa.test", "https://*.port.test:8443", "http://*.bb.test", "https://*-m.a.example",
    ],
    "allow_headers": ["Content-Type"],
}, allow(warnings));

#[test]
fn suffixes_of_many_lengths_begin_at_any_dot() {
    let patterns: Vec<_> = LENGTHS.allow_origins().collect();
    let (mut same, mut other) = (0, 0);
    for pattern in &patterns {
        for star in [
            "x",
            "x.y",
            "a.b.c.d.e",
            "x.a.test",
            "bb.test",
            "",
            ".",
            "x/y",
            "x:1",
        ] {
            for end in ["", ".", ".test", ".a.test", ".evil.example", ":8443", ":0"] {
                let origin = pattern.replace('*', star) + end;
                let expected = patterns.iter().any(|pattern| {
                    let (prefix, suffix) = pattern.split_once('*').unwrap();
                    let rest = origin.strip_prefix(prefix);
                    let star = rest.and_then(|rest| rest.strip_suffix(suffix));
                    star.is_some_and(|star| !star.contains(['/', ':']))
                });
                assert_eq!(LENGTHS.allows_origin(&origin), expected, "{origin}");
                same += usize::from(expected);
                other += usize::from(!expected);
            }
        }
    }
    assert!(same > 100 && other > 100, "{same} {other}");
}
