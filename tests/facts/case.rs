//! One case: what scripts on pages fetch in one browser, and the results.

use std::time::Duration;

use cors_runtime::testing::{Access, Blocked, Browser, Initiator};
use http::{Request, Response};

use crate::service::{Reply, Scripted, headers, long};

/// The origin of the page, unless a case says otherwise.
pub(crate) const SHOP: &str = "https://shop.test";
/// Another origin.
pub(crate) const STRANGER: &str = "https://stranger.test";
/// The URL of the service.
pub(crate) const API: &str = "https://api.test/";

pub(crate) struct Case {
    name: String,
    page: Page,
    service: Scripted,
    wait: Duration,
    fetches: Vec<Fetch>,
}

/// A method of [`Browser`].
pub(crate) type PageOption = fn(Browser) -> Browser;

#[derive(Clone)]
struct Page {
    origin: &'static str,
    with: Vec<PageOption>,
}

/// A script's call after some time, with everything that applies to it.
struct Fetch {
    initiator: Initiator,
    wait: Duration,
    page: Page,
    service: Scripted,
    request: Request<()>,
    shown: &'static [&'static str],
    arrives: Option<Vec<String>>,
    gets: String,
}

pub(crate) fn case(name: impl Into<String>) -> Case {
    Case {
        name: name.into(),
        page: Page {
            origin: SHOP,
            with: Vec::new(),
        },
        service: Scripted::default(),
        wait: Duration::ZERO,
        fetches: Vec::new(),
    }
}

/// What applies to the following fetches.
impl Case {
    pub(crate) fn page(mut self, origin: &'static str) -> Self {
        let with = Vec::new();
        self.page = Page { origin, with };
        self
    }

    pub(crate) fn with(mut self, option: PageOption) -> Self {
        self.page.with.push(option);
        self
    }

    /// The whole response to preflights.
    pub(crate) fn preflight(mut self, status: u16, lines: &[&str]) -> Self {
        self.service.preflight = Some(reply(status, false, lines));
        self
    }

    /// The response to preflights, which also allows the origin and credentials.
    pub(crate) fn lists(mut self, lines: &[&str]) -> Self {
        self.service.preflight = Some(reply(204, true, lines));
        self
    }

    /// The whole response to other requests.
    pub(crate) fn response(mut self, status: u16, lines: &[&str]) -> Self {
        self.service.response = Some(reply(status, false, lines));
        self
    }

    /// The response to other requests, which also allows the origin and credentials.
    pub(crate) fn granted(mut self, lines: &[&str]) -> Self {
        self.service.response = Some(reply(200, true, lines));
        self
    }

    /// The whole response to requests other than preflights, at one URL.
    pub(crate) fn at(mut self, url: &str, status: u16, lines: &[&str]) -> Self {
        self.service
            .at
            .push((url.to_owned(), reply(status, false, lines)));
        self
    }

    /// A redirect, which allows the origin and credentials.
    pub(crate) fn redirect(mut self, from: &str, status: u16, to: &str) -> Self {
        let location = format!("Location: {to}");
        let reply = reply(status, true, &[&location]);
        self.service.at.push((from.to_owned(), reply));
        self
    }

    /// Whether the service fails.
    pub(crate) fn fails(mut self, fails: bool) -> Self {
        self.service.fails = fails;
        self
    }

    /// Time passes before the next fetch.
    pub(crate) fn wait(mut self, seconds: u64) -> Self {
        self.wait = Duration::from_secs(seconds);
        self
    }
}

/// A fetch and its result.
impl Case {
    /// The method, and the URL unless it is [`API`].
    pub(crate) fn fetch(self, request: &str, lines: &[&str]) -> Self {
        self.made_by(Initiator::Fetch, request, lines)
    }

    /// A connection of an `EventSource`.
    pub(crate) fn event_source(self, url: &str, lines: &[&str]) -> Self {
        self.made_by(Initiator::EventSource, &format!("GET {url}"), lines)
    }

    /// A handshake of a `WebSocket`.
    pub(crate) fn web_socket(self, url: &str, lines: &[&str]) -> Self {
        self.made_by(Initiator::WebSocket, &format!("GET {url}"), lines)
    }

    /// The same by a form, whose response the test sees.
    pub(crate) fn submit(self, request: &str, lines: &[&str]) -> Self {
        self.made_by(Initiator::Form, request, lines)
    }

    /// The same by an element, whose response the test sees.
    pub(crate) fn load(self, request: &str, lines: &[&str]) -> Self {
        self.made_by(Initiator::Element, request, lines)
    }

    fn made_by(mut self, initiator: Initiator, request: &str, lines: &[&str]) -> Self {
        let (method, url) = request.split_once(' ').unwrap_or((request, API));
        let mut request = Request::new(());
        *request.method_mut() = method.parse().unwrap();
        *request.uri_mut() = url.parse().unwrap();
        *request.headers_mut() = headers(lines);
        self.fetches.push(Fetch {
            initiator,
            wait: std::mem::take(&mut self.wait),
            page: self.page.clone(),
            service: self.service.clone(),
            request,
            shown: &[],
            arrives: None,
            gets: String::new(),
        });
        self
    }

    /// What reaches the service: the methods, and URLs other than [`API`].
    pub(crate) fn arrives(self, lines: &[&str]) -> Self {
        self.arrives_with(&[], lines)
    }

    /// The same, with the shown headers that are present. `body` says whether there is one.
    pub(crate) fn arrives_with(mut self, shown: &'static [&'static str], lines: &[&str]) -> Self {
        let fetch = self.fetches.last_mut().unwrap();
        fetch.shown = shown;
        fetch.arrives = Some(lines.iter().map(|line| (*line).to_owned()).collect());
        self
    }

    /// What the script gets: a status and the headers that it can read, or a variant of [`Blocked`]
    /// and its cause.
    pub(crate) fn gets(mut self, outcome: &str) -> Self {
        self.fetches.last_mut().unwrap().gets = outcome.to_owned();
        self
    }
}

fn reply(status: u16, grants: bool, lines: &[&str]) -> Reply {
    let headers = headers(lines);
    Reply {
        status,
        grants,
        headers,
    }
}

/// Fails with all cases where the browser disagrees.
pub(crate) async fn agree(cases: Vec<Case>) {
    let mut failures = Vec::new();
    for case in &cases {
        case.run(&mut failures).await;
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

impl Case {
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    async fn run(&self, failures: &mut Vec<String>) {
        let browser = Browser::at(SHOP);
        assert!(!self.fetches.is_empty(), "{}", self.name);
        for (index, fetch) in self.fetches.iter().enumerate() {
            browser.wait(fetch.wait);
            let page = browser.open(fetch.page.origin);
            let page = fetch.page.with.iter().fold(page, |page, with| with(page));
            let mut service = fetch.service.clone();
            let request = fetch.request.clone();
            let called = &mut service;
            let body = || "text".to_owned();
            let result = match fetch.initiator {
                Initiator::EventSource => {
                    let body = page.event_source(called, request.map(no_body)).await;
                    body.map(Response::new)
                }
                Initiator::WebSocket => page.web_socket(called, request.map(no_body)).await,
                Initiator::Form => page.submit(called, request.map(|()| body())).await,
                Initiator::Element => {
                    let opaque = page.load(called, request.map(|()| body())).await;
                    opaque.map(|opaque| opaque.internal)
                }
                _ => page.fetch_with(called, request, body).await,
            };
            let gets = outcome(result);
            let arrives = service.asked.iter();
            let arrives: Vec<String> = arrives.map(|asked| shown(asked, fetch.shown)).collect();
            let wanted = fetch.arrives.as_ref().unwrap_or(&arrives);
            if (&gets, &arrives) != (&fetch.gets, wanted) {
                let (name, instead) = (&self.name, &fetch.gets);
                failures.push(format!(
                    "{name}, fetch {index}: {arrives:?} arrives and the script gets {gets:?}, \
                     instead of {wanted:?} and {instead:?}"
                ));
            }
        }
    }
}

fn shown(request: &Request<String>, names: &[&str]) -> String {
    let mut text = request.method().to_string();
    if request.uri() != API {
        text += &format!(" {}", request.uri());
    }
    for name in names {
        if *name == "body" && !request.body().is_empty() {
            text += " body";
        }
        for value in request.headers().get_all(long(name)) {
            text += &format!(" {name}: {}", value.to_str().unwrap());
        }
    }
    text
}

fn outcome(result: Result<Response<String>, Blocked>) -> String {
    let blocked = match result {
        Ok(response) => {
            let mut names: Vec<&str> = response
                .headers()
                .keys()
                .map(|name| name.as_str())
                .collect();
            names.sort_unstable();
            let status = response.status();
            return [&[status.as_str()], &names[..]].concat().join(" ");
        }
        Err(blocked) => blocked,
    };
    match blocked {
        Blocked::Origin { .. } => "Origin".to_owned(),
        Blocked::SeveralOrigins { .. } => "SeveralOrigins".to_owned(),
        Blocked::Wildcard { .. } => "Wildcard".to_owned(),
        Blocked::Credentials { .. } => "Credentials".to_owned(),
        Blocked::Stored { .. } => "Stored".to_owned(),
        Blocked::Status { access } => format!("Status {}", access.status.unwrap().as_u16()),
        Blocked::PreflightRedirect { location, .. } => format!("PreflightRedirect {location}"),
        Blocked::MalformedMethods { .. } => "MalformedMethods".to_owned(),
        Blocked::MalformedHeaders { .. } => "MalformedHeaders".to_owned(),
        Blocked::Method { method, .. } => format!("Method {method}"),
        Blocked::Header { names, .. } => format!("Header {}", names.join(" ")),
        Blocked::PrivateNetwork { .. } => "PrivateNetwork".to_owned(),
        Blocked::Location { location, .. } => format!("Location {location}"),
        Blocked::RedirectUser { location, .. } => format!("RedirectUser {location}"),
        Blocked::RedirectScheme { access } => format!("RedirectScheme {}", access.url),
        Blocked::Body { .. } => "Body".to_owned(),
        Blocked::Redirects { .. } => "Redirects".to_owned(),
        Blocked::Service { error, .. } => format!("Service {error}"),
        Blocked::ForbiddenMethod { method } => format!("ForbiddenMethod {method}"),
        Blocked::NoCorsMethod { method } => format!("NoCorsMethod {method}"),
        Blocked::Form { what } => format!("Form {what}"),
        Blocked::Url { .. } => "Url".to_owned(),
        Blocked::Page { .. } => "Page".to_owned(),
        Blocked::MixedContent { access } => format!("MixedContent {}", access.url),
        Blocked::RedirectError { location, .. } => with("RedirectError", location),
        Blocked::OpaqueRedirect { location, .. } => with("OpaqueRedirect", location),
        Blocked::CrossOrigin { access } => format!("CrossOrigin {}", access.url),
        Blocked::EventStream {
            access,
            content_type,
            ..
        } => with(&format!("EventStream {}", code(&access)), content_type),
        Blocked::Handshake { access } => format!("Handshake {}", code(&access)),
        other => format!("{other:?}"),
    }
}

fn no_body((): ()) -> String {
    String::new()
}

fn code(access: &Access) -> String {
    access
        .status
        .map_or(String::new(), |status| status.as_str().to_owned())
}

fn with(name: &str, value: Option<String>) -> String {
    match value {
        Some(value) => format!("{name} {value}"),
        None => name.to_owned(),
    }
}
