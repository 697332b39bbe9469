//! What is risky about an origin or a pattern, with credentials and without.

use std::ops::Range;

use super::address::{is_local, is_loopback};
use super::fault::{Fault, Part};
use super::parts::Parts;
use super::pattern::{Breadth, Hosts};
use super::shared_hosts;
use crate::policy::Pattern;
use crate::rules::{self, Rule};

/// One origin: a risk only with credentials.
pub(super) fn of_origin(parts: &Parts<'_>, credentials: bool) -> Option<Fault> {
    let host = parts.host();
    if !credentials {
        None
    } else if parts.scheme().eq_ignore_ascii_case("http") && !is_loopback(host) {
        Some(insecure(parts.text))
    } else {
        is_local(host).then(local)
    }
}

/// A pattern.
pub(super) fn of_pattern(
    text: &str,
    pattern: &Pattern,
    breadth: &Breadth,
    credentials: bool,
) -> Vec<Fault> {
    let risk = Risk {
        star: breadth.star..breadth.star + 1,
        ends: pattern.ends(),
        credentials,
    };
    let by_host = match &breadth.hosts {
        Hosts::Any => return vec![risk.any_host()],
        Hosts::Extensions => return vec![risk.any_extension()],
        Hosts::OpenEnd => Some(risk.open_end()),
        Hosts::OpenStart { domain } => Some(risk.open_start(domain)),
        Hosts::PublicSuffix { suffix } => Some(risk.public_suffix(suffix)),
        Hosts::Apps | Hosts::Subdomains | Hosts::Fixed => None,
    };
    let by_scheme = breadth.any_scheme.then(|| risk.any_scheme());
    let with_credentials = if !credentials {
        None
    } else if breadth.insecure {
        Some(insecure(text))
    } else if breadth.local {
        Some(local())
    } else {
        let subdomains = breadth.hosts == Hosts::Subdomains && !breadth.any_scheme;
        subdomains.then(|| risk.subdomains())
    };
    let faults = [by_host, by_scheme, with_credentials];
    faults.into_iter().flatten().collect()
}

/// `null`, or a pattern that it matches.
pub(super) fn null(text: &str) -> Fault {
    let what = if text.contains('*') {
        "matches the null origin, which any site can send"
    } else {
        "allows every site"
    };
    let label = "any site can send this";
    Fault::new(&rules::NULL_ORIGIN, Part::Entry, what, label)
}

fn insecure(text: &str) -> Fault {
    let scheme = text.find(':').unwrap_or(text.len());
    let what = "is plain http, with credentials";
    let rule = &rules::INSECURE_ORIGIN_WITH_CREDENTIALS;
    Fault::new(rule, 0..scheme, what, "not encrypted").with_credentials()
}

fn local() -> Fault {
    let what = "is on this machine or network, with credentials";
    let rule = &rules::LOCAL_ORIGIN_WITH_CREDENTIALS;
    Fault::new(rule, Part::Entry, what, "for development?").with_credentials()
}

/// A pattern's `*`, and what its faults have in common.
struct Risk<'p> {
    star: Range<usize>,
    /// What the pattern has before and behind its `*`.
    ends: (&'p str, &'p str),
    credentials: bool,
}

impl Risk<'_> {
    /// A fault at the `*`: of the first rule with credentials, else of the second.
    fn fault(&self, [denied, warning]: [&'static Rule; 2], what: &str, label: &str) -> Fault {
        let rule = if self.credentials { denied } else { warning };
        let fault = Fault::new(rule, self.star.clone(), what, label);
        if self.credentials {
            fault.with_credentials()
        } else {
            fault
        }
    }

    fn subdomains(&self) -> Fault {
        let rules = [&rules::SUBDOMAINS_WITH_CREDENTIALS; 2];
        let title = "matches every subdomain, with credentials";
        self.fault(rules, title, "any subdomain")
    }

    fn any_host(&self) -> Fault {
        let rules = [
            &rules::ANY_ORIGIN_WITH_CREDENTIALS,
            &rules::ANY_ORIGIN_PATTERN,
        ];
        let (before, after) = self.ends;
        let scheme = match before {
            "https://" => "https ",
            "http://" => "http ",
            _ => "",
        };
        let port = match after.split_once(':') {
            Some((_, port)) => format!(" on port {port}"),
            None => String::new(),
        };
        let title = format!("matches every {scheme}site{port}");
        self.fault(rules, &title, "matches any host")
    }

    fn any_extension(&self) -> Fault {
        let rules = [
            &rules::ANY_EXTENSION_WITH_CREDENTIALS,
            &rules::ANY_EXTENSION,
        ];
        self.fault(rules, "matches every extension", "matches any extension")
    }

    fn open_end(&self) -> Fault {
        let (before, _) = self.ends;
        let rules = [&rules::OPEN_END_WITH_CREDENTIALS, &rules::OPEN_END];
        let dot = if before.ends_with('.') { "" } else { "." };
        let fault = self
            .fault(rules, "leaves the end of the host open", "matches any end")
            .note(format!("`{before}{dot}evil.example` matches"));
        let last = before.trim_end_matches('.').rsplit(['.', '/']).next();
        if last.is_some_and(|label| label.parse::<u8>().is_ok()) {
            fault.words("write each address in full, such as \"http://192.168.0.10\"")
        } else {
            fault
        }
    }

    fn open_start(&self, domain: &str) -> Fault {
        let (start, after) = self.with_scheme();
        let rules = [&rules::OPEN_START_WITH_CREDENTIALS, &rules::OPEN_START];
        self.fault(
            rules,
            "has no dot after its `*`, so other domains match",
            "a dot is missing after this",
        )
        .note(format!(
            "`{start}evil{after}` matches, and `evil{domain}` is another domain"
        ))
    }

    fn public_suffix(&self, suffix: &str) -> Fault {
        let rules = [
            &rules::PUBLIC_SUFFIX_WITH_CREDENTIALS,
            &rules::PUBLIC_SUFFIX,
        ];
        let title = "matches names that anybody can register";
        self.fault(rules, title, "matches any registrable domain")
            .note(match shared_hosts::source(suffix) {
                Some(source) => format!("anybody gets a name under `{suffix}`: {source}"),
                None => format!("`{suffix}` is a public suffix"),
            })
    }

    fn any_scheme(&self) -> Fault {
        let rules = [&rules::ANY_SCHEME_WITH_CREDENTIALS, &rules::ANY_SCHEME];
        self.fault(rules, "matches plain http too", "matches the scheme too")
    }

    /// The ends of a pattern that may lack its scheme.
    fn with_scheme(&self) -> (&str, &str) {
        match self.ends {
            (before, after) if before.contains("://") => (before, after),
            (_, after) => ("https://", after),
        }
    }
}
