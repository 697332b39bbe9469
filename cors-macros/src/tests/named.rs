//! The second half of the promise: a suggested origin has a host and a port that the entry names.

/// Why a host can be in a suggestion, given the entry in lower case. Any other reason is a guess.
const KINDS: &[(&str, Naming)] = &[
    ("it is written so", has),
    (
        "characters of word processors mean others",
        |entry, host| has(&in_ascii(entry), host),
    ),
    ("stars are written twice", |entry, host| {
        has(&entry.replace("**", "*").replace("*.*.", "*."), host)
    }),
    ("an address has one form in browsers", has_address),
    ("an expression has choices", is_choice),
];

/// Whether an entry names a host.
type Naming = fn(&str, &str) -> bool;

/// Whether an entry names the host and the port of an origin.
pub(super) fn names(entry: &str, origin: &str) -> bool {
    // A text in place of a list is put into one as it is.
    if entry.trim_matches('"') == origin {
        return true;
    }
    let entry = entry.to_ascii_lowercase();
    let host = origin.split_once("://").map_or(origin, |(_, host)| host);
    let end = host.rfind(']').unwrap_or_default();
    let (host, port) = match host[end..].split_once(':') {
        Some((rest, port)) => (&host[..end + rest.len()], port),
        None => (host, ""),
    };
    let any_port = port == "*" && [r"\d", "[0-9]"].iter().any(|digits| entry.contains(digits));
    (any_port || in_ascii(&entry).contains(port)) && KINDS.iter().any(|(_, is)| is(&entry, host))
}

fn is_of_host(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '*')
}

/// Whether a host is in a text, and neither the end nor the beginning of another.
fn has(text: &str, host: &str) -> bool {
    let (subdomains, name) = match host.strip_prefix("*.") {
        Some(name) => (true, name),
        None => (false, host),
    };
    text.match_indices(name).any(|(at, _)| {
        let before = &text[..at];
        let after = &text[at + name.len()..];
        let begins = if subdomains {
            // A domain of cookies begins with its dot.
            let front = before.trim_end_matches('.');
            front.ends_with('*') || front.len() < before.len() && !front.ends_with(is_of_host)
        } else {
            !before
                .trim_end_matches('*')
                .ends_with(|c| is_of_host(c) || c == '.')
        };
        begins && (after.starts_with('*') || !after.trim_matches('.').starts_with(is_of_host))
    })
}

/// The characters that word processors and input methods write for others.
fn in_ascii(text: &str) -> String {
    let mut written = String::new();
    for c in text.chars() {
        match c {
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
            '。' | '．' | '｡' => written.push('.'),
            '‐' | '‑' | '－' => written.push('-'),
            '：' => written.push(':'),
            '／' | '∕' | '⁄' => written.push('/'),
            other => written.push(other),
        }
    }
    written
}

/// Whether a text has an address, in any notation, with a zone or a port behind it.
fn has_address(text: &str, host: &str) -> bool {
    let is_of_address = |c: char| c.is_ascii_alphanumeric() || ".:%".contains(c);
    let mut words = text.split(|c| !is_of_address(c));
    words.any(|word| {
        let word = word.split('%').next().unwrap_or_default();
        // A scheme may lack its slashes.
        let word = ["http:", "https:"].iter().fold(word, |word, scheme| {
            word.strip_prefix(*scheme).unwrap_or(word)
        });
        let without_port = word.rsplit_once(':').map_or(word, |(word, _)| word);
        let forms = [word, without_port].map(|word| [word.to_owned(), format!("[{word}]")]);
        let mut hosts = forms
            .iter()
            .flatten()
            .filter_map(|form| url::Host::parse(form).ok());
        hosts.any(|found| found.to_string() == host && !matches!(found, url::Host::Domain(_)))
    })
}

/// Whether a host is put together of parts of an expression, each of them whole, in their order.
fn is_choice(expression: &str, host: &str) -> bool {
    if !expression.contains(['(', '?', '\\', '|']) {
        return false;
    }
    let plain = expression
        .replace("\\.", ".")
        .replace("\\-", "-")
        .replace(r"\d+", "");
    let is_of_part = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let parts: Vec<&str> = plain.split_inclusive(|c: char| !is_of_part(c)).collect();
    let letters: String = host.chars().filter(|c| is_of_part(*c)).collect();
    is_made_of(&letters, &parts)
}

fn is_made_of(letters: &str, parts: &[&str]) -> bool {
    let Some((first, others)) = parts.split_first() else {
        return letters.is_empty();
    };
    let part = first.trim_end_matches(|c: char| !c.is_ascii_alphanumeric() && c != '-');
    // Of `apps?` the last letter may be left out.
    let shorter = part.get(..part.len().saturating_sub(1)).unwrap_or_default();
    let may_end_before = first.ends_with('?') && !shorter.is_empty();
    let rest = |part: &str| letters.strip_prefix(part).filter(|_| !part.is_empty());
    is_made_of(letters, others)
        || rest(part).is_some_and(|rest| is_made_of(rest, others))
        || may_end_before && rest(shorter).is_some_and(|rest| is_made_of(rest, others))
}

#[test]
fn what_an_entry_names() {
    for (entry, origin) in [
        ("https://A.example/", "https://a.example"),
        ("a.example:443", "https://a.example"),
        ("https://user@a.example.", "https://a.example"),
        ("https://*a.example", "https://*.a.example"),
        ("https://*a.example", "https://a.example"),
        (".a.example", "https://*.a.example"),
        ("https://a.example*", "https://a.example"),
        ("http://0x7f000001:8080", "http://127.0.0.1:8080"),
        ("http://::1:3000", "http://[::1]:3000"),
        ("http:127.00.0.1:8080", "http://127.0.0.1:8080"),
        ("http://[FE80::1%eth0]", "http://[fe80::1]"),
        (r"https://(a|b)\.example", "https://b.example"),
        (r"https://apps?\.example", "https://app.example"),
        (r"http://localhost:\d+", "http://localhost:*"),
        ("https://a。example", "https://a.example"),
    ] {
        assert!(names(entry, origin), "{entry} names {origin}");
    }
    for (entry, origin) in [
        ("https://app.a.example", "https://a.example"),
        ("https://app.a.example", "https://*.a.example"),
        ("https://*.a.example", "https://a.example"),
        ("https://a.example.com", "https://a.example"),
        ("https://xa.example", "https://a.example"),
        ("https://a.example", "https://a.example:8443"),
        ("https://a.example:8443", "https://a.example:*"),
        ("https://ä.example", "https://a.example"),
        ("http://127.0.0.1", "http://127.0.0.2"),
        (r"https://(a|b)\.example", "https://c.example"),
        (r"https://(aa|b)\.example", "https://a.example"),
        ("https://a b.example", "https://ab.example"),
    ] {
        assert!(!names(entry, origin), "{entry} does not name {origin}");
    }
}
