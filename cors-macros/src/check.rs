//! The rules: what is written against what can work.
//!
//! Each module checks one setting, one way in which settings contradict each other, or what the
//! endpoints of the same file need. None stops at the first mistake, and none reports what another has
//! reported already.

mod allow_headers;
mod allow_methods;
mod allow_origins;
mod ceiling;
mod endpoints;
mod expose_headers;
mod header_names;
mod max_age;
pub(crate) mod origin;
mod placeholder;
mod switches;
mod token;

pub(crate) use self::ceiling::Ceiling;
use crate::config::Cors;
use crate::finding::{Finding, Place};
use crate::gateway::Gateway;
use crate::policy::{self, Headers, Policy};
use crate::report::Report;
use crate::rules;

/// The policy that the settings describe. There is none only if an error leaves it without
/// meaning, and then that error is in the report.
pub(crate) fn check(cors: &Cors<'_>, gateway: &Gateway<'_>, report: &mut Report) -> Option<Policy> {
    let credentials = cors.allow_credentials.on().map(|given| given.member);
    let origins = allow_origins::check(cors, credentials, report);
    let methods = allow_methods::check(cors, report);
    let headers = allow_headers::check(cors, credentials, gateway, report);
    let exposed = expose_headers::check(cors, credentials, report);
    let max_age = max_age::check(cors, report);
    let status = switches::status(cors, report);
    switches::switches(cors, report);
    switches::private_network(cors, &origins, report);
    wide_open(cors, credentials, &origins, &methods, &headers, report);
    endpoints::check(cors, gateway, &methods, &headers, report);
    let origins = origins.allowed?;
    Some(Policy {
        // Browsers refuse `*` with credentials, and take it without.
        credentials: credentials.is_some() && origins != policy::Origins::Any,
        origins,
        methods,
        headers,
        exposed,
        max_age,
        private_network: cors.allow_private_network.on().is_some(),
        debug: cors.debug.on().is_some(),
        passthrough: cors.options_passthrough.on().is_some(),
        status,
    })
}

/// Any origin, any header, writes, and the visitor's cookies, all of it spelt out.
fn wide_open(
    cors: &Cors<'_>,
    credentials: Option<Place>,
    origins: &allow_origins::Origins,
    methods: &[String],
    headers: &Headers,
    report: &mut Report,
) {
    let (Some(credentials), Some(any_origin)) = (credentials, origins.any_by_pattern) else {
        return;
    };
    let star = cors
        .allow_headers
        .given()
        .and_then(|given| given.value.items.iter().find(|item| item.as_str() == "*"));
    let writes = cors.allow_methods.given().filter(|_| {
        methods
            .iter()
            .any(|method| !matches!(method.as_str(), "GET" | "HEAD" | "OPTIONS"))
    });
    if let (Headers::Any, Some(star), Some(writes)) = (headers, star, writes) {
        report.push(
            Finding::new(
                &rules::EVERYTHING_WITH_CREDENTIALS,
                star.place(),
                "`*` for headers, any origin and methods that write: every site can act as the visitor",
                "any header",
            )
            .also(any_origin, "any origin")
            .also(writes.at, "methods that write")
            .also(credentials, "with the visitor's credentials"),
        );
    }
}
