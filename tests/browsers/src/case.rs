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
    pub(crate) arrives: Vec<&'static str>,
    pub(crate) outcome: Outcome,
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
    Blocked(Reason),
}

/// Why a browser blocks, as its console must say.
#[derive(Clone, Copy)]
pub(crate) enum Reason {
    /// The response has no `Access-Control-Allow-Origin`.
    Origin,
    /// The same for the response to the preflight.
    PreflightOrigin,
    Method(&'static str),
    Header(&'static str),
    /// `*`, and the call is made with credentials.
    Wildcard,
}

impl Call {
    pub(crate) fn with(self, options: &'static str) -> Self {
        Self { options, ..self }
    }

    pub(crate) fn arrives(self, requests: &[&'static str]) -> Self {
        let arrives = requests.to_vec();
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

    pub(crate) fn fails(self, reason: Reason) -> Self {
        let outcome = Outcome::Blocked(reason);
        Self { outcome, ..self }
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
    }
}
