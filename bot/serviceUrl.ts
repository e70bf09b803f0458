const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Does the URL point to this machine? */
export function isLoopback(url: URL): boolean {
  return LOOPBACK.has(url.hostname);
}

/** Is the URL https, or http to this machine: fit for secrets to travel? */
export function isSafeToCall(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
}

/** A URL without sign-in data, query or fragment, or undefined when the text is no such URL. */
export function plainUrl(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  return url.username || url.password || url.search || url.hash ? undefined : url;
}

/** Is the URL an entry of the list (same origin), or something below one (whole path segments)? */
export function isOnList(url: URL, list: readonly string[]): boolean {
  return list.some((entry) => {
    const allowed = new URL(entry);
    return url.origin === allowed.origin && withSlash(url.pathname).startsWith(withSlash(allowed.pathname));
  });
}

function withSlash(path: string): string {
  return path.endsWith('/') ? path : `${path}/`;
}
