//! `options_success_status` and the switches.

use crate::config::Cors;
use crate::finding::{Finding, Place};
use crate::report::Report;
use crate::rules;

use super::allow_origins::Origins;

/// What KrakenD answers preflights with unless it is told otherwise.
const DEFAULT_STATUS: u16 = 204;

/// The status of an answered preflight.
pub(super) fn status(cors: &Cors<'_>, report: &mut Report) -> u16 {
    let Some(given) = cors.options_success_status.given() else {
        return DEFAULT_STATUS;
    };
    let written = given.value.0;
    if let Some(passthrough) = cors.options_passthrough.on() {
        report.push(
            Finding::new(
                &rules::STATUS_WITH_PASSTHROUGH,
                given.member,
                "this status is never sent",
                "remove one of the two",
            )
            .also(
                passthrough.member,
                "the handler answers, with its own status",
            )
            .note("KrakenD hands preflights on to the handler and leaves the status to it")
            .words("remove \"options_success_status\""),
        );
    }
    if written == 0.0 {
        report.push(
            Finding::new(
                &rules::UNUSUAL_STATUS,
                given.at,
                "a status of 0 means the default",
                "this means 204",
            )
            .note("KrakenD takes 0 for a missing status")
            .words("204"),
        );
        return DEFAULT_STATUS;
    }
    if !(200.0..300.0).contains(&written) {
        report.push(
            Finding::new(
                &rules::STATUS_OUT_OF_RANGE,
                given.at,
                "browsers refuse a preflight's answer with this status",
                "expected 200 to 299",
            )
            .note("a preflight passes with a status from 200 to 299 only; KrakenD sends whatever is written here, so every preflight fails")
            .words(DEFAULT_STATUS.to_string()),
        );
        return DEFAULT_STATUS;
    }
    let status = written as u16;
    if !matches!(status, 200 | 204) {
        report.push(
            Finding::new(
                &rules::UNUSUAL_STATUS,
                given.at,
                format!("{status} is an odd status for a preflight"),
                "204 and 200 are usual",
            )
            .note("browsers accept it; proxies on the way may not")
            .words(DEFAULT_STATUS.to_string()),
        );
    }
    status
}

/// `options_passthrough` and `debug`.
pub(super) fn switches(cors: &Cors<'_>, report: &mut Report) {
    if let Some(passthrough) = cors.options_passthrough.on() {
        report.push(
            Finding::new(
                &rules::PASSTHROUGH,
                passthrough.member,
                "the handler must answer preflights itself",
                "OPTIONS requests go on to the handler",
            )
            .note("without a route for OPTIONS it answers 404 or 405, and every preflight fails; authentication in front of it fails them too, since a preflight carries no credentials")
            .words("\"options_passthrough\": false"),
        );
    }
    if let Some(debug) = cors.debug.on() {
        report.push(
            Finding::new(
                &rules::DEBUG_ON,
                debug.member,
                "every CORS decision is logged",
                "for development only",
            )
            .note("KrakenD logs each request's headers; a compiled policy logs through `tracing` if that feature is on")
            .words("\"debug\": false"),
        );
    }
}

/// `allow_private_network`, alone and with any origin.
pub(super) fn private_network(cors: &Cors<'_>, origins: &Origins, report: &mut Report) {
    let Some(network) = cors.allow_private_network.on() else {
        return;
    };
    let Some(any) = origins.any else {
        report.push(
            Finding::new(
                &rules::PRIVATE_NETWORK,
                network.member,
                "no current browser asks for this",
                "without effect today",
            )
            .note("Private Network Access was given up; Local Network Access asks the user instead, and knows no CORS header")
            .words("remove it"),
        );
        return;
    };
    let mut finding = Finding::new(
        &rules::PRIVATE_NETWORK_FOR_ANY_ORIGIN,
        network.member,
        "every site may reach into the private network",
        "grants access to it",
    );
    if any != Place::new(network.member.start, network.member.end) {
        finding = finding.also(any, "to any origin");
    }
    report.push(
        finding
            .note("where a browser asks for it, a page anywhere can talk to this service behind the firewall")
            .words("list the origins, or remove \"allow_private_network\""),
    );
}
