//! The macro as users call it.

/// Compiles a KrakenD configuration into a `&'static` [`Policy`](crate::Policy).
///
/// ```text
/// cors_policy!("krakend.json")
/// cors_policy!("krakend.json", allow(name, …), warn(name, …), deny(name, …))
/// cors_policy!("krakend.json", within({ "allow_origins": ["https://*.example.com"], … }))
/// cors_policy!(concat!(env!("OUT_DIR"), "/krakend.json"))
/// cors_policy!({ "allow_origins": ["https://app.example.com"], … })
/// ```
///
/// The macro is an expression of type `&'static Policy`. It can be used in a `static`, a `const` and a
/// function body.
///
/// # The file
///
/// A relative path is looked up beside the calling crate's `Cargo.toml`, then beside the calling source
/// file. In doctests, paths are relative to the documented crate's `Cargo.toml`. Older versions of
/// rust-analyzer do not know where the source file is, so they find only files beside `Cargo.toml`.
///
/// cargo rebuilds the crate when the file changes. As for source files, cargo compares modification
/// times. It does not notice that a file is replaced by an *older* one, for example by a copy that
/// keeps its time. If the configuration differs per environment, don't swap files in place; keep one
/// file per environment and select one when the program starts. Then one image serves every
/// environment, and every build checks all of them.
///
/// ```
/// # mod recipe {
/// # use cors_runtime::Policy;
/// # macro_rules! cors_policy { ($file:literal) => { cors_runtime::cors_policy!({ "allow_origins": [], "allow_headers": [] }, allow(no_origins)) } }
/// static PRODUCTION: &Policy = cors_policy!("krakend.json");
/// static STAGING: &Policy = cors_policy!("staging.json");
///
/// fn policy() -> &'static Policy {
///     match std::env::var("APP_ENV").as_deref() {
///         Ok("staging") => STAGING,
///         _ => PRODUCTION,
///     }
/// }
/// # }
/// ```
///
/// To select one when building instead, write `if cfg!(feature = "staging")` in the `static`.
///
/// The file need not be the whole configuration. These are read as they are:
///
/// - the gateway's configuration, or one object with the settings
/// - a partial that templates include: the section with or without braces around it, or the root's
///   `extra_config`
/// - a settings file of templates that has the section under a name of yours, such as
///   `cors_policy!("gateway/settings/prod/service.json")`
/// - a template of KrakenD's flexible configuration, if no action is inside the section or can replace
///   it. Its endpoints are not compared with the policy, and a warning says so
///
/// Where an action decides what the section is, render the template first. A path can be built from
/// string literals, `concat!` and `env!`, nested as you like, and cargo rebuilds the crate when such a
/// variable changes. So a build script can do it:
///
/// ```no_run
/// // build.rs
/// use std::path::Path;
/// use std::process::Command;
///
/// /// As the gateway is started. Without one of them, KrakenD silently renders another policy.
/// const FOLDERS: [(&str, &str); 3] = [
///     ("FC_SETTINGS", "gateway/settings/prod"),
///     ("FC_PARTIALS", "gateway/partials"),
///     ("FC_TEMPLATES", "gateway/templates"),
/// ];
///
/// fn main() {
///     println!("cargo::rerun-if-changed=gateway/krakend.tmpl");
///     let out = std::env::var_os("OUT_DIR").expect("cargo sets it");
///     let mut krakend = Command::new("krakend");
///     krakend
///         .args(["check", "-c", "gateway/krakend.tmpl"])
///         .env("FC_ENABLE", "1")
///         .env("FC_OUT", Path::new(&out).join("krakend.json"));
///     for (variable, folder) in FOLDERS {
///         assert!(Path::new(folder).is_dir(), "{variable}: there is no folder {folder}");
///         println!("cargo::rerun-if-changed={folder}");
///         krakend.env(variable, folder);
///     }
///     match krakend.status() {
///         Ok(status) => assert!(status.success(), "krakend did not render the template: {status}"),
///         Err(error) => panic!("krakend did not start, is it installed? {error}"),
///     }
/// }
/// ```
///
/// ```text
/// static CORS: &Policy = cors_policy!(concat!(env!("OUT_DIR"), "/krakend.json"));
/// ```
///
/// The policy is the object `security/cors` in the root's `extra_config`, or
/// `github_com/devopsfaith/krakend-cors` in older files:
///
/// ```json
/// {
///   "version": 3,
///   "extra_config": {
///     "security/cors": {
///       "allow_origins": ["https://app.example.com", "https://*.example.org"],
///       "allow_methods": ["GET", "HEAD", "POST", "PUT"],
///       "allow_headers": ["Authorization", "Content-Type"],
///       "expose_headers": ["X-Request-Id"],
///       "max_age": "2h",
///       "allow_credentials": true
///     }
///   }
/// }
/// ```
///
/// | setting | value | if it is missing |
/// | --- | --- | --- |
/// | `allow_origins` | `"*"`, origins, or origins with one `*` inside | every origin, with a warning |
/// | `allow_methods` | methods in upper case | GET, HEAD and POST |
/// | `allow_headers` | request headers, or `"*"` | every header, with a warning |
/// | `expose_headers` | response headers, or `"*"` | only the safelisted headers |
/// | `max_age` | numbers with the units ns, us, µs, ms, s, m, h: `"12h"`, `"1h30m"` | browsers take 5 seconds |
/// | `allow_credentials` | `true` or `false` | `false` |
/// | `allow_private_network` | `true` or `false` | `false` |
/// | `options_passthrough` | `true` or `false`: preflights are passed to the handler | `false` |
/// | `options_success_status` | 200 to 299 | 204 |
/// | `debug` | `true` or `false`: with the feature `tracing`, log granted requests too | `false` |
///
/// The `*` in an origin matches any characters that can occur there, dots included, or none at all, as in
/// KrakenD: `https://app*.example.com` matches `https://app.example.com` too. It does not match the dot
/// beside it, so `https://*.example.com` does not match `https://example.com`.
///
/// Keys that begin with `@`, `$`, `_` or `#`, and `//`, are comments.
///
/// The policy is compared with the `endpoints` of the same file. There is a warning if an endpoint
/// needs a method, a request header, a token or a cookie that browsers cannot send, or if a backend
/// adds CORS headers to those of the gateway. Headers that browsers, proxies or the gateway itself set
/// are not considered. Nothing else about an endpoint is checked, and nothing of it becomes part of
/// the policy. If no web page should call an endpoint, accept the warning by its name, for example with
/// `allow(endpoint_method_not_allowed)`.
///
/// A forwarded header can be accepted by name too. Then the next one is still reported:
///
/// ```text
/// cors_policy!("krakend.json", allow(forwarded_header_not_allowed("X-Client-Id", "X-Tenant")))
/// ```
///
/// # The object in the call
///
/// The CORS object can be written in the Rust source itself. It is JSON. A comma after the last element and
/// comments with `//` are allowed, doc comments are not. The macro runs before Rust evaluates anything, so
/// it does not know the value of a constant or a call: write `"GET"` for `Method::GET`. Errors point at the
/// tokens of the object.
///
/// ```
/// use cors_runtime::{Policy, cors_policy};
///
/// const CORS: &Policy = cors_policy!({
///     "allow_origins": ["*"],
///     "allow_headers": ["Content-Type"],
/// });
/// assert!(!CORS.allow_credentials());
/// ```
///
/// # The most that a service accepts
///
/// The file may belong to somebody else. `within` says what this service accepts of it at most:
///
/// ```
/// # use cors_runtime::{Policy, cors_policy};
/// # /*
/// static CORS: &Policy = cors_policy!("krakend.json", within({
/// # */
/// # static CORS: &Policy = cors_policy!({ "allow_origins": ["https://app.example.com"], "allow_headers": ["Content-Type"] }, within({
///     "allow_origins": ["https://*.example.com", "http://localhost:*"],
///     "allow_methods": ["GET", "HEAD", "POST", "PUT"],
///     "allow_credentials": true,
/// }));
/// ```
///
/// Whatever the policy allows beyond that is an error, [`beyond_ceiling`](crate::findings#beyond_ceiling), at its line of
/// the file. No level changes that. `within` works with a file and with an object in the call, before or after the levels.
/// Nothing of it is left at run time.
///
/// `within` has the same settings as the policy. One that it does not have is not limited:
///
/// | in `within` | what it limits a policy to |
/// | --- | --- |
/// | `allow_origins` | origins that an entry matches, and patterns if one entry matches every origin that they do. `"*"`, no list and an empty list need `"*"` |
/// | `allow_methods` | these methods. A policy without a list has GET, HEAD and POST. OPTIONS always passes |
/// | `allow_headers` | these names, in any case. `"*"`, no list and an empty list need `"*"` |
/// | `expose_headers` | these names, in any case. `"*"` needs `"*"` |
/// | `max_age` | at most this time. A policy without one counts as the 5 seconds that browsers take |
/// | `allow_credentials` | `false`: no credentials. `true` limits nothing |
/// | `allow_private_network` | `false`: no access to a private network. `true` limits nothing |
///
/// `within` cannot limit `debug`, `options_passthrough` and `options_success_status`, so they are
/// [errors](crate::findings#not_limited) there. So is an [empty list](crate::findings#empty_limit), except that
/// an empty `expose_headers` accepts none. Entries that never match are reported as in a policy. There are no other
/// findings on `within`: how much a service accepts is not judged.
///
/// ```compile_fail
/// # use cors_runtime::{Policy, cors_policy};
/// static CORS: &Policy = cors_policy!({
///     "allow_origins": ["https://partner.example.net"],
///     "allow_headers": ["Content-Type"],
/// }, within({
///     "allow_origins": ["https://*.example.com"],
/// }));
/// ```
///
/// # Errors
///
/// One build reports everything, errors and warnings. [`findings`](crate::findings) lists them with their
/// levels, and each message ends with a link to its entry there. A place such as
/// `gateway/krakend.json:8:18` is relative to the folder where cargo runs the compiler, as the compiler's
/// own places are: the root of the workspace. `$OUT_DIR` is the folder of the build script's files.
///
/// A warning appears as the use of a deprecated macro with the finding's name: the lint `deprecated` is
/// the only one that stable Rust lets a macro use. It appears even in a crate that allows this lint, and
/// `-D warnings` makes it an error. A crate that has `#![forbid(deprecated)]` gets the error E0453 with
/// it, since the expansion sets the level of the lint; write `#![deny(deprecated)]` there.
///
/// A denied finding can be accepted by its name:
///
/// ```
/// # use cors_runtime::{Policy, cors_policy};
/// // The author knows that every site may use the visitor's cookies here.
/// static CORS: &Policy = cors_policy!({
///     "allow_origins": ["https://*"],
///     "allow_headers": ["Content-Type"],
///     "allow_credentials": true,
/// }, allow(any_origin_with_credentials));
/// ```
///
/// ```compile_fail
/// # use cors_runtime::{Policy, cors_policy};
/// static CORS: &Policy = cors_policy!({
///     "allow_origins": ["https://*"],
///     "allow_headers": ["Content-Type"],
///     "allow_credentials": true,
/// });
/// ```
#[macro_export]
macro_rules! cors_policy {
    ($($input:tt)*) => {
        $crate::__private::cors_policy!($crate, $($input)*)
    };
}
