use cors_runtime::{Policy, cors_policy};

static CORS: &Policy = cors_policy!("star_with_credentials.json");

fn main() {
    println!("{CORS}");
}
