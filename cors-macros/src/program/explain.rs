//! A finding in words.

use crate::literal::sentence;
use crate::rules::{Example, Level, Rule};

/// The entry of the findings page, as far as a terminal shows it.
pub(super) fn explain(rule: &Rule) -> String {
    let name = rule.name;
    let level = match rule.level {
        Level::Error => "an error that cannot be turned off",
        Level::Denied => "an error, unless it is allowed",
        Level::Warning => "a warning",
        Level::Hint => "a hint, silent unless it is asked for",
    };
    let meaning = sentence(rule.meaning(true));
    let help = sentence(rule.help(true));
    let link = rule.link();
    let example = match rule.example {
        Example::Cors(text) | Example::File(text) | Example::Call(text) => {
            format!("    {}\n\n", text.replace('\n', "\n    "))
        }
        Example::Nothing => String::new(),
    };
    format!("{name}: {level}\n\n{meaning}\n\n{example}{help}\n\n{link}\n")
}
