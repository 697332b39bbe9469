//! Pages in a browser, and the requests of their scripts.

use cors_runtime::testing::Browser;
use http::{HeaderMap, Request, Response};

use crate::replay::{fetch, grant};

/// The request of a page's script.
#[derive(Clone, Debug)]
pub(crate) struct Fetch {
    pub(crate) origin: &'static str,
    pub(crate) request: Request<()>,
    /// Whether it is sent with credentials.
    pub(crate) include: bool,
    pub(crate) asks_private_network: bool,
}

impl Fetch {
    /// What the script gets in a new page: the headers that it may read, or an error.
    pub(crate) fn run(
        &self,
        browser: &Browser,
        respond: impl FnMut(&Request<()>) -> Response<()>,
    ) -> Option<HeaderMap> {
        let mut page = browser.open(self.origin);
        if self.include {
            page = page.with_credentials();
        }
        if self.asks_private_network {
            page = page.with_private_network_access();
        }
        fetch(&page, self.request.clone(), respond).ok()
    }

    /// The requests that a browser sends for it, if they are allowed.
    pub(crate) fn requests(&self) -> Vec<Request<()>> {
        let mut sent = Vec::new();
        self.run(&Browser::at(self.origin), |request| {
            sent.push(request.clone());
            grant(request)
        });
        sent
    }
}
