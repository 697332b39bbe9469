//! The scheme of an origin.

use super::fault::Fault;
use crate::rules;
use crate::spelling::within;

/// Schemes that no page has, or whose pages have `null` for their origin. `file` is apart.
const NEVER: [&str; 15] = [
    "about",
    "blob",
    "data",
    "ftp",
    "ftps",
    "javascript",
    "mailto",
    "nntp",
    "rtmp",
    "rtsp",
    "sftp",
    "smtp",
    "tftp",
    "ws",
    "wss",
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
    let place = 0..colon;
    let well_formed = scheme.starts_with(|c: char| c.is_ascii_lowercase())
        && scheme
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    if let Some(meant) = meant(&scheme) {
        let label = format!("did you mean `{meant}`?");
        let what = "has a misspelt scheme";
        faults.push(Fault::new(&rules::MISSPELT_SCHEME, place, what, label));
        return false;
    }
    if !well_formed || NEVER.contains(&scheme.as_str()) {
        let (rule, what) = (&rules::NON_ORIGIN_SCHEME, "has a scheme that no origin has");
        let fault = Fault::new(rule, place, what, "not a scheme of origins");
        faults.push(match scheme.as_str() {
            "ws" | "wss" => fault.note("a WebSocket has the origin of the page that opens it"),
            _ if well_formed => fault,
            _ => fault.note("a scheme is a letter and then letters, digits, `+`, `-` or `.`"),
        });
        return false;
    }
    // A pattern has a fault of its own, which says more.
    if !text.contains('*') {
        let what = "is the origin of an app or a browser extension, not of a web page";
        let label = "not a scheme of web pages";
        faults.push(Fault::new(&rules::APP_SCHEME, place, what, label));
    }
    true
}
