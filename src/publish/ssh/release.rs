//! A folder of releases on a server: each edition is a folder of its own, and a link turns to the new one in one step.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::server::{Server, lines, quoted};
use crate::model::code::Code;
use crate::model::digest::Digest;
use crate::pipeline::Observer;
use crate::publish::edition::Edition;
use crate::publish::mirror::wanted;
use crate::publish::plan::{Plan, plan};
use crate::publish::releases::{self, CURRENT, FOLDER, UNFINISHED};
use crate::publish::sheet::{SHEET, Sheet, key};
use crate::publish::trouble::Trouble;
use crate::publish::{Destination, Done};

/// The folder.
pub struct Releases {
    server: Server,
    keep: usize,
    /// The names of the releases.
    names: Vec<String>,
    /// The release that readers see.
    current: Option<String>,
    /// The files of it, by the digests of their paths, if they had to be known.
    files: BTreeMap<Digest, String>,
}

impl Releases {
    /// A folder, there or yet to be made.
    pub fn new(server: Server, keep: usize) -> Self {
        Self { server, keep, names: Vec::new(), current: None, files: BTreeMap::new() }
    }

    /// Looks at the folder, and gives the sheet of the release that readers see.
    fn look(&mut self) -> Result<Sheet, Trouble> {
        let script = format!(
            "mkdir -p {FOLDER}\nls -1 {FOLDER}\necho\nif [ -L {CURRENT} ]; then readlink {CURRENT}; elif [ -e {CURRENT} ]; then echo ?; else echo; fi\n\
             if [ -f {CURRENT}/{SHEET} ]; then cat {CURRENT}/{SHEET}; fi"
        );
        let said = self.server.script(&script, None)?;
        let mut rest = said.as_slice();
        let mut next = || {
            let end = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
            let line = String::from_utf8_lossy(&rest[..end]).into_owned();
            rest = rest.get(end + 1..).unwrap_or_default();
            line
        };
        self.names = std::iter::from_fn(|| Some(next()).filter(|line| !line.is_empty())).collect();
        let link = next();
        let name = link.rsplit('/').next().filter(|name| releases::is_release(name));
        if name.is_none() && !link.is_empty() {
            let message = format!("`{CURRENT}` in {} is no link to a release", self.server.name());
            return Err(Trouble::refused(Code::ForeignTarget, message, "move it away, or choose another folder"));
        }
        self.current = name.map(str::to_owned);
        Ok(Sheet::decode(rest).unwrap_or_default())
    }

    fn list(&self) -> Result<BTreeMap<Digest, String>, Trouble> {
        let said = self.server.script(&format!("cd {CURRENT}/\nfind . ! -type d -print"), None)?;
        let text = String::from_utf8_lossy(&said);
        Ok(text.lines().filter_map(|line| line.strip_prefix("./")).map(|path| (key(path), path.to_owned())).collect())
    }

    /// Shell commands that turn the link to a release in one step, whichever `mv` there is.
    fn turn(name: &str) -> String {
        let new = ".byline-current";
        format!(
            "rm -f {new}\nln -s {FOLDER}/{name} {new}\nmv -fT {new} {CURRENT} 2>/dev/null || mv -fh {new} {CURRENT}"
        )
    }
}

impl Destination for Releases {
    fn survey(&mut self, edition: &Edition) -> Result<Plan, Trouble> {
        let standing = self.look()?;
        let plan = plan(&edition.parcels(), &standing);
        if !plan.is_empty() && (!plan.gone.is_empty() || plan.next.rows.values().any(|row| row.outgoing)) {
            self.files = self.list()?;
        }
        Ok(plan)
    }

    fn removed(&self, plan: &Plan) -> Vec<String> {
        plan.gone.iter().filter_map(|gone| self.files.get(&gone.key).cloned()).collect()
    }

    fn carry_out(&mut self, edition: &Edition, plan: &Plan, observer: &dyn Observer) -> Result<Done, Trouble> {
        observer.begin("publishing", 0);
        let sheet = plan.next.encode();
        // One that was cut short is filled further, if it is of the same site.
        let new = format!("{UNFINISHED}-{}", Digest::of(&sheet).short());
        let others =
            format!("for old in {FOLDER}/{UNFINISHED}-*; do [ \"$old\" = {FOLDER}/{new} ] || rm -rf -- \"$old\"; done");
        self.server.script(&format!("{others}\nmkdir -p {FOLDER}/{new}"), Some(observer))?;
        let parcels = edition.parcels();
        let paths: Vec<&str> = parcels.iter().map(|parcel| parcel.path.as_str()).collect();
        let below = format!("{FOLDER}/{new}/");
        self.server.send(edition.folder(), &paths, &below, self.current.as_deref(), Some(observer))?;
        wanted(observer)?;
        let outgoing = plan.next.rows.iter().filter(|(_, row)| row.outgoing);
        let outgoing: Vec<&str> = outgoing.filter_map(|(key, _)| self.files.get(key)).map(String::as_str).collect();
        if !outgoing.is_empty() {
            let keep =
                format!("mkdir -p -- \"{below}$(dirname \"$file\")\"\n  ln -f -- \"{CURRENT}/$file\" \"{below}$file\"");
            self.server
                .script(&format!("while IFS= read -r file; do\n  {keep}\ndone {}", lines(outgoing)), Some(observer))?;
        }
        self.server.send_sheet(&sheet, &below)?;
        wanted(observer)?;
        let name = releases::name(Timestamp::now(), &self.names);
        let outdated = releases::outdated(&self.names, self.current.as_deref(), &name, self.keep);
        let remove: String = outdated.iter().map(|name| format!("rm -rf -- {FOLDER}/{}\n", quoted(name))).collect();
        // Asked twice, since an answer may be lost, it is done once.
        let appear = format!("if [ -d {below} ]; then mv {FOLDER}/{new} {FOLDER}/{name}; fi");
        self.server.script(&format!("{appear}\n{}\n{remove}", Self::turn(&name)), Some(observer))?;
        Ok(Done { notes: Vec::new(), release: Some(name) })
    }

    fn roll_back(&mut self) -> Result<String, Trouble> {
        self.look()?;
        let Some(before) = releases::before(&self.names, self.current.as_deref().unwrap_or_default()) else {
            let message = format!("{} has no release before the present one", self.server.name());
            return Err(Trouble::refused(Code::ForeignTarget, message, "publish an older state of the site instead"));
        };
        self.server.script(&Self::turn(&before), None)?;
        Ok(before)
    }
}
