//! The port of an origin.

use super::Parts;
use crate::finding::Finding;
use crate::json::{Text, quoted};
use crate::report::Report;
use crate::rules;

/// Ports that browsers load no page from (Fetch, "bad port").
const BAD: [u16; 83] = [
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101,
    102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427,
    465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990,
    993, 995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667,
    6668, 6669, 6679, 6697, 10080,
];

/// Whether a browser leaves the port out.
pub(super) fn is_default(scheme: &str, port: &str) -> bool {
    matches!((scheme, port), ("http", "80") | ("https", "443"))
}

/// Whether some origin can have the port.
pub(super) fn check(entry: &Text<'_>, parts: &Parts<'_>, report: &mut Report) -> bool {
    let (Some(range), Some(port)) = (parts.port.clone(), parts.port()) else {
        return true;
    };
    let with_colon = entry.part(range.start - 1..range.end);
    let scheme = parts.scheme().to_ascii_lowercase();
    if port.contains('*') {
        let digits = port.replace('*', "");
        let possible = digits.bytes().all(|b| b.is_ascii_digit())
            && digits.len() <= 5
            && !port.starts_with('0');
        if !possible {
            report.push(malformed(entry, parts, &range));
        } else if !digits.is_empty() {
            report.push(
                Finding::new(
                    &rules::OPEN_PORT,
                    with_colon,
                    format!("`{port}` matches ports by their digits"),
                    "is this meant?",
                )
                .note(format!(
                    "`*` stands for any digits, so ports of another length match too: {}",
                    port.replace('*', "01")
                ))
                .words(format!(
                    "{}, or `:*` for any port",
                    quoted(&[parts.text.replace('*', "")])
                )),
            );
        }
        return possible;
    }
    let number = match port.parse::<u16>() {
        Ok(number) if number > 0 && number.to_string() == port => number,
        _ => {
            report.push(malformed(entry, parts, &range));
            return false;
        }
    };
    if is_default(&scheme, port) {
        report.push(
            Finding::new(
                &rules::DEFAULT_PORT,
                with_colon,
                format!("browsers leave out port {port} of {scheme}"),
                "remove this",
            )
            .note(format!(
                "they send {}; KrakenD accepts the entry and never matches it",
                parts.corrected().replace('"', "`")
            ))
            .words(parts.corrected()),
        );
        return false;
    }
    if BAD.contains(&number) && matches!(scheme.as_str(), "http" | "https") {
        report.push(
            Finding::new(
                &rules::BAD_PORT,
                with_colon,
                format!("browsers load no page from port {port}"),
                "a bad port",
            )
            .note("it belongs to another protocol and is blocked, so no request comes from such an origin")
            .words("serve the page from another port"),
        );
        return false;
    }
    true
}

fn malformed(entry: &Text<'_>, parts: &Parts<'_>, range: &std::ops::Range<usize>) -> Finding {
    let port = &parts.text[range.clone()];
    let digits = port.trim_start_matches('0');
    let repaired = digits.parse::<u16>().ok().filter(|_| !digits.is_empty());
    let bare = Parts {
        text: parts.text,
        scheme: parts.scheme.clone(),
        host: parts.host.clone(),
        port: None,
    };
    let origin = bare.corrected();
    let headline = match port {
        "" => "a colon without a port".to_owned(),
        _ => format!("`{port}` is not a port as browsers write it"),
    };
    Finding::new(
        &rules::MALFORMED_PORT,
        entry.part(range.start - 1..range.end),
        headline,
        "1 to 65535, without leading zeros",
    )
    .note("browsers write a port in decimal, or leave it out; the entry never matches")
    .words(match repaired {
        Some(number) => quoted(&[format!("{}:{number}", origin.trim_matches('"'))]),
        None => origin,
    })
}
