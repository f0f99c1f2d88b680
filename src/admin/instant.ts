/** RFC 3339, in UTC, from epoch seconds. */
export const instant = (seconds: number): string =>
  new Date(seconds * 1000).toISOString().replace('.000Z', 'Z')
