//! A bucket of a store that speaks S3's language: Amazon's, R2, MinIO and others.
//!
//! The sheet is an object beside the site's; it is written only in place of the version that was read, so that of two who publish
//! at once one is refused.

mod credentials;
mod request;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use rusty_s3::actions::{ListObjectsV2, ListObjectsV2Response};
use rusty_s3::{Bucket as Address, UrlStyle};

use super::edition::Edition;
use super::mirror::{Found, Named, Store, Watch};
use super::plan::Parcel;
use super::process::redacted;
use super::sheet::SHEET;
use super::trouble::Trouble;
use crate::model::code::Code;
use crate::model::digest::Digest;
use crate::model::media;
use crate::model::output::Stage;
use crate::model::path::OutPath;
use crate::model::target::S3Place;
use crate::write::FinishedFile;

use request::{Answer, Headers, Wire};

/// How many requests are under way at once.
const LANES: usize = 8;

/// The headers that some stores do not know.
const SPECIAL: &[&str] = &["if-match", "if-none-match", "x-amz-website-redirect-location"];

/// A bucket.
pub struct Bucket {
    place: S3Place,
    wire: Wire,
    /// Pages that lead on to other addresses.
    redirects: BTreeMap<OutPath, String>,
}

impl Bucket {
    /// Opens a bucket as a destination; nothing is sent yet.
    pub fn open(place: &S3Place, edition: Option<&Edition>) -> Result<Self, Trouble> {
        let region = credentials::region(place);
        let endpoint = place.endpoint.clone().unwrap_or_else(|| format!("https://s3.{region}.amazonaws.com"));
        let unfit = |what: &dyn std::fmt::Display| {
            let message = format!("`{endpoint}` cannot be a store: {what}");
            Trouble::refused(Code::Config, message, "see to `endpoint` and `bucket` of the target")
        };
        let url = endpoint.parse().map_err(|error| unfit(&error))?;
        // Names with dots match no certificate as hosts.
        let style = if place.path_style || place.bucket.contains('.') { UrlStyle::Path } else { UrlStyle::VirtualHost };
        let address = Address::new(url, style, place.bucket.clone(), region).map_err(|error| unfit(&error))?;
        let name = format!("the bucket `{}` at {}", place.bucket, redacted(&endpoint));
        let redirects = edition.map_or_else(|| Ok(BTreeMap::new()), Edition::redirects)?;
        Ok(Self { place: place.clone(), wire: Wire::new(address, credentials::credentials(place)?, name), redirects })
    }

    fn key(&self, path: &str) -> String {
        format!("{}{path}", self.place.prefix)
    }

    /// What goes with a file's bytes.
    fn headers(&self, path: &OutPath, stage: Stage, fingerprinted: bool) -> Headers {
        let cache = match stage {
            Stage::Asset if fingerprinted => &self.place.cache.fingerprinted,
            Stage::Asset => &self.place.cache.assets,
            Stage::Page => &self.place.cache.pages,
            Stage::Announcement => &self.place.cache.feeds,
        };
        let mut headers = vec![("content-type", media::of(path.as_str()).to_owned()), ("cache-control", cache.clone())];
        headers.extend(self.redirects.get(path).map(|to| ("x-amz-website-redirect-location", to.clone())));
        headers
    }

    /// Puts an object; if the store does not know a header that it can do without, without that.
    fn put_object(
        &self,
        key: &str,
        headers: Headers,
        bytes: &[u8],
        watch: Option<&Watch<'_>>,
    ) -> Result<Answer, Trouble> {
        let observer = watch.map(|watch| watch.observer);
        let action = self.wire.bucket.put_object(Some(&self.wire.credentials), key);
        let answer = self.wire.send(&action, &headers, bytes, observer)?;
        let special = |(name, _): &(&'static str, String)| SPECIAL.contains(name);
        if answer.status != 501 || !headers.iter().any(special) {
            return Ok(answer);
        }
        let plain: Headers = headers.into_iter().filter(|header| !special(header)).collect();
        self.wire.send(&action, &plain, bytes, observer)
    }

    fn put_parcel(&self, edition: &Edition, parcel: &Parcel, watch: &Watch<'_>) -> Result<(), Trouble> {
        watch.wanted()?;
        let headers = self.headers(&parcel.path, parcel.stage, parcel.is_fingerprinted());
        let bytes = edition.read(parcel)?;
        let answer = self.put_object(&self.key(parcel.path.as_str()), headers, &bytes, Some(watch))?;
        if !answer.is_good() {
            return Err(self.wire.refusal(&answer));
        }
        watch.put(parcel);
        Ok(())
    }

    fn remove_one(&self, file: &Named, watch: &Watch<'_>) -> Result<(), Trouble> {
        watch.wanted()?;
        let key = self.key(&file.path);
        let action = self.wire.bucket.delete_object(Some(&self.wire.credentials), &key);
        let answer = self.wire.send(&action, &Headers::new(), &[], Some(watch.observer))?;
        if !answer.is_good() && answer.status != 404 {
            return Err(self.wire.refusal(&answer));
        }
        watch.removed();
        Ok(())
    }

    /// One piece of the list of objects.
    fn listing(&self, token: Option<String>) -> Result<ListObjectsV2Response, Trouble> {
        let mut action = ListObjectsV2::new(&self.wire.bucket, Some(&self.wire.credentials));
        if !self.place.prefix.is_empty() {
            action.with_prefix(self.place.prefix.clone());
        }
        if let Some(token) = token {
            action.with_continuation_token(token);
        }
        let answer = self.wire.send(&action, &Headers::new(), &[], None)?;
        if !answer.is_good() {
            return Err(self.wire.refusal(&answer));
        }
        ListObjectsV2::parse_response(&String::from_utf8_lossy(&answer.body))
            .map_err(|_| Trouble::remote(format!("{} lists its objects in a form that is not S3's", self.wire.name)))
    }
}

impl Store for Bucket {
    fn sheet(&self) -> Result<Option<Found>, Trouble> {
        let key = self.key(SHEET);
        let action = self.wire.bucket.get_object(Some(&self.wire.credentials), &key);
        let answer = self.wire.send(&action, &Headers::new(), &[], None)?;
        match answer.status {
            404 if !String::from_utf8_lossy(&answer.body).contains("NoSuchBucket") => Ok(None),
            _ if answer.is_good() => Ok(Some(Found { bytes: answer.body, version: answer.etag.unwrap_or_default() })),
            _ => Err(self.wire.refusal(&answer)),
        }
    }

    fn write_sheet(&self, bytes: &[u8], found: Option<&str>) -> Result<String, Trouble> {
        let mut headers: Headers =
            vec![("content-type", "application/octet-stream".to_owned()), ("cache-control", "no-store".to_owned())];
        match found {
            None => headers.push(("if-none-match", "*".to_owned())),
            // A store that tells no versions apart cannot be held to one.
            Some("") => {}
            Some(version) => headers.push(("if-match", version.to_owned())),
        }
        let answer = self.put_object(&self.key(SHEET), headers, bytes, None)?;
        if matches!(answer.status, 409 | 412) {
            // Where the answer to a first attempt was lost, it was this publish that wrote it.
            if let Some(standing) = self.sheet()?.filter(|standing| standing.bytes == bytes) {
                return Ok(standing.version);
            }
            let message = format!("somebody else published to {} meanwhile", self.wire.name);
            return Err(Trouble::refused(Code::ForeignTarget, message, "run `byline publish` once more"));
        }
        if answer.is_good() { Ok(answer.etag.unwrap_or_default()) } else { Err(self.wire.refusal(&answer)) }
    }

    fn list(&self) -> Result<Vec<String>, Trouble> {
        let mut paths = Vec::new();
        let mut token = None;
        loop {
            let listing = self.listing(token)?;
            let below = |key: String| key.strip_prefix(&self.place.prefix).map(str::to_owned);
            paths.extend(
                listing.contents.into_iter().filter_map(|object| below(object.key)).filter(|path| path != SHEET),
            );
            match listing.next_continuation_token {
                Some(next) => token = Some(next),
                None => return Ok(paths),
            }
        }
    }

    fn kept(&self, file: &FinishedFile) -> Digest {
        let parcel = Parcel {
            path: file.path.clone(),
            content: file.content,
            sent: file.content,
            size: file.size,
            stage: file.stage,
        };
        let headers = self.headers(&file.path, file.stage, parcel.is_fingerprinted());
        Digest::join(&[file.content, Digest::of_value(&headers)])
    }

    fn put(&self, edition: &Edition, parcels: &[&Parcel], watch: &Watch<'_>) -> Result<(), Trouble> {
        in_lanes(parcels, |parcel| self.put_parcel(edition, parcel, watch))
    }

    fn remove(&self, files: &[Named], watch: &Watch<'_>) -> Result<Vec<String>, Trouble> {
        for group in files.chunk_by(|a, b| a.row.stage == b.row.stage) {
            in_lanes(group, |file| self.remove_one(file, watch))?;
        }
        Ok(Vec::new())
    }

    fn name(&self) -> String {
        self.wire.name.clone()
    }

    fn adopts(&self) -> bool {
        self.place.adopt
    }
}

/// Does something with each item, several at once. After a first failure nothing new is begun.
fn in_lanes<T: Sync>(items: &[T], work: impl Fn(&T) -> Result<(), Trouble> + Sync) -> Result<(), Trouble> {
    let (next, stopped) = (AtomicUsize::new(0), AtomicBool::new(false));
    let first: Mutex<Option<Trouble>> = Mutex::new(None);
    let lane = || {
        while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
            if stopped.load(Ordering::Relaxed) {
                return;
            }
            if let Err(trouble) = work(item) {
                stopped.store(true, Ordering::Relaxed);
                first.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(trouble);
            }
        }
    };
    thread::scope(|scope| (0..LANES.min(items.len())).for_each(|_| drop(scope.spawn(lane))));
    first.into_inner().unwrap_or_else(PoisonError::into_inner).map_or(Ok(()), Err)
}
