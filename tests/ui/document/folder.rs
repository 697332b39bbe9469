use cors_runtime::{Policy, cors_policy};

static CORS: &Policy = cors_policy!("../document");

fn main() {
    println!("{CORS}");
}
