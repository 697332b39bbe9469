//! `cors-runtime` in real browsers: Chromium and Firefox call APIs behind its layer, over loopback.
//!
//! The tests of a browser that cannot be started are listed as not run, which is a failure where the
//! environment has `CI=true`. Arguments choose tests by a part of their names.

mod browser;
mod case;
mod cases;
mod playground;
mod site;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use browser::{Browser, Error, Session};
use case::{Call, Case, Outcome, Page};
use serde_json::{Value, json};
use site::Site;

#[tokio::main]
async fn main() -> Result<ExitCode, Error> {
    let chosen: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with('-'))
        .collect();
    let site = Site::start().await?;
    let mut counts = Counts::default();
    for browser in Browser::ALL {
        let name = |test: &Test| format!("{}::{}", browser.name(), test.name());
        let calls = cases::all().into_iter().map(Test::Calls);
        let mut tests: Vec<Test> = calls.chain([Test::Playground]).collect();
        tests.retain(|test| {
            chosen.is_empty() || chosen.iter().any(|part| name(test).contains(part.as_str()))
        });
        if tests.is_empty() {
            continue;
        }
        match Session::start(browser).await {
            Ok(session) => {
                println!("\n{} {}", browser.name(), session.version());
                for test in &tests {
                    let result = match test {
                        Test::Calls(case) => run(&site, &session, case).await,
                        Test::Playground => playground::run(&session.client).await,
                    };
                    counts.add(&name(test), result);
                }
                session.end().await?;
            }
            Err(error) => {
                println!("\n{} cannot be run: {error}", browser.name());
                for test in &tests {
                    println!("test {} ... NOT RUN", name(test));
                }
                counts.not_run += tests.len();
            }
        }
    }
    println!(
        "\n{} passed, {} failed, {} not run",
        counts.passed, counts.failed, counts.not_run
    );
    let must_run = std::env::var("CI").is_ok_and(|value| value == "true");
    Ok(
        match counts.failed > 0 || (must_run && counts.not_run > 0) {
            true => ExitCode::FAILURE,
            false => ExitCode::SUCCESS,
        },
    )
}

enum Test {
    Calls(Case),
    Playground,
}

impl Test {
    fn name(&self) -> &'static str {
        match self {
            Self::Calls(case) => case.name,
            Self::Playground => playground::NAME,
        }
    }
}

#[derive(Default)]
struct Counts {
    passed: usize,
    failed: usize,
    not_run: usize,
}

impl Counts {
    fn add(&mut self, name: &str, result: Result<(), Error>) {
        match result {
            Ok(()) => {
                println!("test {name} ... ok");
                self.passed += 1;
            }
            Err(error) => {
                println!("test {name} ... FAILED\n    {error}");
                self.failed += 1;
            }
        }
    }
}

async fn run(site: &Site, session: &Session, case: &Case) -> Result<(), Error> {
    for (number, call) in case.calls.iter().enumerate() {
        make(site, session, case.name, call)
            .await
            .map_err(|error| format!("call {} of {}: {error}", number + 1, call.to))?;
    }
    Ok(())
}

/// Makes the call, and compares what arrives, what the script has and what the console says.
async fn make(site: &Site, session: &Session, name: &str, call: &Call) -> Result<(), Error> {
    let port = site.port;
    let page = match call.from {
        Page::Allowed | Page::Sandboxed => "app",
        Page::Other => "other",
        Page::Denied => "evil",
    };
    session
        .client
        .goto(&format!("http://{page}.site.test:{port}/"))
        .await?;
    session.console().await?;
    site.arrived();

    let (host, path) = call.to.split_once('/').ok_or("no path")?;
    let url = format!("http://{host}.site.test:{port}/{path}?{name}");
    let options: Value = serde_json::from_str(call.options)?;
    let sandboxed = matches!(call.from, Page::Sandboxed);
    let arguments = vec![json!(url), options, json!(sandboxed)];
    let got = session.client.execute_async(FETCH, arguments).await?;

    let arrived: Vec<String> = site
        .arrived()
        .iter()
        .map(|line| line.replace(&format!(":{port}"), ""))
        .collect();
    if arrived != call.arrives {
        return Err(format!("arrived: {arrived:?}\n    expected: {:?}", call.arrives).into());
    }
    match &call.outcome {
        Outcome::Reads {
            status,
            body,
            headers,
        } => {
            if got["status"] != *status || got["body"] != *body {
                return Err(format!("expected {status} `{body}`, got {got}").into());
            }
            for (name, value) in *headers {
                if got["headers"][name].as_str() != *value {
                    return Err(format!("expected {name}: {value:?}, got {got}").into());
                }
            }
            Ok(())
        }
        Outcome::Blocked(reason) => {
            if !got["error"].is_string() {
                return Err(format!("expected an error, got {got}").into());
            }
            let why = session.browser.says(*reason);
            console_has(session, name, &why).await
        }
    }
}

/// Waits for a line of the console on this case's URL, which may come after the script has its
/// error.
async fn console_has(session: &Session, name: &str, why: &str) -> Result<(), Error> {
    let start = Instant::now();
    let mut lines = Vec::new();
    while start.elapsed() < Duration::from_secs(10) {
        lines.extend(session.console().await?);
        if lines
            .iter()
            .any(|line| line.contains(name) && line.contains(why))
        {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Err(format!("expected in the console: {why}\n    it has: {lines:#?}").into())
}

/// Calls `fetch` in the page, or in a sandboxed frame of it.
const FETCH: &str = r#"
    const [url, options, sandboxed, done] = arguments;
    async function ask(url, options) {
        try {
            const response = await fetch(url, options);
            const headers = Object.fromEntries(response.headers);
            return { status: response.status, body: await response.text(), headers };
        } catch (error) {
            return { error: String(error) };
        }
    }
    if (sandboxed) {
        addEventListener("message", ({ data }) => done(data), { once: true });
        const frame = document.createElement("iframe");
        frame.sandbox = "allow-scripts";
        const call = `${JSON.stringify(url)}, ${JSON.stringify(options)}`;
        frame.srcdoc = `<script>${ask}; ask(${call}).then((it) => parent.postMessage(it, "*"));<\/script>`;
        document.body.append(frame);
    } else {
        ask(url, options).then(done);
    }
"#;
