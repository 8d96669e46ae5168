/** A path prefix, which matches whole segments, and the loopback ports that serve it in turn. */
export interface Route {
  prefix: string;
  ports: number[];
  /** Whether the prefix is cut off before the request is passed on. */
  strip?: boolean;
}

/** What the proxy is told on its command line, as JSON. The first route that matches is taken. */
export interface ProxyConfig {
  port: number;
  routes: Route[];
}
