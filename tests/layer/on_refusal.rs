//! The hook on the layer: it is called for each request that a browser will refuse, and for no other.

use std::cell::RefCell;
use std::convert::Infallible;
use std::future::{Future, ready};
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Waker};

use cors_runtime::{Cors, CorsLayer, Decision, Policy, Refusal};
use http::{HeaderMap, Method, Request, Response, Uri};
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

/// What the hook is given, as text.
fn event(decision: &Decision, method: &Method, uri: &Uri, headers: &HeaderMap) -> String {
    let kind = match decision {
        Decision::Preflight(_) => "preflight",
        Decision::Actual(_) => "actual",
    };
    format!(
        "{kind} {method} {uri} {headers:?}: {:?}",
        decision.refusal()
    )
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
        let hook = |decision: &Decision, method: &Method, uri: &Uri, headers: &HeaderMap| {
            events
                .borrow_mut()
                .push(event(decision, method, uri, headers));
        };
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
        let refusal = decision.refusal();
        let reason = refusal.as_ref().map(Refusal::to_string);
        assert_eq!(reason.as_deref(), *expected, "{lines}\n{policy}");
        let seen = refusal.map(|_| event(&decision, asked.method(), asked.uri(), asked.headers()));
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
    let count = |_: &Decision, _: &Method, _: &Uri, _: &HeaderMap| {
        REFUSED.fetch_add(1, Ordering::Relaxed);
    };
    let handler = |_: Request<String>| ready(Ok(response("200")));
    let layer = LAYER.on_refusal(count);
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
        move |decision: &Decision, _: &Method, uri: &Uri, _: &HeaderMap| {
            let refusal = decision.refusal().map(|refusal| refusal.to_string());
            seen.borrow_mut().push((uri.path().to_owned(), refusal));
        }
    };
    let layer = CorsLayer::new(LISTED).on_refusal(hook);
    let handler = |_: Request<String>| ready(Ok(response("200")));
    let mut service = layer.layer(service_fn(handler));
    responded(&mut service, asked("GET\norigin: null"));
    let expected = "the origin `null` is not allowed".to_owned();
    assert_eq!(seen.take(), [("/articles/7".to_owned(), Some(expected))]);
}
