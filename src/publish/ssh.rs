//! A folder of a server, by `rsync` over `ssh`: changed in place, or by a new release and a link that turns to it. Both programs
//! follow the user's own configuration, keys and agent; neither ever asks anything.

mod in_place;
mod release;
mod server;

use super::mirror::Mirror;
use super::{Destination, Scope};
use crate::model::target::SshPlace;

use server::Server;

/// Opens a folder of a server as a destination; nothing is sent yet.
pub fn open(place: &SshPlace, scope: Scope) -> Box<dyn Destination> {
    let server = Server::new(place, &scope);
    match place.releases {
        Some(keep) => Box::new(release::Releases::new(server, keep)),
        None => Box::new(Mirror::new(in_place::Folder::new(server, place.adopt), scope)),
    }
}
