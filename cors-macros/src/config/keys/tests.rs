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
