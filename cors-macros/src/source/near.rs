//! What somebody may have meant by a path that leads to no file. Folders are listed for it, and no
//! file is read.

use std::fs;
use std::path::{Component, Path, PathBuf};

use super::places::{Places, leads};
use crate::spelling;

/// What most configurations are called.
const USUAL: &str = "krakend.json";

/// The path to write for the nearest file: one of this name in a folder around the crate or the
/// calling file, or one of a similar name there.
pub(super) fn file(written: &str, places: &Places) -> Option<String> {
    let rest: Vec<String> = Path::new(written)
        .components()
        .filter_map(|part| match part {
            Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
            _ => None,
        })
        .collect();
    let rest = if rest.is_empty() {
        vec![USUAL.to_owned()]
    } else {
        rest
    };
    let found = folders(written, places)
        .into_iter()
        .filter_map(|folder| Some((resolve(&folder, &rest)?, folder)))
        .min_by_key(|((difference, _), _)| *difference);
    let ((_, file), folder) = found?;
    if Path::new(written).is_absolute() {
        return Some(file.to_string_lossy().into_owned());
    }
    let beside = up(written).join(file.strip_prefix(folder).ok()?);
    let leads_there = |path: &Path| {
        let mut files = places.folders().map(|folder| folder.join(path));
        files.find(|path| path.is_file()).as_ref() == Some(&file)
    };
    if leads_there(&beside) {
        Some(beside.to_str()?.replace('\\', "/"))
    } else {
        from_start(places, &file)
    }
}

/// The path of a file from where a search starts.
pub(super) fn from_start(places: &Places, file: &Path) -> Option<String> {
    let from = places.folders().next()?;
    leads(from, file)
}

/// The part of a path that is a file already, though the path goes on.
pub(super) fn file_on_the_way(written: &str, places: &Places) -> Option<String> {
    let mut way = PathBuf::new();
    for part in Path::new(written).components() {
        way.push(part);
        if places.folders().any(|folder| folder.join(&way).is_file()) {
            return Some(way.to_string_lossy().into_owned());
        }
    }
    None
}

/// The one file in a folder that can be meant.
pub(super) fn file_inside(written: &str, folder: &Path) -> Option<String> {
    let inside = resolve(folder, &[USUAL.to_owned()]);
    let name = match inside {
        Some((0, _)) => USUAL.to_owned(),
        _ => {
            let entries = entries(folder);
            let mut files = entries
                .iter()
                .filter(|name| is_json(name) && folder.join(name).is_file());
            let only = files.next()?;
            if files.next().is_some() {
                return None;
            }
            only.clone()
        }
    };
    let written = written.trim_end_matches(['/', '\\']);
    Some(match written {
        "" | "." => name,
        _ => format!("{written}/{name}"),
    })
}

/// Where the path may start from, if not from where it does: first the places where it does, then
/// the folders around them, up to the root.
fn folders(written: &str, places: &Places) -> Vec<PathBuf> {
    let path = Path::new(written);
    if path.is_absolute() {
        return path
            .ancestors()
            .last()
            .map(Path::to_owned)
            .into_iter()
            .collect();
    }
    let up = up(written);
    let mut folders: Vec<PathBuf> = places.folders().map(|folder| folder.join(&up)).collect();
    for place in places.folders() {
        let around = place.ancestors();
        let within = |folder: &&Path| places.root.as_ref().is_some_and(|r| folder.starts_with(r));
        folders.push(place.to_owned());
        folders.extend(around.skip(1).take_while(within).map(Path::to_owned));
    }
    folders
}

/// The `..`s in front of a relative path.
fn up(written: &str) -> PathBuf {
    let parts = Path::new(written).components();
    parts
        .filter(|part| *part != Component::CurDir)
        .take_while(|part| *part == Component::ParentDir)
        .collect()
}

/// The file that names lead to, where one of them may differ, and by how much it does.
fn resolve(folder: &Path, names: &[String]) -> Option<(u8, PathBuf)> {
    let mut path = folder.to_owned();
    let mut difference = 0;
    for (nth, name) in names.iter().enumerate() {
        let is_last = nth + 1 == names.len();
        let is_right = |path: &Path| {
            if is_last {
                path.is_file()
            } else {
                path.is_dir()
            }
        };
        if is_right(&path.join(name)) {
            path.push(name);
            continue;
        }
        if difference > 0 {
            return None;
        }
        let similar = entries(&path)
            .into_iter()
            .filter_map(|entry| Some((differs(name, &entry, is_last)?, entry)))
            .filter(|(_, entry)| is_right(&path.join(entry)))
            .min()?;
        difference = similar.0;
        path.push(similar.1);
    }
    Some((difference, path))
}

/// How much another name differs; `None` if it is none that can be meant.
fn differs(name: &str, other: &str, is_file: bool) -> Option<u8> {
    let of_a_kind =
        || is_json(other) || Path::new(other).extension() == Path::new(name).extension();
    let (lower, other_lower) = (name.to_lowercase(), other.to_lowercase());
    if is_file && !of_a_kind() {
        return None;
    }
    if lower == other_lower {
        return Some(1);
    }
    if spelling::within(1, &lower, &other_lower) {
        return Some(2);
    }
    let stem = |name: &str| Some(Path::new(name).file_stem()?.to_string_lossy().into_owned());
    let same =
        [&lower, &stem(&lower)?].contains(&&stem(&other_lower)?) || stem(&lower)? == other_lower;
    (is_file && same).then_some(3)
}

fn is_json(name: &str) -> bool {
    let extension = Path::new(name).extension();
    extension.is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}

/// The names in a folder; none if it cannot be listed.
fn entries(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect()
}
