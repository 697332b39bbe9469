use cors_runtime::{Policy, cors_policy};

static CORS: &Policy = cors_policy!("../ten_errors.json");

fn main() {
    println!("{CORS}");
}
