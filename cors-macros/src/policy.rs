//! A policy that is right: no places any more, and nothing in it that has no meaning.

/// What a configuration comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Policy {
    pub(crate) origins: Origins,
    /// As they are written, in file order, never empty.
    pub(crate) methods: Vec<String>,
    pub(crate) headers: Headers,
    /// Without duplicates, as written, in file order.
    pub(crate) exposed: Vec<String>,
    /// What is sent as `Access-Control-Max-Age`, in seconds.
    pub(crate) max_age: Option<u64>,
    pub(crate) credentials: bool,
    pub(crate) private_network: bool,
    pub(crate) debug: bool,
    pub(crate) passthrough: bool,
    /// 200 to 299.
    pub(crate) status: u16,
}

/// Who may read responses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origins {
    /// Everyone; never with credentials.
    Any,
    Listed {
        /// Without duplicates, in file order.
        exact: Vec<String>,
        patterns: Vec<Pattern>,
    },
}

/// An origin with a `*` inside, in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pattern {
    pub(crate) text: String,
    /// Where the `*` is.
    pub(crate) star: usize,
    pub(crate) reach: Reach,
}

impl Pattern {
    /// The text before and after the `*`.
    pub(crate) fn ends(&self) -> (&str, &str) {
        (&self.text[..self.star], &self.text[self.star + 1..])
    }
}

/// What a `*` may match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// A part of the host.
    Host,
    /// A part of the port.
    Port,
    /// More than one part of the origin, or its scheme.
    Across,
}

/// Which request headers may be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Headers {
    Any,
    /// Without duplicates, as written, in file order.
    Listed(Vec<String>),
}
