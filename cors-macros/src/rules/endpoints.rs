//! Where the policy and the endpoints of the same file contradict each other.

#[cfg(test)]
use super::Example::*;
use super::rules;
#[cfg(test)]
use super::sources::*;

rules! { ENDPOINTS:
ENDPOINT_METHOD_NOT_ALLOWED = "endpoint_method_not_allowed", Warning {
    meaning: "before PUT, PATCH and DELETE browsers send a preflight, which fails for a method that `allow_methods` does not have; so no page of another origin can call the endpoint, only other programs can",
    example: File(r#"{
  "version": 3,
  "extra_config": {
    "security/cors": {
      "allow_origins": ["https://app.example.com"],
      "allow_methods": ["GET", "HEAD", "POST"],
      "allow_headers": ["Content-Type"]
    }
  },
  "endpoints": [
    { "endpoint": "/orders/{id}", "method": "DELETE" }
  ]
}"#),
    remedy: "add the method to `allow_methods`",
    source: PREFLIGHT,
}
JSON_BODY_NOT_ALLOWED = "json_body_not_allowed", Warning {
    meaning: "to send JSON, a script must set `Content-Type: application/json`; the preflight for it fails unless `allow_headers` has `Content-Type`, so pages of other origins can send forms and plain text alone",
    example: File(r#"{
  "version": 3,
  "extra_config": {
    "security/cors": {
      "allow_origins": ["https://app.example.com"],
      "allow_headers": ["Authorization"]
    }
  },
  "endpoints": [
    { "endpoint": "/orders", "method": "POST" }
  ]
}"#),
    remedy: "add `Content-Type` to `allow_headers`",
    source: SAFELISTED_REQUEST,
}
FORWARDED_HEADER_NOT_ALLOWED = "forwarded_header_not_allowed", Warning {
    meaning: "the endpoint forwards this request header to its backend, but a script that sets it fails at the preflight, since `allow_headers` does not have it",
    example: File(r#"{
  "version": 3,
  "extra_config": {
    "security/cors": {
      "allow_origins": ["https://app.example.com"],
      "allow_headers": ["Content-Type"]
    }
  },
  "endpoints": [
    { "endpoint": "/orders", "input_headers": ["X-Client-Id"] }
  ]
}"#),
    remedy: "add the header to `allow_headers`",
    source: PREFLIGHT,
}
TOKEN_NOT_ALLOWED = "token_not_allowed", Warning {
    meaning: "the endpoint takes a token from this request header and from no cookie, but a script that sets the header fails at the preflight, since `allow_headers` does not have it; so no page of another origin can call the endpoint",
    example: File(r#"{
  "version": 3,
  "extra_config": {
    "security/cors": {
      "allow_origins": ["https://app.example.com"],
      "allow_headers": ["Content-Type"]
    }
  },
  "endpoints": [
    {
      "endpoint": "/orders",
      "extra_config": { "auth/validator": { "alg": "RS256", "jwk_url": "https://id.example.com/jwks" } }
    }
  ]
}"#),
    remedy: "add the header to `allow_headers`",
    source: KRAKEND_TOKENS,
}
COOKIE_WITHOUT_CREDENTIALS = "cookie_without_credentials", Warning {
    meaning: "the endpoint reads a cookie, but without `allow_credentials` a page of another origin either sends none or cannot read the response",
    example: File(r#"{
  "version": 3,
  "extra_config": {
    "security/cors": {
      "allow_origins": ["https://app.example.com"],
      "allow_headers": ["Content-Type"]
    }
  },
  "endpoints": [
    { "endpoint": "/orders", "input_headers": ["Cookie"] }
  ]
}"#),
    remedy: "to let pages use these cookies, set `allow_credentials` for a list of trusted origins; or send the token in a header",
    source: CREDENTIALS,
}
DOUBLE_CORS_HEADERS = "double_cors_headers", Warning {
    meaning: "a `no-op` endpoint adds the response headers of its backend to those of KrakenD; a backend that gets `Origin` and has CORS of its own then sends a second `Access-Control-Allow-Origin`, and browsers refuse a response with two",
    example: File(r#"{
  "version": 3,
  "extra_config": {
    "security/cors": {
      "allow_origins": ["https://app.example.com"],
      "allow_headers": ["Content-Type"]
    }
  },
  "endpoints": [
    { "endpoint": "/orders", "output_encoding": "no-op", "input_headers": ["Origin", "Content-Type"] }
  ]
}"#),
    remedy: "list the headers that the backend needs, without `Origin`, in place of `*`",
    source: KRAKEND,
}
OPTIONS_ENDPOINT = "options_endpoint", Warning {
    meaning: "KrakenD responds to preflights by the CORS section, before any endpoint gets them; it does not support OPTIONS as the method of an endpoint, and leaves such an endpoint out",
    example: File(r#"{
  "version": 3,
  "extra_config": {
    "security/cors": {
      "allow_origins": ["https://app.example.com"],
      "allow_headers": ["Content-Type"]
    }
  },
  "endpoints": [
    { "endpoint": "/orders", "method": "OPTIONS" }
  ]
}"#),
    remedy: "remove it; where other OPTIONS requests need a response, set `auto_options` of the `router`",
    source: KRAKEND_ROUTER,
}
PASSTHROUGH_TO_NOTHING = "passthrough_to_nothing", Warning {
    meaning: "with `options_passthrough` KrakenD hands preflights on, but no endpoint and no router option responds to OPTIONS; the response is then an error such as 404 or 405, and browsers refuse every preflight",
    example: File(r#"{
  "version": 3,
  "extra_config": {
    "security/cors": {
      "allow_origins": ["https://app.example.com"],
      "allow_headers": ["Content-Type"],
      "options_passthrough": true
    }
  },
  "endpoints": [
    { "endpoint": "/orders", "method": "PUT" }
  ]
}"#),
    remedy: "remove `options_passthrough`, or set `auto_options` of the `router`",
    source: KRAKEND_ROUTER,
}
}
