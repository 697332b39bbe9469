//! Plays cases: many in one page of a real browser, and each by `testing::Browser`.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt;
use std::time::{Duration, Instant};

use cors_runtime::testing::{Blocked, Browser, Engine};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, header};
use serde_json::{Value, json};
use tower::service_fn;

use super::case::{Call, Case, Credentials, Page, bytes, text};
use super::difference;
use super::stage::{Arrival, Stage};
use crate::browser::{Error, Session};

/// What became of a call.
#[derive(Clone, Debug)]
pub(super) struct Made {
    pub(super) arrivals: Vec<Arrival>,
    pub(super) outcome: Outcome,
}

impl fmt::Display for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.outcome {
            Outcome::Reads {
                status, headers, ..
            } => write!(f, "reads {status} {headers:?}")?,
            Outcome::Blocked { text, .. } => write!(f, "blocks: {text}")?,
        }
        for arrival in &self.arrivals {
            let (method, headers) = (&arrival.method, &arrival.headers);
            write!(f, "\n        {method} {{{}}} {headers:?}", arrival.at)?;
        }
        Ok(())
    }
}

#[derive(Clone, Debug)]
pub(super) enum Outcome {
    Reads {
        status: u16,
        headers: BTreeMap<String, String>,
        body: String,
    },
    Blocked {
        /// What the console says of a call that CORS blocked; otherwise the script's error.
        text: String,
        /// Only `testing::Browser` says why.
        why: Option<Blocked>,
    },
}

impl Outcome {
    pub(super) fn is_blocked(&self) -> bool {
        matches!(self, Self::Blocked { .. })
    }

    pub(super) fn why(&self) -> Option<&Blocked> {
        match self {
            Self::Blocked { why, .. } => why.as_ref(),
            Self::Reads { .. } => None,
        }
    }
}

/// A case as a real browser played it.
pub(super) struct Played {
    pub(super) calls: Vec<Made>,
    /// The console's lines about CORS, in order.
    pub(super) console: Vec<String>,
    /// More time has passed than the shortest lifetime of a preflight.
    pub(super) is_late: bool,
}

/// A preflight without `Access-Control-Max-Age` is kept for five seconds.
const SHORTEST_LIFETIME: f64 = 4_000.0;

/// Opens the pages, as frames of one page.
pub(super) async fn open(session: &Session, stage: &Stage) -> Result<(), Error> {
    let url = |page: Page| page.origin(stage.port) + "/page";
    let start = url(Page::App);
    session.client.goto(&start).await?;
    session.console().await?;
    let pages = json!({
        "App": [start, false],
        "Other": [url(Page::Other), false],
        "Api": [url(Page::Api), false],
        "Sandboxed": [start, true],
    });
    session.client.execute_async(OPEN, vec![pages]).await?;
    Ok(())
}

/// Plays cases in a real browser, one after another. Each has its number.
pub(super) async fn in_browser(
    session: &Session,
    stage: &Stage,
    plays: &[(usize, &Case)],
    models: &[Vec<Made>],
) -> Result<Vec<Played>, Error> {
    let mut script = Vec::new();
    for (play, case) in plays {
        stage.begin(*play, case);
        let calls = case.calls.iter();
        let calls: Vec<Value> = calls.map(|call| fetched(stage, *play, call)).collect();
        script.push(json!([play, calls]));
    }
    let arguments = vec![Value::Array(script)];
    let results = session.client.execute_async(PLAY, arguments).await?;
    let results = results.as_array().ok_or_else(|| results.to_string())?;

    let mut played = Vec::new();
    for ((play, _), result) in plays.iter().zip(results) {
        let said = result["said"].as_array().into_iter().flatten();
        let calls = stage.end(*play).into_iter().zip(said.map(outcome));
        let calls = calls.map(|(arrivals, outcome)| Made { arrivals, outcome });
        played.push(Played {
            calls: calls.collect(),
            console: Vec::new(),
            is_late: result["took"].as_f64().unwrap_or(f64::MAX) > SHORTEST_LIFETIME,
        });
    }
    let wanted = played.iter().zip(models);
    let wanted = wanted.map(|(played, model)| difference::lines(&played.calls, model));
    let mut lines = console(session, stage, wanted.sum()).await?;
    for ((play, _), played) in plays.iter().zip(&mut played) {
        played.console = lines.remove(play).unwrap_or_default();
    }
    Ok(played)
}

/// A call as the script in the page gets it.
fn fetched(stage: &Stage, play: usize, call: &Call) -> Value {
    let mut options = json!({
        "method": call.method,
        "headers": call.headers,
        "credentials": call.credentials,
    });
    if let Some(body) = &call.body {
        options["body"] = json!(body);
    }
    json!([call.page, stage.url(play, call.to), options])
}

fn outcome(said: &Value) -> Outcome {
    let string = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let Some(status) = said["status"].as_u64() else {
        let (text, why) = (string(&said["error"]), None);
        return Outcome::Blocked { text, why };
    };
    let headers = said["headers"].as_array().into_iter().flatten();
    let headers = headers.map(|header| (string(&header[0]), string(&header[1])));
    Outcome::Reads {
        status: u16::try_from(status).unwrap_or_default(),
        // Only a server adds it.
        headers: headers
            .filter(|(name, _)| name != "content-length")
            .collect(),
        body: string(&said["body"]),
    }
}

/// The console's lines about CORS for each play. They may arrive after the script's errors, so it waits for as
/// many as there should be.
async fn console(
    session: &Session,
    stage: &Stage,
    wanted: usize,
) -> Result<BTreeMap<usize, Vec<String>>, Error> {
    let start = Instant::now();
    let mut lines: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    let mut found = 0;
    loop {
        for line in session.console().await? {
            if let Some(play) = play_of(&line, stage.port).filter(|_| is_of_cors(&line)) {
                lines.entry(play).or_default().push(line);
                found += 1;
            }
        }
        if found >= wanted || start.elapsed() > Duration::from_secs(1) {
            return Ok(lines);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

pub(super) fn is_of_cors(line: &str) -> bool {
    line.contains("has been blocked by CORS policy")
}

/// The number of the play whose URL is in a line.
fn play_of(line: &str, port: u16) -> Option<usize> {
    let host = format!(".site.test:{port}/");
    let mut rest = line.split(host.as_str()).skip(1);
    rest.find_map(|rest| rest.split_once('/')?.0.parse().ok())
}

const OPEN: &str = r#"
    const [pages, done] = arguments;
    window.pages = {};
    async function open(page, url, sandboxed) {
        const frame = document.createElement("iframe");
        if (sandboxed) {
            frame.sandbox = "allow-scripts";
        }
        frame.src = url;
        await new Promise((loaded) => {
            frame.onload = loaded;
            document.body.append(frame);
        });
        window.pages[page] = frame.contentWindow;
    }
    const opened = Object.entries(pages).map(([page, [url, sandboxed]]) => open(page, url, sandboxed));
    Promise.all(opened).then(() => done(null));
"#;

/// Makes the calls of the plays in turn, each in the frame of its page.
const PLAY: &str = r#"
    const [plays, done] = arguments;
    const ask = (page, url, options) => new Promise((answered) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = ({ data }) => answered(data);
        window.pages[page].postMessage([url, options], "*", [port2]);
    });
    async function run() {
        const results = [];
        for (const [play, calls] of plays) {
            const start = performance.now();
            const said = [];
            for (const [index, [page, url, options]] of calls.entries()) {
                await fetch(`/at/${play}/${index}`);
                said.push(await ask(page, url, options));
            }
            results.push({ said, took: performance.now() - start });
        }
        return results;
    }
    run().then(done, (error) => done(String(error)));
"#;

/// Plays a case by `testing::Browser`.
pub(super) async fn by_model(stage: &Stage, play: usize, case: &Case) -> Result<Vec<Made>, Error> {
    stage.begin(play, case);
    let browser = Browser::at("null").with_engine(Engine::Chromium);
    let mut outcomes = Vec::new();
    for (index, call) in case.calls.iter().enumerate() {
        stage.at(play, index);
        let mut page = browser.open(&call.page.origin(stage.port));
        page = match call.credentials {
            Credentials::Include => page.with_credentials(),
            Credentials::Omit => page.without_credentials(),
            Credentials::SameOrigin => page,
        };
        let service = |request: Request<Vec<u8>>| {
            let response = stage.respond(&request);
            async { Ok::<_, Infallible>(response) }
        };
        let body = || bytes(call.body.as_deref().unwrap_or_default());
        let request = request(&stage.url(play, call.to), call)?;
        let fetched = page
            .fetch_with(&mut service_fn(service), request, body)
            .await;
        outcomes.push(read(fetched));
    }
    let arrivals = stage.end(play).into_iter().zip(outcomes);
    Ok(arrivals
        .map(|(arrivals, outcome)| Made { arrivals, outcome })
        .collect())
}

fn request(url: &str, call: &Call) -> Result<Request<()>, Error> {
    let mut request = Request::builder()
        .method(Method::from_bytes(call.method.as_bytes())?)
        .uri(url);
    for (name, value) in &call.headers {
        let value = HeaderValue::from_bytes(&bytes(value))?;
        request = request.header(name.as_str(), value);
    }
    let mut request = request.body(())?;
    if call.body.is_some() {
        let text = HeaderValue::from_static("text/plain;charset=UTF-8");
        let content_type = request.headers_mut().entry(header::CONTENT_TYPE);
        content_type.or_insert(text);
    }
    Ok(request)
}

fn read(fetched: Result<Response<String>, Blocked>) -> Outcome {
    let response = match fetched {
        Ok(response) => response,
        Err(blocked) => {
            let (text, why) = (blocked.to_string(), Some(blocked));
            return Outcome::Blocked { text, why };
        }
    };
    let headers = response.headers();
    let names = headers.keys();
    Outcome::Reads {
        status: response.status().as_u16(),
        headers: names
            .map(|name| (name.to_string(), joined(headers, name)))
            .collect(),
        body: response.into_body(),
    }
}

fn joined(headers: &HeaderMap, name: &HeaderName) -> String {
    let lines = headers.get_all(name).iter();
    // A connection leaves out the spaces around values.
    let lines = lines.map(|line| text(line.as_bytes()).trim_matches([' ', '\t']).to_owned());
    lines.collect::<Vec<_>>().join(", ")
}
