//! Deciding on a request.

use http::{HeaderMap, Method};

use crate::decision::{Actual, Decision, Preflight};
use crate::policy::Policy;
use crate::request::PreflightRequest;

impl Policy {
    /// Decides on a request: what kind it is, and which headers its response gets.
    ///
    /// A CORS-preflight request is an OPTIONS request that names one method in
    /// `Access-Control-Request-Method` ([Fetch § CORS-preflight request]). Every other request is an
    /// actual request and goes on to the handler, whatever the decision: a policy withholds headers,
    /// never service. Browsers send `Origin` with a site's own requests too.
    ///
    /// A request without `Origin` is not a CORS request: nothing is granted or refused, and its
    /// response gets only `Vary`. An empty `Origin` is not an origin, so it is refused by every policy.
    ///
    /// Deciding allocates nothing if the header values share their bytes with others, as those of a
    /// server do. There are two rare exceptions: of a refused method of more than 15 bytes, up to 101 bytes
    /// are copied, and header names on several lines that are echoed are joined into one line.
    ///
    /// ```
    /// use cors_runtime::{Decision, Policy, cors_policy};
    /// use http::{HeaderMap, HeaderValue, Method, header};
    ///
    /// static CORS: &Policy = cors_policy!({
    ///     "allow_origins": ["https://app.example.com", "https://admin.example.com"],
    ///     "allow_headers": ["Content-Type"],
    /// });
    ///
    /// let mut request = HeaderMap::new();
    /// request.insert(header::ORIGIN, HeaderValue::from_static("https://app.example.com"));
    /// let decision = CORS.decide(&Method::GET, &request);
    /// assert!(matches!(decision, Decision::Actual(_)));
    /// assert_eq!(decision.refusal(), None);
    ///
    /// let mut response = HeaderMap::new();
    /// decision.apply(&mut response);
    /// assert_eq!(response[header::ACCESS_CONTROL_ALLOW_ORIGIN], "https://app.example.com");
    /// assert_eq!(response[header::VARY], "Origin");
    /// ```
    ///
    /// [Fetch § CORS-preflight request]: https://fetch.spec.whatwg.org/#cors-preflight-request
    // Measured: without `inline`, an actual request takes 23 to 34 instructions more by hand and through
    // the layer, but some 70 less inside axum. Debug builds do not inline, so that an edit does not
    // compile it again.
    #[cfg_attr(not(debug_assertions), inline)]
    #[doc(alias = "Access-Control-Request-Headers")]
    #[doc(alias = "Access-Control-Request-Method")]
    pub fn decide(&'static self, method: &Method, headers: &HeaderMap) -> Decision {
        let decision = match *method {
            Method::OPTIONS => self.decide_on_options(headers),
            _ => Decision::Actual(Actual::new(self, method, headers)),
        };
        #[cfg(feature = "tracing")]
        crate::log::decision(self, method, headers, &decision);
        decision
    }

    fn decide_on_options(&'static self, headers: &HeaderMap) -> Decision {
        match PreflightRequest::read(headers) {
            Some(request) => Decision::Preflight(Preflight::new(self, &request)),
            None => Decision::Actual(Actual::new(self, &Method::OPTIONS, headers)),
        }
    }
}
