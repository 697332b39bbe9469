//! What is risky about an origin or a pattern, with credentials and without.

use super::host;
use super::parts::Parts;
use super::pattern::{Breadth, Hosts};
use crate::finding::{Finding, Place};
use crate::json::Text;
use crate::policy::Pattern;
use crate::rules::{self, Rule};

/// What is said of the place that allows credentials.
const CREDENTIALS: &str = "credentials are allowed here";

/// One origin: a risk only with credentials.
pub(super) fn of_origin(
    item: &Text<'_>,
    parts: &Parts<'_>,
    credentials: Option<Place>,
) -> Option<Finding> {
    let credentials = credentials?;
    let host = parts.host();
    if parts.scheme().eq_ignore_ascii_case("http") && !host::is_loopback(host) {
        Some(insecure(item, credentials))
    } else {
        host::is_local(host).then(|| local(item, credentials))
    }
}

/// A pattern.
pub(super) fn of_pattern(
    item: &Text<'_>,
    pattern: &Pattern,
    breadth: &Breadth,
    credentials: Option<Place>,
) -> Vec<Finding> {
    let risk = Risk {
        written: item.as_str(),
        star: item.part(breadth.star..breadth.star + 1),
        ends: pattern.ends(),
        credentials,
    };
    let by_host = match &breadth.hosts {
        Hosts::Any => return vec![risk.any_host()],
        Hosts::Apps { extensions } => return vec![risk.apps(*extensions)],
        Hosts::OpenEnd => Some(risk.open_end()),
        Hosts::OpenStart { domain } => Some(risk.open_start(domain)),
        Hosts::PublicSuffix { suffix } => Some(risk.public_suffix(suffix)),
        Hosts::Subdomains | Hosts::Fixed => None,
    };
    let by_scheme = breadth.any_scheme.then(|| risk.any_scheme());
    let subdomains = breadth.hosts == Hosts::Subdomains && !breadth.any_scheme;
    let with_credentials = credentials.and_then(|credentials| {
        if breadth.insecure {
            Some(insecure(item, credentials))
        } else if breadth.local {
            Some(local(item, credentials))
        } else {
            subdomains.then(|| self::subdomains(&risk, credentials))
        }
    });
    by_host
        .into_iter()
        .chain(by_scheme)
        .chain(with_credentials)
        .collect()
}

/// `null`, or a pattern that it matches.
pub(super) fn null(item: &Text<'_>) -> Finding {
    let written = item.as_str();
    let headline = if written.contains('*') {
        format!("\"{written}\" matches `null`, which any site can send")
    } else {
        format!("\"{written}\" allows every site")
    };
    Finding::new(
        &rules::NULL_ORIGIN,
        item.place(),
        headline,
        "any site can send this",
    )
}

fn insecure(item: &Text<'_>, credentials: Place) -> Finding {
    let written = item.as_str();
    let scheme = written.find(':').unwrap_or(written.len());
    Finding::new(
        &rules::INSECURE_ORIGIN_WITH_CREDENTIALS,
        item.part(0..scheme),
        format!("\"{written}\" is plain http, with credentials"),
        "not encrypted",
    )
    .also(credentials, CREDENTIALS)
}

fn local(item: &Text<'_>, credentials: Place) -> Finding {
    Finding::new(
        &rules::LOCAL_ORIGIN_WITH_CREDENTIALS,
        item.place(),
        format!(
            "\"{}\" is on this machine or network, with credentials",
            item.as_str()
        ),
        "for development?",
    )
    .also(credentials, CREDENTIALS)
}

fn subdomains(risk: &Risk<'_>, credentials: Place) -> Finding {
    Finding::new(
        &rules::SUBDOMAINS_WITH_CREDENTIALS,
        risk.star,
        format!(
            "\"{}\" matches every subdomain, with credentials",
            risk.written
        ),
        "any subdomain",
    )
    .also(credentials, CREDENTIALS)
}

/// A pattern's `*`, and what its findings have in common.
struct Risk<'p> {
    written: &'p str,
    star: Place,
    /// What the pattern has before and behind its `*`.
    ends: (&'p str, &'p str),
    credentials: Option<Place>,
}

impl Risk<'_> {
    /// A finding at the `*`: of the first rule with credentials, else of the second.
    fn finding(
        &self,
        [denied, warning]: [&'static Rule; 2],
        headline: &str,
        label: &str,
    ) -> Finding {
        let headline = format!("\"{}\" {headline}", self.written);
        match self.credentials {
            Some(credentials) => {
                Finding::new(denied, self.star, headline, label).also(credentials, CREDENTIALS)
            }
            None => Finding::new(warning, self.star, headline, label),
        }
    }

    fn any_host(&self) -> Finding {
        let rules = [
            &rules::ANY_ORIGIN_WITH_CREDENTIALS,
            &rules::ANY_ORIGIN_PATTERN,
        ];
        self.finding(rules, "matches every site", "stands for any host")
    }

    fn apps(&self, extensions: bool) -> Finding {
        let rules = [
            &rules::ANY_EXTENSION_WITH_CREDENTIALS,
            &rules::ANY_EXTENSION,
        ];
        let (headline, label) = if extensions {
            ("matches every extension", "stands for any extension")
        } else {
            ("matches every app with this scheme", "stands for any app")
        };
        self.finding(rules, headline, label)
    }

    fn open_end(&self) -> Finding {
        let (before, _) = self.ends;
        let rules = [&rules::OPEN_END_WITH_CREDENTIALS, &rules::OPEN_END];
        let dot = if before.ends_with('.') { "" } else { "." };
        let finding = self
            .finding(
                rules,
                "leaves the end of the host open",
                "stands for any end",
            )
            .note(format!("`{before}{dot}evil.example` matches"));
        let last = before.trim_end_matches('.').rsplit(['.', '/']).next();
        if last.is_some_and(|label| label.parse::<u8>().is_ok()) {
            finding.words(format!(
                "write each address in full, such as \"{}\"",
                self.written.replacen('*', "1", 1)
            ))
        } else {
            finding
        }
    }

    fn open_start(&self, domain: &str) -> Finding {
        let (start, after) = self.with_scheme();
        let rules = [&rules::OPEN_START_WITH_CREDENTIALS, &rules::OPEN_START];
        self.finding(
            rules,
            "has no dot after its `*`, so other domains match",
            "a dot is missing after this",
        )
        .note(format!(
            "`{start}evil{after}` matches, and `evil{domain}` is another domain"
        ))
    }

    fn public_suffix(&self, suffix: &str) -> Finding {
        let rules = [
            &rules::PUBLIC_SUFFIX_WITH_CREDENTIALS,
            &rules::PUBLIC_SUFFIX,
        ];
        let headline = format!("matches names under `{suffix}`, which anybody can register");
        self.finding(rules, &headline, "stands for anybody's name")
            .note(format!("`{suffix}` is a public suffix"))
    }

    fn any_scheme(&self) -> Finding {
        let rules = [&rules::ANY_SCHEME_WITH_CREDENTIALS, &rules::ANY_SCHEME];
        self.finding(rules, "matches plain http too", "stands for the scheme too")
    }

    /// The ends of a pattern that may lack its scheme.
    fn with_scheme(&self) -> (&str, &str) {
        match self.ends {
            (before, after) if before.contains("://") => (before, after),
            (_, after) => ("https://", after),
        }
    }
}
