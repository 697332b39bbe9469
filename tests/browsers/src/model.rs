//! The same calls to the same service, made by `cors_runtime::testing::Browser`.

use axum::body::{self, Body};
use cors_runtime::testing::{Blocked, Browser, Engine, Initiator};
use http::{HeaderValue, Request, Response, header};
use serde_json::{Map, Value, json};

use crate::browser::Error;
use crate::case::{Call, Page};
use crate::site::Site;

/// The model in one case.
pub(crate) struct Model {
    browser: Browser,
}

impl Model {
    pub(crate) fn new(engine: Engine) -> Self {
        Self {
            browser: Browser::at("null").with_engine(engine),
        }
    }

    /// The script's result, in the form that the script in a real browser reports. The error is the model's.
    pub(crate) async fn make(&self, site: &Site, url: &str, call: &Call) -> Result<Value, Error> {
        let options: Value = serde_json::from_str(call.options)?;
        let page = self.page(site, call.from, &options);
        let connected = match call.initiator {
            Initiator::EventSource => Some(events(&page, site, url, &options).await?),
            Initiator::WebSocket => Some(handshake(&page, site, url, &options).await?),
            _ => None,
        };
        if let Some(connected) = connected {
            return said(connected).await;
        }
        let request = request(url, &options)?;
        let body = options["body"].as_str().unwrap_or_default();
        let body = || Body::from(body.to_owned());
        let mut service = site.service.clone();
        if options["form"].is_string() {
            let form = request.map(|()| body());
            let shown = page.submit(&mut service, form).await;
            // Nobody sees the headers.
            return said(shown.map(|mut response| {
                response.headers_mut().clear();
                response
            }))
            .await;
        }
        if options["mode"] == "no-cors" {
            let load = request.map(|()| body());
            let loaded = page.load(&mut service, load).await;
            return Ok(match loaded {
                Ok(_) => json!({ "status": 0, "body": "", "headers": {} }),
                Err(blocked) => json!({ "error": blocked.to_string() }),
            });
        }
        said(page.fetch_with(&mut service, request, body).await).await
    }

    fn page(&self, site: &Site, from: Page, options: &Value) -> Browser {
        let mut page = self.browser.open(&site.origin(from));
        if options["credentials"] == "include" || options["withCredentials"] == true {
            page = page.with_credentials();
        }
        if options["credentials"] == "omit" {
            page = page.without_credentials();
        }
        if options["redirect"] == "error" {
            page = page.with_redirect_error();
        }
        if options["redirect"] == "manual" {
            page = page.with_redirect_manual();
        }
        if options["cache"] == "no-store" {
            page = page.with_no_store();
        }
        if options["listens"] == true {
            page = page.with_upload_listener();
        }
        if options["mode"] == "same-origin" {
            page = page.with_same_origin_mode();
        }
        page
    }
}

/// The stream of events as a response with the part that scripts read.
async fn events(
    page: &Browser,
    site: &Site,
    url: &str,
    options: &Value,
) -> Result<Result<Response<Body>, Blocked>, Error> {
    let mut service = site.service.clone();
    let request = || Request::get(url);
    let mut made = page
        .event_source(&mut service, request().body(Body::empty())?)
        .await;
    if options["again"] == true {
        let request = request().header("last-event-id", "7").body(Body::empty())?;
        made = page.event_source(&mut service, request).await;
    }
    let body = match made {
        Ok(body) => body::to_bytes(body, usize::MAX).await?,
        Err(blocked) => return Ok(Err(blocked)),
    };
    // The lines before the data are for the browser.
    let text = String::from_utf8_lossy(&body);
    let data = text.find("data:").map(|start| text[start..].to_owned());
    Ok(Ok(Response::new(Body::from(data.unwrap_or_default()))))
}

/// The handshake as a response without the headers, which scripts do not read.
async fn handshake(
    page: &Browser,
    site: &Site,
    url: &str,
    options: &Value,
) -> Result<Result<Response<Body>, Blocked>, Error> {
    let mut service = site.service.clone();
    // There is no connection, so the upgrade never completes.
    let upgrade = hyper::upgrade::on(Request::new(()));
    let mut request = Request::get(url).extension(upgrade);
    if let Some(protocols) = options["protocols"].as_str() {
        request = request.header(header::SEC_WEBSOCKET_PROTOCOL, protocols);
    }
    let made = page
        .web_socket(&mut service, request.body(Body::empty())?)
        .await;
    Ok(made.map(|mut response| {
        response.headers_mut().clear();
        response
    }))
}

/// The request for a URL with the options of `fetch`, or by a form.
fn request(url: &str, options: &Value) -> Result<Request<()>, Error> {
    let method = options.get("form").unwrap_or(&options["method"]);
    let mut request = Request::builder()
        .method(method.as_str().unwrap_or("GET"))
        .uri(url);
    let headers = options["headers"].as_object().into_iter().flatten();
    for (name, value) in headers {
        request = request.header(name, value.as_str().ok_or("no text")?);
    }
    let mut request = request.body(())?;
    if options["body"].is_string() {
        let text = HeaderValue::from_static("text/plain;charset=UTF-8");
        let content_type = request.headers_mut().entry(header::CONTENT_TYPE);
        content_type.or_insert(text);
    }
    Ok(request)
}

async fn said(fetched: Result<Response<Body>, Blocked>) -> Result<Value, Error> {
    let response = match fetched {
        Ok(response) => response,
        Err(Blocked::OpaqueRedirect { .. }) => {
            return Ok(json!({ "status": 0, "body": "", "headers": {} }));
        }
        Err(blocked) => return Ok(json!({ "error": blocked.to_string() })),
    };
    let (parts, body) = response.into_parts();
    let mut headers = Map::new();
    for name in parts.headers.keys() {
        let lines = parts.headers.get_all(name).iter();
        let lines: Vec<&str> = lines.map(HeaderValue::to_str).collect::<Result<_, _>>()?;
        headers.insert(name.to_string(), json!(lines.join(", ")));
    }
    let body = body::to_bytes(body, usize::MAX).await?;
    let body = String::from_utf8(body.to_vec())?;
    Ok(json!({ "status": parts.status.as_u16(), "body": body, "headers": headers }))
}
