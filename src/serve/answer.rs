//! Answers: from a request to a response, made of nothing but the files of the last good build.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, LOCATION, X_CONTENT_TYPE_OPTIONS};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode};
use axum::response::Response;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use super::guard;
use super::reload::{self, Editions};
use super::shelf::{Found, find};
use crate::model::media;

/// The largest page that the reload script is put into, in bytes; a larger file is sent as it is.
const PAGE_LIMIT: u64 = 32 << 20;

/// How many bytes of a file are in memory at once, and how many such pieces wait to be sent.
const PIECE: usize = 64 << 10;
const PIECES: usize = 4;

/// What is shown before the first good build.
const NOTHING_YET: &str = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>The site was not built</title>\n\
    <body>\n<h1>The site was not built</h1>\n<p>It has errors: the terminal shows them. This page changes as soon as they are mended.</p>\n\
    </body>\n</html>\n";

/// What is shown where the site has no page of its own for it.
const NOT_FOUND: &str = "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<title>Not found</title>\n\
    <body>\n<h1>Not found</h1>\n<p>Nothing was built for this address.</p>\n</body>\n</html>\n";

/// What is needed to answer.
pub struct Desk {
    output: PathBuf,
    port: u16,
    editions: Editions,
}

impl Desk {
    /// Answers from the folder `output`, on `port`.
    pub fn new(output: PathBuf, port: u16, editions: Editions) -> Self {
        Self { output, port, editions }
    }
}

/// Answers one request.
pub async fn answer(State(desk): State<Arc<Desk>>, request: Request) -> Response {
    let (request, _) = request.into_parts();
    let whole = request.method == Method::GET;
    let reply = match guard::admit(&request, desk.port) {
        Err(status) => Reply::text(status, "This server answers this machine alone.\n"),
        Ok(()) if !whole && request.method != Method::HEAD => Reply {
            extra: Some((ALLOW, HeaderValue::from_static("GET, HEAD"))),
            ..Reply::text(StatusCode::METHOD_NOT_ALLOWED, "There is nothing here but pages to read.\n")
        },
        Ok(()) => match request.uri.path() {
            reload::EVENTS_PATH if whole => return sealed(desk.editions.events()),
            reload::SCRIPT_PATH => {
                Reply { kind: media::of(reload::SCRIPT_PATH), ..Reply::text(StatusCode::OK, desk.editions.script()) }
            }
            path => desk.page(path, request.uri.query()),
        },
    };
    reply.send(whole)
}

impl Desk {
    /// The answer to a request for something that was built.
    fn page(&self, path: &str, query: Option<&str>) -> Reply {
        if !self.editions.any() {
            return Reply::html(StatusCode::SERVICE_UNAVAILABLE, NOTHING_YET.as_bytes());
        }
        match find(&self.output, path) {
            Found::File(place, name) => file(&place, &name, StatusCode::OK).unwrap_or_else(|_| self.not_found()),
            Found::Folder(path) => {
                let target = query.map_or_else(|| path.clone(), |query| format!("{path}?{query}"));
                match HeaderValue::try_from(target) {
                    Ok(target) => Reply {
                        extra: Some((LOCATION, target)),
                        ..Reply::text(StatusCode::MOVED_PERMANENTLY, "The page is a folder.\n")
                    },
                    Err(_) => self.not_found(),
                }
            }
            Found::Nothing => self.not_found(),
        }
    }

    /// The site's own page for what is not there, or a plain one.
    fn not_found(&self) -> Reply {
        let own = file(&self.output.join("404.html"), "404.html", StatusCode::NOT_FOUND);
        own.unwrap_or_else(|_| Reply::html(StatusCode::NOT_FOUND, NOT_FOUND.as_bytes()))
    }
}

/// A file of the build: a page with the reload script in it, anything else as it is.
fn file(place: &Path, name: &str, status: StatusCode) -> io::Result<Reply> {
    let kind = media::of(name);
    let mut file = File::open(place)?;
    let length = file.metadata()?.len();
    if kind == media::HTML && length <= PAGE_LIMIT {
        let mut page = Vec::new();
        file.read_to_end(&mut page)?;
        return Ok(Reply::html(status, &page));
    }
    Ok(Reply { status, kind, content: Content::File(file, length), extra: None })
}

/// A response in the making.
struct Reply {
    status: StatusCode,
    /// The media type.
    kind: &'static str,
    content: Content,
    /// A header that this status needs.
    extra: Option<(HeaderName, HeaderValue)>,
}

enum Content {
    Bytes(Bytes),
    /// An open file, and its length.
    File(File, u64),
}

impl Reply {
    fn text(status: StatusCode, text: impl Into<Bytes>) -> Self {
        Self { status, kind: media::TEXT, content: Content::Bytes(text.into()), extra: None }
    }

    fn html(status: StatusCode, page: &[u8]) -> Self {
        let content = Content::Bytes(reload::put_into(page).into());
        Self { status, kind: media::HTML, content, extra: None }
    }

    /// The response: with its body if it is `whole`, else its head alone.
    fn send(self, whole: bool) -> Response {
        let (length, body) = match self.content {
            Content::Bytes(bytes) => (bytes.len() as u64, if whole { Body::from(bytes) } else { Body::empty() }),
            Content::File(file, length) => (length, if whole { stream(file, length) } else { Body::empty() }),
        };
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.kind));
        headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
        if let Some((name, value)) = self.extra {
            headers.insert(name, value);
        }
        sealed(response)
    }
}

/// A response that nobody keeps, and that no page of another origin can take in.
fn sealed(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    let same_origin = HeaderValue::from_static("same-origin");
    headers.insert(HeaderName::from_static("cross-origin-resource-policy"), same_origin);
    response
}

/// The content of a file, piece by piece, read beside the thread that answers.
fn stream(file: File, length: u64) -> Body {
    let (sender, receiver) = mpsc::channel::<io::Result<Bytes>>(PIECES);
    tokio::task::spawn_blocking(move || {
        // No more than was announced, whatever happens to the file meanwhile.
        let mut file = file.take(length);
        loop {
            let mut piece = Vec::with_capacity(PIECE);
            let read = file.by_ref().take(PIECE as u64).read_to_end(&mut piece);
            let last = !matches!(read, Ok(1..));
            let piece = read.map(|_| Bytes::from(piece));
            // A reader who hung up needs no more.
            if sender.blocking_send(piece).is_err() || last {
                return;
            }
        }
    });
    Body::from_stream(ReceiverStream::new(receiver))
}
