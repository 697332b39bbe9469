use cors_runtime::{Policy, cors_policy};

// Nothing is compared with a ceiling that is wrong.
static WRONG: &Policy = cors_policy!("../right.json", within({
    "allow_origins": ["https://app.example.com/", Origin::ANY],
    "allow_methods": [],
    "allow_header": ["Content-Type", "X-*"],
    "debug": true,
}));

static NO_OBJECT: &Policy = cors_policy!("../right.json", within("ceiling.json"));
static NO_PARENTHESES: &Policy = cors_policy!("../right.json", within { "allow_methods": ["GET"] });
static TWO: &Policy = cors_policy!("../right.json", within({}), allow(hints), within({}));

fn main() {
    println!("{WRONG}{NO_OBJECT}{NO_PARENTHESES}{TWO}");
}
