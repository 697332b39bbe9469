//! `cors-runtime` in real browsers: Chromium and Firefox call APIs behind its layer, over loopback.
//!
//! `testing::Browser` makes the same calls to the same service. It must send the same requests, give the
//! script the same result, and repeat the text of Chromium's console word for word.
//!
//! The tests of a browser that cannot be started are listed as not run. With `CI=true` in the environment
//! that is a failure. Arguments select tests by a part of their names.

mod broken;
mod browser;
mod case;
mod cases;
mod connections;
mod cookies;
mod engines;
mod fault;
mod firefox;
mod freshness;
mod kept;
mod model;
mod options;
mod playground;
mod random;
mod redirects;
mod script;
mod site;

use std::fmt::Debug;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use browser::{Browser, Error, Session};
use case::{Call, Case, Outcome, Page};
use model::Model;
use serde_json::{Value, json};
use site::{Arrival, Site};

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
        let mut calls = cases::all();
        calls.retain(|case| case.only.is_none_or(|only| only == browser));
        let calls = calls.into_iter().map(Test::Calls);
        let mut tests: Vec<Test> = calls.chain([Test::Playground, Test::Random]).collect();
        tests.retain(|test| {
            // Its rules are Chromium's.
            if matches!(test, Test::Random) && browser != Browser::Chromium {
                return false;
            }
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
                        Test::Random => random::run(&session).await,
                    };
                    counts.add(&name(test), result);
                    for (number, why) in test.left_out(browser) {
                        println!("    call {number} not by the model: {why}");
                    }
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
    Ok(if counts.failed > 0 || (must_run && counts.not_run > 0) {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

enum Test {
    Calls(Case),
    Playground,
    Random,
}

impl Test {
    fn name(&self) -> &'static str {
        match self {
            Self::Calls(case) => case.name,
            Self::Playground => playground::NAME,
            Self::Random => random::NAME,
        }
    }

    /// The numbers of the calls that the model skips, each with the reason.
    fn left_out(&self, browser: Browser) -> impl Iterator<Item = (usize, &'static str)> {
        let calls: &[Call] = match self {
            Self::Calls(case) => &case.calls,
            Self::Playground | Self::Random => &[],
        };
        (1..)
            .zip(calls)
            .filter(move |(_, call)| call.is_left_out(browser))
            .filter_map(|(number, call)| Some((number, call.left_out?)))
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
    let model = Model::new(session.browser.engine());
    for (number, call) in case.calls.iter().enumerate() {
        make(site, session, &model, case.name, call)
            .await
            .map_err(|error| format!("call {} of {}: {error}", number + 1, call.to))?;
    }
    Ok(())
}

/// Makes the call in the browser and in the model, and compares the requests, the script's result and the
/// console's text.
async fn make(
    site: &Site,
    session: &Session,
    model: &Model,
    name: &str,
    call: &Call,
) -> Result<(), Error> {
    let page = match call.from {
        Page::Sandboxed => site.origin(Page::Allowed),
        from => site.origin(from),
    };
    session.client.goto(&page).await?;
    session.console().await?;
    site.arrived();

    let (host, path) = call.to.split_once('/').ok_or("no path")?;
    let domain = if host.contains('.') { "" } else { ".site.test" };
    let options: Value = serde_json::from_str(call.options)?;
    // In the query that a form makes, each field has a value.
    let end = if options["form"] == "GET" { "=" } else { "" };
    let url = format!("http://{host}{domain}:{}/{path}?{name}{end}", site.port);
    let listens = options["listens"] == true;
    let sandboxed = matches!(call.from, Page::Sandboxed);
    let initiator = format!("{:?}", call.initiator);
    let mut got = if options["form"].is_string() {
        script::submit(session, &url, &options["form"]).await?
    } else {
        let arguments = vec![
            json!(url),
            options.clone(),
            json!(sandboxed),
            json!(initiator),
        ];
        session
            .client
            .execute_async(script::CALL, arguments)
            .await?
    };
    let arrived = site.arrived();
    let lines = arrived.iter().map(|arrival| arrival.line.clone()).collect();
    expect(call.arrivals(session.browser), &lines, "arrived")?;
    check(&call.outcome, &got)?;

    if call.is_left_out(session.browser) {
        return match call.outcome {
            Outcome::Reads { .. } => Ok(()),
            Outcome::Blocked { .. } => Err("the model says what the console must say".into()),
        };
    }
    let said = model.make(site, &url, call).await?;
    let mut sent = site.arrived();
    if call.is_cached && sent.pop().is_none() {
        return Err("the model asks for nothing".into());
    }
    if options["form"].is_string() {
        let without_accept = |arrivals: Vec<Arrival>| -> Vec<Arrival> {
            arrivals.into_iter().map(Arrival::without_accept).collect()
        };
        let (arrived, sent) = (without_accept(arrived), without_accept(sent));
        expect(&arrived, &sent, "arrived from the model")?;
    } else {
        expect(&arrived, &sent, "arrived from the model")?;
    }
    let Outcome::Blocked { firefox, chromium } = &call.outcome else {
        // The server adds these if there is a connection.
        let headers = got["headers"].as_object_mut();
        headers.and_then(|headers| headers.remove("date"));
        return expect(&got, &said, "the model reads");
    };
    let modelled = said["error"]
        .as_str()
        .ok_or_else(|| format!("the model reads {said}"))?;
    let modelled = &if listens {
        modelled.replacen("Access to fetch", "Access to XMLHttpRequest", 1)
    } else {
        modelled.to_owned()
    };
    let wanted = |line: &str| match (session.browser, chromium) {
        (Browser::Firefox, _) => line.contains(firefox),
        (Browser::Chromium, Some(error)) => line.contains(error),
        // After the page and a dash, or after the type of an error.
        (Browser::Chromium, None) => line.trim_end().ends_with(&escaped(modelled)),
    };
    if got["error"].as_str().is_some_and(wanted) {
        return Ok(());
    }
    // Not every text has the URL, and with it the name.
    let is_named = |line: &str| line.contains(name) || !modelled.contains(name);
    console(session, |line| is_named(line) && wanted(line))
        .await
        .map_err(|error| format!("the model says: {modelled}\n    {error}").into())
}

/// Console text as the driver writes it.
fn escaped(text: &str) -> String {
    let escaped = text.chars().map(|char| {
        if char.is_ascii() {
            char.to_string()
        } else {
            format!("\\u{:04X}", u32::from(char))
        }
    });
    escaped.collect()
}

/// Whether the script's result is the expected one.
fn check(outcome: &Outcome, got: &Value) -> Result<(), Error> {
    match outcome {
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
        Outcome::Blocked { .. } => {
            if got["error"].is_string() {
                Ok(())
            } else {
                Err(format!("expected an error, got {got}").into())
            }
        }
    }
}

fn expect<T: Debug + PartialEq>(expected: &T, got: &T, what: &str) -> Result<(), Error> {
    if expected == got {
        Ok(())
    } else {
        Err(format!("{what}: {got:?}\n    expected: {expected:?}").into())
    }
}

/// Waits for a line of the console, which may arrive after the script's error.
async fn console(session: &Session, wanted: impl Fn(&str) -> bool) -> Result<(), Error> {
    let start = Instant::now();
    let mut lines = Vec::new();
    while start.elapsed() < Duration::from_secs(1) {
        lines.extend(session.console().await?);
        if lines.iter().any(|line| wanted(line)) {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Err(format!("the console has: {lines:#?}").into())
}
