//! What the documentation shows is what is compiled, and its search knows the words that people type.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests may fail"
)]

#[path = "support/pages.rs"]
mod pages;

use std::fs;
use std::path::Path;

use pages::{files, read, source};

/// The snippets of guides, in order: files that are compiled, except for pingora's.
const SNIPPETS: [(&str, &[&str]); 2] = [
    (
        "guides/frameworks.md",
        &[
            "tests/frameworks/src/axum.rs",
            "tests/frameworks/src/tonic.rs",
            "tests/frameworks/src/hyper.rs",
            "tests/frameworks/src/http_types.rs",
            "examples/actix-web/src/cors.rs",
            "tests/frameworks/src/lambda.rs",
            "tests/frameworks/src/warp.rs",
            "tests/frameworks/src/salvo.rs",
            "tests/frameworks/src/poem.rs",
            "tests/frameworks/src/rocket.rs",
            "tests/frameworks/pingora/src/gateway.rs",
            "tests/frameworks/src/worker.rs",
        ],
    ),
    (
        "guides/staging.md",
        &[
            "examples/staging.rs",
            "tests/frameworks/tests/deployed/reqwest.rs",
        ],
    ),
];

/// Without the comment at the start of a module.
fn snippet(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{file}: {error}"));
    let lines = text
        .lines()
        .skip_while(|line| line.starts_with("//!") || line.is_empty());
    lines.map(|line| format!("{line}\n")).collect()
}

/// `BLESS=1 cargo test --test documentation` copies the files into the guides.
#[test]
fn snippets_are_what_is_compiled() {
    for (page, files) in SNIPPETS {
        let guide = read(page);
        let mut parts = guide.split("```rust\n");
        let mut compiled = parts.next().unwrap().to_owned();
        let mut count = 0;
        for (file, part) in files.iter().zip(parts.by_ref()) {
            let (_, rest) = part.split_once("```\n").expect("the end of a block");
            compiled.push_str(&format!("```rust\n{}```\n{rest}", snippet(file)));
            count += 1;
        }
        assert_eq!((count, parts.count()), (files.len(), 0), "{page}");
        if std::env::var_os("BLESS").is_some() {
            fs::write(source().join(page), &compiled).unwrap();
        }
        assert_eq!(read(page), compiled, "{page}");
    }
}

/// The words that people type into the search of the documentation, and where they lead.
const ALIASES: [(&str, &str, &str); 20] = [
    ("decide.rs", "Access-Control-Request-Headers", "fn decide"),
    ("decide.rs", "Access-Control-Request-Method", "fn decide"),
    ("decision.rs", "preflight", "enum Decision"),
    ("guides.rs", "same-origin", "mod cors"),
    (
        "policy.rs",
        "Access-Control-Allow-Credentials",
        "fn allow_credentials",
    ),
    (
        "policy.rs",
        "Access-Control-Allow-Headers",
        "fn allow_headers",
    ),
    (
        "policy.rs",
        "Access-Control-Allow-Methods",
        "fn allow_methods",
    ),
    (
        "policy.rs",
        "Access-Control-Allow-Origin",
        "fn allow_origins",
    ),
    (
        "policy.rs",
        "Access-Control-Allow-Private-Network",
        "fn allow_private_network",
    ),
    (
        "policy.rs",
        "Access-Control-Expose-Headers",
        "fn expose_headers",
    ),
    ("policy.rs", "Access-Control-Max-Age", "fn max_age"),
    (
        "policy.rs",
        "Access-Control-Request-Private-Network",
        "fn allow_private_network",
    ),
    ("policy.rs", "websocket", "fn allows_origin"),
    ("policy.rs", "wildcard", "fn allow_origins"),
    (
        "testing/browser/event_source.rs",
        "EventSource",
        "fn event_source",
    ),
    (
        "testing/browser/event_source.rs",
        "server-sent events",
        "fn event_source",
    ),
    (
        "testing/browser/web_socket.rs",
        "WebSocket",
        "fn web_socket",
    ),
    ("tower/layer.rs", "axum", "struct CorsLayer"),
    ("tower/layer.rs", "middleware", "struct CorsLayer"),
    ("tower/layer.rs", "tonic", "struct CorsLayer"),
];

#[test]
fn aliases_are_those_of_the_source() {
    let mut found = Vec::new();
    for path in files(&source(), ".rs") {
        let file = path.strip_prefix(source()).unwrap();
        let file = file.to_str().unwrap().replace('\\', "/");
        let text = read(&file);
        let opening = "#[doc(alias = \"";
        for (start, _) in text.match_indices(opening) {
            let alias = &text[start + opening.len()..];
            let (alias, rest) = alias.split_once("\")]").expect("the end of an attribute");
            let mut lines = rest.lines().map(str::trim_start);
            let item = lines
                .find(|line| line.starts_with("pub "))
                .expect("an item");
            let words: Vec<&str> = item.split(['(', '<', ' ']).collect();
            let kind = words
                .iter()
                .position(|word| ["enum", "fn", "mod", "struct"].contains(word));
            let kind = kind.expect("the kind of an item");
            let item = format!("{} {}", words[kind], words[kind + 1]);
            found.push((file.clone(), alias.to_owned(), item));
        }
    }
    found.sort_unstable();
    let listed =
        ALIASES.map(|(file, alias, item)| (file.to_owned(), alias.to_owned(), item.to_owned()));
    assert_eq!(found, listed);
}
