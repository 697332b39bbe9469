//! Who sets a request header: the scripts of a page, or somebody on the way.
//!
//! A name that ends with a hyphen means all names that begin so.

use crate::check::allow_headers;

/// Who sets a request header, as far as its name tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sender {
    /// Scripts of pages. Browsers ask for it in a preflight.
    Pages,
    /// Browsers themselves, proxies or other programs. A page that sends it needs no permission, or must
    /// not have it: backends trust what a proxy tells them of the user.
    Others,
    Unknown,
}

/// What libraries for pages set, and what their protocols ask pages to set.
const BY_PAGES: &[&str] = &[
    // HTTP: RFC 9110, RFC 7240 (Prefer), RFC 9449 (DPoP), the draft on idempotency.
    "authorization",
    "dpop",
    "idempotency-key",
    "prefer",
    // jQuery; the tokens of Angular, axios, Django, Laravel and Rails.
    "x-csrf-token",
    "x-csrftoken",
    "x-requested-with",
    "x-xsrf-token",
    // API keys: OpenAPI's example, Supabase, Google. Firebase App Check.
    "apikey",
    "x-api-key",
    "x-firebase-appcheck",
    "x-goog-api-key",
    // Tracing from pages: W3C Trace Context, by OpenTelemetry; Sentry; Datadog RUM.
    "baggage",
    "sentry-trace",
    "traceparent",
    "tracestate",
    "x-datadog-",
    // AWS Signature Version 4.
    "x-amz-content-sha256",
    "x-amz-date",
    "x-amz-security-token",
    "x-amz-user-agent",
    // GraphQL clients: Apollo.
    "apollo-require-preflight",
    "apollographql-client-",
    "x-apollo-operation-name",
    // gRPC-Web and Connect.
    "connect-protocol-version",
    "connect-timeout-ms",
    "grpc-timeout",
    "x-grpc-web",
    "x-user-agent",
    // The Model Context Protocol, and tus for uploads.
    "mcp-protocol-version",
    "mcp-session-id",
    "tus-resumable",
    "upload-",
    "x-http-method-override",
    // htmx.
    "hx-",
];

/// What browsers set, or let scripts send without asking. `Content-Type` is among it, except for JSON
/// bodies, which have a finding of their own.
const BY_BROWSERS: &[&str] = &[
    // HTTP and its caches: RFC 9110, RFC 9111, RFC 8470 (Early-Data), RFC 9218 (Priority).
    "cache-control",
    "content-type",
    "early-data",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "if-range",
    "if-unmodified-since",
    "pragma",
    "priority",
    "range",
    "user-agent",
    // HTML: server-sent events, pings; prefetching.
    "last-event-id",
    "ping-from",
    "ping-to",
    "purpose",
    "service-worker",
    "upgrade-insecure-requests",
    "x-moz",
    "x-purpose",
    // Client hints without the prefix `Sec-`, which no script can set.
    "content-dpr",
    "device-memory",
    "downlink",
    "dpr",
    "ect",
    "rtt",
    "save-data",
    "viewport-width",
    "width",
];

/// What proxies, content delivery networks, tracing and other servers add.
const BY_SERVERS: &[&str] = &[
    // The address and the URL of the first request: RFC 7239, and what proxies add besides.
    "cdn-loop",
    "client-ip",
    "forwarded",
    "max-forwards",
    "true-client-ip",
    "x-client-ip",
    "x-client-port",
    "x-cluster-client-ip",
    "x-forwarded",
    "x-forwarded-",
    "x-host",
    "x-original-",
    "x-real-",
    "x-request-start",
    "x-scheme",
    // Content delivery networks and clouds.
    "akamai-",
    "cf-",
    "cloudfront-",
    "do-connecting-ip",
    "fastly-",
    "fly-",
    "geoip-",
    "incap-client-ip",
    "x-akamai-",
    "x-amz-",
    "x-amzn-",
    "x-appengine-",
    "x-appgw-",
    "x-arr-",
    "x-azure-",
    "x-cloud-",
    "x-fastly-",
    "x-geoip-",
    "x-goog-",
    "x-google-",
    "x-nf-",
    "x-sucuri-",
    "x-vercel-",
    // The user, as a proxy has checked: Apache, Authelia, authentik, Grafana, Kong, oauth2-proxy,
    // Pomerium, Tailscale, Azure App Service, Vouch.
    "remote-email",
    "remote-groups",
    "remote-name",
    "remote-user",
    "tailscale-",
    "x-anonymous-consumer",
    "x-auth-request-",
    "x-authenticated-",
    "x-authentik-",
    "x-consumer-",
    "x-credential-identifier",
    "x-ms-client-principal",
    "x-ms-client-principal-",
    "x-ms-token-",
    "x-pomerium-",
    "x-remote-",
    "x-vouch-",
    "x-webauth-",
    // The client's certificate, as a proxy has checked.
    "client-cert",
    "client-cert-chain",
    "ssl-client-",
    "x-client-cert",
    "x-client-cert-",
    "x-client-dn",
    "x-client-verify",
    "x-ssl-",
    // Tracing between servers.
    "b3",
    "elastic-apm-traceparent",
    "grpc-",
    "newrelic",
    "ot-",
    "uber-trace-id",
    "uberctx-",
    "x-b3-",
    "x-correlation-id",
    "x-dynatrace",
    "x-dynatrace-",
    "x-envoy-",
    "x-instana-",
    "x-newrelic-",
    "x-ot-",
    "x-request-id",
    "x-trace-id",
    // Webhooks and events: CloudEvents, GitHub, GitLab, Shopify, Slack, Standard Webhooks, Stripe.
    "ce-",
    "paypal-",
    "stripe-signature",
    "svix-",
    "webhook-",
    "x-github-",
    "x-gitlab-",
    "x-hub-",
    "x-line-signature",
    "x-shopify-",
    "x-slack-",
    "x-twilio-signature",
    // CORS, and the gateway itself.
    "access-control-",
    "x-krakend",
    "x-krakend-",
];

/// Who sets a request header, by its name in lower case.
pub(super) fn sender(lower: &str) -> Sender {
    let is_in = |names: &[&str]| {
        names
            .iter()
            .any(|name| *name == lower || name.ends_with('-') && lower.starts_with(name))
    };
    if is_in(BY_PAGES) {
        Sender::Pages
    } else if is_in(BY_BROWSERS) || is_in(BY_SERVERS) || !allow_headers::is_of_scripts(lower) {
        Sender::Others
    } else {
        Sender::Unknown
    }
}
