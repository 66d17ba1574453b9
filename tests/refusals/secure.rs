//! Servers on an https port: with a certificate of somebody else, with a handshake that ends early, with no TLS at all.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// For "other.example", signed by itself, valid for a hundred years; it protects nothing.
const CERTIFICATE: &[u8] = include_bytes!("certificate.der");
const KEY: &[u8] = include_bytes!("key.der");

/// A TLS record that announces a ServerHello of 122 bytes, and ends after its first.
const HALF_A_HANDSHAKE: &[u8] = &[22, 3, 3, 0, 122, 2];

/// What stands on an https port.
#[derive(Clone)]
pub enum Port {
    /// A good handshake with somebody else's certificate.
    WrongCertificate(TlsAcceptor),
    /// These bytes in answer to the handshake, then nothing.
    Says(&'static [u8]),
}

/// Each port with the name of its case. All of them end without a secure connection.
pub fn ports() -> Vec<(&'static str, Port)> {
    let key = PrivateKeyDer::try_from(KEY).unwrap();
    let config =
        ServerConfig::builder().with_no_client_auth().with_single_cert(vec![CertificateDer::from(CERTIFICATE)], key).unwrap();
    vec![
        ("wrong-certificate", Port::WrongCertificate(TlsAcceptor::from(Arc::new(config)))),
        ("half-a-handshake", Port::Says(HALF_A_HANDSHAKE)),
        ("no-handshake", Port::Says(b"")),
        ("plain-on-https", Port::Says(b"HTTP/1.1 400 The plain HTTP request was sent to HTTPS port\r\n\r\n")),
        ("alert", Port::Says(&[21, 3, 3, 0, 2, 2, 40])),
    ]
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
        Port::Says(bytes) => {
            let _ = stream.read(&mut [0; 4096]).await;
            let _ = stream.write_all(bytes).await;
            let _ = stream.shutdown().await;
        }
    }
}
