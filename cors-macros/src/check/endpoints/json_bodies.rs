//! JSON bodies, which need `Content-Type`.

use super::{Concerned, lacking, named, with_endpoints};
use crate::config::Cors;
use crate::finding::Finding;
use crate::gateway::Endpoint;
use crate::policy::Headers;
use crate::report::Report;
use crate::rules;

const WITH_BODY: [&str; 3] = ["POST", "PUT", "PATCH"];

/// An endpoint with a body shows that one is sent; a method in the list only that it may be.
pub(super) fn check(
    cors: &Cors<'_>,
    endpoints: &[&Endpoint<'_>],
    headers: &Headers,
    report: &mut Report,
) {
    let (Headers::Listed(names), Some(list)) = (headers, cors.allow_headers.given()) else {
        return;
    };
    if names
        .iter()
        .any(|name| name.eq_ignore_ascii_case("content-type"))
    {
        return;
    }
    let concerned: Vec<Concerned<'_, '_>> = endpoints
        .iter()
        .filter(|endpoint| WITH_BODY.contains(&&*endpoint.method))
        .map(|endpoint| (*endpoint, endpoint.place))
        .collect();
    if !concerned.is_empty() {
        let title = format!(
            "browsers cannot send JSON to {}: `Content-Type` is not in `allow_headers`",
            named(&concerned)
        );
        let rule = &rules::JSON_BODY_NOT_ALLOWED;
        let finding = lacking(rule, list.at, title, "Content-Type");
        report.push(with_endpoints(finding, &concerned));
        return;
    }
    let with_body = cors.allow_methods.given().and_then(|methods| {
        let mut items = methods.value.items.iter();
        items.find(|method| WITH_BODY.contains(&method.as_str()))
    });
    if let Some(method) = with_body {
        let label = "`Content-Type` is not in here";
        let title = format!(
            "`{}` cannot send JSON without `Content-Type` in `allow_headers`",
            method.as_str()
        );
        report.push(
            Finding::new(&rules::CONTENT_TYPE_MISSING, list.at, title, label)
                .also(method.place(), "a method with a body"),
        );
    }
}
