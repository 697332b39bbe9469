//! No message has a secret of the configuration in it.

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use super::{findings, tries};
use crate::tests::draw;

/// What a message never has: it is unlike anything else in a file.
const SECRET: &str = "s3cr3t";

/// Members with mistakes for a section.
const MISTAKES: &[&str] = &[
    "\"allow_origins\": [\"https://a.test/\", \"https://u:s3cr3t@b.test\"]",
    "\"allow_origins\": [\"https://s3cr3t@b.test/path\", \"s3cr3t:s3cr3t@c.test\"]",
    "\"allow_origins\": [\"https://u:s3cr3t@b.test https://u:s3cr3t@b.test\"]",
    "\"allow_origins\": [\"https:\\/\\/u:s3cr3t@b.test\", \"https://u:s3cr3t\\u0040c.test\"]",
    "\"allow_origins\": [\"*\"], \"allow_credentials\": true",
    "\"allow_orgins\": [\"http://b.test:80\"]",
    "\"allow_headers\": [\"X A\", 5, {\"name\": \"s3cr3t\"}, [{\"a\": \"s3cr3t\"}]]",
    "\"allow_headers\": {\"X-Api-Key\": \"s3cr3t\"}",
    "\"allow_methods\": [\"put\", \"put\"]",
    "\"max_age\": {\"s\": \"s3cr3t\"}",
    "\"api_key\": \"s3cr3t\"",
    "\"passwords\": [\"s3cr3t\", {\"a\": \"s3cr3t\"}]",
    "\"telemetry/logging\": {\"token\": \"s3cr3t\"}",
    "\"debug\": {\"token\": \"s3cr3t\"}, \"debug\": true",
    "\"@comment\": \"s3cr3t\"",
];

/// Members of a file around the section, without the comma between them.
const AROUND: &[&str] = &[
    "\"api_key\": \"s3cr3t\"",
    "\"name\": \"s3cr3t \\\" s3cr3t\"",
    "\"endpoints\": [{\"endpoint\": \"/a\", \"method\": \"PUT\", \"input_headers\": [\"X-B\", \"Cookie\"], \"backend\": [{\"host\": [\"https://u:s3cr3t@b.test\"], \"extra_config\": {\"security/cors\": {\"key\": \"s3cr3t\"}}}]}]",
    "\"endpoints\": [{\"endpoint\": \"/a\", \"extra_config\": {\"auth/validator\": {\"secret\": \"s3cr3t\", \"cookie_key\": \"token\"}}}]",
    "\"security/cors\": {\"password\": \"s3cr3t\"}",
    "\"cors\": {\"allow_origins\": [\"*\"], \"password\": \"s3cr3t\"}",
    "\"version\": 2",
    "\"Extra_Config\": \"s3cr3t\"",
    "\"pins\": [\"s3cr3t\", \"é s3cr3t\"]",
];

/// The file: on one line, on a line for each value, or with some members on a line.
fn laid_out(members: &[&str], around: &[&str], at: usize, how: u8) -> String {
    let section = format!(
        "\"extra_config\": {{\"security/cors\": {{{}}}, \"auth/api-keys\": {{\"keys\": [{{\"key\": \"{SECRET}\"}}]}}}}",
        members.join(", ")
    );
    let mut parts = around.to_vec();
    parts.insert(at.min(parts.len()), &section);
    let text = format!("{{{}}}", parts.join(", "));
    match how {
        0 => text,
        1 => text.replace(", ", ",\n"),
        // Equal keys would be lost in between.
        _ => match serde_json::from_str::<Value>(&text) {
            Ok(value) => serde_json::to_string_pretty(&json!(value)).unwrap(),
            Err(_) => text.replace("{", "{\n"),
        },
    }
}

#[test]
fn no_message_has_a_secret() {
    let config = Config {
        cases: tries(600),
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner = TestRunner::new_with_rng(config, TestRunner::deterministic().rng().clone());
    let members = proptest::collection::vec(select(MISTAKES), 1..5);
    let around = proptest::collection::vec(select(AROUND), 0..4);
    let shown = std::cell::Cell::new(0);
    // A comma, a colon or a quotation mark is taken out of some files, which are no JSON then.
    let cases = (
        members,
        around,
        0..4_usize,
        0..3_u8,
        any::<Option<prop::sample::Index>>(),
    );
    let outcome = runner.run(&cases, |(members, around, at, how, without)| {
        let mut text = laid_out(&members, &around, at, how);
        if let Some(index) = without {
            let removable: Vec<usize> = [", ", ",\n", ": ", "\""]
                .iter()
                .flat_map(|part| text.match_indices(part))
                .map(|(at, _)| at)
                .collect();
            if !removable.is_empty() {
                text.remove(removable[index.index(removable.len())]);
            }
        }
        let (source, found) = findings("krakend.json", text.as_bytes());
        for finding in &found {
            let drawn = draw(finding, &source);
            prop_assert!(!drawn.contains(SECRET), "{drawn}\nfor {text}");
            shown.set(shown.get() + 1);
        }
        Ok(())
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    assert!(shown.get() > 600, "only {} messages", shown.get());
}

/// The place of a message is that in the file, and its label is under what it is about.
#[test]
fn what_is_hidden_moves_no_label() {
    let secrets = ["", "x", "s3cr3t", "é s3cr3t ＡＢ 👩‍👩‍👧", "s3cr3t \\\" s3cr3t"];
    for secret in secrets {
        for before in [1, 3, 200] {
            let keys: Vec<String> = (0..before)
                .map(|nth| format!("\"ключ{nth}\":\"{secret}\","))
                .collect();
            let text = format!(
                "{{{}\"extra_config\":{{\"security/cors\":{{\"allow_headers\":[\"X-A\"],\"allow_origins\":[\"https://a.test/\"]}}}},\"z\":\"{secret}\"}}",
                keys.concat()
            );
            let (source, found) = findings("krakend.json", text.as_bytes());
            let finding = found
                .iter()
                .find(|f| f.rule.name == "origin_with_path")
                .unwrap();
            let drawn = draw(finding, &source);
            let column = text
                .find("/\"]")
                .map(|at| text[..at].chars().count() + 1)
                .unwrap();
            let place = format!("krakend.json:1:{column}");
            assert!(drawn.starts_with(&format!("{place}: ")), "{drawn}");
            assert!(drawn.contains(&format!("--> {place}\n")), "{drawn}");
            assert!(!drawn.contains(SECRET), "{drawn}");
            let lines: Vec<&str> = drawn.lines().collect();
            let line = lines
                .iter()
                .position(|line| line.contains("^ remove this"))
                .unwrap();
            let label = lines[line]
                .find('^')
                .map(|at| lines[line][..at].chars().count())
                .unwrap();
            assert_eq!(lines[line - 1].chars().nth(label), Some('/'), "{drawn}");
        }
    }
}
