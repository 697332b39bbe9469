//! The service of the random cases and the pages that call it. It responds as the case says, and records what
//! arrives. `testing::Browser` and the real browser have one each, with the same hosts and port.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::{Body, to_bytes};
use http::header::{
    ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, CACHE_CONTROL, CONTENT_TYPE,
    DATE, HOST, ORIGIN,
};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode};
use tokio::net::TcpListener;

use super::case::{Call, Case, HOSTS, Reply, bytes, text};

/// A request that arrived at a URL of a case.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Arrival {
    pub(super) method: String,
    /// The index of the URL in the case.
    pub(super) at: usize,
    pub(super) query: Option<String>,
    /// Those in which browsers must agree: see [`recorded`].
    pub(super) headers: BTreeMap<String, String>,
    pub(super) body: String,
}

impl Arrival {
    pub(super) fn is_preflight(&self) -> bool {
        self.method == "OPTIONS" && self.get("access-control-request-method").is_some()
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    /// The names that a preflight requests.
    pub(super) fn requested(&self) -> Vec<&str> {
        let names = self.get("access-control-request-headers");
        names.map_or(Vec::new(), |names| names.split(',').collect())
    }
}

#[derive(Clone)]
pub(super) struct Stage {
    pub(super) port: u16,
    date: HeaderValue,
    plays: Arc<Mutex<HashMap<usize, Play>>>,
}

/// A case that is being played.
struct Play {
    case: Case,
    /// The index of the current call.
    call: usize,
    /// What arrived in each call.
    arrivals: Vec<Vec<Arrival>>,
}

impl Stage {
    /// Serves a stage on a free port, and returns another that is not served.
    pub(super) async fn start(date: HeaderValue) -> io::Result<(Self, Self)> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let stage = || Self {
            port,
            date: date.clone(),
            plays: Arc::default(),
        };
        let (served, unserved) = (stage(), stage());
        let stage = served.clone();
        let service = Router::new().fallback(async move |request: Request<Body>| {
            let (parts, body) = request.into_parts();
            let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
            stage.respond(&Request::from_parts(parts, body.to_vec()))
        });
        tokio::spawn(async { axum::serve(listener, service).await });
        Ok((served, unserved))
    }

    /// Begins to play a case under a number that no other play has.
    pub(super) fn begin(&self, play: usize, case: &Case) {
        let play_of = Play {
            case: case.clone(),
            call: 0,
            arrivals: vec![Vec::new(); case.calls.len()],
        };
        self.lock().insert(play, play_of);
    }

    /// What arrived in each call of a play, which is over.
    pub(super) fn end(&self, play: usize) -> Vec<Vec<Arrival>> {
        let play = self.lock().remove(&play);
        play.map(|play| play.arrivals).unwrap_or_default()
    }

    /// The URL in a case.
    pub(super) fn url(&self, play: usize, index: usize) -> String {
        url(self.port, play, index)
    }

    /// What follows are the requests of a call.
    pub(super) fn at(&self, play: usize, call: usize) {
        if let Some(play) = self.lock().get_mut(&play) {
            play.call = call;
        }
    }

    pub(super) fn respond(&self, request: &Request<Vec<u8>>) -> Response<String> {
        let path: Vec<&str> = request.uri().path().split('/').skip(1).collect();
        let number = |text: &str| text.parse::<usize>().ok();
        match path[..] {
            ["page"] => page(),
            ["at", play, call] => {
                if let (Some(play), Some(call)) = (number(play), number(call)) {
                    self.at(play, call);
                }
                let mut response = Response::new(String::new());
                let no_store = HeaderValue::from_static("no-store");
                response.headers_mut().insert(CACHE_CONTROL, no_store);
                response
            }
            [play, index] => {
                let reply = number(play).zip(number(index));
                let reply = reply.and_then(|(play, index)| self.play(request, play, index));
                reply.unwrap_or_else(|| self.missing())
            }
            _ => self.missing(),
        }
    }

    fn play(
        &self,
        request: &Request<Vec<u8>>,
        number: usize,
        index: usize,
    ) -> Option<Response<String>> {
        let mut plays = self.lock();
        let play = plays.get_mut(&number)?;
        let call = play.case.calls.get(play.call)?;
        let resource = play.case.service.get(index)?;
        let arrival = arrival(request, call, index);
        let own = call.preflight.as_ref().filter(|_| call.to == index);
        let reply = if arrival.is_preflight() {
            own.unwrap_or(&resource.preflight)
        } else {
            &resource.actual
        };
        let response = self.written(reply, request, number);
        play.arrivals.get_mut(play.call)?.push(arrival);
        Some(response)
    }

    fn written(&self, reply: &Reply, request: &Request<Vec<u8>>, play: usize) -> Response<String> {
        let is_empty = *request.method() == Method::HEAD || matches!(reply.status, 204 | 205 | 304);
        let body = if is_empty { "" } else { "three articles" };
        let mut response = Response::new(body.to_owned());
        *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or_default();
        // Otherwise only a server would add it.
        response.headers_mut().insert(DATE, self.date.clone());
        for (name, value) in &reply.headers {
            let value = self.expanded(value, request.headers(), play);
            let value = HeaderValue::from_bytes(&bytes(&value));
            if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value) {
                response.headers_mut().append(name, value);
            }
        }
        response
    }

    fn missing(&self) -> Response<String> {
        let mut response = Response::new(String::new());
        *response.status_mut() = StatusCode::NOT_FOUND;
        response.headers_mut().insert(DATE, self.date.clone());
        response
    }

    fn expanded(&self, value: &str, request: &HeaderMap, play: usize) -> String {
        let said = |name| {
            let value = request.get(name).map(HeaderValue::as_bytes);
            text(value.unwrap_or_default())
        };
        let mut value = value
            .replace("{origin}", &said(ORIGIN))
            .replace("{ORIGIN}", &said(ORIGIN).to_uppercase())
            .replace("{method}", &said(ACCESS_CONTROL_REQUEST_METHOD))
            .replace("{names}", &said(ACCESS_CONTROL_REQUEST_HEADERS))
            .replace("{port}", &self.port.to_string());
        for index in 0..HOSTS.len() {
            value = value.replace(&format!("{{{index}}}"), &self.url(play, index));
        }
        value
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<usize, Play>> {
        self.plays.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn url(port: u16, play: usize, index: usize) -> String {
    let host = HOSTS.get(index).copied().unwrap_or_default();
    format!("http://{host}.site.test:{port}/{play}/{index}")
}

fn arrival(request: &Request<Vec<u8>>, call: &Call, at: usize) -> Arrival {
    let headers = request.headers();
    let lines = |name: &HeaderName| {
        let lines = headers.get_all(name).iter();
        let lines: Vec<String> = lines.map(|line| text(line.as_bytes())).collect();
        lines.join(", ")
    };
    let names = headers.keys().filter(|name| *name != HOST);
    let is_preflight = headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD);
    let call = Some(call).filter(|_| !is_preflight);
    let recorded = names.filter_map(|name| {
        let value = lines(name);
        recorded(call, name.as_str(), &value).then(|| (name.to_string(), value))
    });
    Arrival {
        method: request.method().to_string(),
        at,
        query: request.uri().query().map(str::to_owned),
        headers: recorded.collect(),
        body: text(request.body()),
    }
}

/// Whether a request header depends on the call, of which a preflight carries nothing. Browsers send many
/// others.
fn recorded(call: Option<&Call>, name: &str, value: &str) -> bool {
    const ALWAYS: [&str; 7] = [
        "accept",
        "access-control-request-headers",
        "access-control-request-method",
        "authorization",
        "content-type",
        "origin",
        "range",
    ];
    // What only browsers may set, has another value if a script sets it.
    let is_set = call.is_some_and(|call| {
        let is_forbidden = call.values(name).any(|value| value.contains(FORGED));
        call.sets(name) && !is_forbidden
    });
    ALWAYS.contains(&name) || value.contains(FORGED) || is_set
}

/// Part of the value of each forbidden request header.
pub(super) const FORGED: &str = "forged";

fn page() -> Response<String> {
    let mut response = Response::new(PAGE.to_owned());
    let html = HeaderValue::from_static("text/html");
    response.headers_mut().insert(CONTENT_TYPE, html);
    response
}

/// Makes the calls that another page sends to it.
const PAGE: &str = r#"<!doctype html><link rel="icon" href="data:,"><title>A page</title><script>
    async function ask(url, options) {
        try {
            const response = await fetch(url, options);
            const headers = [...response.headers];
            return { status: response.status, body: await response.text(), headers };
        } catch (error) {
            return { error: String(error) };
        }
    }
    addEventListener("message", async ({ data: [url, options], ports: [port] }) =>
        port.postMessage(await ask(url, options)));
</script>"#;
