//! From nothing: a small service alone, and with each of two ways to CORS.

use std::collections::BTreeMap;
use std::fs;

use super::bounds::Bounds;
use super::cost::{self, Rounds};
use super::scratch::{Package, Scratch, runtime};
use crate::table::Table;

const ROUNDS: usize = 5;

const SERVICE: &str = "\
axum = \"0.8\"
serde = { version = \"1\", features = [\"derive\"] }
tokio = { version = \"1\", features = [\"macros\", \"net\", \"rt-multi-thread\"] }
";

/// What the service itself is called in the tables.
const ITSELF: &str = "the service itself";

/// A service, and what was measured of it.
struct Built {
    title: &'static str,
    package: Package,
    wall: Rounds,
    cpu: Rounds,
    /// How often each package is compiled, and what that takes.
    packages: BTreeMap<String, (usize, Rounds)>,
}

impl Built {
    fn new(
        scratch: &Scratch,
        title: &'static str,
        name: &str,
        dependency: &str,
        layer: &str,
    ) -> Result<Self, String> {
        let target = format!("{name}-target");
        let package = scratch.package(name, &target, &format!("{SERVICE}{dependency}"))?;
        package.write("src/main.rs", &source(layer))?;
        package.write(
            "krakend.json",
            include_str!("../../../examples/krakend.json"),
        )?;
        Ok(Self {
            title,
            package,
            wall: Rounds::default(),
            cpu: Rounds::default(),
            packages: BTreeMap::new(),
        })
    }

    fn round(&mut self) -> Result<(), String> {
        let _ = fs::remove_dir_all(&self.package.target);
        let cost = self.package.cargo(&["build"])?;
        self.wall.add(cost.wall);
        self.cpu.add(cost.cpu);
        for (name, compiled) in cost::recorded(&self.package.log)? {
            let name = match name == self.package.name {
                true => ITSELF.to_owned(),
                false => name,
            };
            let (calls, cpu) = self.packages.entry(name).or_default();
            *calls = compiled.calls;
            cpu.add(compiled.cpu);
        }
        Ok(())
    }

    /// The processor time of the compiler, with each package at its fastest.
    fn compiling(&self) -> f64 {
        self.packages.values().map(|(_, cpu)| cpu.least()).sum()
    }

    /// What a package takes more than in another build, in seconds; none if it is compiled as
    /// often there.
    fn more(&self, than: &Self, name: &str) -> Option<f64> {
        let (calls, cpu) = self.packages.get(name)?;
        match than.packages.get(name) {
            None => Some(cpu.least()),
            Some((others, other)) if calls > others || name == ITSELF => {
                Some(cpu.least() - other.least())
            }
            Some(_) => None,
        }
    }
}

pub fn print(bounds: &mut Bounds) -> Result<(), String> {
    let scratch = Scratch::new("clean")?;
    let mut alone = Built::new(&scratch, "the service alone", "alone", "", "")?;
    let mut theirs = Built::new(
        &scratch,
        "with tower-http",
        "theirs",
        "tower-http = { version = \"0.7\", features = [\"cors\"] }",
        ".layer(tower_http::cors::CorsLayer::permissive())",
    )?;
    let mut ours = Built::new(
        &scratch,
        "with cors-runtime",
        "ours",
        &runtime("\"tower\""),
        ".layer(cors_runtime::CorsLayer::new(cors_runtime::cors_policy!(\"krakend.json\", allow(warnings))))",
    )?;
    for _ in 0..ROUNDS {
        for built in [&mut alone, &mut theirs, &mut ours] {
            built.round()?;
        }
    }

    let mut table = Table::new("clean debug build, s");
    table.head(["least", "median", "CPU, least", "CPU, median"]);
    table.head(["rustc, CPU", "packages"]);
    for built in [&alone, &theirs, &ours] {
        let times = [
            built.wall.least(),
            built.wall.median(),
            built.cpu.least(),
            built.cpu.median(),
            built.compiling(),
        ];
        let packages = built.packages.len().to_string();
        let times = times.map(|seconds| format!("{seconds:.2}"));
        table.row(built.title, times.into_iter().chain([packages]));
    }
    table.print();

    print_more(&alone, &theirs, &ours);

    let ratio = |of: fn(&Built) -> f64| of(&ours) / of(&theirs);
    let name = |what| format!("clean build / with tower-http, {what}");
    bounds.add(&name("time"), 1.25, ratio(|built| built.wall.least()));
    bounds.add(&name("CPU"), 1.25, ratio(|built| built.cpu.least()));
    bounds.add(&name("CPU of rustc"), 1.25, ratio(Built::compiling));
    Ok(())
}

/// The packages that the service alone does not compile, or less often.
fn print_more(alone: &Built, theirs: &Built, ours: &Built) {
    let mut table = Table::new("more than alone, CPU of rustc, ms");
    table.head([theirs.title, ours.title]);
    let names = theirs.packages.keys().chain(ours.packages.keys());
    let mut rows: Vec<(&str, [Option<f64>; 2])> = names
        .map(|name| {
            let more = [theirs, ours].map(|built| built.more(alone, name));
            (name.as_str(), more)
        })
        .filter(|(_, more)| more.iter().any(Option::is_some))
        .collect();
    rows.sort_by(|(a, x), (b, y)| {
        let [x, y] = [x, y].map(|more| more[1].unwrap_or_default());
        y.total_cmp(&x).then(a.cmp(b))
    });
    rows.dedup_by_key(|(name, _)| *name);
    let shown = |seconds: Option<f64>| seconds.map_or(String::new(), |s| format!("{:.0}", 1e3 * s));
    for (name, more) in &rows {
        let again = alone.packages.contains_key(*name) && *name != ITSELF;
        let name = match again {
            true => format!("{name} (once more)"),
            false => (*name).to_owned(),
        };
        table.row(&name, more.map(shown));
    }
    let sum = |which: usize| rows.iter().filter_map(|(_, more)| more[which]).sum::<f64>();
    table.row("all", [0, 1].map(|which| shown(Some(sum(which)))));
    table.print();
}

fn source(layer: &str) -> String {
    format!(
        "use axum::{{Json, Router, routing::get}};\n\
         use serde::Serialize;\n\
         #[derive(Serialize)]\n\
         struct Greeting {{\n\
         \x20   text: &'static str,\n\
         }}\n\
         async fn greet() -> Json<Greeting> {{\n\
         \x20   Json(Greeting {{ text: \"hello\" }})\n\
         }}\n\
         #[tokio::main]\n\
         async fn main() {{\n\
         \x20   let app: Router = Router::new().route(\"/\", get(greet)){layer};\n\
         \x20   let listener = tokio::net::TcpListener::bind(\"127.0.0.1:3000\").await.unwrap();\n\
         \x20   axum::serve(listener, app).await.unwrap();\n\
         }}\n"
    )
}
