// "Next" and "back" links stay here (attacks.md 2): a path of this site, or nothing.

/**
 * The path, query and fragment of a link within this site, normalised; undefined for anything that could leave it.
 * Backslashes, `//`, control characters and schemes are what browsers read differently from servers.
 */
export function sameSitePath(text: string, origin: string): string | undefined {
  if (text.length > 2048 || !/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(text)) return undefined
  const url = URL.parse(text, origin)
  if (!url || url.origin !== origin) return undefined
  const path = url.pathname + url.search + url.hash
  return path.startsWith('//') ? undefined : path
}
