//! Longer texts, one page each.
//!
//! New to CORS: [`cors`]. A snippet for your framework: [`frameworks`]. Migrating: [`from_tower_http`],
//! [`from_krakend`]. Before production: [`behind_the_gateway`], [`deployment`], [`reviewing`]. The
//! same check in the gateway's repository: [`gateway_repository`]. The same tests for a deployed service:
//! [`staging`]. If a browser blocks a request and you do not know why: [`faq`].

// The examples on some pages need `CorsLayer`. Without it, the pages are still there, and what would
// link to it links to the feature.

#[doc = include_str!("guides/cors.md")]
#[doc(alias = "same-origin")]
pub mod cors {}

#[cfg_attr(
    any(feature = "tower", not(doctest)),
    doc = include_str!("guides/from_tower_http.md")
)]
pub mod from_tower_http {}

// Its snippets are compiled in a workspace of their own, and a test compares them with this page.
#[cfg_attr(not(doctest), doc = include_str!("guides/frameworks.md"))]
pub mod frameworks {}

#[doc = include_str!("guides/from_krakend.md")]
pub mod from_krakend {}

#[doc = include_str!("guides/behind_the_gateway.md")]
pub mod behind_the_gateway {}

#[cfg_attr(
    any(feature = "tower", not(doctest)),
    doc = include_str!("guides/deployment.md")
)]
#[cfg_attr(
    feature = "tower",
    doc = "\n\n[layer]: crate::CorsLayer\n[hook]: crate::CorsLayer::on_refusal"
)]
#[cfg_attr(
    not(feature = "tower"),
    doc = "\n\n[layer]: crate#features\n[hook]: crate#features"
)]
pub mod deployment {}

#[doc = include_str!("guides/reviewing.md")]
pub mod reviewing {}

#[doc = include_str!("guides/gateway_repository.md")]
pub mod gateway_repository {}

// Its snippets are an example and a part of another workspace, and a test compares them with this page.
#[cfg_attr(not(doctest), doc = include_str!("guides/staging.md"))]
pub mod staging {}

#[cfg_attr(
    any(feature = "tower", not(doctest)),
    doc = include_str!("guides/faq.md")
)]
pub mod faq {}
