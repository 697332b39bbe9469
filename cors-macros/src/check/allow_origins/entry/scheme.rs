//! The scheme of an origin.

use crate::finding::Finding;
use crate::json::{Text, quoted};
use crate::report::Report;
use crate::rules;

/// Schemes that pages do not have, or whose pages have `null` for their origin.
const NEVER: [&str; 9] = [
    "about",
    "blob",
    "data",
    "file",
    "ftp",
    "javascript",
    "mailto",
    "ws",
    "wss",
];

/// Whether some origin can have the scheme.
pub(super) fn check(entry: &Text<'_>, colon: usize, report: &mut Report) -> bool {
    let (written, rest) = entry.as_str().split_at(colon);
    let scheme = written.to_ascii_lowercase();
    let place = entry.part(0..colon);
    if scheme.contains('*') || matches!(scheme.as_str(), "http" | "https") {
        return true;
    }
    let well_formed = scheme.starts_with(|c: char| c.is_ascii_lowercase())
        && scheme
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    if well_formed && !NEVER.contains(&scheme.as_str()) {
        report.push(
            Finding::new(
                &rules::APP_SCHEME,
                place,
                format!("`{scheme}` is not a scheme of web pages"),
                "an app or a browser extension?",
            )
            .note("app shells and extensions send such origins, ordinary sites never")
            .words("allow(app_scheme) if one is meant"),
        );
        return true;
    }
    let (note, secure) = match scheme.as_str() {
        "ws" | "wss" => (
            "the origin of a WebSocket is that of the page that opens it",
            scheme == "wss",
        ),
        _ if well_formed => (
            "such pages send `null` as their origin, or none are loaded",
            true,
        ),
        _ => (
            "a scheme is a letter and then letters, digits, `+`, `-` or `.`",
            true,
        ),
    };
    let secure = if secure { "https" } else { "http" };
    let host = rest.trim_start_matches("://");
    let finding = Finding::new(
        &rules::NON_ORIGIN_SCHEME,
        place,
        format!("no origin has the scheme `{written}`"),
        "not a scheme of origins",
    )
    .note(note);
    report.push(match host.is_empty() || scheme == "file" {
        true => finding.words("serve the page over https, and list its origin"),
        false => finding.words(quoted(&[format!("{secure}://{host}")])),
    });
    false
}
