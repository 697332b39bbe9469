//! A layer written by hand for one policy, around the code of the limit.

use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use pin_project_lite::pin_project;
use tower::{Layer, Service};

use crate::limit::hand::Hand;
use crate::limit::layer::{self, Kept};

/// Adds the layer to a router.
pub fn layered<H: Hand + Clone + Send + Sync + 'static>(router: Router) -> Router {
    router.layer(ByHand::<H>(PhantomData))
}

#[derive(Clone)]
struct ByHand<H>(PhantomData<H>);

impl<S, H> Layer<S> for ByHand<H> {
    type Service = Wrapped<S, H>;

    fn layer(&self, inner: S) -> Self::Service {
        let hand = PhantomData;
        Wrapped { inner, hand }
    }
}

#[derive(Clone)]
struct Wrapped<S, H> {
    inner: S,
    hand: PhantomData<H>,
}

impl<S: Service<Request, Response = Response>, H: Hand> Service<Request> for Wrapped<S, H> {
    type Response = Response;
    type Error = S::Error;
    type Future = Responding<S::Future, H>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    #[inline]
    fn call(&mut self, request: Request) -> Self::Future {
        let hand = PhantomData;
        match layer::begin::<H, Body>(request.method(), request.headers()) {
            Ok(response) => Responding::Finished {
                response: Some(response),
                hand,
            },
            Err(kept) => Responding::Waiting {
                inner: self.inner.call(request),
                kept,
            },
        }
    }
}

pin_project! {
    #[project = Projection]
    enum Responding<F, H> {
        Finished { response: Option<Response>, hand: PhantomData<H> },
        Waiting { #[pin] inner: F, kept: Kept },
    }
}

impl<F: Future<Output = Result<Response, E>>, E, H: Hand> Future for Responding<F, H> {
    type Output = Result<Response, E>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match self.project() {
            Projection::Finished { response, .. } => {
                Poll::Ready(Ok(response.take().expect("polled once")))
            }
            Projection::Waiting { inner, kept } => {
                let mut result = inner.poll(cx);
                if let Poll::Ready(Ok(response)) = &mut result {
                    layer::finish::<H>(kept, response.headers_mut());
                }
                result
            }
        }
    }
}
