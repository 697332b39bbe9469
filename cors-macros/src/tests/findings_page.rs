//! The page of findings in the documentation of `cors-runtime`, made from the table of rules.
//!
//! `BLESS=1 cargo test -p cors-macros` writes it anew.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::check::origin::public_suffix;
use crate::rules::{Example, GROUPS, Level, Rule};

#[test]
fn page_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cors-runtime/src/findings.md");
    let page = page();
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &page).unwrap();
    }
    assert!(
        fs::read_to_string(&path).unwrap_or_default() == page,
        "findings.md is out of date"
    );
}

fn page() -> String {
    let mut page = format!(
        "Every mistake that `cors_policy!` recognises, by name.

An **error** cannot be turned off: the policy would have no meaning, or an entry would not do what
it says. A **denied** finding is dangerous or almost certainly a mistake. It is an error
unless the call accepts it: `cors_policy!(\"krakend.json\", allow(name))`. What gets a **warning**
works, but is risky or pointless. A **hint** is silent unless the call asks for it with
`warn(name)` or `warn(hints)`.

```text
cors_policy!(\"krakend.json\", allow(null_origin), warn(hints), deny(warnings))
```

`warnings` and `hints` mean all findings of their level. If a name appears twice, the last one
wins; a single name overrides its group.

Names are stable. `public_suffix` uses the Public Suffix List of {}; the README in `cors-macros/data`
says how to renew it.
",
        public_suffix::version(),
    );
    page.push_str(&index());
    for (title, rules) in GROUPS {
        write!(page, "\n# {title}\n").unwrap();
        for rule in *rules {
            page.push_str(&entry(rule));
        }
    }
    page
}

/// All names, each with a link to its entry.
fn index() -> String {
    let mut index =
        String::from("\n| | error | denied | warning | hint |\n| --- | --- | --- | --- | --- |\n");
    for (title, rules) in GROUPS {
        let of = |level: Level| -> String {
            let rules = rules.iter().filter(|rule| rule.level == level);
            let links: Vec<String> = rules
                .map(|rule| format!("[`{0}`](#{0})", rule.name))
                .collect();
            links.join(", ")
        };
        let [errors, denied, warnings, hints] =
            [Level::Error, Level::Denied, Level::Warning, Level::Hint].map(of);
        writeln!(
            index,
            "| {title} | {errors} | {denied} | {warnings} | {hints} |"
        )
        .unwrap();
    }
    index
}

/// Text of a message as a sentence.
fn sentence(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(chars).chain(['.']).collect()
}

fn entry(rule: &Rule) -> String {
    let example = match rule.example {
        Example::Cors(text) => format!("\n```json\n{text}\n```\n"),
        Example::File(text) => format!("\n```text\n{text}\n```\n"),
        Example::Nothing => String::new(),
    };
    format!(
        "\n## `{}`\n\n**{}** {}\n{example}\n{} Source: {}.\n",
        rule.name,
        sentence(rule.level.name()),
        sentence(rule.meaning),
        sentence(rule.help),
        rule.source,
    )
}
