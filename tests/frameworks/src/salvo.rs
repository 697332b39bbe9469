use cors_runtime::Decision;
use salvo::prelude::*;

use crate::CORS;

#[handler]
async fn cors(req: &mut Request, res: &mut Response, depot: &mut Depot, ctrl: &mut FlowCtrl) {
    let decision = CORS.decide(req.method(), req.headers());
    if let Decision::Preflight(preflight) = &decision
        && let Some(status) = preflight.status()
    {
        res.status_code(status);
        ctrl.skip_rest();
    } else {
        ctrl.call_next(req, depot, res).await;
    }
    decision.apply(res.headers_mut());
}

#[handler]
async fn articles() -> &'static str {
    "three articles"
}

pub fn app() -> Service {
    // On the service, so that it covers unknown paths too.
    Service::new(Router::with_path("articles").get(articles)).hoop(cors)
}
