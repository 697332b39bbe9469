//! The hook on the layer: it is called for each request that a browser will refuse, and for no other.

use std::cell::RefCell;
use std::convert::Infallible;
use std::future::{Future, ready};
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};

use cors_runtime::{Cors, CorsLayer, Decision, OnRefusal, Policy, RefusedRequest};
use http::{Request, Response, Uri};
use tower::{Layer, Service, service_fn};

use crate::support::{ECHO, LISTED, ONE, PASSTHROUGH, STAR, request, response, text};

/// A request, and how it is refused.
type Row = (&'static Policy, &'static str, Option<&'static str>);

#[rustfmt::skip]
static ROWS: &[Row] = &[
    (LISTED, "GET", None),
    (LISTED, "GET\norigin: https://app.test", None),
    (LISTED, "GET\norigin: https://evil.test", Some("the origin `https://evil.test` is not allowed")),
    (LISTED, "GET\norigin: https://app.test\norigin: https://app.test",
        Some("the origin `(not one origin)` is not allowed")),
    (LISTED, "PATCH\norigin: https://app.test", Some("the method `PATCH` is not in `allow_methods`")),
    (LISTED, "PATCH", None),
    (LISTED, "OPTIONS", None),
    (LISTED, "OPTIONS\norigin: https://app.test", None),
    (LISTED, "OPTIONS\norigin: https://evil.test", Some("the origin `https://evil.test` is not allowed")),
    (LISTED, "OPTIONS\norigin: https://app.test\naccess-control-request-method: PUT", None),
    (LISTED, "OPTIONS\naccess-control-request-method: PATCH", None),
    (LISTED, "OPTIONS\norigin: https://evil.test\naccess-control-request-method: PUT",
        Some("the origin `https://evil.test` is not allowed")),
    (LISTED, "OPTIONS\norigin: https://app.test\naccess-control-request-method: PATCH",
        Some("the method `PATCH` is not in `allow_methods`")),
    (LISTED, "OPTIONS\norigin: https://app.test\naccess-control-request-method: PUT\naccess-control-request-headers: x-b",
        Some("the request header `x-b` is not in `allow_headers`")),
    (LISTED, "OPTIONS\norigin: https://app.test\naccess-control-request-method: PUT\n\
        access-control-request-private-network: true", Some("`allow_private_network` is off")),

    (STAR, "GET\norigin: https://evil.test", None),
    (STAR, "PATCH\norigin: https://evil.test", Some("the method `PATCH` is not in `allow_methods`")),
    (STAR, "OPTIONS\norigin: https://evil.test\naccess-control-request-method: PUT\naccess-control-request-headers: x-b", None),
    (ONE, "GET", None),
    (ONE, "GET\norigin: https://app.test", None),
    (ONE, "GET\norigin: https://evil.test", Some("the origin `https://evil.test` is not allowed")),
    (ONE, "OPTIONS\norigin: https://evil.test\naccess-control-request-method: GET",
        Some("the origin `https://evil.test` is not allowed")),
    (ECHO, "OPTIONS\norigin: https://x.app.test\naccess-control-request-method: PUT\naccess-control-request-headers: x-a", None),
    (ECHO, "OPTIONS\norigin: https://x.app.test\naccess-control-request-method: GET",
        Some("the method `GET` is not in `allow_methods`")),

    (PASSTHROUGH, "GET", None),
    (PASSTHROUGH, "GET\norigin: https://evil.test", Some("the origin `https://evil.test` is not allowed")),
    (PASSTHROUGH, "OPTIONS\norigin: https://app.test\naccess-control-request-method: PUT", None),
    (PASSTHROUGH, "OPTIONS\norigin: https://evil.test\naccess-control-request-method: PUT",
        Some("the origin `https://evil.test` is not allowed")),
    (PASSTHROUGH, "OPTIONS\norigin: https://app.test\naccess-control-request-method: PATCH",
        Some("the method `PATCH` is not in `allow_methods`")),
];

/// A request and why it is refused, as text.
fn event<B>(kind: &str, request: &Request<B>, reason: &str) -> String {
    let (method, uri, headers) = (request.method(), request.uri(), request.headers());
    format!("{kind} {method} {uri} {headers:?}: {reason}")
}

fn kind(decision: &Decision) -> &'static str {
    match decision {
        Decision::Preflight(_) => "preflight",
        Decision::Actual(_) => "actual",
    }
}

/// What the hook is given, as the same text.
fn seen(refused: &RefusedRequest<'_>) -> String {
    let mut request = Request::new(());
    *request.method_mut() = refused.method().clone();
    *request.uri_mut() = refused.uri().clone();
    *request.headers_mut() = refused.headers().clone();
    assert_eq!(
        refused.decision().refusal().as_ref(),
        Some(refused.refusal())
    );
    let reason = refused.refusal().to_string();
    event(kind(refused.decision()), &request, &reason)
}

fn asked(lines: &str) -> Request<String> {
    let mut request: Request<String> = request(lines);
    *request.uri_mut() = Uri::from_static("/articles/7?draft=1");
    request
}

/// Calls a service that is ready at once.
fn responded<S>(service: &mut S, request: Request<String>) -> Response<String>
where
    S: Service<Request<String>, Response = Response<String>, Error = Infallible>,
{
    match pin!(service.call(request)).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(Ok(response)) => response,
        Poll::Pending => panic!("the handler responds at once"),
    }
}

#[test]
fn it_sees_each_refusal_once_and_nothing_else() {
    for (policy, lines, expected) in ROWS {
        let events = RefCell::new(Vec::new());
        let hook = |refused: &RefusedRequest<'_>| events.borrow_mut().push(seen(refused));
        let handler = |_: Request<String>| {
            events.borrow_mut().push("handled".to_owned());
            ready(Ok::<Response<String>, Infallible>(response("200")))
        };
        let layer = CorsLayer::new(policy);
        let plain = text(&responded(
            &mut layer.layer(service_fn(handler)),
            asked(lines),
        ));
        let handled = events.take();

        let mut hooked = layer.on_refusal(hook).layer(service_fn(handler));
        assert_eq!(
            text(&responded(&mut hooked, asked(lines))),
            plain,
            "{lines}"
        );

        let asked = asked(lines);
        let decision = policy.decide(asked.method(), asked.headers());
        let reason = decision.refusal().map(|refusal| refusal.to_string());
        assert_eq!(reason.as_deref(), *expected, "{lines}\n{policy}");
        let seen = reason.map(|reason| event(kind(&decision), &asked, &reason));
        // The hook comes first, and changes nothing for the handler.
        let expected: Vec<_> = seen.into_iter().chain(handled).collect();
        assert_eq!(events.take(), expected, "{lines}\n{policy}");
    }
}

/// A counter in a static, as services have it, with a layer that is a constant.
#[test]
fn clones_share_a_hook() {
    static REFUSED: AtomicUsize = AtomicUsize::new(0);
    const LAYER: CorsLayer = CorsLayer::new(LISTED);
    let handler = |_: Request<String>| ready(Ok(response("200")));
    let layer = LAYER.on_refusal(|_| {
        REFUSED.fetch_add(1, Ordering::Relaxed);
    });
    let again = layer;
    let service = layer.layer(service_fn(handler));
    let stranger = "GET\norigin: https://evil.test";
    for mut service in [service.clone(), service, again.layer(service_fn(handler))] {
        responded(&mut service, asked(stranger));
        responded(&mut service, asked("GET\norigin: https://app.test"));
    }
    assert_eq!(REFUSED.load(Ordering::Relaxed), 3);
}

/// A layer is as large as a reference, and a service is that and what is inside.
#[test]
fn a_layer_is_a_reference() {
    fn copied<T: Copy>() {}
    copied::<CorsLayer>();
    assert_eq!(size_of::<CorsLayer>(), size_of::<&Policy>());
    assert_eq!(size_of::<Cors<()>>(), size_of::<&Policy>());
    static SHARED: CorsLayer = CorsLayer::new(LISTED);
    const GUARDED: Cors<()> = Cors::new((), LISTED);
    let _ = (SHARED, GUARDED);
}

/// A hook may hold what can be neither copied nor shared; the service is then what it allows.
#[test]
fn a_hook_may_hold_anything_that_can_be_cloned() {
    let seen = std::rc::Rc::new(RefCell::new(Vec::new()));
    let hook = {
        let seen = seen.clone();
        move |refused: &RefusedRequest<'_>| {
            let refusal = refused.refusal().to_string();
            seen.borrow_mut()
                .push((refused.uri().path().to_owned(), refusal));
        }
    };
    let layer = CorsLayer::new(LISTED).on_refusal(hook);
    let handler = |_: Request<String>| ready(Ok(response("200")));
    let mut service = layer.layer(service_fn(handler));
    responded(&mut service, asked("GET\norigin: null"));
    let expected = "the origin `null` is not allowed".to_owned();
    assert_eq!(seen.take(), [("/articles/7".to_owned(), expected)]);
}

/// A layer in a struct needs a type with a name.
#[test]
fn a_hook_may_be_a_function() {
    static REFUSED: AtomicUsize = AtomicUsize::new(0);

    struct Gateway {
        layer: CorsLayer<fn(&RefusedRequest<'_>)>,
    }

    fn count(_: &RefusedRequest<'_>) {
        REFUSED.fetch_add(1, Ordering::Relaxed);
    }

    fn any(layer: CorsLayer<impl OnRefusal + Clone>) -> CorsLayer<impl OnRefusal + Clone> {
        layer
    }

    let gateway = Gateway {
        layer: CorsLayer::new(LISTED).on_refusal(count),
    };
    let handler = |_: Request<String>| ready(Ok(response("200")));
    let mut service = any(gateway.layer).layer(service_fn(handler));
    responded(&mut service, asked("GET\norigin: null"));
    responded(&mut service, asked("GET\norigin: https://app.test"));
    assert_eq!(REFUSED.load(Ordering::Relaxed), 1);
    let mut unwatched = any(CorsLayer::new(LISTED)).layer(service_fn(handler));
    responded(&mut unwatched, asked("GET\norigin: null"));
}

/// Request headers hold tokens and cookies, so what is printed leaves them out.
#[test]
fn what_a_hook_prints_has_no_header() {
    let printed = RefCell::new(String::new());
    let layer = CorsLayer::new(LISTED).on_refusal(|refused: &RefusedRequest<'_>| {
        printed.replace(format!("{refused:?}"));
    });
    let handler = |_: Request<String>| ready(Ok(response("200")));
    let mut service = layer.layer(service_fn(handler));
    let lines = "GET\norigin: null\nauthorization: Bearer 42\ncookie: session=42";
    responded(&mut service, asked(lines));
    let expected =
        "RefusedRequest { method: GET, uri: /articles/7?draft=1, refusal: Origin(\"null\"), .. }";
    assert_eq!(printed.take(), expected);
}
