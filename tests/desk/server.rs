//! A loopback server that answers addresses as it is told, and remembers what it was asked.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Status, a header, body.
pub type Answer = (&'static str, &'static str, String);

pub struct Server {
    pub socket: SocketAddr,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Answers by host and path, or by path alone; 404 elsewhere.
    pub async fn new(answers: &[(&str, Answer)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let socket = listener.local_addr().unwrap();
        let answers: BTreeMap<String, Answer> =
            answers.iter().map(|(address, answer)| ((*address).to_string(), answer.clone())).collect();
        let (answers, asked) = (Arc::new(answers), Arc::new(Mutex::new(Vec::new())));
        let log = asked.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, answers.clone(), log.clone()));
            }
        });
        Self { socket, asked }
    }

    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

async fn serve(mut stream: TcpStream, answers: Arc<BTreeMap<String, Answer>>, asked: Arc<Mutex<Vec<String>>>) {
    let (mut head, mut buffer) = (Vec::new(), [0; 4096]);
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return,
            Ok(read) => head.extend_from_slice(&buffer[..read]),
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let path = head.split(' ').nth(1).unwrap_or("").to_string();
    let host = head.lines().find_map(|line| line.to_lowercase().strip_prefix("host: ").map(str::to_string)).unwrap_or_default();
    let address = format!("{host}{path}");
    asked.lock().unwrap().push(address.clone());
    let (status, header, body) = answers.get(&address).or_else(|| answers.get(&path)).cloned().unwrap_or((
        "404 Not Found",
        "",
        "nothing here".to_string(),
    ));
    let answer = format!("HTTP/1.1 {status}\r\n{header}Content-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
    // Who asked may have left.
    let _ = stream.write_all(answer.as_bytes()).await;
}
