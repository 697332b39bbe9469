//! What is measured against what.

use cors_runtime::{CorsLayer, Decision, Policy};
use http::{HeaderMap, HeaderValue, Method, Response, header};
use tower::Layer;

use crate::cases::Case;
use crate::limit::Answer;
use crate::lookup;
use crate::peers::{actix, tower as tower_peer};
use crate::request::Request;
use crate::runner::{Runner, Subject, runner};

/// An implementation, or the empty frame that is subtracted from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The library, asked by the policy's name: `decide`, and `apply` or `response`.
    Ours,
    /// The same through a reference, where it is not known which policy it is.
    Held,
    /// By hand, with the guarantees of the library.
    Limit,
    /// By hand, with no guarantees.
    Least,
    /// A call that does nothing.
    Nothing,
    /// The library as a tower service.
    Tower,
    /// tower-http.
    TowerHttp,
    /// The bare tower service.
    TowerBare,
    /// actix-cors.
    Actix,
    /// The bare actix service.
    ActixBare,
    /// A look-up that looks nothing up.
    FindNothing,
    /// `Policy::allows_origin`, asked by the policy's name.
    Find,
    /// The same through a reference.
    FindHeld,
    /// The least that it can cost.
    Floor,
    /// A look into a set of phf.
    Phf,
}

use Kind::*;

impl Kind {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Ours,
        Held,
        Limit,
        Least,
        Nothing,
        Tower,
        TowerHttp,
        TowerBare,
        Actix,
        ActixBare,
        FindNothing,
        Find,
        FindHeld,
        Floor,
        Phf,
    ];
    /// Ways to look an origin up.
    pub const LOOKUPS: [Self; 4] = [Find, FindHeld, Floor, Phf];
    /// Whole answers.
    pub const MEASURED: [Self; 7] = [Ours, Held, Limit, Least, Tower, TowerHttp, Actix];

    /// What the command line calls it.
    pub fn name(self) -> &'static str {
        match self {
            Ours => "ours",
            Held => "held",
            Limit => "limit",
            Least => "least",
            Nothing => "nothing",
            Tower => "tower",
            TowerHttp => "tower-http",
            TowerBare => "tower-bare",
            Actix => "actix",
            ActixBare => "actix-bare",
            FindNothing => "find-nothing",
            Find => "find",
            FindHeld => "find-held",
            Floor => "floor",
            Phf => "phf",
        }
    }

    /// The implementation of a name.
    pub fn find(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The frame that is subtracted.
    pub fn frame(self) -> Self {
        match self {
            Ours | Held | Limit | Least | Nothing => Nothing,
            Tower | TowerHttp | TowerBare => TowerBare,
            Actix | ActixBare => ActixBare,
            FindNothing | Find | FindHeld | Floor | Phf => FindNothing,
        }
    }

    /// Makes it ready for a case.
    pub fn runner(self, case: &'static Case) -> Box<dyn Runner> {
        let (policy, request) = (case.subject.policy, &case.request);
        let bare = |answer: Answer| runner(Plain { answer, request });
        match self {
            Ours => bare(case.subject.ours),
            Held => runner(Plain {
                answer: move |method: &Method, request: &HeaderMap, response: &mut HeaderMap| {
                    library(policy, method, request, response)
                },
                request,
            }),
            Limit => bare(case.subject.limit),
            Least => bare(case.subject.least),
            Nothing => bare(|_, _, _| None),
            Tower => {
                let layer = CorsLayer::new(policy);
                tower_peer::runner(|handler| layer.layer(handler), request)
            }
            TowerHttp => {
                let layer = tower_peer::tower_http(policy);
                tower_peer::runner(|handler| layer.layer(handler), request)
            }
            TowerBare => tower_peer::runner(|handler| handler, request),
            Actix => actix::cors(policy, request),
            ActixBare => actix::bare(request),
            FindNothing => lookup::nothing(case),
            Find => lookup::ours(case),
            FindHeld => lookup::held(case),
            Floor => lookup::floor(case),
            Phf => lookup::phf(case),
        }
    }
}

/// What a handler answers: two headers, and room for more.
pub fn answer_of_handler() -> HeaderMap {
    let mut headers = HeaderMap::with_capacity(8);
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json"),
    );
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from_static("512"));
    headers
}

/// A request through the library; the compiler sees which policy it is, if the caller does.
#[inline(always)]
pub fn library(
    policy: &'static Policy,
    method: &Method,
    request: &HeaderMap,
    response: &mut HeaderMap,
) -> Option<Response<()>> {
    let decision = policy.decide(method, request);
    if let Decision::Preflight(preflight) = &decision {
        return preflight.response();
    }
    decision.apply(response);
    None
}

struct Plain<A> {
    answer: A,
    request: &'static Request,
}

impl<A> Subject for Plain<A>
where
    A: Fn(&Method, &HeaderMap, &mut HeaderMap) -> Option<Response<()>>,
{
    type Input = HeaderMap;
    type Output = Option<Response<()>>;

    fn prepare(&mut self) -> HeaderMap {
        answer_of_handler()
    }

    #[inline]
    fn run(&mut self, response: &mut HeaderMap) -> Option<Response<()>> {
        (self.answer)(&self.request.method, &self.request.headers, response)
    }

    fn answer(headers: HeaderMap, preflight: Option<Response<()>>) -> Option<HeaderMap> {
        Some(preflight.map_or(headers, |response| response.headers().clone()))
    }
}
