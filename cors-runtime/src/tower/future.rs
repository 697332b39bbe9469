//! The future.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use http::Response;
use pin_project_lite::pin_project;

use crate::Decision;

pin_project! {
    /// The answer to come of a [`Cors`](super::Cors) service.
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
        Answered { response: Option<Response<B>> },
        PassedOn { #[pin] inner: F, decision: Decision },
    }
}

impl<F, B> ResponseFuture<F, B> {
    pub(super) fn answered(response: Response<B>) -> Self {
        let response = Some(response);
        Self {
            state: State::Answered { response },
        }
    }

    pub(super) fn passed_on(inner: F, decision: Decision) -> Self {
        Self {
            state: State::PassedOn { inner, decision },
        }
    }
}

impl<F, B, E> Future for ResponseFuture<F, B>
where
    F: Future<Output = Result<Response<B>, E>>,
{
    type Output = Result<Response<B>, E>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        match self.project().state.project() {
            StateProjection::Answered { response } => match response.take() {
                Some(response) => Poll::Ready(Ok(response)),
                // Polled again after it was done, which a caller must not do.
                None => Poll::Pending,
            },
            StateProjection::PassedOn { inner, decision } => {
                let mut response = ready!(inner.poll(cx))?;
                decision.apply(response.headers_mut());
                Poll::Ready(Ok(response))
            }
        }
    }
}
