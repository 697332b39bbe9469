use async_trait::async_trait;
use cors_runtime::Decision;
use pingora_core::{Result, upstreams::peer::HttpPeer};
use pingora_http::ResponseHeader;
use pingora_proxy::{ProxyHttp, Session};

use crate::CORS;

pub struct Gateway;

#[async_trait]
impl ProxyHttp for Gateway {
    type CTX = Option<Decision>;

    fn new_ctx(&self) -> Self::CTX {
        None
    }

    async fn request_filter(&self, session: &mut Session, ctx: &mut Self::CTX) -> Result<bool> {
        let request = session.req_header();
        let decision = CORS.decide(&request.method, &request.headers);
        if let Decision::Preflight(preflight) = &decision
            && let Some(status) = preflight.status()
        {
            let mut response = ResponseHeader::build(status, None)?;
            apply(&decision, &mut response)?;
            session
                .write_response_header(Box::new(response), true)
                .await?;
            return Ok(true);
        }
        *ctx = Some(decision);
        Ok(false)
    }

    async fn response_filter(
        &self,
        _: &mut Session,
        response: &mut ResponseHeader,
        ctx: &mut Self::CTX,
    ) -> Result<()> {
        match ctx {
            Some(decision) => apply(decision, response),
            None => Ok(()),
        }
    }

    async fn upstream_peer(&self, _: &mut Session, _: &mut Self::CTX) -> Result<Box<HttpPeer>> {
        Ok(Box::new(HttpPeer::new(
            "127.0.0.1:8000",
            false,
            String::new(),
        )))
    }
}

/// pingora keeps the case of names beside the map, so headers are changed only through its methods.
fn apply(decision: &Decision, response: &mut ResponseHeader) -> Result<()> {
    let mut headers = response.headers.clone();
    decision.apply(&mut headers);
    for name in response.headers.clone().keys() {
        response.remove_header(name);
    }
    for (name, value) in &headers {
        response.append_header(name, value)?;
    }
    Ok(())
}
