//! The expected result for a request, computed in the slow and obvious way from the configuration
//! text.
//!
//! It is written from the Fetch standard, KrakenD's behaviour and the documented differences. It
//! shares no code with the library.

use std::collections::BTreeSet;

use serde::Deserialize;

/// A CORS object, as the tests generate them.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Config {
    pub(crate) allow_origins: Vec<String>,
    pub(crate) allow_methods: Option<Vec<String>>,
    pub(crate) allow_headers: Vec<String>,
    #[serde(default)]
    pub(crate) expose_headers: Vec<String>,
    pub(crate) max_age: Option<String>,
    #[serde(default)]
    pub(crate) allow_credentials: bool,
    #[serde(default)]
    pub(crate) allow_private_network: bool,
    #[serde(default)]
    pub(crate) options_passthrough: bool,
    pub(crate) options_success_status: Option<u16>,
}

/// A request: a method and lines of headers, names in lower case.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) lines: Vec<(&'static str, String)>,
}

impl Request {
    pub(crate) fn lines(&self, name: &str) -> Vec<&str> {
        let lines = self.lines.iter().filter(|(other, _)| *other == name);
        lines.map(|(_, value)| value.as_str()).collect()
    }

    /// The value of a header that occurs once.
    fn one(&self, name: &str) -> Option<&str> {
        match self.lines(name).as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }
}

/// The result for a request: the status if the policy itself answers, the headers in no order, and
/// whether a browser is refused.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) status: Option<u16>,
    pub(crate) headers: BTreeSet<(String, String)>,
    pub(crate) refused: bool,
}

pub(crate) fn outcome(config: &Config, request: &Request) -> Outcome {
    let asks = request
        .one("access-control-request-method")
        .filter(|method| !method.is_empty());
    match asks {
        Some(method) if request.method == "OPTIONS" => preflight(config, request, method),
        _ => actual(config, request),
    }
}

fn actual(config: &Config, request: &Request) -> Outcome {
    let mut headers = BTreeSet::new();
    let mut set = |name: &str, value: String| headers.insert((name.to_owned(), value));
    let origins = request.lines("origin");
    let method = allows_method(config, &request.method);
    if method && let Some(value) = allow_origin(config, request) {
        set("access-control-allow-origin", value);
        if config.allow_credentials {
            set("access-control-allow-credentials", "true".to_owned());
        }
        if !config.expose_headers.is_empty() {
            set(
                "access-control-expose-headers",
                config.expose_headers.join(", "),
            );
        }
    }
    let names = match request.method.as_str() {
        "OPTIONS" => preflight_vary(config),
        _ => vec!["Origin".to_owned()],
    };
    for name in names {
        set("vary", name);
    }
    let granted = method && is_allowed(config, request);
    Outcome {
        status: None,
        refused: !(origins.is_empty() || granted),
        headers,
    }
}

fn preflight(config: &Config, request: &Request, method: &str) -> Outcome {
    let mut headers = BTreeSet::new();
    let mut set = |name: &str, value: String| headers.insert((name.to_owned(), value));
    let method_passes = allows_method(config, method);
    let any_header = config.allow_headers.iter().any(|name| name == "*");
    let names = asked_names(
        request,
        if any_header {
            &[]
        } else {
            &config.allow_headers
        },
    );
    let names_pass = match &names {
        _ if any_header && !config.allow_credentials => true,
        None => false,
        Some(names) if any_header => names.iter().all(|name| is_token(name)),
        Some(names) => names.iter().all(|name| {
            config
                .allow_headers
                .iter()
                .any(|listed| listed.eq_ignore_ascii_case(name))
        }),
    };
    let origins = request.lines("origin");
    let asks_network = request.one("access-control-request-private-network") == Some("true");
    let origin_passes = origins.is_empty() || is_allowed(config, request);
    let granted = origin_passes && method_passes && names_pass;
    let value = allow_origin(config, request);
    if let Some(value) = value {
        let withheld = !method_passes && ["GET", "HEAD", "POST"].contains(&method);
        if !withheld {
            set("access-control-allow-origin", value);
            if config.allow_credentials {
                set("access-control-allow-credentials", "true".to_owned());
            }
        }
        let mut methods = methods(config);
        if !methods.contains(&"OPTIONS".to_owned()) {
            methods.push("OPTIONS".to_owned());
        }
        set("access-control-allow-methods", methods.join(", "));
        if any_header && config.allow_credentials {
            let lines = request.lines("access-control-request-headers");
            if names_pass && !lines.is_empty() {
                set("access-control-allow-headers", lines.join(", "));
            }
        } else if any_header {
            set(
                "access-control-allow-headers",
                "*, authorization".to_owned(),
            );
        } else {
            set(
                "access-control-allow-headers",
                config.allow_headers.join(", "),
            );
        }
        if let Some(age) = &config.max_age {
            set("access-control-max-age", seconds(age).to_string());
        }
        if granted && asks_network && config.allow_private_network {
            set("access-control-allow-private-network", "true".to_owned());
        }
    }
    for name in preflight_vary(config) {
        set("vary", name);
    }
    let network_passes = !asks_network || config.allow_private_network;
    let granted = granted && network_passes;
    Outcome {
        status: (!config.options_passthrough).then(|| config.options_success_status.unwrap_or(204)),
        headers,
        refused: !(origins.is_empty() || granted),
    }
}

/// The names on which the responses to OPTIONS depend.
fn preflight_vary(config: &Config) -> Vec<String> {
    let mut names = vec![
        "Origin",
        "Access-Control-Request-Method",
        "Access-Control-Request-Headers",
    ];
    if config.allow_private_network {
        names.push("Access-Control-Request-Private-Network");
    }
    names.into_iter().map(str::to_owned).collect()
}

pub(crate) fn methods(config: &Config) -> Vec<String> {
    let default = || ["GET", "HEAD", "POST"].map(str::to_owned).to_vec();
    config.allow_methods.clone().unwrap_or_else(default)
}

fn allows_method(config: &Config, method: &str) -> bool {
    method == "OPTIONS" || methods(config).iter().any(|allowed| allowed == method)
}

/// The value of `Access-Control-Allow-Origin`.
fn allow_origin(config: &Config, request: &Request) -> Option<String> {
    let origin = request.one("origin")?;
    let any = config.allow_origins.iter().any(|origin| origin == "*");
    let value = if any { "*" } else { origin };
    is_allowed(config, request).then(|| value.to_owned())
}

fn is_allowed(config: &Config, request: &Request) -> bool {
    let Some(origin) = request.one("origin") else {
        return false;
    };
    config
        .allow_origins
        .iter()
        .any(|entry| match entry.split_once('*') {
            Some(("", "")) => !origin.is_empty(),
            None => entry == origin,
            Some((before, after)) => {
                origin.len() >= before.len() + after.len()
                    && origin.starts_with(before)
                    && origin.ends_with(after)
                    && origin.len() <= 282
                    && has_the_shape_of_an_origin(origin)
            }
        })
}

/// `scheme://host[:port]`, only as browsers write it.
fn has_the_shape_of_an_origin(text: &str) -> bool {
    let Some((scheme, authority)) = text.split_once("://") else {
        return false;
    };
    let scheme = scheme.starts_with(|c: char| c.is_ascii_lowercase())
        && scheme
            .chars()
            .all(|c| matches!(c, 'a'..='z' | '0'..='9' | '+' | '-' | '.'));
    let host_and_port = match authority.strip_prefix('[') {
        Some(rest) => rest.split_once(']').map(|(address, rest)| {
            let sound =
                !address.is_empty() && address.chars().all(|c| "0123456789abcdef:".contains(c));
            (sound, rest)
        }),
        None => {
            let end = authority.find(':').unwrap_or(authority.len());
            let (host, rest) = authority.split_at(end);
            let forbidden = "#%/:<>?@[\\]^|";
            let sound = !host.is_empty()
                && host.chars().all(|c| {
                    c.is_ascii_graphic() && !c.is_ascii_uppercase() && !forbidden.contains(c)
                });
            Some((sound, rest))
        }
    };
    let Some((host, rest)) = host_and_port else {
        return false;
    };
    let port = match rest.strip_prefix(':') {
        None => rest.is_empty(),
        Some(port) => port
            .parse::<u16>()
            .is_ok_and(|number| number > 0 && number.to_string() == port),
    };
    scheme && host && port
}

/// The elements of all lines; `None` if more are empty than an intermediary would leave, if there are more
/// names than a browser can send for a list, or if a line that no browser writes is longer than 4 KiB.
fn asked_names(request: &Request, listed: &[String]) -> Option<Vec<String>> {
    let lines = request.lines("access-control-request-headers");
    let strange = |line: &&str| !is_of_a_browser(line, listed, lines.len());
    let read: usize = lines.iter().copied().filter(strange).map(str::len).sum();
    let elements: Vec<&str> = lines
        .iter()
        .flat_map(|line| line.split(','))
        .map(|element| element.trim_matches([' ', '\t']))
        .collect();
    let empty = elements.iter().filter(|element| element.is_empty()).count();
    let names = elements.into_iter().filter(|element| !element.is_empty());
    let names: Vec<String> = names.map(str::to_owned).collect();
    let too_many = !listed.is_empty() && names.len() > listed.len() + 16;
    (empty <= 16 && !too_many && read <= 4096).then_some(names)
}

/// Whether a line is written as browsers do. Of a list, that is one line of listed names, sorted, each once.
fn is_of_a_browser(line: &str, listed: &[String], lines: usize) -> bool {
    let usual = |c: char| matches!(c, 'a'..='z' | '0'..='9' | '-');
    let mut names = line.split(',');
    if listed.is_empty() {
        return names.all(|name| !name.is_empty() && name.chars().all(usual));
    }
    let names: Vec<&str> = names.collect();
    let is_listed = |name: &&str| listed.iter().any(|entry| entry.to_lowercase() == **name);
    lines == 1 && names.is_sorted_by(|a, b| a < b) && names.iter().all(is_listed)
}

fn is_token(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c))
}

/// Durations as the tests write them: one number and one unit.
pub(crate) fn seconds(age: &str) -> i64 {
    let (number, unit) = age.split_at(age.len() - 1);
    let number: i64 = number.parse().expect("a number");
    let seconds = match unit {
        "h" => number * 3600,
        "m" => number * 60,
        _ => number,
    };
    seconds.max(0)
}
