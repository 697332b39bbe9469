//! `allow_headers`: the request headers that scripts may send.

use std::cell::OnceCell;
use std::collections::HashSet;

use super::header_names::{Expected, Names, REQUEST, names};
use crate::config::{Cors, Key, Setting};
use crate::finding::{Finding, Place};
use crate::gateway::Gateway;
use crate::json::Text;
use crate::policy::Headers;
use crate::report::Report;
use crate::rules;

/// Request headers that a script can never set, in lower case (Fetch, "forbidden request-header").
/// Those that depend on their value are not here, nor is `Origin`, which has a rule of its own.
const FORBIDDEN_REQUEST: [&str; 20] = [
    "accept-charset",
    "accept-encoding",
    "access-control-request-headers",
    "access-control-request-method",
    "connection",
    "content-length",
    "cookie",
    "cookie2",
    "date",
    "dnt",
    "expect",
    "host",
    "keep-alive",
    "referer",
    "set-cookie",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "via",
];

/// Request headers that are sent without being asked for, while their value is usual.
const SAFELISTED_REQUEST: [&str; 3] = ["accept", "accept-language", "content-language"];

/// What to do where nothing would be left.
const EMPTY_IS_ANY: &str =
    "list the names that scripts send in its place; an empty `allow_headers` allows any header";

/// What is said of a name.
enum Kind {
    Origin,
    Forbidden,
    Response,
    Safelisted,
}

/// Whether scripts set a request header that browsers ask for first, by its name in lower case.
pub(super) fn is_of_scripts(lower: &str) -> bool {
    kind(lower).is_none()
}

fn kind(lower: &str) -> Option<Kind> {
    match lower {
        "origin" => Some(Kind::Origin),
        _ if FORBIDDEN_REQUEST.contains(&lower)
            || lower.starts_with("sec-")
            || lower.starts_with("proxy-") =>
        {
            Some(Kind::Forbidden)
        }
        _ if is_cors_response_header(lower) => Some(Kind::Response),
        _ => SAFELISTED_REQUEST
            .contains(&lower)
            .then_some(Kind::Safelisted),
    }
}

fn is_cors_response_header(lower: &str) -> bool {
    [
        "access-control-allow-",
        "access-control-expose-",
        "access-control-max-age",
    ]
    .iter()
    .any(|start| lower.starts_with(start))
}

/// The request headers that scripts may send.
pub(super) fn check(
    cors: &Cors<'_>,
    credentials: Option<Place>,
    gateway: &Gateway<'_>,
    report: &mut Report,
) -> Headers {
    let given = match &cors.allow_headers {
        Setting::Given(given) => given,
        Setting::Missing => {
            let (place, label) = cors.without(Key::AllowHeaders);
            let title = "without `allow_headers` any request header is allowed";
            report.push(Finding::new(&rules::NO_ALLOW_HEADERS, place, title, label));
            return Headers::Any;
        }
        Setting::Unknown => return Headers::Any,
    };
    let expected = Expected {
        is_wanted: |name| kind(name).is_none(),
        known: REQUEST,
    };
    let list = names(given, expected, report);
    let forwarded = OnceCell::new();
    let is_forwarded = |lower: &str| {
        let forwarded: &HashSet<String> = forwarded.get_or_init(|| forwarded_by(gateway));
        forwarded.contains(lower)
    };
    list.unlikely(expected, is_forwarded, report);
    for name in &list.names {
        if let Some(finding) = request_header(name, &list) {
            report.push(finding);
        }
    }
    if let Some(star) = list.find(|name| name == "*") {
        star_allowed(star, &list, credentials, report);
        return Headers::Any;
    }
    if list.names.is_empty() {
        if given.value.items.is_empty() && !given.value.partial {
            report.push(Finding::new(
                &rules::NO_ALLOW_HEADERS,
                given.at,
                "an empty `allow_headers` allows any request header",
                "this means any header",
            ));
        }
        return Headers::Any;
    }
    let authorization = list.find(|name| name.eq_ignore_ascii_case("authorization"));
    if let (Some(credentials), Some(authorization)) = (credentials, authorization) {
        report.push(
            Finding::new(
                &rules::CREDENTIALS_FOR_AUTHORIZATION,
                credentials,
                "a script that sets `Authorization` itself needs no `allow_credentials`",
                "not needed for `Authorization`",
            )
            .also(authorization.place(), "scripts may set it"),
        );
    }
    let names = list.names.iter().map(|name| name.as_str().to_owned());
    Headers::Listed(names.collect())
}

/// The names that endpoints forward, in lower case.
fn forwarded_by(gateway: &Gateway<'_>) -> HashSet<String> {
    let endpoints = gateway.endpoints.iter();
    let names = endpoints.flat_map(|endpoint| &endpoint.forwards);
    names
        .map(|name| name.as_str().to_ascii_lowercase())
        .collect()
}

fn star_allowed(
    star: &Text<'_>,
    list: &Names<'_>,
    credentials: Option<Place>,
    report: &mut Report,
) {
    if let Some(credentials) = credentials {
        report.push(
            Finding::new(
                &rules::STAR_HEADERS_WITH_CREDENTIALS,
                star.place(),
                "`*` allows any request header, with credentials",
                "any header",
            )
            .also(credentials, "with credentials"),
        );
    }
    // `*` does not cover `Authorization`, so naming it beside `*` is what the standard asks for.
    let beside = list.names.iter().filter(|name| {
        let name = name.as_str();
        name != "*" && !name.eq_ignore_ascii_case("authorization")
    });
    for name in beside {
        let (rule, title) = (&rules::HEADERS_BESIDE_STAR, "`*` allows {} already");
        report.push(list.of_entry(rule, name, title, "allowed already"));
    }
}

fn request_header(name: &Text<'_>, list: &Names<'_>) -> Option<Finding> {
    let (rule, text, label) = match kind(&name.as_str().to_ascii_lowercase())? {
        Kind::Origin => (
            &rules::ORIGIN_REQUEST_HEADER,
            "{} need not be allowed",
            "not needed",
        ),
        Kind::Forbidden => (
            &rules::FORBIDDEN_REQUEST_HEADER,
            "no script can set {}",
            "only the browser sets this",
        ),
        Kind::Response => (
            &rules::RESPONSE_HEADER_ALLOWED,
            "{} in a request has no effect",
            "a response header",
        ),
        Kind::Safelisted => (
            &rules::SAFELISTED_REQUEST_HEADER,
            "scripts may send {} anyway",
            "need not be listed",
        ),
    };
    let finding = list.of_entry(rule, name, text, label);
    Some(if *rule == rules::SAFELISTED_REQUEST_HEADER {
        finding
    } else {
        list.remove(finding, name, EMPTY_IS_ANY)
    })
}
