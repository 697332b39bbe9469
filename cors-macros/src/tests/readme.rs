//! The messages of the README, which come from its configuration.

use super::findings;
use crate::report::draw;
use crate::rules::Level;

const README: &str = include_str!("../../../README.md");

/// The first block of code in a language.
fn block(language: &str) -> &'static str {
    let (_, rest) = README.split_once(&format!("```{language}\n")).unwrap();
    rest.split_once("```").unwrap().0
}

/// The message for the only mistake of a configuration, line by line.
fn message(text: &str) -> Vec<String> {
    let (source, found) = findings("krakend.json", text.as_bytes());
    let mut grave = found
        .iter()
        .filter(|finding| finding.rule.level > Level::Hint);
    let drawn = draw(grave.next().unwrap(), &source);
    assert!(grave.next().is_none(), "{found:?}");
    drawn.lines().map(|line| line.trim().to_owned()).collect()
}

#[test]
fn messages_of_the_readme() {
    let right = block("json");
    let slash = right.replacen("app.example.com", "app.example.com/", 1);
    let slash = slash.replacen("\"DELETE\"", "\"PUT\"", 1);
    for (level, text) in [("warning", right), ("error", &slash)] {
        let message = message(text);
        let first = README
            .lines()
            .position(|line| line == format!("{level}: {}", message[0]));
        let rest = README
            .lines()
            .skip(first.unwrap_or_else(|| panic!("{message:?}")) + 1);
        let shown: Vec<&str> = rest.take(message.len() - 1).map(str::trim).collect();
        assert_eq!(shown, message[1..]);
    }
}
