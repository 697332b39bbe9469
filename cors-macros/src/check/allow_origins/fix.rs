//! What to write instead of an entry. It is checked like any other before it is suggested, so no
//! suggestion is refused in its turn.

use crate::check::origin::{self, Fault, Part, Parts, SEPARATORS, regular_expression};
use crate::literal::{LONGEST, is_quotation_mark};
use crate::rules::{self, Level, Rule};

/// More mistakes than this are not in one entry.
const MOST_STEPS: usize = 4;

/// The entries that can stand in place of one, and that there is nothing to say against. They allow
/// no host that the entry does not name.
pub(super) fn entries(text: &str, credentials: bool) -> Option<Vec<String>> {
    let mut fixed = Vec::new();
    fix(text, credentials, MOST_STEPS, &mut fixed)?;
    Some(fixed)
}

fn fix(text: &str, credentials: bool, steps: usize, fixed: &mut Vec<String>) -> Option<()> {
    // Everyone is more than any entry but `*` names.
    if text == "*" {
        return None;
    }
    let faults = origin::check(text, credentials).faults.into_iter();
    let broken: Vec<&Rule> = faults
        .map(|fault| fault.rule)
        .filter(|rule| rule.level > Level::Hint)
        .collect();
    if broken.is_empty() {
        if !fixed.iter().any(|other| other == text) {
            fixed.push(text.to_owned());
        }
        return Some(());
    }
    let steps = steps.checked_sub(1)?;
    for text in step(text, &broken)? {
        fix(&text, credentials, steps, fixed)?;
    }
    Some(())
}

/// What is wrong with an entry once it is spelled as browsers write it, beside what was found.
pub(super) fn revealed(text: &str, credentials: bool, found: &[Fault]) -> Vec<Fault> {
    let is_error = |fault: &Fault| fault.rule.level == Level::Error;
    let spelled = if found.iter().any(is_error) {
        spelled(text).filter(|spelled| spelled.as_slice() != [text])
    } else {
        None
    };
    let [spelled] = spelled.as_deref().unwrap_or_default() else {
        return Vec::new();
    };
    let mut revealed = origin::check(spelled, credentials).faults;
    revealed.retain(|fault| {
        let is_known = found.iter().any(|known| known.rule == fault.rule);
        fault.rule.level > Level::Hint && !is_known
    });
    for fault in &mut revealed {
        fault.at = match &fault.at {
            Part::Bytes(same) if text.get(same.clone()) == spelled.get(same.clone()) => continue,
            _ => Part::Bytes(0..text.len()),
        };
    }
    revealed
}

/// Entries that lack one of the mistakes at least.
fn step(text: &str, broken: &[&'static Rule]) -> Option<Vec<String>> {
    let breaks = |rule: &Rule| broken.contains(&rule);
    if breaks(&rules::NULL_ORIGIN) {
        return None;
    }
    let spelled = spelled(text)?;
    if spelled != [text] {
        return Some(spelled);
    }
    let (before, after) = text.split_once('*').unwrap_or((text, ""));
    if breaks(&rules::OPEN_START) || breaks(&rules::OPEN_START_WITH_CREDENTIALS) {
        return Some(vec![
            format!("{before}*.{after}"),
            format!("{before}{after}"),
        ]);
    }
    if breaks(&rules::INSECURE_ORIGIN_WITH_CREDENTIALS) {
        return Some(vec![text.replacen("http:", "https:", 1)]);
    }
    let open_end = breaks(&rules::OPEN_END) || breaks(&rules::OPEN_END_WITH_CREDENTIALS);
    // The end of a label may be anything, but the end of a name is not known.
    (open_end && !before.ends_with(['.', '-'])).then(|| vec![format!("{before}{after}")])
}

/// The entries as browsers write them.
fn spelled(text: &str) -> Option<Vec<String>> {
    if text.len() > LONGEST {
        return None;
    }
    let text = trimmed(text);
    if regular_expression::sign(text).is_some() {
        return regular_expression::patterns(text);
    }
    let origins = pieces(text)?.into_iter().map(origins);
    Some(origins.collect::<Option<Vec<_>>>()?.concat())
}

/// The text without what may be put around an origin by mistake.
fn trimmed(text: &str) -> &str {
    let stray = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || is_quotation_mark(c)
            || SEPARATORS.contains(&c)
            || c == '\\'
    };
    let text = text.trim_matches(stray);
    for (open, close) in [('<', '>'), ('[', ']'), ('(', ')')] {
        let inside = text.strip_prefix(open).and_then(|t| t.strip_suffix(close));
        if let Some(inside) = inside.filter(|inside| inside.contains("://")) {
            return trimmed(inside);
        }
    }
    text
}

/// The origins in one string.
fn pieces(text: &str) -> Option<Vec<String>> {
    // A semicolon may be a colon that was missed.
    let text = text
        .replace("http;//", "http://")
        .replace("https;//", "https://");
    let separator = |c: char| SEPARATORS.contains(&c) || c.is_whitespace() || c.is_control();
    let mut pieces: Vec<String> = Vec::new();
    for piece in text.split(separator).map(trimmed) {
        match pieces.last_mut() {
            _ if piece.is_empty() => {}
            // White space after the scheme.
            Some(last) if last.ends_with("://") => last.push_str(piece),
            _ => pieces.push(piece.to_owned()),
        }
    }
    let is_origin = |piece: &String| {
        piece.contains("://") || piece.contains('.') || piece.starts_with("localhost")
    };
    let all = pieces.len() == 1 || pieces.iter().all(is_origin);
    (all && !pieces.is_empty()).then_some(pieces)
}

/// The origin that a piece means; two where it leaves the scheme open.
fn origins(piece: String) -> Option<Vec<String>> {
    let (schemes, rest) = schemes(&piece)?;
    let rest = rest.replace("**", "*").replace("*.*.", "*.");
    let (front, mut rest) = match rest.strip_prefix('.') {
        // As the domain of a cookie is written.
        Some(domain) => ("*.", domain),
        None => ("", rest.as_str()),
    };
    if schemes.is_empty() {
        rest = rest.trim_start_matches(['/', ':']);
    }
    if matches!(rest, "http" | "https") {
        return None;
    }
    let text = format!("x://{front}{rest}");
    let parts = Parts::of(&text, 1);
    let host = origin::canonical(parts.host())?;
    let host = match host.trim_end_matches('.') {
        "" | "*" => return None,
        host => host,
    };
    if host.matches('*').count() > 1 {
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
        schemes = found?;
        rest = after;
    }
    let is_open = schemes.is_empty() && rest.starts_with('*');
    if is_open {
        schemes = web_schemes("*");
    }
    // Without a scheme there may still be the beginning of one: `http*`.
    let begins = rest.split_once('*').is_some_and(|(before, _)| {
        !before.is_empty() && schemes.is_empty() && "https://".starts_with(before)
    });
    (!begins).then_some((schemes, rest))
}

/// The scheme at the start of a text and what stands behind it. The inner `None` says that no
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
        "blob" => Vec::new(),
        "about" | "data" | "javascript" | "mailto" => return Some((None, after)),
        open if open.contains('*') && all_there => web_schemes(open),
        other if sign.len() > 1 => match origin::meant_scheme(other) {
            Some(meant) => vec![meant.to_owned()],
            None if all_there && !word.is_empty() => vec![word],
            None => return None,
        },
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
