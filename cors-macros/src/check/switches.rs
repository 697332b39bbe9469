//! `options_success_status` and the switches.

use crate::config::{Cors, Status};
use crate::finding::Finding;
use crate::report::Report;
use crate::rules;

use super::allow_origins::Origins;

/// What KrakenD responds to preflights with unless it is told otherwise.
const DEFAULT_STATUS: u16 = 204;

/// The status of a preflight's response.
pub(super) fn status(cors: &Cors<'_>, report: &mut Report) -> u16 {
    let Some(given) = cors.options_success_status.given() else {
        return DEFAULT_STATUS;
    };
    let Status(written) = given.value;
    if let Some(passthrough) = cors.options_passthrough.on() {
        let finding = Finding::new(
            &rules::STATUS_WITH_PASSTHROUGH,
            given.member,
            format!("the status {written} is never sent"),
            "unused",
        );
        let finding = finding.also(passthrough.member, "the handler's own status is sent");
        report.push(given.removed(finding));
    }
    let mut not_usual = |rule, title: &str, label| {
        let finding = Finding::new(rule, given.at, title, label);
        report.push(finding.write(given.at, DEFAULT_STATUS.to_string()));
    };
    if written == 0.0 {
        let title = "0 is not a status, and means 204";
        not_usual(&rules::UNUSUAL_STATUS, title, "this means 204");
        return DEFAULT_STATUS;
    }
    if !(200.0..300.0).contains(&written) {
        let title = format!("{written} is not a status from 200 to 299");
        not_usual(&rules::STATUS_OUT_OF_RANGE, &title, "expected 200 to 299");
        return DEFAULT_STATUS;
    }
    let status = written as u16;
    if !matches!(status, 200 | 204) {
        let title = format!("{status} is an unusual status for a preflight");
        not_usual(&rules::UNUSUAL_STATUS, &title, "204 and 200 are usual");
    }
    status
}

/// `options_passthrough` and `debug`.
pub(super) fn switches(cors: &Cors<'_>, report: &mut Report) {
    if let Some(passthrough) = cors.options_passthrough.on() {
        report.push(Finding::new(
            &rules::PASSTHROUGH,
            passthrough.member,
            "`options_passthrough` leaves preflights to the handler",
            "the handler must respond to OPTIONS",
        ));
    }
    if let Some(debug) = cors.debug.on() {
        let finding = Finding::new(
            &rules::DEBUG_ON,
            debug.member,
            "`debug` logs every CORS decision",
            "for development only",
        );
        report.push(debug.removed(finding));
    }
}

/// `allow_private_network`, for listed origins and for any origin.
pub(super) fn private_network(cors: &Cors<'_>, origins: &Origins, report: &mut Report) {
    let Some(network) = cors.allow_private_network.on() else {
        return;
    };
    let Some(any) = origins.any else {
        let finding = Finding::new(
            &rules::PRIVATE_NETWORK,
            network.member,
            "no current browser asks for `allow_private_network`",
            "without effect today",
        );
        report.push(network.removed(finding));
        return;
    };
    report.push(
        Finding::new(
            &rules::PRIVATE_NETWORK_FOR_ANY_ORIGIN,
            network.member,
            "`allow_private_network` for any origin lets every site into the private network",
            "grants access to it",
        )
        .also(any, "to any origin"),
    );
}
