//! A preview of what was published, on loopback.

use std::net::SocketAddr;
use std::path::Path;

use axum::Router;
use tokio::net::TcpListener;
use tower_http::services::{ServeDir, ServeFile};

/// No address to listen on.
#[derive(Debug, thiserror::Error)]
#[error("cannot listen on {address}; choose another port with `--port`")]
pub struct Taken {
    /// The address that was asked for.
    pub address: SocketAddr,
    /// What the system says.
    #[source]
    pub cause: std::io::Error,
}

/// A preview that listens already.
pub struct Preview {
    listener: TcpListener,
    router: Router,
}

impl Preview {
    /// Listens on a port of loopback, any free one for 0, to show a folder. Whatever is not there is answered by its `404.html`.
    pub async fn open(folder: &Path, port: u16) -> Result<Self, Taken> {
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        let listener = TcpListener::bind(address).await.map_err(|cause| Taken { address, cause })?;
        let files = ServeDir::new(folder).not_found_service(ServeFile::new(folder.join("404.html")));
        Ok(Self { listener, router: Router::new().fallback_service(files) })
    }

    /// Where it listens.
    pub fn address(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Answers until `until` comes about.
    pub async fn run(self, until: impl Future<Output = ()> + Send + 'static) -> std::io::Result<()> {
        axum::serve(self.listener, self.router).with_graceful_shutdown(until).await
    }
}
