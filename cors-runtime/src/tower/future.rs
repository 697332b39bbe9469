//! The future.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use http::{HeaderMap, HeaderValue, Response};
use pin_project_lite::pin_project;

use crate::grant::{self, apply_actual};
use crate::judge::{ActualRequest, Verdict, logs};
use crate::origin::Allowed;
use crate::{Policy, Preflight};

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
    // A kind of its own is read faster than one that is told by what there is else.
    #[derive(Debug)]
    #[repr(u64)]
    #[project = StateProjection]
    enum State<F, B> {
        /// A preflight, answered.
        Answered { response: Option<Response<B>> },
        /// An actual request, on its way.
        Actual {
            #[pin]
            inner: F,
            policy: &'static Policy,
            allow_origin: Option<AllowOrigin>,
        },
        /// A preflight that the handler answers.
        PassedOn { #[pin] inner: F, preflight: Preflight },
    }
}

/// An origin that is allowed, kept until the answer comes.
#[derive(Debug)]
pub(super) enum AllowOrigin {
    Ready(&'static HeaderValue),
    Asked(HeaderValue),
}

impl AllowOrigin {
    /// The origin that the answer to an actual request names.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn of(request: ActualRequest<'_>) -> Option<Self> {
        let ActualRequest { policy, method, .. } = request;
        match policy.constant_origin() {
            // It is the same whoever asks.
            Some(value) if !logs(policy) => policy.allows(method).then_some(Self::Ready(value)),
            _ => request.judge(),
        }
    }

    /// Writes it into the answer, or that there is none.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn write(allowed: &mut Option<Self>, policy: &'static Policy, headers: &mut HeaderMap) {
        apply_actual(policy, headers, |writer| match allowed.take() {
            Some(Self::Ready(value)) => grant::allow_origin(writer, policy, value),
            Some(Self::Asked(value)) => grant::allow_own_origin(writer, policy, value),
            None => {}
        });
    }
}

impl From<Verdict<'_>> for Option<AllowOrigin> {
    #[inline(always)]
    fn from(verdict: Verdict<'_>) -> Self {
        Some(match verdict.allow_origin? {
            Allowed::Ready(value) => AllowOrigin::Ready(value),
            // A server's header values share one buffer, so this copies nothing.
            Allowed::Asked(line) => AllowOrigin::Asked(line.clone()),
        })
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
    pub(super) fn actual(
        inner: F,
        policy: &'static Policy,
        allow_origin: Option<AllowOrigin>,
    ) -> Self {
        Self {
            state: State::Actual {
                inner,
                policy,
                allow_origin,
            },
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
        // Answers are changed where they are: a move would cost as much as a header.
        match self.project().state.project() {
            StateProjection::Answered { response } => match response.take() {
                Some(response) => Poll::Ready(Ok(response)),
                // Polled again after it was done, which a caller must not do.
                None => Poll::Pending,
            },
            StateProjection::Actual {
                inner,
                policy,
                allow_origin,
            } => {
                let mut answer = inner.poll(cx);
                if let Poll::Ready(Ok(response)) = &mut answer {
                    AllowOrigin::write(allow_origin, policy, response.headers_mut());
                }
                answer
            }
            StateProjection::PassedOn { inner, preflight } => {
                let mut answer = inner.poll(cx);
                if let Poll::Ready(Ok(response)) = &mut answer {
                    preflight.apply(response.headers_mut());
                }
                answer
            }
        }
    }
}
