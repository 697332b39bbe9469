//! What the help tells people to write in `krakend.json`, written: then the request is not blocked.

// A warning about a policy with the help taken is an error.
#![deny(deprecated)]

use std::collections::BTreeSet;

use cors_runtime::testing::Browser;
use cors_runtime::{Policy, cors_policy};

use super::request;

struct Promise {
    help: &'static str,
    page: fn() -> Browser,
    asks: &'static str,
    before: &'static Policy,
    after: &'static Policy,
}

fn app() -> Browser {
    Browser::at("https://app.test")
}

fn app_with_credentials() -> Browser {
    app().with_credentials()
}

fn promises() -> Vec<Promise> {
    macro_rules! promise {
        ($help:literal, $page:expr, $asks:literal, { $($before:tt)* } => { $($after:tt)* } $(, $allow:ident)?) => {
            Promise {
                help: $help,
                page: $page,
                asks: $asks,
                before: cors_policy!({ $($before)* }, allow(warnings)),
                after: cors_policy!({ $($after)* } $(, allow($allow))?),
            }
        };
    }
    vec![
        promise!(
            "\"https://app.test\" must be in `allow_origins`, \"GET\" in `allow_methods`, and the response must come through the CORS layer",
            app, "GET",
            { "allow_origins": ["https://admin.test"], "allow_headers": ["X-A"] } =>
            { "allow_origins": ["https://admin.test", "https://app.test"], "allow_headers": ["X-A"] }
        ),
        promise!(
            "\"https://app.test\" must be in `allow_origins`, \"GET\" in `allow_methods`, and the response must come through the CORS layer",
            app, "GET",
            { "allow_origins": ["https://app.test"], "allow_headers": ["X-A"], "allow_methods": ["HEAD", "POST"] } =>
            { "allow_origins": ["https://app.test"], "allow_headers": ["X-A"], "allow_methods": ["GET", "HEAD", "POST"] }
        ),
        promise!(
            "\"https://app.test\" must be in `allow_origins`, and the response must come through the CORS layer",
            app, "PUT",
            { "allow_origins": ["https://admin.test"], "allow_headers": ["X-A"], "allow_methods": ["GET", "HEAD", "POST", "PUT"] } =>
            { "allow_origins": ["https://admin.test", "https://app.test"], "allow_headers": ["X-A"], "allow_methods": ["GET", "HEAD", "POST", "PUT"] }
        ),
        promise!(
            "\"https://app.test\" must be in `allow_origins`, \"POST\" in `allow_methods`, and the response must come through the CORS layer",
            app, "POST\nx-a: 1",
            { "allow_origins": ["https://app.test"], "allow_headers": ["X-A"], "allow_methods": ["GET", "HEAD"] } =>
            { "allow_origins": ["https://app.test"], "allow_headers": ["X-A"], "allow_methods": ["GET", "HEAD", "POST"] }
        ),
        promise!(
            "write \"https://app.test\" instead of \"*\" in `allow_origins`, and `\"allow_credentials\": true`; or make the request without credentials",
            app_with_credentials, "GET",
            { "allow_origins": ["*"], "allow_headers": ["X-A"] } =>
            { "allow_origins": ["https://app.test"], "allow_headers": ["X-A"], "allow_credentials": true }
        ),
        promise!(
            "write `\"allow_credentials\": true`, or make the request without credentials",
            app_with_credentials, "GET",
            { "allow_origins": ["https://app.test"], "allow_headers": ["X-A"] } =>
            { "allow_origins": ["https://app.test"], "allow_headers": ["X-A"], "allow_credentials": true }
        ),
        promise!(
            "add \"DELETE\" to `allow_methods`",
            app, "DELETE",
            { "allow_origins": ["https://app.test"], "allow_headers": ["X-A"] } =>
            { "allow_origins": ["https://app.test"], "allow_headers": ["X-A"], "allow_methods": ["DELETE", "GET", "HEAD", "POST"] }
        ),
        promise!(
            "add \"PURGE\" to `allow_methods`; `cors_policy!` needs `allow(unusual_method)`",
            app, "PURGE",
            { "allow_origins": ["https://app.test"], "allow_headers": ["X-A"] } =>
            { "allow_origins": ["https://app.test"], "allow_headers": ["X-A"], "allow_methods": ["PURGE", "GET", "HEAD", "POST"] },
            unusual_method
        ),
        promise!(
            "\"http://app.test\" must be in `allow_origins`, \"GET\" in `allow_methods`, and the response must come through the CORS layer; with credentials, `cors_policy!` needs `allow(insecure_origin_with_credentials)`",
            || Browser::at("http://app.test").with_credentials(), "GET",
            { "allow_origins": ["https://app.test"], "allow_headers": ["X-A"], "allow_credentials": true } =>
            { "allow_origins": ["https://app.test", "http://app.test"], "allow_headers": ["X-A"], "allow_credentials": true },
            insecure_origin_with_credentials
        ),
        promise!(
            "\"http://app.localhost.:3000\" must be in `allow_origins`, \"GET\" in `allow_methods`, and the response must come through the CORS layer",
            || Browser::at("http://app.localhost.:3000").with_credentials(), "GET",
            { "allow_origins": ["https://app.test"], "allow_headers": ["X-A"], "allow_credentials": true } =>
            { "allow_origins": ["https://app.test", "http://app.localhost.:3000"], "allow_headers": ["X-A"], "allow_credentials": true },
            unusual_host
        ),
        promise!(
            "\"http://127.0.0.2\" must be in `allow_origins`, \"GET\" in `allow_methods`, and the response must come through the CORS layer",
            || Browser::at("http://127.0.0.2").with_credentials(), "GET",
            { "allow_origins": ["https://app.test"], "allow_headers": ["X-A"], "allow_credentials": true } =>
            { "allow_origins": ["https://app.test", "http://127.0.0.2"], "allow_headers": ["X-A"], "allow_credentials": true }
        ),
        promise!(
            "\"http://[::1]:3000\" must be in `allow_origins`, \"GET\" in `allow_methods`, and the response must come through the CORS layer",
            || Browser::at("http://[::1]:3000").with_credentials(), "GET",
            { "allow_origins": ["https://app.test"], "allow_headers": ["X-A"], "allow_credentials": true } =>
            { "allow_origins": ["https://app.test", "http://[::1]:3000"], "allow_headers": ["X-A"], "allow_credentials": true }
        ),
        promise!(
            "\"http://localhost:3000\" must be in `allow_origins`, \"GET\" in `allow_methods`, and the response must come through the CORS layer",
            || Browser::at("http://localhost:3000").with_credentials(), "GET",
            { "allow_origins": ["https://app.test"], "allow_headers": ["X-A"], "allow_credentials": true } =>
            { "allow_origins": ["https://app.test", "http://localhost:3000"], "allow_headers": ["X-A"], "allow_credentials": true }
        ),
        promise!(
            "\"capacitor://localhost\" must be in `allow_origins`, \"GET\" in `allow_methods`, and the response must come through the CORS layer; `cors_policy!` needs `allow(app_scheme)`",
            || Browser::at("capacitor://localhost"), "GET",
            { "allow_origins": ["https://app.test"], "allow_headers": ["X-A"] } =>
            { "allow_origins": ["https://app.test", "capacitor://localhost"], "allow_headers": ["X-A"] },
            app_scheme
        ),
        promise!(
            "add \"x-debug\" to `allow_headers`",
            app, "GET\nx-debug: 1",
            { "allow_origins": ["https://app.test"], "allow_headers": ["X-A"] } =>
            { "allow_origins": ["https://app.test"], "allow_headers": ["X-A", "x-debug"] }
        ),
    ]
}

/// What a help writes in double quotes, each with the next setting in backticks.
fn entries(help: &str) -> Vec<(&str, &str)> {
    let mut entries = Vec::new();
    let mut rest = help;
    while let Some((entry, after)) = rest
        .split_once('"')
        .and_then(|(_, rest)| rest.split_once('"'))
    {
        let is_setting = entry.starts_with("allow_");
        let setting = after.split('`').nth(1).filter(|_| !is_setting);
        entries.push((entry, setting.unwrap_or_default()));
        rest = after;
    }
    entries
}

/// The entries of a policy, each with its setting.
fn written(policy: &'static Policy) -> BTreeSet<(&'static str, &'static str)> {
    let origins = policy.allow_origins().map(|entry| (entry, "allow_origins"));
    let methods = policy
        .allow_methods()
        .iter()
        .map(|entry| (*entry, "allow_methods"));
    let headers = policy
        .allow_headers()
        .iter()
        .map(|entry| (*entry, "allow_headers"));
    let credentials = policy
        .allow_credentials()
        .then_some(("allow_credentials", ""));
    origins
        .chain(methods)
        .chain(headers)
        .chain(credentials)
        .collect()
}

#[test]
fn what_help_says_helps() {
    for promise in promises() {
        let Promise {
            help,
            before,
            after,
            ..
        } = promise;
        let ask = |policy| (promise.page)().ask(policy, &request(promise.asks));
        let blocked = ask(before).unwrap_err();
        assert_eq!(blocked.help().as_deref(), Some(help));
        assert!(ask(after).is_ok(), "{help}: {:?}", ask(after));

        // The one policy is the other with what the help says, and no more.
        let says: BTreeSet<_> = entries(help)
            .into_iter()
            .filter(|(entry, _)| *entry != "*")
            .collect();
        let (before, after) = (written(before), written(after));
        assert!(says.is_subset(&after), "{help}");
        assert!(
            after.difference(&before).all(|entry| says.contains(entry)),
            "{help}"
        );
    }
}

/// What is no matter of the configuration: the help is about the page or its script.
#[test]
fn what_the_page_must_change() {
    static CORS: &Policy = cors_policy!({
        "allow_origins": ["https://app.test"],
        "allow_methods": ["GET", "PATCH"],
        "allow_headers": ["X-A"],
    }, allow(warnings));
    static STAR: &Policy = cors_policy!({ "allow_origins": ["*"], "allow_headers": ["X-A"] });
    let null = || Browser::at("null");
    for (page, policy, asks, help) in [
        (
            app(),
            CORS,
            "patch",
            "write `PATCH` in the request: browsers send `patch` as the script spells it",
        ),
        (
            null(),
            CORS,
            "GET",
            "serve the page from an origin of its own; \"null\" in `allow_origins` would allow every site",
        ),
        (
            null().with_credentials(),
            STAR,
            "GET",
            "serve the page from an origin of its own; \"null\" in `allow_origins` would allow every site",
        ),
        (
            Browser::at("https://app.test/"),
            CORS,
            "GET",
            "write the origin as a browser sends it, such as `https://app.example.com` or `null`: \
            the scheme, the host in lower case, and the port unless it is the default",
        ),
        (
            app(),
            CORS,
            "GET\naccess-control-allow-origin: *",
            "do not set `access-control-allow-origin` in the script: browsers and services set it",
        ),
        (
            app().with_private_network_access(),
            CORS,
            "GET",
            "remove `with_private_network_access` from the test: no current browser sends this preflight, \
            and `allow_private_network` has no effect",
        ),
    ] {
        let blocked = page.ask(policy, &request(asks)).unwrap_err();
        assert_eq!(blocked.help().as_deref(), Some(help));
        assert!(format!("{blocked:?}").ends_with(help), "{blocked:?}");
    }
}
