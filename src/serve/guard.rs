//! Who is let in. A server on the loopback can still be reached by any page that is open in a browser here: by a host name that
//! is made to lead to this machine, and by scripts of other origins.

use axum::http::header::{HOST, ORIGIN};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, StatusCode};

/// The names of this machine for itself.
const NAMES: [&str; 3] = ["localhost", "127.0.0.1", "[::1]"];

/// Lets a request in, or says with what status it is turned away: 421 if it is meant for another host, 403 if it was sent by
/// another site's page.
///
/// # Errors
/// The status.
pub fn admit(request: &Parts, port: u16) -> Result<(), StatusCode> {
    let host = match request.uri.authority() {
        Some(authority) => Some(authority.as_str()),
        None => only(&request.headers, HOST).map_err(|()| StatusCode::BAD_REQUEST)?,
    };
    if !host.is_some_and(|host| is_own(host, port)) {
        return Err(StatusCode::MISDIRECTED_REQUEST);
    }
    match only(&request.headers, ORIGIN) {
        Ok(None) => Ok(()),
        Ok(Some(origin)) if origin.strip_prefix("http://").is_some_and(|host| is_own(host, port)) => Ok(()),
        _ => Err(StatusCode::FORBIDDEN),
    }
}

/// A header that may stand once.
fn only(headers: &HeaderMap, name: HeaderName) -> Result<Option<&str>, ()> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => value.to_str().map(Some).map_err(|_| ()),
        _ => Err(()),
    }
}

/// Whether `host` is this machine and this port; port 80 may be left out.
fn is_own(host: &str, port: u16) -> bool {
    let host = host.to_ascii_lowercase();
    NAMES.iter().any(|name| match host.strip_prefix(name) {
        Some("") => port == 80,
        Some(rest) => rest.strip_prefix(':') == Some(&port.to_string()),
        None => false,
    })
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;

    fn verdict(uri: &str, headers: &[(&str, &str)]) -> Result<(), StatusCode> {
        let mut request = Request::builder().uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        admit(&request.body(()).expect("a request").into_parts().0, 8080)
    }

    #[test]
    fn this_machine_is_let_in_by_each_of_its_names() {
        for host in ["localhost:8080", "LOCALHOST:8080", "127.0.0.1:8080", "[::1]:8080"] {
            assert_eq!(verdict("/", &[("host", host)]), Ok(()), "{host}");
            let origin = format!("http://{host}");
            assert_eq!(verdict("/", &[("host", host), ("origin", &origin)]), Ok(()), "{origin}");
        }
    }

    #[test]
    fn other_hosts_are_misdirected() {
        for host in ["desk.example:8080", "localhost", "localhost:80", "localhost.desk.example:8080", "127.0.0.1:8080x"]
        {
            assert_eq!(verdict("/", &[("host", host)]), Err(StatusCode::MISDIRECTED_REQUEST), "{host}");
        }
        assert_eq!(verdict("/", &[]), Err(StatusCode::MISDIRECTED_REQUEST));
        let absolute = verdict("http://desk.example/", &[("host", "localhost:8080")]);
        assert_eq!(absolute, Err(StatusCode::MISDIRECTED_REQUEST));
        let twice = verdict("/", &[("host", "localhost:8080"), ("host", "desk.example")]);
        assert_eq!(twice, Err(StatusCode::BAD_REQUEST));
    }

    #[test]
    fn pages_of_other_origins_are_forbidden() {
        for origin in ["http://desk.example", "https://localhost:8080", "http://localhost:8081", "null", ""] {
            let verdict = verdict("/", &[("host", "localhost:8080"), ("origin", origin)]);
            assert_eq!(verdict, Err(StatusCode::FORBIDDEN), "{origin}");
        }
    }
}
