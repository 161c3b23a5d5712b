//! A store that is reached by TLS, with a certificate of the test's own authority.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::paper::Paper;
use crate::server::{Server, free_port, program};

const KEY: &str = "AKEYOFTHEDESK";
const SECRET: &str = "a-secret-of-the-desk/which+nobody-sees";

/// Runs openssl in a folder.
#[track_caller]
fn openssl(folder: &Path, arguments: &str, input: &[u8]) -> Vec<u8> {
    let mut command = Command::new("openssl");
    command.args(arguments.split(' ')).current_dir(folder);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    child.stdin.take().expect("its input").write_all(input).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "openssl {arguments}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// Makes an authority, and certificates for an address of this machine and for another host.
fn certificates(folder: &Path) {
    const NEW_KEY: &str = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";
    fs::create_dir_all(folder).expect("a folder");
    let authority = format!("req -x509 {NEW_KEY} -days 2 -subj /CN=The-Desk -keyout ca.key -out ca.pem");
    openssl(folder, &authority, b"");
    for (name, host) in [("here", "IP:127.0.0.1"), ("elsewhere", "DNS:elsewhere.example")] {
        fs::write(folder.join("names"), format!("subjectAltName={host}\n")).expect("a file");
        openssl(folder, &format!("req {NEW_KEY} -subj /CN={name} -keyout {name}.key -out {name}.csr"), b"");
        let sign = format!("x509 -req -in {name}.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile names");
        openssl(folder, &format!("{sign} -out {name}.pem"), b"");
    }
}

/// A server with one of the certificates, and a bucket at it.
fn store(moto: PathBuf, folder: &Path, name: &str) -> Server {
    let port = free_port();
    let mut command = Command::new(moto);
    command.args(["-H", "127.0.0.1", "-p", &port.to_string()]);
    command.arg("-c").arg(folder.join(format!("{name}.pem"))).arg("-k").arg(folder.join(format!("{name}.key")));
    let server = Server::start(command, port);
    assert!(ask(folder, port, "PUT", "/paper").starts_with("HTTP/1.1 200"));
    server
}

/// One request by another client; the answer with its head.
fn ask(folder: &Path, port: u16, method: &str, path: &str) -> String {
    let who = "Credential=DESK/20240101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0";
    let head = format!("{method} {path} HTTP/1.0\r\nHost: 127.0.0.1\r\nAuthorization: AWS4-HMAC-SHA256 {who}\r\n");
    let request = format!("{head}Content-Length: 0\r\n\r\n");
    let answer = openssl(
        folder,
        &format!("s_client -quiet -ignore_unexpected_eof -CAfile ca.pem -connect 127.0.0.1:{port}"),
        request.as_bytes(),
    );
    String::from_utf8(answer).expect("UTF-8")
}

#[test]
fn a_store_is_trusted_by_the_certificates_of_the_machine_and_by_no_others() {
    let (Some(moto), Some(_)) = (program("moto_server"), program("openssl")) else { return };
    let paper = Paper::new("{kind: archive, path: x.zip}");
    let folder = paper.beside("certificates");
    certificates(&folder);
    let target =
        |port: u16| paper.target(&format!("{{kind: s3, bucket: paper, endpoint: \"https://127.0.0.1:{port}\"}}"));
    let publish = |authority: &str| {
        let file = folder.join(authority).to_string_lossy().into_owned();
        let set = [("AWS_ACCESS_KEY_ID", KEY), ("AWS_SECRET_ACCESS_KEY", SECRET), ("SSL_CERT_FILE", &file)];
        paper.publish(&set.map(|(name, value)| (name.to_owned(), value.to_owned()))).hides(&[SECRET])
    };
    let elsewhere = store(moto.clone(), &folder, "elsewhere");
    target(elsewhere.port);
    paper.build();
    publish("ca.pem").code(3).says("cannot be reached").says("certificate");
    drop(elsewhere);

    let here = store(moto, &folder, "here");
    target(here.port);
    paper.build();
    // A certificate that is no authority's, or none that this machine knows.
    publish("elsewhere.pem").code(3).says("cannot be reached").says("certificate");
    assert!(!ask(&folder, here.port, "GET", "/paper?list-type=2").contains("<Key>"), "something was sent");

    publish("ca.pem").code(0);
    for (path, bytes) in paper.output() {
        let answer = ask(&folder, here.port, "GET", &format!("/paper/{path}"));
        assert!(answer.starts_with("HTTP/1.1 200"), "{path}: {answer}");
        assert!(answer.as_bytes().ends_with(&bytes), "{path} is another");
    }
    publish("ca.pem").code(0).unchanged();
}
