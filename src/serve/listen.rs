//! The door: one port on the loopback addresses of both families, so that `localhost` leads here whichever a browser tries first.

use std::io;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};

use super::{DEFAULT_PORT, trouble};
use crate::model::diagnostic::Diagnostic;

/// How many ports are tried if none is asked for.
const TRIES: u16 = 20;

/// Sockets that listen.
pub struct Door {
    /// The port.
    pub port: u16,
    four: TcpListener,
    six: Option<TcpListener>,
}

impl Door {
    /// Opens the port that was asked for (0: any), or the first free one from [`DEFAULT_PORT`] on.
    ///
    /// # Errors
    /// Another program listens there, or the system refuses the port.
    pub fn open(wanted: Option<u16>) -> Result<Self, Box<Diagnostic>> {
        let Some(port) = wanted else { return Self::first_free() };
        let tries = if port == 0 { TRIES } else { 1 };
        let mut end = Self::bind(port);
        for _ in 1..tries {
            if end.is_ok() {
                break;
            }
            end = Self::bind(port);
        }
        end.map_err(|error| refused(port, &error))
    }

    fn first_free() -> Result<Self, Box<Diagnostic>> {
        for port in DEFAULT_PORT..DEFAULT_PORT + TRIES {
            match Self::bind(port) {
                Err(error) if is_busy(&error) => {}
                end => return end.map_err(|error| refused(port, &error)),
            }
        }
        let last = DEFAULT_PORT + TRIES - 1;
        let mut busy = trouble(format!("other programs listen on all ports from {DEFAULT_PORT} to {last}"));
        busy.hint = Some("choose a port with --port".to_owned());
        Err(busy)
    }

    fn bind(port: u16) -> io::Result<Self> {
        let four = TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
        let port = four.local_addr()?.port();
        let six = match TcpListener::bind(SocketAddr::from((Ipv6Addr::LOCALHOST, port))) {
            Ok(six) => Some(six),
            // Someone else would answer for `localhost`.
            Err(error) if is_busy(&error) => return Err(error),
            // A machine without IPv6.
            Err(_) => None,
        };
        Ok(Self { port, four, six })
    }

    /// The address of the front page.
    pub fn address(&self) -> String {
        format!("http://localhost:{}/", self.port)
    }

    /// The sockets for the runtime that this is called in.
    ///
    /// # Errors
    /// The system's.
    pub fn listeners(self) -> io::Result<(tokio::net::TcpListener, Option<tokio::net::TcpListener>)> {
        let ready = |socket: TcpListener| {
            socket.set_nonblocking(true)?;
            tokio::net::TcpListener::from_std(socket)
        };
        Ok((ready(self.four)?, self.six.map(ready).transpose()?))
    }
}

fn is_busy(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::AddrInUse
}

fn refused(port: u16, error: &io::Error) -> Box<Diagnostic> {
    let (message, hint) = match error.kind() {
        io::ErrorKind::AddrInUse => (
            format!("another program listens on port {port}"),
            "stop it, or choose another port with --port; without --port a free one is found",
        ),
        io::ErrorKind::PermissionDenied => {
            (format!("the system does not let you listen on port {port}"), "choose a port from 1024 up with --port")
        }
        _ => (format!("cannot listen on port {port}: {error}"), "choose another port with --port"),
    };
    let mut refused = trouble(message);
    refused.hint = Some(hint.to_owned());
    refused
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_that_is_taken_is_refused_by_its_number() {
        let taken = Door::open(Some(0)).expect("a free port");
        let refused = Door::open(Some(taken.port)).err().expect("it is taken");
        assert_eq!(refused.message, format!("another program listens on port {}", taken.port));
    }
}
