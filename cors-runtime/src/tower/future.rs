//! The future.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use http::Response;
use pin_project_lite::pin_project;

use crate::decision::{Actual, Preflight};

pin_project! {
    /// The future of a [`Cors`](super::Cors) service's response.
    ///
    /// # Panics
    ///
    /// If it is polled after it has completed with the response to a preflight. In the other cases
    /// it does what the future of the inner service does then.
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
        /// A preflight that needs no handler.
        Finished { response: Option<Response<B>> },
        /// An actual request, which the handler has.
        Actual { #[pin] inner: F, actual: Actual },
        /// A preflight, which the handler has too.
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
                // Changed where it is: a move would cost as much as a header.
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
