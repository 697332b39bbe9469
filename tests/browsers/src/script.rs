//! What pages do.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::browser::{Error, Session};

/// Submits a form without fields in the page, and reads the page that the response is.
pub(crate) async fn submit(session: &Session, url: &str, method: &Value) -> Result<Value, Error> {
    let client = &session.client;
    let before = client.current_url().await?;
    client
        .execute(SUBMIT, vec![json!(url), method.clone()])
        .await?;
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(10) {
        // A page that is just left has no body, and the script fails.
        if client.current_url().await? != before
            && let Ok(shown) = client.execute(SHOWN, vec![]).await
            && shown["body"].is_string()
        {
            return Ok(shown);
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Err("the form shows no page".into())
}

/// Calls `fetch` in the page, or in a sandboxed frame in it, or makes an `XMLHttpRequest` with a listener. Or
/// connects, and reports the message or the handshake as a response.
pub(crate) const CALL: &str = r#"
    const [url, options, sandboxed, initiator, done] = arguments;
    function upload(url, options) {
        const request = new XMLHttpRequest();
        request.open(options.method ?? "GET", url);
        request.withCredentials = options.credentials === "include";
        request.upload.onprogress = () => {};
        return new Promise((resolve) => {
            request.onload = () => {
                const lines = request.getAllResponseHeaders().split("\r\n").filter(Boolean);
                const headers = Object.fromEntries(lines.map((line) => line.split(": ")));
                resolve({ status: request.status, body: request.responseText, headers });
            };
            request.onerror = () => resolve({ error: "an error" });
            request.send(options.body ?? null);
        });
    }
    async function ask(url, options) {
        if (options.listens) return upload(url, options);
        try {
            const response = await fetch(url, options);
            const headers = Object.fromEntries(response.headers);
            return { status: response.status, body: await response.text(), headers };
        } catch (error) {
            return { error: String(error) };
        }
    }
    function events(url, options) {
        const source = new EventSource(url, options);
        let messages = options.again ? 2 : 1;
        source.onmessage = ({ data }) => {
            messages -= 1;
            if (messages == 0) {
                source.close();
                done({ status: 200, body: `data: ${data}\n\n`, headers: {} });
            }
        };
        source.onerror = () => {
            if (source.readyState == EventSource.CLOSED) {
                done({ error: "EventSource" });
            }
        };
    }
    function handshake(url, options) {
        const socket = new WebSocket(url.replace("http", "ws"), options.protocols ?? []);
        socket.onopen = () => {
            socket.onclose = () => done({ status: 101, body: "", headers: {} });
            socket.close();
        };
        socket.onerror = () => done({ error: "WebSocket" });
    }
    if (initiator == "EventSource") {
        events(url, options);
    } else if (initiator == "WebSocket") {
        handshake(url, options);
    } else if (sandboxed) {
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

/// With GET, the fields of a form replace the query.
const SUBMIT: &str = r#"
    const [url, method] = arguments;
    const form = document.createElement("form");
    form.action = url;
    form.method = method;
    if (method === "GET") {
        const field = document.createElement("input");
        field.name = new URL(url).search.slice(1, -1);
        form.append(field);
    }
    document.body.append(form);
    form.submit();
"#;

const SHOWN: &str = r#"
    const [navigation] = performance.getEntriesByType("navigation");
    // The page before has no status.
    if (document.readyState !== "complete" || !navigation?.responseStatus) return {};
    return { status: navigation.responseStatus, body: document.body.textContent, headers: {} };
"#;
