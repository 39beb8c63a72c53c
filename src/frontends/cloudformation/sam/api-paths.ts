/** A path as ARNs have it, its parameters as wildcards: `/users/{id}` is `/users/*`. */
export function arnPathOf(path: string): string {
  return path.replace(/\{[a-zA-Z0-9._-]+\+?\}/g, '*');
}

/** The same for HTTP APIs, where SAM takes no greedy parameter but `{proxy+}` for one. */
export function httpArnPath(path: string): string {
  return path.replace(/\{(?:[a-zA-Z0-9._-]+|proxy\+)\}/g, '*');
}
