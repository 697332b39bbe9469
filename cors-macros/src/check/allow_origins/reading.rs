//! What an entry was meant to be, where it can mean one thing only.
//!
//! The text is read once, leniently. Every liberty that is taken on the way has one meaning: what is
//! around the origin goes, what no origin has behind its port goes, a scheme that is misspelt or not
//! there is written out, and the host and the port are written as browsers write them. Where a text can
//! be read in another way, it has no meaning here, and words must do.

use crate::check::origin::{self, Parts, SEPARATORS, public_suffix, regular_expression, unicode};
use crate::literal::{LONGEST, is_quotation_mark};

/// The origins that a text means, each as a browser writes it.
pub(super) fn read(text: &str) -> Option<Vec<String>> {
    if text.len() > LONGEST {
        return None;
    }
    let mut written = unicode::in_ascii(text);
    if let Some(info) = origin::user_info(&written) {
        written.replace_range(info, "");
    }
    let text = trimmed(&written);
    if let Some(rest) = ["http(s)://", "http[s]://", "http?://"]
        .iter()
        .find_map(|either| text.strip_prefix(either))
    {
        return Some(
            [
                origins(&format!("https://{rest}"))?,
                origins(&format!("http://{rest}"))?,
            ]
            .concat(),
        );
    }
    if regular_expression::sign(text).is_some() {
        let patterns = regular_expression::patterns(text)?;
        let is_complete =
            |pattern: &String| origins(pattern).is_some_and(|o| o == [pattern.as_str()]);
        return patterns.iter().all(is_complete).then_some(patterns);
    }
    let origins = pieces(text)?.into_iter().map(|piece| origins(&piece));
    Some(origins.collect::<Option<Vec<_>>>()?.concat())
}

/// The text without what people put around an origin.
fn trimmed(text: &str) -> &str {
    let stray = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || is_quotation_mark(c)
            || SEPARATORS.contains(&c)
            || matches!(c, '\\' | '\u{2010}'..='\u{205e}')
    };
    let text = text.trim_matches(stray);
    for (open, close) in [('<', '>'), ('[', ']'), ('(', ')'), ('{', '}')] {
        let inside = text.strip_prefix(open).and_then(|t| t.strip_suffix(close));
        if let Some(inside) = inside.filter(|inside| inside.contains("://")) {
            return trimmed(inside);
        }
    }
    text
}

/// The origins in one string: all with a scheme, or all without one.
fn pieces(text: &str) -> Option<Vec<String>> {
    // A semicolon may be a colon that was missed.
    let text = text
        .replace("http;//", "http://")
        .replace("https;//", "https://");
    let is_separator = |c: char| SEPARATORS.contains(&c) || c.is_whitespace() || c.is_control();
    let mut pieces: Vec<String> = Vec::new();
    for piece in text.split(is_separator).map(trimmed) {
        match pieces.last_mut() {
            _ if piece.is_empty() => {}
            // White space after the scheme, or before the port.
            Some(last)
                if last.ends_with("://")
                    || last.ends_with(':') && piece.bytes().all(|byte| byte.is_ascii_digit()) =>
            {
                last.push_str(piece);
            }
            _ => pieces.push(piece.to_owned()),
        }
    }
    let has_scheme = |piece: &String| piece.contains("://");
    let all_have = pieces.iter().all(has_scheme);
    let is_clear = pieces.len() == 1 || all_have || !pieces.iter().any(has_scheme);
    (is_clear && !pieces.is_empty()).then_some(pieces)
}

/// The origin that a piece means; two where it leaves the scheme open.
fn origins(piece: &str) -> Option<Vec<String>> {
    let (schemes, rest) = schemes(piece)?;
    // A mail address.
    if schemes.is_empty() && rest.contains('@') {
        return None;
    }
    let rest = rest.replace("**", "*").replace("*.*.", "*.");
    let (front, mut rest) = match rest.strip_prefix('.') {
        // As the domain of a cookie is written.
        Some(domain) => ("*.", domain),
        None => ("", rest.as_str()),
    };
    if schemes.is_empty() {
        rest = rest.trim_start_matches(['/', ':']);
    }
    let text = format!("x://{front}{rest}");
    let parts = Parts::of(&text, 1);
    if parts.another_meaning().is_some() {
        return None;
    }
    let host = origin::canonical(parts.host())?;
    let host = host.trim_end_matches('.');
    if host.matches('*').count() > 1 || !is_whole(host, parts.host()) {
        return None;
    }
    if schemes.is_empty() && !is_host_by_its_end(host) {
        return None;
    }
    let schemes = match schemes.as_slice() {
        [] => vec![usual_scheme(host, parts.port()).to_owned()],
        _ => schemes,
    };
    let origin =
        |scheme: &String| Some(format!("{scheme}://{host}{}", port(scheme, parts.port())?));
    schemes.iter().map(origin).collect()
}

/// Whether a host is written in full: with a dot, or as an address. `localhost` is the one name
/// that browsers know without a dot; any other is a word, or known to one network only.
fn is_whole(host: &str, written: &str) -> bool {
    let is_ipv4 =
        host.ends_with(|c: char| c.is_ascii_digit()) && host.parse::<std::net::Ipv4Addr>().is_ok();
    if is_ipv4 {
        // Fewer numbers are rather a port or a version.
        return written.split('.').count() >= 4 || written.starts_with("0x");
    }
    let name = host.trim_matches('*');
    host == "localhost"
        || host.starts_with('[')
        || name.trim_start_matches('.').contains('.')
        || name.starts_with('.')
}

/// Whether a text without a scheme is a host, and not an expression with dots: by its last label.
fn is_host_by_its_end(host: &str) -> bool {
    const PRIVATE: [&str; 8] = [
        "corp",
        "example",
        "home",
        "internal",
        "lan",
        "local",
        "localhost",
        "test",
    ];
    let last = host.rsplit('.').next().unwrap_or_default();
    let is_address = last.ends_with(|c: char| c.is_ascii_digit() || c == ']');
    is_address || PRIVATE.contains(&last) || public_suffix::is_one(last)
}

/// The port with its colon, as it is written behind a scheme; `None` where no port is meant.
fn port(scheme: &str, port: Option<&str>) -> Option<String> {
    let Some(port) = port.filter(|port| !port.is_empty()) else {
        return Some(String::new());
    };
    if port.contains('*') {
        return Some(format!(":{port}"));
    }
    let number: u16 = port.parse().ok()?;
    let port = number.to_string();
    if origin::is_default(scheme, &port) {
        Some(String::new())
    } else {
        Some(format!(":{port}"))
    }
}

/// The scheme of an origin that is written without one.
fn usual_scheme(host: &str, port: Option<&str>) -> &'static str {
    match port {
        Some("443") => "https",
        Some("80") => "http",
        _ if origin::is_local(host) => "http",
        _ => "https",
    }
}

/// The schemes that a piece begins with, and what follows them; none where it begins with none.
fn schemes(piece: &str) -> Option<(Vec<String>, &str)> {
    let mut schemes = Vec::new();
    let mut rest = piece;
    // Of two schemes, one behind the other, the last is next to its host.
    while let Some((found, after)) = scheme(rest) {
        // A host, and another address behind it.
        if !schemes.is_empty() && rest[..rest.len() - after.len()].contains('.') {
            return None;
        }
        schemes = found?;
        rest = after;
    }
    // Without a scheme there may still be the beginning of one: `http*`.
    let begins = rest.split_once('*').is_some_and(|(before, _)| {
        !before.is_empty() && schemes.is_empty() && "https://".starts_with(before)
    });
    (!begins).then_some((schemes, rest))
}

/// The scheme at the start of a text and the rest after it. The inner `None` says that no
/// origin is meant.
fn scheme(text: &str) -> Option<(Option<Vec<String>>, &str)> {
    let end = text.find([':', ';', '/', '\\'])?;
    let after = text[end..].trim_start_matches([':', ';', '/', '\\']);
    let sign = &text[end..text.len() - after.len()];
    // A colon behind the slashes belongs to an IPv6 address, or to a port.
    let sign = match sign.strip_prefix("://") {
        Some(more) => &sign[..3 + more.len() - more.trim_start_matches('/').len()],
        None => sign,
    };
    let after = &text[end + sign.len()..];
    let word = text[..end].to_ascii_lowercase();
    let all_there = sign.starts_with("://");
    let schemes = match word.as_str() {
        "http" | "https" => vec![word],
        "ws" if all_there => vec!["http".to_owned()],
        "wss" | "ftp" | "ftps" | "sftp" if all_there => vec!["https".to_owned()],
        "blob" | "view-source" => Vec::new(),
        "about" | "data" | "javascript" | "mailto" => return Some((None, after)),
        open if open.contains('*') && all_there => web_schemes(open),
        // Of a scheme of which so little is left, the signs behind it must be there.
        other if all_there || sign.len() > 1 && other.len() > 2 => {
            match origin::meant_scheme(other) {
                Some(meant) => vec![meant.to_owned()],
                None if all_there && !word.is_empty() => vec![word],
                None => return None,
            }
        }
        _ => return None,
    };
    Some((Some(schemes), after))
}

/// The schemes of web pages that match a pattern.
fn web_schemes(pattern: &str) -> Vec<String> {
    let (before, after) = pattern.split_once('*').unwrap_or((pattern, ""));
    ["https", "http"]
        .into_iter()
        .filter(|scheme| scheme.starts_with(before) && scheme.ends_with(after))
        .map(str::to_owned)
        .collect()
}
