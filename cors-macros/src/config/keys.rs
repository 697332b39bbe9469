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
    pub(super) fn named(name: &str) -> Option<Self> {
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

/// Keys that KrakenD's schema sets apart for remarks.
pub(super) fn is_comment(key: &str) -> bool {
    key.starts_with(['@', '$', '_', '#'])
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
    key.contains('/') || key == "router"
}

/// The setting that a key is, or was likely meant to be. Only a misspelling or a name of the same
/// meaning leads to one, above all to one that grants something, such as credentials.
pub(super) fn meant(key: &str) -> Option<Key> {
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

/// Whether a name is another, but for case, separators and one or two letters.
pub(super) fn is_like(name: &str, other: &str) -> bool {
    within(2, &letters_of(name), &letters_of(other))
}

/// Whether a key is a setting, however it is spelt, that nothing but a CORS section has.
pub(super) fn is_of_cors(key: &str) -> bool {
    spelt(&letters_of(key)).is_some_and(|known| !matches!(known, Key::Debug | Key::MaxAge))
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
mod tests {
    use super::*;

    /// What other products call their settings.
    const NAMES: &[(&str, &[&str])] = &[
        (
            "allow_origins",
            &[
                "AllowedOrigins",               // rs/cors
                "AllowOrigins",                 // gin-contrib/cors
                "allowedOrigins",               // Spring
                "allowed-origin-patterns",      // Spring
                "origin",                       // Express
                "Access-Control-Allow-Origin",  // nginx
                "origins",                      // Kong
                "accessControlAllowOriginList", // Traefik
                "allowed_origin",               // actix-cors
                "allow_origin",                 // tower-http
                "CORS_ALLOWED_ORIGINS",         // Django
                "CORS_ORIGIN_WHITELIST",        // Django
                "CORS_ORIGINS",                 // Flask
                "allow_orgins",
                "Allow_Origins",
                "allow origins",
            ],
        ),
        (
            "allow_methods",
            &[
                "AllowedMethods",
                "methods",
                "Access-Control-Allow-Methods",
                "accessControlAllowMethods",
                "allowed_methods",
                "CORS_ALLOW_METHODS",
                "CORS_METHODS",
                "allow_method",
            ],
        ),
        (
            "allow_headers",
            &[
                "AllowedHeaders",
                "headers",
                "Access-Control-Allow-Headers",
                "accessControlAllowHeaders",
                "allowed_header",
                "CORS_ALLOW_HEADERS",
                "allow_heades",
            ],
        ),
        (
            "expose_headers",
            &[
                "ExposedHeaders",
                "exposedHeaders",
                "Access-Control-Expose-Headers",
                "exposed_headers",
                "CORS_EXPOSE_HEADERS",
                "expose_header",
            ],
        ),
        (
            "max_age",
            &[
                "MaxAge",
                "maxAge",
                "Access-Control-Max-Age",
                "accessControlMaxAge",
                "CORS_PREFLIGHT_MAX_AGE",
                "CORS_MAX_AGE",
                "maxage",
            ],
        ),
        (
            "allow_credentials",
            &[
                "AllowCredentials",
                "credentials",
                "Access-Control-Allow-Credentials",
                "accessControlAllowCredentials",
                "supports_credentials",
                "CORS_SUPPORTS_CREDENTIALS",
                "allow_credential",
                "withCredentials",
            ],
        ),
        (
            "allow_private_network",
            &["AllowPrivateNetwork", "CORS_ALLOW_PRIVATE_NETWORK"],
        ),
        ("debug", &["Debug", "debugg"]),
        ("options_passthrough", &["OptionsPassthrough"]),
        (
            "options_success_status",
            &["optionsSuccessStatus", "options_sucess_status"],
        ),
    ];

    /// Settings of other products that KrakenD has nothing like, most of which grant something.
    const UNLIKE: &[&str] = &[
        "AllowAllOrigins",
        "allow_all_origins",
        "allow_any_origin",
        "allow_any_method",
        "allow_any_header",
        "expose_any_header",
        "allow_wildcard",
        "allow_files",
        "AllowBrowserExtensions",
        "AllowWebSockets",
        "CustomSchemas",
        "AllowOriginFunc",
        "allowed_origin_fn",
        "allow_origin_regex",
        "accessControlAllowOriginListRegex",
        "CORS_ALLOW_ALL_ORIGINS",
        "CORS_ALLOWED_ORIGIN_REGEXES",
        "CORS_ORIGIN_ALLOW_ALL",
        "CORS_URLS_REGEX",
        "CORS_ALWAYS_SEND",
        "CORS_RESOURCES",
        "send_wildcard",
        "private_network",
        "allowed_hosts",
        "preflight_continue",
        "preflightContinue",
        "OptionsResponseStatusCode",
        "add_vary_header",
        "vary",
        "enabled",
        "allowed",
        "passthrough",
        "age",
        "cors",
        "bug",
        "é",
        "",
    ];

    #[test]
    fn names_of_other_products() {
        for (setting, names) in NAMES {
            for name in *names {
                assert_eq!(meant(name).map(Key::name), Some(*setting), "{name}");
            }
        }
        for name in UNLIKE {
            assert_eq!(meant(name), None, "{name}");
        }
    }

    #[test]
    fn keys_of_the_rest_of_a_configuration() {
        for (place, keys) in [
            (
                "the root of the configuration",
                "async_agent endpoints idle_timeout listen_ip name plugin port read_timeout tls \
                 version write_timeout",
            ),
            (
                "the root or an endpoint",
                "cache_ttl output_encoding timeout",
            ),
            ("the root or a backend", "host"),
            (
                "an endpoint",
                "backend concurrent_calls endpoint headers_to_pass input_headers \
                 input_query_strings querystring_params",
            ),
            (
                "a backend",
                "allow deny encoding group is_collection mapping sd target url_pattern",
            ),
            ("an endpoint or a backend", "method"),
            ("the root, an endpoint or a backend", "extra_config"),
            (
                "an `extra_config`",
                "router security/cors telemetry/logging",
            ),
        ] {
            for key in keys.split(' ') {
                assert_eq!(belongs(key), Some(place), "{key}");
            }
        }
        assert_eq!(belongs("frobnicate"), None);
    }

    #[test]
    fn no_key_of_the_gateway_is_taken_for_a_setting() {
        for key in GATEWAY.iter().flat_map(|(_, keys)| *keys) {
            assert_eq!(spelt(&letters_of(key)), None, "{key}");
        }
    }

    #[test]
    fn what_only_a_section_holds() {
        for key in ["allow_origins", "allowOrigin", "options_success_status"] {
            assert!(is_of_cors(key), "{key}");
        }
        for key in ["debug", "max_age", "origins", "credentials", "port"] {
            assert!(!is_of_cors(key), "{key}");
        }
    }

    #[test]
    fn names_nearly_alike() {
        for (name, other, alike) in [
            ("security/cross", "security/cors", true),
            ("Security_CORS", "security/cors", true),
            ("security/http", "security/cors", false),
            ("security/http-cors", "security/cors", false),
            ("extra-configs", "extra_config", true),
            ("config", "extra_config", false),
        ] {
            assert_eq!(is_like(name, other), alike, "{name}");
        }
    }
}
