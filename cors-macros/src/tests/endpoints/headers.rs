//! Request headers that endpoints read.

use super::{FILE, File};
use crate::finding::{Finding, Help};
use crate::rules;
use crate::tests::faults;

const BY_PAGES: &str = "browsers cannot send {}, which endpoints forward: not in `allow_headers`";
const BY_ANYBODY: &str = "`allow_headers` does not list {}, which endpoints forward";

#[test]
fn headers_that_no_script_sets() {
    let names = [
        "*",
        // Forbidden, and safelisted.
        "Origin Referer Host Connection Accept-Encoding Content-Length Sec-Fetch-Mode Proxy-Id Via DNT",
        "Accept Accept-Language Content-Language Content-Type Range",
        // Of the browser's own cache and requests.
        "User-Agent If-Match If-None-Match If-Modified-Since If-Unmodified-Since If-Range",
        "Cache-Control Pragma Priority Upgrade-Insecure-Requests Last-Event-ID Early-Data Purpose",
        "Save-Data DPR Device-Memory Downlink ECT RTT Viewport-Width Width Sec-CH-UA Sec-CH-DPR",
        // Of CORS.
        "Access-Control-Allow-Origin Access-Control-Request-Method Access-Control-Any",
        // Of proxies and networks.
        "X-Forwarded-For X-Forwarded-Host X-Forwarded-Proto X-Forwarded Forwarded X-Real-IP X-Real-Port",
        "True-Client-IP Client-IP X-Cluster-Client-IP X-Original-Forwarded-For X-Original-URI X-Scheme",
        "CF-Connecting-IP CF-Ray CDN-Loop Fastly-Client-IP Akamai-Origin-Hop X-Akamai-Edgescape",
        "X-Amz-Cf-Id X-Amzn-Trace-Id X-Amzn-Oidc-Identity X-Goog-Iap-Jwt-Assertion X-Azure-Ref",
        "X-Appengine-Country X-Vercel-Ip-City X-Nf-Client-Connection-Ip Geoip-Country-Code X-Envoy-Id",
        // Of those that check the user.
        "Remote-User Remote-Groups X-Remote-User X-Auth-Request-Email X-Consumer-Id X-Webauth-User",
        "X-Ms-Client-Principal X-Ms-Client-Principal-Name X-Ms-Token-Aad-Id-Token Tailscale-User-Login",
        "Ssl-Client-Cert X-Ssl-Client-Verify X-Client-Verify X-Client-Dn Client-Cert",
        // Of tracing between servers, and of webhooks.
        "X-B3-TraceId B3 uber-trace-id X-Request-Id X-Correlation-ID X-Cloud-Trace-Context Newrelic",
        "Elastic-Apm-Traceparent X-Instana-T X-Ot-Span-Context Grpc-Trace-Bin",
        "X-Hub-Signature-256 Stripe-Signature X-GitHub-Event X-Gitlab-Token Webhook-Signature Ce-Id",
        "X-Krakend X-Krakend-Completed",
        // No names.
        "X* X|Y 'X'",
    ];
    let names: Vec<&str> = names.iter().flat_map(|line| line.split(' ')).collect();
    for name in names {
        let endpoint = format!(r#""input_headers": ["{name}", "X-Of-Scripts"]"#).leak();
        let rule = rules::FORWARDED_HEADER_NOT_ALLOWED.name;
        let found = File { endpoint, ..FILE }.found();
        let expected = BY_ANYBODY.replace("{}", "`X-Of-Scripts`");
        assert_eq!(found, [(rule, expected)], "{name}");
    }
}

/// What libraries for pages set is worth a suggestion; a name that tells nothing is not.
#[test]
fn headers_of_pages_and_of_anybody() {
    let by_pages = [
        "Authorization X-Requested-With X-CSRF-Token X-XSRF-TOKEN X-Api-Key apikey DPoP Prefer",
        "sentry-trace baggage traceparent tracestate X-Datadog-Trace-Id x-datadog-origin",
        "Idempotency-Key X-Amz-Date X-Amz-Security-Token X-Goog-Api-Key Mcp-Session-Id Tus-Resumable",
        "Upload-Offset X-Grpc-Web grpc-timeout Connect-Protocol-Version HX-Request",
    ];
    let by_anybody = [
        "X-Tenant X-User-Id X-Client-Id X-Api-Version X-Total-Count X-Signature Captcha-Id Token",
        "Remote-Users X-Remotes Widths B33 X-Forwardeds Hx X-Amzon Authorizations Ce Dprs",
    ];
    for (lines, title, is_literal) in [
        (&by_pages[..], BY_PAGES, true),
        (&by_anybody[..], BY_ANYBODY, false),
    ] {
        for name in lines.iter().flat_map(|line| line.split(' ')) {
            let text = format!(
                r#"{{ "version": 3, "extra_config": {{ "security/cors": {{
                    "allow_origins": ["https://app.example.com"], "allow_headers": ["X-A"]
                }} }}, "endpoints": [{{ "endpoint": "/a", "input_headers": ["{name}"] }}] }}"#
            );
            let found = faults(&text);
            let [finding] = &found[..] else {
                panic!("{name}: {found:?}");
            };
            let expected = title.replace("{}", &format!("`{name}`"));
            assert_eq!(finding.title(), expected);
            let help = if is_literal {
                Help::Add(finding.place(), format!("\"{name}\""))
            } else {
                Help::OfRule
            };
            assert_eq!(finding.help, help, "{name}");
        }
    }
}

/// However many headers and endpoints there are, a reader gets one message of each kind.
#[test]
fn headers_are_spoken_of_together() {
    let endpoints: Vec<String> = (0..3000)
        .map(|n| {
            let names = format!(r#""X-A-{n}", "Upload-{n}", "X-Shared", "Authorization""#);
            format!(r#"{{ "endpoint": "/{n}", "input_headers": [{names}] }}"#)
        })
        .collect();
    let text = format!(
        r#"{{ "version": 3, "extra_config": {{ "security/cors": {{
            "allow_origins": ["https://app.example.com"], "allow_headers": ["Content-Type"]
        }} }}, "endpoints": [{}] }}"#,
        endpoints.join(",")
    );
    let found = faults(&text);
    let titles: Vec<String> = found.iter().map(Finding::title).collect();
    let (unknown, known) = (
        "`X-A-0`, `X-Shared`, `X-A-1` and 2998 more",
        "`Upload-0`, `Authorization`, `Upload-1` and 2998 more",
    );
    let expected = [
        BY_ANYBODY.replace("{}", unknown),
        BY_PAGES.replace("{}", known),
    ];
    assert_eq!(titles, expected);
    for finding in &found {
        // One label at the list, and one for each time that a header is forwarded.
        assert_eq!((finding.at.len(), finding.also.len()), (1, 6000));
        // The first label of each header is in front.
        let entry = |nth: usize| &text[finding.also[nth].place.range()];
        let first = [entry(0), entry(1), entry(2)].map(|entry| entry.replace('"', "`"));
        assert!(finding.title().contains(&first.join(", ")), "{first:?}");
        let acceptance = finding.acceptance().unwrap();
        assert!(acceptance.contains("send them"), "{acceptance}");
    }
}

#[test]
fn forwarded_headers() {
    let rule = rules::FORWARDED_HEADER_NOT_ALLOWED.name;
    let in_version_3 = r#""input_headers": ["X-A"]"#;
    let in_version_2 = r#""headers_to_pass": ["X-A"]"#;
    for (root, endpoint, expected) in [
        (r#""version": 3"#, in_version_3, vec![rule]),
        (r#""version": 3"#, in_version_2, vec![]),
        (r#""version": 2"#, in_version_2, vec![rule]),
        (r#""version": 2"#, in_version_3, vec![]),
        (
            r#""version": 3"#,
            r#""input_headers": ["x-a", "X-B-${N}"]"#,
            vec![],
        ),
        (r#""version": 3"#, r#""input_headers": [1, null]"#, vec![]),
        (r#""version": 3"#, r#""input_headers": "X-A""#, vec![]),
    ] {
        let file = File {
            root,
            endpoint,
            ..FILE
        };
        assert_eq!(file.rules(), expected, "{root} {endpoint}");
    }
    // Twice in one endpoint is no second endpoint.
    let endpoint = r#""input_headers": ["X-A", "x-a"]"#;
    let found = File { endpoint, ..FILE }.found();
    assert_eq!(found, [(rule, BY_ANYBODY.replace("{}", "`X-A`"))]);
    for (cors, expected) in [
        (r#""allow_headers": ["x-a"]"#, vec![]),
        (r#""allow_headers": ["*"]"#, vec![]),
        (r#""allow_headers": ["Content-Type", "*"]"#, vec![]),
        (r#""allow_headers": []"#, vec![]),
        (r#""debug": false"#, vec![]),
        (r#""allow_headers": ["X-B"]"#, vec![rule]),
    ] {
        let endpoint = in_version_3;
        let file = File {
            cors,
            endpoint,
            ..FILE
        };
        assert_eq!(file.rules(), expected, "{cors}");
    }
}

#[test]
fn headers_that_the_gateway_sets() {
    let validator = |settings: &str| {
        format!(r#""extra_config": {{ "auth/validator": {{ "cookie_key": "t", {settings} }} }}"#)
    };
    let in_backend = |section: &str| {
        format!(r#""backend": [{{ "url_pattern": "/", "extra_config": {{ {section} }} }}]"#)
    };
    let of_martian = r#""modifier/martian": { "header.Modifier": { "scope": ["request"], "name": "x-user", "value": "a" } }"#;
    let of_lua = r#""modifier/lua-proxy": { "pre": "r:headers('X-User', 'a')" }"#;
    let of_plugin = r#""plugin/req-resp-modifier": { "name": ["p"], "p": { "header": "X-User" } }"#;
    let of_limit = r#""qos/ratelimit/router": { "strategy": "header", "key": "X-User" }"#;
    for (more, is_set) in [
        (
            validator(r#""propagate_claims": [["sub", "x-user"]]"#),
            true,
        ),
        (
            validator(r#""propagate-claims": [["sub", "X-User"]]"#),
            true,
        ),
        (
            validator(r#""propagate_claims": [["sub", "x-user-id"]]"#),
            false,
        ),
        (
            validator(r#""propagate_claims": [["x-user", "x-other"], ["a", "my-x-user"]]"#),
            true,
        ),
        (validator(r#""roles_key": "x-user""#), false),
        (format!(r#""extra_config": {{ {of_lua} }}"#), true),
        (format!(r#""extra_config": {{ {of_plugin} }}"#), true),
        (format!(r#""extra_config": {{ {of_limit} }}"#), false),
        (in_backend(of_martian), true),
        (
            in_backend(
                &of_martian.replace("modifier/martian", "github.com/devopsfaith/krakend-martian"),
            ),
            true,
        ),
        (in_backend(&of_martian.replace("x-user", "x-users")), false),
        (
            r#""backend": [null, 1, "x-user", [], true, 1.5, -1]"#.to_owned(),
            false,
        ),
    ] {
        let cors = r#""allow_credentials": true, "allow_headers": ["Content-Type"]"#;
        let endpoint = format!(r#""input_headers": ["X-User"], {more}"#).leak();
        let expected = if is_set {
            vec![]
        } else {
            vec![rules::FORWARDED_HEADER_NOT_ALLOWED.name]
        };
        let file = File {
            cors,
            endpoint,
            ..FILE
        };
        assert_eq!(file.rules(), expected, "{endpoint}");
    }
    let sections = r#""plugin/http-server": { "name": ["p"], "p": { "adds": "X-User" } }"#;
    let endpoint = r#""input_headers": ["X-User"]"#;
    let file = File {
        sections,
        endpoint,
        ..FILE
    };
    assert_eq!(file.rules(), Vec::<&str>::new(), "{sections}");
}
