//! Policies for people to read.

use std::fmt;

use crate::policy::Policy;

/// How many entries of a list `{}` shows; the rest is counted.
const SHOWN: usize = 12;

impl fmt::Display for Policy {
    /// What the policy allows: `{}` is an overview, one setting a line, and `{:#}` is everything, one
    /// entry a line; see [`Policy`].
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let max_age = match self.max_age().map(|age| age.as_secs()) {
            None => "not sent (browsers take 5 seconds)".to_owned(),
            Some(0) => "0 (browsers keep nothing)".to_owned(),
            Some(seconds) => format!("{seconds} seconds"),
        };
        list(f, "origin", self.allow_origins().collect(), "none")?;
        list(f, "method", self.allow_methods().to_vec(), "none")?;
        list(f, "request header", self.allow_headers().to_vec(), "none")?;
        let exposed = self.expose_headers().to_vec();
        list(f, "exposed header", exposed, "only the safelisted")?;
        line(f, "credentials", yes(self.allow_credentials()))?;
        line(f, "max age", &max_age)?;
        if self.allow_private_network() || f.alternate() {
            line(f, "private network", yes(self.allow_private_network()))?;
        }
        if self.debug() || f.alternate() {
            line(f, "debug", yes(self.debug()))?;
        }
        let preflights = if self.options_passthrough() {
            "response from the handler".to_owned()
        } else {
            format!("response {}", self.options_success_status().as_u16())
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

/// The entries of a list. Their order means nothing, so `{:#}` sorts them: a file that is put into
/// another order reads the same.
fn list(
    f: &mut fmt::Formatter<'_>,
    entry: &str,
    mut entries: Vec<&str>,
    none: &str,
) -> fmt::Result {
    if f.alternate() && !entries.is_empty() {
        // Names in any case are the same.
        entries.sort_by_cached_key(|text| text.to_ascii_lowercase());
        return entries.iter().try_for_each(|text| line(f, entry, text));
    }
    let shown = entries.get(..SHOWN).unwrap_or(&entries).join(", ");
    let value = match entries.len() {
        0 => none.to_owned(),
        count if count > SHOWN => format!("{shown} … and {} more", count - SHOWN),
        _ => shown,
    };
    line(f, &format!("{entry}s"), &value)
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
