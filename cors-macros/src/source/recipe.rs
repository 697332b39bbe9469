//! How to render a template with KrakenD: the command for the file at hand.

use std::fs;
use std::path::Path;

use super::Source;
use crate::finding::Needs;

/// In place of the name of one of several folders with settings.
const SOME_ENVIRONMENT: &str = "ENVIRONMENT";

impl Source {
    /// The command that writes the configuration, and what to write where KrakenD is not installed.
    pub(crate) fn recipe(&self, needs: Needs) -> [String; 2] {
        let name = self.name().unwrap_or_default();
        let folder = self.files().first().and_then(|(file, _)| file.parent());
        let shown = match name.rsplit_once(['/', '\\']) {
            Some((folder, _)) => format!("{folder}/"),
            None => String::new(),
        };
        let folders = [
            ("FC_SETTINGS", needs.settings, "settings"),
            ("FC_PARTIALS", needs.partials, "partials"),
            ("FC_TEMPLATES", needs.templates, "templates"),
        ];
        let mut variables = vec![("FC_ENABLE", "1".to_owned())];
        for (variable, is_needed, usual) in folders {
            let beside = folder.map(|folder| folder.join(usual));
            let there = beside.filter(|beside| beside.is_dir());
            if is_needed || there.is_some() {
                let environment = there.as_deref().filter(|_| usual == "settings");
                let environment = environment.and_then(environment_in).unwrap_or_default();
                variables.push((variable, format!("{shown}{usual}{environment}")));
            }
        }
        variables.push(("FC_OUT", "out.json".to_owned()));
        let set: String = variables
            .iter()
            .map(|(variable, value)| format!("{variable}={value} "))
            .collect();
        let handed_on: String = variables
            .iter()
            .map(|(variable, _)| format!("-e {variable} "))
            .collect();
        [
            format!("render it, and name the file that is written: `{set}krakend check -c {name}`"),
            format!(
                "if KrakenD is not installed, write `docker run --rm -v \"$PWD:/etc/krakend\" {handed_on}krakend` in \
                 place of `krakend`"
            ),
        ]
    }
}

/// Which of the folders in a folder with settings to name. None if the settings are in that folder itself.
fn environment_in(settings: &Path) -> Option<String> {
    let entries = fs::read_dir(settings).ok()?.flatten();
    let paths: Vec<_> = entries.map(|entry| entry.path()).collect();
    if paths.iter().any(|path| path.is_file()) {
        return None;
    }
    let mut folders = paths.iter().filter(|path| path.is_dir());
    let only = folders.next()?.file_name()?.to_str()?;
    let name = match folders.next() {
        None => only,
        Some(_) => SOME_ENVIRONMENT,
    };
    Some(format!("/{name}"))
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::source::File;

    /// The files beside `gateway/krakend.tmpl`, what its actions need, and the variables of the command.
    const CASES: &[(&[&str], Needs, &str)] = &[
        (&[], NOTHING, ""),
        (
            &[],
            EVERYTHING,
            "FC_SETTINGS=gateway/settings FC_PARTIALS=gateway/partials FC_TEMPLATES=gateway/templates ",
        ),
        (
            &["partials/cors.tmpl", "settings/service.json"],
            NOTHING,
            "FC_SETTINGS=gateway/settings FC_PARTIALS=gateway/partials ",
        ),
        (
            &["settings/prod/service.json"],
            NOTHING,
            "FC_SETTINGS=gateway/settings/prod ",
        ),
        (
            &["settings/prod/service.json", "settings/dev/service.json"],
            NOTHING,
            "FC_SETTINGS=gateway/settings/ENVIRONMENT ",
        ),
    ];
    const NOTHING: Needs = Needs {
        settings: false,
        partials: false,
        templates: false,
    };
    const EVERYTHING: Needs = Needs {
        settings: true,
        partials: true,
        templates: true,
    };

    #[test]
    fn the_command_is_for_the_file_and_the_folders_beside_it() {
        for (nth, (files, needs, expected)) in CASES.iter().enumerate() {
            let id = std::process::id();
            let root = std::env::temp_dir().join(format!("cors-macros-{id}-recipe-{nth}"));
            let gateway = root.join("gateway");
            for file in *files {
                let file = gateway.join(file);
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(file, "{}").unwrap();
            }
            let files: Vec<(PathBuf, usize)> = vec![(gateway.join("krakend.tmpl"), 0)];
            let file = File {
                files,
                ..File::named("gateway/krakend.tmpl")
            };
            let [command, _] = Source::file(file, String::new()).recipe(*needs);
            let expected = format!(
                "`FC_ENABLE=1 {expected}FC_OUT=out.json krakend check -c gateway/krakend.tmpl`"
            );
            assert!(command.ends_with(&expected), "{command}");
            let _ = fs::remove_dir_all(root);
        }
    }
}
