//! Written references: cut into path and rest, and joined to the place where they stand.

use crate::model::path::Url;
pub(super) use crate::model::relative::join;

/// A link's path, and what follows it from the first `?` or `#`.
pub(super) fn split(target: &str) -> (&str, &str) {
    target.split_at(target.find(['?', '#']).unwrap_or(target.len()))
}

/// A relative address seen from a page's.
pub(super) fn relative_url(base: &Url, relative: &str) -> Option<Url> {
    let folder = base.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
    let slash = if relative.ends_with('/') || relative.ends_with("..") { "/" } else { "" };
    let path = join(folder, relative)?;
    Url::from_decoded(&if path.is_empty() { path } else { format!("{path}{slash}") }).ok()
}
