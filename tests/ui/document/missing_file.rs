use cors_runtime::{Policy, cors_policy};

static CORS: &Policy = cors_policy!("no_such_file.json");

fn main() {
    println!("{CORS}");
}
