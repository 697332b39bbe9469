//! What is risky about an origin or a pattern, with credentials and without.

use super::entry::{Breadth, Exact, Hosts};
use crate::finding::{Finding, Place};
use crate::json::{Text, quoted};
use crate::policy::Pattern;
use crate::report::Report;
use crate::rules::{self, Rule};

/// One origin: a risk only with credentials.
pub(super) fn of_origin(
    item: &Text<'_>,
    exact: &Exact,
    credentials: Option<Place>,
    report: &mut Report,
) {
    let Some(credentials) = credentials else {
        return;
    };
    if exact.insecure {
        report.push(insecure(item, credentials, &exact.text));
    } else if exact.local {
        report.push(local(item, credentials));
    }
}

/// A pattern.
pub(super) fn of_pattern(
    item: &Text<'_>,
    pattern: &Pattern,
    breadth: &Breadth,
    credentials: Option<Place>,
    report: &mut Report,
) {
    let risk = Risk {
        star: item.part(breadth.star..breadth.star + 1),
        around: pattern.around(),
        credentials,
    };
    let by_host = match &breadth.hosts {
        Hosts::Any => return report.push(risk.any_host(item.as_str())),
        Hosts::OpenEnd => Some(risk.open_end()),
        Hosts::OpenStart { domain } => Some(risk.open_start(domain)),
        Hosts::PublicSuffix { suffix } => Some(risk.public_suffix(suffix)),
        Hosts::Subdomains | Hosts::Fixed => None,
    };
    let by_scheme = breadth.any_scheme.then(|| risk.any_scheme(item.as_str()));
    for finding in by_host.into_iter().chain(by_scheme) {
        report.push(finding);
    }
    let Some(credentials) = credentials else {
        return;
    };
    if breadth.insecure {
        report.push(insecure(item, credentials, &pattern.text));
    } else if breadth.local {
        report.push(local(item, credentials));
    } else if breadth.hosts == Hosts::Subdomains && !breadth.any_scheme {
        report.push(subdomains(risk.star, credentials));
    }
}

fn insecure(item: &Text<'_>, credentials: Place, text: &str) -> Finding {
    let scheme = item.as_str().find(':').unwrap_or_default();
    Finding::new(
        &rules::INSECURE_ORIGIN_WITH_CREDENTIALS,
        item.part(0..scheme),
        "plain http together with credentials",
        "anybody on the way can be this origin",
    )
    .also(credentials, "and read and write with the visitor's cookies")
    .note("browsers and KrakenD accept it; whoever controls the network between can answer for the page and use its rights here")
    .words(quoted(&[text.replacen("http:", "https:", 1)]))
}

fn local(item: &Text<'_>, credentials: Place) -> Finding {
    Finding::new(
        &rules::LOCAL_ORIGIN_WITH_CREDENTIALS,
        item.place(),
        "an address of this machine or network, with credentials",
        "a development entry?",
    )
    .also(credentials, "credentials are allowed here")
    .note("whatever runs there may read and write as the visitor")
    .words("keep it in a configuration of its own")
}

fn subdomains(star: Place, credentials: Place) -> Finding {
    Finding::new(
        &rules::SUBDOMAINS_WITH_CREDENTIALS,
        star,
        "every subdomain, with credentials",
        "any of them",
    )
    .also(credentials, "credentials are allowed here")
    .note("one forgotten subdomain that somebody takes over may read and write as the visitor")
    .words("list the hosts")
}

/// A pattern's `*`, and what its findings have in common.
struct Risk<'p> {
    star: Place,
    /// What the pattern has before and behind its `*`.
    around: (&'p str, &'p str),
    credentials: Option<Place>,
}

impl Risk<'_> {
    /// A finding at the `*`: of the first rule with credentials, else of the second.
    fn finding(
        &self,
        [denied, warning]: [&'static Rule; 2],
        headline: impl Into<String>,
        label: &str,
    ) -> Finding {
        match self.credentials {
            Some(credentials) => Finding::new(denied, self.star, headline, label)
                .also(credentials, "with the visitor's cookies"),
            None => Finding::new(warning, self.star, headline, label),
        }
    }

    fn any_host(&self, written: &str) -> Finding {
        let rules = [
            &rules::ANY_ORIGIN_WITH_CREDENTIALS,
            &rules::ANY_ORIGIN_PATTERN,
        ];
        let finding = self.finding(
            rules,
            format!("`{written}` matches every site"),
            "stands for any host",
        );
        match self.credentials {
            Some(_) => finding
                .note("every site that a visitor opens can read and write here as that visitor; it is KrakenD's documented way round the rule against `*` with credentials")
                .words("list the origins: \"https://app.example.com\""),
            None => finding
                .note("it allows what `*` does, but each answer names one origin, so caches cannot share it")
                .words("\"*\""),
        }
    }

    fn open_end(&self) -> Finding {
        let (before, _) = self.around;
        let rules = [&rules::OPEN_END_WITH_CREDENTIALS, &rules::OPEN_END];
        let (dot, help) = match before.strip_suffix('.') {
            Some(start) => {
                let last = start.rsplit(['.', '/']).next().unwrap_or_default();
                let number = !last.is_empty() && last.bytes().all(|b| b.is_ascii_digit());
                let rest = if number { "1" } else { "com" };
                (
                    "",
                    format!(
                        "each host in full: {}",
                        quoted(&[format!("{before}{rest}")])
                    ),
                )
            }
            None => (
                ".",
                format!(
                    "{}, or {} for any port",
                    quoted(&[before]),
                    quoted(&[format!("{before}:*")])
                ),
            ),
        };
        self.finding(
            rules,
            "a `*` at the end of the host lets in names that anybody can register",
            "any end of a host",
        )
        .note(format!("it matches `{before}{dot}evil.example`"))
        .words(help)
    }

    fn open_start(&self, domain: &str) -> Finding {
        let (before, after) = self.around;
        let start = if before.is_empty() {
            "https://"
        } else {
            before
        };
        self.finding(
            [&rules::OPEN_START_WITH_CREDENTIALS, &rules::OPEN_START],
            "a `*` without a dot behind it lets in names that anybody can register",
            "a dot is missing behind this",
        )
        .note(format!(
            "it matches `{start}evil{after}`, which is not below `{domain}`"
        ))
        .words(quoted(&[
            format!("{start}*.{after}"),
            format!("{start}{after}"),
        ]))
    }

    fn public_suffix(&self, suffix: &str) -> Finding {
        let (before, _) = self.around;
        let start = if before.is_empty() {
            "https://"
        } else {
            before
        };
        let rules = [
            &rules::PUBLIC_SUFFIX_WITH_CREDENTIALS,
            &rules::PUBLIC_SUFFIX,
        ];
        self.finding(
            rules,
            format!("anybody can have a name below `{suffix}`"),
            "any of them",
        )
        .note(format!(
            "`{suffix}` is a public suffix: names below it are given to whoever asks"
        ))
        .words(quoted(&[format!("{start}*.yours.{suffix}")]))
    }

    fn any_scheme(&self, written: &str) -> Finding {
        let (_, after) = self.around;
        let rest = match after.strip_prefix("://") {
            Some(host) => host.to_owned(),
            None => format!("*{after}"),
        };
        self.finding(
            [&rules::ANY_SCHEME_WITH_CREDENTIALS, &rules::ANY_SCHEME],
            format!("`{written}` lets plain http in"),
            "stands for the scheme too",
        )
        .note("over plain http whoever controls the network between can answer for the page")
        .words(format!(
            "{}, and {} if that is meant",
            quoted(&[format!("https://{rest}")]),
            quoted(&[format!("http://{rest}")])
        ))
    }
}
