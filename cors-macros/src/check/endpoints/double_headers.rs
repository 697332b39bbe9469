//! CORS headers of backends beside those of the gateway.

use super::{Concerned, named, with_endpoints};
use crate::config::Cors;
use crate::finding::{Finding, Help};
use crate::gateway::Endpoint;
use crate::json::Text;
use crate::report::Report;
use crate::rules;

/// Express with `cors()` and nginx with `add_header` are such backends.
const WITHOUT_ORIGIN: &str = "some backends send CORS headers without `Origin` too. Turn CORS off there, or remove \
     `Access-Control-Allow-Origin` from their responses with martian's `header.Blacklist`";

/// A backend that gets `Origin` may send CORS headers, and a `no-op` endpoint adds them to those of the
/// gateway. Whether a backend sends them without `Origin` too cannot be known from the file.
pub(super) fn check(cors: &Cors<'_>, endpoints: &[&Endpoint<'_>], report: &mut Report) {
    let passing: Vec<(&Endpoint<'_>, &Text<'_>)> = endpoints
        .iter()
        .filter(|endpoint| endpoint.is_no_op)
        .filter_map(|endpoint| Some((*endpoint, origin(endpoint)?)))
        .filter(|(endpoint, _)| !endpoint.names_cors() && !endpoint.removes_origin())
        .collect();
    if passing.is_empty() {
        return;
    }
    let concerned: Vec<Concerned<'_, '_>> = passing
        .iter()
        .map(|(endpoint, name)| (*endpoint, name.place()))
        .collect();
    let title = format!(
        "responses of {} may have CORS headers twice: `Origin` is forwarded",
        named(&concerned)
    );
    let rule = &rules::DOUBLE_CORS_HEADERS;
    let label = "KrakenD adds its CORS headers by this";
    let finding = Finding::new(rule, cors.object.opening(), title, label);
    let mut finding = finding.note(WITHOUT_ORIGIN);
    // What `*` was to forward is not known.
    if passing.iter().all(|(_, name)| name.as_str() != "*") {
        finding.help = Help::Remove(concerned.iter().map(|(_, place)| *place).collect());
    }
    report.push(with_endpoints(finding, &concerned));
}

/// The entry that forwards `Origin`.
fn origin<'e, 'a>(endpoint: &'e Endpoint<'a>) -> Option<&'e Text<'a>> {
    let mut names = endpoint.forwards.iter();
    names.find(|name| name.as_str() == "*" || name.as_str().eq_ignore_ascii_case("origin"))
}
