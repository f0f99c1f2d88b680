// The reference of a request in what people paste: a page shows the request id, a denial of the AWS protocol the same id without dashes.

/** The reference in a text, in the form that the audit trail has; undefined when there is none. */
export function referenceIn(text: string): string | undefined {
  const [dashed] = /[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/i.exec(text) ?? []
  if (dashed !== undefined) return dashed.toLowerCase()
  const parts = /\b([\da-f]{8})([\da-f]{4})([\da-f]{4})([\da-f]{4})([\da-f]{12})\b/i.exec(text)
  if (parts !== null) return parts.slice(1).join('-').toLowerCase()
  const word = text.trim()
  return /^[\w-]{6,128}$/.test(word) ? word : undefined
}
