use cors_runtime::{Policy, cors_policy};

static OF_NO_HEADER: &Policy = cors_policy!("../right.json", allow(debug_on("X-Captcha-Id")));
static NO_HEADER: &Policy = cors_policy!("../right.json", allow(forwarded_header_not_allowed()));
static NO_STRING: &Policy =
    cors_policy!("../right.json", allow(forwarded_header_not_allowed(x_captcha_id)));

fn main() {}
