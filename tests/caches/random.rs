//! Random requests and fetches, from a seed.

use http::{HeaderMap, HeaderName, HeaderValue, Method, Request};

use crate::page::Fetch;
use crate::replay;
use crate::site::NAMES;

/// A random number generator: SplitMix64.
pub(crate) struct Random(u64);

const ORIGINS: &[&str] = &[
    "https://a.test",
    "https://b.test",
    "https://x.a.test",
    "http://localhost:3000",
    "null",
    "https://evil.test",
];
const METHODS: &[&str] = &["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % limit as u64) as usize
    }

    pub(crate) fn one_in(&mut self, count: usize) -> bool {
        self.next(count) == 0
    }

    fn pick<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.next(all.len())]
    }

    fn method(&mut self) -> Method {
        self.pick(METHODS).parse().unwrap()
    }

    /// A request from any client. Half of them are OPTIONS.
    pub(crate) fn request(&mut self) -> Request<()> {
        let is_options = self.one_in(2);
        let method = if is_options {
            Method::OPTIONS
        } else {
            self.method()
        };
        // Other methods mostly have no preflight headers.
        let asks = is_options || self.one_in(4);
        let mut headers = HeaderMap::new();
        for name in NAMES {
            if asks || !name.starts_with("access-control-") {
                self.replace(&mut headers, name);
            }
        }
        replay::request(method, headers)
    }

    /// Different lines of a header, or none.
    pub(crate) fn replace(&mut self, headers: &mut HeaderMap, name: &'static str) {
        let (a, b) = (self.pick(ORIGINS), self.pick(ORIGINS));
        let lines: &[&[&str]] = match name {
            "origin" => &[&[], &[a], &[a], &[a], &[a], &["https://a.test"], &[a, b]],
            "access-control-request-method" => &[
                &[],
                &[""],
                &["GET"],
                &["PUT"],
                &["PATCH"],
                &["DELETE"],
                &["POST"],
                &["put"],
                &["GET", "PUT"],
            ],
            "access-control-request-headers" => &[
                &[],
                &[""],
                &["x-a"],
                &["x-b"],
                &["x-a,x-b"],
                &["x-b, x-a"],
                &["X-A"],
                &["x-a", "x-b"],
                &["x-a,,x-b"],
                &["x a"],
                &["authorization"],
                &["authorization,x-a"],
            ],
            "access-control-request-private-network" => {
                &[&[], &["true"], &["true"], &["false"], &["true", "true"]]
            }
            "accept-encoding" => &[&[], &["gzip"], &["br, gzip"]],
            _ => &[&[], &["a=1"], &["true"]],
        };
        let lines = self.pick(lines);
        headers.remove(name);
        for line in lines {
            headers.append(HeaderName::from_static(name), line.parse().unwrap());
        }
    }

    /// If a header is a list, the same values with different lines or spaces.
    pub(crate) fn rewrite_alike(&mut self, headers: &mut HeaderMap, name: &'static str) {
        if !matches!(name, "access-control-request-headers" | "accept-encoding") {
            return;
        }
        let lines: Vec<HeaderValue> = headers.get_all(name).iter().cloned().collect();
        let mut texts: Vec<&str> = lines.iter().map(|line| line.to_str().unwrap()).collect();
        if texts.is_empty() {
            return;
        }
        let comma = self.pick(&[",", ", ", " , "]);
        let rewritten = match self.next(3) {
            0 => return,
            1 => vec![texts.join(",").replace(',', comma)],
            _ => {
                texts = texts.iter().flat_map(|text| text.split(',')).collect();
                texts.iter().map(|text| text.trim().to_owned()).collect()
            }
        };
        headers.remove(name);
        for line in rewritten {
            headers.append(HeaderName::from_static(name), line.parse().unwrap());
        }
    }

    /// A request like a page's, except for one header.
    pub(crate) fn nearly(&mut self, fetch: &Fetch) -> Request<()> {
        let mut requests = fetch.requests();
        let nth = if self.one_in(2) {
            0
        } else {
            requests.len() - 1
        };
        let mut request = requests.swap_remove(nth);
        let name = self.pick(NAMES);
        self.replace(request.headers_mut(), name);
        request
    }

    /// A script's request, from a few that are often repeated.
    pub(crate) fn fetch(&mut self) -> Fetch {
        let headers: &[&[&'static str]] = &[&[], &["x-a"], &["authorization", "x-a"], &["x-b"]];
        let origins = [ORIGINS[0], ORIGINS[0], ORIGINS[2], ORIGINS[5]];
        let origin = self.pick(&origins);
        let method = self.pick(&["GET", "PUT", "PATCH", "OPTIONS"]);
        let headers = self.pick(headers).iter().map(|name| {
            let name = HeaderName::from_static(name);
            (name, HeaderValue::from_static("1"))
        });
        Fetch {
            origin,
            request: replay::request(method.parse().unwrap(), headers.collect()),
            include: self.pick(&[true, false]),
            asks_private_network: self.one_in(8),
        }
    }
}
