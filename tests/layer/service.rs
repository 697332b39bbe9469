//! The layer as tower knows services: readiness, calls, errors, and futures that are dropped.

use std::cell::{Cell, RefCell};
use std::convert::Infallible;
use std::future::{self, Future, Ready};
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use cors_runtime::{Cors, CorsLayer, ResponseFuture};
use http::{Method, Request, Response, StatusCode};
use tower::{Layer, Service, ServiceExt, service_fn};
use tower_http::cors::CorsLayer as Theirs;

use crate::support::{LISTED, PASSTHROUGH, request, text};

const GET: &str = "GET\norigin: https://app.test";
const PREFLIGHT: &str = "OPTIONS\norigin: https://app.test\naccess-control-request-method: PUT";

/// A service of limited capacity, as `tower::limit::ConcurrencyLimit` is one: who finds it ready
/// holds a slot until the response has come. Of a clone, nothing is ready.
#[derive(Debug)]
struct Limited {
    free: Rc<Cell<usize>>,
    slot: Option<Slot>,
    called: Rc<RefCell<Vec<Method>>>,
    /// Woken when a slot becomes free.
    waiting: Rc<RefCell<Option<Waker>>>,
}

impl Limited {
    fn new(slots: usize) -> Self {
        Self {
            free: Rc::new(Cell::new(slots)),
            slot: None,
            called: Rc::default(),
            waiting: Rc::default(),
        }
    }
}

impl Clone for Limited {
    fn clone(&self) -> Self {
        Self {
            free: self.free.clone(),
            slot: None,
            called: self.called.clone(),
            waiting: self.waiting.clone(),
        }
    }
}

#[derive(Debug)]
struct Slot {
    free: Rc<Cell<usize>>,
    waiting: Rc<RefCell<Option<Waker>>>,
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.free.set(self.free.get() + 1);
        if let Some(waker) = self.waiting.take() {
            waker.wake();
        }
    }
}

impl Service<Request<String>> for Limited {
    type Response = Response<String>;
    type Error = Infallible;
    type Future = Busy;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        if self.slot.is_none() {
            let Some(left) = self.free.get().checked_sub(1) else {
                *self.waiting.borrow_mut() = Some(cx.waker().clone());
                return Poll::Pending;
            };
            self.free.set(left);
            self.slot = Some(Slot {
                free: self.free.clone(),
                waiting: self.waiting.clone(),
            });
        }
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<String>) -> Busy {
        self.called.borrow_mut().push(request.method().clone());
        Busy {
            _slot: self.slot.take().expect("called without being ready"),
            polled: false,
        }
    }
}

/// Responds when it is polled for the second time.
#[derive(Debug)]
struct Busy {
    _slot: Slot,
    polled: bool,
}

impl Future for Busy {
    type Output = Result<Response<String>, Infallible>;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        if self.polled {
            return Poll::Ready(Ok(Response::new("done".to_owned())));
        }
        self.polled = true;
        Poll::Pending
    }
}

#[derive(Debug, Default)]
struct Counter(AtomicUsize);

impl Wake for Counter {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

fn poll<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

fn is_ready<S: Service<Request<String>, Error = Infallible>>(service: &mut S) -> bool {
    let mut cx = Context::from_waker(Waker::noop());
    service.poll_ready(&mut cx).is_ready()
}

#[test]
fn a_busy_service_is_busy_under_the_layer_and_wakes_who_waits() {
    let mut first = Cors::new(Limited::new(1), LISTED);
    let mut second = first.clone();
    assert!(is_ready(&mut first));

    let woken = Arc::new(Counter::default());
    let waker = Waker::from(woken.clone());
    let mut cx = Context::from_waker(&waker);
    assert!(second.poll_ready(&mut cx).is_pending());

    let mut future = Box::pin(first.call(request(GET)));
    assert!(poll(future.as_mut()).is_pending());
    assert!(second.poll_ready(&mut cx).is_pending());
    assert_eq!(woken.0.load(Ordering::Relaxed), 0);

    let Poll::Ready(Ok(response)) = poll(future.as_mut()) else {
        panic!("there should be a response");
    };
    assert!(
        response
            .headers()
            .contains_key("access-control-allow-origin")
    );
    assert_eq!(response.body(), "done");
    drop(future);
    assert_eq!(woken.0.load(Ordering::Relaxed), 1);
    assert!(second.poll_ready(&mut cx).is_ready());
}

#[test]
fn a_call_uses_the_slot_that_was_found_ready() {
    let mut service = Cors::new(Limited::new(1), LISTED);
    assert!(is_ready(&mut service));
    // `Limited` panics if this is called on anything but what was polled.
    let future = service.call(request(GET));
    assert!(!is_ready(&mut service), "the only slot is taken");
    drop(future);
    assert!(is_ready(&mut service));
}

#[test]
fn a_preflight_that_is_not_passed_on_leaves_the_service_and_its_slot_alone() {
    let mut service = Cors::new(Limited::new(1), LISTED);
    assert!(is_ready(&mut service));
    for _ in 0..3 {
        let future = pin!(service.call(request(PREFLIGHT)));
        let Poll::Ready(Ok(response)) = poll(future) else {
            panic!("the response to a preflight is there at once");
        };
        assert_eq!(response.status(), StatusCode::NO_CONTENT);
        assert_eq!(response.body(), "");
        assert!(is_ready(&mut service), "the slot is there still");
    }
    assert!(service.get_ref().called.borrow().is_empty());
    let _future = service.call(request(GET));
    assert_eq!(*service.get_ref().called.borrow(), [Method::GET]);
}

/// tower-http's layer does the same: the slot is kept for the next call, and is free with the clone.
#[test]
fn a_preflight_keeps_the_slot_of_its_clone() {
    fn keeps<S>(mut service: S, limited: &Limited)
    where
        S: Service<Request<String>, Error = Infallible> + Clone,
    {
        let mut clone = service.clone();
        assert!(is_ready(&mut service));
        assert!(poll(pin!(service.call(request(PREFLIGHT)))).is_ready());
        assert_eq!(limited.free.get(), 0);
        assert!(!is_ready(&mut clone), "the only slot is kept");
        drop(service);
        assert!(is_ready(&mut clone), "the slot is free with its clone");
        assert!(limited.called.borrow().is_empty());
    }

    let limited = Limited::new(1);
    keeps(Cors::new(limited.clone(), LISTED), &limited);
    let limited = Limited::new(1);
    keeps(Theirs::permissive().layer(limited.clone()), &limited);
}

#[test]
fn a_preflight_that_is_passed_on_takes_the_slot() {
    let mut service = Cors::new(Limited::new(1), PASSTHROUGH);
    assert!(is_ready(&mut service));
    let mut future = Box::pin(service.call(request(PREFLIGHT)));
    assert!(!is_ready(&mut service));
    assert!(poll(future.as_mut()).is_pending());
    let Poll::Ready(Ok(response)) = poll(future.as_mut()) else {
        panic!("there should be a response");
    };
    assert!(
        response
            .headers()
            .contains_key("access-control-allow-methods")
    );
    assert_eq!(*service.get_ref().called.borrow(), [Method::OPTIONS]);
}

/// As futures of the standard library and of tower do, instead of waiting for ever.
#[test]
#[should_panic = "`ResponseFuture` polled after completion"]
fn a_future_that_is_done_must_not_be_polled() {
    let mut service = Cors::new(Limited::new(1), LISTED);
    assert!(is_ready(&mut service));
    let mut future = Box::pin(service.call(request(PREFLIGHT)));
    assert!(poll(future.as_mut()).is_ready());
    let _ = poll(future.as_mut());
}

#[test]
fn a_dropped_future_leaves_nothing_behind() {
    let mut service = Cors::new(Limited::new(1), LISTED);
    for polls in 0..2 {
        assert!(is_ready(&mut service));
        let mut future = Box::pin(service.call(request(GET)));
        for _ in 0..polls {
            assert!(poll(future.as_mut()).is_pending());
        }
        assert_eq!(service.get_ref().free.get(), 0);
        drop(future);
        assert_eq!(service.get_ref().free.get(), 1, "after {polls} polls");
    }
    assert!(is_ready(&mut service));
    drop(service.call(request(PREFLIGHT)));
    let mut future = Box::pin(service.call(request(GET)));
    assert!(poll(future.as_mut()).is_pending());
    assert!(poll(future.as_mut()).is_ready());
}

/// Fails wherever it is told to.
#[derive(Clone, Debug)]
struct Failing {
    ready: Result<(), &'static str>,
}

impl Service<Request<String>> for Failing {
    type Response = Response<String>;
    type Error = &'static str;
    type Future = Ready<Result<Response<String>, &'static str>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), &'static str>> {
        Poll::Ready(self.ready)
    }

    fn call(&mut self, _: Request<String>) -> Self::Future {
        future::ready(Err("broken pipe"))
    }
}

#[test]
fn an_error_of_readiness_passes() {
    let mut service = Cors::new(
        Failing {
            ready: Err("closed"),
        },
        LISTED,
    );
    let mut cx = Context::from_waker(Waker::noop());
    assert_eq!(service.poll_ready(&mut cx), Poll::Ready(Err("closed")));
    service.get_mut().ready = Ok(());
    assert_eq!(service.poll_ready(&mut cx), Poll::Ready(Ok(())));
    assert_eq!(service.into_inner().ready, Ok(()));
}

#[tokio::test]
async fn an_error_of_the_service_passes() {
    for (policy, request_text) in [(LISTED, GET), (PASSTHROUGH, GET), (PASSTHROUGH, PREFLIGHT)] {
        let service = Cors::new(Failing { ready: Ok(()) }, policy);
        let error = service
            .oneshot(request(request_text))
            .await
            .map(|response| text(&response));
        assert_eq!(error, Err("broken pipe"), "{request_text}");
    }
    // The service is not asked, so it cannot fail.
    let service = Cors::new(Failing { ready: Ok(()) }, LISTED);
    let response = service.oneshot(request(PREFLIGHT)).await.unwrap();
    assert_eq!(response.status(), StatusCode::NO_CONTENT);
}

/// A body with nothing but a default: it can be neither cloned nor sent, and has no size hint.
#[derive(Debug, Default, PartialEq)]
struct Page(Rc<Vec<u8>>);

#[tokio::test]
async fn bodies_may_be_anything() {
    struct Upload;

    let handler = |_: Request<Upload>| async {
        Ok::<_, Infallible>(Response::new(Page(Rc::new(vec![1, 2, 3]))))
    };
    let service = CorsLayer::new(LISTED).layer(service_fn(handler));
    let ask = |text: &str| request::<()>(text).map(|()| Upload);
    let response = service.clone().oneshot(ask(GET)).await.unwrap();
    assert_eq!(*response.body(), Page(Rc::new(vec![1, 2, 3])));
    let response = service.oneshot(ask(PREFLIGHT)).await.unwrap();
    assert_eq!(*response.body(), Page::default());
}

/// The traits that servers ask for; nothing is boxed, so they follow from those of the service.
#[test]
fn the_layer_is_what_servers_need() {
    fn shared<T: Clone + Send + Sync + Unpin + 'static>() {}
    fn sent<T: Send + Sync + Unpin + 'static>() {}
    fn future_of<S, F>(_: &S)
    where
        S: Service<Request<String>, Response = Response<String>, Future = F>,
        F: Future<Output = Result<Response<String>, S::Error>>,
    {
    }

    shared::<CorsLayer>();
    shared::<Cors<Failing>>();
    type Inner = Ready<Result<Response<String>, &'static str>>;
    sent::<ResponseFuture<Inner, String>>();
    future_of::<_, ResponseFuture<Inner, String>>(&Cors::new(Failing { ready: Ok(()) }, LISTED));
    // A service that cannot be cloned or sent can still be guarded.
    let once = RefCell::new(Some(Page::default()));
    let mut service = Cors::new(
        service_fn(move |_: Request<String>| {
            let page = once.take();
            async move { page.map(Response::new).ok_or("called twice") }
        }),
        LISTED,
    );
    let mut future = pin!(service.call(request(GET)));
    assert!(matches!(poll(future.as_mut()), Poll::Ready(Ok(_))));
}

#[tokio::test]
async fn layers_over_layers_respond_once() {
    let handler = |_: Request<String>| async { Ok::<_, Infallible>(Response::new(String::new())) };
    let inner = CorsLayer::new(PASSTHROUGH).layer(service_fn(handler));
    let alone = text(&inner.clone().oneshot(request(GET)).await.unwrap());
    let both = CorsLayer::new(LISTED).layer(inner);
    assert_eq!(text(&both.oneshot(request(GET)).await.unwrap()), alone);
}
