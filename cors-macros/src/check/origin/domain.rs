//! Hosts in ASCII, as the URL Standard reads them ([URL § host parsing]).
//!
//! [URL § host parsing]: https://url.spec.whatwg.org/#host-parsing

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;

/// A host as browsers send it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Host {
    /// In lower case.
    Name(String),
    Ipv4(Ipv4Addr),
    Ipv6(Ipv6Addr),
}

/// Why a text is not a host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Invalid {
    /// A byte that no host has, or a character outside ASCII, which is not looked at further here.
    Character(usize),
    /// It ends in a number, or has brackets, and is no address.
    Address,
    /// A label that only looks like Punycode.
    Punycode(Range<usize>),
}

/// Reads a host. Of a pattern, a label with a `*` may be a part of anything.
pub(crate) fn parse(host: &str) -> Result<Host, Invalid> {
    if let Some(inside) = host.strip_prefix('[') {
        let inside = inside.strip_suffix(']').ok_or(Invalid::Address)?;
        return inside.parse().map(Host::Ipv6).map_err(|_| Invalid::Address);
    }
    let forbidden = |byte: u8| !byte.is_ascii_graphic() || b"#%/:<>?@[\\]^|".contains(&byte);
    if let Some(at) = host.bytes().position(forbidden) {
        return Err(Invalid::Character(at));
    }
    if ends_in_number(host) {
        return ipv4(host).map(Host::Ipv4).ok_or(Invalid::Address);
    }
    let host = host.to_ascii_lowercase();
    let mut start = 0;
    for label in host.split('.') {
        let is_wrong = |encoded: &str| !encoded.contains('*') && !is_punycode(encoded);
        if label.strip_prefix("xn--").is_some_and(is_wrong) {
            return Err(Invalid::Punycode(start..start + label.len()));
        }
        start += label.len() + 1;
    }
    Ok(Host::Name(host))
}

/// The last label, a dot at the end left out, is a number in any notation.
fn ends_in_number(host: &str) -> bool {
    let name = host.strip_suffix('.').unwrap_or(host);
    let last = name.rsplit('.').next().unwrap_or_default();
    let is_decimal = !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit());
    is_decimal || number(last).is_some()
}

/// One to four numbers, of which the last fills what the others leave.
fn ipv4(host: &str) -> Option<Ipv4Addr> {
    let parts: Vec<&str> = host.strip_suffix('.').unwrap_or(host).split('.').collect();
    let (last, front) = parts.split_last()?;
    if front.len() > 3 {
        return None;
    }
    let mut address: u32 = 0;
    for (nth, part) in front.iter().enumerate() {
        let byte = u8::try_from(number(part)?).ok()?;
        address |= u32::from(byte) << (24 - 8 * nth);
    }
    let rest = u32::try_from(number(last)?).ok()?;
    let fits = u64::from(rest) < 1 << (32 - 8 * front.len());
    fits.then(|| Ipv4Addr::from(address | rest))
}

/// A number as addresses have them: decimal, octal after `0`, hexadecimal after `0x`.
fn number(text: &str) -> Option<u64> {
    let lower = text.to_ascii_lowercase();
    let (digits, radix) = match (lower.strip_prefix("0x"), lower.strip_prefix('0')) {
        (Some(digits), _) => (digits, 16),
        (None, Some(digits)) if !digits.is_empty() => (digits, 8),
        _ => (lower.as_str(), 10),
    };
    if digits.is_empty() {
        return (radix == 16).then_some(0);
    }
    let is_digit = |c: char| c.is_digit(radix);
    // So large a number is none of an address, but it is a number.
    let value = || u64::from_str_radix(digits, radix).unwrap_or(u64::MAX);
    digits.chars().all(is_digit).then(value)
}

/// Whether characters outside ASCII are encoded by this label, without its `xn--` (RFC 3492, section
/// 6.2). Which of them a registry or a browser admits is not known here.
fn is_punycode(label: &str) -> bool {
    decoded(label).is_some_and(|text| {
        let mut others = text.iter().filter(|c| !c.is_ascii()).peekable();
        others.peek().is_some() && others.all(|c| !c.is_control())
    })
}

fn decoded(label: &str) -> Option<Vec<char>> {
    let (plain, encoded) = label.rsplit_once('-').unwrap_or(("", label));
    let mut text: Vec<char> = plain.chars().collect();
    let (mut code, mut at, mut bias): (u32, u32, u32) = (128, 0, 72);
    let mut digits = encoded.bytes().peekable();
    while digits.peek().is_some() {
        let (before, mut weight) = (at, 1_u32);
        for k in (36_u32..).step_by(36) {
            let digit = match digits.next()? {
                letter @ b'a'..=b'z' => letter - b'a',
                digit @ b'0'..=b'9' => digit - b'0' + 26,
                _ => return None,
            };
            at = at.checked_add(u32::from(digit).checked_mul(weight)?)?;
            let threshold = k.saturating_sub(bias).clamp(1, 26);
            if u32::from(digit) < threshold {
                break;
            }
            weight = weight.checked_mul(36 - threshold)?;
        }
        let count = u32::try_from(text.len()).ok()? + 1;
        bias = adapted(at - before, count, before == 0);
        code = code.checked_add(at / count)?;
        at %= count;
        text.insert(at as usize, char::from_u32(code)?);
        at += 1;
    }
    Some(text)
}

/// The bias for the next character (RFC 3492, section 6.1).
fn adapted(delta: u32, count: u32, is_first: bool) -> u32 {
    let mut delta = delta / if is_first { 700 } else { 2 };
    delta += delta / count;
    let mut k = 0;
    while delta > 455 {
        delta /= 35;
        k += 36;
    }
    k + 36 * delta / (delta + 38)
}

impl fmt::Display for Host {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => f.write_str(name),
            Self::Ipv4(address) => address.fmt(f),
            Self::Ipv6(address) => write!(f, "[{}]", Pieces(*address)),
        }
    }
}

/// An IPv6 address only in hexadecimal: `std` writes the end of some as IPv4.
struct Pieces(Ipv6Addr);

impl fmt::Display for Pieces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pieces = self.0.segments();
        let hex = |pieces: &[u16]| {
            let pieces: Vec<String> = pieces.iter().map(|piece| format!("{piece:x}")).collect();
            pieces.join(":")
        };
        let zeros = |start: usize| pieces[start..].iter().take_while(|p| **p == 0).count();
        // Of the longest runs of zeros the first is left out.
        let longest = (0..8).map(|start| (zeros(start), start)).rev();
        match longest.max_by_key(|(len, _)| *len) {
            Some((len @ 2.., start)) => {
                let (before, after) = (&pieces[..start], &pieces[start + len..]);
                write!(f, "{}::{}", hex(before), hex(after))
            }
            _ => f.write_str(&hex(&pieces)),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Host, parse};

    /// The same host, by the parser of the `url` crate. `None` where that knows more of Punycode.
    fn by_url(host: &str) -> Option<Result<Host, ()>> {
        Some(match url::Host::parse(host) {
            Ok(url::Host::Domain(name)) => Ok(Host::Name(name)),
            Ok(url::Host::Ipv4(address)) => Ok(Host::Ipv4(address)),
            Ok(url::Host::Ipv6(address)) => Ok(Host::Ipv6(address)),
            Err(_) if host.to_ascii_lowercase().contains("xn--") => return None,
            Err(_) => Err(()),
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]

        #[test]
        fn hosts_are_read_as_by_the_standard(
            host in prop_oneof![
                "[a-zA-Z0-9.*_-]{1,12}",
                "[ -~]{1,6}",
                "(0x[0-9a-f]{0,9}|0[0-9]{0,4}|[0-9]{1,11}|a)(\\.(0x[0-9a-f]{0,3}|[0-9]{1,4}|0[0-9]{1,3}|)){0,4}",
                "\\[[0-9a-f:.]{1,20}\\]?",
                "\\[(0|[0-9a-f]{1,4})(:(0|0|[0-9a-f]{1,4})){7}\\]",
                "\\[::(ffff:)?[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}\\]",
                "xn--[a-z0-9-]{1,8}(\\.xn--[a-z0-9]{1,6})?",
            ]
        ) {
            // A `%` is decoded there.
            if host.contains('%') {
                return Ok(());
            }
            if let Some(expected) = by_url(&host) {
                let read = parse(&host);
                prop_assert_eq!(read.clone().map_err(drop), expected.clone(), "{}", host);
                let (Ok(read), Ok(_)) = (read, expected) else { return Ok(()) };
                let written = url::Host::parse(&host).unwrap().to_string();
                prop_assert_eq!(read.to_string(), written);
            }
        }
    }

    #[test]
    fn labels_that_only_look_like_punycode() {
        for host in [
            "xn--bcher-kva.de",
            "xn--mnchen-3ya",
            "XN--80ak6aa92e.com",
            "xn--p1ai",
        ] {
            assert!(parse(host).is_ok(), "{host}");
            assert!(url::Host::parse(host).is_ok(), "{host}");
        }
        for host in ["xn--", "xn--a", "xn---", "xn--a.com", "xn--99999999999"] {
            assert!(parse(host).is_err(), "{host}");
            assert!(url::Host::parse(host).is_err(), "{host}");
        }
    }
}
