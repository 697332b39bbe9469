//! Where the policy and the endpoints of the same file contradict each other.

#[cfg(any(test, feature = "check"))]
use super::Example::*;
use super::rules;
#[cfg(any(test, feature = "check"))]
use super::sources::*;

rules! { ENDPOINTS:
ENDPOINT_METHOD_NOT_ALLOWED = "endpoint_method_not_allowed", Warning {
    meaning: "browsers send a preflight before PUT, PATCH and DELETE. It fails because `allow_methods` lacks the method, so no page on another origin can call this endpoint; other clients can",
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
    help: "add the method to `allow_methods`",
    accepted_if: "no web page should call it",
    source: PREFLIGHT,
}
JSON_BODY_NOT_ALLOWED = "json_body_not_allowed", Warning {
    meaning: "to send JSON, a script must set `Content-Type: application/json`. The preflight for it fails unless `allow_headers` has `Content-Type`, so pages on other origins can send only forms and plain text",
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
    help: "add `Content-Type` to `allow_headers`",
    accepted_if: "no web page should send JSON",
    source: SAFELISTED_REQUEST,
}
FORWARDED_HEADER_NOT_ALLOWED = "forwarded_header_not_allowed", Warning {
    meaning: "the endpoint forwards this request header to its backend, but `allow_headers` does not have it. A script that sets it fails at the preflight",
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
    right: File(r#"{
  "version": 3,
  "extra_config": {
    "security/cors": {
      "allow_origins": ["https://app.example.com"],
      "allow_headers": ["Content-Type", "X-Client-Id"]
    }
  },
  "endpoints": [
    { "endpoint": "/orders", "input_headers": ["X-Client-Id"] }
  ]
}"#),
    help: "if pages send the header, add it to `allow_headers`. A page must not be able to send what the backend takes from a proxy, such as the name of the user",
    source: PREFLIGHT,
}
TOKEN_NOT_ALLOWED = "token_not_allowed", Warning {
    meaning: "the endpoint takes a token, an API key or a password from this request header, but `allow_headers` does not have it. A script that sets the header fails at the preflight, so no page on another origin can call the endpoint",
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
    help: "add the header to `allow_headers`",
    accepted_if: "no web page should send it",
    source: KRAKEND_TOKENS,
}
COOKIE_WITHOUT_CREDENTIALS = "cookie_without_credentials", Warning {
    meaning: "the endpoint reads a cookie, but `allow_credentials` is off. A page on another origin then either sends no cookie or cannot read the response",
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
    right: File("{\n  \"version\": 3,\n  \"extra_config\": {\n    \"security/cors\": {\n      \"allow_origins\": [\"https://app.example.com\"],\n      \"allow_headers\": [\"Content-Type\"],\n      \"allow_credentials\": true\n    }\n  },\n  \"endpoints\": [\n    { \"endpoint\": \"/orders\", \"input_headers\": [\"Cookie\"] }\n  ]\n}"),
    help: "to let pages use these cookies, list trusted origins and set `allow_credentials`. Otherwise send the token in a header",
    accepted_if: "no web page should use these cookies",
    source: CREDENTIALS,
}
DOUBLE_CORS_HEADERS = "double_cors_headers", Warning {
    meaning: "a `no-op` endpoint adds the response headers of its backend to KrakenD's own. A backend with CORS that gets `Origin` sends a second `Access-Control-Allow-Origin`, and browsers refuse a response with two",
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
    help: "instead of `*`, list the headers that the backend needs, without `Origin`. Or remove `Origin` from the requests to the backend with martian's `header.Blacklist`",
    accepted_if: "the backend sends no CORS headers",
    source: KRAKEND,
}
RESPONSE_HEADER_NOT_EXPOSED = "response_header_not_exposed", Hint {
    meaning: "the endpoint forwards a request header that is answered by response headers, such as `Range` by `Content-Range`. Scripts on other origins cannot read those unless `expose_headers` has them",
    example: File(r#"{
  "version": 3,
  "extra_config": {
    "security/cors": {
      "allow_origins": ["https://app.example.com"],
      "allow_headers": ["Content-Type"]
    }
  },
  "endpoints": [
    { "endpoint": "/files/{name}", "output_encoding": "no-op", "input_headers": ["Range"] }
  ]
}"#),
    help: "add the response headers to `expose_headers`",
    source: SAFELISTED_RESPONSE,
}
OPTIONS_ENDPOINT = "options_endpoint", Warning {
    meaning: "KrakenD does not support OPTIONS as the method of an endpoint, and leaves such an endpoint out. Preflights are answered from the CORS section, or by the router if `options_passthrough` is on",
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
    right: File("{\n  \"version\": 3,\n  \"extra_config\": {\n    \"security/cors\": {\n      \"allow_origins\": [\"https://app.example.com\"],\n      \"allow_headers\": [\"Content-Type\"]\n    }\n  },\n  \"endpoints\": [\n    { \"endpoint\": \"/orders\", \"method\": \"GET\" }\n  ]\n}"),
    help: "remove it. If other OPTIONS requests need a response, set `auto_options` in the `router` section",
    source: KRAKEND_ROUTER,
}
PASSTHROUGH_TO_NOTHING = "passthrough_to_nothing", Warning {
    meaning: "with `options_passthrough`, KrakenD passes preflights on, but no endpoint and no router option answers OPTIONS. The response is then an error such as 404 or 405, so every preflight fails",
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
    help: "remove `options_passthrough`, or set `auto_options` in the `router` section",
    source: KRAKEND_ROUTER,
}
}
