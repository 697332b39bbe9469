//! Complete gateways: what their endpoints add to the expansion of the macro.

use serde_json::{Value, json};

use super::bounds::Bounds;
use super::cost::Rounds;
use super::scratch::{Package, Scratch, runtime};
use crate::table::Table;

const ROUNDS: usize = 15;

/// A typical gateway, and one of about 10 MB.
const SIZES: [usize; 2] = [40, 5_000];

/// KrakenD and the macro ignore keys with this prefix. The text is otherwise the same.
const COMMENT: &str = "@endpoints";

struct Expanded {
    key: &'static str,
    package: Package,
    wall: Rounds,
    cpu: Rounds,
}

impl Expanded {
    fn new(scratch: &Scratch, endpoints: usize, key: &'static str) -> Result<Self, String> {
        let name = format!("gateway-{endpoints}-{}", key.replace('@', "no-"));
        let package = scratch.package(&name, "target", &runtime(""))?;
        package.write("krakend.json", &configuration(endpoints, key))?;
        package.write("src/main.rs", SOURCE)?;
        package.cargo(&["build"])?;
        Ok(Self {
            key,
            package,
            wall: Rounds::default(),
            cpu: Rounds::default(),
        })
    }

    fn round(&mut self) -> Result<(), String> {
        let cost = self.package.expand()?;
        self.wall.add(cost.wall);
        self.cpu.add(cost.cpu);
        Ok(())
    }

    fn figures(&self) -> [f64; 4] {
        let Self { wall, cpu, .. } = self;
        [wall.least(), wall.median(), cpu.least(), cpu.median()].map(|seconds| 1e3 * seconds)
    }
}

pub fn print(bounds: &mut Bounds) -> Result<(), String> {
    let scratch = Scratch::new("endpoints")?;
    let mut table = Table::new("expansion of a gateway, ms");
    table.head(["MB", "least", "median", "CPU, least", "CPU, median"]);
    for size in SIZES {
        let mut files = Vec::new();
        for key in [COMMENT, "endpoints"] {
            files.push(Expanded::new(&scratch, size, key)?);
        }
        for _ in 0..ROUNDS {
            for file in &mut files {
                file.round()?;
            }
        }
        let megabytes = configuration(size, COMMENT).len() as f64 / 1e6;
        for file in &files {
            let figures = file.figures().map(|figure| format!("{figure:.0}"));
            let row = std::iter::once(format!("{megabytes:.2}")).chain(figures);
            table.row(&format!("{size} `{}`", file.key), row);
        }
        let [ignored, read] = files.as_slice() else {
            continue;
        };
        let (ignored, read) = (ignored.figures(), read.figures());
        let added = [0, 1, 2, 3].map(|nth| read[nth] - ignored[nth]);
        let row = std::iter::once(String::new()).chain(added.map(|figure| format!("{figure:.0}")));
        table.row("added", row);
        if size == 5_000 {
            bounds.add("5000 endpoints add to an expansion, ms", 300.0, added[0]);
        }
    }
    table.print();
    Ok(())
}

const SOURCE: &str = "\
static CORS: &cors_runtime::Policy = cors_runtime::cors_policy!(\"krakend.json\");
fn main() {
    println!(\"{CORS}\");
}
";

pub(super) fn configuration(endpoints: usize, key: &str) -> String {
    let cors = json!({
        "allow_origins": ["https://app.example.com"],
        "allow_methods": ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
        "allow_headers": ["Authorization", "Content-Type"],
        "max_age": "10m",
    });
    let endpoints: Vec<Value> = (0..endpoints).map(endpoint).collect();
    let whole = json!({
        "version": 3,
        "extra_config": { "security/cors": cors },
        key: endpoints,
    });
    format!("{whole:#}")
}

fn endpoint(nth: usize) -> Value {
    let methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];
    let method = methods[nth % methods.len()];
    let mapping: serde_json::Map<String, Value> = (0..25)
        .map(|field| (format!("field_{field}"), format!("other_{field}").into()))
        .collect();
    json!({
        "endpoint": format!("/v1/things/{nth}/{{id}}"),
        "method": method,
        "output_encoding": "json",
        "input_headers": ["Authorization", "Content-Type", "X-Request-Id"],
        "input_query_strings": ["page", "size"],
        "extra_config": {
            "auth/validator": {
                "alg": "RS256",
                "jwk_url": "https://id.example.com/.well-known/jwks.json",
                "propagate_claims": [["sub", "X-User-Id"]],
            },
            "qos/ratelimit/router": { "max_rate": 50, "strategy": "ip" },
        },
        "backend": [{
            "host": ["http://things:8080"],
            "url_pattern": format!("/things/{nth}/{{id}}"),
            "encoding": "json",
            "method": method,
            "mapping": mapping,
        }],
    })
}
