//! "Did you mean" for links that lead nowhere.

use super::Resolver;
use crate::model::suggest;

impl Resolver<'_> {
    /// A path or address near to one that leads nowhere.
    pub(super) fn near(&self, written: &str, folder: &str, absolute: bool) -> Option<String> {
        let public = self.routed.iter().filter_map(|article| article.meta.path.below("content"));
        let name = written.trim_end_matches('/').rsplit('/').next().unwrap_or(written);
        let same_name =
            public.clone().find(|path| path.rsplit('/').next() == Some(name)).map(|path| format!("/{path}"));
        let from_here = |path: &str| {
            if absolute || folder.is_empty() {
                Some(path.to_owned())
            } else {
                path.strip_prefix(&format!("{folder}/")).map(str::to_owned)
            }
        };
        same_name.or_else(|| {
            let near: Vec<String> = public.chain(self.shelves.paths()).filter_map(from_here).collect();
            let written = written.trim_start_matches("@/").trim_start_matches('/');
            let slash = if absolute { "/" } else { "" };
            let addresses = self.known.all().filter(|_| absolute).map(|url| url.trim_start_matches('/'));
            suggest::nearest(written, near.iter().map(String::as_str).chain(addresses))
                .map(|near| format!("{slash}{near}"))
        })
    }
}
