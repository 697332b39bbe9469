//! The page of the example `serve`, from the allowed origin and from the other one.

use std::process::Stdio;

use fantoccini::{Client, Locator};
use serde_json::from_value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

use crate::browser::Error;

pub(crate) const NAME: &str = "playground";

const ALLOWED: [&str; 13] = [
    "Read | Let through: the script has the response: 200, “three articles” | No preflight, 1 request",
    "Count | Let through: the script has the response: 200, “counted” | No preflight, 1 request",
    "Miss | Let through: the script has the response: 404 | No preflight, 1 request",
    "Write text | Let through: the script has the response: 201, “created from 4 bytes” | No preflight, 1 request",
    "Write JSON | Let through: the script has the response: 201, “created from 2 bytes” | 1 preflight, 1 request",
    "Replace twice | Let through: the script has the response: 200, “replaced by 2 bytes” | 1 preflight, 2 requests",
    "Change | Blocked: the method PATCH is not in allow_methods | 1 preflight, 0 requests",
    "Send X-Request-Id | Let through: the script has the response: 200, “three articles” | 1 preflight, 1 request",
    "Send X-Debug | Blocked: the request header x-debug is not in allow_headers | 1 preflight, 0 requests",
    "Log in | Let through: the script has the response: 200, “a cookie is set” | No preflight, 1 request",
    "See the account | Let through: the script has the response: 200, “your account” | No preflight, 1 request",
    "See it without | Let through: the script has the response: 401, “no cookie came with this” | No preflight, 1 request",
    "Log out | Let through: the script has the response: 200, “the cookie is removed” | No preflight, 1 request",
];

/// Each call is blocked because of the origin. Those that need no preflight still reach the service.
const DENIED: [&str; 13] = [
    "Read | No preflight, 1 request",
    "Count | No preflight, 1 request",
    "Miss | No preflight, 1 request",
    "Write text | No preflight, 1 request",
    "Write JSON | 1 preflight, 0 requests",
    "Replace twice | 1 preflight, 0 requests",
    "Change | 1 preflight, 0 requests",
    "Send X-Request-Id | 1 preflight, 0 requests",
    "Send X-Debug | 1 preflight, 0 requests",
    "Log in | No preflight, 1 request",
    "See the account | No preflight, 1 request",
    "See it without | No preflight, 1 request",
    "Log out | No preflight, 1 request",
];

/// Headers of the preflight of "Send X-Debug", as the allowed page shows them.
const HEADERS: [&str; 2] = [
    "access-control-request-headers: x-debug",
    "access-control-allow-headers: Content-Type, X-Request-Id",
];

/// What the page shows for each call after all of them, and then the complete list.
const RESULTS: &str = r#"
    const text = (call, selector) => call.querySelector(selector).textContent;
    const calls = [...document.querySelectorAll(".call")].map((call) => [
        text(call, "h3"),
        text(call, ".verdict span"),
        text(call, "summary").replace(": headers", ""),
    ].join(" | "));
    return [calls, text(document, "main")];
"#;

pub(crate) async fn run(client: &Client) -> Result<(), Error> {
    let (mut server, _output) = start().await?;
    let results = async |page: &str| -> Result<(Vec<String>, String), Error> {
        client.goto(page).await?;
        client.find(Locator::Id("all")).await?.click().await?;
        let last = Locator::Css("li:last-child summary");
        client.wait().for_element(last).await?;
        Ok(from_value(client.execute(RESULTS, vec![]).await?)?)
    };
    let allowed = results("http://localhost:3000").await;
    let denied = results("http://localhost:3001").await;
    server.kill().await?;
    let (calls, list) = allowed?;
    same(&calls, &ALLOWED)?;
    for header in HEADERS {
        if !list.contains(header) {
            return Err(format!("expected `{header}` in: {list}").into());
        }
    }
    let (calls, _) = denied?;
    let blocked = "| Blocked: the origin http://localhost:3001 is not allowed |";
    same(&calls, &DENIED.map(|line| line.replace('|', blocked)))
}

fn same<T: AsRef<str>>(got: &[String], expected: &[T]) -> Result<(), Error> {
    let expected: Vec<&str> = expected.iter().map(AsRef::as_ref).collect();
    if got == expected {
        Ok(())
    } else {
        Err(format!("expected {expected:#?}, got {got:#?}").into())
    }
}

/// The output of the example, which would stop if nobody read it.
type Output = Lines<BufReader<ChildStdout>>;

/// Starts the example on the ports of its policy. On Unix, the process of `cargo run` becomes it.
async fn start() -> Result<(Child, Output), Error> {
    let mut server = Command::new(env!("CARGO"))
        .args(["run", "--quiet", "--example", "serve"])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let output = server.stdout.take().ok_or("no output")?;
    let mut lines = BufReader::new(output).lines();
    while let Some(line) = lines.next_line().await? {
        if line.starts_with("Open") {
            return Ok((server, lines));
        }
    }
    let mut why = String::new();
    if let Some(mut stderr) = server.stderr.take() {
        stderr.read_to_string(&mut why).await?;
    }
    Err(format!("the example did not start: {why}").into())
}
