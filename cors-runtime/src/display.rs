//! Policies for people to read.

use std::fmt;

use crate::policy::Policy;

/// How many entries of a list are shown; the rest is counted.
const SHOWN: usize = 12;

impl fmt::Display for Policy {
    /// What the policy allows, one setting a line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let origins: Vec<&str> = self.allow_origins().collect();
        let max_age = match self.max_age().map(|age| age.as_secs()) {
            None => "not sent (browsers take 5 seconds)".to_owned(),
            Some(0) => "0 (browsers keep nothing)".to_owned(),
            Some(seconds) => format!("{seconds} seconds"),
        };
        line(f, "origins", &list(&origins, "none"))?;
        line(f, "methods", &list(self.allow_methods(), "none"))?;
        line(f, "request headers", &list(self.allow_headers(), "none"))?;
        line(
            f,
            "exposed headers",
            &list(self.expose_headers(), "only the safelisted"),
        )?;
        line(f, "credentials", yes(self.allow_credentials()))?;
        line(f, "max age", &max_age)?;
        if self.allow_private_network() {
            line(f, "private network", "yes")?;
        }
        if self.debug() {
            line(f, "debug", "yes")?;
        }
        let preflights = match self.options_passthrough() {
            true => "answered by the handler".to_owned(),
            false => format!("answered with {}", self.options_success_status().as_u16()),
        };
        write!(f, "{:<16} {preflights}", "preflights")
    }
}

fn line(f: &mut fmt::Formatter<'_>, setting: &str, value: &str) -> fmt::Result {
    writeln!(f, "{setting:<16} {value}")
}

fn yes(value: bool) -> &'static str {
    if value { "yes" } else { "no" }
}

fn list(entries: &[&str], none: &str) -> String {
    let shown = entries.get(..SHOWN).unwrap_or(entries).join(", ");
    match entries.len() {
        0 => none.to_owned(),
        count if count > SHOWN => format!("{shown} … and {} more", count - SHOWN),
        _ => shown,
    }
}

impl fmt::Debug for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Policy")
            .field("allow_origins", &self.allow_origins().collect::<Vec<_>>())
            .field("allow_methods", &self.allow_methods())
            .field("allow_headers", &self.allow_headers())
            .field("expose_headers", &self.expose_headers())
            .field("max_age", &self.max_age())
            .field("allow_credentials", &self.allow_credentials())
            .field("allow_private_network", &self.allow_private_network())
            .field("debug", &self.debug())
            .field("options_passthrough", &self.options_passthrough())
            .field("options_success_status", &self.options_success_status())
            .finish()
    }
}
