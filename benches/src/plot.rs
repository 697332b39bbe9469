//! The chart: instructions by number of origins.

use std::fmt::Write as _;
use std::fs;

use crate::cases;
use crate::count::instructions;
use crate::kinds::Kind;

const WIDTH: f64 = 720.0;
const HEIGHT: f64 = 440.0;
const LEFT: f64 = 76.0;
const RIGHT: f64 = 150.0;
const TOP: f64 = 64.0;
const BOTTOM: f64 = 62.0;

const SIZES: [(&str, f64, &str); 5] = [
    ("1 allowed", 1.0, "1"),
    ("5 allowed", 5.0, "5"),
    ("100 allowed", 100.0, "100"),
    ("1000 allowed", 1_000.0, "1 000"),
    ("10000 allowed", 10_000.0, "10 000"),
];

const LINES: [(Kind, &str, &str); 3] = [
    (Kind::TowerHttp, "tower-http", "#b45309"),
    (Kind::Actix, "actix-cors", "#6d28d9"),
    (Kind::Tower, "cors-runtime", "#0f766e"),
];

/// Both axes are logarithmic: the interesting curves differ by orders of magnitude.
fn x(origins: f64) -> f64 {
    LEFT + (WIDTH - LEFT - RIGHT) * origins.log10() / 4.0
}

fn y(instructions: f64, (lowest, highest): (f64, f64)) -> f64 {
    let share = (instructions.log10() - lowest) / (highest - lowest);
    HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share
}

/// Counts instructions and writes the file.
pub fn plot(file: &str) -> Result<(), String> {
    let mut lines = Vec::new();
    for (kind, name, colour) in LINES {
        let mut points = Vec::new();
        for (case, origins, _) in SIZES {
            if cases::find(case).is_some() {
                let net = instructions(case, kind)? - instructions(case, kind.frame())?;
                points.push((origins, net));
            }
        }
        lines.push((name, colour, points));
    }
    fs::write(file, draw(&lines)).map_err(|error| format!("`{file}`: {error}"))
}

type Line<'l> = (&'l str, &'l str, Vec<(f64, f64)>);

fn draw(lines: &[Line<'_>]) -> String {
    let all = || {
        lines
            .iter()
            .flat_map(|(_, _, points)| points.iter().map(|(_, net)| *net))
    };
    let lowest = all().fold(f64::INFINITY, f64::min).log10().floor();
    let highest = all().fold(0.0, f64::max).log10().ceil();
    let range = (lowest, highest);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
         font-family=\"system-ui, sans-serif\" font-size=\"13\" fill=\"#334155\">\n\
         <title>Instructions of an allowed request against the number of origins</title>\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" rx=\"8\" fill=\"#fcfcfd\"/>\n\
         <text x=\"{LEFT}\" y=\"28\" font-size=\"16\" font-weight=\"600\" fill=\"#0f172a\">\
         What CORS costs an allowed request</text>\n\
         <text x=\"{LEFT}\" y=\"47\" fill=\"#64748b\">\
         Instructions as middleware, without the handler; both axes logarithmic</text>\n"
    );
    axes(&mut svg, range);
    for (name, colour, points) in lines {
        let places: Vec<(f64, f64)> = points
            .iter()
            .map(|(origins, net)| (x(*origins), y(*net, range)))
            .collect();
        let path: Vec<String> = places
            .iter()
            .map(|(x, y)| format!("{x:.1},{y:.1}"))
            .collect();
        let _ = writeln!(
            svg,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2.5\" \
             stroke-linejoin=\"round\"/>",
            path.join(" ")
        );
        for (x, y) in &places {
            let _ = writeln!(
                svg,
                "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\" fill=\"#fcfcfd\" \
                 stroke=\"{colour}\" stroke-width=\"2.5\"/>"
            );
        }
        if let (Some((x, y)), Some((_, net))) = (places.last(), points.last()) {
            let _ = writeln!(
                svg,
                "<text x=\"{:.1}\" y=\"{:.1}\" fill=\"{colour}\" font-weight=\"600\">{name}</text>\n\
                 <text x=\"{:.1}\" y=\"{:.1}\" fill=\"#64748b\">{}</text>",
                x + 12.0,
                y - 1.0,
                x + 12.0,
                y + 14.0,
                grouped(*net),
            );
        }
    }
    svg.push_str("</svg>\n");
    svg
}

fn axes(svg: &mut String, range: (f64, f64)) {
    let (bottom, end) = (HEIGHT - BOTTOM, WIDTH - RIGHT);
    for power in range.0 as i32..=range.1 as i32 {
        let value = 10_f64.powi(power);
        let at = y(value, range);
        let _ = writeln!(
            svg,
            "<line x1=\"{LEFT}\" y1=\"{at:.1}\" x2=\"{end}\" y2=\"{at:.1}\" stroke=\"#e2e8f0\"/>\n\
             <text x=\"{}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            LEFT - 10.0,
            at + 4.5,
            grouped(value),
        );
    }
    for (_, origins, label) in SIZES {
        let at = x(origins);
        let _ = writeln!(
            svg,
            "<line x1=\"{at:.1}\" y1=\"{bottom}\" x2=\"{at:.1}\" y2=\"{}\" stroke=\"#94a3b8\"/>\n\
             <text x=\"{at:.1}\" y=\"{}\" text-anchor=\"middle\">{label}</text>",
            bottom + 5.0,
            bottom + 21.0,
        );
    }
    let (middle, centre) = ((LEFT + end) / 2.0, (TOP + bottom) / 2.0);
    let _ = writeln!(
        svg,
        "<line x1=\"{LEFT}\" y1=\"{bottom}\" x2=\"{end}\" y2=\"{bottom}\" stroke=\"#94a3b8\"/>\n\
         <text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\" fill=\"#64748b\">\
         origins in the policy</text>\n\
         <text transform=\"translate(18 {centre}) rotate(-90)\" text-anchor=\"middle\" \
         fill=\"#64748b\">instructions</text>",
        bottom + 44.0,
    );
}

/// A number with thin spaces as thousands separators.
fn grouped(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (nth, digit) in digits.chars().enumerate() {
        if nth != 0 && (digits.len() - nth).is_multiple_of(3) {
            text.push('\u{2009}');
        }
        text.push(digit);
    }
    text
}
