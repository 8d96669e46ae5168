/** A path prefix, matched by whole segments, and the loopback ports that serve it in turn. */
export interface Route {
  prefix: string;
  ports: number[];
  /** Whether WebSockets are passed to the upstream; elsewhere an upgrade request is treated like any other. */
  upgrades?: boolean;
}

/** The proxy's configuration, passed as JSON on its command line. The first matching route applies. */
export interface ProxyConfig {
  port: number;
  routes: Route[];
}
