/** A path prefix, which matches whole segments, and the loopback ports that serve it in turn. */
export interface Route {
  prefix: string;
  ports: number[];
  /** Whether WebSockets are joined to the upstream; elsewhere a request to upgrade is answered like any other. */
  upgrades?: boolean;
}

/** What the proxy is told on its command line, as JSON. The first route that matches is taken. */
export interface ProxyConfig {
  port: number;
  routes: Route[];
}
