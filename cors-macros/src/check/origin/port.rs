//! The port of an origin.

use super::fault::Fault;
use super::parts::Parts;
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
pub(crate) fn is_default(scheme: &str, port: &str) -> bool {
    matches!((scheme, port), ("http", "80") | ("https", "443"))
}

/// Whether some origin can have the port.
pub(super) fn check(parts: &Parts<'_>, faults: &mut Vec<Fault>) -> bool {
    let (Some(range), Some(port)) = (parts.port.clone(), parts.port()) else {
        return true;
    };
    let fault = |rule, title, label: &str| {
        let with_colon = range.start - 1..range.end;
        Fault::new(rule, with_colon, title, label)
    };
    let scheme = parts.scheme().to_ascii_lowercase();
    let malformed = || {
        let title = match port {
            "" => "has a colon without a port",
            _ => "has a port that no browser writes so",
        };
        let label = "1 to 65535, without leading zeros";
        fault(&rules::MALFORMED_PORT, title, label)
    };
    if port.contains('*') {
        let digits = port.replace('*', "");
        let possible = digits.bytes().all(|b| b.is_ascii_digit())
            && digits.len() <= 5
            && !port.starts_with('0');
        if !possible {
            faults.push(malformed().words("write the ports that are meant, each in an entry"));
        } else if !digits.is_empty() {
            let title = "matches ports by their digits";
            let fault = fault(&rules::OPEN_PORT, title, "matches any digits");
            let other = port.replace('*', "01");
            faults.push(match other.parse::<u16>() {
                Ok(_) => fault.note(format!("port {other} matches too")),
                Err(_) => fault,
            });
        }
        return possible;
    }
    let number = match port.parse::<u16>() {
        Ok(number) if number > 0 && number.to_string() == port => number,
        _ => {
            faults.push(malformed());
            return false;
        }
    };
    if is_default(&scheme, port) {
        let title = "has the default port, which browsers leave out";
        faults.push(fault(&rules::DEFAULT_PORT, title, "remove this"));
        return false;
    }
    if BAD.contains(&number) && matches!(scheme.as_str(), "http" | "https") {
        let title = "has a port that browsers load no page from";
        faults.push(fault(&rules::BAD_PORT, title, "a blocked port"));
        return false;
    }
    true
}
