//! `{:#}` prints everything that a policy's configuration says.

use std::collections::BTreeSet;

use crate::model::{self, Config};
use crate::policies;

/// The expected lines for a configuration.
fn expected(config: &Config) -> BTreeSet<String> {
    let yes = |value| if value { "yes" } else { "no" }.to_owned();
    let of = |setting: &str, entries: &[String]| -> Vec<String> {
        let lines = entries.iter().map(|entry| format!("{setting:<16} {entry}"));
        lines.collect()
    };
    let lower: Vec<_> = config
        .allow_headers
        .iter()
        .map(|name| name.to_ascii_lowercase())
        .collect();
    let exposed = match config.expose_headers.as_slice() {
        [] => of("exposed headers", &["only the safelisted".to_owned()]),
        names => of("exposed header", names),
    };
    let max_age = match config.max_age.as_deref().map(model::seconds) {
        None => "not sent (browsers take 5 seconds)".to_owned(),
        Some(0) => "0 (browsers keep nothing)".to_owned(),
        Some(seconds) => format!("{seconds} seconds"),
    };
    let preflights = if config.options_passthrough {
        "response from the handler".to_owned()
    } else {
        format!("response {}", config.options_success_status.unwrap_or(204))
    };
    let lines = [
        of("origin", &config.allow_origins),
        of("method", &model::methods(config)),
        of("request header", &lower),
        exposed,
        of("credentials", &[yes(config.allow_credentials)]),
        of("max age", &[max_age]),
        of("private network", &[yes(config.allow_private_network)]),
        of("debug", &[yes(false)]),
        of("preflights", &[preflights]),
    ];
    lines.into_iter().flatten().collect()
}

#[test]
fn every_entry_is_one_line_in_order() {
    for (text, policy) in policies::POLICIES {
        let config: Config = serde_json::from_str(text).unwrap();
        let printed = format!("{policy:#}");
        let lines: Vec<&str> = printed.lines().collect();
        let set: BTreeSet<String> = lines.iter().map(|&line| line.to_owned()).collect();
        assert_eq!(set, expected(&config), "{text}");
        assert_eq!(set.len(), lines.len(), "{printed}");
        for setting in ["origin ", "method ", "request header ", "exposed header "] {
            let entries = lines.iter().filter(|line| line.starts_with(setting));
            let entries = entries.map(|line| line.to_ascii_lowercase());
            assert!(entries.is_sorted(), "{printed}");
        }
    }
}
