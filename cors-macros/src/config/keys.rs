//! What the settings are called, and what the keys mean that are none.

use std::fmt;

use crate::json::Member;
use crate::spelling::within;

/// What the object at the root is called that the section belongs in.
pub(super) const EXTRA_CONFIG: &str = "extra_config";

/// What the section is called.
pub(super) const CURRENT: &str = "security/cors";

/// What KrakenD called it before version 2, and still reads.
pub(super) const OLDER: &str = "github_com/devopsfaith/krakend-cors";

/// Declares the settings with their names.
macro_rules! settings {
    ($($key:ident = $name:literal)*) => {
        /// The settings of a CORS section.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(crate) enum Key {
            $($key),*
        }

        impl Key {
            pub(super) const ALL: &[Self] = &[$(Self::$key),*];

            pub(crate) fn name(self) -> &'static str {
                match self {
                    $(Self::$key => $name),*
                }
            }
        }
    };
}

settings! {
    AllowOrigins = "allow_origins"
    AllowMethods = "allow_methods"
    AllowHeaders = "allow_headers"
    ExposeHeaders = "expose_headers"
    MaxAge = "max_age"
    AllowCredentials = "allow_credentials"
    AllowPrivateNetwork = "allow_private_network"
    Debug = "debug"
    OptionsPassthrough = "options_passthrough"
    OptionsSuccessStatus = "options_success_status"
}

impl Key {
    /// The setting of exactly this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|key| key.name() == name)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What other CORS middleware calls the same settings, in the form of [`letters_of`].
const OTHER_NAMES: [(Key, &[&str]); 6] = [
    (
        Key::AllowOrigins,
        &[
            "origin",
            "origins",
            "allowedorigin",
            "alloworiginlist",
            "allowedoriginpatterns",
            "originwhitelist",
        ],
    ),
    (Key::AllowMethods, &["methods", "allowedmethod"]),
    (Key::AllowHeaders, &["headers", "allowedheader"]),
    (Key::ExposeHeaders, &["exposed"]),
    (Key::MaxAge, &["preflightmaxage", "maxageseconds"]),
    (
        Key::AllowCredentials,
        &["credentials", "supportscredentials", "withcredentials"],
    ),
];

/// The keys of the rest of a gateway's configuration, and where they belong.
const GATEWAY: [(&str, &[&str]); 7] = [
    (
        "the root of the configuration",
        &[
            "version",
            "name",
            "port",
            "listen_ip",
            "endpoints",
            "async_agent",
            "plugin",
            "tls",
            "read_timeout",
            "write_timeout",
            "idle_timeout",
        ],
    ),
    (
        "the root or an endpoint",
        &["timeout", "cache_ttl", "output_encoding"],
    ),
    ("the root or a backend", &["host"]),
    (
        "an endpoint",
        &[
            "endpoint",
            "backend",
            "input_headers",
            "input_query_strings",
            "headers_to_pass",
            "querystring_params",
            "concurrent_calls",
        ],
    ),
    (
        "a backend",
        &[
            "url_pattern",
            "encoding",
            "allow",
            "deny",
            "group",
            "mapping",
            "target",
            "is_collection",
            "sd",
        ],
    ),
    ("an endpoint or a backend", &["method"]),
    ("the root, an endpoint or a backend", &["extra_config"]),
];

/// Whether a name is one under which KrakenD reads CORS settings.
pub(super) fn is_section(name: &str) -> bool {
    name == CURRENT || name == OLDER
}

/// Keys that KrakenD's schema sets apart for remarks, and those that look like a comment.
pub(super) fn is_comment(key: &str) -> bool {
    key.starts_with(['@', '$', '_', '#']) || key.starts_with("//")
}

/// What the checks read of the rest of a configuration: names, paths and methods.
const READ: [&str; 8] = [
    "version",
    "endpoint",
    "method",
    "input_headers",
    "headers_to_pass",
    "output_encoding",
    "auth_header_name",
    "cookie_key",
];

/// Whether what a key holds is no secret: browsers are told what the settings say, however they are
/// spelt.
pub(crate) fn is_public(key: &str) -> bool {
    READ.contains(&key) || spelt(&letters_of(key)).is_some()
}

/// Where in the configuration a key belongs that is none of the CORS section.
pub(super) fn belongs(key: &str) -> Option<&'static str> {
    of_gateway(key).or_else(|| is_of_extra_config(key).then_some("an `extra_config`"))
}

/// Where a key belongs that is not the name of a section.
pub(super) fn of_gateway(key: &str) -> Option<&'static str> {
    let place = GATEWAY.iter().find(|(_, keys)| keys.contains(&key))?;
    Some(place.0)
}

/// Whether a key is the name of a section: all but `router` and a few others have a slash.
fn is_of_extra_config(key: &str) -> bool {
    key.contains('/') && !is_comment(key) || key == "router"
}

/// The setting that a key is, or was likely meant to be. Only a misspelling or a name of the same
/// meaning leads to one, above all to one that grants something, such as credentials.
pub(super) fn meant(key: &str) -> Option<Key> {
    if is_comment(key) {
        return None;
    }
    let written = letters_of(key);
    let same = OTHER_NAMES
        .iter()
        .find(|(_, names)| names.contains(&&*written));
    same.map(|(known, _)| *known).or_else(|| spelt(&written))
}

/// The setting whose name this is, but for one or two letters.
fn spelt(letters: &str) -> Option<Key> {
    Key::ALL.iter().copied().find(|known| {
        let known = letters_of(known.name());
        let edits = if known.len() > 8 { 2 } else { 1 };
        within(edits, letters, &known)
    })
}

/// A key without case, separators and a prefix that says CORS: `max_age`, `CORS_MAX_AGE` and
/// `Access-Control-Max-Age` are one.
fn letters_of(key: &str) -> String {
    let letters: String = key
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    let prefix = ["cors", "accesscontrol"]
        .into_iter()
        .find(|prefix| letters.starts_with(prefix));
    letters[prefix.map_or(0, str::len)..].to_owned()
}

/// Whether a name is another, but for case, separators and one or two letters, and no remark.
pub(super) fn is_like(name: &str, other: &str) -> bool {
    !is_comment(name) && within(2, &letters_of(name), &letters_of(other))
}

/// Whether a key is a setting, however it is spelt, that nothing but a CORS section has.
pub(super) fn is_of_cors(key: &str) -> bool {
    let known = spelt(&letters_of(key)).filter(|_| !is_comment(key));
    known.is_some_and(|known| !matches!(known, Key::Debug | Key::MaxAge))
}

/// Whether members are what templates include: CORS settings, their section, or the `extra_config` with
/// it, and nothing that a whole configuration has besides.
pub(super) fn are_of_part(members: &[Member<'_>]) -> bool {
    let mut keys = members.iter().map(|member| member.key.as_str());
    let is_of_part = |key: &str| key == EXTRA_CONFIG || of_gateway(key).is_none();
    let has_cors = |key: &str| is_section(key) || key == EXTRA_CONFIG;
    keys.clone().all(is_of_part) && (keys.any(has_cors) || are_settings(members))
}

/// Whether an object is a CORS section by what it holds.
pub(super) fn are_settings(members: &[Member<'_>]) -> bool {
    members.iter().any(|member| is_of_cors(member.key.as_str()))
}

/// Whether an object is a CORS section and nothing else: neither a configuration nor a part of one.
pub(super) fn are_only_settings(members: &[Member<'_>]) -> bool {
    let mut keys = members.iter().map(|member| member.key.as_str());
    are_settings(members) && !keys.any(|key| belongs(key).is_some())
}

#[cfg(test)]
mod tests;
