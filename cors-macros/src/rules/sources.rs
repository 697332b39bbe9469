//! The sources of the rules, as links.

macro_rules! fetch {
    ($anchor:literal, $section:literal) => {
        concat!(
            "[Fetch § ",
            $section,
            "](https://fetch.spec.whatwg.org/#",
            $anchor,
            ")"
        )
    };
}

pub(super) const CORS_CHECK: &str = fetch!("concept-cors-check", "CORS check");
pub(super) const PREFLIGHT: &str = fetch!("cors-preflight-fetch", "CORS-preflight fetch");
pub(super) const PREFLIGHT_CACHE: &str = fetch!("cors-preflight-cache", "CORS-preflight cache");
pub(super) const CREDENTIALS: &str = fetch!(
    "cors-protocol-and-credentials",
    "CORS protocol and credentials"
);
pub(super) const ORIGIN_HEADER: &str = fetch!("origin-header", "`Origin` header");
pub(super) const METHODS: &str = fetch!("methods", "Methods");
pub(super) const SAFELISTED_REQUEST: &str = fetch!(
    "cors-safelisted-request-header",
    "CORS-safelisted request-header"
);
pub(super) const FORBIDDEN_REQUEST: &str =
    fetch!("forbidden-request-header", "forbidden request-header");
pub(super) const SAFELISTED_RESPONSE: &str = fetch!(
    "cors-safelisted-response-header-name",
    "CORS-safelisted response-header name"
);
pub(super) const FORBIDDEN_RESPONSE: &str = fetch!(
    "forbidden-response-header-name",
    "forbidden response-header name"
);
pub(super) const NEW_SYNTAX: &str = fetch!("http-new-header-syntax", "HTTP new-header syntax");
pub(super) const PORT_BLOCKING: &str = fetch!("port-blocking", "port blocking");
pub(super) const SAFE_SETUP: &str = fetch!(
    "basic-safe-cors-protocol-setup",
    "basic safe CORS protocol setup"
);
pub(super) const HOST_SERIALIZING: &str =
    "[URL § host serializing](https://url.spec.whatwg.org/#host-serializing)";
pub(super) const HOST_PARSING: &str =
    "[URL § host parsing](https://url.spec.whatwg.org/#host-parsing)";
pub(super) const HTML_ORIGIN: &str = "[HTML § serialization of an origin](https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin)";
pub(super) const LOCAL_NETWORK: &str =
    "[Local Network Access](https://wicg.github.io/local-network-access/)";
pub(super) const PUBLIC_SUFFIX_LIST: &str = "[Public Suffix List](https://publicsuffix.org/)";
pub(super) const CLUSTER_NAMES: &str = "[Kubernetes, DNS for Services and Pods](https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/)";
pub(super) const RESERVED_NAMES: &str = "[RFC 2606](https://www.rfc-editor.org/rfc/rfc2606)";
pub(super) const JSON: &str = "[RFC 8259](https://www.rfc-editor.org/rfc/rfc8259)";
pub(super) const KRAKEND: &str =
    "[KrakenD, CORS](https://www.krakend.io/docs/service-settings/cors/)";
pub(super) const KRAKEND_ROUTER: &str =
    "[KrakenD, router options](https://www.krakend.io/docs/service-settings/router-options/)";
pub(super) const KRAKEND_TOKENS: &str =
    "[KrakenD, JWT validation](https://www.krakend.io/docs/authorization/jwt-validation/)";
pub(super) const FLEXIBLE: &str =
    "[KrakenD, flexible configuration](https://www.krakend.io/docs/configuration/flexible-config/)";
pub(super) const CEILING_OF_CALL: &str =
    "[`cors_policy!`](crate::cors_policy#the-most-that-a-service-accepts)";
pub(super) const CARGO: &str = "[Cargo § environment variables](https://doc.rust-lang.org/cargo/reference/environment-variables.html#environment-variables-cargo-sets-for-crates)";
