//! A loopback server that sends what it is told to, byte by byte, however wrong; one behaviour for each name it is called by.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::sleep;

/// One thing that the server does.
#[derive(Clone)]
pub enum Step {
    Send(Vec<u8>),
    /// Sends the bytes again and again until the client leaves.
    Endless(Vec<u8>),
    /// Sends the bytes again and again, with a pause after each time.
    Trickle(Vec<u8>, Duration),
    /// Says nothing more until the client leaves.
    Hang,
    /// Leaves without a farewell: the client sees a reset.
    Reset,
}

/// What a client asked.
pub struct Heard {
    /// With the query.
    pub path: String,
    /// As the `Host` header says, with its port.
    pub host: String,
    /// The whole head, in lower case.
    pub head: String,
}

impl Heard {
    /// The port that the client believes it talks to. 80 where the address has none.
    pub fn port(&self) -> &str {
        self.host.split_once(':').map_or("80", |(_, port)| port)
    }

    pub fn name(&self) -> &str {
        self.host.split('.').next().unwrap_or("")
    }
}

/// What one name does.
pub type Play = fn(&Heard) -> Vec<Step>;

/// Answers by `plays`, by the first label of the host. Closes the connection after each answer.
pub async fn serve(plays: BTreeMap<String, Play>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let socket = listener.local_addr().unwrap();
    let plays = Arc::new(plays);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let plays = plays.clone();
            tokio::spawn(async move { answer(stream, &plays).await });
        }
    });
    socket
}

async fn answer(mut stream: TcpStream, plays: &BTreeMap<String, Play>) -> Option<()> {
    let heard = listen(&mut stream).await?;
    let play = plays.get(heard.name())?;
    for step in play(&heard) {
        act(&mut stream, step).await?;
    }
    stream.shutdown().await.ok()
}

/// `None` where the client has left, or is left.
async fn act(stream: &mut TcpStream, step: Step) -> Option<()> {
    match step {
        Step::Send(bytes) => stream.write_all(&bytes).await.ok(),
        Step::Endless(bytes) => loop {
            stream.write_all(&bytes).await.ok()?;
        },
        Step::Trickle(bytes, pause) => loop {
            stream.write_all(&bytes).await.ok()?;
            sleep(pause).await;
        },
        Step::Hang => {
            while stream.read(&mut [0; 64]).await.is_ok_and(|read| read > 0) {}
            None
        }
        Step::Reset => {
            stream.set_zero_linger().ok()?;
            None
        }
    }
}

async fn listen(stream: &mut TcpStream) -> Option<Heard> {
    let mut head = Vec::new();
    let mut buffer = [0; 4096];
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return None,
            Ok(read) => head.extend_from_slice(&buffer[..read]),
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let path = head.split(' ').nth(1)?.to_string();
    let head = head.to_lowercase();
    let host = head.lines().find_map(|line| line.strip_prefix("host: "))?.to_string();
    Some(Heard { path, host, head })
}

pub fn send(text: &str) -> Step {
    Step::Send(text.as_bytes().to_vec())
}

/// An answer with a body and its length.
pub fn reply(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Vec<Step> {
    let length = format!("Content-Length: {}\r\n", body.as_ref().len());
    vec![send(&format!("HTTP/1.1 {status}\r\n{headers}{length}Connection: close\r\n\r\n")), Step::Send(body.as_ref().to_vec())]
}

pub fn ok(body: impl AsRef<[u8]>) -> Vec<Step> {
    reply("200 OK", "", body)
}

pub fn redirect(status: &str, to: &str) -> Vec<Step> {
    reply(status, &format!("Location: {to}\r\n"), "")
}
