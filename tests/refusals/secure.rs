//! Servers on an https port: with a certificate of somebody else, with a handshake that ends early, with no TLS at all; and with
//! HTTP/2, good and bad.

use std::net::SocketAddr;
use std::sync::Arc;

use bytes::Bytes;
use h2::Reason;
use h2::server::SendResponse;
use http::{Request, Response};
use termwall::model::fetched::Verdict;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::cases;

/// For "other.example", signed by itself, valid for a hundred years; it protects nothing.
const CERTIFICATE: &[u8] = include_bytes!("certificate.der");
const KEY: &[u8] = include_bytes!("key.der");

/// For 127.0.0.1, signed by itself, valid for a hundred years. The crawl is told to trust it and nothing else.
pub const LOOPBACK: &str = include_str!("loopback.pem");
const LOOPBACK_KEY: &[u8] = include_bytes!("loopback-key.der");

/// A TLS record that announces a ServerHello of 122 bytes, and ends after its first.
const HALF_A_HANDSHAKE: &[u8] = &[22, 3, 3, 0, 122, 2];

/// What stands on an https port.
#[derive(Clone)]
pub enum Port {
    /// A good handshake with somebody else's certificate.
    WrongCertificate(TlsAcceptor),
    /// These bytes in answer to the handshake, then nothing.
    Says(&'static [u8]),
    /// A good handshake, and this for each request over HTTP/2.
    Http2(TlsAcceptor, Play),
}

/// What an HTTP/2 server does with a request.
type Play = fn(&Request<h2::RecvStream>, SendResponse<Bytes>);

/// Each port with the name of its case and what a look at it comes to.
pub fn ports() -> Vec<(&'static str, Verdict, Port)> {
    let stranger = acceptor(CertificateDer::from(CERTIFICATE), KEY);
    let loopback = acceptor(CertificateDer::from_pem_slice(LOOPBACK.as_bytes()).unwrap(), LOOPBACK_KEY);
    let http_2 = |play: Play| Port::Http2(loopback.clone(), play);
    vec![
        ("wrong-certificate", Verdict::Tls, Port::WrongCertificate(stranger)),
        ("half-a-handshake", Verdict::Tls, Port::Says(HALF_A_HANDSHAKE)),
        ("no-handshake", Verdict::Tls, Port::Says(b"")),
        ("plain-on-https", Verdict::Tls, Port::Says(b"HTTP/1.1 400 The plain HTTP request was sent to HTTPS port\r\n\r\n")),
        ("alert", Verdict::Tls, Port::Says(&[21, 3, 3, 0, 2, 2, 40])),
        ("http-2", Verdict::Fresh, http_2(answer_well)),
        ("http-2-large-head", Verdict::TooLarge, http_2(|_, answer| answer_with_a_head(answer, 20))),
        ("http-2-flood-of-heads", Verdict::TooLarge, http_2(|_, answer| answer_with_a_head(answer, 200))),
        ("http-2-broken", Verdict::Unreachable, http_2(|_, mut answer| answer.send_reset(Reason::INTERNAL_ERROR))),
        ("http-2-refused", Verdict::Unreachable, http_2(|_, mut answer| answer.send_reset(Reason::REFUSED_STREAM))),
        ("http-2-half", Verdict::Unreachable, http_2(answer_by_half)),
    ]
}

fn acceptor(certificate: CertificateDer<'static>, key: &'static [u8]) -> TlsAcceptor {
    let key = PrivateKeyDer::try_from(key).unwrap();
    let mut config = ServerConfig::builder().with_no_client_auth().with_single_cert(vec![certificate], key).unwrap();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    TlsAcceptor::from(Arc::new(config))
}

fn answer_well(request: &Request<h2::RecvStream>, mut answer: SendResponse<Bytes>) {
    const ETAG: &str = "\"http-2\"";
    let held = request.headers().get("if-none-match").is_some_and(|etag| etag == ETAG);
    let head = Response::builder().status(if held { 304 } else { 200 }).header("etag", ETAG).body(()).unwrap();
    let mut body = answer.send_response(head, held).unwrap();
    if !held {
        body.send_data(cases::feed("http-2").into(), true).unwrap();
    }
}

/// Some headers of 4 KiB.
fn answer_with_a_head(mut answer: SendResponse<Bytes>, headers: u8) {
    let filler = "x".repeat(4 << 10);
    let head = (0..headers).fold(Response::builder(), |head, n| head.header(format!("x-{n}"), &filler)).body(()).unwrap();
    let mut body = answer.send_response(head, false).unwrap();
    let _ = body.send_data(cases::feed("http-2-large-head").into(), true);
}

fn answer_by_half(_: &Request<h2::RecvStream>, mut answer: SendResponse<Bytes>) {
    let head = Response::builder().header("content-length", "100000").body(()).unwrap();
    let mut body = answer.send_response(head, false).unwrap();
    body.send_data("<rss version=\"2.0\"><channel>".into(), false).unwrap();
    body.send_reset(Reason::CANCEL);
}

pub async fn serve(port: Port) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let socket = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(answer(stream, port.clone()));
        }
    });
    socket
}

async fn answer(mut stream: TcpStream, port: Port) {
    match port {
        Port::WrongCertificate(acceptor) => {
            if let Ok(mut stream) = acceptor.accept(stream).await {
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n<rss><channel/></rss>").await;
                let _ = stream.shutdown().await;
            }
        }
        Port::Http2(acceptor, play) => {
            let Ok(stream) = acceptor.accept(stream).await else { return };
            let Ok(mut connection) = h2::server::handshake(stream).await else { return };
            while let Some(Ok((request, answer))) = connection.accept().await {
                play(&request, answer);
            }
        }
        Port::Says(bytes) => {
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream.write_all(bytes).await;
            let _ = stream.shutdown().await;
        }
    }
}
