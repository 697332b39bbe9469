//! A case: calls to one URL, and the result that each must have.

use cors_runtime::testing::Initiator;

use crate::browser::Browser;

/// All calls of a case to one path have the same URL, and each case has its own, so that no case finds
/// what another left in a cache.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) calls: Vec<Call>,
    /// The browser that plays it, if the other does something else than the model.
    pub(crate) only: Option<Browser>,
}

/// A call to `fetch`, or a connection of an `EventSource` or a `WebSocket`.
pub(crate) struct Call {
    pub(crate) from: Page,
    pub(crate) initiator: Initiator,
    /// The host and the path, such as `api.other.test/articles`, or only the first label of a host of
    /// `site.test`: `api/articles`.
    pub(crate) to: &'static str,
    /// The second argument, as JSON. With a `form`, a form with that method is submitted instead. With
    /// `"again"`, an `EventSource` connects a second time. With `"listens": true`, the request is sent by an
    /// `XMLHttpRequest` with a listener to the progress of its upload.
    pub(crate) options: &'static str,
    /// The requests that must arrive, each with the policy's refusal.
    pub(crate) arrives: Vec<String>,
    /// The same in Firefox, if it is not the same.
    pub(crate) arrives_in_firefox: Option<Vec<String>>,
    pub(crate) outcome: Outcome,
    /// Whether browsers have the response in their cache. The model stores no bodies, so it sends a request.
    pub(crate) is_cached: bool,
    /// Why the model does not make the call.
    pub(crate) left_out: Option<&'static str>,
    /// The only browser that it is not compared with. Without one, it makes no call.
    pub(crate) left_out_in: Option<Browser>,
}

#[derive(Clone, Copy)]
pub(crate) enum Page {
    /// `app.site.test`, which is allowed.
    Allowed,
    /// `other.site.test`, which is allowed too.
    Other,
    /// `evil.site.test`.
    Denied,
    /// `evil.other.test`, on another site.
    Stranger,
    /// `api.site.test`, the origin of the API itself.
    Own,
    /// A sandboxed frame in the allowed page, whose origin is `null`.
    Sandboxed,
}

pub(crate) enum Outcome {
    /// The script gets the response. It must not see a header with `None`.
    Reads {
        status: u16,
        body: &'static str,
        headers: &'static [(&'static str, Option<&'static str>)],
    },
    /// The script gets an error, and the console says why.
    Blocked {
        /// A part of Firefox's message.
        firefox: &'static str,
        /// A part of Chromium's message, if it is not about CORS. If it is, the line must be the
        /// model's.
        chromium: Option<&'static str>,
    },
}

impl Call {
    pub(crate) fn by(self, initiator: Initiator) -> Self {
        Self { initiator, ..self }
    }

    pub(crate) fn with(self, options: &'static str) -> Self {
        Self { options, ..self }
    }

    pub(crate) fn arrives<T: ToString>(self, requests: &[T]) -> Self {
        let arrives = requests.iter().map(T::to_string).collect();
        Self { arrives, ..self }
    }

    pub(crate) fn arrives_in_firefox<T: ToString>(self, requests: &[T]) -> Self {
        let arrives_in_firefox = Some(requests.iter().map(T::to_string).collect());
        Self {
            arrives_in_firefox,
            ..self
        }
    }

    /// The requests that must arrive from this browser.
    pub(crate) fn arrivals(&self, browser: Browser) -> &Vec<String> {
        match (browser, &self.arrives_in_firefox) {
            (Browser::Firefox, Some(arrives)) => arrives,
            _ => &self.arrives,
        }
    }

    pub(crate) fn reads(self, body: &'static str) -> Self {
        self.reads_status(200, body)
    }

    pub(crate) fn reads_status(self, status: u16, body: &'static str) -> Self {
        let headers = &[];
        let outcome = Outcome::Reads {
            status,
            body,
            headers,
        };
        Self { outcome, ..self }
    }

    pub(crate) fn sees(self, seen: &'static [(&'static str, Option<&'static str>)]) -> Self {
        let outcome = match self.outcome {
            Outcome::Reads { status, body, .. } => Outcome::Reads {
                status,
                body,
                headers: seen,
            },
            blocked => blocked,
        };
        Self { outcome, ..self }
    }

    pub(crate) fn fails(self, firefox: &'static str) -> Self {
        let chromium = None;
        let outcome = Outcome::Blocked { firefox, chromium };
        Self { outcome, ..self }
    }

    pub(crate) fn fails_without_cors(self, chromium: &'static str, firefox: &'static str) -> Self {
        let chromium = Some(chromium);
        let outcome = Outcome::Blocked { firefox, chromium };
        Self { outcome, ..self }
    }

    pub(crate) fn served_by_the_cache(self) -> Self {
        let is_cached = true;
        Self { is_cached, ..self }
    }

    pub(crate) fn not_by_the_model(self, why: &'static str) -> Self {
        let left_out = Some(why);
        Self { left_out, ..self }
    }

    pub(crate) fn not_as_in(self, browser: Browser, why: &'static str) -> Self {
        let left_out_in = Some(browser);
        Self {
            left_out_in,
            ..self.not_by_the_model(why)
        }
    }

    /// Whether the model does not make the call, to be compared with a browser.
    pub(crate) fn is_left_out(&self, browser: Browser) -> bool {
        let is_here = self.left_out_in.is_none_or(|only| only == browser);
        self.left_out.is_some() && is_here
    }
}

/// A call without options, which must get an empty 200 unless it says otherwise.
pub(crate) fn call(from: Page, to: &'static str) -> Call {
    Call {
        from,
        initiator: Initiator::Fetch,
        to,
        options: "{}",
        arrives: Vec::new(),
        arrives_in_firefox: None,
        outcome: Outcome::Reads {
            status: 200,
            body: "",
            headers: &[],
        },
        is_cached: false,
        left_out: None,
        left_out_in: None,
    }
}

pub(crate) fn case(name: &'static str, calls: impl IntoIterator<Item = Call>) -> Case {
    let calls = calls.into_iter().collect();
    let only = None;
    Case { name, calls, only }
}
