//! How the service responds: right, nearly right, or anyhow.

use proptest::collection::vec;
use proptest::prelude::Strategy;
use proptest::prop_oneof;

use super::{one_in, weighted};
use crate::random::case::{Reply, Resource};

type Headers = Vec<(String, String)>;

pub(super) fn resource() -> impl Strategy<Value = Resource> {
    let actual = prop_oneof![4 => actual(), 1 => redirect()];
    (preflight(), actual).prop_map(|(preflight, actual)| Resource { preflight, actual })
}

pub(super) fn preflight() -> impl Strategy<Value = Reply> {
    let lists = (
        header("Access-Control-Allow-Methods", METHODS),
        header("Access-Control-Allow-Headers", HEADERS),
    );
    let age = header("Access-Control-Max-Age", MAX_AGE);
    let unusual = (weighted(STATUSES), one_in(5)).prop_map(|(status, is_used)| {
        let status = if is_used { status } else { 204 };
        let is_redirect = status == 301 || status == 302;
        let location = ("Location".to_owned(), "{1}".to_owned());
        (status, is_redirect.then_some(location))
    });
    (unusual, origin(), credentials(), lists, age).prop_map(|(status, origin, with, lists, age)| {
        let (status, location) = status;
        let headers = [origin, with, lists.0, lists.1, age].into_iter().flatten();
        let headers = headers.chain(location).collect();
        Reply { status, headers }
    })
}

fn actual() -> impl Strategy<Value = Reply> {
    let status = weighted(&[
        (20, 200),
        (2, 204),
        (2, 500),
        (2, 404),
        (1, 201),
        (1, 206),
        (1, 299),
        (1, 300),
        (1, 302),
        (1, 400),
        (1, 401),
        (1, 403),
        (1, 410),
        (1, 429),
        (1, 503),
        (1, 599),
    ]);
    let exposed = header("Access-Control-Expose-Headers", EXPOSED);
    let other = vec(weighted(OTHER), 0..4);
    let other = other.prop_map(|chosen| {
        let mut headers: Headers = Vec::new();
        for (name, value) in chosen {
            if headers.iter().all(|(set, _)| set != name) {
                headers.push((name.to_owned(), value.to_owned()));
            }
        }
        headers
    });
    let parts = (status, origin(), credentials(), exposed, other, kept());
    parts.prop_map(|(status, origin, with, exposed, other, kept)| {
        let headers = [origin, with, exposed, other, kept];
        let headers = headers.into_iter().flatten().collect();
        Reply { status, headers }
    })
}

fn redirect() -> impl Strategy<Value = Reply> {
    let status = weighted(&[(4, 302), (2, 307), (2, 303), (1, 301), (1, 308)]);
    let location = header("Location", LOCATIONS);
    (status, origin(), credentials(), location, kept()).prop_map(
        |(status, origin, with, location, kept)| {
            let headers = [origin, with, location, kept];
            let headers = headers.into_iter().flatten().collect();
            Reply { status, headers }
        },
    )
}

fn origin() -> impl Strategy<Value = Headers> {
    let right = [(1, &["{origin}"] as Lines)];
    let origin = prop_oneof![
        5 => header("Access-Control-Allow-Origin", &right),
        2 => header("Access-Control-Allow-Origin", ORIGINS),
    ];
    (origin, weighted(VARY)).prop_map(|(mut headers, vary)| {
        headers.extend(
            vary.iter()
                .map(|line| ("Vary".to_owned(), (*line).to_owned())),
        );
        headers
    })
}

fn credentials() -> impl Strategy<Value = Headers> {
    header("Access-Control-Allow-Credentials", CREDENTIALS)
}

/// How long caches keep the response. Lifetimes are none or long, so that no entry expires between two calls.
fn kept() -> impl Strategy<Value = Headers> {
    let control = header("Cache-Control", CACHE_CONTROL);
    let others = prop_oneof![
        8 => header("Last-Modified", &[(1, NONE)]),
        1 => header("Last-Modified", &[(1, &["Thu, 01 Jan 2015 00:00:00 GMT"])]),
        1 => header("Expires", EXPIRES),
    ];
    (control, others, one_in(4)).prop_map(|(control, others, is_kept)| {
        let headers = control.into_iter().chain(others);
        headers.filter(|_| is_kept).collect()
    })
}

/// The lines of one header.
type Lines = &'static [&'static str];

const NONE: Lines = &[];

fn header(name: &'static str, table: &[(u32, Lines)]) -> impl Strategy<Value = Headers> + use<> {
    weighted(table).prop_map(move |lines| {
        let lines = lines.iter();
        lines
            .map(|line| (name.to_owned(), (*line).to_owned()))
            .collect()
    })
}

const STATUSES: &[(u32, u16)] = &[
    (4, 200),
    (1, 201),
    (1, 206),
    (1, 299),
    (1, 300),
    (1, 301),
    (1, 302),
    (1, 304),
    (1, 307),
    (1, 400),
    (1, 401),
    (1, 403),
    (1, 404),
    (1, 405),
    (1, 500),
];

const ORIGINS: &[(u32, Lines)] = &[
    (8, &["*"]),
    (3, NONE),
    (3, &["null"]),
    (2, &["http://app.site.test:{port}"]),
    (2, &["http://other.site.test:{port}"]),
    (1, &["{origin}/"]),
    (1, &["{ORIGIN}"]),
    (1, &["{origin}, {origin}"]),
    (1, &["{origin} {origin}"]),
    (1, &["{origin}", "{origin}"]),
    (1, &["{origin}", ""]),
    (1, &["", "{origin}"]),
    (1, &["*", "{origin}"]),
    (1, &["*, {origin}"]),
    (1, &["*,"]),
    (1, &["**"]),
    (1, &["* "]),
    (1, &["\t{origin} "]),
    (1, &["\"{origin}\""]),
    (1, &["NULL"]),
    (1, &["https://app.site.test:{port}"]),
    (1, &["http://app.site.test"]),
    (1, &["http://*.site.test:{port}"]),
    (1, &["app.site.test"]),
    (1, &["true"]),
    (1, &[""]),
    (1, &["http://é.example"]),
];

const CREDENTIALS: &[(u32, Lines)] = &[
    (24, &["true"]),
    (4, NONE),
    (1, &["True"]),
    (1, &["TRUE"]),
    (1, &["false"]),
    (1, &["1"]),
    (1, &[""]),
    (1, &[" true\t"]),
    (1, &["\"true\""]),
    (1, &["true, true"]),
    (1, &["true", "true"]),
];

const METHODS: &[(u32, Lines)] = &[
    (14, &["PUT, DELETE, PATCH, OPTIONS"]),
    (10, &["{method}"]),
    (5, &["*"]),
    (3, NONE),
    (2, &["put, delete, patch"]),
    (2, &["PUT", "DELETE, PATCH"]),
    (1, &["GET"]),
    (1, &[""]),
    (1, &["PUT,,DELETE"]),
    (1, &[", PUT , ,"]),
    (1, &["PUT\t,\tDELETE"]),
    (1, &["PUT DELETE"]),
    (1, &["PUT;DELETE"]),
    (1, &["\"PUT\", DELETE"]),
    (1, &["PUT", "DELETE/"]),
    (1, &["*, PUT"]),
    (1, &["**"]),
    (1, &["é, PUT"]),
];

const HEADERS: &[(u32, Lines)] = &[
    (
        8,
        &["X-A, X-B, X-C, Content-Type, Authorization, Accept, Range, If-Match"],
    ),
    (7, &["{names}"]),
    (5, &["*, Authorization"]),
    (2, &["*"]),
    (3, NONE),
    (2, &["x-a,content-type", "range"]),
    (1, &["X-B"]),
    (1, &[""]),
    (1, &["X-A,,X-B"]),
    (1, &[", x-a , ,"]),
    (1, &["X-A\t,\tContent-Type"]),
    (1, &["X-A X-B"]),
    (1, &["X-A: 1"]),
    (1, &["\"X-A\", X-B"]),
    (1, &["X-A", "(X-B)"]),
    (1, &["**"]),
    (1, &["é, X-A"]),
];

const MAX_AGE: &[(u32, Lines)] = &[
    (6, &["600"]),
    (4, NONE),
    (3, &["0"]),
    (1, &["86400"]),
    (1, &["0600"]),
    (1, &[" 600\t"]),
    (1, &["99999999999999999999"]),
    (1, &["-1"]),
    (1, &["-600"]),
    (1, &["+600"]),
    (1, &["600.0"]),
    (1, &["6e2"]),
    (1, &["10m"]),
    (1, &["ten"]),
    (1, &[""]),
    (1, &["600, 600"]),
    (1, &["600", "600"]),
    (1, &["0", "600"]),
    (1, &["\"600\""]),
];

const EXPOSED: &[(u32, Lines)] = &[
    (6, NONE),
    (4, &["X-Seen"]),
    (4, &["*"]),
    (2, &["x-seen, ETag"]),
    (1, &["X-Seen", "X-OTHER"]),
    (1, &["*, X-Seen"]),
    (1, &["X-Seen,,ETag,"]),
    (1, &["X-Seen\t,\tETag"]),
    (1, &["X-Seen ETag"]),
    (1, &["\"X-Seen\", ETag"]),
    (1, &["X-Seen", "ETag;"]),
    (1, &["*", "(x)"]),
    (1, &["Set-Cookie, X-Seen"]),
    (1, &["**"]),
    (1, &[""]),
];

const OTHER: &[(u32, (&str, &str))] = &[
    (6, ("X-Seen", "1")),
    (4, ("X-Other", "2")),
    (3, ("ETag", "\"1\"")),
    (3, ("Content-Type", "text/plain")),
    (1, ("Content-Language", "en")),
    (1, ("Pragma", "x")),
    (1, ("Server", "s")),
    (1, ("Access-Control-Max-Age", "600")),
    (1, ("Access-Control-Allow-Methods", "GET")),
    (1, ("WWW-Authenticate", "x")),
    (1, ("Refresh-Token", "é")),
    (1, ("Clear-Site-Data", "\"x\"")),
];

const VARY: &[(u32, Lines)] = &[
    (8, NONE),
    (6, &["Origin"]),
    (1, &["origin, X-A"]),
    (1, &["X-A", "Origin"]),
    (1, &["X-A"]),
    (1, &["*"]),
];

const CACHE_CONTROL: &[(u32, Lines)] = &[
    (4, NONE),
    (4, &["max-age=86400"]),
    (1, &["public, max-age=86400"]),
    (1, &["Private, Max-Age=86400"]),
    (1, &["max-age=86400", "must-revalidate"]),
    (1, &["no-store"]),
    (1, &["no-cache, max-age=86400"]),
    (1, &["max-age=0"]),
    (1, &["s-maxage=86400"]),
];

const EXPIRES: &[(u32, Lines)] = &[
    (2, &["Mon, 01 Jan 2035 00:00:00 GMT"]),
    (1, &["Thu, 01 Jan 2015 00:00:00 GMT"]),
    (1, &["0"]),
];

const LOCATIONS: &[(u32, Lines)] = &[
    (6, &["{1}"]),
    (6, &["{2}"]),
    (4, &["{3}"]),
    (4, &["{0}"]),
    (2, &["{1}?é=1"]),
    (1, &["?x"]),
    (1, &["{1}#part"]),
    (1, &["/"]),
    (1, NONE),
    (1, &[""]),
    (1, &["{1}", "{1}"]),
    (1, &["{1}", "{2}"]),
    (1, &["http://user:word@app.site.test:{port}/"]),
    (1, &["http://user@far.site.test:{port}/"]),
    (1, &["http://["]),
    (1, &["ftp://api.site.test/"]),
    (1, &["mailto:articles@site.test"]),
    (1, &["data:text/plain,articles"]),
    (1, &["about:blank"]),
    (1, &["http://api.site.test:6667/"]),
];
