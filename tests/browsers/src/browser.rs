//! The browsers. Each is controlled through WebDriver, by a driver on a free port.

use std::process::Stdio;
use std::time::Duration;

use cors_runtime::testing::Engine;
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

pub(crate) type Error = Box<dyn std::error::Error>;

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Browser {
    Chromium,
    Firefox,
}

impl Browser {
    pub(crate) const ALL: [Self; 2] = [Self::Chromium, Self::Firefox];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
        }
    }

    pub(crate) fn engine(self) -> Engine {
        match self {
            Self::Chromium => Engine::Chromium,
            Self::Firefox => Engine::Firefox,
        }
    }

    fn driver(self) -> &'static str {
        match self {
            Self::Chromium => "chromedriver",
            Self::Firefox => "geckodriver",
        }
    }

    fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Chromium => &["--port=0"],
            // System access, to read the console.
            Self::Firefox => &["--port=0", "--allow-system-access"],
        }
    }

    /// A new profile, no window, every host on loopback, no background requests.
    fn capabilities(self) -> Capabilities {
        let capabilities = match self {
            Self::Chromium => json!({
                "goog:loggingPrefs": { "browser": "ALL" },
                "goog:chromeOptions": { "args": [
                    "--headless",
                    // The sandbox does not work for root in a container.
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--no-proxy-server",
                    // The driver reads only the console of the page's own process.
                    "--disable-features=IsolateSandboxedIframes",
                    "--host-resolver-rules=MAP * 127.0.0.1",
                ] },
            }),
            Self::Firefox => json!({
                "moz:firefoxOptions": {
                    "args": ["-headless"],
                    "prefs": {
                        "network.dns.native-is-localhost": true,
                        "network.proxy.type": 0,
                        "network.captive-portal-service.enabled": false,
                        "network.connectivity-service.enabled": false,
                    },
                },
            }),
        };
        match capabilities {
            Value::Object(capabilities) => capabilities,
            _ => Capabilities::new(),
        }
    }
}

/// A running browser.
pub(crate) struct Session {
    pub(crate) browser: Browser,
    pub(crate) client: Client,
    driver: Child,
}

impl Session {
    /// Starts the driver, which starts the browser.
    pub(crate) async fn start(browser: Browser) -> Result<Self, Error> {
        let mut driver = Command::new(browser.driver())
            .args(browser.arguments())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| format!("cannot start `{}`: {error}", browser.driver()))?;
        let port = timeout(Duration::from_secs(60), port(&mut driver)).await??;
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(browser.capabilities())
            .connect(&format!("http://127.0.0.1:{port}"))
            .await?;
        Ok(Self {
            browser,
            client,
            driver,
        })
    }

    pub(crate) fn version(&self) -> String {
        let capabilities = self.client.capabilities();
        let version = capabilities.and_then(|all| all.get("browserVersion"));
        version.and_then(Value::as_str).unwrap_or("?").to_owned()
    }

    /// The console's lines since the last call.
    pub(crate) async fn console(&self) -> Result<Vec<String>, Error> {
        let lines = match self.browser {
            Browser::Chromium => {
                let command = Post("se/log", json!({ "type": "browser" }));
                self.client.issue_cmd(command).await?
            }
            Browser::Firefox => {
                let context = |context| Post("moz/context", json!({ "context": context }));
                self.client.issue_cmd(context("chrome")).await?;
                let lines = self.client.execute(TAKE_CONSOLE, vec![]).await;
                self.client.issue_cmd(context("content")).await?;
                lines?
            }
        };
        let lines = lines.as_array().into_iter().flatten();
        let texts = lines.filter_map(|line| line["message"].as_str());
        Ok(texts.map(str::to_owned).collect())
    }

    /// Stops the browser, then the driver.
    pub(crate) async fn end(mut self) -> Result<(), Error> {
        self.client.close().await?;
        self.driver.kill().await?;
        Ok(())
    }
}

const TAKE_CONSOLE: &str = "
    const lines = Services.console.getMessageArray().map(({ message }) => ({ message }));
    Services.console.reset();
    return lines;
";

/// The port, from the end of the line in which the driver says that it listens. The rest of the output
/// is read too, or the pipe would fill up.
async fn port(driver: &mut Child) -> Result<u16, Error> {
    let output = driver.stdout.take().ok_or("no output")?;
    let mut lines = BufReader::new(output).lines();
    let port = loop {
        let line = lines
            .next_line()
            .await?
            .ok_or("it ended before it listened")?;
        let end = line.trim_end_matches('.').rsplit([' ', ':']).next();
        match end.and_then(|end| end.parse().ok()) {
            // Chromium's driver first says that port 0 was requested.
            None | Some(0) => {}
            Some(port) => break port,
        }
    };
    tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
    Ok(port)
}

/// A command outside the WebDriver standard: its path in the session, and its body.
#[derive(Debug)]
struct Post(&'static str, Value);

impl WebDriverCompatibleCommand for Post {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base.join(&format!(
            "session/{}/{}",
            session.unwrap_or_default(),
            self.0
        ))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.1.to_string()))
    }
}
