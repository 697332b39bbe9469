//! Methods that endpoints have and `allow_methods` does not.

use super::{Concerned, lacking, named, with_endpoints};
use crate::config::{Cors, Key, Setting};
use crate::finding::Finding;
use crate::gateway::Endpoint;
use crate::literal::quoted_list;
use crate::report::Report;
use crate::rules;

/// The methods of endpoints that browsers send a preflight for; KrakenD knows no others.
const WITH_PREFLIGHT: [&str; 3] = ["PUT", "PATCH", "DELETE"];

pub(super) fn check(
    cors: &Cors<'_>,
    endpoints: &[&Endpoint<'_>],
    allowed: &[String],
    report: &mut Report,
) {
    let missing: Vec<(&str, Vec<Concerned<'_, '_>>)> = WITH_PREFLIGHT
        .into_iter()
        .filter(|method| !allowed.iter().any(|allowed| allowed == method))
        .map(|method| (method, with_method(endpoints, method)))
        .filter(|(_, concerned)| !concerned.is_empty())
        .collect();
    // If there is no list yet, all of it must be allowed.
    let names = missing.iter().map(|(method, _)| *method);
    let whole: Vec<&str> = allowed.iter().map(String::as_str).chain(names).collect();
    let whole = format!("[{}]", quoted_list(&whole));
    for (method, concerned) in &missing {
        let title = format!(
            "browsers cannot call {}: `{method}` is not in `allow_methods`",
            named(concerned)
        );
        let rule = &rules::ENDPOINT_METHOD_NOT_ALLOWED;
        let finding = match &cors.allow_methods {
            Setting::Unknown => continue,
            Setting::Missing => {
                let (place, label) = cors.without(Key::AllowMethods);
                Finding::new(rule, place, title, label)
                    .add(cors.object, format!("\"allow_methods\": {whole}"))
            }
            Setting::Given(given) => {
                let finding = lacking(rule, given.at, title, method);
                // An empty list means the safelisted methods, and one with an element only that.
                if given.value.items.is_empty() {
                    finding.write(given.at, &whole)
                } else {
                    finding
                }
            }
        };
        report.push(with_endpoints(finding, concerned));
    }
}

fn with_method<'e, 'a>(endpoints: &[&'e Endpoint<'a>], method: &str) -> Vec<Concerned<'e, 'a>> {
    let endpoints = endpoints
        .iter()
        .filter(|endpoint| endpoint.method == method);
    endpoints
        .map(|endpoint| (*endpoint, endpoint.place))
        .collect()
}
