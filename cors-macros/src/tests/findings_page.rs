//! The page of findings in the documentation of `cors-runtime`, and the names that lead to it, made
//! from the table of rules.
//!
//! `BLESS=1 cargo test -p cors-macros` writes it anew.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::check::origin::public_suffix;
use crate::entry::{Kind, Shown};
use crate::literal::sentence;
use crate::rules::{self, GROUPS, Level, Rule};

#[test]
fn page_is_up_to_date() {
    for (name, text) in [("findings.md", page()), ("findings.rs", module())] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cors-runtime/src");
        let path = folder.join(name);
        if std::env::var_os("BLESS").is_some() {
            fs::write(&path, &text).unwrap();
        }
        let written = fs::read_to_string(&path).unwrap_or_default();
        assert!(written == text, "{name} is out of date");
    }
}

/// The module of the page. A search for a name leads to it.
fn module() -> String {
    let mut module = String::from(
        "// Written by `BLESS=1 cargo test -p cors-macros findings_page`, as the page itself is.\n\
         #![doc = include_str!(\"findings.md\")]\n",
    );
    module.push_str("#![doc(alias = \"trailing slash\")]\n");
    for rule in rules::all() {
        writeln!(module, "#![doc(alias = \"{}\")]", rule.name).unwrap();
    }
    module
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
wins; a single name overrides its group. `forwarded_header_not_allowed(\"X-Client-Id\")` means the
finding only for this header, and overrides the name without a header.

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

/// All names, each with a link to its entry: a list for each level. A table of them is too wide for a
/// phone.
fn index() -> String {
    let levels = [
        (Level::Error, "Errors"),
        (Level::Denied, "Denied"),
        (Level::Warning, "Warnings"),
        (Level::Hint, "Hints"),
    ];
    let mut index = String::new();
    for (level, title) in levels {
        write!(index, "\n**{title}**\n\n").unwrap();
        for (group, rules) in GROUPS {
            let rules = rules.iter().filter(|rule| rule.level == level);
            let links: Vec<String> = rules
                .map(|rule| format!("[`{0}`](#{0})", rule.name))
                .collect();
            if !links.is_empty() {
                writeln!(index, "- {group}: {}", links.join(", ")).unwrap();
            }
        }
    }
    index
}

fn entry(rule: &Rule) -> String {
    let block = |shown: Shown| {
        let language = match shown.kind {
            Kind::Members => "json",
            Kind::File | Kind::Call => "text",
        };
        format!("\n```{language}\n{}\n```\n", shown.text)
    };
    let wrong = Shown::wrong(rule).map(block).unwrap_or_default();
    let right = Shown::right(rule).map(|right| format!("\nUse instead:\n{}", block(right)));
    let right = right.unwrap_or_default();
    let accepted = rule
        .accepted_if
        .map(|case| format!(" If {case}, write `allow({})`.", rule.name));
    let accepted = accepted.unwrap_or_default();
    format!(
        "\n## `{}`\n\n**{}** {}\n{wrong}{right}\n{}{accepted} Source: {}.\n",
        rule.name,
        sentence(rule.level.name()),
        sentence(rule.meaning),
        sentence(rule.help),
        rule.source,
    )
}
