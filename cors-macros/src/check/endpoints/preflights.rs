//! Who responds to preflights: CORS, or something behind it.

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
    match cors.options_passthrough.on() {
        None if !for_options.is_empty() => {
            let title = format!(
                "no preflight reaches the method `OPTIONS` of {}",
                named(&for_options)
            );
            let label = "KrakenD responds to preflights by this";
            let finding = Finding::new(
                &rules::OPTIONS_ENDPOINT,
                cors.object.opening(),
                title,
                label,
            );
            report.push(with_endpoints(finding, &for_options));
        }
        Some(passthrough)
            if for_options.is_empty() && !others.is_empty() && !gateway.responds_to_options =>
        {
            let title = format!("nothing responds to the preflights of {}", named(&others));
            let rule = &rules::PASSTHROUGH_TO_NOTHING;
            let finding = Finding::new(rule, passthrough.member, title, "they are handed on");
            report.push(with_endpoints(finding, &others).remove(passthrough.member));
        }
        _ => {}
    }
}
