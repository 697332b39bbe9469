//! `allow_headers`: the request headers that scripts may send.

use super::header_names::names;
use crate::config::{Cors, Given, List, Setting};
use crate::finding::{Finding, Place};
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

/// The request headers that scripts may send.
pub(super) fn check(cors: &Cors<'_>, credentials: Option<Place>, report: &mut Report) -> Headers {
    let given = match &cors.allow_headers {
        Setting::Given(given) => given,
        Setting::Missing => {
            let start = cors.object.start;
            report.push(any_header(
                Place::new(start, start + 1),
                "without `allow_headers` every header is allowed",
                "there is no `allow_headers` in here",
            ));
            return Headers::Any;
        }
        Setting::Unknown => return Headers::Any,
    };
    let names = names(&given.value, "allow_headers", report);
    for name in &names {
        request_header(name, report);
    }
    if let Some(star) = names.iter().find(|name| name.as_str() == "*") {
        star_allowed(star, &names, credentials, report);
        return Headers::Any;
    }
    if names.is_empty() {
        if given.value.items.is_empty() && !given.value.partial {
            report.push(any_header(
                given.at,
                "an empty `allow_headers` allows every header",
                "this means any header",
            ));
        }
        return Headers::Any;
    }
    content_type(cors, given, &names, report);
    if let (Some(credentials), Some(authorization)) = (
        credentials,
        names
            .iter()
            .find(|name| name.as_str().eq_ignore_ascii_case("authorization")),
    ) {
        report.push(
            Finding::new(
                &rules::CREDENTIALS_FOR_AUTHORIZATION,
                credentials,
                "a script that sets `Authorization` itself needs no `allow_credentials`",
                "needed for cookies and client certificates only",
            )
            .also(authorization.place(), "allowed here already")
            .note(
                "what scripts write into `Authorization` is no credential in the standard's sense",
            )
            .words("\"allow_credentials\": false, unless cookies are used"),
        );
    }
    Headers::Listed(names.iter().map(|name| name.as_str().to_owned()).collect())
}

fn any_header(place: Place, headline: &str, label: &str) -> Finding {
    Finding::new(&rules::NO_ALLOW_HEADERS, place, headline, label)
        .note("KrakenD's documentation says that none is; its code allows any")
        .words("\"allow_headers\": [\"*\"] if that is meant, else the names")
}

fn star_allowed(
    star: &Text<'_>,
    names: &[Text<'_>],
    credentials: Option<Place>,
    report: &mut Report,
) {
    if let Some(credentials) = credentials {
        report.push(
            Finding::new(
                &rules::STAR_HEADERS_WITH_CREDENTIALS,
                star.place(),
                "any request header, with credentials",
                "list the names instead",
            )
            .also(credentials, "with credentials `*` is a plain name for browsers")
            .note("it works because the names that a preflight asks for are echoed; then no header is kept out")
            .words("\"allow_headers\": [\"Authorization\", \"Content-Type\"]"),
        );
    }
    // `*` does not cover `Authorization`, so naming it beside `*` is what the standard asks for.
    let beside = names
        .iter()
        .find(|name| name.as_str() != "*" && !name.as_str().eq_ignore_ascii_case("authorization"));
    if let Some(beside) = beside {
        report.push(
            Finding::new(
                &rules::HEADERS_BESIDE_STAR,
                beside.place(),
                "beside `*` the other headers say nothing",
                "allowed by `*` already",
            )
            .also(star.place(), "any header")
            .note("KrakenD allows every header as soon as `*` is in the list")
            .words("\"allow_headers\": [\"*\"], or the names without it"),
        );
    }
}

/// JSON bodies cannot be sent without `Content-Type`.
fn content_type(cors: &Cors<'_>, given: &Given<List<'_>>, names: &[Text<'_>], report: &mut Report) {
    let listed = names
        .iter()
        .any(|name| name.as_str().eq_ignore_ascii_case("content-type"));
    let with_body = cors.allow_methods.given().and_then(|methods| {
        let mut items = methods.value.items.iter();
        items.find(|method| matches!(method.as_str(), "POST" | "PUT" | "PATCH"))
    });
    if let (false, Some(method)) = (listed, with_body) {
        report.push(
            Finding::new(
                &rules::CONTENT_TYPE_MISSING,
                given.at,
                format!(
                    "{} without `Content-Type` in `allow_headers`",
                    method.as_str()
                ),
                "`Content-Type` is not in here",
            )
            .also(method.place(), "a method with a body")
            .note("`application/json` is no safelisted type: browsers refuse to send it")
            .words("\"Content-Type\""),
        );
    }
}

fn request_header(name: &Text<'_>, report: &mut Report) {
    let written = name.as_str();
    let lower = written.to_ascii_lowercase();
    let finding =
        |rule, headline: String, label: &str| Finding::new(rule, name.place(), headline, label);
    if lower == "origin" {
        report.push(
            finding(
                &rules::ORIGIN_REQUEST_HEADER,
                "`Origin` needs no permission".to_owned(),
                "not needed",
            )
            .note("browsers set it themselves and never ask for it; it stands in KrakenD's own samples")
            .words("leave it out"),
        );
    } else if FORBIDDEN_REQUEST.contains(&lower.as_str())
        || lower.starts_with("sec-")
        || lower.starts_with("proxy-")
    {
        report.push(
            finding(
                &rules::FORBIDDEN_REQUEST_HEADER,
                format!("no script can set `{written}`"),
                "remove this",
            )
            .note("it is a forbidden request-header: browsers drop it, so no preflight asks for it")
            .words("leave it out"),
        );
    } else if is_cors_response_header(&lower) {
        report.push(
            finding(
                &rules::RESPONSE_HEADER_ALLOWED,
                format!("`{written}` belongs to answers, not to requests"),
                "remove this",
            )
            .note("the server sends it; a script that does so itself gains nothing, and its request is preflighted for it")
            .words("leave it out, and out of the client's code"),
        );
    } else if SAFELISTED_REQUEST.contains(&lower.as_str()) {
        report.push(
            finding(
                &rules::SAFELISTED_REQUEST_HEADER,
                format!("`{written}` is sent without asking"),
                "seldom needed",
            )
            .note("it is a CORS-safelisted request-header, unless its value is unusual or longer than 128 bytes")
            .words("leave it out, unless such values occur"),
        );
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
