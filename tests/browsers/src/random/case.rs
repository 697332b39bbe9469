//! A random case: the responses of a service, and the calls of pages to it. It is printed as JSON and read again.

use serde::{Deserialize, Serialize};

/// The hosts of the URLs of a case, in the order of [`Case::service`]. The last one is a page's own.
pub(super) const HOSTS: [&str; 4] = ["api", "api", "far", "app"];

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Case {
    /// One for each URL, at most as many as [`HOSTS`]. A redirect leads from one to another.
    pub(super) service: Vec<Resource>,
    pub(super) calls: Vec<Call>,
}

/// How one URL responds. Every call of a case gets the same response, so that it does not matter whether a
/// cache keeps it, except to other origins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Resource {
    pub(super) preflight: Reply,
    pub(super) actual: Reply,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Reply {
    pub(super) status: u16,
    /// In a value, `{origin}`, `{ORIGIN}`, `{method}` and `{names}` are what the request says, and `{0}` to
    /// `{3}` the URLs of the case. Each character is a byte.
    pub(super) headers: Vec<(String, String)>,
}

impl Reply {
    /// All lines of a header, joined.
    pub(super) fn get(&self, name: &str) -> Option<String> {
        let same = |(other, _): &&(String, String)| other.eq_ignore_ascii_case(name);
        let lines = self.headers.iter().filter(same);
        lines
            .map(|(_, value)| value.trim().to_owned())
            .reduce(|all, line| all + ", " + &line)
    }

    pub(super) fn is_redirect(&self) -> bool {
        matches!(self.status, 301 | 302 | 303 | 307 | 308) && self.get("Location").is_some()
    }
}

/// A call to `fetch`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Call {
    pub(super) page: Page,
    /// The index of the URL.
    pub(super) to: usize,
    pub(super) method: String,
    /// Each character of a value is a byte.
    pub(super) headers: Vec<(String, String)>,
    pub(super) credentials: Credentials,
    pub(super) body: Option<String>,
    /// The response to preflights to this URL during this call, if it is another one.
    pub(super) preflight: Option<Reply>,
}

impl Call {
    pub(super) fn sets(&self, name: &str) -> bool {
        self.values(name).next().is_some()
    }

    pub(super) fn values<'c>(&'c self, name: &'c str) -> impl Iterator<Item = &'c str> {
        let same = move |(other, _): &&(String, String)| other.eq_ignore_ascii_case(name);
        self.headers
            .iter()
            .filter(same)
            .map(|(_, value)| value.as_str())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum Page {
    App,
    Other,
    /// On the origin of the first two URLs.
    Api,
    /// Has the origin `null`.
    Sandboxed,
}

impl Page {
    pub(super) fn origin(self, port: u16) -> String {
        let host = match self {
            Self::App => "app",
            Self::Other => "other",
            Self::Api => "api",
            Self::Sandboxed => return "null".to_owned(),
        };
        format!("http://{host}.site.test:{port}")
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Credentials {
    Omit,
    SameOrigin,
    Include,
}

/// Text of bytes, one for each character.
pub(super) fn bytes(text: &str) -> Vec<u8> {
    let byte = |char| u8::try_from(u32::from(char)).unwrap_or(b'?');
    text.chars().map(byte).collect()
}

pub(super) fn text(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}
