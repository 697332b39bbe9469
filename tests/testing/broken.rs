//! A layer that is right but for one thing: each fault is reported by its own reason, at the request
//! that shows it.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::time::Duration;

use cors_runtime::testing::{Access, Blocked, Browser, Freshness, MaxAge};
use cors_runtime::{CorsLayer, Policy, cors_policy};
use http::{HeaderName, HeaderValue, Method, Request, Response, StatusCode, header};
use tower::{Service, ServiceExt};

use super::layered::under;
use super::{OTHER, PAGE, STRANGER, URL, handler, request};

static CORS: &Policy = cors_policy!({
    "allow_origins": ["https://app.test", "https://admin.test"],
    "allow_methods": ["GET", "HEAD", "POST", "PUT"],
    "allow_headers": ["Content-Type"],
    "expose_headers": ["X-Total"],
    "allow_credentials": true,
    "max_age": "10m",
});

/// What a fault makes of the response of a layer that is right.
type Fault = fn(&Request<()>, &mut Response<()>);

/// The service under the policy, with a fault outside of it.
fn service(fault: Fault) -> impl Service<Request<()>, Response = Response<()>, Error = Infallible> {
    let response = Response::builder()
        .header(header::CACHE_CONTROL, "max-age=60")
        .header("x-total", "3")
        .body(())
        .unwrap();
    let layered = under(CorsLayer::new(CORS), handler(response));
    tower::service_fn(move |request: Request<()>| {
        let layered = layered.clone();
        async move {
            let mut response = layered.oneshot(request.clone()).await?;
            fault(&request, &mut response);
            Ok(response)
        }
    })
}

fn set(response: &mut Response<()>, name: HeaderName, value: &'static str) {
    let value = HeaderValue::from_static(value);
    response.headers_mut().insert(name, value);
}

fn is_preflight(request: &Request<()>) -> bool {
    request.method() == Method::OPTIONS
}

/// The name of a case, the fault, the request, a part of the reason as it is printed, and the help.
#[rustfmt::skip]
const FAULTS: &[(&str, Fault, &str, &str, &str)] = &[
    ("no_cors_header", |_, response| response.headers_mut().clear(), "GET",
        "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
        "\"https://app.test\" must be in `allow_origins`, \"GET\" in `allow_methods`, and the response must come through the CORS layer"),
    ("doubled_header", |_, response| {
        let again = HeaderValue::from_static(PAGE);
        response.headers_mut().append(header::ACCESS_CONTROL_ALLOW_ORIGIN, again);
    }, "GET", "contains multiple values 'https://app.test, https://app.test', but only one is allowed.",
        "two layers write CORS headers, for example the service and the gateway in front of it: remove one of them"),
    ("star_with_credentials", |_, response| set(response, header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"), "GET",
        "must not be the wildcard '*' when the request's credentials mode is 'include'.",
        "write \"https://app.test\" instead of \"*\" in `allow_origins`, and `\"allow_credentials\": true`; or make the request without credentials"),
    ("origin_of_another", |_, response| set(response, header::ACCESS_CONTROL_ALLOW_ORIGIN, OTHER), "GET",
        "has a value 'https://admin.test' that is not equal to the supplied origin.",
        "\"https://admin.test\" is the origin of another page. If it is a constant, list all origins in `allow_origins`: the CORS layer sends that of the request. If a cache stored the response for that page, send `Vary: Origin` with every response"),
    ("origin_in_upper_case", |_, response| set(response, header::ACCESS_CONTROL_ALLOW_ORIGIN, "HTTPS://app.test"), "GET",
        "has a value 'HTTPS://app.test' that is not equal to the supplied origin.",
        "write \"https://app.test\" in lower case, as browsers send it"),
    ("origin_of_nobody", |_, response| set(response, header::ACCESS_CONTROL_ALLOW_ORIGIN, "null"), "GET",
        "has a value 'null' that is not equal to the supplied origin.",
        "the CORS layer must send \"https://app.test\" instead of \"null\": browsers compare the value byte for byte"),
    ("no_origin_at_all", |_, response| set(response, header::ACCESS_CONTROL_ALLOW_ORIGIN, "everyone"), "GET",
        "contains the invalid value 'everyone'.",
        "the CORS layer must send \"https://app.test\" instead of \"everyone\": browsers compare the value byte for byte"),
    ("origin_with_a_slash", |_, response| set(response, header::ACCESS_CONTROL_ALLOW_ORIGIN, "https://app.test/"), "GET",
        "has a value 'https://app.test/' that is not equal to the supplied origin.",
        "write \"https://app.test\", without the slash at the end"),
    ("no_credentials", |_, response| {
        response.headers_mut().remove(header::ACCESS_CONTROL_ALLOW_CREDENTIALS);
    }, "GET", "'Access-Control-Allow-Credentials' header in the response is '' which must be 'true'",
        "write `\"allow_credentials\": true`, or make the request without credentials"),
    ("credentials_in_upper_case", |_, response| set(response, header::ACCESS_CONTROL_ALLOW_CREDENTIALS, "True"), "GET",
        "'Access-Control-Allow-Credentials' header in the response is 'True' which must be 'true'",
        "write the value in lower case: it must be exactly `true`, not `True`"),
    ("doubled_credentials", |_, response| {
        let again = HeaderValue::from_static("true");
        response.headers_mut().append(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, again);
    }, "GET", "'Access-Control-Allow-Credentials' header in the response is 'true, true' which must be 'true'",
        "two layers write CORS headers, for example the service and the gateway in front of it: remove one of them"),
    ("no_credentials_on_preflights", |request, response| if is_preflight(request) {
        response.headers_mut().remove(header::ACCESS_CONTROL_ALLOW_CREDENTIALS);
    }, "PUT", "Response to preflight request doesn't pass access control check: \
        The value of the 'Access-Control-Allow-Credentials' header",
        "write `\"allow_credentials\": true`, or make the request without credentials"),
    ("404_to_options", |request, response| if is_preflight(request) {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }, "PUT", "Response to preflight request doesn't pass access control check: It does not have HTTP ok status.",
        "the preflight must reach the CORS layer, so put the layer outside the router and authentication; if `options_passthrough` is on, turn it off or respond to OPTIONS with 204 instead of 404"),
    ("redirected_options", |request, response| if is_preflight(request) {
        *response.status_mut() = StatusCode::TEMPORARY_REDIRECT;
        set(response, header::LOCATION, URL);
    }, "PUT", "Redirect is not allowed for a preflight request.",
        "the preflight must reach the CORS layer, so put the layer outside the code that redirects; or call https://api.test/articles itself"),
    ("method_in_lower_case", |_, response| set(response, header::ACCESS_CONTROL_ALLOW_METHODS, "get, put"), "PUT",
        "Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.",
        "write \"PUT\" instead of \"put\" in `allow_methods`: case matters"),
    ("methods_are_a_sentence", |_, response| set(response, header::ACCESS_CONTROL_ALLOW_METHODS, "GET, PUT and POST"), "PUT",
        "Cannot parse Access-Control-Allow-Methods response header field in preflight response.",
        "write one method per entry of `allow_methods`, without spaces and commas"),
    ("star_for_methods_with_credentials", |_, response| set(response, header::ACCESS_CONTROL_ALLOW_METHODS, "*"), "PUT",
        "Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.",
        "add \"PUT\" to `allow_methods`; `*` does not count in requests with credentials"),
    ("no_header_names", |_, response| {
        response.headers_mut().remove(header::ACCESS_CONTROL_ALLOW_HEADERS);
    }, "POST\ncontent-type: application/json",
        "Request header field content-type is not allowed by Access-Control-Allow-Headers in preflight response.",
        "add \"content-type\" to `allow_headers`"),
    ("header_names_are_a_sentence", |_, response| set(response, header::ACCESS_CONTROL_ALLOW_HEADERS, "Content-Type and more"),
        "POST\ncontent-type: application/json",
        "Cannot parse Access-Control-Allow-Headers response header field in preflight response.",
        "write one name per entry of `allow_headers`, without spaces and commas"),
];

#[tokio::test]
async fn each_fault_has_its_reason() {
    let none: Fault = |_, _| {};
    let faults = FAULTS
        .iter()
        .map(|(name, fault, asked, reason, help)| (*name, *fault, *asked, Some((*reason, *help))));
    let sound = ["GET", "PUT", "POST\ncontent-type: application/json"];
    let sound = sound.iter().map(|asked| ("no_fault", none, *asked, None));
    for (name, fault, asked, reason) in faults.chain(sound) {
        let page = Browser::at(PAGE).with_credentials();
        let outcome = page.fetch(&mut service(fault), request(asked)).await;
        match (outcome, reason) {
            (Ok(_), None) => {}
            (Err(blocked), Some((reason, help))) => {
                let text = blocked.to_string();
                let opening = "Access to fetch at 'https://api.test/articles' from origin 'https://app.test' \
                               has been blocked by CORS policy: ";
                assert!(
                    text.starts_with(opening) && text.contains(reason),
                    "{name}: {text}"
                );
                assert_eq!(blocked.help().unwrap(), help, "{name}");
            }
            (outcome, _) => panic!("{name}: {outcome:?}"),
        }
    }
}

/// A cache gives the response of one page to another.
#[tokio::test]
async fn without_vary_a_cache_serves_the_wrong_page() {
    let without: Fault = |_, response| {
        response.headers_mut().remove(header::VARY);
    };
    for (fault, is_sound) in [(without, false), (|_, _| {}, true)] {
        let service = &mut service(fault);
        let page = Browser::at(PAGE);
        page.fetch(service, request("GET")).await.unwrap();
        let other = page.open(OTHER);
        match other.fetch(service, request("GET")).await {
            Ok(_) => assert!(is_sound),
            Err(Blocked::Stored { allowed, .. }) => {
                assert!(!is_sound);
                assert_eq!(allowed.as_deref(), Some(PAGE));
                // When it has forgotten, the service responds.
                other.wait(Duration::from_secs(60));
                other.fetch(service, request("GET")).await.unwrap();
            }
            Err(other) => panic!("{other:?}"),
        }
    }
}

/// The same where the first response is to a page without CORS, of the API itself.
#[tokio::test]
async fn without_vary_on_every_response_a_cache_serves_one_without_the_origin() {
    let fault: Fault = |request, response| {
        if !request.headers().contains_key(header::ORIGIN) {
            response.headers_mut().remove(header::VARY);
        }
    };
    let service = &mut service(fault);
    let own = Browser::at("https://api.test");
    own.fetch(service, request("GET")).await.unwrap();
    let blocked = own.open(PAGE).fetch(service, request("GET")).await;
    assert!(
        matches!(blocked, Err(Blocked::Stored { allowed: None, .. })),
        "{blocked:?}"
    );
}

/// Nothing is blocked, but every preflight is sent again after five seconds.
#[tokio::test]
async fn without_max_age_preflights_are_kept_for_five_seconds() {
    let without: Fault = |_, response| {
        response
            .headers_mut()
            .remove(header::ACCESS_CONTROL_MAX_AGE);
    };
    let malformed: Fault = |_, response| set(response, header::ACCESS_CONTROL_MAX_AGE, "10m");
    for (fault, max_age, preflights, kept) in [
        (
            without,
            MaxAge::Missing,
            2,
            "kept for 5 seconds, as there is no 'Access-Control-Max-Age' header",
        ),
        (
            malformed,
            MaxAge::Malformed("10m".to_owned()),
            2,
            "kept for 5 seconds, as the value '10m'",
        ),
        (|_, _| {}, MaxAge::Seconds(600), 1, "kept for 600 seconds"),
    ] {
        let page = Browser::at(PAGE);
        let service = &mut service(fault);
        for _ in 0..3 {
            page.fetch(service, request("PUT")).await.unwrap();
            page.wait(Duration::from_secs(4));
        }
        assert_eq!(page.preflights_sent(), preflights, "{max_age:?}");
        let sent = &page.preflights()[0];
        assert_eq!(sent.max_age, max_age);
        assert!(
            sent.max_age.to_string().starts_with(kept),
            "{}",
            sent.max_age
        );
    }
}

/// A header that is not exposed is missing, and a stranger gets nothing.
#[tokio::test]
async fn what_scripts_do_not_see() {
    let without: Fault = |_, response| {
        response
            .headers_mut()
            .remove(header::ACCESS_CONTROL_EXPOSE_HEADERS);
    };
    for (fault, seen) in [(without, None), (|_, _| {}, Some("3"))] {
        let response = Browser::at(PAGE)
            .fetch(&mut service(fault), request("GET"))
            .await;
        let total = response.unwrap().headers().get("x-total").cloned();
        assert_eq!(total, seen.map(HeaderValue::from_static));
    }
    let stranger = Browser::at(STRANGER)
        .fetch(&mut service(|_, _| {}), request("GET"))
        .await;
    let reason = stranger.unwrap_err();
    assert!(
        matches!(&reason, Blocked::Origin { allowed: None, .. }),
        "{reason:?}"
    );
    assert_eq!(reason.header(), Some(header::ACCESS_CONTROL_ALLOW_ORIGIN));
}

#[test]
fn which_header_is_at_fault() {
    use header::{
        ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS,
        ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_TYPE, LOCATION, VARY,
    };

    const NETWORK: HeaderName = HeaderName::from_static("access-control-allow-private-network");
    let access = Box::<Access>::default;
    let text = String::new;
    let with_status = |status| {
        let mut access = access();
        access.status = Some(status);
        access
    };
    let redirected = || {
        let mut access = access();
        access.redirected_from = Some(text());
        access
    };
    macro_rules! case {
        ($name:ident $fields:tt => $header:expr) => {
            (stringify!($name), Blocked::$name $fields, $header)
        };
    }
    #[rustfmt::skip]
    let cases = [
        case!(Origin { access: access(), allowed: None } => Some(ACCESS_CONTROL_ALLOW_ORIGIN)),
        case!(SeveralOrigins { access: access(), allowed: text() } => Some(ACCESS_CONTROL_ALLOW_ORIGIN)),
        case!(Wildcard { access: access() } => Some(ACCESS_CONTROL_ALLOW_ORIGIN)),
        case!(Credentials { access: access(), value: None } => Some(ACCESS_CONTROL_ALLOW_CREDENTIALS)),
        case!(Stored { access: access(), allowed: None, freshness: Freshness::MaxAge } => Some(VARY)),
        case!(MalformedMethods { access: access() } => Some(ACCESS_CONTROL_ALLOW_METHODS)),
        case!(MalformedHeaders { access: access() } => Some(ACCESS_CONTROL_ALLOW_HEADERS)),
        case!(Method { access: access(), method: Method::PUT, allowed: None } => Some(ACCESS_CONTROL_ALLOW_METHODS)),
        case!(Header { access: access(), names: Vec::new(), allowed: None } => Some(ACCESS_CONTROL_ALLOW_HEADERS)),
        case!(PrivateNetwork { access: access() } => Some(NETWORK)),
        case!(PreflightRedirect { access: access(), location: text() } => Some(LOCATION)),
        case!(RedirectUser { access: access(), location: text() } => Some(LOCATION)),
        case!(RedirectScheme { access: access() } => Some(LOCATION)),
        case!(Location { access: access(), location: text() } => Some(LOCATION)),
        case!(RedirectError { access: access(), location: Some(text()) } => Some(LOCATION)),
        case!(OpaqueRedirect { access: access(), location: Some(text()) } => Some(LOCATION)),
        case!(MixedContent { access: redirected() } => Some(LOCATION)),
        case!(CrossOrigin { access: redirected() } => Some(LOCATION)),
        case!(EventStream { access: with_status(StatusCode::OK), content_type: None } => Some(CONTENT_TYPE)),
        // What is wrong with these is no header.
        case!(RedirectError { access: access(), location: None } => None),
        case!(OpaqueRedirect { access: access(), location: None } => None),
        case!(MixedContent { access: access() } => None),
        case!(CrossOrigin { access: access() } => None),
        case!(EventStream { access: access(), content_type: None } => None),
        case!(Handshake { access: access() } => None),
        case!(Status { access: access() } => None),
        case!(Redirects { access: access() } => None),
        case!(Body { access: access() } => None),
        case!(Service { access: access(), error: text() } => None),
        case!(ForbiddenMethod { method: Method::TRACE } => None),
        case!(NoCorsMethod { method: Method::PUT } => None),
        case!(Form { what: text() } => None),
        case!(Url { url: text() } => None),
        case!(Page { origin: text() } => None),
    ];
    for (_, blocked, header) in &cases {
        assert_eq!(blocked.header(), *header, "{blocked:?}");
    }
    let names: Vec<_> = cases.iter().map(|(name, _, _)| *name).collect();
    assert_eq!(BTreeSet::from_iter(names), declared());
}

/// The variants of `Blocked`. There may be more in later versions, so a `match` here needs a wildcard
/// and does not know them all.
fn declared() -> BTreeSet<&'static str> {
    let source = include_str!("../../cors-runtime/src/testing/blocked.rs");
    let (_, body) = source.split_once("pub enum Blocked {").unwrap();
    let (body, _) = body.split_once("\n}").unwrap();
    let items = body.lines().filter_map(|line| line.strip_prefix("    "));
    items
        .filter(|item| item.starts_with(|first: char| first.is_ascii_uppercase()))
        .filter_map(|item| item.split(|char: char| !char.is_alphanumeric()).next())
        .collect()
}
