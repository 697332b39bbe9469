//! The same calls to the same service, made by `cors_runtime::testing::Browser`.

use axum::body::{self, Body};
use cors_runtime::testing::{Blocked, Browser, Engine};
use http::{HeaderValue, Request, Response, header};
use serde_json::{Map, Value, json};

use crate::browser::Error;
use crate::case::{Call, Page};
use crate::site::Site;

/// The model in one case.
pub(crate) struct Model {
    browser: Browser,
    cookie: Option<HeaderValue>,
}

impl Model {
    pub(crate) fn new(engine: Engine) -> Self {
        Self {
            browser: Browser::at("null").with_engine(engine),
            cookie: None,
        }
    }

    /// The script's result, in the form that the script in a real browser reports. The error is the model's.
    pub(crate) async fn make(
        &mut self,
        site: &Site,
        name: &str,
        url: &str,
        call: &Call,
    ) -> Result<Value, Error> {
        let options: Value = serde_json::from_str(call.options)?;
        let mut page = self.page(site, call.from, options["credentials"] == "include");
        if options["listens"] == true {
            page = page.with_upload_listener();
        }
        let body = options["body"].as_str().unwrap_or_default();
        let mut service = site.service.clone();
        let fetched = page
            .fetch_with(&mut service, request(url, &options)?, || {
                Body::from(body.to_owned())
            })
            .await;
        if call.sets_cookie {
            self.cookie = Some(format!("{name}=1").parse()?);
        }
        said(fetched).await
    }

    fn page(&self, site: &Site, from: Page, credentials: bool) -> Browser {
        let mut page = self.browser.open(&site.origin(from));
        if credentials {
            page = page.with_credentials();
        }
        match &self.cookie {
            Some(cookie) => page.with_cookie(cookie.clone()),
            None => page,
        }
    }
}

/// The request for a URL with the options of `fetch`.
fn request(url: &str, options: &Value) -> Result<Request<()>, Error> {
    let mut request = Request::builder()
        .method(options["method"].as_str().unwrap_or("GET"))
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
