//! Which names are never read, whatever they contain: version control, secrets, editors' leftovers, dot-files.

use crate::model::path::SitePath;

/// The configuration's name.
pub const CONFIG: &str = "site.yaml";

/// The ledger's name.
pub const LEDGER: &str = "permalinks.txt";

/// The folders of a site that are read.
pub const FOLDERS: [&str; 6] = ["content", "templates", "strings", "themes", "static", "data"];

/// Where a name stands, and so which dot-files are meant to be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Below `content/`, `templates/`, `strings/` or `data/`: no dot-file is meant.
    Plain,
    /// Below `static/`: `.well-known`, `.nojekyll`, `.htaccess` and others are copied.
    Static,
    /// Below `themes/`: of interest only in parts; a theme's own housekeeping is nobody's concern.
    Theme,
}

/// What becomes of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is read.
    Read,
    /// It is passed over without a word: placeholders and settings that nobody expects to see published.
    Quiet,
    /// It is passed over with a warning; the text ends the sentence "… was passed over: it is".
    Named(&'static str),
}

/// Files that keep an empty folder, or speak to git, and hold nothing of the site.
const HOUSEKEEPING: &[&str] = &[".gitkeep", ".gitignore", ".gitattributes", ".editorconfig"];

/// Folders and files in which version control keeps its history.
const VERSION_CONTROL: &[&str] = &[".git", ".gitmodules", ".hg", ".svn", ".jj", ".bzr"];

/// Judges the name of one file or folder.
pub fn judge(name: &str, rule: Rule) -> Verdict {
    if HOUSEKEEPING.contains(&name) {
        return Verdict::Quiet;
    }
    if VERSION_CONTROL.contains(&name) {
        return Verdict::Named("version control's own");
    }
    if name.to_ascii_lowercase().starts_with(".env") {
        return Verdict::Named("of a kind that often holds secrets");
    }
    if name.starts_with(".byline") {
        return Verdict::Named("a name that Byline keeps for itself");
    }
    if is_leftover(name) {
        return Verdict::Named("an editor's or a desktop's leftover");
    }
    if name.starts_with('.') && rule != Rule::Static {
        return if rule == Rule::Theme { Verdict::Quiet } else { Verdict::Named("a dot-file") };
    }
    Verdict::Read
}

/// Whether the file or folder at a path of the site is one that is read, judged by its names alone.
pub fn is_read(path: &SitePath) -> bool {
    let path = path.as_str();
    let folder = path.split('/').next().unwrap_or("");
    let rule = match folder {
        "static" => Rule::Static,
        "themes" => Rule::Theme,
        _ => Rule::Plain,
    };
    let named = path == CONFIG || path == LEDGER || FOLDERS.contains(&folder);
    named && path.split('/').all(|name| judge(name, rule) == Verdict::Read)
}

/// Whether an editor or a desktop leaves files of this name behind: backups, locks, swap files, folder settings.
fn is_leftover(name: &str) -> bool {
    let swap = name.rsplit_once('.').is_some_and(|(_, extension)| matches!(extension, "swp" | "swo" | "swx"));
    (name.len() > 1 && name.ends_with('~'))
        || name.starts_with(".#")
        || (name.len() > 2 && name.starts_with('#') && name.ends_with('#'))
        || (name.starts_with('.') && swap)
        || matches!(name, ".DS_Store" | "Thumbs.db" | "desktop.ini")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leftovers_are_named_wherever_they_lie() {
        for name in ["a.md~", ".#a.md", "#a.md#", ".a.md.swp", ".DS_Store", "Thumbs.db", ".env.local", ".git"] {
            assert!(matches!(judge(name, Rule::Plain), Verdict::Named(_)), "{name}");
            assert!(matches!(judge(name, Rule::Static), Verdict::Named(_)), "{name}");
        }
    }

    #[test]
    fn names_that_only_look_alike_are_read() {
        for name in ["c#", "~a.md", "swp", "notes.swp", "environment", "#", "a~b.md"] {
            assert_eq!(judge(name, Rule::Plain), Verdict::Read, "{name}");
        }
    }

    #[test]
    fn what_lies_beside_the_sites_folders_is_not_read() {
        for path in
            ["site.yaml", "permalinks.txt", "content", "content/a.md", "static/.htaccess", "themes/plain/theme.yaml"]
        {
            assert!(is_read(&SitePath::new(path)), "{path}");
        }
        for path in
            ["", "site.yaml~", "public/index.html", ".byline/lock", "content/.#a.md", "content/.git/HEAD", "contents"]
        {
            assert!(!is_read(&SitePath::new(path)), "{path}");
        }
    }

    #[test]
    fn static_keeps_the_dot_files_that_hosts_read() {
        for name in [".well-known", ".nojekyll", ".htaccess"] {
            assert_eq!(judge(name, Rule::Static), Verdict::Read, "{name}");
            assert_eq!(judge(name, Rule::Plain), Verdict::Named("a dot-file"), "{name}");
        }
        assert_eq!(judge(".gitkeep", Rule::Plain), Verdict::Quiet);
    }
}
