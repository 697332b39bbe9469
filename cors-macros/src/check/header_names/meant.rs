//! What somebody meant who wrote a header name that hardly anybody uses.

use crate::spelling::within;

/// Request headers that scripts send, as they are usually written.
pub(in crate::check) const REQUEST: &[&str] = &[
    "Accept",
    "Accept-Language",
    "Authorization",
    "Baggage",
    "Cache-Control",
    "Content-Encoding",
    "Content-Language",
    "Content-Type",
    "DPoP",
    "Idempotency-Key",
    "If-Match",
    "If-Modified-Since",
    "If-None-Match",
    "If-Unmodified-Since",
    "Last-Event-ID",
    "Pragma",
    "Range",
    "Traceparent",
    "Tracestate",
    "User-Agent",
    "X-Correlation-ID",
    "X-CSRF-Token",
    "X-HTTP-Method-Override",
    "X-Request-ID",
    "X-Requested-With",
    "X-XSRF-Token",
];

/// Response headers that scripts read.
pub(in crate::check) const RESPONSE: &[&str] = &[
    "Accept-Ranges",
    "Content-Disposition",
    "Content-Encoding",
    "Content-Range",
    "ETag",
    "Link",
    "Location",
    "Retry-After",
    "Server-Timing",
    "WWW-Authenticate",
    "X-Correlation-ID",
    "X-Request-ID",
    "X-Total-Count",
];

/// The well-known name that another was likely meant to be: it has the same letters, or nearly so.
pub(super) fn misspelt(name: &str, known: &[&'static str]) -> Option<&'static str> {
    // A name and the same name with `X-` before it are two that are both in use.
    let is_extension = |name: &str| name.get(..2).is_some_and(|x| x.eq_ignore_ascii_case("x-"));
    let letters = |name: &str| -> String {
        let letters = name.chars().filter(|c| !matches!(c, '-' | '_' | '.'));
        letters.map(|c| c.to_ascii_lowercase()).collect()
    };
    let written = letters(name);
    if let Some(same) = known.iter().find(|known| letters(known) == written) {
        // `X-CSRFToken` is as usual as `X-CSRF-Token`: only registered names have one form.
        let is_other = !is_extension(same) && !same.eq_ignore_ascii_case(name);
        return is_other.then_some(same);
    }
    let mut known = known.iter().copied();
    known.find(|known| {
        let meant = letters(known);
        // Many short words are near each other.
        let edits = match meant.len() {
            ..6 => 0,
            6..12 => 1,
            _ => 2,
        };
        is_extension(name) == is_extension(known)
            && written.len().abs_diff(meant.len()) <= edits
            && within(edits, &written, &meant)
    })
}

/// A name that is one of the well-known ones, or is said to belong to this list.
pub(super) fn is_certain(name: &str, known: &[&str]) -> bool {
    let extension = name.get(..2).is_some_and(|x| x.eq_ignore_ascii_case("x-"));
    extension && name.len() > 2 || known.iter().any(|known| known.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::{REQUEST, RESPONSE, misspelt};

    #[test]
    fn names_that_are_nearly_known() {
        let cases = [
            ("Authorisation", Some("Authorization")),
            ("Autorization", Some("Authorization")),
            ("authorization", None),
            ("Authorizations", Some("Authorization")),
            ("Authentication", None),
            ("X-Authorization", None),
            ("Content_Type", Some("Content-Type")),
            ("contenttype", Some("Content-Type")),
            ("Contnet-Type", Some("Content-Type")),
            ("Content-Type", None),
            ("Content-Typed-By", None),
            ("X-Content-Type", None),
            ("X-Requested-Wth", Some("X-Requested-With")),
            ("X-RequestedWith", None),
            ("X-Request-ID", None),
            ("X-RequestId", None),
            ("X-Reqest-Id", Some("X-Request-ID")),
            ("Request-Id", None),
            ("X-Requester-Id", None),
            ("X-CSRFToken", None),
            ("X-XSRFToken", None),
            ("X-CRSF-Token", Some("X-CSRF-Token")),
            ("CSRF-Token", None),
            ("X-XSRF-TOKEN", None),
            ("X-Auth-Token", None),
            ("X-OAuth-Token", None),
            ("Catch-Control", Some("Cache-Control")),
            ("Ranges", None),
            ("Orange", None),
            ("Except", None),
            ("D-PoP", Some("DPoP")),
            ("", None),
            ("X-", None),
            ("é", None),
        ];
        for (name, expected) in cases {
            assert_eq!(misspelt(name, REQUEST), expected, "{name}");
        }
        let cases = [
            ("E-Tag", Some("ETag")),
            ("ETags", None),
            ("Content-Dispositon", Some("Content-Disposition")),
            ("Links", None),
            ("X-TotalCount", None),
            ("X-Totel-Count", Some("X-Total-Count")),
            ("X-Total-Pages", None),
            ("X-Rate-Limit-Limit", None),
        ];
        for (name, expected) in cases {
            assert_eq!(misspelt(name, RESPONSE), expected, "{name}");
        }
    }

    #[test]
    fn no_known_name_is_taken_for_another() {
        for known in [REQUEST, RESPONSE] {
            for name in known {
                let others: Vec<&str> = known.iter().copied().filter(|n| n != name).collect();
                let near = others.iter().find(|other| {
                    name.replace('-', "")
                        .eq_ignore_ascii_case(&other.replace('-', ""))
                });
                assert_eq!(near, None, "{name}");
            }
        }
    }
}
