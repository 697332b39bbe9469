//! Clean builds: two small services, each without CORS and with each of two CORS libraries.

use std::collections::BTreeMap;
use std::fs;

use super::bounds::Bounds;
use super::cost::{self, Rounds};
use super::scratch::{Package, Scratch, runtime};
use crate::table::Table;

const ROUNDS: usize = 5;

/// The macro needs `url`. Most services have it already, from an HTTP client or a database.
const SERVICES: [Service; 2] = [
    Service {
        title: "with `url`",
        name: "url",
        dependencies: "url = \"2\"\n",
        most: 1.10,
    },
    Service {
        title: "without `url`",
        name: "plain",
        dependencies: "",
        most: 1.45,
    },
];

struct Service {
    title: &'static str,
    name: &'static str,
    /// In addition to the dependencies of both services.
    dependencies: &'static str,
    /// The longest that its build may take, relative to tower-http.
    most: f64,
}

const DEPENDENCIES: &str = "\
axum = \"0.8\"
serde = { version = \"1\", features = [\"derive\"] }
tokio = { version = \"1\", features = [\"macros\", \"net\", \"rt-multi-thread\"] }
";

/// The name of the service itself in the tables.
const ITSELF: &str = "the service itself";

/// A service with its measurements.
struct Built {
    title: &'static str,
    package: Package,
    wall: Rounds,
    cpu: Rounds,
    /// How often each package is compiled, and at what cost.
    packages: BTreeMap<String, (usize, Rounds)>,
}

impl Built {
    fn new(
        scratch: &Scratch,
        service: &Service,
        title: &'static str,
        dependency: &str,
        layer: &str,
    ) -> Result<Self, String> {
        let name = format!("{}-{}", service.name, title.replace(' ', "-"));
        let target = format!("{name}-target");
        let dependencies = format!("{DEPENDENCIES}{}{dependency}", service.dependencies);
        let package = scratch.package(&name, &target, &dependencies)?;
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
            let name = if name == self.package.name {
                ITSELF.to_owned()
            } else {
                name
            };
            let (calls, cpu) = self.packages.entry(name).or_default();
            *calls = compiled.calls;
            cpu.add(compiled.cpu);
        }
        Ok(())
    }

    /// The processor time of the compiler, with the fastest build of each package.
    fn compiling(&self) -> f64 {
        self.packages.values().map(|(_, cpu)| cpu.least()).sum()
    }

    /// How much more a package takes than in another build, in seconds; none if it is compiled
    /// as often there.
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

/// The three builds of a service.
struct Builds {
    service: Service,
    alone: Built,
    theirs: Built,
    ours: Built,
}

impl Builds {
    fn new(scratch: &Scratch, service: Service) -> Result<Self, String> {
        let alone = Built::new(scratch, &service, "alone", "", "")?;
        let theirs = Built::new(
            scratch,
            &service,
            "with tower-http",
            "tower-http = { version = \"0.7\", features = [\"cors\"] }",
            ".layer(tower_http::cors::CorsLayer::permissive())",
        )?;
        let ours = Built::new(
            scratch,
            &service,
            "with cors-runtime",
            &runtime("\"tower\""),
            ".layer(cors_runtime::CorsLayer::new(cors_runtime::cors_policy!(\"krakend.json\", allow(warnings))))",
        )?;
        Ok(Self {
            service,
            alone,
            theirs,
            ours,
        })
    }

    fn print(&self, bounds: &mut Bounds) {
        let title = format!("clean debug build, a service {}, s", self.service.title);
        let mut table = Table::new(&title);
        table.head(["median", "least", "CPU, median", "CPU, least"]);
        table.head(["rustc, CPU", "packages"]);
        for built in [&self.alone, &self.theirs, &self.ours] {
            let times = [
                built.wall.median(),
                built.wall.least(),
                built.cpu.median(),
                built.cpu.least(),
                built.compiling(),
            ];
            let packages = built.packages.len().to_string();
            let times = times.map(|seconds| format!("{seconds:.2}"));
            table.row(built.title, times.into_iter().chain([packages]));
        }
        table.print();
        print_more(&self.alone, &self.theirs, &self.ours);

        let ratio = |of: fn(&Built) -> f64| of(&self.ours) / of(&self.theirs);
        let mut add = |what: &str, ratio| {
            let name = format!("clean build / tower-http's, {}, {what}", self.service.title);
            bounds.add(&name, self.service.most, ratio);
        };
        add("time", ratio(|built| built.wall.median()));
        add("CPU", ratio(|built| built.cpu.median()));
        add("CPU of rustc", ratio(Built::compiling));
    }
}

pub fn print(bounds: &mut Bounds) -> Result<(), String> {
    let scratch = Scratch::new("clean")?;
    let mut all = Vec::new();
    for service in SERVICES {
        all.push(Builds::new(&scratch, service)?);
    }
    for _ in 0..ROUNDS {
        for builds in &mut all {
            for built in [&mut builds.alone, &mut builds.theirs, &mut builds.ours] {
                built.round()?;
            }
        }
    }
    for builds in &all {
        builds.print(bounds);
    }
    Ok(())
}

/// The packages that the bare service does not compile, or compiles less often.
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
        let name = if again {
            format!("{name} (once more)")
        } else {
            (*name).to_owned()
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
