//! The directives of `Cache-Control`: [RFC 9111 § 5.2].
//!
//! [RFC 9111 § 5.2]: https://www.rfc-editor.org/rfc/rfc9111#section-5.2

use std::time::Duration;

use http::{HeaderMap, header};

use crate::testing::list::split;

/// The directives of a response, as they are written.
pub(super) struct CacheControl(Vec<String>);

impl CacheControl {
    pub(super) fn read(response: &HeaderMap) -> Self {
        Self(split(response, &header::CACHE_CONTROL))
    }

    /// Whether there is a directive without an argument. `no-cache="set-cookie"` is about one header only.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0
            .iter()
            .any(|directive| directive.eq_ignore_ascii_case(name))
    }

    /// The number of seconds that a directive has. If it occurs more than once, engines take the first or the
    /// last, so this is the largest.
    pub(super) fn seconds(&self, name: &str) -> Option<Duration> {
        let arguments = self.0.iter().filter_map(|directive| {
            let (written, argument) = directive.split_once('=')?;
            let is_it = written.trim_end().eq_ignore_ascii_case(name);
            is_it.then_some(argument)
        });
        arguments.filter_map(seconds).max()
    }
}

/// A number of seconds, as the most lenient engine reads it: it may be quoted, and what is behind it is ignored.
pub(super) fn seconds(text: &str) -> Option<Duration> {
    let text = text.trim_start_matches([' ', '\t', '"']);
    let is_digit = |char: char| char.is_ascii_digit();
    let end = text.find(|char| !is_digit(char)).unwrap_or(text.len());
    let digits = &text[..end];
    // A number that does not fit is larger than any time.
    (!digits.is_empty()).then(|| Duration::from_secs(digits.parse().unwrap_or(u64::MAX)))
}
