//! A server that sends what it is told to, byte by byte, however wrong.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Instant, sleep};

/// One thing that the server does.
#[derive(Clone)]
pub enum Step {
    Send(Vec<u8>),
    Pause(Duration),
    /// Sends the bytes again and again until the client leaves.
    Endless(Vec<u8>),
}

/// What a client asked.
#[derive(Clone, Debug)]
pub struct Heard {
    pub path: String,
    pub host: String,
    /// The whole head, in lower case.
    pub head: String,
    pub began: Instant,
    pub ended: Option<Instant>,
}

pub struct Server {
    pub socket: SocketAddr,
    heard: Arc<Mutex<Vec<Heard>>>,
}

impl Server {
    /// Answers every request with the steps of `play`, then closes the connection.
    pub async fn new(play: impl Fn(&Heard) -> Vec<Step> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let socket = listener.local_addr().unwrap();
        let heard = Arc::new(Mutex::new(Vec::new()));
        let (play, log) = (Arc::new(play), heard.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, play.clone(), log.clone()));
            }
        });
        Self { socket, heard }
    }

    pub fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap().clone()
    }

    pub fn paths(&self) -> Vec<String> {
        self.heard().into_iter().map(|heard| heard.path).collect()
    }
}

async fn serve(mut stream: TcpStream, play: Arc<impl Fn(&Heard) -> Vec<Step>>, log: Arc<Mutex<Vec<Heard>>>) {
    let Some(heard) = listen(&mut stream).await else { return };
    let place = {
        let mut log = log.lock().unwrap();
        log.push(heard.clone());
        log.len() - 1
    };
    for step in play(&heard) {
        match step {
            Step::Pause(time) => sleep(time).await,
            Step::Send(bytes) => {
                if stream.write_all(&bytes).await.is_err() {
                    break;
                }
            }
            Step::Endless(bytes) => while stream.write_all(&bytes).await.is_ok() {},
        }
    }
    log.lock().unwrap()[place].ended = Some(Instant::now());
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
    Some(Heard { path, host, head, began: Instant::now(), ended: None })
}

/// An answer with a body and its length.
pub fn reply(status: &str, headers: &str, body: impl AsRef<[u8]>) -> Vec<Step> {
    let body = body.as_ref();
    let mut bytes =
        format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n", body.len()).into_bytes();
    bytes.extend_from_slice(body);
    vec![Step::Send(bytes)]
}

pub fn ok(body: impl AsRef<[u8]>) -> Vec<Step> {
    reply("200 OK", "", body)
}

pub fn redirect(to: &str) -> Vec<Step> {
    reply("302 Found", &format!("Location: {to}\r\n"), "")
}

pub fn send(text: &str) -> Step {
    Step::Send(text.as_bytes().to_vec())
}
