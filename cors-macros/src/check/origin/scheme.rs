//! The scheme of an origin.

use super::fault::Fault;
use crate::rules;
use crate::spelling::within;

/// Schemes that no page has, or whose pages have `null` for their origin. `file` is apart.
#[rustfmt::skip]
const NEVER: [&str; 32] = [
    "about", "amqp", "amqps", "blob", "data", "ftp", "ftps", "git", "grpc", "grpcs", "javascript",
    "jdbc", "ldap", "ldaps", "mailto", "mongodb", "mysql", "nntp", "postgres", "postgresql", "redis",
    "rediss", "rtmp", "rtsp", "sftp", "smtp", "ssh", "tcp", "tftp", "udp", "ws", "wss",
];

/// Schemes of browser extensions, and of the panels of an editor.
const EXTENSIONS: [&str; 6] = [
    "chrome-extension",
    "moz-extension",
    "ms-browser-extension",
    "safari-extension",
    "safari-web-extension",
    "vscode-webview",
];

pub(super) fn is_extension(scheme: &str) -> bool {
    EXTENSIONS.contains(&scheme)
}

/// The scheme of web pages that somebody meant who wrote this one.
pub(crate) fn meant(scheme: &str) -> Option<&'static str> {
    // Its beginning may be cut off: `s://`.
    let cut = ["https", "http"]
        .into_iter()
        .find(|web| web.ends_with(scheme));
    if cut.is_some() && !scheme.is_empty() {
        return cut;
    }
    let known = NEVER.contains(&scheme) || scheme.len() < 3;
    // The likelier first: of two that are as near, it counts.
    (1..=2)
        .flat_map(|edits| ["https", "http"].map(|web| (edits, web)))
        .find(|(edits, web)| !known && within(*edits, scheme, web))
        .map(|(_, web)| web)
}

/// Whether some origin can have the scheme.
pub(super) fn check(text: &str, colon: usize, faults: &mut Vec<Fault>) -> bool {
    let scheme = text[..colon].to_ascii_lowercase();
    if scheme.contains('*') || matches!(scheme.as_str(), "http" | "https") {
        return true;
    }
    if meant(&scheme).is_some() || NEVER.contains(&scheme.as_str()) || !is_well_formed(&scheme) {
        faults.push(of_no_origin(text, colon));
        return false;
    }
    // That a pattern matches every extension says more.
    if !(text.contains('*') && is_extension(&scheme)) {
        let what = if text.contains('*') {
            "matches apps, and no web page"
        } else {
            "is the origin of an app or a browser extension, not of a web page"
        };
        let label = "not a scheme of web pages";
        faults.push(Fault::new(&rules::APP_SCHEME, 0..colon, what, label));
    }
    true
}

/// What is wrong with a scheme that no origin has.
pub(super) fn of_no_origin(text: &str, colon: usize) -> Fault {
    let scheme = text[..colon].to_ascii_lowercase();
    let place = 0..colon;
    if let Some(meant) = meant(&scheme) {
        let label = format!("did you mean `{meant}`?");
        let what = "has a misspelt scheme";
        return Fault::new(&rules::MISSPELT_SCHEME, place, what, label);
    }
    let (rule, what) = (&rules::NON_ORIGIN_SCHEME, "has a scheme that no origin has");
    let fault = Fault::new(rule, place, what, "not a scheme of origins");
    match scheme.as_str() {
        "ws" | "wss" => fault.note("a WebSocket has the origin of the page that opens it"),
        _ if is_well_formed(&scheme) => fault,
        _ => fault.note("a scheme is a letter and then letters, digits, `+`, `-` or `.`"),
    }
}

pub(super) fn is_well_formed(scheme: &str) -> bool {
    let mut bytes = scheme.bytes();
    bytes
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic())
        && bytes.all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b))
}
