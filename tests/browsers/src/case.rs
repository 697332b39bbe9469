//! What a case is: calls of one URL, and what must come of each.

/// The URL is the same in all of a case's calls of one path, and another in every case, so that no
/// case finds what another has left in a cache.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) calls: Vec<Call>,
}

/// A call of `fetch`.
pub(crate) struct Call {
    pub(crate) from: Page,
    /// The host's first label and the path, as `api/articles`.
    pub(crate) to: &'static str,
    /// The second argument, as JSON.
    pub(crate) options: &'static str,
    /// The requests that must arrive, each with the refusal that the policy gives.
    pub(crate) arrives: Vec<String>,
    pub(crate) outcome: Outcome,
    /// Whether the browser has the cookie of the case from now on. The model is told so, as it keeps none.
    pub(crate) sets_cookie: bool,
    /// Whether browsers have the response in their cache. The model keeps no bodies, so it asks for it again.
    pub(crate) is_cached: bool,
    /// Why the model does not make the call.
    pub(crate) left_out: Option<&'static str>,
}

#[derive(Clone, Copy)]
pub(crate) enum Page {
    /// `app.site.test`, which is allowed.
    Allowed,
    /// `other.site.test`, which is allowed too.
    Other,
    /// `evil.site.test`.
    Denied,
    /// A sandboxed frame in the allowed page, whose origin is `null`.
    Sandboxed,
}

pub(crate) enum Outcome {
    /// The script has the response. A header with `None` is one that it must not see.
    Reads {
        status: u16,
        body: &'static str,
        headers: &'static [(&'static str, Option<&'static str>)],
    },
    /// The script has an error, and the console says why.
    Blocked {
        /// A part of what Firefox says.
        firefox: &'static str,
        /// A part of what Chromium says, where it does not speak of CORS. Where it does, its line must
        /// be the model's.
        chromium: Option<&'static str>,
    },
}

impl Call {
    pub(crate) fn with(self, options: &'static str) -> Self {
        Self { options, ..self }
    }

    pub(crate) fn arrives<T: ToString>(self, requests: &[T]) -> Self {
        let arrives = requests.iter().map(T::to_string).collect();
        Self { arrives, ..self }
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

    pub(crate) fn sets_cookie(self) -> Self {
        let sets_cookie = true;
        Self {
            sets_cookie,
            ..self
        }
    }

    pub(crate) fn served_by_the_cache(self) -> Self {
        let is_cached = true;
        Self { is_cached, ..self }
    }

    pub(crate) fn not_by_the_model(self, why: &'static str) -> Self {
        let left_out = Some(why);
        Self { left_out, ..self }
    }
}

/// A call without options, which must read an empty 200 unless it says otherwise.
pub(crate) fn call(from: Page, to: &'static str) -> Call {
    Call {
        from,
        to,
        options: "{}",
        arrives: Vec::new(),
        outcome: Outcome::Reads {
            status: 200,
            body: "",
            headers: &[],
        },
        sets_cookie: false,
        is_cached: false,
        left_out: None,
    }
}

pub(crate) fn case(name: &'static str, calls: impl IntoIterator<Item = Call>) -> Case {
    let calls = calls.into_iter().collect();
    Case { name, calls }
}
