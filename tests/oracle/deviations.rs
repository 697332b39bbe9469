//! The ways in which our responses differ from KrakenD's, by name.
//!
//! A difference is explained only if it is exactly what the rule says. Anything else is a bug.

use std::collections::BTreeSet;
use std::fmt;

use cors_runtime::Policy;
use cors_runtime::testing::{Blocked, Browser};
use http::{HeaderMap, Method};

use crate::replay;
use crate::vectors::{Parsed, RecordedResponse, Request};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Deviation {
    /// Origins are compared byte for byte; KrakenD ignores case.
    OriginCase,
    /// Several `Origin` lines are not an origin; KrakenD decides by the first and echoes all.
    SeveralOrigins,
    /// A `*` inside an origin matches only what can be in one there; in KrakenD it matches anything.
    ForgedOrigin,
    /// `*` is sent without credentials: browsers refuse the two together; KrakenD sends both.
    StarWithoutCredentials,
    /// Responses to preflights list all methods; KrakenD echoes the requested one.
    WholeMethodList,
    /// Responses to preflights list all request headers; KrakenD echoes the requested ones.
    WholeHeaderList,
    /// Any header without credentials is sent as `*, authorization`; KrakenD echoes the names.
    AnyHeader,
    /// With credentials only a list of names is echoed; KrakenD echoes anything.
    SoundEcho,
    /// The requested names may have any order and case, with spaces and on several lines.
    ReadsHeaderList,
    /// A refused preflight carries the headers that describe the policy; KrakenD sends only `Vary`.
    SpeakingRefusal,
    /// Several `Access-Control-Request-Method` lines are not a preflight; KrakenD takes the first.
    SeveralMethods,
    /// Several `Access-Control-Request-Private-Network` lines count as none; KrakenD takes the first.
    SeveralNetworks,
    /// Names in a list are as the file has them; KrakenD changes their case.
    NamesAsWritten,
    /// Every response to OPTIONS has the whole `Vary` of preflights, so that no cache serves one
    /// for another; KrakenD sends it only on preflights.
    VaryOnOptions,
}

use Deviation::{
    AnyHeader, ForgedOrigin, NamesAsWritten, OriginCase, ReadsHeaderList, SeveralMethods,
    SeveralNetworks, SeveralOrigins, SoundEcho, SpeakingRefusal, StarWithoutCredentials,
    VaryOnOptions, WholeHeaderList, WholeMethodList,
};

impl Deviation {
    pub(crate) const ALL: &[Self] = &[
        OriginCase,
        SeveralOrigins,
        ForgedOrigin,
        StarWithoutCredentials,
        WholeMethodList,
        WholeHeaderList,
        AnyHeader,
        SoundEcho,
        ReadsHeaderList,
        SpeakingRefusal,
        SeveralMethods,
        SeveralNetworks,
        NamesAsWritten,
        VaryOnOptions,
    ];
}

/// The input of the rules.
pub(crate) struct Facts<'c> {
    case: &'c str,
    policy: &'static Policy,
    pub(crate) request: &'c Request,
    origins: Vec<&'c str>,
    asked: Vec<&'c str>,
    names: Vec<&'c str>,
    any_header: bool,
    credentials: bool,
}

impl fmt::Display for Facts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} / {}", self.case, self.request.name)
    }
}

impl<'c> Facts<'c> {
    pub(crate) fn of(
        case: &'c str,
        policy: &'static Policy,
        parsed: &Parsed,
        request: &'c Request,
    ) -> Self {
        let headers = parsed.allow_headers.clone().unwrap_or_default();
        Self {
            case,
            policy,
            request,
            origins: request.lines("Origin"),
            asked: request.lines("Access-Control-Request-Method"),
            names: request.lines("Access-Control-Request-Headers"),
            any_header: headers.is_empty() || headers.iter().any(|name| name == "*"),
            credentials: policy.allow_credentials(),
        }
    }

    fn is_preflight(&self) -> bool {
        self.request.method == "OPTIONS" && self.asked.first().is_some_and(|m| !m.is_empty())
    }

    /// The requested names, read as a list.
    fn asked_names(&self) -> Vec<String> {
        self.names
            .iter()
            .flat_map(|line| line.split(','))
            .map(|name| name.trim().to_ascii_lowercase())
            .filter(|name| !name.is_empty())
            .collect()
    }

    fn lists_every_name(&self) -> bool {
        let listed = self.policy.allow_headers();
        self.asked_names()
            .iter()
            .all(|name| listed.contains(&name.as_str()))
    }

    fn allows_asked_method(&self) -> bool {
        let method = self.asked.first().copied().unwrap_or_default();
        method == "OPTIONS" || self.policy.allow_methods().contains(&method)
    }
}

const ORIGIN: &str = "Access-Control-Allow-Origin";
const METHODS: &str = "Access-Control-Allow-Methods";
const HEADERS: &str = "Access-Control-Allow-Headers";

/// The names of all differences, or an error for one that has no name.
pub(crate) fn explain(
    facts: &Facts<'_>,
    theirs: &RecordedResponse,
    ours: &RecordedResponse,
) -> Result<BTreeSet<Deviation>, String> {
    let mut names = BTreeSet::new();
    if theirs == ours {
        return Ok(names);
    }
    if facts.is_preflight() && facts.asked.len() > 1 {
        // To us this is an actual OPTIONS request. Nothing else can be compared.
        let plain = ours.reached && ours.status == 200 && !ours.has(METHODS) && !ours.has(HEADERS);
        names.insert(SeveralMethods);
        return if plain {
            Ok(names)
        } else {
            Err("no actual request".to_owned())
        };
    }
    if (theirs.status, theirs.reached) != (ours.status, ours.reached) {
        return Err("another status or handler".to_owned());
    }
    let granted = (theirs.has(ORIGIN), ours.has(ORIGIN) || ours.has(METHODS));
    match granted {
        (true, false) => names.insert(withheld(facts)?),
        (false, true) => {
            names.extend(volunteered(facts, ours)?);
            false
        }
        _ => false,
    };
    if granted == (true, true) {
        same_grant(facts, theirs, ours, &mut names)?;
    }
    vary(facts, theirs, ours, &mut names)?;
    if names.is_empty() {
        Err("no rule speaks of this".to_owned())
    } else {
        Ok(names)
    }
}

/// Why we do not grant what KrakenD grants.
fn withheld(facts: &Facts<'_>) -> Result<Deviation, String> {
    match facts.origins.as_slice() {
        [_, _, ..] => Ok(SeveralOrigins),
        [origin]
            if facts
                .policy
                .allow_origins()
                .any(|o| o.eq_ignore_ascii_case(origin) && o != *origin) =>
        {
            Ok(OriginCase)
        }
        [origin] if origin.bytes().any(|b| b.is_ascii_uppercase()) => Ok(OriginCase),
        [origin] if !is_of_a_page(origin) => Ok(ForgedOrigin),
        _ => Err("nothing is granted".to_owned()),
    }
}

/// Whether there are pages of this origin.
fn is_of_a_page(origin: &str) -> bool {
    let request = replay::request(Method::GET, HeaderMap::new());
    let seen = replay::fetch(&Browser::at(origin), request, replay::grant);
    !matches!(seen, Err(Blocked::Page { .. }))
}

/// Why we send headers and KrakenD does not.
fn volunteered(facts: &Facts<'_>, ours: &RecordedResponse) -> Result<BTreeSet<Deviation>, String> {
    let mut names = BTreeSet::new();
    if !facts.is_preflight() {
        return Err("an actual request is granted".to_owned());
    }
    if !facts.allows_asked_method() {
        let asked = facts.asked.first().copied().unwrap_or_default();
        let safelisted = ["GET", "HEAD", "POST"].contains(&asked);
        if safelisted == ours.has(ORIGIN) {
            return Err(
                "GET, HEAD and POST must fail by the origin, others by the list".to_owned(),
            );
        }
        names.insert(SpeakingRefusal);
    } else if facts.any_header {
        return Err("KrakenD refuses no header here".to_owned());
    } else if facts.lists_every_name() {
        names.insert(ReadsHeaderList);
    } else {
        names.insert(SpeakingRefusal);
    }
    Ok(names)
}

/// What differs between two grants.
fn same_grant(
    facts: &Facts<'_>,
    theirs: &RecordedResponse,
    ours: &RecordedResponse,
    names: &mut BTreeSet<Deviation>,
) -> Result<(), String> {
    for name in ["Credentials", "Private-Network"] {
        let name = format!("Access-Control-Allow-{name}");
        if theirs.lines(&name) == ours.lines(&name) {
            continue;
        }
        let networks = facts
            .request
            .lines("Access-Control-Request-Private-Network");
        let star = ours.lines(ORIGIN) == ["*"];
        if name.ends_with("Credentials") && star && !ours.has(&name) {
            names.insert(StarWithoutCredentials);
        } else if name.ends_with("Network") && networks.len() > 1 && !ours.has(&name) {
            names.insert(SeveralNetworks);
        } else {
            return Err(format!("{name} differs"));
        }
    }
    for name in ["Access-Control-Max-Age", "Access-Control-Expose-Headers"] {
        if list(theirs.lines(name)) != list(ours.lines(name)) {
            return Err(format!("{name} differs"));
        }
        if theirs.lines(name) != ours.lines(name) {
            names.insert(NamesAsWritten);
        }
    }
    if theirs.lines(ORIGIN) != ours.lines(ORIGIN) {
        return Err("another origin is granted".to_owned());
    }
    if theirs.lines(METHODS) != ours.lines(METHODS) {
        let (theirs, ours) = (list(theirs.lines(METHODS)), list(ours.lines(METHODS)));
        if !theirs.is_subset(&ours) {
            return Err("a method is missing".to_owned());
        }
        names.insert(WholeMethodList);
    }
    if theirs.lines(HEADERS) != ours.lines(HEADERS) {
        names.insert(header_list(facts, theirs, ours)?);
    }
    Ok(())
}

/// The most lines of names that are echoed.
const MOST_LINES: usize = 16;

fn header_list(
    facts: &Facts<'_>,
    theirs: &RecordedResponse,
    ours: &RecordedResponse,
) -> Result<Deviation, String> {
    if facts.any_header && !facts.credentials {
        return match ours.lines(HEADERS) {
            [value] if value == "*, authorization" => Ok(AnyHeader),
            _ => Err("any header is not `*, authorization`".to_owned()),
        };
    }
    if facts.any_header {
        let names = facts.asked_names();
        let is_token = |name: &String| {
            name.bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
        };
        let length: usize = facts.names.iter().map(|line| line.len()).sum();
        let bounded = length <= 64 * 1024 && facts.names.len() <= MOST_LINES;
        let sound = names.iter().all(is_token) && bounded;
        return match (sound, ours.lines(HEADERS)) {
            (true, lines) if list(lines) == names.into_iter().collect() => Ok(SoundEcho),
            (false, []) => Ok(SoundEcho),
            _ => Err("the echo is another".to_owned()),
        };
    }
    let (theirs, ours) = (list(theirs.lines(HEADERS)), list(ours.lines(HEADERS)));
    if theirs.is_subset(&ours) {
        Ok(WholeHeaderList)
    } else {
        Err("a header is missing".to_owned())
    }
}

/// The names of `Vary` on a response to an OPTIONS request that is not a preflight.
fn vary(
    facts: &Facts<'_>,
    theirs: &RecordedResponse,
    ours: &RecordedResponse,
    names: &mut BTreeSet<Deviation>,
) -> Result<(), String> {
    let (theirs, ours) = (list(theirs.lines("Vary")), list(ours.lines("Vary")));
    if theirs == ours {
        return Ok(());
    }
    let network = facts.policy.allow_private_network();
    let whole = ["method", "headers", "private-network"]
        .into_iter()
        .filter(|name| network || *name != "private-network")
        .map(|name| format!("access-control-request-{name}"));
    let whole: BTreeSet<String> = theirs.iter().cloned().chain(whole).collect();
    if facts.request.method == "OPTIONS" && !facts.is_preflight() && ours == whole {
        names.insert(VaryOnOptions);
        return Ok(());
    }
    Err("Vary differs".to_owned())
}

fn list(lines: &[String]) -> BTreeSet<String> {
    lines
        .iter()
        .flat_map(|line| line.split(','))
        .map(|element| element.trim().to_ascii_lowercase())
        .filter(|element| !element.is_empty())
        .collect()
}
