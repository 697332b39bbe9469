//! Longer texts, a page each.
//!
//! New to CORS: [`cors`]. Coming from elsewhere: [`from_tower_http`], [`from_krakend`]. Before
//! production: [`behind_the_gateway`], [`deployment`], [`reviewing`]. When a browser refuses and
//! you do not know why: [`faq`].

// The examples of some pages need `CorsLayer`. The pages are there without it, too.

#[doc = include_str!("guides/cors.md")]
pub mod cors {}

#[cfg_attr(
    any(feature = "tower", not(doctest)),
    doc = include_str!("guides/from_tower_http.md")
)]
pub mod from_tower_http {}

#[doc = include_str!("guides/from_krakend.md")]
pub mod from_krakend {}

#[doc = include_str!("guides/behind_the_gateway.md")]
pub mod behind_the_gateway {}

#[cfg_attr(
    any(feature = "tower", not(doctest)),
    doc = include_str!("guides/deployment.md")
)]
pub mod deployment {}

#[doc = include_str!("guides/reviewing.md")]
pub mod reviewing {}

#[cfg_attr(
    any(feature = "tower", not(doctest)),
    doc = include_str!("guides/faq.md")
)]
pub mod faq {}
