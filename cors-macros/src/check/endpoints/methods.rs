//! Methods that endpoints have and `allow_methods` does not.

use super::{Concerned, accepted_if, named, section, with_endpoints};
use crate::config::{Cors, Setting};
use crate::endpoints::Endpoint;
use crate::finding::Finding;
use crate::json::quoted;
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
    let lacking: Vec<(&str, Vec<Concerned<'_, '_>>)> = WITH_PREFLIGHT
        .into_iter()
        .filter(|method| !allowed.iter().any(|allowed| allowed == method))
        .map(|method| (method, with_method(endpoints, method)))
        .filter(|(_, concerned)| !concerned.is_empty())
        .collect();
    // What is to be allowed where there is no list yet: all of it.
    let names = lacking.iter().map(|(method, _)| *method);
    let whole: Vec<&str> = allowed.iter().map(String::as_str).chain(names).collect();
    let whole = format!("[{}]", quoted(&whole));
    for (method, concerned) in &lacking {
        let headline = format!(
            "browsers cannot call {}: `{method}` is not in `allow_methods`",
            named(concerned)
        );
        let rule = &rules::ENDPOINT_METHOD_NOT_ALLOWED;
        let finding = match &cors.allow_methods {
            Setting::Unknown => continue,
            Setting::Missing => {
                let label = "there is no `allow_methods` in here";
                Finding::new(rule, section(cors), headline, label)
                    .add(cors.object, format!("\"allow_methods\": {whole}"))
            }
            Setting::Given(given) => {
                let label = format!("`{method}` is not in here");
                let finding = Finding::new(rule, given.at, headline, label);
                match given.value.items.is_empty() {
                    true => finding.write(given.at, &whole),
                    false => finding.add(given.at, quoted(&[method])),
                }
            }
        };
        let finding = accepted_if(finding, "no web page should call it");
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
