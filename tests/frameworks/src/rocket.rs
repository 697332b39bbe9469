use cors_runtime::Decision;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use rocket::fairing::{Fairing, Info, Kind};
use rocket::http::{HeaderMap as RocketHeaders, Status};
use rocket::{Build, Request, Response, Rocket, get, routes};

use crate::CORS;

pub struct Cors;

#[rocket::async_trait]
impl Fairing for Cors {
    fn info(&self) -> Info {
        Info {
            name: "CORS",
            kind: Kind::Response,
        }
    }

    async fn on_response<'r>(&self, request: &'r Request<'_>, response: &mut Response<'r>) {
        let method = Method::from_bytes(request.method().as_str().as_bytes()).unwrap_or_default();
        let decision = CORS.decide(&method, &converted(request.headers()));
        if let Decision::Preflight(preflight) = &decision
            && let Some(status) = preflight.status()
        {
            *response = Response::build()
                .status(Status::new(status.as_u16()))
                .finalize();
        }
        let mut headers = converted(response.headers());
        for name in headers.keys() {
            response.remove_header(name.as_str());
        }
        decision.apply(&mut headers);
        for (name, value) in &headers {
            let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
            response.adjoin_raw_header(name.as_str().to_owned(), value);
        }
    }
}

fn converted(headers: &RocketHeaders<'_>) -> HeaderMap {
    let lines = headers.iter().filter_map(|line| {
        let name: HeaderName = line.name().as_str().parse().ok()?;
        Some((name, HeaderValue::from_str(line.value()).ok()?))
    });
    lines.collect()
}

#[get("/articles")]
fn articles() -> &'static str {
    "three articles"
}

pub fn app() -> Rocket<Build> {
    rocket::build().mount("/", routes![articles]).attach(Cors)
}
