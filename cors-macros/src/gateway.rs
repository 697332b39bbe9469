//! The rest of a gateway's configuration, as far as it concerns CORS: above all its endpoints.
//!
//! What is wrong with an endpoint otherwise is KrakenD's business: the endpoint is left out.

mod modifiers;
mod token;

use std::cell::OnceCell;
use std::collections::HashSet;

use crate::finding::Place;
use crate::json::{Document, Member, Text, Value, get};

use self::token::ApiKeys;
pub(crate) use self::token::{Instead, Token};

/// What the gateway does besides CORS.
#[derive(Default)]
pub(crate) struct Gateway<'a> {
    pub(crate) endpoints: Vec<Endpoint<'a>>,
    /// Whether something beside the endpoints may answer OPTIONS requests.
    pub(crate) answers_options: bool,
    extra: Option<Value<'a>>,
    /// The words of sections that may set request headers, in lower case; read when the first is asked
    /// for.
    modifiers: OnceCell<HashSet<String>>,
}

/// A path and a method that the gateway serves.
pub(crate) struct Endpoint<'a> {
    pub(crate) path: Text<'a>,
    /// In upper case, as KrakenD reads it.
    pub(crate) method: String,
    /// Where the method is written; the path, where it is not.
    pub(crate) place: Place,
    /// The names of the request headers that the backends get.
    pub(crate) forwards: Vec<Text<'a>>,
    pub(crate) tokens: Vec<Token<'a>>,
    /// Whether the backend's response headers are passed on.
    pub(crate) is_no_op: bool,
    /// Whether it becomes a WebSocket: browsers do not ask CORS for these.
    pub(crate) is_websocket: bool,
    extra: Option<Value<'a>>,
    backend: Option<Value<'a>>,
}

/// The `version` of a configuration that only KrakenD 1.x reads.
pub(crate) fn older_version<'m, 'a>(root: &'m [Member<'a>]) -> Option<&'m Member<'a>> {
    get(root, "version").filter(|version| version.value.raw() == "2")
}

/// Reads the endpoints of a configuration.
pub(crate) fn read<'a>(document: &Document<'a>) -> Gateway<'a> {
    let root = &document.members;
    let extra = value(root, "extra_config");
    let sections = extra.map(|extra| extra.members()).unwrap_or_default();
    let defaults = Defaults {
        forwards: if older_version(root).is_some() {
            "headers_to_pass"
        } else {
            "input_headers"
        },
        is_no_op: is_no_op(root).unwrap_or(false),
        api_keys: exact(&sections, token::API_KEYS).map(|section| ApiKeys::read(&section)),
    };
    let endpoints = document.objects("endpoints").iter();
    Gateway {
        endpoints: endpoints
            .filter_map(|members| defaults.endpoint(members))
            .collect(),
        answers_options: answers_options(&sections),
        extra,
        modifiers: OnceCell::new(),
    }
}

/// What the root says for all endpoints.
struct Defaults<'a> {
    /// The key with the request headers to forward.
    forwards: &'static str,
    is_no_op: bool,
    api_keys: Option<ApiKeys<'a>>,
}

impl<'a> Defaults<'a> {
    fn endpoint(&self, members: &[Member<'a>]) -> Option<Endpoint<'a>> {
        let path = value(members, "endpoint")?.text()?;
        let method = match value(members, "method") {
            Some(method) => Some(method.text()?).filter(|method| !method.as_str().is_empty()),
            None => None,
        };
        let forwards = value(members, self.forwards);
        let forwards = forwards.iter().flat_map(Value::items);
        let extra = value(members, "extra_config");
        let sections = extra.map(|extra| extra.members()).unwrap_or_default();
        let is_websocket = |section: &Member<'_>| section.key.as_str() == "websocket";
        Some(Endpoint {
            place: method.as_ref().unwrap_or(&path).place(),
            method: method.map_or_else(
                || "GET".to_owned(),
                |method| method.as_str().to_ascii_uppercase(),
            ),
            forwards: forwards.filter_map(|name| name.text()).collect(),
            tokens: token::tokens(&sections, self.api_keys.as_ref()),
            is_websocket: sections.iter().any(is_websocket),
            is_no_op: is_no_op(members).unwrap_or(self.is_no_op),
            path,
            extra,
            backend: value(members, "backend"),
        })
    }
}

impl Gateway<'_> {
    /// Whether the gateway itself sets a request header, as far as its configuration tells.
    pub(crate) fn sets(&self, header: &str) -> bool {
        let modifiers = self.modifiers.get_or_init(|| {
            let extras = self.endpoints.iter().flat_map(Endpoint::extras);
            extras
                .chain(self.extra)
                .flat_map(|extra| modifiers::modifying_words(&extra))
                .collect()
        });
        modifiers.contains(&header.to_ascii_lowercase())
    }
}

impl<'a> Endpoint<'a> {
    /// Whether it does something with headers of CORS itself, such as to remove those of the backend.
    pub(crate) fn names_cors(&self) -> bool {
        let mut parts = [self.extra, self.backend].into_iter().flatten();
        parts.any(|part| {
            part.raw()
                .to_ascii_lowercase()
                .contains("access-control-allow-origin")
        })
    }

    /// Whether no backend gets the `Origin` that is forwarded.
    pub(crate) fn removes_origin(&self) -> bool {
        let backends = self.backends();
        let removes =
            |extra: &Option<Value<'_>>| extra.as_ref().is_some_and(modifiers::removes_origin);
        !backends.is_empty() && backends.iter().all(removes)
    }

    /// The `extra_config` of each backend.
    fn backends(&self) -> Vec<Option<Value<'a>>> {
        let backends = self.backend.iter().flat_map(Value::objects);
        backends
            .map(|backend| value(&backend, "extra_config"))
            .collect()
    }

    /// Its own `extra_config` and those of its backends.
    fn extras(&self) -> Vec<Value<'a>> {
        let backends = self.backends().into_iter();
        backends.chain([self.extra]).flatten().collect()
    }
}

/// Whether responses pass the gateway as the backend sent them.
fn is_no_op(members: &[Member<'_>]) -> Option<bool> {
    let encoding = value(members, "output_encoding")?.text()?;
    Some(encoding.as_str() == "no-op")
}

/// Whether the router answers OPTIONS for each path, or there is a plugin that may.
fn answers_options(sections: &[Member<'_>]) -> bool {
    sections.iter().any(|section| {
        let name = section.key.as_str();
        let is_router = name == "router" || name.ends_with("/router/gin");
        // The router asks for a boolean, and takes any other value for `false`.
        let auto = || {
            let auto = exact(&section.value.members(), "auto_options");
            auto.is_some_and(|auto| auto.raw() == "true")
        };
        name == "plugin/http-server" || is_router && auto()
    })
}

fn value<'a>(members: &[Member<'a>], name: &str) -> Option<Value<'a>> {
    get(members, name).map(|member| member.value)
}

/// The value of a name where KrakenD reads a map, and not a structure: then the case counts.
fn exact<'a>(members: &[Member<'a>], name: &str) -> Option<Value<'a>> {
    let mut members = members.iter().rev();
    members
        .find(|member| member.key.as_str() == name)
        .map(|member| member.value)
}
