//! `allow_methods`.

use crate::config::{Cors, Setting};
use crate::finding::{Finding, Place};
use crate::json::Text;
use crate::report::Report;
use crate::rules;

/// What KrakenD allows unless it is told otherwise: the CORS-safelisted methods.
const SAFELISTED: [&str; 3] = ["GET", "HEAD", "POST"];

/// The methods that KrakenD's schema knows.
const KNOWN: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/// The methods that an actual request may have.
pub(super) fn check(cors: &Cors<'_>, report: &mut Report) -> Vec<String> {
    let given = match &cors.allow_methods {
        Setting::Given(given) => given,
        Setting::Missing | Setting::Unknown => return SAFELISTED.map(str::to_owned).to_vec(),
    };
    let mut methods: Vec<String> = Vec::new();
    let mut broken = given.value.partial;
    for item in &given.value.items {
        match one(item, report) {
            Some(method) if methods.contains(&method) => report.push(
                Finding::new(
                    &rules::DUPLICATE_METHOD,
                    item.place(),
                    format!("`{method}` is listed twice"),
                    "remove this",
                )
                .note("once is enough")
                .help("remove one of the two"),
            ),
            Some(method) => methods.push(method),
            None => broken = true,
        }
    }
    if methods.is_empty() {
        if !broken {
            report.push(
                Finding::new(
                    &rules::NO_METHODS,
                    given.at,
                    "an empty `allow_methods` does not forbid methods",
                    "this means GET, HEAD and POST",
                )
                .note("KrakenD puts its default in place of an empty list")
                .help("\"allow_methods\": [\"GET\", \"HEAD\", \"POST\"]"),
            );
        }
        return SAFELISTED.map(str::to_owned).to_vec();
    }
    if !broken {
        missing_safelisted(&methods, given.at, report);
    }
    methods
}

fn missing_safelisted(methods: &[String], at: Place, report: &mut Report) {
    let missing: Vec<&str> = SAFELISTED
        .into_iter()
        .filter(|safelisted| !methods.iter().any(|method| method == safelisted))
        .collect();
    if !missing.is_empty() {
        let missing = missing.join(" and ");
        report.push(
            Finding::new(
                &rules::SAFELISTED_METHOD_MISSING,
                at,
                format!("leaving out {missing} keeps nobody from sending it"),
                "CORS cannot keep these out",
            )
            .note("browsers send GET, HEAD and POST without a preflight; KrakenD hides the answer and the handler runs all the same")
            .help("protect what writes by authentication, and list all three"),
        );
    }
}

/// One entry, if it is a method that some request can have.
fn one(item: &Text<'_>, report: &mut Report) -> Option<String> {
    let method = item.as_str();
    let upper = method.to_ascii_uppercase();
    if method == "*" {
        report.push(
            Finding::new(
                &rules::STAR_METHOD,
                item.place(),
                "`*` is not a wildcard in `allow_methods`",
                "list the methods instead",
            )
            .note("KrakenD takes it for a method called `*`, so every other method is refused; with credentials browsers do the same")
            .help(quoted(&KNOWN)),
        );
        return None;
    }
    if let Some(bad) = first_non_token(method) {
        report.push(not_a_token(item, bad));
        return None;
    }
    if matches!(upper.as_str(), "CONNECT" | "TRACE" | "TRACK") {
        report.push(
            Finding::new(
                &rules::FORBIDDEN_METHOD,
                item.place(),
                format!("`{method}` is a forbidden method"),
                "remove this",
            )
            .note("no browser sends it for a script, `fetch` throws; KrakenD's schema does not know it either")
            .help("leave it out"),
        );
        return Some(upper);
    }
    if method != upper {
        let note = match upper.as_str() {
            "PATCH" => {
                "browsers send the method as the script writes it, so only a script that says `patch` gets through; KrakenD compares case too"
            }
            _ if KNOWN.contains(&upper.as_str()) => {
                "browsers send it in upper case whatever the script says, and compare case; this entry never matches"
            }
            _ => "methods are compared with case, and this one is hardly meant in lower case",
        };
        report.push(
            Finding::new(
                &rules::METHOD_NOT_UPPER_CASE,
                item.place(),
                format!("the method `{method}` is not in upper case"),
                format!("write `{upper}`"),
            )
            .note(note)
            .help(format!("\"{upper}\"")),
        );
        return None;
    }
    if method == "OPTIONS" {
        report.push(
            Finding::new(
                &rules::OPTIONS_LISTED,
                item.place(),
                "preflights do not need OPTIONS in the list",
                "not needed",
            )
            .note("a preflight is an OPTIONS request and always passes; listing it matters only to scripts that send OPTIONS themselves, and KrakenD lets these pass anyway")
            .help("leave it out"),
        );
    } else if !KNOWN.contains(&method) {
        report.push(
            Finding::new(
                &rules::UNUSUAL_METHOD,
                item.place(),
                format!("`{method}` is not a method that KrakenD knows"),
                "is it spelt right?",
            )
            .note("browsers accept any token; `krakend check --lint` refuses the file")
            .help(quoted(&KNOWN)),
        );
    }
    Some(upper)
}

fn not_a_token(item: &Text<'_>, bad: usize) -> Finding {
    let method = item.as_str();
    let parts: Vec<String> = method
        .split(|c: char| c == ',' || c.is_whitespace())
        .filter(|part| !part.is_empty())
        .map(str::to_ascii_uppercase)
        .collect();
    let (headline, place) = match method.is_empty() {
        true => ("an empty string is no method".to_owned(), item.place()),
        false => (
            format!("`{method}` is not one method"),
            item.part(at_char(method, bad)),
        ),
    };
    let label = match method.is_empty() {
        true => "remove this",
        false => "this cannot stand in a method",
    };
    Finding::new(&rules::NOT_A_METHOD, place, headline, label)
        .note("KrakenD never matches it; sent in a list, it makes browsers refuse the whole preflight")
        .help(match parts.is_empty() {
            true => "leave it out".to_owned(),
            false => quoted(&parts),
        })
}

/// The entries as they stand in a file.
pub(super) fn quoted(entries: &[impl AsRef<str>]) -> String {
    let entries: Vec<String> = entries
        .iter()
        .map(|entry| serde_json::Value::from(entry.as_ref()).to_string())
        .collect();
    entries.join(", ")
}

/// The first byte that keeps a text from being a token (RFC 9110, section 5.6.2); for an empty
/// text its end.
pub(super) fn first_non_token(text: &str) -> Option<usize> {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    match text.is_empty() {
        true => Some(0),
        false => text.bytes().position(|byte| !is_token(byte)),
    }
}

/// The bytes of the character at `at`.
pub(super) fn at_char(text: &str, at: usize) -> std::ops::Range<usize> {
    let len = text
        .get(at..)
        .and_then(|rest| rest.chars().next())
        .map_or(0, char::len_utf8);
    at..at + len
}
