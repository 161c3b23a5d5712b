//! `publish` of site.yaml: the places where a site is put out.

use serde::Serialize;

/// A place where the site is put out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Target {
    /// Its name: the key in site.yaml.
    pub name: String,
    /// Where readers find the site, if that is not `base_url`.
    pub url: Option<String>,
    /// What kind of place it is.
    pub place: Place,
}

/// The kinds of places.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum Place {
    /// A branch of a git repository.
    Git(GitPlace),
    /// A bucket of a store that speaks S3's language.
    S3(S3Place),
    /// A folder of a server, by rsync over ssh.
    Ssh(SshPlace),
    /// A folder of this machine.
    Dir(DirPlace),
    /// One file that holds the whole site.
    Archive(ArchivePlace),
}

impl Place {
    /// The word for it in site.yaml.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Git(_) => "git",
            Self::S3(_) => "s3",
            Self::Ssh(_) => "ssh",
            Self::Dir(_) => "dir",
            Self::Archive(_) => "archive",
        }
    }
}

/// `kind: git`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GitPlace {
    /// An address that git understands, or the name of a remote of the site's own repository.
    pub remote: String,
    /// The branch.
    pub branch: String,
    /// Whether earlier editions stay in the branch's history.
    pub keep_history: bool,
    /// The domain that a `CNAME` file announces to the host.
    pub cname: Option<String>,
    /// Whether a file tells the host not to run Jekyll.
    pub nojekyll: bool,
    /// Whether a branch may be taken over that others began.
    pub adopt: bool,
}

/// `kind: s3`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct S3Place {
    /// The bucket.
    pub bucket: String,
    /// The store's address; without one, that of Amazon for the region.
    pub endpoint: Option<String>,
    /// The region; without one, the environment's, the profile's, or `us-east-1`.
    pub region: Option<String>,
    /// What precedes every object's key: empty, or ending in `/`.
    pub prefix: String,
    /// The profile of the credentials file, in place of the environment's.
    pub profile: Option<String>,
    /// Whether the bucket's name stands in the path of addresses, not in the host.
    pub path_style: bool,
    /// What `Cache-Control` says.
    pub cache: CacheControl,
    /// Whether objects of others are accepted in the place.
    pub adopt: bool,
}

/// What `Cache-Control` says of each kind of file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CacheControl {
    /// Of files whose name changes with their content.
    pub fingerprinted: String,
    /// Of other stylesheets, images and files.
    pub assets: String,
    /// Of pages.
    pub pages: String,
    /// Of feeds, sitemaps and the like.
    pub feeds: String,
}

impl Default for CacheControl {
    fn default() -> Self {
        Self {
            fingerprinted: "public, max-age=31536000, immutable".to_owned(),
            assets: "public, max-age=3600".to_owned(),
            pages: "public, max-age=0, must-revalidate".to_owned(),
            feeds: "public, max-age=300".to_owned(),
        }
    }
}

/// `kind: ssh`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SshPlace {
    /// `server` or `user@server`, or a name that the configuration of ssh knows.
    pub host: String,
    /// The folder there.
    pub path: String,
    /// The port, in place of the configuration's.
    pub port: Option<u16>,
    /// A configuration file for ssh, in place of the user's.
    pub config: Option<String>,
    /// How many releases are kept; `None` changes the folder in place.
    pub releases: Option<usize>,
    /// Whether files of others are accepted in the folder.
    pub adopt: bool,
}

/// `kind: dir`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DirPlace {
    /// The folder; a relative path counts from the site's folder.
    pub path: String,
    /// How many releases are kept; `None` changes the folder in place.
    pub releases: Option<usize>,
    /// Whether files of others are accepted in the folder.
    pub adopt: bool,
}

/// `kind: archive`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ArchivePlace {
    /// The file; a relative path counts from the site's folder.
    pub path: String,
    /// Its form.
    pub form: ArchiveForm,
}

/// The forms of an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum ArchiveForm {
    /// `.tar.zst`.
    TarZst,
    /// `.zip`.
    Zip,
}
