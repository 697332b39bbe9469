//! The implementations that are compared.

use cors_runtime::{CorsLayer, Decision, Policy};
use http::{HeaderMap, HeaderValue, Method, Response, header};
use tower::Layer;

use crate::cases::Case;
use crate::limit::Respond;
use crate::lookup;
use crate::peers::{actix, axum, tower as tower_peer};
use crate::request::Request;
use crate::runner::{Runner, Subject, runner};

/// An implementation, or the empty frame that is subtracted from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The library, `decide`, and `apply` or `response`.
    Ours,
    /// The same, with `decide` behind a call.
    Called,
    /// Hand-written, with the library's guarantees.
    Limit,
    /// Hand-written, without guarantees.
    Least,
    /// A call that does nothing.
    Nothing,
    /// The library as a tower service.
    Tower,
    /// tower-http.
    TowerHttp,
    /// The bare tower service.
    TowerBare,
    /// The library as a layer of an axum router.
    Axum,
    /// The library around an axum router.
    AxumAround,
    /// A hand-written layer of an axum router.
    AxumByHand,
    /// tower-http as a layer of an axum router.
    AxumTowerHttp,
    /// The bare axum router.
    AxumBare,
    /// actix-cors.
    Actix,
    /// The bare actix service.
    ActixBare,
    /// A look-up that does nothing.
    FindNothing,
    /// `Policy::allows_origin`.
    Find,
    /// The minimum that a look-up can cost.
    Floor,
    /// A look-up in a `phf` set.
    Phf,
}

use Kind::*;

impl Kind {
    /// All of them.
    pub const ALL: [Self; 19] = [
        Ours,
        Called,
        Limit,
        Least,
        Nothing,
        Tower,
        TowerHttp,
        TowerBare,
        Axum,
        AxumAround,
        AxumByHand,
        AxumTowerHttp,
        AxumBare,
        Actix,
        ActixBare,
        FindNothing,
        Find,
        Floor,
        Phf,
    ];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Ours => "ours",
            Called => "called",
            Limit => "limit",
            Least => "least",
            Nothing => "nothing",
            Tower => "tower",
            TowerHttp => "tower-http",
            TowerBare => "tower-bare",
            Axum => "axum",
            AxumAround => "around-axum",
            AxumByHand => "by-hand",
            AxumTowerHttp => "axum-tower-http",
            AxumBare => "axum-bare",
            Actix => "actix-cors",
            ActixBare => "actix-bare",
            FindNothing => "find-nothing",
            Find => "find",
            Floor => "floor",
            Phf => "phf",
        }
    }

    /// The implementation with this name.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The frame that is subtracted.
    pub fn frame(self) -> Self {
        match self {
            Ours | Called | Limit | Least | Nothing => Nothing,
            Tower | TowerHttp | TowerBare => TowerBare,
            Axum | AxumAround | AxumByHand | AxumTowerHttp | AxumBare => AxumBare,
            Actix | ActixBare => ActixBare,
            FindNothing | Find | Floor | Phf => FindNothing,
        }
    }

    /// Prepares it for a case.
    pub fn runner(self, case: &'static Case) -> Box<dyn Runner> {
        let (policy, request) = (case.subject.policy, &case.request);
        let plain = |respond: Respond| runner(Plain { respond, request });
        match self {
            Ours => runner(Plain {
                respond: move |method: &Method, request: &HeaderMap, response: &mut HeaderMap| {
                    carried_out(&policy.decide(method, request), response)
                },
                request,
            }),
            Called => runner(Plain {
                respond: move |method: &Method, request: &HeaderMap, response: &mut HeaderMap| {
                    carried_out(&decide(policy, method, request), response)
                },
                request,
            }),
            Limit => plain(case.subject.limit),
            Least => plain(case.subject.least),
            Nothing => plain(|_, _, _| None),
            Tower => {
                let layer = CorsLayer::new(policy);
                tower_peer::runner(|handler| layer.layer(handler), request)
            }
            TowerHttp => {
                let layer = tower_peer::tower_http(policy);
                tower_peer::runner(|handler| layer.layer(handler), request)
            }
            TowerBare => tower_peer::runner(|handler| handler, request),
            Axum => {
                let layer = CorsLayer::new(policy);
                axum::runner(|router| axum::finished(router.layer(layer)), request)
            }
            AxumAround => {
                let layer = CorsLayer::new(policy);
                axum::runner(|router| layer.layer(axum::finished(router)), request)
            }
            AxumByHand => {
                let layered = case.subject.layered;
                axum::runner(|router| axum::finished(layered(router)), request)
            }
            AxumTowerHttp => {
                let layer = tower_peer::tower_http(policy);
                axum::runner(|router| axum::finished(router.layer(layer)), request)
            }
            AxumBare => axum::runner(axum::finished, request),
            Actix => actix::cors(policy, request),
            ActixBare => actix::bare(request),
            FindNothing => lookup::nothing(case),
            Find => lookup::ours(case),
            Floor => lookup::floor(case),
            Phf => lookup::phf(case),
        }
    }
}

/// The headers of the handler's response: two, with room for more.
pub fn handler_headers() -> HeaderMap {
    let mut headers = HeaderMap::with_capacity(8);
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from_static("512"));
    headers
}

/// A request through the library.
#[cfg(test)]
pub fn library(
    policy: &'static Policy,
    method: &Method,
    request: &HeaderMap,
    response: &mut HeaderMap,
) -> Option<Response<()>> {
    carried_out(&policy.decide(method, request), response)
}

/// `Policy::decide` as a caller gets it where the compiler does not inline it.
#[inline(never)]
fn decide(policy: &'static Policy, method: &Method, request: &HeaderMap) -> Decision {
    policy.decide(method, request)
}

#[inline(always)]
fn carried_out(decision: &Decision, response: &mut HeaderMap) -> Option<Response<()>> {
    if let Decision::Preflight(preflight) = decision {
        return preflight.response();
    }
    decision.apply(response);
    None
}

struct Plain<R> {
    respond: R,
    request: &'static Request,
}

impl<R> Subject for Plain<R>
where
    R: Fn(&Method, &HeaderMap, &mut HeaderMap) -> Option<Response<()>>,
{
    type Input = HeaderMap;
    type Output = Option<Response<()>>;

    fn prepare(&mut self) -> HeaderMap {
        handler_headers()
    }

    #[inline]
    fn run(&mut self, response: &mut HeaderMap) -> Option<Response<()>> {
        (self.respond)(&self.request.method, &self.request.headers, response)
    }

    fn headers(headers: HeaderMap, preflight: Option<Response<()>>) -> Option<HeaderMap> {
        Some(preflight.map_or(headers, |response| response.headers().clone()))
    }
}
