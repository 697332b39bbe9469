use cors_runtime::{Policy, cors_policy};

static CORS: &Policy = cors_policy!("/no/such/krakend.json");

fn main() {
    println!("{CORS}");
}
