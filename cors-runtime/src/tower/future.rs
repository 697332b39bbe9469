//! The future.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use http::{HeaderMap, Response};
use pin_project_lite::pin_project;

use crate::grant;

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
        PassedOn { #[pin] inner: F, grant: Grant },
    }
}

/// What is still to be written.
#[derive(Debug)]
pub(super) enum Grant {
    Actual(grant::Actual),
    Preflight(grant::Preflight),
}

impl Grant {
    #[inline]
    fn apply(&self, headers: &mut HeaderMap) {
        match self {
            Self::Actual(actual) => actual.apply(headers),
            Self::Preflight(preflight) => preflight.apply(headers),
        }
    }
}

impl<F, B> ResponseFuture<F, B> {
    pub(super) fn answered(response: Response<B>) -> Self {
        let response = Some(response);
        Self {
            state: State::Answered { response },
        }
    }

    #[inline]
    pub(super) fn passed_on(inner: F, grant: Grant) -> Self {
        Self {
            state: State::PassedOn { inner, grant },
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
            StateProjection::Answered { response } => match response.take() {
                Some(response) => Poll::Ready(Ok(response)),
                // Polled again after it was done, which a caller must not do.
                None => Poll::Pending,
            },
            StateProjection::PassedOn { inner, grant } => {
                // The answer is changed where it is: a move would cost as much as a header.
                let mut answer = inner.poll(cx);
                if let Poll::Ready(Ok(response)) = &mut answer {
                    grant.apply(response.headers_mut());
                }
                answer
            }
        }
    }
}
