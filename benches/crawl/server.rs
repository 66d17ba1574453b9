//! The servers of the bench, in a process of their own: each host has a feed of some 20 kB, and takes its time.

use std::fmt::Write;
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Bytes of a feed, about.
const SIZE: usize = 20_000;

/// Feeds differ by their host's name and by which of so many texts they carry.
const TEXTS: u64 = 64;

/// A running server. Ends with the bench.
pub struct Server {
    child: Child,
    pub socket: SocketAddr,
}

impl Server {
    /// Starts this program anew as a server that answers after `latency`.
    pub fn start(latency: Duration) -> Self {
        use std::io::BufRead;
        let mut child = Command::new(std::env::current_exe().expect("this program"))
            .args(["serve", &latency.as_millis().to_string()])
            .stdout(Stdio::piped())
            .spawn()
            .expect("this program can be started");
        let mut line = String::new();
        let output = child.stdout.take().expect("it was piped");
        std::io::BufReader::new(output).read_line(&mut line).expect("it says where it listens");
        Self { child, socket: line.trim().parse().expect("an address") }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Serves until the process is ended.
pub async fn serve(latency: Duration) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback");
    println!("{}", listener.local_addr().expect("it listens"));
    let texts: Arc<Vec<String>> = Arc::new((0..TEXTS).map(text).collect());
    while let Ok((stream, _)) = listener.accept().await {
        let _ = stream.set_nodelay(true);
        tokio::spawn(answer_all(stream, texts.clone(), latency));
    }
}

async fn answer_all(mut stream: TcpStream, texts: Arc<Vec<String>>, latency: Duration) -> Option<()> {
    let (mut head, mut buffer) = (Vec::new(), vec![0; 4096]);
    loop {
        match stream.read(&mut buffer).await {
            Ok(0) | Err(_) => return None,
            Ok(read) => head.extend_from_slice(&buffer[..read]),
        }
        if !head.ends_with(b"\r\n\r\n") {
            continue;
        }
        let text = String::from_utf8_lossy(&head).to_lowercase();
        let host = text.lines().find_map(|line| line.strip_prefix("host: "))?.to_string();
        head.clear();
        tokio::time::sleep(latency).await;
        let place = host.bytes().fold(0u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into())) % TEXTS;
        let body = format!(
            "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>{host}</title>{}</channel></rss>",
            texts[place as usize]
        );
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nETag: \"{host}\"\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        stream.write_all(&[head.as_bytes(), body.as_bytes()].concat()).await.ok()?;
    }
}

/// Items of made-up words, by a fixed series of numbers.
fn text(seed: u64) -> String {
    const SYLLABLES: [&str; 16] =
        ["ka", "lo", "mi", "ter", "wa", "sen", "ru", "pol", "di", "no", "gra", "ve", "shi", "tan", "us", "ex"];
    let mut number = seed;
    let mut next = move |below: u64| {
        number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (number >> 33) % below
    };
    let mut out = String::new();
    let mut item = 0;
    while out.len() < SIZE {
        item += 1;
        let _ = write!(out, "<item><guid>{seed}-{item}</guid><description>");
        for _ in 0..60 {
            for _ in 0..=next(3) {
                out.push_str(SYLLABLES[next(16) as usize]);
            }
            out.push(' ');
        }
        out.push_str("</description></item>\n");
    }
    out
}
