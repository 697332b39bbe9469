//! How a request is made: its modes, and what in the script makes it. Fetch, "[requests]".
//!
//! [requests]: https://fetch.spec.whatwg.org/#requests

/// What in the page made a request. Chromium's console names it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Initiator {
    /// `fetch(…)`.
    #[default]
    Fetch,
    /// `new EventSource(…)`.
    EventSource,
    /// `new WebSocket(…)`.
    WebSocket,
    /// An element such as `<img>`, or `fetch(…, { mode: "no-cors" })`.
    Element,
    /// A form.
    Form,
}

/// The options of `fetch` that a page uses for its requests.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Modes {
    pub(super) credentials: Credentials,
    pub(super) redirect: Redirect,
    /// Whether the cache mode is `no-store` instead of `default`.
    pub(super) no_store: bool,
    /// Whether the mode is `same-origin` instead of `cors`.
    pub(super) same_origin: bool,
}

/// The credentials mode.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Credentials {
    Omit,
    #[default]
    SameOrigin,
    Include,
}

/// The redirect mode.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Redirect {
    #[default]
    Follow,
    Error,
    Manual,
}

impl Modes {
    /// The modes of a request on a page that uses these for `fetch`. For an `EventSource` they are in HTML,
    /// "[EventSource constructor]".
    ///
    /// [EventSource constructor]: https://html.spec.whatwg.org/multipage/server-sent-events.html#dom-eventsource
    pub(super) fn of(self, initiator: Initiator) -> Self {
        match initiator {
            Initiator::Fetch => self,
            Initiator::EventSource => Self {
                credentials: match self.credentials {
                    Credentials::Include => Credentials::Include,
                    Credentials::Omit | Credentials::SameOrigin => Credentials::SameOrigin,
                },
                no_store: true,
                ..Self::default()
            },
            Initiator::WebSocket | Initiator::Element | Initiator::Form => Self {
                credentials: Credentials::Include,
                ..Self::default()
            },
        }
    }

    /// Whether responses must pass the CORS check for credentials.
    pub(super) fn is_include(self) -> bool {
        self.credentials == Credentials::Include
    }

    /// Whether the request has cookies: Fetch, "[HTTP-network-or-cache fetch]", `includeCredentials`.
    ///
    /// [HTTP-network-or-cache fetch]: https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch
    pub(super) fn sends_cookies(self, is_cors: bool) -> bool {
        match self.credentials {
            Credentials::Omit => false,
            Credentials::SameOrigin => !is_cors,
            Credentials::Include => true,
        }
    }
}
