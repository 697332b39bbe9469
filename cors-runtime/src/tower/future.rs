//! The future of a response.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use http::Response;
use pin_project_lite::pin_project;

use crate::decision::{Actual, Preflight};

pin_project! {
    /// The future of a [`Cors`](super::Cors) service's response.
    ///
    /// It is named where a service names its own future:
    ///
    /// ```
    /// use std::task::{Context, Poll};
    ///
    /// use cors_runtime::{Cors, ResponseFuture};
    /// use http::{Request, Response};
    /// use tower::Service;
    ///
    /// struct Api<S>(Cors<S>);
    ///
    /// impl<S, B: Default> Service<Request<String>> for Api<S>
    /// where
    ///     S: Service<Request<String>, Response = Response<B>>,
    /// {
    ///     type Response = Response<B>;
    ///     type Error = S::Error;
    ///     type Future = ResponseFuture<S::Future, B>;
    ///
    ///     fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
    ///         self.0.poll_ready(cx)
    ///     }
    ///
    ///     fn call(&mut self, request: Request<String>) -> Self::Future {
    ///         self.0.call(request)
    ///     }
    /// }
    /// ```
    ///
    /// # Panics
    ///
    /// Panics if it is polled again after it has returned a finished response to a preflight. After any
    /// other response, it polls the future of the inner service again, which usually panics too.
    #[derive(Debug)]
    #[must_use = "futures do nothing unless polled"]
    pub struct ResponseFuture<F, B> {
        #[pin]
        state: State<F, B>,
    }
}

pin_project! {
    #[derive(Debug)]
    #[project = StateProjection]
    enum State<F, B> {
        /// The response to a preflight, without the handler.
        Finished { response: Option<Response<B>> },
        /// An actual request, passed to the handler.
        Actual { #[pin] inner: F, actual: Actual },
        /// A preflight, passed to the handler under `options_passthrough`.
        PassedOn { #[pin] inner: F, preflight: Preflight },
    }
}

impl<F, B> ResponseFuture<F, B> {
    pub(super) fn finished(response: Response<B>) -> Self {
        let response = Some(response);
        Self {
            state: State::Finished { response },
        }
    }

    pub(super) fn actual(inner: F, actual: Actual) -> Self {
        Self {
            state: State::Actual { inner, actual },
        }
    }

    pub(super) fn passed_on(inner: F, preflight: Preflight) -> Self {
        Self {
            state: State::PassedOn { inner, preflight },
        }
    }
}

impl<F, B, E> Future for ResponseFuture<F, B>
where
    F: Future<Output = Result<Response<B>, E>>,
{
    type Output = Result<Response<B>, E>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match self.project().state.project() {
            StateProjection::Finished { response } => {
                #[expect(
                    clippy::expect_used,
                    reason = "as std's futures do; callers must not poll again"
                )]
                let response = response
                    .take()
                    .expect("`ResponseFuture` polled after completion");
                Poll::Ready(Ok(response))
            }
            StateProjection::Actual { inner, actual } => {
                // Changed in place: moving it would cost as much as a header.
                let mut result = inner.poll(cx);
                if let Poll::Ready(Ok(response)) = &mut result {
                    actual.apply(response.headers_mut());
                }
                result
            }
            StateProjection::PassedOn { inner, preflight } => {
                let mut result = inner.poll(cx);
                if let Poll::Ready(Ok(response)) = &mut result {
                    preflight.apply(response.headers_mut());
                }
                result
            }
        }
    }
}
