//! Right methods, header names and durations, each spoilt in many ways: every suggestion keeps its
//! promise, and takes a plain typo back.

use super::suggestions::{breach, mended};
use super::{file, findings, is_fault};
use crate::rules::Level;
use crate::spelling::within;

/// A value that was right, and what became of it.
struct Spoilt {
    key: &'static str,
    right: &'static str,
    wrong: String,
    /// Whether there is no doubt what was meant.
    is_typo: bool,
}

const METHODS: [&str; 9] = [
    "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PURGE", "PROPFIND",
];
const HEADERS: [&str; 8] = [
    "Content-Type",
    "X-Request-Id",
    "Authorization",
    "X-Api-Key",
    "If-None-Match",
    "X-CSRF-Token",
    "ETag",
    "Range",
];
const DURATIONS: [&str; 13] = [
    "10m", "2h", "90s", "1h", "24h", "600s", "45m", "5m", "1800s", "7m", "30s", "12h", "1s",
];

/// What is put around and into a value of any kind.
fn spoilt_signs(right: &str) -> Vec<(String, bool)> {
    let mut spoilt = Vec::new();
    for mark in [
        "'", "`", "\\\"", "\u{201c}", " ", "\\t", "\\n", "\u{a0}", "\u{3000}",
    ] {
        for (before, after) in [(mark, mark), (mark, ""), ("", mark)] {
            spoilt.push((format!("{before}{right}{after}"), true));
        }
    }
    for sign in [",", ";"] {
        spoilt.push((format!("{right}{sign}"), true));
    }
    for sign in ["\u{e9}", "\\u0000", "\\u202e", "*", "/", "=", "\u{1f600}"] {
        spoilt.push((format!("{right}{sign}"), false));
        spoilt.push((format!("{sign}{right}"), false));
    }
    for placeholder in ["${NAME}", "{{ .name }}", "__NAME__"] {
        spoilt.push((placeholder.to_owned(), false));
        spoilt.push((format!("{right}{placeholder}"), false));
    }
    spoilt
}

/// Several values in one.
fn joined(right: &str, others: &[&str]) -> Vec<(String, bool)> {
    let signs = [",", ", ", ";", "; ", " ", "|", "\\n", ":"];
    let pairs = signs.iter().flat_map(|sign| {
        let others = others.iter().chain([&right]);
        others.map(move |other| (format!("{right}{sign}{other}"), false))
    });
    pairs.collect()
}

/// A letter left out, doubled, changed, or the other way round with the next.
fn edited(right: &str) -> Vec<String> {
    let mut edited = Vec::new();
    for at in 0..right.len() {
        let (before, after) = right.split_at(at);
        edited.push(format!("{before}{}", &after[1..]));
        edited.push(format!("{before}{}{after}", &after[..1]));
        edited.push(format!("{before}Q{}", &after[1..]));
        if after.len() > 1 {
            edited.push(format!(
                "{before}{}{}{}",
                &after[1..2],
                &after[..1],
                &after[2..]
            ));
        }
    }
    edited.retain(|word| word != right);
    edited
}

fn methods() -> Vec<Spoilt> {
    let mut all = Vec::new();
    for right in METHODS {
        let usual = !matches!(right, "PURGE" | "PROPFIND");
        let mut spoilt = spoilt_signs(right);
        spoilt.extend(joined(right, &["TRACE", "PURGE", "LOCK", "PUT", "*"]));
        let lower = right.to_lowercase();
        spoilt.push((format!("{}{}", &right[..1], &lower[1..]), usual));
        spoilt.push((lower.clone(), usual));
        for word in edited(right) {
            spoilt.push((word.to_lowercase(), usual));
            spoilt.push((word, usual));
        }
        let of = |(wrong, is_typo)| Spoilt {
            key: "allow_methods",
            right,
            wrong,
            is_typo,
        };
        all.extend(spoilt.into_iter().map(of));
    }
    for wrong in [
        "*",
        "ANY",
        "all",
        "ALL_METHODS",
        ".*",
        "**",
        "TRACE",
        "",
        " ",
    ] {
        all.push(Spoilt {
            key: "allow_methods",
            right: "",
            wrong: wrong.to_owned(),
            is_typo: false,
        });
    }
    all
}

fn headers() -> Vec<Spoilt> {
    let mut all = Vec::new();
    for key in ["allow_headers", "expose_headers"] {
        // Nobody exposes what belongs to requests.
        let known = HEADERS
            .into_iter()
            .filter(|name| key == "allow_headers" || *name != "If-None-Match");
        for right in known {
            let mut spoilt = spoilt_signs(right);
            let others = [
                "Cookie",
                "Origin",
                "Set-Cookie",
                "X-B",
                "*",
                "Content-Length",
            ];
            spoilt.extend(joined(right, &others));
            spoilt.push((format!("{right}:"), true));
            spoilt.push((format!("{right}: application/json"), true));
            let of = |(wrong, is_typo)| Spoilt {
                key,
                right,
                wrong,
                is_typo,
            };
            all.extend(spoilt.into_iter().map(of));
        }
        for wrong in [
            "Cookie",
            "Origin",
            "Set-Cookie",
            "Access-Control-Max-Age",
            "",
            "X-*",
        ] {
            all.push(Spoilt {
                key,
                right: "",
                wrong: wrong.to_owned(),
                is_typo: false,
            });
        }
    }
    all
}

fn durations() -> Vec<Spoilt> {
    let mut all = Vec::new();
    for right in DURATIONS {
        let (number, unit) = right.split_at(right.len() - 1);
        let mut spoilt = spoilt_signs(right);
        spoilt.push((format!("{number}{}", unit.to_uppercase()), true));
        spoilt.push((format!("{number} {unit}"), true));
        spoilt.push((format!("PT{number}{}", unit.to_uppercase()), true));
        spoilt.push((number.to_owned(), unit == "s"));
        let words = [
            "ms", "us", "d", " days", "w", " weeks", "y", "min", " hours", "hh", "M", "x",
        ];
        spoilt.extend(words.map(|word| (format!("{number}{word}"), false)));
        for wrong in ["-", "+", "1h ", "0.5h", "1,5h", "9999999h"] {
            spoilt.push((format!("{wrong}{right}"), false));
        }
        spoilt.extend(edited(right).into_iter().map(|word| (word, false)));
        let of = |(wrong, is_typo)| Spoilt {
            key: "max_age",
            right,
            wrong,
            is_typo,
        };
        all.extend(spoilt.into_iter().map(of));
    }
    all
}

/// Files with a value in its place: alone, and in a list beside others.
fn files(key: &str, value: &str) -> Vec<String> {
    let with = |value: String| {
        let headers = match key {
            "allow_headers" => "",
            _ => "\"allow_headers\": [\"X-A\"], ",
        };
        file(&format!(
            "{headers}\"allow_origins\": [\"https://a.example\"], \"{key}\": {value}"
        ))
    };
    match key {
        "max_age" => vec![with(format!("\"{value}\""))],
        "allow_methods" => vec![
            with(format!("[\"{value}\"]")),
            with(format!("[\"LOCK\", \"{value}\"]")),
        ],
        _ => vec![
            with(format!("[\"{value}\"]")),
            with(format!("[\"{value}\", \"X-B\"]")),
        ],
    }
}

#[test]
fn suggestions_for_spoilt_entries_are_right() {
    let (mut taken, mut in_words, mut typos, mut unnoticed) = (0, 0, 0, 0);
    let mut complaints = Vec::new();
    let spoilt = methods().into_iter().chain(headers()).chain(durations());
    for Spoilt {
        key,
        right,
        wrong,
        is_typo,
    } in spoilt
    {
        for (text, original) in files(key, &wrong).iter().zip(files(key, right)) {
            let found = findings("krakend.json", text.as_bytes()).1;
            unnoticed += usize::from(!found.iter().any(is_fault));
            for finding in &found {
                let rule = finding.rule.name;
                let mut complain = |what: &str| {
                    complaints.push(format!(
                        "{what}: {rule}, {:?} for {key} {wrong:?}",
                        finding.help
                    ));
                };
                let Some(mended) = mended(text, finding) else {
                    in_words += usize::from(is_fault(finding));
                    if is_typo && finding.rule.level == Level::Error {
                        // Nothing usual could be promised of it.
                        let unusual = matches!(right, "PURGE" | "PROPFIND");
                        if !unusual {
                            complain("in words");
                        }
                    }
                    continue;
                };
                taken += 1;
                if let Some(what) = breach(text, &found, finding, &mended) {
                    complain(&what);
                }
                if is_typo && finding.rule.level == Level::Error {
                    typos += 1;
                    // What is one edit away from two methods may be either.
                    let either = METHODS.iter().any(|other| {
                        *other != right && within(1, other, &wrong.to_ascii_uppercase())
                    });
                    if mended != original && !either {
                        complain("not the original");
                    }
                }
            }
        }
    }
    println!(
        "{taken} taken, {typos} of them typos taken back; {in_words} in words; {unnoticed} files without a warning"
    );
    assert!(
        complaints.is_empty(),
        "{} complaints, such as\n{}",
        complaints.len(),
        complaints[..complaints.len().min(20)].join("\n")
    );
    assert!(taken > 1_000 && typos > 500, "{taken}, {typos}");
}
