//! Small policies of every kind.

// The calls accept dangerous findings, whether or not the policy has them.
#![allow(deprecated)]

use cors_runtime::{Policy, cors_policy};

macro_rules! policies {
    ($($config:tt)*) => {
        &[$(cors_policy!(
            $config,
            allow(warnings, any_origin_with_credentials, null_origin, private_network_for_any_origin)
        )),*]
    };
}

#[rustfmt::skip]
pub(crate) static ALL: &[&Policy] = policies! {
    { "allow_origins": ["*"], "allow_headers": ["*"] }
    { "allow_origins": ["*"], "allow_headers": ["X-A"], "allow_methods": ["PUT"], "max_age": "10m" }
    { "allow_origins": ["*"], "allow_headers": ["X-A"], "allow_methods": ["GET"], "allow_private_network": true }
    { "allow_origins": ["*"], "allow_headers": ["*"], "allow_methods": ["PUT"], "options_passthrough": true }
    { "allow_origins": ["https://a.test"], "allow_headers": ["X-A"] }
    { "allow_origins": ["https://a.test"], "allow_headers": ["X-A"], "allow_methods": ["PUT", "GET"], "allow_credentials": true }
    { "allow_origins": ["https://a.test"], "allow_headers": ["*"], "allow_methods": ["PATCH"], "allow_credentials": true, "max_age": "0s" }
    { "allow_origins": ["https://a.test"], "allow_headers": ["*"], "allow_credentials": true, "allow_private_network": true }
    { "allow_origins": ["https://a.test"], "allow_headers": ["X-A"], "allow_private_network": true, "options_passthrough": true }
    { "allow_origins": ["https://a.test"], "allow_headers": ["X-A"], "allow_methods": ["HEAD", "POST", "PUT", "PATCH", "DELETE"], "allow_private_network": true }
    { "allow_origins": ["null"], "allow_headers": ["X-A"] }
    { "allow_origins": ["https://a.test", "https://b.test"], "allow_headers": ["X-A"], "allow_methods": ["PUT"] }
    { "allow_origins": ["https://a.test", "https://b.test"], "allow_headers": ["X-A", "X-B"], "allow_methods": ["GET", "PUT", "OPTIONS"], "expose_headers": ["X-C"] }
    { "allow_origins": ["https://a.test", "https://b.test"], "allow_headers": ["*"], "allow_credentials": true, "allow_private_network": true }
    { "allow_origins": ["https://a.test", "https://b.test"], "allow_headers": ["*"], "allow_credentials": true, "options_passthrough": true }
    { "allow_origins": ["https://a.test", "https://*.a.test"], "allow_headers": ["X-A"], "allow_methods": ["POST", "DELETE"], "allow_credentials": true, "max_age": "2h" }
    { "allow_origins": ["https://*.a.test"], "allow_headers": ["X-B"], "allow_private_network": true, "expose_headers": ["*"] }
    { "allow_origins": ["https://*.a.test"], "allow_headers": ["*"], "allow_methods": ["GET", "PATCH"], "options_passthrough": true, "allow_private_network": true }
    { "allow_origins": ["http://localhost:*"], "allow_headers": ["*"], "options_success_status": 200 }
    { "allow_origins": ["https://*"], "allow_headers": ["X-A"], "allow_methods": ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"], "allow_credentials": true }
};
