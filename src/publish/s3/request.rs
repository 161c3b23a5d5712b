//! Requests to a store: signed, sent, sent again after a pause where that may help, and their refusals put into words.

use std::borrow::Cow;
use std::time::Duration;

use jiff::Timestamp;
use rusty_s3::{Bucket, Credentials, S3Action};
use ureq::http::{Request, Response};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body};

use crate::pipeline::Observer;
use crate::publish::retry::{Attempt, persist};
use crate::publish::trouble::Trouble;

/// How long a signature holds.
const VALID: Duration = Duration::from_secs(15 * 60);
/// How long a connection may take to come about.
const CONNECT: Duration = Duration::from_secs(15);
/// How long a store may take to begin its answer.
const ANSWER: Duration = Duration::from_secs(120);
/// The longest answer that is read, in bytes: a sheet of a million files.
const LIMIT: u64 = 128 << 20;

/// The way to a bucket.
pub struct Wire {
    /// The bucket.
    pub bucket: Bucket,
    /// Whoever asks.
    pub credentials: Credentials,
    /// How the bucket is called in messages.
    pub name: String,
    agent: Agent,
}

/// What a store answered.
pub struct Answer {
    /// The status.
    pub status: u16,
    /// By what the store tells versions of an object apart.
    pub etag: Option<String>,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// Whether it was done.
    pub fn is_good(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// What an element of a refusal says.
    fn element(&self, name: &str) -> Option<String> {
        let text = String::from_utf8_lossy(&self.body);
        let (_, rest) = text.split_once(&format!("<{name}>"))?;
        rest.split_once("</").map(|(value, _)| value.chars().filter(|c| !c.is_control()).take(200).collect())
    }
}

/// Headers that belong to a request, names in lower case.
pub type Headers = Vec<(&'static str, String)>;

impl Wire {
    /// The way to a bucket; nothing is sent yet.
    pub fn new(bucket: Bucket, credentials: Credentials, name: String) -> Self {
        let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
        let config = Agent::config_builder()
            .tls_config(tls)
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(CONNECT))
            .timeout_recv_response(Some(ANSWER))
            .user_agent(concat!("byline/", env!("CARGO_PKG_VERSION")))
            .build();
        Self { bucket, credentials, name, agent: config.into() }
    }

    /// Sends a request, and again if that may help. Whatever a store answers in the end comes back, if it is not a failure of its
    /// own.
    ///
    /// # Errors
    /// The store cannot be reached, or fails again and again.
    pub fn send<'a, A: S3Action<'a> + Clone>(
        &self,
        action: &A,
        headers: &Headers,
        body: &[u8],
        observer: Option<&dyn Observer>,
    ) -> Result<Answer, Trouble> {
        let mut action = action.clone();
        for (name, value) in headers {
            action.headers_mut().insert(Cow::Borrowed(*name), Cow::Owned(value.clone()));
        }
        persist(observer, || {
            let url = action.sign_with_time(VALID, &Timestamp::now());
            let answer = self.once(method::<A>(), url.as_str(), headers, body).map_err(|reason| {
                Attempt::Again(Trouble::remote(format!("{} cannot be reached: {reason}", self.name)).hint(AGAIN))
            })?;
            match answer.status {
                408 | 429 | 500 | 502 | 503 | 504 => Err(Attempt::Again(self.refusal(&answer))),
                _ => Ok(answer),
            }
        })
    }

    fn once(&self, method: &str, url: &str, headers: &Headers, body: &[u8]) -> Result<Answer, String> {
        let mut request = Request::builder().method(method).uri(url);
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        // The address bears the signature, and what ureq says of a fault may bear the address.
        let said = |error: &ureq::Error| match error {
            ureq::Error::Io(error) => error.to_string(),
            ureq::Error::Timeout(_) => "it took too long".to_owned(),
            ureq::Error::HostNotFound => "its host is not known".to_owned(),
            ureq::Error::ConnectionFailed => "no connection comes about".to_owned(),
            ureq::Error::Tls(reason) => (*reason).to_owned(),
            ureq::Error::Rustls(error) => error.to_string(),
            _ => "the connection broke".to_owned(),
        };
        let failed = |error: ureq::Error| said(&error);
        let response = match (method, body) {
            ("PUT", body) => {
                let request = request.body(body).map_err(|_| "the request is not well formed".to_owned())?;
                self.agent.run(request)
            }
            _ => {
                let request = request.body(()).map_err(|_| "the request is not well formed".to_owned())?;
                self.agent.run(request)
            }
        };
        let mut response: Response<Body> = response.map_err(failed)?;
        let etag = response.headers().get("etag").and_then(|etag| etag.to_str().ok()).map(str::to_owned);
        let status = response.status().as_u16();
        let body = response.body_mut().with_config().limit(LIMIT).read_to_vec().map_err(failed)?;
        Ok(Answer { status, etag, body })
    }

    /// A refusal in words.
    pub fn refusal(&self, answer: &Answer) -> Trouble {
        let code = answer.element("Code").unwrap_or_default();
        let words = answer.element("Message").map(|words| format!(": {words}")).unwrap_or_default();
        let what = if code.is_empty() { format!("status {}", answer.status) } else { code.clone() };
        let hint = match (answer.status, code.as_str()) {
            (_, "NoSuchBucket") => "make the bucket first, or see to `bucket`, `endpoint` and `region` of the target",
            (301 | 307, _) | (_, "AuthorizationHeaderMalformed") => "see to `region` and `endpoint` of the target",
            (401 | 403, _) => "see to the credentials, and to what they are allowed to do with this bucket",
            _ => AGAIN,
        };
        Trouble::remote(format!("{} refuses, {what}{words}", self.name)).hint(hint)
    }
}

/// What helps where the network fails.
const AGAIN: &str = "the next `byline publish` goes on where this one ended";

/// The method of an action, as HTTP has it.
fn method<'a, A: S3Action<'a>>() -> &'static str {
    match A::METHOD {
        rusty_s3::Method::Put => "PUT",
        rusty_s3::Method::Delete => "DELETE",
        rusty_s3::Method::Head => "HEAD",
        rusty_s3::Method::Post => "POST",
        rusty_s3::Method::Get => "GET",
    }
}
