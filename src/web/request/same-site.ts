// Validates links such as "next" and "back", which must stay on this site (docs/attacks.md 2).

/**
 * The path, query and fragment of a link within this site, normalised; undefined for anything that could lead elsewhere.
 * Browsers interpret backslashes, `//`, control characters and schemes differently from servers.
 */
export function sameSitePath(text: string, origin: string): string | undefined {
  if (text.length > 2048 || !/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(text)) return undefined
  const url = URL.parse(text, origin)
  if (!url || url.origin !== origin) return undefined
  const path = url.pathname + url.search + url.hash
  return path.startsWith('//') ? undefined : path
}
