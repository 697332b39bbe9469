//! Who answers preflights: CORS, or something behind it.

use super::{Concerned, named, with_endpoints};
use crate::config::Cors;
use crate::finding::Finding;
use crate::gateway::{Endpoint, Gateway};
use crate::report::Report;
use crate::rules;

pub(super) fn check(
    cors: &Cors<'_>,
    gateway: &Gateway<'_>,
    endpoints: &[&Endpoint<'_>],
    report: &mut Report,
) {
    let (for_options, others): (Vec<_>, Vec<Concerned<'_, '_>>) = endpoints
        .iter()
        .map(|endpoint| (*endpoint, endpoint.place))
        .partition(|(endpoint, _)| endpoint.method == "OPTIONS");
    let passthrough = cors.options_passthrough.on();
    if !for_options.is_empty() {
        let rule = &rules::OPTIONS_ENDPOINT;
        let title = format!(
            "no preflight reaches the method `OPTIONS` of {}",
            named(&for_options)
        );
        let (place, label) = match &passthrough {
            None => (cors.object.opening(), "KrakenD answers preflights by this"),
            Some(given) => (given.member, "KrakenD passes preflights to its router"),
        };
        let finding = Finding::new(rule, place, title, label);
        report.push(with_endpoints(finding, &for_options));
    }
    if let Some(passthrough) = passthrough
        && !endpoints.is_empty()
        && !gateway.answers_options
    {
        // KrakenD leaves out what is for OPTIONS, so its paths get no answer either.
        let others = if others.is_empty() {
            for_options
        } else {
            others
        };
        let title = format!("nothing answers the preflights of {}", named(&others));
        let rule = &rules::PASSTHROUGH_TO_NOTHING;
        let finding = Finding::new(rule, passthrough.member, title, "they are passed on");
        report.push(passthrough.removed(with_endpoints(finding, &others)));
    }
}
