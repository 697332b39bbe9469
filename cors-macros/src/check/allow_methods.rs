//! `allow_methods`.

use crate::config::{Cors, Setting};
use crate::finding::{Finding, Place};
use crate::json::{Text, quoted};
use crate::report::Report;
use crate::rules;

use super::token::{at_char, first_non_token};

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
                .words("remove one of the two"),
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
                .words("\"allow_methods\": [\"GET\", \"HEAD\", \"POST\"]"),
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
            .words("protect what writes by authentication, and list all three"),
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
            .words(quoted(&KNOWN)),
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
            .words("leave it out"),
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
            .words(format!("\"{upper}\"")),
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
            .words("leave it out"),
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
            .words(quoted(&KNOWN)),
        );
    }
    Some(upper)
}

fn not_a_token(item: &Text<'_>, bad: usize) -> Finding {
    let method = item.as_str();
    let separator = |c: char| c == ',' || c.is_whitespace();
    let upper = method.to_ascii_uppercase();
    let parts: Vec<&str> = upper.split(separator).filter(|p| !p.is_empty()).collect();
    let joined = parts.concat();
    let help = if method.is_empty() || parts.is_empty() {
        "leave it out".to_owned()
    } else if KNOWN.contains(&&*joined) {
        quoted(&[joined])
    } else if parts.iter().all(|part| first_non_token(part).is_none()) {
        quoted(&parts)
    } else {
        quoted(&KNOWN)
    };
    let finding = match method.is_empty() {
        true => Finding::new(
            &rules::NOT_A_METHOD,
            item.place(),
            "an empty string is no method",
            "remove this",
        ),
        false => Finding::new(
            &rules::NOT_A_METHOD,
            item.part(at_char(method, bad)),
            match parts.len() {
                0 | 1 => format!("`{method}` is not a method"),
                _ => format!("`{method}` is not one method"),
            },
            "this cannot stand in a method",
        ),
    };
    finding
        .note("KrakenD never matches it; sent in a list, it makes browsers refuse the whole preflight")
        .words(help)
}
